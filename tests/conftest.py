"""What the tests share: the repository, and a tiny course that is built once, with submissions to it."""

import linecache
import os
import signal
import tempfile

import matplotlib.pyplot as plt
import nbformat
import pytest
from dealing import Dealer, longest_first
from lessons import answered, course_of

from autograder.authoring.build import ONE_THREAD
from autograder.places import Repository, repository
from companion import data, plots

# A learner's own data must not change what the notebooks print.
os.environ["COMPANION_DATA"] = "shipped"
# As a lesson is built; the processes of pytest-xdist, and all that tests start, inherit it.
os.environ.update(ONE_THREAD)
# A background job ignores Ctrl-C, and all that it starts does so too; what the tests start is to hear it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

TINY = '''
# %% [markdown]
# # Tiny
#
# A lesson for tests.

# %% nbgrader={"locked": true, "grade_id": "setup"}
import numpy as np

from companion import check, checking, hidden_cases, lesson, ready, verdict, verdicts

lesson("course9-week1/tiny")

# %% nbgrader={"solution": true, "grade_id": "row_means"}
def row_means(X):
    """The mean of each row of X, shape (n, m), as shape (n, 1)."""
    ### BEGIN SOLUTION
    return np.sum(X, axis=1, keepdims=True) / X.shape[1]
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "row_means-check"} tags=["check"]
check_X = np.array([[1.0, 3.0], [2.0, 6.0]])
with checking("row_means", X=check_X):
    check("row_means", row_means(check_X), [[2.0], [4.0]])

# %% tags=["demo"]
if ready("row_means"):
    print("means of a demo:", row_means(np.eye(3)).ravel())

# %% nbgrader={"grade": true, "grade_id": "row_means-test", "points": 3}
verdict("row_means")
### BEGIN HIDDEN TESTS
@hidden_cases("row_means", cases=4)
def _(case):
    n, m = (1, 7) if case.index == 3 else case.rng.permutation(list(range(2, 6)))[:2] + [0, 4]
    case.call(row_means, case.rng.standard_normal((n, m)))
### END HIDDEN TESTS

# %% nbgrader={"solution": true, "grade_id": "noisy"}
def noisy(X, scale):
    """Standard normal noise N of the shape of X, and X + scale * N, as a tuple."""
    ### BEGIN SOLUTION
    N = np.random.randn(*X.shape)
    return N, X + scale * N
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "noisy-test", "points": 2}
verdict("noisy")
### BEGIN HIDDEN TESTS
@hidden_cases("noisy", cases=3, returns=("N", "Y"))
def _(case):
    n, m = case.rng.integers(20, 30), case.rng.integers(30, 40)
    case.call(noisy, case.rng.standard_normal((n, m)), 0.5 + case.rng.random())
### END HIDDEN TESTS

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
'''

TINY_ANSWERS = '''
"""Answers that people give to the exercises of tiny.py: read, never imported (see CONTRIBUTING.md)."""


means = exercise("row_means")

means.mistake(
    "wrong_axis",
    ("axis=1", "axis=0"),
    cause="The mean runs over columns.",
    hint="Look at the axis.",
)

means.mistake(
    "sum",
    (" / X.shape[1]", ""),
    cause="The sum is not divided.",
    hint="Divide by the number of entries.",
)

means.mistake(
    "flat",
    (", keepdims=True", ""),
    cause="The axis is dropped.",
    hint="Look at keepdims.",
)

means.mistake(
    "rows_counted",
    ("X.shape[1]", "X.shape[0]"),
    cause="Divided by the rows.",
    hint="Which count is it?",
)

@means.mistake(
    "in_place",
    cause="The input is divided in place.",
    hint="`/=` changes the caller's array.",
)
def row_means(X):
    X /= X.shape[1]
    return np.sum(X, axis=1, keepdims=True)

@means.mistake(
    "one_row_only",
    cause="item() takes one number.",
    hint="How many rows are there?",
)
def row_means(X):
    return np.array([[np.mean(X, axis=1).item()]])


noise = exercise("noisy")

@noise.right("generator")
def noisy(X, scale):
    N = np.random.default_rng().standard_normal(X.shape)
    return N, X + N * scale

noise.mistake(
    "scale_forgotten",
    ("return N, X + scale", "return N, X + 1"),
    cause="The scale is ignored.",
    hint="Use scale.",
)

noise.mistake(
    "uniform",
    ("np.random.randn", "np.random.rand"),
    cause="The noise is uniform.",
    hint="randn.",
)


@noise.accept
def noise_of(inputs, received):
    N = received[0]
    if not abs(N.mean()) < 0.25 or not abs(N.std() - 1) < 0.2:
        raise ValueError(f"N: its mean is {N.mean():.2f} and its deviation {N.std():.2f}, which should be 0 and 1.")
    return N, inputs["X"] + inputs["scale"] * N
'''

RIGHT = {
    "row_means": "def row_means(X):\n    return np.mean(X, axis=1, keepdims=True)\n",
    "noisy": "def noisy(X, scale):\n    N = np.random.randn(*X.shape)\n    return N, X + scale * N\n",
}
"""Right answers to the two exercises of the tiny lesson."""


@pytest.hookimpl(optionalhook=True)  # there is none with `-p no:xdist`
def pytest_xdist_make_scheduler(config, log):
    return Dealer(config, log)


def pytest_collection_modifyitems(config, items):
    if hasattr(config, "workerinput"):  # one process of several
        longest_first(items)


SOCKETS = """
import os, tempfile
if os.name == "posix":
    c.KernelManager.transport = "ipc"
    c.KernelManager.ip = os.path.join(tempfile.mkdtemp(dir={folder!r}), "socket")
"""
"""GradingRules of Jupyter, for nbgrader's kernels: Unix sockets in a folder of each command's own. A TCP port is chosen
some time before it is bound, and whoever starts another server meanwhile may get the same one."""


@pytest.fixture(autouse=True)
def lines_of_cells_are_forgotten():
    """What a test says that a cell holds is not what the next one's cell of that name holds."""
    yield
    for name in [name for name in linecache.cache if name.startswith("<")]:
        del linecache.cache[name]


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory):
    """IPython's history is one database for all kernels of a user, and Jupyter's settings are that user's own."""
    settings = tmp_path_factory.mktemp("jupyter")
    with tempfile.TemporaryDirectory(prefix="kernels-") as folder, pytest.MonkeyPatch.context() as patch:
        (settings / "jupyter_config.py").write_text(SOCKETS.format(folder=folder))
        patch.setenv("JUPYTER_CONFIG_DIR", str(settings))
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        yield


@pytest.fixture(scope="session")
def repo() -> Repository:
    """The repository that is tested."""
    return repository()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> Repository:
    """A course of one lesson with two exercises, built in a folder of its own."""
    return course_of(tmp_path_factory.mktemp("tiny"), "tiny", TINY, TINY_ANSWERS)


@pytest.fixture(scope="session")
def tiny_lesson(tiny):
    (lesson,) = tiny.lessons()
    return lesson


@pytest.fixture(scope="session")
def right() -> dict[str, str]:
    return dict(RIGHT)


@pytest.fixture
def tiny_environment(tiny, monkeypatch) -> None:
    """``repository()``, here and in commands that a test starts, means the tiny course."""
    monkeypatch.setenv("COMPANION_ROOT", str(tiny.root))


@pytest.fixture(scope="session")
def submission(tiny_lesson):
    """``submission(answers, extra, change)``: the bytes of a notebook that answers the tiny lesson.

    ``answers`` holds the text of each answered exercise; the others stay stubs. ``extra`` are code cells put
    after the setup. ``change`` is called with the notebook before it is written.
    """

    def make(answers: dict[str, str], extra: list[str] = (), change=None) -> bytes:
        def complete(notebook):
            after = [cell.id for cell in notebook.cells].index("setup") + 1
            notebook.cells[after:after] = [nbformat.v4.new_code_cell(source) for source in extra]
            if change:
                change(notebook)

        return answered(tiny_lesson, answers, complete)

    return make


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder data/own/ that is empty."""
    monkeypatch.setattr(data, "OWN", tmp_path / "own")
    monkeypatch.delenv("COMPANION_DATA", raising=False)
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


@pytest.fixture
def figures(monkeypatch):
    """What was shown: (figure, text) pairs."""
    shown = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: shown.append((figure, alt)))
    yield shown
    plt.close("all")
