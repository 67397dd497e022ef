"""From measurements to what is reported: cost per submission, start-up, ratios, distance to the limit, aims."""

import statistics

from benchmarks.measure import Measured

MIB = 2**20


def summarize(singles: list[Measured], runs: list[Measured], submissions: int, whole_class: bool) -> dict:
    """What one grader took for a class.

    Args:
        singles: runs with one submission each. runs: either each with the whole class (``whole_class``), or each with
            a part of it; the parts make one class together.
        submissions: in the class.

    Returns:
        ``wall`` and ``cpu`` in seconds, each with ``submission`` (the class by its size), ``start`` (what a run costs
        before its first submission) and ``marginal`` (what each further submission adds); ``peak_mib``.
    """
    taken = {
        what: _split([getattr(m, what) for m in singles], [getattr(m, what) for m in runs], submissions, whole_class)
        for what in ("wall", "cpu")
    }
    return {**taken, "peak_mib": round(max(m.memory for m in runs) / MIB), "runs": [_plain(m) for m in runs]}


def _split(singles: list[float], runs: list[float], submissions: int, whole_class: bool) -> dict[str, float]:
    """A run of n submissions takes start + n × marginal. A class in parts pays the start of one run only."""
    single = statistics.median(singles)
    if whole_class:
        taken = statistics.median(runs)
        marginal = (taken - single) / (submissions - 1)
        start = single - marginal
    else:
        marginal = (sum(runs) - len(runs) * single) / (submissions - len(runs))
        start = single - marginal
        taken = sum(runs) - (len(runs) - 1) * max(start, 0)
    return {"submission": taken / submissions, "start": start, "marginal": marginal}


def _plain(measured: Measured) -> dict:
    return {"wall": measured.wall, "cpu": measured.cpu, "peak_mib": round(measured.memory / MIB)}


def week_ratios(tools: dict[str, dict]) -> dict[str, dict[str, float]]:
    """How many times what ours takes, for each of the other graders: by the clock and in CPU time."""
    ours = tools["ours"]
    return {
        name: {what: tool[what]["submission"] / ours[what]["submission"] for what in ("wall", "cpu")}
        for name, tool in tools.items()
        if name != "ours"
    }


def week_limit(cell_seconds: list[float], cores: int, ours: dict) -> dict[str, float]:
    """The least wall time per submission that the cells allow, and how near ours comes to it.

    Args:
        cell_seconds: CPU seconds of each submission's cells, alone.

    Returns:
        ``cells``, CPU seconds per submission; ``submission``, wall seconds per submission on all cores; ``distance``,
        that by our wall time; ``distance_after_start``, that by what each further submission adds; ``overhead``, CPU
        seconds that ours adds to each submission, its start shared out; ``heavy_enough``, CPU seconds of cells at which
        the distance would be 0.7 with the same wall time on top.
    """
    cells = statistics.mean(cell_seconds)
    limit, wall = cells / cores, ours["wall"]["submission"]
    return {
        "cells": cells,
        "submission": limit,
        "distance": limit / wall,
        "distance_after_start": limit / ours["wall"]["marginal"],
        "overhead": ours["cpu"]["submission"] - cells,
        "heavy_enough": 0.7 / 0.3 * (wall - limit) * cores,
    }


def growth_summary(runs: dict[int, list[Measured]]) -> list[dict]:
    """Ours for classes of growing size, each beside the straight line through the two smallest.

    Returns:
        Rows of ``submissions``, ``wall``, ``cpu`` (seconds, the median), ``peak_mib``, and ``extrapolated``: the wall
        seconds on that line.
    """
    sizes = sorted(runs)
    wall = {n: statistics.median(m.wall for m in runs[n]) for n in sizes}
    slope = (wall[sizes[1]] - wall[sizes[0]]) / (sizes[1] - sizes[0])
    return [
        {
            "submissions": n,
            "wall": wall[n],
            "cpu": statistics.median(m.cpu for m in runs[n]),
            "peak_mib": round(max(m.memory for m in runs[n]) / MIB),
            "extrapolated": wall[sizes[0]] + slope * (n - sizes[0]),
        }
        for n in sizes
    ]


def aims(results: dict) -> list[dict]:
    """The aims that these results can speak of: ``aim``, ``value``, ``met``."""
    found = []

    def add(aim: str, value: float, met: bool) -> None:
        found.append({"aim": aim, "value": round(value, 2), "met": bool(met)})

    for label, times in (("NumPy", 10), ("TensorFlow", 20)):
        week = results.get("weeks", {}).get(label)
        if week:
            value = week["ratios"]["nbgrader"]["wall"]
            add(f"{label} week: at least {times} times as fast as stock nbgrader", value, value >= times)
            add(f"{label} week: at least 0.7 of the limit", week["limit"]["distance"], week["limit"]["distance"] >= 0.7)
            peak = week["tools"]["ours"]["peak_mib"]
            add(f"{label} week: less than 1536 MiB in all", peak, peak < 1536)
    rows = results.get("growth", [])
    if rows:
        last = rows[-1]
        value = last["wall"] / last["extrapolated"]
        aim = (
            f"{last['submissions']} submissions: within 10 % of the line through {rows[0]['submissions']} and "
            f"{rows[1]['submissions']}"
        )
        add(aim, value, abs(value - 1) <= 0.1)
    return found
