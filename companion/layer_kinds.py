"""What one layer of Keras does, in one canonical line for all its spellings."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

Padding = tuple[int, int, int, int]
"""Rows of zeros above and below, columns of zeros left and right."""

NONE: Padding = (0, 0, 0, 0)
UNORDERED = {"add", "multiply", "average", "maximum", "minimum"}
"""Joins that give the same in any order."""


WHOLE = "average over the whole map"


class Layer:
    """One step of a network: what it does, and to what.

    Attributes:
        text: kind and settings. sources: the layers whose outputs it takes. operation: the Keras layer that holds its
            weights, or None. pads: zeros that it adds around each map, and nothing else.
        shape: of its output, without the examples' axis.
        depth: layers on the longest way to it. digest: equal for equal graphs, whatever their names.
    """

    def __init__(
        self,
        text: str,
        sources: Iterable["Layer"] = (),
        operation: Any = None,
        shape: tuple[int | None, ...] = (),
        pads: Padding | None = None,
    ):
        self.text, self.operation, self.shape, self.pads = text, operation, shape, pads
        self.sources: tuple[Layer, ...] = tuple(sources)
        self.depth: int = 1 + max((source.depth for source in self.sources), default=0)
        if text.partition(":")[0] in UNORDERED:
            self.sources = tuple(sorted(self.sources, key=lambda source: (-source.depth, source.digest)))
        self.digest: str = hashlib.sha256("/".join([text, *(s.digest for s in self.sources)]).encode()).hexdigest()


def layer_of(operation: Any, node: Any, sources: list[Layer], shape: tuple[int | None, ...]) -> Layer:
    """What one call of a Keras layer or operation does.

    Args:
        operation: the layer. node: Keras's record of the call. sources: what it is called on.
        shape: of what comes out, without the examples' axis.
    """
    kind = type(operation).__name__
    if kind == "InputLayer":
        return Layer(f"input: {_sizes(shape)}", [], operation, shape)
    describe: Callable[..., Layer] = _KINDS.get(kind, _other)
    layer = describe(operation, node, sources, shape)
    activation = getattr(operation, "activation", None) if kind != "Activation" else None
    return layer if activation is None else _activated(activation, layer)


def _activated(activation: Any, source: Layer) -> Layer:
    """An activation by itself, wherever it was written."""
    name = getattr(activation, "__name__", type(activation).__name__).lower()
    return source if name == "linear" else Layer(name, [source], shape=source.shape)


def _activation(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:  # noqa: ARG001 - as all kinds
    return _activated(operation.activation, sources[0])


def _relu(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:
    plain = getattr(operation, "max_value", None) is None and not getattr(operation, "negative_slope", 0)
    plain = plain and not getattr(operation, "threshold", 0)
    return Layer("relu", sources, shape=shape) if plain else _other(operation, node, sources, shape)


def _softmax(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:
    last = getattr(operation, "axis", -1) in (-1, len(shape))
    return Layer("softmax", sources, shape=shape) if last else _other(operation, node, sources, shape)


def _unchanged(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:  # noqa: ARG001 - as all kinds
    return sources[0]


def _convolution(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:
    if operation.data_format != "channels_last":
        return _other(operation, node, sources, shape)
    (source,) = sources
    padding = _padding(
        operation.padding, source.shape, operation.kernel_size, operation.strides, operation.dilation_rate
    )
    if source.pads and padding == NONE:
        padding = source.pads
        (source,) = source.sources
    same = _padding("same", source.shape, operation.kernel_size, operation.strides, operation.dilation_rate)
    said = f"filters {operation.filters}, {_window(operation.kernel_size, operation.strides, _padded(padding, same))}"
    if any(n != 1 for n in operation.dilation_rate):
        said += f", dilation {_sizes(operation.dilation_rate)}"
    if operation.groups != 1:
        said += f", groups {operation.groups}"
    if not operation.use_bias:
        said += ", bias none"
    return Layer(f"convolution: {said}", [source], operation, shape)


def _pooling(name: str) -> Callable[..., Layer]:
    def describe(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:
        if operation.data_format != "channels_last":
            return _other(operation, node, sources, shape)
        size = sources[0].shape
        padding = _padding(operation.padding, size, operation.pool_size, operation.strides)
        if name == "average" and padding == NONE and tuple(operation.pool_size) == tuple(size[:2]):
            return Layer(f"{WHOLE}: sides kept", sources, shape=shape)
        same = _padding("same", size, operation.pool_size, operation.strides)
        return Layer(
            f"{name} pooling: {_window(operation.pool_size, operation.strides, _padded(padding, same))}",
            sources,
            shape=shape,
        )

    return describe


def _whole_average(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:  # noqa: ARG001 - as all kinds
    return Layer(WHOLE if len(shape) == 1 else f"{WHOLE}: sides kept", sources, shape=shape)


def _flatten(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:
    if sources[0].text.startswith(WHOLE) and len(shape) == 1:
        return Layer(WHOLE, sources[0].sources, shape=shape)  # one number for each map, in a row
    if type(operation).__name__ == "Reshape" and len(shape) != 1:
        return _other(operation, node, sources, shape)
    return Layer("flatten", sources, shape=shape)


def _dense(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:  # noqa: ARG001 - as all kinds
    bias = "" if operation.use_bias else ", bias none"
    return Layer(f"dense: units {operation.units}{bias}", sources, operation, shape)


def _batch_normalization(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:
    axes = operation.axis if isinstance(operation.axis, (list, tuple)) else [operation.axis]
    said = f"axis {' '.join(str(axis % (len(shape) + 1)) for axis in axes)}, epsilon {operation.epsilon:g}"
    for name in ("center", "scale"):
        said += "" if getattr(operation, name) else f", {name} none"
    mode = node.arguments.kwargs.get("training", (*node.arguments.args[1:2], None)[0])
    if mode is not None:
        said += f", mode fixed to {'training' if mode else 'inference'}"
    return Layer(f"batch normalization: {said}", sources, operation, shape)


def _zero_padding(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:
    if operation.data_format != "channels_last":
        return _other(operation, node, sources, shape)
    (top, bottom), (left, right) = operation.padding
    pads = (top, bottom, left, right)
    return (
        sources[0]
        if pads == NONE
        else Layer(f"zero padding: zeros {_padded(pads, None)}", sources, shape=shape, pads=pads)
    )


def _join(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:
    constants = [x for x in node.arguments.args if isinstance(x, (int, float))]
    if constants:
        return _other(operation, node, sources, shape)
    text = type(operation).__name__.lower()
    if text == "concatenate":
        text += f": axis {operation.axis % (len(shape) + 1)}"
    return Layer(text, sources, operation, shape)


def _other(operation: Any, node: Any, sources: list[Layer], shape: Any) -> Layer:
    """Any other kind: its name, and what of its settings is a number, a word or a tuple of such."""
    try:
        settings = operation.get_config()
    except Exception:  # noqa: BLE001 - a learner's own layer need not have any
        settings = {}
    if not settings:
        settings = {name: value for name, value in vars(operation).items() if not name.startswith("_")}
    said = [f"{name} {value}" for name, value in settings.items() if name not in _UNSAID and _plain(value)]
    said += [f"by {value}" for value in node.arguments.args if isinstance(value, (int, float))]
    kind = type(operation).__name__
    return Layer(f"{kind}{': ' if said else ''}{', '.join(said)}"[:250], sources, operation, shape)


_UNSAID = {"name", "trainable", "dtype", "seed", "built", "built_in"}


def _plain(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return bool(value) and all(map(_plain, value))
    return isinstance(value, (bool, int, float, str))


def _padding(
    padding: str,
    size: tuple[int | None, ...],
    window: Iterable[int],
    strides: Iterable[int],
    dilation: Iterable[int] = (1, 1),
) -> Padding:
    """How many zeros a layer adds on each side: none, or as many as keep ceil(n / stride) places for the window."""
    if padding != "same":
        return NONE
    sides: list[int] = []
    for n, f, stride, gap in zip(size, window, strides, dilation, strict=False):
        reach = (f - 1) * gap
        total = reach if n is None else max(0, (-(-n // stride) - 1) * stride + reach + 1 - n)
        sides += [total // 2, total - total // 2]
    return (sides[0], sides[1], sides[2], sides[3])


def _padded(padding: Padding, same: Padding | None) -> str:
    if padding == NONE:
        return "valid"
    if padding == same:
        return "same"
    return str(padding[0]) if len(set(padding)) == 1 else "+".join(map(str, padding))


def _window(window: Iterable[int], strides: Iterable[int], padding: str) -> str:
    return f"window {_sizes(window)}, strides {_sizes(strides)}, padding {padding}"


def _sizes(sizes: Iterable[int | None]) -> str:
    return "×".join("?" if n is None else str(n) for n in sizes)


_KINDS: dict[str, Callable[..., Layer]] = {
    "Activation": _activation, "ReLU": _relu, "Relu": _relu, "Softmax": _softmax, "Identity": _unchanged,
    "Conv2D": _convolution, "MaxPooling2D": _pooling("max"), "AveragePooling2D": _pooling("average"),
    "GlobalAveragePooling2D": _whole_average, "Flatten": _flatten, "Reshape": _flatten, "Dense": _dense,
    "BatchNormalization": _batch_normalization, "ZeroPadding2D": _zero_padding,
    **dict.fromkeys(("Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"), _join),
}  # fmt: skip
