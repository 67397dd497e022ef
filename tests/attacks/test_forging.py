"""Submissions that try to get points for a wrong answer: each runs in a real kernel, and gets none.

In each submission `row_means` is wrong and `noisy` is right, and both stand under the same attack. So one run shows
that the attack wins nothing for the wrong answer and no more than full marks for the right one.
"""

import pytest
from attack import answer, nothing_won

from autograder.judge import Verdict

pytestmark = pytest.mark.slow

WRONG = "def row_means(X):\n    return np.sum(X, axis=1, keepdims=True) / 2\n"

LIAR = """
class Liar{base}:
    def __eq__(self, other): return True
    def __array__(self, *args, **kwargs): return np.zeros((3, 1))
    def __array_ufunc__(self, *args, **kwargs): return np.array(True)
    def __array_function__(self, *args, **kwargs): return True
    def __getattr__(self, name): return self
    def __reduce_ex__(self, protocol): return (eval, ("None",))
"""

ASIDE = {
    "AST transformer": """
import ast
class Delete(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
    def visit_Raise(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Delete())
""",
    "input transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass'])",
    "input transformer that prints": (
        "get_ipython().input_transformers_post.append(lambda lines: ['print(3.0)'] if 'hidden' in str(lines) else lines)"
    ),
    "run_cell_async replaced": """
shell = get_ipython()
from IPython.core.interactiveshell import ExecutionResult
async def run_cell_async(*args, **kwargs):
    result = ExecutionResult(None)
    result.result = 3.0
    return result
shell.run_cell_async = run_cell_async
""",
    "session.send drops errors": """
session = get_ipython().kernel.session
send = session.send
def lie(stream, kind, content=None, *args, **kwargs):
    if kind == "error" or (kind == "display_data" and "case" in str(content)[:200]):
        return None
    if isinstance(content, dict) and "status" in content:
        content["status"] = "ok"
    return send(stream, kind, content, *args, **kwargs)
session.send = lie
""",
    "session.send sends no case": """
session = get_ipython().kernel.session
send = session.send
session.send = lambda stream, kind, *a, **k: None if kind == "display_data" else send(stream, kind, *a, **k)
""",
    "pre_run_cell hook": """
def hook(info):
    import companion.cases
    companion.cases._run_case = lambda exercise, index, draw: {
        "exercise": exercise, "index": index, "inputs": None, "output": None, "error": None}
get_ipython().events.register("pre_run_cell", hook)
""",
    "showtraceback patched": """
shell = get_ipython()
shell.showtraceback = lambda *args, **kwargs: print("Passed.")
shell.set_custom_exc((BaseException,), lambda *args, **kwargs: None)
""",
    "builtins.compile patched": """
import builtins
real = builtins.compile
builtins.compile = lambda source, *a, **k: real("3.0" if "hidden" in str(source) else source, *a, **k)
""",
    "comparisons patched": """
import companion, companion.checks, numpy.testing
for module in (np, np.testing):
    for name in ("allclose", "isclose", "array_equal", "assert_allclose", "assert_array_equal", "assert_equal"):
        setattr(module, name, lambda *args, **kwargs: True)
companion.check = companion.checks.check = check = lambda *args, **kwargs: None
""",
    "hidden_cases replaced": "hidden_cases = lambda *args, **kwargs: lambda draw: None",
    "hidden_cases of fewer cases": """
import companion.cases
real = hidden_cases
hidden_cases = lambda exercise, cases, **contract: real(exercise, 1, **contract)
""",
    "looser contract": """
real = hidden_cases
hidden_cases = lambda exercise, cases, **contract: real(exercise, cases, rtol=1e9, atol=1e9, accept="any")
""",
    "collector set": "import companion.cases\ncompanion.cases.collector = []",
    "no longer grading": "import companion.lessons\ncompanion.lessons.GRADING = False",
    "cases twice": """
import companion.cases
once = companion.cases._hand_over
companion.cases._hand_over = lambda reports: once(reports + reports)
""",
    "cases of another exercise": """
import companion.cases
once = companion.cases._hand_over
companion.cases._hand_over = lambda reports: once([dict(r, exercise="noisy") for r in reports])
""",
    "malformed cases": """
import companion.cases
from IPython.display import display
odd = [None, 5, "x", [], {}, {"exercise": "row_means"}, {"exercise": "row_means", "index": float("nan")}]
def hand_over(reports):
    for one in odd[:len(reports)]:
        display({companion.cases.MIME: one}, raw=True)
companion.cases._hand_over = hand_over
""",
    "deep case": """
import companion.cases
tree = {"none": True}
for _ in range(400):
    tree = {"list": [tree]}
once = companion.cases._hand_over
companion.cases._hand_over = lambda reports: once([dict(r, output=tree) for r in reports])
""",
    "messages of no form": """
kernel = get_ipython().kernel
for kind, content in [("display_data", {}), ("display_data", {"data": 5}), ("display_data", {"data": None}),
                      ("stream", {}), ("error", {}), ("execute_result", {"data": []}), ("status", {}),
                      ("update_display_data", {"transient": 5}), ("clear_output", {}), ("comm_open", {}),
                      ("comm_msg", {"data": 1}), ("execute_input", {}), ("nonsense", {})]:
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent())
""",
    "outputs of no form": """
import json
kernel = get_ipython().kernel
kernel.session.pack = lambda x: json.dumps(x, default=str).encode()
for kind, content in [("stream", {"name": "stdout", "text": 5}), ("stream", {"name": 5, "text": "x"}),
                      ("stream", {"name": "stdout", "text": chr(0xD800)}), ("stream", {"name": [], "text": "x"}),
                      ("error", {"ename": 5, "evalue": None, "traceback": "x"}),
                      ("error", {"ename": chr(0xD800), "evalue": "", "traceback": [1]}),
                      ("display_data", {"data": {"text/plain": 5, "image/png": {}}, "metadata": 5}),
                      ("display_data", {"data": {"text/plain": chr(0xD800)}, "metadata": {}}),
                      ("execute_result", {"data": {"text/plain": "x"}, "metadata": {}, "execution_count": "x"})]:
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent())
""",
    "replies of no form": """
session = get_ipython().kernel.session
send = session.send
def lie(stream, kind, content=None, *args, **kwargs):
    return send(stream, kind, {} if kind == "execute_reply" else content, *args, **kwargs)
session.send = lie
""",
    "background thread forging cases": """
import threading, time
from companion.cases import MIME
from IPython.display import display
shape = ["<f8", [1, 1], "AAAAAAAAAAA="]
def forge():
    kernel = get_ipython().kernel
    for _ in range(200):
        for index in range(4):
            case = {"exercise": "row_means", "index": index, "error": None,
                    "inputs": {"dict": []}, "output": {"array": shape}}
            content = {"data": {MIME: case}, "metadata": {}, "transient": {}}
            kernel.session.send(kernel.iopub_socket, "display_data", content, parent=kernel.get_parent())
        time.sleep(0.005)
threading.Thread(target=forge, daemon=True).start()
""",
    "printed grade": "print('Passed. Right on all 4 hidden cases.')\n{'score': 3, 'max_score': 3}\n3.0",
    "settrace": """
import sys
def trace(frame, event, arg):
    if frame.f_code.co_name == "encode":
        frame.f_locals["value"] = 0.0
    return trace
sys.settrace(trace)
""",
    "atexit": "import atexit, os\natexit.register(lambda: os._exit(0))",
    "numpy.py beside the notebook": """
import os, sys
for name in ("numpy.py", "companion.py", "sitecustomize.py"):
    with open(name, "w") as file:
        file.write("def __getattr__(name): return lambda *a, **k: None")
for name in [n for n in sys.modules if n.partition(".")[0] == "companion"]:
    del sys.modules[name]
""",
}


WRONG_ANSWERS = {
    "object that lies": answer("return Liar()", LIAR.format(base="")),
    "array that lies": answer("return np.zeros((X.shape[0], 1)).view(Liar)", LIAR.format(base="(np.ndarray)")),
    "dictionary that lies": answer("return Liar()", LIAR.format(base="(dict)")),
    "subclass of float": answer("return F(0)", "class F(float):\n    __eq__ = lambda *a: True\n    __abs__ = lambda s: F(0)"),
    "subclass of int": answer("return I(0)", "class I(int):\n    __eq__ = __le__ = __lt__ = lambda *a: True"),
    "metaclass that lies": answer(
        "return A()", "class M(type):\n    __eq__ = lambda *a: True\n    __hash__ = lambda s: hash(np.ndarray)\n"
        "class A(metaclass=M):\n    dtype = shape = None"
    ),
    "scalar": answer("return np.mean(X)"),
    "empty": answer("return np.zeros((0, 1))"),
    "broadcasts": answer("return np.broadcast_to(np.mean(X), (X.shape[0], 1))"),
    "NaN everywhere": answer("return np.full((X.shape[0], 1), np.nan)"),
    "infinite everywhere": answer("return np.full((X.shape[0], 1), np.inf)"),
    "masked": answer("return np.ma.masked_all((X.shape[0], 1))"),
    "object array": answer("return np.full((X.shape[0], 1), None)"),
    "right on the visible input": answer(
        "return np.array([[2.0], [4.0]]) if X.shape == (2, 2) else np.zeros((len(X), 1))"
    ),
    "makes the input its answer": answer("X[:] = 0\n    return np.sum(X, axis=1, keepdims=True)"),
    "half a character": answer("return chr(0xD800)"),
    "half a character in an error": answer("raise ValueError(chr(0xD800))"),
    "generator": answer("yield np.mean(X, axis=1, keepdims=True)"),
    "function": answer("return lambda: X"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ASIDE)
def test_an_attack_wins_nothing_for_a_wrong_answer(graded, attack):
    nothing_won(graded(WRONG, [ASIDE[attack]]))


def tag_all(notebook):
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception"]


def test_tags_take_no_effect(graded):
    items = graded(WRONG, change=tag_all)
    nothing_won(items)
    assert items["noisy"].passed and items["row_means"].verdict is Verdict.WRONG_VALUE


@pytest.mark.parametrize("attack", WRONG_ANSWERS)
def test_an_answer_that_is_none_costs_only_itself(graded, attack):
    items = graded(WRONG_ANSWERS[attack])
    nothing_won(items)
    assert items["noisy"].passed, items["noisy"]
