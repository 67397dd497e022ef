"""What a cell printed, showed and handed over, as it is kept: of the agreed form, whatever the kernel sent."""

import itertools
from typing import Any

from nbformat import NotebookNode

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
        self.reports: list[Any] = []
        self._kept: list[NotebookNode] = []
        self._by_display: dict[str, list[NotebookNode]] = {}
        self._clear_before_next = False

    def take(self, message: dict[str, Any], size: int) -> None:
        """Take in a message of ``size`` bytes; what is of no agreed form, or too much, is passed over."""
        kind, content = message.get("msg_type"), message.get("content")
        if not isinstance(content, dict) or not isinstance(kind, str):
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
            output = _output(kind.removeprefix("update_"), content)
        except (AttributeError, KeyError, TypeError):
            return  # the learner's code made it
        self._show(output, kind, content)

    def _show(self, output: NotebookNode, kind: str, content: dict[str, Any]) -> None:
        transient = content.get("transient")
        display = transient.get("display_id") if isinstance(transient, dict) else None
        if isinstance(display, str):
            for shown in self._by_display.get(display, []):
                shown.data = output.data
            self._by_display.setdefault(display, []).append(output)
        if kind != "update_display_data":
            if self._clear_before_next:
                self._clear()
            self._kept.append(output)

    def _clear(self) -> None:
        self._kept, self._clear_before_next = [], False

    def tidy(self) -> list[NotebookNode]:
        """The outputs, with what was printed in pieces as one text.

        What a carriage return overwrote is left out. nbclient's own `coalesce_streams` takes quadratic time on a
        long line: hours for 2 MB.
        """
        found: list[NotebookNode] = []
        for name, outputs in itertools.groupby(self._kept, lambda output: output.get("name")):
            group = list(outputs)
            if name is not None:
                lines = "".join(output.text for output in group).split("\n")
                group = [group[0]]
                group[0].text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)
            found.extend(group)
        return found


def _output(kind: str, content: dict[str, Any]) -> NotebookNode:
    """One output with every field of its type; made by hand, because nbformat checks each against its schema.

    Raises:
        KeyError, TypeError: the message is of no agreed form.
    """
    if kind == "stream":
        name = "stderr" if content["name"] == "stderr" else "stdout"
        return NotebookNode(output_type=kind, name=name, text=_text(content["text"]))
    if kind == "error":
        lines = [_text(line) for line in content["traceback"]]
        ename, evalue = _text(content["ename"]), _text(content["evalue"])
        return NotebookNode(output_type=kind, ename=ename, evalue=evalue, traceback=lines)
    if kind not in ("display_data", "execute_result") or not isinstance(content["data"], dict):
        raise TypeError(f"a message of the kind {kind!r}")
    data = {_text(key): _text(value) for key, value in content["data"].items() if isinstance(value, str)}
    output = NotebookNode(output_type=kind, data=NotebookNode(data), metadata=NotebookNode())
    if kind == "execute_result":
        output.execution_count = None
    return output


def _text(value: object) -> str:
    """A text that can be written as UTF-8. Raises TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} in the place of a text")
    return value.encode("utf-8", "replace").decode()
