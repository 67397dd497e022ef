"""What a network of Keras is made of, in words and numbers that depend on nothing but its graph.

Layers have many spellings: ``ReLU()``, ``Activation("relu")``, ``activation="relu"`` inside the layer before. One
canonical line stands for all of them, and neither names nor the order of creation play a part.

layers_of        a line of text for each layer
described        a function of Keras tensors as a function of a shape that returns such lines, and numbers
described_model  the same of a function that makes a whole model

Keras is not imported before one of them is called.
"""

import functools
import gc
import hashlib
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from companion.layer_kinds import Layer, layer_of

EXAMPLES = 3
"""How many examples the numbers are computed for."""

MODES = ("inference", "training")

Description = dict[str, Any]


def layers_of(network: Any) -> list[str]:
    """A line for each layer of a network, from the input on, the longer path first where paths join.

    A line says the kind and the settings. What does not follow the line above it says which lines it follows, counted
    from 1: ``add: 9 and 1``.

    Args:
        network: a Keras model, or a symbolic tensor: then what leads to it.

    Raises:
        TypeError: it is neither.
    """
    if not is_network(network):
        raise TypeError(f"a Keras model or a symbolic tensor is due, not a value of type {type(network).__name__}")
    return _lines(in_order(canonical(_output(network))))


def is_network(value: object) -> bool:
    """Whether a value is a model of one output, or a symbolic tensor."""
    import keras

    return isinstance(value, keras.KerasTensor) or (isinstance(value, keras.Model) and _is_graph(value))


def described(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of a shape in the place of one of a symbolic tensor, for hidden cases and checks.

    Called as ``(shape, *args, **kwargs)`` it makes an ``Input`` of that shape (height, width, channels), calls
    ``function(X, *args, **kwargs)`` and returns a dictionary: ``layers``, the lines of :func:`layers_of`;
    ``parameters``, how many there are; ``inference`` and ``training``, arrays of shape (3, …): what comes out in either
    mode. Input and weights are drawn from the graph itself, so that equal graphs give equal numbers. What is not a
    network is returned as it came.

    Where ``function`` has a parameter ``training`` and is not given one, it gets None: the mode is then not fixed.
    """

    @functools.wraps(function)
    def describe(shape: tuple[int, ...], *args: Any, **kwargs: Any) -> Any:
        import keras

        X = keras.Input(shape)
        return _description(function(X, *args, **_free(function, kwargs)), X)

    return describe


def described_model(function: Callable[..., Any], modes: Iterable[str] = MODES) -> Callable[..., Any]:
    """A function that makes a model, as one that returns its description, like :func:`described`.

    Args:
        function: called with the same arguments. What it returns that is no model is returned as it came.
        modes: which of the two arrays to compute; where a network is large they cost most.
    """

    @functools.wraps(function)
    def describe(*args: Any, **kwargs: Any) -> Any:
        import keras

        model = function(*args, **_free(function, kwargs))
        return _description(model, modes=modes) if isinstance(model, keras.Model) else model

    return describe


def _free(function: Callable[..., Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"training": None, **kwargs} if "training" in inspect.signature(function).parameters else kwargs


def _is_graph(model: Any) -> bool:
    """A functional model, or a Sequential one that knows its input's shape."""
    return len(getattr(model, "outputs", None) or ()) == 1


def _output(network: Any) -> Any:
    return network.outputs[0] if hasattr(network, "outputs") else network


def _description(network: Any, X: Any = None, modes: Iterable[str] = MODES) -> Any:
    import keras

    if not is_network(network):
        return network
    layers = in_order(canonical(_output(network)))
    if X is not None and any(not layer.sources and layer.operation is not X._keras_history[0] for layer in layers):
        raise ValueError("what the function returns begins at another Input, not at the tensor that it is given")
    model = network if isinstance(network, keras.Model) else keras.Model(X, network)
    description: Description = {"layers": _lines(layers), "parameters": model.count_params()}
    if modes:
        x = _draw("input", (EXAMPLES, *(n or 8 for n in model.inputs[0].shape[1:])))
        _set_weights(layers)
    for mode in modes:
        description[mode] = np.asarray(model(x, training=mode == "training"))
    del model, network, layers
    gc.collect()  # the graph refers to itself, and a large network's weights would stay until some later collection
    return description


def in_order(last: Layer) -> list[Layer]:
    """All layers on the way to the last one, each after its sources, the way of its first source first."""
    found: dict[int, Layer] = {}
    waiting = [(last, False)]
    while waiting:
        layer, seen = waiting.pop()
        if id(layer) in found:
            continue
        if seen:
            found[id(layer)] = layer
        else:
            waiting.append((layer, True))
            waiting.extend((source, False) for source in reversed(layer.sources))
    return list(found.values())


def canonical(output: Any, known: Iterable[tuple[Any, Layer]] = ()) -> Layer:
    """The canonical form of what leads to a symbolic tensor.

    Args:
        output: the tensor.
        known: tensors for which layers stand already: the inputs of a model that is used as one layer.
    """
    made = {_place(tensor): layer for tensor, layer in known}
    waiting = [output]
    while waiting:
        tensor = waiting[-1]
        if _place(tensor) in made:
            waiting.pop()
            continue
        operation, node = call_of(tensor)
        missing = [source for source in node.input_tensors if _place(source) not in made]
        if missing:
            waiting.extend(missing)
            continue
        sources = [made[_place(source)] for source in node.input_tensors]
        if is_network(operation):
            made[_place(tensor)] = canonical(operation.outputs[0], zip(operation.inputs, sources, strict=True))
        else:
            made[_place(tensor)] = layer_of(operation, node, sources, tuple(tensor.shape[1:]))
    return made[_place(output)]


def call_of(tensor: Any) -> tuple[Any, Any]:
    """The Keras layer or operation that a symbolic tensor comes from, and Keras's record of that call."""
    operation, node_index, _ = tensor._keras_history
    return operation, operation._inbound_nodes[node_index]


def _place(tensor: Any) -> tuple[int, int, int]:
    operation, node_index, tensor_index = tensor._keras_history
    return id(operation), node_index, tensor_index


def _lines(layers: list[Layer]) -> list[str]:
    number = {id(layer): i for i, layer in enumerate(layers, 1)}
    lines = []
    for i, layer in enumerate(layers, 1):
        sources = [number[id(source)] for source in layer.sources]
        if len(sources) > 1:
            lines.append(f"{layer.text}{', ' if ':' in layer.text else ': '}{' and '.join(map(str, sources))}")
        elif sources and sources[0] != i - 1:
            lines.append(f"{layer.text}{', ' if ':' in layer.text else ': '}after {sources[0]}")
        else:
            lines.append(layer.text)
    return lines


def _set_weights(layers: list[Layer]) -> None:
    """Weights that follow from the place in the graph, of a size that lets a signal through many layers."""
    set_already: set[int] = set()
    for layer in layers:
        variables = () if id(layer.operation) in set_already else getattr(layer.operation, "variables", ())
        set_already.add(id(layer.operation))
        for variable in variables:
            if "float" not in variable.dtype:
                continue  # the state of a random generator
            drawn = _draw(f"{layer.digest}/{variable.name}", variable.shape)
            if variable.name == "kernel":
                drawn *= np.sqrt(2 / max(1, np.prod(variable.shape[:-1])))
            elif variable.name == "moving_variance":
                drawn = 1 + 0.2 * np.abs(drawn)
            else:
                drawn = 0.2 * drawn + (variable.name == "gamma")
            variable.assign(drawn)


def _draw(name: str, shape: tuple[int, ...]) -> np.ndarray:
    """Standard normal numbers, float32, that follow from a name."""
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    return np.random.default_rng(seed).standard_normal(shape, dtype=np.float32)
