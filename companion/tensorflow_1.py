"""What to write today in the place of TensorFlow 1, which the course taught until 2021.

Source: the migration guide, https://www.tensorflow.org/guide/migrate.
"""

import re

NO_SESSION = "TensorFlow 1; now each line computes at once, so leave the session out and return the tensor"
NO_PLACEHOLDER = "placeholders are TensorFlow 1; now the function gets the array itself"
NO_GRAPH = "tf.compat.v1.disable_eager_execution() turns TensorFlow 1 on; leave that line out and restart the kernel"
NOT_NEEDED = "needed in TensorFlow 1 only; leave the line out"

LAYERS = (
    "in a Keras model layers take the place of tf.nn: Conv2D, ReLU, MaxPooling2D, Flatten, Dense, called on a tensor"
)

GONE = {
    "Session": NO_SESSION,
    "InteractiveSession": NO_SESSION,
    "ConfigProto": NO_SESSION,
    "placeholder": NO_PLACEHOLDER,
    "placeholder_with_default": NO_PLACEHOLDER,
    "global_variables_initializer": NOT_NEEDED,
    "initialize_all_variables": NOT_NEEDED,
    "local_variables_initializer": NOT_NEEDED,
    "reset_default_graph": NOT_NEEDED,
    "get_default_graph": NOT_NEEDED,
    "get_variable": "TensorFlow 1; now tf.Variable(its first value)",
    "variable_scope": NOT_NEEDED,
    "contrib": "gone since TensorFlow 2; for xavier_initializer write tf.keras.initializers.GlorotNormal(seed=1), "
    "for flatten and fully_connected tf.keras.layers",
    "set_random_seed": "TensorFlow 1; now tf.random.set_seed",
    "random_normal": "TensorFlow 1; now tf.random.normal",
    "random_uniform": "TensorFlow 1; now tf.random.uniform",
    "truncated_normal": "TensorFlow 1; now tf.random.truncated_normal",
    "to_float": "TensorFlow 1; now tf.cast(x, tf.float32)",
    "to_int32": "TensorFlow 1; now tf.cast(x, tf.int32)",
    "log": "TensorFlow 1; now tf.math.log",
    "div": "TensorFlow 1; now tf.divide",
    "layers": "TensorFlow 1; now tf.keras.layers",
    "AdamOptimizer": "TensorFlow 1; now tf.keras.optimizers.Adam(learning_rate)",
    "GradientDescentOptimizer": "TensorFlow 1; now tf.keras.optimizers.SGD(learning_rate)",
    "MomentumOptimizer": "TensorFlow 1; now tf.keras.optimizers.SGD(learning_rate, momentum=0.9)",
    "RMSPropOptimizer": "TensorFlow 1; now tf.keras.optimizers.RMSprop(learning_rate)",
    "softmax_cross_entropy_with_logits_v2": "TensorFlow 1; now tf.nn.softmax_cross_entropy_with_logits",
    "Saver": "TensorFlow 1; now tf.train.Checkpoint, and no exercise here needs it",
    "FileWriter": "TensorFlow 1; leave the line out",
    "app": NOT_NEEDED,
    "flags": NOT_NEEDED,
    "assign_add": "TensorFlow 1; now v.assign_add(step), a method of the variable",
    "assign_sub": "TensorFlow 1; now v.assign_sub(step), a method of the variable",
    "assign": "TensorFlow 1; now v.assign(value), a method of the variable",
    "confusion_matrix": "TensorFlow 1; now tf.math.confusion_matrix",
    "arg_max": "TensorFlow 1; now tf.argmax",
    "mul": "TensorFlow 1; now tf.multiply",
    "sub": "TensorFlow 1; now tf.subtract",
    "matrix_inverse": "TensorFlow 1; now tf.linalg.inv",
    "minimize": "gone since Keras 3; now optimizer.apply_gradients(zip(gradients, variables)), gradients from a tape",
    "eval": "TensorFlow 1; the value is there already: t.numpy()",
}
"""By the name that today's TensorFlow does not have: what changed and what to write."""

SAID = (
    (r"module 'tensorflow[\w.]*' has no attribute '(\w+)'", None),
    (r"'\w*(?:Tensor|Variable)\w*' object has no attribute '(eval)'", None),
    (r"'(?:Adam|SGD|RMSprop|Adagrad)' object has no attribute '(minimize)'", None),
    (r"(?:eval|This operation) is not supported when eager execution is enabled", GONE["eval"]),
    (r"Argument\(s\) not recognized: \{'lr'", "the argument lr is TensorFlow 1; now learning_rate"),
    (r"Unrecognized keyword arguments passed to Model: \{'(?:in|out)put'", "Keras 1; now Model(inputs=…, outputs=…)"),
    (r"Unrecognized keyword arguments passed to \w+: \{'border_mode'", "border_mode is Keras 1; now padding"),
    (r"Got an unexpected keyword argument 'filter'", "the argument filter is TensorFlow 1; now filters"),
    (r"Got an unexpected keyword argument 'value'", "the argument value is TensorFlow 1; now input"),
    (r"`\w+` is not available with Keras 3", GONE["layers"]),
    (r"`padding` must be either.*Received: padding=(?:SAME|VALID)", "today's Keras wants padding in small letters"),
    (r"A KerasTensor cannot be used as input to a TensorFlow function", LAYERS),
    (r"'SymbolicTensor' object has no attribute 'numpy'", NO_GRAPH),
    (r"must be called at program startup", NO_GRAPH),
    (r"tf\.placeholder\(\) is not compatible with eager execution", NO_PLACEHOLDER),
    (r"The Session graph is empty", NO_SESSION),
    (r"Cannot evaluate tensor using `eval\(\)`: No default session", GONE["eval"]),
    (r"`?loss`? passed to Optimizer.compute_gradients should be a function", GONE["AdamOptimizer"]),
)
"""What TensorFlow says of such a line, and what to say in its place (None: GONE knows, by the name)."""


def in_todays_words(text: str) -> str:
    """The text of an error; one that TensorFlow raises at a line of TensorFlow 1 says what to write now."""
    for pattern, words in SAID:
        found = re.search(pattern, text)
        if found and words is None:
            name = found[1]
            return f"{name}: {GONE[name]}" if name in GONE else text
        if found and words:
            return words
    return text
