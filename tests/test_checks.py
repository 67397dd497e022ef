"""Check cells: each comparison in one short line, whatever comes, and no line but the learner's own."""

import linecache
import warnings

import numpy as np
import pytest

from companion import check, checking, checks

SHAPE = (2, 3)
LOOP: list = []
LOOP.append(LOOP)


class Hostile:
    """Raises, and not even an Exception, whatever is asked of it."""

    def __eq__(self, other):
        raise SystemExit

    __repr__ = __len__ = __iter__ = __bool__ = __float__ = __array__ = __hash__ = lambda self, *args, **kwargs: exit(3)


class Longer(list):
    def __len__(self):
        return 10**9


def matrix(values) -> np.matrix:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy would rather have nobody use it; the course once did
        return np.matrix(values)


LINES = [
    # numbers: as they are, or as an array of one entry
    (5.801, 5.801, "✓ x agrees, 5.801"),
    (np.array([[5.801]]), 5.801, "✓ x agrees, 5.801"),
    (matrix(5.801), 5.801, "✓ x agrees, 5.801"),
    (np.float32(0.5), 0.5, "✓ x agrees, 0.5"),
    (5.3, 5.801, "✗ x: 5.3 for 5.801"),
    (np.array(5.3), np.array(5.801), "✗ x: 5.3 for 5.801"),
    (1.00001, 1.0, "✗ x: 1.00001 for 1"),
    (1.0000001, 1.0, "✓ x agrees, 1"),
    (0.1 + 2e-6, 0.1, "✗ x: 0.100002 for 0.1"),
    (1 + 3e-6, 1.0, "✗ x: 1.000003 for 1"),
    (np.nan, 5.801, "✗ x: nan for 5.801"),
    (np.nan, np.nan, "✓ x agrees, nan"),
    (-np.inf, np.inf, "✗ x: -inf for inf"),
    (10**30, 10**30, "✓ x agrees, 1e+30"),
    (3, 4, "✗ x: 3 for 4"),
    (True, False, "✗ x: True for False"),
    (np.True_, True, "✓ x agrees, True"),
    (2 + 1j, 2.0, "✗ x: complex numbers for real ones"),
    (None, 5.801, "✗ x: None for a number: is a `return` missing?"),
    ("five", 5.801, "✗ x: 'five' for a number"),
    (np.zeros((2, 1)), 5.801, "✗ x: an array of shape (2, 1) for a number"),
    ((1.0, 2.0), 5.801, "✗ x: a tuple of 2 for a number"),
    # arrays
    (np.array([[0.99], [2.39]]), [[0.99], [2.39]], "✓ x agrees, shape (2, 1)"),
    ([[0.99], [2.39]], np.array([[0.99], [2.39]]), "✓ x agrees, shape (2, 1)"),
    (matrix([[0.99], [2.39]]), [[0.99], [2.39]], "✓ x agrees, shape (2, 1)"),
    (np.array([0.99, 2.39]), [[0.99], [2.39]], "✗ x: shape (2,) for (2, 1)"),
    (0.5, [[0.99], [2.39]], "✗ x: a number for an array of shape (2, 1)"),
    (None, [[0.99], [2.39]], "✗ x: None for an array of shape (2, 1): is a `return` missing?"),
    (len, [[0.99], [2.39]], "✗ x: a function for an array of shape (2, 1)"),
    ({"W": 1}, [[0.99], [2.39]], "✗ x: a dictionary for an array of shape (2, 1)"),
    ([[1], [2, 3]], [[0.99], [2.39]], "✗ x: a list of 2 for an array of shape (2, 1)"),
    (np.array([[1, "a"]], dtype=object), [[1, 2]], "✗ x: a value of type ndarray for an array of shape (1, 2)"),
    (np.zeros((0, 3)), np.zeros((0, 3)), "✓ x agrees, shape (0, 3)"),
    (np.array([[1.0, 2.5]]), [[1, 2]], "✗ x: 2.5 for 2 at [0, 1], where it differs most; 1 of 2 entries differ"),
    (np.array([1, np.nan]), [2, 3], "✗ x: nan for 3 at [1], where it differs most; 2 of 2 entries differ"),
    (np.array([1, np.inf]), [1, 3], "✗ x: inf for 3 at [1], where it differs most; 1 of 2 entries differ"),
    (np.array([[4]]), [[5]], "✗ x: 4 for 5 at [0, 0]"),
    (np.array([0, 255], np.uint8), [0, 0], "✗ x: 255 for 0 at [1], where it differs most; 1 of 2 entries differ"),
    (np.array([True, False]), [True, True], "✗ x: False for True at [1], where it differs most; 1 of 2 entries differ"),
    ([np.array([[0.5]]), np.array(0.25)], [0.5, 0.25], "✗ x: a list of 2 for an array of shape (2,)"),
    ([np.array([[0.5]]), np.array([[0.25]])], [0.5, 0.25], "✓ x agrees, shape (2,)"),
    # integers in a tuple
    ((2, 3), SHAPE, "✓ x agrees, (2, 3)"),
    ((np.int64(2), np.array(3)), SHAPE, "✓ x agrees, (2, 3)"),
    ((3, 2), SHAPE, "✗ x: (3, 2) for (2, 3)"),
    ((2,), SHAPE, "✗ x: (2,) for (2, 3)"),
    ((2.5, 3), SHAPE, "✗ x: (2.5, 3) for (2, 3)"),
    (np.zeros(SHAPE), SHAPE, "✗ x: an array of shape (2, 3) for (2, 3)"),
    (6, SHAPE, "✗ x: the number 6 for (2, 3)"),
    (None, SHAPE, "✗ x: None for (2, 3): is a `return` missing?"),
    ((), (), "✓ x agrees, ()"),
    # texts and None
    ("max", "max", "✓ x agrees, 'max'"),
    ("max", "average", "✗ x: 'max' for 'average'"),
    (3, "max", "✗ x: the number 3 for 'max'"),
    (None, None, "✓ x agrees, None"),
    (0, None, "✗ x: the number 0 for None"),
    ("a\nb\x1b[31m", "a", "✗ x: 'a\\nb\\x1b[31m' for 'a'"),
    # what cannot be looked at
    (Hostile(), [1.0], "✗ x: what came cannot be compared (SystemExit)"),
    (Hostile(), "max", "✗ x: what came cannot be compared (SystemExit)"),
    (Hostile(), {"a": 1}, "✗ x: what came cannot be compared (SystemExit)"),
    ([Hostile()], SHAPE, "✗ x: what came cannot be compared (SystemExit)"),
    (Longer([1]), [1.0, 2.0], "✗ x: shape (1,) for (2,)"),
    (LOOP, [1.0], "✗ x: a list of 1 for an array of shape (1,)"),
    (1.0, LOOP, "✗ x: what came cannot be compared (RecursionError)"),
]


@pytest.mark.parametrize("received, expected, line", LINES, ids=[line for _, _, line in LINES])
def test_one_comparison_is_one_line(received, expected, line, capsys):
    check("x", received, expected)
    assert capsys.readouterr() == (line + "\n", "")


def test_dictionaries_and_tuples_have_a_line_for_each_entry(capsys):
    check("grads", {"dw": np.ones(2), "dz": 1}, {"dw": [1, 1], "db": 0})
    check("both", (np.zeros((2, 1)), {"b": 2}), (np.zeros((2, 1)), {"b": 3}))
    check("both", (1, 2, 3), (np.zeros(2), 2))
    check("both", None, (np.zeros(2), 2))
    check("grads", [1], {"dw": 1})
    check("grads", {}, {"dw": 1})
    assert capsys.readouterr().out.splitlines() == [
        '✓ grads["dw"] agrees, shape (2,)',
        '✗ grads["db"] is missing; there is: dw, dz',
        '✗ grads["dz"]: a key too many',
        "✓ both[0] agrees, shape (2, 1)",
        '✗ both[1]["b"]: 2 for 3',
        "✗ both: 3 values for 2",
        "✗ both: None for a tuple of 2: is a `return` missing?",
        "✗ grads: a list of 1 for a dictionary",
        '✗ grads["dw"] is missing; there is: no key',
    ]


def test_tolerances_are_those_of_numpy(capsys):
    check("cost", 5.8, 5.801, rtol=1e-3)
    check("mean", 0.4, 0, atol=0.5)
    check("mean", 0.6, 0, atol=0.5)
    assert [line[0] for line in capsys.readouterr().out.splitlines()] == ["✓", "✓", "✗"]


def test_a_long_array_a_long_text_and_a_long_name_stay_one_short_line(capsys):
    check("A", np.zeros((1500, 2000)), np.ones((1500, 2000)))
    check("text", "long " * 10**5, "short")
    check("n" * 500, 1, 2)
    keys = {f"a long key {i}": i for i in range(1000)}
    check("keys", keys, {"W": 1})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("; 3000000 of 3000000 entries differ") and len(lines) == 4 + 1000
    assert max(map(len, lines)) <= 200


def test_it_does_not_raise_where_nbgrader_validates(monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    check("x", 1, 2)
    with checking("f"):
        raise ValueError("no")
    assert capsys.readouterr().out == '✗ x: 1 for 2\n✗ f: `raise ValueError("no")` does not work: ValueError: no\n'


def test_an_interrupt_comes_through():
    class Slow:
        def __array__(self, *args, **kwargs):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("x", Slow(), [1.0])
    with pytest.raises(KeyboardInterrupt), checking("f", X=np.ones(2)):
        raise KeyboardInterrupt


def test_the_outcomes_are_collected_while_the_author_builds(monkeypatch, capsys):
    monkeypatch.setattr(checks, "outcomes", [])
    X = np.ones(2)
    with checking("f", X=X):
        check("a", 1, 1)
        check("b", {"W": 1}, {"W": 2})
        X += 1
        raise NotImplementedError("f")
    found = [(one.name, one.agrees) for one in checks.outcomes]
    assert found == [("a", True), ("b", False), ("f", False), ("f", False)]
    assert [one.line for one in checks.outcomes] == capsys.readouterr().out.splitlines()


@pytest.fixture
def cells(monkeypatch, capsys):
    """``run(source)``: a cell of a notebook, whose lines can be looked up as IPython's can; what it printed."""
    names: dict = {"__name__": "__main__", "np": np, "check": check, "checking": checking}
    count = iter(range(100))

    def run(source: str) -> list[str]:
        file = f"/tmp/ipykernel_1/{next(count)}.py"
        monkeypatch.setitem(linecache.cache, file, (len(source), None, source.splitlines(keepends=True), file))
        exec(compile(source, file, "exec"), names)
        out, err = capsys.readouterr()
        assert err == "" and "Traceback" not in out and "ipykernel" not in out and "companion" not in out
        return out.splitlines()

    return run


CHECK = """
check_X = np.ones((2, 2))
with checking("propagate", X=check_X):
    grads, cost = propagate(check_X)
    check("dw", grads["dw"], [[2.0]])
"""


def test_a_right_function_has_a_line_for_each_comparison_and_one_for_the_inputs(cells):
    cells('def propagate(X):\n    return {"dw": 2.0 * X[:1, :1]}, 1.0')
    assert cells(CHECK) == ["✓ dw agrees, shape (1, 1)", "✓ inputs unchanged"]


def test_a_changed_input_is_told_also_after_an_error(cells):
    cells('def propagate(X):\n    X *= 2\n    return {"dw": X[:1, :1]}, 1.0')
    assert cells(CHECK) == ["✓ dw agrees, shape (1, 1)", "✗ X: the function changed its input"]
    cells("def propagate(X):\n    X *= 2\n    raise ValueError")
    assert cells(CHECK) == [
        "✗ propagate raised ValueError in `raise ValueError`",
        "✗ X: the function changed its input",
    ]


def test_a_stub_is_told_by_its_name(cells):
    cells('def sigmoid(z):\n    raise NotImplementedError("sigmoid")')
    assert cells(CHECK) == ["– propagate is not defined yet: run its cell first"]
    cells("def propagate(X):\n    return sigmoid(X)")
    assert cells(CHECK) == ["– sigmoid is not written yet"]
    cells('def propagate(X):\n    raise NotImplementedError("propagate")')
    assert cells(CHECK) == ["– propagate is not written yet"]
    cells('def propagate(X):\n    raise NotImplementedError("later")')
    told = '✗ propagate raised NotImplementedError in `raise NotImplementedError("later")`: later'
    assert cells(CHECK) == [told]


def test_an_error_is_told_with_the_learners_own_line(cells):
    cells("def helper(W, X):\n    return np.concatenate([W, X])\ndef propagate(X):\n    return helper(X, X[0])")
    (line,) = cells(CHECK)
    assert line.startswith("✗ propagate raised ValueError in `return np.concatenate([W, X])`: all the input array")
    cells("def given(X):\n    return X / {}")
    cells("def propagate(X):\n    return given(X)")
    assert cells(CHECK)[0].startswith("✗ propagate raised TypeError in `return given(X)`: unsupported operand")
    cells("def propagate(X):\n    return np.linalg.inv(X)")
    assert cells(CHECK) == ["✗ propagate raised LinAlgError in `return np.linalg.inv(X)`: Singular matrix"]
    cells("def propagate(X):\n    exit(1)")
    assert cells(CHECK) == ["✗ propagate raised SystemExit in `exit(1)`: 1"]
    cells("def propagate(X):\n    return propagate(X)")
    (line,) = cells(CHECK)
    assert line.startswith("✗ propagate raised RecursionError in `return propagate(X)`: ")


def test_a_result_of_another_form_is_told_with_the_checks_line(cells):
    cells("def propagate(X):\n    pass")
    told = "✗ propagate: `grads, cost = propagate(check_X)` does not work: TypeError: "
    assert cells(CHECK) == [told + "cannot unpack non-iterable NoneType object"]
    cells("def propagate():\n    pass")
    assert cells(CHECK) == [told + "propagate() takes 0 positional arguments but 1 was given"]
    cells("def propagate(X):\n    return {}, 1")
    (line,) = cells(CHECK)
    assert line == '✗ propagate: `check("dw", grads["dw"], [[2.0]])` does not work: KeyError: \'dw\''


@pytest.mark.filterwarnings("default")  # as in a notebook: elsewhere in these tests a warning is an error
def test_a_warning_is_told_once_and_without_a_path(cells):
    cells('def propagate(X):\n    for _ in range(3):\n        np.log(0 * X)\n    return {"dw": [[2.0]]}, 1.0')
    told = "! RuntimeWarning in `np.log(0 * X)`: divide by zero encountered in log"
    assert cells(CHECK) == ["✓ dw agrees, shape (1, 1)", told, "✓ inputs unchanged"]


def test_a_hostile_error_and_hostile_inputs_stay_lines(cells):
    cells("""
class Mute(Exception):
    def __str__(self):
        raise SystemExit
class Stone:
    def __deepcopy__(self, memo):
        raise ValueError
    def __eq__(self, other):
        raise ValueError
def propagate(X):
    raise Mute
""")
    assert cells(CHECK) == ["✗ propagate raised Mute in `raise Mute`: its text cannot be read"]
    assert cells('with checking("propagate", X=Stone(), Y=[Stone]):\n    pass') == ["✓ inputs unchanged"]
    assert cells('with checking("propagate"):\n    pass') == []
    cells("def propagate(X):\n    raise ValueError('<b>' + 'long\\n' * 10**5)")
    (line,) = cells(CHECK)
    assert len(line) <= 200 and line.endswith("…")


NESTED = """
inputs = {"parameters": {"W1": np.zeros((2, 1)), "list": [1, (2, np.array([np.nan]))], "text": "a"}}
with checking("f", parameters=inputs["parameters"]):
    %s
"""


@pytest.mark.parametrize(
    "change",
    [
        '["W1"][0] = 1',
        '["W1"] = np.zeros((1, 2))',
        '["list"].append(1)',
        '["list"][1][1][0] = 0',
        '["b1"] = 0',
        '["text"] = "b"',
    ],
)
def test_changes_deep_inside_an_input_are_seen(change, cells):
    assert cells(NESTED % "pass") == ["✓ inputs unchanged"]
    assert cells(NESTED % f'inputs["parameters"]{change}') == ["✗ parameters: the function changed its input"]
