"""``python -m benchmarks``: build a course in a scratch folder, grade its class with each tool, write the results."""

import datetime
import importlib.metadata
import json
import os
import platform
import re
import shutil
import sys
import tempfile
from pathlib import Path

import click
import nbformat
import psutil

from autograder.places import LessonFiles
from benchmarks import otter
from benchmarks.course import MIX, ROOT, WEEKS, Week, build_course, copy_course, environment, make_class, place_of
from benchmarks.measure import run
from benchmarks.plot import draw
from benchmarks.summary import aims, growth_summary, summarize, week_limit, week_ratios
from benchmarks.table import print_results
from benchmarks.tools import Otter, Ours, Stock

CORES = os.cpu_count() or 1
SMALL = 100
"""Up to this size a class of the growth part is graded three times, and the median counts."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--submissions", type=click.IntRange(2), default=40, show_default=True, help="In the class of each week.")
@click.option("--rounds", type=click.IntRange(1), default=4, show_default=True, help="Times that the tools take turns.")
@click.option("--growth", default="10,100,1000", show_default=True, help="Sizes of the classes of the growth part.")
@click.option("--only", type=click.Choice(["weeks", "growth"]), help="Run one of the two parts.")
@click.option(
    "--lesson",
    "lessons",
    multiple=True,
    help="Run this lesson, such as course4-week2/residual_networks, with ours and stock nbgrader alone; may be given "
    "again. Nothing is written.",
)
@click.option(
    "--stock",
    type=click.IntRange(2),
    help="With --lesson: so many of the class for stock nbgrader, which runs all cells.  [default: all]",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "benchmarks",
    show_default="benchmarks/",
    help="Folder for results.json and results.png.",
)
def main(
    submissions: int,
    rounds: int,
    growth: str,
    only: str | None,
    lessons: tuple[str, ...],
    stock: int | None,
    output: Path,
):
    """Grade the same class with ours, stock nbgrader and otter-grader, and see how ours grows."""
    if lessons:
        print_results(_lessons(lessons, submissions, rounds, stock))
        return
    if stock:
        raise click.UsageError("--stock goes with --lesson: name a lesson, or leave it out.")
    if only != "growth" and not (otter.BIN / "otter").exists():
        raise click.UsageError("otter-grader is not in benchmarks/.venv. Set it up with: make bench")
    results = _about(submissions, rounds)
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch).resolve() / "course"
        course.mkdir()
        weeks = list(WEEKS if only != "growth" else WEEKS[:1])
        _say(f"building {', '.join(week.text for week in weeks)}")
        build_course(course, weeks)
        if only != "growth":
            results["weeks"] = _compare(course, weeks, submissions, rounds)
        if only != "weeks":
            results["growth"] = _grow(course, WEEKS[0], sorted({int(size) for size in growth.split(",")}))
    results["aims"] = aims(results)
    output.mkdir(parents=True, exist_ok=True)
    (output / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    draw(results, output / "results.png")
    print_results(results)


def _lessons(names: tuple[str, ...], submissions: int, rounds: int, stock: int | None) -> dict:
    """A class of each of these lessons, graded with ours and stock nbgrader."""
    weeks = []
    for name in names:
        week, _, stem = name.partition("/")
        place = LessonFiles(ROOT, week, stem)
        if "-" not in week or not stem.isidentifier() or not place.text.is_file():
            raise click.UsageError(f"A lesson is named like course4-week2/residual_networks; there is no {name!r}.")
        weeks.append(Week(name, week, place.shown(place.text)))
    results = _about(submissions, rounds)
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch).resolve() / "course"
        course.mkdir()
        copy_course(course, weeks)
        results["weeks"] = _compare(course, weeks, submissions, rounds, (Stock,), stock)
    return {**results, "aims": aims(results)}


def _compare(
    course: Path,
    weeks: list[Week],
    submissions: int,
    rounds: int,
    others: tuple[type, ...] = (Stock, Otter),
    theirs: int | None = None,
) -> dict:
    """Each week, the tools take turns: ours with the whole class every time, the others with their next part of it.

    Args:
        theirs: how many of the class the others grade, at most; all if None.
    """
    theirs = min(theirs or submissions, submissions)
    copies = [shutil.copytree(course, course.with_name(other.name), symlinks=True) for other in others]
    tools = [Ours(course, weeks), *(other(copy, weeks) for other, copy in zip(others, copies, strict=True))]
    return {week.label: _compare_week(course, week, tools, submissions, rounds, theirs) for week in weeks}


def _compare_week(course: Path, week: Week, tools: list, submissions: int, rounds: int, theirs: int) -> dict:
    classroom = make_class(place_of(course, week), submissions)
    students = list(classroom)
    rounds = min(rounds, theirs // 2)
    edges = [theirs * turn // rounds for turn in range(rounds + 1)]
    singles, runs, scores = ({tool.name: [] for tool in tools} for _ in range(3))
    one = {students[0]: classroom[students[0]]}
    for tool in tools:
        _say(f"{week.label}: {tool.name}, one submission to warm up")
        tool.grade(week, one)
    for turn in range(rounds):
        part = {student: classroom[student] for student in students[edges[turn] : edges[turn + 1]]}
        for tool in tools[turn % len(tools) :] + tools[: turn % len(tools)]:
            chosen = classroom if tool.whole_class else part
            _say(f"{week.label}, round {turn + 1} of {rounds}: {tool.name}, 1 and then {len(chosen)} submissions")
            singles[tool.name].append(tool.grade(week, one)[0])
            measured, given = tool.grade(week, chosen)
            runs[tool.name].append(measured)
            scores[tool.name].append(given)
    sizes = {tool.name: submissions if tool.whole_class else theirs for tool in tools}
    taken = {
        tool.name: summarize(singles[tool.name], runs[tool.name], sizes[tool.name], tool.whole_class) for tool in tools
    }
    together = {name: {s: points for given in parts for s, points in given.items()} for name, parts in scores.items()}
    return {
        "lesson": f"{week.week}/{week.stem}",
        "scores": {student: sum(points.values()) for student, points in together["ours"].items()},
        "disagreements": _disagreements(together),
        "isolation": sorted(tools[0].isolation),
        "tools": taken,
        "ratios": week_ratios(taken),
        "limit": week_limit(_cell_seconds(course, week, classroom), CORES, taken["ours"]),
    }


def _disagreements(scores: dict[str, dict]) -> list[list]:
    """``[tool, student, exercise, its points, our points]`` wherever a tool gives one of its students other points."""
    return [
        [name, student, exercise, theirs.get(student, {}).get(exercise), points]
        for name, theirs in scores.items()
        for student, items in scores["ours"].items()
        if student in theirs
        for exercise, points in items.items()
        if theirs[student].get(exercise) != points
    ]


def _cell_seconds(course: Path, week: Week, classroom: dict) -> list[float]:
    _say(f"{week.label}: the cells alone")
    with tempfile.TemporaryDirectory() as folder:
        for student, notebook in classroom.items():
            nbformat.write(notebook, Path(folder) / f"{student}.ipynb")
        command = [sys.executable, "-m", "benchmarks.limit", course, week.week, week.stem, folder]
        return json.loads(run(command, environment(course), ROOT))


def _grow(course: Path, week: Week, sizes: list[int]) -> list[dict]:
    ours = Ours(course, [week])
    classroom = make_class(place_of(course, week), sizes[-1])
    runs = {}
    for size in sizes:
        _say(f"growth: {size} submissions")
        chosen = dict(list(classroom.items())[:size])
        runs[size] = [ours.grade(week, chosen)[0] for _ in range(3 if size <= SMALL else 1)]
    return growth_summary(runs)


def _about(submissions: int, rounds: int) -> dict:
    locked = re.findall(
        r"^otter-grader==(\S+)", (ROOT / "benchmarks" / "requirements.lock").read_text("utf-8"), re.MULTILINE
    )
    names = ("nbgrader", "nbclient", "ipykernel", "numpy", next(filter(_installed, ("tensorflow-cpu", "tensorflow"))))
    return {
        "date": datetime.date.today().isoformat(),
        "machine": {
            "cores": CORES,
            "memory_gib": round(psutil.virtual_memory().total / 2**30),
            "system": f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}",
            "python": platform.python_version(),
        },
        "versions": {**{name: importlib.metadata.version(name) for name in names}, "otter-grader": locked[0]},
        "submissions": submissions,
        "rounds": rounds,
        "mix": {kind: MIX.count(kind) / len(MIX) for kind in dict.fromkeys(MIX)},
    }


def _installed(name: str) -> bool:
    try:
        return bool(importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return False


def _say(text: str) -> None:
    click.echo(f"{datetime.datetime.now():%H:%M:%S}  {text}", err=True)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
