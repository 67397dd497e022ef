"""Every lesson of the repository keeps the rules of its anatomy."""

import ast
import functools
import re

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from pages import images_on_page

from autograder.authoring.kill_matrix import kill_matrix, unused_equivalents
from autograder.authoring.lesson_text import read_lesson
from autograder.judge import load_record
from autograder.notebooks import grade_id_of, has_role, has_tag
from autograder.places import repository
from companion import cases as companion_cases
from companion import plots

LESSONS = repository().lessons()
lessons = pytest.mark.parametrize("place", LESSONS, ids=[place.name for place in LESSONS])


@functools.cache
def matrix(place):
    """A lesson and its kill matrix, worked out once for all tests."""
    lesson = read_lesson(place)
    return lesson, kill_matrix(lesson, load_record(place))


@lessons
def test_every_mistake_and_mutant_is_killed_and_every_right_answer_passes(place):
    lesson, rows = matrix(place)
    assert [(row.exercise, row.kind, row.name) for row in rows if not row.as_it_should_be] == []
    assert unused_equivalents(lesson, rows) == []


@lessons
def test_every_mistake_is_named_by_its_own_cause(place):
    lesson, rows = matrix(place)
    causes = {(m.exercise, m.name): m.cause for m in lesson.mistakes}
    for row in rows:
        if row.kind == "mistake":
            # An error alone names no cause: too many mistakes raise the same one.
            assert row.cause in (causes[row.exercise, row.name], None), row.name
        elif row.kind in ("solution", "style", "untouched"):
            assert row.cause is None


@lessons
def test_each_exercise_has_enough_mistakes_and_styles(place):
    lesson = read_lesson(place)
    for exercise in lesson.tests:
        assert sum(m.exercise == exercise for m in lesson.mistakes) >= 3, exercise
        assert lesson.styles.get(exercise), exercise
    hardest = max(sum(m.exercise == exercise for m in lesson.mistakes) for exercise in lesson.tests)
    assert hardest >= 10


@lessons
def test_the_release_gives_nothing_away(place):
    lesson = read_lesson(place)
    text = place.release.read_text("utf-8")
    assert "HIDDEN TESTS" not in text and "BEGIN SOLUTION" not in text and '"outputs": [{' not in text
    release = nbformat.read(place.release, as_version=4)
    sources = {grade_id_of(cell): cell.source for cell in release.cells if grade_id_of(cell)}
    everything = "\n".join(cell.source for cell in release.cells)
    for exercise, solved in lesson.solutions.items():
        stub = sources[exercise]
        assert f'raise NotImplementedError("{exercise}")' in stub
        region = solved.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
        for line in filter(None, map(str.strip, region.splitlines())):
            assert line not in stub.splitlines(), f"{exercise}: the stub holds {line!r}"
    for cell in lesson.tests.values():
        assert "case.call" not in sources[grade_id_of(cell)]
    for mistake in lesson.mistakes:
        assert mistake.cause not in everything and f'"{mistake.name}"' not in everything


@lessons
def test_an_untouched_notebook_fails_only_where_a_stub_is_needed(place, monkeypatch):
    """Run in one process, the figures drawn but not shown: the kernel's own run is in test_class.py."""
    monkeypatch.setattr(plots, "show", lambda figure, alt: plt.close(figure))
    monkeypatch.setattr(companion_cases, "collector", [])
    release = nbformat.read(place.release, as_version=4)
    exercises = set(read_lesson(place).solutions)
    scope = {"__name__": "__main__"}
    np.random.seed(0)
    for cell in release.cells:
        if cell.cell_type != "code":
            continue
        try:
            exec(compile(cell.source, cell.id, "exec"), scope)
        except NotImplementedError as stub:
            assert str(stub) in exercises
            assert has_tag(cell, "check") or has_tag(cell, "demo"), cell.source[:80]
        except NameError as missing:
            # What a demo cell before this one would have made, had its stub been written.
            assert has_tag(cell, "demo"), f"{missing}: {cell.source[:80]}"


@lessons
def test_every_figure_has_a_text_alternative(place):
    """On the page that a reader sees: in the metadata of an output nobody finds it."""
    outputs = [o for cell in nbformat.read(place.source, as_version=4).cells for o in cell.get("outputs", [])]
    assert not any("image/png" in output.get("data", {}) for output in outputs)
    shown = [output for output in outputs if "<img" in output.get("data", {}).get("text/html", "")]
    texts = [output.data["text/plain"] for output in shown]
    assert len(texts) >= 3 and all(len(alt.split()) >= 8 for alt in texts)
    assert [image["alt"] for image in images_on_page(shown)] == texts
    code = "\n".join(cell.source for cell in read_lesson(place).cells if cell.cell_type == "code")
    assert "plt.show" not in code


@lessons
def test_the_solved_notebook_is_small_and_without_errors(place):
    assert place.source.stat().st_size < 1_000_000
    for cell in nbformat.read(place.source, as_version=4).cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell.source[:80]
            assert output.get("name") != "stderr", output.text[:200]


@lessons
def test_every_exercise_has_a_docstring_hints_and_a_check(place):
    lesson = read_lesson(place)
    prose = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    assert prose.count("<details>") == prose.count("</details>") >= 2 * len(lesson.solutions)
    checks = "\n".join(cell.source for cell in lesson.cells if has_tag(cell, "check"))
    for exercise, source in lesson.solutions.items():
        (function,) = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef) and n.name == exercise]
        docstring = ast.get_docstring(function)
        assert "Args:" in docstring and "Returns:" in docstring, exercise
        for argument in function.args.args:
            assert argument.arg in docstring, f"{exercise}: {argument.arg}"
        assert re.search(rf"\b{exercise}\b", checks), f"{exercise} has no visible check"
    assert set(lesson.tests) == set(lesson.solutions)
    assert not re.search(r"all (is|are) (right|correct)|well done|congratulations", checks, re.I)


@lessons
def test_given_cells_are_locked_and_no_lesson_imports_tensorflow_needlessly(place):
    lesson = read_lesson(place)
    for cell in lesson.cells:
        if cell.cell_type == "code" and "hidden_cases" in cell.source and not has_role(cell, "grade"):
            assert grade_id_of(cell) == "setup"
    code = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "code")
    if "tensorflow" not in code:
        assert "keras" not in code
