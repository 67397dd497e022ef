"""Two mistakes made at once: the text of the answer, and where two cannot be made at once."""

import itertools

import pytest

from autograder.authoring.answers import WrittenMistake
from autograder.authoring.pairs import pairs_of

SOLUTION = "def f(x, n):\n    total = x.sum(axis=1, keepdims=True)\n    return total / (2 * n) + x[0] * n\n"


def mistake(*edits: tuple[str, str]) -> WrittenMistake:
    return WrittenMistake("f", "name", "", "cause", "hint", edits=edits)


def both(*mistakes: WrittenMistake) -> list[tuple[int, int, str]]:
    return list(pairs_of(mistakes, SOLUTION))


EDITS = [
    ("axis=1", "axis=0"), (", keepdims=True", ""), ("(2 * n)", "n"), ("x[0]", "x[1]"), ("f(x, n)", "f(x, n, m=1)"),
    ("total =", "total = 1 +"), ("    return", "    x = -x\n    return"),
]  # fmt: skip


def test_two_changes_in_different_places_are_both_made():
    found = both(*map(mistake, EDITS))
    assert [(i, j) for i, j, _ in found] == list(itertools.combinations(range(len(EDITS)), 2))
    for i, j, text in found:
        expected = SOLUTION.replace(*EDITS[i]).replace(*EDITS[j])
        assert text == expected
        compile(text, "pair", "exec")


def test_what_edits_only_quote_does_not_keep_them_apart():
    one, other = ("total / (2 * n) + x[0]", "total * (2 * n) + x[0]"), ("(2 * n) + x[0] * n", "(2 * n) - x[0] * n")
    ((_, _, text),) = both(mistake(one), mistake(other))
    assert "return total * (2 * n) - x[0] * n" in text


@pytest.mark.parametrize(
    "one, other",
    [
        ([("axis=1", "axis=0")], [("axis=1", "axis=None")]),
        ([("(2 * n)", "n")], [("2 * n", "3 * n")]),
        ([("keepdims", "keepdim")], [("keepdims=True", "dtype=int")]),
        ([(" + x[0] * n", "")], [("x[0]", "x[1]")]),
        ([("x[0]", "x[0] + 1")], [("x[0]", "x[0] - 1")]),
        ([("axis=1", "axis=0"), ("axis=0, keep", "axis=2, keep")], [("x[0]", "x[1]")]),
        ([], [("x[0]", "x[1]")]),
    ],
)
def test_what_cannot_be_made_at_once_is_no_pair(one, other):
    """Two changes of one place, an edit of an edit, and a mistake that is written as a whole function."""
    assert both(mistake(*one), mistake(*other)) == []
