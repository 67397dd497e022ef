"""Answers that people give to the exercises of case_studies.py: read, never imported (see CONTRIBUTING.md)."""


layer_count = exercise("count_layer")

@layer_count.right("branches")
def count_layer(layer, shape):
    kind = layer[0]
    if kind == "conv":
        _, f, s, n = layer
        h, w, c = shape
        out = (int(np.ceil(h / s)), int(np.ceil(w / s)), n)
        parameters = (f * f * c + 1) * n
        return out, parameters, f * f * c * out[0] * out[1] * n
    if kind == "depthwise":
        _, f, s = layer
        h, w, c = shape
        out = (int(np.ceil(h / s)), int(np.ceil(w / s)), c)
        return out, (f * f + 1) * c, f * f * c * out[0] * out[1]
    if kind == "pool":
        _, f, s = layer
        h, w, c = shape
        return (int(np.ceil(h / s)), int(np.ceil(w / s)), c), 0, 0
    if kind == "flatten":
        n = 1
        for side in shape:
            n *= side
        return (n,), 0, 0
    if kind == "dense":
        n, units = shape[0], layer[1]
        return (units,), (n + 1) * units, n * units

@layer_count.right("matched")
def count_layer(layer, shape):
    match layer:
        case ("flatten",):
            return (np.prod(shape),), 0, 0
        case ("dense", units):
            return (units,), (shape[0] + 1) * units, shape[0] * units
        case ("pool", _, stride):
            return (len(range(0, shape[0], stride)), len(range(0, shape[1], stride)), shape[2]), 0, 0
        case ("depthwise", f, stride):
            out = (len(range(0, shape[0], stride)), len(range(0, shape[1], stride)), shape[2])
            return out, f**2 * shape[2] + shape[2], f**2 * np.prod(out)
        case ("conv", f, stride, n):
            out = (len(range(0, shape[0], stride)), len(range(0, shape[1], stride)), n)
            return out, f**2 * shape[2] * n + n, f**2 * shape[2] * np.prod(out)

@layer_count.right("built")
def count_layer(layer, shape):
    kind, *settings = layer
    made = {
        "conv": lambda f, s, n: layers.Conv2D(n, f, s, "same"),
        "depthwise": lambda f, s: layers.DepthwiseConv2D(f, s, "same"),
        "pool": lambda f, s: layers.MaxPooling2D(f, s, "same"),
        "flatten": layers.Flatten,
        "dense": layers.Dense,
    }[kind](*settings)
    model = keras.Sequential([keras.Input(shape), made])
    out = tuple(model.output_shape[1:])
    parameters = model.count_params()
    if not parameters:
        return out, 0, 0
    weights = parameters - out[-1]
    places = out[0] * out[1] if len(out) == 3 else 1
    return out, parameters, weights * places

@layer_count.right("lists")
def count_layer(layer, shape):
    kind = layer[0]
    if kind in ("conv", "depthwise", "pool"):
        stride = layer[2]
        out = [(shape[0] + stride - 1) // stride, (shape[1] + stride - 1) // stride, shape[2]]
        if kind == "pool":
            return out, 0, 0
        each = layer[1] ** 2
        if kind == "conv":
            each *= shape[2]
            out[2] = layer[3]
        return out, out[2] * (each + 1), out[0] * out[1] * out[2] * each
    if kind == "flatten":
        return [shape[0] * shape[1] * shape[2]], 0, 0
    return [layer[1]], layer[1] * (shape[0] + 1), layer[1] * shape[0]

layer_count.mistake(
    "rounded_down",
    ("h, w = -(-h // stride), -(-w // stride)", "h, w = h // stride, w // stride"),
    cause="Rows and columns of the output were rounded down; with padding \"same\" they are rounded up.",
    hint="A side of 5 at stride 2: where do windows start, and how many are there?",
)

layer_count.mistake(
    "valid",
    ("h, w = -(-h // stride), -(-w // stride)", "h, w = (h - f) // stride + 1, (w - f) // stride + 1"),
    cause="The sizes are those of windows without padding. Here all windows are padded to \"same\".",
    hint="In the example by hand a map of 6 × 5 becomes 3 × 3.",
)

layer_count.mistake(
    "stride_ignored",
    ("h, w = -(-h // stride), -(-w // stride)", "pass"),
    cause="The stride was not used: height and width stayed as they were.",
    hint="In the example by hand a map of 6 × 5 becomes 3 × 3.",
)

layer_count.mistake(
    "square",
    ("-(-w // stride)", "h"),
    cause="The width of the output was taken from its height: right only for square maps.",
    hint="Try a map of 6 × 9.",
)

layer_count.mistake(
    "depth_forgotten",
    ("weights = f * f * c * (filters if kind == \"conv\" else 1)", "weights = f * f * (filters if kind == \"conv\" else c)"),
    cause="A filter of a convolution was counted as if it read one channel. It is as deep as its map.",
    hint="In the example by hand a filter has 27 weights, not 9.",
)

layer_count.mistake(
    "depthwise_as_conv",
    ("(filters if kind == \"conv\" else 1)", "filters"),
    cause="The depthwise layer was counted as a full convolution: as if each filter read all channels.",
    hint="In a depthwise layer each channel has one filter of its own, f × f and one channel deep.",
)

layer_count.mistake(
    "depthwise_one_filter",
    ("weights = f * f * c * (filters if kind == \"conv\" else 1)", "weights = f * f * (c * filters if kind == \"conv\" else 1)"),
    cause="The depthwise layer was counted as one filter that all channels share.",
    hint="Each channel has a filter of its own. How many weights are that together?",
)

layer_count.mistake(
    "no_biases",
    ("weights + settings[0], weights", "weights, weights"),
    ("weights + filters", "weights"),
    cause="The parameters are the weights alone. Biases are learned, too: one for each channel or unit that comes out.",
    hint="In the example by hand there are 108 weights, and 112 parameters.",
)

layer_count.mistake(
    "no_biases_in_dense",
    ("weights + settings[0], weights", "weights, weights"),
    cause="The dense layer has no biases here. Each of its units has one.",
    hint="How many parameters has a dense layer of 7 units on one number?",
)

layer_count.mistake(
    "one_bias",
    ("weights + filters", "weights + 1"),
    cause="One bias was counted for the whole convolution. There is one for each channel that comes out.",
    hint="In the example by hand there are 108 weights, and 112 parameters.",
)

layer_count.mistake(
    "bias_for_each_place",
    ("weights + filters", "weights + filters * h * w"),
    cause="The biases were counted at every place of the map. A channel has one bias, used at all places.",
    hint="In the example by hand there are 108 weights, and 112 parameters.",
)

layer_count.mistake(
    "bias_for_each_channel_in",
    ("weights + filters", "weights + c"),
    cause="There is a bias for each channel that goes in. There should be one for each that comes out.",
    hint="To what is a bias added: to each channel that is read, or to the sum over all of them?",
)

layer_count.mistake(
    "biases_multiplied",
    ("weights * h * w", "(weights + filters) * h * w"),
    ("settings[0], weights", "settings[0], weights + settings[0]"),
    cause="Biases were counted among the multiply-adds. Only products of a weight and a number count.",
    hint="In the example by hand 108 weights are used at 9 places.",
)

layer_count.mistake(
    "places_of_the_input",
    ("h, w = -(-h // stride), -(-w // stride)", "rows, columns, h, w = h, w, -(-h // stride), -(-w // stride)"),
    ("weights * h * w", "weights * rows * columns"),
    cause="The weights were counted at each place of the map that goes in. They are used once for each place that comes out.",
    hint="With stride 2, how often is a filter laid on the map?",
)

layer_count.mistake(
    "work_without_places",
    ("weights * h * w", "weights"),
    cause="The multiply-adds of a convolution are its weights alone: as if each were used at one place.",
    hint="How many places has the map that comes out? A filter is laid on each of them.",
)

layer_count.mistake(
    "both_twice",
    ("weights * h * w", "2 * weights * h * w"),
    ("settings[0], weights", "settings[0], 2 * weights"),
    cause="Products and sums were counted apart. A multiply-add is both together: one.",
    hint="In the example by hand 108 weights at 9 places are 972.",
)

layer_count.mistake(
    "pool_costs",
    ("        return (h, w, c), 0, 0", "        return (h, w, c), 0, f * f * c * h * w"),
    cause="The comparisons of the pooling were counted. It has no weights, so there is no multiply-add.",
    hint="What is a multiply-add? Which weight would it be here?",
)

layer_count.mistake(
    "flatten_forgets_channels",
    ("int(np.prod(shape))", "int(np.prod(shape[:2]))"),
    cause="Flatten counts the places only; the channels are missing.",
    hint="How many numbers has a map of 4 × 3 with 5 channels?",
)

layer_count.mistake(
    "flatten_keeps",
    ("return (int(np.prod(shape)),), 0, 0", "return shape, 0, 0"),
    cause="Flatten handed the shape on as it came. It makes one row of all numbers.",
    hint="The docstring of a dense layer says what it wants: (n,).",
)

layer_count.mistake(
    "flatten_a_number",
    ("return (int(np.prod(shape)),), 0, 0", "return int(np.prod(shape)), 0, 0"),
    cause="The shape after flatten is a number. A shape is a tuple, of one number here.",
    hint="(60) is 60 for Python. How is a tuple of one entry written?",
)

layer_count.mistake(
    "sizes_floating",
    ("h, w = -(-h // stride), -(-w // stride)", "h, w = h / stride, w / stride"),
    cause="The sizes were not rounded: where the stride does not divide them, there is a fraction of a place.",
    hint="A side of 5 at stride 2: can there be half a place?",
)

layer_count.mistake(
    "filters_and_stride_exchanged",
    ("f, stride = settings[:2]", "f, stride = settings[0], settings[-1]"),
    ("filters = settings[2]", "filters = settings[1]"),
    cause="Stride and filters of a convolution have changed places.",
    hint="The docstring says in which order a layer names them.",
)

chain = exercise("count_network")

@chain.right("sums")
def count_network(layers, shape):
    counts = []
    for layer in layers:
        counts.append(count_layer(layer, shape))
        shape = counts[-1][0]
    return shape, sum(p for _, p, _ in counts), sum(a for _, _, a in counts)

@chain.right("recursive")
def count_network(layers, shape):
    if not layers:
        return shape, 0, 0
    out, p, a = count_layer(layers[0], shape)
    last, parameters, multiply_adds = count_network(layers[1:], out)
    return last, p + parameters, a + multiply_adds

chain.mistake(
    "shape_not_handed_on",
    ("shape, p, a = count_layer(layer, shape)", "out, p, a = count_layer(layer, shape if layer[0] != \"dense\" else (int(np.prod(shape)),))"),
    ("return shape, parameters", "return out, parameters"),
    cause="Each layer was counted on the shape of the picture, not on what the layer before it puts out.",
    hint="What goes into the second layer?",
)

chain.mistake(
    "last_layer_only",
    ("parameters += p", "parameters = p"),
    ("multiply_adds += a", "multiply_adds = a"),
    cause="Only the costs of the last layer came back. They are to be summed up over all layers.",
    hint="What is in your two counts after the second round of the loop?",
)

chain.mistake(
    "parameters_of_the_last",
    ("parameters += p", "parameters = p"),
    cause="The parameters are those of the last layer alone.",
    hint="What is in your count of parameters after the second round of the loop?",
)

chain.mistake(
    "work_of_the_last",
    ("multiply_adds += a", "multiply_adds = a"),
    cause="The multiply-adds are those of the last layer alone.",
    hint="What is in your count of multiply-adds after the second round of the loop?",
)

chain.mistake(
    "costs_exchanged",
    ("return shape, parameters, multiply_adds", "return shape, multiply_adds, parameters"),
    cause="The two costs have changed places.",
    hint="The docstring says in which order they are due.",
)

chain.mistake(
    "without_shape",
    ("return shape, parameters, multiply_adds", "return parameters, multiply_adds"),
    cause="The shape is missing from what came back.",
    hint="Three things are due: shape, parameters, multiply-adds.",
)

chain.mistake(
    "last_layer_left_out",
    ("for layer in layers", "for layer in layers[:-1]"),
    cause="The last layer was left out.",
    hint="Call it with a list of one layer.",
)

chain.mistake(
    "first_layer_left_out",
    ("for layer in layers", "for layer in layers[1:]"),
    cause="The first layer was left out.",
    hint="Call it with a list of one layer.",
)

chain.mistake(
    "returned_in_the_loop",
    ("        multiply_adds += a\n", "        multiply_adds += a\n        return shape, parameters, multiply_adds\n"),
    cause="The loop ends after the first layer: a return stands inside it.",
    hint="How far is your return indented?",
)

chain.mistake(
    "multiplied",
    ("parameters = multiply_adds = 0", "parameters = multiply_adds = 1"),
    ("parameters += p", "parameters *= max(p, 1)"),
    ("multiply_adds += a", "multiply_adds *= max(a, 1)"),
    cause="The costs of the layers were multiplied, not added up.",
    hint="Two layers of 100 weights each: how many are there together?",
)

chain.mistake(
    "list_emptied",
    ("for layer in layers:\n", "while layers:\n        layer = layers.pop(0)\n"),
    cause="The list of layers was emptied: pop takes them out of the list of the one who called.",
    hint="A for loop looks at each layer and leaves it where it is.",
)

vgg = exercise("vgg_layers")

@vgg.right("tables")
def vgg_layers(configuration, classes=1000):
    table = {
        "A": [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
        "B": [64, 64, "M", 128, 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
        "C": [64, 64, "M", 128, 128, "M", 256, 256, -256, "M", 512, 512, -512, "M", 512, 512, -512, "M"],
        "D": [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"],
        "E": [64, 64, "M", 128, 128, "M", *[256] * 4, "M", *[512] * 4, "M", *[512] * 4, "M"],
    }
    result = []
    for one in table[configuration]:
        if one == "M":
            result.append(("pool", 2, 2))
        elif one < 0:
            result.append(("conv", 1, 1, -one))
        else:
            result.append(("conv", 3, 1, one))
    result.extend([("flatten",), ("dense", 4096), ("dense", 4096), ("dense", classes)])
    return result

@vgg.right("lists")
def vgg_layers(configuration, classes=1000):
    counts = dict(A="11222", B="22222", C="22222", D="22333", E="22444")[configuration]
    blocks = []
    for block, count in enumerate(counts):
        filters = min(64 * 2**block, 512)
        blocks += [["conv", 3, 1, filters]] * int(count)
        if configuration == "C" and block >= 2:
            blocks += [["conv", 1, 1, filters]]
        blocks += [["pool", 2, 2]]
    return blocks + [["flatten"]] + [["dense", units] for units in (4096, 4096, classes)]

vgg.mistake(
    "always_d",
    ("columns[configuration]", "columns[\"D\"]"),
    ("configuration == \"C\" and i == 2", "False"),
    cause="The column D came back, whatever letter was asked for.",
    hint="Where in your function is configuration used?",
)

vgg.mistake(
    "c_as_d",
    ("f = 1 if configuration == \"C\" and i == 2 else 3", "f = 3"),
    cause="The third convolutions of C have 3 × 3. In the table these have 1 × 1.",
    hint="What does \"+ 1\" in the column of C mean?",
)

vgg.mistake(
    "c_as_b",
    ("\"C\": (2, 2, 3, 3, 3)", "\"C\": (2, 2, 2, 2, 2)"),
    cause="The convolutions of 1 × 1 in C were left out.",
    hint="What does \"+ 1\" in the column of C mean?",
)

vgg.mistake(
    "c_all_ones",
    ("configuration == \"C\" and i == 2", "configuration == \"C\" and convolutions == 3"),
    cause="All convolutions in the last blocks of C have 1 × 1. It is only the last of each block.",
    hint="\"2 + 1\" says two of one kind and one of another.",
)

vgg.mistake(
    "c_first_is_one",
    ("configuration == \"C\" and i == 2", "configuration == \"C\" and i == 0 and convolutions == 3"),
    cause="In C the 1 × 1 stands first in its block. It is the last of the block.",
    hint="Which of the three is \"+ 1\": before or after the two?",
)

vgg.mistake(
    "d_with_ones",
    ("f = 1 if configuration == \"C\" and i == 2 else 3", "f = 1 if i == 2 and convolutions == 3 else 3"),
    cause="The third convolutions of D have 1 × 1 as well. That is so in C alone.",
    hint="Compare the columns C and D of the table.",
)

vgg.mistake(
    "last_block_1024",
    ("(64, 128, 256, 512, 512)", "(64, 128, 256, 512, 1024)"),
    cause="The last block has 1024 channels: the channels were doubled once too often.",
    hint="How many channels has block 5 in the table?",
)

vgg.mistake(
    "one_pooling_only",
    ("        network.append((\"pool\", 2, 2))\n", "    network.append((\"pool\", 2, 2))\n"),
    cause="There is one pooling, after all blocks. There should be one after each block.",
    hint="How far is the line with the pooling indented?",
)

vgg.mistake(
    "pooling_after_each_convolution",
    ("            network.append((\"conv\", f, 1, filters))\n        network.append((\"pool\", 2, 2))\n",
     "            network.append((\"conv\", f, 1, filters))\n            network.append((\"pool\", 2, 2))\n"),
    cause="A pooling stands after each convolution. There should be one after each block.",
    hint="How far is the line with the pooling indented?",
)

vgg.mistake(
    "last_pooling_missing",
    ("return network + [", "return network[:-1] + ["),
    cause="The pooling after the last block is missing.",
    hint="After how many blocks does a pooling stand?",
)

vgg.mistake(
    "pooling_of_three",
    ("(\"pool\", 2, 2)", "(\"pool\", 3, 2)"),
    cause="The poolings have windows of 3 × 3. Here they have 2 × 2.",
    hint="Read the sentence below the table once more.",
)

vgg.mistake(
    "pooling_stride_one",
    ("(\"pool\", 2, 2)", "(\"pool\", 2, 1)"),
    cause="The poolings move by one pixel, so that no map becomes smaller.",
    hint="Read the sentence below the table once more.",
)

vgg.mistake(
    "no_flatten",
    ("[(\"flatten\",), (\"dense\", 4096), ", "[(\"dense\", 4096), "),
    cause="The flatten before the dense layers is missing.",
    hint="What shape does a dense layer take?",
)

vgg.mistake(
    "one_hidden_dense",
    ("(\"dense\", 4096), (\"dense\", 4096)", "(\"dense\", 4096)"),
    cause="There is one dense layer of 4096. There should be two before the last one.",
    hint="Count the layers with weights in D: there should be 16.",
)

vgg.mistake(
    "classes_ignored",
    ("(\"dense\", classes)", "(\"dense\", 1000)"),
    cause="The last layer has 1000 units, whatever classes says.",
    hint="Call it with classes=6, and look at the last layer.",
)

vgg.mistake(
    "no_last_dense",
    (", (\"dense\", classes)]", "]"),
    cause="The last dense layer, with a unit for each class, is missing.",
    hint="Count the layers with weights in D: there should be 16.",
)

vgg.mistake(
    "stride_two",
    ("(\"conv\", f, 1, filters)", "(\"conv\", f, 2, filters)"),
    cause="The convolutions have stride 2. In the table all have stride 1; only the poolings halve the map.",
    hint="How many rows would be left after block 3?",
)

vgg.mistake(
    "filters_and_stride_exchanged",
    ("(\"conv\", f, 1, filters)", "(\"conv\", f, filters, 1)"),
    cause="Stride and filters have changed places in each convolution.",
    hint="The table of layers says in which order they stand.",
)

vgg.mistake(
    "e_of_three",
    ("\"E\": (2, 2, 4, 4, 4)", "\"E\": (2, 2, 3, 3, 4)"),
    cause="E has too few convolutions: blocks 3, 4 and 5 have four each.",
    hint="E has 19 layers with weights, three of them dense. How many convolutions are that?",
)

vgg.mistake(
    "a_has_two_everywhere",
    ("\"A\": (1, 1, 2, 2, 2)", "\"A\": (2, 2, 2, 2, 2)"),
    cause="The first two blocks of A have two convolutions. In the table they have one.",
    hint="Compare the columns A and B of the table.",
)

factor = exercise("bottleneck_factor")

@factor.right("shortened")
def bottleneck_factor(f, channels, reduced, filters):
    return reduced * (1 / channels + 1 / (f * f * filters))

@factor.right("two_parts")
def bottleneck_factor(f, channels, reduced, filters):
    return reduced / (f**2 * filters) + reduced / channels

@factor.right("counted")
def bottleneck_factor(f, channels, reduced, filters):
    before = count_network([("conv", f, 1, filters)], (1, 1, channels))[2]
    after = count_network([("conv", 1, 1, reduced), ("conv", f, 1, filters)], (1, 1, channels))[2]
    return after / before

factor.mistake(
    "upside_down",
    ("return (channels * reduced + f**2 * reduced * filters) / without",
     "return without / (channels * reduced + f**2 * reduced * filters)"),
    cause="The quotient is upside down: it says how many times less work there is, not which share is left.",
    hint="The share that is left is below 1 where something is saved.",
)

factor.mistake(
    "share_saved",
    ("return (channels * reduced + f**2 * reduced * filters) / without",
     "return 1 - (channels * reduced + f**2 * reduced * filters) / without"),
    cause="This is the share that is saved, not the share that is left.",
    hint="With a bottleneck as wide as the map, what is left is more than 1.",
)

factor.mistake(
    "reduction_free",
    ("channels * reduced + f**2 * reduced * filters", "f**2 * reduced * filters"),
    cause="The 1 × 1 convolution itself was not counted.",
    hint="Your answer 2 has two summands. Which layer does each of them stand for?",
)

factor.mistake(
    "window_free",
    ("channels * reduced + f**2 * reduced * filters", "channels * reduced"),
    cause="Only the 1 × 1 convolution was counted; the window after it is missing.",
    hint="Your answer 2 has two summands. Which layer does each of them stand for?",
)

factor.mistake(
    "window_reads_all",
    ("f**2 * reduced * filters", "f**2 * channels * filters"),
    cause="The window was counted as if it still read all channels. It reads the narrow map.",
    hint="How many channels go into the second layer?",
)

factor.mistake(
    "reduction_with_a_window",
    ("channels * reduced + f**2", "f**2 * channels * reduced + f**2"),
    cause="The first convolution was counted with the window f × f. It has 1 × 1.",
    hint="How many weights has one filter of 1 × 1?",
)

factor.mistake(
    "window_not_squared",
    ("f**2 * channels * filters", "f * channels * filters"),
    ("f**2 * reduced", "f * reduced"),
    cause="A window was counted with f weights for each channel. It has f rows and f columns.",
    hint="How many pixels does a window of 5 × 5 read?",
)

factor.mistake(
    "reduced_for_filters",
    ("channels * reduced + f**2 * reduced * filters", "channels * filters + f**2 * reduced * filters"),
    cause="The 1 × 1 convolution puts out all the filters already, and not the narrow map.",
    hint="How many channels come out of the first layer?",
)

factor.mistake(
    "product_for_sum",
    ("channels * reduced + f**2 * reduced * filters", "channels * reduced * f**2 * reduced * filters"),
    cause="The costs of the two layers were multiplied. They are done one after the other, so they add up.",
    hint="Two layers of 100 products each: how many are there together?",
)

factor.mistake(
    "biases_counted",
    ("f**2 * channels * filters", "(f**2 * channels + 1) * filters"),
    ("(channels * reduced + f**2 * reduced * filters)", "((channels + 1) * reduced + (f**2 * reduced + 1) * filters)"),
    cause="The biases were counted as well: this is the quotient of the parameters.",
    hint="A multiply-add is a product of a weight and a number. Is a bias multiplied?",
)

factor.mistake(
    "rounded_to_whole",
    (") / without", ") // without"),
    cause="The quotient was rounded down to a whole number, which is 0 wherever something is saved.",
    hint="One of the two operators / and // keeps the fraction.",
)

module = exercise("inception_module")

@module.right("functional")
def inception_module(X, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    from keras.layers import Activation, Concatenate, Conv2D, MaxPooling2D

    branch1 = Activation("relu")(Conv2D(f1, (1, 1), strides=(1, 1), padding="valid", name="one")(X))
    branch3 = X
    if f3_reduce:
        branch3 = Activation("relu")(Conv2D(f3_reduce, (1, 1), strides=(1, 1), padding="same")(X))
    branch3 = Activation("relu")(Conv2D(f3, (3, 3), strides=(1, 1), padding="same")(branch3))
    branch5 = X
    if f5_reduce:
        branch5 = Activation("relu")(Conv2D(f5_reduce, (1, 1), strides=(1, 1), padding="same")(X))
    branch5 = Activation("relu")(Conv2D(f5, (5, 5), strides=(1, 1), padding="same")(branch5))
    pool = MaxPooling2D(pool_size=(3, 3), strides=(1, 1), padding="same")(X)
    if pool_proj:
        pool = Activation("relu")(Conv2D(pool_proj, (1, 1))(pool))
    return Concatenate(axis=3)([branch1, branch3, branch5, pool])

@module.right("padded")
def inception_module(X, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    import tensorflow as tf

    one = layers.ReLU()(layers.Conv2D(f1, 1)(X))
    three = X if f3_reduce is None else layers.ReLU()(layers.Conv2D(f3_reduce, 1)(X))
    three = tf.keras.layers.Conv2D(f3, 3, activation="relu")(layers.ZeroPadding2D(1)(three))
    five = X if f5_reduce is None else layers.ReLU()(layers.Conv2D(f5_reduce, 1)(X))
    five = tf.keras.layers.Conv2D(f5, 5, activation=tf.nn.relu)(layers.ZeroPadding2D(2)(five))
    pooled = layers.MaxPool2D((3, 3), 1, "same")(X)
    if pool_proj is not None:
        pooled = keras.activations.relu(layers.Conv2D(pool_proj, 1)(pooled))
    return layers.concatenate([one, three, five, pooled])

@module.right("loop")
def inception_module(X, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    start = {3: X, 5: X}
    for window, width in ((3, f3_reduce), (5, f5_reduce)):
        if width is not None:
            start[window] = layers.Conv2D(width, 1, activation="relu")(X)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(X)
    if pool_proj is not None:
        pooled = layers.Conv2D(pool_proj, 1, activation="relu")(pooled)
    same = dict(padding="same", activation="relu")
    five = layers.Conv2D(f5, 5, **same)(start[5])
    three = layers.Conv2D(f3, 3, **same)(start[3])
    return keras.ops.concatenate([layers.Conv2D(f1, 1, **same)(X), three, five, pooled], axis=-1)

module.mistake(
    "order_turned",
    ("(branches)", "(branches[::-1])"),
    cause="The branches are put one behind the other in the opposite order.",
    hint="The docstring names the order: 1 × 1, 3 × 3, 5 × 5, pooling.",
)

module.mistake(
    "pooling_first",
    ("(branches)", "(branches[3:] + branches[:3])"),
    cause="The pooling branch stands first. It is the last of the four.",
    hint="The docstring names the order: 1 × 1, 3 × 3, 5 × 5, pooling.",
)

module.mistake(
    "no_relu",
    (", activation=\"relu\")", ")"),
    cause="There is no ReLU after the convolutions.",
    hint="After every convolution stands a ReLU. What does Keras do when no activation is named?",
)

module.mistake(
    "bottlenecks_without_relu",
    ("layers.Conv2D(filters, f, padding=\"same\", activation=\"relu\")",
     "layers.Conv2D(filters, f, padding=\"same\", activation=None if f == 1 and filters in (f3_reduce, f5_reduce) else \"relu\")"),
    cause="The bottlenecks have no ReLU after them. Every convolution has one, the 1 × 1 as well.",
    hint="Without a ReLU between them, what do two convolutions in a row amount to?",
)

module.mistake(
    "projection_without_relu",
    ("convolution(pooled, pool_proj, 1),", "pooled if pool_proj is None else layers.Conv2D(pool_proj, 1)(pooled),"),
    cause="The 1 × 1 after the pooling has no ReLU after it.",
    hint="After every convolution stands a ReLU, in the fourth branch as well.",
)

module.mistake(
    "relu_at_the_end_only",
    (", activation=\"relu\")", ")"),
    ("return layers.Concatenate(axis=-1)(branches)", "return layers.ReLU()(layers.Concatenate(axis=-1)(branches))"),
    cause="There is one ReLU, after the branches are joined. Each convolution should have its own.",
    hint="How many ReLUs stand between a bottleneck and the window after it?",
)

module.mistake(
    "average_pooling",
    ("layers.MaxPooling2D", "layers.AveragePooling2D"),
    cause="The fourth branch takes averages. It should take maxima.",
    hint="Compare your layer with the table of the four branches.",
)

module.mistake(
    "pooling_of_two",
    ("MaxPooling2D(3, strides=1", "MaxPooling2D(2, strides=1"),
    cause="The pooling has a window of 2 × 2. It should have 3 × 3.",
    hint="Compare your layer with the table of the four branches.",
)

module.mistake(
    "pooling_after_the_projection",
    ("    pooled = layers.MaxPooling2D(3, strides=1, padding=\"same\")(X)\n", ""),
    ("convolution(pooled, pool_proj, 1),", "layers.MaxPooling2D(3, strides=1, padding=\"same\")(convolution(X, pool_proj, 1)),"),
    cause="In the fourth branch the 1 × 1 stands before the pooling. It comes after it.",
    hint="Which of the two reads X?",
)

module.mistake(
    "reduce_after_the_window",
    ("convolution(convolution(X, f3_reduce, 1), f3, 3)", "convolution(convolution(X, f3, 3), f3_reduce, 1)"),
    cause="In the second branch the 1 × 1 comes after the window. There it saves nothing.",
    hint="What does the window read, and what should it read?",
)

module.mistake(
    "windows_exchanged",
    ("f3_reduce, 1), f3, 3)", "f3_reduce, 1), f3, 5)"),
    ("f5_reduce, 1), f5, 5)", "f5_reduce, 1), f5, 3)"),
    cause="The windows 3 × 3 and 5 × 5 have changed places.",
    hint="Which window do the names of the widths name?",
)

module.mistake(
    "reduces_exchanged",
    ("convolution(convolution(X, f3_reduce, 1), f3, 3)", "convolution(convolution(X, f5_reduce, 1), f3, 3)"),
    ("convolution(convolution(X, f5_reduce, 1), f5, 5)", "convolution(convolution(X, f3_reduce, 1), f5, 5)"),
    cause="The two bottlenecks have changed branches.",
    hint="Which width belongs before which window?",
)

module.mistake(
    "one_after_the_other",
    ("convolution(convolution(X, f5_reduce, 1), f5, 5),\n    ", "None,\n    "),
    ("    return layers.Concatenate", "    branches[2] = convolution(convolution(branches[1], f5_reduce, 1), f5, 5)\n    return layers.Concatenate"),
    cause="The third branch reads what the second puts out. All four read X.",
    hint="The branches stand side by side. What does each of them read?",
)

module.mistake(
    "pooling_ignored",
    ("convolution(pooled, pool_proj, 1),", "convolution(X, pool_proj, 1),"),
    cause="The fourth branch reads X and not what was pooled.",
    hint="What is the input of your last 1 × 1?",
)

module.mistake(
    "added",
    ("layers.Concatenate(axis=-1)(branches)",
     "layers.Add()([layers.Conv2D(f1, 1, padding=\"same\")(one) if one.shape[-1] != f1 else one for one in branches])"),
    cause="The branches were added up. Their channels are put one behind the other.",
    hint="How many channels come out in the docstring?",
)

module.mistake(
    "joined_along_columns",
    ("layers.Concatenate(axis=-1)(branches)", "layers.Concatenate(axis=2)([convolution(one, f1, 1) for one in branches])"),
    cause="The branches were joined along the columns, not along the channels.",
    hint="Which of the four axes holds the channels?",
)

module.mistake(
    "branch_left_out",
    ("    branches = [\n        convolution(X, f1, 1),\n", "    branches = [\n"),
    cause="The branch of 1 × 1 is missing.",
    hint="How many branches has the table?",
)

module.mistake(
    "no_pooling_branch",
    ("        convolution(pooled, pool_proj, 1),\n", ""),
    cause="The branch with the pooling is missing.",
    hint="How many branches has the table?",
)

module.mistake(
    "five_as_three",
    ("f5_reduce, 1), f5, 5)", "f5_reduce, 1), f5, 3)"),
    cause="The third branch has a window of 3 × 3. It should have 5 × 5.",
    hint="Compare the windows with the table of the four branches.",
)

module.mistake(
    "bottlenecks_left_out",
    ("if filters is None:", "if filters is None or filters in (f3_reduce, f5_reduce) and f == 1:"),
    cause="The bottlenecks are missing: it is the naive module whatever the widths say.",
    hint="What do f3_reduce and f5_reduce do in your function?",
)

module.mistake(
    "none_as_channels",
    ("        if filters is None:\n            return tensor\n", "        if filters is None:\n            filters = tensor.shape[-1]\n"),
    cause="For None a 1 × 1 with as many channels stands there. None says that there is no such layer.",
    hint="How many convolutions has the naive module?",
)

module_count = exercise("inception_costs")

@module_count.right("built")
def inception_costs(shape, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    h, w, c = shape
    parameters = work = 0
    for r, f, n in ((None, 1, f1), (f3_reduce, 3, f3), (f5_reduce, 5, f5), (None, 1, pool_proj)):
        if n is None:
            continue
        depth = c
        if r is not None:
            parameters += (c + 1) * r
            work += c * r * h * w
            depth = r
        parameters += (f * f * depth + 1) * n
        work += f * f * depth * n * h * w
    return (h, w, f1 + f3 + f5 + (c if pool_proj is None else pool_proj)), parameters, work

@module_count.right("keras")
def inception_costs(shape, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    def conv(X, n, f):
        return X if n is None else layers.Conv2D(n, f, padding="same")(X)

    X = keras.Input(shape)
    pool = conv(layers.MaxPooling2D(3, 1, "same")(X), pool_proj, 1)
    parts = [conv(X, f1, 1), conv(conv(X, f3_reduce, 1), f3, 3), conv(conv(X, f5_reduce, 1), f5, 5), pool]
    model = keras.Model(X, layers.Concatenate()(parts))
    return model.output_shape[1:], model.count_params(), costs.multiply_adds(model)

@module_count.right("layer_by_layer")
def inception_costs(shape, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    all_channels, all_parameters, all_work = 0, 0, 0
    for branch in (
        [("conv", 1, 1, f1)],
        [("conv", 1, 1, f3_reduce), ("conv", 3, 1, f3)],
        [("conv", 1, 1, f5_reduce), ("conv", 5, 1, f5)],
        [("pool", 3, 1), ("conv", 1, 1, pool_proj)],
    ):
        out = shape
        for layer in branch:
            if layer[-1] is None:
                continue
            out, parameters, work = count_layer(layer, out)
            all_parameters += parameters
            all_work += work
        all_channels += out[-1]
    return (shape[0], shape[1], all_channels), all_parameters, all_work

module_count.mistake(
    "one_chain",
    ("    counts = [count_network(branch, shape) for branch in branches]\n",
     "    counts = []\n    for branch in branches:\n        counts.append(count_network(branch, counts[-1][0] if counts else shape))\n"),
    cause="The branches were counted one after the other, each on what the one before puts out. All four read the same map.",
    hint="Which shape goes into the third branch?",
)

module_count.mistake(
    "channels_of_the_last",
    ("channels = sum(out[2] for out, _, _ in counts)", "channels = counts[-1][0][2]"),
    cause="The channels are those of the last branch alone.",
    hint="The channels of four branches are put one behind the other.",
)

module_count.mistake(
    "pool_channels_lost",
    ("channels = sum(out[2] for out, _, _ in counts)", "channels = f1 + f3 + f5 + (pool_proj or 0)"),
    cause="Without a projection the channels of the pooling are missing from the shape.",
    hint="What does a pooling do to the channels of its map?",
)

module_count.mistake(
    "reduces_in_the_channels",
    ("channels = sum(out[2] for out, _, _ in counts)",
     "channels = sum(out[2] for out, _, _ in counts) + (f3_reduce or 0) + (f5_reduce or 0)"),
    cause="The bottlenecks' channels were added to those of the output. They stay inside their branches.",
    hint="What comes out of the second branch: the narrow map as well?",
)

module_count.mistake(
    "windows_read_all",
    ("narrow(f3_reduce) + [(\"conv\", 3, 1, f3)]", "[(\"conv\", 3, 1, f3)]"),
    ("narrow(f5_reduce) + [(\"conv\", 5, 1, f5)]", "[(\"conv\", 5, 1, f5)]"),
    cause="The bottlenecks were not counted, and the windows read all channels.",
    hint="What do f3_reduce and f5_reduce do in your function?",
)

module_count.mistake(
    "reduces_beside",
    ("        narrow(f3_reduce) + [(\"conv\", 3, 1, f3)],\n        narrow(f5_reduce) + [(\"conv\", 5, 1, f5)],\n",
     "        [(\"conv\", 3, 1, f3)],\n        [(\"conv\", 5, 1, f5)],\n"),
    ("    channels = ", "    extra = [count_network(narrow(f3_reduce), shape), count_network(narrow(f5_reduce), shape)]\n    channels = "),
    ("sum(p for _, p, _ in counts), sum(a for _, _, a in counts)",
     "sum(p for _, p, _ in counts + extra), sum(a for _, _, a in counts + extra)"),
    cause="The bottlenecks were counted, but the windows still read all channels.",
    hint="How many channels go into the 3 × 3?",
)

module_count.mistake(
    "projection_forgotten",
    ("[(\"pool\", 3, 1)] + narrow(pool_proj)", "[(\"pool\", 3, 1)]"),
    cause="The 1 × 1 after the pooling was left out.",
    hint="What does pool_proj do in your function?",
)

module_count.mistake(
    "none_counted_as_channels",
    ("return [] if filters is None else [(\"conv\", 1, 1, filters)]",
     "return [(\"conv\", 1, 1, shape[2] if filters is None else filters)]"),
    cause="For None a 1 × 1 with as many channels was counted. None says that there is no such layer.",
    hint="How many convolutions has the naive module?",
)

module_count.mistake(
    "windows_exchanged",
    ("[(\"conv\", 3, 1, f3)]", "[(\"conv\", 5, 1, f3)]"),
    ("[(\"conv\", 5, 1, f5)]", "[(\"conv\", 3, 1, f5)]"),
    cause="The windows 3 × 3 and 5 × 5 have changed places.",
    hint="Which window do the names of the widths name?",
)

module_count.mistake(
    "pool_strides",
    ("[(\"pool\", 3, 1)] + narrow", "[(\"pool\", 3, 3)] + narrow"),
    cause="The pooling has stride 3: its map is smaller than those of the other branches.",
    hint="Which stride keeps height and width?",
)

module_count.mistake(
    "parameters_only",
    ("sum(a for _, _, a in counts)", "sum(p for _, p, _ in counts)"),
    cause="The parameters came back in the place of the multiply-adds as well.",
    hint="Which of the three entries of a count did you add up at the end?",
)

module_count.mistake(
    "first_branch_forgotten",
    ("        narrow(f1),\n", ""),
    cause="The branch of 1 × 1 was left out.",
    hint="How many branches has the table?",
)

layer_count.equivalent("return ((int(np.prod(shape)),), 0, 0)", "return ((np.prod(shape),), 0, 0)", reason="a whole number of NumPy is as good as one of Python.")

layer_count.equivalent("weights = shape[0] * settings[0]", "weights = shape[-1] * settings[0]", reason="what goes into a dense layer has one number: the first is the last.")

layer_count.equivalent("weights = shape[0] * settings[0]", "weights = shape[0] * settings[-1]", reason="a dense layer has one setting: the first is the last.")

layer_count.equivalent("return ((settings[0],), weights + settings[0], weights)", "return ((settings[-1],), weights + settings[0], weights)", reason="a dense layer has one setting: the first is the last.")

layer_count.equivalent("return ((settings[0],), weights + settings[0], weights)", "return ((settings[0],), weights + settings[-1], weights)", reason="a dense layer has one setting: the first is the last.")

module.equivalent("return layers.Concatenate(axis=-1)(branches)", "return layers.Concatenate()(branches)", reason="the last axis is Keras's default.")

module_count.equivalent(
    "branches = [narrow(f1), narrow(f3_reduce) + [('conv', 3, 1, f3)], narrow(f5_reduce) + [('conv', 5, 1, f5)], [('pool', 3, 1)] + narrow(pool_proj)]",
    "branches = [narrow(f1), narrow(f3_reduce) + [('conv', 3, 1, f3)], narrow(f5_reduce) + [('conv', 5, 1, f5)], narrow(pool_proj)]",
    reason="a pooling of stride 1 keeps the shape and costs nothing.",
)

module_count.equivalent(
    "branches = [narrow(f1), narrow(f3_reduce) + [('conv', 3, 1, f3)], narrow(f5_reduce) + [('conv', 5, 1, f5)], [('pool', 3, 1)] + narrow(pool_proj)]",
    "branches = [narrow(f1), narrow(f3_reduce) + [('conv', 3, 1, f3)], narrow(f5_reduce) + [('conv', 5, 1, f5)], [('pool', 4, 1)] + narrow(pool_proj)]",
    reason="a pooling of stride 1 keeps the shape and costs nothing, whatever its window.",
)

module_count.equivalent(
    "branches = [narrow(f1), narrow(f3_reduce) + [('conv', 3, 1, f3)], narrow(f5_reduce) + [('conv', 5, 1, f5)], [('pool', 3, 1)] + narrow(pool_proj)]",
    "branches = [narrow(f1), narrow(f3_reduce) + [('conv', 3, 1, f3)], narrow(f5_reduce) + [('conv', 5, 1, f5)], [('pool', 2, 1)] + narrow(pool_proj)]",
    reason="a pooling of stride 1 keeps the shape and costs nothing, whatever its window.",
)
