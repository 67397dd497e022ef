"""Answers that people give to the exercises of convolution_backward.py: read, never imported (see CONTRIBUTING.md)."""


pixel = exercise("pixel_gradients")

@pixel.right("loops")
def pixel_gradients(a_slice, W, dz):
    f, _, n_C_prev = W.shape
    da_slice, dW = np.zeros(a_slice.shape), np.zeros(W.shape)
    for i in range(f):
        for j in range(f):
            for k in range(n_C_prev):
                da_slice[i, j, k] = dz * W[i, j, k]
                dW[i, j, k] = dz * a_slice[i, j, k]
    return da_slice, dW, dz

@pixel.right("einsum")
def pixel_gradients(a_slice, W, dz):
    return np.einsum("ijk,->ijk", W, dz), np.einsum("ijk,->ijk", a_slice, dz), 1.0 * dz

@pixel.right("measured")
def pixel_gradients(a_slice, W, dz):
    da_slice = slopes(lambda a: dz * np.sum(a * W), a_slice, step=1.0)
    dW = slopes(lambda w: dz * np.sum(a_slice * w), W, step=1.0)
    return da_slice, dW, dz

@pixel.right("bias_with_its_axes")
def pixel_gradients(a_slice, W, dz):
    return np.multiply(dz, W), np.multiply(dz, a_slice), np.full((1, 1, 1), dz)

@pixel.right("float32")
def pixel_gradients(a_slice, W, dz):
    dz = np.float32(dz)
    return W.astype(np.float32) * dz, a_slice.astype(np.float32) * dz, dz

pixel.mistake(
    "changed_places",
    ("da_slice = W * dz", "da_slice = a_slice * dz"),
    ("dW = a_slice * dz", "dW = W * dz"),
    cause="Window and filter have changed places: each got its own values in the place of the other's.",
    hint="The pixel 4 of the example has the slope 20. Which of the two, 4 or 2, is multiplied by 10?",
)

pixel.mistake(
    "dz_forgotten",
    ("da_slice = W * dz", "da_slice = W"),
    ("dW = a_slice * dz", "dW = a_slice"),
    ("db = dz", "db = 1.0"),
    cause="These are the slopes of z, not of the cost: dz is missing everywhere.",
    hint="If z grows by h, the cost grows by dz times h.",
)

pixel.mistake(
    "dz_forgotten_for_the_window",
    ("da_slice = W * dz", "da_slice = W"),
    cause="The gradient of the window is the filter alone: dz is missing.",
    hint="In answer 2 the filter is multiplied by 10.",
)

pixel.mistake(
    "dz_forgotten_for_the_filter",
    ("dW = a_slice * dz", "dW = a_slice"),
    cause="The gradient of the filter is the window alone: dz is missing.",
    hint="In answer 3 the window is multiplied by 10.",
)

pixel.mistake(
    "bias_one",
    ("db = dz", "db = 1.0"),
    cause="The slope of z in the bias came back, which is 1, not the slope of the cost.",
    hint="If the bias grows by h, z grows by h. And the cost?",
)

pixel.mistake(
    "bias_summed",
    ("db = dz", "db = np.sum(dW)"),
    cause="The gradient of the filter was summed up for the bias.",
    hint="The bias is added once to z, whatever the window holds.",
)

pixel.mistake(
    "bias_zero",
    ("db = dz", "db = 0.0"),
    cause="The bias got no gradient.",
    hint="If the bias grows by h, what does z do?",
)

pixel.mistake(
    "summed",
    ("da_slice = W * dz", "da_slice = np.sum(W) * dz"),
    ("dW = a_slice * dz", "dW = np.sum(a_slice) * dz"),
    cause="The products were summed up. Forward there is a sum; backward each entry has a slope of its own.",
    hint="A gradient has the shape of what it belongs to.",
)

pixel.mistake(
    "both_factors_kept",
    ("dW = a_slice * dz", "dW = a_slice * W * dz"),
    cause="In the gradient of the filter the filter itself is still a factor.",
    hint="If a weight grows by h, by how much does the product of pixel and weight grow?",
)

pixel.mistake(
    "both_factors_kept_in_the_window",
    ("da_slice = W * dz", "da_slice = W * a_slice * dz"),
    cause="In the gradient of the window the window itself is still a factor.",
    hint="If a pixel grows by h, by how much does the product of pixel and weight grow?",
)

pixel.mistake(
    "averaged",
    ("da_slice = W * dz", "da_slice = W * dz / W.size"),
    ("dW = a_slice * dz", "dW = a_slice * dz / W.size"),
    cause="The gradients were divided by the number of entries. z is a sum, not an average.",
    hint="In answer 1 the slope of the 4 is 20. What do you get?",
)

pixel.mistake(
    "filter_turned",
    ("da_slice = W * dz", "da_slice = W[::-1, ::-1] * dz"),
    cause="The filter was turned by half a turn. That belongs to another way of writing the whole way back.",
    hint="Which weight lies on the pixel top left?",
)

@pixel.mistake(
    "changed_in_place",
    cause="W *= dz changes the filter of the one who called.",
    hint="Write W * dz, which makes a new array.",
)
def pixel_gradients(a_slice, W, dz):
    dW = a_slice * dz
    W *= dz
    return W, dW, dz


conv = exercise("conv_backward")

@conv.right("course")
def conv_backward(dZ, cache):
    (A_prev, W, b, hparameters) = cache
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    (f, f, n_C_prev, n_C) = W.shape
    stride = hparameters["stride"]
    pad = hparameters["pad"]
    (m, n_H, n_W, n_C) = dZ.shape
    dA_prev = np.zeros((m, n_H_prev, n_W_prev, n_C_prev))
    dW = np.zeros((f, f, n_C_prev, n_C))
    db = np.zeros((1, 1, 1, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad = zero_pad(dA_prev, pad)
    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        da_prev_pad = dA_prev_pad[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start = h * stride
                    vert_end = vert_start + f
                    horiz_start = w * stride
                    horiz_end = horiz_start + f
                    a_slice = a_prev_pad[vert_start:vert_end, horiz_start:horiz_end, :]
                    da_prev_pad[vert_start:vert_end, horiz_start:horiz_end, :] += W[:,:,:,c] * dZ[i, h, w, c]
                    dW[:,:,:,c] += a_slice * dZ[i, h, w, c]
                    db[:,:,:,c] += dZ[i, h, w, c]
        if pad == 0:
            dA_prev[i, :, :, :] = da_prev_pad
        else:
            dA_prev[i, :, :, :] = da_prev_pad[pad:-pad, pad:-pad, :]
    assert(dA_prev.shape == (m, n_H_prev, n_W_prev, n_C_prev))
    return dA_prev, dW, db

@conv.right("filters_at_once")
def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    A_pad = np.pad(A_prev, [(0, 0), (p, p), (p, p), (0, 0)])
    dA_pad, dW = np.zeros_like(A_pad), np.zeros_like(W)
    for h in range(dZ.shape[1]):
        for w in range(dZ.shape[2]):
            window = np.s_[:, h * s : h * s + f, w * s : w * s + f]
            dA_pad[window] += np.einsum("ijkc,mc->mijk", W, dZ[:, h, w])
            dW += np.einsum("mijk,mc->ijkc", A_pad[window], dZ[:, h, w])
    end_H, end_W = p + A_prev.shape[1], p + A_prev.shape[2]
    return dA_pad[:, p:end_H, p:end_W], dW, np.sum(dZ, axis=(0, 1, 2), keepdims=True)

@conv.right("entries_of_the_filter")
def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    m, n_H, n_W, n_C = dZ.shape
    A_pad = zero_pad(A_prev, p)
    dA_pad, dW = np.zeros(A_pad.shape), np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            under = np.s_[:, i : i + s * n_H : s, j : j + s * n_W : s]
            dA_pad[under] += dZ @ W[i, j].T
            dW[i, j] = np.tensordot(A_pad[under], dZ, axes=((0, 1, 2), (0, 1, 2)))
    db = dZ.sum(axis=0).sum(axis=0).sum(axis=0).reshape(1, 1, 1, n_C)
    return dA_pad[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]], dW, db

@conv.right("a_convolution_again")
def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    m, H, B, _ = A_prev.shape
    A_pad = zero_pad(A_prev, p)
    spread = np.zeros((m, A_pad.shape[1] - f + 1, A_pad.shape[2] - f + 1, W.shape[3]))
    spread[:, : s * dZ.shape[1] : s, : s * dZ.shape[2] : s] = dZ
    turned = W[::-1, ::-1].transpose(0, 1, 3, 2)
    no_bias = np.zeros((1, 1, 1, W.shape[2]))
    dA_pad, _ = conv_forward(spread, turned, no_bias, {"stride": 1, "pad": f - 1})
    windows = np.lib.stride_tricks.sliding_window_view(A_pad, (f, f), axis=(1, 2))
    dW = np.einsum("mhwkij,mhwc->ijkc", windows, spread)
    return dA_pad[:, p : p + H, p : p + B], dW, dZ.sum((0, 1, 2))[None, None, None]

@conv.right("float32")
def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    A_pad = zero_pad(A_prev, pad)
    dA_pad, dW, db = np.zeros(A_pad.shape), np.zeros(W.shape), np.zeros((1, 1, 1, W.shape[-1]))
    for i, h, w, c in np.ndindex(dZ.shape):
        window = i, slice(h * stride, h * stride + f), slice(w * stride, w * stride + f)
        da, dw, one = pixel_gradients(A_pad[window], W[..., c], dZ[i, h, w, c])
        dA_pad[window] += da
        dW[..., c] += dw
        db[..., c] += one
    bottom, right = A_pad.shape[1] - pad, A_pad.shape[2] - pad
    return dA_pad[:, pad:bottom, pad:right].astype(np.float32), dW.astype(np.float32), db.astype(np.float32)

conv.mistake(
    "frame_not_cut_off",
    ("dA_prev = dA_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]", "dA_prev = dA_pad"),
    cause="The gradient of the padded pictures came back: the frame of zeros was not cut off.",
    hint="A gradient has the shape of what it belongs to. Compare the shapes of dA_prev and A_prev.",
)

conv.mistake(
    "empty_without_padding",
    ("dA_prev = dA_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]", "dA_prev = dA_pad[:, pad:-pad, pad:-pad]"),
    cause="Right only for pad > 0: the frame is cut off with [pad:-pad], which is empty for pad = 0.",
    hint="What is [1, 2, 3][0:-0]? Say where the picture ends by its size.",
)

@conv.mistake(
    "public_template_without_padding",
    cause="Right only for pad > 0, as in many public solutions: for pad = 0 the slice [pad:-pad] is empty, and it cannot be put into dA_prev.",
    hint="What is [1, 2, 3][0:-0]? Treat pad = 0 apart, or say where the picture ends by its size.",
)
def conv_backward(dZ, cache):
    (A_prev, W, b, hparameters) = cache
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    (f, f, n_C_prev, n_C) = W.shape
    stride = hparameters["stride"]
    pad = hparameters["pad"]
    (m, n_H, n_W, n_C) = dZ.shape
    dA_prev = np.zeros((m, n_H_prev, n_W_prev, n_C_prev))
    dW = np.zeros((f, f, n_C_prev, n_C))
    db = np.zeros((1, 1, 1, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad = zero_pad(dA_prev, pad)
    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        da_prev_pad = dA_prev_pad[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start = h * stride
                    vert_end = vert_start + f
                    horiz_start = w * stride
                    horiz_end = horiz_start + f
                    a_slice = a_prev_pad[vert_start:vert_end, horiz_start:horiz_end, :]
                    da_prev_pad[vert_start:vert_end, horiz_start:horiz_end, :] += W[:,:,:,c] * dZ[i, h, w, c]
                    dW[:,:,:,c] += a_slice * dZ[i, h, w, c]
                    db[:,:,:,c] += dZ[i, h, w, c]
        dA_prev[i, :, :, :] = da_prev_pad[pad:-pad, pad:-pad, :]
    assert(dA_prev.shape == (m, n_H_prev, n_W_prev, n_C_prev))
    return dA_prev, dW, db

conv.mistake(
    "cut_at_the_wrong_end",
    ("dA_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]", "dA_pad[:, :n_H_prev, :n_W_prev]"),
    cause="The frame was cut off at the bottom and on the right only, twice as much as there is.",
    hint="Where in the padded picture does the picture itself begin?",
)

conv.mistake(
    "picture_overwritten",
    ("dA_pad[i, rows, columns] += one[0]", "dA_pad[i, rows, columns] = one[0]"),
    cause="dA_prev is overwritten where it should be added to: of overlapping windows, and of the filters, only the last one counts.",
    hint="In the example the pixel 2 has the slope -9, from two windows. What do you get?",
)

conv.mistake(
    "filter_overwritten",
    ("dW[:, :, :, c] += one[1]", "dW[:, :, :, c] = one[1]"),
    cause="dW is overwritten by each window where it should be added to: only the last window counts.",
    hint="One filter serves all windows of all pictures. What becomes of their gradients?",
)

conv.mistake(
    "bias_overwritten",
    ("db[:, :, :, c] += one[2]", "db[:, :, :, c] = one[2]"),
    cause="db is overwritten by each window where it should be added to: only the last window counts.",
    hint="The bias acts in all windows of all pictures. In the example db is 11.",
)

conv.mistake(
    "stride_ignored",
    ("slice(h * stride, h * stride + f)", "slice(h, h + f)"),
    ("slice(w * stride, w * stride + f)", "slice(w, w + f)"),
    cause="Right only for stride 1: the windows go on by one pixel, whatever the stride is.",
    hint="Where did the forward pass read the window of output pixel (1, 1) with stride 2?",
)

conv.mistake(
    "stride_in_rows_only",
    ("slice(w * stride, w * stride + f)", "slice(w, w + f)"),
    cause="The stride counts for the rows, but not for the columns.",
    hint="Compare the two lines that find the window.",
)

conv.mistake(
    "window_of_the_stride",
    ("slice(h * stride, h * stride + f)", "slice(h * f, h * f + f)"),
    ("slice(w * stride, w * stride + f)", "slice(w * f, w * f + f)"),
    cause="The windows go on by the size of the filter, not by the stride.",
    hint="By how many pixels does the window move from one output pixel to the next?",
)

conv.mistake(
    "rows_and_columns_exchanged",
    ("slice(h * stride, h * stride + f)", "slice(w * stride, w * stride + f)"),
    ("columns = slice(w * stride, w * stride + f)", "columns = slice(h * stride, h * stride + f)"),
    cause="Rows and columns of the window have changed places.",
    hint="h counts rows and w counts columns. Test with pictures that are not square.",
)

conv.mistake(
    "unpadded_window",
    ("pixel_gradients(A_pad[i, rows, columns]", "pixel_gradients(A_prev[i, rows, columns]"),
    cause="The window for dW was cut from the pictures without padding.",
    hint="Which array did the forward pass read? With padding 0 there is no difference.",
)

conv.mistake(
    "filter_divided_by_m",
    ("return dA_prev, dW, db", "return dA_prev, dW / m, db / m"),
    cause="dW and db were divided by m. The 1/m of the cost is in dZ already.",
    hint="If a weight grows by a little, the cost changes through every picture, and the changes add up.",
)

conv.mistake(
    "bias_averaged",
    ("return dA_prev, dW, db", "return dA_prev, dW, db / (m * n_H * n_W)"),
    cause="db is the average over all windows where a sum is due.",
    hint="In the example db is 10 + 1.",
)

conv.mistake(
    "bias_of_the_last_picture",
    ("return dA_prev, dW, db", "return dA_prev, dW, np.sum(dZ[-1], axis=(0, 1)).reshape(b.shape)"),
    cause="db comes from the last picture alone: the sum over the pictures is missing.",
    hint="The bias acts in every picture. Over which axes of dZ do you sum?",
)

conv.mistake(
    "bias_flat",
    ("return dA_prev, dW, db", "return dA_prev, dW, db.ravel()"),
    cause="db has lost its axes: shape (n_C,) where (1, 1, 1, n_C) is due.",
    hint="A gradient has the shape of its parameter.",
)

conv.mistake(
    "one_filter_for_all",
    ("W[:, :, :, c], dZ", "W[:, :, :, 0], dZ"),
    cause="The gradients of all output channels were sent back through the first filter.",
    hint="Output channel c was made by filter c.",
)

conv.mistake(
    "wrong_axis_of_the_filters",
    ("W[:, :, :, c], dZ", "np.take(W, c % W.shape[2], axis=2), dZ"),
    cause="The filter was picked along the axis of the input channels, not along that of the filters.",
    hint="W has shape (f, f, n_C_prev, n_C). Which axis counts the filters?",
)

conv.mistake(
    "filter_turned",
    ("W[:, :, :, c], dZ", "W[::-1, ::-1, :, c], dZ"),
    cause="The filter was turned by half a turn inside the sum over windows. Window by window it is not turned.",
    hint="Which weight lay on the pixel top left of the window in the forward pass?",
)

conv.mistake(
    "picture_and_filter_exchanged",
    ("+= one[0]", "+= one[1]"),
    ("dW[:, :, :, c] += one[1]", "dW[:, :, :, c] += one[0]"),
    cause="The gradients of window and filter have changed places.",
    hint="In which order does pixel_gradients return them?",
)

conv.mistake(
    "first_picture_only",
    ("range(m)", "range(1)"),
    cause="Only the first picture was looked at.",
    hint="Over which axes of dZ do your loops run?",
)

conv.mistake(
    "first_filter_only",
    ("range(n_C)", "range(1)"),
    cause="Only the first filter was looked at.",
    hint="Over which axes of dZ do your loops run?",
)

conv.mistake(
    "last_row_left_out",
    ("range(n_H)", "range(n_H - 1)"),
    cause="The last row of output pixels was left out.",
    hint="range already leaves out its end.",
)

conv.mistake(
    "height_for_width",
    ("range(n_W)", "range(min(n_H, n_W))"),
    cause="Right only where the output is not wider than high: the loop over the columns ends with the number of rows.",
    hint="Test with pictures that are wider than high.",
)

conv.mistake(
    "started_anew_for_each_picture",
    (
        "        for h in range(n_H):\n",
        "        dW, db = np.zeros(W.shape), np.zeros(b.shape)\n        for h in range(n_H):\n",
    ),
    cause="dW and db are set to zero for each picture, so only the last picture counts.",
    hint="Where do the arrays of zeros have to stand: before the loop over the pictures, or in it?",
)

@conv.mistake(
    "changed_in_place",
    cause="The gradient was written into the array dZ of the one who called.",
    hint="Which line writes into dZ? Make a new array.",
)
def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    A_pad = zero_pad(A_prev, pad)
    dA_pad, dW, db = np.zeros(A_pad.shape), np.zeros(W.shape), np.zeros(b.shape)
    for i, h, w, c in np.ndindex(dZ.shape):
        window = i, slice(h * stride, h * stride + f), slice(w * stride, w * stride + f)
        dA_pad[window] += W[..., c] * dZ[i, h, w, c]
        dW[..., c] += A_pad[window] * dZ[i, h, w, c]
        db[..., c] += dZ[i, h, w, c]
        dZ[i, h, w, c] = 0
    return dA_pad[:, pad : pad + A_prev.shape[1], pad : pad + A_prev.shape[2]], dW, db

conv.equivalent("f = W.shape[0]", "f = W.shape[1]", reason="the contract's filters are square.")


mask_of = exercise("create_mask_from_window")

@mask_of.right("loops")
def create_mask_from_window(x):
    largest = x[0, 0]
    for row in x:
        for entry in row:
            if entry > largest:
                largest = entry
    mask = np.zeros(x.shape, dtype=bool)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            mask[i, j] = x[i, j] == largest
    return mask

@mask_of.right("course")
def create_mask_from_window(x):
    mask = (x == np.max(x))
    return mask

@mask_of.right("zeros_and_ones")
def create_mask_from_window(x):
    return np.where(x >= x.max(), 1, 0)

@mask_of.right("floats")
def create_mask_from_window(x):
    return np.equal(x, np.amax(x)).astype(np.float32)

mask_of.mistake(
    "first_maximum_only",
    ("return x == np.max(x)", "return np.arange(x.size).reshape(x.shape) == np.argmax(x)"),
    cause="Only the first maximum was marked: argmax names one place.",
    hint="What should come out for an array of equal numbers?",
)

mask_of.mistake(
    "minimum",
    ("np.max(x)", "np.min(x)"),
    cause="The smallest entry was marked.",
    hint="Max pooling passes the largest entry on.",
)

mask_of.mistake(
    "largest_in_size",
    ("return x == np.max(x)", "return np.abs(x) == np.max(np.abs(x))"),
    cause="The entry that is largest in size was marked, whatever its sign.",
    hint="Which is larger, -9 or 2?",
)

mask_of.mistake(
    "maximum_of_each_row",
    ("np.max(x)", "np.max(x, axis=1, keepdims=True)"),
    cause="The maximum of each row was marked.",
    hint="One window has one maximum: over which axes is it taken?",
)

mask_of.mistake(
    "maximum_of_each_column",
    ("np.max(x)", "np.max(x, axis=0, keepdims=True)"),
    cause="The maximum of each column was marked.",
    hint="One window has one maximum: over which axes is it taken?",
)

mask_of.mistake(
    "value_kept",
    ("return x == np.max(x)", "return x * (x == np.max(x))"),
    cause="The mask holds the maximum itself where it should say True.",
    hint="A mask says where. The value is not asked for.",
)

mask_of.mistake(
    "turned_around",
    ("x == np.max(x)", "x != np.max(x)"),
    cause="The mask is turned around: it says where the maximum is not.",
    hint="How many entries of your mask are True?",
)

mask_of.mistake(
    "above_the_mean",
    ("x == np.max(x)", "x > np.mean(x)"),
    cause="All entries above the mean were marked.",
    hint="How many entries of a window without ties are True?",
)

mask_of.mistake(
    "above_zero",
    ("x == np.max(x)", "x > 0"),
    cause="All positive entries were marked. That is the mask of ReLU.",
    hint="How many entries of a window without ties are True?",
)

mask_of.mistake(
    "place_for_mask",
    ("return x == np.max(x)", "return np.argmax(x)"),
    cause="The place of the maximum came back, a number, where an array of the shape of x is due.",
    hint="Compare the shape of your result with that of x.",
)

mask_of.mistake(
    "maximum_for_mask",
    ("return x == np.max(x)", "return np.max(x)"),
    cause="The maximum itself came back where an array of True and False is due.",
    hint="Compare x with that number.",
)

@mask_of.mistake(
    "changed_in_place",
    cause="The zeros and ones were written into x itself.",
    hint="The window is still needed. Make a new array.",
)
def create_mask_from_window(x):
    x[...] = x == np.max(x)
    return x


spread = exercise("distribute_value")

@spread.right("course")
def distribute_value(dz, shape):
    (n_H, n_W) = shape
    average = dz / (n_H * n_W)
    a = np.ones(shape) * average
    return a

@spread.right("loops")
def distribute_value(dz, shape):
    a = np.zeros(shape)
    for i in range(shape[0]):
        for j in range(shape[1]):
            a[i, j] = dz / a.size
    return a

@spread.right("product")
def distribute_value(dz, shape):
    return np.zeros(shape) + dz / np.prod(shape)

@spread.right("measured")
def distribute_value(dz, shape):
    return slopes(lambda x: dz * np.mean(x), np.zeros(shape), step=1.0)

@spread.right("float32")
def distribute_value(dz, shape):
    a = np.ones(shape, dtype=np.float32)
    return a * np.float32(dz) / a.size

spread.mistake(
    "not_divided",
    ("dz / (n_H * n_W)", "dz"),
    cause="Each entry got the whole dz: it was not divided.",
    hint="The entries should add up to dz.",
)

spread.mistake(
    "square_of_the_height",
    ("(n_H * n_W)", "n_H**2"),
    cause="Right only for square windows: it was divided by the height squared.",
    hint="How many entries has a window of 3 rows and 5 columns?",
)

spread.mistake(
    "square_of_the_width",
    ("(n_H * n_W)", "n_W**2"),
    cause="Right only for square windows: it was divided by the width squared.",
    hint="How many entries has a window of 3 rows and 5 columns?",
)

spread.mistake(
    "sum_of_the_sides",
    ("(n_H * n_W)", "(n_H + n_W)"),
    cause="It was divided by the sum of the sides. For 2 by 2 that is the same as the product.",
    hint="How many entries has a window of 3 rows and 5 columns?",
)

spread.mistake(
    "height_only",
    ("(n_H * n_W)", "n_H"),
    cause="It was divided by the number of rows only.",
    hint="The entries should add up to dz.",
)

spread.mistake(
    "brackets_forgotten",
    ("dz / (n_H * n_W)", "dz / n_H * n_W"),
    cause="Without brackets dz is divided by the rows, and then multiplied by the columns.",
    hint="In which order does Python work out a / b * c?",
)

spread.mistake(
    "multiplied",
    ("dz / (n_H * n_W)", "dz * (n_H * n_W)"),
    cause="dz was multiplied by the number of entries.",
    hint="If one entry grows by h, does the average grow by more, or by less?",
)

spread.mistake(
    "whole_numbers",
    ("dz / (n_H * n_W)", "dz // (n_H * n_W)"),
    cause="// rounds down to whole numbers.",
    hint="What is 3 // 4?",
)

spread.mistake(
    "sides_exchanged",
    ("np.full((n_H, n_W)", "np.full((n_W, n_H)"),
    cause="Rows and columns of the shape have changed places.",
    hint="Print the shape of your result for (3, 5).",
)

spread.mistake(
    "a_number",
    ("np.full((n_H, n_W), dz / (n_H * n_W))", "dz / (n_H * n_W)"),
    cause="One number came back where an array of the given shape is due.",
    hint="Each entry of the window has a gradient.",
)

spread.mistake(
    "flat",
    ("np.full((n_H, n_W), dz", "np.full(n_H * n_W, dz"),
    cause="A flat array came back.",
    hint="Compare the shape of your result with the one that was asked for.",
)


pool = exercise("pool_backward")

@pool.right("course")
def pool_backward(dA, cache, mode="max"):
    (A_prev, hparameters) = cache
    stride = hparameters["stride"]
    f = hparameters["f"]
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    m, n_H, n_W, n_C = dA.shape
    dA_prev = np.zeros((m, n_H_prev, n_W_prev, n_C_prev))
    for i in range(m):
        a_prev = A_prev[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start = h * stride
                    vert_end = vert_start + f
                    horiz_start = w * stride
                    horiz_end = horiz_start + f
                    if mode == "max":
                        a_prev_slice = a_prev[vert_start:vert_end, horiz_start:horiz_end, c]
                        mask = create_mask_from_window(a_prev_slice)
                        dA_prev[i, vert_start: vert_end, horiz_start: horiz_end, c] += mask * dA[i, h, w, c]
                    elif mode == "average":
                        da = dA[i, h, w, c]
                        shape = (f, f)
                        dA_prev[i, vert_start: vert_end, horiz_start: horiz_end, c] += distribute_value(da, shape)
    assert(dA_prev.shape == A_prev.shape)
    return dA_prev

@pool.right("channels_at_once")
def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, s = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros_like(A_prev)
    for h in range(dA.shape[1]):
        for w in range(dA.shape[2]):
            window = np.s_[:, h * s : h * s + f, w * s : w * s + f]
            there = dA[:, h : h + 1, w : w + 1]
            if mode == "max":
                largest = A_prev[window].max(axis=(1, 2), keepdims=True)
                dA_prev[window] += (A_prev[window] == largest) * there
            else:
                dA_prev[window] += there / f**2
    return dA_prev

@pool.right("entries_of_the_window")
def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, s = hparameters["f"], hparameters["stride"]
    m, n_H, n_W, n_C = dA.shape
    largest, _ = pool_forward(A_prev, hparameters, "max")
    dA_prev = np.zeros(A_prev.shape)
    for i, j in np.ndindex(f, f):
        under = np.s_[:, i : i + s * n_H : s, j : j + s * n_W : s]
        share = A_prev[under] == largest if mode == "max" else 1 / f**2
        dA_prev[under] += dA * share
    return dA_prev

@pool.right("einsum")
def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, s = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w in np.ndindex(dA.shape[:3]):
        window = i, slice(h * s, h * s + f), slice(w * s, w * s + f)
        if mode == "average":
            share = np.full((f, f, dA.shape[3]), 1 / (f * f))
        else:
            share = (A_prev[window] == A_prev[window].max(axis=0).max(axis=0)).astype(float)
        dA_prev[window] += np.einsum("ijc,c->ijc", share, dA[i, h, w])
    return dA_prev

@pool.right("float32")
def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, s = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape, np.float32)
    for i, h, w, c in np.ndindex(dA.shape):
        window = i, slice(h * s, h * s + f), slice(w * s, w * s + f), c
        if mode == "max":
            dA_prev[window] += np.float32(dA[i, h, w, c]) * create_mask_from_window(A_prev[window])
        else:
            dA_prev[window] += distribute_value(dA[i, h, w, c], (f, f)).astype(np.float32)
    return dA_prev

pool.mistake(
    "overwritten",
    ("dA_prev[i, rows, columns, c] += mask", "dA_prev[i, rows, columns, c] = mask"),
    ("dA_prev[i, rows, columns, c] += distribute", "dA_prev[i, rows, columns, c] = distribute"),
    cause="dA_prev is overwritten where it should be added to: of overlapping windows only the last one counts.",
    hint="It is right where the stride is the size of the window. Test with stride 1 and f = 3.",
)

pool.mistake(
    "max_overwritten",
    ("dA_prev[i, rows, columns, c] += mask", "dA_prev[i, rows, columns, c] = mask"),
    cause="In max mode dA_prev is overwritten where it should be added to: of overlapping windows only the last one counts.",
    hint="One pixel may win in two windows.",
)

pool.mistake(
    "stride_ignored",
    ("slice(h * stride, h * stride + f)", "slice(h, h + f)"),
    ("slice(w * stride, w * stride + f)", "slice(w, w + f)"),
    cause="Right only for stride 1, as in the early public solution: the windows go on by one pixel.",
    hint="Where did the forward pass read the window of output pixel (1, 1) with stride 2?",
)

pool.mistake(
    "window_for_stride",
    ("slice(h * stride, h * stride + f)", "slice(h * f, h * f + f)"),
    ("slice(w * stride, w * stride + f)", "slice(w * f, w * f + f)"),
    cause="The windows go on by their own size, not by the stride.",
    hint="By how many pixels does the window move from one output pixel to the next?",
)

pool.mistake(
    "rows_and_columns_exchanged",
    ("slice(h * stride, h * stride + f)", "slice(w * stride, w * stride + f)"),
    ("columns = slice(w * stride, w * stride + f)", "columns = slice(h * stride, h * stride + f)"),
    cause="Rows and columns of the window have changed places.",
    hint="h counts rows and w counts columns. Test with pictures that are not square.",
)

pool.mistake(
    "multiplied_by_the_maximum",
    ("mask * dA[i, h, w, c]", "mask * np.max(A_prev[i, rows, columns, c])"),
    cause="The mask was multiplied by the maximum, not by the gradient from above.",
    hint="Which array holds by how much the cost grows?",
)

pool.mistake(
    "maximum_as_well",
    ("mask * dA[i, h, w, c]", "mask * A_prev[i, rows, columns, c] * dA[i, h, w, c]"),
    cause="The gradient was multiplied by the maximum as well.",
    hint="If the largest pixel grows by h, by how much does the maximum grow?",
)

pool.mistake(
    "everybody_wins",
    ("mask * dA[i, h, w, c]", "dA[i, h, w, c]"),
    cause="In max mode every pixel of the window got the whole gradient: the mask was not used.",
    hint="If a pixel that is not the largest grows by a little, what does the maximum do?",
)

pool.mistake(
    "first_maximum_only",
    (
        "mask = create_mask_from_window(A_prev[i, rows, columns, c])",
        "mask = np.arange(f * f).reshape(f, f) == np.argmax(A_prev[i, rows, columns, c])",
    ),
    cause="Of several maxima only the first one got the gradient.",
    hint="The docstring says what happens where several entries are the maximum.",
)

pool.mistake(
    "ties_share",
    ("mask * dA[i, h, w, c]", "mask * dA[i, h, w, c] / mask.sum()"),
    cause="Several maxima share the gradient. There is much to be said for it, but the contract gives each of them all of it.",
    hint="The docstring says what happens where several entries are the maximum.",
)

pool.mistake(
    "mask_of_the_gradient",
    ("create_mask_from_window(A_prev[i, rows, columns, c])", "create_mask_from_window(dA_prev[i, rows, columns, c])"),
    cause="The mask was made from dA_prev, the array that is being filled.",
    hint="Which array decided who won, in the forward pass?",
)

pool.mistake(
    "maximum_over_the_channels",
    (
        "create_mask_from_window(A_prev[i, rows, columns, c])",
        "create_mask_from_window(A_prev[i, rows, columns])[:, :, c]",
    ),
    cause="The maximum was taken over all channels; pooling treats each channel by itself.",
    hint="What is the shape of the window that you compare?",
)

pool.mistake(
    "first_channel_decides",
    (
        "create_mask_from_window(A_prev[i, rows, columns, c])",
        "create_mask_from_window(A_prev[i, rows, columns, 0])",
    ),
    cause="The first channel decided for all of them who won.",
    hint="Each channel has a winner of its own.",
)

pool.mistake(
    "average_not_divided",
    ("distribute_value(dA[i, h, w, c], (f, f))", "dA[i, h, w, c]"),
    cause="In average mode every pixel got the whole gradient: it was not divided.",
    hint="If one of f times f pixels grows by h, by how much does the average grow?",
)

pool.mistake(
    "average_divided_by_the_side",
    ("distribute_value(dA[i, h, w, c], (f, f))", "dA[i, h, w, c] / f"),
    cause="In average mode the gradient was divided by f, not by f times f.",
    hint="How many pixels has the window?",
)

pool.mistake(
    "average_divided_by_the_output",
    ("distribute_value(dA[i, h, w, c], (f, f))", "dA[i, h, w, c] / (n_H * n_W)"),
    cause="In average mode the gradient was divided by the size of the output, not of the window.",
    hint="n_H and n_W count windows. How many pixels has one of them?",
)

pool.mistake(
    "average_of_the_gradients",
    ("distribute_value(dA[i, h, w, c], (f, f))", "distribute_value(np.mean(dA), (f, f))"),
    cause="In average mode every window got the mean of all gradients.",
    hint="Each output pixel sends its own gradient back.",
)

pool.mistake(
    "modes_exchanged",
    ('mode == "max"', 'mode != "max"'),
    cause="The two modes have changed places.",
    hint="Which branch runs for the mode max?",
)

pool.mistake(
    "always_max",
    ('mode == "max"', "True"),
    cause="The mode was not looked at: average pooling is treated like max pooling.",
    hint="What does your function do with mode?",
)

pool.mistake(
    "average_by_default",
    ('mode="max"', 'mode="average"'),
    cause="Without a mode the function treats pooling as average pooling; max is the default.",
    hint="Compare the first line of your function with the given one.",
)

pool.mistake(
    "first_picture_only",
    ("range(m)", "range(1)"),
    cause="Only the first picture was looked at.",
    hint="Over which axes of dA do your loops run?",
)

pool.mistake(
    "first_channel_only",
    ("range(n_C)", "range(1)"),
    cause="Only the first channel was looked at.",
    hint="Over which axes of dA do your loops run?",
)

pool.mistake(
    "last_column_left_out",
    ("range(n_W)", "range(n_W - 1)"),
    cause="The last column of output pixels was left out.",
    hint="range already leaves out its end.",
)

pool.mistake(
    "divided_by_m",
    ("return dA_prev", "return dA_prev / m"),
    cause="The gradient was divided by m. The 1/m of the cost is in dA already.",
    hint="Pooling passes gradients on. Does their sum stay?",
)
