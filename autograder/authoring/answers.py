"""Read the answers file of a lesson: right answers, mistakes, equivalent mutants, and functions for the judge.

It is ordinary Python that is read with :mod:`ast` and never imported::

    he = exercise("initialize_parameters_he")

    @he.right("even_draws")
    def initialize_parameters_he(layers_dims): ...

    @he.mistake("names_sorted", cause="…", hint="…")
    def initialize_parameters_he(layers_dims): ...

    he.mistake("units_for_inputs", ("layers_dims[l - 1])", "layers_dims[l])"), cause="…", hint="…")
    he.equivalent("np.random.seed(3)", "pass", reason="…")
    he.let_through("names_sorted", reason="…")

    @he.accept
    def he_draw(inputs, received): ...

An answer that is more than one function is given as text: ``he.right("course2021", "import copy\\n…")``. Functions and
constants without a decorator are there for those of ``accept`` and ``forms``. ``let_through`` names a mistake that the
visible check cannot notice.
"""

import ast
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from autograder.authoring.text_errors import listed_or_meant, parsed, read_text
from autograder.errors import LessonError


@dataclass(frozen=True)
class WrittenMistake:
    """A wrong answer that people give.

    Attributes:
        source: the whole cell as they would write it. cause, hint: what is said of it. where: it stands in the file.
        edits: where it is written as changes of the solution, each a pair of texts.
    """

    exercise: str
    name: str
    source: str
    cause: str
    hint: str
    where: str = ""
    edits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Equivalent:
    """A mutant that computes the same: its statement before and after, and why that is so."""

    exercise: str
    old: str
    new: str
    reason: str


@dataclass
class AnswersText:
    """An answers file as its author wrote it.

    Attributes:
        right: ``{exercise: {name: source}}``. mistakes, equivalents: in the file's order.
        accept, forms: ``{exercise: name of a function}``. judge_source: the text that defines these functions.
        where: file and line of each function for the judge, by its name.
        let_through: why the visible check does not notice a mistake, by exercise and name.
    """

    right: dict[str, dict[str, str]] = field(default_factory=dict)
    mistakes: list[WrittenMistake] = field(default_factory=list)
    equivalents: list[Equivalent] = field(default_factory=list)
    accept: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    judge_source: str = ""
    where: dict[str, str] = field(default_factory=dict)
    let_through: dict[tuple[str, str], str] = field(default_factory=dict)


def read_answers(path: Path, shown: str, solutions: dict[str, str]) -> AnswersText:
    """Parse an answers file; a lesson without one has no answers.

    Args:
        path: the file. shown: how errors name it. solutions: ``{exercise: source of its solution}``, which edits start
            from.

    Raises:
        LessonError: with file, line and rule.
    """
    if not path.exists():
        return AnswersText()
    return _Reader(read_text(path, shown), shown, solutions).read()


class _Reader:
    def __init__(self, text: str, shown: str, solutions: dict[str, str]):
        self.shown, self.solutions = shown, solutions
        self.lines = text.splitlines()
        self.tree = parsed(text, shown)
        self.exercises: dict[str, str] = {}
        self.found = AnswersText()

    def read(self) -> AnswersText:
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef):
                self._function(node)
            elif isinstance(node, ast.Assign):
                self._assignment(node)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                self._call(node.value)
            elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
                raise self._error(
                    node, "an answers file holds functions, constants and calls of an exercise, nothing else"
                )
        return self.found

    def _error(self, node: ast.stmt | ast.expr, rule: str) -> LessonError:
        return LessonError(f"{self.shown}:{node.lineno}", rule)

    def _assignment(self, node: ast.Assign) -> None:
        """``he = exercise("…")``, or a constant for the judge's functions."""
        value = node.value
        if not (isinstance(value, ast.Call) and getattr(value.func, "id", None) == "exercise"):
            self.found.judge_source += self._text(node) + "\n\n"
            return
        name = self._literal(value.args[0], "the name of an exercise") if len(value.args) == 1 else None
        if name not in self.solutions or len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
            known = listed_or_meant(str(name), self.solutions)
            raise self._error(node, f'write NAME = exercise("…") with one of the lesson\'s exercises; {known}')
        self.exercises[node.targets[0].id] = name

    def _function(self, node: ast.FunctionDef) -> None:
        for_judge = not node.decorator_list
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            exercise, kind = self._target(call.func if call else decorator)
            if kind in ("accept", "forms") and not call:
                self._once(node, getattr(self.found, kind), exercise, node.name, f"a function for {kind}")
                for_judge = True
            elif kind in ("right", "mistake") and call and len(call.args) == 1:
                if node.name != exercise:
                    raise self._error(node, f"an answer to {exercise} defines {exercise}, not {node.name}")
                self._answer(call, exercise, kind, self._text(node))
            else:
                raise self._error(
                    node, "decorate it with .right(NAME), .mistake(NAME, cause=, hint=), .accept or .forms"
                )
        if for_judge:
            self.found.where[node.name] = f"{self.shown}:{node.lineno}"
            self.found.judge_source += self._text(node) + "\n\n"

    def _call(self, call: ast.Call) -> None:
        exercise, kind = self._target(call.func)
        values = [self._literal(argument, "a text or a pair of texts") for argument in call.args[1:]]
        if kind == "equivalent" and len(call.args) == 2:
            old, new = (self._literal(argument, "a text") for argument in call.args)
            reason = self._keywords(call, ("reason",))["reason"]
            self.found.equivalents.append(Equivalent(exercise, old, new, reason))
        elif kind == "let_through" and len(call.args) == 1:
            name = self._literal(call.args[0], "the name of a mistake")
            if not any((m.exercise, m.name) == (exercise, name) for m in self.found.mistakes):
                raise self._error(call, f"{exercise} has no mistake {name!r} above")
            self.found.let_through[exercise, name] = self._keywords(call, ("reason",))["reason"]
        elif kind in ("right", "mistake") and len(values) == 1 and isinstance(values[0], str):
            self._answer(call, exercise, kind, textwrap.dedent(values[0]).strip() + "\n")
        elif kind == "mistake" and values and all(_is_pair(value) for value in values):
            self._answer(call, exercise, kind, self._edited(call, exercise, values), tuple(values))
        else:
            raise self._error(
                call,
                "write .right(NAME, TEXT), .mistake(NAME, (OLD, NEW), cause=, hint=) or .equivalent(OLD, NEW, reason=)",
            )

    def _answer(
        self, call: ast.Call, exercise: str, kind: str, source: str, edits: tuple[tuple[str, str], ...] = ()
    ) -> None:
        name = self._literal(call.args[0], "a name")
        if kind == "right":
            self._keywords(call, ())
            self._once(call, self.found.right.setdefault(exercise, {}), name, source, f"a right answer {name!r}")
            return
        given = self._keywords(call, ("cause", "hint"))
        if any((m.exercise, m.name) == (exercise, name) for m in self.found.mistakes):
            raise self._error(call, f"{exercise} has two mistakes of the name {name!r}")
        where = f"{self.shown}:{call.lineno}"
        self.found.mistakes.append(WrittenMistake(exercise, name, source, given["cause"], given["hint"], where, edits))

    def _edited(self, call: ast.Call, exercise: str, pairs: list[tuple[str, str]]) -> str:
        source = self.solutions[exercise]
        for old, new in pairs:
            if source.count(old) != 1:
                rule = f"{old!r} stands {source.count(old)} times in the solution of {exercise}, not once"
                raise self._error(call, rule)
            source = source.replace(old, new)
        return source

    def _target(self, node: ast.expr) -> tuple[str, str]:
        """The exercise and the word after the dot."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.exercises:
            return self.exercises[node.value.id], node.attr
        raise self._error(
            node, f'{ast.unparse(node)} belongs to no exercise of this file; write NAME = exercise("…") first'
        )

    def _keywords(self, call: ast.Call, names: tuple[str, ...]) -> dict[str, str]:
        given = {str(keyword.arg): self._literal(keyword.value, f"{keyword.arg}=") for keyword in call.keywords}
        if set(given) != set(names):
            found = ", ".join(given) or "none"
            raise self._error(call, f"expected the keywords {', '.join(names) or 'none'}; found: {found}")
        return given

    def _once(self, node: ast.stmt | ast.expr, there: dict, key: str, value: str, what: str) -> None:
        if key in there:
            raise self._error(node, f"{what} of that exercise stands here twice")
        there[key] = value

    def _literal(self, node: ast.expr, what: str):
        try:
            value = ast.literal_eval(node)
        except ValueError:
            value = None
        if isinstance(value, str) or _is_pair(value):
            return value
        raise self._error(node, f"expected {what} written out; found {ast.unparse(node)[:60]}")

    def _text(self, node: ast.stmt) -> str:
        """The lines of a statement, without its decorators."""
        return "\n".join(self.lines[node.lineno - 1 : node.end_lineno]) + "\n"


def _is_pair(value) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, str) for part in value)
