"""What cells do in a kernel, warm and cold; test_clearing_up.py asks what stays of them."""

from contextlib import closing

import pytest
from kernels import BEST, LIMITS, LOOPS, ROOT, Clock, run
from nbformat.v4 import new_code_cell, new_notebook

from autograder.errors import NotIsolated
from autograder.run.kernel_pool import KernelPool
from autograder.run.notebook import run_notebook
from autograder.run.sandbox import Sandbox

pytestmark = pytest.mark.slow


@pytest.fixture(params=["warm", "cold"])
def nursery(request, monkeypatch):
    """The nursery that notebooks run from, empty: with warm parents, and without."""
    made = KernelPool(warm=request.param == "warm")
    monkeypatch.setattr("autograder.run.notebook.KERNELS", made)
    yield made
    made.close()


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


def test_what_runs_too_long_or_dies_costs_only_itself(nursery, tmp_path, monkeypatch):
    Clock(tmp_path, monkeypatch)
    monkeypatch.setattr("autograder.run.conversation.GRACE_SECONDS", 600)
    statuses, texts, _ = run(
        "x = 1",
        LOOPS.format("a") + "while True: pass",
        "print(x)",
        "import os; os._exit(3)",
        "print(x)",
        LOOPS.format("b") + "import time; time.sleep(10**6)",
        "print(x)",
    )
    assert statuses == ["ok", "waited", "ok", "killed", "ok", "waited", "ok"]
    assert texts[2] == texts[4] == texts[6] == "1\n"


def test_what_cannot_be_interrupted_is_killed(nursery, tmp_path, monkeypatch):
    Clock(tmp_path, monkeypatch)
    monkeypatch.setattr("autograder.run.conversation.GRACE_SECONDS", 0.5)
    statuses, texts, _ = run(
        "x = 1", LOOPS.format("a") + "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "print(x)"
    )
    assert statuses == ["ok", "killed", "ok"] and texts[2] == "1\n"


def test_a_timer_that_a_cell_leaves_does_not_reach_the_next(nursery):
    leave = (
        "import signal\nsignal.signal(signal.SIGALRM, lambda *_: exit_now())\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.3, 0.001)"
    )
    statuses, texts, _ = run(leave, "import time\ntime.sleep(1)\nprint('slept')")
    assert statuses == ["ok", "ok"] and texts[1] == "slept\n"


def test_nothing_stays_from_one_submission_to_the_next(nursery):
    leave = (
        "import builtins, os, sys, tempfile, warnings\nbuiltins.left = sys.left = np.left = 1\n"
        "os.environ['LEFT'] = '1'\n"
        "sys.modules['left'] = np\nopen('left', 'w').write('x')\nnp.sum = None\nsys.path.insert(0, os.getcwd())\n"
        "open(tempfile.gettempdir() + '/left', 'w').write('x')"
    )
    look = (
        "import builtins, os, sys, tempfile\nprint(hasattr(builtins, 'left'), hasattr(sys, 'left'), hasattr(np, "
        "'left'), 'LEFT' in os.environ, 'left' in sys.modules, os.listdir('.'), os.listdir(tempfile.gettempdir()), "
        "np.sum is None)"
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


@pytest.mark.skipif(not BEST.seccomp, reason="no seccomp here")
def test_a_sandbox_that_cannot_be_had_is_an_error_and_not_a_kernel(monkeypatch):
    broken = Sandbox(True, True)
    monkeypatch.setattr(
        Sandbox, "confinement", lambda self, *args: {**CONFINEMENT(self, *args), "limits": {"NOFILE": 3}}
    )  # too few descriptors to open the paths with
    with (
        closing(KernelPool(True)) as kernels,
        pytest.raises(NotIsolated, match="--isolation none"),
        kernels.session(ROOT, (), broken, LIMITS, "s"),
    ):
        pass


CONFINEMENT = Sandbox.confinement
