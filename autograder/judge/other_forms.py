"""The other forms of a recorded answer, such as that of another year, as a lesson's answers file knows them."""

from dataclasses import replace

from autograder.judge.compare import Difference, difference
from autograder.judge.decode import Report, Value
from autograder.judge.judge_functions import forms, is_answer
from autograder.judge.records import Record, RecordedItem


class OtherForms:
    """The other forms of one exercise's recorded answers; none where its lesson knows none."""

    def __init__(self, record: Record, item: RecordedItem):
        self._record, self._item = record, item

    def of(self, case: Report) -> list[tuple[str, Value]]:
        """The other forms of the answer to a case, each with what is said of it."""
        if self._item.forms_name is None or case.error:
            return []
        try:
            return [(said, other) for said, other in forms(self._record, self._item, case) if is_answer(other)]
        except Exception:  # noqa: BLE001 - a lesson's function meets answers that nobody foresaw
            return []  # a mistake's answer that has no such form; on right answers the build has tried the function

    def answers(self, case: Report) -> list[Value]:
        """The same, without what is said of them."""
        return [other for _, other in self.of(case)]

    def difference(self, case: Report, report: Report, found: Difference) -> Difference | None:
        """What is wrong with an answer, seen in the form in which it came: that which has its structure and its shapes.

        Where several have, it may agree with any of them; where none has, the one that shares most keys with it counts.

        Args:
            found: what is wrong with it beside the recorded answer; it stands where that has its structure too.
        """
        item = self._item
        shapes = replace(item.tolerance, values=False)

        def alike(answer: Value) -> bool:
            return difference(answer, report.output, shapes, item.returns) is None

        others = self.answers(case)
        told = [found, *(difference(other, report.output, item.tolerance, item.returns) for other in others)]
        if None in told:
            return None
        fits = [wrong for answer, wrong in zip((case.output, *others), told, strict=True) if alike(answer)]
        shared = [_shared_keys(answer, report.output) for answer in (case.output, *others)]
        return fits[0] if fits else told[shared.index(max(shared))]

    def of_right(self, case: Report, report: Report) -> tuple[str, Value]:
        """The form in which a right answer came, and before it what is to be said of it."""
        item = self._item
        if item.forms_name is None:
            return "", case.output
        for said, other in (("", case.output), *self.of(case)):
            if difference(other, report.output, item.tolerance, item.returns) is None:
                return said, other
        return "", case.output


def _shared_keys(answer: Value, received: Value) -> int:
    """How many keys two dictionaries have in common."""
    return len(answer.keys() & received.keys()) if isinstance(answer, dict) and isinstance(received, dict) else 0
