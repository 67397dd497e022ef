"""The comparison: the tolerance against its formula, and sentences that say what stands where."""

import re

import numpy as np
import pytest

from autograder.judge import Verdict
from autograder.judge.compare import Tolerance, difference, numbers_as_arrays
from autograder.judge.decode import Other

LOOSE = Tolerance(rtol=1e-3, atol=1e-4)


def verdict(expected, received, tolerance=LOOSE):
    found = difference(expected, received, tolerance)
    return found.verdict if found else None


def agrees(expected: complex, received: complex, largest: float, t: Tolerance) -> bool:
    """The rule of one entry, in plain Python."""
    if expected != expected or received != received:
        return expected != expected and received != received
    if abs(expected) == float("inf") or abs(received) == float("inf"):
        return expected == received
    return abs(received - expected) <= t.rtol * abs(expected) + t.atol * largest + 1e-14


def random_pair(rng):
    shape = tuple(rng.permutation([2, 3, 4, 5])[: rng.integers(0, 4)])
    expected = rng.standard_normal(shape) * 10.0 ** rng.integers(-8, 8)
    expected = np.where(rng.random(shape) < 0.2, 0.0, expected)
    noise = rng.choice([0, 1e-6, 1e-4, 9e-4, 1.1e-3, 1e-2], size=shape) * rng.choice([-1, 1], size=shape)
    received = expected * (1 + noise) + np.abs(expected).max(initial=0) * rng.choice([0, 9e-5, 1.2e-4, 1], size=shape)
    for array in (expected, received):
        if array.ndim and rng.random() < 0.3:
            array[tuple(rng.integers(0, n) for n in shape)] = rng.choice([np.nan, np.inf, -np.inf])
    return np.asarray(expected), np.asarray(received)


@pytest.mark.parametrize("seed", range(80))
def test_the_tolerance_is_its_formula_entry_by_entry(seed):
    expected, received = random_pair(np.random.default_rng(seed))
    finite = [abs(x) for x in expected.ravel().tolist() if abs(x) < float("inf")]
    largest = max(finite, default=0.0)
    wanted = [
        agrees(a, b, largest, LOOSE) for a, b in zip(expected.ravel().tolist(), received.ravel().tolist(), strict=True)
    ]
    assert LOOSE.close(expected, received).ravel().tolist() == wanted
    assert verdict(expected, received) == (None if all(wanted) else Verdict.WRONG_VALUE)


@pytest.mark.parametrize("seed", range(40))
def test_the_sentence_names_the_worst_entry_and_what_stands_there(seed):
    rng = np.random.default_rng(seed)
    expected = rng.standard_normal(rng.permutation([2, 3, 4, 5])[: rng.integers(1, 4)])
    received = expected.copy()
    repo = {tuple(int(rng.integers(0, n)) for n in expected.shape) for _ in range(4)}
    for size, place in enumerate(sorted(repo, key=lambda p: rng.random()), start=1):
        received[place] += size * rng.choice([-1, 1])
        worst = place
    if seed % 4 == 0:
        worst = tuple(int(rng.integers(0, n)) for n in expected.shape)
        received[worst] = np.nan
    wrong = sum(a != b for a, b in zip(expected.ravel(), received.ravel(), strict=True))
    sentence = difference(expected, received, LOOSE, "W1").sentence
    match = re.match(
        r"W1 \(shape (.*?\))\) differs in (\d+) of (\d+) entries, most at \[(.*?)\]: expected (\S+), received (\S+)\.",
        sentence,
    )
    shape, count, total, at, a, b = match.groups()
    assert shape == str(expected.shape) and (int(count), int(total)) == (wrong, expected.size)
    assert tuple(map(int, at.split(", "))) == worst
    assert np.isclose(float(a), expected[worst], rtol=1e-6)
    assert np.isclose(float(b), received[worst], rtol=1e-6, equal_nan=True)
    assert ("finite" in sentence) == (seed % 4 == 0)


@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (1, 1, 1)])
def test_a_number_may_come_in_any_shape_of_one_entry(shape):
    assert verdict(np.array(2.5), np.full(shape, 2.5)) is None
    assert verdict(np.array(2.5), np.full(shape, 2.6)) is Verdict.WRONG_VALUE
    assert "expected 2.5, received 2.6" in difference(np.array(2.5), np.full(shape, 2.6), LOOSE).sentence
    if shape:
        assert verdict(np.full(shape, 2.5), np.array(2.5)) is Verdict.WRONG_SHAPE


@pytest.mark.parametrize("shape", [(0,), (2,), (1, 2), (0, 1)])
def test_a_number_does_not_come_as_several(shape):
    assert verdict(np.array(2.5), np.full(shape, 2.5)) is Verdict.WRONG_SHAPE


def test_every_other_shape_is_wrong_and_only_a_transpose_is_called_one():
    rng = np.random.default_rng(1)
    expected = rng.standard_normal((3, 5))
    for shape in [(5, 3), (15,), (1, 15), (3, 5, 1), (1, 3, 5), (3, 1), (1, 5), (0, 5), ()]:
        found = difference(expected, rng.standard_normal(shape), LOOSE, "A")
        assert found.verdict is Verdict.WRONG_SHAPE and f"(3, 5), received shape {shape}" in found.sentence
        assert ("transposed" in found.sentence) == (shape == (5, 3))


def test_zeros_are_told_only_where_all_are():
    expected = np.random.default_rng(2).standard_normal((3, 4))
    assert "Every entry received is 0." in difference(expected, 0 * expected, LOOSE).sentence
    almost = 0 * expected
    almost[1, 2] += 1
    assert "Every" not in difference(expected, almost, LOOSE).sentence
    assert difference(np.zeros((2, 3)), np.ones((2, 3)), LOOSE).verdict is Verdict.WRONG_VALUE


def test_not_a_number_and_infinity_agree_only_with_themselves():
    odd = [np.nan, np.inf, -np.inf, 0.0, 1e300]
    for a in odd:
        for b in odd:
            same = (a == b) or (np.isnan(a) and np.isnan(b))
            assert (verdict(np.array([a, 1.0]), np.array([b, 1.0])) is None) == same, (a, b)
    assert verdict(np.array([1.0, 2.0]), np.array([np.nan, np.nan])) is Verdict.WRONG_VALUE


@pytest.mark.parametrize("kind", ["?", "i1", "u8", "i8", "f2", "f4", "f8"])
def test_kinds_of_real_numbers_mix(kind):
    expected = np.array([[1, 0, 1], [0, 1, 1]])
    for other in ("?", "i8", "u1", "f4", "f8"):
        assert verdict(expected.astype(other), expected.astype(kind)) is None
        assert verdict(expected.astype(other), 1 - expected.astype("i1").astype(kind).astype("i8")) is not None


def test_complex_numbers():
    expected = np.array([1 + 2j, -3j, 4.0])
    assert verdict(expected, expected * (1 + 5e-4)) is None
    assert verdict(expected, expected.conj()) is Verdict.WRONG_VALUE
    assert verdict(expected, expected.real) is Verdict.WRONG_VALUE
    assert verdict(expected.real, expected) is Verdict.WRONG_TYPE
    assert verdict(np.ones(3), np.ones(3, complex)) is Verdict.WRONG_TYPE
    sentence = difference(expected, expected.conj(), LOOSE).sentence
    assert "differs in 2 of 3 entries, most at [1]" in sentence and "3j)" in sentence.split("received")[1]


def test_dictionaries_by_their_keys():
    expected = {"W1": np.ones((2, 3)), "b1": np.zeros((2, 1))}
    assert verdict(expected, dict(reversed(expected.items()))) is None
    found = difference(expected, {"W1": np.ones((2, 3)), "B1": np.zeros((2, 1))}, LOOSE)
    assert found.verdict is Verdict.MISSING and "'b1'" in found.sentence and "W1, B1" in found.sentence
    more = expected | {"cache": None}
    found = difference(expected, more, LOOSE)
    assert found.verdict is Verdict.WRONG_VALUE and "'cache'" in found.sentence
    assert verdict(expected, more, Tolerance(extra_keys=True)) is None
    assert verdict(expected, {}) is Verdict.MISSING and "none" in difference(expected, {}, LOOSE).sentence
    found = difference(expected, expected | {"b1": np.ones((2, 1))}, LOOSE)
    assert found.verdict is Verdict.WRONG_VALUE and found.sentence.startswith("b1 (shape (2, 1))")


def test_sequences_texts_and_none():
    expected = (np.ones(2), (np.zeros(3), "relu"), None)
    assert verdict(expected, [np.ones(2), [np.zeros(3), "relu"], None]) is None
    assert verdict(expected, expected[:2]) is Verdict.WRONG_TYPE
    assert verdict(expected, (np.ones(2), (np.zeros(3), "tanh"), None)) is Verdict.WRONG_VALUE
    found = difference(expected, (np.ones(2), (np.ones(3), "relu"), None), LOOSE, ("A", ("Z", "how"), "rest"))
    assert found.sentence.startswith("Z (shape (3,))")
    for odd in (None, "relu", np.ones(2), {"a": None}, Other("Liar")):
        assert verdict(expected, odd) is Verdict.WRONG_TYPE
        assert (verdict(np.ones(2), odd) is Verdict.WRONG_TYPE) == (not isinstance(odd, np.ndarray))
    assert "`return`" in difference(expected, None, LOOSE).sentence
    assert verdict("relu", "relu") is None and verdict("relu", Other("str")) is Verdict.WRONG_TYPE
    for size in (0, 1, 3):
        for odd in (None, "relu", Other("Liar")):
            assert verdict(odd, np.zeros(size)) is Verdict.WRONG_TYPE


@pytest.mark.parametrize("shape", [(1,), (1, 1), (1, 1, 1)])
def test_an_array_where_a_number_is_expected_is_named_by_its_place(shape):
    one, row = np.array(0.5), np.ones((2, 3))
    array = one.reshape(shape)
    assert numbers_as_arrays([(one, array)], "cost") == [
        f"Arrays of shape {shape} came for cost; plain numbers do as well."
    ]
    names = ("grads", "costs", "cost")
    expected = ({"dw": row, "db": one}, [one, one], one)
    received = ({"dw": row, "db": array}, (one, array), one)
    assert numbers_as_arrays([(expected, received)], names) == [
        f"Arrays of shape {shape} came for db and entries of costs; plain numbers do as well."
    ]
    assert numbers_as_arrays([(expected, expected)] * 3, names) == numbers_as_arrays([], names) == []


def test_arrays_for_the_numbers_of_a_list_are_said_once_over_all_its_entries_and_cases():
    one = np.array(0.5)
    array = one.reshape(1, 1)
    cases = [([one] * n, [array] * n) for n in (7, 0, 3)]
    assert numbers_as_arrays(cases, "costs") == [
        "Arrays of shape (1, 1) came for entries of costs; plain numbers do as well."
    ]
    (nested,) = numbers_as_arrays([([[one, one], (one,)], [[array, array], [array]])], "costs")
    assert nested.count("costs") == 1 and "[" not in nested
    layers = [{"mean": one, "spread": one} for _ in range(3)]
    told = numbers_as_arrays([(layers, [{k: v.reshape(1) for k, v in layer.items()} for layer in layers])] * 2)
    assert told == ["Arrays of shape (1,) came for mean and spread; plain numbers do as well."]


def test_arrays_of_several_shapes_are_said_apart_and_those_of_one_shape_together():
    one = np.array(0.5)
    names = ("cost", "rate", "scale")
    cases = [((one,) * 3, (one.reshape(1, 1), one.reshape(1), one.reshape(1, 1))), ((one,) * 3, (one.reshape(1),) * 3)]
    assert numbers_as_arrays(cases, names) == [
        "Arrays of shape (1, 1) came for cost and scale; plain numbers do as well.",
        "Arrays of shape (1,) came for rate, cost and scale; plain numbers do as well.",
    ]


def test_an_array_of_one_entry_where_one_is_expected_is_nothing_to_speak_of():
    assert numbers_as_arrays([(np.ones((1, 1)), np.ones((1, 1)))]) == []
