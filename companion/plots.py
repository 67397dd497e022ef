"""Figures that every reader can take in: a text alternative, labelled axes, colours told apart by all.

The colours are Okabe and Ito's (2008), chosen for colour-blind readers.
"""

import base64
import html
import io
from collections.abc import Callable
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
MARKERS = ("o", "^")

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

    What is displayed is an ``<img>`` with that text, because neither JupyterLab nor an exported page shows the one in the
    metadata of a bare picture. It has twice as many pixels each way as it takes up, so that it is sharp on a dense screen.

    Args:
        figure: the figure.
        alt: one or two sentences that say what a reader would see. Screen readers read them; so do
            the tests, so a number in them should be rounded to what is the same on every machine.

    Raises:
        ValueError: ``alt`` is empty.
    """
    if not alt.strip():
        raise in_one_line(ValueError("a figure needs a text alternative: say in a sentence what it shows."))
    from IPython.display import display

    width, height = (round(inches * figure.dpi) for inches in figure.get_size_inches())
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=figure.dpi if lessons.GRADING else SHARPER * figure.dpi)
    plt.close(figure)
    data = png.getvalue() if lessons.GRADING else _with_palette(png.getvalue())
    if lessons.GRADING:  # the feedback page keeps pictures and text, but no HTML
        bundle, more = {"image/png": data, "text/plain": alt}, {"image/png": {"alt": alt}}
    else:
        source = f"data:image/png;base64,{base64.b64encode(data).decode('ascii')}"
        image = f'<img alt="{html.escape(alt)}" src="{source}" width="{width}" height="{height}" style="{FITTING}">'
        bundle, more = {"text/html": image, "text/plain": alt}, {}
    display(bundle, metadata=more, raw=True)  # type: ignore[no-untyped-call]


def _with_palette(png: bytes) -> bytes:
    """The same picture with 256 colours, a quarter as large, if nobody can tell it from the given one: all but photographs."""
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
        pixels: brightness from 0 to 255, shape (height, width, channels), with 1 channel (grey) or 3 (red, green, blue).
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
