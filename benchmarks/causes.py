"""How often the judge says why: wrong answers by people who do not know its catalogue, and what it says of each.

    python -m benchmarks.causes [WEEK, or LESSON]

The answers stand in benchmarks/wrong_answers/<week>/<lesson>.py, each with what is truly wrong in it. They are graded
as a class is. A line for each says the kind of what was told:

* cause: one recorded mistake, or several, named;
* line: an error, with the line of the answer that raised it;
* fact: what speaks of the answer as a whole (a shape, a type, a key, a direction) and so says where to look;
* number: an expected and a received number, nothing more;
* passed: the answer was taken for right.

Whether a cause is true is for a reader to say; what was read stands in benchmarks/README.md.
"""

import ast
import collections
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.lesson_text import read_lesson
from autograder.grading.grade import grade_notebook
from autograder.grading.submissions import read_submission
from autograder.judge.verdicts import Item, Verdict
from autograder.places import LessonFiles, repository
from autograder.run.limits import limits_of
from benchmarks.course import filled, own_answers

FOLDER = Path(__file__).parent / "wrong_answers"
NUMBER = re.compile(r"[^.]*?(: expected|differs in \d+ of \d+ entries, most at [^:]*: expected) \S+ received \S+")
"""The whole of a difference that is a bare number."""


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer: the function's name, its text, and what is truly wrong in it, a sentence for each mistake."""

    exercise: str
    source: str
    truths: tuple[str, ...]


def read_wrong_answers(path: Path) -> list[WrongAnswer]:
    """The functions of a file that are decorated with ``@wrong("…", …)``; the file is never imported."""
    text = path.read_text("utf-8")
    found = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            (call,) = node.decorator_list
            assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "wrong"
            truths = tuple(str(ast.literal_eval(argument)) for argument in call.args)
            lines = text.splitlines()[node.lineno - 1 : node.end_lineno]
            found.append(WrongAnswer(node.name, "\n".join(lines) + "\n", truths))
    return found


def told(place: LessonFiles, answers: list[WrongAnswer]) -> list[tuple[WrongAnswer, Item]]:
    """What the judge says of each answer; all other exercises are solved."""
    waiting, rows = list(answers), []
    solved = own_answers(read_lesson(place))
    while waiting:
        chosen: dict[str, WrongAnswer] = {}
        for answer in waiting:
            chosen.setdefault(answer.exercise, answer)
        waiting = [answer for answer in waiting if chosen[answer.exercise] is not answer]
        items = _graded(place, solved | {name: answer.source for name, answer in chosen.items()})
        rows += [(answer, items[name]) for name, answer in chosen.items()]
    return rows


def _graded(place: LessonFiles, answers: dict[str, str]) -> dict[str, Item]:
    submission = read_submission(json.dumps(filled(place, answers)).encode(), f"{place.stem}.ipynb")
    return {item.exercise: item for item in grade_notebook(submission, place, limits_of(place.week)).items}


def kind_of(item: Item) -> str:
    """What was told: "cause", "line", "fact", "number" or "passed"."""
    if item.passed:
        return "passed"
    if item.causes:
        return "cause"
    if item.verdict is Verdict.RAISED:
        return "line" if re.match(r"raised \w+ in `", item.difference) else "number"
    if "Look at line" in item.difference:
        return "line"
    only_number = item.verdict is Verdict.WRONG_VALUE and NUMBER.fullmatch(item.difference.strip())
    return "number" if only_number else "fact"


def main() -> None:
    counts: collections.Counter[str] = collections.Counter()
    for place in repository().select(sys.argv[1] if sys.argv[1:] else None):
        path = FOLDER / place.week / f"{place.stem}.py"
        if not path.is_file():
            continue
        for answer, item in told(place, read_wrong_answers(path)):
            kind = kind_of(item)
            counts[kind] += 1
            print(f"{place.stem} · {answer.exercise} · {' + '.join(answer.truths)}", flush=True)
            print(f"    {kind}: {item.sentence}\n", flush=True)
    total = sum(counts.values())
    print(f"{total} answers: " + ", ".join(f"{kind} {n} ({n / total:.0%})" for kind, n in counts.most_common()))


if __name__ == "__main__":
    main()
