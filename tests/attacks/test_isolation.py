"""What a submission can open, list and write at all: not what is refused, which the attacks try,
but what is allowed."""

import glob
import json
import os
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.places import repository
from autograder.run.limits import Limits
from autograder.run.notebook import run_notebook
from autograder.run.sandbox import Sandbox, best_sandbox

pytestmark = pytest.mark.slow
ROOT = repository().root

LIST = """
import json, os, sys

KNOWN = ("/usr", "/lib", "/lib64", "/bin", "/sbin", sys.prefix, sys.base_prefix)
found = {"read": [], "write": [], "list": [], "descriptors": [], "environment": dict(os.environ), "cwd": os.getcwd()}

def opens(path, mode):
    try:
        os.close(os.open(path, mode | os.O_NONBLOCK | os.O_NOCTTY))
    except OSError:
        return False
    return True

for name in os.listdir("/proc/self/fd"):
    try:
        found["descriptors"].append(os.readlink("/proc/self/fd/" + name))
    except OSError:
        pass  # of the listing itself
left, seen = ["/", os.getcwd(), *PLACES], set()
while left:
    folder = left.pop()
    if folder in seen:
        continue
    seen.add(folder)
    try:
        entries = list(os.scandir(folder))
        found["list"].append(folder)
    except OSError:
        entries = []
    mine = os.path.join(folder, "made-by-a-submission")
    try:
        open(mine, "w").close()
        os.unlink(mine)
        found["write"].append(folder)
    except OSError:
        pass
    for entry in entries:
        if entry.is_symlink() or entry.path in KNOWN:
            continue
        if entry.is_dir():
            left.append(entry.path)
            continue
        for kind, mode in (("read", os.O_RDONLY), ("write", os.O_WRONLY)):
            if opens(entry.path, mode):
                found[kind].append(entry.path)
print("FOUND" + json.dumps(found) + "FOUND")
"""

ALLOWED = {
    "read": ("/etc/ld.so.cache", "/dev/null", "/dev/zero", "/dev/urandom", "/sys/devices/system/cpu/", "/proc/"),
    "write": ("/dev/null", "/dev/zero", "/dev/urandom", "/proc/"),
}
"""Of the system; /proc is looked at by itself."""


@pytest.fixture(scope="module", params=["the best sandbox", "without bubblewrap"])
def found(request):
    """What a submission finds open to it, in either kind of sandbox."""
    best = best_sandbox(ROOT)
    sandbox = best if request.param == "the best sandbox" else Sandbox(best.landlock, best.seccomp)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_SECRET", "hunter2")
        cell = new_code_cell(f"PLACES = {repo()!r}\n{LIST}")
        notebook = new_notebook(cells=[cell])
        _, isolation = run_notebook(
            notebook, ROOT, "seed", Limits(cell_seconds=3600, total_seconds=3600, output=2**26), sandbox
        )
    assert isolation == sandbox.name
    text = "".join(output.get("text", "") for output in cell.outputs)
    assert "FOUND" in text, cell.outputs
    return json.loads(text.split("FOUND")[1])


def repo() -> list[str]:
    """Folders of this machine that a submission is sent to look into: it may not find the way by itself."""
    left_out = ("/usr", "/lib", "/bin", "/sbin", "/proc", "/sys", sys.prefix, sys.base_prefix)
    found = [ROOT, *ROOT.glob("*/"), *ROOT.glob("notebooks/*/*/"), Path.home(), Path("/sys/devices/system/cpu")]
    for pattern in ("/*/", "/*/*/", "/*/*/*/"):
        # Other tests make and remove folders meanwhile.
        found += map(Path, glob.glob(pattern, include_hidden=True))  # noqa: PTH207 - Path.glob raises where one is gone
    names = [str(path) for path in found if not path.is_symlink()]
    return sorted(
        {name for name in names if not name.startswith(left_out) or name.startswith("/sys/devices/system/cpu")}
    )


def own(found: dict) -> tuple[str, ...]:
    """What is the submission's by right: its scratch folder, the helpers and the data of the course."""
    return found["cwd"] + "/", f"{ROOT}/companion/", f"{ROOT}/data/"


def test_it_reads_its_own_folder_the_course_s_helpers_and_the_system(found):
    allowed = own(found) + ALLOWED["read"]
    too_much = [path for path in found["read"] if not path.startswith(allowed) and not interpreter(path)]
    assert too_much == []
    assert any(path.startswith(f"{ROOT}/companion/") for path in found["read"]), "nothing was looked at"


def test_it_writes_its_own_folder_and_nothing_else(found):
    allowed = found["cwd"]
    too_much = [path for path in found["write"] if not path.startswith((allowed, *ALLOWED["write"]))]
    assert too_much == []
    assert found["cwd"] in found["write"]


def test_in_proc_it_sees_only_itself(found):
    others = [
        path for path in found["read"] + found["write"] if path.startswith("/proc/") and path.split("/")[2].isdigit()
    ]
    numbers = {path.split("/")[2] for path in others}
    assert len(numbers) <= 1, numbers  # its own


def test_it_lists_no_folder_of_others(found):
    for folder in (str(ROOT), str(ROOT / "notebooks"), str(Path.home()), "/var"):
        inside = [path for path in found["list"] if path == folder or path.startswith(folder + "/")]
        names = [path for path in inside if not (path + "/").startswith(own(found)) and not interpreter(path)]
        # Of a mount point's parents, bubblewrap shows the way to what it mounts, and nothing beside it.
        assert all(_only_leads_on(path, found) for path in names), names


def _only_leads_on(folder: str, found: dict) -> bool:
    shown = [path for path in found["list"] + found["read"] if path.startswith(folder + "/")]
    leads = own(found) + tuple(str(place) + "/" for place in (ROOT / "autograder" / "run" / "inside", sys.prefix))
    return all((path + "/").startswith(leads) or any(lead.startswith(path + "/") for lead in leads) for path in shown)


def interpreter(path: str) -> bool:
    return path.startswith(("/usr/", "/lib", "/bin/", "/sbin/", sys.prefix + "/", sys.base_prefix + "/"))


def test_no_secret_and_no_foreign_descriptor_is_inherited(found):
    assert not [name for name, value in found["environment"].items() if "SECRET" in name or "hunter2" in value]
    for target in found["descriptors"]:
        known = target.startswith(("pipe:", "socket:", "anon_inode:", "/dev/", "/proc/", found["cwd"]))
        assert known, target
    assert sum(target.startswith("socket:") for target in found["descriptors"]) <= 3
    assert os.environ.get("DATABASE_SECRET") is None
