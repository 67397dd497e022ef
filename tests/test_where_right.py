"""What sets right cases apart from wrong ones, and where nothing is said because the cases do not tell."""

from dataclasses import replace

import numpy as np
import pytest
from recorded import recorded

from autograder.judge.decode import Report
from autograder.judge.records import Record
from autograder.judge.where_right import where_right

RECORD = Record("course9-week1/tiny", "public", {"cells": []}, "")


def item_of(*inputs: dict):
    """An item whose cases have these inputs, by name."""
    cases = tuple(Report(i, given, np.array(0.0), None) for i, given in enumerate(inputs))
    return replace(recorded([np.array(0.0)], {}), cases=cases)


def windows(strides, pads=None, modes=None, sizes=None):
    pads, sizes = pads or range(10, 20), sizes or range(30, 40)
    return item_of(*(
        {"A": np.zeros((n, 2)), "options": {"stride": np.array(stride), "pad": np.array(pad)}}
        | ({"mode": modes[i]} if modes and modes[i] else {})
        for i, (stride, pad, n) in enumerate(zip(strides, pads, sizes, strict=False))
    ))  # fmt: skip


@pytest.mark.parametrize(
    "item, right, said",
    [
        (windows([1, 1, 2, 3]), "++--", "Right exactly where options['stride'] is 1."),
        (windows([2, 2, 1, 3]), "--++", "Wrong exactly where options['stride'] is 2."),
        (windows([1, 2, 3, 4]), "+---", "Right exactly where options['stride'] is 1."),
        (windows([5, 2, 3, 4]), "+---", ""),
        (windows([1, 2, 3, 1]), "+---", ""),
        (windows([2, 3, 4, 5], modes=["max", "average", None, None]), "+-++", "Wrong exactly where mode is 'average'."),
        (windows([2, 3, 4, 5], modes=["max", None, None, None]), "+---", "Right exactly where mode is 'max'."),
        (windows([2, 3, 4, 5], modes=["max", None, None, None]), "-+++", "Wrong exactly where mode is 'max'."),
        (windows([2, 3, 4, 5], sizes=[1, 5, 6, 7]), "+---", "Right exactly where A.shape[0] is 1."),
        (windows([2, 3, 4, 5], sizes=[2, 5, 6, 7]), "+---", "Right exactly where A is square."),
        (
            windows([1, 2, 3, 4], pads=[0, 1, 2, 3]), "+---",
            "Right exactly where options['stride'] is 1 and options['pad'] is 0.",
        ),
        (windows([1, 2, 3, 4], pads=[0, 1, 2, 3], sizes=[1, 5, 6, 7]), "+---", ""),
        (windows([1, 1, 2, 2]), "++++", ""),
        (windows([1, 1, 2, 2]), "----", ""),
        (item_of({}, {}), "+-", ""),
        (item_of(*({"n": np.array(n)} for n in (np.nan, np.nan, 1.0))), "--+", "Right exactly where n is 1.0."),
    ],
)  # fmt: skip
def test_what_is_said_of_where_an_answer_is_right(item, right, said):
    assert where_right(RECORD, item, [sign == "+" for sign in right]) == said


def test_lengths_that_always_go_together_are_one_fact():
    cases = [{"X": np.zeros((3 + m, m)), "Y": np.zeros((2, m))} for m in (1, 4, 5, 7)]
    assert where_right(RECORD, item_of(*cases), [True, False, False, False]) == "Right exactly where X.shape[1] is 1."
