"""What a verdict looks like: HTML for light and dark pages, and the same in plain text.

Colours are inherited; only the edge has one of its own, and what it says stands there as a sign and a word too.
Whatever comes from a learner is text, not HTML; what looks like mathematics in it is left alone.
"""

import html
import re
import textwrap
from dataclasses import dataclass

from companion.one_line import one_line
from companion.plots import GREEN, RED

GREY = "#808080"
EDGES = {"✓": GREEN, "✗": RED}
"""The colour of the edge by the sign; each is seen on white and on black."""

LONGEST = 900
"""Signs of one line: longer than any cause, shorter than what a learner's error may hold."""

_BOX = (
    "border: 1px solid {edge}; border-left: 5px solid {edge}; padding: 6px 12px; margin: 4px 0; max-width: 60em; "
    "color: inherit; background: transparent; text-align: left; overflow-wrap: anywhere"
)
_CELL = "text-align: left; vertical-align: top; padding: 2px 12px 2px 0; color: inherit; background: transparent"
_SHORT = f"{_CELL}; white-space: nowrap"


@dataclass(frozen=True)
class Box:
    """A verdict to show.

    Attributes:
        sign: ✓, ✗ or –. head: the first line. lines: those below, each a label (or "") and a text.
        table: rows of cells, the first row being their headings; shown between head and lines.
    """

    sign: str
    head: str
    lines: tuple[tuple[str, str], ...] = ()
    table: tuple[tuple[str, ...], ...] = ()

    def text(self) -> str:
        """The box in plain text."""
        rows = [f"{self.sign} {_tidy(self.head)}"]
        widths = [max(map(len, column)) for column in zip(*self.table, strict=True)]
        for row in self.table:
            cells = [_tidy(cell).ljust(width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
            rows.append("  " + "  ".join([*cells, _tidy(row[-1])]).rstrip())
        rows += [f"  {label}: {_tidy(text)}" if label else f"  {_tidy(text)}" for label, text in self.lines]
        return "\n".join(rows)

    def html(self) -> str:
        """The box as HTML, without a script, a style sheet or an id."""
        parts = [f'<div><span aria-hidden="true">{self.sign}</span> <strong>{_marked(self.head)}</strong></div>']
        if self.table:
            parts.append(_table(self.table))
        for label, text in self.lines:
            name = f"<strong>{html.escape(label)}:</strong> " if label else ""
            parts.append(f"<div>{name}{_marked(text)}</div>")
        style = _BOX.format(edge=EDGES.get(self.sign, GREY))
        # The two classes keep MathJax (of exported pages, and of JupyterLab) from taking a $ for mathematics.
        return f'<div class="tex2jax_ignore mathjax_ignore" style="{style}">{"".join(parts)}</div>'

    def wrapped(self, width: int = 80) -> list[str]:
        """The plain text in lines that nbgrader's Validate does not cut off."""
        return [
            part
            for line in self.text().splitlines()
            for part in textwrap.wrap(line, width, subsequent_indent="    ", drop_whitespace=True) or [""]
        ]


def show(box: Box) -> None:
    """Display a box in a notebook; print it in a plain Python."""
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        print(box.text())
    else:
        bundle = {"text/html": box.html(), "text/plain": box.text()}
        display(bundle, raw=True)


def _tidy(text: str) -> str:
    return one_line(text, LONGEST)


def _marked(text: str) -> str:
    """A text as HTML: what stands between backticks is code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(_tidy(text)))


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    def row(cells: tuple[str, ...], tag: str) -> str:
        styles = [_SHORT] * (len(cells) - 1) + [_CELL]
        inner = "".join(f'<{tag} style="{s}">{_marked(cell)}</{tag}>' for s, cell in zip(styles, cells, strict=True))
        return f"<tr>{inner}</tr>"

    body = "".join(row(cells, "td") for cells in rows[1:])
    table = f'<table style="margin: 4px 0"><thead>{row(rows[0], "th")}</thead><tbody>{body}</tbody></table>'
    return f'<div style="overflow-x: auto">{table}</div>'
