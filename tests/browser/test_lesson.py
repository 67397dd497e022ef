"""The model lesson in JupyterLab: untouched, answered wrongly, answered rightly, and validated."""

import pytest
from needs import need

from autograder.authoring.lesson_text import read_lesson
from autograder.notebooks import without_markers
from autograder.places import repository
from browser import lab

pytestmark = pytest.mark.slow
(PLACE,) = repository().select("course2-week1/initialization")
LESSON = read_lesson(PLACE)
SOLVED = {exercise: without_markers(source) for exercise, source in LESSON.solutions.items()}
(MISTAKE,) = [m for m in LESSON.mistakes if (m.exercise, m.name) == ("initialize_parameters_he", "units_for_inputs")]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    need(lab.CHROMIUM, "There is no browser: install Debian's package chromium, or Google Chrome.")
    folder = tmp_path_factory.mktemp("work")
    lab.answered(PLACE.release, folder / "untouched.ipynb", {})
    lab.answered(PLACE.release, folder / "wrong.ipynb", {**SOLVED, MISTAKE.exercise: MISTAKE.source})
    lab.answered(PLACE.release, folder / "right.ipynb", SOLVED)
    with lab.server(folder, tmp_path_factory.mktemp("settings")) as there:
        yield there


@pytest.fixture(scope="module")
def page(address):
    with lab.browser() as one:
        yield one


@pytest.fixture
def notebook(address, page):
    def open_and_run(name):
        lab.opened(page, address, name)
        shown = page.locator(".jp-OutputArea-output img").evaluate_all(
            "images => images.map(i => [i.alt, i.naturalWidth / i.width])"
        )
        lab.run_all(page)
        return shown

    return open_and_run


def texts(page, selector: str) -> list[str]:
    return page.locator(selector).all_inner_texts()


def test_an_untouched_notebook_shows_its_picture_and_runs_to_its_end(notebook, page):
    shown = notebook("untouched.ipynb")
    assert len(shown) == 1 and len(shown[0][0].split()) >= 8, "the picture is there before anything has run"
    assert shown[0][1] >= 2, "twice as many pixels as it is wide"
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    outputs = "\n".join(texts(page, ".jp-OutputArea-output"))
    assert "Traceback" not in outputs and "companion" not in outputs and "site-packages" not in outputs
    assert f"0 of {len(SOLVED)} exercises are right" in outputs
    for exercise in SOLVED:
        assert f"{exercise} is not written yet" in outputs and f"{exercise}: not written yet" in outputs


def test_every_picture_to_aim_at_has_its_words(notebook, page):
    notebook("untouched.ipynb")
    page.locator("summary", has_text="What you should see").last.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    images = page.locator(".jp-RenderedMarkdown details img")
    assert images.count() >= 2
    for alt, width in images.evaluate_all("images => images.map(i => [i.alt, i.naturalWidth])"):
        assert len(alt.split()) >= 8 and width > 0


def test_a_wrong_answer_is_told_its_cause_in_its_own_cell(notebook, page):
    notebook("wrong.ipynb")
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    boxes = texts(page, ".jp-OutputArea-output .tex2jax_ignore")
    (told,) = [box for box in boxes if box.startswith("\u2717 initialize_parameters_he")]
    assert MISTAKE.cause in told and MISTAKE.hint in told and "First difference:" in told
    (table,) = [box for box in boxes if "exercises are right" in box]
    assert f"{len(SOLVED) - 1} of {len(SOLVED)} exercises are right" in table and MISTAKE.cause in table
    assert "Mend first: initialize_parameters_he" in table
    waiting = [text for text in texts(page, ".jp-OutputArea-output") if text.startswith("This experiment needs")]
    assert waiting and all("initialize_parameters_he, which is not right yet" in text for text in waiting)


def test_a_right_answer_is_told_so_and_every_experiment_runs(notebook, page):
    notebook("right.ipynb")
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    boxes = texts(page, ".jp-OutputArea-output .tex2jax_ignore")
    for exercise, cell in LESSON.tests.items():
        (told,) = [box for box in boxes if box.startswith(f"\u2713 {exercise}: right on all ")]
        assert f"It brings {cell.metadata.nbgrader.points} point" in told
    assert any(f"All {len(SOLVED)} exercises are right" in box for box in boxes)
    assert not [text for text in texts(page, ".jp-OutputArea-output") if text.startswith("This experiment needs")]
    assert page.locator(".jp-OutputArea-output .widget-slider, .jp-OutputArea-output .jupyter-widgets").count() >= 1


@pytest.mark.parametrize("name", ["untouched", "wrong", "right"])
def test_validate_tells_the_truth(address, page, name):
    lab.opened(page, address, f"{name}.ipynb")
    said = lab.validated(page)
    if name == "right":
        assert "Success" in said or "passed" in said.lower(), said
        assert "failed" not in said.lower()
    elif name == "wrong":
        assert "failed" in said.lower() and " ".join(MISTAKE.cause.split()) in " ".join(said.split()), said
    else:
        assert "failed" in said.lower() and "not written yet" in said, said
    assert "companion/" not in said and "site-packages" not in said
