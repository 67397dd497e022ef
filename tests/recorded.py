"""Recorded items made of values, without a lesson."""

import io

import h5py
import numpy as np

from autograder.judge.decode import Report
from autograder.judge.recorded_mistakes import Mistake, write_mistakes, write_pairs
from autograder.judge.records import read_item, write_cases


def reports_of(outputs) -> tuple[Report, ...]:
    return tuple(Report(i, {"0": np.array(i)}, output, None) for i, output in enumerate(outputs))


def recorded(solution, mistakes: dict, pairs: dict | None = None, **tolerance):
    """An item as it comes out of a file: the answers of a solution and of mistakes, a value for each case.

    Args:
        pairs: what two mistakes, by their names, answer together.
    """
    with h5py.File(io.BytesIO(), "w", libver="latest") as file:
        contract = str(tolerance).replace("'", '"')
        file.attrs.update(exercise="f", points=1.0, contract=contract, parameters='["x"]')
        write_cases(file.create_group("cases"), reports_of(solution))
        written = [Mistake(name, f"{name}.", "", reports_of(outputs)) for name, outputs in mistakes.items()]
        write_mistakes(file, written, reports_of(solution))
        item = read_item("f-test", file)
        names = list(mistakes)
        both = [(names.index(a), names.index(b), reports_of(outputs)) for (a, b), outputs in (pairs or {}).items()]
        write_pairs(file, both, item.cases, item.mistakes)
        return read_item("f-test", file)
