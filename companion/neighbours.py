"""What a function would have answered with one small edit: its own text with all of them in it, one in force.

``f(x) + b`` becomes ``(f(x) - b if EDIT == 5 else f(x) * b) if 5 <= EDIT < 7 else f(x) + b``: it is compiled once.
"""

import ast
import copy
import math
import pickle
import time
import types
from collections.abc import Callable
from typing import Any

from companion.encode import encode
from companion.expressions import BLOCKS, MOST_SIGNS, shows
from companion.function_text import beside, twin_of
from companion.harmless import harmless
from companion.one_line import one_line
from companion.raised_errors import plain_function
from companion.small_edits import MISSING, REPLACED, Around, around, expressions, statements

EDIT, TICK = "__autograder_edit__", "__autograder_tick__"
MOST_EDITS, MOST_ANSWERS, MOST_BYTES = 6000, 1500, 4 * 2**20
SECONDS = 0.5
"""Of processor time for one case."""
LEFT_ALONE = (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.Assert, ast.ClassDef)


Place = tuple[int, int, str]
"""A statement: its first and its last line, and its text, cut."""


class TooLong(BaseException):
    """The time is up."""


class Neighbours:
    """The twins of a function, and of the functions of its cell, with all small edits of one kind in them.

    Attributes:
        twins: by name, what is to stand in the place of the functions, EDIT and TICK among them.
        function: the twin of the one under test; None where there is none. plain: that one itself.
    """

    def __init__(self, function: object, kind: int):
        self.twins: dict[str, Any] = {}
        self.function: types.FunctionType | None = None
        self._kind = kind
        self._statements: list[Place] = []
        self._edits: list[tuple[int, bool]] = []
        self._until = math.inf
        self.plain = plain_function(function)
        if self.plain is None:
            return
        self.scope = self.plain.__globals__
        plain = [one for one in self.scope.values() if type(one) is types.FunctionType]
        self._own = [one for one in plain if one.__globals__ is self.scope and harmless(one)]
        self.function = self._twin(self.plain)
        for name, one in beside(self.plain) if self.function else ():
            self.twins[name] = self._twin(one) or one
        self.twins |= {EDIT: -1, TICK: self._tick}

    def answers(self, call: Callable[[], Any]) -> dict[str, Any] | None:
        """What comes of the edits, as plain data; None where that takes too long.

        Args:
            call: calls the twin anew, with the same inputs.

        Returns:
            statements: those that can be edited. edits: for each edit the number of its statement, and whether it is
            one of a name, whose value comes from elsewhere. as_it_is: the answer without an edit. answers: for each
            distinct one, the numbers of the edits that give it, and the answer. All answers are trees (encode.py).
        """
        self._until = time.process_time() + SECONDS
        found: dict[bytes, tuple[list[int], Any]] = {}
        size = 0
        self.scope[EDIT] = -1
        try:
            as_it_is = encode(call())
            for number in range(len(self._edits)):
                self.scope[EDIT] = number
                self._tick()
                try:
                    answer = call()
                    key = pickle.dumps(answer)
                    if key not in found:
                        found[key] = ([], encode(answer))
                        size += len(key)
                except Exception:  # noqa: BLE001 - most edits make no sense
                    continue
                found[key][0].append(number)
                if size > MOST_BYTES or len(found) > MOST_ANSWERS:
                    return None
        except (TooLong, Exception):  # noqa: BLE001 - it raises as it is
            return None
        told = {"statements": self._statements, "edits": self._edits, "answers": [*found.values()]}
        return {"as_it_is": as_it_is, **told}

    def _tick(self) -> None:
        if time.process_time() > self._until:
            raise TooLong

    def _twin(self, function: types.FunctionType) -> types.FunctionType | None:
        def edited(source: str, definition: ast.FunctionDef) -> list[ast.stmt]:
            among = around(definition, self.scope, self._own)
            body = _Edits(source, among, self._kind, self._statements, self._edits).block(definition.body)
            if len(self._edits) > MOST_EDITS:
                raise ValueError("too many edits")
            return body

        twin = twin_of(function, edited)
        return twin if twin and harmless(twin) else None


class _Edits:
    """Puts what else might stand there beside each expression and statement; what it is given stays as it is."""

    def __init__(self, source: str, among: Around, kind: int, places: list[Place], edits: list[tuple[int, bool]]):
        self.source, self.among, self.kind = source, among, kind
        self.statements, self.edits = places, edits
        self.whole: list[ast.AST] = []

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [self._statement(one) for one in body if not _is_silent(one)] or [ast.Pass()]

    def _statement(self, node: ast.stmt) -> ast.stmt:
        if isinstance(node, LEFT_ALONE):
            return node
        block: Any = getattr(node, "body", None)
        text = ast.get_source_segment(self.source, node) or ""
        last = max(node.lineno, block[0].lineno - 1) if block else node.end_lineno or node.lineno
        self.statements.append((node.lineno, last, one_line(text.splitlines()[0] if block else text, MOST_SIGNS)))
        first = len(self.edits)
        others = list(statements(node)) if self.kind == REPLACED else []
        self.edits += [(len(self.statements) - 1, False)] * len(others)
        self.whole = wholes(node)
        result: Any = copy.copy(node)
        for name, part in ast.iter_fields(node):
            if name not in BLOCKS and name != "handlers":
                setattr(result, name, self._visited(part))
        for name, part in ast.iter_fields(node):
            if name in BLOCKS and isinstance(part, list):
                setattr(result, name, self.block(part) if part else [])
            elif name == "handlers":
                result.handlers = [copy.copy(one) for one in part]
                for one in result.handlers:
                    one.body = self.block(one.body)
        if isinstance(node, (ast.For, ast.While)):
            result.body.insert(0, ast.Expr(ast.Call(ast.Name(TICK, ast.Load()), [], [])))
        for number, other in enumerate(others, first):
            test = ast.Compare(ast.Name(EDIT, ast.Load()), [ast.Eq()], [ast.Constant(number)])
            result = ast.If(test, [other], [result])
        return result  # type: ignore[no-any-return]

    def _visited(self, part: Any) -> Any:
        if isinstance(part, list):
            return [self._visited(one) for one in part]
        if not isinstance(part, ast.AST) or isinstance(part, ast.JoinedStr) or not part._fields:
            return part
        if isinstance(part, ast.Name) and part.id not in self.among.names:
            return part
        is_value = isinstance(part, ast.expr) and isinstance(getattr(part, "ctx", ast.Load()), ast.Load)
        others = []
        if is_value and not isinstance(part, ast.Starred):
            whole = any(part is one for one in self.whole)
            others = list(expressions(part, self.among, self.kind, whole))  # type: ignore[arg-type]
        result: Any = copy.copy(part)
        for name, value in ast.iter_fields(part):
            if not (name == "func" and isinstance(part, ast.Call)):
                setattr(result, name, self._visited(value))
            elif isinstance(value, ast.Attribute):
                result.func = copy.copy(value)
                result.func.value = self._visited(value.value)
        if not others:
            return result
        of_name = self.kind == MISSING and isinstance(part, (ast.Name, ast.Subscript))
        first = len(self.edits)
        self.edits += [(len(self.statements) - 1, of_name)] * len(others)
        edit, end = ast.Name(EDIT, ast.Load()), ast.Constant(len(self.edits))
        within = ast.Compare(ast.Constant(first), [ast.LtE(), ast.Lt()], [edit, end])
        return ast.IfExp(within, _chosen(others, first), result)


def wholes(node: ast.stmt) -> list[ast.AST]:
    """What a name, a place or a key is given, what is returned or appended: of several values, each."""
    found: list[ast.AST] = []
    value = getattr(node, "value", None)
    waiting = [*value.args] if isinstance(node, ast.Expr) and isinstance(value, ast.Call) else [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (ast.Tuple, ast.List)):
            waiting += one.elts
        elif isinstance(one, ast.Dict):
            waiting += one.values
        elif one is not None:
            found.append(one)
    return found


def _chosen(others: list[ast.expr], first: int) -> ast.expr:
    """The one of them that is in force; their numbers begin with ``first``."""
    if len(others) == 1:
        return others[0]
    half = len(others) // 2
    test = ast.Compare(ast.Name(EDIT, ast.Load()), [ast.Lt()], [ast.Constant(first + half)])
    return ast.IfExp(test, _chosen(others[:half], first), _chosen(others[half:], first + half))


def _is_silent(node: ast.stmt) -> bool:
    """Whether a statement only shows or says something."""
    return isinstance(node, ast.Expr) and (isinstance(node.value, ast.Constant) or shows(node.value))
