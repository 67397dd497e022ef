"""A network that somebody else trained: EfficientNet-lite0, with the weights that ImageNet's 1000 classes left in it.

network      the network in Keras; features  what comes out before its last layer
best         its best guesses for one picture, in words
count        parameters and multiply-adds of any network of Keras, layer by layer

The architecture: Tan and Le, EfficientNet, 2019, arXiv:1905.11946, table 1, in the "lite" form: without squeeze and
excitation, with ReLU6. The weights lie in data/pretrained.h5, which says where they are from.

Keras is not imported before one of them is called.
"""

from typing import Any

import numpy as np
from PIL import Image, ImageOps

from companion import data

SIDE = 224
"""Pixels along each side of the pictures that it was trained on."""

BLOCKS = (
    (1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320),
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

    body = features(side)
    *_, (kernel, bias) = data.load_pretrained()[0]
    last = keras.layers.Dense(len(bias), "softmax", name="classes")
    model = keras.Sequential([body, last], name="efficientnet_lite0")
    last.set_weights([kernel, bias])
    return model


def features(side: int = SIDE) -> Any:
    """The network without its last layer: from pictures, shape (m, side, side, 3), 0 to 255, to shape (m, 1280)."""
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
    pairs, _ = data.load_pretrained()
    for layer, pair in zip((one for one in model.layers if one.weights), pairs[:-1], strict=True):
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
