"""Where an answer is right and where it is wrong: at stride 1, in the case of one example, for mode "average"."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.judge.case_words import inputs_by_name
from autograder.judge.decode import Value
from autograder.judge.records import Record, RecordedItem
from autograder.judge.verdicts import listed

MOST_FACTS = 2
"""Where more conditions fit, the cases are too few to tell which one it is."""
DEPTH = 2
SQUARE = " is square"
_ABSENT = object()


def where_right(record: Record, item: RecordedItem, right: Sequence[bool]) -> str:
    """In a sentence, what sets the cases that are right apart from those that are wrong; "" where nothing does.

    A single case on one side is set apart only by a value that means something by itself: 0, 1, a text, True, None.

    Args:
        record: the lesson's record. item: the exercise, of whose recorded inputs this is read.
        right: whether an answer is right, for each case.
    """
    if len(set(right)) < 2:
        return ""
    facts: dict[tuple[Any, ...], dict[str, str]] = {}
    for name, values in _features(inputs_by_name(record, item, item.cases)).items():
        for side, word in ((True, "Right"), (False, "Wrong")):
            within = {_key(value) for value, is_right in zip(values, right, strict=True) if is_right is side}
            outside = {_key(value) for value, is_right in zip(values, right, strict=True) if is_right is not side}
            alone = sum(is_right is side for is_right in right) == 1
            value = next(value for value, is_right in zip(values, right, strict=True) if is_right is side)
            if value is _ABSENT or len(within) > 1 or within & outside or (alone and not _means_something(value)):
                continue
            # What always goes with another value, as the columns of Y with those of X, is no second fact.
            facts.setdefault(tuple(map(_key, values)), {}).setdefault(word, _condition(name, value))
    told = [(word, condition) for found in facts.values() for word, condition in list(found.items())[:1]]
    if not told or len(told) > MOST_FACTS:
        return ""
    word = told[0][0]
    return f"{word} exactly where {listed(condition for _, condition in told)}." if dict(told).keys() == {word} else ""


def _features(cases: Sequence[dict[str, Value]]) -> dict[str, list[Any]]:
    """What may set cases apart: numbers, texts and the lengths of arrays in the inputs, by what they are called."""
    found = [dict(_of_value("", inputs)) for inputs in cases]
    names = dict.fromkeys(name for case in found for name in case)
    return {name: [case.get(name, _ABSENT) for case in found] for name in names}


def _of_value(name: str, value: Value, depth: int = 0) -> Iterator[tuple[str, Any]]:
    if isinstance(value, np.ndarray) and not value.ndim:
        yield name, value.item()
    elif isinstance(value, np.ndarray):
        for axis, length in enumerate(value.shape):
            yield f"{name}.shape[{axis}]", length
        if value.ndim == 2:
            yield f"{name}{SQUARE}", value.shape[0] == value.shape[1]
    elif isinstance(value, dict) and depth < DEPTH:
        for key, entry in value.items():
            yield from _of_value(f"{name}[{key!r}]" if name else key, entry, depth + 1)
    elif isinstance(value, (tuple, list)) and depth < DEPTH:
        yield f"len({name})", len(value)
        for i, entry in enumerate(value):
            yield from _of_value(f"{name}[{i}]", entry, depth + 1)
    elif isinstance(value, str) or value is None:
        yield name, value


def _condition(name: str, value: Any) -> str:
    if name.endswith(SQUARE):
        return name if value else name.removesuffix(SQUARE) + " is not square"
    return f"{name} is {value!r}"


def _key(value: Any) -> Any:
    return (type(value).__name__, value) if isinstance(value, (bool, str)) else value


def _means_something(value: Any) -> bool:
    return value is None or isinstance(value, (bool, str)) or value in (0, 1)
