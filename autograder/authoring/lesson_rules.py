"""The rules that a lesson's essay keeps: what its cells may say, and how exercises and graded cells belong together."""

import ast
import difflib
import math
import re
from typing import TYPE_CHECKING

import jupytext
from nbformat import NotebookNode

from autograder.authoring.right_versions import bound_by, used_by
from autograder.authoring.text_errors import listed_or_meant, parsed
from autograder.errors import LessonError
from autograder.notebooks import BEGIN, END, grade_id_of, has_role

if TYPE_CHECKING:
    from autograder.authoring.lesson_text import LessonText

TAGS = ("check", "demo", "further", "picture")
"""Tags that a cell may have; `further` marks an experiment for those who want more."""

NBGRADER = ("grade", "grade_id", "locked", "points", "solution")
"""What a cell's header may say to nbgrader."""

CONTRACT = ("calls", "cases", "extra_keys", "in_place", "returns", "rtol", "atol")
"""What `hidden_cases` takes besides the exercise; `accept` and `forms` stand in the answers file."""

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
MARKERS = (BEGIN, END, BEGIN_HIDDEN, END_HIDDEN)

GRADE_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")
"""What nbgrader, a cell's id and the name of a record's group take alike."""

SEEDED = ("default_rng", "Generator", "RandomState", "SeedSequence", "PCG64")
"""What a case may take from np.random: generators with a seed of their own."""


CUTS = re.compile(r"\s*#\s*(%%+(\s|$)|(<codecell>|In\[[0-9 ]*\]:?)\s*$)")
"""What jupytext takes for the first line of a cell."""

EXAMPLE = '# %% nbgrader={"solution": true, "grade_id": "softmax"} tags=["check"]'


def check_layout(text: str, headers: list[int], shown: str) -> None:
    """The text is a row of cells, each below its header: what jupytext would cut or read otherwise is refused.

    Args:
        text: of the essay. headers: the line of each cell's header. shown: how errors name the file.
    """
    if not text.lstrip().startswith("# %%") or not headers:
        raise LessonError(f"{shown}:1", "a lesson begins with the header of its first cell: # %% [markdown]")
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if number not in headers and CUTS.match(line):
            rule = f"`{line.strip()[:40]}` would begin another cell; a header is `# %%` at the beginning of a line"
            raise LessonError(f"{shown}:{number}", f"{rule}, and a comment is not written so")
    for first, after in zip(headers, [*headers[1:], len(lines) + 1], strict=True):
        header = lines[first - 1]
        words = _words_of(header)
        if words is None:
            found = f"this cell's header cannot be read; expected, for example: {EXAMPLE}"
            raise LessonError(f"{shown}:{first}", f"{found}; found: {header[:80]}")
        if "[markdown]" not in header:
            # A string that is not closed would swallow the headers below it.
            parsed("\n".join(lines[first : after - 1]), shown, first + 1)


def _words_of(header: str) -> dict | None:
    """What a header says, as jupytext reads it; None where it is not written well."""
    try:
        (cell,) = jupytext.reads(header + "\n", fmt="py:percent").cells
    except Exception:  # noqa: BLE001 - jupytext stumbles in many ways over a value of a kind that it did not expect
        return None
    words = dict(cell.metadata)
    tags = words.get("tags", [])
    good = "incorrectly_encoded_metadata" not in words and isinstance(words.get("nbgrader", {}), dict)
    return words if good and isinstance(tags, list) and all(isinstance(tag, str) for tag in tags) else None


def check_words(cell: NotebookNode, where: str) -> None:
    """A cell's header says nothing that is not known: a mistyped word could publish an answer.

    Args:
        cell: as jupytext read it. where: file and line of its header.
    """
    for what, found, known in (
        ("word in a cell's header", set(cell.metadata) - {"lines_to_next_cell"}, ("nbgrader", "tags")),
        ("tag", cell.metadata.get("tags", []), TAGS),
        ("key of nbgrader", cell.metadata.get("nbgrader", {}), NBGRADER),
    ):
        for word in sorted(set(found) - set(known)):
            raise LessonError(where, f"no {what} is called {word!r}; {listed_or_meant(word, known)}")


def check_header(given: dict, where: str) -> None:
    """What a header says to nbgrader fits together."""
    grade_id, points = given.get("grade_id"), given.get("points")
    if not isinstance(grade_id, str):
        raise LessonError(where, "a cell that nbgrader knows needs a grade_id")
    if not GRADE_ID.fullmatch(grade_id):
        rule = f"a grade_id is made of letters, digits, - and _, at most 60, without a blank; found {grade_id[:70]!r}"
        raise LessonError(where, rule)
    if given["grade"] and not (
        isinstance(points, int | float) and not isinstance(points, bool) and 0 < points < math.inf
    ):
        raise LessonError(where, f"a graded cell needs points, a number above 0; found {points!r}")
    if sum(bool(given[role]) for role in ("grade", "solution")) + (given["locked"] and not given["grade"]) != 1:
        raise LessonError(where, "a cell that nbgrader knows is one thing: a solution, graded, or locked")


def tested(lesson: "LessonText", cell: NotebookNode) -> str:
    """The exercise that a graded cell judges: the first argument of its hidden_cases."""
    call = _hidden_cases(parsed(cell.source, lesson.place.shown(lesson.place.text), lesson.lines[cell.id] + 1))
    if call is None or not call.args or not isinstance(call.args[0], ast.Constant):
        raise LessonError(
            lesson.where(cell), f'the graded cell {grade_id_of(cell)!r} holds no hidden_cases("…", cases=…)'
        )
    return str(call.args[0].value)


def check_cells(lesson: "LessonText") -> None:
    """Every cell by itself, and each exercise with its graded cell.

    Raises:
        LessonError: with file, line and rule.
    """
    shown = lesson.place.shown(lesson.place.text)
    ids: dict[str, NotebookNode] = {}
    graded: list[str] = []
    defined: set[str] = set()
    for cell in lesson.cells:
        if cell.cell_type != "code":
            continue
        tree = parsed(cell.source, shown, lesson.lines[cell.id] + 1)
        grade_id = grade_id_of(cell)
        if grade_id and ids.setdefault(grade_id, cell) is not cell:
            raise LessonError(lesson.where(cell), f"the grade_id {grade_id!r} stands on two cells")
        _check_markers(lesson, cell)
        _check_region(lesson, cell, (BEGIN, END), has_role(cell, "solution"))
        _check_region(lesson, cell, (BEGIN_HIDDEN, END_HIDDEN), has_role(cell, "grade"))
        if has_role(cell, "solution") and f"def {grade_id}(" not in cell.source:
            raise LessonError(lesson.where(cell), f"the solution cell {grade_id!r} must define the function {grade_id}")
        if has_role(cell, "grade"):
            exercise = tested(lesson, cell)
            if exercise in graded:
                raise LessonError(lesson.where(cell), f"{exercise} has two graded cells; give it one, with more cases")
            graded.append(exercise)
            _check_draws(lesson, cell, tree)
            _check_graded(lesson, cell, exercise, _hidden_cases(tree))
        elif call := _hidden_cases(tree):
            rule = "hidden cases stand in a graded cell, behind its verdict; here a release would show them"
            raise LessonError(lesson.where(cell, call.lineno), rule)
        else:
            statements = (node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom))
            defined.update(name for node in statements for name in bound_by(node))
    for exercise in graded:
        cell = lesson.tests[exercise]
        _check_names(lesson, cell, defined - {exercise})
        if exercise not in lesson.solutions:
            rule = f"a graded cell judges {exercise!r}, but no solution cell has that grade_id"
            raise LessonError(lesson.where(cell), rule)
    if not graded:
        raise LessonError(lesson.where(None), "no cell is graded")


def _check_region(lesson: "LessonText", cell: NotebookNode, markers: tuple[str, str], wanted: bool) -> None:
    """A region that is opened is closed: what stands between the markers never enters a release."""
    found = [(i, line.strip()) for i, line in enumerate(cell.source.splitlines(), 1) if line.strip() in markers]
    if [line for _, line in found] != (list(markers) if wanted else []):
        line = found[-1][0] if found else 0
        rule = f"needs one region from `{markers[0]}` to `{markers[1]}`" if wanted else f"may not hold `{found[0][1]}`"
        raise LessonError(lesson.where(cell, line), f"the cell {grade_id_of(cell) or 'here'} {rule}")


def _check_markers(lesson: "LessonText", cell: NotebookNode) -> None:
    """A line that is nearly a marker would pass for a comment, and publish what it was to hide."""
    for number, line in enumerate(cell.source.splitlines(), 1):
        words = re.match(r"\s*#[\s#]*((?:begin|end)\b.*)", line, re.IGNORECASE)
        if words is None or line.strip() in MARKERS:
            continue
        meant = {marker.strip("# "): marker for marker in MARKERS}
        near = difflib.get_close_matches(" ".join(words[1].upper().split()), meant, n=1, cutoff=0.8)
        near = near or [marker for marker in meant if marker in line]
        if near:
            rule = f"`{line.strip()[:60]}` is no marker; write it as `{meant[near[0]]}`"
            raise LessonError(lesson.where(cell, number), rule)


def _check_draws(lesson: "LessonText", cell: NotebookNode, tree: ast.Module) -> None:
    """A case draws from its own generator: another one holds something else in each notebook."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr in SEEDED:
            continue
        drawn = ast.unparse(node)
        if re.match(r"((np|numpy|tf|tensorflow)\.)?random\.\w+$", drawn):
            rule = f"a case draws from case.rng, not from {drawn}: write case.rng.standard_normal(shape), for example"
            raise LessonError(lesson.where(cell, node.lineno), rule)


def _check_names(lesson: "LessonText", cell: NotebookNode, defined: set[str]) -> None:
    """A case uses nothing that the notebook defines: to the names there, a learner may give another meaning.

    Args:
        defined: what the other cells define, but for the function that is judged.
    """
    tree = ast.parse(cell.source)
    own = {name for node in tree.body for name in bound_by(node)}
    foreign = (defined - own).intersection(used_by(cell.source))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in foreign:
            rule = f"a case uses {node.id}, to which a learner may give another meaning; define it in this cell"
            raise LessonError(lesson.where(cell, node.lineno), rule)


def _check_graded(lesson: "LessonText", cell: NotebookNode, exercise: str, call: ast.Call | None) -> None:
    before, _, hidden = cell.source.partition(BEGIN_HIDDEN)
    visible = (before + hidden.partition(END_HIDDEN)[2]).strip()
    if visible != f'verdict("{exercise}")':
        rule = f'what a learner sees of it is one line, verdict("{exercise}"); found {visible[:60]!r}'
        raise LessonError(lesson.where(cell), f"the graded cell {grade_id_of(cell)!r}: {rule}")
    for keyword in call.keywords if call else ():
        if keyword.arg in ("accept", "forms"):
            rule = f"{keyword.arg} stands in {lesson.place.shown(lesson.place.answers)}: decorate the function there"
            raise LessonError(lesson.where(cell, keyword.value.lineno), rule)
        if keyword.arg not in CONTRACT:
            rule = f"hidden_cases takes no {keyword.arg!r}; {listed_or_meant(str(keyword.arg), CONTRACT)}"
            raise LessonError(lesson.where(cell, keyword.value.lineno), rule)


def _hidden_cases(tree: ast.Module) -> ast.Call | None:
    """The call of hidden_cases in a graded cell."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return next((call for call in calls if getattr(call.func, "id", None) == "hidden_cases"), None)
