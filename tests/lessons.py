"""What the oracles ask of a lesson: its recorded answers, and its functions."""

from autograder.judge import load_record
from autograder.lesson import read_lesson, without_markers
from autograder.places import repository


def cases_of(lesson: str, exercise: str) -> list[tuple[dict, object]]:
    """What is recorded of an exercise: (inputs by name, output) of each hidden case. ``lesson``: "week/stem"."""
    (place,) = repository().select(lesson)
    (item,) = [item for item in load_record(place).items.values() if item.exercise == exercise]
    named = []
    for case in item.cases:
        inputs = {item.parameters[int(key)] if key.isdigit() else key: value for key, value in case.inputs.items()}
        named.append((inputs, case.output))
    assert len(named) >= 3
    return named


def functions_of(lesson: str) -> dict:
    """The lesson's given code and solutions, run in a namespace of their own."""
    (place,) = repository().select(lesson)
    scope = {"__name__": "__main__"}
    for cell in read_lesson(place).cells:
        wanted = cell.metadata.get("nbgrader", {})
        if (
            (wanted.get("solution") or wanted.get("locked"))
            and not wanted.get("grade")
            and "check" not in cell.metadata.get("tags", [])
        ):
            exec(without_markers(cell.source), scope)
    return scope
