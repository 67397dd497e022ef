"""Where kernels come from, warm and cold, and what stays of them."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.places import repository
from autograder.run import Limits, NotIsolated, Sandbox, best_sandbox, run_notebook
from autograder.run import nursery as nurseries
from autograder.run.kernels import KernelLost, WarmParent, cold_kernel
from autograder.run.nursery import Nursery

pytestmark = pytest.mark.slow
ROOT = repository().root
LIMITS = Limits(cell_seconds=3, total_seconds=30)
BEST = best_sandbox(ROOT)
NUMPY = 'import numpy as np\nfrom companion import lesson\nlesson("course9-week1/tiny")'


@pytest.fixture(params=["warm", "cold"])
def nursery(request, monkeypatch):
    """The nursery that notebooks run from, empty: with warm parents, and without."""
    made = Nursery(warm=request.param == "warm")
    monkeypatch.setattr("autograder.run.notebook.NURSERY", made)
    yield made
    made.close()


def run(*sources: str, setup: str = NUMPY, limits: Limits = LIMITS, sandbox: Sandbox | None = None):
    """Run cells below a lesson's setup: each cell's status and what it printed, and the isolation."""
    locked = {"nbgrader": {"grade_id": "setup", "locked": True, "solution": False, "grade": False}}
    notebook = new_notebook(cells=[new_code_cell(setup, metadata=locked), *map(new_code_cell, sources)])
    runs, isolation = run_notebook(notebook, ROOT, "seed", limits, sandbox)
    assert runs[0].status == "ok", notebook.cells[0].outputs
    texts = ["".join(o.get("text", o.get("evalue", "")) for o in cell.outputs) for cell in notebook.cells]
    return [run.status for run in runs[1:]], texts[1:], isolation


def test_cells_share_their_names_and_their_outputs_are_kept_in_order(nursery):
    statuses, texts, _ = run(
        "x = 2\nprint('a', end='')\nimport sys\nprint('b', file=sys.stderr)\nprint('c')",
        "x + 1",
        "1 / 0",
        "%time y = x\nprint(y)",
        "await __import__('asyncio').sleep(0)\nprint('awaited')",
        "from IPython.display import display, clear_output\nprint('gone')\nclear_output()\nprint('kept')",
        "print('é', chr(0xD83D))",
    )
    assert statuses == ["ok", "ok", "error", "ok", "ok", "ok", "ok"]
    assert texts[0] == "ab\nc\n" and "division by zero" in texts[2] and texts[3].endswith("2\n")
    assert texts[4:] == ["awaited\n", "kept\n", "é ?\n"]


def test_a_display_is_updated_where_it_stands(nursery):
    notebook = new_notebook(
        cells=[
            new_code_cell("from IPython.display import display\nh = display('one', display_id=True)\nh.update('two')")
        ]
    )
    run_notebook(notebook, ROOT, "seed", LIMITS)
    assert [output.data["text/plain"] for output in notebook.cells[0].outputs] == ["'two'"]


def test_a_figure_comes_as_a_picture(nursery):
    notebook = new_notebook(cells=[new_code_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")])
    run_notebook(notebook, ROOT, "seed", LIMITS)
    assert any("image/png" in output.get("data", {}) for output in notebook.cells[0].outputs)


def test_what_runs_too_long_or_dies_costs_only_itself(nursery):
    statuses, texts, _ = run(
        "x = 1",
        "while True: pass",
        "print(x)",
        "import os; os._exit(3)",
        "print(x)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "print(x)",
        limits=Limits(cell_seconds=1, total_seconds=60),
    )
    assert statuses == ["ok", "timed out", "ok", "killed", "ok", "killed", "ok"]
    assert texts[2] == texts[4] == texts[6] == "1\n"


def test_the_time_of_the_whole_notebook_is_limited(nursery):
    statuses, _, _ = run("import time; time.sleep(1.5)", "1", "2", limits=Limits(cell_seconds=5, total_seconds=1))
    assert statuses == ["ok", "timed out", "timed out"]


def test_nothing_stays_from_one_submission_to_the_next(nursery):
    leave = (
        "import builtins, os, sys, tempfile, warnings\nbuiltins.left = sys.left = np.left = 1\nos.environ['LEFT'] = '1'\n"
        "sys.modules['left'] = np\nopen('left', 'w').write('x')\nnp.sum = None\nsys.path.insert(0, os.getcwd())\n"
        "open(tempfile.gettempdir() + '/left', 'w').write('x')"
    )
    look = (
        "import builtins, os, sys, tempfile\nprint(hasattr(builtins, 'left'), hasattr(sys, 'left'), hasattr(np, 'left'),"
        " 'LEFT' in os.environ, 'left' in sys.modules, os.listdir('.'), os.listdir(tempfile.gettempdir()), np.sum is None)"
    )
    assert run(leave)[0] == ["ok"]
    _, texts, _ = run(look)
    assert texts[0].count("False") == 6 and "left" not in texts[0]


def test_random_numbers_are_new_for_each_submission(nursery):
    draw = (
        "import random, uuid\nprint(np.random.rand(), random.random(), np.random.default_rng().random(), uuid.uuid4(),"
        " __import__('tempfile').mkdtemp())"
    )
    first, second = (run(draw)[1][0].split() for _ in range(2))
    assert len(first) == 5 and not set(first) & set(second)


def test_the_environment_holds_nothing_of_ours(nursery, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "hunter2")
    monkeypatch.setenv("AWS_SECRET", "hunter2")
    _, texts, _ = run("import os\nprint(dict(os.environ), open('/proc/self/environ').read())")
    assert "hunter2" not in texts[0] and "AUTOGRADER_SEED" in texts[0]


def kernels_of(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="warm parents are for Linux")
class TestWarm:
    def test_a_numpy_week_never_pays_for_tensorflow_and_the_parent_only_imports(self):
        nursery = Nursery(warm=True)
        try:
            with nursery.session(ROOT, ("numpy",), BEST, LIMITS, "s") as session:
                cell = new_code_cell(
                    "import sys, threading; print('tensorflow' in sys.modules, threading.active_count())"
                )
                session.run(cell)
            assert cell.outputs[0].text == "False 1\n"
            (parent,) = nursery._parents.values()
            assert all(p.num_threads() == 1 for p in kernels_of(os.getpid()) if "main.py" in " ".join(p.cmdline()))
            with nursery.session(ROOT, ("numpy", "tensorflow"), BEST, LIMITS, "s") as session:
                session.run(cell)
            assert cell.outputs[0].text == "True 1\n"
            assert len(nursery._parents) == 2 and parent in nursery._parents.values()
            with nursery.session(ROOT, ("numpy", "json"), BEST, LIMITS, "s"):
                assert len(nursery._parents) == 2 and parent not in nursery._parents.values()
        finally:
            nursery.close()

    def test_tensorflow_runs_in_one_fork_after_the_other(self):
        operation = "import tensorflow as tf\nprint(float(tf.reduce_sum(tf.matmul(tf.ones((9, 9)), tf.ones((9, 9))))))"
        draw = "print(tf.random.normal((2,)).numpy(), tf.keras.layers.Dense(2)(tf.ones((1, 3))).numpy())"
        seen = [run(operation, draw, setup=NUMPY + "\nimport tensorflow")[:2] for _ in range(3)]
        assert all(statuses == ["ok", "ok"] and texts[0] == "729.0\n" for statuses, texts in seen)
        assert len({texts[1] for _, texts in seen}) == 3

    def test_a_parent_that_is_killed_is_made_anew(self):
        nursery = Nursery(warm=True)
        try:
            for _ in range(2):
                with nursery.session(ROOT, ("numpy",), BEST, LIMITS, "s") as session:
                    assert session.run(new_code_cell("1")).status == "ok"
                (parent,) = nursery._parents.values()
                for process in kernels_of(parent.process.pid):
                    process.kill()
                parent.process.kill()
                parent.process.wait()
            with nursery.session(ROOT, ("numpy",), BEST, LIMITS, "s") as session:
                assert session.run(new_code_cell("1")).status == "ok"
                (parent,) = nursery._parents.values()
                for process in [*kernels_of(parent.process.pid), parent.process]:
                    process.kill()
                assert session.run(new_code_cell("1")).status == "killed"
        finally:
            nursery.close()

    def test_a_kernel_that_dies_before_its_first_word_is_made_once_more_cold(self, monkeypatch):
        made = []

        def silent(self, seed):
            kernel = WARM_KERNEL(self, seed)
            kernel.kill()
            return kernel

        monkeypatch.setattr(WarmParent, "kernel", silent)
        monkeypatch.setattr(nurseries, "cold_kernel", lambda *args: made.append(1) or cold_kernel(*args))
        nursery = Nursery(warm=True)
        try:
            with nursery.session(ROOT, ("numpy",), BEST, LIMITS, "s") as session:
                assert session.run(new_code_cell("1")).status == "ok" and made == [1]
        finally:
            nursery.close()

    def test_where_no_parent_can_start_there_are_cold_kernels(self, monkeypatch):
        def refused(*args):
            raise KernelLost("no")

        monkeypatch.setattr(nurseries, "WarmParent", refused)
        with Nursery(warm=True).session(ROOT, (), BEST, LIMITS, "s") as session:
            assert session.run(new_code_cell("1")).status == "ok"


WARM_KERNEL = WarmParent.kernel


@pytest.mark.skipif(not BEST.seccomp, reason="no seccomp here")
def test_a_sandbox_that_cannot_be_had_is_an_error_and_not_a_kernel(monkeypatch):
    broken = Sandbox(True, True)
    monkeypatch.setattr(
        Sandbox, "settings", lambda self, *args: {**SETTINGS(self, *args), "limits": {"NOFILE": 3}}
    )  # too few descriptors to open the paths with
    with pytest.raises(NotIsolated, match="--isolation none"), Nursery(True).session(ROOT, (), broken, LIMITS, "s"):
        pass


SETTINGS = Sandbox.settings

PROGRAM = """
import sys, time
from autograder.places import repository
from autograder.run import Limits, run_notebook
from nbformat.v4 import new_code_cell, new_notebook
from autograder.run.notebook import NURSERY
NURSERY.warm = sys.argv[1] == "warm"
print("started", flush=True)
cells = ["import signal\\nsignal.signal(signal.SIGINT, signal.SIG_IGN)", "while True: pass"]
run_notebook(new_notebook(cells=[new_code_cell(cell) for cell in cells]), repository().root, "s", Limits(cell_seconds=600))
"""


@pytest.mark.parametrize("kind", ["warm", "cold"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_one_that_grades(kind, how, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    grader = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, kind], env=environment, stdout=-1, stderr=subprocess.DEVNULL
    )
    grader.stdout.readline()
    wait_for(lambda: any(p.cpu_times().user > 1.5 for p in kernels_of(grader.pid)))
    processes = kernels_of(grader.pid)
    grader.send_signal(how)
    grader.wait()
    wait_for(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes))
    for folder in tmp_path.iterdir():
        assert kind == "cold" or not list(folder.iterdir()), "the warm parent empties its folder"


def wait_for(condition) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to pass within a minute")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="orphans are adopted on Linux")
def test_without_isolation_too_no_process_outlives_its_submission(tmp_path):
    survivors = (
        "import os, subprocess, sys\n"
        "for _ in range(3):\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        if os.fork() == 0:\n"
        "            os.execv('/bin/sleep', ['sleep', '98765'])\n"
        "        os._exit(0)\n"
        "subprocess.Popen(['sleep', '98765'], start_new_session=True)\n"
        "print('left')"
    )
    statuses, texts, isolation = run(survivors, sandbox=Sandbox())
    assert statuses == ["ok"] and texts == ["left\n"] and isolation == "none"
    assert not [p for p in psutil.process_iter(["cmdline"]) if "98765" in (p.info["cmdline"] or [])]
