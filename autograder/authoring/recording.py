"""Record a lesson: its own solution's answers, its mistakes' answers, and what the judge must know."""

import hashlib
import hmac
import io
import json
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np

from autograder.authoring.check_judge_functions import rehearse
from autograder.authoring.lesson_text import LessonText
from autograder.authoring.pairs import telling_pairs
from autograder.authoring.run_author_code import PUBLIC, Answers, answer, values_on_the_way
from autograder.errors import LessonError
from autograder.files import write_file
from autograder.judge import judge_reports
from autograder.judge.array_by_array import leaves
from autograder.judge.network_words import is_network
from autograder.judge.recorded_mistakes import Mistake, write_mistakes, write_pairs
from autograder.judge.records import FORMAT, Record, read_item, write_cases
from autograder.judge.right_computations import pack_right
from autograder.judge.trace import Trace, array_leaves, decode_trace
from autograder.notebooks import grade_id_of, without_markers


def seed_for(lesson: str, salt: bytes | None) -> str:
    """The seed of a lesson's cases: the public one, or an HMAC that only the salt's owner can make."""
    return PUBLIC if salt is None else hmac.new(salt, lesson.encode(), hashlib.sha256).hexdigest()


def write_record(lesson: LessonText, template: dict, path: Path, seed: str = PUBLIC, pairs: bool = True) -> None:
    """Run the lesson's solutions and mistakes on its hidden cases and write the record, whole or not at all.

    Args:
        lesson: the lesson.
        template: the release notebook with its hidden tests, as JSON.
        path: where to write.
        seed: see :func:`seed_for`.
        pairs: whether to record what two mistakes answer together, which takes longest.

    Raises:
        LessonError: a solution raises, a judge cell is at odds with the solution's answers, or a mistake cannot be told
            from the solution or from another one. CannotWrite: the disk is full, the folder is read-only …
    """
    written = io.BytesIO()
    with h5py.File(written, "w", libver="latest") as file:
        file.attrs.update(format=FORMAT, lesson=lesson.place.name, seed=seed)
        text = np.frombuffer(json.dumps(template, sort_keys=True).encode(), np.uint8)
        file.create_dataset("template", data=text, compression="gzip")
        file["judge"] = lesson.judge_source
        for exercise, cell in lesson.tests.items():
            _write_item(file.create_group(f"items/{grade_id_of(cell)}"), lesson, exercise, cell, seed, pairs)
    write_file(path, written.getvalue())


def _write_item(group: h5py.Group, lesson: LessonText, exercise: str, cell, seed: str, pairs: bool) -> None:
    solved = answer(lesson, exercise, seed=seed)
    for report in solved.reports:
        if report.error:
            said = f"{report.error.type}: {report.error.message}"
            rule = f"the solution of {exercise} raises in case {report.index}: {said}"
            raise LessonError(lesson.where_of(exercise), rule)
    _check_draws(lesson, exercise, cell, solved, seed)
    named = {key: names[exercise] for key in ("accept", "forms") if exercise in (names := getattr(lesson.answers, key))}
    group.attrs.update(
        exercise=exercise,
        points=float(cell.metadata["nbgrader"]["points"]),
        contract=json.dumps({**solved.contract, **named}, sort_keys=True),
        parameters=json.dumps(solved.parameters),
    )
    write_cases(group.create_group("cases"), solved.reports)
    item = read_item(cell.metadata.nbgrader.grade_id, group)
    record = Record(lesson.place.name, seed, {"cells": []}, lesson.judge_source, {item.grade_id: item})
    rehearse(record, solved.reports, lesson.answers.where)
    mistakes: list[Mistake] = []
    told: dict[str, str] = {}
    for mistake in (m for m in lesson.mistakes if m.exercise == exercise):
        given = _mistake_answers(lesson, exercise, mistake, seed)
        if judge_reports(record, exercise, given.raw).passed:
            raise LessonError(mistake.where, f"the mistake {mistake.name!r} of {exercise} passes every hidden case")
        mistakes.append(Mistake(mistake.name, mistake.cause, mistake.hint, given.reports))
        answers = json.dumps(given.raw, sort_keys=True)
        if not all(r.error for r in given.reports) and answers in told:
            rule = f"the mistakes {told[answers]!r} and {mistake.name!r} of {exercise} give the same answers"
            raise LessonError(mistake.where, rule)
        told[answers] = mistake.name
    write_mistakes(group, mistakes, item.cases)
    if (right := _on_the_way(lesson, exercise, seed, solved)) is not None:
        group["right"] = np.frombuffer(right, np.uint8)
    if pairs:
        item = read_item(item.grade_id, group)
        found = list(telling_pairs(lesson, replace(record, items={item.grade_id: item}), seed))
        write_pairs(group, found, item.cases, item.mistakes)


def _on_the_way(lesson: LessonText, exercise: str, seed: str, solved: Answers) -> bytes | None:
    """What the solution and the other right answers come to on the way, packed; None for networks, of which the first
    layer that differs is told."""
    if any(is_network(value) for report in solved.reports for _, value in leaves(report.output)):
        return None
    numbers = tuple(range(len(solved.reports)))
    traces: dict[int, list[Trace]] = {number: [] for number in numbers}
    for source in (without_markers(lesson.solutions[exercise]), *lesson.styles.get(exercise, {}).values()):
        for told in values_on_the_way(lesson, exercise, source, seed, numbers):
            traces[told["index"]].append(decode_trace(told["trace"]))
    arrays = {
        report.index: [array for _, array in array_leaves([report.inputs, report.output])] for report in solved.reports
    }
    return pack_right({number: (traces[number], arrays[number]) for number in numbers})


def _mistake_answers(lesson: LessonText, exercise: str, mistake, seed: str) -> Answers:
    try:
        return answer(lesson, exercise, mistake.source, seed)
    except Exception as error:
        rule = f"the mistake {mistake.name!r} of {exercise} does not run: {error!r}"
        raise LessonError(mistake.where, rule) from error


def _check_draws(lesson: LessonText, exercise: str, cell, solved: Answers, seed: str) -> None:
    """A case draws the same inputs whatever NumPy's own generator holds, or no submission could be judged by it."""
    again = answer(lesson, exercise, seed=seed, stirred=True)
    for first, second in zip(solved.raw, again.raw, strict=True):
        if first["inputs"] != second["inputs"]:
            rule = (
                f"case {first['index']} of {exercise} draws other inputs each time; "
                "draw from case.rng, not from np.random or random"
            )
            raise LessonError(lesson.where(cell), rule)
