"""Automatic mutants: each is another program, none comes twice, and words are left alone."""

import ast
import contextlib
from collections import Counter

import pytest

from autograder.authoring.mutants import mutants

FUNCTIONS = {
    "arithmetic": "def f(a, b):\n    return a + b * 2 - a / 3 ** b\n",
    "whole numbers": "def f(a, b):\n    return a // b + a % b\n",
    "branches": (
        "def f(x, y=True):\n    if x < 0 and not y:\n        return -x\n    elif x >= 10 or x == 5:\n        x = 0\n"
        "    else:\n        x += 1\n    while x != 3:\n        x = x - 1\n    return x\n"
    ),
    "loop": "def f(n):\n    total = 0.5\n    for i in range(1, n):\n        total += i\n    return total\n",
    "arrays": "def f(A, W, b):\n    Z = W.T @ A[1:, :-1] + b\n    return np.sum(Z, axis=1, keepdims=True), Z\n",
    "words": (
        'def f(name):\n    """Says 1 + 2."""\n    "not 3 * 4 either"\n    print("value", 1 + 1, name)\n'
        '    text = "5 * 6"\n    return name\n'
    ),
    "helper beside it": "def g(x):\n    return x + 1\n\ndef f(x):\n    return g(x) * 2\n",
    "a function inside": "def f(x):\n    def inner(y):\n        return y * x\n    return inner(3)\n",
    "equal terms": "def f(x):\n    return x + x\n",
    "nothing to change": 'def f(x):\n    """Only words."""\n',
}


def canonical(source: str) -> str:
    return ast.dump(ast.parse(source))


def words(source: str) -> Counter:
    """Docstrings, other texts and prints of a program."""
    tree = ast.parse(source)
    prints = [ast.dump(n) for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "print"]
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return Counter(prints + texts)


@pytest.fixture(params=FUNCTIONS)
def source(request) -> str:
    return FUNCTIONS[request.param]


def test_each_mutant_compiles_differs_and_comes_once(source):
    found = mutants("f", source)
    forms = [canonical(mutant.source) for mutant in found]
    assert canonical(source) not in forms and len(set(forms)) == len(forms)
    for mutant in found:
        compile(mutant.source, "mutant", "exec")
        assert mutant.exercise == "f" and mutant.old != mutant.new
        assert "\n" not in mutant.old + mutant.new


def test_the_statement_shown_is_the_one_that_changed(source):
    original = ast.unparse(ast.parse(source))
    for mutant in mutants("f", source):
        before, after = original.splitlines(), mutant.source.splitlines()
        assert any(mutant.old in line for line in before), mutant
        assert any(mutant.new in line for line in after), mutant


def test_docstrings_texts_and_prints_stay(source):
    kept = words(source)
    for mutant in mutants("f", source):
        lost = kept - words(mutant.source)
        # A whole statement may be dropped, and with it the text that it held; no text is ever changed.
        assert not words(mutant.source) - kept, mutant
        assert all(text in mutant.old for text in lost), (mutant, lost)


def test_only_the_named_function_is_mutated():
    source = FUNCTIONS["helper beside it"]
    for mutant in mutants("f", source):
        assert "def g(x):\n    return x + 1" in mutant.source
    assert {m.old for m in mutants("g", source)} == {"return x + 1"}
    assert mutants("h", source) == [] and mutants("f", FUNCTIONS["nothing to change"]) == []


def changes(source: str) -> set[tuple[str, str]]:
    return {(mutant.old, mutant.new) for mutant in mutants("f", source)}


@pytest.mark.parametrize(
    "body, wanted",
    [
        ("return a + b", ["return a - b", "return a", "return b", "pass"]),
        ("return a @ b", ["return a * b", "return a", "return b"]),
        ("return a ** 2", ["return a * 2", "return a ** 3", "return a ** 1"]),
        ("return -a", ["return +a", "return a"]),
        ("return a < b", ["return a <= b", "return a > b"]),
        ("return a and b", ["return a or b"]),
        ("return a.T", ["return a"]),
        ("return a[1:3]", ["return a[:3]", "return a[1:]", "return a[2:3]", "return a[1:4]"]),
        ("return (a, b)", ["return (b, a)"]),
        ("return np.exp(a)", ["return a"]),
        ("return np.dot(a, b)", ["return np.dot(b, a)", "return a"]),
        ("return np.sum(a, axis=1)", ["return np.sum(a)", "return np.sum(a, axis=0)", "return np.sum(a, axis=2)"]),
        ("return np.sum(a, keepdims=True)", ["return np.sum(a, keepdims=False)", "return np.sum(a)"]),
        ("return a * 0.5", ["return a * 1.0", "return a * 1.5", "return a / 0.5"]),
    ],
)
def test_the_usual_slips_are_among_them(body, wanted):
    old = ast.unparse(ast.parse(body))
    assert {(old, new) for new in wanted} <= changes(f"def f(a, b):\n    {body}\n")


def test_statements_of_every_branch_are_dropped():
    dropped = {old for old, new in changes(FUNCTIONS["branches"]) if new == "pass"}
    assert {"x = 0", "x += 1", "x = x - 1", "return -x", "while x != 3:"} <= dropped


def test_the_bodies_of_handlers_and_with_blocks_are_reached():
    source = (
        "def f(x):\n    with ctx():\n        x = x + 1\n    try:\n        x = x * 2\n    except ValueError:\n"
        "        x = x - 3\n    finally:\n        x = x / 4\n    return x\n"
    )
    reached = {old for old, _ in changes(source)}
    assert {"x = x + 1", "x = x * 2", "x = x - 3", "x = x / 4"} <= reached


def test_mutants_of_a_working_function_mostly_compute_something_else():
    """An oracle that runs them: of the mutants of a sum of squares, all but those that raise give another number."""
    source = "def f(values):\n    total = 0\n    for v in values:\n        total = total + v * v\n    return total\n"
    for mutant in mutants("f", source):
        scope = {}
        exec(compile(mutant.source, "mutant", "exec"), scope)
        with contextlib.suppress(TypeError, NameError):
            assert scope["f"]([1.5, 2.5, -4]) != 24.5, mutant
