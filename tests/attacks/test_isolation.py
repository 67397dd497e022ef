"""What a submission can open, write, connect to and signal, tried out by a submission."""

import json

import nbformat
import pytest

from autograder.grade import grade_notebook
from autograder.places import repository
from autograder.run import best_sandbox

pytestmark = pytest.mark.slow
ROOT = repository().root
LESSON = repository().select("gradient_checking")[0]

PROBE = """
import glob, json, os, signal, socket, subprocess, sys, tempfile

ROOT = {root!r}
found = {{}}


def attempt(name, action):
    try:
        action()
        found[name] = "done"
    except BaseException as error:
        found[name] = type(error).__name__


def read(path):
    return lambda: open(path, "rb").read(10)


def write(path):
    return lambda: open(path, "w").write("x")


for name in {inside!r}:
    attempt("read " + name, read(os.path.join(ROOT, name)))
attempt("list the repository", lambda: os.listdir(ROOT))
attempt("read /etc/passwd", read("/etc/passwd"))
attempt("list home", lambda: os.listdir(os.path.expanduser("~" + "root")))
attempt("list /tmp", lambda: os.listdir("/tmp"))
attempt("import autograder", lambda: __import__("autograder"))
for name in ("environ", "mem", "maps", "cmdline", "fd"):
    path = "/proc/%d/%s" % (os.getppid(), name)
    attempt("parent's " + name, (lambda: os.listdir(path)) if name == "fd" else read(path))
attempt("signal the parent", lambda: os.kill(os.getppid(), 0))
for name in ("sitecustomize.py", "x.pth"):
    attempt("write " + name, write(os.path.join(sys.prefix, "lib", name)))
attempt("write companion", write(os.path.join(ROOT, "companion", "x.py")))
attempt("write data", write(os.path.join(ROOT, "data", "x")))
attempt("write /tmp", write("/tmp/left-behind"))
attempt("write /dev/shm", write("/dev/shm/left-behind"))
attempt("link the references", lambda: (os.symlink(ROOT + "/autograder", "door"), os.listdir("door")))
attempt("hard link the references", lambda: os.link(ROOT + "/README.md", "door2"))
attempt("TCP out", lambda: socket.create_connection(("127.0.0.1", 9), 1))
attempt("TCP in", lambda: socket.socket().bind(("127.0.0.1", 0)))
attempt("in a subprocess", lambda: subprocess.run(["cat", ROOT + "/README.md"], check=True, capture_output=True))
attempt("scratch", write("mine"))
attempt("tempfile", tempfile.mkstemp)
attempt("companion", lambda: __import__("companion").data.load_planar("circles"))
found["secrets"] = sorted(name for name in os.environ if "SECRET" in name)
found["descriptors"] = sorted(
    os.readlink("/proc/self/fd/" + fd) for fd in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + fd)
)
print("FOUND" + json.dumps(found))
"""
INSIDE = (
    "README.md", ".git/HEAD", "notebooks/nbgrader_config.py", str(LESSON.public_record.relative_to(ROOT)),
    str(LESSON.text.relative_to(ROOT)), str(LESSON.source.relative_to(ROOT)), "tests/attacks/test_isolation.py",
)  # fmt: skip


@pytest.fixture(scope="module")
def found():
    """What the probe tells, run as a submission."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_SECRET", "hunter2")
        notebook = nbformat.read(LESSON.release, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(PROBE.format(root=str(ROOT), inside=INSIDE)))
        result = grade_notebook(notebook, LESSON)
    assert result.isolation == best_sandbox(ROOT).name and result.score == 0
    text = "".join(output.get("text", "") for output in result.notebook.cells[0].outputs)
    assert "FOUND" in text, result.notebook.cells[0].outputs
    return json.loads(text.split("FOUND")[1])


@pytest.mark.skipif(
    not best_sandbox(ROOT).landlock, reason="this system has no Landlock: submissions are not confined here"
)
def test_nothing_outside_can_be_read_written_reached_or_signalled(found):
    allowed = {"scratch", "tempfile", "companion"}
    for name, outcome in found.items():
        if name in allowed or name in ("secrets", "descriptors"):
            continue
        # A hard link out of the scratch folder is refused as a link across devices, a plain OSError.
        refusals = ("PermissionError", "CalledProcessError", "FileNotFoundError", "OSError", "ModuleNotFoundError")
        assert outcome in refusals, f"{name}: {outcome}"


def test_what_an_honest_notebook_needs_is_there(found):
    assert {found[name] for name in ("scratch", "tempfile", "companion")} == {"done"}


def test_no_secret_and_no_foreign_descriptor_is_inherited(found):
    assert found["secrets"] == []
    for target in found["descriptors"]:
        assert target.startswith(("pipe:", "socket:", "anon_inode:", "/dev/")) or "submission-" in target, target
