"""Networks of a learner's own residual blocks, with their shortcuts and without: built, started, trained, compared."""

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from companion import plots
from companion.costs import multiply_adds_of
from companion.maps import half_size
from companion.networks import call_of, canonical

Block = Callable[..., Any]


def without_shortcut(block: Block) -> Block:
    """The same block with its join cut out: of the two ways to it only the longer one stays, then a ReLU.

    Args:
        block: takes a symbolic tensor first, returns one.

    Raises:
        ValueError: no join is found in what the block returns.
    """

    @functools.wraps(block)
    def plain(X: Any, *args: Any, **kwargs: Any) -> Any:
        import keras

        tensor = block(X, *args, **kwargs)
        while len(ways := call_of(tensor)[1].input_tensors) == 1:
            (tensor,) = ways
        if len(ways) != 2:
            raise ValueError("no place where two ways join was found in what the block returns")
        return keras.layers.ReLU()(max(ways, key=lambda way: canonical(way).depth))

    return plain


def small_network(first: Block, other: Block, shape: tuple[int, int, int], blocks: int, filters: list[int]) -> Any:
    """A Keras model: one convolutional block of stride 2, identity blocks, the average of each map, softmax of 10.

    Args:
        first: called as first(X, 3, filters, s=2). other: called as other(X, 3, filters), blocks - 1 times.
        shape: of a picture. filters: three numbers.
    """
    import keras

    X = inputs = keras.Input(shape)
    X = first(X, 3, filters, s=2, **words_of_2017(first, 1))
    for number in range(2, blocks + 1):
        X = other(X, 3, filters, **words_of_2017(other, number))
    X = keras.layers.GlobalAveragePooling2D()(X)
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(X))


def words_of_2017(block: Block, number: int = 1) -> dict[str, Any]:
    """What a block with the public course's signature of 2017 must be told: its names."""
    taken = inspect.signature(block).parameters
    return {name: value for name, value in {"stage": number, "block": "a"}.items() if name in taken}


class Training:
    """One network that is started anew from any seed, and trained by plain gradient descent in one compiled step."""

    def __init__(self, network: Any):
        import tensorflow as tf

        self.network = network
        self._weights = [variable.value for variable in network.trainable_variables]

        def gradients(x: Any, y: Any) -> Any:
            with tf.GradientTape() as tape:
                p = network(x, training=True)
                loss = -tf.reduce_mean(tf.math.log(tf.gather(p, y, batch_dims=1) + 1e-9))
            return loss, tape.gradient(loss, self._weights)

        def step(x: Any, y: Any, rate: Any) -> Any:
            loss, slopes = gradients(x, y)
            for weight, slope in zip(self._weights, slopes, strict=True):
                weight.assign_sub(rate * slope)
            return loss

        # Once, as it is: to compile it takes longer than to run it. Again and again: compiled, but not improved by
        # TensorFlow first, which takes seconds and saves less.
        tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
        self._gradients, self._step = gradients, tf.function(step)

    def start(self, seed: int) -> None:
        """Weights anew: He's rule for kernels, 1 for each gamma, 0 for all else."""
        rng = np.random.default_rng(seed)
        for variable in self.network.trainable_variables:
            shape, inputs = variable.shape, np.prod(variable.shape[:-1])
            if variable.name == "kernel":
                variable.assign(rng.standard_normal(shape, dtype=np.float32) * np.float32(np.sqrt(2 / inputs)))
            else:
                variable.assign(np.full(shape, float(variable.name == "gamma"), np.float32))

    def train(self, x: np.ndarray, y: np.ndarray, seed: int, steps: int, rate: float, size: int = 100) -> list[float]:
        """The loss before each step, on mini-batches in a random order.

        Args:
            x: pictures, shape (m, height, width, channels), float32. y: labels, shape (m,).
            seed: of the first weights and of the order. steps: how many. rate: of learning. size: of a mini-batch.
        """
        import tensorflow as tf

        self.start(seed)
        rng, losses = np.random.default_rng(seed), []
        order = np.concatenate([rng.permutation(len(x)) for _ in range(-(-steps * size // len(x)))])
        for k in range(steps):
            some = order[k * size : (k + 1) * size]
            losses.append(float(self._step(tf.constant(x[some]), tf.constant(y[some]), tf.constant(np.float32(rate)))))
        return losses

    def gradient_norms(self, x: np.ndarray, y: np.ndarray) -> list[float]:
        """The norm of the gradient in the middle kernel of each block, from the input on."""
        import tensorflow as tf

        _, slopes = self._gradients(tf.constant(x), tf.constant(y))
        return [float(np.linalg.norm(g)) for g in slopes if g.shape.rank == 4 and g.shape[0] > 1]

    def right(self, x: np.ndarray, y: np.ndarray) -> float:
        """The share of pictures that are named rightly; each map is normalized by these pictures themselves."""
        return float(np.mean(np.argmax(self.network(x, training=True), axis=1) == y))


def small_pictures(pictures: np.ndarray) -> np.ndarray:
    """Half as high and wide, by the mean of each four pixels, with mean 0 and variance near 1.

    Args:
        pictures: shape (m, 2 height, 2 width, channels), uint8.

    Returns:
        Shape (m, height, width, 1), float32.
    """
    centred: np.ndarray = (half_size(pictures).mean(axis=3) - 73) / 83
    return centred.astype(np.float32)[..., None]


def drawn(rng: np.random.Generator, n: int, size: float, shortcut: bool) -> dict[str, np.ndarray]:
    """Weights of one residual block with n units everywhere, in multiples of He's rule; biases are zero.

    Args:
        rng, n, size: the generator, the units, the multiple.
        shortcut: False for n more units that hold the input itself and take it away again: for an input without
            negative entries the block is then a plain one.
    """
    W1, W2 = size * np.sqrt(2 / n) * rng.standard_normal((2, n, n))
    if not shortcut:
        W1, W2 = np.vstack([W1, np.eye(n)]), np.hstack([W2, -np.eye(n)])
    return {"W1": W1, "b1": np.zeros((len(W1), 1)), "W2": W2, "b2": np.zeros((n, 1))}


def gradient_strengths(blocks: int, size: float, shortcut: bool) -> list[float]:
    """The norm of a gradient where it arrives at each block of a network, the first block first; by TensorFlow's tape.

    Args:
        blocks: how many, each of two layers of 64 units. size: of the weights, in multiples of He's rule.
        shortcut: whether each block adds its input.
    """
    import tensorflow as tf

    rng = np.random.default_rng(0)
    A = tf.constant(np.abs(rng.standard_normal((64, 100))))
    inputs = []
    with tf.GradientTape() as tape:
        tape.watch(A)
        for _ in range(blocks):
            inputs.append(A)
            W1, W2 = size * np.sqrt(2 / 64) * rng.standard_normal((2, 64, 64))
            A = tf.nn.relu(tf.matmul(W2, tf.nn.relu(tf.matmul(W1, A))) + (A if shortcut else 0))
        end = tf.reduce_sum(A * rng.standard_normal((64, 100)))
    return [float(tf.norm(slope)) for slope in tape.gradient(end, inputs)]


def draw_strengths(curves: Mapping[str, Sequence[float]], size: float) -> tuple[plt.Figure, str]:
    """Gradients through the blocks, with shortcuts and without, and the text that says what is seen."""
    figure = plots.draw_lines(curves, "block", "strength of the gradient (norm)", "y", (plots.BLUE, plots.RED), first=1)
    figure.axes[0].set_title(f"weights of size {size:.1f}, in multiples of He's rule", fontsize=10)
    told = [f"{name} {path[0] / max(path[-1], 1e-300):.0e}" for name, path in curves.items()]
    return figure, (
        f"The norm of the gradient at each block, weights {size:.1f} times He's rule. At the first block, "
        f"divided by that at the last: {', '.join(told)}."
    )


def show_stages(network: Any) -> None:
    """Print parameters and multiplications for each size of the maps, from the input on.

    Args:
        network: a Keras model whose layers are convolutions, normalizations and dense layers.
    """
    sums: dict[str, list[int]] = {}
    for layer in network._flatten_layers(include_self=False):
        if layer.count_params() and not hasattr(layer, "layers"):
            height, width = (*layer.output.shape[1:3], None)[:2] if len(layer.output.shape) == 4 else (None, None)
            row = sums.setdefault(f"{height} × {width}" if height else "dense", [0, 0])
            row[0] += layer.count_params()
            row[1] += multiply_adds_of(layer)
    whole = np.sum(list(sums.values()), axis=0)
    print("maps        parameters             multiplications, one picture")
    for name, (parameters, products) in sums.items():
        print(
            f"{name:9}{parameters:13,} {parameters / whole[0]:5.0%}"
            f"{products / 1e6:16.1f} million {products / whole[1]:5.0%}"
        )


def show_examples(pictures: np.ndarray, labels: np.ndarray, names: Sequence[str]) -> None:
    """One picture of each class in a row."""
    figure, row = plt.subplots(1, len(names), figsize=(10, 1.4), squeeze=False)
    for k, (axes, name) in enumerate(zip(row[0], names, strict=True)):
        plots.picture(axes, pictures[np.flatnonzero(labels == k)[0]], name)
        axes.spines[:].set_visible(False)
    plots.show(figure, alt=f"Small grey pictures of clothes, one of each kind: {', '.join(names)}.")


def show_bundles(curves: Mapping[str, Sequence[Sequence[float]]], alt: str, width: int) -> None:
    """Bundles of training curves, each smoothed: the mean over some steps in a row.

    Args:
        curves: from a name to several lists of losses. alt: as in :func:`companion.plots.show`. width: of the mean.
    """
    figure, axes = plt.subplots(figsize=(7.5, 4.2))
    for (name, bundle), colour, dash in zip(curves.items(), (plots.BLUE, plots.RED), ("-", "--"), strict=False):
        for k, losses in enumerate(bundle):
            smooth = np.convolve(losses, np.ones(width) / width, mode="valid")
            steps = np.arange(len(smooth)) + width
            axes.plot(steps, smooth, color=colour, linestyle=dash, label=None if k else name)
    axes.set(xlabel="step", ylabel=f"cost, mean of {width} steps (nats)", ylim=(0, None))
    axes.legend()
    plots.show(figure, alt)
