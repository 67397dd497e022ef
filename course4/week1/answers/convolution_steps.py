"""Answers that people give to the exercises of convolution_steps.py: read, never imported (see CONTRIBUTING.md)."""


shape = exercise("output_shape")

@shape.right("floor")
def output_shape(n, f, pad, stride):
    if pad == "same":
        return int(np.ceil(n / stride))
    p = 0 if pad == "valid" else pad
    return int(np.floor((n + 2 * p - f) / stride) + 1)

@shape.right("course")
def output_shape(n, f, pad, stride):
    if pad == 'valid':
        pad = 0
    if pad == 'same':
        return (n + stride - 1) // stride
    return int((n - f + 2 * pad) / stride) + 1

@shape.right("places_counted")
def output_shape(n, f, pad, stride):
    if pad == "same":
        return len(range(0, n, stride))
    if pad == "valid":
        pad = 0
    return len(range(0, n + 2 * pad - f + 1, stride))

shape.mistake(
    "rounded_up",
    ("(n + 2 * pad - f) // stride + 1", "int(np.ceil((n + 2 * pad - f) / stride)) + 1"),
    cause="The number of steps was rounded up: the last window hangs over the edge.",
    hint="A picture of 7, a window of 3, stride 3: where would your last window end?",
)

shape.mistake(
    "rounded_to_nearest",
    ("(n + 2 * pad - f) // stride", "round((n + 2 * pad - f) / stride)"),
    cause="The number of steps was rounded to the nearest whole number, so at times the last window hangs over the edge.",
    hint="A picture of 7, a window of 2, stride 3: where would your third window end?",
)

shape.mistake(
    "not_rounded",
    ("(n + 2 * pad - f) // stride + 1", "(n + 2 * pad - f) / stride + 1"),
    cause="The division was not rounded: where windows do not fit evenly, a fraction of a place comes out.",
    hint="Call it with n=7, f=4, stride=2. Can there be half a place?",
)

shape.mistake(
    "first_place_forgotten",
    ("// stride + 1", "// stride"),
    cause="The steps were counted, not the places: the first place is missing.",
    hint="How many places has a window that is as large as the picture?",
)

shape.mistake(
    "one_inside_the_brackets",
    ("(n + 2 * pad - f) // stride + 1", "(n + 2 * pad - f + 1) // stride"),
    cause="The 1 was added before the division, so the stride divides it as well.",
    hint="How many places has a window as large as the picture, at stride 3?",
)

shape.mistake(
    "padded_once",
    ("2 * pad", "pad"),
    cause="The padding was counted at one end only.",
    hint="Zeros stand on the left and on the right. How long is the padded side?",
)

shape.mistake(
    "padding_ignored",
    ("n + 2 * pad - f", "n - f"),
    cause="The padding was not used.",
    hint="Call it with pad=0 and pad=2: the answers must differ.",
)

shape.mistake(
    "stride_ignored",
    ("(n + 2 * pad - f) // stride + 1", "n + 2 * pad - f + 1"),
    cause="The stride was not used in the formula.",
    hint="With twice the stride there are about half as many places.",
)

shape.mistake(
    "window_ignored",
    ("n + 2 * pad - f", "n + 2 * pad - 1"),
    cause="The size of the window was not used: windows would hang over the edge.",
    hint="Where may a window of 3 start at the latest, in a picture of 7?",
)

shape.mistake(
    "same_without_stride",
    ("-(-n // stride)", "n"),
    cause="For \"same\" the size of the input came back: the stride was forgotten.",
    hint="The docstring says what \"same\" gives at stride 3. Is it n?",
)

shape.mistake(
    "same_rounded_down",
    ("-(-n // stride)", "n // stride"),
    cause="For \"same\" the quotient was rounded down.",
    hint="Which places at stride 3 lie in a side of 7 pixels, starting at 0?",
)

shape.mistake(
    "padded_at_both_and_doubled",
    ("2 * pad", "4 * pad"),
    cause="The padding was doubled twice.",
    hint="How long is a side of 5 pixels with 1 zero at each end?",
)

shape.mistake(
    "same_padded_short",
    ("        return -(-n // stride)", "        pad = (f - 1) // 2"),
    cause="\"same\" was made a padding of (f - 1) // 2 on both sides, which is one too few in all for an even window.",
    hint="Which padding on both sides would a window of 2 need? What is the size that the docstring gives?",
)


pad = exercise("zero_pad")

@pad.right("copied")
def zero_pad(X, pad):
    m, h, w, c = X.shape
    out = np.zeros((m, h + 2 * pad, w + 2 * pad, c))
    out[:, pad : pad + h, pad : pad + w, :] = X
    return out

@pad.right("course")
def zero_pad(X, pad):
    X_pad = np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), 'constant', constant_values=(0, 0))
    return X_pad

@pad.right("joined")
def zero_pad(X, pad):
    m, h, w, c = X.shape
    rows = np.zeros((m, pad, w, c))
    X = np.concatenate([rows, X, rows], axis=1)
    columns = np.zeros((m, h + 2 * pad, pad, c))
    return np.concatenate([columns, X, columns], axis=2)

pad.mistake(
    "all_axes",
    ("((0, 0), (pad, pad), (pad, pad), (0, 0))", "pad"),
    cause="All four axes were padded: there are empty pictures and empty channels now.",
    hint="Compare the first and the last entry of the shape before and after.",
)

pad.mistake(
    "pictures_and_rows",
    ("((0, 0), (pad, pad), (pad, pad), (0, 0))", "((pad, pad), (pad, pad), (0, 0), (0, 0))"),
    cause="The examples and the rows were padded, not rows and columns.",
    hint="Which of the four axes are height and width?",
)

pad.mistake(
    "columns_and_channels",
    ("((0, 0), (pad, pad), (pad, pad), (0, 0))", "((0, 0), (0, 0), (pad, pad), (pad, pad))"),
    cause="The columns and the channels were padded, not rows and columns.",
    hint="Which of the four axes are height and width?",
)

pad.mistake(
    "rows_only",
    ("(pad, pad), (pad, pad)", "(pad, pad), (0, 0)"),
    cause="Only the rows were padded.",
    hint="Zeros belong on all four sides.",
)

pad.mistake(
    "columns_only",
    ("(pad, pad), (pad, pad)", "(0, 0), (pad, pad)"),
    cause="Only the columns were padded.",
    hint="Zeros belong on all four sides.",
)

pad.mistake(
    "before_only",
    ("(pad, pad), (pad, pad)", "(pad, 0), (pad, 0)"),
    cause="The zeros stand on top and on the left only.",
    hint="Each pair says how many before and how many after.",
)

pad.mistake(
    "after_only",
    ("(pad, pad), (pad, pad)", "(0, pad), (0, pad)"),
    cause="The zeros stand below and on the right only.",
    hint="Each pair says how many before and how many after.",
)

pad.mistake(
    "edges_repeated",
    ("(0, 0)))", "(0, 0)), mode=\"edge\")"),
    cause="The border pixels were repeated; the frame is not zero.",
    hint="Look at the mode of np.pad.",
)

pad.mistake(
    "ones",
    ("(0, 0)))", "(0, 0)), constant_values=1)"),
    cause="The frame is made of ones.",
    hint="Print a corner of the result.",
)

pad.mistake(
    "always_one",
    ("(pad, pad), (pad, pad)", "(1, 1), (1, 1)"),
    cause="One pixel of zeros was put on each side, whatever pad says.",
    hint="Call it with pad=0.",
)

step = exercise("conv_single_step")

@step.right("course")
def conv_single_step(a_slice_prev, W, b):
    s = a_slice_prev * W
    Z = np.sum(s)
    Z = Z + float(b)
    return Z

@step.right("course_squeezed")
def conv_single_step(a_slice_prev, W, b):
    s = np.multiply(a_slice_prev, W)
    Z = np.sum(s)
    b = np.squeeze(b)
    Z = Z + b
    return Z

@step.right("loops")
def conv_single_step(a_slice_prev, W, b):
    total = 0.0
    for place in np.ndindex(*W.shape):
        total += a_slice_prev[place] * W[place]
    return total + np.sum(b)

@step.right("einsum")
def conv_single_step(a_slice_prev, W, b):
    return np.einsum("ijk,ijk->", a_slice_prev, W) + b[0, 0, 0]

@step.right("kept_shape")
def conv_single_step(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W) + b

step.mistake(
    "bias_in_the_sum",
    ("np.sum(a_slice_prev * W) + b.item()", "np.sum(a_slice_prev * W + b.item())"),
    cause="The bias was added to every product before the sum, so it counts f · f · n_C_prev times.",
    hint="What should come out if all weights are 0 and the bias is 1?",
)

step.mistake(
    "bias_forgotten",
    (" + b.item()", ""),
    cause="The bias was left out.",
    hint="What should come out if all weights are 0 and the bias is 1?",
)

step.mistake(
    "bias_subtracted",
    (" + b.item()", " - b.item()"),
    cause="The bias was subtracted.",
    hint="Which sign has the bias in Z = WA + b?",
)

step.mistake(
    "bias_multiplied",
    (" + b.item()", " * b.item()"),
    cause="The sum was multiplied by the bias.",
    hint="What should come out if all weights are 0 and the bias is 1?",
)

step.mistake(
    "mean_for_sum",
    ("np.sum(", "np.mean("),
    cause="The products were averaged, not added up.",
    hint="Work out the first entry of the example by hand.",
)

step.mistake(
    "sums_multiplied",
    ("np.sum(a_slice_prev * W)", "np.sum(a_slice_prev) * np.sum(W)"),
    cause="Window and filter were added up first, and then multiplied.",
    hint="Each pixel meets its own weight. What comes first: the product or the sum?",
)

step.mistake(
    "turned_filter",
    ("a_slice_prev * W", "a_slice_prev * W[::-1, ::-1]"),
    cause="The filter was turned by half a turn: the mathematician's convolution.",
    hint="In the example by hand the 1 of the filter meets the upper left pixel.",
)

step.mistake(
    "first_channel",
    ("a_slice_prev * W", "a_slice_prev[:, :, 0] * W[:, :, 0]"),
    cause="Only the first channel was used.",
    hint="A filter is as deep as its picture.",
)

step.mistake(
    "transposed",
    ("a_slice_prev * W", "a_slice_prev * W.transpose(1, 0, 2)"),
    cause="Rows and columns of the filter are exchanged.",
    hint="Lay the filter on the window as it is.",
)

step.mistake(
    "added_for_multiplied",
    ("a_slice_prev * W", "a_slice_prev + W"),
    cause="Pixels and weights were added where they should be multiplied.",
    hint="What should a weight of 0 do to its pixel?",
)

conv = exercise("conv_forward")

@conv.right("course")
def conv_forward(A_prev, W, b, hparameters):
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    (f, f, n_C_prev, n_C) = W.shape
    stride = hparameters['stride']
    pad = hparameters['pad']
    n_H = int((n_H_prev - f + 2 * pad) / stride) + 1
    n_W = int((n_W_prev - f + 2 * pad) / stride) + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    for i in range(m):
        a_prev_pad = A_prev_pad[i, :, :, :]
        for h in range(n_H):
            vert_start = h * stride
            vert_end = vert_start + f
            for w in range(n_W):
                horiz_start = w * stride
                horiz_end = horiz_start + f
                for c in range(n_C):
                    a_slice_prev = a_prev_pad[vert_start:vert_end, horiz_start:horiz_end, :]
                    weights = W[:, :, :, c]
                    biases = b[:, :, :, c]
                    Z[i, h, w, c] = conv_single_step(a_slice_prev, weights, biases)
    assert (Z.shape == (m, n_H, n_W, n_C))
    cache = (A_prev, W, b, hparameters)
    return Z, cache

@conv.right("windows_einsum")
def conv_forward(A_prev, W, b, hparameters):
    s, p = hparameters["stride"], hparameters["pad"]
    padded = np.pad(A_prev, [(0, 0), (p, p), (p, p), (0, 0)])
    views = np.lib.stride_tricks.sliding_window_view(padded, W.shape[:2], axis=(1, 2))[:, ::s, ::s]
    return np.einsum("mhwcij,ijck->mhwk", views, W) + b, (A_prev, W, b, hparameters)

@conv.right("by_places")
def conv_forward(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    padded = zero_pad(A_prev, p)
    n_H, n_W = [output_shape(n, f, p, s) for n in A_prev.shape[1:3]]
    Z = np.zeros((len(A_prev), n_H, n_W, W.shape[3])) + b
    for i in range(f):
        for j in range(f):
            Z += padded[:, i : i + n_H * s : s, j : j + n_W * s : s] @ W[i, j]
    return Z, (A_prev, W, b, hparameters)

@conv.right("tensordot")
def conv_forward(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    padded = zero_pad(A_prev, p)
    rows = range(0, padded.shape[1] - f + 1, s)
    columns = range(0, padded.shape[2] - f + 1, s)
    Z = [[np.tensordot(padded[:, h : h + f, w : w + f], W, axes=3) for w in columns] for h in rows]
    return np.moveaxis(np.array(Z), 2, 0) + b, (A_prev, W, b, hparameters)

conv.mistake(
    "stride_ignored_in_corners",
    ("top, left = h * stride, w * stride", "top, left = h, w"),
    cause="The corners of the windows ignore the stride: windows move by one pixel.",
    hint="Which row does pixel h = 2 start at, with stride 3?",
)

conv.mistake(
    "axes_exchanged",
    ("top, left = h * stride, w * stride", "left, top = h * stride, w * stride"),
    cause="Vertical and horizontal are exchanged: h moves the window to the right.",
    hint="h counts rows. Which index of the picture does it move?",
)

conv.mistake(
    "height_for_width",
    ("output_shape(n_W_prev, f", "output_shape(n_H_prev, f"),
    cause="The width of the output was computed from the height of the input.",
    hint="Print Z.shape for a picture that is not square.",
)

conv.mistake(
    "width_for_height",
    ("output_shape(n_H_prev, f", "output_shape(n_W_prev, f"),
    cause="The height of the output was computed from the width of the input.",
    hint="Print Z.shape for a picture that is not square.",
)

conv.mistake(
    "cut_from_the_unpadded",
    ("A_prev_pad[i, top", "A_prev[i, top"),
    cause="The windows were cut from the pictures without padding.",
    hint="Which array does your window come from?",
)

conv.mistake(
    "always_padded_by_one",
    ("zero_pad(A_prev, pad)", "zero_pad(A_prev, 1)"),
    cause="The pictures were padded by one pixel, whatever pad says.",
    hint="Compare pad in your sizes with pad in your call of zero_pad.",
)

conv.mistake(
    "first_picture_only",
    ("for i in range(m)", "for i in range(1)"),
    cause="Only the first picture was convolved; the other maps are zero.",
    hint="Print Z[1].",
)

conv.mistake(
    "first_picture_for_all",
    ("A_prev_pad[i, top", "A_prev_pad[0, top"),
    cause="Every map was computed from the first picture.",
    hint="Compare Z[0] and Z[1].",
)

conv.mistake(
    "first_filter_only",
    ("W[..., c]", "W[..., 0]"),
    cause="All maps come from the first filter.",
    hint="Compare Z[..., 0] and Z[..., 1]. Which index chooses the filter?",
)

conv.mistake(
    "first_bias_only",
    ("b[..., c]", "b[..., 0]"),
    cause="All maps have the first bias.",
    hint="Each filter has a bias of its own.",
)

conv.mistake(
    "map_missing",
    ("for c in range(n_C)", "for c in range(n_C - 1)"),
    cause="The loop over the filters ends one early: the last map is zero.",
    hint="Print Z[..., -1].",
)

conv.mistake(
    "rounded_up",
    ("output_shape(n_H_prev, f, pad, stride)", "int(np.ceil((n_H_prev + 2 * pad - f) / stride)) + 1"),
    cause="The number of rows was rounded up: the last windows hang over the edge.",
    hint="Use your own output_shape, for rows and columns.",
)

conv.mistake(
    "padded_in_the_cache",
    ("return Z, (A_prev, W", "return Z, (A_prev_pad, W"),
    cause="The cache holds the padded pictures in the place of A_prev.",
    hint="Compare the shapes in your cache with the docstring.",
)

conv.mistake(
    "only_z",
    ("return Z, (A_prev, W, b, hparameters)", "return Z"),
    cause="Only Z came back, without the cache.",
    hint="Compare your return with the docstring.",
)

conv.mistake(
    "column_without_stride",
    ("h * stride, w * stride", "h * stride, w"),
    cause="The stride moves the window down, but not to the right: its columns begin at w.",
    hint="With stride 2, where does the second window of the first row begin?",
)

conv.mistake(
    "row_without_stride",
    ("h * stride, w * stride", "h, w * stride"),
    cause="The stride moves the window to the right, but not down: its rows begin at h.",
    hint="With stride 2, where does the first window of the second row begin?",
)


pool = exercise("pool_forward")

@pool.right("course")
def pool_forward(A_prev, hparameters, mode="max"):
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    f = hparameters["f"]
    stride = hparameters["stride"]
    n_H = int(1 + (n_H_prev - f) / stride)
    n_W = int(1 + (n_W_prev - f) / stride)
    n_C = n_C_prev
    A = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start = h * stride
                    vert_end = vert_start + f
                    horiz_start = w * stride
                    horiz_end = horiz_start + f
                    a_prev_slice = A_prev[i, vert_start:vert_end, horiz_start:horiz_end, c]
                    if mode == "max":
                        A[i, h, w, c] = np.max(a_prev_slice)
                    elif mode == "average":
                        A[i, h, w, c] = np.mean(a_prev_slice)
    cache = (A_prev, hparameters)
    assert (A.shape == (m, n_H, n_W, n_C))
    return A, cache

@pool.right("windows")
def pool_forward(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    views = np.lib.stride_tricks.sliding_window_view(A_prev, (f, f), axis=(1, 2))[:, ::s, ::s]
    A = views.max(axis=(4, 5)) if mode == "max" else views.mean(axis=(4, 5))
    return A, (A_prev, hparameters)

@pool.right("by_places")
def pool_forward(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = [output_shape(n, f, "valid", s) for n in A_prev.shape[1:3]]
    parts = [A_prev[:, i : i + n_H * s : s, j : j + n_W * s : s] for i in range(f) for j in range(f)]
    A = np.max(parts, axis=0) if mode == "max" else sum(parts) / f**2
    return A, (A_prev, hparameters)

pool.mistake(
    "stride_ignored",
    ("top, left = h * stride, w * stride", "top, left = h, w"),
    cause="The corners of the windows ignore the stride: windows move by one pixel.",
    hint="Which row does pixel h = 2 start at, with stride 3?",
)

pool.mistake(
    "window_for_stride",
    ("top, left = h * stride, w * stride", "top, left = h * f, w * f"),
    cause="The windows move by their own size, not by the stride.",
    hint="Call it with f=3 and stride=1.",
)

pool.mistake(
    "axes_exchanged",
    ("top, left = h * stride, w * stride", "left, top = h * stride, w * stride"),
    cause="Vertical and horizontal are exchanged: h moves the window to the right.",
    hint="h counts rows. Which index of the picture does it move?",
)

pool.mistake(
    "height_for_width",
    ("output_shape(n_W_prev, f", "output_shape(n_H_prev, f"),
    cause="The width of the output was computed from the height of the input.",
    hint="Print A.shape for a picture that is not square.",
)

pool.mistake(
    "maximum_over_channels",
    ("window.max(axis=(1, 2))", "window.max(axis=(1, 2, 3))[:, None]"),
    cause="The maximum runs over the channels as well: all channels are equal.",
    hint="Pooling works channel by channel. Over which axes is the maximum?",
)

pool.mistake(
    "mean_over_channels",
    ("window.mean(axis=(1, 2))", "window.mean(axis=(1, 2, 3))[:, None]"),
    cause="The mean runs over the channels as well: all channels are equal.",
    hint="Pooling works channel by channel. Over which axes is the mean?",
)

pool.mistake(
    "sum_for_mean",
    ("window.mean(", "window.sum("),
    cause="The average is a sum: the division by the number of entries is missing.",
    hint="In the example by hand the means are 1 and 1.25.",
)

pool.mistake(
    "mode_ignored",
    ("if mode == \"max\"", "if True"),
    cause="The maximum came back in both modes.",
    hint="Call it with mode=\"average\".",
)

pool.mistake(
    "modes_exchanged",
    ("mode == \"max\"", "mode != \"max\""),
    cause="The two modes have changed places.",
    hint="Call it with one mode and look at the example by hand.",
)

pool.mistake(
    "maximum_from_zero",
    ("window.max(axis=(1, 2))", "window.max(axis=(1, 2), initial=0)"),
    cause="The search for the maximum starts at zero, so it is never below 0.",
    hint="Try pictures whose entries are all negative.",
)

pool.mistake(
    "maximum_of_sizes",
    ("window.max(axis=(1, 2))", "np.abs(window).max(axis=(1, 2))"),
    cause="The largest absolute value came back, not the largest value.",
    hint="Try pictures whose entries are all negative.",
)

pool.mistake(
    "minimum",
    ("window.max(", "window.min("),
    cause="The minimum came back.",
    hint="Look at the example by hand.",
)

pool.mistake(
    "only_a",
    ("return A, (A_prev, hparameters)", "return A"),
    cause="Only A came back, without the cache.",
    hint="Compare your return with the docstring.",
)

pool.mistake(
    "output_in_the_cache",
    ("return A, (A_prev,", "return A, (A,"),
    cause="The cache holds the output in the place of A_prev.",
    hint="The way back needs what went in.",
)

pool.equivalent("A[:, h, w] = window.max(axis=(1, 2))", "A[:, h, w] = window.max(axis=(2, 1))", reason="a maximum does not depend on the order of the axes.")

pool.equivalent("A[:, h, w] = window.mean(axis=(1, 2))", "A[:, h, w] = window.mean(axis=(2, 1))", reason="a mean does not depend on the order of the axes.")

@pool.mistake(
    "square_outputs_only",
    cause="Only square outputs are filled: the loop over the columns runs over n_H as well.",
    hint="Try a picture that is wider than high. Print A: where are the zeros?",
)
def pool_forward(A_prev, hparameters, mode="max"):
    f, stride = hparameters["f"], hparameters["stride"]
    n_H, n_W = [output_shape(n, f, 0, stride) for n in A_prev.shape[1:3]]
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for h in range(n_H):
        for w in range(min(n_H, n_W)):
            window = A_prev[:, h * stride : h * stride + f, w * stride : w * stride + f]
            A[:, h, w] = window.max(axis=(1, 2)) if mode == "max" else window.mean(axis=(1, 2))
    return A, (A_prev, hparameters)

rows = exercise("im2col")

@rows.right("windows")
def im2col(A_prev, f, stride, pad):
    A = zero_pad(A_prev, pad)
    views = np.lib.stride_tricks.sliding_window_view(A, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return views.transpose(0, 1, 2, 4, 5, 3).reshape(-1, f * f * A.shape[3])

@rows.right("indices")
def im2col(A_prev, f, stride, pad):
    A = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    top = np.arange(0, A.shape[1] - f + 1, stride)[:, None, None, None] + np.arange(f)[:, None]
    left = np.arange(0, A.shape[2] - f + 1, stride)[:, None, None] + np.arange(f)
    return A[:, top, left].reshape(-1, f * f * A.shape[3])

@rows.right("joined")
def im2col(A_prev, f, stride, pad):
    A = zero_pad(A_prev, pad)
    h, w = [(n - f) // stride * stride + 1 for n in A.shape[1:3]]
    parts = [A[:, i : i + h : stride, j : j + w : stride] for i in range(f) for j in range(f)]
    return np.concatenate([part.reshape(-1, A.shape[3]) for part in parts], axis=1)

rows.mistake(
    "stride_ignored",
    ("rows = A[:, i : i + n_H * stride : stride]", "rows = A[:, i : i + n_H]"),
    cause="The rows of the windows ignore the stride.",
    hint="From one window to the next, by how many rows does one move?",
)

rows.mistake(
    "columns_ignore_stride",
    ("rows[:, :, j : j + n_W * stride : stride]", "rows[:, :, j : j + n_W]"),
    cause="The columns of the windows ignore the stride.",
    hint="From one window to the next, by how many columns does one move?",
)

rows.mistake(
    "window_transposed",
    ("columns[:, :, :, i, j] =", "columns[:, :, :, j, i] ="),
    cause="Each window was written down column by column.",
    hint="Look at the first row of the example by hand: 1, 2, 0, 1.",
)

rows.mistake(
    "padding_ignored",
    ("zero_pad(A_prev, pad)", "A_prev"),
    cause="The pictures were not padded.",
    hint="Call it with pad=1. How many rows should there be?",
)

rows.mistake(
    "windows_as_columns",
    ("return columns.reshape(m * n_H * n_W, f * f * n_C)", "return columns.reshape(m * n_H * n_W, f * f * n_C).T"),
    cause="The windows stand side by side, as columns.",
    hint="One row for each window. Compare the shape with the docstring.",
)

rows.mistake(
    "reshaped_across",
    ("columns.reshape(m * n_H * n_W, f * f * n_C)", "columns.reshape(f * f * n_C, m * n_H * n_W).T"),
    cause="The array was reshaped to another order of axes: that shuffles the entries.",
    hint="reshape never moves an entry past another. Which axes must stand first?",
)

rows.mistake(
    "width_for_height",
    ("n_H = (n_H_prev - f)", "n_H = (n_W_prev - f)"),
    cause="The number of rows was computed from the width.",
    hint="Use pictures that are not square.",
)

@rows.mistake(
    "channels_first",
    cause="Within a row the channels change slowest, not fastest.",
    hint="Where does the axis of the channels stand before you reshape?",
)
def im2col(A_prev, f, stride, pad):
    A = zero_pad(A_prev, pad)
    views = np.lib.stride_tricks.sliding_window_view(A, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return views.reshape(-1, f * f * A.shape[3])

@rows.mistake(
    "loop_over_pictures",
    cause="The entries are right, but a loop runs over the pictures.",
    hint="A slice with a colon in the first place takes all pictures at once.",
)
def im2col(A_prev, f, stride, pad):
    A = zero_pad(A_prev, pad)
    found = []
    for picture in A:
        views = np.lib.stride_tricks.sliding_window_view(picture, (f, f), axis=(0, 1))[::stride, ::stride]
        found.append(views.transpose(0, 1, 3, 4, 2).reshape(-1, f * f * A.shape[3]))
    return np.concatenate(found)

@rows.mistake(
    "loop_over_places",
    cause="The entries are right, but a loop runs over the places of the window.",
    hint="Turn it around: for one pixel of the window, take its entries in all windows at once.",
)
def im2col(A_prev, f, stride, pad):
    A = zero_pad(A_prev, pad)
    found = []
    for top in range(0, A.shape[1] - f + 1, stride):
        for left in range(0, A.shape[2] - f + 1, stride):
            found.append(A[:, top : top + f, left : left + f].reshape(len(A), -1))
    return np.stack(found, axis=1).reshape(-1, f * f * A.shape[3])

@rows.mistake(
    "loop_over_channels",
    cause="The entries are right, but a loop runs over the channels.",
    hint="A slice takes all channels at once.",
)
def im2col(A_prev, f, stride, pad):
    A = zero_pad(A_prev, pad)
    found = []
    for c in range(A.shape[3]):
        views = np.lib.stride_tricks.sliding_window_view(A[..., c], (f, f), axis=(1, 2))[:, ::stride, ::stride]
        found.append(views)
    return np.stack(found, axis=-1).reshape(-1, f * f * A.shape[3])
