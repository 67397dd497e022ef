"""A probe that a submission runs in each kind of sandbox; the attacks themselves are in tests/attacks/."""

import json

from nbformat.v4 import new_code_cell, new_notebook

from autograder.places import repository
from autograder.run import Limits, run_notebook

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
