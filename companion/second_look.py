"""A second look at a case that failed: the values on the way, and what small edits would have answered."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from companion.calls import Call, Function, Report
from companion.neighbours import Neighbours
from companion.optional import with_optional
from companion.raised_errors import plain_function
from companion.stand_ins import replaced
from companion.trace import Trace


def traced(call: Call, using: Mapping[str, Any]) -> Report:
    """The call once more, with every expression reporting: its output, its error, and the trace; {} where none can be
    made.

    Args:
        call: what the case calls. using: right versions of what the function calls, by name.
    """
    trace = Trace(call.home.names.get(call.exercise))
    if trace.function is None:
        return {}
    function, twins = _in_its_place(call, trace.plain, trace.function, trace.twins)
    ended = call.attempt(function, {**twins, **using})
    return {"output": ended["output"], "error": ended["error"], "trace": trace.as_json()}


def edited(call: Call, using: Mapping[str, Any], kind: int) -> Report:
    """What the function answers with each small edit of a kind; {} where that cannot be told. Arguments as for
    :func:`traced`."""
    edits = Neighbours(call.home.names.get(call.exercise), kind)
    if edits.function is None:
        return {}
    function, twins = _in_its_place(call, edits.plain, edits.function, edits.twins)
    using = {**twins, **using}
    with replaced(edits.scope, using), replaced(call.home.names, using), np.errstate(all="ignore"):
        answers = edits.answers(call.repeated(function))
    return {} if answers is None else {"edits": answers}


def _in_its_place(
    call: Call, plain: Function | None, twin: Function, twins: Mapping[str, Any]
) -> tuple[Function, dict[str, Any]]:
    """What to call so that the twin answers in the place of the function under test, and what stands in for others."""
    if plain_function(call.function) is plain:
        return with_optional(twin, **call.optional), dict(twins)
    return with_optional(call.function, **call.optional), {call.exercise: twin, **twins}
