"""A function whose every expression reports its value computes what it computed before."""

import json
import linecache
import types

import numpy as np
import pytest

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.run_author_code import answer, values_on_the_way
from autograder.notebooks import without_markers
from autograder.places import repository
from companion.instrument import SEE
from companion.trace import FIRST, LAST, MOST_SEEN, Trace


def defined(source: str, name: str = "f", **scope) -> types.FunctionType:
    """A function of a cell whose lines are known."""
    file = f"<cell {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = {"np": np, **scope}
    exec(compile(source, file, "exec"), names)
    return names[name]


def traced(source: str, *arguments, **scope):
    """What the twin gives back, or the error that it raises, and its trace."""
    function = defined(source, **scope)
    trace = Trace(function)
    assert trace.function is not None, source
    function.__globals__.update({**trace.twins, SEE: trace.see})
    try:
        came = trace.function(*arguments)
    except Exception as error:  # noqa: BLE001 - compared by the tests
        came = error
    return came, trace.as_json()


LIGHT = ["course1-week2/numpy_basics", "course1-week4/deep_network_steps", "course4-week1/convolution_backward"]


@pytest.mark.parametrize("name", LIGHT)
def test_every_answer_of_a_lesson_is_the_same_when_it_is_traced(name):
    (place,) = repository().select(name)
    lesson = read_lesson(place)
    for exercise in lesson.tests:
        sources = [without_markers(lesson.solutions[exercise]), *lesson.styles.get(exercise, {}).values()]
        sources += [mistake.source for mistake in lesson.mistakes if mistake.exercise == exercise]
        for source in sources:
            reports = answer(lesson, exercise, source).raw
            if reports != answer(lesson, exercise, source).raw:
                continue  # it draws other numbers each time
            raw = {report["index"]: report for report in reports}
            for report in values_on_the_way(lesson, exercise, source, "public", (0, 2)):
                given = raw[report["index"]]
                assert report["output"] == given["output"], source
                assert (report["error"] or {}).get("message") == (given["error"] or {}).get("message"), source


KINDS = {
    "loops": "def f(x):\n    t = 0\n    for i in range(4):\n        if i == 2: continue\n        t += x * i\n"
    "    else:\n        t -= 1\n    while t > 100: t /= 2\n    return t",
    "comprehensions": "def f(x):\n    return [a * b for a in range(3) if a for b in (x, 2)], {k: k + x for k in 'ab' "
    "if x} if x == 'b' else {i: i for i in {1, 2}}, sum(i for i in range(3))",
    "closures": "def f(x):\n    n = 0\n    def g(y, *, k=2):\n        nonlocal n\n        n += y * k\n"
    "        return n\n    h = lambda z: z + g(x)\n    return h(1), g(2, k=3), n",
    "a generator": "def f(x):\n    def g():\n        yield from (x, x + 1)\n        y = yield 3\n    return list(g())",
    "targets": "def f(x):\n    (a, *b), c = (x, 2, 3), [0, 0, 0]\n    c[0], c[b[0] - 1] = a, x\n    d = e = c\n"
    "    d[1] += 5\n    del c[2]\n    return a, b, d, e",
    "walrus": "def f(x):\n    if (y := x + 1) > 2 and (z := y * 2):\n        return y, z\n    return y",
    "errors": "def f(x):\n    try:\n        1 / 0\n    except ZeroDivisionError as error:\n        x += 1\n"
    "    finally:\n        x *= 2\n    with np.errstate(all='ignore'):\n        return x",
    "match": "def f(x):\n    match [x, 1]:\n        case [a, 1] if a > 2:\n            return 'big', a\n"
    "        case _:\n            return 'small'",
    "words": "def f(x):\n    '''Über.'''\n    größe = f'{x:>5}|{x + 1}'\n    return größe, f.__doc__ is None, 'é' 'x'",
    "calls": "def f(x, *rest, k=3, **more):\n    def g(*a, **b):\n        return a, sorted(b.items())\n"
    "    return g(x, *rest, *[1, 2], k=k, **{'z': 1})",
    "a class": "def f(x):\n    class A:\n        y = x + 1\n        def g(self): return self.y * 2\n    a = A()\n"
    "    a.z = a.g()\n    a.z += 1\n    return a.z",
    "annotated": "def f(x: int) -> 'no such type':\n    y: 'nothing' = x + 1\n    z: int\n    return y",
    "one line": "def f(x): y = x; return (y + 1, y)[0] if 0 < y < 5 else not y",
    "early": "def f(x):\n    if x: return\n    return 3",
    "global": "n = 1\ndef f(x):\n    global n\n    n = n + x\n    return n",
    "recursion": "def f(x):\n    return 1 if x <= 0 else x * f(x - 1)",
    "arrays": "def f(x):\n    a = np.arange(6.0).reshape(2, 3)\n    b = a\n    b[a > 2] = -x\n    a[:, 1] += x\n"
    "    return a, b.T @ a, a[..., None].sum(axis=(0, 2)), a[1:, ::-1]",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("x", [0, 1, 3])
def test_every_kind_of_code_computes_the_same(kind, x):
    plain = defined(KINDS[kind])(x)
    came, trace = traced(KINDS[kind], x)
    np.testing.assert_equal(came, plain)
    json.dumps(trace)


def test_what_is_evaluated_and_in_which_order_stays():
    source = (
        "def f(x):\n    return say(1) and say(0) and say(2), say(3) if say(0) else say(4), [say(5), say(6)][say(0)]"
    )

    def sayings(run):
        said = []
        run(source, lambda n: said.append(n) or n)
        return said

    plain = sayings(lambda text, say: defined(text, say=say)(0))
    assert sayings(lambda text, say: traced(text, 0, say=say)) == plain == [1, 0, 0, 4, 5, 6, 0]


def test_an_error_keeps_its_type_its_message_and_its_line():
    source = "def f(x):\n    y = x + 1\n    return (\n        y +\n        np.zeros(3) @ np.zeros(4))\n"
    with pytest.raises(ValueError, match="matmul") as plain:
        defined(source)(1)
    came, _ = traced(source, 1)
    assert (type(came), str(came)) == (ValueError, str(plain.value))
    last = came.__traceback__
    while last.tb_next:
        last = last.tb_next
    assert last.tb_lineno in (3, 4, 5)


def test_what_is_changed_later_was_reported_as_it_was():
    _, trace = traced("def f(x):\n    a = np.ones(3)\n    b = a * 2.5\n    b[0] = 7\n    return b", 0)
    told = {trace["nodes"][number]["text"]: places for number, places, _ in trace["events"]}
    assert told["a * 2.5"] != told["b"]


def test_what_is_said_of_an_expression():
    _, told = traced(
        "def f(x):\n    if x > 0:\n        y = np.sqrt(x) * 2\n    d = {}\n    d['k'] = y\n    y += x\n"
        "    return d['k'], y",
        1.0,
    )
    nodes = {node["text"]: node for node in told["nodes"]}
    product = nodes["np.sqrt(x) * 2"]
    assert (product["op"], product["binds"], product["line"], product["under"]) == ("binary Mult", ["y"], 3, 2)
    assert nodes["np.sqrt(x)"]["op"] == "call np.sqrt" and nodes["x > 0"]["op"] == "compare Gt"
    assert nodes["d['k']"]["op"] == "item" and nodes["y += x"]["op"] == "binary Add"
    assert nodes["y += x"]["adds_to"] == "y" and nodes["d['k'], y"]["binds"] == ["return"]
    assert {(node["text"], node["part"]) for node in told["nodes"] if node["binds"] == ["d"]} == {
        ("{}", False),
        ("y", True),
    }


def test_an_array_that_is_not_filled_yet_is_not_reported():
    """It holds what the memory held before."""
    _, trace = traced("def f(x):\n    a = np.empty(3)\n    for i in range(3):\n        a[i] = x\n    return a", 1.5)
    values = [trace["values"][place] for _, places, _ in trace["events"] for place in places]
    assert [shape for shape, _ in values if shape == [3]] == [[3]] * 2  # range(3), and what is returned


class Liar:
    """An object that raises or lies wherever it is asked."""

    __class__ = property(lambda self: 1 / 0)

    def __array__(self, *args, **kwargs):
        raise MemoryError

    def __len__(self):
        return 10**9

    def __iter__(self):
        raise KeyError

    def __bool__(self):
        raise ValueError

    __eq__ = __hash__ = __getattr__ = None


class Endless(list):
    def __iter__(self):
        while True:
            yield [1]


ODD = {
    "a liar": Liar, "without end": lambda: Endless([[1]]), "an object": object,
    "of objects": lambda: np.array([object()]),
    "text": lambda: "text" * 10**6, "bytes": lambda: b"x", "nested": lambda: {1: {2: {}}},
    "a large number": lambda: 10**400,
    "masked": lambda: np.ma.masked_array([1.0, 2.0], [True, False]), "not a number": lambda: float("nan"),
    "a date": lambda: np.datetime64("now"), "a function": lambda: len, "a class": lambda: type, "dots": lambda: ...,
    "uneven": lambda: [[1], [2, 3]], "empty": lambda: np.zeros((0, 3)), "an array of text": lambda: np.array("x"),
    "complex": lambda: 1j,
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_odd_values_go_through_as_they_are(kind):
    odd = ODD[kind]()
    came, trace = traced("def f(x):\n    y = x\n    return [y][0]", odd)
    assert came is odd
    assert len(json.dumps(trace)) < 10**5


def test_a_recursion_without_end_ends_as_it_did():
    came, _ = traced("def f(x):\n    return f(x + 1)", 0)
    assert type(came) is RecursionError


def test_a_long_loop_is_told_by_its_first_and_last_turns():
    came, trace = traced("def f(x):\n    for i in range(20000):\n        x = x + 0.5\n    return x", 0.0)
    assert came == 10000.0
    of_sum = [event for event in trace["events"] if trace["nodes"][event[0]]["text"] == "x + 0.5"]
    assert len(of_sum) == FIRST + LAST
    _, entries = trace["values"][of_sum[-1][1][0]]
    assert entries != trace["values"][of_sum[0][1][0]][1]


def test_without_end_it_stops_telling():
    assert MOST_SEEN < 10**6
    came, trace = traced("def f(x):\n    for i in range(400000):\n        x = i\n    return x", 0)
    assert came == 399999 and len(trace["events"]) < 1000


def test_a_large_array_is_told_in_part():
    _, trace = traced("def f(x):\n    return x * 2.5", np.ones((300, 300)))
    assert len(json.dumps(trace)) < 10**5 and [300, 300] in [shape for shape, _ in trace["values"]]


def test_where_there_is_no_text_there_is_no_twin():
    names = {}
    exec("def f(x): return x", names)
    for one in (names["f"], None, 3, len, Liar(), np.vectorize(abs)):
        assert Trace(one).function is None
    cell = "def f(x):\n    return x\n"
    function = defined(cell)
    linecache.cache[function.__code__.co_filename] = (1, None, ["something = 'else'\n"], "")
    assert Trace(function).function is None


def test_of_two_functions_of_one_name_it_is_the_one_that_stands_there():
    source = "def f(x):\n    return x + 1\n\ndef f(x):\n    return x + 2\n"
    came, trace = traced(source, 1)
    assert came == 3 and "x + 2" in {node["text"] for node in trace["nodes"]}


def test_functions_of_the_same_cell_are_looked_into_and_others_are_not():
    _, trace = traced(
        "def g(x):\n    return x * 3.5\n\ndef f(x):\n    return g(x) + h(x)\n",
        1.0,
        h=defined("def f(x):\n    return x - 9.5"),
    )
    texts = {node["text"] for node in trace["nodes"]}
    assert "x * 3.5" in texts and "x - 9.5" not in texts
