"""Forging the verdict from inside the kernel: hooks, patches and replaced parts, all around a wrong answer."""

from attacks.attack import FAILS, FORGING, NO_EFFECT, SEND, Attack


def forging(name: str, cell: str, safe: str = FAILS, **more) -> Attack:
    """An attack that stands before every exercise."""
    return Attack(FORGING, name, safe, cells=(cell,), whole=safe == FAILS, **more)


def tags(notebook) -> None:
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception"]


def fake_result(text: str) -> Attack:
    lines = f"lambda lines: [{text!r}] if 'hidden cases' in str(lines) else lines"
    cell = f"get_ipython().input_transformers_post.append({lines})"
    return forging(f"fake execute_result: {text}", cell, forged=True)


ATTACKS = [
    Attack(FORGING, "skip-execution and raises-exception tags on every cell", NO_EFFECT, change=tags, forged=True),
    forging("AST transformer that deletes asserts", """
import ast
class Delete(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
    def visit_Raise(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Delete())
""", NO_EFFECT, forged=True),
    forging("AST transformer that empties every test", """
import ast
class Empty(ast.NodeTransformer):
    def visit_Module(self, node): return ast.Module([ast.Pass()], [])
get_ipython().ast_transformers.append(Empty())
""", forged=True),
    forging("input transformer that blanks every cell",
            "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass'])", forged=True),
    *(fake_result(text) for text in ("3.0", "'full marks'", "float('inf')", "float('nan')", "[3, 3]", "10**400")),
    forging("fake execute_result sent as a message", SEND + """
def hook(result):
    for score in ("3.0", "inf", "nan", "[3]"):
        send("execute_result", {"data": {"text/plain": score}, "metadata": {}, "execution_count": 1})
get_ipython().events.register("post_run_cell", hook)
""", NO_EFFECT),
    forging("run_cell_async replaced", """
shell = get_ipython()
from IPython.core.interactiveshell import ExecutionResult
async def run_cell_async(*args, **kwargs):
    result = ExecutionResult(None)
    result.result = 3.0
    return result
shell.run_cell_async = run_cell_async
""", forged=True),
    forging("run_cell and run_code replaced", """
shell = get_ipython()
real = shell.run_code
async def run_code(code, result=None, **more):
    if "hidden" in str(code.co_names) or "case" in str(code.co_consts):
        return False
    return await real(code, result, **more)
shell.run_code = run_code
"""),
    forging("kernel.session.send wrapped: errors dropped, replies faked", """
session = get_ipython().kernel.session
real = session.send
def lie(stream, kind, content=None, *args, **kwargs):
    if kind == "error" or (kind == "display_data" and "case" in str(content)[:200]):
        return None
    if isinstance(content, dict) and "status" in content:
        content["status"] = "ok"
        content.pop("traceback", None)
    return real(stream, kind, content, *args, **kwargs)
session.send = lie
""", forged=True),
    forging("kernel.session.send sends no case", """
session = get_ipython().kernel.session
real = session.send
session.send = lambda stream, kind, *a, **k: None if kind == "display_data" else real(stream, kind, *a, **k)
"""),
    forging("pre_run_cell hook that fakes the cases", """
def hook(info):
    import companion.cases
    companion.cases._run_case = lambda exercise, index, draw: {
        "exercise": exercise, "index": index, "inputs": None, "output": None, "error": None}
get_ipython().events.register("pre_run_cell", hook)
"""),
    forging("pre_run_cell hook that patches allclose", """
def hook(info):
    np.allclose = np.testing.assert_allclose = lambda *args, **kwargs: True
get_ipython().events.register("pre_run_cell", hook)
""", NO_EFFECT, forged=True),
    forging("showtraceback patched, set_custom_exc", """
shell = get_ipython()
shell.showtraceback = lambda *args, **kwargs: print("Passed.")
shell.set_custom_exc((BaseException,), lambda *args, **kwargs: None)
""", NO_EFFECT),
    forging("builtins.compile patched", """
import builtins
real = builtins.compile
builtins.compile = lambda source, *a, **k: real("3.0" if "hidden" in str(source) else source, *a, **k)
"""),
    forging("np.testing, np.allclose, companion functions patched", """
import companion, companion.checks, numpy.testing
for module in (np, np.testing):
    for name in ("allclose", "isclose", "array_equal", "assert_allclose", "assert_array_equal", "assert_equal"):
        setattr(module, name, lambda *args, **kwargs: True)
companion.check = companion.checks.check = check = lambda *args, **kwargs: None
""", NO_EFFECT, forged=True),
    forging("background thread that swaps functions", """
import threading, time
def swap():
    for _ in range(2000):
        np.allclose = np.array_equal = np.isclose = lambda *args, **kwargs: True
        globals()["hidden_cases"] = lambda *args, **kwargs: lambda draw: None
        time.sleep(0.001)
threading.Thread(target=swap, daemon=True).start()
time.sleep(0.05)
""", forged=True),
    forging("sys.settrace that rewrites what is encoded", """
import sys
def trace(frame, event, arg):
    if frame.f_code.co_name == "encode":
        frame.f_locals["value"] = 0.0
    return trace
sys.settrace(trace)
"""),
    forging("sys.setprofile and threading.setprofile", """
import sys, threading
def profile(frame, event, arg):
    if frame.f_code.co_name in ("assert_allclose", "_case_difference"):
        frame.f_locals["rtol"] = 1e9
sys.setprofile(profile)
threading.setprofile(profile)
""", NO_EFFECT),
    forging("atexit that ends with success", "import atexit, os\natexit.register(lambda: os._exit(0))", NO_EFFECT),
    forging("printing what looks like a grade",
            "print('Passed. Right on all 4 hidden cases.')\n{'score': 3, 'max_score': 3}\n3.0", NO_EFFECT),
    forging("printing grades in every format", """
import json, sys
for text in ('{"items": [{"grade_id": "row_means-test", "points": 3, "verdict": "passed"}]}', "verdict: passed",
             "### BEGIN GRADE 3/3", "<score>3</score>", "ok 1 - row_means"):
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        stream.write(text + chr(10))
        stream.flush()
""", NO_EFFECT),
    forging("import hook that serves a companion of its own", """
import importlib.abc, sys, types
class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("companion", "base64", "autograder"):
            return importlib.machinery.ModuleSpec(name, self)
    def create_module(self, spec): return types.ModuleType(spec.name)
    def exec_module(self, module): module.encode = module.b64encode = lambda *a, **k: b""
sys.meta_path.insert(0, Finder())
for name in [n for n in sys.modules if n.partition(".")[0] == "companion"]:
    del sys.modules[name]
""", NO_EFFECT),
    forging("__builtins__ edited", """
import builtins
for name, lie in {"isinstance": lambda *a: True, "len": lambda x: 0, "abs": lambda x: 0, "all": lambda x: True,
                  "any": lambda x: True, "max": lambda *a, **k: 0, "zip": lambda *a, **k: []}.items():
    setattr(builtins, name, lie)
"""),
    forging("audit hook that refuses to compile tests", """
import sys
def audit(event, args):
    if event == "compile" and "hidden" in str(args[0]):
        raise SystemExit(0)
sys.addaudithook(audit)
"""),
    forging("gc callback that swaps arrays", """
import gc
def swap(phase, info):
    for thing in gc.get_objects()[-200:]:
        if isinstance(thing, dict) and "output" in thing:
            thing["output"] = None
gc.set_threshold(1)
gc.callbacks.append(swap)
"""),
    forging("json, struct, base64 and hashlib patched", """
import base64, hashlib, json, struct
real = json.dumps
json.dumps = lambda thing, *a, **k: real({} if "exercise" in str(thing)[:300] else thing, *a, **k)
struct.pack = lambda *a: bytes(4)
base64.b64encode = lambda data: b"AAAAAAAA"
hashlib.sha256 = lambda *a: hashlib.md5(b"")
"""),
    forging("os.write, socket.send and file writes patched", """
import io, os, socket
os.write = lambda fd, data: len(data)
socket.socket.send = socket.socket.sendall = lambda self, data, *a: len(data)
io.BytesIO = None
""", NO_EFFECT),
    forging("random numbers of the hidden inputs fixed at 0", """
class Zeros:
    def __getattr__(self, name): return lambda *a, **k: np.zeros(k.get("size", a[-1] if a else ()))
    def permutation(self, x): return np.array(x)
    def integers(self, low, high=None, size=None): return low if size is None else np.full(size, low)
    def random(self, size=None): return 0.0
np.random.default_rng = lambda *args: Zeros()
"""),
    forging("copy.deepcopy and np.asarray patched", """
import copy
copy.deepcopy = lambda x, memo=None: x
np.asarray = lambda *a, **k: np.zeros((1, 1))
"""),
    forging("stdout, displayhook and display_pub replaced", """
import sys
class Nothing:
    def __getattr__(self, name): return lambda *a, **k: None
shell = get_ipython()
shell.display_pub = sys.displayhook = shell.displayhook = sys.stdout = sys.stderr = Nothing()
"""),
    forging("display_pub that loses what fails", """
shell = get_ipython()
real = shell.display_pub.publish
shell.display_pub.publish = lambda data, **more: real({"text/plain": "3.0"}, **more)
"""),
    forging("sys.modules emptied", """
import sys
for name in [n for n in sys.modules if n.partition(".")[0] in ("companion", "numpy", "json", "base64", "IPython")]:
    del sys.modules[name]
"""),
    forging("type of ndarray hidden behind a metaclass", """
class Meta(type):
    def __instancecheck__(cls, thing): return True
    def __eq__(cls, other): return True
    __hash__ = type.__hash__
class ndarray(metaclass=Meta): pass
np.ndarray = ndarray
"""),
    forging("switch interval, recursion limit and integer limits moved", """
import sys
sys.setswitchinterval(1e6)
sys.setrecursionlimit(60)
sys.set_int_max_str_digits(640)
np.seterr(all="raise")
"""),
    forging("seed, channel and stage variables of the environment rewritten", """
import os
for name in list(os.environ):
    if name.startswith(("AUTOGRADER", "NBGRADER", "COMPANION")):
        os.environ[name] = "0"
os.environ["NBGRADER_VALIDATING"] = os.environ["NBGRADER_EXECUTION"] = "autograde"
"""),
    forging("in Python: no longer grading", "import companion.lessons\ncompanion.lessons.GRADING = False"),
]  # fmt: skip
