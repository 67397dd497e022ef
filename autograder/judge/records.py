"""The recorded file: all that the trusted side knows of a lesson, in one HDF5 file.

    /                     attrs: format, lesson, seed
    /template             the release notebook with its hidden tests, JSON, as bytes
    /judge                source text of the lesson's `judge` cells
    /items/<grade_id>     attrs: exercise, points, contract (JSON), parameters (JSON)
        cases/<i>         inputs, output (trees)
        mistakes          the arrays of all mistakes in one dataset, thinned out; attr layout (JSON, zlib): how they lie
                          there, and the mistakes' names, causes and hints
        pairs             the same of pairs of mistakes made at once; layout: which two
        right             what right computations come to on the way, packed; see autograder/judge/right_computations.py

The form of trees and of packed arrays is that of autograder/judge/hdf5_values.py.
"""

import io
import json
import zlib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import h5py

from autograder.errors import RecordBroken, RecordMissing
from autograder.judge.compare import Names, Tolerance
from autograder.judge.decode import Report
from autograder.judge.hdf5_values import read_tree, write_tree
from autograder.judge.recorded_mistakes import Mistake, Packed, Pair, read_mistakes, read_packed, read_pairs
from autograder.judge.right_computations import Right, unpack_right
from autograder.places import LessonFiles, repository

FORMAT = 4


@dataclass(frozen=True)
class RecordedItem:
    """One graded cell: its points, its contract, the recorded answers.

    Attributes:
        returns: names for what the function returns, nested like it.
        accept_name: the function of the lesson's judge cells that knows other right answers, or None.
        forms_name: the one that knows other forms of the recorded answer, or None.
        in_place: the names of the inputs that the function may change; True for all.
        parameters: the exercise's parameter names, in order.
        calls: earlier exercises that this one calls; its cases were answered with right versions of them.
        packed_pairs: the pairs, which are read when an answer is wrong and no single mistake explains it.
        packed_right: what right computations come to, which is read when nothing else explains it.
    """

    grade_id: str
    exercise: str
    points: float
    tolerance: Tolerance
    returns: Names
    accept_name: str | None
    in_place: bool | tuple[str, ...]
    parameters: tuple[str, ...]
    cases: tuple[Report, ...]
    mistakes: tuple[Mistake, ...] = ()
    calls: tuple[str, ...] = ()
    forms_name: str | None = None
    packed_pairs: Packed | None = None
    packed_right: bytes | None = None

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Pairs of mistakes that give other answers together than array by array."""
        return read_pairs(self.packed_pairs, self.cases, self.mistakes) if self.packed_pairs else ()

    @cached_property
    def right(self) -> dict[int, Right]:
        """What right computations come to on the way, by the numbers of the cases."""
        return {} if self.packed_right is None else unpack_right(self.packed_right)


@dataclass(frozen=True)
class Record:
    """Everything recorded of one lesson. ``template``: the release notebook with its hidden tests."""

    lesson: str
    seed: str
    template: dict[str, Any]
    judge_source: str
    items: dict[str, RecordedItem] = field(default_factory=dict)

    @cached_property
    def released(self) -> frozenset[str]:
        """The texts of the released cells."""
        return frozenset("".join(cell["source"]) for cell in self.template["cells"])

    @cached_property
    def lines(self) -> frozenset[str]:
        """The lines of the lesson, those of hidden tests among them."""
        return frozenset(line.strip() for text in self.released for line in text.splitlines())

    def cell(self, grade_id: str) -> str:
        """The text of a cell of the lesson, with its hidden tests."""
        cells = (x for x in self.template["cells"] if x["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)
        return "".join(next((x["source"] for x in cells), ""))

    @property
    def max_score(self) -> float:
        return sum(item.points for item in self.items.values())


def write_cases(group: h5py.Group, reports: tuple[Report, ...]) -> None:
    """Store the recorded answers: a group for each case, with its inputs and its output."""
    for report in reports:
        node = group.create_group(str(report.index))
        write_tree(node, "inputs", report.inputs)
        write_tree(node, "output", report.output)


def _read_cases(group: h5py.Group) -> tuple[Report, ...]:
    nodes = [group[str(i)] for i in range(len(group))]
    return tuple(Report(i, read_tree(n["inputs"]), read_tree(n["output"]), None) for i, n in enumerate(nodes))


def read_item(grade_id: str, group: h5py.Group) -> RecordedItem:
    contract = json.loads(group.attrs["contract"])
    cases = _read_cases(group["cases"])
    return RecordedItem(
        grade_id=grade_id,
        exercise=group.attrs["exercise"],
        points=float(group.attrs["points"]),
        tolerance=Tolerance(**{k: contract[k] for k in ("rtol", "atol", "extra_keys") if k in contract}),
        returns=_names(contract.get("returns", "the result")),
        accept_name=contract.get("accept"),
        in_place=contract["in_place"] if contract.get("in_place") is True else tuple(contract.get("in_place") or ()),
        parameters=tuple(json.loads(group.attrs["parameters"])),
        cases=cases,
        mistakes=read_mistakes(group["mistakes"], cases) if "mistakes" in group else (),
        calls=tuple(contract.get("calls", ())),
        forms_name=contract.get("forms"),
        packed_pairs=read_packed(group["pairs"]) if "pairs" in group else None,
        packed_right=group["right"][()].tobytes() if "right" in group else None,
    )


def _names(returns: Any) -> Any:
    return tuple(_names(x) for x in returns) if isinstance(returns, (list, tuple)) else returns


def load_record(lesson: LessonFiles) -> Record:
    """Read a lesson's record, the private one where there is one. Reading the same bytes twice costs once.

    Raises:
        RecordMissing, RecordBroken: with the command that records it again.
    """
    return read_record(lesson.name, record_bytes(lesson), lesson.record)


def graded_ids(lesson: LessonFiles) -> frozenset[str]:
    """The grade_ids of a lesson's graded cells; none where its record cannot be read."""
    try:
        with h5py.File(lesson.record, "r") as file:
            return frozenset(file["items"])
    except (OSError, KeyError):
        return frozenset()


def record_bytes(lesson: LessonFiles) -> bytes:
    """A lesson's record as it stands on the disk, the private one where there is one.

    Raises:
        RecordMissing: there is none. RecordBroken: it cannot be read.
    """
    path = lesson.record
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise RecordMissing(path, lesson.name) from None
    except OSError as error:
        raise RecordBroken(path, lesson.name, str(error)) from error


@lru_cache(maxsize=32)
def read_record(name: str, data: bytes, path: Path | None = None) -> Record:
    """Parse the bytes of a lesson's record. ``name`` and ``path`` say in an error which record it is.

    Raises:
        RecordBroken: with the command that records it again.
    """
    try:
        with h5py.File(io.BytesIO(data), "r") as file:
            if file.attrs["format"] != FORMAT:
                raise ValueError(f"format {file.attrs['format']}, expected {FORMAT}")
            if file.attrs["lesson"] != name:
                raise ValueError(f"they are those of {file.attrs['lesson']}")
            items = {grade_id: read_item(grade_id, group) for grade_id, group in file["items"].items()}
            template = json.loads(file["template"][()].tobytes())
            order = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in template["cells"]]
            items = {grade_id: items[grade_id] for grade_id in order if grade_id in items}
            if not items:
                raise ValueError("no graded item")
            judge_source = file["judge"][()].decode()
            return Record(file.attrs["lesson"], file.attrs["seed"], template, judge_source, items)
    except (OSError, KeyError, ValueError, TypeError, AttributeError, zlib.error) as error:
        raise RecordBroken(path or "as it was sent", name, str(error)) from error


def record_of_lesson(name: str) -> Record:
    """The record of the lesson with this name in the repository that this package stands in."""
    (lesson,) = [lesson for lesson in repository().lessons() if lesson.name == name]
    return load_record(lesson)
