"""How long a learner waits for a verdict: for each exercise of each lesson, solved, in seconds.

    python -m benchmarks.verdict_time [WEEK, or LESSON]

*First* is the first verdict after the kernel has started: the record is opened and the exercise's answers are read.
*Again* is the median of five further ones. Both run the practice cases, judge them and make the HTML, as the cell does.
"""

import statistics
import sys
import time
from typing import Any

from autograder.authoring.lesson_text import read_lesson
from autograder.notebooks import grade_id_of, is_given_or_solved, without_markers
from autograder.places import LessonFiles, repository
from companion import lessons, practice
from companion.verdict_texts import verdict_box


def main() -> None:
    print(f"{'lesson':40} {'exercise':42} {'first':>6} {'again':>6}")
    for place in repository().select(sys.argv[1] if sys.argv[1:] else None):
        for exercise, first, again in measured(place):
            print(f"{place.name:40} {exercise:42} {first:6.3f} {again:6.3f}", flush=True)


def measured(place: LessonFiles) -> list[tuple[str, float, float]]:
    """The exercises of a lesson, in order, with the seconds of the first verdict and of a further one."""
    lesson = read_lesson(place)
    names: dict[str, Any] = {"__name__": "__main__"}
    lessons.current = place.name
    practice.learners_namespace = lambda: names
    for cell in lesson.cells:
        if is_given_or_solved(cell) and grade_id_of(cell) != "verdicts":
            exec(without_markers(cell.source), names)
    rows = []
    for exercise in lesson.tests:
        practice._practice.cache_clear()
        first, *further = [_seconds(exercise) for _ in range(6)]
        rows.append((exercise, first, statistics.median(further)))
    return rows


def _seconds(exercise: str) -> float:
    start = time.perf_counter()
    box, right = verdict_box(practice.practice(), exercise)
    box.html()
    if not right:
        raise SystemExit(f"the lesson's own solution is not right:\n{box.text()}")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
