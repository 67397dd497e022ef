"""Before a class is graded: are the source, the release and the references of each lesson in step?"""

from autograder.errors import ReleaseStale
from autograder.judge import load_record
from autograder.notebooks import grade_id_of, read_generated, without_aims
from autograder.places import LessonFiles


def check_release(lessons: list[LessonFiles]) -> None:
    """Stop before the first write where a source, release or reference is missing or out of step.

    Raises:
        ReleaseStale, RecordMissing, RecordBroken: each with the command that rebuilds it.
    """
    for lesson in lessons:
        record = load_record(lesson)
        points = {grade_id: item.points for grade_id, item in record.items.items()}
        hidden, shown = _texts(record.template["cells"], points)
        for path in (lesson.source, lesson.release):
            cells = read_generated(path).cells
            tests, others = _texts(cells, points)
            there = {grade_id_of(cell): cell.metadata.nbgrader.get("points") for cell in cells if _is_graded(cell)}
            same_text = tests == hidden if path == lesson.source else others == shown
            if there != points or not same_text:
                again = f" or record them again (autograder record {lesson.name} --salt-file FILE)"
                private = again if lesson.record == lesson.private_record else ""
                raise ReleaseStale(path, f"is not the one that its references were recorded from{private}")


def _is_graded(cell) -> bool:
    """Whether a cell of a source or release notebook is a graded one."""
    return grade_id_of(cell) is not None and cell.metadata.nbgrader.get("grade") is True


def _texts(cells: list, graded: dict) -> tuple[list[str], list[str]]:
    """The texts of the graded cells, and of the others."""
    texts: tuple[list[str], list[str]] = ([], [])
    for cell in without_aims(cells):
        texts[grade_id_of(cell) not in graded].append("".join(cell["source"]))
    return texts
