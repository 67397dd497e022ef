"""Wrong answers to the exercises of case_studies.py, as learners give them: read, never imported."""


@wrong("The biases of a window are multiplied by the places, too.",
       "Rows and columns of the output are rounded down, not up.")
def count_layer(layer, shape):
    kind, *settings = layer
    if kind == "flatten":
        h, w, c = shape
        return (h * w * c,), 0, 0
    if kind == "dense":
        units = settings[0]
        return (units,), shape[0] * units + units, shape[0] * units
    h, w, c = shape
    f, stride = settings[0], settings[1]
    h, w = h // stride, w // stride
    if kind == "pool":
        return (h, w, c), 0, 0
    if kind == "depthwise":
        parameters = f * f * c + c
        return (h, w, c), parameters, parameters * h * w
    filters = settings[2]
    parameters = f * f * c * filters + filters
    return (h, w, filters), parameters, parameters * h * w


@wrong("A depthwise filter is taken to read all channels.", "A pooling is moved by its window, not by its stride.")
def count_layer(layer, shape):
    import math

    kind = layer[0]
    if kind == "flatten":
        return (shape[0] * shape[1] * shape[2],), 0, 0
    elif kind == "dense":
        n, units = shape[0], layer[1]
        return (units,), (n + 1) * units, n * units
    h, w, c = shape
    f = layer[1]
    if kind == "pool":
        return (math.ceil(h / f), math.ceil(w / f), c), 0, 0
    stride = layer[2]
    filters = layer[3] if kind == "conv" else c
    h_out = math.ceil(h / stride)
    w_out = math.ceil(w / stride)
    weights = f * f * c * filters
    return (h_out, w_out, filters), weights + filters, weights * h_out * w_out


@wrong("The list of layers is emptied.", "Only the multiply-adds of the last layer are kept, not their sum.")
def count_network(layers, shape):
    total_parameters = 0
    multiply_adds = 0
    while layers:
        layer = layers.pop(0)
        shape, parameters, multiply_adds = count_layer(layer, shape)
        total_parameters += parameters
    return shape, total_parameters, multiply_adds


@wrong("In C the window of 1 by 1 comes first in its block, not last.",
       "The last layer always has 1000 units, whatever classes says.")
def vgg_layers(configuration, classes=1000):
    table = {
        "A": [1, 1, 2, 2, 2],
        "B": [2, 2, 2, 2, 2],
        "C": [2, 2, 3, 3, 3],
        "D": [2, 2, 3, 3, 3],
        "E": [2, 2, 4, 4, 4],
    }
    channels = [64, 128, 256, 512, 512]
    result = []
    for block, (number, n_C) in enumerate(zip(table[configuration], channels)):
        for i in range(number):
            f = 3
            if configuration == "C" and block >= 2 and i == 0:
                f = 1
            result.append(("conv", f, 1, n_C))
        result.append(("pool", 2, 2))
    result.append(("flatten",))
    result.append(("dense", 4096))
    result.append(("dense", 4096))
    result.append(("dense", 1000))
    return result


@wrong("Without brackets below the line only the first f divides, and the rest multiplies.")
def bottleneck_factor(f, channels, reduced, filters):
    with_bottleneck = channels * reduced + f * f * reduced * filters
    return with_bottleneck / f * f * channels * filters


@wrong("The 1 by 1 convolutions before the larger windows have no ReLU.",
       "The pooling branch stands before that of 5 by 5 in the result.")
def inception_module(X, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def narrow(T, width):
        if width is None:
            return T
        return layers.Conv2D(width, (1, 1), padding="same")(T)

    # 1x1
    branch1 = layers.Conv2D(f1, (1, 1), padding="same", activation="relu")(X)

    # 3x3
    branch3 = narrow(X, f3_reduce)
    branch3 = layers.Conv2D(f3, (3, 3), padding="same", activation="relu")(branch3)

    # 5x5
    branch5 = narrow(X, f5_reduce)
    branch5 = layers.Conv2D(f5, (5, 5), padding="same", activation="relu")(branch5)

    # pooling
    branch_pool = layers.MaxPooling2D((3, 3), strides=(1, 1), padding="same")(X)
    if pool_proj is not None:
        branch_pool = layers.Conv2D(pool_proj, (1, 1), padding="same", activation="relu")(branch_pool)

    return layers.Concatenate(axis=-1)([branch1, branch3, branch_pool, branch5])


@wrong("The 5 by 5 window is counted on the channels of the input, also where a bottleneck stands before it.",
       "Without pool_proj the pooling branch adds no channels.")
def inception_costs(shape, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    h, w, c = shape
    parameters, work = 0, 0

    chains = [
        [("conv", 1, 1, f1)],
        [("conv", 1, 1, f3_reduce), ("conv", 3, 1, f3)] if f3_reduce else [("conv", 3, 1, f3)],
        [("conv", 5, 1, f5)],
    ]
    if f5_reduce:
        chains.append([("conv", 1, 1, f5_reduce)])
    if pool_proj:
        chains.append([("pool", 3, 1), ("conv", 1, 1, pool_proj)])

    for chain in chains:
        _, p, n = count_network(chain, shape)
        parameters += p
        work += n

    channels = f1 + f3 + f5 + (pool_proj or 0)
    return (h, w, channels), parameters, work


@wrong("The last windows of blocks 3 to 5 of C are 3 x 3, not 1 x 1.", "Only one dense layer of 4096 units.")
def vgg_layers(configuration, classes=1000):
    numbers = {
        "A": [1, 1, 2, 2, 2],
        "B": [2, 2, 2, 2, 2],
        "C": [2, 2, 3, 3, 3],
        "D": [2, 2, 3, 3, 3],
        "E": [2, 2, 4, 4, 4],
    }
    channels = [64, 128, 256, 512, 512]

    result = []
    for n, filters in zip(numbers[configuration], channels):
        for _ in range(n):
            result.append(("conv", 3, 1, filters))
        result.append(("pool", 2, 2))

    result.append(("flatten",))
    result.append(("dense", 4096))
    result.append(("dense", classes))
    return result


@wrong("A window of f x f is counted with f weights, not with f squared.")
def bottleneck_factor(f, channels, reduced, filters):
    without = f * channels * filters
    with_bottleneck = channels * reduced + f * reduced * filters
    return with_bottleneck / without


@wrong("The pooling has no strides=1, so it moves by 3 and its branch does not fit: Concatenate raises an error.")
def inception_module(X, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def conv(x, filters, window):
        return layers.Conv2D(filters, window, padding="same", activation="relu")(x)

    # 1x1
    branch1 = conv(X, f1, 1)

    # 3x3
    branch3 = X
    if f3_reduce is not None:
        branch3 = conv(branch3, f3_reduce, 1)
    branch3 = conv(branch3, f3, 3)

    # 5x5
    branch5 = X
    if f5_reduce is not None:
        branch5 = conv(branch5, f5_reduce, 1)
    branch5 = conv(branch5, f5, 5)

    # pooling
    branch_pool = layers.MaxPooling2D(3, padding="same")(X)
    if pool_proj is not None:
        branch_pool = conv(branch_pool, pool_proj, 1)

    return layers.Concatenate(axis=-1)([branch1, branch3, branch5, branch_pool])
