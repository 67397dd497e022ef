"""Ask the functions of `accept` and `forms` about the recorded answers while it is built.

While a submission is graded an exception in one counts as "no other right answer is known", so that an odd answer
cannot stop the grader. An author's slip would pass for that for ever, and right answers would fail.
"""

import traceback

from autograder.errors import LessonError
from autograder.judge.compare import INPUTS, difference
from autograder.judge.decode import Report
from autograder.judge.judge_functions import FILE, accepted, forms, is_answer, judge_functions
from autograder.judge.records import Record, RecordedItem

MADE_OF = "made of arrays, tuples, lists, dictionaries, texts and None"


def rehearse(record: Record, reports: tuple[Report, ...], found_at: dict[str, str]) -> None:
    """Try what one exercise names in ``accept`` and ``forms`` on each of its recorded answers.

    Args:
        record: of that one exercise. reports: its answers as they come out of a kernel; their arrays cannot be written
            to.
        found_at: file and line of each function, by its name.

    Raises:
        LessonError: a function raises, or what it gives is not what the judge can use.
    """
    (item,) = record.items.values()
    for key in ("accept", "forms"):
        name = getattr(item, f"{key}_name")
        if name is None:
            continue
        try:
            judge_functions(record.judge_source)
        except Exception as error:
            raise LessonError(
                found_at[name], f"the functions for the judge do not run: {_told(record, error)}"
            ) from error
        for case, report in zip(item.cases, reports, strict=True):
            where = f"{name}, asked about the recorded answer to case {report.index} of {item.exercise},"
            try:
                wrong = (_wrong_forms if key == "forms" else _wrong_acceptance)(record, item, report)
            except Exception as error:
                raise LessonError(found_at[name], f"{where} raises {_told(record, error)}") from error
            if difference([case.inputs, case.output], [report.inputs, report.output], INPUTS):
                wrong = "changes what it was given; let it make new dictionaries and lists"
            if wrong:
                raise LessonError(found_at[name], f"{where} {wrong}")


def _wrong_forms(record: Record, item: RecordedItem, report: Report) -> str | None:
    for pair in forms(record, item, report):
        if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str)):
            return f"yields {str(pair)[:60]!r}; it has to yield pairs, a sentence for the feedback and an answer"
        if not is_answer(pair[1]):
            return f"yields an answer that is not {MADE_OF}, with {pair[0]!r}; make a number an array: np.asarray"
    return None


def _wrong_acceptance(record: Record, item: RecordedItem, report: Report) -> str | None:
    given = accepted(record, item, report, report.output)
    if not is_answer(given):
        return f"returns an answer that is not {MADE_OF}; make a number an array: np.asarray"
    found = difference(given, report.output, item.tolerance, item.returns)
    return f"returns another answer; it has to return that one. {found.sentence}" if found else None


def _told(record: Record, error: Exception) -> str:
    """An exception, with the line of the judge cells that it comes from."""
    numbers = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    if isinstance(error, SyntaxError) and error.filename == FILE:
        numbers.append(error.lineno)
    lines = record.judge_source.splitlines()
    at = f" in `{lines[(numbers[-1] or 1) - 1].strip()}`" if numbers else ""
    return f"{type(error).__name__}{at}: {getattr(error, 'msg', None) or error}"
