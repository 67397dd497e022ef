"""What a lesson's `judge` cells define, and how it is asked. They are the author's text;
a learner's code never runs here."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.judge.decode import Other, Report, Value
from autograder.judge.draws import fair_draw
from autograder.judge.hdf5_values import Sketch
from autograder.judge.records import Record, RecordedItem

FILE = "<judge>"
"""The name under which a traceback shows the text of the judge cells."""


@lru_cache(maxsize=32)
def judge_functions(source: str) -> dict[str, Any]:
    """What a lesson's judge cells define, by name.

    Args:
        source: their text, one after the other.
    """
    scope: dict[str, Any] = {"np": np, "fair_draw": fair_draw}
    exec(compile(source, FILE, "exec"), scope)
    return scope


def named(item: RecordedItem, inputs: Value) -> dict[str, Value]:
    """The inputs of a case by parameter name: they are reported by position."""
    if not isinstance(inputs, dict):
        return {}
    by_place = {str(i): name for i, name in enumerate(item.parameters)}
    return {str(by_place.get(key, key)): value for key, value in inputs.items()}


def accepted(record: Record, item: RecordedItem, case: Report, received: Value) -> Value:
    """What the answer to a case should be, given the random draw that it shows, as the item's `accept` knows it.

    Raises:
        ValueError: what is wrong with the draw, in a sentence.
    """
    return _function(record, item.accept_name)(named(item, case.inputs), received)


def forms(record: Record, item: RecordedItem, case: Report) -> list[tuple[str, Value]]:
    """The other forms of a recorded answer, each with what is said of it, as the item's `forms` yields them."""
    return list(_function(record, item.forms_name)(named(item, case.inputs), case.output))


def _function(record: Record, name: str | None) -> Callable[..., Value]:
    function: Callable[..., Value] = judge_functions(record.judge_source)[str(name)]
    return function


def is_answer(value: object) -> bool:
    """Whether a value is made of what answers are made of: only that can be compared with one."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_answer(item) for key, item in value.items())
    if isinstance(value, (tuple, list)):
        return all(map(is_answer, value))
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biufc"
    return value is None or isinstance(value, (str, Other, Sketch))
