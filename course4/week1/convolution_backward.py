# %% [markdown]
# # Convolution, the way back
#
# A convolution slides one small filter over a picture. Backward the question turns around: by how
# much does the cost change with *this pixel*, or *this weight*? One pixel lies in many windows. One
# weight is used in all of them. The way out: look at a single window, then add up.
#
# **You will be able to**
#
# * find the gradient of a convolution, for any stride and padding, and test it with the cost alone;
# * send gradients back through pooling;
# * say why the way back is a convolution again, and what trained filters are worth;
# * turn the gradients on the pictures, and make a network blind.
#
# **Time** about 90 minutes, the open task apart. **Builds on** the forward pass (the lesson before)
# and backpropagation (course 1, week 4). Each exercise's heading gives points, minutes, difficulty
# and importance (1 to 5).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import numpy as np

from companion import (
    check, checking, data, hidden_cases, lesson, maps, play, plots, ready, verdict, verdicts,
)

lesson("course4-week1/convolution_backward", withholds=("companion.convolution",))

# %% [markdown]
# ## One picture
#
# A window of 3 × 3 slides over a picture of 9 × 11 pixels. In how many windows does each pixel lie?
# Three strides:

# %% tags=["demo", "picture"]
windows = {}
for stride in (1, 2, 4):
    counts = windows[f"stride {stride}"] = np.zeros((9, 11))
    for top in range(0, 9 - 2, stride):
        for left in range(0, 11 - 2, stride):
            counts[top : top + 3, left : left + 3] += 1
maps.show(
    windows, "windows that hold the pixel",
    alt="Three maps of 9 by 11 pixels. Stride 1: nine windows hold each pixel inside, one holds a "
    "corner. Stride 2: a pattern of 1, 2 and 4. Stride 4: each pixel lies in one window, or in "
    "none: the columns 3 and 7, and the rows 3, 7 and 8, are empty.",
)

# %% [markdown]
# The darker a pixel, the more roads lead from it to the cost. With stride 4 nobody reads some of
# them. Why is a corner pale with stride 1? Could that be changed? Keep the question.
#
# ## Part 1: one pixel
#
# The forward pass is given: a copy from the lesson *convolution_steps*. `slopes` is the judge: it
# measures slopes from the cost alone.

# %% nbgrader={"locked": true, "grade_id": "forward"}
def zero_pad(X, pad):
    """Zeros around each picture: (m, n_H, n_W, n_C) -> (m, n_H + 2 pad, n_W + 2 pad, n_C)."""
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))


def conv_forward(A_prev, W, b, hparameters):
    """Convolution (as in convolution_steps): returns Z and (A_prev, W, b, hparameters)."""
    stride, f, A_pad = hparameters["stride"], W.shape[0], zero_pad(A_prev, hparameters["pad"])
    n_H, n_W = ((size - f) // stride + 1 for size in A_pad.shape[1:3])
    Z = np.zeros((len(A_prev), n_H, n_W, W.shape[3]))
    for h, w in np.ndindex(n_H, n_W):  # all pictures and filters at once: slopes calls it often
        windows = A_pad[:, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[:, h, w] = np.tensordot(windows, W, 3) + b[0, 0, 0]
    return Z, (A_prev, W, b, hparameters)


def pool_forward(A_prev, hparameters, mode="max"):
    """Pooling (as in convolution_steps): returns A and (A_prev, hparameters)."""
    stride, f = hparameters["stride"], hparameters["f"]
    n_H, n_W = ((size - f) // stride + 1 for size in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for h, w in np.ndindex(n_H, n_W):
        windows = A_prev[:, h * stride : h * stride + f, w * stride : w * stride + f]
        A[:, h, w] = windows.max(axis=(1, 2)) if mode == "max" else windows.mean(axis=(1, 2))
    return A, (A_prev, hparameters)


def slopes(cost, array, step=1e-3):
    """By how much cost(array) grows with each entry, measured: one entry at a time, both ways."""
    measured = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        move = np.zeros(array.shape)
        move[place] = step
        measured[place] = (cost(array + move) - cost(array - move)) / (2 * step)
    return measured


hand_A, hand_dZ = np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([10.0, 1.0])
hand_W = np.array([[1.0, -1.0], [2.0, 3.0]])

# %% [markdown]
# One filter on one window gives *one output pixel*, with $a$ the window and $w$ the filter:
#
# $$z = \sum_{i,j,k} a_{ijk}\, w_{ijk} + b$$
#
# **By hand.** Window $\begin{pmatrix}1&2\\4&5\end{pmatrix}$, filter
# $\begin{pmatrix}1&-1\\2&3\end{pmatrix}$, $b = 0$: $z = 1 - 2 + 8 + 15 = 22$. From above comes
# $dz = 10$: if $z$ grows by a little, the cost grows by 10 times that. These numbers come back.
#
# **Find the gradients.** Think before you unfold.
#
# 1. *A pixel.* The 4 grows by $h$. By how much does $z$ grow, and the cost? What are the slopes of
#    all four pixels?
#
# <details><summary>Answer 1</summary>
#
# On the 4 lies the weight 2. So $z$ grows by $2h$, the cost by $20h$. All four:
# $\begin{pmatrix}10&-10\\20&30\end{pmatrix}$. That is the filter, times $dz$.
# </details>
#
# 2. *A weight.* The weight 3 grows by $h$. The cost? All four weights?
#
# <details><summary>Answer 2</summary>
#
# The 3 lies on the pixel 5, so the cost grows by $50h$. All four:
# $\begin{pmatrix}10&20\\40&50\end{pmatrix}$. Pixels and weights have changed places.
# </details>
#
# 3. *The bias* grows by $h$. The cost?
#
# <details><summary>Answer 3</summary>
#
# By $10h$: the slope is $dz$ itself.
# </details>
#
# Now without numbers, for a window with channels:

# %% [markdown]
# ### pixel_gradients · 6 points · 6 minutes · difficulty 1 · importance 5
#
# <details><summary>Hint: the question</summary>
#
# In a product of two numbers, what is the slope in one of them?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Three lines. Two arrays of shape $(f, f, n_C')$, each of them a product with a number; and a
# number. No sum is taken.
# </details>
# <details><summary>If <em>da_slice</em> and <em>dW</em> both differ</summary>
#
# Have they changed places? Look at answers 1 and 2.
# </details>

# %% nbgrader={"solution": true, "grade_id": "pixel_gradients"}
def pixel_gradients(a_slice, W, dz):
    """The gradients that one output pixel of one filter sends back.

    Forward it was z = sum of a_slice * W, plus b.

    Args:
        a_slice: the window, shape (f, f, n_C_prev). W: the filter, shape (f, f, n_C_prev).
            Both come back unchanged.
        dz: by how much the cost grows with z, a number.

    Returns:
        (da_slice, dW, db): by how much the cost grows with each entry of the window and of the
        filter, both of shape (f, f, n_C_prev), and with the bias, a number.
    """
    ### BEGIN SOLUTION
    da_slice = W * dz
    dW = a_slice * dz
    db = dz
    return da_slice, dW, db
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "pixel_gradients-check"} tags=["check"]
rng = np.random.default_rng(1)
check_window, check_filter = rng.integers(-5, 6, (2, 3, 3, 2)).astype(float)
with checking("pixel_gradients", a_slice=check_window, W=check_filter):
    by_hand = pixel_gradients(hand_A[:, :2, None], hand_W[:, :, None], 10.0)
    check("by hand: da_slice", by_hand[0], np.array([[10, -10], [20, 30]])[..., None])
    check("by hand: dW", by_hand[1], np.array([[10, 20], [40, 50]])[..., None])
    check("by hand: db", by_hand[2], 10)
    da_slice, dW, db = pixel_gradients(check_window, check_filter, -0.7)
    cost = lambda a, W: -0.7 * np.sum(a * W)
    check("da_slice, measured", da_slice, slopes(lambda a: cost(a, check_filter), check_window))
    check("dW, measured", dW, slopes(lambda W: cost(check_window, W), check_filter))
    check("db", db, -0.7)

# %% nbgrader={"grade": true, "grade_id": "pixel_gradients-test", "points": 6}
verdict("pixel_gradients")
### BEGIN HIDDEN TESTS
@hidden_cases("pixel_gradients", cases=5, returns=("da_slice", "dW", "db"))
def _(case):
    f, n_C_prev = [(3, 2), (2, 5), (1, 4), (4, 1), (5, 3)][case.index]
    a_slice, W = case.rng.standard_normal((2, f, f, n_C_prev)) + 0.3
    case.call(pixel_gradients, a_slice, W, float(case.rng.uniform(0.3, 3) * (-1) ** case.index))
### END HIDDEN TESTS

# %% [markdown]
# ## Part 2: all pixels add up
#
# Now the whole picture. Pad it with zeros. The window of output pixel $(h, w)$ begins at row
# $h\cdot s$ and column $w\cdot s$ of the padded one; $s$ is the stride, and all count from 0.
#
# | name | shape | meaning |
# |---|---|---|
# | `A_prev` | $(m, n_{H}', n_{W}', n_{C}')$ | $m$ pictures: rows, columns, channels |
# | `W`, `b` | $(f, f, n_{C}', n_{C})$, $(1, 1, 1, n_{C})$ | $n_C$ filters, and a bias for each |
# | `Z`, `dZ` | $(m, n_H, n_W, n_C)$ | what comes out; by how much the cost grows with it |
# | `dA_prev`, `dW`, `db` | like `A_prev`, `W`, `b` | what you are to find |
#
# The window by hand was the left part of a picture with two windows:
#
# $$A = \begin{pmatrix}1&2&3\\4&5&6\end{pmatrix} \qquad W = \begin{pmatrix}1&-1\\2&3\end{pmatrix}
# \qquad Z = (22, 27) \qquad dZ = (10, 1)$$

# %% [markdown]
# **By hand.** What is the slope of the 2, which lies in both windows? What is the whole $dA$? What
# are $dW$ and $db$, if one filter serves both windows?
#
# <details><summary>Answer</summary>
#
# The first window sends $10\cdot W$ to the columns 0 and 1, the second $1\cdot W$ to 1 and 2. In
# column 1 they add up:
#
# $$dA = \begin{pmatrix}10&-10+1&-1\\20&30+2&3\end{pmatrix} =
# \begin{pmatrix}10&-9&-1\\20&32&3\end{pmatrix}$$
#
# $$dW = 10\begin{pmatrix}1&2\\4&5\end{pmatrix} + 1\begin{pmatrix}2&3\\5&6\end{pmatrix} =
# \begin{pmatrix}12&23\\45&56\end{pmatrix} \qquad db = 11$$
# </details>
#
# With padding, the windows read the *padded* picture. So they send their gradients to a padded
# array. The frame of zeros gets gradients too, but nobody can change those zeros: at the end the
# frame is cut off.

# %% [markdown]
# ### conv_backward · 20 points · 25 minutes · difficulty 4 · importance 5
#
# For every picture, every output pixel, every filter. Stride at least 1, padding at least **0**.
# You may call `zero_pad` and `pixel_gradients`.
#
# <details><summary>Hint: the question</summary>
#
# Where does the window of output pixel $(h, w)$ begin? Three arrays are filled: which entries of
# each does one output pixel touch?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Pad `A_prev`. Start three arrays of zeros: like the padded `A_prev`, like `W`, and
# $(1, 1, 1, n_C)$. Four loops, over the axes of `dZ`. Inside, find the window and add three
# gradients, each to its place. At the end cut the frame off.
# </details>
# <details><summary>If you see <em>operands could not be broadcast together</em></summary>
#
# A window at the edge was cut short. Did you slice the padded array, and multiply by the stride?
# </details>
# <details><summary>If <em>no padding</em> has a shape with 0, or cannot be broadcast</summary>
#
# `x[1:-1]` leaves out one at each end. But `x[0:-0]` is `x[0:0]`, and that is empty. Say where the
# picture ends in another way: by where it begins and how large it is.
# </details>
# <details><summary>If only <em>dA_prev</em> differs, and only inside</summary>
#
# Windows overlap. Does the second overwrite what the first has sent?
# </details>

# %% nbgrader={"solution": true, "grade_id": "conv_backward"}
def conv_backward(dZ, cache):
    """Back through a convolution.

    Args:
        dZ: the gradient of the cost with respect to Z, shape (m, n_H, n_W, n_C).
        cache: (A_prev, W, b, hparameters) of conv_forward: A_prev of shape
            (m, n_H_prev, n_W_prev, n_C_prev), W (f, f, n_C_prev, n_C), b (1, 1, 1, n_C),
            {"stride": at least 1, "pad": at least 0}. Windows need not fit evenly: the last
            rows and columns may be in none. All come back unchanged.

    Returns:
        (dA_prev, dW, db), with the shapes of A_prev, W and b. None is divided by m: dZ already is
        what the cost says.
    """
    ### BEGIN SOLUTION
    A_prev, W, b, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    m, n_H, n_W, n_C = dZ.shape
    f = W.shape[0]
    A_pad = zero_pad(A_prev, pad)
    dA_pad, dW, db = np.zeros(A_pad.shape), np.zeros(W.shape), np.zeros(b.shape)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                rows = slice(h * stride, h * stride + f)
                columns = slice(w * stride, w * stride + f)
                for c in range(n_C):
                    one = pixel_gradients(A_pad[i, rows, columns], W[:, :, :, c], dZ[i, h, w, c])
                    dA_pad[i, rows, columns] += one[0]
                    dW[:, :, :, c] += one[1]
                    db[:, :, :, c] += one[2]
    n_H_prev, n_W_prev = A_prev.shape[1:3]
    dA_prev = dA_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    return dA_prev, dW, db
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "conv_backward-check"} tags=["check"]
rng = np.random.default_rng(2)
hand_cache = hand_A[None, :, :, None], hand_W[:, :, None, None], np.zeros((1, 1, 1, 1))
hand_cache = *hand_cache, {"stride": 1, "pad": 0}
check_A, check_W = rng.integers(-3, 4, (2, 4, 6, 2)) * 1.0, rng.integers(-3, 4, (3, 3, 2, 3)) * 1.0
with checking("conv_backward", A_prev=check_A, W=check_W, hand_dZ=hand_dZ):
    dA_prev, dW, db = conv_backward(hand_dZ.reshape(1, 1, 2, 1), hand_cache)
    check("by hand: dA_prev", np.squeeze(dA_prev), [[10, -9, -1], [20, 32, 3]])
    check("by hand: dW", np.squeeze(dW), [[12, 23], [45, 56]])
    check("by hand: db", db, [[[[11]]]])
    for stride, pad in ((1, 0), (2, 1), (3, 2)):
        name = f"stride {stride}, pad {pad}" if pad else "no padding"
        step, bias = {"stride": stride, "pad": pad}, np.zeros((1, 1, 1, 3))
        dZ = rng.integers(-4, 5, conv_forward(check_A, check_W, bias, step)[0].shape) * 1.0
        cost = lambda A, W, b: np.sum(dZ * conv_forward(A, W, b, step)[0])
        dA_prev, dW, db = conv_backward(dZ, (check_A, check_W, bias, step))
        measured = slopes(lambda A: cost(A, check_W, bias), check_A)
        check(f"{name}: dA_prev", dA_prev, measured, atol=1e-6)
        check(f"{name}: dW", dW, slopes(lambda W: cost(check_A, W, bias), check_W), atol=1e-6)
        check(f"{name}: db", db, slopes(lambda b: cost(check_A, check_W, b), bias), atol=1e-6)

# %% nbgrader={"grade": true, "grade_id": "conv_backward-test", "points": 20}
verdict("conv_backward")
### BEGIN HIDDEN TESTS
@hidden_cases("conv_backward", cases=7, returns=("dA_prev", "dW", "db"), calls=("pixel_gradients",))
def _(case):
    m, n_H_prev, n_W_prev, n_C_prev, f, n_C, stride, pad = [
        (2, 5, 7, 3, 3, 4, 1, 1), (3, 6, 4, 2, 2, 5, 2, 0), (1, 5, 8, 4, 3, 2, 2, 2), (2, 7, 9, 1, 3, 3, 3, 0),
        (4, 3, 2, 5, 1, 2, 1, 0), (2, 4, 6, 3, 4, 1, 1, 2), (1, 8, 5, 2, 2, 3, 3, 1),
    ][case.index]
    n_H, n_W = ((size + 2 * pad - f) // stride + 1 for size in (n_H_prev, n_W_prev))
    A_prev = case.rng.standard_normal((m, n_H_prev, n_W_prev, n_C_prev)) + 0.2
    W, b = case.rng.standard_normal((f, f, n_C_prev, n_C)), case.rng.standard_normal((1, 1, 1, n_C))
    dZ = case.rng.standard_normal((m, n_H, n_W, n_C)) + 0.1
    case.call(conv_backward, dZ, (A_prev, W, b, {"stride": stride, "pad": pad}))
### END HIDDEN TESTS

# %% [markdown]
# ### Play: who is heard?
#
# Let every weight and every $dZ$ be 1. Then $dA$ counts the windows of each pixel: the opening
# picture, from your function. **Predict** before you move the sliders:
#
# 1. $f = 3$, stride 1. Which padding lets a corner pixel be heard in as many windows as one inside?
# 2. For which strides is some pixel in no window at all, whatever the size?
#
# <details><summary>Answers</summary>
#
# 1. Padding 2, that is $f - 1$. With padding 1, "same", the corner has 4 of the 9 roads.
# 2. For strides above $f$. But where windows do not fit evenly, the last rows may be in none with
#    smaller strides, too.
# </details>

# %% tags=["demo"]
if ready("conv_backward"):
    def draw(f, stride, pad):
        A, W = np.zeros((1, 9, 11, 1)), np.ones((f, f, 1, 1))
        Z, cache = conv_forward(A, W, np.zeros((1, 1, 1, 1)), {"stride": stride, "pad": pad})
        counts = conv_backward(np.ones(Z.shape), cache)[0][0, :, :, 0]
        title = f"filter {f} × {f}, stride {stride}, padding {pad}"
        ends = f"from {counts.min():.0f} to {counts.max():.0f} windows"
        return maps.draw({title: counts}, "gradient"), f"A map of 9 by 11 pixels: {title}; {ends}."

    play.slider(draw, f=(1, 5, 3), stride=(1, 4, 2), pad=(0, 2, 0))

# %% [markdown]
# ### Predict, then run: back is forward, again
#
# In the example, $dA$ consists of sums of products of weights and $dZ$. So it might be a
# convolution of $dZ$. With which filter?
#
# 1. Give $dZ$ a frame of one zero all around: 3 rows, 4 columns. Lay a window of 2 × 2 on it, top
#    left. It should give the slope of the first pixel, $10\cdot 1$. In which corner of the window
#    is the 10? In which corner of $W$ is the weight 1?
# 2. So what must be done to $W$?
# 3. And with stride 2?
#
# <details><summary>Answers</summary>
#
# 1. The 10 is bottom right, the weight 1 is top left.
# 2. Turn it by half a turn, rows and columns both. Channels in and out change places. The frame is
#    $f - 1$ wide. One step to the right, $10\cdot(-1) + 1\cdot 1 = -9$: that fits.
# 3. Put $s - 1$ zeros between the entries of $dZ$: as if the stride were 1, and the windows left
#    out had no gradient.
# </details>

# %% tags=["demo"]
if ready("conv_backward"):
    rng = np.random.default_rng(3)
    A, W = rng.random((2, 7, 9, 3)), rng.standard_normal((3, 3, 3, 4))
    for stride in (1, 2, 3):
        Z, cache = conv_forward(A, W, np.zeros((1, 1, 1, 4)), {"stride": stride, "pad": 0})
        dZ = rng.standard_normal(Z.shape)
        spread = np.zeros((2, 7 - 2, 9 - 2, 4))  # the dZ of stride 1
        spread[:, ::stride, ::stride] = dZ
        turned = W[::-1, ::-1].transpose(0, 1, 3, 2)
        again = conv_forward(spread, turned, np.zeros((1, 1, 1, 3)), {"stride": 1, "pad": 2})[0]
        off = np.abs(again - conv_backward(dZ, cache)[0]).max()
        same = "equal" if off < 1e-12 else "not equal"
        print(f"stride {stride}: dZ {dZ.shape} -> dA {again.shape}, {same} to yours")

# %% [markdown]
# That is why a fast convolution makes a fast way back, too. And it has a use of its own: run
# *forward*, it turns a small picture into a large one. As such it is called a transposed
# convolution.
#
# ## Part 3: pooling
#
# Pooling has no weights. It only passes gradients on.
#
# **By hand.** A window $\begin{pmatrix}1&7\\5&3\end{pmatrix}$, and $dz = 8$. What are the slopes of
# its four pixels under max pooling? Under average pooling?
#
# <details><summary>Answer</summary>
#
# *Max.* If the 7 grows by $h$, so does the maximum. If the 1 grows by a little, nothing happens.
# $\begin{pmatrix}0&8\\0&0\end{pmatrix}$: the winner takes it all.
#
# *Average.* Each pixel counts one quarter: 2, 2, 2, 2.
# </details>

# %% [markdown]
# ### create_mask_from_window · 3 points · 3 minutes · difficulty 1 · importance 3
#
# Who was the maximum? Where several are, mark them all.
#
# <details><summary>Hint: the question</summary>
#
# What does NumPy give when an array is compared with a number?
# </details>
# <details><summary>Hint: a plan</summary>
#
# One number, then one comparison; the result has the shape of $x$.
# </details>
# <details><summary>If only <em>several maxima</em> differs</summary>
#
# `argmax` names one place only.
# </details>

# %% nbgrader={"solution": true, "grade_id": "create_mask_from_window"}
def create_mask_from_window(x):
    """Where an array has its maximum.

    Args:
        x: shape (n_H, n_W). It must come back unchanged.

    Returns:
        An array of True and False, with the shape of x: True where the entry equals the maximum,
        in several places if there are several.
    """
    ### BEGIN SOLUTION
    return x == np.max(x)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "create_mask_from_window-check"} tags=["check"]
check_window = np.array([[1.0, 7.0], [5.0, 3.0]])
with checking("create_mask_from_window", x=check_window):
    check("by hand", create_mask_from_window(check_window), [[False, True], [False, False]])
    below_zero = np.array([[-4.0, -9.0, -2.0], [-3.0, -8.0, -7.0]])
    check("below zero", create_mask_from_window(below_zero), [[0, 0, 1], [0, 0, 0]])
    ties = create_mask_from_window(np.array([[2.0, 6.0, 1.0, 6.0], [6.0, 5.0, 0.0, 4.0]]))
    check("several maxima", ties, [[0, 1, 0, 1], [1, 0, 0, 0]])

# %% nbgrader={"grade": true, "grade_id": "create_mask_from_window-test", "points": 3}
verdict("create_mask_from_window")
### BEGIN HIDDEN TESTS
@hidden_cases("create_mask_from_window", cases=6, returns="mask")
def _(case):
    shape = [(3, 3), (2, 4), (5, 2), (3, 4), (4, 3), (1, 5)][case.index]
    if case.index % 2:
        x = case.rng.integers(0, 3, shape).astype(float)
    else:
        x = case.rng.standard_normal(shape) - 4 * (case.index == 2)
    if case.index == 3:
        x[0, 1] = x[2, 0] = x[2, 3] = 7
    case.call(create_mask_from_window, x)
### END HIDDEN TESTS

# %% [markdown]
# ### distribute_value · 3 points · 3 minutes · difficulty 1 · importance 3
#
# The average has no winner: everybody gets the same.
#
# <details><summary>Hint: the question</summary>
#
# If one of 12 entries grows by $h$, by how much does the average grow?
# </details>
# <details><summary>Hint: a plan</summary>
#
# How many entries has the shape? `np.full` makes an array of one number.
# </details>

# %% nbgrader={"solution": true, "grade_id": "distribute_value"}
def distribute_value(dz, shape):
    """The gradient of an average, spread over what was averaged.

    Args:
        dz: by how much the cost grows with the average, a number.
        shape: (n_H, n_W), of the window; the two may differ.

    Returns:
        An array of that shape: by how much the cost grows with each entry of the window.
    """
    ### BEGIN SOLUTION
    n_H, n_W = shape
    return np.full((n_H, n_W), dz / (n_H * n_W))
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "distribute_value-check"} tags=["check"]
with checking("distribute_value"):
    check("by hand", distribute_value(8, (2, 2)), [[2, 2], [2, 2]])
    check("3 rows, 5 columns", distribute_value(-3.0, (3, 5)), [[-0.2] * 5] * 3)
    check("adds up to", np.sum(distribute_value(0.7, (4, 1))), 0.7)

# %% nbgrader={"grade": true, "grade_id": "distribute_value-test", "points": 3}
verdict("distribute_value")
### BEGIN HIDDEN TESTS
@hidden_cases("distribute_value", cases=5, returns="a")
def _(case):
    shape = [(2, 3), (4, 4), (5, 2), (1, 6), (3, 7)][case.index]
    case.call(distribute_value, float(case.rng.uniform(1, 9) * (-1) ** case.index), shape)
### END HIDDEN TESTS

# %% [markdown]
# ### pool_backward · 12 points · 15 minutes · difficulty 3 · importance 4
#
# Each output pixel sends its gradient back into its window. Channels are pooled one by one. Windows
# may overlap.
#
# <details><summary>Hint: the question</summary>
#
# What is different from `conv_backward`? There a filter saw all channels. And here?
# </details>
# <details><summary>Hint: a plan</summary>
#
# An array of zeros like `A_prev`. Four loops, over the axes of `dA`. The window has shape
# $(f, f)$: one picture, one channel. Add to it the mask times a number, or the spread number.
# </details>
# <details><summary>If <em>max</em> is right only where windows stand apart</summary>
#
# One pixel may win in two windows. Does it keep both gradients?
# </details>
# <details><summary>If you see <em>operands could not be broadcast together</em></summary>
#
# Print the shape of the window. Has it three axes? One picture has many channels; take one.
# </details>

# %% nbgrader={"solution": true, "grade_id": "pool_backward"}
def pool_backward(dA, cache, mode="max"):
    """Back through pooling.

    Args:
        dA: the gradient of the cost with respect to what pooling put out, (m, n_H, n_W, n_C).
        cache: (A_prev, hparameters) of pool_forward: A_prev of shape
            (m, n_H_prev, n_W_prev, n_C), {"f": side of the window, "stride": at least 1}.
            All come back unchanged.
        mode: "max" or "average".

    Returns:
        dA_prev, with the shape of A_prev. Where several entries of a window are its maximum, each
        of them gets the whole gradient.
    """
    ### BEGIN SOLUTION
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    m, n_H, n_W, n_C = dA.shape
    dA_prev = np.zeros(A_prev.shape)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                rows = slice(h * stride, h * stride + f)
                columns = slice(w * stride, w * stride + f)
                for c in range(n_C):
                    if mode == "max":
                        mask = create_mask_from_window(A_prev[i, rows, columns, c])
                        dA_prev[i, rows, columns, c] += mask * dA[i, h, w, c]
                    else:
                        dA_prev[i, rows, columns, c] += distribute_value(dA[i, h, w, c], (f, f))
    return dA_prev
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "pool_backward-check"} tags=["check"]
rng = np.random.default_rng(4)
pool_A = rng.permutation(2 * 5 * 7 * 3).reshape(2, 5, 7, 3) - 100.0
with checking("pool_backward", A_prev=pool_A):
    one_window = np.array([[1.0, 7.0], [5.0, 3.0]]).reshape(1, 2, 2, 1)
    hand = np.array([[[[8.0]]]]), (one_window, {"f": 2, "stride": 2})
    check("by hand: max", np.squeeze(pool_backward(*hand)), [[0, 8], [0, 0]])
    check("by hand: average", np.squeeze(pool_backward(*hand, "average")), [[2, 2], [2, 2]])
    for f, stride in ((2, 2), (3, 1), (3, 2), (2, 3)):
        for mode in ("max", "average"):
            size = {"f": f, "stride": stride}
            dA = rng.integers(-4, 5, pool_forward(pool_A, size)[0].shape) + 0.5
            measured = slopes(lambda A: np.sum(dA * pool_forward(A, size, mode)[0]), pool_A)
            name = f"{mode}, window {f}, stride {stride}"
            check(name, pool_backward(dA, (pool_A, size), mode), measured, atol=1e-6)
    two = np.array([[6.0, 6.0], [1.0, 2.0]]).reshape(1, 2, 2, 1), {"f": 2, "stride": 2}
    check("two maxima", np.squeeze(pool_backward(hand[0], two)), [[8, 8], [0, 0]])

# %% nbgrader={"grade": true, "grade_id": "pool_backward-test", "points": 12}
verdict("pool_backward")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "pool_backward", cases=8, returns="dA_prev", calls=("create_mask_from_window", "distribute_value")
)
def _(case):
    m, n_H_prev, n_W_prev, n_C, f, stride = [
        (2, 5, 7, 3, 3, 1), (3, 7, 5, 2, 2, 2), (1, 8, 6, 4, 3, 2), (4, 6, 9, 1, 2, 3),
    ][case.index // 2]
    n_H, n_W = ((size - f) // stride + 1 for size in (n_H_prev, n_W_prev))
    A_prev = case.rng.standard_normal((m, n_H_prev, n_W_prev, n_C)) - 0.3
    if case.index == 4:
        A_prev = np.round(2 * A_prev)
    dA, cache = case.rng.standard_normal((m, n_H, n_W, n_C)) + 0.2, (A_prev, {"f": f, "stride": stride})
    if case.index == 0:
        case.call(pool_backward, dA, cache)
    else:
        case.call(pool_backward, dA, cache, mode=("max", "average")[case.index % 2])
### END HIDDEN TESTS

# %% [markdown]
# ### Further: two winners
#
# Two entries are the maximum, 6 and 6, and $dz = 8$. If one grows by $h$, so does the maximum. If
# both grow by $h$, it grows by $h$, not $2h$. If one *falls*, nothing happens. **Guess** what
# `slopes` says, which moves both ways.
#
# <details><summary>Answer</summary>
#
# 4 for each: half of 8 on the way up, nothing on the way down. The contract says 8 and 8, which
# adds up to twice the gradient; TensorFlow gives all of it to one of the two. At a tie the maximum
# has a kink, and no slope. After ReLU, ties at 0 are frequent, but ReLU then lets nothing pass.
# </details>

# %% tags=["demo", "further"]
if ready("pool_backward"):
    size, dA = {"f": 2, "stride": 2}, np.full((1, 1, 1, 1), 8.0)
    tied = np.array([[6.0, 6.0], [1.0, 2.0]]).reshape(1, 2, 2, 1)
    measured = slopes(lambda A: np.sum(dA * pool_forward(A, size)[0]), tied)
    print("yours   ", pool_backward(dA, (tied, size)).ravel())
    print("measured", np.round(measured.ravel(), 6))

# %% [markdown]
# ## Part 4: a network that reads signs
#
# Hand signs 0 to 5, made grey and shrunk to 16 × 16 pixels; then each picture is moved and
# stretched to mean 0 and standard deviation 1. 960 pictures to train on, 120 *dev* pictures for
# choices, 120 test pictures for the end.
#
# The network: 8 filters of 3 × 3, ReLU, max pooling by 2; 16 filters of 3 × 3, ReLU, max pooling by
# 2; then one dense layer to six numbers. Beside it `"dense"`: 32 hidden units, no filters. Adam, 15
# passes in batches of 32.
#
# Your loops would need long for that. `companion.convolution` has the same functions, with the same
# contracts, made fast. First we see whether they agree.

# %% nbgrader={"locked": true, "grade_id": "network"}
SAME, HALF = {"stride": 1, "pad": 1}, {"f": 2, "stride": 2}
NEEDED = ("pixel_gradients", "conv_backward", "create_mask_from_window", "pool_backward")


def quick():
    """The fast functions. They are answers of this lesson, so the grader withholds them."""
    from companion import convolution

    return convolution


def small(pictures):
    """Grey, 16 rows and 16 columns, mean 0 and standard deviation 1: shape (m, 16, 16, 1)."""
    m, height, width, _ = pictures.shape
    grey = pictures.mean(axis=3).reshape(m, 16, height // 16, 16, width // 16).mean(axis=(2, 4))
    grey = grey - grey.mean(axis=(1, 2), keepdims=True)
    return (grey / grey.std(axis=(1, 2), keepdims=True))[..., None].astype(np.float32)


def start(kind, seed):
    """He's weights and zero biases. kind: "conv", or "dense"."""
    rng, parameters = np.random.default_rng(seed), {}
    shapes = {"W1": (256, 32), "W3": (32, 6)}
    if kind == "conv":
        shapes = {"W1": (3, 3, 1, 8), "W2": (3, 3, 8, 16), "W3": (256, 6)}
    for name, shape in shapes.items():
        W = rng.standard_normal(shape) * np.sqrt(2 / np.prod(shape[:-1]))
        parameters[name] = W.astype(np.float32)
        parameters["b" + name[1]] = np.zeros((1,) * (len(shape) - 1) + shape[-1:], np.float32)
    return parameters


def forward(X, parameters):
    """Six numbers for each picture, the largest for its sign; and what the way back needs."""
    A, caches = X, []
    for l in ("1", "2"):
        if "W2" in parameters:  # convolution, ReLU, pooling
            W, b = parameters["W" + l], parameters["b" + l]
            Z, conv_cache = quick().conv_forward(A, W, b, SAME)
            A, pool_cache = quick().pool_forward(np.maximum(Z, 0), HALF)
            caches.append((conv_cache, Z, pool_cache))
        elif l == "1":
            A = np.maximum(X.reshape(len(X), -1) @ parameters["W1"] + parameters["b1"], 0)
    flat = A.reshape(len(X), -1)
    return flat @ parameters["W3"] + parameters["b3"], (caches, A, flat)


def gradients_of(X, Y, parameters, backward=None):
    """The gradients of the summed cross-entropy in all parameters, and in "X", the pictures.

    backward: the functions conv_backward and pool_backward to use; without it the fast ones.
    """
    backward = backward or (quick().conv_backward, quick().pool_backward)
    Z, (caches, A, flat) = forward(X, parameters)
    dZ = np.exp(Z - Z.max(axis=1, keepdims=True))
    dZ /= dZ.sum(axis=1, keepdims=True)
    dZ[np.arange(len(Y)), Y] -= 1
    gradients = {"W3": flat.T @ dZ, "b3": dZ.sum(axis=0, keepdims=True)}
    dA = (dZ @ parameters["W3"].T).reshape(A.shape)
    if not caches:
        dZ = dA * (A > 0)
        gradients["W1"] = X.reshape(len(X), -1).T @ dZ
        gradients["b1"] = dZ.sum(axis=0, keepdims=True)
        dA = (dZ @ parameters["W1"].T).reshape(X.shape)
    for l, (conv_cache, Z, pool_cache) in reversed(list(zip("12", caches))):
        dZ = backward[1](dA, pool_cache, "max") * (Z > 0)
        dA, gradients["W" + l], gradients["b" + l] = backward[0](dZ, conv_cache)
    return gradients | {"X": dA}


def train(kind, seed, frozen=(), passes=15, learning_rate=0.003):
    """Adam (course 2, week 2), in batches of 32. frozen: parameters that stay as drawn."""
    rng, parameters = np.random.default_rng(1000 + seed), start(kind, seed)
    v, s, t = dict.fromkeys(parameters, 0), dict.fromkeys(parameters, 0), 0
    for _ in range(passes):
        for chosen in np.split(rng.permutation(len(train_X)), len(train_X) // 32):
            gradients, t = gradients_of(train_X[chosen], train_Y[chosen], parameters), t + 1
            for name in [name for name in parameters if name not in frozen]:
                gradient = gradients[name] / 32
                v[name] = 0.9 * v[name] + 0.1 * gradient
                s[name] = 0.999 * s[name] + 0.001 * gradient**2
                step = v[name] / (1 - 0.9**t) / (np.sqrt(s[name] / (1 - 0.999**t)) + 1e-8)
                parameters[name] = parameters[name] - np.float32(learning_rate) * step
    return parameters


def share_right(parameters, X, Y):
    """The share of pictures whose sign is named rightly."""
    return np.mean(forward(X, parameters)[0].argmax(axis=1) == Y)

# %% [markdown]
# ### Predict, then run: yours, through two layers
#
# Two pictures, the whole way back, once with your functions. How many windows will your
# `conv_backward` visit? Count picture by picture, filter by filter.
#
# <details><summary>Answer</summary>
#
# Layer 1: $2\cdot16\cdot16\cdot8 = 4096$. Layer 2: $2\cdot8\cdot8\cdot16 = 2048$. For one pass over
# 960 pictures it is 480 times that, about 3 million. The fast one visits the 9 entries of a filter,
# for all pictures and windows at once.
# </details>

# %% tags=["demo"]
signs_X, signs_Y, test_X, test_Y, _ = data.load_signs()
signs_X, signs_Y, test_X, test_Y = small(signs_X), signs_Y[0], small(test_X), test_Y[0]
train_X, train_Y, dev_X, dev_Y = signs_X[:-120], signs_Y[:-120], signs_X[-120:], signs_Y[-120:]
train_X, train_Y = train_X[: len(train_X) // 32 * 32], train_Y[: len(train_X) // 32 * 32]

if ready(*NEEDED):
    parameters = start("conv", 0)
    yours = gradients_of(dev_X[:2], dev_Y[:2], parameters, (conv_backward, pool_backward))
    fast = gradients_of(dev_X[:2], dev_Y[:2], parameters)
    for name in ("W2", "b2", "W1", "b1", "X"):
        size = np.abs(fast[name]).max()
        agree = "agree" if np.abs(yours[name] - fast[name]).max() < 1e-4 * size else "differ"
        print(f"gradient of {name}, shape {fast[name].shape}: yours and the fast one {agree}")

# %% [markdown]
# ### Predict, then run: what is the way back worth?
#
# Three networks, three draws each:
#
# * dense, no filters: 8422 parameters;
# * filters as they were *drawn*: their gradients are thrown away, only the last layer learns;
# * filters *trained*: 2790 parameters, all of them learn.
#
# Which is best on the dev pictures, which is worst? And which is best on the pictures that it was
# trained on?
#
# <details><summary>Answer</summary>
#
# On the dev pictures: trained filters 77 % to 79 % in three draws, dense 57 % to 62 %, drawn
# filters 59 % to 70 %. On the pictures it was trained on, the dense network is as good as the
# trained filters: 95 % and 96 %.
# </details>

# %% tags=["demo"]
if ready(*NEEDED):
    kinds = {
        "dense": ("dense", ()), "filters as drawn": ("conv", ("W1", "b1", "W2", "b2")),
        "filters trained": ("conv", ()),
    }
    models = {name: [train(kind, seed, frozen) for seed in range(3)]
              for name, (kind, frozen) in kinds.items()}
    for name, three in models.items():
        count = sum(value.size for value in three[0].values())
        print(f"{name:17}{count:5} parameters   right: "
              f"train {np.mean([share_right(p, train_X, train_Y) for p in three]):.0%}, dev",
              *(f"{share_right(p, dev_X, dev_Y):.0%}" for p in three))

# %% [markdown]
# **What this shows.** The dense network learns its pictures nearly by heart, and carries little of
# it over. Filters that nobody trained keep up with it: one filter for all places, then pooling, is
# worth something by itself. But from 64 % to 78 %, on average, it is the way back that leads.
#
# **What it does not show.** 120 dev pictures are few: 4 points more or fewer are luck. So between
# dense and drawn nothing is decided.

# %% [markdown]
# ## Mistakes that cross the exercises
#
# * **Set for add.** Where windows overlap, the last one wins. *Symptom*: right in every test whose
#   stride is the size of the window, as in most pooling layers. Test with overlap.
# * **Right only for padding above 0.** `[pad:-pad]`, as it stands in many solutions on the web.
#   *Symptom*: an empty array, or an error about broadcasting, as soon as the padding is 0.
# * **Rows for columns.** *Symptom*: none on square pictures. Test with a height that is not the
#   width.
#
# ## Open task: make it blind
#
# `dA_prev` of the first layer says how the cost grows with each *pixel*. So change the pictures, by
# as little as nobody would notice, until the network is wrong.
#
# The rules: no entry of a picture moves by more than **0.1** (its standard deviation is 1; what is
# more is clipped). `slope(pictures, labels)` gives the gradient of the cost in the pictures. It may
# be called **5** times. The score is the share of the dev pictures, of those that were right
# before, that are *still* right: the mean over the three trained networks.
#
# * Random signs, as the cell stands: **96 %**.
# * One step: **41 %**. Reach that.
# * Ours: **26 %**. Beat that.

# %%
def my_change(pictures, labels, slope, rng):
    """What to add to the pictures, shape (m, 16, 16, 1). slope may be called 5 times."""
    return 0.1 * np.sign(rng.standard_normal(pictures.shape))

# %% nbgrader={"locked": true, "grade_id": "blindness"}
def still_right(change, parameters, X, Y, budget=5, largest=0.1):
    """The share of the pictures, right before, that the network still names rightly."""
    before = forward(X, parameters)[0].argmax(axis=1) == Y
    X, Y, asked = X[before], Y[before], []

    def slope(pictures, labels):
        asked.append(1)
        if len(asked) > budget:
            raise ValueError(f"all {budget} gradients have been asked for.")
        pictures = np.asarray(pictures, np.float32)
        return gradients_of(pictures, np.asarray(labels, int), parameters)["X"]

    added = change(X.copy(), Y.copy(), slope, np.random.default_rng(0))
    added = np.clip(np.nan_to_num(added), -largest, largest).astype(np.float32)
    return share_right(parameters, X + added, Y)

# %% tags=["demo"]
if ready(*NEEDED):
    shares = [still_right(my_change, p, dev_X, dev_Y) for p in models["filters trained"]]
    print(f"still right: {np.mean(shares):.0%}, one by one:", *(f"{share:.0%}" for share in shares))
    trained = models["filters trained"][0]
    k = np.argmax(forward(dev_X, trained)[0].argmax(axis=1) == dev_Y)
    X, Y, slope = dev_X[k : k + 1], dev_Y[k : k + 1], lambda X, Y: gradients_of(X, Y, trained)["X"]
    added = np.clip(my_change(X, Y, slope, np.random.default_rng(0)), -0.1, 0.1)
    before, after = (forward(P, trained)[0].argmax() for P in (X, X + added))
    row = {f"named {before}": X, "added, at most 0.1": added, f"the sum, named {after}": X + added}
    maps.pictures({title: picture[0, :, :, 0] for title, picture in row.items()}, alt="A sign in "
                  "16 by 16 grey pixels; what is added to it; the sum, which looks like the sign. "
                  f"The network names the first picture {before} and the last one {after}.")

# %% [markdown]
# <details><summary>Hint: the question</summary>
#
# If every pixel may move by 0.1 and no more, and the cost were a plane: which way should each one
# go, and how far?
# </details>
# <details><summary>Hint: where to look</summary>
#
# The cost is no plane. After a part of the way the slopes are others. You have five questions:
# walk, look, walk on, and stay within 0.1 of where you began.
# </details>

# %% [markdown]
# ## At the end, once: the test set
#
# Chosen on the dev pictures: trained filters. **Predict** what the test pictures say of the three
# kinds.
#
# <details><summary>Answer</summary>
#
# The trained filters stay ahead, 75 % to 77 %. The other two change places: dense 61 % to 69 %,
# drawn 56 % to 67 %.
# </details>

# %% tags=["demo"]
if ready(*NEEDED):
    for name, three in models.items():
        print(f"{name:17}", *(f"{share_right(p, test_X, test_Y):.0%}" for p in three))

# %% [markdown]
# ## Recap
#
# 1. One output pixel sends the filter, times $dz$, to its window, and the window, times $dz$, to
#    its filter.
# 2. All output pixels add up: where windows overlap, for a weight over all windows and pictures.
# 3. The frame of the padding is cut off at the end. Mind the padding 0.
# 4. $dA$ is a convolution of $dZ$ with the filter turned by half a turn; a stride puts zeros in
#    between.
# 5. Max pooling gives all to the winner, average pooling an equal share to each.
#
# **A question.** A filter of 1 × 1, stride 1. What are $dA$ and $dW$? Which operation of a dense
# network is that?
#
# <details><summary>Answer</summary>
#
# Each pixel lies in one window, and the windows do not overlap. Write the pixels of all pictures as
# rows: $dA = dZ\,W^T$ and $dW = A^T dZ$. It is a dense layer that reads the channels of one pixel,
# the same for every pixel.
# </details>
#
# **Read on.** Dumoulin and Visin, [A guide to convolution arithmetic for deep
# learning](https://arxiv.org/abs/1603.07285), 2016, chapter 4: the way back as a convolution, with
# pictures. Goodfellow, Shlens and Szegedy, [Explaining and Harnessing Adversarial
# Examples](https://arxiv.org/abs/1412.6572), 2014, sections 3 and 4: the one step of the open task,
# and why it works.

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
