"""What a cell printed and showed, as it is kept: of the agreed form, whatever the kernel sent."""

import itertools

from nbformat import NotebookNode
from nbformat.v4 import new_output


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
