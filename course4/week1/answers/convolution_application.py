"""Answers that people give to the exercises of convolution_application.py: read, never imported (see CONTRIBUTING.md)."""


shape = exercise("layer_shape")

@shape.right("case_by_case")
def layer_shape(layer, shape):
    kind = layer["kind"]
    if kind in ("convolution", "max pooling", "average pooling"):
        h, w, c = shape
        f, s = layer["f"], layer["stride"]
        if layer["pad"] == "same":
            h, w = int(np.ceil(h / s)), int(np.ceil(w / s))
        else:
            h, w = int((h - f) / s) + 1, int((w - f) / s) + 1
        if kind == "convolution":
            c = layer["filters"]
        return (h, w, c)
    if kind == "zero padding":
        p = layer["pad"]
        return (shape[0] + 2 * p, shape[1] + 2 * p, shape[2])
    if kind == "flatten":
        n = 1
        for size in shape:
            n *= size
        return (n,)
    if kind == "dense":
        return (layer["units"],)
    return tuple(shape)

@shape.right("numpy_sizes")
def layer_shape(layer, shape):
    kind = layer["kind"]
    if kind == "flatten":
        return [int(np.prod(shape))]
    if kind == "dense":
        return [layer["units"]]
    sides = np.array(shape[:2])
    if kind == "zero padding":
        return [*(sides + 2 * layer["pad"]).tolist(), shape[2]]
    if "f" not in layer:
        return list(shape)
    if layer["pad"] == "same":
        sides = np.ceil(sides / layer["stride"]).astype(int)
    else:
        sides = np.floor((sides - layer["f"]) / layer["stride"]).astype(int) + 1
    return [*sides.tolist(), layer["filters"] if kind == "convolution" else shape[2]]

@shape.right("asked_of_keras")
def layer_shape(layer, shape):
    kind = layer["kind"]
    made = {
        "convolution": lambda: tfl.Conv2D(layer["filters"], layer["f"], layer["stride"], layer["pad"]),
        "max pooling": lambda: tfl.MaxPooling2D(layer["f"], layer["stride"], layer["pad"]),
        "average pooling": lambda: tfl.AveragePooling2D(layer["f"], layer["stride"], layer["pad"]),
        "zero padding": lambda: tfl.ZeroPadding2D(layer["pad"]),
        "flatten": lambda: tfl.Flatten(),
        "dense": lambda: tfl.Dense(layer["units"]),
    }
    if kind not in made:
        return shape
    return tuple(made[kind]().compute_output_shape((None, *shape))[1:])

shape.mistake(
    "same_without_stride",
    ("sides.append(-(-n // layer[\"stride\"]))", "sides.append(n)"),
    cause="For \"same\" the sides stayed as they were: the stride was forgotten.",
    hint="\"same\" keeps the size at stride 1 only. How many places are there on 7 pixels, at stride 3?",
)

shape.mistake(
    "same_rounded_down",
    ("-(-n // layer[\"stride\"])", "n // layer[\"stride\"]"),
    cause="For \"same\" the quotient was rounded down.",
    hint="Which places at stride 3 lie on a side of 7 pixels, starting at 0?",
)

shape.mistake(
    "same_like_valid",
    ("-(-n // layer[\"stride\"])", "(n - layer[\"f\"]) // layer[\"stride\"] + 1"),
    cause="\"same\" was treated like \"valid\".",
    hint="Call it twice, with the two words. The results should differ.",
)

shape.mistake(
    "valid_like_same",
    ("(n - layer[\"f\"]) // layer[\"stride\"] + 1", "-(-n // layer[\"stride\"])"),
    cause="\"valid\" was treated like \"same\".",
    hint="Call it twice, with the two words. The results should differ.",
)

shape.mistake(
    "words_exchanged",
    ("== \"same\"", "== \"valid\""),
    cause="\"same\" and \"valid\" have changed places.",
    hint="Which of the two adds zeros?",
)

shape.mistake(
    "first_place_forgotten",
    ("// layer[\"stride\"] + 1", "// layer[\"stride\"]"),
    cause="For \"valid\" the steps were counted, not the places: the first place is missing.",
    hint="How many places has a window that is as large as the picture?",
)

shape.mistake(
    "one_inside_the_brackets",
    ("(n - layer[\"f\"]) // layer[\"stride\"] + 1", "(n - layer[\"f\"] + 1) // layer[\"stride\"]"),
    cause="For \"valid\" the 1 was added before the division, so the stride divides it as well.",
    hint="How many places has a window as large as the picture, at stride 3?",
)

shape.mistake(
    "valid_rounded_up",
    ("(n - layer[\"f\"]) // layer[\"stride\"] + 1", "-(-(n - layer[\"f\"]) // layer[\"stride\"]) + 1"),
    cause="For \"valid\" the number of steps was rounded up: the last window hangs over the edge.",
    hint="A side of 7, a window of 4, stride 2: where would your last window end?",
)

shape.mistake(
    "not_rounded",
    ("(n - layer[\"f\"]) // layer[\"stride\"] + 1", "(n - layer[\"f\"]) / layer[\"stride\"] + 1"),
    cause="For \"valid\" the division was not rounded: a fraction of a place comes out.",
    hint="Which operator divides whole numbers and rounds down?",
)

shape.mistake(
    "valid_without_stride",
    ("(n - layer[\"f\"]) // layer[\"stride\"] + 1", "n - layer[\"f\"] + 1"),
    cause="For \"valid\" the stride was not used.",
    hint="With twice the stride there are about half as many places.",
)

shape.mistake(
    "window_for_stride",
    ("(n - layer[\"f\"]) // layer[\"stride\"] + 1", "(n - layer[\"f\"]) // layer[\"f\"] + 1"),
    cause="For \"valid\" the window moves by its own size, not by the stride.",
    hint="That is right only where f and stride are equal. Look for f where the stride belongs.",
)

shape.mistake(
    "channels_kept",
    ("layer.get(\"filters\", shape[2])", "shape[2]"),
    cause="A convolution puts out as many channels as it got: its filters were forgotten.",
    hint="Each filter makes one map. How many maps are there?",
)

shape.mistake(
    "channels_times_filters",
    ("layer.get(\"filters\", shape[2])", "layer.get(\"filters\", 1) * shape[2]"),
    cause="The channels were multiplied by the filters. A filter is as deep as its picture and makes one map.",
    hint="How many maps do 5 filters make of a picture with 3 channels?",
)

shape.mistake(
    "pooling_makes_one_map",
    ("layer.get(\"filters\", shape[2])", "layer.get(\"filters\", 1)"),
    cause="Pooling puts out a single channel. It works channel by channel.",
    hint="Over which axes does pooling take its maximum?",
)

shape.mistake(
    "height_for_both",
    ("for n in shape[:2]:", "for n in (shape[0], shape[0]):"),
    cause="Right only on square pictures: the height was used for both sides.",
    hint="Try a picture that is wider than high.",
)

shape.mistake(
    "sides_exchanged",
    ("for n in shape[:2]:", "for n in (shape[1], shape[0]):"),
    cause="Height and width have changed places.",
    hint="Try a picture that is wider than high. Which comes first?",
)

shape.mistake(
    "padded_once",
    ("height + 2 * layer[\"pad\"], width + 2 * layer[\"pad\"]", "height + layer[\"pad\"], width + layer[\"pad\"]"),
    cause="Zero padding was counted at one end of each side only.",
    hint="Zeros stand on the left and on the right. How wide is the result?",
)

shape.mistake(
    "channels_padded",
    ("2 * layer[\"pad\"], channels)", "2 * layer[\"pad\"], channels + 2 * layer[\"pad\"])"),
    cause="Zero padding added channels as well.",
    hint="Which of the three numbers are height and width?",
)

shape.mistake(
    "padding_ignored",
    ("(height + 2 * layer[\"pad\"], width + 2 * layer[\"pad\"], channels)", "(height, width, channels)"),
    cause="Zero padding left the shape as it was.",
    hint="Rows and columns are put around the picture. How many more are there?",
)

shape.mistake(
    "flat_keeps_channels",
    ("return (math.prod(shape),)", "return (shape[0] * shape[1], shape[2])"),
    cause="Flatten put rows and columns in a row, and left the channels as an axis of their own.",
    hint="A dense layer wants one row of numbers. How many axes has your result?",
)

shape.mistake(
    "flat_without_channels",
    ("math.prod(shape)", "math.prod(shape[:2])"),
    cause="Flatten counted the places and forgot the channels.",
    hint="How many numbers are there in an array of 5 × 8 × 3?",
)

shape.mistake(
    "flat_sum",
    ("math.prod(shape)", "sum(shape)"),
    cause="Flatten added up the sides in the place of multiplying them.",
    hint="How many numbers are there in an array of 5 × 8 × 3?",
)

shape.mistake(
    "bare_numbers",
    ("return (math.prod(shape),)", "return math.prod(shape)"),
    ("return (layer[\"units\"],)", "return (layer[\"units\"])"),
    cause="A bare number came back for flatten and dense, where a tuple of one number is due.",
    hint="In Python it is the comma that makes a tuple of one, not the brackets.",
)

shape.mistake(
    "flat_bare_number",
    ("return (math.prod(shape),)", "return math.prod(shape)"),
    cause="A bare number came back for flatten, where a tuple of one number is due.",
    hint="In Python it is the comma that makes a tuple of one, not the brackets.",
)

shape.mistake(
    "dense_added",
    ("return (layer[\"units\"],)", "return (*shape, layer[\"units\"])"),
    cause="The units of a dense layer were put behind the shape that went in. They take its place.",
    hint="How many numbers does a dense layer of 6 units put out?",
)

shape.mistake(
    "dense_counts_weights",
    ("return (layer[\"units\"],)", "return (shape[0] * layer[\"units\"],)"),
    cause="The weights of the dense layer were counted, not what it puts out.",
    hint="How many numbers does a dense layer of 6 units put out?",
)

shape.mistake(
    "average_pooling_forgotten",
    ("(\"convolution\", \"max pooling\", \"average pooling\")", "(\"convolution\", \"max pooling\")"),
    cause="Average pooling left the shape as it was.",
    hint="Read the kinds in the docstring once more: two of them are poolings.",
)

shape.mistake(
    "normalization_flattens",
    ("    if kind not in (", "    if kind == \"batch normalization\":\n        return (shape[-1],)\n    if kind not in ("),
    cause="Batch normalization gave its number of channels, not the shape of the maps.",
    hint="It takes the mean of a channel off every entry. How many entries are there before and after?",
)


count = exercise("layer_parameters")

@count.right("case_by_case")
def layer_parameters(layer, shape):
    if layer["kind"] == "convolution":
        weights = layer["f"] * layer["f"] * shape[-1] * layer["filters"]
        return [weights + layer["filters"], 0]
    if layer["kind"] == "dense":
        weights = shape[0] * layer["units"]
        return [weights + layer["units"], 0]
    if layer["kind"] == "batch normalization":
        gamma = beta = mean = variance = shape[-1]
        return [gamma + beta, mean + variance]
    return [0, 0]

@count.right("shapes_of_arrays")
def layer_parameters(layer, shape):
    trained, others = [], []
    if layer["kind"] == "convolution":
        trained = [(layer["f"], layer["f"], shape[2], layer["filters"]), (layer["filters"],)]
    if layer["kind"] == "dense":
        trained = [(*shape, layer["units"]), (layer["units"],)]
    if layer["kind"] == "batch normalization":
        trained = others = [(shape[-1],)] * 2
    return tuple(sum(np.prod(s) for s in arrays) for arrays in (trained, others))

@count.right("asked_of_keras")
def layer_parameters(layer, shape):
    kind = layer["kind"]
    if kind == "convolution":
        made = Conv2D(layer["filters"], layer["f"])
    elif kind == "dense":
        made = Dense(layer["units"])
    elif kind == "batch normalization":
        made = BatchNormalization()
    else:
        return 0, 0
    made.build((None, *shape))
    trained = sum(math.prod(w.shape) for w in made.trainable_weights)
    return trained, made.count_params() - trained

count.mistake(
    "bias_forgotten",
    ("(layer[\"f\"] ** 2 * shape[2] + 1)", "(layer[\"f\"] ** 2 * shape[2])"),
    cause="The biases of the filters were left out.",
    hint="In the example by hand there are 60 weights. And how many parameters?",
)

count.mistake(
    "one_bias_for_all",
    ("(layer[\"f\"] ** 2 * shape[2] + 1) * layer[\"filters\"]", "layer[\"f\"] ** 2 * shape[2] * layer[\"filters\"] + 1"),
    cause="One bias was counted for all filters together.",
    hint="Each filter has a bias of its own.",
)

count.mistake(
    "bias_per_channel",
    ("(layer[\"f\"] ** 2 * shape[2] + 1)", "((layer[\"f\"] ** 2 + 1) * shape[2])"),
    cause="A bias was counted for each channel that comes in.",
    hint="A filter adds up over all its channels, and then adds its bias: how many does it need?",
)

count.mistake(
    "depth_forgotten",
    ("layer[\"f\"] ** 2 * shape[2] + 1", "layer[\"f\"] ** 2 + 1"),
    cause="The filters were counted as if they were flat: the channels that come in are missing.",
    hint="A filter is as deep as its picture. How many weights has one of 2 × 2 on 3 channels?",
)

count.mistake(
    "side_for_area",
    ("layer[\"f\"] ** 2", "layer[\"f\"]"),
    cause="A filter was counted with f weights for each channel, where a window of f × f has more.",
    hint="How many pixels has a window of 3 × 3?",
)

count.mistake(
    "side_doubled",
    ("layer[\"f\"] ** 2", "layer[\"f\"] * 2"),
    cause="The side of the window was doubled, not squared. For f = 2 that is the same.",
    hint="How many pixels has a window of 3 × 3?",
)

count.mistake(
    "filters_forgotten",
    ("+ 1) * layer[\"filters\"], 0", "+ 1), 0"),
    cause="Only one filter was counted.",
    hint="Compare a layer of 5 filters with one of 10.",
)

count.mistake(
    "weights_for_every_place",
    ("* layer[\"filters\"], 0", "* layer[\"filters\"] * shape[0] * shape[1], 0"),
    cause="The weights were counted anew for every place of the picture. A filter is used at all places.",
    hint="Does a convolution have more parameters on a larger picture?",
)

count.mistake(
    "height_for_depth",
    ("layer[\"f\"] ** 2 * shape[2]", "layer[\"f\"] ** 2 * shape[0]"),
    cause="The height of the picture was taken for its channels.",
    hint="In which place of (height, width, channels) do the channels stand?",
)

count.mistake(
    "dense_bias_forgotten",
    ("(shape[0] + 1) * layer[\"units\"]", "shape[0] * layer[\"units\"]"),
    cause="The biases of the dense layer were left out.",
    hint="Each unit has one weight for each number that comes in. And what else?",
)

count.mistake(
    "dense_bias_for_inputs",
    ("(shape[0] + 1) * layer[\"units\"]", "shape[0] * (layer[\"units\"] + 1)"),
    cause="The dense layer got a bias for each number that comes in, not for each unit.",
    hint="What is a bias added to: to what comes in, or to what goes out?",
)

count.mistake(
    "dense_one_bias",
    ("(shape[0] + 1) * layer[\"units\"]", "shape[0] * layer[\"units\"] + 1"),
    cause="One bias was counted for the whole dense layer.",
    hint="Each unit has a bias of its own.",
)

count.mistake(
    "dense_units_only",
    ("(shape[0] + 1) * layer[\"units\"]", "layer[\"units\"]"),
    cause="The units of the dense layer were counted, not their weights.",
    hint="How many numbers does one unit read?",
)

count.mistake(
    "normalization_four_trained",
    ("return 2 * shape[-1], 2 * shape[-1]", "return 4 * shape[-1], 0"),
    cause="All four numbers of batch normalization were counted as trained.",
    hint="Which two of the four does no gradient reach?",
)

count.mistake(
    "normalization_two",
    ("return 2 * shape[-1], 2 * shape[-1]", "return 2 * shape[-1], 0"),
    cause="The running mean and variance of batch normalization were left out.",
    hint="Keras counts what is kept, too: four numbers for each channel.",
)

count.mistake(
    "normalization_one_each",
    ("return 2 * shape[-1], 2 * shape[-1]", "return shape[-1], shape[-1]"),
    cause="Batch normalization got one number of each kind for a channel; there are two of each.",
    hint="Name the four numbers. Which are trained?",
)

count.mistake(
    "normalization_ignored",
    ("return 2 * shape[-1], 2 * shape[-1]", "return 0, 0"),
    cause="Batch normalization was counted as a layer without parameters.",
    hint="It has a scale and a shift for each channel, and keeps two numbers more.",
)

count.mistake(
    "normalization_for_every_entry",
    ("return 2 * shape[-1], 2 * shape[-1]", "return 2 * math.prod(shape), 2 * math.prod(shape)"),
    cause="Batch normalization was counted for every entry of the maps, not for every channel.",
    hint="All places of a map share their mean.",
)

count.mistake(
    "normalization_per_row",
    ("return 2 * shape[-1], 2 * shape[-1]", "return 2 * shape[0], 2 * shape[0]"),
    cause="Batch normalization was counted along the first axis, that of the rows.",
    hint="Which axis is that of the channels?",
)

count.mistake(
    "normalization_maps_only",
    ("return 2 * shape[-1], 2 * shape[-1]", "return 2 * shape[2], 2 * shape[2]"),
    cause="Batch normalization of flat numbers fails: their shape has no third entry.",
    hint="Ask for the last axis, however many there are.",
)

count.mistake(
    "one_number",
    ("return 2 * shape[-1], 2 * shape[-1]", "return 4 * shape[-1]"),
    ("+ 1) * layer[\"filters\"], 0", "+ 1) * layer[\"filters\"]"),
    ("* layer[\"units\"], 0", "* layer[\"units\"]"),
    ("return 0, 0", "return 0"),
    cause="One number came back where two are due: the trained ones, and the others.",
    hint="Compare your return with the docstring.",
)

count.mistake(
    "pooling_learns",
    ("    return 0, 0", "    return layer.get(\"f\", 0) ** 2, 0"),
    cause="Pooling was counted with a weight for each place of its window. It has nothing to learn.",
    hint="What does a maximum have to learn?",
)

count.equivalent(
    "return ((shape[0] + 1) * layer['units'], 0)", "return ((shape[-1] + 1) * layer['units'], 0)",
    reason="what goes into a dense layer has one axis.",
)


table = exercise("network_table")

@table.right("lists")
def network_table(layers, input_shape):
    table = []
    for i in range(len(layers)):
        before = input_shape if i == 0 else table[i - 1][0]
        counts = layer_parameters(layers[i], before)
        table.append([layer_shape(layers[i], before), counts[0], counts[1]])
    return table

@table.right("shapes_first")
def network_table(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        shapes.append(layer_shape(layer, shapes[-1]))
    return [(after, *layer_parameters(layer, before)) for layer, before, after in zip(layers, shapes, shapes[1:])]

@table.right("recursive")
def network_table(layers, input_shape):
    if not layers:
        return []
    shape = layer_shape(layers[0], input_shape)
    return [(shape,) + tuple(layer_parameters(layers[0], input_shape))] + network_table(layers[1:], shape)

table.mistake(
    "parameters_of_the_shape_after",
    ("        trained, others = layer_parameters(layer, shape)\n        shape = layer_shape(layer, shape)\n",
     "        before = shape\n        shape = layer_shape(layer, shape)\n        trained, others = layer_parameters(layer, shape if \"f\" in layer else before)\n"),
    cause="The parameters of the convolutions were counted with the shape that comes out, not with the one that goes in.",
    hint="How deep is a filter: as the picture before it, or as the maps behind it?",
)

table.mistake(
    "always_the_shape_after",
    ("        trained, others = layer_parameters(layer, shape)\n        shape = layer_shape(layer, shape)\n",
     "        shape = layer_shape(layer, shape)\n        trained, others = layer_parameters(layer, shape)\n"),
    cause="The parameters of every layer were counted with the shape that comes out, not with the one that goes in.",
    hint="In your loop, which of the two lines stands first?",
)

table.mistake(
    "shape_not_carried_along",
    ("shape = layer_shape(layer, shape)", "shape = layer_shape(layer, input_shape)"),
    cause="Every layer got the shape of the input: the shapes were not handed on.",
    hint="What one layer puts out, the next one takes.",
)

table.mistake(
    "parameters_of_the_input",
    ("layer_parameters(layer, shape)", "layer_parameters(layer, input_shape)"),
    cause="The parameters of every layer were counted with the shape of the input.",
    hint="How many channels does the second convolution get?",
)

table.mistake(
    "shape_before",
    ("        shape = layer_shape(layer, shape)\n        rows.append((shape, trained, others))",
     "        rows.append((shape, trained, others))\n        shape = layer_shape(layer, shape)"),
    cause="Each row shows the shape that goes into its layer, not the one that it puts out.",
    hint="Compare the first row with the shape of the input. Should they be equal?",
)

table.mistake(
    "input_as_a_row",
    ("rows, shape = [], input_shape", "rows, shape = [(input_shape, 0, 0)], input_shape"),
    cause="The input got a row of its own.",
    hint="One row for each layer. How many layers are there?",
)

table.mistake(
    "last_row_missing",
    ("    return rows", "    return rows[:-1]"),
    cause="The last row is missing.",
    hint="One row for each layer. How many layers are there?",
)

table.mistake(
    "returned_in_the_loop",
    ("    return rows", "        return rows"),
    cause="Only the first row came back: return stands inside the loop.",
    hint="How far to the right does your return stand?",
)

table.mistake(
    "running_total",
    ("trained, others = layer_parameters(layer, shape)", "trained, others = np.add(layer_parameters(layer, shape), rows[-1][1:] if rows else 0).tolist()"),
    cause="The parameters were added up from row to row.",
    hint="Each row counts its own layer.",
)

table.mistake(
    "one_count",
    ("rows.append((shape, trained, others))", "rows.append((shape, trained + others))"),
    cause="Each row has one count where two are due: the trained ones, and the others.",
    hint="Compare a row with the docstring.",
)

table.mistake(
    "counts_exchanged",
    ("rows.append((shape, trained, others))", "rows.append((shape, others, trained))"),
    cause="Trained and other parameters have changed places.",
    hint="In which order does layer_parameters return them?",
)

table.mistake(
    "nested_counts",
    ("rows.append((shape, trained, others))", "rows.append((shape, (trained, others)))"),
    cause="The two counts stand in a tuple of their own; a row is one tuple of three.",
    hint="Compare a row with the docstring.",
)

table.mistake(
    "shapes_only",
    ("rows.append((shape, trained, others))", "rows.append(shape)"),
    cause="Only the shapes came back.",
    hint="Compare a row with the docstring.",
)


field = exercise("receptive_field")

@field.right("forward_with_jump")
def receptive_field(layers):
    size, jump = 1, 1
    for layer in layers:
        if layer["kind"] in ("convolution", "max pooling", "average pooling"):
            size += (layer["f"] - 1) * jump
            jump *= layer["stride"]
    return size

@field.right("windows_picked")
def receptive_field(layers):
    windows = [(layer["f"], layer["stride"]) for layer in layers if "pooling" in layer["kind"] or layer["kind"] == "convolution"]
    k = 1
    for f, s in windows[::-1]:
        k = s * k - s + f
    return k

@field.right("counted")
def receptive_field(layers):
    seen = {0}
    for layer in layers[::-1]:
        if "f" in layer:
            seen = {place * layer["stride"] + i for place in seen for i in range(layer["f"])}
    return max(seen) - min(seen) + 1

@field.right("product_of_strides")
def receptive_field(layers):
    strides = np.cumprod([1] + [layer.get("stride", 1) for layer in layers])[:-1]
    return 1 + sum((layer.get("f", 1) - 1) * int(jump) for layer, jump in zip(layers, strides))

field.mistake(
    "walked_forward",
    ("reversed(layers)", "layers"),
    cause="The layers were walked through from the first to the last, with the rule for the way from the last to the first.",
    hint="One unit of the last layer: of which map does it see f units?",
)

field.mistake(
    "strides_ignored",
    ("(units - 1) * layer[\"stride\"] + layer[\"f\"]", "(units - 1) + layer[\"f\"]"),
    cause="The strides were not used: right only where all are 1.",
    hint="How many pixels do two neighbouring units see together, at stride 2?",
)

field.mistake(
    "all_units_step",
    ("(units - 1) * layer[\"stride\"] + layer[\"f\"]", "units * layer[\"stride\"] + layer[\"f\"]"),
    cause="One step too many was counted: k units have k - 1 steps between them.",
    hint="One convolution of 3 × 3: does a unit of it see 3 pixels, by your rule?",
)

field.mistake(
    "last_window_is_one_pixel",
    ("(units - 1) * layer[\"stride\"] + layer[\"f\"]", "(units - 1) * layer[\"stride\"] + 1"),
    cause="Only the steps were counted, not the pixels of the last window.",
    hint="Where does the last of the k windows end?",
)

field.mistake(
    "product_of_windows",
    ("(units - 1) * layer[\"stride\"] + layer[\"f\"]", "units * layer[\"f\"]"),
    cause="The windows were multiplied: that is right only where no two windows overlap.",
    hint="Two convolutions of 3 × 3 with stride 1 see 5 pixels, not 9.",
)

field.mistake(
    "changed_places",
    ("(units - 1) * layer[\"stride\"] + layer[\"f\"]", "(units - 1) * layer[\"f\"] + layer[\"stride\"]"),
    cause="Window and stride have changed places.",
    hint="One convolution of 3 × 3 with stride 2: 3 pixels, or 2?",
)

field.mistake(
    "pooling_left_out",
    ("if \"f\" in layer:", "if layer[\"kind\"] == \"convolution\":"),
    cause="The poolings were left out.",
    hint="Pooling has a window and a stride like any other.",
)

field.mistake(
    "average_pooling_left_out",
    ("if \"f\" in layer:", "if layer[\"kind\"] in (\"convolution\", \"max pooling\"):"),
    cause="Average pooling was left out.",
    hint="Read the kinds in the docstring of layer_shape once more: two of them are poolings.",
)

field.mistake(
    "convolutions_left_out",
    ("if \"f\" in layer:", "if \"pooling\" in layer[\"kind\"]:"),
    cause="Only the poolings were counted.",
    hint="A convolution has a window, too.",
)

field.mistake(
    "steps_without_windows",
    ("    units = 1\n", "    units = 0\n"),
    cause="The walk starts with no unit, where one unit is asked about.",
    hint="Call it with one layer. And with none?",
)

field.mistake(
    "sum_of_windows",
    ("(units - 1) * layer[\"stride\"] + layer[\"f\"]", "units + layer[\"f\"]"),
    cause="The sizes of the windows were added up.",
    hint="Two convolutions of 3 × 3 with stride 1 see 5 pixels. What do you get?",
)

field.mistake(
    "both_sides",
    ("    return units", "    return (units, units)"),
    cause="Height and width came back, where one number is due.",
    hint="Compare your return with the docstring.",
)

field.mistake(
    "squared",
    ("    return units", "    return units**2"),
    cause="The pixels of the whole window came back, where those along a side are due.",
    hint="One convolution of 3 × 3: 3, or 9?",
)

field.mistake(
    "every_layer_has_a_window",
    ("if \"f\" in layer:", "if True:"),
    cause="Layers without a window were asked for theirs.",
    hint="Which kinds have an \"f\"? How far does a unit of ReLU see?",
)


happy = exercise("happyModel")

@happy.right("course_2021")
def happyModel():
    model = tf.keras.Sequential([
        tfl.ZeroPadding2D(padding=3, input_shape=(64, 64, 3)),
        tfl.Conv2D(filters=32, kernel_size=7, strides=1),
        tfl.BatchNormalization(axis=3, momentum=0.99, epsilon=0.001),
        tfl.ReLU(),
        tfl.MaxPool2D(),
        tfl.Flatten(),
        tfl.Dense(units=1, activation="sigmoid"),
    ])
    return model

@happy.right("course_2017")
def happyModel(input_shape):
    X_input = tf.keras.Input(input_shape)
    X = ZeroPadding2D((3, 3))(X_input)
    X = Conv2D(32, (7, 7), strides=(1, 1), name="conv0")(X)
    X = BatchNormalization(axis=3, name="bn0")(X)
    X = Activation("relu")(X)
    X = MaxPooling2D((2, 2), name="max_pool")(X)
    X = Flatten()(X)
    X = Dense(1, activation="sigmoid", name="fc")(X)
    model = tf.keras.Model(inputs=X_input, outputs=X, name="HappyModel")
    return model

@happy.right("added_one_by_one")
def happyModel():
    model = tf.keras.Sequential()
    model.add(tf.keras.Input(shape=(64, 64, 3)))
    model.add(ZeroPadding2D(3))
    model.add(Conv2D(32, 7))
    model.add(BatchNormalization())
    model.add(ReLU())
    model.add(MaxPooling2D(pool_size=2, strides=2))
    model.add(Flatten())
    model.add(Dense(1))
    model.add(Activation("sigmoid"))
    return model

@happy.right("compiled_and_padded_inside")
def happyModel():
    model = tf.keras.Sequential([
        tf.keras.Input((64, 64, 3)), Conv2D(32, (7, 7), padding="same"), BatchNormalization(axis=-1), ReLU(),
        MaxPooling2D((2, 2)), Flatten(), Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model

happy.mistake(
    "no_padding",
    ("        tfl.ZeroPadding2D(3),\n", ""),
    cause="The zero padding is missing.",
    hint="How many rows has a map behind a window of 7, without padding?",
)

happy.mistake(
    "padding_of_seven",
    ("tfl.ZeroPadding2D(3)", "tfl.ZeroPadding2D(7)"),
    cause="There are 7 rows and columns of zeros on each side, not 3.",
    hint="Which number belongs to the padding, which to the window?",
)

happy.mistake(
    "padded_twice",
    ("tfl.Conv2D(32, 7, 1)", "tfl.Conv2D(32, 7, 1, padding=\"same\")"),
    cause="The picture was padded twice: by the layer of zeros, and by the convolution itself.",
    hint="One of the two is enough. Which one does the docstring ask for?",
)

happy.mistake(
    "three_by_three",
    ("tfl.Conv2D(32, 7, 1)", "tfl.Conv2D(32, 3, 1)"),
    cause="The filters have 3 × 3 weights, not 7 × 7.",
    hint="Compare the numbers of your convolution with the docstring.",
)

happy.mistake(
    "filters_and_window_exchanged",
    ("tfl.Conv2D(32, 7, 1)", "tfl.Conv2D(7, 32, 1)"),
    cause="Filters and window have changed places: 7 filters of 32 × 32.",
    hint="Which of the two does Keras want first? Write the names of the arguments.",
)

happy.mistake(
    "stride_of_two",
    ("tfl.Conv2D(32, 7, 1)", "tfl.Conv2D(32, 7, 2)"),
    cause="The convolution has stride 2, not 1.",
    hint="How many columns should its maps have?",
)

happy.mistake(
    "no_normalization",
    ("        tfl.BatchNormalization(axis=3),\n", ""),
    cause="The batch normalization is missing.",
    hint="Your predictions say 37633 parameters, 128 of them in this layer.",
)

happy.mistake(
    "wrong_axis",
    ("axis=3", "axis=1"),
    cause="Batch normalization runs along the axis of the rows, not along that of the channels.",
    hint="The axes are pictures, rows, columns, channels, counted from 0.",
)

happy.mistake(
    "normalized_after_relu",
    ("        tfl.BatchNormalization(axis=3),\n        tfl.ReLU(),\n", "        tfl.ReLU(),\n        tfl.BatchNormalization(axis=3),\n"),
    cause="ReLU and batch normalization have changed places.",
    hint="In which order does the docstring name them?",
)

happy.mistake(
    "no_relu",
    ("        tfl.ReLU(),\n", ""),
    cause="The ReLU is missing.",
    hint="Count your layers: the docstring names eight steps after the input.",
)

happy.mistake(
    "relu_in_the_convolution_too",
    ("tfl.Conv2D(32, 7, 1)", "tfl.Conv2D(32, 7, 1, activation=\"relu\")"),
    cause="There is a second ReLU in the convolution, before the batch normalization.",
    hint="The activation of a layer comes before whatever follows it. Where should ReLU stand?",
)

happy.mistake(
    "no_pooling",
    ("        tfl.MaxPooling2D(2),\n", ""),
    cause="The max pooling is missing.",
    hint="How many numbers should the last unit read? And yours?",
)

happy.mistake(
    "average_pooling",
    ("MaxPooling2D", "AveragePooling2D"),
    cause="The pooling takes the average, not the maximum.",
    hint="Read the docstring: which pooling?",
)

happy.mistake(
    "pooling_with_stride_one",
    ("tfl.MaxPooling2D(2)", "tfl.MaxPooling2D(2, 1)"),
    cause="The pooling moves by 1 pixel, not by 2.",
    hint="Keras's own stride of a pooling is its window. What did you give?",
)

happy.mistake(
    "not_flat",
    ("        tfl.Flatten(),\n", ""),
    cause="The flatten is missing, so that the dense layer works at each place by itself.",
    hint="Print the shape of what comes out. One number for each picture is due.",
)

happy.mistake(
    "no_sigmoid",
    ("tfl.Dense(1, activation=\"sigmoid\")", "tfl.Dense(1)"),
    cause="The sigmoid at the end is missing: any number may come out.",
    hint="A probability lies between 0 and 1. What keeps your output there?",
)

happy.mistake(
    "softmax_of_one",
    ("activation=\"sigmoid\"", "activation=\"softmax\""),
    cause="Softmax of a single unit is always 1.",
    hint="Softmax makes its outputs add up to 1. How many are there?",
)

happy.mistake(
    "two_units",
    ("tfl.Dense(1,", "tfl.Dense(2,"),
    cause="The last layer has two units where one is due.",
    hint="One number says happy or not: the other answer is what is left to 1.",
)

happy.mistake(
    "no_input",
    ("        tf.keras.Input((64, 64, 3)),\n", ""),
    cause="The model does not know the shape of its pictures, so it has no weights yet.",
    hint="What has to stand first, so that Keras knows the depth of the filters?",
)

happy.mistake(
    "nothing_returned",
    ("    return tf.keras.Sequential", "    model = tf.keras.Sequential"),
    cause="The model was made, but not returned.",
    hint="What does your last line hand back?",
)

happy.equivalent(
    "return tf.keras.Sequential([tf.keras.Input((64, 64, 3)), tfl.ZeroPadding2D(3), tfl.Conv2D(32, 7, 1), tfl.BatchNormalization(axis=3), tfl.ReLU(), tfl.MaxPooling2D(2), tfl.Flatten(), tfl.Dense(1, activation='sigmoid')])",
    "return tf.keras.Sequential([tf.keras.Input((64, 64, 3)), tfl.ZeroPadding2D(3), tfl.Conv2D(32, 7, 1), tfl.BatchNormalization(), tfl.ReLU(), tfl.MaxPooling2D(2), tfl.Flatten(), tfl.Dense(1, activation='sigmoid')])",
    reason="Keras's own axis is the last one, which is that of the channels.",
)


model = exercise("convolutional_model")

@model.right("course_2021")
def convolutional_model(input_shape):
    input_img = tf.keras.Input(shape=input_shape)
    Z1 = tfl.Conv2D(filters=8, kernel_size=4, padding="same", strides=1)(input_img)
    A1 = tfl.ReLU()(Z1)
    P1 = tfl.MaxPool2D(pool_size=8, padding="same", strides=8)(A1)
    Z2 = tfl.Conv2D(filters=16, kernel_size=2, padding="same", strides=1)(P1)
    A2 = tfl.ReLU()(Z2)
    P2 = tfl.MaxPool2D(pool_size=4, padding="same", strides=4)(A2)
    F = tfl.Flatten()(P2)
    outputs = tfl.Dense(units=6, activation="softmax")(F)
    model = tf.keras.Model(inputs=input_img, outputs=outputs)
    return model

@model.right("sequential")
def convolutional_model(input_shape):
    return tf.keras.Sequential([
        tf.keras.Input(input_shape),
        Conv2D(8, (4, 4), activation="relu", padding="same"),
        MaxPooling2D((8, 8), padding="same"),
        Conv2D(16, (2, 2), activation="relu", padding="same"),
        MaxPooling2D((4, 4), padding="same"),
        Flatten(),
        Dense(6, activation="softmax"),
    ])

@model.right("added_one_by_one")
def convolutional_model(input_shape):
    model = tf.keras.models.Sequential()
    model.add(Conv2D(8, (4, 4), strides=(1, 1), padding="same", input_shape=input_shape))
    model.add(Activation("relu"))
    model.add(MaxPooling2D(pool_size=(8, 8), strides=(8, 8), padding="same"))
    model.add(Conv2D(16, (2, 2), strides=(1, 1), padding="same"))
    model.add(Activation("relu"))
    model.add(MaxPooling2D(pool_size=(4, 4), strides=(4, 4), padding="same"))
    model.add(Flatten())
    model.add(Dense(6))
    model.add(Activation("softmax"))
    return model

@model.right("operations_of_keras")
def convolutional_model(input_shape):
    X = tf.keras.Input(input_shape)
    A = tf.keras.activations.relu(Conv2D(8, 4, padding="same", kernel_initializer="glorot_uniform")(X))
    A = MaxPooling2D(8, padding="same")(A)
    A = tf.keras.activations.relu(Conv2D(16, 2, padding="same")(A))
    A = MaxPooling2D(4, padding="same")(A)
    Z = Dense(6)(Flatten()(A))
    return tf.keras.Model(X, tfl.Softmax()(Z))

@model.right("compiled")
def convolutional_model(input_shape):
    layers = [Conv2D(8, 4, padding="same"), ReLU(), MaxPooling2D(8, 8, "same"), Conv2D(16, 2, padding="same"), ReLU(),
              MaxPooling2D(4, 4, "same"), Flatten(), Dense(6, activation="softmax")]
    X = inputs = tf.keras.Input(input_shape)
    for layer in layers:
        X = layer(X)
    model = tf.keras.Model(inputs, X)
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model

model.mistake(
    "first_padding_forgotten",
    ("tfl.Conv2D(8, 4, padding=\"same\")", "tfl.Conv2D(8, 4)"),
    cause="The first convolution has no padding: Keras's own is valid.",
    hint="How many rows should the maps of the first convolution have?",
)

model.mistake(
    "second_padding_forgotten",
    ("tfl.Conv2D(16, 2, padding=\"same\")", "tfl.Conv2D(16, 2)"),
    cause="The second convolution has no padding: Keras's own is valid.",
    hint="Print the shape of each of your layers, for pictures of 50 × 70.",
)

model.mistake(
    "pooling_padding_forgotten",
    ("tfl.MaxPooling2D(8, 8, padding=\"same\")", "tfl.MaxPooling2D(8, 8)"),
    ("tfl.MaxPooling2D(4, 4, padding=\"same\")", "tfl.MaxPooling2D(4, 4)"),
    cause="The poolings have no padding: for 64 × 64 pixels that is the same, for other sizes it is not.",
    hint="How many windows of 8, side by side, does it take to cover 50 pixels?",
)

model.mistake(
    "last_pooling_padding_forgotten",
    ("tfl.MaxPooling2D(4, 4, padding=\"same\")", "tfl.MaxPooling2D(4, 4)"),
    cause="The second pooling has no padding: for 64 × 64 pixels that is the same, for other sizes it is not.",
    hint="How many windows of 4, side by side, does it take to cover 7 places?",
)

model.mistake(
    "pooling_with_stride_one",
    ("tfl.MaxPooling2D(8, 8, padding=\"same\")", "tfl.MaxPooling2D(8, 1, padding=\"same\")"),
    cause="The first pooling moves by 1 pixel, not by 8.",
    hint="Print the shape behind the first pooling. How many rows are due?",
)

model.mistake(
    "pooling_by_two",
    ("tfl.MaxPooling2D(8, 8, padding=\"same\")", "tfl.MaxPooling2D(2, 2, padding=\"same\")"),
    ("tfl.MaxPooling2D(4, 4, padding=\"same\")", "tfl.MaxPooling2D(2, 2, padding=\"same\")"),
    cause="The poolings have windows of 2, as is usual; here 8 and 4 are asked for.",
    hint="Compare the windows with the docstring.",
)

model.mistake(
    "poolings_exchanged",
    ("tfl.MaxPooling2D(8, 8, padding=\"same\")", "tfl.MaxPooling2D(4, 4, padding=\"same\")"),
    ("P2 = tfl.MaxPooling2D(4, 4, padding=\"same\")", "P2 = tfl.MaxPooling2D(8, 8, padding=\"same\")"),
    cause="The two poolings have changed places.",
    hint="Which of the two windows comes first?",
)

model.mistake(
    "average_pooling",
    ("tfl.MaxPooling2D(8, 8", "tfl.AveragePooling2D(8, 8"),
    ("tfl.MaxPooling2D(4, 4", "tfl.AveragePooling2D(4, 4"),
    cause="The poolings take the average, not the maximum.",
    hint="Read the docstring: which pooling?",
)

model.mistake(
    "no_relu",
    ("(8, 8, padding=\"same\")(A1)", "(8, 8, padding=\"same\")(Z1)"),
    ("(4, 4, padding=\"same\")(A2)", "(4, 4, padding=\"same\")(Z2)"),
    cause="The poolings take what the convolutions put out: what ReLU made of it is used nowhere.",
    hint="Follow the names backwards, from the outputs to the picture. Which ones do you never meet?",
)

model.mistake(
    "second_relu_not_used",
    ("(4, 4, padding=\"same\")(A2)", "(4, 4, padding=\"same\")(Z2)"),
    cause="The second pooling takes Z2: what ReLU made of it is used nowhere.",
    hint="Follow the names backwards, from the outputs to the picture. Which ones do you never meet?",
)

model.mistake(
    "first_block_skipped",
    ("tfl.Conv2D(16, 2, padding=\"same\")(P1)", "tfl.Conv2D(16, 2, padding=\"same\")(picture)"),
    cause="The second convolution takes the picture, so the first half of the network is used nowhere.",
    hint="Follow the names backwards, from the outputs to the picture.",
)

model.mistake(
    "pooling_skipped",
    ("tfl.Conv2D(16, 2, padding=\"same\")(P1)", "tfl.Conv2D(16, 2, padding=\"same\")(A1)"),
    cause="The second convolution takes A1: the first pooling is used nowhere.",
    hint="Follow the names backwards, from the outputs to the picture. Which ones do you never meet?",
)

model.mistake(
    "filters_exchanged",
    ("tfl.Conv2D(8, 4,", "tfl.Conv2D(16, 4,"),
    ("tfl.Conv2D(16, 2,", "tfl.Conv2D(8, 2,"),
    cause="The numbers of filters have changed places: 16 come first.",
    hint="Compare the two convolutions with the docstring.",
)

model.mistake(
    "filters_and_window_exchanged",
    ("tfl.Conv2D(8, 4,", "tfl.Conv2D(4, 8,"),
    ("tfl.Conv2D(16, 2,", "tfl.Conv2D(2, 16,"),
    cause="In the convolutions filters and window have changed places.",
    hint="Which of the two does Keras want first? Write the names of the arguments.",
)

model.mistake(
    "windows_alike",
    ("tfl.Conv2D(16, 2,", "tfl.Conv2D(16, 4,"),
    cause="The second convolution has windows of 4 × 4, not 2 × 2.",
    hint="Compare the two convolutions with the docstring.",
)

model.mistake(
    "convolution_with_stride",
    ("tfl.Conv2D(8, 4, padding=\"same\")", "tfl.Conv2D(8, 4, 4, padding=\"same\")"),
    cause="The first convolution moves by its window, not by 1.",
    hint="A convolution's own stride is 1; the third number that you gave changes it.",
)

model.mistake(
    "not_flat",
    ("(F)", "(P2)"),
    cause="The dense layer takes the maps, not the flat numbers: it works at each place by itself.",
    hint="Print the shape of what comes out. Six numbers for each picture are due.",
)

model.mistake(
    "no_softmax",
    ("tfl.Dense(6, activation=\"softmax\")", "tfl.Dense(6)"),
    cause="The softmax at the end is missing: these are scores, not probabilities.",
    hint="Should the six numbers of a picture add up to 1?",
)

model.mistake(
    "sigmoid_for_softmax",
    ("activation=\"softmax\"", "activation=\"sigmoid\""),
    cause="The last layer has a sigmoid, so six probabilities do not add up to 1.",
    hint="A hand shows one of six signs. Which activation knows that?",
)

model.mistake(
    "relu_at_the_end",
    ("activation=\"softmax\"", "activation=\"relu\""),
    cause="The last layer has a ReLU in the place of softmax.",
    hint="Should the six numbers of a picture add up to 1?",
)

model.mistake(
    "one_unit",
    ("tfl.Dense(6,", "tfl.Dense(1,"),
    cause="The last layer has one unit, where each of the six signs needs its own.",
    hint="How many signs are there?",
)

model.mistake(
    "hidden_dense_layer",
    ("tfl.Dense(6, activation=\"softmax\")(F)", "tfl.Dense(6, activation=\"softmax\")(tfl.Dense(64, activation=\"relu\")(F))"),
    cause="There is a dense layer too many before the last one.",
    hint="How many dense layers does the docstring name?",
)

model.mistake(
    "always_sixty_four",
    ("tf.keras.Input(input_shape)", "tf.keras.Input((64, 64, 3))"),
    cause="The input always has the shape (64, 64, 3), whatever is asked for.",
    hint="Look for numbers where the argument belongs.",
)

model.mistake(
    "batch_in_the_shape",
    ("tf.keras.Input(input_shape)", "tf.keras.Input((None, *input_shape))"),
    cause="The input got an axis too many: Keras adds that of the pictures itself.",
    hint="Print the shape of your input. How many axes has it?",
)

model.mistake(
    "output_for_model",
    ("return tf.keras.Model(inputs=picture, outputs=outputs)", "return tf.keras.Model(inputs=picture, outputs=F)"),
    cause="The model ends at the flat numbers: its dense layer is left out.",
    hint="Between which two names does your model run?",
)

model.mistake(
    "nothing_returned",
    ("    return tf.keras.Model", "    model = tf.keras.Model"),
    cause="The model was made, but not returned.",
    hint="What does your last line hand back?",
)

@model.mistake(
    "padding_in_capitals",
    cause="The padding of the poolings is written in capitals, as in 2021; today's Keras takes small letters only.",
    hint="The convolutions do not mind. Which layers raise?",
)
def convolutional_model(input_shape):
    input_img = tf.keras.Input(shape=input_shape)
    Z1 = tfl.Conv2D(filters=8, kernel_size=4, padding="SAME", strides=1)(input_img)
    A1 = tfl.ReLU()(Z1)
    P1 = tfl.MaxPool2D(pool_size=8, padding="SAME", strides=8)(A1)
    Z2 = tfl.Conv2D(filters=16, kernel_size=2, padding="SAME", strides=1)(P1)
    A2 = tfl.ReLU()(Z2)
    P2 = tfl.MaxPool2D(pool_size=4, padding="SAME", strides=4)(A2)
    F = tfl.Flatten()(P2)
    outputs = tfl.Dense(units=6, activation="softmax")(F)
    model = tf.keras.Model(inputs=input_img, outputs=outputs)
    return model

@model.mistake(
    "functions_of_tensorflow",
    cause="The layers were written with functions of tf.nn, which cannot take what Keras draws a model from.",
    hint="Each of these functions has a layer that takes its place. The message names them.",
)
def convolutional_model(input_shape):
    X = tf.keras.Input(input_shape)
    draw = tf.keras.initializers.GlorotNormal(seed=0)
    W1, W2 = tf.Variable(draw((4, 4, input_shape[2], 8))), tf.Variable(draw((2, 2, 8, 16)))
    Z1 = tf.nn.conv2d(X, W1, strides=[1, 1, 1, 1], padding="SAME")
    A1 = tf.nn.relu(Z1)
    P1 = tf.nn.max_pool(A1, ksize=[1, 8, 8, 1], strides=[1, 8, 8, 1], padding="SAME")
    Z2 = tf.nn.conv2d(P1, W2, strides=[1, 1, 1, 1], padding="SAME")
    A2 = tf.nn.relu(Z2)
    P2 = tf.nn.max_pool(A2, ksize=[1, 4, 4, 1], strides=[1, 4, 4, 1], padding="SAME")
    return tf.keras.Model(X, Dense(6, activation="softmax")(Flatten()(P2)))

@model.mistake(
    "course_2017",
    cause="This is a network of TensorFlow 1, with variables, placeholders and tf.contrib, which are gone.",
    hint="Draw it up from Keras's layers; the sizes are the same.",
)
def convolutional_model(input_shape):
    tf.set_random_seed(1)
    X = tf.placeholder(tf.float32, [None, *input_shape])
    W1 = tf.get_variable("W1", [4, 4, 3, 8], initializer=tf.contrib.layers.xavier_initializer(seed=0))
    W2 = tf.get_variable("W2", [2, 2, 8, 16], initializer=tf.contrib.layers.xavier_initializer(seed=0))
    A1 = tf.nn.relu(tf.nn.conv2d(X, W1, strides=[1, 1, 1, 1], padding="SAME"))
    P1 = tf.nn.max_pool(A1, ksize=[1, 8, 8, 1], strides=[1, 8, 8, 1], padding="SAME")
    A2 = tf.nn.relu(tf.nn.conv2d(P1, W2, strides=[1, 1, 1, 1], padding="SAME"))
    P2 = tf.nn.max_pool(A2, ksize=[1, 4, 4, 1], strides=[1, 4, 4, 1], padding="SAME")
    P2 = tf.contrib.layers.flatten(P2)
    return tf.contrib.layers.fully_connected(P2, 6, activation_fn=None)


confused = exercise("confusion_matrix")

@confused.right("loops")
def confusion_matrix(labels, predictions, classes):
    matrix = [[0] * classes for _ in range(classes)]
    for i in range(len(labels)):
        matrix[labels[i]][predictions[i]] += 1
    return np.array(matrix)

@confused.right("one_hot_product")
def confusion_matrix(labels, predictions, classes):
    return np.eye(classes)[labels].T @ np.eye(classes)[predictions]

@confused.right("counted_pairs")
def confusion_matrix(labels, predictions, classes):
    pairs = np.asarray(labels) * classes + np.asarray(predictions)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)

@confused.right("tensorflow")
def confusion_matrix(labels, predictions, classes):
    return tf.math.confusion_matrix(labels, predictions, num_classes=classes)

@confused.right("comprehension")
def confusion_matrix(labels, predictions, classes):
    return np.array([[np.sum((labels == i) & (predictions == j)) for j in range(classes)] for i in range(classes)])

confused.mistake(
    "transposed",
    ("matrix[truth, named] += 1", "matrix[named, truth] += 1"),
    cause="Rows and columns have changed places: the rows are what was named.",
    hint="In the example by hand, class 0 was once named 2. In which row does that stand?",
)

confused.mistake(
    "repeats_lost",
    ("    for truth, named in zip(labels, predictions):\n        matrix[truth, named] += 1\n", "    matrix[labels, predictions] += 1\n"),
    cause="Each pair of classes counts 1, however often it came. With arrays as indices, += adds once to each entry.",
    hint="How large is the sum of your matrix, and how many pictures are there?",
)

confused.mistake(
    "classes_from_the_labels",
    ("np.zeros((classes, classes), int)", "np.zeros((len(np.unique(labels)), len(np.unique(labels))), int)"),
    cause="The classes were counted in the labels, so that one that does not occur has no row.",
    hint="How many rows has your matrix, if all pictures show the same sign?",
)

confused.mistake(
    "classes_from_the_largest",
    ("np.zeros((classes, classes), int)", "np.zeros((max(labels) + 1, max(labels) + 1), int)"),
    cause="The size of the matrix was taken from the largest label, not from the number of classes.",
    hint="How many rows has your matrix, if all pictures show the sign 0?",
)

confused.mistake(
    "always_six",
    ("np.zeros((classes, classes), int)", "np.zeros((6, 6), int)"),
    cause="The matrix always has six rows and columns.",
    hint="Look for a number where the argument belongs.",
)

confused.mistake(
    "shares_of_rows",
    ("    return matrix", "    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)"),
    cause="Each row was divided by its sum: shares came back, not counts.",
    hint="The entries should add up to the number of pictures.",
)

confused.mistake(
    "shares",
    ("    return matrix", "    return matrix / len(labels)"),
    cause="The matrix was divided by the number of pictures: shares came back, not counts.",
    hint="The entries should add up to the number of pictures.",
)

confused.mistake(
    "only_the_wrong_ones",
    ("        matrix[truth, named] += 1", "        if truth != named:\n            matrix[truth, named] += 1"),
    cause="Only the mistakes were counted: the diagonal is empty.",
    hint="Where do pictures stand that were named rightly?",
)

confused.mistake(
    "only_the_right_ones",
    ("        matrix[truth, named] += 1", "        if truth == named:\n            matrix[truth, named] += 1"),
    cause="Only the pictures that were named rightly were counted.",
    hint="What stands beside the diagonal?",
)

confused.mistake(
    "both_ways",
    ("        matrix[truth, named] += 1", "        matrix[truth, named] += 1\n        matrix[named, truth] += truth != named"),
    cause="Each mistake was counted both ways, so that the matrix is the same when it is turned over.",
    hint="A 2 that was taken for a 3 is one mistake. In which row does it stand?",
)

confused.mistake(
    "diagonal_only",
    ("    return matrix", "    return np.diag(matrix)"),
    cause="Only the diagonal came back, a flat array.",
    hint="A row and a column for each class are due.",
)

confused.mistake(
    "counted_from_one",
    ("matrix[truth, named] += 1", "matrix[truth - 1, named - 1] += 1"),
    cause="The classes were counted from 1: class 0 stands in the last row.",
    hint="In which row does a picture of class 0 stand?",
)

confused.mistake(
    "first_picture_left_out",
    ("zip(labels, predictions)", "zip(labels[1:], predictions[1:])"),
    cause="The first picture was left out.",
    hint="How large is the sum of your matrix, and how many pictures are there?",
)

confused.mistake(
    "share_for_matrix",
    ("    return matrix", "    return np.trace(matrix) / len(labels)"),
    cause="The share of rightly named pictures came back, where the whole matrix is due.",
    hint="A row and a column for each class are due.",
)
