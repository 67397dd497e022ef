"""Where an answer leaves the right computations: the first value on the way that none of them has."""

import collections
import re
from dataclasses import dataclass
from functools import cached_property

from autograder.judge.decode import Value
from autograder.judge.from_the_end import from_the_end
from autograder.judge.misplaced import misplaced
from autograder.judge.right_computations import Right
from autograder.judge.trace import Node, Trace, array_leaves
from autograder.judge.trace_values import Likeness
from autograder.judge.traced_events import Application, Seen, compared, equal

UNFAMILIAR = 0.2
"""How many expressions, beside those that right computations have too, may go another way and come back."""
OWN = re.compile(r"call \w+( [\w,]*)?")
"""A call of one of the notebook's own functions."""
RANDOM = re.compile(r"call .*(rand|normal|uniform|random|choice|permutation|binomial)")


@dataclass(frozen=True)
class Traced:
    """One traced case.

    Attributes:
        trace: the answer's. right: what is known of right computations.
        wanted, came: the output, recorded and received.
        passed: whether the case did.
    """

    trace: Trace
    right: Right
    wanted: Value
    came: Value
    passed: bool = False

    @cached_property
    def seen(self) -> list[Seen]:
        """Its events, compared."""
        return compared(self.trace, self.right.known, dict(self.right.names))


@dataclass(frozen=True)
class Found:
    """Where an answer errs.

    Attributes:
        seen: the event. why: "wrong": no right computation comes to it · "not due": one does, but another value belongs
            there · "returned": one does, but it is not the result · "misplaced", "order": it is put in a wrong place ·
            "reads right": what it is made of is right, and the answer that comes of it is not.
        besides: the line of a condition that may be at fault instead, or 0.
    """

    seen: Seen
    why: str
    besides: int = 0


def first_wrong(cases: list[Traced]) -> Found | None:
    """Where an answer errs; None where that cannot be told, or different cases say different things equally often.

    It is the first value that no right computation has, though all that it is made of is right, and from which nothing
    right comes again. Where there is none, it is where a value that is right on the way is taken for another one.
    What goes another way in a case that passed is no fault in one that failed.
    """
    fine = {one.number for case in cases if case.passed for one in case.seen if one.wrong}
    return _agreed([found for case in cases if not case.passed and (found := _in_case(case, fine))])


def last_wrong(cases: list[Traced]) -> Found | None:
    """The statement that something wrong in the answer comes from, though all that it reads is right, if one can be
    told."""
    failed = [case for case in cases if not case.passed]
    found = [from_the_end(one.seen, one.trace.nodes, one.right, one.wanted, one.came) for one in failed]
    return _agreed([Found(one, "reads right") for one in found if one])


def _agreed(named: list[Found]) -> Found | None:
    """What most cases say."""
    votes = collections.Counter((found.seen.number, found.why) for found in named)
    best = [vote for vote, count in votes.items() if count == max(votes.values())]
    if len(best) != 1:
        return None
    return next(found for found in named if (found.seen.number, found.why) == best[0])


def _in_case(case: Traced, fine: set[int]) -> Found | None:
    seen, right = case.seen, case.right
    come_back = reckoned = 0
    for one in seen:
        if one.telling and not one.holds and not one.wrong and one.like <= Likeness.PARTS and not _one_of_several(one):
            come_back |= one.sources
        if one.telling and one.node.op.startswith("binary"):
            reckoned |= one.sources
    cleared = fine | {one.number for one in seen if come_back >> one.number & 1}
    familiar = {one.number for one in seen if one.telling and not one.wrong and one.kinds and min(one.kinds) >= 0}
    if len(cleared) > UNFAMILIAR * len(familiar - cleared):
        return None  # it goes ways of its own: another one need not be a fault
    sums = _sums(case.trace.nodes)
    for one in seen:
        if not one.wrong or one.number in cleared or any(_at_fault(x, cleared) for x in [*one.operands, *one.given]):
            continue
        if one.like is Likeness.SAME and not reckoned >> one.number & 1:
            continue  # a number that nothing is reckoned with: it may count in another way
        if one.is_name:
            return None  # it was changed in place, or put together of parts that are right
        if RANDOM.match(one.node.op) and any(right.known.has_shape(value.shape) for value in one.values):
            return None  # drawn in another way
        if one.node.accumulates or (one.number in sums and all(value.entries.size == 1 for value in one.values)):
            return None  # sums on the way hang on the order
        found = _refined(one, seen, case)
        return found if found.why != "wrong" or one.misnamed or _fits(found.seen, seen, case) else None
    found_place = misplaced(seen, case.trace.nodes, case.wanted, case.came)
    if found_place is None:
        return None
    one, why = found_place
    made = one.application
    return None if why == "returned" and made and made not in right.used else Found(one, why)


def _one_of_several(one: Seen) -> bool:
    """Whether a name got its value from a function that gave back others too: one may be right where another is not."""
    return one.is_name and any(len(given.values) > 1 for given in one.given)


def _at_fault(one: Seen, cleared: set[int]) -> bool:
    return one.wrong and one.number not in cleared


def _sums(nodes: list[Node]) -> set[int]:
    """The numbers of the expressions whose values are added up in a loop."""
    found: set[int] = set()
    waiting = [number for node in nodes if node.accumulates for number in node.operands]
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += nodes[number].operands
    return found


def _fits(one: Seen, seen: list[Seen], case: Traced) -> bool:
    """Whether what is made of a wrong value next is made of another one in right computations, or is the answer."""
    due, got = dict(array_leaves(case.wanted)), dict(array_leaves(case.came))
    if any(path in due and equal(array, value) for path, array in got.items() for value in one.values):
        return True
    same = {id(one)}
    for user in seen[seen.index(one) + 1 :]:
        if not any(id(x) in same for x in [*user.operands, *user.given]):
            continue
        if user.moves:
            same.add(id(user))
            continue
        rest = [kind for x in user.operands if id(x) not in same for kind in x.kinds]
        if any(_with_another(application, user.operation, rest) for application in case.right.used):
            return True
    return False


def _with_another(application: Application, operation: str, rest: list[int]) -> bool:
    """Whether an operation is used on these values and others."""
    more = collections.Counter(application[1]) - collections.Counter(rest)
    return application[0] == operation and 0 < sum(more.values()) == len(application[1]) - len(rest)


def _refined(one: Seen, seen: list[Seen], case: Traced) -> Found:
    """Whether a value itself is wrong, or one that it is made of was not due."""
    mine, right = one.application, case.right
    if mine is None or mine in right.used:
        return Found(one, "wrong")
    others = {operation for operation, kinds in right.used if kinds == mine[1] and OWN.fullmatch(operation)}
    if one.node.under and OWN.fullmatch(one.node.op) and others:
        return Found(one, "wrong", one.node.under)
    if (other := _with_the_name_of_another(one, seen, case.trace.nodes, right)) is not None:
        return Found(other, "not due")
    odd = _odd(mine, right)
    if len(odd) == 1:
        (kind,) = odd
        operand = next(x for x in one.operands if kind in x.kinds)
        origin = _origin(operand, seen)
        named = any((name, kind) in right.roles for name in origin.node.binds)
        if origin is not operand and not named and not _well_used(origin, one, seen, case.wanted):
            return Found(origin, "not due")
    return Found(one, "wrong")


def _with_the_name_of_another(one: Seen, seen: list[Seen], nodes: list[Node], right: Right) -> Seen | None:
    """The first value that a value is made of whose name stands for another one in right computations."""
    times = collections.Counter(name for node in nodes for name in node.binds)
    named = {name for name, _ in right.roles if times[name] == 1}
    made_of: set[int] = set()
    waiting = [one]
    while waiting:
        for part in [*(last := waiting.pop()).operands, *last.given]:
            if id(part) not in made_of:
                made_of.add(id(part))
                waiting.append(part)
    for part in seen:
        names = {*part.node.binds} - {"return"}
        known = id(part) in made_of and part.alone and part.telling and part.kinds[0] >= 0 and not part.node.part
        if known and names and names <= named and not any((name, part.kinds[0]) in right.roles for name in names):
            return part
    return None


def _odd(mine: Application, right: Right) -> set[int]:
    """Those of the values that something was used on, in the place of which right computations use another one."""
    found: set[int] = set()
    if len(mine[1]) > 1 or mine[0].startswith("call"):
        for operation, kinds in right.used:
            more = collections.Counter(mine[1]) - collections.Counter(kinds)
            if operation == mine[0] and len(kinds) == len(mine[1]) and sum(more.values()) == 1:
                found |= {*more}
    return found


def _well_used(origin: Seen, here: Seen, seen: list[Seen], wanted: Value) -> bool:
    """Whether something else that is right was made of a value, or it was computed to be given back."""
    if not origin.is_name and any(equal(a, b) for _, a in array_leaves(wanted) for b in origin.values):
        return True
    users = (one for one in seen if one is not here and one.telling and not one.wrong and not one.moves)
    return any(origin in x.given for one in users for x in one.operands)


def _origin(one: Seen, seen: list[Seen]) -> Seen:
    """Where a name, or an entry, was given the value that it stands for."""
    if one.is_name and not {*one.node.binds} - {"return"} and len(one.given) == 1 and len(one.given[0].values) == 1:
        return one.given[0]
    if one.node.op == "item" and not one.node.binds and one.alone:
        for earlier in reversed(seen[: seen.index(one)]):
            if earlier.alone and earlier.node.binds and equal(earlier.values[0], one.values[0]):
                return earlier
    return one
