"""Before a class is graded: are the source, the release and the references of each lesson in step?"""

from autograder.errors import ReleaseStale
from autograder.judge import load_record
from autograder.notebooks import grade_id_of, read_generated
from autograder.places import LessonFiles
from autograder.release_stamp import is_edited, is_recorded_in


def check_release(lessons: list[LessonFiles]) -> list[str]:
    """Stop before the first write where source, release and references are out of step.

    A class is graded by the references, and its gradebook is made from the source: these two must be whole and agree.
    The release is not opened: it stops a class only where it was built from another text than the references, so that
    learners had other exercises before them.

    Returns:
        What else is odd about a release, a sentence each: it was edited, it is missing, it cannot be read.

    Raises:
        ReleaseStale, RecordMissing, RecordBroken: each with the command that rebuilds it.
    """
    notes = []
    for lesson in lessons:
        record = load_record(lesson)
        points = {grade_id: item.points for grade_id, item in record.items.items()}
        again = f" or record them again (autograder record {lesson.name} --salt-file FILE)"
        stale = (
            "is not the one that its references were recorded "
            f"from{again if lesson.record == lesson.private_record else ''}"
        )
        source = read_generated(lesson.source).cells
        if _points(source) != points or _tests(source, points) != _tests(record.template["cells"], points):
            raise ReleaseStale(lesson.source, stale)
        try:
            release = read_generated(lesson.release)
        except ReleaseStale as error:
            notes.append(f"{error}. Grading goes on: it does not need it.")
            continue
        edited = is_edited(release)
        if not is_recorded_in(record.template, release) or not (edited or _points(release.cells) == points):
            raise ReleaseStale(lesson.release, stale)
        if edited:
            notes.append(
                f"The release {lesson.release} was edited. Grading goes on: it goes by the references. `make "
                f"notebooks` builds it anew, and keeps the edited one in {lesson.work.parent}."
            )
    return notes


def _is_graded(cell) -> bool:
    """Whether a cell of a source or release notebook is a graded one."""
    return grade_id_of(cell) is not None and cell.metadata.nbgrader.get("grade") is True


def _points(cells: list) -> dict[str, float]:
    """The points of the graded cells of a source or release notebook, by grade_id."""
    return {str(grade_id_of(cell)): cell.metadata.nbgrader.get("points") for cell in cells if _is_graded(cell)}


def _tests(cells: list, graded: dict) -> list[str]:
    """The texts of the graded cells."""
    return ["".join(cell["source"]) for cell in cells if grade_id_of(cell) in graded]
