"""Warm parents: what they have imported, what becomes of a kernel that dies, and of them."""

import contextlib
import os
import sys

import psutil
import pytest
from kernels import BEST, LIMITS, NUMPY, ROOT, kernels_of, run
from nbformat.v4 import new_code_cell

from autograder.run import kernel_pool
from autograder.run.kernel_pool import KernelPool
from autograder.run.kernels import KernelLost, WarmParent, cold_kernel

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="warm parents are for Linux"),
]
WARM_KERNEL = WarmParent.kernel


def threads_of_kernels():
    """Of each process of ours that runs main.py; one that is ending has none."""
    for process in kernels_of(os.getpid()):
        with contextlib.suppress(psutil.Error):
            if "main.py" in " ".join(process.cmdline()):
                yield process.num_threads()


def test_a_numpy_week_never_pays_for_tensorflow_and_the_parent_only_imports():
    nursery = KernelPool(warm=True)
    try:
        with nursery.session(ROOT, ("numpy",), BEST, LIMITS, "s") as session:
            cell = new_code_cell("import sys, threading; print('tensorflow' in sys.modules, threading.active_count())")
            session.run(cell)
        assert cell.outputs[0].text == "False 1\n"
        (parent,) = nursery._parents.values()
        assert all(threads == 1 for threads in threads_of_kernels())
        with nursery.session(ROOT, ("numpy", "tensorflow"), BEST, LIMITS, "s") as session:
            session.run(cell)
        assert cell.outputs[0].text == "True 1\n"
        assert len(nursery._parents) == 2 and parent in nursery._parents.values()
        with nursery.session(ROOT, ("numpy", "json"), BEST, LIMITS, "s"):
            assert len(nursery._parents) == 2 and parent not in nursery._parents.values()
    finally:
        nursery.close()


def test_tensorflow_runs_in_one_fork_after_the_other():
    operation = "import tensorflow as tf\nprint(float(tf.reduce_sum(tf.matmul(tf.ones((9, 9)), tf.ones((9, 9))))))"
    draw = "print(tf.random.normal((2,)).numpy(), tf.keras.layers.Dense(2)(tf.ones((1, 3))).numpy())"
    seen = [run(operation, draw, setup=NUMPY + "\nimport tensorflow")[:2] for _ in range(3)]
    assert all(statuses == ["ok", "ok"] and texts[0] == "729.0\n" for statuses, texts in seen)
    assert len({texts[1] for _, texts in seen}) == 3


def test_a_parent_that_is_killed_is_made_anew():
    nursery = KernelPool(warm=True)
    try:
        for _ in range(2):
            with nursery.session(ROOT, ("numpy",), BEST, LIMITS, "s") as session:
                assert session.run(new_code_cell("1")).status == "ok"
            (parent,) = nursery._parents.values()
            _kill(*kernels_of(parent.process.pid), parent.process)
            parent.process.wait()
        with nursery.session(ROOT, ("numpy",), BEST, LIMITS, "s") as session:
            assert session.run(new_code_cell("1")).status == "ok"
            (parent,) = nursery._parents.values()
            _kill(*kernels_of(parent.process.pid), parent.process)
            assert session.run(new_code_cell("1")).status == "killed"
    finally:
        nursery.close()


def _kill(*processes):
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):  # it may be about to end
            process.kill()


def test_a_kernel_that_dies_before_its_first_word_is_made_once_more_cold(monkeypatch):
    made = []

    def silent(self, seed):
        kernel = WARM_KERNEL(self, seed)
        kernel.kill()
        return kernel

    monkeypatch.setattr(WarmParent, "kernel", silent)
    monkeypatch.setattr(kernel_pool, "cold_kernel", lambda *args: made.append(1) or cold_kernel(*args))
    nursery = KernelPool(warm=True)
    try:
        with nursery.session(ROOT, ("numpy",), BEST, LIMITS, "s") as session:
            assert session.run(new_code_cell("1")).status == "ok" and made == [1]
    finally:
        nursery.close()


def test_where_no_parent_can_start_there_are_cold_kernels(monkeypatch):
    def refused(*args):
        raise KernelLost("no")

    monkeypatch.setattr(kernel_pool, "WarmParent", refused)
    with KernelPool(warm=True).session(ROOT, (), BEST, LIMITS, "s") as session:
        assert session.run(new_code_cell("1")).status == "ok"
