"""How the tests are dealt out to the two processes of `make test`: what stays together, and what comes first.

Each file stays together, as its tests share what is expensive to make, but for the files in APART: they are dealt out
in parts. What takes longest comes first, so that both processes end at about the same time. A test that is run by
itself, without `-n`, knows nothing of this.

pytest-xdist has marks for it, `--dist loadgroup`. With pytest 9.2 and xdist 3.8, which are pinned, they are silently
passed over (pytest-dev/pytest-xdist#1386): until that is mended, a scheduler of our own stands here.

No test listens on a port that was chosen some time before it is bound: whoever starts another server meanwhile could
get the same one. Kernels speak through Unix sockets, and servers bind port 0 or try another one.
"""

import re
from pathlib import PurePath

import pytest
from xdist.scheduler import LoadScopeScheduling

APART = {
    "attacks": r"[A-Z][a-z ]+(?=[:\]])",
    "fresh": r"course\d+-week\d+",
    "lessons": r"course\d+-week\d+/\w+",
    "nbval": r"course\d+-week\d+/\w+",
}
"""By file: what its parts are called in the names of the tests. An attack's part is its section."""

LONGEST = (
    "lessons: course4-week2/residual_networks",
    "attacks: Using everything up",
    "dask",
    "class",
    "regrade",
    "kill",
    "cli",
    "clearing_up",
    "nbval: course1-week4/deep_network_application",
    "lessons: course1-week4/deep_network_application",
    "bench",
    "lessons: course2-week3/tensorflow_tutorial",
    "nbval: course2-week3/tensorflow_tutorial",
    "lessons: course4-week1/convolution_application",
    "nbval: course4-week1/convolution_application",
    "nbval: course4-week2/residual_networks",
    "fresh: course4-week2",
    "postgres",
    "like_nbgrader",
    "fresh: course1-week4",
    "attacks: Odd notebooks",
    "attacks: Reading what is not theirs",
    "attacks: Forging the verdict",
    "workers",
    "stock",
)
"""The parts that take longest, the longest first. Roughly is enough: it is only about time."""


def part_of(test: str) -> str:
    """The name of the part that a test belongs to, by the test's own name (its node id)."""
    path, _, name = test.partition("::")
    file = PurePath(path).stem.removeprefix("test_")
    found = re.search(APART[file], name) if file in APART else None
    return f"{file}: {found.group()}" if found else file


def longest_first(items: list[pytest.Item]) -> None:
    """Sort the tests by their parts."""
    repo = {part: place for place, part in enumerate(LONGEST)}
    items.sort(key=lambda item: repo.get(part_of(item.nodeid), len(repo)))


class Dealer(LoadScopeScheduling):
    """Deals out whole parts, in the order of the tests."""

    def __init__(self, config, log):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return part_of(nodeid)
