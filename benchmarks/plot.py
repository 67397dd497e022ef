"""The results as a picture."""

from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure

COLOURS = {"ours": "#0072B2", "nbgrader": "#E69F00", "otter": "#009E73"}
"""Okabe and Ito's palette, told apart by people with any colour vision."""
MARKS = {"ours": "o", "nbgrader": "s", "otter": "^"}
SIDES = {"ours": 0, "nbgrader": 1, "otter": -1}
"""Where a mark stands beside the middle."""
GREY = "#555555"


def draw(results: dict, path: Path) -> None:
    """Draw what the results hold: a panel for wall time and one for CPU time per submission, and one for growth."""
    matplotlib.rcParams.update(
        {"font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": False}
    )
    panels = (["wall", "cpu"] if "weeks" in results else []) + (["growth"] if "growth" in results else [])
    figure = Figure(figsize=(4.6 * len(panels), 4.2), layout="constrained")
    for axes, panel in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        if panel == "growth":
            _draw_growth(axes, results["growth"])
        else:
            _draw_cost(axes, results["weeks"], panel)
    machine = results["machine"]
    figure.suptitle(f"{results['date']}, {machine['cores']} cores, Python {machine['python']}", fontsize=9, color=GREY)
    figure.savefig(path, dpi=120, metadata={"Software": None})


def _draw_cost(axes, weeks: dict, what: str) -> None:
    """A mark for each tool and week, on a logarithmic axis; a line for the cells alone."""
    limit = "submission" if what == "wall" else "cells"
    for i, week in enumerate(weeks.values()):
        for name, tool in week["tools"].items():
            seconds = tool[what]["submission"]
            x = i + SIDES[name] * 0.08
            axes.plot(x, seconds, MARKS[name], color=COLOURS[name], markersize=9, label=name if i == 0 else None)
            axes.annotate(
                f"{seconds:.2g} s",
                (x, seconds),
                xytext=(-46 if SIDES[name] < 0 else 10, -4),
                textcoords="offset points",
                fontsize=9,
            )
        lowest = week["limit"][limit]
        axes.plot([i - 0.2, i + 0.2], [lowest] * 2, "--", color=GREY, label="the cells alone" if i == 0 else None)
        axes.annotate(f"{lowest:.2g} s", (i, lowest), xytext=(-12, 5), textcoords="offset points", fontsize=9)
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    axes.set_ylim(low, high * 8)
    axes.set_xlim(-0.5, len(weeks) - 0.5)
    axes.set_xticks(range(len(weeks)), [f"{label} week" for label in weeks])
    axes.set_ylabel(f"{'wall' if what == 'wall' else 'CPU'} time per submission (s)")
    axes.legend(frameon=False, fontsize=9, ncols=2, loc="upper left")


def _draw_growth(axes, rows: list[dict]) -> None:
    sizes = [row["submissions"] for row in rows]
    between = np.geomspace(sizes[0], sizes[-1], 100)
    line = np.interp(between, sizes, [row["extrapolated"] for row in rows])
    axes.loglog(between, line, "--", color=GREY, label="straight line through the first two")
    axes.loglog(sizes, [row["wall"] for row in rows], "o-", color=COLOURS["ours"], label="ours, measured")
    for row in rows:
        place = (row["submissions"], row["wall"])
        axes.annotate(f"{row['wall']:.3g} s", place, xytext=(8, -10), textcoords="offset points", fontsize=9)
    low, high = axes.get_ylim()
    axes.set_ylim(low / 2, high * 3)
    axes.set_xlim(sizes[0] / 1.5, sizes[-1] * 4)
    axes.minorticks_off()
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.set(xlabel="submissions in the class", ylabel="wall time of the whole class (s)")
    axes.legend(frameon=False, fontsize=9, loc="upper left")
