"""Whatever ends a grader or its kernels, and whenever: no process lives on, and no folder stays."""

import os
import pkgutil
import signal
import subprocess
import sys

import psutil
import pytest
from kernels import BEST, LIMITS, ROOT, kernels_of, run
from processes import left_of, wait_for

from autograder.run.folders import Folder, remove_abandoned
from autograder.run.kernels import WarmParent, cold_kernel
from autograder.run.sandbox import Sandbox

pytestmark = pytest.mark.slow

PROGRAM = """
import sys
from autograder.places import repository
from autograder.run.limits import Limits
from autograder.run.notebook import run_notebook
from nbformat.v4 import new_code_cell, new_notebook
from autograder.run.notebook import KERNELS
KERNELS.warm = sys.argv[1] == "warm"
cells = ["import signal\\nsignal.signal(signal.SIGINT, signal.SIG_IGN)", "open('runs', 'w').close()\\nwhile True: pass"]
limits = Limits(cell_seconds=3600, total_seconds=3600)
run_notebook(new_notebook(cells=[new_code_cell(cell) for cell in cells]), repository().root, "s", limits)
"""


@pytest.mark.parametrize("kind", ["warm", "cold"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", ["it starts", "it runs"])
def test_no_process_outlives_the_one_that_grades(kind, how, moment, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    grader = subprocess.Popen([sys.executable, "-c", PROGRAM, kind], env=environment, **quiet)
    signs = {"it starts": lambda: kernels_of(grader.pid), "it runs": lambda: list(tmp_path.rglob("runs"))}
    assert wait_for(signs[moment])
    processes = kernels_of(grader.pid)
    grader.send_signal(how)
    grader.wait()
    assert wait_for(lambda: not any(map(alive, processes)))
    assert wait_for(lambda: not left_of(str(tmp_path))), left_of(str(tmp_path))
    for folder in tmp_path.iterdir():
        # A cold kernel cannot clear up: it dies with the grader, or may not leave its folder.
        assert kind == "cold" or not list(folder.iterdir()), "the warm parent empties its folder"
    abandon(tmp_path)
    remove_abandoned(tmp_path)
    assert not list(tmp_path.iterdir())


def alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def abandon(place):
    """Let the folders in it look as if they had been made a while ago."""
    for folder in place.iterdir():
        os.utime(folder, (0, 0))


def test_of_what_others_left_only_what_nobody_holds_is_removed(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    held, left, young = Folder(), Folder(), Folder()
    for folder in (held, left, young):
        folder.make()
    (tmp_path / "grading-of-somebody-else").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f"grading-{'0' * 16}").symlink_to(tmp_path / "elsewhere")
    (left.path / "deep" / "shut").mkdir(parents=True)
    (left.path / "deep").chmod(0)
    for folder in (left, young):  # as the end of their process would
        os.close(folder._lock)
        folder._lock = None
    abandon(tmp_path)
    os.utime(young.path)
    remove_abandoned(tmp_path)
    assert not left.path.exists() and len(list(tmp_path.iterdir())) == 5
    assert held.path.exists() and young.path.exists()
    held.close()
    held.close()
    assert not held.path.exists()


WARM = ("folders._hold", "folders.shutil.copy", "cgroup.make", "kernels._start", "kernels._start, done")
STEPS = [("warm", step) for step in WARM] + [("cold", step) for step in WARM if not step.startswith("cgroup")]


@pytest.mark.parametrize(("kind", "step"), STEPS)
def test_a_ctrl_c_while_a_kernel_is_made_leaves_nothing(kind, step, tmp_path, monkeypatch):
    path, _, done = step.partition(", ")
    real, started = pkgutil.resolve_name(f"autograder.run.{path}"), []

    def interrupted(*arguments):
        if done:
            started.append(real(*arguments))
        raise KeyboardInterrupt

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(f"autograder.run.{path}", interrupted)
    with pytest.raises(KeyboardInterrupt):
        WarmParent(ROOT, (), BEST, LIMITS) if kind == "warm" else cold_kernel(ROOT, BEST, LIMITS, "s")
    assert len(started) == bool(done)
    assert wait_for(lambda: not any(process.poll() is None for process in started))
    assert wait_for(lambda: not left_of(str(tmp_path))), left_of(str(tmp_path))
    assert wait_for(lambda: not list(tmp_path.iterdir())), list(tmp_path.iterdir())


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
