"""Whether what came is a number times the expected array, or a number too large, and which input that number is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from autograder.judge.wrong_arrays import Case, Groups, Pair, Said, varied

CLOSE = 1e-3
"""How close a number has to be to one of the inputs, or to a whole one, to be tried: the arrays then tell."""


class Formula(NamedTuple):
    """A number that is made of one of the inputs: how it is said, and its value; whether two such values suffice."""

    text: str
    value: Callable[[np.float64], np.float64]
    plain: bool = False


FACTORS = (
    Formula("times {}", lambda v: v, plain=True),
    Formula("divided by {}", lambda v: 1 / v, plain=True),
    Formula("times -{}", lambda v: -v, plain=True),
    Formula("divided by -{}", lambda v: -1 / v, plain=True),
    Formula("times (1 - {})", lambda v: 1 - v, plain=True),
    Formula("divided by (1 - {})", lambda v: 1 / (1 - v), plain=True),
    Formula("times 2 * {}", lambda v: 2 * v),
    Formula("divided by 2 * {}", lambda v: 1 / (2 * v)),
    Formula("times half of {}", lambda v: v / 2),
    Formula("divided by half of {}", lambda v: 2 / v),
    Formula("times the square of {}", lambda v: v**2),
    Formula("divided by the square of {}", lambda v: 1 / v**2),
    Formula("times the square root of {}", lambda v: v**0.5),
    Formula("divided by the square root of {}", lambda v: v**-0.5),
    Formula("times {0} / ({0} - 1)", lambda v: v / (v - 1)),
    Formula("times ({0} - 1) / {0}", lambda v: (v - 1) / v),
)
SUMMANDS = (Formula("too large by {}", lambda v: v, plain=True), Formula("too small by {}", lambda v: -v, plain=True))


Made = Callable[[Pair, np.float64], np.ndarray]
"""What came, if a number was used on the expected array."""


class Named(NamedTuple):
    """A number of the inputs: the input that it belongs to, what it counts, if it does, and its value."""

    owner: str
    words: str
    value: float


def times(groups: Groups) -> Said | None:
    """One number times the expected arrays: in every case the same one, or one of the inputs."""
    for group in groups:
        numbers = _all(_factor, group)
        if not numbers or not varied(group):
            continue
        for number in (nice(numbers[0]), numbers[0]):
            if all(pair.same(pair.wanted * number, pair.came) for pair in group):
                return _times(number), group
        said = of_inputs(group, numbers, FACTORS, lambda pair, number: pair.wanted * number)
        if said:
            return f"the expected one {said}", group
    return None


def plus(groups: Groups) -> Said | None:
    """One number too large or too small in every entry: in every case the same one, or one of the inputs."""
    for group in groups:
        numbers = _all(_summand, group)
        if not numbers or not varied(group, moves=True):
            continue
        entries = " in every entry" if any(pair.wanted.size > 1 for pair in group) else ""
        for number in (float(f"{numbers[0]:.3g}"), numbers[0]):
            if all(pair.same(pair.wanted + number, pair.came) for pair in group):
                return f"{abs(number):.6g} too {'large' if number > 0 else 'small'}{entries}", group
        said = of_inputs(group, numbers, SUMMANDS, lambda pair, number: pair.wanted + number)
        if said:
            return f"{said}{entries}", group
    return None


def by_case(groups: Groups) -> Said | None:
    """A number times the expected array, or added to it, that is another one in each case."""
    for group in groups:
        if len({id(pair.case) for pair in group}) < len(group) or not all(varied([pair]) for pair in group):
            continue
        for find, said in ((_factor, "times a number"), (_summand, "with a number added to every entry")):
            numbers = _all(find, group)
            if numbers:
                return f"the expected one {said}, {nice(numbers[0]):.4g} here and others in other cases", group
    return None


def _all(find: Callable[[Pair], float | None], group: Sequence[Pair]) -> list[float]:
    """What is found for each wrong array; nothing where it is not found for all."""
    numbers = []
    for pair in group:
        number = find(pair)
        if number is None:
            return []
        numbers.append(number)
    return numbers


def _factor(pair: Pair) -> float | None:
    """The number that the expected array was multiplied by, or None."""
    top = np.abs(pair.wanted).max()
    if not pair.alike or not top or not np.isfinite(pair.came).all():
        return None
    a, b = pair.wanted.ravel() / top, pair.came.ravel() / top
    number = float(a @ b / (a @ a))
    return number if number and np.isfinite(number) and pair.same(pair.wanted * number, pair.came) else None


def _summand(pair: Pair) -> float | None:
    """The number that was added to every entry of the expected array, or None."""
    if not pair.alike or not np.isfinite(pair.came).all():
        return None
    number = float((pair.came - pair.wanted).mean())
    return number if np.isfinite(number) and pair.same(pair.wanted + number, pair.came) else None


def nice(number: float) -> float:
    """The whole number, or the part of 1, that a number nearly is; else itself."""
    for size in (number, 1 / number if number else 0.0):
        if 0.5 < abs(size) < 1e6 and abs(size - round(size)) <= CLOSE * abs(size):
            return float(round(size)) if size == number else 1 / round(size)
    return number


def _times(number: float) -> str:
    if number in (2, 0.5):
        return f"{'twice' if number == 2 else 'half'} the expected one"
    part = round(1 / number) if 1e-6 < abs(number) < 1 else 0
    if part and number == 1 / part:
        return f"the expected one divided by {part}"
    return f"{number:.6g} times the expected one"


def of_inputs(group: Sequence[Pair], numbers: Sequence[float], formulas: Sequence[Formula], made: Made) -> str | None:
    """Which number of the inputs is used in every case, in words; None where none is, or one cannot tell which.

    Args:
        numbers: what was used, for each of the arrays. made: what came of a number.

    What is handed over by itself comes before what lies in a dictionary or a tuple.
    """
    known = {id(pair.case): _numbers_of(pair.case) for pair in group}
    first, *others = known.values()
    values = {
        label: {case: names[label].value for case, names in known.items()}
        for label in first
        if all(label in names for names in others)
    }
    values = {label: by_case for label, by_case in values.items() if len(set(by_case.values())) > 1}
    for formula in formulas:
        for nested in (False, True):
            labels = [label for label in values if (first[label].owner not in group[0].case.inputs) is nested]
            fits = [label for label in labels if _fits(group, numbers, formula, values[label], made)]
            if len({first[label].owner for label in fits}) < len(fits):
                return None
            if fits:
                words = first[fits[0]].words if formula.plain else ""
                return formula.text.format(fits[0]) + (f", {words}" if words else "")
    return None


def _fits(
    group: Sequence[Pair], numbers: Sequence[float], formula: Formula, values: dict[int, float], made: Made
) -> bool:
    tried: list[np.float64] = []
    for pair, number in zip(group, numbers, strict=True):
        tried.append(formula.value(np.float64(values[id(pair.case)])))
        if not abs(tried[-1] - number) <= CLOSE * abs(number):
            return False
    different = set(values.values())
    if not formula.plain and len(different) < 3 and all(value == round(value) for value in different):
        return False
    return all(pair.same(made(pair, number), pair.came) for pair, number in zip(group, tried, strict=True))


def _numbers_of(case: Case) -> dict[str, Named]:
    """The numbers of a case's inputs as Python writes them: those that are handed over, and the sizes of arrays."""
    found = {}
    for label, array in case.arrays.items():
        if array.ndim == 0:
            if array.dtype.kind in "iuf" and np.isfinite(array):
                found[label] = Named(label, "", float(array))
            continue
        for axis, size in enumerate(array.shape):
            counted = {1: ("entries",), 2: ("rows", "columns")}.get(array.ndim)
            words = f"the number of {counted[axis]} of {label}" if counted else ""
            found[f"{label}.shape[{axis}]"] = Named(label, words, float(size))
    return found
