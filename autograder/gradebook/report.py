"""What the class misunderstood: the stored results of a week, counted by cause."""

from collections import defaultdict

from autograder.errors import NotGraded
from autograder.places import Repository


def class_report(repo: Repository, week: str, db: str | None = None) -> list[dict]:
    """One row for each way in which an exercise went wrong, the most frequent first within its exercise.

    Args:
        db: the address of the gradebook, where it is not the one of nbgrader's settings.

    Returns:
        Dicts of ``lesson``, ``exercise``, ``passed`` and ``of`` (students), and ``faults``: a list of
        ``{"count", "verdict", "cause", "students"}``. Who made two mistakes at once is counted under both.

    Raises:
        NotGraded: the week has not been graded. GradebookFailed: the gradebook cannot be read.
    """
    from autograder.gradebook.database import database_url, nbgrader_app, stored_results

    repo.week(week)
    url = database_url(repo, nbgrader_app(repo).coursedir.db_url, db)
    results = stored_results(url, week)
    if not results:
        raise NotGraded(week)
    items = defaultdict(list)
    for entry in results:
        for item in entry["items"]:
            items[entry["lesson"], item["exercise"]].append((entry["student"], item))
    return [_row(lesson, exercise, answers) for (lesson, exercise), answers in items.items()]


def _row(lesson: str, exercise: str, answers: list[tuple[str, dict]]) -> dict:
    faults = defaultdict(list)
    for student, item in answers:
        if item["verdict"] != "passed":
            for cause in item.get("causes") or [item["cause"]]:  # results of an older version have the one
                faults["" if cause else item["verdict"], cause].append(student)
    counted = [
        {"count": len(students), "verdict": verdict or None, "cause": cause, "students": students}
        for (verdict, cause), students in sorted(faults.items(), key=lambda pair: -len(pair[1]))
    ]
    passed = sum(item["verdict"] == "passed" for _, item in answers)
    return {"lesson": lesson, "exercise": exercise, "passed": passed, "of": len(answers), "faults": counted}
