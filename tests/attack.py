"""What the attacks on the tiny lesson share: answers to `row_means`, and what must be true of any verdict on them."""

import json

from nbformat.v4 import new_code_cell, new_notebook

from autograder.places import repository
from autograder.run import Limits, run_notebook


def answer(result: str, before: str = "") -> str:
    """A cell that defines `row_means` with the given body, after some lines of its own."""
    return f"{before}\ndef row_means(X):\n    {result}\n"


def nothing_won(items: dict) -> None:
    """The wrong answer got nothing, and the other exercise no more than its points."""
    wrong, other = items["row_means"], items["noisy"]
    assert wrong.points == 0 and not wrong.passed and wrong.max_points == 3, wrong
    assert 0 <= other.points <= other.max_points == 2
    assert other.passed == (other.points == 2)
    assert len(wrong.sentence) > 20


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
    attempt("write " + place, lambda: open(os.path.join(place, "left") if os.path.isdir(place) else place, "a").write("x"))
attempt("UDP", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
attempt("Unix", lambda: socket.socket(socket.AF_UNIX))
attempt("fork", os.fork)
attempt("signal", lambda: os.kill(os.getppid(), 0))
attempt("shell", lambda: os.posix_spawn("/bin/true", ["true"], {}))
print("FOUND" + json.dumps(found))
"""


def probe_under(sandbox) -> dict[str, str]:
    """What a submission reaches in a sandbox: "done", or the name of the error, for each attempt."""
    root = repository().root
    places = [str(root / name) for name in ("README.md", "autograder/references", "notebooks", ".git", "tests")]
    cell = new_code_cell(f"PLACES = {[*places, '/etc/passwd', '/var/tmp', '/dev/shm']!r}\n{REACHES}")
    notebook = new_notebook(cells=[cell])
    _, isolation = run_notebook(notebook, root, "seed", Limits(), sandbox)
    assert isolation == sandbox.name
    return json.loads(cell.outputs[0].text.split("FOUND")[1])
