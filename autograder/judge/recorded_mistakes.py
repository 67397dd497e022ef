"""The recorded mistakes of an exercise, and pairs of them: what they answer in each case, packed."""

import zlib
from dataclasses import dataclass
from typing import Any

import h5py
import numpy as np

from autograder.judge.compare import INPUTS, difference
from autograder.judge.decode import Raised, Report, Value
from autograder.judge.hdf5_values import pack, unpack


@dataclass(frozen=True)
class Mistake:
    """A recorded mistake: what it answers in each case (:class:`Report`, with a `Sketch` for each large array),
    and why."""

    name: str
    cause: str
    hint: str
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Pair:
    """Two recorded mistakes made at once, and what they answer together."""

    mistakes: tuple[Mistake, Mistake]
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Packed:
    """Answers as they lie in the file: the layout, and the arrays end to end."""

    layout: bytes
    values: np.ndarray


def write_mistakes(group: h5py.Group, mistakes: list[Mistake], cases: tuple[Report, ...]) -> None:
    """Store what the mistakes answer in each case; what is as in ``cases``, inputs or arrays of the output,
    is not kept."""
    packed = [(m.name, m.cause, m.hint, _answers(m.reports, cases)) for m in mistakes]
    _write_packed(group, "mistakes", packed, [case.output for case in cases])


def write_pairs(
    group: h5py.Group,
    pairs: list[tuple[int, int, tuple[Report, ...]]],
    cases: tuple[Report, ...],
    mistakes: tuple[Mistake, ...],
) -> None:
    """Store what pairs of an item's mistakes, by their numbers, answer together; only what neither answers alone."""
    packed = [(i, j, _answers(reports, cases)) for i, j, reports in pairs]
    _write_packed(group, "pairs", packed, _known(cases, mistakes))


def _known(cases: tuple[Report, ...], mistakes: tuple[Mistake, ...]) -> Value:
    return [case.output for case in cases], [report.output for m in mistakes for report in m.reports]


def _answers(reports: tuple[Report, ...], cases: tuple[Report, ...]) -> list[Any]:
    answers = []
    for report, case in zip(reports, cases, strict=True):
        touched = report.error or difference(case.inputs, report.inputs, INPUTS)
        error = list(report.error[:2]) if report.error else None
        answers.append((report.inputs if touched else None, report.output, error))
    return answers


def _reports(answers: list[Any], cases: tuple[Report, ...]) -> tuple[Report, ...]:
    reports = []
    for case, (inputs, output, error) in zip(cases, answers, strict=True):
        untouched = inputs is None and not error
        reports.append(
            Report(case.index, case.inputs if untouched else inputs, output, Raised(*error) if error else None)
        )
    return tuple(reports)


def _write_packed(group: h5py.Group, name: str, value: Value, known: Value) -> None:
    layout, values = pack(value, known)
    node = group.create_dataset(name, data=values, compression="gzip", shuffle=True)
    node.attrs["layout"] = np.void(zlib.compress(layout.encode()))


def read_packed(node: h5py.Dataset) -> Packed:
    """Answers as they lie in the file."""
    return Packed(node.attrs["layout"].tobytes(), node[()])


def _unpacked(packed: Packed, known: Value) -> Value:
    return unpack(zlib.decompress(packed.layout).decode(), packed.values, known)


def read_mistakes(node: h5py.Dataset, cases: tuple[Report, ...]) -> tuple[Mistake, ...]:
    """What :func:`write_mistakes` stored."""
    rows = _unpacked(read_packed(node), [case.output for case in cases])
    return tuple(Mistake(name, cause, hint, _reports(answers, cases)) for name, cause, hint, answers in rows)


def read_pairs(packed: Packed, cases: tuple[Report, ...], mistakes: tuple[Mistake, ...]) -> tuple[Pair, ...]:
    """What :func:`write_pairs` stored."""
    rows = _unpacked(packed, _known(cases, mistakes))
    return tuple(Pair((mistakes[i], mistakes[j]), _reports(answers, cases)) for i, j, answers in rows)
