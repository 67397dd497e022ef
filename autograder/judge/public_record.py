"""A lesson's public record, read exercise by exercise: what a verdict in the learner's own notebook needs.

Never the private one, whose inputs a learner must not see. Reading a whole record takes longer than judging one
exercise, so here only what is asked for is read.
"""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py

from autograder.errors import RecordBroken, RecordMissing
from autograder.judge.faults import all_called
from autograder.judge.records import FORMAT, Record, RecordedItem, read_item
from autograder.places import LessonFiles, repository


@dataclass(frozen=True)
class Outline:
    """What is known of an exercise before its answers are read.

    Attributes:
        grade_id: its graded cell. cell: the text of that cell, with its hidden tests.
        points: to be had. calls: earlier exercises that it calls, directly or not, in the notebook's order.
    """

    grade_id: str
    cell: str
    points: float
    calls: tuple[str, ...]


class PublicRecord:
    """The public record of one lesson.

    Attributes:
        lesson: its name. seed: what its cases draw from. path: where it was read.
        exercises: the outline of each, by name, in the notebook's order.
        given: the text of each code cell that a learner neither writes nor is graded by.
        stubs: the text of each cell that a learner writes, as it is released, by its grade_id.
    """

    def __init__(self, name: str, data: bytes, path: Path):
        """
        Raises:
            RecordBroken: the bytes are no record of this lesson.
        """
        self.lesson, self.path = name, path
        try:
            self._file = h5py.File(io.BytesIO(data), "r")
            if (self._file.attrs["format"], self._file.attrs["lesson"]) != (FORMAT, name):
                raise ValueError("it is of another format or lesson")
            self.seed = str(self._file.attrs["seed"])
            self._judge = self._file["judge"][()].decode()
            self._template = json.loads(self._file["template"][()].tobytes())
            cells = self._template["cells"]
            roles = [(cell, cell["metadata"].get("nbgrader", {})) for cell in cells if cell["cell_type"] == "code"]
            self.given = [_text(cell) for cell, role in roles if not (role.get("grade") or role.get("solution"))]
            self.stubs = {role["grade_id"]: _text(cell) for cell, role in roles if role.get("solution")}
            texts = {role["grade_id"]: _text(cell) for cell, role in roles if role.get("grade")}
            self.exercises = _outlines(self._file["items"], texts)
        except (OSError, KeyError, ValueError, TypeError, AttributeError) as error:
            raise RecordBroken(path, name, str(error)) from error
        self._items: dict[str, RecordedItem] = {}

    def of(self, exercises: Iterable[str]) -> Record:
        """A record of these exercises alone, for the judge.

        Raises:
            RecordBroken: their recorded answers cannot be read.
        """
        found = {}
        for exercise in exercises:
            if exercise not in self._items:
                self._items[exercise] = self._read(self.exercises[exercise].grade_id)
            found[self._items[exercise].grade_id] = self._items[exercise]
        return Record(self.lesson, self.seed, self._template, self._judge, found)

    def _read(self, grade_id: str) -> RecordedItem:
        try:
            return read_item(grade_id, self._file["items"][grade_id])
        except Exception as error:  # whatever h5py makes of a damaged file
            raise RecordBroken(self.path, self.lesson, str(error)) from error


def record_path(name: str) -> Path:
    """Where the public record of a lesson, ``week/stem``, would stand in the repository of this package."""
    week, _, stem = name.partition("/")
    return LessonFiles(repository().root, week, stem).public_record


def public_record(name: str) -> PublicRecord:
    """The public record of the lesson with this name.

    Raises:
        RecordMissing, RecordBroken: there is none that can be read.
    """
    path = record_path(name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise RecordMissing(path, name) from None
    except OSError as error:
        raise RecordBroken(path, name, str(error)) from error
    return PublicRecord(name, data, path)


def _outlines(items: h5py.Group, texts: dict[str, str]) -> dict[str, Outline]:
    by_exercise = {str(items[grade_id].attrs["exercise"]): grade_id for grade_id in texts if grade_id in items}
    contracts = {name: json.loads(items[grade_id].attrs["contract"]) for name, grade_id in by_exercise.items()}
    calls = {name: tuple(contract.get("calls", ())) for name, contract in contracts.items()}
    if not by_exercise:
        raise ValueError("no graded item")
    outlines = {}
    for name, grade_id in by_exercise.items():
        below = all_called(name, calls)
        points = float(items[grade_id].attrs["points"])
        outlines[name] = Outline(grade_id, texts[grade_id], points, tuple(x for x in by_exercise if x in below))
    return outlines


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])
