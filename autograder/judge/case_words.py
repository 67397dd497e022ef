"""What a hidden case gives to the function under test, in a few words: shapes, and how it calls.

All of it is read off the record, never off what came from a kernel.
"""

import re
from collections.abc import Iterable

import numpy as np

from autograder.judge.decode import Report, Value
from autograder.judge.records import Record, RecordedItem
from autograder.judge.verdicts import listed

MOST_ENTRIES, MOST_SIGNS, MOST_NESTED = 8, 200, 100


def case_gives(record: Record, item: RecordedItem, case: Report) -> str:
    """The inputs of a case in a sentence; "" where there are none, or their names are not known.

    Args:
        record: the lesson's record. item: the exercise. case: one of its recorded cases.
    """
    inputs, *others = inputs_by_name(record, item, [case, *item.cases])
    pieces = list(filter(None, (_told(name, value) for name, value in inputs.items())))
    told = [piece for i, piece in enumerate(pieces) if sum(map(len, pieces[: i + 1])) <= MOST_SIGNS]
    if not told:
        return ""
    one = _is_one_example(inputs, others)
    more = ["more"] if len(told) < len(pieces) else []
    return f"This case {'is one example:' if one else 'gives'} {listed(told + more)}."


def case_calls(record: Record, item: RecordedItem, case: Report, head: str) -> str:
    """How a case calls the function, as ``f(X, rate=…)``; "" where it is not known.

    Args:
        head: the function as the learner defined it: some arguments are only given to one that has them.
    """
    names, text = _names(record, item), record.cell(item.grade_id)
    inputs = _named(names, case)
    if not names or len(inputs) < len(case.inputs):
        return ""
    optional = re.findall(r'"(\w+)":', "".join(re.findall(r"\boptional=\{([^}]*)", text)))
    taken = [name for name in optional if re.search(rf"\b{name}\b", head)]
    given = [names.get(key, f"{key}=…") for key in case.inputs] + [f"{name}=…" for name in taken]
    return f"{item.exercise}({', '.join(given)})"


def inputs_by_name(record: Record, item: RecordedItem, cases: Iterable[Report]) -> list[dict[str, Value]]:
    """The inputs of each case whose names are known.

    Args:
        record: the lesson's record. item: the exercise. cases: some of its recorded cases.
    """
    names = _names(record, item)
    return [_named(names, case) for case in cases]


def _named(names: dict[str, str], case: Report) -> dict[str, Value]:
    return {names.get(key, key): value for key, value in case.inputs.items() if key in names or not key.isdigit()}


def _names(record: Record, item: RecordedItem) -> dict[str, str]:
    """The parameters' names by their places.

    A case may call through a helper of its own, whose parameters may be others: a name counts if all that the cases
    call have it in this place.
    """
    text = record.cell(item.grade_id)
    called = re.findall(r"\bcase\.call\(\s*(\w+)\s*[,)]", text)
    if len(called) < text.count("case.call("):
        return {}
    names = dict(enumerate(item.parameters))
    for helper in set(called) - {item.exercise}:
        head = re.search(rf"^[ \t]*def {helper}\(([^()]*)\)", text, re.MULTILINE)
        parameters = [re.split("[:=]", part)[0].strip() for part in head[1].split(",")] if head else []
        names = {i: name for i, name in names.items() if parameters[i : i + 1] == [name]}
    return {str(i): name for i, name in names.items() if called}


def _told(name: str, value: Value) -> str:
    """An input in a few words; "" where there are none for it."""
    short = _short(value)
    if isinstance(value, np.ndarray):
        return f"{name} of shape {short}" if value.ndim else f"{name} = {short}"
    if isinstance(value, dict):
        entries = [f"{key} {_short(entry)}" for key, entry in value.items() if _short(entry)]
        whole = ", ".join(entries)
        fits = 0 < len(entries) == len(value) and len(whole) <= MOST_NESTED
        return f"{name} with {whole}" if fits else f"{name} with {len(value)} entries"
    if isinstance(value, (tuple, list)):
        entries = [_short(entry) for entry in value[:MOST_ENTRIES]]
        whole = ", ".join(entries)
        if not all(entries) or len(entries) < len(value) or len(whole) > MOST_NESTED:
            return f"{name} of {len(value)} entries"
        numbers = all(isinstance(entry, np.ndarray) and not entry.ndim for entry in value)
        if not numbers:
            return f"{name} with {whole}"
        return f"{name} = ({whole})" if isinstance(value, tuple) else f"{name} = [{whole}]"
    return f"{name} = {short}" if short else ""


def _short(value: Value) -> str:
    if isinstance(value, np.ndarray):
        if value.ndim:
            return str(value.shape)
        return f"{value.item():.4g}" if value.dtype.kind == "f" else str(value.item())
    return repr(value) if value is None or (isinstance(value, str) and len(value) <= MOST_SIGNS // 4) else ""


def _is_one_example(inputs: dict[str, Value], cases: list[dict[str, Value]]) -> bool:
    """Whether Y has one column here and several elsewhere, and its columns are surely examples.

    They are where another input has as many columns in all cases, and is not merely of the shape of Y, or Y is a row.
    """
    Y = [_shape(given.get("Y")) for given in cases]
    if _shape(inputs.get("Y"))[1:] != (1,) or not all(Y) or all(m == 1 for _, m in Y):
        return False
    others = [[_shape(given.get(name)) for given in cases] for name in inputs if name != "Y"]
    is_row = all(rows == 1 for rows, _ in Y)
    return any([x[1:] for x in X] == [y[1:] for y in Y] and (is_row or X != Y) for X in others)


def _shape(value: Value) -> tuple[int, ...]:
    """The shape of a matrix, () for anything else."""
    return value.shape if isinstance(value, np.ndarray) and value.ndim == 2 else ()
