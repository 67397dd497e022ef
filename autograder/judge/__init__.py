"""The judge: reads what left the kernel, compares it with the record, says why.

It never runs a line of a learner's code and imports nothing that starts or talks to a kernel.
"""

from autograder.judge.faults import name_first_fault
from autograder.judge.judging import judge_reports
from autograder.judge.records import Record, graded_ids, load_record, read_record, record_bytes, record_of_lesson
from autograder.judge.verdicts import Item, Verdict

__all__ = [
    "Item", "Record", "Verdict", "graded_ids", "judge_reports", "load_record", "name_first_fault", "read_record",
    "record_bytes", "record_of_lesson",
]  # fmt: skip
