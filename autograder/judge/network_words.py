"""Where two networks differ first, in words: block, layer and setting.

A network is a list of lines, one for each layer, as companion/networks.py makes them:
``convolution: filters 4, window 1×1, strides 1×1, padding valid``. Of the lines that came nothing is believed.
"""

import re
from typing import NamedTuple, TypeGuard

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SOURCES = re.compile(r"(?:: |, )(?:after (\d{1,4})|(\d{1,4}(?: and \d{1,4}){1,9}))$")
"""At the end of a line that does not simply follow the one above: the lines that it follows, counted from 1."""


class Block(NamedTuple):
    """A residual block: indices of its first line, of its join and of its last line, and the lines on its shortcut."""

    first: int
    join: int
    last: int
    shortcut: range


def is_network(value: object) -> TypeGuard[list[str]]:
    """Whether a value is a list of such lines."""
    if not isinstance(value, list) or not value or not all(isinstance(line, str) for line in value):
        return False
    return _kind(value[0]) == "input"


def network_difference(expected: list[str], received: list[str]) -> str | None:
    """A sentence on the first layer that differs, or None.

    Args:
        expected: the lines of the right network. received: those that came.
    """
    joins = [sum(_kind(line) == "add" for line in lines) for lines in (expected, received)]
    counted = f" {joins[0]} joins are due in all, {joins[1]} came." if joins[0] != joins[1] else ""
    for i, (wanted, came) in enumerate(zip(expected, received, strict=False)):
        if wanted != came:
            return f"{place(expected, i)} {_told(expected, received, i)}.{counted}"
    if len(received) < len(expected):
        return f"{place(expected, len(received))} is missing: the network ends before it.{counted}"
    if len(received) > len(expected):
        too_many = _settings(received[len(expected)])
        return f"after {place(expected, len(expected) - 1)} comes a layer too many: {too_many}.{counted}"
    return None


def place(lines: list[str], i: int) -> str:
    """Which layer of a network line ``i`` is, in words.

    Residual networks are counted as their authors count them (He et al. 2016, arXiv:1512.03385, table 1): what stands
    before the first block is stage 1, and a block with a convolution on its shortcut begins the next stage.
    """
    blocks = _blocks(lines)
    for block, name in zip(blocks, _names(blocks), strict=True):
        if block.first <= i <= block.last:
            return f"{name}: {_within(lines, block, i)}" if len(blocks) > 1 else _within(lines, block, i)
    if not blocks:
        return _layer(lines, range(len(lines)), i)
    if i < blocks[0].first:
        return f"before the first block, {_layer(lines, range(blocks[0].first), i)}"
    return f"after the last block, {_layer(lines, range(blocks[-1].last + 1, len(lines)), i)}"


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for join, line in enumerate(lines):
        sources = _sources(line)
        if _kind(line) != "add" or len(sources) != 2 or not all(0 < source <= join for source in sources):
            continue
        main, other = sources
        shortcut = range(main, other)  # the lines between the end of the main path and the join; none of an identity
        begins = [*_sources(lines[main]), 0][0] if shortcut else other
        if (blocks[-1].last if blocks else -1) < begins <= main:
            last = join + 1 if join + 1 < len(lines) and _kind(lines[join + 1]) == "relu" else join
            blocks.append(Block(begins, join, last, shortcut))
    return blocks


def _names(blocks: list[Block]) -> list[str]:
    if not any(block.shortcut for block in blocks):
        return [f"block {i}" for i in range(1, len(blocks) + 1)]
    names, stage, identities = [], 1, 0
    for block in blocks:
        stage, identities = (stage + 1, 0) if block.shortcut else (stage, identities + 1)
        names.append(
            f"stage {stage}, {'convolutional block' if block.shortcut else f'{_ordinal(identities)} identity block'}"
        )
    return names


def _within(lines: list[str], block: Block, i: int) -> str:
    if i == block.join:
        return "the join of the shortcut"
    if i > block.join:
        return f"the {_kind(lines[i])} after the join"
    if i in block.shortcut:
        return f"on the shortcut, {_layer(lines, block.shortcut, i)}"
    return _layer(lines, range(block.first, block.join - len(block.shortcut)), i)


def _layer(lines: list[str], path: range, i: int) -> str:
    """One layer of a path, told by the convolutions on it."""
    convolutions = [k for k in path if _kind(lines[k]) == "convolution"]
    before = [k for k in convolutions if k < i]
    if i in convolutions:
        return _counted(convolutions.index(i) + 1, len(convolutions), "convolution")
    kind = _kind(lines[i])
    if i not in path:
        return f"the {kind}"
    if before:
        return f"the {kind} after {_counted(len(before), len(convolutions), 'convolution')}"
    alike = [k for k in path if _kind(lines[k]) == kind]
    return _counted(alike.index(i) + 1, len(alike), kind)


def _counted(i: int, count: int, kind: str) -> str:
    """Number i of so many, counted from 1."""
    if count == 1:
        return f"the {kind}"
    return f"the {'middle' if (i, count) == (2, 3) else 'last' if i == count else _ordinal(i)} {kind}"


def _ordinal(i: int) -> str:
    return _ORDINALS[i - 1] if i <= len(_ORDINALS) else f"{i}th"


def _told(expected: list[str], received: list[str], i: int) -> str:
    """What is wrong with line i, which differs."""
    wanted, came = _settings(expected[i]), _settings(received[i])
    if wanted == came:
        return _told_of_sources(expected, received, i)
    if _kind(wanted) == _kind(came):
        return _told_of_settings(wanted, came)
    if i + 1 < len(received) and _settings(received[i + 1]) == wanted:
        return f"has a layer too many before it: {came}"
    if i + 1 < len(expected) and _settings(expected[i + 1]) == came:
        return "is missing"
    return f"is due, and another layer came: {came}"


def _told_of_sources(expected: list[str], received: list[str], i: int) -> str:
    """What is wrong with the sources of line i; all lines above it agree."""
    wanted, came = (_sources(lines[i]) or [i] for lines in (expected, received))
    for a, b in zip(wanted, came, strict=False):
        if a != b and 0 < b <= i:
            return f"takes what comes out of {_output(expected, b - 1, i)}, not of {_output(expected, a - 1, i)}"
    return f"joins {len(came)} paths, not {len(wanted)}"


def _output(lines: list[str], k: int, i: int) -> str:
    """What to call line k, seen from line i."""
    block = next((block for block in _blocks(lines) if block.first <= i <= block.last), None)
    if block and k == block.first - 1:
        return "what stands before the block" if k else "the block's input"
    return _within(lines, block, k) if block and block.first <= k <= block.last else place(lines, k)


def _told_of_settings(wanted: str, came: str) -> str:
    due, given = _pairs(wanted), _pairs(came)
    keys = [key for key in dict.fromkeys([*due, *given]) if due.get(key) != given.get(key)]
    told = [_told_of_setting(key, due.get(key), given.get(key)) for key in keys]
    return f"has {', and '.join(told)}" if told else f"is {came}, not {wanted}"


def _told_of_setting(key: str, wanted: str | None, came: str | None) -> str:
    if wanted is None:
        return f"{key} {came}, which is not asked for"
    return f"no {key}" if came is None else f"{key} {came}, not {wanted}"


def _kind(line: str) -> str:
    return line.partition(":")[0]


def _sources(line: str) -> list[int]:
    found = _SOURCES.search(line)
    return [int(x) for x in (found[1] or found[2]).split(" and ")] if found else []


def _settings(line: str) -> str:
    """A line without what it follows."""
    return _SOURCES.sub("", line)


def _pairs(settings: str) -> dict[str, str]:
    """Each setting's value by its name; what has no name is called sizes."""
    pairs = {}
    for part in settings.partition(": ")[2].split(", "):
        name, _, value = part.partition(" ")
        if part:
            pairs[name if value else "sizes"] = value or name
    return pairs
