"""Where a wrong answer leaves the right computations, from the traces that came of it, and what is said of that."""

from typing import Any

from autograder.judge.decode import DecodeError, Report, decode_report
from autograder.judge.first_wrong import Found, Traced
from autograder.judge.judging import case_verdicts
from autograder.judge.records import Record, RecordedItem
from autograder.judge.trace import decode_trace
from autograder.judge.trace_values import Likeness
from autograder.judge.verdicts import Item, Verdict


def traced_cases(record: Record, item: Item, data: list[Any], traces: list[Any]) -> list[Traced]:
    """The cases whose values on the way are known; none where that cannot be told.

    Args:
        record: the lesson's record. item: the verdict. data: the reports that it was given on.
        traces: the reports of the cases that were traced, as they came; not believed.
    """
    known = record.items[item.grade_id]
    try:
        verdicts = case_verdicts(record, item.exercise, data)
        reports = {report.index: report for report in (decode_report(one, item.exercise) for one in data)}
        answers = {one["index"]: one["output"] for one in data}
        return [
            _traced(known, reports[one["index"]], one["trace"], verdicts[one["index"]] is Verdict.PASSED)
            for one in traces
            if one["index"] in known.right and one["output"] == answers[one["index"]]
        ]
    except (DecodeError, LookupError, TypeError):
        return []


def _traced(known: RecordedItem, report: Report, trace: Any, passed: bool) -> Traced:
    # Where the lesson knows other forms of the answer, the recorded one is not what this one should be.
    wanted = known.cases[report.index].output if known.forms_name is None else None
    return Traced(decode_trace(trace), known.right[report.index], wanted, report.output, passed)


def sentence(found: Found) -> str:
    """What is said of where an answer errs."""
    node = found.seen.node
    where = look_at(node.line, node.last, node.text)
    if found.why == "wrong":
        return f"{where} {_wrong(found)}"
    return f"{where} {SAID[found.why]}"


def look_at(line: int, last: int, text: str) -> str:
    """How a sentence about a place in an answer begins."""
    return f"Look at {f'line {line}' if line == last else f'lines {line} to {last}'}, `{text}`:"


SAID = {
    "not due": "right computations come to this value too, but what is made of it next needs another one.",
    "returned": "right computations come to this value on the way, but it is not yet the result.",
    "misplaced": "this value is due, but not where it is put.",
    "reads right": "all that it is made of is right, but not what comes of it: it is at fault, or a step is missing.",
    "order": "the values are right, but not in this order.",
}


def _wrong(found: Found) -> str:
    seen = found.seen
    if seen.misnamed and seen.like is Likeness.SAME:
        return "the number is another one than in right computations."
    turn = f" from turn {seen.turn} on" if seen.turn > 1 else ""
    said = f"up to here every value is one that a right computation has; this one is not{turn}."
    worst = max(seen.matches, key=lambda match: match.like)
    if worst.like is Likeness.SCALED:
        said += f" It is {worst.factor:.6g} times one."
    elif worst.like is Likeness.PARTS:
        said += " Its entries are right numbers, but not in this order or shape."
    if found.besides:
        said += f" Or else the condition in line {found.besides} is at fault."
    return said
