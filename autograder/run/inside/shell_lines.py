"""Shell lines and magics in a learner's cell: what fails there fails as a line, as in Jupyter, and the cell goes on.

A kernel that grades starts no process and reaches no network, so `!pip …`, `%pip …`, `%%bash` and `files = !ls` are
answered by a sentence. They are known by what IPython makes of them, never by their text.
"""

import builtins
import sys
from typing import Any

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.utils.text import SList

OUTSIDE = {"pip", "conda", "mamba", "micromamba", "uv", "system", "sx", "sc", "alias", "rehashx", "killbgscripts"}
"""Line magics that start another program."""
SCRIPTS = {"script", "sh", "bash", "cmd", "perl", "ruby", "pypy", "python", "python2", "python3", "system", "sx", "!"}
"""Cell magics that hand the cell to another program."""

NOBODY = "nobody is there to type an answer while a notebook is graded"


class ShellLines(ZMQInteractiveShell):
    """ipykernel's shell, in which a line that asks for another program only prints that it was not run."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Nothing: pictures are inline, and there are no windows. `%matplotlib` asks for it."""

    def system(self, cmd: str) -> None:
        _not_run(f"!{cmd}")

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:  # noqa: ARG002 - IPython's own
        _not_run(f"!{cmd}")
        return SList() if split else ""

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        if magic_name in OUTSIDE:
            _not_run(f"%{magic_name} {line}")
            return SList() if magic_name in ("system", "sx") else None
        try:
            return super().run_line_magic(magic_name, line, _stack_depth + 1)
        except Exception as error:  # noqa: BLE001 - a magic may raise anything; it is one line of the cell
            _say(f"{type(error).__name__}: {error} (in `%{_short(f'{magic_name} {line}')}`; the cell goes on)")
            return None

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        if magic_name in SCRIPTS:
            _not_run(f"%%{magic_name} {line}", "")
            return None
        return super().run_cell_magic(magic_name, line, cell)  # type: ignore[no-untyped-call]


def nobody_answers() -> None:
    """Let `input()` and `breakpoint()` say that there is nobody; they would find a file at its end, or just leave."""

    def refuse(*_: object, **__: object) -> str:
        raise EOFError(NOBODY)

    builtins.input = sys.breakpointhook = refuse


def _not_run(what: str, then: str = " The cell goes on.") -> None:
    _say(f"`{_short(what)}` was not run: no other program can be started while a notebook is graded.{then}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
