"""How the tests are dealt out to the two processes of `make test`: what stays together, and what comes first.

Each file stays together, as its tests share what is expensive to make, but for the files in APART: they are dealt out
in parts. What takes longest comes first, so that both processes end at about the same time. A test that is run by
itself, without `-n`, knows nothing of this.
"""

import re
from pathlib import PurePath

import pytest
from xdist.scheduler import LoadScopeScheduling

NETWORK = ("bench", "class", "dask", "lab", "like_nbgrader", "nbval", "postgres", "verdict_kernel")
"""Files whose kernels and servers listen on ports. A port is chosen some time before it is bound, and whoever starts
another server in this time may get the same one: so these files stay together, one after the other."""

APART = {"attacks": r"[A-Z][a-z ]+(?=[:\]])", "fresh": r"course\d+-week\d+", "lessons": r"course\d+-week\d+/\w+"}
"""By file: what its parts are called in the names of the tests. An attack's part is its section."""

LONGEST = (
    "network",
    "attacks: Using everything up",
    "regrade",
    "cli",
    "kill",
    "kernels",
    "fresh: course2-week1",
    "attacks: Odd notebooks",
    "attacks: Reading what is not theirs",
    "attacks: Forging the verdict",
    "fresh: course1-week3",
    "stock",
    "workers",
    "fresh: course1-week2",
)
"""The parts that take longest, the longest first. Roughly is enough: it is only about time."""


def part_of(test: str) -> str:
    """The name of the part that a test belongs to, by the test's own name (its node id)."""
    path, _, name = test.partition("::")
    file = PurePath(path).stem.removeprefix("test_")
    if file in NETWORK:
        return "network"
    found = re.search(APART[file], name) if file in APART else None
    return f"{file}: {found.group()}" if found else file


def longest_first(items: list[pytest.Item]) -> None:
    """Sort the tests by their parts."""
    places = {part: place for place, part in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(part_of(item.nodeid), len(places)))


class Dealer(LoadScopeScheduling):
    """Deals out whole parts, in the order of the tests."""

    def __init__(self, config, log):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return part_of(nodeid)
