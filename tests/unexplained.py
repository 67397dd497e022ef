"""A wrong answer to an exercise of a lesson as the second look gets it: whatever cause is known of it."""

from dataclasses import replace
from functools import cache

from autograder.authoring.lesson_text import LessonText, read_lesson
from autograder.authoring.run_author_code import answer
from autograder.judge import Item, Record, judge_reports, load_record
from autograder.places import repository


@cache
def lesson_and_record(name: str) -> tuple[LessonText, Record]:
    (place,) = repository().select(name)
    return read_lesson(place), load_record(place)


def unexplained(name: str, exercise: str, source: str) -> tuple[LessonText, Record, Item, list]:
    """The lesson, its record, the verdict without its causes, and the reports that it was given on."""
    lesson, record = lesson_and_record(name)
    raw = answer(lesson, exercise, source, record.seed).raw
    item = replace(judge_reports(record, exercise, raw), causes=())
    assert not item.passed
    return lesson, record, item, raw
