"""Name the recorded mistakes that an answer shows. No match, no guess."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from autograder.judge.array_by_array import by_array, shared
from autograder.judge.changed_inputs import changed_inputs
from autograder.judge.compare import INPUTS
from autograder.judge.decode import Report, Value
from autograder.judge.recorded_mistakes import Mistake, Pair
from autograder.judge.records import RecordedItem
from autograder.judge.same_law import of_the_same_law
from autograder.judge.same_value import same_value

Recorded = TypeVar("Recorded", Mistake, Pair)

Forms = Callable[[Report], list[Value]]
"""Gives the other forms of a recorded answer."""


@dataclass(frozen=True)
class Diagnosis:
    """What is known of a wrong answer: a sentence and a hint for each cause, and what is wrong besides."""

    causes: tuple[str, ...]
    hints: tuple[str, ...]
    besides: str = ""


def diagnose(item: RecordedItem, reports: list[Report], forms: Forms = lambda _: []) -> Diagnosis | None:
    """The recorded mistakes that explain these answers in every case, in one of their forms, or None.

    What explains more goes first: one mistake; two in different arrays; a recorded pair; the same but for a shape or
    for inputs that were changed; and last, mistakes that explain some of the wrong arrays and touch no other, or, of
    random answers, one of the same law. A case in which a mistake and the answer raise the same error, type and
    message, agrees, but at least one case must agree by value: an error alone has too many causes.
    """
    if all(report.error for report in reports):
        return None
    known = _diagnose(item, reports, forms)
    return replace(known, besides=_besides(item, known, reports)) if known else None


def _diagnose(item: RecordedItem, reports: list[Report], forms: Forms) -> Diagnosis | None:
    found = _matching(item, item.mistakes, reports, forms)
    if found:
        return _either(found)
    whole, part = by_array(item, reports, forms)
    if whole:
        return _diagnosis(whole)
    pairs = _matching(item, item.pairs, reports, forms)
    if pairs:
        return _diagnosis(shared([pair.mistakes for pair in pairs]))
    found = _matching(item, item.mistakes, reports, forms, loosely=True)
    if found:
        return _either(found)
    pairs = _matching(item, item.pairs, reports, forms, loosely=True)
    if pairs:
        return _diagnosis(shared([pair.mistakes for pair in pairs]))
    return _diagnosis(part or (of_the_same_law(item, reports, forms) if item.accept_name else []))


def _matching(
    item: RecordedItem, recorded: Sequence[Recorded], reports: list[Report], forms: Forms, loosely: bool = False
) -> list[Recorded]:
    """Those of the recorded answers that these are.

    Loosely, an array may have another shape with as many entries, inputs may have been changed too, and of the cases
    some may have raised an error as well; then what differs from the right answer in nothing else counts for nothing.
    """
    if not loosely:
        return [one for one in recorded if _explains(item, one.reports, reports, forms)]
    answered = [i for i, report in enumerate(reports) if not report.error]
    cases, came = [item.cases[i] for i in answered], [reports[i] for i in answered]
    found = []
    for one in recorded:
        answers = [one.reports[i] for i in answered]
        if _explains(item, answers, came, forms, loosely) and not _explains(item, cases, answers, forms, loosely):
            found.append(one)
    return found if len(answered) > 1 else []


def _explains(
    item: RecordedItem, recorded: Sequence[Report], reports: Sequence[Report], forms: Forms, loosely: bool = False
) -> bool:
    return all(_same(item, a, b, forms, loosely) for a, b in zip(recorded, reports, strict=True))


def _same(item: RecordedItem, recorded: Report, report: Report, forms: Forms, loosely: bool) -> bool:
    if recorded.error or report.error:
        return bool(recorded.error and report.error and recorded.error[:2] == report.error[:2])
    if not loosely and not same_value(recorded.inputs, report.inputs, INPUTS):
        return False
    answers = (recorded.output, *forms(recorded))
    return any(same_value(answer, report.output, item.tolerance, loosely) for answer in answers)


def _either(found: list[Mistake]) -> Diagnosis | None:
    """One mistake, or two of which either gives this answer."""
    if len(found) == 1:
        return _diagnosis(found)
    if len(found) == 2:
        return Diagnosis(
            (f"One of two. Either: {found[0].cause} Or: {found[1].cause}",), (" ".join(m.hint for m in found),)
        )
    return None


def _diagnosis(mistakes: Sequence[Mistake]) -> Diagnosis | None:
    if not mistakes:
        return None
    return Diagnosis(tuple(m.cause for m in mistakes), tuple(m.hint for m in mistakes))


def _besides(item: RecordedItem, known: Diagnosis, reports: list[Report]) -> str:
    """What the answer does that no mistake does which was named: raise an error in some cases, change its inputs."""
    named = [m for m in item.mistakes if m.cause in known.causes]
    said = []
    for i, (case, report) in enumerate(zip(item.cases, reports, strict=True)):
        if report.error and not any(m.reports[i].error for m in named):
            said.append(f"in another case it raises {report.error.type}: {report.error.message.rstrip('.')}")
        elif not report.error and all(m.reports[i].error or m.reports[i].inputs is case.inputs for m in named):
            changed = changed_inputs(item, case, report)
            said += [f"it changes its input in place: {changed.rstrip('.')}"] if changed else []
    return f"Besides, {said[0]}." if said else ""
