"""The benchmark: what it computes, what it measures, and that the three graders are given the same work."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import warnings

import pytest

from autograder.authoring.lesson_text import read_lesson
from autograder.judge import judge_reports, load_record
from autograder.notebooks import grade_id_of, has_tag
from autograder.places import LessonFiles, repository
from autograder.run.restore import restore
from benchmarks import otter
from benchmarks.causes import FOLDER, read_wrong_answers
from benchmarks.course import MIX, WEEKS, make_class, place_of
from benchmarks.measure import CommandFailed, Measured, measure, run
from benchmarks.otter_checks import check_cases
from benchmarks.summary import growth_summary, summarize
from companion import cases
from companion.encode import encode

ROOT = repository().root
NUMPY = WEEKS[0]


def _taken(seconds: float) -> Measured:
    return Measured(seconds, 2 * seconds, 2**20)


@pytest.mark.parametrize("whole_class", [True, False])
def test_start_and_cost_of_each_submission_are_told_apart(whole_class):
    start, marginal, submissions = 5.0, 0.25, 20
    sizes = [submissions] * 3 if whole_class else [7, 7, 6]
    runs = [_taken(start + marginal * n) for n in sizes]
    taken = summarize([_taken(start + marginal)] * 3, runs, submissions, whole_class)
    for what, times in (("wall", 1), ("cpu", 2)):
        assert taken[what]["start"] == pytest.approx(times * start)
        assert taken[what]["marginal"] == pytest.approx(times * marginal)
        assert taken[what]["submission"] == pytest.approx(times * (start / submissions + marginal))


def test_growth_is_held_against_a_straight_line():
    rows = growth_summary({n: [_taken(3 + 0.1 * n)] for n in (10, 100, 1000)})
    assert [row["extrapolated"] for row in rows] == pytest.approx([4, 13, 103])
    rows = growth_summary({n: [_taken(3 + 0.001 * n**2)] for n in (10, 100, 1000)})
    assert rows[-1]["wall"] > 5 * rows[-1]["extrapolated"]


ORPHAN = """
import os, sys, time
read, write = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while time.process_time() < 0.5:
            pass
        print(os.getpid(), flush=True)
        os.write(write, b"x")
        os.close(1)
        os.close(2)
        time.sleep(600)
    os._exit(0)
os.wait()
os.read(read, 1)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="orphans can be adopted only on Linux")
def test_processes_that_left_their_parent_are_counted_and_ended(tmp_path):
    measured, (printed,) = measure([[sys.executable, "-c", ORPHAN]], dict(os.environ), tmp_path)
    assert measured.cpu >= 0.5
    with pytest.raises(ProcessLookupError):
        os.kill(int(printed), 0)


def test_memory_is_that_of_the_whole_tree(tmp_path):
    inner = "block = bytearray(80 * 2**20); block[::4096] = b'x' * len(block[::4096]); import time; time.sleep(3)"
    outer = (
        f"import subprocess, sys; [p.wait() for p in [subprocess.Popen([sys.executable, '-c', {inner!r}]) for _ "
        "in '12']]"
    )
    measured, _ = measure([[sys.executable, "-c", outer]], dict(os.environ), tmp_path)
    assert 160 * 2**20 < measured.memory < 320 * 2**20


def test_a_command_that_fails_stops_the_benchmark_with_its_words(tmp_path):
    with pytest.raises(CommandFailed, match="no such luck"):
        run([sys.executable, "-c", "raise SystemExit('no such luck')"], dict(os.environ), tmp_path)


def test_the_class_has_the_mix_and_no_experiments(repo):
    classroom = make_class(place_of(repo.root, NUMPY), 23)
    assert [student.split("-")[1] for student in classroom] == [MIX[i % len(MIX)] for i in range(23)]
    wrong = [json.dumps(notebook) for name, notebook in classroom.items() if "mistake" in name]
    assert len(set(wrong)) == len(wrong) == 9
    assert not any(has_tag(cell, "demo") for notebook in classroom.values() for cell in notebook.cells)


def test_otter_s_tests_judge_every_known_answer_as_ours(repo):
    """Each mistake and each style of the NumPy week, run once and judged twice: by np.testing, and by our judge."""
    place = place_of(repo.root, NUMPY)
    lesson, record = read_lesson(place), load_record(place)
    expected = {
        item.exercise: [(encode(case.inputs), encode(case.output)) for case in item.cases]
        for item in record.items.values()
    }
    answers = [(m.exercise, m.source) for m in lesson.mistakes]
    answers += [(exercise, source) for exercise, styles in lesson.styles.items() for source in styles.values()]
    (submission,) = make_class(place, 1).values()
    counts = {True: 0, False: 0}
    for exercise, source in answers:
        notebook = restore(submission, record.template)
        reports, names = [], {}
        cases.collector = reports
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    with contextlib.suppress(Exception):
                        exec(source if grade_id_of(cell) == exercise else cell.source, names)
            cases.collector = None
            found = {entry["contract"]["exercise"]: entry["reports"] for entry in reports}
            ours = judge_reports(record, exercise, found.get(exercise, [])).passed
            item = record.items[f"{exercise}-test"]
            tolerance = item.tolerance
            try:
                check_cases(
                    names, lesson.tests[exercise].source, expected[exercise],
                    tolerance.rtol, tolerance.atol, tolerance.extra_keys,
                )  # fmt: skip
                theirs = True
            except Exception:  # noqa: BLE001 - otter takes whatever a comparison raises for a failed check
                theirs = False
        assert ours == theirs, source
        counts[ours] += 1
    assert counts[True] >= 6 and counts[False] >= 40


def test_otter_s_environment_is_locked_with_our_versions():
    text = (ROOT / "benchmarks" / "requirements.lock").read_text("utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-zA-Z0-9])", text.strip()))
    theirs, ours = (
        dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", lock, re.MULTILINE))
        for lock in (text, (ROOT / "requirements.lock").read_text("utf-8"))
    )
    asked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "benchmarks" / "requirements.in").read_text("utf-8"), re.MULTILINE)
    assert "numpy" in asked and {name: theirs[name] for name in asked} == {name: ours[name] for name in asked}


def _bench(tmp_path, *options) -> dict:
    command = [sys.executable, "-m", "benchmarks", "--output", str(tmp_path), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")
    text = (tmp_path / "results.json").read_text("utf-8")
    assert not re.search(r"/(home|root|tmp|work)/", text)
    return json.loads(text)


@pytest.mark.parametrize("lesson", ["nonsense", "course2-week1/nonsense", "course2-week1/../week1/initialization", ""])
def test_a_lesson_that_is_none(lesson):
    command = [sys.executable, "-m", "benchmarks", "--lesson", lesson]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and f"there is no '{lesson}'" in done.stderr.replace("\n", " ")


def test_a_part_of_the_class_without_a_lesson():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--stock", "4"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2 and "--stock goes with --lesson" in done.stderr


@pytest.mark.slow
def test_a_lesson_beside_stock_nbgrader_that_grades_a_part_of_the_class():
    command = [sys.executable, "-m", "benchmarks", "--lesson", "course1-week2/numpy_basics"]
    done = subprocess.run(
        [*command, "--submissions", "3", "--stock", "2", "--rounds", "1"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "ours, 1 and then 3 submissions" in done.stderr and "nbgrader, 1 and then 2 submissions" in done.stderr
    assert "all give the same points to everybody" in done.stdout, done.stdout


@pytest.mark.slow
def test_growth_can_be_run_alone(tmp_path):
    results = _bench(tmp_path, "--only", "growth", "--growth", "1,2,3")
    assert [row["submissions"] for row in results["growth"]] == [1, 2, 3] and "weeks" not in results
    assert all(row["wall"] > 0 and row["cpu"] > 0 and row["peak_mib"] > 50 for row in results["growth"])


@pytest.mark.slow
@pytest.mark.skipif(not otter.BIN.exists(), reason="otter-grader is not set up; make bench does it")
def test_the_three_graders_agree_on_everybody(tmp_path):
    results = _bench(tmp_path, "--only", "weeks", "--submissions", "3", "--rounds", "1")
    assert set(results["weeks"]) == {"NumPy", "TensorFlow"}
    for week in results["weeks"].values():
        right, mistake, untouched = week["scores"].values()
        assert right == 40 > mistake > untouched == 0
        assert week["disagreements"] == []
        assert set(week["tools"]) == {"ours", "nbgrader", "otter"} and set(week["ratios"]) == {"nbgrader", "otter"}
        for tool in week["tools"].values():
            assert tool["cpu"]["submission"] > week["limit"]["cells"] > 0 and tool["peak_mib"] > 50
    assert len(results["aims"]) == 6 and results["versions"]["otter-grader"]


def test_the_wrong_answers_are_to_exercises_that_there_are():
    found = 0
    for path in sorted(FOLDER.glob("*/*.py")):
        lesson = read_lesson(LessonFiles(ROOT, path.parent.name, path.stem))
        for answer in read_wrong_answers(path):
            assert answer.exercise in lesson.tests and answer.truths and all(answer.truths), (path, answer.exercise)
            found += 1
    assert found >= 60


def test_what_is_told_of_wrong_answers_is_printed_and_none_passes():
    command = [sys.executable, "-m", "benchmarks.causes", "course2-week1/initialization"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    count = len(read_wrong_answers(FOLDER / "course2-week1" / "initialization.py"))
    assert f"{count} answers: cause " in done.stdout and "passed" not in done.stdout
    assert done.stdout.count(" · initialize_parameters_he · ") == 3
    assert "    cause: The root covers only the 2, not the n." in done.stdout
