"""The parts of the sandbox, each by itself: seccomp's filter, control groups, the limits, the floor."""

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from kernels import LIMITS
from nbformat.v4 import new_code_cell, new_notebook
from needs import need

from autograder.errors import NotIsolated
from autograder.places import repository
from autograder.run.inside import landlock, seccomp
from autograder.run.notebook import run_notebook
from autograder.run.sandbox import Sandbox, best_sandbox

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
    "signal to itself": attempt(lambda: os.kill(os.getpid(), 0)),
    "signal to the parent": attempt(lambda: os.kill(parent, 0)),
    "signal to the group": attempt(lambda: os.kill(0, 0)), "signal to all": attempt(lambda: os.kill(-1, 0)),
    "kill with a high half": call(number["kill"], os.getpid() + (1 << 32), 0),
    "a Unix pair": attempt(lambda: socket.socketpair()),
    "an Internet pair": attempt(lambda: socket.socketpair(socket.AF_INET, socket.SOCK_STREAM)),
    "limits of the parent": call(number["prlimit64"], parent, 7, 0, 0),
    "own limits": call(number["prlimit64"], 0, 7, 0, 0),
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
    need(HEADERS[column].exists(), "Install the C library's headers, for example: apt-get install linux-libc-dev")
    pairs = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[column].read_text())
    numbers = {name: int(number) for name, number in pairs}
    for name, ours in (seccomp.REFUSED | seccomp._LIMITED).items():
        assert numbers.get(name) == ours[column], name


def test_the_filter_for_arm64_is_made_of_the_same_rules():
    programs = [seccomp._program(machine, 4711) for machine in seccomp._ARCHITECTURE]
    assert all(len(program) % 8 == 0 and len(program) // 8 < 4096 for program in programs)
    assert (4711).to_bytes(4, "little") in programs[1]


REACHES = """
import json, os, socket
found = {}

def attempt(name, action):
    try:
        action()
        found[name] = "done"
    except BaseException as error:
        found[name] = type(error).__name__

for place in PLACES:
    attempt("read " + place, lambda: os.listdir(place) if os.path.isdir(place) else open(place).read())
    attempt("change " + place, lambda: os.chmod(place, 0o700))
    into = os.path.join(place, "left") if os.path.isdir(place) else place
    attempt("write " + place, lambda: open(into, "a").write("x"))
attempt("UDP", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
attempt("Unix", lambda: socket.socket(socket.AF_UNIX))
attempt("fork", os.fork)
attempt("signal", lambda: os.kill(os.getppid(), 0))
attempt("shell", lambda: os.posix_spawn("/bin/true", ["true"], {}))
print("FOUND" + json.dumps(found))
"""


def probe_under(sandbox) -> dict[str, str]:
    """What a submission reaches in a sandbox: "done", or the name of the error, for each attempt."""
    places = [str(ROOT / name) for name in ("README.md", "autograder/references", "notebooks", ".git", "tests")]
    cell = new_code_cell(f"PLACES = {[*places, '/etc/passwd', '/var/tmp', '/dev/shm']!r}\n{REACHES}")
    notebook = new_notebook(cells=[cell])
    _, isolation = run_notebook(notebook, ROOT, "seed", LIMITS, sandbox)
    assert isolation == sandbox.name
    return json.loads(cell.outputs[0].text.split("FOUND")[1])


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


def test_no_landlock_is_told_and_not_passed_over(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    with pytest.raises(OSError, match="no Landlock"):
        landlock.restrict([], [])


def test_seccomp_can_be_looked_for_anywhere(monkeypatch):
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    assert not seccomp.supported()
    monkeypatch.setattr(seccomp.sys, "platform", "darwin")
    assert not seccomp.supported() and landlock.version() == 0
