"""A second look at a wrong answer that no recorded mistake explains: what to ask it, and which line to name.

Two kinds of facts count: where its values leave the right computations (on_the_way.py), and in which statement one
small edit makes it right (neighbours.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.judge.array_by_array import Path
from autograder.judge.compare import UNHEARD, Names, item_name, label_of
from autograder.judge.decode import DecodeError, decode_report
from autograder.judge.first_wrong import Found, first_wrong, last_wrong
from autograder.judge.judging import case_verdicts
from autograder.judge.neighbours import Mending, Statement, decode_edits, mending
from autograder.judge.on_the_way import look_at, sentence, traced_cases
from autograder.judge.records import Record, RecordedItem
from autograder.judge.trace import Node, array_leaves
from autograder.judge.verdicts import Item, Verdict, listed

FAILED, PASSED = 3, 1
"""How many of the cases that failed are looked into, and of those that passed."""
KINDS = 2
"""Of edits: see companion/small_edits.py."""
OF_VALUES = (Verdict.WRONG_VALUE, Verdict.WRONG_SHAPE, Verdict.WRONG_TYPE)

Question = tuple[tuple[int, ...], tuple[int, ...], int]
"""The numbers of the cases whose values on the way are asked for, of those that are tried with edits, and of which kind
these are: ``Asked`` in companion/cases.py."""
Told = list[list[Any]]
"""The reports that came to each question, not believed."""


@dataclass(frozen=True)
class Line:
    """Where an answer errs: the lines that are named, the first and the last of each place, and what is said."""

    places: tuple[tuple[int, int], ...]
    sentence: str


@UNHEARD
def next_question(record: Record, item: Item, data: list[Any], told: Told) -> Question | None:
    """What to ask the answer next: None where a cause is known, or enough.

    Args:
        record: the lesson's record. item: the verdict. data: the reports that it was given on. told: what came so far.
    """
    known = record.items[item.grade_id]
    if item.causes or item.verdict not in OF_VALUES or not item.cases or len(told) == KINDS or [] in told:
        return None
    verdicts = case_verdicts(record, item.exercise, data)
    raised = {report["index"] for report in data if report.get("error")}
    failed = [i for i, verdict in enumerate(verdicts) if verdict is not Verdict.PASSED and i not in raised]
    passed = [i for i, verdict in enumerate(verdicts) if verdict is Verdict.PASSED]
    if not failed:
        return None
    # A whole number, or what is true or not, comes out right by chance as well.
    telling = any(array.telling for _, array in array_leaves(known.cases[failed[0]].output))
    edited = tuple(failed[: 1 if telling else FAILED])
    if told:
        return None if _mended(record, known, data, told).whole else ((), edited, len(told))
    failed, passed = ([i for i in some if i in known.right] for some in (failed, passed))
    return (*failed[:FAILED], *(passed[:PASSED] if failed else ())), edited, 0


def second_look(record: Record, item: Item, data: list[Any], ask: Callable[[Question], list[Any]]) -> Line | None:
    """Ask what is to be asked, and tell the line. Arguments as for :func:`next_question`; ask: a question."""
    told: Told = []
    while question := next_question(record, item, data, told):
        told.append(ask(question))
    return line(record, item, data, told)


@UNHEARD
def line(record: Record, item: Item, data: list[Any], told: Told) -> Line | None:
    """Where an answer errs; None where that cannot be told. Arguments as for :func:`next_question`."""
    known = record.items[item.grade_id]
    traces = [report for reports in told for report in reports if _has(report, "trace")]
    cases = traced_cases(record, item, data, traces) if traces else []
    found = first_wrong(cases)
    mended = _mended(record, known, data, told)
    if found is None:
        edited = _edited(mended, known)
        if edited and mended.whole:
            return edited
        made = _made(last_wrong(cases), mended.whole)
        # An edit that mends a part of the answer may stand where something is made of the fault.
        return made if made and (edited is None or made.places < edited.places) else edited
    node = found.seen.node
    tried = any(_has(report, "edits") for reports in told for report in reports)
    elsewhere = mended.whole and not any(_overlap(one, node) for one in mended.whole)
    computed = node.op.startswith(("binary", "unary"))
    if elsewhere or (found.why == "not due" and not tried and not computed):
        return _edited(mended, known)
    places: tuple[tuple[int, int], ...] = ((node.line, node.last),)
    if found.besides:
        places += ((found.besides, found.besides),)
    # Of two mistakes in two arrays the values tell the first, the edits both.
    others = {path: some for path, some in mended.parts.items() if not any(_overlap(one, node) for one in some)}
    more = _edited(Mending((), others), known) if len(others) < len(mended.parts) else None
    if more:
        return Line(places + more.places, f"{sentence(found)} {more.sentence}")
    return Line(places, sentence(found))


def _made(found: Found | None, mended: tuple[Statement, ...]) -> Line | None:
    """What the answer tells backwards, unless edits mend it, and none of them there."""
    if found is None or (mended and not any(_overlap(one, found.seen.node) for one in mended)):
        return None
    return Line(((found.seen.node.line, found.seen.node.last),), sentence(found))


def _overlap(one: Statement, node: Node) -> bool:
    return one.line <= node.last and node.line <= one.last


def _has(report: Any, key: str) -> bool:
    return isinstance(report, dict) and key in report


def _mended(record: Record, known: RecordedItem, data: list[Any], told: Told) -> Mending:
    """Where edits mend the answer: those of the first kind that mends all of it, or else some."""
    best = Mending()
    try:
        reports = {one["index"]: decode_report(one, known.exercise) for one in data}
        outputs = {one["index"]: one["output"] for one in data}
        for asked in told:
            edits = {one["index"]: one["edits"] for one in asked if _has(one, "edits")}
            drawn = known.accept_name is not None
            if not drawn and any(one["as_it_is"] != outputs[index] for index, one in edits.items()):
                return Mending()  # it answers otherwise when it is asked once more
            found = mending(record, known, [(reports[index], decode_edits(one)) for index, one in edits.items()])
            if found.whole:
                return found
            best = best if best.parts else found
    except (DecodeError, LookupError, TypeError):
        return Mending()
    return best


def _edited(mended: Mending, known: RecordedItem) -> Line | None:
    """What edits tell: a statement that alone mends the answer, or each of its wrong parts by one."""
    if len(mended.whole) == 1:
        (one,) = mended.whole
        return Line(((one.line, one.last),), f"{_where(one)} one small change there makes the answer right.")
    by_line: dict[Statement, list[str]] = {}
    for path, statements in mended.parts.items():
        if len(statements) == 1:
            by_line.setdefault(statements[0], []).append(_name(path, known.returns))
    if not by_line or len(by_line) > 2:
        return None
    said = [f"{_where(one)} one small change there makes {listed(names)} right." for one, names in by_line.items()]
    return Line(tuple((one.line, one.last) for one in by_line), " ".join(said))


def _where(one: Statement) -> str:
    return look_at(one.line, one.last, one.text)


def _name(path: Path, returns: Names) -> str:
    """What an array of the answer is called."""
    for step in path:
        returns = (
            step
            if isinstance(step, str)
            else item_name(returns, step, len(returns) if isinstance(returns, tuple) else 0)
        )
    return label_of(returns)
