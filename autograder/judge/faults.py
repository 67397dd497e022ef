"""Where exercises build on each other: which function is the first at fault, and which are right.

Each was judged with right versions of those that it calls, so one early fault is charged once. Here the feedback
says how the faults hang together.
"""

from dataclasses import replace

from autograder.judge.records import Record
from autograder.judge.verdicts import Item, Verdict, listed


def name_first_fault(record: Record, items: list[Item]) -> list[Item]:
    """The items of one submission, with a sentence more where a function that they call, or that calls them,
    is at fault.

    Args:
        record: the lesson's record. items: the verdicts in the notebook's order.
    """
    calls = {item.exercise: item.calls for item in record.items.values()}
    chain = [item for item in items if calls[item.exercise] or any(item.exercise in names for names in calls.values())]
    faulty = [item for item in chain if not item.passed and item.verdict is not Verdict.MISSING]
    right = [item.exercise for item in chain if item.passed]

    def sentence(item: Item) -> str:
        below = [x for x in chain if x.exercise in all_called(item.exercise, calls) and not x.passed]
        # Without a fault below, the two may only draw other random numbers: nothing is said then.
        if item.passed and item.as_written and below:
            return (
                f"It was judged with right versions of what it calls. As you wrote the whole, it fails because of "
                f"{below[0].exercise}: {item.as_written}"
            )
        if item not in faulty:
            return ""
        if item is faulty[0]:
            return "This is the first function at fault." + (f" Right: {listed(right)}." if right else "")
        first = next((x.exercise for x in faulty if x in below), None)
        mend = f"The first function at fault is {first}: mend that first." if first else "The fault is in itself."
        return f"It was judged with right versions of what it calls. {mend}" if calls[item.exercise] else ""

    return [replace(item, relation=sentence(item)) for item in items]


def all_called(name: str, calls: dict[str, tuple[str, ...]]) -> set[str]:
    """Everything that an exercise calls, directly or not."""
    found: set[str] = set()
    wanted = list(calls[name])
    while wanted:
        one = wanted.pop()
        if one not in found:
            found.add(one)
            wanted += calls.get(one, ())
    return found
