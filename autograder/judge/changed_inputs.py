"""Whether an answer changed its inputs in place."""

from autograder.judge.compare import INPUTS, difference
from autograder.judge.decode import Report
from autograder.judge.judge_functions import named
from autograder.judge.records import RecordedItem


def changed_inputs(item: RecordedItem, case: Report, report: Report) -> str:
    """How the inputs of a case differ after the call, in a sentence; "" where they are as they were, or may change."""
    if isinstance(item.in_place, bool):
        return ""
    kept, came = (
        {name: value for name, value in named(item, inputs).items() if name not in item.in_place}
        for inputs in (case.inputs, report.inputs)
    )
    found = difference(kept, came, INPUTS, "the inputs")
    return found.sentence if found else ""
