"""Odd notebooks: files that are none, cells that were tampered with, outputs that would run in the reader's browser."""

import copy
import gzip
import io
import json
import zipfile

from conftest import RIGHT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from attacks.attack import FAILS, NO_EFFECT, NOTEBOOKS, REJECTED, WRONG, Attack

MB = 2**20
EMPTY = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}


def file(name: str, make, safe: str = REJECTED, **more) -> Attack:
    """A submission whose file is ``make(bytes of the notebook)``."""

    def place(folder, data):
        folder.mkdir(parents=True)
        (folder / "tiny.ipynb").write_bytes(make(data))

    return Attack(NOTEBOOKS, name, safe, place=place, **more)


def tampered(name: str, change, safe: str = NO_EFFECT, **more) -> Attack:
    return Attack(NOTEBOOKS, name, safe, change=change, **more)


def shown(name: str, *cells) -> Attack:
    """Cells whose source or output would run in a browser."""
    return Attack(NOTEBOOKS, name, NO_EFFECT, change=lambda notebook: notebook.cells.extend(copy.deepcopy(cells)))


def named(name: str, *files: str, safe: str = REJECTED, **more) -> Attack:
    """The notebook under other names, or under more than one."""

    def place(folder, data):
        folder.mkdir(parents=True)
        for one in files:
            (folder / one).write_bytes(data)

    return Attack(NOTEBOOKS, name, safe, place=place, **more)


def archive(size: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("tiny.ipynb", bytes(size))
    return target.getvalue()


def outputs(data: bytes, text: str) -> bytes:
    tree = json.loads(data)
    tree["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    return json.dumps(tree).encode()


def graded(notebook):
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def delete(notebook):
    notebook.cells = [cell for cell in notebook.cells if cell not in graded(notebook)]


def duplicate(notebook):
    for cell in graded(notebook):
        twin = copy.deepcopy(cell)
        twin.source, twin.id = "3.0", "twin" + cell.id[:8]
        notebook.cells.insert(notebook.cells.index(cell), twin)


def each(**changes):
    """A change of the nbgrader metadata of every cell that has some."""

    def change(notebook):
        for cell in notebook.cells:
            if "nbgrader" in cell.metadata:
                cell.metadata["nbgrader"].update(changes)

    return change


def retyped(kind):
    def change(notebook):
        for cell in graded(notebook):
            cell.cell_type = kind
            cell.pop("outputs", None), cell.pop("execution_count", None)

    return change


def rewritten(notebook):
    for cell in [*graded(notebook), notebook.cells[1]]:
        cell.source = "hidden_cases = lambda *a, **k: lambda draw: None\n3.0"


def same_ids(notebook):
    for cell in notebook.cells:
        cell.id = "same"


def kernelspec(notebook):
    notebook.metadata["kernelspec"] = {
        "name": "../../evil",
        "argv": ["/bin/true"],
        "display_name": "x",
        "language": "bash",
    }
    notebook.metadata["language_info"] = {"name": "bash", "pygments_lexer": "../../../etc/passwd"}


def swapped_ids(notebook):
    ids = [cell.metadata["nbgrader"]["grade_id"] for cell in graded(notebook)]
    for cell, name in zip(graded(notebook), reversed(ids), strict=True):
        cell.metadata["nbgrader"]["grade_id"] = name


def answers_twice(notebook):
    cell = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "row_means")
    notebook.cells.append(copy.deepcopy(cell))
    notebook.cells[-1].id = "again"


def widgets(notebook):
    notebook.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"x": {"model_name": "HTML"}}}
    }
    notebook.metadata["title"] = "<script>alert('ATTACK')</script>"


def preset(notebook):
    for cell in graded(notebook):
        cell.outputs = [
            {"output_type": "execute_result", "data": {"text/plain": "3.0"}, "metadata": {}, "execution_count": 1}
        ]


SCRIPT = "<script>alert('ATTACK')</script>"
DISPLAY = "from IPython.display import *\n"
ATTACKS = [
    file("truncated JSON", lambda data: data[: len(data) // 2]),
    file("not JSON", lambda data: b"print('hello')"),
    file("a web page", lambda data: b"<!DOCTYPE html><html><script>alert('ATTACK')</script></html>"),
    file("an empty file", lambda data: b""),
    file("wrong nbformat", lambda data: json.dumps(json.loads(data) | {"nbformat": 99}).encode()),
    file("nbformat that is no number",
         lambda data: json.dumps(json.loads(data) | {"nbformat": "4; import os"}).encode()),
    file("deep nesting", lambda data: b"[" * 10**6),
    file("deep nesting in the metadata",
         lambda data: json.dumps(json.loads(data) | {"metadata": {"x": "@"}}).encode().replace(
             b'"@"', b"[" * 5000 + b"]" * 5000)),
    file("100 MB of outputs", lambda data: outputs(data, "x" * 100 * MB)),
    file("19 MB of outputs, just below the limit", lambda data: outputs(data, "x" * 19 * MB), NO_EFFECT),
    file("zip bomb", lambda data: archive(200 * MB)),
    file("gzip bomb", lambda data: gzip.compress(bytes(100 * MB))),
    file("non-UTF-8", lambda data: data.replace(b"row", b"r\xf6w", 1)),
    file("UTF-16", lambda data: json.dumps(json.loads(data)).encode("utf-16")),
    file("NUL", lambda data: bytes(1000)),
    file("NUL between the cells", lambda data: data.replace(b'"cells"', b'\0"cells"', 1)),
    file("keys given twice", lambda data: b'{"cells": [], "nbformat": 3,' + data[1:], NO_EFFECT),
    file("NaN and 1e999 in the metadata",
         lambda data: json.dumps(json.loads(data) | {"x": float("nan"), "y": 1e308}).encode(), NO_EFFECT),
    file("cells that are no list", lambda data: json.dumps(EMPTY | {"cells": {"a": 1}}).encode()),
    file("no cells at all", lambda data: json.dumps(EMPTY).encode(), FAILS, whole=True),
    file("a number of a million digits", lambda data: data[:-1] + b', "x": ' + b"9" * 10**6 + b"}"),
    tampered("test cells deleted", delete),
    tampered("test cells duplicated", duplicate),
    tampered("test cells unlocked", each(locked=False)),
    tampered("test cells rewritten", rewritten),
    tampered("test cells turned into markdown", retyped("markdown")),
    tampered("test cells turned raw", retyped("raw")),
    tampered("points changed to 100", each(points=100)),
    tampered("points changed to NaN", each(points=float("nan"))),
    tampered("points changed to -1e308 and text", each(points="-1e308")),
    tampered("every cell made a solution", each(solution=True, grade=False)),
    tampered("every cell made manually graded", each(solution=True, grade=True, task=True)),
    tampered("cell ids doubled", same_ids),
    tampered("grade ids swapped", swapped_ids),
    tampered("the answer twice, the second as an extra cell", answers_twice),
    tampered("kernelspec forged", kernelspec),
    tampered("schema versions forged", each(schema_version=99, checksum="0" * 32, cell_type="markdown")),
    tampered("outputs with a grade handed in", preset),
    tampered("cells in reverse order", lambda notebook: notebook.cells.reverse()),
    tampered("widgets and a title in the metadata", widgets),
    tampered("100 000 empty cells", lambda notebook: notebook.cells.extend([new_markdown_cell("")] * 100_000)),
    named("renamed notebook", "my-homework.ipynb", safe=NO_EFFECT),
    named("renamed by its case", "Tiny.IPYNB", safe=NO_EFFECT),
    named("a copy's name", "tiny (1).ipynb", "tiny-Copy1.ipynb"),
    named("extra notebook beside it", "tiny.ipynb", "extra.ipynb", safe=NO_EFFECT),
    named("empty folder"),
    named("bidi marks in a second name", "tiny.ipynb", "\u202egnp.ipynb", safe=NO_EFFECT),
    Attack(NOTEBOOKS, "homoglyph function names", FAILS,
           answer=RIGHT["row_means"].replace("row_means", "row_m\u0435ans")),
    Attack(NOTEBOOKS, "a name that only NFKC makes the right one", NO_EFFECT,
           answer=WRONG.replace("row_means", "row_\uff4deans")),
    Attack(NOTEBOOKS, "bidi marks in the code", NO_EFFECT, cells=("s = 'a\u202e\u2066b'  # \u2069 3.0",)),
    Attack(NOTEBOOKS, "NUL in the code", NO_EFFECT, change=lambda n: n.cells.insert(2, new_code_cell("x = 1\x00"))),
    *(Attack(NOTEBOOKS, f"a student's folder of an odd name: {student!r}", NO_EFFECT, student=student)
      for student in ("-rf", "a b", "x;touch y", "$(id)", "../up".replace("/", "\u2044"), "<script>alert('ATTACK')<",
                      "O'Neil\"",
                      "élève-学生", "%s%n", "course9-week1", "*", "." * 3)),
    shown("HTML in outputs", new_code_cell(DISPLAY + f"display(HTML({SCRIPT!r}))"),
          new_code_cell(DISPLAY + "display(HTML('<img src=x onerror=\"alert(1)\" title=ATTACK><iframe "
                                  "srcdoc=ATTACK>'))")),
    shown("JavaScript in outputs", new_code_cell(DISPLAY + "display(Javascript('alert(\"ATTACK\")'))"),
          new_code_cell("from IPython.display import display\ndisplay({'application/vnd.jupyter.widget-view+json': "
                        "{'model_id': 'ATTACK'}, 'application/vnd.mathjax': 'ATTACK', 'text/plain': 'x'}, raw=True)")),
    shown("ANSI in outputs",
          new_code_cell(f"print('\\x1b]8;;javascript:alert(1)\\x07ATTACK\\x1b]8;;\\x07\\x1b[31m{SCRIPT}'.replace('q', "
                        "''))")),
    shown("SVG, LaTeX, Markdown and JSON outputs", new_code_cell(
        DISPLAY + "display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\" id=\"ATTACK\"/>'))"),
        new_code_cell(DISPLAY + "display(Latex(r'$\\href{javascript:alert(\"ATTACK\")}{x}$'), "
                      "Markdown('[x](javascript:ATTACK)'), JSON({'x': '</script><script>ATTACK'}))")),
    shown("pictures that are none", new_code_cell(
        "from IPython.display import display\ndisplay({'image/png': '\"><script>ATTACK</script>', "
        "'image/svg+xml': '<svg onload=\"ATTACK\"/>', 'image/jpeg': 'x\" onerror=\"ATTACK'}, raw=True)")),
    shown("errors with markup", new_code_cell(f"raise type('</pre>{SCRIPT}', (Exception,), {{}})({SCRIPT!r})")),
    shown("markdown with scripts, handlers, links and data addresses", new_markdown_cell(
        f"{SCRIPT} <img src=x onerror=\"alert('ATTACK')\"> [x](javascript:alert('ATTACK')) "
        "![y](data:text/html,ATTACK)\n\n"
        "<svg/onload=alert('ATTACK')> <a href=\"&#106;avascript:ATTACK\">z</a> <style>@import 'ATTACK'</style>"),
        new_markdown_cell("$$\\require{html}\\href{javascript:ATTACK}{x}$$ "
                          "<math><mtext></form><script>ATTACK</script>")),
    shown("raw cells", new_raw_cell(SCRIPT, metadata={"raw_mimetype": "text/html"}), new_raw_cell(SCRIPT)),
    shown("attachments", new_markdown_cell("![x](attachment:a.svg)", attachments={"a.svg": {"image/svg+xml": SCRIPT}})),
]  # fmt: skip
