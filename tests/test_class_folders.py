"""What a class hands in is graded under whatever name it comes, or it is said who was left out, and why."""

import unicodedata
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from grading import STEM, WEEK, copy_of, hand_in

from autograder.cli import group
from autograder.errors import NoSubmissions, NoSuchStudent
from autograder.grading.class_folders import jobs_of, notes_on, students_of
from autograder.printing import print_class

NAMES = [
    "Surname, Name",
    "a",
    "a, b",
    "name [late]",
    ":cat: 🐈",
    "café",
    unicodedata.normalize("NFD", "zoé"),
    "two  blanks",
]


@pytest.fixture
def course(tiny, tmp_path):
    return copy_of(tiny, tmp_path / "course")


def test_students_are_named_as_their_folders_are(course):
    for name in NAMES:
        hand_in(course, name, b"{}")
    assert students_of(course, WEEK) == sorted(NAMES)
    for name in NAMES:
        for form in ("NFC", "NFD"):
            assert students_of(course, WEEK, [unicodedata.normalize(form, name)]) == [name]
    assert students_of(course, WEEK, ["Surname, Name,café , a"]) == ["Surname, Name", "a", "café"]
    assert students_of(course, WEEK, ["a, b"]) == ["a, b"] and students_of(course, WEEK, ["a", "café"]) == ["a", "café"]
    with pytest.raises(NoSuchStudent, match=r"from Surname, bob\."):
        students_of(course, WEEK, ["Surname, bob,a"])


def test_names_are_printed_as_they_are(capsys):
    results = [{"student": name, "score": 1, "max_score": 1, "items": [], "isolation": "none"} for name in NAMES]
    print_class(SimpleNamespace(week=WEEK, results=results, graded=1, unchanged=0, gradebook="a[b].db", feedback="[x]"))
    told = capsys.readouterr().out
    assert all(name in told for name in [*NAMES, "a[b].db", "[x]/<student>"]), told


def test_who_is_left_out_is_told_and_why(course):
    submitted = course.notebooks / "submitted"
    hand_in(course, "ada", b"{}", "2030-01-01 00:00:00 UTC")
    hand_in(course, "bob", b"{}", "some day")
    (submitted / "link").symlink_to(submitted / "ada", target_is_directory=True)
    for name, folder in (
        ("capitals", WEEK.upper()),
        ("twice", f"{WEEK} (1)"),
        ("blank", "Course9 Week1"),
        ("other", "x"),
    ):
        (submitted / name / folder).mkdir(parents=True)
    (submitted / "week link").mkdir()
    (submitted / "week link" / WEEK).symlink_to(submitted / "ada" / WEEK, target_is_directory=True)
    (submitted / "loose").mkdir()
    (submitted / "loose" / f"{STEM}.ipynb").write_text("{}")
    (submitted / "later" / f"{WEEK}0").mkdir(parents=True)
    students = students_of(course, WEEK)
    assert students == ["ada", "bob"]
    notes = {note.split(" was left out: ")[0]: note for note in notes_on(course, WEEK, students)}
    assert len(notes) == 7, notes
    assert "is a link" in notes["link"] and "is a link" in notes["week link"]
    for name in ("capitals", "twice", "blank"):
        assert f"is not named {WEEK}. Rename it, and grade again." in notes[name]
    assert f"not in a folder {WEEK}" in notes["loose"]
    (time,) = [note for name, note in notes.items() if name.startswith("The time in ")]
    assert "bob" in time and "without a late penalty" in time


def test_a_week_that_only_a_link_leads_to_is_nobodys(course):
    (course.notebooks / "submitted").mkdir()
    (course.notebooks / "submitted" / "eve").symlink_to(course.root, target_is_directory=True)
    with pytest.raises(NoSubmissions):
        students_of(course, WEEK)


@pytest.mark.parametrize("name", [f"{STEM} (1)", f"{STEM}-Copy1", STEM.upper(), f"{STEM}_2030-01-01T12-00", "homework"])
def test_a_notebook_under_another_name_is_graded_by_its_cells(course, submission, right, name):
    data = submission(right)
    hand_in(course, "ada", data).rename(course.notebooks / "submitted" / "ada" / WEEK / f"{name}.ipynb")
    (job,) = jobs_of(course, WEEK, ["ada"])
    assert (job.data, job.stem, job.missing) == (data, STEM, False)


def test_two_notebooks_under_other_names_are_named_with_what_to_do(course, submission, right):
    path = hand_in(course, "ada", submission(right))
    for name in (f"{STEM} (1).ipynb", f"{STEM} (2).ipynb"):
        path.with_name(name).write_bytes(path.read_bytes())
    (job,) = jobs_of(course, WEEK, ["ada"])
    assert job.data == path.read_bytes()
    path.unlink()
    (job,) = jobs_of(course, WEEK, ["ada"])
    assert job.missing and job.why == (
        f"{STEM}.ipynb was not handed in, but {STEM} (1).ipynb, {STEM} (2).ipynb. "
        f"Name the one that counts {STEM}.ipynb."
    )
    path.with_name(f"{STEM} (2).ipynb").unlink()
    path.with_name(f"{STEM} (1).ipynb").write_text("no notebook")
    (job,) = jobs_of(course, WEEK, ["ada"])
    assert job.data == b"no notebook"


@pytest.mark.slow
def test_check_follows_a_link_to_ones_own_notebook(tiny, tmp_path, submission, right):
    (tmp_path / "mine.ipynb").write_bytes(submission(right))
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "mine.ipynb")
    (tmp_path / "other name.ipynb").hardlink_to(tmp_path / "mine.ipynb")
    for name in ("link", "other name"):
        command = ["check", "--json", str(tmp_path / f"{name}.ipynb")]
        done = CliRunner().invoke(group, command, env={"COMPANION_ROOT": str(tiny.root)})
        assert done.exit_code == 0, done.output
