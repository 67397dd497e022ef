"""The door between kernel and judge: what is honest crosses unharmed, all else is a DecodeError."""

import base64
import functools
import json
from collections import OrderedDict, defaultdict, deque, namedtuple

import numpy as np
import pytest

from autograder.judge import decode as door
from autograder.judge.decode import MAX_BYTES, DecodeError, Other, Raised, decode_report
from companion import encode
from companion.cases import Case

DTYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]


def crossed(value):
    """A value after encoding, JSON and decoding, as the output of a report."""
    report = {"exercise": "f", "index": 0, "inputs": {"none": True}, "output": encode.encode(value), "error": None}
    return decode_report(json.loads(json.dumps(report)), "f").output


def refused(output, words: str | None = None) -> None:
    report = {"exercise": "f", "index": 0, "inputs": {"none": True}, "output": output, "error": None}
    with pytest.raises(DecodeError, match=words):
        decode_report(report, "f")


def same(sent, received) -> bool:
    """Whether what arrived is what was sent: the test's own reading of the agreement."""
    if isinstance(sent, (bool, int, float, complex, np.generic)):
        sent = np.asarray(sent)
    if isinstance(sent, np.ndarray):
        return (
            type(received) is np.ndarray
            and received.shape == sent.shape
            and received.dtype == sent.dtype.newbyteorder("<")
            and received.tobytes() == sent.astype(sent.dtype.newbyteorder("<")).tobytes()
        )
    if isinstance(sent, (tuple, list)):
        return type(received) is type(sent) and len(sent) == len(received) and all(map(same, sent, received))
    if isinstance(sent, dict):
        return list(received) == [str(k) for k in sent] and all(map(same, sent.values(), received.values()))
    return type(received) is type(sent) and received == sent


def random_array(rng) -> np.ndarray:
    shape = tuple(rng.integers(0, 5, size=rng.integers(0, 4)))
    dtype = np.dtype(DTYPES[rng.integers(len(DTYPES))]).newbyteorder("<>="[rng.integers(3)])
    array = (100 * rng.standard_normal(shape)).astype("i8").astype(dtype) if dtype.kind in "iu" else None
    array = rng.standard_normal(shape).astype(dtype) if array is None else array
    for change in (lambda a: a.T, lambda a: a[..., ::-1] if a.ndim else a, np.asfortranarray, lambda a: a):
        if rng.random() < 0.4:
            array = change(array)
    return array


def random_value(rng, depth: int = 0):
    kind = rng.integers(0, 10 if depth < 5 else 6)
    if kind < 4:
        return random_array(rng)
    if kind == 4:
        return [None, "täxt ☃", "", True, 7, -2.5, 3 + 4j, np.float32(1.5), np.bool_(False), float("nan")][
            rng.integers(10)
        ]
    if kind == 5:
        return np.float64(rng.standard_normal()) * [1.0, np.nan, np.inf][rng.integers(3)]
    items = [random_value(rng, depth + 1) for _ in range(rng.integers(0, 4))]
    if kind < 8:
        return tuple(items) if kind == 6 else items
    return {f"W{i}" if rng.random() < 0.5 else i: item for i, item in enumerate(items)}


@pytest.mark.parametrize("seed", range(60))
def test_random_structures_cross_unharmed(seed):
    value = random_value(np.random.default_rng(seed))
    assert same(value, crossed(value))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("order", "<>")
def test_every_dtype_and_byte_order_crosses(dtype, order):
    whole = (np.arange(24) % 2 if dtype == "?" else np.arange(24)).astype(np.dtype(dtype).newbyteorder(order))
    for array in (
        whole,
        whole.reshape(2, 3, 4).T,
        whole[::-3],
        whole[:0],
        whole[5],
        whole[5:6].reshape(()),
        whole[None],
    ):
        assert same(array, crossed(array))


class Liar(np.ndarray):
    def __array__(self, *args, **kwargs):
        raise SystemExit

    __getitem__ = __len__ = __iter__ = tobytes = astype = __array__


class Doubled(dict):
    def items(self):
        return [(key, 2 * value) for key, value in super().items()]

    __iter__ = __getitem__ = keys = values = None


class Longer(list):
    __len__ = __iter__ = __getitem__ = None


def test_what_may_not_cross_arrives_as_the_name_of_its_type():
    values = [object(), {1, 2}, b"x", lambda: 1, np.array([None]), np.array([1.5], dtype=object), float]
    values += [np.array(["a"]), np.zeros(2, "M8[s]"), np.zeros(2, "f4,i4"), np.ma.masked_less(np.arange(3), 1)]
    for value in values:
        assert isinstance(crossed(value), Other), value


Pair = namedtuple("Pair", "w b")

KINDS = [
    (np.array([[1.0], [2.0]]).view(np.matrix), np.array([[1.0], [2.0]])),
    (np.ma.zeros(3), np.zeros(3)),
    (np.zeros(3).view(Liar), np.zeros(3)),
    (np.zeros(2).view(np.recarray), np.zeros(2)),
    (np.array([1, 2], dtype=object), np.array([1.0, 2.0])),
    (10**30, np.array(1e30)),
    (range(3), np.arange(3)),
    (deque([1.0, 2.0]), np.array([1.0, 2.0])),
    (OrderedDict(W=1.0), {"W": 1.0}),
    (defaultdict(list, W=1.0), {"W": 1.0}),
    (Doubled(W=1.0), {"W": 1.0}),
    (Longer([1.0]), [1.0]),
    (Pair(np.ones(2), 0.5), (np.ones(2), 0.5)),
    (np.str_("max"), "max"),
]


@pytest.mark.parametrize("sent, received", KINDS, ids=[type(sent).__name__ for sent, _ in KINDS])
def test_of_a_subclass_what_it_holds_crosses_and_never_its_methods(sent, received):
    assert same(received, crossed(sent))


def test_deep_and_long_values_are_cut_off_on_the_sending_side():
    recursive = []
    recursive.append(recursive)
    assert "nested too deeply" in json.dumps(encode.encode(recursive))
    assert len(crossed(list(range(5000)))) == encode.MAX_ITEMS and len(crossed("x" * 5000)) == encode.MAX_TEXT
    assert len(crossed(dict.fromkeys(range(5000)))) == encode.MAX_ITEMS


def array(dtype="<f8", shape=(2,), raw: bytes = bytes(16)) -> dict:
    return {"array": [dtype, list(shape), base64.b64encode(raw).decode()]}


def nested(depth: int) -> dict:
    tree = {"none": True}
    for _ in range(depth):
        tree = {"tuple": [tree]}
    return tree


MALFORMED = {
    "no object": [None, 5, "x", [], True, float("nan")],
    "wrong keys": [{}, {"arrays": []}, {"array": 1, "none": True}, {"none": 1, "text": ""}, {"": None}, {"Tuple": []}],
    "wrong bodies": [{"tuple": 5}, {"tuple": {}}, {"list": "ab"}, {"dict": {}}, {"text": 5}, {"text": None},
                     {"other": 1}],
    "dictionaries": [{"dict": [1]}, {"dict": [["a"]]}, {"dict": [[1, {"none": 1}]]}, {"dict": [["a", 1]]},
                     {"dict": [["a", {"none": 1}, 3]]}, {"dict": ["ab"]}, {"dict": [[["a"], {"none": 1}]]}],
    "arrays": [{"array": x} for x in (None, [], "abc", {}, ["<f8", [2]], ["<f8", 2, ""], ["<f8", [1], 5],
                                      [1, [1], ""])],
    "base64": [{"array": ["<f8", [1], x]} for x in ("?", "AAAAAAAAAAA", "AAAAAAAAAAA=\n", "ÄÄÄÄ", "=", "A", "\ud800")],
    "bytes that do not fit": [array(shape=(3,)), array(raw=b""), array("<f4"), array(shape=()), array(shape=(0,)),
                              array(raw=bytes(15)), array(shape=(2, 2))],
    "shapes": [array(shape=s) for s in ((-1,), (-2, -1), (2.0,), (True, 2), ("2",), (None,), (2**70,), (10**9, 10**9),
                                        (2**32, 2**32), (1,) * 17 + (2,), (float("nan"),), ([2],))],
    "empty but huge": [array(shape=s, raw=b"") for s in ((0, 2**26, 2**26, 2**26), (2**26, 0, 2**26, 2**26))],
    "dtypes": [array(d) for d in ("O", "|O", "V8", "S8", "U2", "M8[s]", "m8[s]", "f4,f4", "(2,)f8", "f8, f8", "x", "",
                                  "<", "object", "str", "(" * 5000, "[('a', 'f8')]", "{'a': 1}", "f8,(", "\0", "ä",
                                  "i16",
                                  "datetime64", "f" + "8" * 5000, "complex999", "void", "\ud800", "f8" * 10**5)],
    "deep nesting": [nested(12), nested(300), nested(5000)],
    "too many items": [{"list": [{"none": True}] * 1001}, {"tuple": [{"none": True}] * 10**5},
                       {"dict": [[str(i), {"none": True}] for i in range(1001)]}],
}  # fmt: skip


@pytest.mark.parametrize("kind", MALFORMED)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_malformed_tree_is_a_wire_error_and_nothing_else(kind):
    for tree in MALFORMED[kind]:
        refused(tree)
        refused({"tuple": [{"none": True}, {"dict": [["a", tree]]}]})
        with pytest.raises(DecodeError):
            decode_report({"exercise": "f", "index": 0, "inputs": tree, "output": {"none": True}, "error": None}, "f")


def test_the_budget_holds_for_all_arrays_of_a_case_together(monkeypatch):
    monkeypatch.setattr(door, "MAX_BYTES", 4096)
    assert crossed([np.zeros(128)] * 3)[2].shape == (128,)
    refused(encode.encode([np.zeros(128)] * 5), "larger than")
    refused(encode.encode(np.zeros(1000)), "larger than")
    assert MAX_BYTES >= 2**20


REPORT = {"exercise": "f", "index": 0, "inputs": {"none": True}, "output": {"none": True}, "error": None}


@pytest.mark.parametrize("index", [None, "0", 0.0, float("nan"), float("inf"), True, [0], {}])
def test_an_index_that_is_no_int_is_refused(index):
    with pytest.raises(DecodeError, match="without a number"):
        decode_report(REPORT | {"index": index}, "f")


@pytest.mark.parametrize("report", [None, 5, "f", [], {}, REPORT | {"exercise": "g"}, REPORT | {"exercise": ["f"]}])
def test_a_report_of_no_or_another_exercise_is_refused(report):
    with pytest.raises(DecodeError, match="does not belong"):
        decode_report(report, "f")


def test_an_error_crosses_as_bounded_texts():
    with pytest.raises(DecodeError):
        decode_report(REPORT | {"error": ["ValueError"]}, "f")
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for odd in (5, None, "x" * 10**6, [1] * 10**4, {"a": {}}, deep):
        report = decode_report(REPORT | {"error": dict.fromkeys(Raised._fields, odd)}, "f")
        assert len(report.error) == 6 and all(type(x) is str and len(x) <= 300 for x in report.error)
        assert report.inputs is None and report.output is None


def learners_inverse(X):
    return np.linalg.inv(X[:, :2])


def test_an_error_names_the_learner_s_own_line_not_that_of_a_library():
    for function in (
        learners_inverse,
        functools.partial(learners_inverse),
        functools.wraps(learners_inverse)(lambda X: learners_inverse(X)),
    ):
        case = Case("f", 0)
        case.call(function, np.zeros((3, 2)))
        assert case.report["error"]["line"] == "return np.linalg.inv(X[:, :2])"
        assert case.report["error"]["type"] == "LinAlgError"


def test_half_characters_do_not_reach_the_verdict():
    for tree in ({"text": "\ud800"}, {"other": "\udfff"}, {"dict": [["\ud800", {"none": True}]]}):
        str(decode_report(REPORT | {"output": tree}, "f").output).encode()
    error = {"type": "\ud800", "message": "\udfff", "line": "\ud800"}
    "".join(decode_report(REPORT | {"error": error}, "f").error).encode()
