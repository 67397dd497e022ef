"""Control groups, in a tree as the kernel shows it and, where one can be made here, in the real one; limits by week."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.run import cgroup, limits
from autograder.run.limits import Limits, limits_of


def test_a_week_can_have_limits_of_its_own(monkeypatch):
    monkeypatch.setitem(limits.WEEKS, "course4-week2", Limits(memory=8 * limits.GIB))
    assert limits_of("course4-week2").memory == 8 * limits.GIB and limits_of("course2-week1") == Limits()


def tree(root: Path, version: int) -> tuple[Path, str]:
    """A tree as the kernel shows it, and the text of /proc/self/cgroup: version 1 has a folder for each controller."""
    if version == 1:
        for kind in ("pids", "memory"):
            (root / kind / "here").mkdir(parents=True)
        return root, "8:pids:/here\n4:memory:/here\n0::/\n"
    (root / "user.slice" / "mine").mkdir(parents=True)
    return root, "0::/user.slice/mine\n"


@pytest.mark.parametrize("version", [1, 2])
def test_a_control_group_is_made_where_the_kernel_offers_the_controllers(tmp_path, monkeypatch, version):
    """The kernel fills a new group with its files; here the test does."""
    root, own = tree(tmp_path, version)
    files = {
        1: {"pids": ["pids.max"], "memory": ["memory.limit_in_bytes"]},
        2: {"mine": ["pids.max", "memory.max", "memory.swap.max"]},
    }
    make = Path.mkdir

    def mkdir(self, *args, **kwargs):
        make(self, *args, **kwargs)
        for kind, names in files[version].items():
            if kind in self.parts:
                for name in [*names, "cgroup.procs"]:
                    (self / name).touch()

    monkeypatch.setattr(Path, "mkdir", mkdir)
    group = cgroup.make("grading-x", memory=10**9, threads=99, mount=root, own=own)
    written = {file.name: file.read_text() for folder in group.folders for file in folder.iterdir()}
    assert written.pop("pids.max") == "99" and written.pop("cgroup.procs") == ""
    assert written in ({"memory.limit_in_bytes": "1000000000"}, {"memory.max": "1000000000", "memory.swap.max": "0"})
    assert len(group.doors) == len(group.folders) == 3 - version


@pytest.mark.parametrize("version", [1, 2])
def test_a_control_group_without_controllers_is_none_and_leaves_nothing(tmp_path, version):
    root, own = tree(tmp_path, version)
    assert cgroup.make("grading-x", 10**9, 99, mount=root, own=own) is None
    assert not list(tmp_path.rglob("grading-x"))


@pytest.mark.parametrize("own", ["", "nonsense", "0::/nowhere/at/all\n"])
def test_a_strange_system_has_no_control_groups(tmp_path, own):
    assert cgroup.make("grading-x", 10**9, 99, mount=tmp_path, own=own) is None


def test_a_control_group_counts_threads_even_for_root():
    group = cgroup.make(f"grading-test-{os.getpid()}", memory=10**9, threads=20)
    if group is None:
        pytest.skip("no control group can be made here")
    try:
        program = (
            "import sys, threading, time\n"
            f"for door in {group.doors!r}: open(door, 'w').write('0')\n"
            "n = 0\n"
            "try:\n"
            "    for n in range(100): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
            "except RuntimeError: print(n)\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        assert 15 < int(done.stdout) < 20, done
    finally:
        group.close()
        assert not any(folder.exists() for folder in group.folders)
