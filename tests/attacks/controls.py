"""Controls: unusual and right. Each has to get full marks, or the grader is safe by being useless."""

from conftest import RIGHT

from attacks.attack import CONTROLS, NO_EFFECT, Attack, answer

MEAN = "np.mean(X, axis=1, keepdims=True)"

CELLS = {
    "warns on stderr": "import sys, warnings\nwarnings.warn('careful')\nprint('careful', file=sys.stderr)",
    "uses tqdm": """
import sys
try:
    from tqdm import tqdm
except ImportError:  # what it does, where it is not installed
    def tqdm(things):
        for i, thing in enumerate(things):
            sys.stderr.write(f"\\r{i}it [00:00, {i}it/s]")
            yield thing
for i in tqdm(range(2000)):
    pass
""",
    "carriage returns": "import sys\nfor i in range(500):\n    sys.stderr.write(f'\\r{i}%|####|')\n"
                        "    sys.stderr.flush()",
    "uses 1 GB of memory": "ballast = np.ones(10**8 + 2 * 10**7)",
    "defines helpers in a cell of their own": "def mean_of(row):\n    return sum(row) / len(row)",
    "prints a lot within the limit": "for i in range(20000):\n    print(i, 'x' * 50)",
    "prints half a character": "print(chr(0xD83D))",
    "writes 20 MB into its folder": "np.save('mine.npy', np.ones((5, 500_000)))\nassert np.load('mine.npy').sum() > 0",
    "uses a few threads": """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    print(sum(pool.map(abs, range(1000))))
""",
    "uses temporary files": "import tempfile\nwith tempfile.TemporaryFile() as file:\n    print(file.write(b'x'))",
    "draws a figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()",
    "uses pandas-like displays": "from IPython.display import HTML, Markdown, display\n"
                                 "display(HTML('<b>x</b>'), Markdown('*x*'))",
    "uses magics": "%timeit -n1 -r1 sum(range(10))\n%matplotlib inline\nget_ipython().run_line_magic('who', '')",
    "a cell with an error of its own": "1 / 0",
    "writes and reads HDF5": """
import h5py
with h5py.File("mine.h5", "w") as file:
    file["x"] = np.arange(3)
with h5py.File("mine.h5") as file:
    print(file["x"][()])
""",
    "asks for a signal at the time limit of its own": """
import signal, time
def ring(*args): raise TimeoutError
signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    time.sleep(1)
except TimeoutError:
    print("rang")
""",
    "sets NumPy's error state": "np.seterr(all='raise')",
    "a class with __eq__": "class P:\n    def __eq__(self, other): return True\nprint(P() == 3)",
    "asynchronous code": "import asyncio\nawait asyncio.sleep(0.01)\nprint(await asyncio.gather(asyncio.sleep(0, 1)))",
    "seeds the random numbers": "np.random.seed(1)\nimport random\nrandom.seed(1)",
    "reads the data of the course": "import companion\nprint(companion.data.__doc__[:20])",
    "gets its own process's state": "import os, platform\nprint(os.getpid() > 0, os.getcwd() != '/', "
                                    "platform.python_version())",
}  # fmt: skip

ANSWERS = {
    "defines helpers": answer("return np.array([[mean_of(row)] for row in X])",
                              CELLS["defines helpers in a cell of their own"]),
    "uses eval(activation)": answer("return eval('np.mean')(X, axis=1, keepdims=True)"),
    "returns a view": answer("return np.mean(np.asfortranarray(X), axis=1)[None][:, ::-1][:, ::-1].T"),
    "returns big-endian numbers": answer(f"return ({MEAN}).astype('>f8')"),
    "float32 where the tolerance allows": answer("return np.mean(X.astype(np.float32), axis=1, keepdims=True)"),
    "extended precision": answer(f"return {MEAN.replace('X,', 'X.astype(np.longdouble),')}"),
    "warns each time": answer(f"import warnings; warnings.warn('w'); return {MEAN}"),
    "prints each time": answer(f"print('x' * 10**5); return {MEAN}"),
    "divides by zero aside": answer(f"np.ones(3) / 0; return {MEAN}"),
    "keeps a cache": answer(
        "key = X.tobytes()\n    if key not in seen:\n        seen[key] = np.mean(X, axis=1, keepdims=True)\n"
        "    return seen[key]", "seen = {}"
    ),
    "is a lambda": "row_means = lambda X: X.mean(axis=1, keepdims=True)\n",
    "is a bound method": (
        "class Means:\n    def rows(self, X):\n        return X.mean(axis=1, keepdims=True)\nrow_means = Means().rows\n"
    ),
    "is decorated": answer(f"return {MEAN}", "import functools\n@functools.cache\ndef f(): return 1\n"),
    "takes half a second each time": answer(f"import time; time.sleep(0.2); return {MEAN}"),
    "uses 500 MB each time": answer(f"ballast = np.ones(6 * 10**7); return {MEAN} * ballast[0]"),
    "np.matrix of the right numbers": answer(f"return np.matrix({MEAN})"),
    "list of the right numbers": answer(f"return {MEAN}.tolist()"),
    "memoryview of the right numbers": answer(f"return memoryview({MEAN})"),
    "handles an exception inside": answer(f"try: 1 / 0\n    except ZeroDivisionError: pass\n    return {MEAN}"),
}  # fmt: skip

ATTACKS = [
    *(Attack(CONTROLS, name, NO_EFFECT, answer=RIGHT["row_means"], cells=(cell,)) for name, cell in CELLS.items()),
    *(Attack(CONTROLS, name, NO_EFFECT, answer=text) for name, text in ANSWERS.items()),
]
