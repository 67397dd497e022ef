"""Which mistakes are named: one, two in different arrays, a recorded pair, a part; and where none is."""

from dataclasses import replace

import numpy as np
import pytest
from recorded import recorded, reports_of

from autograder.judge.diagnose import diagnose

CASES = 3


def answers(**changes) -> list[dict]:
    """An answer of three arrays for each case; ``W=2.0`` changes W in a way of its own."""
    rng = np.random.default_rng(0)
    found = []
    for i in range(CASES):
        right = {"W": rng.normal(size=(4, 30 * i + 1)), "b": rng.normal(size=(4, 1)), "c": np.asarray(rng.normal())}
        found.append({key: np.asarray(x * changes[key] + 1) if key in changes else x for key, x in right.items()})
    return found


def named(item, outputs) -> set[str]:
    known = diagnose(item, list(reports_of(outputs)))
    return {cause.removesuffix(".") for cause in known.causes} if known else set()


@pytest.mark.parametrize(
    "form", [lambda case: case, lambda case: tuple(case.values()), lambda case: ([*case.values()],)]
)
def test_two_mistakes_in_two_arrays_are_both_named(form):
    def formed(**changes):
        return [form(case) for case in answers(**changes)]

    item = recorded(
        formed(), {"w2": formed(W=2), "w3": formed(W=3), "b2": formed(b=2), "wb": formed(W=5, b=5), "c": formed(c=9)}
    )
    assert named(item, formed(W=2, b=2)) == {"w2", "b2"}
    assert named(item, formed(W=3, b=2)) == {"w3", "b2"}
    assert named(item, formed(W=5, b=5, c=9)) == {"wb", "c"}
    assert named(item, formed(W=5, b=2)) == {"b2"}, "the mistake in both changes b in its own way"
    assert named(item, formed(W=4, b=2)) == {"b2"}, "of W nothing is known"
    assert named(item, formed(W=4, b=4)) == set()
    assert named(item, formed(W=2, b=2, c=9)) == set(), "three at once"
    assert named(item, formed(W=5)) == set(), "a mistake that would show in b as well"
    only_once = [*formed(W=2, b=2)[:-1], *formed(b=2)[-1:]]
    assert named(item, only_once) == {"b2"}, "W is right in one case"


def test_of_several_pairs_only_what_they_share_is_named():
    item = recorded(answers(), {"one": answers(W=2), "other": answers(W=2 + 1e-9), "b": answers(b=2)})
    assert named(item, answers(W=2, b=2)) == {"b"}


def test_a_single_mistake_goes_before_two_though_the_inputs_were_changed():
    """In one case another mistake is the same for an array that only this case has."""

    def cases(W, extra):
        return [{"W": np.full(3, W + i)} | ({"extra": np.full(3, extra)} if i == 2 else {}) for i in range(CASES)]

    item = recorded(cases(0, 0), {"always": cases(10, 10), "at_first": cases(20, 10), "other": cases(10, 30)})
    changed = [replace(report, inputs={"0": np.array(99)}) for report in reports_of(cases(10, 10))]
    assert diagnose(item, changed).causes == ("always.",)


def test_an_answer_of_two_mistakes_says_either_or():
    item = recorded(answers(), {"one": answers(W=2), "other": answers(W=2 + 1e-9), "third": answers(W=3)})
    known = diagnose(item, list(reports_of(answers(W=2))))
    assert known.causes == ("One of two. Either: one. Or: other.",)
    item = recorded(answers(), {name: answers(W=2 + k * 1e-9) for k, name in enumerate("abc")})
    assert diagnose(item, list(reports_of(answers(W=2)))) is None


@pytest.mark.parametrize("shape", [(7,), (4, 5), (30, 40), (64, 32), (512, 8)])
def test_a_recorded_pair_is_named_and_a_single_mistake_goes_before_it(shape):
    rng = np.random.default_rng(1)
    right, one, other, both = ([rng.normal(size=shape) for _ in range(CASES)] for _ in range(4))
    item = recorded(right, {"one": one, "other": other}, {("one", "other"): both})
    assert named(item, both) == {"one", "other"} and named(item, one) == {"one"} and named(item, right) == set()
    assert named(item, [*both[:-1], right[-1]]) == set()
    flat = [array.reshape(-1, 1) for array in both]
    assert named(item, flat) == {"one", "other"}, "in another shape"
    for column in range(shape[-1]):
        spoilt = [array.copy() for array in both]
        spoilt[0][..., column] += 1
        assert named(item, spoilt) == set(), "no column is left out of what is kept"


def test_pairs_that_answer_the_same_share_what_is_named():
    right, one, other, third, both = ([np.full((2, 2), k + i * 1.0) for i in range(CASES)] for k in (0, 9, 20, 30, 40))
    singles = {"one": one, "other": other, "third": third}
    assert named(recorded(right, singles, {("one", "other"): both, ("one", "third"): both}), both) == {"one"}
    pairs = {("one", "other"): both, ("one", "third"): both, ("other", "third"): both}
    assert named(recorded(right, singles, pairs), both) == set()


@pytest.mark.parametrize("value", [None, "text", (), {}, np.zeros((0, 3)), np.array(np.nan), {"W": None}, [[1j]]])
def test_odd_answers_are_no_mistakes(value):
    value = np.array(value) if isinstance(value, list) else value
    item = recorded(answers(), {"w2": answers(W=2), "b2": answers(b=2)}, {("w2", "b2"): answers(W=7)})
    assert named(item, [value] * CASES) == set()
    assert named(item, [{**case, "W": value} for case in answers(b=2)]) <= {"b2"}
