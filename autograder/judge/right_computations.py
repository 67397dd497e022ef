"""What right computations come to on the way, case by case, and how it lies in a record: packed."""

import collections
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.judge.trace import Trace
from autograder.judge.trace_values import Array, Known, pool_of, rows_of
from autograder.judge.traced_events import Application, compared, whole_numbers

RTOL = 1e-6
"""How far two values may lie apart that are the same: rows are kept in single precision."""
MOST_ROWS, MOST_POOL = 1500, 6000
"""Of one case: where more is on the way, as in a training loop, nothing is kept of it."""


@dataclass(frozen=True)
class Right:
    """What right computations come to in one case.

    Attributes:
        known: their values. used: what they do with which of them.
        names: the whole numbers that names stand for, where all agree.
        roles: which names stand for which values, of names that are given one in one place only.
    """

    known: Known
    used: frozenset[Application] = frozenset()
    names: Mapping[str, int] = frozenset()  # type: ignore[assignment]
    roles: frozenset[tuple[str, int]] = frozenset()


def right_of(traces: Iterable[Trace], known: Known) -> Right:
    """What is known of right computations, from their traces."""
    used: set[Application] = set()
    roles: set[tuple[str, int]] = set()
    names: dict[str, set[int]] = {}
    for trace in traces:
        times = collections.Counter(name for node in trace.nodes for name in node.binds)
        for seen in compared(trace, known):
            if seen.application and min(seen.application[1]) >= 0:
                used.add(seen.application)
            once = [name for name in seen.node.binds if seen.alone and times[name] == 1]
            roles |= {(name, kind) for name in once for kind in seen.kinds if kind >= 0}
            for name, number in whole_numbers(seen):
                names.setdefault(name, set()).add(number)
    agreed = {name: min(numbers) for name, numbers in sorted(names.items()) if len(numbers) == 1}
    return Right(known, frozenset(used), agreed, frozenset(roles))


def pack_right(cases: Mapping[int, tuple[list[Trace], list[Array]]]) -> bytes:
    """What right computations come to, packed.

    Args:
        cases: by number, the traces of the right answers, and the arrays of the inputs and of the output.
    """
    kept: dict[str, np.ndarray] = {}
    for number, (traces, arrays) in cases.items():
        values = [*arrays, *(value for trace in traces for value in trace.values)]
        with np.errstate(over="ignore"):
            rows, pool = rows_of(values).astype(np.float32), pool_of(values)
        rows = rows[np.isfinite(rows).all(axis=1)]
        if len(rows) > MOST_ROWS or len(pool) > MOST_POOL:
            continue
        right = right_of(traces, Known(rows.astype(float), pool, RTOL))
        told = json.dumps({"used": sorted(right.used), "names": dict(right.names), "roles": sorted(right.roles)})
        kept |= {f"rows{number}": rows, f"pool{number}": pool, f"told{number}": np.frombuffer(told.encode(), np.uint8)}
    file = io.BytesIO()
    np.savez_compressed(file, **kept)  # type: ignore[arg-type]
    return file.getvalue()


def unpack_right(data: bytes) -> dict[int, Right]:
    """What :func:`pack_right` packed, by the numbers of the cases."""
    found = {}
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        for name in file.files:
            if name.startswith("rows"):
                number = int(name.removeprefix("rows"))
                told = json.loads(file[f"told{number}"].tobytes())
                known = Known(file[name].astype(float), file[f"pool{number}"], RTOL)
                used = frozenset((op, tuple(kinds)) for op, kinds in told["used"])
                roles = frozenset((name, kind) for name, kind in told["roles"])
                found[number] = Right(known, used, told["names"], roles)
    return found
