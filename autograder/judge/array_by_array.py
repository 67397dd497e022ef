"""Mistakes in an answer of several arrays, each explained by itself: db1 not averaged, and dW2 transposed."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from autograder.judge.decode import Report, Value
from autograder.judge.network_words import is_network
from autograder.judge.recorded_mistakes import Mistake
from autograder.judge.records import RecordedItem
from autograder.judge.same_value import same_value

Path = tuple[str | int, ...]
"""The keys and places that lead to an array."""

Leaves = list[dict[Path, Value]]
"""The arrays of an answer, case by case."""


@dataclass(frozen=True)
class _Explained:
    """What a mistake does to the arrays: those that it changes, and those of them that an answer shows as it does."""

    mistake: Mistake
    changed: frozenset[Path]
    shown: frozenset[Path]


def by_array(
    item: RecordedItem, reports: list[Report], forms: Callable[[Report], list[Value]]
) -> tuple[list[Mistake], list[Mistake]]:
    """What explains every wrong array, one mistake or two together; and mistakes, at most two, that explain some.

    Either list is empty where nothing, or nothing that is the only way, explains them. Of the second kind a mistake
    counts only if the answer shows all that it changes.
    """
    if any(report.error for report in reports):
        return [], []
    received = [dict(leaves(report.output)) for report in reports]
    right = alike([[case.output, *forms(case)] for case in item.cases], received)
    if right is None or len(received[0]) < 2:
        return [], []

    def apart(some: Leaves, other: Leaves) -> frozenset[Path]:
        return frozenset(
            path
            for paths, a, b in zip(right, some, other, strict=True)
            for path in paths
            if path not in a or path not in b or not same_value(a[path], b[path], item.tolerance)
        )

    wrong = apart(right, received)
    found = []
    for mistake in item.mistakes:
        answer = None
        if not any(report.error for report in mistake.reports):
            answer = alike([[report.output, *forms(report)] for report in mistake.reports], received)
        if answer is None:
            continue
        shown = wrong - apart(answer, received)
        if shown:
            found.append(_Explained(mistake, apart(right, answer), shown))
    return _together(found, wrong), _in_part(found)


def leaves(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """The arrays of an answer, with what leads to each; a network is one of them."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, (tuple, list)) and not is_network(value):
        for i, item in enumerate(value):
            yield from leaves(item, (*path, i))
    else:
        yield path, value


def alike(answers: list[list[Value]], received: Leaves) -> Leaves | None:
    """Of each case the form of an answer whose arrays stand in the same places as those received; None if none has.

    Args:
        answers: the forms of each case. received: the arrays that came, case by case; there may be more of them.
    """
    found = []
    for forms, came in zip(answers, received, strict=True):
        for form in forms:
            there = dict(leaves(form))
            if there.keys() <= came.keys():
                found.append(there)
                break
        else:
            return None
    return found


def _together(found: list[_Explained], wrong: frozenset[Path]) -> list[Mistake]:
    """The pair that explains every wrong array, where no single mistake does; of several pairs, what they share.

    Each shows all that it changes: what two change, neither shows as it does alone.
    """
    whole = [x for x in found if x.shown == x.changed]
    alone = [x.mistake for x in whole if x.shown == wrong]
    if alone:
        return alone if len(alone) == 1 else []
    pairs = [(a.mistake, b.mistake) for a, b in itertools.combinations(whole, 2) if a.shown | b.shown == wrong]
    return shared(pairs)


def shared(pairs: Sequence[tuple[Mistake, Mistake]]) -> list[Mistake]:
    """Of pairs that all explain an answer, the mistakes that are in each; none where there is no pair."""
    return [m for m in pairs[0] if all(any(m is other for other in pair) for pair in pairs)] if pairs else []


def _in_part(found: list[_Explained]) -> list[Mistake]:
    whole = [x for x in found if x.shown == x.changed]
    if len(whole) > 2 or any(a.shown & b.shown for a, b in itertools.combinations(whole, 2)):
        return []
    return [x.mistake for x in whole]
