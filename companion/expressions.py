"""What is told of an expression of a learner's function: where it stands, what it does, what it is made of."""

import ast
import re
from dataclasses import dataclass, field
from typing import Any

from companion.one_line import one_line

MOST_SIGNS = 70
BLOCKS = {"body", "orelse", "finalbody"}
SILENT = {"print", "display", "plt"}
"""Calls that show something: their arguments decide nothing."""
UNFILLED = re.compile(r"call (\w+\.)?empty(_like)?\b")
"""Arrays that hold what the memory held before."""


@dataclass
class Node:
    """An expression of the function.

    Attributes:
        line: within the cell, from 1. last: its last line. text: as it is written, cut.
        op: ``name x``, ``constant``, ``attribute T``, ``call np.sum``, ``binary +``, ``item`` …
        operands: the numbers of the expressions that it is made of.
        under: the last line of the conditions that it stands under, or 0.
        binds: names that its value is given to. part: whether it becomes only a part of what they name.
        adds_to: the name that stands first in a sum or difference.
    """

    line: int
    last: int
    text: str
    op: str
    operands: list[int]
    under: int = 0
    binds: list[str] = field(default_factory=list)
    part: bool = False
    adds_to: str = ""

    def as_json(self) -> dict[str, Any]:
        return vars(self)


def targets_of(target: ast.expr) -> list[tuple[str, bool]]:
    """The names that are assigned to, and whether only a part of what they name is."""
    if isinstance(target, ast.Name):
        return [(target.id, False)]
    if isinstance(target, (ast.Tuple, ast.List)):
        return [pair for one in target.elts for pair in targets_of(one)]
    if isinstance(target, ast.Starred):
        return targets_of(target.value)
    root = root_of(target)
    return [(root, True)] if root else []


def root_of(node: ast.expr) -> str:
    """The name that entries and attributes are taken of, "" where there is none."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def shows(node: ast.expr) -> bool:
    """Whether an expression is a call that only shows something."""
    return isinstance(node, ast.Call) and root_of(node.func) in SILENT


def operation_of(node: ast.expr) -> str:
    """What an expression does, in a few words."""
    match node:
        case ast.Name(id=name):
            return f"name {name}"
        case ast.Attribute(attr=name):
            return f"attribute {name}"
        case ast.Subscript():
            return "item"
        case ast.BinOp(op=op):
            return f"binary {type(op).__name__}"
        case ast.UnaryOp(op=op):
            return f"unary {type(op).__name__}"
        case ast.Compare(ops=[op]):
            return f"compare {type(op).__name__}"
        case ast.Call(func=func):
            keywords = [one.arg or "" for one in node.keywords]
            return one_line(f"call {ast.unparse(func)}", MOST_SIGNS) + (f" {','.join(keywords)}" if keywords else "")
    return type(node).__name__
