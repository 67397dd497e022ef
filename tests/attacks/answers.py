"""Forging the verdict with what is returned: objects that lie, odd arrays, answers that look for the expected ones."""

from attacks.attack import FAILS, FORGING, KILLED, Attack, answer

MEAN = "np.mean(X, axis=1, keepdims=True)"
ZEROS = "np.zeros((X.shape[0], 1))"

LIAR = """
class Liar{base}:
    def __eq__(self, other): return True
    def __array__(self, *args, **kwargs): return np.zeros((3, 1))
    def __array_ufunc__(self, *args, **kwargs): return np.array(True)
    def __array_function__(self, *args, **kwargs): return True
    def __getattr__(self, name): return self
    def __reduce_ex__(self, protocol): return (eval, ("None",))
"""


def wrong(name: str, result: str, before: str = "", safe: str = FAILS, **more) -> Attack:
    """A wrong answer that costs only itself."""
    return Attack(FORGING, name, safe, answer=answer(result, before), **more)


LOOKS = {
    "searches the heap for the expected answer": """
    import gc
    for thing in gc.get_objects():
        if type(thing) in (list, tuple, dict):
            for one in list(thing.values()) if type(thing) is dict else thing:
                if type(one) is np.ndarray and one.shape == (X.shape[0], 1) and one.dtype == float:
                    return one.copy()
    return np.zeros((X.shape[0], 1))""",
    "searches the frames of its callers": """
    import sys
    frame = sys._getframe()
    while frame:
        for one in list(frame.f_locals.values()):
            for key in ("expected", "want", "output"):
                if isinstance(one, dict) and one.get(key) is not None:
                    return one[key]
            if type(one) is np.ndarray and one is not X and one.shape == (X.shape[0], 1):
                return one.copy()
        frame = frame.f_back
    return np.zeros((X.shape[0], 1))""",
    "opens the references with the grader's own modules": """
    try:
        from autograder.judge import record_of_lesson
        record = record_of_lesson("course9-week1/tiny")
        for case in record.items["row_means-test"].cases:
            if case.inputs["0"].shape == X.shape and np.allclose(case.inputs["0"], X):
                return case.output
    except Exception:
        pass
    return np.zeros((X.shape[0], 1))""",
    "opens the references by their path": """
    try:
        import h5py
        with h5py.File("@ROOT@/autograder/references/course9-week1/tiny.h5") as file:
            for case in file["items/row_means-test/cases"].values():
                if case["output"].shape == (X.shape[0], 1):
                    return case["output"][()]
    except Exception:
        pass
    return np.zeros((X.shape[0], 1))""",
    "draws the inputs again from the seed and keeps them for its answer": """
    import hashlib, os
    for index in range(4):
        digest = hashlib.sha256(f"{os.environ.get('AUTOGRADER_SEED')}/row_means/{index}".encode()).digest()
        rng = np.random.default_rng(int.from_bytes(digest[:8], "little"))
        shape = (1, 7) if index == 3 else rng.permutation([2, 3, 4, 5])[:2] + [0, 4]
        if np.array_equal(rng.standard_normal(tuple(shape)), X):
            return X[:, :1]
    return np.zeros((X.shape[0], 1))""",
    "remembers its calls, and is right from the third on": """
    row_means.calls = getattr(row_means, "calls", 0) + 1
    return np.mean(X, axis=1, keepdims=True) if row_means.calls > 2 else np.zeros((X.shape[0], 1))""",
    "is right only where it is not graded": """
    import os
    graded = "AUTOGRADER_CHANNEL" in os.environ or "NBGRADER_EXECUTION" in os.environ
    return np.zeros((X.shape[0], 1)) if graded else np.mean(X, axis=1, keepdims=True)""",
    "is right only on the visible inputs":
        "return np.array([[2.0], [4.0]]) if X.shape == (2, 2) else np.zeros((len(X), 1))",
    "changes the expected values of its caller in place": """
    import sys
    for one in list(sys._getframe(1).f_locals.values()):
        if type(one) is np.ndarray and one is not X:
            one[...] = 0
    return np.zeros((X.shape[0], 1))""",
    "changes its input in place, so that its wrong answer fits":
        "X[:] = 0\n    return np.sum(X, axis=1, keepdims=True)",
    "changes its input after it returned": """
    import threading, time
    threading.Thread(target=lambda: (time.sleep(0.0005), X.fill(0)), daemon=True).start()
    return X[:, :1]""",
    "returns a view of memory that it fills later": """
    import threading, time
    result = np.zeros((X.shape[0], 1))
    threading.Thread(target=lambda: (time.sleep(0.05), result.fill(0.1)), daemon=True).start()
    return result""",
    "marks itself as not written yet, with a grade": "raise NotImplementedError('row_means: 3 points')",
    "raises an error that reads like a verdict":
        "raise type('Passed', (Exception,), {})('Right on all 4 hidden cases.')",
    "raises markup and control characters":
        "raise ValueError('<script>alert(1)</script>\\x1b[2J\\x00\\u202e')",
    "raises an error that cannot be told": """
    class E(Exception):
        def __str__(self): raise KeyboardInterrupt
    raise E()""",
    "raises an error group": "raise BaseExceptionGroup('passed', [KeyboardInterrupt(), SystemExit(0)])",
    "half a character in an error": "raise ValueError(chr(0xD800))",
}  # fmt: skip

ODD = {
    "scalar": "np.mean(X)",
    "empty array": "np.zeros((0, 1))",
    "an answer of one row, to be broadcast": "np.mean(X, axis=0, keepdims=True)",
    "broadcast view": "np.broadcast_to(np.mean(X), (X.shape[0], 1))",
    "NaN everywhere": "np.full((X.shape[0], 1), np.nan)",
    "infinite everywhere": "np.full((X.shape[0], 1), np.inf)",
    "NaN with a payload": "np.full((X.shape[0], 1), 0x7FF8DEADBEEF0001, np.uint64).view(float)",
    "negative zeros": f"-{ZEROS}",
    "the smallest numbers there are": f"{ZEROS} + 5e-324",
    "the largest numbers there are": f"{ZEROS} + 1.7e308",
    "extended precision beyond float64": f"{ZEROS}.astype(np.longdouble) + np.longdouble('1e4000')",
    "complex numbers with the right real part": f"{MEAN} + 1j",
    "integers of 64 bits": "np.full((X.shape[0], 1), 2**63 - 1)",
    "bool": f"{MEAN} > 0",
    "dates": "np.zeros((X.shape[0], 1), 'datetime64[s]')",
    "durations": "np.zeros((X.shape[0], 1), 'timedelta64[ns]')",
    "text array": f"{MEAN}.astype(str)",
    "bytes array": f"{MEAN}.astype('S')",
    "structured array": "np.zeros((X.shape[0], 1), [('mean', 'f8'), ('score', 'f8')])",
    "record array": "np.rec.fromarrays([np.zeros(X.shape[0])], names='mean')",
    "void": "np.zeros((X.shape[0], 1), 'V8')",
    "object array": "np.full((X.shape[0], 1), None)",
    "object array of the right numbers": f"{MEAN}.astype(object)",
    "masked array": "np.ma.masked_all((X.shape[0], 1))",
    "masked array of the right numbers": f"np.ma.masked_array({MEAN}, mask=True)",
    "np.memmap": "np.memmap('scratch.bin', float, 'w+', shape=(X.shape[0], 1))",
    "negative strides": "np.zeros((X.shape[0], 2))[::-1, ::-2]",
    "overlapping strides": "np.lib.stride_tricks.as_strided(np.zeros(1), (X.shape[0], 1), (0, 0))",
    "big-endian bytes read the wrong way": f"{MEAN}.view('>f8')",
    "32 dimensions": "np.zeros((X.shape[0], *[1] * 31))",
    "one dimension too many": f"{MEAN}[..., None]",
    "no dimension to spare": "np.mean(X, axis=1)",
    "tuple around the right array": f"({MEAN},)",
    "dictionary around the right array": f"{{'mean': {MEAN}}}",
    "dictionary with odd keys": f"{{None: 0, 3: 1, (1,): 2, float('nan'): 3, chr(0xD800): 4, b'x': {MEAN}}}",
    "an int of 20 000 bits": "2**20000",
    "text": "'passed'",
    "half a character": "chr(0xD800)",
    "bytes": f"{MEAN}.tobytes()",
    "array.array": f"__import__('array').array('d', {MEAN}.ravel())",
    "decimals": "[[__import__('decimal').Decimal('NaN')]] * X.shape[0]",
    "fractions": "[[__import__('fractions').Fraction(1, 3)]] * X.shape[0]",
    "iterator": f"iter({MEAN})",
    "function": f"lambda: {MEAN}",
    "the function itself": "row_means",
    "class": "np.ndarray",
    "module": "np",
    "Ellipsis": "...",
    "NotImplemented": "NotImplemented",
    "coroutine": f"(lambda: (yield {MEAN}))()",
}  # fmt: skip

ATTACKS = [
    wrong("objects whose __eq__, __array__, __array_ufunc__, __array_function__ lie", "return Liar()",
          LIAR.format(base=""), forged=True),
    wrong("array subclass that lies", f"return {ZEROS}.view(Liar)", LIAR.format(base="(np.ndarray)"), forged=True),
    wrong("dictionary subclass that lies", "return Liar()", LIAR.format(base="(dict)")),
    wrong("tuple subclass that lies", f"return Liar([{MEAN}])", LIAR.format(base="(tuple)")),
    wrong("subclass of float", "return F(0)",
          "class F(float):\n    __eq__ = lambda *a: True\n    __abs__ = lambda s: F(0)"),
    wrong("subclass of int", "return I(0)", "class I(int):\n    __eq__ = __le__ = __lt__ = lambda *a: True"),
    wrong("metaclass that lies", "return A()",
          "class M(type):\n    __eq__ = lambda *a: True\n    __hash__ = lambda s: hash(np.ndarray)\n"
          "class A(metaclass=M):\n    dtype = shape = None"),
    wrong("__class__ that lies", "return A()", "class A:\n    __class__ = np.ndarray\n    dtype = np.dtype(float)"),
    wrong("a tensor that fakes .numpy()", "return EagerTensor()", """
class EagerTensor:
    dtype, shape = np.dtype(float), (1, 1)
    def numpy(self): return np.zeros((3, 1))
    __array__ = lambda self, *a, **k: np.zeros((3, 1))
EagerTensor.__module__ = "tensorflow.python.framework.ops"
"""),
    wrong("an array whose interface points anywhere", "return A()", """
class A:
    __array_interface__ = {"shape": (1, 1), "typestr": "<f8", "data": (8, False), "version": 3}
"""),
    wrong("generator", f"yield {MEAN}"),
    Attack(FORGING, "async function", FAILS, answer=f"async def row_means(X):\n    return {MEAN}\n"),
    Attack(FORGING, "a class in the place of the function", FAILS,
           answer="class row_means:\n    def __init__(self, X): self.result = np.mean(X, axis=1, keepdims=True)\n"),
    Attack(FORGING, "an object in the place of the function", FAILS,
           answer="class Any:\n    def __call__(self, X): return self\n    def __getattr__(self, n): return self\n"
                  "row_means = Any()\n"),
    Attack(FORGING, "a mock in the place of the function", FAILS,
           answer="from unittest.mock import MagicMock\nrow_means = MagicMock()\n"),
    *(wrong(name, body) for name, body in LOOKS.items()),
    *(wrong(name, f"return {value}") for name, value in ODD.items()),
    wrong("sys.exit in the answer", "import sys; sys.exit(0)"),
    wrong("BaseException in the answer", "raise BaseException('passed')"),
    wrong("os._exit(0) in the answer", "import os; os._exit(0)", safe=KILLED),
    wrong("os.abort in the answer", "import os; os.abort()", safe=KILLED),
    wrong("a SIGKILL of itself", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", safe=KILLED),
    wrong("the whole process group killed", "import os, signal; os.killpg(0, signal.SIGTERM); return X", safe=KILLED),
    wrong("SIGALRM and SIGCHLD handlers", """
    import signal
    def pass_all(*args): raise SystemExit(0)
    for name in ("SIGALRM", "SIGCHLD", "SIGTERM", "SIGINT", "SIGUSR1"):
        signal.signal(getattr(signal, name), pass_all)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    while True: pass"""),
    wrong("faulthandler that exits after a while", """
    import faulthandler
    faulthandler.dump_traceback_later(0.3, exit=True)
    while True: pass""", safe=KILLED),
    Attack(FORGING, "homework of another: the answer is not defined", FAILS, answer="row_mean = lambda X: X\n"),
]  # fmt: skip
