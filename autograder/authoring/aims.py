"""What a release shows of the solved notebook: its pictures, and behind each experiment what one should see.

The code that leads there stays away: only outputs of cells tagged `picture` and `demo` are taken over, which hold no
answer to an exercise.
"""

import html
import re

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.notebooks import AIM, has_tag

_IMAGE = re.compile(r'<img alt="[^"]*" src="data:image/png;base64,[A-Za-z0-9+/=\s]+"[^<>]*>')
"""A picture as `companion.plots.show` displays it."""


def show_aims(release: NotebookNode, executed: NotebookNode) -> None:
    """Put the pictures and the folded aims into a release, in place.

    Args:
        release: as nbgrader made it. executed: the solved notebook with its outputs; its cells have the same ids.
    """
    outputs = {cell.id: cell.get("outputs", []) for cell in executed.cells}
    cells = []
    for cell in release.cells:
        cells.append(cell)
        if has_tag(cell, "picture"):
            cell.outputs = outputs[cell.id]
        elif has_tag(cell, "demo") and (shown := "\n\n".join(filter(None, map(_shown, outputs[cell.id])))):
            cells.append(_folded(cell, shown))
    release.cells = cells


def _folded(cell: NotebookNode, shown: str) -> NotebookNode:
    aim = new_markdown_cell(f"{AIM}\n\n{shown}\n\n</details>", metadata={"editable": False})
    aim.id = f"aim-{cell.id}"[:64]
    return aim


def _shown(output: NotebookNode) -> str:
    """One output as Markdown: printed text as it is, a picture with its text alternative."""
    if output.output_type == "stream":
        return f"```text\n{output.text.rstrip()}\n```"
    data = output.get("data", {})
    images = _IMAGE.findall(data.get("text/html", ""))
    return "\n\n".join(images) or (f"<pre>{html.escape(data['text/plain'])}</pre>" if "text/plain" in data else "")
