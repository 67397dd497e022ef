"""What can be wrong with what a person typed or wrote, each with its message in one place.

A message gives the rule, the value received and the next step. The command line prints it and exits with 2.
"""

from pathlib import Path


class AutograderError(Exception):
    """A person can put this right; the message says how."""

    def __reduce__(self) -> tuple[type, tuple[str]]:
        # What the subclasses are made from is not kept: as the plain error it comes out of another process.
        return AutograderError, (str(self),)


class NoSuchWeek(AutograderError):
    def __init__(self, week: str, known: list[str]):
        super().__init__(f"There is no week {week!r}. The weeks with lessons are: {', '.join(known) or 'none'}.")


class NoSuchLesson(AutograderError):
    def __init__(self, name: str | None, known: list[str]):
        super().__init__(f"There is no lesson {name!r}. Name a week or one of: {', '.join(known) or 'none'}.")


class NoSubmissions(AutograderError):
    def __init__(self, folder: Path, week: str):
        super().__init__(
            f"No submission of {week} in {folder}. Each student needs a folder {folder}/<student>/{week}/ with the "
            "notebooks; put them there (or run: nbgrader collect) and grade again."
        )


class NoSuchStudent(AutograderError):
    def __init__(self, names: list[str], known: list[str]):
        super().__init__(f"No submission from {', '.join(names)}. Submissions are there from: {', '.join(known)}.")


class RecordMissing(AutograderError):
    def __init__(self, path: Path | str, lesson: str):
        super().__init__(
            f"The references of {lesson} are missing: {path}. Record them with: autograder record {lesson}"
        )


class RecordBroken(AutograderError):
    def __init__(self, path: Path | str, lesson: str, why: str):
        super().__init__(
            f"The references of {lesson} cannot be read: {path} ({why}). Record them again with: "
            f"autograder record {lesson}"
        )


class ReleaseStale(AutograderError):
    def __init__(self, path: Path | str, why: str):
        super().__init__(
            f"The notebook {path} {why}. Rebuild it with: make notebooks (a release that was edited is kept in work/)"
        )


class NbgraderRefused(AutograderError):
    def __init__(self, command: str, week: str):
        super().__init__(
            f"nbgrader's {command} refused {week}. If submissions of it were graded and its graded cells have changed "
            f"since, remove the old grades first, in notebooks/: nbgrader db assignment remove {week} --force"
        )


class AlreadyGrading(AutograderError):
    def __init__(self, folder: Path):
        super().__init__(
            f"Another grading writes into {folder} right now. Wait until it is done, then type this again."
        )


class CannotWrite(AutograderError):
    def __init__(self, path: Path | str, error: OSError):
        super().__init__(
            f"{path} cannot be written: {error.strerror or error}. What was written before is whole; put that right, "
            "and the same command goes on."
        )


class CannotOpen(AutograderError):
    def __init__(self, folder, error: OSError):
        super().__init__(
            f"JupyterLab cannot be opened in {folder}: {error.strerror or error}. "
            "It must be a folder that you may enter."
        )


class GradebookFailed(AutograderError):
    def __init__(self, gradebook: str, why: str, then: str):
        super().__init__(
            f"The gradebook {gradebook} cannot be used: {why}. {then} What was written before is whole; the same "
            "command goes on."
        )


class BadDatabaseURL(AutograderError):
    """The address is not repeated: it may hold a password."""

    def __init__(self) -> None:
        super().__init__(
            "The address of the gradebook is not one that can be used. It has the form sqlite:///path/of/gradebook.db "
            "or postgresql://user@host:5432/database; correct --db URL, or c.CourseDirectory.db_url in "
            "nbgrader_config.py."
        )


class BadConfiguration(AutograderError):
    def __init__(self, path: Path | str, why: str):
        super().__init__(f"nbgrader's settings cannot be read from {path}: {why}. Correct that line of it.")


class NotGraded(AutograderError):
    def __init__(self, week: str):
        super().__init__(f"{week} has not been graded yet. Grade it with: autograder grade {week}")


class UnreadableNotebook(AutograderError):
    def __init__(self, name: str, why: str):
        self.why = why
        super().__init__(
            f"{name} cannot be read as a notebook: {why} Open it in JupyterLab and save it again, "
            "or start from the release notebook."
        )


class UnknownNotebook(AutograderError):
    def __init__(self, name: str, known: list[str]):
        super().__init__(
            f"{name} belongs to no lesson: its name is not one of {', '.join(known)} and it holds no graded cell of "
            "any. Start from a notebook in work/, where `autograder lab` puts a copy of each."
        )


class WorkersLost(AutograderError):
    def __init__(self, why: str):
        super().__init__(
            f"Grading stopped, because its workers cannot be kept alive: {why}. What was graded is in the gradebook, "
            "and the same command goes on from there. If memory is short, grade fewer at a time: --workers 1"
        )


class NotIsolated(AutograderError):
    """The floor is out of reach here."""

    def __init__(self, missing: list[str]):
        super().__init__(
            "Submissions of other people run only where they cannot reach the network, the answers or each other. "
            f"Missing here: {'; '.join(missing)}. Or, if you trust every one of them: --isolation none"
        )


class NoDask(AutograderError):
    def __init__(self, address: str, why: str):
        super().__init__(
            f"No Dask cluster to grade on at {address}: {why}. Start one with `dask scheduler` and, on each machine, "
            "`dask worker ADDRESS --nthreads 1`, and name the scheduler's address, like tcp://127.0.0.1:8786."
        )


class WorkerDiffers(AutograderError):
    def __init__(self, worker: str, found: str):
        super().__init__(
            f"A Dask worker must have the same grader, companion/ and data/ as this machine; {worker} has {found}. "
            "Install the same version there, start the worker again, and grade again."
        )


class LessonError(AutograderError):
    """A text of a lesson breaks a rule of CONTRIBUTING.md; ``where`` is the file and the line."""

    def __init__(self, where: str, rule: str):
        super().__init__(f"{where}: {rule} (see CONTRIBUTING.md)")
