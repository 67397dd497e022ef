"""Name the recorded mistake that an answer matches. No match, no guess."""

from collections.abc import Callable

import numpy as np

from autograder.judge.compare import INPUTS, Tolerance, difference
from autograder.judge.decode import Report, Value
from autograder.judge.hdf5_values import Sketch
from autograder.judge.records import Mistake

Forms = Callable[[Report], list[Value]]
"""Gives the other forms of a recorded answer."""


def matching_mistake(
    mistakes: tuple[Mistake, ...], reports: list[Report], tolerance: Tolerance, forms: Forms = lambda _: []
) -> Mistake | None:
    """The one mistake whose recorded answers equal these in every case, in one of their forms, or None.

    A case in which both raise the same error, type and message, agrees, but at least one case must agree by
    value: an error alone has too many causes.
    """
    found = [m for m in mistakes if _matches(m, reports, tolerance, forms)]
    return found[0] if len(found) == 1 else None


def _matches(mistake: Mistake, reports: list[Report], tolerance: Tolerance, forms: Forms) -> bool:
    if len(mistake.reports) != len(reports) or all(report.error for report in reports):
        return False
    return all(_same(a, b, tolerance, forms) for a, b in zip(mistake.reports, reports, strict=True))


def _same(recorded: Report, report: Report, tolerance: Tolerance, forms: Forms) -> bool:
    if recorded.error or report.error:
        return bool(recorded.error and report.error and recorded.error[:2] == report.error[:2])
    if not same_value(recorded.inputs, report.inputs, INPUTS):
        return False
    return any(same_value(x, report.output, tolerance) for x in (recorded.output, *forms(recorded)))


def same_value(recorded: Value, received: Value, tolerance: Tolerance) -> bool:
    """Whether a received value equals a recorded one, in which large arrays may be sketches."""
    if isinstance(recorded, Sketch):
        if not isinstance(received, np.ndarray):
            return False
        if received.shape != recorded.shape and not (recorded.shape == () and received.size == 1):
            return False
        return bool(tolerance.close(recorded.entries, received.ravel()[:: recorded.step]).all())
    if isinstance(recorded, (tuple, list)) and isinstance(received, (tuple, list)):
        return len(recorded) == len(received) and all(
            same_value(a, b, tolerance) for a, b in zip(recorded, received, strict=True)
        )
    if isinstance(recorded, dict) and isinstance(received, dict):
        same_keys = recorded.keys() <= received.keys() if tolerance.extra_keys else recorded.keys() == received.keys()
        return same_keys and all(same_value(value, received[key], tolerance) for key, value in recorded.items())
    return difference(recorded, received, tolerance) is None
