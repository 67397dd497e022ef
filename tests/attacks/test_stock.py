"""The other half of the table: stock nbgrader is really run, and really graded."""

import pytest

from attacks import stock

pytestmark = pytest.mark.slow

WORDS = {
    "Controls that must pass: uses eval(activation)": "full marks",
    "Using everything up: segfault": "no grade, the run failed",
    "Forging the verdict: empty array": "0 of 3",
    "Forging the verdict: AST transformer that deletes asserts": "**forged: full marks**",
    "Reading what is not theirs: the gradebook": "**leaked**: gradebook",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return stock.course(tmp_path_factory.mktemp("stock"))


@pytest.mark.parametrize("key", WORDS)
def test_stock_nbgrader_is_told_as_it_is(course, key):
    assert stock.grade(course, key) == WORDS[key]
