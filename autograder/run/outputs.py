"""What a cell printed, showed and handed over, as it is kept: of the agreed form, whatever the kernel sent."""

import itertools

from nbformat import NotebookNode
from nbformat.v4 import new_output, output_from_msg

MIME = "application/x-autograder-case+json"
"""What a case comes as; companion/cases.py says the same (a test compares), but would bring matplotlib along."""


class Outputs:
    """What one cell sends, taken in message by message.

    Args:
        room: bytes of text and pictures to keep. answers: bytes of cases to keep.

    Attributes:
        reports: the cases that were handed over, as they came.
    """

    def __init__(self, room: int, answers: int):
        self.room, self.answers = room, answers
        self.reports: list = []
        self._kept: list[NotebookNode] = []
        self._by_display: dict[str, list[NotebookNode]] = {}
        self._clear_before_next = False

    def take(self, message: dict, size: int) -> None:
        """Take in a message of ``size`` bytes; what is of no agreed form, or too much, is passed over."""
        kind, content = message.get("msg_type"), message.get("content")
        if not isinstance(content, dict):
            return
        if kind == "display_data" and isinstance(content.get("data"), dict) and MIME in content["data"]:
            self.answers -= size
            if self.answers >= 0 and len(self.reports) < 1000:
                self.reports.append(content["data"][MIME])
            return
        self.room -= size
        if self.room < 0:
            return
        if kind == "clear_output":
            self._clear_before_next = True
            if not content.get("wait"):
                self._clear()
            return
        try:
            output = output_from_msg({"header": {"msg_type": kind.removeprefix("update_")}, "content": content})
        except Exception:
            return  # the learner's code made it
        self._show(output, kind, content)

    def _show(self, output: NotebookNode, kind: str, content: dict) -> None:
        transient = content.get("transient")
        display = transient.get("display_id") if isinstance(transient, dict) else None
        if isinstance(display, str):
            for shown in self._by_display.get(display, []):
                shown.data, shown.metadata = output.data, output.metadata
            self._by_display.setdefault(display, []).append(output)
        if kind != "update_display_data":
            if self._clear_before_next:
                self._clear()
            self._kept.append(output)

    def _clear(self) -> None:
        self._kept, self._clear_before_next = [], False

    def tidy(self) -> list[NotebookNode]:
        """The outputs; see :func:`tidy`."""
        return tidy(self._kept)


def tidy(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs with every field of its type, and what was printed in pieces as one text.

    What a carriage return overwrote is left out. nbclient's own `coalesce_streams` takes quadratic time on a
    long line: hours for 2 MB.
    """
    found = []
    for name, group in itertools.groupby(map(_plain, outputs), lambda x: x.get("name")):
        group = list(group)
        if name is not None:
            lines = "".join(output.text for output in group).split("\n")
            group = [group[0]]
            group[0].text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)
        found.extend(group)
    return found


def _plain(output: NotebookNode) -> NotebookNode:
    kind = output.output_type
    if kind == "stream":
        return new_output("stream", name="stderr" if output.name == "stderr" else "stdout", text=_text(output.text))
    if kind == "error":
        lines = output.traceback if isinstance(output.traceback, list) else []
        traceback = [_text(line) for line in lines]
        return new_output("error", ename=_text(output.ename), evalue=_text(output.evalue), traceback=traceback)
    data = output.data if isinstance(output.data, dict) else {}
    return new_output(kind, data={_text(key): _text(value) for key, value in data.items() if isinstance(value, str)})


def _text(value: object) -> str:
    """A text that can be written as UTF-8."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
