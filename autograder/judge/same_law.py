"""Recognize a mistake in random answers by the law of its draws, and not by the draws themselves."""

from collections.abc import Callable

import numpy as np

from autograder.judge.array_by_array import Leaves, alike, leaves
from autograder.judge.decode import Report, Value
from autograder.judge.hdf5_values import Sketch
from autograder.judge.recorded_mistakes import Mistake
from autograder.judge.records import RecordedItem
from autograder.judge.same_value import same_value

ALIKE, APART = 1.5, 2.2
"""Bounds for the statistic of Kolmogorov and Smirnov, the gap times sqrt(n m / (n + m)): draws of one law exceed the
first once in 45 times, and the second once in 8000 times."""


def of_the_same_law(item: RecordedItem, reports: list[Report], forms: Callable[[Report], list[Value]]) -> list[Mistake]:
    """The mistake whose draws have the law of these, if the right ones and those of every other mistake have another.

    Only arrays that are random in the right answers are compared so, all cases together; the others have to be equal.
    """
    if any(report.error for report in reports):
        return []
    received = [dict(leaves(report.output)) for report in reports]
    right = alike([[case.output, *forms(case)] for case in item.cases], received)
    if right is None:
        return []
    found = []
    for mistake in item.mistakes:
        if not any(report.error for report in mistake.reports):
            answer = alike([[report.output, *forms(report)] for report in mistake.reports], received)
            found.append((mistake, np.inf if answer is None else _gap(item, answer, received, right)))
    near = [mistake for mistake, gap in found if gap < ALIKE]
    apart = sum(gap > APART for _, gap in found)
    return near if len(near) == 1 and apart == len(found) - 1 and _gap(item, right, received, right) > APART else []


def _gap(item: RecordedItem, a: Leaves, b: Leaves, right: Leaves) -> float:
    """The largest statistic of all random arrays; infinite where another array or a shape differs."""
    largest = 0.0
    for path in right[0]:
        one, other = [], []
        for first, second, due in zip(a, b, right, strict=True):
            if path not in first or path not in due or not isinstance(due[path], np.ndarray):
                return np.inf
            spread = np.std(due[path])
            if not spread:
                if not same_value(first[path], second[path], item.tolerance):
                    return np.inf
                continue
            entries = _entries(first[path], due[path].shape), _entries(second[path], due[path].shape)
            if entries[0] is None or entries[1] is None:
                return np.inf
            one.append(entries[0] / spread)
            other.append(entries[1] / spread)
        if one:
            largest = max(largest, _statistic(np.concatenate(one), np.concatenate(other)))
    return largest


def _entries(value: Value, shape: tuple[int, ...]) -> np.ndarray | None:
    if not isinstance(value, (np.ndarray, Sketch)) or value.shape != shape:
        return None
    entries = (value.entries if isinstance(value, Sketch) else value).ravel()
    return entries.astype(float) if entries.dtype.kind in "biuf" and np.isfinite(entries).all() else None


def _statistic(a: np.ndarray, b: np.ndarray) -> float:
    a, b = np.sort(a), np.sort(b)
    places = np.concatenate([a, b])
    below = [np.searchsorted(x, places, side="right") / x.size for x in (a, b)]
    return float(np.abs(below[0] - below[1]).max() * np.sqrt(a.size * b.size / (a.size + b.size)))
