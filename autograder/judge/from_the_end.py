"""From the answer backwards: the statement that comes to what is wrong in it, though all that it reads is right.

Another way to the right answer has values of its own on the way, but none in the answer: there it has to be right.
"""

from autograder.judge.decode import Value
from autograder.judge.misplaced import is_close
from autograder.judge.right_computations import Right
from autograder.judge.trace import Node, array_leaves
from autograder.judge.trace_values import Array, Likeness
from autograder.judge.traced_events import Seen, equal, last_return

MOST_STEPS, MOST_ARRAYS = 20, 50
"""Back from an array of the answer, and arrays of it: no trace may keep the grader busy."""


def from_the_end(seen: list[Seen], nodes: list[Node], right: Right, wanted: Value, came: Value) -> Seen | None:
    """The first statement that something wrong in the answer comes from, and that reads only what is right.

    Args:
        seen, nodes: the events, and the expressions. right: what is known of right computations.
        wanted, came: the output, recorded and received.
    """
    last = last_return(seen)
    if last is None:
        return None
    if all(last.node.line <= node.line and node.last <= last.node.last for node in nodes):
        return last  # there is nothing else
    due, got = dict(array_leaves(wanted)), dict(array_leaves(came))
    if due.keys() != got.keys():
        return None
    wrong = [array for path, array in got.items() if not is_close(due[path], array)]
    back = _Back(nodes, right, seen)
    found = [one for array in wrong[:MOST_ARRAYS] if (one := back.blamed(last, array))]
    return min(found, key=seen.index) if found else None


class _Back:
    """The way back."""

    def __init__(self, nodes: list[Node], right: Right, seen: list[Seen]):
        self.nodes, self.right = nodes, right
        self.told = {one.number for one in seen}
        self.named = {name for name, _ in right.roles}
        self.given = {name for node in nodes if not node.op.startswith("turn") for name in node.binds}

    def blamed(self, last: Seen, array: Array) -> Seen | None:
        """The statement at fault for one wrong array of the answer."""
        way = [last]
        while len(way) < MOST_STEPS and (before := _before(way[-1], array)):
            way.append(before)
        here = way[-1]
        if any(one.is_name and not one.holds and any(x.node.part for x in one.given) for one in way):
            return None  # an array that was filled entry by entry: where, cannot be told
        if here.moves:  # it computes nothing: something else was due where it is given its name
            return next((one for one in way if _is_alias(one)), None)
        reads = self._reads(here)
        wrong = [one for one in reads if not (self._is_right(one) or _is_own(one, here))]
        if len(wrong) == 1 and wrong[0].is_name and len(wrong[0].given) == 1 and _is_alias(wrong[0].given[0]):
            return wrong[0].given[0]
        if wrong or not reads:
            return None
        handed_on = any(equal(array, value) for one in reads for value in one.values)
        if here.telling and here.like is Likeness.SAME and not handed_on:
            return None  # a right value, given back in the place of another one
        return here

    def _reads(self, here: Seen) -> list[Seen]:
        """The names and entries that a statement takes its values from; none where the values of some are not known."""
        found, apart, waiting = [], [here], [*here.operands]
        known = set()
        while waiting:
            one = waiting.pop()
            if id(one) in known:
                continue
            known.add(id(one))
            if one.is_name or (one.node.op == "item" and one.telling and self._is_right(one)):
                found.append(one)
                continue
            apart.append(one)
            waiting += one.operands
            found += [] if one.operands else [one]
        hidden = [number for one in apart for number in one.node.operands if number not in self.told]
        names = {self.nodes[number].op.removeprefix("name ") for number in hidden}
        called = {one.operation.removeprefix("call ") for one in apart}
        return [] if self.given & (names | called) else found

    def _is_right(self, one: Seen) -> bool:
        if not one.is_name or not one.given:
            return one.is_name or one.like <= Likeness.PARTS
        if not one.telling:  # it is like a right one by chance
            single = all(value.entries.size == 1 for value in one.values)
            return single and all(x.moves or x.node.op.startswith("call len") for x in one.given)
        name = one.node.op.removeprefix("name ")
        roles = {(name, kind) for kind in one.kinds}
        aliased = any(_is_alias(x) for x in one.given)
        fits = roles <= self.right.roles if name in self.named else not aliased
        taken = all(x.moves for x in one.given) and not aliased  # as it is, out of what was handed in
        return one.like <= Likeness.PARTS and (fits or taken)


def _is_alias(one: Seen) -> bool:
    """Whether a statement gives a value a name, and computes nothing."""
    return one.is_name and one.alone and bool(one.node.binds)


def _before(here: Seen, array: Array) -> Seen | None:
    """Where an expression has the array from, if it only hands it on."""
    if here.is_name:
        same = [one for one in here.given if any(equal(value, array) for value in one.values)]
        if not same and here.holds and len({one.number for one in here.given if one.node.part}) == 1:
            return here.given[-1]  # changed in place
        return same[-1] if len({one.number for one in same}) == 1 else None
    if not here.moves or here.node.op == "item":
        return None
    same = [one for one in here.operands if any(equal(value, array) for value in one.values)]
    if same:
        return same[-1] if len({one.number for one in same}) == 1 else None
    return next((one for one in here.operands if one.is_name and one.holds and _before(one, array)), None)


def _is_own(one: Seen, here: Seen) -> bool:
    """Whether a name stands for what the same statement gave it in the turn before."""
    return bool(one.given) and all(x.number == here.number for x in one.given)
