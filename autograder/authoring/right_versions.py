"""Right versions of what an exercise calls: the text that a graded cell needs to define them.

A graded cell says ``calls=("linear_forward",)``; the build puts in the place of the names a pair, the names and
the text that defines these functions as the lesson solves them, with whatever given code they need.
"""

import ast
import symtable


def calls_of(source: str) -> tuple[str, ...]:
    """The names after ``calls=`` in a graded cell."""
    found = _calls(source)
    return found[2] if found else ()


def filled_in(source: str, above: list[str]) -> str:
    """A graded cell in which what stands after ``calls=`` is complete.

    Args:
        source: the cell. above: the text of the given and solved cells above it.
    """
    found = _calls(source)
    if found is None:
        return source
    start, end, names = found
    text = definitions(names, above)
    quoted = repr(text) if "'''" in text or "\\" in text else f"'''\n{text}'''"
    return f"{source[:start]}({names!r}, {quoted}){source[end:]}"


def _calls(source: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Where the value of ``calls=`` stands in a graded cell, and the names in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == "calls":
            start = _place(source, node.value.lineno, node.value.col_offset)
            end = _place(source, node.value.end_lineno, node.value.end_col_offset)
            return start, end, tuple(ast.literal_eval(node.value))
    return None


def _place(source: str, line: int | None, column: int | None) -> int:
    """Where the parser's line, from 1, and column, in bytes, are in a text."""
    lines = source.splitlines(keepends=True)
    number = (line or 1) - 1
    return len("".join(lines[:number])) + len(lines[number].encode()[:column].decode())


def definitions(names: tuple[str, ...], sources: list[str]) -> str:
    """The statements of these cells that define the names and, in turn, whatever they use, in the cells' order.

    Args:
        names: what to define. sources: the text of the cells; where two define a name, the later one counts.
    """
    statements = [
        (node, ast.get_source_segment(source, node) or "") for source in sources for node in ast.parse(source).body
    ]
    by_name = {name: i for i, (node, _) in enumerate(statements) for name in bound_by(node)}
    wanted, kept = list(names), set()
    while wanted:
        i = by_name.get(wanted.pop())
        if i is not None and i not in kept:
            kept.add(i)
            wanted += used_by(statements[i][1])
    return "\n\n".join(statements[i][1] for i in sorted(kept)) + "\n"


def used_by(statement: str) -> list[str]:
    """The names that a statement takes from outside: none of a function's own."""
    tables, names = [symtable.symtable(statement, "<lesson>", "exec")], []
    while tables:
        table = tables.pop()
        tables += table.get_children()
        own = table.get_type() != "module"
        names += [s.get_name() for s in table.get_symbols() if s.is_referenced() and (s.is_global() or not own)]
    return names


def bound_by(node: ast.stmt) -> list[str]:
    """The names that a statement defines."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)]
