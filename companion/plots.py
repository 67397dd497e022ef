"""Figures that every reader can take in: a text alternative, labelled axes, colours told apart by all.

The colours are Okabe and Ito's (2008), chosen for colour-blind readers.
"""

import base64
import html
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from PIL import Image

from companion import lessons
from companion.one_line import in_one_line

BLUE, ORANGE, GREEN, RED, SKY, PURPLE, YELLOW, BLACK = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#000000",
)  # fmt: skip
GREY = "#777777"
"""For what is expected rather than measured."""
MARKERS = ("o", "^")
LOOKS = (("o", "-"), ("^", "--"), ("s", "-."), ("D", ":"), ("v", (0, (6, 1))))
"""Marker and dash of a curve, so that none is known by its colour alone."""

SHARPER = 2
"""Pixels of a picture for each pixel of the page, along each side."""

FITTING = "max-width: 100%; height: auto"
"""A picture is never wider than the page."""

plt.rcParams.update(
    {
        "axes.prop_cycle": cycler(color=[BLUE, RED, GREEN, ORANGE, PURPLE, SKY, BLACK]),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.alpha": 0.25,
        "figure.constrained_layout.use": True,
        "figure.dpi": 90,
        "font.size": 11,
        "legend.frameon": False,
    }
)


def show(figure: plt.Figure, alt: str) -> None:
    """Display a figure with its text alternative, then close it.

    What is displayed is an ``<img>`` with that text, because neither JupyterLab nor an exported page shows the one in
    the metadata of a bare picture. It has twice as many pixels each way as it takes up, so that it is sharp on a dense
    screen.

    Args:
        figure: the figure.
        alt: one or two sentences that say what a reader would see. Screen readers read them; so do
            the tests, so a number in them should be rounded to what is the same on every machine.

    Raises:
        ValueError: ``alt`` is empty.
    """
    from IPython.display import display

    data, metadata = bundle(figure, alt)
    display(data, metadata=metadata, raw=True)


def bundle(figure: plt.Figure, alt: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What Jupyter displays of a figure: its data and its metadata, by MIME type. The figure is closed.

    Args:
        figure, alt: as in :func:`show`.

    Raises:
        ValueError: ``alt`` is empty.
    """
    if not alt.strip():
        raise in_one_line(ValueError("a figure needs a text alternative: say in a sentence what it shows."))
    width, height = (round(inches * figure.dpi) for inches in figure.get_size_inches())
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=figure.dpi if lessons.GRADING else SHARPER * figure.dpi)
    plt.close(figure)
    if lessons.GRADING:  # the feedback page keeps pictures and text, but no HTML
        return {"image/png": png.getvalue(), "text/plain": alt}, {"image/png": {"alt": alt}}
    source = f"data:image/png;base64,{base64.b64encode(_with_palette(png.getvalue())).decode('ascii')}"
    image = f'<img alt="{html.escape(alt)}" src="{source}" width="{width}" height="{height}" style="{FITTING}">'
    return {"text/html": image, "text/plain": alt}, {}


def _with_palette(png: bytes) -> bytes:
    """The same picture with 256 colours, a quarter as large, if nobody can tell it from the given one:
    all but photographs."""
    given = Image.open(io.BytesIO(png))
    if given.getextrema()[-1] != (255, 255):
        return png  # something in it is transparent
    full = given.convert("RGB")
    few = full.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    gap = np.abs(np.asarray(full, np.int16) - np.asarray(few.convert("RGB"), np.int16)).mean()
    smaller = io.BytesIO()
    few.save(smaller, "png", optimize=True)
    return smaller.getvalue() if gap < 1 else png


def picture(axes: plt.Axes, pixels: np.ndarray, title: str = "") -> None:
    """Draw a picture without ticks.

    Args:
        axes: where to draw.
        pixels: brightness from 0 to 255, shape (height, width, channels), with 1 channel (grey) or 3 (red, green,
            blue).
        title: what to write above it.
    """
    axes.imshow(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels, cmap="gray", vmin=0, vmax=255)
    axes.set(xticks=[], yticks=[])
    axes.set_title(title, fontsize=10)
    axes.grid(False)


def points(axes: plt.Axes, X: np.ndarray, Y: np.ndarray) -> None:
    """Draw labelled points, class 0 as circles and class 1 as triangles.

    Args:
        axes: where to draw.
        X: points, shape (2, m).
        Y: labels 0 or 1, shape (1, m).
    """
    for label, (colour, marker) in enumerate(zip((BLUE, RED), MARKERS, strict=True)):
        chosen = X[:, Y.ravel() == label]
        axes.scatter(
            chosen[0],
            chosen[1],
            s=18,
            c=colour,
            marker=marker,
            edgecolors="white",
            linewidths=0.4,
            label=f"class {label}",
        )


def decision_boundary(
    axes: plt.Axes, predict: Callable[[np.ndarray], Any], X: np.ndarray, Y: np.ndarray, steps: int = 200
) -> None:
    """Shade the two sides of a classifier's boundary beneath the labelled points.

    Args:
        axes: where to draw.
        predict: takes points of shape (2, n), returns 0 or 1 for each, shape (1, n).
        X: points, shape (2, m). Y: labels, shape (1, m).
        steps: points of the grid along each axis.
    """
    low, high = X.min(axis=1) - 0.2, X.max(axis=1) + 0.2
    first, second = np.meshgrid(np.linspace(low[0], high[0], steps), np.linspace(low[1], high[1], steps))
    grid = np.stack([first.ravel(), second.ravel()])
    side = np.asarray(predict(grid), dtype=float).reshape(first.shape)
    axes.contourf(first, second, side, levels=[-0.5, 0.5, 1.5], colors=[SKY, ORANGE], alpha=0.35)
    axes.contour(first, second, side, levels=[0.5], colors=[BLACK], linewidths=1)
    points(axes, X, Y)
    axes.set(xlabel="x₁", ylabel="x₂")


def lines(
    curves: Mapping[str, Sequence[float]],
    xlabel: str,
    ylabel: str,
    alt: str,
    log: str = "",
    colours: Sequence[str] = (),
    first: int = 0,
) -> None:
    """Show several curves over the same numbers; each has a marker and a dash of its own.

    Args:
        curves: from a label to the heights, one for each of first, first + 1, … along the other axis.
        xlabel, ylabel: what the axes show, with the unit where there is one.
        alt: as in :func:`show`.
        log: the axes with a logarithmic scale: "x", "y" or "xy". No point at 0 is seen on these.
        colours: one for each curve, or none.
        first: where the first point stands along the x axis.
    """
    show(draw_lines(curves, xlabel, ylabel, log, colours, first), alt)


def draw_lines(
    curves: Mapping[str, Sequence[float]],
    xlabel: str,
    ylabel: str,
    log: str = "",
    colours: Sequence[str] = (),
    first: int = 0,
) -> plt.Figure:
    """The figure of :func:`lines`, not shown: to add to it, or to redraw it."""
    figure, axes = plt.subplots(figsize=(7.5, 4.2))
    for i, (label, heights) in enumerate(curves.items()):
        marker, dash = LOOKS[i % len(LOOKS)]
        axes.plot(
            np.arange(first, first + len(heights)), heights, linestyle=dash, color=colours[i] if colours else None,
            marker=marker, markevery=_marked(len(heights), i / len(curves), "x" in log), markersize=6,
            linewidth=1.2 if len(heights) > 1000 else 2, label=label,
        )  # fmt: skip
    axes.set(xlabel=xlabel, ylabel=ylabel)
    if "x" in log:
        axes.set_xscale("log")
    if "y" in log:
        axes.set_yscale("log")
    if len(curves) > 1:
        axes.legend(loc="best")
    return figure


def _marked(length: int, shift: float, logarithmic: bool) -> list[int]:
    """Which points of a curve get a marker: about ten, and those of the next curve stand between them.

    Args:
        length: of the curve. shift: 0 to 1, along the gap between two markers.
    """
    if length <= 12:
        return list(range(length))
    along = np.append((np.arange(10) + shift) / 10, 1)
    places = (length - 1) ** along if logarithmic else (length - 1) * along
    return sorted({int(place) for place in places})


def boundaries(
    models: Mapping[str, Any], predict: Callable[[np.ndarray, Any], Any], X: np.ndarray, Y: np.ndarray, alt: str
) -> None:
    """Show the decision boundaries of several models side by side, over the same points.

    Args:
        models: from a title to a model.
        predict: takes points of shape (2, n) and one of the models, returns 0 or 1 for each point, shape (1, n).
        X: points, shape (2, m). Y: labels, shape (1, m).
        alt: as in :func:`show`.
    """
    size, layout = (3.3 * len(models), 4.2), "compressed"  # equal aspects leave gaps that a constrained layout keeps
    figure, row = plt.subplots(1, len(models), figsize=size, layout=layout, sharey=True, squeeze=False)
    for axes, (title, model) in zip(row[0], models.items(), strict=True):
        decision_boundary(axes, _judged_by(predict, model), X, Y)
        axes.set(title=title, aspect="equal", ylabel="x₂" if axes is row[0, 0] else "")
    figure.legend(*row[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    show(figure, alt)


def _judged_by(predict: Callable[[np.ndarray, Any], Any], model: Any) -> Callable[[np.ndarray], Any]:
    return lambda points: predict(points, model)
