"""The other half of the table: stock nbgrader is really run, and really graded."""

import shutil

import pytest
from needs import need

from attacks import stock

pytestmark = pytest.mark.slow

WORDS = {
    "Controls that must pass: uses eval(activation)": "full marks",
    "Using everything up: segfault": "no grade, the run failed",
    "Forging the verdict: empty array": "0 of 3",
    "Forging the verdict: AST transformer that deletes asserts": "**forged: full marks**",
    "Reading what is not theirs: the gradebook": "**leaked**: gradebook",
}


def test_stock_nbgrader_is_told_as_it_is(tmp_path):
    need(shutil.which("bwrap"), stock.why_not())
    if stock.why_not():
        pytest.skip(stock.why_not())
    course = stock.course(tmp_path / "course")
    assert dict(stock.grade(course, list(WORDS))) == WORDS
