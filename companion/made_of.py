"""What an answer hangs on: a function, and whatever of the notebook it uses.
A verdict holds while these are the same."""

import dis
import inspect
import types
from functools import lru_cache
from typing import Any

_ABSENT = object()


def made_of(names: list[str], namespace: dict[str, Any]) -> list[object]:
    """The objects behind these names, and behind all names that the notebook's own functions among them use.

    Two such lists hold the same objects, one by one, exactly where nothing was defined anew in between. What was
    changed in place, such as an entry of a list, is not seen.

    Args:
        names: where to start. namespace: the notebook's.
    """
    found: list[object] = []
    waiting, seen = list(names), set(names)
    while waiting:
        value = namespace.get(waiting.pop(), _ABSENT)
        found.append(value)
        for function in _functions(value, namespace):
            found += [function.__code__, function.__defaults__, function.__kwdefaults__]
            new = globals_of(function.__code__) - seen
            seen |= new
            waiting += sorted(new)
    return found


def same_objects(one: list[object], other: list[object]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _functions(value: object, namespace: dict[str, Any]) -> list[types.FunctionType]:
    """A function of the notebook, and those that it was wrapped around."""
    found, waiting = [], [value]
    while waiting:
        one = waiting.pop()
        if type(one) is types.FunctionType and one.__globals__ is namespace and one not in found:
            found.append(one)
            waiting += [_content(cell) for cell in one.__closure__ or ()]
    return found


def _content(cell: types.CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:
        return None  # nothing is in it yet


@lru_cache(maxsize=1024)
def globals_of(code: types.CodeType) -> frozenset[str]:
    """The names that a piece of code, and the functions in it, look up outside of themselves."""
    used: set[str] = set()
    bound: set[str] = set()
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"):
            used.add(instruction.argval)
        elif instruction.opname == "STORE_NAME":
            bound.add(instruction.argval)
    inner = [globals_of(constant) for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return frozenset(used.union(*inner) - bound)


def source_of(function: object) -> str:
    """The text that a function was defined by; "" where that is not known."""
    try:
        return inspect.getsource(function)  # type: ignore[arg-type]  # for what is no function it raises
    except (OSError, TypeError):
        return ""
