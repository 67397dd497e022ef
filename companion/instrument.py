"""A function's own text with every subexpression reporting its value: ``f(x) + b`` becomes
``see(3, see(1, f(see(0, x))) + see(2, b))``, where ``see`` returns what it was given.

What the function computes stays as it is. Not looked into: what is printed, asserted or drawn, texts, lambdas, and
functions that are called by their names.
"""

import ast
import types
from typing import Any

from companion.expressions import BLOCKS, MOST_SIGNS, UNFILLED, Node, operation_of, root_of, shows, targets_of
from companion.function_text import twin_of
from companion.one_line import one_line

SEE = "__autograder_see__"
MOST_NODES = 1500


def instrumented(function: types.FunctionType, nodes: list[Node]) -> types.FunctionType | None:
    """A twin of a function that calls ``see(number, value)``, which its globals must hold under the name of SEE,
    for every expression in it. None where its text is not at hand or cannot be read.

    Args:
        function: as it was defined. nodes: its expressions are added here; their places are the numbers.
    """

    def reporting(source: str, definition: ast.FunctionDef) -> list[ast.stmt]:
        body = _Instrument(source, function, nodes).block(definition.body)
        if len(nodes) > MOST_NODES:
            raise ValueError("too many expressions")
        return body

    return twin_of(function, reporting)


class _Instrument(ast.NodeTransformer):
    """Wraps expressions and keeps a list of them."""

    def __init__(self, source: str, function: types.FunctionType, nodes: list[Node]):
        self.source, self.nodes = source, nodes
        self.operands: list[int] = []
        self.under = 0
        scope = function.__globals__
        own = function.__code__.co_varnames
        self.modules = {n for n, x in scope.items() if type(x) is types.ModuleType and n not in own}

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for statement in body:
            new = self.visit(statement)
            found += new if isinstance(new, list) else [new]
        return found

    def generic_visit(self, node: ast.AST) -> Any:
        for name, value in ast.iter_fields(node):
            if name in BLOCKS and isinstance(value, list):
                setattr(node, name, self.block(value))
            elif isinstance(value, list):
                setattr(node, name, [self.visit(one) if isinstance(one, ast.AST) else one for one in value])
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
        return node

    # Statements.

    def visit_Expr(self, node: ast.Expr) -> Any:
        call = node.value
        if not isinstance(call, ast.Call) or shows(call):
            return node
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            # costs.append(cost): what is handed over becomes part of what the method belongs to.
            owner = call.func.value.id
            if owner not in self.modules:
                call.args = [self._bound(one, [owner], part=True) for one in call.args]
                return node
        node.value = self._seen(call)
        return node

    def visit_Assert(self, node: ast.Assert) -> Any:
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        node.body = self.block(node.body)
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        targets = [target for one in node.targets for target in targets_of(one)]
        names = [name for name, _ in targets]
        node.value = self._bound(node.value, names, part=bool(targets) and all(part for _, part in targets))
        node.targets = [self.visit(one) for one in node.targets]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        if node.value is not None:
            node.value = self._bound(node.value, [name for name, _ in targets_of(node.target)])
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        op = f"binary {type(node.op).__name__}"
        if not isinstance(node.target, ast.Name):
            node.value = self._bound(node.value, [name for name, _ in targets_of(node.target)], part=True)
            node.target = self.visit(node.target)
            return node
        name = ast.Name(node.target.id, ast.Load())
        before = self._wrap(ast.copy_location(name, node.target), f"name {name.id}", [])
        number = len(self.nodes) - 1
        node.value, operands = self._apart(node.value)
        after = self._wrap(ast.copy_location(ast.Name(name.id, ast.Load()), node), op, [number, *operands])
        self.nodes[-1].text = self._text(node)
        self.nodes[-1].binds, self.nodes[-1].adds_to = [name.id], name.id
        return [ast.Expr(before), node, ast.Expr(after)]

    def visit_For(self, node: ast.For) -> Any:
        node.iter, operands = self._apart(node.iter)
        head = []
        for name, part in targets_of(node.target):
            if not part:
                load = ast.copy_location(ast.Name(name, ast.Load()), node.target)
                head.append(ast.Expr(self._wrap(load, f"turn {name}", list(operands))))
                self.nodes[-1].text = one_line(f"for {ast.unparse(node.target)} in …", MOST_SIGNS)
                self.nodes[-1].binds = [name]
        node.body = [*head, *self.block(node.body)]
        node.orelse = self.block(node.orelse)
        return node

    def visit_If(self, node: ast.If) -> Any:
        node.test, _ = self._apart(node.test)
        around, self.under = self.under, node.test.lineno
        node.body, node.orelse = self.block(node.body), self.block(node.orelse)
        self.under = around
        return node

    def visit_Return(self, node: ast.Return) -> Any:
        if node.value is not None:
            node.value = self._bound(node.value, ["return"])
        return node

    # Expressions.

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            return self._target(node)
        if isinstance(node, ast.Slice):
            return self.generic_visit(node)
        return self._seen(node) if isinstance(node, ast.expr) else super().visit(node)

    def _target(self, node: Any) -> Any:
        """What is assigned to: only what stands between brackets is looked at, not an array that is half filled."""
        if isinstance(node, (ast.Subscript, ast.Attribute)):
            node.value = self._target(node.value)
        if isinstance(node, ast.Subscript):
            node.slice = self.visit(node.slice)
        if isinstance(node, (ast.Tuple, ast.List)):
            node.elts = [self._target(one) for one in node.elts]
        if isinstance(node, ast.Starred):
            node.value = self._target(node.value)
        return node

    def _bound(self, value: ast.expr, names: list[str], part: bool = False) -> ast.expr:
        """An expression whose value is given to names."""
        unfilled = isinstance(value, ast.Call) and UNFILLED.match(operation_of(value))
        value, operands = self._apart(value)
        if unfilled:
            self._add(value, "several", operands)
            self.nodes[-1].binds, self.nodes[-1].part = names, part
            return value
        alone = len(operands) == 1 and self.nodes[operands[0]].op != "constant"
        if not alone or isinstance(value, (ast.Tuple, ast.List, ast.Dict)):
            value = self._wrap(value, "several", operands)
            operands = [len(self.nodes) - 1]
        node = self.nodes[operands[0]]
        node.binds = [*node.binds, *names]
        node.part = part
        return value

    def _apart(self, value: ast.expr) -> tuple[ast.expr, list[int]]:
        """An expression, and the numbers of what it is made of, kept from those around it."""
        around, self.operands = self.operands, []
        value = self.visit(value)
        operands, self.operands = self.operands, around
        return value, operands

    def _seen(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Constant):
            if type(node.value) in (int, float, bool):
                self._add(node, "constant", [])
                self.operands.append(len(self.nodes) - 1)
            return node
        if isinstance(node, (ast.JoinedStr, ast.Lambda, ast.Starred, ast.Await, ast.Yield, ast.YieldFrom)):
            return node
        if isinstance(node, ast.Name) and node.id in self.modules:
            return node
        op, text = operation_of(node), self._text(node)
        adds_to = node.left.id if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) else ""
        around, self.operands = self.operands, []
        _ = self._call(node) if isinstance(node, ast.Call) else self.generic_visit(node)  # in place
        operands, self.operands = self.operands, around
        if isinstance(node, (ast.Tuple, ast.List, ast.Dict, ast.Set)) or UNFILLED.match(op):
            self.operands += operands
            return node
        wrapped = self._wrap(node, op, operands)
        self.nodes[-1].text, self.nodes[-1].adds_to = text, adds_to
        self.operands.append(len(self.nodes) - 1)
        return wrapped

    def _call(self, node: ast.Call) -> ast.Call:
        if isinstance(node.func, ast.Attribute) and root_of(node.func) not in self.modules:
            node.func.value = self.visit(node.func.value)
        elif not isinstance(node.func, (ast.Name, ast.Attribute)):
            node.func = self.visit(node.func)
        node.args = [self.visit(one) for one in node.args]
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)
        return node

    def _wrap(self, node: ast.expr, op: str, operands: list[int]) -> ast.expr:
        self._add(node, op, operands)
        see = ast.Name(SEE, ast.Load())
        call = ast.Call(see, [ast.Constant(len(self.nodes) - 1), node], [])
        return ast.copy_location(call, node)

    def _add(self, node: ast.expr, op: str, operands: list[int]) -> None:
        self.nodes.append(Node(node.lineno, node.end_lineno or node.lineno, self._text(node), op, operands, self.under))

    def _text(self, node: ast.AST) -> str:
        return one_line(ast.get_source_segment(self.source, node) or "", MOST_SIGNS)
