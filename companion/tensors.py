"""Tensors of TensorFlow and Keras, as arrays. Neither is imported here: who holds a tensor has imported it."""

import sys
from typing import Any

import numpy as np

TENSORS = {"tensorflow": ("Tensor", "Variable"), "keras": ("Variable",)}
"""By library: its types of which an array can be made."""


def is_tensor(value: object) -> bool:
    """Whether a value is a tensor or variable of TensorFlow or Keras, one without a value yet included."""
    for library, names in TENSORS.items():
        module = sys.modules.get(library)
        kinds = tuple(kind for name in names if isinstance(kind := getattr(module, name, None), type))
        if isinstance(value, kinds):
            return True
    return False


def as_array(value: Any) -> np.ndarray | None:
    """The numbers of a tensor or variable, in its own shape; None where a value is none, or has no numbers yet.

    A tensor has none while TensorFlow only draws up a graph: in a ``tf.function``, or in what a Keras model is made of.
    """
    if not is_tensor(value):
        return None
    try:
        array = np.asarray(value.numpy())
    except Exception:  # noqa: BLE001 - the library decides what it raises, by version and kind of tensor
        return None
    return array if type(array) is np.ndarray else None
