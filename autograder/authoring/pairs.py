"""Pairs of mistakes: two changes of the same solution that do not touch each other, made at once."""

import itertools
import re
from collections.abc import Iterator, Sequence

from autograder.authoring.answers import WrittenMistake
from autograder.authoring.lesson_text import LessonText
from autograder.authoring.run_author_code import answer
from autograder.judge import judge_reports
from autograder.judge.array_by_array import leaves
from autograder.judge.decode import Report
from autograder.judge.network_words import is_network
from autograder.judge.records import Record
from autograder.notebooks import without_markers

Span = tuple[int, int, str]
"""Where a text is replaced, from and to, and by what."""


def telling_pairs(lesson: LessonText, record: Record, seed: str) -> Iterator[tuple[int, int, tuple[Report, ...]]]:
    """The pairs whose two mistakes are not named by what each of them answers alone, and what they answer together.

    Of networks there are none: the first layer that differs is told of them, and each takes seconds to build.

    Args:
        lesson: the lesson. record: of one exercise and its mistakes. seed: that its cases draw from.
    """
    (item,) = record.items.values()
    if any(is_network(value) for case in item.cases for _, value in leaves(case.output)):
        return
    mistakes = [mistake for mistake in lesson.mistakes if mistake.exercise == item.exercise]
    for i, j, source in pairs_of(mistakes, without_markers(lesson.solutions[item.exercise])):
        try:
            given = answer(lesson, item.exercise, source, seed)
        except Exception:  # noqa: BLE001 - two changes together may break the answer
            continue
        if any(report.error for report in given.reports):
            continue
        judged = judge_reports(record, item.exercise, given.raw)
        if not judged.passed and set(judged.causes) != {mistakes[i].cause, mistakes[j].cause}:
            yield i, j, given.reports


def pairs_of(mistakes: Sequence[WrittenMistake], solution: str) -> Iterator[tuple[int, int, str]]:
    """The numbers of two mistakes that can be made at once, and the text of the answer that makes both.

    Args:
        mistakes: those of one exercise. solution: the text that their edits start from.
    """
    spans = [_spans(mistake, solution) for mistake in mistakes]
    for (i, first), (j, second) in itertools.combinations(enumerate(spans), 2):
        both = sorted([*first, *second])
        if first and second and all(a[1] <= b[0] and a[:2] != b[:2] for a, b in itertools.pairwise(both)):
            yield i, j, _replaced(solution, both)


def _spans(mistake: WrittenMistake, solution: str) -> list[Span]:
    """Where its edits stand in the solution; none where it is not written so, or one edit changes another."""
    if any(solution.count(old) != 1 for old, _ in mistake.edits):
        return []
    return [_trimmed(solution.index(old), old, new) for old, new in mistake.edits]


def _trimmed(start: int, old: str, new: str) -> Span:
    """A replacement without what both texts begin and end with; names and numbers stay whole."""
    words, others = (re.findall(r"\w+|\W", text) for text in (old, new))
    same = _alike_at_first(words, others)
    end = _alike_at_first(words[same:][::-1], others[same:][::-1])
    kept, tail = "".join(words[:same]), "".join(words[len(words) - end :])
    return start + len(kept), start + len(old) - len(tail), new[len(kept) : len(new) - len(tail)]


def _alike_at_first(a: list[str], b: list[str]) -> int:
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _replaced(solution: str, spans: list[Span]) -> str:
    for start, end, new in reversed(spans):
        solution = f"{solution[:start]}{new}{solution[end:]}"
    return solution
