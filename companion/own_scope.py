"""Hidden cases in a scope of their own: what a learner gives another meaning does not reach the drawing of inputs."""

import builtins
import types
from typing import Any

from companion.made_of import globals_of


def in_own_scope(draw: types.FunctionType, imports: dict[str, Any], exercise: str) -> types.FunctionType:
    """A case's function, and those of its own cell that it uses, with Python's names as Python means them.

    Args:
        draw: the function, as its cell defined it in the notebook. imports: what the lesson's first cell imported, by
            name; it counts more than what the notebook made of these names.
        exercise: the graded function: it is the notebook's, whatever its name.
    """
    home = draw.__globals__
    scope: dict[str, Any] = {"__builtins__": builtins, "__name__": "hidden cases"}
    waiting = [draw]
    while waiting:
        for name in globals_of(waiting.pop().__code__) - scope.keys():
            if name not in home or (hasattr(builtins, name) and name != exercise):
                continue
            value = home[name]
            if type(value) is types.FunctionType and value.__code__.co_filename == draw.__code__.co_filename:
                waiting.append(value)
                scope[name] = _moved(value, scope)
            else:
                scope[name] = value if name == exercise else imports.get(name, value)
    return _moved(draw, scope)


def _moved(function: types.FunctionType, scope: dict[str, Any]) -> types.FunctionType:
    moved = types.FunctionType(function.__code__, scope, function.__name__, function.__defaults__, function.__closure__)
    moved.__kwdefaults__ = function.__kwdefaults__
    return moved
