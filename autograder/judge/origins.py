"""Whether what came is something else that is at hand: another expected array, an input, or the same in all cases."""

from collections.abc import Iterator

import numpy as np

from autograder.judge.factors import FACTORS, nice, of_inputs
from autograder.judge.wrong_arrays import Groups, Pair, Said, varied


def another(groups: Groups) -> Said | None:
    """What came is another array of the expected answer, or one of the inputs."""
    for group in _of_one_name(groups):
        first = group[0]
        for name in first.case.wanted:
            if name != first.name and all(_is(pair, pair.case.wanted.get(name)) for pair in group):
                return f"what is expected as {name}", group
        for label in first.case.arrays:
            if all(_is(pair, pair.case.arrays.get(label)) for pair in group):
                return f"{label} as it was handed in", group
    return None


def with_input(groups: Groups) -> Said | None:
    """What came is the expected array with an array of the inputs, or a multiple of it, added or taken away."""
    for group in _of_one_name(groups):
        if not varied(group) or sum(pair.wanted.size for pair in group) < 6:
            continue
        for label in group[0].case.arrays:
            found = [found for pair in group if (found := _multiple(pair, pair.case.arrays.get(label)))]
            if len(found) < len(group):
                continue
            wide = {id(pair): array for pair, (_, array) in zip(group, found, strict=True)}
            numbers = [number for number, _ in found]
            sign = "plus" if numbers[0] > 0 else "minus"
            return f"the expected one {sign} {_times(group, label, numbers, wide)}", group
    return None


def _times(group: list[Pair], label: str, numbers: list[float], wide: dict[int, np.ndarray]) -> str:
    """Which multiple of an input was added, or taken away, in words."""
    sign = np.sign(numbers[0])

    def made(pair: Pair, number: float) -> np.ndarray:
        return np.asarray(pair.wanted + sign * number * wide[id(pair)])

    for number in (nice(abs(numbers[0])), abs(numbers[0])):
        if all(pair.same(made(pair, number), pair.came) for pair in group):
            return label if number == 1 else f"{number:.4g} times {label}"
    said = of_inputs(group, [float(sign * number) for number in numbers], FACTORS, made)
    return f"{label} {said}" if said else f"a multiple of {label} (here {abs(numbers[0]):.4g} times it)"


def unchanging(groups: Groups) -> Said | None:
    """The same came in three cases or more, in which the expected arrays differ."""
    for group in _of_one_name(groups):
        first = group[0]
        if len(group) < 3 or not first.came.any():
            continue
        if not all(np.array_equal(first.came, pair.came) for pair in group):
            continue
        if not any(np.array_equal(first.wanted, pair.wanted) for pair in group[1:]):
            return "the same whatever is handed in", group
    return None


def _of_one_name(groups: Groups) -> Iterator[list[Pair]]:
    return (group for group in groups if len({pair.name for pair in group}) == 1)


def _is(pair: Pair, array: np.ndarray | None) -> bool:
    return array is not None and _varies(array) and pair.same(array.astype(float), pair.came)


def _varies(array: np.ndarray) -> bool:
    return array.dtype.kind in "biuf" and array.size > 1 and bool((array != array.flat[0]).any())


def _multiple(pair: Pair, array: np.ndarray | None) -> tuple[float, np.ndarray] | None:
    """Which multiple of an array was added to the expected one, and that array in the shape of it."""
    if array is None or not pair.alike or array.ndim > pair.wanted.ndim or not _varies(array):
        return None
    try:
        wide = np.broadcast_to(array, pair.wanted.shape).astype(float)
    except ValueError:
        return None
    number = float(np.vdot(wide, pair.came - pair.wanted) / np.vdot(wide, wide))
    if not number or not np.isfinite(number) or not pair.same(pair.wanted + number * wide, pair.came):
        return None
    return number, wide
