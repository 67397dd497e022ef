"""What is said of an error that an answer raised: where, what an assert compared, how it was called, in which case."""

import re

from autograder.judge.absent import NO_FUNCTION, NOT_FOUND, NOT_WRITTEN
from autograder.judge.case_words import case_calls, case_gives
from autograder.judge.compare import Difference
from autograder.judge.decode import Raised, Report
from autograder.judge.records import Record, RecordedItem
from autograder.judge.verdicts import Verdict

NOT_OF_THE_CASE = {
    "AttributeError",
    "NameError",
    "ImportError",
    "ModuleNotFoundError",
    "NotImplementedError",
    "SyntaxError",
    "SystemExit",
}
"""Errors that have nothing to do with what a function was given."""


def raised(record: Record, item: RecordedItem, case: Report, error: Raised) -> Difference:
    """The verdict on a case in which an error was raised.

    Args:
        record: the lesson's record. item: the exercise. case: as it was recorded. error: what came of it.
    """
    if error.type == "NotImplementedError" and error.message == item.exercise:
        return NOT_WRITTEN
    if error.type == "NameError" and repr(item.exercise) in error.message:
        return NOT_FOUND
    inner = next((line for line in error.inner.splitlines() if line not in record.lines), "")
    place = ", and there".join(f" in `{line}`" for line in (error.line, inner) if line)
    other = re.fullmatch(r"'([\w.]{1,60})' object is not callable", error.message)
    if other and error.type == "TypeError" and not place:
        return Difference(Verdict.MISSING, f"{NO_FUNCTION} something of the type {other[1]}.")
    message = " ".join(error.message.split())
    said = [_stopped(f"raised {error.type}{place}{f': {message}' if message else ''}")]
    if error.compared:
        said.append(_stopped(f"There {' '.join(error.compared.split())}"))
    if error.takes:
        said.append(_takes(error.takes, "" if place else case_calls(record, item, case, error.takes), bool(place)))
    elif place and error.type not in NOT_OF_THE_CASE:
        said.append(case_gives(record, item, case))
    return Difference(Verdict.RAISED, " ".join(filter(None, said)))


def _takes(head: str, call: str, nested: bool) -> str:
    if nested:
        return f"What is called there is `{head}`."
    return f"Its `def` gives `{head}`{f'; the exercise calls `{call}`' if call else ''}."


def _stopped(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
