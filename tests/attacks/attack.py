"""What an attack is: data from which a submission to the tiny lesson is made, and the safe result.

In most of them `row_means` is wrong and `noisy` is right, and both stand under the same attack. So one run shows
that the attack wins nothing for the wrong answer and no more than full marks for the right one.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from conftest import RIGHT

WRONG = "def row_means(X):\n    return np.sum(X, axis=1, keepdims=True) / 2\n"

FAILS, REJECTED, KILLED, DENIED, NO_EFFECT = "FRKDN"
SAFE = {
    FAILS: "the item fails, with a reason",
    REJECTED: "the submission is rejected, with a reason",
    KILLED: "killed, only that item lost",
    DENIED: "denied, nothing leaked or left behind",
    NO_EFFECT: "no effect: the grade is the honest one",
}

FORGING, READING, WRITING = "Forging the verdict", "Reading what is not theirs", "Writing what is not theirs"
EXHAUSTING, NOTEBOOKS = "Using everything up", "Odd notebooks"
BETWEEN, CONTROLS = "Between students", "Controls that must pass"
SECTIONS = (FORGING, READING, WRITING, EXHAUSTING, NOTEBOOKS, BETWEEN, CONTROLS)

LEFT = "left-by-an-attack"
"""Part of the name or the content of everything that an attack tries to leave behind."""

THROUGH = "GOT THROUGH"
"""What an attempt prints when nothing stopped it; BROKEN says that the attempt itself is at fault."""


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        section, name: the part of the list that it belongs to, and what it tries.
        safe: one of :data:`SAFE`.
        answer: the text of `row_means`. cells: code cells that stand after the setup cell.
            In both, ``@NAME@`` stands for an address that differs from class to class: see :mod:`attacks.classroom`.
        change: is called with the notebook before it is written.
        place: ``place(folder, data)`` writes the submission itself, in whatever odd form.
        student: the name of the student's folder; ``None`` for an ordinary one.
        copies: how many students hand it in.
        whole: the attack stands before both exercises, and may cost both; else `noisy` has to pass.
        forged: a wrong answer got full marks so on stock nbgrader, by the list.
        stock: whether it can be run there without harm to the machine.
    """

    section: str
    name: str
    safe: str
    answer: str = WRONG
    cells: tuple[str, ...] = ()
    change: Callable | None = None
    place: Callable[[Path, bytes], None] | None = None
    student: str | None = None
    copies: int = 1
    whole: bool = False
    forged: bool = False
    stock: bool = True

    @property
    def right(self) -> bool:
        """Whether an honest run of this answer gets full marks."""
        return self.section == CONTROLS or self.answer == RIGHT["row_means"]


def answer(result: str, before: str = "") -> str:
    """A cell that defines `row_means` with the given body, after some lines of its own."""
    return f"{before}\ndef row_means(X):\n    {result}\n"


def notebook_of(attack: Attack, release: Path, names: dict[str, str]) -> bytes:
    """The notebook that the attacker writes, from the release, with the names of this class filled in."""
    notebook = nbformat.read(release, as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    cells["row_means"].source = filled(attack.answer, names)
    cells["noisy"].source = RIGHT["noisy"]
    after = notebook.cells.index(cells["setup"]) + 1
    notebook.cells[after:after] = [nbformat.v4.new_code_cell(filled(source, names)) for source in attack.cells]
    if attack.change:
        attack.change(notebook)
    return json.dumps(notebook).encode()


def filled(source: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        source = source.replace(f"@{name}@", value)
    return source


_ATTEMPTS = '''
import ctypes, errno, os, platform, sys

def attempt(name, action):
    refused = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOENT, errno.EROFS, errno.ESRCH, errno.EXDEV,
               errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, errno.EAGAIN, errno.EBADF, errno.ENOTSUP}
    try:
        value = action()
    except OSError as error:
        known = error.errno in refused or isinstance(error, (FileNotFoundError, PermissionError))
        known = known or type(error).__name__ == "gaierror" or "Operation not permitted" in str(error)
        print("DENIED" if known else "BROKEN", name, type(error).__name__, error)
    except Exception as error:
        print("BROKEN", name, type(error).__name__, error)
    else:
        print("GOT THROUGH", name, str(value)[:1_000_000])

def system_call(x86, arm, *arguments):
    """A system call by its number on either processor; OSError where it is refused."""
    number = x86 if platform.machine() == "x86_64" else arm
    arguments = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    found = ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *arguments)
    if found < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return found

def read(path):
    with open(path, "rb") as file:
        return file.read(1_000_000)

def write(path, text="@LEFT@"):
    with open(path, "w") as file:
        return file.write(text)
'''.replace("@LEFT@", LEFT)


def attempts(*actions: str) -> tuple[str, ...]:
    """A cell that tries each action, an expression, and prints what became of it."""
    return attempting(*(f"attempt({action!r}, lambda: {action})" for action in actions))


def attempting(*lines: str) -> tuple[str, ...]:
    """A cell of these lines, which may use ``attempt``, ``system_call``, ``read`` and ``write``."""
    return ("\n".join([_ATTEMPTS, *lines]),)


SEND = '''
def send(kind, content):
    """Send a message as the kernel does, whichever kernel it is."""
    kernel = get_ipython().kernel
    parent = kernel.get_parent() if hasattr(kernel, "get_parent") else None
    kernel.session.send(getattr(kernel, "iopub_socket", None), kind, content, parent=parent)
'''
