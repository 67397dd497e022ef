"""What the class misunderstood: the results of the last grading, counted by cause."""

import json
import os
from collections import defaultdict
from pathlib import Path

from autograder.errors import AutograderError
from autograder.grade import Result
from autograder.places import Places


def results_path(places: Places, week: str) -> Path:
    return places.notebooks / "autograded" / f"{week}.json"


def write_results(places: Places, week: str, results: list[tuple[str, Result]]) -> None:
    """Keep the results beside the executed notebooks; those of students not graded this time stay."""
    path = results_path(places, week)
    known = {(entry["student"], entry["lesson"]): entry for entry in _read(path)}
    known.update({(student, result.stem): result.as_json(student=student) for student, result in results})
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps([known[key] for key in sorted(known)], ensure_ascii=False, indent=1), "utf-8")
    os.replace(draft, path)


def _read(path: Path) -> list[dict]:
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return []


def class_report(places: Places, week: str) -> list[dict]:
    """One row for each way in which an exercise went wrong, the most frequent first within its exercise.

    Returns:
        Dicts of ``lesson``, ``exercise``, ``passed`` and ``of`` (students), and ``faults``: a list of
        ``{"count", "verdict", "cause", "students"}``.

    Raises:
        AutograderError: the week has not been graded.
    """
    places.week(week)
    results = _read(results_path(places, week))
    if not results:
        raise AutograderError(f"{week} has not been graded yet. Grade it with: autograder grade {week}")
    items = defaultdict(list)
    for entry in results:
        for item in entry["items"]:
            items[entry["lesson"], item["exercise"]].append((entry["student"], item))
    return [_row(lesson, exercise, answers) for (lesson, exercise), answers in items.items()]


def _row(lesson: str, exercise: str, answers: list[tuple[str, dict]]) -> dict:
    faults = defaultdict(list)
    for student, item in answers:
        if item["verdict"] != "passed":
            faults[item["verdict"] if not item["cause"] else "", item["cause"]].append(student)
    counted = [
        {"count": len(students), "verdict": verdict or None, "cause": cause, "students": students}
        for (verdict, cause), students in sorted(faults.items(), key=lambda pair: -len(pair[1]))
    ]
    passed = sum(item["verdict"] == "passed" for _, item in answers)
    return {"lesson": lesson, "exercise": exercise, "passed": passed, "of": len(answers), "faults": counted}
