"""A sample class, made from the lessons: right answers in several styles, known mistakes, and trouble."""

import nbformat

from autograder.authoring.lesson_text import LessonText, read_lesson
from autograder.errors import AutograderError
from autograder.notebooks import grade_id_of, read_generated, without_markers
from autograder.places import Repository

PREFIX = "sample-"
STYLES = ("loops", "vectorized", "einsum")
MISTAKES = 6

WARNING = "import warnings\nwarnings.warn('a right answer may warn')\n"
CRASH = "import os\nos.abort()\n"
FOREVER = "while True:\n    pass\n"


def write_sample_class(repo: Repository, week: str) -> list[str]:
    """Write the sample submissions of a week and return the names of the students.

    Raises:
        AutograderError: the week has no release, or other students' submissions are there too.
    """
    lessons = [read_lesson(place) for place in repo.week(week)]
    folder = repo.notebooks / "submitted"
    real = [p.name for p in folder.glob("*") if not p.name.startswith(PREFIX)]
    if real:
        raise AutograderError(
            f"{folder} holds real submissions ({', '.join(sorted(real)[:3])} …); the sample class stays out of their "
            f"way. Grade them with: autograder grade {week}"
        )
    students = _students(lessons)
    for student, answers in students.items():
        target = folder / student / week
        target.mkdir(parents=True, exist_ok=True)
        for lesson in lessons:
            path = target / f"{lesson.place.stem}.ipynb"
            path.write_text(answers if isinstance(answers, str) else _filled(lesson, answers), "utf-8")
    return list(students)


def _students(lessons: list[LessonText]) -> dict[str, dict[str, str] | str]:
    """``{student: {exercise: source}}``; an exercise left out stays untouched. A text is no notebook at all."""
    solved = {name: without_markers(source) for lesson in lessons for name, source in lesson.solutions.items()}
    first = next(iter(solved))
    half = {}
    for lesson in lessons:
        names = list(lesson.solutions)
        half.update({name: solved[name] for name in names[: (len(names) + 1) // 2]})
    students: dict[str, dict[str, str] | str] = {"solution": solved}
    for style in STYLES:
        written = {
            name: styles[style] for lesson in lessons for name, styles in lesson.styles.items() if style in styles
        }
        students[style] = {**solved, **written}
    students["warns"] = {name: _inside(source, WARNING) for name, source in solved.items()}
    for mistake in _chosen_mistakes(lessons):
        students[f"mistake-{mistake.name.replace('_', '-')}"] = {**solved, mistake.exercise: mistake.source}
    students["half-done"] = half
    students["untouched"] = {}
    students["crashes"] = {**solved, first: _inside(solved[first], CRASH)}
    students["loops-for-ever"] = {**solved, first: _inside(solved[first], FOREVER)}
    students["no-notebook"] = "Dear teacher, my notebook would not upload, so I send you this letter.\n"
    return {f"{PREFIX}{i:02d}-{name}": answers for i, (name, answers) in enumerate(students.items(), start=1)}


def _chosen_mistakes(lessons: list[LessonText]) -> list:
    """One mistake of each of the first exercises, turn by turn through the lessons."""
    queues = [list({m.exercise: m for m in reversed(lesson.mistakes)}.values()) for lesson in lessons]
    for queue in queues:
        queue.reverse()
    turns = [queue[i] for i in range(max(map(len, queues))) for queue in queues if i < len(queue)]
    return turns[:MISTAKES]


def _inside(source: str, lines: str) -> str:
    """A function with lines put at the start of its body, before the docstring of the first function found."""
    head, colon, body = source.partition("):\n")
    indented = "".join(f"    {line}\n" for line in lines.splitlines())
    return head + colon + indented + body


def _filled(lesson: LessonText, answers: dict[str, str]) -> str:
    """The release notebook with some of its stubs replaced."""
    notebook = read_generated(lesson.place.release)
    for cell in notebook.cells:
        cell.source = answers.get(str(grade_id_of(cell)), cell.source)
    return nbformat.writes(notebook) + "\n"
