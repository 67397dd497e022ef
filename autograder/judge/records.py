"""The recorded file: all that the trusted side knows of a lesson, in one HDF5 file.

    /                     attrs: format, lesson, seed
    /template             the release notebook with its hidden tests, JSON
    /judge                source text of the lesson's `judge` cells
    /items/<grade_id>     attrs: exercise, points, contract (JSON), parameters (JSON)
        cases/<i>         inputs, output (trees)
        mistakes/<name>   attrs: cause, hint;  <i>: inputs where changed, output (sketches), or attr error

A tree is a dataset (array), or a group with attr ``kind``: tuple, list, dict, text, none, other.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import h5py
import numpy as np

from autograder.errors import RecordBroken, RecordMissing
from autograder.judge.compare import Tolerance
from autograder.judge.wire import Other, Report
from autograder.places import Lesson, repository

FORMAT = 1
SKETCH_ENTRIES = 256
"""Of a mistake's larger arrays only about this many entries are kept, evenly spaced."""


@dataclass(frozen=True)
class Sketch:
    """A large array of a mistake: its shape, and every ``step``-th entry of it, flattened."""

    shape: tuple[int, ...]
    step: int
    entries: np.ndarray


@dataclass(frozen=True)
class Mistake:
    """A recorded mistake: what it answers in each case (:class:`Report` with sketches), and why."""

    name: str
    cause: str
    hint: str
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class RecordedItem:
    """One graded cell: its points, its contract, the recorded answers.

    Attributes:
        returns: names for what the function returns, nested like it.
        accept: the function of the lesson's judge cells that knows other right answers, or None.
        parameters: the exercise's parameter names, in order.
    """

    grade_id: str
    exercise: str
    points: float
    tolerance: Tolerance
    returns: object
    accept: str | None
    in_place: bool
    parameters: tuple[str, ...]
    cases: tuple[Report, ...]
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class Record:
    """Everything recorded of one lesson. ``template``: the release notebook with its hidden tests."""

    lesson: str
    seed: str
    template: dict
    judge_source: str
    items: dict[str, RecordedItem] = field(default_factory=dict)

    @property
    def max_score(self) -> float:
        return sum(item.points for item in self.items.values())


def write_tree(group: h5py.Group, name: str, value, sketch: bool = False) -> None:
    """Store a value under a name; ``sketch``: keep only some entries of large arrays."""
    if isinstance(value, np.ndarray):
        step = -(-value.size // SKETCH_ENTRIES) if sketch else 1
        if step > 1:
            dataset = group.create_dataset(name, data=value.ravel()[::step])
            dataset.attrs.update(shape=value.shape, step=step)
        elif value.size > SKETCH_ENTRIES:
            group.create_dataset(name, data=value, compression="gzip", shuffle=True)
        else:
            group.create_dataset(name, data=value)
        return
    node = group.create_group(name)
    if isinstance(value, (tuple, list)):
        node.attrs["kind"] = type(value).__name__
        for i, item in enumerate(value):
            write_tree(node, str(i), item, sketch)
    elif isinstance(value, dict):
        node.attrs["kind"] = "dict"
        node.attrs["keys"] = json.dumps(list(value))
        for i, item in enumerate(value.values()):
            write_tree(node, str(i), item, sketch)
    elif value is None:
        node.attrs["kind"] = "none"
    else:
        node.attrs["kind"] = "other" if isinstance(value, Other) else "text"
        node.attrs["text"] = value.name if isinstance(value, Other) else value


def read_tree(node):
    """The value that :func:`write_tree` stored."""
    if isinstance(node, h5py.Dataset):
        if "step" in node.attrs:
            return Sketch(tuple(int(n) for n in node.attrs["shape"]), int(node.attrs["step"]), node[()])
        return np.asarray(node[()])
    kind = node.attrs["kind"]
    if kind == "none":
        return None
    if kind in ("text", "other"):
        return Other(node.attrs["text"]) if kind == "other" else str(node.attrs["text"])
    items = [read_tree(node[str(i)]) for i in range(len(node))]
    if kind == "dict":
        return dict(zip(json.loads(node.attrs["keys"]), items, strict=True))
    return tuple(items) if kind == "tuple" else items


def write_report(group: h5py.Group, report: Report, sketch: bool = False) -> None:
    node = group.create_group(str(report.index))
    if report.error:
        node.attrs["error"] = json.dumps(report.error)
    else:
        write_tree(node, "inputs", report.inputs, sketch)
        write_tree(node, "output", report.output, sketch)


def _read_reports(group: h5py.Group) -> tuple[Report, ...]:
    reports = []
    for i in range(len(group)):
        node = group[str(i)]
        if "error" in node.attrs:
            reports.append(Report(i, None, None, tuple(json.loads(node.attrs["error"]))))
        else:
            reports.append(Report(i, read_tree(node["inputs"]), read_tree(node["output"]), None))
    return tuple(reports)


def _read_item(grade_id: str, group: h5py.Group) -> RecordedItem:
    contract = json.loads(group.attrs["contract"])
    mistakes = tuple(
        Mistake(name, node.attrs["cause"], node.attrs["hint"], _read_reports(node["cases"]))
        for name, node in group["mistakes"].items()
    )
    return RecordedItem(
        grade_id=grade_id,
        exercise=group.attrs["exercise"],
        points=float(group.attrs["points"]),
        tolerance=Tolerance(**{k: contract[k] for k in ("rtol", "atol", "extra_keys") if k in contract}),
        returns=_names(contract.get("returns", "the result")),
        accept=contract.get("accept"),
        in_place=contract.get("in_place", False),
        parameters=tuple(json.loads(group.attrs["parameters"])),
        cases=_read_reports(group["cases"]),
        mistakes=mistakes,
    )


def _names(returns):
    return tuple(_names(x) for x in returns) if isinstance(returns, (list, tuple)) else returns


def load_record(lesson: Lesson) -> Record:
    """Read a lesson's record, the private one where there is one. Reading twice costs once.

    Raises:
        RecordMissing, RecordBroken: with the command that records it again.
    """
    path = lesson.record
    if not path.exists():
        raise RecordMissing(path, lesson.name)
    return _load(path, lesson.name, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _load(path: Path, name: str, changed: int) -> Record:
    try:
        with h5py.File(path, "r") as file:
            if file.attrs["format"] != FORMAT:
                raise ValueError(f"format {file.attrs['format']}, expected {FORMAT}")
            items = {grade_id: _read_item(grade_id, group) for grade_id, group in file["items"].items()}
            template = json.loads(file["template"][()])
            order = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in template["cells"]]
            items = {grade_id: items[grade_id] for grade_id in order if grade_id in items}
            if not items:
                raise ValueError("no graded item")
            judge_source = file["judge"][()].decode()
            return Record(file.attrs["lesson"], file.attrs["seed"], template, judge_source, items)
    except (OSError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise RecordBroken(path, name, str(error)) from error


def record_of_lesson(name: str) -> Record:
    """The record of the lesson with this name in the repository that this package stands in."""
    (lesson,) = [lesson for lesson in repository().lessons() if lesson.name == name]
    return load_record(lesson)
