"""Into convolutional networks: their maps and filters, what a unit sees, what is confused. Keras is imported late."""

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from companion.maps import half_size
from companion.plots import BLACK, BLUE, picture

Description = Mapping[str, Any]
"""One layer, as the lesson convolution_application writes it down: ``{"kind": "dense", "units": 6}``."""


def keras_layers(layers: Iterable[Description]) -> list[Any]:
    """The layers of Keras for such descriptions, one for each."""
    from keras import layers as known

    made: dict[str, Callable[[Description], Any]] = {
        "convolution": lambda d: known.Conv2D(d["filters"], d["f"], d["stride"], d["pad"]),
        "max pooling": lambda d: known.MaxPooling2D(d["f"], d["stride"], d["pad"]),
        "average pooling": lambda d: known.AveragePooling2D(d["f"], d["stride"], d["pad"]),
        "zero padding": lambda d: known.ZeroPadding2D(d["pad"]),
        "batch normalization": lambda _: known.BatchNormalization(),
        "flatten": lambda _: known.Flatten(),
        "dense": lambda d: known.Dense(d["units"]),
        **dict.fromkeys(("relu", "sigmoid", "softmax"), lambda d: known.Activation(d["kind"])),
    }
    return [made[d["kind"]](d) for d in layers]


def keras_table(layers: Sequence[Description], shape: tuple[int, ...]) -> list[tuple[tuple[int, ...], int, int]]:
    """What Keras itself says of each layer: the shape that it puts out, its trained parameters, its others.

    Args:
        layers: descriptions. shape: of the input, without the examples' axis.
    """
    import keras

    model = keras.Sequential([keras.Input(shape), *keras_layers(layers)])
    rows = []
    for layer in model.layers:
        trained, others = ([int(np.prod(w.shape)) for w in part] for part in (
            layer.trainable_weights, layer.non_trainable_weights
        ))  # fmt: skip
        rows.append((tuple(layer.output.shape[1:]), sum(trained), sum(others)))
    return rows


def seen_by_a_unit(layers: Sequence[Description], side: int, pictures: int = 12, seed: int = 0) -> np.ndarray:
    """How strongly the units in the middle of the last map depend on each pixel, on average over random pictures.

    All weights are drawn at random. The gradient is that of a random mixture of the channels at one place of the map.

    Args:
        layers: descriptions, up to some map. side: pixels along each side of the pictures.
        pictures: how many. seed: of pictures and weights.

    Returns:
        Shape (side, side), the largest entry 1; exactly 0 where the unit never saw the pixel.
    """
    import keras

    tf: Any = importlib.import_module("tensorflow")
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((side, side, 3)), *keras_layers(layers)])
    x = tf.Variable(tf.random.normal((pictures, side, side, 3)))
    with tf.GradientTape() as tape:
        maps = model(x)
        row, column = ((n - 1) // 2 for n in maps.shape[1:3])
        unit = tf.reduce_sum(maps[:, row, column] * tf.random.normal((pictures, maps.shape[3])))
    size = np.abs(np.asarray(tape.gradient(unit, x))).mean(axis=(0, 3))
    return np.asarray(size / size.max())


def halved(pictures: np.ndarray) -> np.ndarray:
    """Pictures of half the size: each pixel is the mean of four, and 0 is the middle grey.

    Args:
        pictures: shape (m, height, width, 1 or 3), uint8.

    Returns:
        Shape (m, height // 2, width // 2, 3), float32, from -0.5 to 0.5.
    """
    means = half_size(pictures)
    return np.asarray(np.repeat(means, 3 // means.shape[3], axis=3) / 255 - 0.5, np.float32)


def steps_of(model: Any, pixels: np.ndarray) -> dict[str, np.ndarray]:
    """What each layer of a model makes of one picture.

    Args:
        model: a Sequential or functional model. pixels: shape (height, width, channels), as the model takes them.

    Returns:
        From a title, the layer's kind and the shape of what it puts out, to that array.
    """
    import keras

    layers = [layer for layer in model.layers if type(layer).__name__ != "InputLayer"]
    inside = keras.Model(model.inputs[0], [layer.output for layer in layers])
    steps = {}
    for number, (layer, array) in enumerate(zip(layers, inside(pixels[None]), strict=True), 1):
        values = np.asarray(array)[0]
        shape = " × ".join(map(str, values.shape))
        steps[f"{number} {type(layer).__name__}\n{shape}"] = values
    return steps


def covered(pixels: np.ndarray, row: int, column: int, side: int) -> np.ndarray:
    """A picture with a square of zeros over it, as far as it lies in the picture.

    Args:
        pixels: shape (height, width, channels). row, column: the square's middle. side: of the square, in pixels.
    """
    top, left = row - side // 2, column - side // 2
    hidden = pixels.copy()
    hidden[max(top, 0) : max(top + side, 0), max(left, 0) : max(left + side, 0)] = 0
    return hidden


def sure_by_place(model: Any, pixels: np.ndarray, truth: int, side: int) -> np.ndarray:
    """The probability of the true class while a square covers the picture, for each second row and column.

    Args:
        model: from pictures, shape (m, height, width, channels), to probabilities, shape (m, C).
        pixels: the picture. truth: its class. side: of the square, in pixels.

    Returns:
        Shape (height / 2, width / 2), rounded up: by row and column of the square's middle.
    """
    rows, columns = range(0, pixels.shape[0], 2), range(0, pixels.shape[1], 2)
    hidden = [covered(pixels, row, column, side) for row in rows for column in columns]
    return np.asarray(model(np.stack(hidden)))[:, truth].reshape(len(rows), len(columns))


def moved(pictures: np.ndarray, pixels: int) -> np.ndarray:
    """Pictures moved to the right, or to the left if the number is below 0; the border is repeated behind them.

    Args:
        pictures: shape (m, height, width, channels).
    """
    columns = np.clip(np.arange(pictures.shape[2]) - pixels, 0, pictures.shape[2] - 1)
    return np.asarray(pictures[:, :, columns])


def draw_way(pixels: np.ndarray, steps: Mapping[str, np.ndarray], channels: int = 4) -> plt.Figure:
    """One picture on its way through a network: a column for each step, the last one as bars.

    Args:
        pixels: the picture, shape (height, width, 3), from 0 to 1.
        steps: from a title to maps, shape (height, width, channels); the last one to probabilities, shape (C,).
        channels: of how many channels to show the maps.
    """
    *maps, (last, probabilities) = steps.items()
    figure = plt.figure(figsize=(1.25 * (len(maps) + 2.6), 1.25 * channels + 0.7))
    grid = figure.add_gridspec(channels, len(maps) + 2, width_ratios=[1.2, *[1] * len(maps), 1.4])
    first = figure.add_subplot(grid[:, 0], frameon=False)
    picture(first, _bytes(pixels), "picture\n" + " × ".join(map(str, pixels.shape)))
    for i, (title, values) in enumerate(maps, 1):
        strongest = np.argsort(-values.std(axis=(0, 1)))[:channels]
        for k, c in enumerate(sorted(strongest)):
            _map(figure.add_subplot(grid[k, i]), values[:, :, c], title if k == 0 else "")
    bars = figure.add_subplot(grid[:, -1])
    bars.barh(np.arange(len(probabilities)), probabilities, color=BLACK)
    bars.set(xlim=(0, 1), yticks=range(len(probabilities)), xlabel="probability", ylabel="class", axisbelow=True)
    bars.set_title(last, fontsize=8)
    bars.invert_yaxis()
    return figure


def draw_filters(filters: np.ndarray, maps: np.ndarray) -> plt.Figure:
    """Filters that look at colours, and below each one the map that it makes.

    Args:
        filters: shape (f, f, 3, n); a weight of 0 is drawn in middle grey. maps: shape (height, width, n), from 0 on.
    """
    n = filters.shape[3]
    figure, rows = plt.subplots(2, n, figsize=(1.15 * n, 2.7), squeeze=False)
    for c in range(n):
        weights = filters[..., c]
        rows[0, c].imshow(0.5 + weights / (2 * np.abs(filters).max()))
        rows[0, c].set_title(f"filter {c}", fontsize=9)
        rows[0, c].set(xticks=[], yticks=[])
        rows[0, c].grid(False)
        _map(rows[1, c], maps[:, :, c], "")
    return figure


def draw_confusions(matrix: np.ndarray, wrong: Sequence[tuple[np.ndarray, str]]) -> plt.Figure:
    """A confusion matrix, and beside it pictures that were named wrongly.

    Args:
        matrix: shape (C, C), whole numbers, a row for each true class. wrong: pictures, uint8, each with a title.
    """
    columns = -(-len(wrong) // 2)
    figure = plt.figure(figsize=(3.7 + 1.3 * columns, 3.4))
    grid = figure.add_gridspec(2, columns + 1, width_ratios=[2.6, *[1] * columns])
    axes = figure.add_subplot(grid[:, 0])
    off = matrix * (1 - np.eye(len(matrix)))
    axes.imshow(off, cmap="Blues", vmin=0, vmax=max(1, off.max()))
    for (i, j), number in np.ndenumerate(matrix):
        dark = i != j and number > 0.6 * off.max()
        axes.text(j, i, f"{number:.0f}", ha="center", va="center", color="white" if dark else "black", fontsize=9)
    axes.set(xlabel="class named", ylabel="true class", xticks=range(len(matrix)), yticks=range(len(matrix)))
    axes.grid(False)
    for i, (pixels, title) in enumerate(wrong):
        shown = figure.add_subplot(grid[i % 2, 1 + i // 2])
        picture(shown, pixels, title)
        shown.spines[:].set_visible(False)
    figure.set_layout_engine("constrained", h_pad=0.12)
    return figure


def draw_covered(pixels: np.ndarray, probabilities: np.ndarray, by_place: np.ndarray, truth: int) -> plt.Figure:
    """A covered picture, what a network answers to it, and how sure it is for each place of the cover.

    Args:
        pixels: the covered picture, shape (height, width, 3), from 0 to 1. probabilities: shape (C,).
        by_place: the probability of the true class, by row and column of the middle of the cover, every 2 pixels.
        truth: the true class.
    """
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(9, 2.8), width_ratios=[1, 1.3, 1.3])
    picture(left, _bytes(pixels), "covered")
    colours = [BLUE if c == truth else BLACK for c in range(len(probabilities))]
    middle.bar(np.arange(len(probabilities)), probabilities, color=colours)
    middle.set(ylim=(0, 1), xticks=range(len(probabilities)), xlabel="class", ylabel="probability", axisbelow=True)
    height, width = pixels.shape[:2]
    image = right.imshow(by_place, cmap="Blues", vmin=0, vmax=1, extent=(0, width, height, 0))
    right.set(xlabel="column of the cover's middle", ylabel="row")
    right.grid(False)
    figure.colorbar(image, ax=right, label=f"probability of class {truth}")
    return figure


def _map(axes: plt.Axes, values: np.ndarray, title: str) -> None:
    axes.imshow(values, cmap="gray")
    axes.set(xticks=[], yticks=[])
    axes.set_title(title, fontsize=8)
    axes.grid(False)
    axes.spines[:].set_visible(False)


def _bytes(pixels: np.ndarray) -> np.ndarray:
    return np.round(255 * np.clip(pixels, 0, 1)).astype(np.uint8)
