"""Where a value that is right on the way is given back in the place of another one."""

import collections

import numpy as np

from autograder.judge.decode import Value
from autograder.judge.trace import Node, array_leaves
from autograder.judge.trace_values import Array, Likeness
from autograder.judge.traced_events import Seen, equal, last_return

RTOL = 1e-6


def misplaced(seen: list[Seen], nodes: list[Node], wanted: Value, came: Value) -> tuple[Seen, str] | None:
    """The event, and in a word what became of its value: "returned" too early, "misplaced" under a wrong key, or given
    back in a wrong "order".

    Args:
        seen, nodes: the events, and the expressions. wanted, came: the output, recorded and received.
    """
    due, got = dict(array_leaves(wanted)), dict(array_leaves(came))
    last = last_return(seen)
    wrong = [path for path in due if path not in got or not is_close(due[path], got[path])]
    if last is None or not got or not wrong:
        return None
    if isinstance(wanted, tuple) and all(any(is_close(due[path], x) for x in got.values()) for path in wrong):
        return (last, "order") if last.node.op == "several" else None
    for key in (path for path in wrong if path and path[0].startswith("key ")):
        put = next((one for one in reversed(seen) if _is_put(one, due[key])), None)
        if put:
            return put, "misplaced"
    path = next((path for path in wrong if path in got), None)
    if path is None or len(due) > len(got):
        return None
    one = None
    if isinstance(came, tuple) and last.node.op == "several" and len(last.operands) == len(came) and len(path) == 1:
        one = _returned(last.operands[int(path[0])], nodes, got[path])
    elif got[path].telling or got[path].shape != due[path].shape:
        one = _given_back(seen, nodes, got[path])
    return (one, "returned") if one else None


def _is_put(one: Seen, value: Array) -> bool:
    """Whether an event puts a value somewhere."""
    return one.alone and one.node.part and is_close(value, one.values[0])


def _returned(one: Seen, nodes: list[Node], value: Array) -> Seen | None:
    """Where what is returned came to its value: the expression itself, or what gave the name its value."""
    if one.like > Likeness.SAME:
        return None
    if one.is_name and len(one.given) == 1 and value.telling:
        return one.given[0] if _is_given_once([one.node.op.removeprefix("name ")], nodes) else None
    return None if one.is_name and one.given else one


def _given_back(seen: list[Seen], nodes: list[Node], value: Array) -> Seen | None:
    """Where what is given back came to a value."""
    for one in reversed(seen):
        if not (value.entries.size and one.alone and one.like is Likeness.SAME and equal(one.values[0], value)):
            continue
        if one.is_name and any(x.node.part for x in one.given):
            return None
        if one.node.part:
            return one
        parts = [x for operand in one.operands if operand.is_name for x in operand.given if x.node.part]
        if one.moves and parts:
            return parts[-1] if len({x.number for x in parts}) == 1 else None
        if one.node.binds and not one.node.op.startswith("turn"):
            origin = one.given[0] if one.is_name and one.node.binds == ("return",) and len(one.given) == 1 else one
            return origin if _is_given_once(origin.node.binds, nodes) else None
    return None


def _is_given_once(names: list[str] | tuple[str, ...], nodes: list[Node]) -> bool:
    """Whether each of the names is given a value in one place only."""
    times = collections.Counter(name for node in nodes for name in node.binds)
    return all(times[name] == 1 for name in names)


def is_close(a: Array, b: Array) -> bool:
    """Whether two arrays hold nearly the same."""
    return a.shape == b.shape and np.allclose(a.entries, b.entries, rtol=RTOL, atol=0, equal_nan=True)
