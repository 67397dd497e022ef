"""The lesson as an otter-grader assignment: the same hidden cases, one test file for each exercise."""

import json
import shutil
import sys
from pathlib import Path

from autograder.judge import load_record
from autograder.judge.records import RecordedItem
from autograder.places import LessonFiles
from benchmarks.course import ROOT, environment
from benchmarks.measure import run
from companion.encode import encode

HERE = ROOT / "benchmarks"
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")

TEST = """\
import json

from otter.test_files import test_case
from otter_checks import check_cases

OK_FORMAT = False
name = {name!r}
points = {points!r}

SOURCE = {source!r}
EXPECTED = json.loads({expected!r})


@test_case(hidden=True)
def hidden_cases(env):
    check_cases(env, SOURCE, EXPECTED, {rtol!r}, {atol!r}, {extra_keys!r})
"""


def make_assignment(place: LessonFiles, folder: Path) -> Path:
    """Write the assignment's tests into a folder and have otter make its autograder.zip, which is returned."""
    record = load_record(place)
    sources = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): cell["source"] for cell in record.template["cells"]
    }
    (folder / "tests").mkdir(parents=True)
    for grade_id, item in record.items.items():
        text = "".join(sources[grade_id])
        (folder / "tests" / f"{item.exercise}.py").write_text(_test_file(item, text), "utf-8")
    archive = folder / "autograder.zip"
    shutil.copy(HERE / "otter_checks.py", folder)
    command = [BIN / "otter", "generate", "-t", "tests", "-o", archive, "--no-config", "--no-requirements"]
    run([*command, "--no-environment", "otter_checks.py"], environment(ROOT, BIN), folder)
    return archive


def _test_file(item: RecordedItem, source: str) -> str:
    expected = [(encode(case.inputs), encode(case.output)) for case in item.cases]
    tolerance = item.tolerance
    return TEST.format(
        name=item.exercise, points=item.points, source=source, expected=json.dumps(expected),
        rtol=tolerance.rtol, atol=tolerance.atol, extra_keys=tolerance.extra_keys,
    )  # fmt: skip
