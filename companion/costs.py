"""What any network of Keras costs: parameters and multiply-adds, layer by layer. And costs as pictures.

A multiply-add is one product of a weight and a number, added to a sum. Biases, pooling, activations and batch
normalization (which folds into the convolution before it) are not counted, as is usual.

Keras is not imported before a network comes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from companion.plots import BLUE, ORANGE, RED

WINDOWS = {"Conv2D", "DepthwiseConv2D", "SeparableConv2D"}
FREE = {"BatchNormalization", "LayerNormalization", "GroupNormalization", "Normalization"}

VGG_16: tuple[tuple[str, float, float], ...] = (
    ("3→64, 224²", 0.002, 86.7), ("64→64, 224²", 0.037, 1849.7), ("64→128, 112²", 0.074, 924.8),
    ("128→128, 112²", 0.148, 1849.7), ("128→256, 56²", 0.295, 924.8), ("256→256, 56²", 0.590, 1849.7),
    ("256→256, 56²", 0.590, 1849.7), ("256→512, 28²", 1.180, 924.8), ("512→512, 28²", 2.360, 1849.7),
    ("512→512, 28²", 2.360, 1849.7), ("512→512, 14²", 2.360, 462.4), ("512→512, 14²", 2.360, 462.4),
    ("512→512, 14²", 2.360, 462.4), ("dense 4096", 102.765, 102.8), ("dense 4096", 16.781, 16.8),
    ("dense 1000", 4.097, 4.1),
)  # fmt: skip
"""Each layer of VGG-16 that has weights: channels and pixels, million parameters, million multiply-adds."""


def named(counts: tuple[Any, Any, Any]) -> dict[str, Any]:
    """A shape and two counts, each by its name: a check can say then which of them differs.

    Raises:
        ValueError: these are not three.
    """
    return dict(zip(("shape", "parameters", "multiply-adds"), counts, strict=True))


def multiply_adds(network: Any) -> int:
    """How many multiply-adds a network of Keras takes for one example.

    Args:
        network: a built model; each of its layers is used once.

    Raises:
        ValueError: a layer with weights is of a kind that is not known here.
    """
    return sum(multiply_adds_of(layer) for layer in network._flatten_layers(include_self=False))


def multiply_adds_of(layer: Any) -> int:
    """The same of one layer by itself; 0 for one that holds others."""
    kind = type(layer).__name__
    if kind in FREE or not layer.weights or hasattr(layer, "layers"):
        return 0
    kernels = [int(np.prod(weight.shape)) for weight in layer.weights if weight.name.endswith("kernel")]
    if kind in WINDOWS:
        rows, columns = layer.output.shape[1:3]
        return sum(kernels) * int(rows) * int(columns)
    if kind == "Dense":
        return sum(kernels) * int(np.prod(layer.output.shape[1:-1]))
    if all(weight.name.startswith("seed") for weight in layer.weights):
        return 0  # the state of a random generator
    raise ValueError(f"{kind} has weights, and its multiply-adds are not known. Use Conv2D, DepthwiseConv2D or Dense.")


def draw_layers(layers: Sequence[tuple[str, float, float]]) -> plt.Figure:
    """The parameters of each layer to the left, its multiply-adds to the right.

    Args:
        layers: name, million parameters and million multiply-adds of each.
    """
    names, *numbers = zip(*layers, strict=True)
    figure, panels = plt.subplots(1, 2, figsize=(8.6, 4.6), sharey=True)
    rows = np.arange(len(names))
    titles = ("parameters (millions)", "multiply-adds (millions)")
    for axes, values, title, colour, hatch in zip(panels, numbers, titles, (BLUE, ORANGE), ("", "//"), strict=True):
        axes.barh(rows, values, color=colour, hatch=hatch, edgecolor="white")
        axes.set(xlabel=title, yticks=rows, yticklabels=names, axisbelow=True)
        axes.grid(visible=False, axis="y")
    panels[0].invert_yaxis()
    return figure


def draw_widths(widths: np.ndarray, costs: np.ndarray, width: int, without: float) -> plt.Figure:
    """Multiply-adds against the width of a bottleneck, and one width of them.

    Args:
        widths, costs: the line, shape (k,), costs in millions. width: the one that is marked.
        without: what it costs without a bottleneck, in millions.
    """
    figure, axes = plt.subplots(figsize=(6, 3.4))
    axes.plot(widths, costs, color=BLUE, label="with a bottleneck")
    axes.axhline(without, color=RED, linestyle="--", label="without")
    axes.plot([width], [np.interp(width, widths, costs)], "o", color=BLUE, markersize=9)
    axes.set(xlabel="width of the bottleneck (channels)", ylabel="multiply-adds (millions)", ylim=(0, None))
    axes.legend()
    return figure


def draw_best(picture: np.ndarray, guesses: Sequence[tuple[str, float]]) -> plt.Figure:
    """A picture, and beside it the classes that a network finds likeliest.

    Args:
        picture: shape (height, width, 3), uint8. guesses: pairs of name and probability, the likeliest first.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2))
    left.imshow(picture)
    left.set(xticks=[], yticks=[])
    left.grid(visible=False)
    names, probabilities = zip(*guesses, strict=True)
    right.barh(range(len(names)), probabilities, color=BLUE)
    right.set(xlabel="probability", xlim=(0, 1), yticks=range(len(names)), yticklabels=names, axisbelow=True)
    right.grid(visible=False, axis="y")
    right.invert_yaxis()
    return figure


def draw_shares(shares: Mapping[str, Sequence[float]], counts: Sequence[int]) -> plt.Figure:
    """How many dev pictures are right against how many labelled pictures there were, a curve for each way to learn.

    Args:
        shares: from a name to a share, 0 to 1, for each count. counts: of pictures to learn from.
    """
    from companion.plots import LOOKS

    figure, axes = plt.subplots(figsize=(6, 3.4))
    for (name, values), (marker, dash) in zip(shares.items(), LOOKS, strict=False):
        axes.plot(counts, 100 * np.asarray(values), marker=marker, linestyle=dash, label=name)
    axes.set(xscale="log", xticks=counts, xticklabels=counts, ylim=(0, 100))
    axes.set(xlabel="pictures to learn from", ylabel="dev pictures right (%)")
    axes.minorticks_off()
    axes.legend(loc="lower right")
    return figure
