"""A network that somebody else trained: EfficientNet-lite0, with the weights that ImageNet's 1000 classes left in it.

network             the network in Keras; features  without its last layer; chain  its layers as tuples
best                its best guesses for one picture, in words
own_photograph      a picture file of one's own
features_of         what it sees in pictures; softmax_regression  a dense layer on that

The architecture: Tan and Le, EfficientNet, 2019, arXiv:1905.11946, table 1, in the "lite" form: without squeeze and
excitation, with ReLU6. The weights lie in data/pretrained.h5, which says where they are from.

Keras is not imported before one of them is called.
"""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from companion import data

SIDE = 224
"""Pixels along each side of the pictures that it was trained on."""

BLOCKS = (
    (1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)  # fmt: skip
"""How many blocks, window, stride of the first one, by how much each block widens its maps inside, maps it puts out."""


def network(side: int = SIDE) -> Any:
    """The whole network, from pictures of shape (m, side, side, 3), 0 to 255, to probabilities, shape (m, 1000).

    Every batch normalization is folded into the convolution before it. The part before the last layer is a model by
    itself: :func:`features`.

    Args:
        side: pixels along each side; 224 is what it was trained on.
    """
    import keras

    pairs, _ = data.load_pretrained()
    body = _features(side, pairs[:-1])
    kernel, bias = pairs[-1]
    last = keras.layers.Dense(len(bias), "softmax", name="classes")
    model = keras.Sequential([body, last], name="efficientnet_lite0")
    last.set_weights([kernel, bias])
    return model


def features(side: int = SIDE) -> Any:
    """The network without its last layer: from pictures, shape (m, side, side, 3), 0 to 255, to shape (m, 1280)."""
    return _features(side, data.load_pretrained()[0][:-1])


def _features(side: int, pairs: list[tuple[np.ndarray, np.ndarray]]) -> Any:
    import keras
    from keras import layers

    X = keras.Input((side, side, 3))
    Y = layers.Rescaling(1 / 128, -127 / 128)(X)
    Y = _relu6(layers.Conv2D(32, 3, strides=2, padding="same")(Y))
    for repeats, f, stride, wider, filters in BLOCKS:
        for i in range(repeats):
            Y = _block(Y, f, stride if i == 0 else 1, wider, filters)
    Y = layers.GlobalAveragePooling2D()(_relu6(layers.Conv2D(1280, 1)(Y)))
    model = keras.Model(X, Y, name="features")
    for layer, pair in zip((one for one in model.layers if one.weights), pairs, strict=True):
        layer.set_weights(pair)
    model.trainable = False
    return model


def _block(X: Any, f: int, stride: int, wider: int, filters: int) -> Any:
    """Widen with 1×1, look around in each map by itself, narrow with 1×1; a shortcut where the shapes allow it."""
    from keras import layers

    Y = X
    if wider > 1:
        Y = _relu6(layers.Conv2D(wider * X.shape[-1], 1)(Y))
    Y = _relu6(layers.DepthwiseConv2D(f, strides=stride, padding="same")(Y))
    Y = layers.Conv2D(filters, 1)(Y)
    return layers.Add()([Y, X]) if stride == 1 and X.shape[-1] == filters else Y


def _relu6(X: Any) -> Any:
    from keras import layers

    return layers.ReLU(6.0)(X)


def best(model: Any, picture: np.ndarray, count: int = 5) -> list[tuple[str, float]]:
    """The classes that a network finds likeliest for a picture: pairs of name and probability, the likeliest first.

    Args:
        model: what :func:`network` returned. picture: shape (height, width, 3), uint8, of any size.
        count: how many.
    """
    names = data.load_pretrained()[1]
    side = model.input_shape[1]
    p = np.asarray(model(fitted(picture, side)[None].astype(np.float32), training=False))[0]
    return [(names[i], float(p[i])) for i in np.argsort(-p)[:count]]


def fitted(picture: np.ndarray, side: int = SIDE) -> np.ndarray:
    """A picture, cut to a square around its middle and made as large as a network wants it: (side, side, 3), uint8."""
    return np.asarray(ImageOps.fit(Image.fromarray(picture), (side, side), Image.Resampling.BICUBIC))


def resized(pictures: np.ndarray, side: int) -> np.ndarray:
    """Square pictures, shape (m, height, width, 3), uint8, each as (side, side, 3), float32."""
    return np.stack([fitted(picture, side) for picture in pictures]).astype(np.float32)


def chain() -> list[tuple[Any, ...]]:
    """The layers of the network as ``("conv", f, stride, filters)``, ``("depthwise", f, stride)``, … in a row.

    Shortcuts cost nothing and are left out; the average over the whole map is a pooling.
    """
    made: list[tuple[Any, ...]] = [("conv", 3, 2, 32)]
    channels = 32
    for repeats, f, stride, wider, filters in BLOCKS:
        for i in range(repeats):
            made += [("conv", 1, 1, wider * channels)] * (wider > 1)
            made += [("depthwise", f, stride if i == 0 else 1), ("conv", 1, 1, filters)]
            channels = filters
    return [*made, ("conv", 1, 1, 1280), ("pool", 7, 7), ("flatten",), ("dense", 1000)]


_kept_features = functools.lru_cache(maxsize=1)(features)  # to build it takes seconds


def features_of(pictures: np.ndarray, side: int = 96) -> np.ndarray:
    """What the network sees in pictures, shape (m, 1280), float64: each map before its last layer, averaged.

    Args:
        pictures: shape (m, height, width, 3), uint8. side: to how many pixels each side is scaled.
    """
    seen = _kept_features(side).predict(resized(pictures, side), batch_size=40, verbose=0)
    return np.asarray(seen, np.float64)


def softmax_regression(
    X: np.ndarray, y: np.ndarray, classes: int, decay: float = 1e-3, steps: int = 300
) -> Callable[[np.ndarray], np.ndarray]:
    """One dense layer with softmax, trained on given features by gradient descent with momentum.

    Args:
        X: features, shape (m, n). y: labels, shape (m,), 0 to classes - 1.
        decay: strength of the L2 penalty. steps: how many, each on all examples.

    Returns:
        A function from features, shape (k, n), to guesses, shape (k,).
    """
    mean, scale = X.mean(axis=0), (X.std(axis=0) + 0.05) * np.sqrt(X.shape[1])
    Z, Y = (X - mean) / scale, np.eye(classes)[y]
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    W_pace, b_pace = np.zeros_like(W), np.zeros_like(b)
    for _ in range(steps):
        scores = np.exp(Z @ W + b - (Z @ W + b).max(axis=1, keepdims=True))
        gap = (scores / scores.sum(axis=1, keepdims=True) - Y) / len(Y)
        W_pace = 0.9 * W_pace - 3 * (Z.T @ gap + decay * W)
        b_pace = 0.9 * b_pace - 3 * gap.sum(axis=0)
        W, b = W + W_pace, b + b_pace
    return lambda some: np.asarray(np.argmax((some - mean) / scale @ W + b, axis=1))


def own_photograph(name: str) -> np.ndarray:
    """A picture file of your own out of ``data/own/``, upright: shape (height, width, 3), uint8.

    Args:
        name: of the file in that folder, such as ``"dog.jpg"``; or a path.

    Raises:
        DataError: there is no such file, or it is no picture that can be read here; in a sentence.
    """
    path = data.OWN / name
    try:
        with Image.open(path) as opened:
            upright = ImageOps.exif_transpose(opened)
            if upright.mode.startswith("I"):  # 16 bits, grey: the low eight do not fit
                upright = Image.fromarray((np.asarray(upright) >> 8).astype(np.uint8))
            whole = upright.convert("RGBA")
            white = Image.new("RGBA", whole.size, "white")  # what is transparent would be black
            return np.asarray(Image.alpha_composite(white, whole).convert("RGB"))
    except FileNotFoundError:
        raise data.DataError(path, "is missing", "Put your picture into data/own/, and give its name.") from None
    except IsADirectoryError:
        raise data.DataError(path, "is a folder", "Give the name of a picture file in data/own/.") from None
    except UnidentifiedImageError:
        found = "is no picture of a kind that can be read here"
        raise data.DataError(path, found, "Save it as JPEG or PNG.") from None
    except (Image.DecompressionBombError, MemoryError):
        raise data.DataError(
            path, "has too many pixels", "Make it smaller first: 224 of each side are looked at."
        ) from None
    except (OSError, SyntaxError, ValueError) as error:
        then = "Copy it once more, or save it again as JPEG or PNG."
        raise data.DataError(path, f"is damaged or cannot be read ({error})", then) from None
