"""Arguments that some versions of a function have."""

import contextlib
import copy
import functools
import inspect
from collections.abc import Callable
from typing import Any

Function = Callable[..., Any]


def with_optional(function: Function, **optional: Any) -> Function:
    """The function, given by name those of the optional arguments that it has parameters for.

    Args:
        function: any version of it. **optional: what to hand over to a version that takes it; a copy of it.
    """
    taken = {}
    with contextlib.suppress(TypeError, ValueError):
        taken = {k: v for k, v in optional.items() if k in inspect.signature(function).parameters}
    return functools.partial(function, **copy.deepcopy(taken)) if taken else function
