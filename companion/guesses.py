"""Pictures and what networks answer to them: drawn side by side, changed a little, or read from a file of one's own."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image, ImageOps

from companion.plots import BLACK, BLUE, GREY, ORANGE, picture

COLOURS = (GREY, BLUE, ORANGE, BLACK)
HATCHES = ("", "//", "..", "xx")


def draw_guesses(
    pictures: Sequence[np.ndarray], guesses: Mapping[str, np.ndarray], titles: Sequence[str] = ()
) -> plt.Figure:
    """Pictures in a row, and below each one the probabilities that some networks give its classes.

    Args:
        pictures: k of them, each of shape (height, width, channels), uint8.
        guesses: from the name of a network to its probabilities, shape (C, k): a column for each picture.
        titles: what stands above each picture, or none.
    """
    k, width = len(pictures), 0.8 / len(guesses)
    figure, rows = plt.subplots(2, k, figsize=(max(1.7 * k, 4.5), 3.6), squeeze=False, sharey="row")
    for i, above in enumerate(rows[0]):
        picture(above, pictures[i], titles[i] if titles else "")
        above.spines[:].set_visible(False)
    for i, axes in enumerate(rows[1]):
        for j, (name, columns) in enumerate(guesses.items()):
            places = np.arange(len(columns)) + (j - (len(guesses) - 1) / 2) * width
            colour = COLOURS[-1] if len(guesses) == 1 else COLOURS[j]
            axes.bar(places, columns[:, i], width, color=colour, hatch=HATCHES[j], edgecolor="white", label=name)
        axes.set(ylim=(0, 1), xticks=range(len(columns)), xlabel="class", axisbelow=True)
        axes.grid(visible=False, axis="x")
    rows[1, 0].set_ylabel("probability")
    if len(guesses) > 1:
        figure.legend(*rows[1, 0].get_legend_handles_labels(), loc="outside lower center", ncols=len(guesses))
    return figure


def changed(pixels: np.ndarray, turn: float = 0, light: float = 1) -> np.ndarray:
    """A picture turned to the left, and made brighter or darker.

    Args:
        pixels: shape (height, width, 3), uint8. turn: degrees; the corners get the colour of the border, on average.
        light: what each number is multiplied by.

    Returns:
        The same shape, uint8.
    """
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]).mean(axis=0)
    turned = Image.fromarray(pixels).rotate(turn, Image.Resampling.BILINEAR, fillcolor=tuple(map(int, border)))
    return np.clip(np.asarray(turned) * float(light), 0, 255).astype(np.uint8)


def own_picture(path: str | Path, side: int = 64) -> np.ndarray:
    """A picture file of one's own, cut to a square around its middle: shape (side, side, 3), uint8."""
    with Image.open(path) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    return np.asarray(ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS))
