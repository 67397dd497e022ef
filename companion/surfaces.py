"""Ways down a surface over one weight and one bias: a valley that is steeper across than along, and figures of it."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np

from companion import plots

START = (-4.0, 1.0)
"""Where every way begins: far from the middle along the valley, and up on its side."""


def height(w: np.ndarray, b: np.ndarray, steep: float = 30) -> np.ndarray:
    """The valley: (w² + steep · b²) / 2, lowest at (0, 0).

    Args:
        w, b: numbers or arrays of one shape. steep: how much steeper the valley is across than along.
    """
    return np.asarray((np.square(w) + steep * np.square(b)) / 2)


def slopes(w: np.ndarray, b: np.ndarray, steep: float = 30) -> dict[str, np.ndarray]:
    """The gradient of :func:`height`: {"dW1": ..., "db1": ...}, each with the shape of its parameter."""
    return {"dW1": np.asarray(1.0 * w), "db1": np.asarray(steep * b)}


def way(steps: int, rate: float, steep: float = 30, smooth: float = 0.0, scale: float | None = None) -> np.ndarray:
    """A way down the valley from START, as an array of shape (steps + 1, 2): a row (w, b) before every step.

    Args:
        steps: how many steps. rate: the learning rate. steep: as in :func:`height`.
        smooth: the share of its own past in the averaged gradient; 0 is no average.
        scale: the same for the averaged square that each slope is divided by; None divides by nothing.
    """
    point = np.array(START)
    average, square, track = np.zeros(2), np.zeros(2), [point]
    for step in range(1, steps + 1):
        slope = point * (1, steep)
        average = average + (1 - smooth) * (slope - average)
        move = average
        if scale is not None:
            square = square + (1 - scale) * (slope**2 - square)
            unbiased = smooth > 0
            move = move / (1 - smooth**step) if unbiased else move
            move = move / (np.sqrt(square / (1 - scale**step if unbiased else 1)) + 1e-8)
        point = point - rate * move
        track.append(point)
    return np.array(track)


def draw(
    ways: Mapping[str, np.ndarray], stops: Sequence[int], colours: Sequence[str] = (), steep: float = 30
) -> plt.Figure:
    """Several ways down the valley: one frame for each number of steps, left to right.

    Args:
        ways: from a label to a way, shape (n, 2): rows (w, b).
        stops: after how many steps each frame stops.
        colours: one for each way, or none. steep: as in :func:`height`.
    """
    size = (3.6 * len(stops) + 0.6, 3.4) if len(stops) > 1 else (7.5, 4.2)
    figure, row = plt.subplots(1, len(stops), figsize=size, sharex=True, sharey=True, squeeze=False)
    w, b = np.meshgrid(np.linspace(-5, 3, 160), np.linspace(-1.7, 1.7, 120))
    for axes, stop in zip(row[0], stops, strict=True):
        levels = [0.1, 0.5, 2, 6, 15, 30, 50, 70]
        axes.contour(w, b, height(w, b, steep), levels=levels, colors=plots.GREY, linewidths=0.5, alpha=0.7)
        for i, (label, track) in enumerate(ways.items()):
            marker, dash = plots.LOOKS[i % len(plots.LOOKS)]
            part = np.clip(track[: stop + 1], -1e6, 1e6)
            axes.plot(
                part[:, 0], part[:, 1], linestyle=dash, linewidth=1.5, color=colours[i] if colours else None,
                marker=marker, markevery=[len(part) - 1], markersize=8, markeredgecolor="white", label=label,
            )  # fmt: skip
        axes.plot(0, 0, marker="*", color=plots.BLACK, markersize=11, linestyle="none")
        axes.set(xlim=(-5, 3), ylim=(-1.7, 1.7), xlabel="w", title=f"{stop} steps")
        axes.grid(False)
    row[0, 0].set(ylabel="b")
    if len(ways) > 1:
        figure.legend(*row[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=len(ways))
    return figure
