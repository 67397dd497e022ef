"""Arrays of numbers as maps: one square for each entry, the darker the larger; and grey pictures side by side."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np

from companion import plots


def show(maps: Mapping[str, np.ndarray], label: str, alt: str) -> None:
    """Show maps side by side.

    Args:
        maps, label: as in :func:`draw`. alt: as in :func:`companion.plots.show`.
    """
    plots.show(draw(maps, label), alt)


def draw(maps: Mapping[str, np.ndarray], label: str) -> plt.Figure:
    """The figure of :func:`show`, not shown. All maps have one scale; small whole numbers stand in their squares.

    Args:
        maps: from a title to an array of numbers from 0 on, shape (height, width).
        label: what the numbers are, with the unit where there is one.
    """
    size = (1 + 3.4 * len(maps), 3.4)
    figure, row = plt.subplots(1, len(maps), figsize=size, squeeze=False, layout="compressed")
    highest = max(1.0, *(float(np.max(numbers)) for numbers in maps.values()))
    for axes, (title, numbers) in zip(row[0], maps.items(), strict=True):
        image = axes.imshow(numbers, cmap="Blues", vmin=0, vmax=highest)
        axes.set(title=title, xlabel="column", ylabel="row" if axes is row[0, 0] else "")
        axes.grid(False)
        if np.array_equal(numbers, np.round(numbers)) and highest < 100 and numbers.size <= 400:
            for (i, j), number in np.ndenumerate(numbers):
                colour = "white" if number > 0.6 * highest else "black"
                axes.text(j, i, f"{number:.0f}", ha="center", va="center", color=colour, fontsize=7)
    figure.colorbar(image, ax=list(row[0]), label=label, shrink=0.7)
    return figure


def pictures(grey: Mapping[str, np.ndarray], alt: str) -> None:
    """Show grey pictures side by side, each from its darkest to its lightest pixel.

    Args:
        grey: from a title to a picture, shape (height, width). alt: as in :func:`companion.plots.show`.
    """
    figure, row = plt.subplots(1, len(grey), figsize=(2.2 * len(grey), 2.4), squeeze=False, layout="compressed")
    for axes, (title, pixels) in zip(row[0], grey.items(), strict=True):
        low, high = np.min(pixels), np.max(pixels)
        shade = 255 * (pixels - low) / (high - low) if high > low else np.full(np.shape(pixels), 128.0)
        plots.picture(axes, shade[:, :, None], title)
        axes.images[0].set_interpolation("nearest")  # a pixel stays a square; smoothed, a photograph is a large file
        axes.spines[:].set_visible(False)
    plots.show(figure, alt)


def half_size(pictures: np.ndarray) -> np.ndarray:
    """Pictures half as high and wide: each pixel is the mean of four. An odd last row or column is left out.

    Args:
        pictures: shape (m, height, width, channels).

    Returns:
        Shape (m, height // 2, width // 2, channels), float64.
    """
    m, height, width, channels = pictures.shape
    even = pictures[:, : height // 2 * 2, : width // 2 * 2]
    return np.asarray(even.reshape(m, height // 2, 2, width // 2, 2, channels).mean(axis=(2, 4)))
