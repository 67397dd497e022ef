"""The parts of the sandbox, each by itself: seccomp's filter, control groups, the limits, the floor."""

import ctypes
import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from attack import probe_under

from autograder.places import repository
from autograder.run import Limits, NotIsolated, Sandbox, best_sandbox, cgroup, limits, limits_of
from autograder.run.inside import landlock, seccomp

ROOT = repository().root
INSIDE = ROOT / "autograder" / "run" / "inside"
HEADERS = (
    Path(f"/usr/include/{os.uname().machine}-linux-gnu/asm/unistd_64.h"),
    Path("/usr/include/asm-generic/unistd.h"),
)

CALLS = """
import ctypes, errno, json, os, socket, sys, threading
sys.path.insert(0, {inside!r})
import seccomp
libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
seccomp.restrict()

def call(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return ctypes.get_errno() if result < 0 else 0

def attempt(action):
    try:
        action()
        return 0
    except OSError as error:
        return error.errno

column = list(seccomp._ARCHITECTURE).index(os.uname().machine)
number = {{name: numbers[column] for name, numbers in (seccomp.REFUSED | seccomp._LIMITED).items()}}
found = {{name: call(number[name], 0, 0, 0, 0, 0, 0) for name in seccomp.REFUSED if number[name] is not None}}
thread = threading.Thread(target=lambda: found.update(thread=0))
thread.start(); thread.join()
found |= {{
    "clone of a process": call(number["clone"], 17, 0, 0, 0, 0),
    "clone with namespaces": call(number["clone"], 0x10000000 | 17, 0, 0, 0, 0),
    "clone3": call(number["clone3"], 0, 0), "fchmodat2": call(452, 0, 0), "a call of the future": call(600, 0),
    "an x32 call": call(0x40000000 | 41, 2, 1, 0),
    "os.fork": attempt(os.fork), "os.system": attempt(lambda: os.posix_spawn("/bin/true", ["true"], {{}})),
    "signal to itself": attempt(lambda: os.kill(os.getpid(), 0)), "signal to the parent": attempt(lambda: os.kill(parent, 0)),
    "signal to the group": attempt(lambda: os.kill(0, 0)), "signal to all": attempt(lambda: os.kill(-1, 0)),
    "kill with a high half": call(number["kill"], os.getpid() + (1 << 32), 0),
    "a Unix pair": attempt(lambda: socket.socketpair()),
    "an Internet pair": attempt(lambda: socket.socketpair(socket.AF_INET, socket.SOCK_STREAM)),
    "limits of the parent": call(number["prlimit64"], parent, 7, 0, 0), "own limits": call(number["prlimit64"], 0, 7, 0, 0),
    "processors of the parent": attempt(lambda: os.sched_setaffinity(parent, {{0}})),
    "the death signal": call(number["prctl"], 1, 0, 0, 0), "another prctl": call(number["prctl"], 3, 0, 0, 0),
    "a signal for the owner": call(number["fcntl"], 0, 8, parent), "another fcntl": call(number["fcntl"], 0, 1, 0),
    "typing into a terminal": call(number["ioctl"], 0, 0x5412, 0),
}}
print(json.dumps(found))
"""
ALLOWED = {
    "thread",
    "signal to itself",
    "kill with a high half",
    "a Unix pair",
    "own limits",
    "another prctl",
    "another fcntl",
}
UNKNOWN = {"clone3", "fchmodat2", "a call of the future", "an x32 call"}


@pytest.mark.skipif(not seccomp.supported(), reason="no seccomp here")
def test_seccomp_refuses_what_it_should_and_nothing_else():
    done = subprocess.run(
        [sys.executable, "-c", CALLS.format(inside=str(INSIDE))],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    found = json.loads(done.stdout)
    for name, outcome in found.items():
        expected = 0 if name in ALLOWED else errno.ENOSYS if name in UNKNOWN else errno.EPERM
        assert outcome == expected, (name, errno.errorcode.get(outcome, outcome))
    assert len(found) > len(seccomp.REFUSED) - 3


@pytest.mark.parametrize("column", [0, 1], ids=["x86-64", "arm64"])
def test_the_numbers_are_those_of_the_kernels_headers(column):
    """Both headers come with the C library's own: linux-libc-dev on Debian."""
    assert HEADERS[column].exists(), "install the C library's headers, for example: apt-get install linux-libc-dev"
    pairs = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[column].read_text())
    numbers = {name: int(number) for name, number in pairs}
    for name, ours in (seccomp.REFUSED | seccomp._LIMITED).items():
        assert numbers.get(name) == ours[column], name


def test_the_filter_for_arm64_is_made_of_the_same_rules():
    programs = [seccomp._program(machine, 4711) for machine in seccomp._ARCHITECTURE]
    assert all(len(program) % 8 == 0 and len(program) // 8 < 4096 for program in programs)
    assert (4711).to_bytes(4, "little") in programs[1]


@pytest.mark.slow
@pytest.mark.skipif(not best_sandbox(ROOT).landlock, reason="no Landlock here")
@pytest.mark.parametrize("bubblewrap", [False, True], ids=["landlock+seccomp", "bubblewrap+landlock+seccomp"])
def test_the_floor_holds_with_and_without_bubblewrap(bubblewrap):
    if bubblewrap and not best_sandbox(ROOT).bubblewrap:
        pytest.skip("bubblewrap does not work here")
    found = probe_under(Sandbox(True, True, bubblewrap))
    assert not {name: outcome for name, outcome in found.items() if outcome == "done"}, found
    assert len(found) > 10


def test_the_floor_says_what_is_missing_and_how_to_get_it():
    Sandbox(True, True).require_floor()
    Sandbox(True, True, True).require_floor()
    with pytest.raises(NotIsolated, match=r"Landlock.*5\.13.*--isolation none") as error:
        Sandbox(False, True).require_floor()
    assert "x86-64" not in str(error.value) and "\n" not in str(error.value)
    with pytest.raises(NotIsolated, match="x86-64 or arm64"):
        Sandbox(True, False, True).require_floor()
    assert Sandbox().name == "none" and Sandbox(True, True, True).name == "bubblewrap+landlock+seccomp"


def test_a_week_can_have_limits_of_its_own(monkeypatch):
    monkeypatch.setitem(limits.WEEKS, "course4-week2", Limits(memory=8 * limits.GIB))
    assert limits_of("course4-week2").memory == 8 * limits.GIB and limits_of("course2-week1") == Limits()


def test_no_landlock_is_told_and_not_passed_over(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    with pytest.raises(OSError, match="no Landlock"):
        landlock.restrict([], [])


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


@pytest.mark.skipif(cgroup.make("grading-probe", 10**9, 99) is None, reason="no control group can be made here")
def test_a_control_group_counts_threads_even_for_root():
    group = cgroup.make("grading-test", memory=10**9, threads=20)
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


def test_seccomp_can_be_looked_for_anywhere(monkeypatch):
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    assert not seccomp.supported()
    monkeypatch.setattr(seccomp.sys, "platform", "darwin")
    assert not seccomp.supported() and landlock.version() == (0 if sys.platform == "darwin" else landlock.version())
    assert ctypes.sizeof(seccomp._Program) == 2 * ctypes.sizeof(ctypes.c_void_p)
