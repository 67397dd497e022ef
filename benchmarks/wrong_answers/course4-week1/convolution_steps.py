"""Wrong answers to the exercises of convolution_steps.py, as learners give them: read, never imported."""


@wrong("\"same\" is turned into a padding of (f - 1) // 2, which is one pixel short for an even window.")
def output_shape(n, f, pad, stride):
    if pad == "valid":
        pad = 0
    elif pad == "same":
        pad = (f - 1) // 2
    return (n - f + 2 * pad) // stride + 1


@wrong("\"same\" gives n, whatever the stride is.", "The number of steps is rounded up, not down.")
def output_shape(n, f, pad, stride):
    if pad == "same":
        return n
    if pad == "valid":
        pad = 0
    return int(np.ceil((n - f + 2 * pad) / stride)) + 1


@wrong("The column of the window is not multiplied by the stride.", "Every filter gets the bias of the first one.")
def conv_forward(A_prev, W, b, hparameters):
    # Retrieve dimensions from A_prev's shape and W's shape
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    (f, f, n_C_prev, n_C) = W.shape

    # Retrieve information from "hparameters"
    stride = hparameters["stride"]
    pad = hparameters["pad"]

    # Compute the dimensions of the CONV output volume
    n_H = int((n_H_prev - f + 2 * pad) / stride) + 1
    n_W = int((n_W_prev - f + 2 * pad) / stride) + 1

    Z = np.zeros((m, n_H, n_W, n_C))
    A_prev_pad = zero_pad(A_prev, pad)

    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        for h in range(n_H):
            vert_start = h * stride
            vert_end = vert_start + f
            for w in range(n_W):
                horiz_start = w
                horiz_end = horiz_start + f
                for c in range(n_C):
                    a_slice_prev = a_prev_pad[vert_start:vert_end, horiz_start:horiz_end, :]
                    Z[i, h, w, c] = np.sum(conv_single_step(a_slice_prev, W[:, :, :, c], b[:, :, :, 0]))

    cache = (A_prev, W, b, hparameters)
    return Z, cache


@wrong("The pictures are padded before their size is read, so the padding counts twice and windows run over the end.")
def conv_forward(A_prev, W, b, hparameters):
    stride = hparameters["stride"]
    pad = hparameters["pad"]

    A_prev_pad = zero_pad(A_prev, pad)
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev_pad.shape
    (f, f, n_C_prev, n_C) = W.shape

    n_H = (n_H_prev - f + 2 * pad) // stride + 1
    n_W = (n_W_prev - f + 2 * pad) // stride + 1
    Z = np.zeros((m, n_H, n_W, n_C))

    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start, horiz_start = h * stride, w * stride
                    a_slice = A_prev_pad[i, vert_start:vert_start + f, horiz_start:horiz_start + f, :]
                    Z[i, h, w, c] = np.sum(a_slice * W[:, :, :, c]) + b[0, 0, 0, c]

    cache = (A_prev, W, b, hparameters)
    return Z, cache


@wrong("The window ends after stride pixels, not after f.", "The average runs over all channels of the window.")
def pool_forward(A_prev, hparameters, mode="max"):
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    f = hparameters["f"]
    stride = hparameters["stride"]

    # Define the dimensions of the output
    n_H = int(1 + (n_H_prev - f) / stride)
    n_W = int(1 + (n_W_prev - f) / stride)
    n_C = n_C_prev

    A = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for h in range(n_H):
            vert_start = h * stride
            vert_end = vert_start + stride
            for w in range(n_W):
                horiz_start = w * stride
                horiz_end = horiz_start + stride
                for c in range(n_C):
                    a_prev_slice = A_prev[i, vert_start:vert_end, horiz_start:horiz_end]
                    if mode == "max":
                        A[i, h, w, c] = np.max(a_prev_slice[:, :, c])
                    elif mode == "average":
                        A[i, h, w, c] = np.mean(a_prev_slice)

    cache = (A_prev, hparameters)
    return A, cache


@wrong("Within a row the channels come first and change slowest, where they should change fastest.")
def im2col(A_prev, f, stride, pad):
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    n_H = (n_H_prev + 2 * pad - f) // stride + 1
    n_W = (n_W_prev + 2 * pad - f) // stride + 1
    A_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    cols = np.zeros((m, n_H, n_W, n_C_prev, f, f))
    for i in range(f):
        i_max = i + stride * n_H
        for j in range(f):
            j_max = j + stride * n_W
            cols[:, :, :, :, i, j] = A_pad[:, i:i_max:stride, j:j_max:stride, :]
    return cols.reshape(m * n_H * n_W, -1)


@wrong("Loops over the pictures and all places of the output, so the steps of Python grow with the pictures.",
       "The windows of a picture are collected column by column, not row by row.")
def im2col(A_prev, f, stride, pad):
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    n_H = (n_H_prev + 2 * pad - f) // stride + 1
    n_W = (n_W_prev + 2 * pad - f) // stride + 1
    A_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    rows = []
    for i in range(m):
        for w in range(n_W):
            for h in range(n_H):
                window = A_pad[i, h * stride:h * stride + f, w * stride:w * stride + f, :]
                rows.append(window.flatten())
    return np.array(rows)


@wrong("The stride is left out across: horiz_start is w.", "Every filter gets the bias of the first.")
def conv_forward(A_prev, W, b, hparameters):
    # Retrieve dimensions from A_prev's shape
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    # Retrieve dimensions from W's shape
    (f, f, n_C_prev, n_C) = W.shape
    # Retrieve information from "hparameters"
    stride = hparameters["stride"]
    pad = hparameters["pad"]

    # Compute the dimensions of the CONV output volume
    n_H = int((n_H_prev - f + 2 * pad) / stride) + 1
    n_W = int((n_W_prev - f + 2 * pad) / stride) + 1

    # Initialize the output volume Z with zeros.
    Z = np.zeros((m, n_H, n_W, n_C))

    # Create A_prev_pad by padding A_prev
    A_prev_pad = zero_pad(A_prev, pad)

    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        for h in range(n_H):
            vert_start = h * stride
            vert_end = vert_start + f
            for w in range(n_W):
                horiz_start = w
                horiz_end = horiz_start + f
                a_slice_prev = a_prev_pad[vert_start:vert_end, horiz_start:horiz_end, :]
                for c in range(n_C):
                    Z[i, h, w, c] = np.sum(a_slice_prev * W[:, :, :, c]) + b[0, 0, 0, 0]

    cache = (A_prev, W, b, hparameters)

    return Z, cache


@wrong("The window is not cut to channel c, so each result is taken over all channels.")
def pool_forward(A_prev, hparameters, mode="max"):
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    f = hparameters["f"]
    stride = hparameters["stride"]

    # Define the dimensions of the output
    n_H = int(1 + (n_H_prev - f) / stride)
    n_W = int(1 + (n_W_prev - f) / stride)
    n_C = n_C_prev

    A = np.zeros((m, n_H, n_W, n_C))

    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                vert_start = h * stride
                vert_end = vert_start + f
                horiz_start = w * stride
                horiz_end = horiz_start + f
                for c in range(n_C):
                    a_prev_slice = A_prev[i, vert_start:vert_end, horiz_start:horiz_end, :]
                    if mode == "max":
                        A[i, h, w, c] = np.max(a_prev_slice)
                    elif mode == "average":
                        A[i, h, w, c] = np.mean(a_prev_slice)

    cache = (A_prev, hparameters)

    return A, cache


@wrong("Loops over all places of the output.", "The rows are ordered by place first and by picture last.")
def im2col(A_prev, f, stride, pad):
    A_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    m = A_pad.shape[0]
    n_H = (A_pad.shape[1] - f) // stride + 1
    n_W = (A_pad.shape[2] - f) // stride + 1
    rows = []
    for h in range(n_H):
        for w in range(n_W):
            window = A_pad[:, h * stride : h * stride + f, w * stride : w * stride + f, :]
            rows.append(window.reshape(m, -1))
    return np.concatenate(rows, axis=0)
