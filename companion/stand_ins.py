"""Other functions in the place of a notebook's own, for a while."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any


@contextlib.contextmanager
def replaced(scope: dict[str, Any], using: Mapping[str, Any]) -> Iterator[None]:
    """Other functions in the place of those of the same names, for as long as the context lasts."""
    absent = object()
    before = {name: scope.get(name, absent) for name in using}
    try:
        scope.update(using)
        yield
    finally:
        for name, value in before.items():
            if value is absent:
                scope.pop(name, None)
            else:
                scope[name] = value
