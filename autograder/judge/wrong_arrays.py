"""A wrong array beside the expected one, and when something that is said of the two says anything."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from autograder.judge.compare import Tolerance
from autograder.judge.decode import Value

CLOSER = 0.1
"""A fact has to come closer than the answer itself by this factor, or a wide tolerance would make it hold."""
MOST = 60
"""Arrays in dictionaries and tuples of the inputs that are looked at."""
SMALL = 20
"""Whole numbers up to it agree by chance: one different number more is asked for."""
FEW = 1000
"""Entries that are looked at to see whether numbers vary at all."""


@dataclass(frozen=True, eq=False)
class Case:
    """What is recorded of a case: the inputs by parameter, and the expected arrays by name."""

    inputs: dict[str, Value] = field(default_factory=dict)
    wanted: dict[str, np.ndarray] = field(default_factory=dict)

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays and numbers of the inputs as Python writes them; what is handed over by itself comes first."""
        direct = {name: value for name, value in self.inputs.items() if isinstance(value, np.ndarray)}
        nested = (_arrays_in(name, value) for name, value in self.inputs.items() if name not in direct)
        return direct | dict(itertools.islice(itertools.chain.from_iterable(nested), MOST))


@dataclass(frozen=True, eq=False)
class Pair:
    """A wrong array of one case: the expected one, finite and not empty, and what came; both hold floats."""

    name: str
    wanted: np.ndarray
    came: np.ndarray
    tolerance: Tolerance = field(default_factory=Tolerance)
    case: Case = field(default_factory=Case)

    @cached_property
    def alike(self) -> bool:
        """Whether both have the same shape."""
        return self.wanted.shape == self.came.shape

    @cached_property
    def wrong(self) -> np.ndarray:
        """Which entries are wrong, where both have the same shape."""
        return ~self.tolerance.close(self.wanted, self.came)

    def same(self, a: np.ndarray, b: np.ndarray) -> bool:
        """Whether two arrays that a fact says to be the same are."""
        if a.shape != b.shape or not a.size or not np.isfinite(a).all():
            return False
        return bool(np.abs(a - b).max() <= self._limit) and bool(self.tolerance.close(a, b).all())

    @cached_property
    def _limit(self) -> float:
        gap = np.abs(self.wanted - self.came).max() if self.alike else np.inf
        return float(CLOSER * gap) if np.isfinite(gap) else np.inf


class Fact(NamedTuple):
    """A fact about a wrong array, said after "is": ``dW is the transpose of the expected one``.

    Attributes:
        holds: whether it does. moves: whether it is only about where numbers stand.
    """

    holds: Callable[[Pair], bool]
    moves: bool = False


Facts = dict[str, Fact]
"""Facts by what is said, the plainest first."""

Groups = list[list[Pair]]
"""Wrong arrays of which something may hold, the most first; each begins with the same one."""

Said = tuple[str, list[Pair]]
"""What is said, and of which arrays."""


def _arrays_in(label: str, value: Value) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(value, np.ndarray):
        yield label, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _arrays_in(f'{label}["{key}"]', item)
    elif isinstance(value, (tuple, list)):
        for i, item in enumerate(value):
            yield from _arrays_in(f"{label}[{i}]", item)


def varied(pairs: Sequence[Pair], moves: bool = False) -> bool:
    """Whether all these arrays hold enough different numbers for a fact about them to say something.

    Args:
        moves: whether the fact is only about where the numbers stand.
    """
    wanted, came = _sample([pair.wanted for pair in pairs]), _sample([pair.came for pair in pairs])
    different = np.unique(wanted)
    if moves and different.size >= 2 and wanted.size >= 8:
        return True
    if not moves and came.size > 1 and np.unique(came).size == 1:
        return False
    small = bool((different == np.round(different)).all()) and bool(np.abs(different).max() <= SMALL)
    one_case = len({id(pair.case) for pair in pairs}) == 1
    return bool(np.count_nonzero(different) >= 2 + small + one_case)


def _sample(arrays: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([array.ravel()[:: 1 + array.size // FEW].astype(np.float32) for array in arrays])


def first_fact(facts: Facts, groups: Groups) -> Said | None:
    """The plainest of some facts that holds for all arrays of a group, with the largest such group."""
    first = groups[0][0]
    for text, fact in facts.items():
        if not fact.holds(first):
            continue
        for group in groups:
            if all(fact.holds(pair) for pair in group[1:]) and varied(group, fact.moves):
                return text, group
    return None
