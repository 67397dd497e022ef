"""The results as a picture."""

from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

COLOURS = {"ours": "#0072B2", "nbgrader": "#E69F00", "otter": "#009E73"}
"""Okabe and Ito's palette, told apart by people with any colour vision."""
GREY = "#555555"


def draw(results: dict, path: Path) -> None:
    """Draw what the results hold: a panel for wall time and one for CPU time per submission, and one for growth."""
    matplotlib.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
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
    """Bars for each tool and week, on a logarithmic axis; a line for the cells alone."""
    limit = "submission" if what == "wall" else "cells"
    highest = max(tool[what]["submission"] for week in weeks.values() for tool in week["tools"].values())
    lowest = min(week["limit"][limit] for week in weeks.values())
    for i, week in enumerate(weeks.values()):
        for j, (name, tool) in enumerate(week["tools"].items()):
            x, seconds = i + 0.28 * (j - 1), tool[what]["submission"]
            axes.bar(x, seconds, 0.25, color=COLOURS[name], label=name if i == 0 else None)
            axes.annotate(f"{seconds:.2g}", (x, seconds), ha="center", va="bottom", fontsize=9)
        axes.hlines(
            week["limit"][limit], i - 0.45, i + 0.45, colors=GREY, linestyles="--",
            label="the cells alone" + (", on all cores" if what == "wall" else "") if i == 0 else None,
        )  # fmt: skip
    axes.set_yscale("log")
    axes.set_ylim(lowest / 3, highest * 6)
    axes.set_xticks(range(len(weeks)), [f"{label} week" for label in weeks])
    axes.set_ylabel(f"{'wall' if what == 'wall' else 'CPU'} time per submission (s)")
    axes.legend(frameon=False, fontsize=9, ncols=2, loc="upper left")


def _draw_growth(axes, rows: list[dict]) -> None:
    sizes = [row["submissions"] for row in rows]
    axes.loglog(
        sizes, [row["extrapolated"] for row in rows], "--", color=GREY, label="straight line through the first two"
    )
    axes.loglog(sizes, [row["wall"] for row in rows], "o-", color=COLOURS["ours"], label="ours, measured")
    for row in rows:
        axes.annotate(
            f"{row['wall']:.3g} s",
            (row["submissions"], row["wall"]),
            xytext=(6, -12),
            textcoords="offset points",
            fontsize=9,
        )
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.set_xlim(sizes[0] / 1.5, sizes[-1] * 3)
    axes.set(xlabel="submissions in the class", ylabel="wall time of the whole class (s)")
    axes.legend(frameon=False, fontsize=9, loc="upper left")
