"""Where no recorded mistake fits: how what came hangs together with what is expected, in every case that is wrong.

A direction is a plain fact about numbers (``dW is twice the expected one``), never a guess at the code. It is said only
where the numbers vary enough that it could have failed to hold.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from autograder.judge.array_facts import MAPS, SHAPES
from autograder.judge.array_places import ORDERS, PLACES
from autograder.judge.compare import UNHEARD, Difference, Names, difference, item_name, label_of
from autograder.judge.decode import Report, Value
from autograder.judge.factors import by_case, plus, times
from autograder.judge.judge_functions import accepted, named
from autograder.judge.origins import another, unchanging, with_input
from autograder.judge.other_forms import OtherForms
from autograder.judge.records import Record, RecordedItem
from autograder.judge.verdicts import listed
from autograder.judge.wrong_arrays import Case, Groups, Pair, Said, first_fact

RELATIONS: tuple[Callable[[Groups], Said | None], ...] = (
    partial(first_fact, SHAPES), another, times, plus, with_input, partial(first_fact, MAPS),
    by_case, partial(first_fact, ORDERS), unchanging, partial(first_fact, PLACES),
)  # fmt: skip
"""What may hold between wrong arrays and the expected ones, the plainest first."""

LARGEST = 100_000
"""Entries of all arrays together, above which nothing is looked for: every relation goes through all of them."""
MOST = 200
"""Arrays of one case."""
MOST_NAMES = 4

Leaf = tuple[str, np.ndarray, np.ndarray]
"""An array of an answer: its name, what is expected, and what came."""


class _Unlike(Exception):
    """The answer is built otherwise than the expected one, so that its arrays cannot be put side by side."""


@UNHEARD
def with_direction(
    record: Record, item: RecordedItem, reports: Sequence[Report], found: Sequence[Difference | None]
) -> str:
    """The sentence on the first difference, and after it what can be said of all of them, if there is something.

    Args:
        reports: the cases as they came. found: what is wrong with each; not all are None.
    """
    sentence = next(difference.sentence for difference in found if difference).rstrip()
    direction = _direction(record, item, reports, found)
    if not direction:
        return sentence
    return f"{sentence}{'' if sentence.endswith(('.', '?', '!')) else '.'} {direction}"


def _direction(
    record: Record, item: RecordedItem, reports: Sequence[Report], found: Sequence[Difference | None]
) -> str:
    wrong: list[list[Pair]] = []
    right: list[list[str]] = []
    for case, report, differs in zip(item.cases, reports, found, strict=True):
        if differs is None:
            continue
        try:
            leaves = _leaves_of(record, item, case, report)
        except _Unlike:
            return ""
        seen = Case(_inputs(item, case), {name: wanted for name, wanted, _ in leaves})
        pairs = [Pair(name, wanted, came, item.tolerance, seen) for name, wanted, came in leaves]
        wrong.append([pair for pair in pairs if not pair.alike or pair.wrong.any()])
        right.append([pair.name for pair in pairs if pair.alike and not pair.wrong.any()])
    if not all(wrong) or sum(pair.wanted.size + pair.came.size for pairs in wrong for pair in pairs) > LARGEST:
        return ""
    where = "" if len(wrong) == 1 else ", in every case" + ("" if len(wrong) == len(found) else " that is wrong")
    return _relation(wrong, right, where) or _what_is_wrong(wrong, right, where)


def _inputs(item: RecordedItem, case: Report) -> dict[str, Value]:
    """The inputs by parameter name, without those that are recorded as the function has changed them."""
    if isinstance(item.in_place, bool):
        return {} if item.in_place else named(item, case.inputs)
    return {name: value for name, value in named(item, case.inputs).items() if name not in item.in_place}


def _leaves_of(record: Record, item: RecordedItem, case: Report, report: Report) -> list[Leaf]:
    """The arrays of an answer.

    Raises:
        _Unlike: they cannot be put side by side with the expected ones.
    """
    if report.error:
        raise _Unlike
    wanted = _expected(record, item, case, report)
    leaves = list(_leaves(wanted, report.output, item.returns, item.tolerance.extra_keys))
    if len(leaves) > MOST or len({name for name, _, _ in leaves}) < len(leaves):
        raise _Unlike
    return leaves


def _expected(record: Record, item: RecordedItem, case: Report, report: Report) -> Value:
    """What is expected in a case: given the draw that the answer shows, or in the form in which it came."""

    shapes = replace(item.tolerance, values=False)

    def built_alike(value: Value) -> bool:
        return difference(value, report.output, shapes, item.returns) is None

    if item.accept_name:
        if not built_alike(case.output):
            raise _Unlike
        try:
            return accepted(record, item, case, report.output)
        except Exception as error:  # the draw itself is wrong, or so odd that the lesson cannot read it
            raise _Unlike from error
    if built_alike(case.output):
        return case.output
    return next(filter(built_alike, OtherForms(record, item).answers(case)), case.output)


def _leaves(expected: Value, received: Value, name: Names, extra_keys: bool) -> Iterator[Leaf]:
    numbers = _numbers(expected)
    if numbers is not None and not isinstance(name, tuple) and isinstance(received, (tuple, list)):
        came = _numbers(received)
        if came is None:
            raise _Unlike
        yield from _leaves(numbers, came, name, extra_keys)
    elif isinstance(expected, np.ndarray):
        if not isinstance(received, np.ndarray) or not _is_fit(expected) or not _is_fit(received):
            raise _Unlike
        if not np.isfinite(expected).all():
            raise _Unlike
        if expected.ndim == 0 and received.size == 1:
            received = received.reshape(())
        yield label_of(name), expected.astype(float), received.astype(float)
    elif isinstance(expected, dict):
        if not isinstance(received, dict) or not (extra_keys or expected.keys() == received.keys()):
            raise _Unlike
        for key, value in expected.items():
            if key not in received:
                raise _Unlike
            yield from _leaves(value, received[key], key, extra_keys)
    elif isinstance(expected, (tuple, list)):
        if not isinstance(received, (tuple, list)) or len(received) != len(expected):
            raise _Unlike
        for i, (a, b) in enumerate(zip(expected, received, strict=True)):
            yield from _leaves(a, b, item_name(name, i, len(expected)), extra_keys)
    elif type(expected) is not type(received) or expected != received:
        raise _Unlike


def _is_fit(array: np.ndarray) -> bool:
    return array.dtype.kind in "biuf" and 0 < array.size <= LARGEST


def _numbers(value: Value) -> np.ndarray | None:
    """A tuple or list of numbers as one array."""
    if not isinstance(value, (tuple, list)) or not value:
        return None
    if not all(isinstance(item, np.ndarray) and item.size == 1 and item.dtype.kind in "biuf" for item in value):
        return None
    return np.array([item.reshape(()) for item in value])


def _relation(wrong: list[list[Pair]], right: list[list[str]], where: str) -> str:
    """How wrong arrays hang together with the expected ones, in a sentence; "" where nothing is found."""
    everything = [pair for pairs in wrong for pair in pairs]
    first = wrong[0][0].name
    groups: Groups = [everything]
    for belongs in (lambda name: _stem(name) == _stem(first), lambda name: name == first):
        group = [pair for pair in everything if belongs(pair.name)]
        if len(group) < len(groups[-1]) and len({id(pair.case) for pair in group}) == len(wrong):
            groups.append(group)
    said = next(filter(None, (relation(groups) for relation in RELATIONS)), None)
    if said is None:
        return ""
    text, group = said
    names = [[pair.name for pair in group if pair.case is pairs[0].case] for pairs in wrong]
    if len(names[0]) <= MOST_NAMES:
        subject = f"{listed(names[0])} {'is' if len(names[0]) == 1 else 'are each'}"
        where = where if _alike(names) else ", and so it is in the other cases"
    else:
        subject = f"every {'array' if group is everything else _stem(first)} that is wrong is"
    if subject.startswith(("the ", "every ")):
        subject = f"{subject[0].upper()}{subject[1:]}"
    rest = " All else is right." if group is everything and all(right) else ""
    return f"{subject} {text}{'' if ' case' in text else where}.{rest}"


def _what_is_wrong(wrong: list[list[Pair]], right: list[list[str]], where: str) -> str:
    """Which arrays are wrong, and which right, in a sentence; "" where that says nothing."""
    names = [[pair.name for pair in pairs] for pairs in wrong]
    if not all(right):
        return ""
    layer = next((word for word in ("last", "first") if all(map(partial(_is_layer, word), names, right))), "")
    if layer:
        return f"Only the {layer} layer is wrong{where}: {'' if _alike(names) else 'here '}{listed(names[0])}."
    bad, good = ({_stem(name) for part in parts for name in part} for parts in (names, right))
    many = any(len(part) > 1 for part in names)
    if many and not bad & good and all(_digits(name) for parts in (names, right) for part in parts for name in part):
        told = listed(f"every {stem}" for stem in sorted(bad))
        return f"E{told[1:]} is wrong{where}, and {listed(f'every {stem}' for stem in sorted(good))} is right."
    if _alike(names) and len(names[0]) <= MOST_NAMES:
        be = "is" if len(names[0]) == 1 else "are"
        told = (
            f": {listed(right[0])} {'is' if len(right[0]) == 1 else 'are'} right" if _alike(right, MOST_NAMES) else ""
        )
        return f"Only {listed(names[0])} {be} wrong{where}{told}."
    return ""


def _is_layer(word: str, wrong: list[str], right: list[str]) -> bool:
    """Whether just the arrays of the last, or the first, layer are wrong."""
    layers = [int(_digits(name) or -1) for name in (*wrong, *right)]
    wanted = max(layers) if word == "last" else min(layers)
    return -1 not in layers and layers.count(wanted) == len(wrong) and set(layers[: len(wrong)]) == {wanted}


def _alike(parts: list[list[str]], most: int = MOST) -> bool:
    return all(part == parts[0] for part in parts) and len(parts[0]) <= most


def _digits(name: str) -> str:
    found = re.fullmatch(r"[A-Za-z_]+([0-9]{1,4})", name)
    return found[1] if found else ""


def _stem(name: str) -> str:
    return name.removesuffix(_digits(name))
