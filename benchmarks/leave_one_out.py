"""How often the line that is named is the faulty one, when the answer's own way is not among the known ones.

    python -m benchmarks.leave_one_out [WEEK, or LESSON] [--styles N] [--mutants N] [--two] [--seconds S]

Each right answer of an exercise in turn (at most N of them, drawn) is left out of what is known, gets one planted
mutant at a time (or, with --two, two), and is judged. Of those that give wrong values it is counted for how many a
line is named, and for how many of these it is one that was changed. A statement that was dropped has no line: those
stand apart. Half a second for edits is meant on a quiet machine: on one that is four times slower, say ``--seconds 2``.
"""

import argparse
import ast
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from autograder.authoring.lesson_text import LessonText, read_lesson
from autograder.authoring.mutants import Mutant, mutants
from autograder.authoring.named_lines import edited_lines, is_named
from autograder.authoring.run_author_code import answer, asked_again, values_on_the_way
from autograder.judge import judge_reports, load_record
from autograder.judge.records import Record, RecordedItem
from autograder.judge.right_computations import pack_right
from autograder.judge.second_look import OF_VALUES, second_look
from autograder.judge.trace import Trace, array_leaves, decode_trace
from autograder.notebooks import without_markers
from autograder.places import repository
from companion import neighbours

HEAD = (
    "| exercise | wrong by value | named | of these true | dropped statements | named there |",
    "|---|---|---|---|---|---|",
)
Traces = dict[str, dict[int, Trace]]


def planted(exercise: str, source: str, rng: random.Random, most: int, two: bool) -> Iterator[tuple[str, bool]]:
    """Mutants of an answer, and whether a statement was dropped."""
    found = mutants(exercise, source)
    rng.shuffle(found)
    for mutant in found[:most]:
        if not two:
            yield mutant.source, mutant.new == "pass"
            continue
        others: list[Mutant] = [one for one in mutants(exercise, mutant.source) if one.old != mutant.new]
        if others and mutant.new != "pass" and (other := rng.choice(others)).new != "pass":
            yield other.source, False


def right_answers(lesson: LessonText, item: RecordedItem, seed: str) -> tuple[dict[str, str], Traces]:
    """The right answers as the parser writes them, and their traces by case."""
    sources = {"solution": without_markers(lesson.solutions[item.exercise]), **lesson.styles.get(item.exercise, {})}
    sources = {name: ast.unparse(ast.parse(source)) for name, source in sources.items()}
    numbers = tuple(range(len(item.cases)))
    traces: Traces = {}
    for name, source in sources.items():
        told = values_on_the_way(lesson, item.exercise, source, seed, numbers)
        traces[name] = {one["index"]: decode_trace(one["trace"]) for one in told}
    return sources, traces


def outcome(lesson: LessonText, record: Record, exercise: str, source: str, plain: str) -> tuple[str, float]:
    """What became of one planted fault, and the seconds of processor time of the second look."""
    try:
        raw = answer(lesson, exercise, source, record.seed).raw
        judged = replace(judge_reports(record, exercise, raw), causes=())
    except Exception:  # noqa: BLE001 - a mutant may raise anything
        return "error", 0.0
    if judged.passed:
        return "passed", 0.0
    if judged.verdict not in OF_VALUES or all(report["error"] for report in raw):
        return "error", 0.0

    start = time.process_time()
    found = second_look(record, judged, raw, partial(asked_again, lesson, exercise, source, record.seed))
    spent = time.process_time() - start
    if found is None:
        return "silent", spent
    return ("true" if is_named(found, edited_lines(plain, source)) else "elsewhere"), spent


def without(record: Record, item: RecordedItem, others: Traces) -> Record:
    """The record, in which only these other answers to an exercise are known."""
    known = {
        number: ([trace[number] for trace in others.values() if number in trace], arrays_of(item, number))
        for number in item.right
    }
    return replace(record, items=record.items | {item.grade_id: replace(item, packed_right=pack_right(known))})


def arrays_of(item: RecordedItem, number: int) -> list:
    """The arrays of a case's recorded inputs and output."""
    return [array for _, array in array_leaves([item.cases[number].inputs, item.cases[number].output])]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name", nargs="?")
    parser.add_argument("--styles", type=int, default=3)
    parser.add_argument("--mutants", type=int, default=8)
    parser.add_argument("--two", action="store_true")
    parser.add_argument("--seconds", type=float, default=neighbours.SECONDS, help="of processor time for edits")
    given = parser.parse_args()
    neighbours.SECONDS = given.seconds
    total: Counter[str] = Counter()
    spent: list[float] = []
    for line in HEAD:
        print(line)
    for place in repository().select(given.name):
        lesson, record = read_lesson(place), load_record(place)
        for item in record.items.values():
            if not item.right:
                continue
            count: Counter[str] = Counter()
            sources, traces = right_answers(lesson, item, record.seed)
            rng = random.Random(1)
            for name in rng.sample(sorted(sources), min(given.styles, len(sources))):
                others = {other: trace for other, trace in traces.items() if other != name}
                left_out = without(record, item, others)
                for source, dropped in planted(item.exercise, sources[name], rng, given.mutants, given.two):
                    with np.errstate(all="ignore"):
                        became, seconds = outcome(lesson, left_out, item.exercise, source, sources[name])
                    count[f"dropped {became}" if dropped else became] += 1
                    spent += [seconds] if seconds else []
            print(f"| {item.exercise} {_row(count)}", flush=True)
            total += count
    print(f"| all {_row(total)}")
    if spent:
        print(f"{1000 * statistics.median(spent):.0f} ms CPU each (median), {1000 * max(spent):.0f} at most")


def _row(count: Counter[str]) -> str:
    named, dropped = count["true"] + count["elsewhere"], count["dropped true"] + count["dropped elsewhere"]
    share = f"{count['true']} ({count['true'] / named:.0%})" if named else "–"
    wrong = named + count["silent"]
    part = f"{named} ({named / wrong:.0%})" if wrong else "–"
    return f"| {wrong} | {part} | {share} | {dropped + count['dropped silent']} | {dropped} |"


if __name__ == "__main__":
    main()
