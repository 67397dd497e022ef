"""Whether a function only computes: what may write a file, or start something, is never run with edits."""

import builtins
import types
from collections.abc import Iterator

MODULES = {"numpy", "math", "cmath", "random", "copy", "itertools", "functools", "operator", "statistics", "scipy"}
BUILT_IN = {
    "abs", "all", "any", "bool", "complex", "dict", "divmod", "enumerate", "filter", "float", "frozenset", "int",
    "isinstance", "iter", "len", "list", "map", "max", "min", "next", "pow", "print", "range", "reversed", "round",
    "set", "slice", "sorted", "str", "sum", "super", "tuple", "type", "zip", "hasattr", "getattr", "callable",
}  # fmt: skip
OF_FILES = {"save", "savez", "savez_compressed", "savetxt", "tofile", "dump", "dumps", "open", "memmap", "DataSource"}
"""What writes, of NumPy and of arrays."""


def harmless(function: types.FunctionType) -> bool:
    """Whether a function uses nothing but numbers, as far as its text tells."""
    scope = function.__globals__
    for code in _codes(function.__code__):
        for name in code.co_names:
            if name in OF_FILES or (name.startswith("__") and not name.startswith("__autograder")):
                return False
            value = scope.get(name, getattr(builtins, name, None))
            if isinstance(value, types.ModuleType) and value.__name__.split(".")[0] not in MODULES:
                return False
            if name not in scope and hasattr(builtins, name) and name not in BUILT_IN and not _is_error(value):
                return False
    return True


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseException)


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from _codes(one)
