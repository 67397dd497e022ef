"""The record: what is packed comes back to the bit, what is equal is kept once,
and mistakes are named as if nothing were packed."""

import io
import shutil

import h5py
import numpy as np
import pytest
from recorded import recorded, reports_of

from autograder.errors import RecordBroken
from autograder.judge.decode import Other, Raised, Report
from autograder.judge.diagnose import diagnose
from autograder.judge.hdf5_values import SKETCH_ENTRIES, Sketch, pack, read_tree, unpack, write_tree
from autograder.judge.recorded_mistakes import Mistake, write_mistakes
from autograder.judge.records import read_item, read_record, write_cases

ODD = [
    np.nan, np.inf, -np.inf, 0.0, -0.0, 1e300, -1e39, 1e-39, 5e-324, 1 + 2**-52, 1 / 3, 2.0**24 + 1, 2.0**53 - 1,
]  # fmt: skip
"""Numbers that a narrower type, or a comparison by ==, would not keep apart or not keep at all."""


def same(packed, value) -> bool:
    """Whether what was unpacked is the value: to the bit, as float64 or complex128,
    of large arrays what is kept of them."""
    if isinstance(value, np.ndarray):
        wide = value.astype(complex if value.dtype.kind == "c" else float)
        if isinstance(packed, Sketch):
            kept = wide.ravel()[:: packed.step]
            assert value.size > SKETCH_ENTRIES >= kept.size > SKETCH_ENTRIES // 2
            return packed.shape == value.shape and packed.entries.tobytes() == kept.tobytes()
        return (packed.shape, packed.dtype, packed.tobytes()) == (wide.shape, wide.dtype, wide.tobytes())
    if isinstance(value, dict):
        return list(packed) == list(value) and all(same(packed[key], value[key]) for key in value)
    if isinstance(value, (tuple, list)):
        return type(packed) is type(value) and len(packed) == len(value) and all(map(same, packed, value))
    return type(packed) is type(value) and packed == value


def random_array(rng) -> np.ndarray:
    shape = tuple(rng.choice([0, 1, 2, 5, 40], size=rng.integers(0, 4), p=[0.1, 0.2, 0.3, 0.3, 0.1]))
    kind = rng.choice(["f8", "f4", "i8", "u1", "?", "c16", "odd"])
    if kind == "odd":
        return np.asarray(rng.choice(ODD, size=shape))
    array = rng.standard_normal(shape) * 10.0 ** rng.integers(0, 9)
    return np.asarray(array * (1 - 2j) if kind == "c16" else np.abs(array) % 200).astype(kind)


def random_value(rng, arrays: list, depth=0):
    """A tree of arrays, some of them old ones, some of them old ones but for the last bit."""
    kind = rng.choice(["array", "old", "near", "tuple", "list", "dict", "else"])
    if kind == "old" and arrays:
        return arrays[rng.integers(len(arrays))].copy()
    if kind == "near" and arrays:
        old = arrays[rng.integers(len(arrays))]
        return np.asarray(np.nextafter(old, np.inf) if old.dtype == float else -old.real.astype(float))
    if kind in ("tuple", "list", "dict") and depth < 3:
        items = [random_value(rng, arrays, depth + 1) for _ in range(rng.integers(0, 5))]
        return (
            dict(zip("abcdef", items, strict=False)) if kind == "dict" else (tuple if kind == "tuple" else list)(items)
        )
    if kind == "else":
        return [None, "a text", "", Other("Liar")][rng.integers(4)]
    arrays.append(random_array(rng))
    return arrays[-1]


@pytest.mark.parametrize("seed", range(60))
def test_what_is_packed_comes_back_to_the_bit(seed):
    rng = np.random.default_rng(seed)
    arrays = [np.array(ODD)]
    known = [random_value(rng, arrays) for _ in range(4)]
    value = [random_value(rng, arrays) for _ in range(12)]
    layout, values = pack(value, known)
    assert values.dtype == float and same(unpack(layout, values, known), value)
    assert same(unpack(*pack(value)), value)


@pytest.mark.parametrize(
    "value",
    [["relu"], ["input: 3×4", "", "σ \U0001f600", "x" * 300], ["a", None], ["a", 3.0], [], [[], [""]], ("a", "b")],
)
def test_texts_come_back_from_a_tree(value):
    """A list of nothing but texts, such as the layers of a network, is one dataset."""
    value = [np.asarray(x) if isinstance(x, float) else x for x in value] if isinstance(value, list) else value
    with h5py.File(io.BytesIO(), "w") as file:
        write_tree(file, "value", value)
        assert same(read_tree(file["value"]), value)


def test_equal_arrays_are_kept_once_and_known_ones_not_at_all():
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((3, 4)), rng.standard_normal((5, 2))
    size = lambda value, known=(): pack(value, known)[1].size  # noqa: E731
    assert size([a, {"x": a.copy()}, (a.reshape(4, 3),), b]) == a.size + b.size
    assert size([a, b, a], [b]) == a.size and size([a, b], {"x": (b, [a])}) == 0
    almost = a.copy()
    almost[1, 2] = np.nextafter(almost[1, 2], 9)
    assert size([a, almost]) == 2 * a.size, "almost equal is not equal"
    assert size([np.zeros(3), -np.zeros(3)]) == 6
    assert size([np.ones(3, complex), np.ones(3)]) == 9


def named(item, outputs) -> str | None:
    known = diagnose(item, list(reports_of(outputs)))
    return known and known.causes[0].removesuffix(".")


@pytest.mark.parametrize("scale", [1e-8, 1.0, 2**24 + 1, 1e37, 1e39, 1e200, 1e300])
@pytest.mark.parametrize("shape", [(), (7,), (4, 5), (30, 40)])
def test_a_mistake_is_named_up_to_the_tolerance_and_not_beyond(scale, shape):
    """Each entry has the largest size, so that the bound is (rtol + atol) times it, and 1e-14."""
    rng = np.random.default_rng(3)
    solution, wrong = (
        [np.asarray(scale * factor * rng.choice([-1.0, 1.0], size=shape)) for _ in range(3)] for factor in (1, 1.5)
    )
    item = recorded(solution, {"half_more": wrong}, rtol=1e-5, atol=1e-6)
    assert named(item, wrong) == "half_more" and named(item, solution) is None
    bound = 1.1e-5 + 1e-14 / (1.5 * scale)
    for sign in (-1, 1):
        for off, name in ((0.9999 * bound, "half_more"), (1.0001 * bound, None)):
            assert named(item, [wrong[0], np.asarray(wrong[1] * (1 + sign * off)), wrong[2]]) == name


def test_mistakes_that_float32_could_not_tell_apart_are_told_apart():
    n, big = 2**24, 1e39
    wrong = {
        "one": [np.array([n + 1, 5])], "two": [np.array([n + 2, 5])], "three": [np.array([n + 3.0, 5.0])],
        "large": [np.array([big, 5])], "larger": [np.array([2 * big, 5])], "infinite": [np.array([np.inf, 5])],
        "below": [np.array([-np.inf, 5])], "nothing": [np.array([np.nan, 5])], "true": [np.array([True, False])],
    }  # fmt: skip
    item = recorded([np.array([n, 5])], wrong, rtol=1e-9, atol=0.0)
    for name, outputs in wrong.items():
        assert named(item, outputs) == name
        assert named(item, [outputs[0].astype(float)]) == name
    for other in (np.array([n + 1.5, 5]), np.array([n, 5.0]), np.array([big * 1.5, 5]), np.array([1, 0.1])):
        assert named(item, [other]) is None


def test_an_answer_that_is_the_solution_s_in_part_is_kept_whole():
    """Only what differs is in the file, but what is compared is all of it."""
    rng = np.random.default_rng(5)
    solution = [{"dW": rng.standard_normal((4, 3)), "db": rng.standard_normal((4, 1))} for _ in range(2)]
    wrong = [case | {"db": case["db"].sum(0)} for case in solution]
    item = recorded(solution, {"summed_away": wrong})
    assert [same(report.output, output) for report, output in zip(item.mistakes[0].reports, wrong, strict=True)]
    assert named(item, wrong) == "summed_away"
    assert named(item, [case | {"db": case["db"] * (1 + 1e-4)} for case in wrong]) is None


def test_errors_touched_inputs_and_empty_records_come_back():
    solution = [np.ones(3), np.zeros(3)]
    odd = (Report(0, None, None, Raised("ValueError", "no", "x"), None), Report(1, {"0": np.array(9)}, None, None))
    with h5py.File(io.BytesIO(), "w", libver="latest") as file:
        file.attrs.update(exercise="f", points=1.0, contract="{}", parameters="[]")
        write_cases(file.create_group("cases"), reports_of(solution))
        assert read_item("f-test", file).mistakes == ()
        write_mistakes(file, [Mistake("odd", "Cause.", "Hint – with signs: σ.", odd)], reports_of(solution))
        (mistake,) = read_item("f-test", file).mistakes
    assert (mistake.name, mistake.cause, mistake.hint) == ("odd", "Cause.", "Hint – with signs: σ.")
    failed, touched = mistake.reports
    assert failed.error == Raised("ValueError", "no") and failed.inputs is None and failed.output is None
    assert touched.error is None and touched.inputs["0"] == 9 and touched.output is None


def test_an_exercise_without_mistakes_has_none():
    assert recorded([np.ones(2)], {}).mistakes == ()


def test_a_record_whose_layout_is_spoilt_is_told_as_broken(tiny_lesson, tmp_path):
    path = tmp_path / "tiny.h5"
    shutil.copy(tiny_lesson.public_record, path)
    with h5py.File(path, "r+") as file:
        file["items/row_means-test/mistakes"].attrs["layout"] = np.void(b"nothing that zlib made")
    with pytest.raises(RecordBroken, match="autograder record course9-week1/tiny"):
        read_record(tiny_lesson.name, path.read_bytes(), path)
