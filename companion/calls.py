"""One call of a learner's function: on copies of its inputs, with the shared generators seeded, and with other
functions in the place of those that it calls."""

import contextlib
import copy
import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from companion.encode import encode
from companion.raised_errors import Surroundings, describe, plain_function
from companion.stand_ins import replaced

Function = Callable[..., Any]
Report = dict[str, Any]


class Home(NamedTuple):
    """Where a case comes from.

    Attributes:
        names: the notebook's namespace, in which the learner's functions stand.
        file: the name under which Python knows the cell of the hidden cases.
    """

    names: dict[str, Any]
    file: str


@dataclass(frozen=True)
class Call:
    """What a case calls.

    Attributes:
        exercise: the name of the function under test. function: what is called: that function, or one of the case's
            own that calls it. args, kwargs: the inputs. optional: see ``companion.optional``.
        seed: of the generators that all code shares. home: where the case comes from.
    """

    exercise: str
    function: Function
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    optional: Mapping[str, object]
    seed: int
    home: Home

    def attempt(self, function: Function, using: Mapping[str, Any]) -> Report:
        """Call a function with these inputs: what came back, or what was raised, and the inputs as they are after it.

        Args:
            function: what is called. using: by name, what stands in the place of what it calls meanwhile.
        """
        given = self._given()
        plain = plain_function(function)
        output = error = None
        try:
            with replaced(plain.__globals__ if plain else {}, using), replaced(self.home.names, using):
                output = encode(self._called(function, given))
        except KeyboardInterrupt:
            raise
        except BaseException as raised:  # noqa: BLE001 - whatever a learner's function raises is its answer
            tested = self.home.names.get(self.exercise, function)
            error = describe(raised, Surroundings(tested, self.home.names, using, (self.home.file,)))
        return {"inputs": encode(given), "output": output, "error": error}

    def repeated(self, function: Function) -> Callable[[], Any]:
        """Calls a function with these inputs, as often as one likes. Generators that it does not draw from are left
        alone: to seed them takes as long as a small function does."""
        _seed(self.seed)
        before = _drawn()
        with contextlib.suppress(Exception):
            self._called(function, self._copies())
        if "tensorflow" not in sys.modules and _drawn() == before:
            return lambda: self._called(function, self._copies())
        return lambda: self._called(function, self._given())

    def _given(self) -> dict[Any, Any]:
        _seed(self.seed)
        return self._copies()

    def _copies(self) -> dict[Any, Any]:
        return copy.deepcopy({**dict(enumerate(self.args)), **self.kwargs})

    def _called(self, function: Function, given: dict[Any, Any]) -> Any:
        return function(*[given[i] for i in range(len(self.args))], **{name: given[name] for name in self.kwargs})


def _drawn() -> tuple[bytes, Any]:
    """The states of the shared generators."""
    return repr(np.random.get_state(legacy=False)).encode(), random.getstate()


def _seed(seed: int) -> None:
    """Let every generator that a learner did not seed draw the same each time."""
    np.random.seed(seed)
    random.seed(seed)
    if "tensorflow" in sys.modules:
        sys.modules["tensorflow"].random.set_seed(seed)
