"""Every lesson of the repository keeps the rules of its anatomy."""

import ast
import functools
import html
import itertools
import re

import matplotlib.pyplot as plt
import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter

import __main__
from autograder.authoring.kill_matrix import kill_matrix, unused_equivalents
from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.run_author_code import is_noticed
from autograder.judge import load_record
from autograder.notebooks import AIM, grade_id_of, has_role, has_tag, without_markers
from autograder.places import repository
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
            # An error alone names no cause: too many mistakes raise the same one. Two that answer alike are both told.
            assert row.cause is None or causes[row.exercise, row.name] in row.cause, row.name
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
    assert "HIDDEN TESTS" not in text and "BEGIN SOLUTION" not in text
    release = nbformat.read(place.release, as_version=4)
    shown = [cell for cell in release.cells if cell.get("outputs")]
    assert shown and all(has_tag(cell, "picture") for cell in shown)
    sources = {grade_id_of(cell): cell.source for cell in release.cells if grade_id_of(cell)}
    everything = "\n".join(cell.source for cell in release.cells)
    for exercise, solved in lesson.solutions.items():
        stub = sources[exercise]
        assert f'raise NotImplementedError("{exercise}")' in stub
        region = solved.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
        for line in filter(None, map(str.strip, region.splitlines())):
            assert line not in stub.splitlines(), f"{exercise}: the stub holds {line!r}"
            assert len(line) < 20 or not any(line in aim for aim in aims_of(release)), f"{exercise}: {line!r}"
    for exercise, cell in lesson.tests.items():
        assert sources[grade_id_of(cell)].strip() == f'verdict("{exercise}")'
    for mistake in lesson.mistakes:
        assert mistake.cause not in everything and f'"{mistake.name}"' not in everything


@lessons
def test_an_untouched_notebook_runs_to_its_end(place, monkeypatch, capsys):
    """Run in one process, by a learner's own words: the kernel's run is in test_class.py, the browser's in browser/."""
    monkeypatch.setattr(plots, "show", lambda figure, alt: plt.close(figure))
    release = nbformat.read(place.release, as_version=4)
    exercises = list(read_lesson(place).tests)
    scope = vars(__main__)
    before = dict(scope)
    try:
        for cell in release.cells:
            if cell.cell_type == "code":
                capsys.readouterr()
                exec(compile(cell.source, cell.id, "exec"), scope)
                said = capsys.readouterr().out
                if has_tag(cell, "check"):
                    assert "is not written yet" in said and "\u2717" not in said, said
    finally:
        scope.clear()
        scope.update(before)
    assert f"0 of {len(exercises)} exercises are right" in said and all(exercise in said for exercise in exercises)


@lessons
def test_every_figure_has_a_text_alternative_that_arrives(place):
    source = nbformat.read(place.source, as_version=4)
    told = [
        output for cell in source.cells for output in cell.get("outputs", []) if "<img" in str(output.get("data", ""))
    ]
    for output in told:
        (alt,) = re.findall(r'<img alt="([^"]+)" src="data:image/png;base64,', output.data["text/html"])
        assert len(alt.split()) >= 8 and html.unescape(alt) == output.data["text/plain"]
        assert re.search(r' width="\d+" height="\d+"', output.data["text/html"])
    assert len(told) >= 3
    release = nbformat.read(place.release, as_version=4)
    page, _ = HTMLExporter().from_notebook_node(release)
    images = BeautifulSoup(page, "html.parser").find_all("img")
    assert {image["alt"] for image in images} == {output.data["text/plain"] for output in told}
    code = "\n".join(cell.source for cell in read_lesson(place).cells if cell.cell_type == "code")
    assert "plt.show" not in code


@lessons
def test_behind_each_experiment_stands_folded_what_one_should_see(place):
    source = nbformat.read(place.source, as_version=4)
    release = nbformat.read(place.release, as_version=4)
    ids = [cell.id for cell in release.cells]
    for cell in source.cells:
        if has_tag(cell, "demo") and not has_tag(cell, "picture"):
            assert cell.outputs, cell.source[:80]
            aim = release.cells[ids.index(cell.id) + 1]
            assert aim.cell_type == "markdown" and aim.source.startswith(AIM) and aim.source.endswith("</details>")
            for output in cell.outputs:
                if output.output_type == "stream":
                    assert output.text.rstrip() in aim.source
    assert len(aims_of(release)) == sum(has_tag(c, "demo") and not has_tag(c, "picture") for c in source.cells)


def aims_of(release) -> list[str]:
    return [cell.source for cell in release.cells if cell.cell_type == "markdown" and cell.source.startswith(AIM)]


@lessons
def test_visible_checks_notice_nearly_every_mistake_and_the_rest_is_listed(place):
    lesson, rows = matrix(place)
    for exercise in lesson.tests:
        noticed = [row.noticed for row in rows if row.kind == "mistake" and row.exercise == exercise]
        assert sum(noticed) >= 0.95 * len(noticed), (exercise, noticed.count(False))
    everything = [row.noticed for row in rows if row.kind == "mistake"]
    assert sum(everything) >= 0.95 * len(everything)
    through = {(row.exercise, row.name) for row in rows if row.noticed is False}
    assert through == set(lesson.answers.let_through)


@lessons
def test_visible_checks_refuse_no_right_answer(place):
    lesson = read_lesson(place)
    for exercise in lesson.tests:
        for name, source in {"solution": lesson.solutions[exercise], **lesson.styles.get(exercise, {})}.items():
            assert not is_noticed(lesson, exercise, without_markers(source)), (exercise, name)


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
    assert not re.search(r"all (is|are) (right|correct)|well done|congratulations", checks, re.IGNORECASE)


@lessons
def test_given_cells_are_locked_and_no_lesson_imports_tensorflow_needlessly(place):
    lesson = read_lesson(place)
    for cell in lesson.cells:
        if cell.cell_type == "code" and "hidden_cases" in cell.source and not has_role(cell, "grade"):
            assert grade_id_of(cell) == "setup"
    code = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "code")
    if "tensorflow" not in code:
        assert "keras" not in code


@lessons
def test_no_line_of_prose_becomes_a_list_by_accident(place):
    """In Markdown a line that starts with "1. " or "+ " begins a list, in the midst of a paragraph too."""
    item = re.compile(r"(1\.|[-*+]) ")
    for cell in read_lesson(place).cells:
        if cell.cell_type == "markdown":
            lines = re.sub(r"\$\$.*?\$\$", "", cell.source, flags=re.DOTALL).splitlines()
            for before, line in itertools.pairwise(lines):
                begun = not before.strip() or before.startswith(" ") or re.match(r"(\d+\.|[-*+]) ", before)
                assert begun or not item.match(line), f"{place.text}: {before!r}, {line!r}"
