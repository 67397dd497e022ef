"""The verdict on one graded cell: from the reports that left the kernel and the record."""

import re
from dataclasses import replace
from typing import Any

from autograder.judge.absent import NOT_FOUND
from autograder.judge.changed_inputs import changed_inputs
from autograder.judge.compare import UNHEARD, Difference, difference, numbers_as_arrays
from autograder.judge.decode import DecodeError, Report, Value, decode_report
from autograder.judge.diagnose import diagnose
from autograder.judge.directions import with_direction
from autograder.judge.error_words import raised
from autograder.judge.judge_functions import accepted
from autograder.judge.other_forms import OtherForms
from autograder.judge.recorded_form import in_recorded_form
from autograder.judge.records import Record, RecordedItem
from autograder.judge.verdicts import Item, Verdict, listed
from autograder.judge.where_right import where_right


@UNHEARD
def judge_reports(record: Record, exercise: str, data: list[Any], ran: str = "ok", cell: str = "") -> Item:
    """Judge what one graded cell handed over.

    Args:
        record: the lesson's record.
        exercise: the exercise that the cell judges.
        data: the reports as they came, JSON objects, at most a few; not believed.
        ran: what became of the cell; one of ``ENDS`` where it did not end by itself.
        cell: the text of the exercise's own cell, which the learner wrote.
    """
    (item,) = [item for item in record.items.values() if item.exercise == exercise]
    if ran in ENDS:
        verdict, sentence = ENDS[ran]
        return _failed(item, verdict, sentence.format(exercise))
    if not data:
        why = f"No answer of {exercise} reached the grader: the test cell did not run to its end."
        return _failed(item, Verdict.MISSING, why)
    try:
        reports = _sorted_reports(item, data)
    except DecodeError as error:
        return _failed(item, Verdict.WRONG_TYPE, f"{exercise} was not judged: {error}.")
    found = _differences(record, item, reports)
    first = next((difference for difference in found if difference), None)
    if first is None:
        return _passed(record, item, reports)
    known = diagnose(item, reports, OtherForms(record, item).answers)
    counts: dict[str, Any] = {"right_cases": found.count(None), "cases": len(reports)}
    if known:
        besides = known.besides if first.verdict is not Verdict.RAISED else ""
        sentence = f"{first.sentence} {besides}".rstrip()
        return _failed(item, first.verdict, sentence, causes=known.causes, hints=known.hints, **counts)
    under = _other_names(exercise, cell) if first == NOT_FOUND else ""
    where = where_right(record, item, [difference is None for difference in found])
    sentence = f"{with_direction(record, item, reports, found)}{under} {where}".rstrip()
    return _failed(item, first.verdict, sentence, **counts)


@UNHEARD
def case_verdicts(record: Record, exercise: str, data: list[Any]) -> list[Verdict]:
    """The verdict of each hidden case by itself, for the kill matrix. ``data`` comes from the author's own code."""
    (item,) = [item for item in record.items.values() if item.exercise == exercise]
    found = _differences(record, item, _sorted_reports(item, data))
    return [difference.verdict if difference else Verdict.PASSED for difference in found]


@UNHEARD
def differs(record: Record, item: RecordedItem, answer: Report) -> Difference | None:
    """What is wrong with an answer to one case, whose number it bears."""
    case = item.cases[answer.index]
    return _case_difference(record, item, case, _in_recorded_form(item, case, answer))


ENDS = {
    "timed out": (Verdict.TIMED_OUT, "{} was stopped at the time limit: does a loop never end?"),
    "waited": (
        Verdict.TIMED_OUT,
        "{} was stopped because it hardly computed for a long time: does it sleep, or wait for something?",
    ),
    "killed": (
        Verdict.KILLED,
        "The kernel died while {} ran, or had to be killed: "
        "it ended the process, used up the memory or could not be interrupted.",
    ),
    "not run": (
        Verdict.KILLED,
        "{} was not judged: the kernel had died too often above it. Mend the exercises above first.",
    ),
}
"""How a cell may end otherwise than by itself: the verdict, and what is said."""


def _failed(item: RecordedItem, verdict: Verdict, difference: str, **more: Any) -> Item:
    return Item(item.grade_id, item.exercise, 0.0, item.points, verdict, difference, **more)


def _passed(record: Record, item: RecordedItem, reports: list[Report]) -> Item:
    with_own_calls = (_own_calls_difference(record, item, a, b) for a, b in zip(item.cases, reports, strict=True))
    return Item(
        item.grade_id,
        item.exercise,
        item.points,
        item.points,
        Verdict.PASSED,
        as_written=next((difference.sentence for difference in with_own_calls if difference), ""),
        right_cases=len(reports),
        cases=len(reports),
        remarks=tuple(_forms_of(record, item, reports)),
    )


def _sorted_reports(item: RecordedItem, data: list[Any]) -> list[Report]:
    if len(data) != len(item.cases):
        raise DecodeError(f"{len(data)} cases were handed in, {len(item.cases)} are due")
    reports = sorted((decode_report(x, item.exercise) for x in data), key=lambda report: report.index)
    if [report.index for report in reports] != list(range(len(item.cases))):
        raise DecodeError("a case was handed in twice")
    return [_in_recorded_form(item, case, report) for case, report in zip(item.cases, reports, strict=True)]


def _in_recorded_form(item: RecordedItem, case: Report, report: Report) -> Report:
    # Where a lesson knows other forms, it says itself what it thinks of an array for a list.
    split = item.forms_name is None
    own = report.with_own_calls
    return replace(
        report,
        output=in_recorded_form(case.output, report.output, split),
        with_own_calls=_in_recorded_form(item, case, own) if own else None,
    )


def _differences(record: Record, item: RecordedItem, reports: list[Report]) -> list[Difference | None]:
    return [_case_difference(record, item, a, b) for a, b in zip(item.cases, reports, strict=True)]


def _case_difference(record: Record, item: RecordedItem, case: Report, report: Report) -> Difference | None:
    """What is wrong with a case. One way is enough: with right versions of what the function calls, or as written."""
    found = _difference(record, item, case, report)
    if found and report.with_own_calls and _own_calls_difference(record, item, case, report) is None:
        return None
    return found


def _own_calls_difference(record: Record, item: RecordedItem, case: Report, report: Report) -> Difference | None:
    return _difference(record, item, case, report.with_own_calls) if report.with_own_calls else None


def _difference(record: Record, item: RecordedItem, case: Report, report: Report) -> Difference | None:
    if report.error:
        return raised(record, item, case, report.error)
    found = difference(case.output, report.output, item.tolerance, item.returns)
    if found and item.accept_name:
        found = _accepted(record, item, case, report, found)
    if found and item.forms_name:
        found = OtherForms(record, item).difference(case, report, found)
    if found is None and (changed := changed_inputs(item, case, report)):
        sentence = f"the result is right, but the function changes its input in place. {changed}"
        return Difference(Verdict.WRONG_VALUE, sentence)
    return found


def _forms_of(record: Record, item: RecordedItem, reports: list[Report]) -> list[str]:
    """What is to be said of the form of a right answer: each sentence once."""
    other_forms = OtherForms(record, item)
    said: list[str] = []
    answers: list[tuple[Value, Value]] = []
    for case, report in zip(item.cases, reports, strict=True):
        sentence, form = other_forms.of_right(case, report)
        said.append(sentence)
        answers.append((form, report.output))
    return [*dict.fromkeys(filter(None, said)), *numbers_as_arrays(answers, item.returns)]


_DEFINED = re.compile(r"^def[ \t]+(\w{1,60})[ \t]*\(", re.MULTILINE)
"""Looked for in the text: the parser, which a learner's code can bring down, stays out of the grader."""


def _other_names(exercise: str, cell: str) -> str:
    """What to say of the functions in the exercise's cell, none of which has its name: such as that of another year."""
    names = list(dict.fromkeys(_DEFINED.findall(cell)))[:5]
    if not names or exercise in names:
        return ""
    return f" Its cell defines {listed(names)}: give the function the name that the exercise asks for."


def _accepted(record: Record, item: RecordedItem, case: Report, report: Report, found: Difference) -> Difference | None:
    """Ask the lesson's judge cell what the answer should be, given the random draw that it shows."""
    shapes = replace(item.tolerance, values=False)
    if difference(case.output, report.output, shapes, item.returns):
        return found
    try:
        wanted = accepted(record, item, case, report.output)
    except ValueError as error:
        return Difference(found.verdict, str(error))
    except Exception:  # noqa: BLE001 - the same: the verdict stands without it
        return found  # an answer so odd that the lesson's judge cell cannot read it
    return difference(wanted, report.output, item.tolerance, item.returns)
