# %% [markdown]
# # Convolution, step by step
#
# A layer of course 1 gives every pixel its own weight. Move the cat by one pixel, and it meets
# other weights. A convolution has *one* small set of weights and lays it on every place of the
# picture. Here you build it from single pixels, and then once more without slow loops.
#
# **You will be able to**
#
# * tell the shape of every layer of a network before you run it;
# * pad, convolve and pool pictures of any size, with any stride;
# * turn a convolution into one matrix product;
# * say what pooling keeps when a picture moves.
#
# **Time** about 90 minutes, the open task apart. **Builds on** arrays and broadcasting (course 1,
# week 2). The way back is the next lesson. Each exercise's heading gives points, minutes,
# difficulty and importance (1 to 5).

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import (
    check, checking, count_steps, data, hidden_cases, lesson, maps, play, plots, ready,
    steps_grow, verdict, verdicts,
)

lesson("course4-week1/convolution_steps", withholds=("companion.convolution",))

# %% [markdown]
# ## One picture
#
# A photograph of a cat, in grey and at half its size, and what two filters of nine weights each
# make of it. Nothing is trained: the weights are written by hand.

# %% tags=["demo", "picture"]
cat = data.load_photograph("cat").reshape(128, 2, 160, 2, 3).mean(axis=(1, 3, 4))
windows = np.lib.stride_tricks.sliding_window_view(cat, (3, 3))
across = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
filtered = {"the picture": cat}
filtered["left to right"] = np.abs((windows * across).sum(axis=(2, 3)))
filtered["top to bottom"] = np.abs((windows * across.T).sum(axis=(2, 3)))
figure, axes = plt.subplots(1, 3, figsize=(9, 2.8))
for panel, (name, pixels) in zip(axes, filtered.items()):
    plots.picture(panel, np.minimum(pixels, 255)[:, :, None], name)
plots.show(figure, alt="Three pictures: the head of a cat; bright lines on upright edges, such as "
           "the sides of the eyes; bright lines on level edges, such as the eyelids.")

# %% [markdown]
# Bright means: the grey changes here, in this direction. The two filters differ only by a
# transpose. The filtered pictures have 126 × 158 pixels, the cat has 128 × 160. **Where did two
# rows and two columns go?** And how would you keep them?
#
# ## The idea
#
# Lay the filter on a window of the picture. Multiply entry by entry, add everything up, and add one
# bias: that is one pixel of the output. Move on by the *stride* $s$ and do it again.
#
# | name | shape | meaning |
# |---|---|---|
# | `A_prev` | $(m, n_H', n_W', n_C')$ | $m$ pictures: height, width, channels |
# | `W` | $(f, f, n_C', n_C)$ | $n_C$ filters, each as deep as the picture |
# | `b` | $(1, 1, 1, n_C)$ | one bias for each filter |
# | `Z` | $(m, n_H, n_W, n_C)$ | one map for each filter |

# %% [markdown]
# **By hand.** One picture of 3 × 4 pixels, one filter of 2 × 2, no bias, stride 1:
#
# $$\begin{pmatrix}1&2&0&1\\0&1&3&1\\2&0&1&0\end{pmatrix} \quad\text{with}\quad
# \begin{pmatrix}1&-1\\2&0\end{pmatrix} \quad\text{gives}\quad
# \begin{pmatrix}-1&4&5\\3&-2&4\end{pmatrix}.$$
#
# The first entry is $1\cdot1 + 2\cdot(-1) + 0\cdot2 + 1\cdot0 = -1$. Work out the 5 yourself. Keep
# this example: the checks use it.
#
# (A mathematician turns the filter by half a turn first, and calls what we do *cross-correlation*.
# For trained filters it makes no difference.)

# %% nbgrader={"locked": true, "grade_id": "by_hand"}
hand_A = np.array([[1.0, 2, 0, 1], [0, 1, 3, 1], [2, 0, 1, 0]]).reshape(1, 3, 4, 1)
hand_W = np.array([[1.0, -1], [2, 0]]).reshape(2, 2, 1)

# %% [markdown]
# ## Part 1: find the size
#
# ### output_shape · 6 points · 8 minutes · difficulty 2 · importance 5
#
# One side of a picture has $n$ pixels, the window has $f$, and it moves by $s$. How many places are
# there? Answer these one after the other, on paper.
#
# 1. At its first place the window covers pixels $0$ to $f - 1$. Which is the largest place where it
#    may start?
# 2. It may start at $0, s, 2s, \dots$ How many of these are not beyond your answer to 1?
# 3. Now put $p$ pixels of zeros at *both* ends. What changes?
#
# <details><summary>Answer 1</summary>
#
# $n - f$: then its last pixel is $n - 1$.
# </details>
# <details><summary>Answer 2</summary>
#
# $\lfloor (n - f)/s \rfloor$ steps fit, and the first place counts as well: one more than steps.
# </details>
# <details><summary>Answer 3</summary>
#
# Only the number of pixels: $n + 2p$ in the place of $n$.
# </details>

# %% [markdown]
# **Now write down what you found.** Two words are usual in the place of a number of pixels:
# `"valid"` means no padding; `"same"` means just enough that the output has $\lceil n/s \rceil$
# pixels, so with stride 1 as many as the input.
#
# <details><summary>Hint: the question</summary>
#
# A picture of 7 pixels, a window of 3, stride 3. Where does the window start? Does the last pixel
# count?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Three cases: `"same"` has an answer of its own that does not know $f$; `"valid"` is a number of
# pixels in words; all else is your formula. Which operator divides whole numbers and rounds down?
# </details>
# <details><summary>If you see <em>unsupported operand</em>, or <em>can only concatenate
# str</em></summary>
#
# `pad` is still a word where you calculate with it.
# </details>

# %% nbgrader={"solution": true, "grade_id": "output_shape"}
def output_shape(n, f, pad, stride):
    """How many places a window has along one side of a picture.

    Args:
        n: pixels along this side.
        f: pixels of the window, at most as many as the padded side has.
        pad: zeros added at each end, a whole number; or "valid" (none), or "same" (as many as it
            takes for n / stride places, rounded up).
        stride: by how many pixels the window moves.

    Returns:
        A whole number.
    """
    ### BEGIN SOLUTION
    if pad == "same":
        return -(-n // stride)
    if pad == "valid":
        pad = 0
    return (n + 2 * pad - f) // stride + 1
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "output_shape-check"} tags=["check"]
with checking("output_shape"):
    check("by hand, rows", output_shape(3, 2, 0, 1), 2)
    check("by hand, columns", output_shape(4, 2, 0, 1), 3)
    check("the rows of the cat", output_shape(128, 3, "valid", 1), 126)
    check("valid, stride 3", output_shape(16, 5, "valid", 3), 4)
    check("same, stride 1", output_shape(64, 4, "same", 1), 64)
    check("same, stride 3", output_shape(64, 5, "same", 3), 22)
    check("padding 2, stride 2", output_shape(20, 7, 2, 2), 9)
    check("a window as large as the picture", output_shape(5, 5, 0, 3), 1)

# %% nbgrader={"grade": true, "grade_id": "output_shape-test", "points": 6}
verdict("output_shape")
### BEGIN HIDDEN TESTS
@hidden_cases("output_shape", cases=10, returns="places")
def _(case):
    n, f = int(case.rng.integers(21, 90)), int(case.rng.integers(3, 9))
    pad, stride = [
        (0, 1), (1, 2), (2, 3), (3, 4), ("same", 1), ("same", 3), ("valid", 1), ("valid", 3), (1, 3), (2, 3)
    ][case.index]
    if case.index in (2, 3):
        n = n - (n + 2 * pad - f) % stride + case.index - 2  # fits evenly; one pixel is left over
    if case.index == 4:
        f = 2 * (f // 2)  # "same" by a padding on both sides is one short for an even window
    if case.index == 5:
        n = 3 * (n // 3) + 1
    if case.index == 9:
        n = n - (n + 2 * pad - f) % stride + 2  # two of three pixels are left over
    case.call(output_shape, n if case.index != 8 else f - 2, f, pad, stride)
### END HIDDEN TESTS

# %% [markdown]
# **A whole network, by hand.** Pictures of 40 × 50 pixels with 3 channels.
#
# | layer | $f$ | $s$ | $p$ | rows × columns × channels | weights and biases |
# |---|---|---|---|---|---|
# | input | | | | 40 × 50 × 3 | |
# | convolution, 8 filters | 5 | 2 | 1 | 19 × 24 × 8 | 5·5·3·8 + 8 = 608 |
# | pooling | 3 | 3 | 0 | 6 × 8 × 8 | 0 |
# | convolution, 16 filters | 3 | 1 | 1 | 6 × 8 × 16 | 3·3·8·16 + 16 = 1168 |
# | pooling | 2 | 2 | 0 | 3 × 4 × 16 | 0 |
#
# The size of the picture does not enter the last column. One full layer from 40 × 50 × 3 to
# 19 × 24 × 8 would have $6000 \cdot 3648$ weights, almost 22 million.
#
# ### Predict, then run: how deep without padding?
#
# A picture of 64 × 64, windows of 3 × 3, no padding, stride 1. After how many layers is there no
# room for another window: 16, 31, 63?
#
# <details><summary>Answer</summary>
#
# 31. Each layer takes 2 pixels from each side: 2 are left. With a stride of 2 it takes only 5
# layers: strides act like a product, borders like a sum.
# </details>

# %% tags=["demo"]
if ready("output_shape"):
    for stride in (1, 2):
        sizes = [64]
        while sizes[-1] >= 3:
            sizes.append(output_shape(sizes[-1], 3, 0, stride))
        print(f"stride {stride}: {len(sizes) - 1} layers, sizes", *sizes[:4], "...", sizes[-1])

# %% [markdown]
# ## Part 2: padding and one window
#
# ### zero_pad · 5 points · 6 minutes · difficulty 2 · importance 3
#
# Put a frame of zeros around every picture. Only height and width grow.
#
# <details><summary>Hint: the question</summary>
#
# `np.pad` takes a pair (before, after) for *each* axis. Which of the four axes must stay as long as
# they are?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Either `np.pad` with four pairs, or: an array of zeros of shape
# $(m, n_H + 2p, n_W + 2p, n_C)$, into whose middle the pictures are copied.
# </details>
# <details><summary>If the shape has grown in the first or last place</summary>
#
# A single number for `np.pad` pads all axes: you get more pictures, and more channels.
# </details>

# %% nbgrader={"solution": true, "grade_id": "zero_pad"}
def zero_pad(X, pad):
    """Put zeros around each picture.

    Args:
        X: pictures, shape (m, n_H, n_W, n_C). They must come back unchanged.
        pad: how many rows and columns of zeros on each of the four sides, 0 or more.

    Returns:
        The padded pictures, shape (m, n_H + 2 pad, n_W + 2 pad, n_C).
    """
    ### BEGIN SOLUTION
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "zero_pad-check"} tags=["check"]
several = np.random.default_rng(1).standard_normal((2, 3, 5, 4)) + 2
with checking("zero_pad", X=hand_A, several=several):
    framed = [[0] * 6, [0, 1, 2, 0, 1, 0], [0, 0, 1, 3, 1, 0], [0, 2, 0, 1, 0, 0], [0] * 6]
    check("by hand", zero_pad(hand_A, 1), np.reshape(framed, (1, 5, 6, 1)))
    wide = zero_pad(several, 2)
    check("shape", np.shape(wide), (2, 7, 9, 4))
    check("the pictures in the middle", wide[:, 2:5, 2:7], several)
    check("nothing but zeros around", np.abs(wide).sum(), np.abs(several).sum())
    check("no padding", zero_pad(several, 0), several)

# %% nbgrader={"grade": true, "grade_id": "zero_pad-test", "points": 5}
verdict("zero_pad")
### BEGIN HIDDEN TESTS
@hidden_cases("zero_pad", cases=5, returns="X_pad")
def _(case):
    m, h, w, c = case.rng.permutation(np.arange(2, 8))[:4]
    m, h, w, c, pad = [(m, h, w, c, 1), (1, h, w, c, 2), (m, h, w, 1, 3), (m, h, w, c, 0), (m, 1, w, c, 2)][case.index]
    case.call(zero_pad, 1 + case.rng.standard_normal((m, h, w, c)), int(pad))
### END HIDDEN TESTS

# %% [markdown]
# ### conv_single_step · 5 points · 4 minutes · difficulty 1 · importance 4
#
# One window, one filter, one number. Window and filter have the same shape, *depth included*.
#
# <details><summary>Hint: the question</summary>
#
# How many biases does one output pixel have? At what moment is it added: to each product, or to
# their sum?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Multiply the two arrays entry by entry. Add up all $f \cdot f \cdot n_C'$ products. Then add the
# single number that `b` holds.
# </details>
# <details><summary>If the bias counts several times</summary>
#
# By broadcasting, `b` is added to *every* product before you sum.
# </details>

# %% nbgrader={"solution": true, "grade_id": "conv_single_step"}
def conv_single_step(a_slice_prev, W, b):
    """One filter on one window.

    Args:
        a_slice_prev: the window, shape (f, f, n_C_prev).
        W: the weights of one filter, the same shape.
        b: its bias, shape (1, 1, 1). None of the three may be changed.

    Returns:
        A number: the sum of all products, plus the bias.
    """
    ### BEGIN SOLUTION
    return np.sum(a_slice_prev * W) + b.item()
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "conv_single_step-check"} tags=["check"]
window = np.arange(12.0).reshape(2, 2, 3)
weights = np.array([1.0, -2, 3, 0, 1, 1, 2, -1, 0, 1, 0, -3]).reshape(2, 2, 3)
bias = np.full((1, 1, 1), 10.0)
with checking("conv_single_step", window=window, weights=weights, bias=bias):
    first = conv_single_step(hand_A[0, :2, :2], hand_W, np.zeros((1, 1, 1)))
    check("the first entry by hand", np.sum(first), -1)
    check("three channels", np.sum(conv_single_step(window, weights, bias)), 4)
    check("one number", np.size(conv_single_step(window, weights, bias)), 1)

# %% nbgrader={"grade": true, "grade_id": "conv_single_step-test", "points": 5}
verdict("conv_single_step")
### BEGIN HIDDEN TESTS
@hidden_cases("conv_single_step", cases=5, returns="Z")
def _(case):
    f, c = [(3, 4), (2, 5), (1, 3), (5, 1), (1, 1)][case.index]
    window, weights = 1 + case.rng.standard_normal((2, f, f, c))
    case.call(conv_single_step, window, weights, case.rng.uniform(1, 3, (1, 1, 1)))
### END HIDDEN TESTS

# %% [markdown]
# ### Something to play with: where the window lies
#
# Output pixel $(h, w)$ reads the rows $hs$ to $hs + f - 1$. **Predict** the rows of $h = 2$ at
# stride 3 with $f = 3$; then move the sliders.

# %% tags=["demo"]
def draw(h, w, stride, f):
    figure, panel = plt.subplots(figsize=(4.6, 3.9))
    panel.imshow(eye, cmap="gray", vmin=0, vmax=255)
    panel.set(xticks=range(0, 19, 3), yticks=range(0, 15, 3))
    panel.grid(False)
    top, left = h * stride, w * stride
    fits = top + f <= 15 and left + f <= 19
    edge = plots.GREEN if fits else plots.RED
    panel.add_patch(plt.Rectangle((left - 0.5, top - 0.5), f, f, fill=False, ec=edge, lw=3))
    said = f"[{top}:{top + f}, {left}:{left + f}]" + ("" if fits else "  does not fit")
    panel.set_title(f"pixel ({h}, {w}) reads {said}", fontsize=10)
    return figure, f"An eye of the cat, 15 by 19 pixels, a frame. Pixel ({h}, {w}) reads {said}."


eye = cat[32:62, 53:91].reshape(15, 2, 19, 2).mean(axis=(1, 3))
play.slider(draw, h=(0, 6, 2), w=(0, 8, 1), stride=(1, 3, 3), f=(1, 5, 3))

# %% [markdown]
# ## Part 3: the layer
#
# ### conv_forward · 14 points · 20 minutes · difficulty 4 · importance 5
#
# Every picture, every place, every filter. Loops are welcome: first make it right.
#
# <details><summary>Hint: the question</summary>
#
# Four loops: over what? And out of which array do you cut the window, `A_prev` or the padded one?
# </details>
# <details><summary>Hint: a plan</summary>
#
# Sizes first: $n_H$ from $n_H'$ and $n_W$ from $n_W'$, each with your formula. Start `Z` as zeros,
# shape $(m, n_H, n_W, n_C)$. Pad once. In the innermost loop: four corners, a window of
# $(f, f, n_C')$, and one call of `conv_single_step` with filter $c$, `W[..., c]`, and its bias.
# </details>
# <details><summary>If you see <em>operands could not be broadcast together</em></summary>
#
# The window is cut off at the border, so a corner is too far out. Did you multiply $h$ *and* $w$ by
# the stride? Did you cut from the padded pictures?
# </details>

# %% nbgrader={"solution": true, "grade_id": "conv_forward"}
def conv_forward(A_prev, W, b, hparameters):
    """A convolution layer, forward.

    Args:
        A_prev: pictures, shape (m, n_H_prev, n_W_prev, n_C_prev).
        W: filters, shape (f, f, n_C_prev, n_C).
        b: biases, shape (1, 1, 1, n_C).
        hparameters: a dictionary with "stride" and "pad". Nothing may be changed.

    Returns:
        Z, shape (m, n_H, n_W, n_C), and the cache (A_prev, W, b, hparameters).
    """
    ### BEGIN SOLUTION
    stride, pad = hparameters["stride"], hparameters["pad"]
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, _, _, n_C = W.shape
    n_H = output_shape(n_H_prev, f, pad, stride)
    n_W = output_shape(n_W_prev, f, pad, stride)
    Z = np.zeros((m, n_H, n_W, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                window = A_prev_pad[i, top : top + f, left : left + f]
                for c in range(n_C):
                    Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "conv_forward-check"} tags=["check"]
rng = np.random.default_rng(4)
some_A, some_W = 1 + rng.integers(-3, 4, (2, 5, 7, 3)), rng.integers(-2, 3, (3, 3, 3, 4))
some_b = np.array([1, -2, 3, 5]).reshape(1, 1, 1, 4)
with checking("conv_forward", A_prev=some_A, W=some_W, b=some_b):
    one, no_bias = hand_W[..., None], np.zeros((1, 1, 1, 1))
    by_hand = conv_forward(hand_A, one, no_bias, {"stride": 1, "pad": 0})
    check("by hand", by_hand[0], np.reshape([[-1, 4, 5], [3, -2, 4]], (1, 2, 3, 1)))
    Z, cache = conv_forward(some_A, some_W, some_b, {"stride": 2, "pad": 1})
    check("shape", np.shape(Z), (2, 3, 4, 4))
    corner = np.sum(some_A[:, :2, :2, :, None] * some_W[1:, 1:], axis=(1, 2, 3)) + some_b[0, 0]
    check("the corner, both pictures", Z[:, 0, 0], corner)
    inside = np.sum(some_A[:, 1:4, 3:6, :, None] * some_W, axis=(1, 2, 3)) + some_b[0, 0]
    check("inside", Z[:, 1, 2], inside)
    check("cache", cache, (some_A, some_W, some_b, {"stride": 2, "pad": 1}))
    uneven, _ = conv_forward(some_A, some_W, some_b, {"stride": 3, "pad": 0})
    check("stride 3: shape", np.shape(uneven), (2, 1, 2, 4))
    last = np.sum(some_A[:, :3, 3:6, :, None] * some_W, axis=(1, 2, 3)) + some_b[0, 0]
    check("stride 3: the last window", uneven[:, 0, 1], last)

# %% nbgrader={"grade": true, "grade_id": "conv_forward-test", "points": 14}
verdict("conv_forward")
### BEGIN HIDDEN TESTS
@hidden_cases(
    "conv_forward", cases=6, returns=("Z", ("A_prev", "W", "b", "hparameters")),
    calls=("output_shape", "zero_pad", "conv_single_step"),
)
def _(case):
    m, h, w, c_prev, f, c, stride, pad = [
        (2, 5, 7, 3, 3, 4, 1, 0), (3, 6, 4, 2, 3, 5, 2, 1), (2, 4, 9, 5, 2, 3, 3, 2),
        (1, 8, 5, 1, 3, 2, 2, 0), (4, 3, 2, 2, 1, 3, 1, 0), (2, 7, 10, 2, 4, 1, 3, 1),
    ][case.index]
    case.call(
        conv_forward, 1 + case.rng.standard_normal((m, h, w, c_prev)),
        case.rng.standard_normal((f, f, c_prev, c)), case.rng.uniform(1, 3, (1, 1, 1, c)),
        {"stride": stride, "pad": pad},
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: filters by hand
#
# The two filters of the first picture, and two more:
#
# $$A = \frac19\begin{pmatrix}1&1&1\\1&1&1\\1&1&1\end{pmatrix} \qquad
# B = \begin{pmatrix}0&-1&0\\-1&5&-1\\0&-1&0\end{pmatrix}$$
#
# 1. What do $A$ and $B$ make of the cat?
# 2. Now every pixel is lighter by 50. Which of the four filters do not notice?
# 3. And in the first row, with padding?
#
# <details><summary>Answer</summary>
#
# 1. $A$ takes the mean of nine neighbours: a blur. $B$ adds how far a pixel is above its four
#    neighbours: it sharpens.
# 2. The two that find edges: their weights add up to 0, so a constant gives 0. $A$ and $B$ have
#    the sum 1 and pass the 50 on.
# 3. There one row of weights meets zeros. What is left adds up to $\frac69$, 2, 0 and 4.
# </details>

# %% tags=["demo"]
if ready("conv_forward"):
    filters = {"A": np.full((3, 3), 1 / 9), "B": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
               "left to right": across, "top to bottom": across.T}
    W = np.stack(list(filters.values()), axis=2)[:, :, None]
    lighter = np.stack([cat, cat + 50])[..., None]
    Z, _ = conv_forward(lighter, W, np.zeros((1, 1, 1, 4)), {"stride": 1, "pad": 1})
    for c, name in enumerate(filters):
        change = np.abs(Z[1, :, :, c] - Z[0, :, :, c])
        print(f"{name:13} lighter by {change[1:-1, 1:-1].mean():5.1f} inside,"
              f" by {change[0, 1:-1].mean():5.1f} in the first row")
    seen = {name: np.clip(np.abs(Z[0, :, :, c]), 0, 255) for c, name in enumerate(filters)}
    maps.pictures(seen, alt="The cat four times. A is blurred. B is sharper: the fur is seen hair "
                  "by hair. The other two are black with bright edges, also along the border.")

# %% [markdown]
# At the border the frame of zeros counts as black. There the blur passes on only six ninths of the
# 50, which is 33.3, and the filter from top to bottom takes the frame for an edge. Padding keeps
# the size, but it invents pixels.
#
# ## Part 4: pooling
#
# ### pool_forward · 8 points · 10 minutes · difficulty 2 · importance 4
#
# A window again, but no weights: its largest entry, or its mean, **for each channel by itself**. No
# padding. For the picture by hand, $f = 2$ and stride 2: the window fits once downwards and twice
# across; the maxima are 2 and 3, the means 1 and 1.25.
#
# <details><summary>Hint: the question</summary>
#
# How many channels come out? Over which of the axes of the window do you take the maximum?
# </details>
# <details><summary>Hint: a plan</summary>
#
# As in `conv_forward`: pictures, rows, columns. The channels take a fourth loop, or no loop at all.
# `mode` decides between two functions of NumPy.
# </details>
# <details><summary>If all channels are equal</summary>
#
# Your maximum runs over the channels as well.
# </details>

# %% nbgrader={"solution": true, "grade_id": "pool_forward"}
def pool_forward(A_prev, hparameters, mode="max"):
    """A pooling layer, forward.

    Args:
        A_prev: pictures, shape (m, n_H_prev, n_W_prev, n_C). They must come back unchanged.
        hparameters: a dictionary with "f" and "stride".
        mode: "max" or "average".

    Returns:
        A, shape (m, n_H, n_W, n_C), and the cache (A_prev, hparameters).
    """
    ### BEGIN SOLUTION
    f, stride = hparameters["f"], hparameters["stride"]
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    n_H = output_shape(n_H_prev, f, 0, stride)
    n_W = output_shape(n_W_prev, f, 0, stride)
    A = np.zeros((m, n_H, n_W, n_C))
    for h in range(n_H):
        for w in range(n_W):
            top, left = h * stride, w * stride
            window = A_prev[:, top : top + f, left : left + f]
            if mode == "max":
                A[:, h, w] = window.max(axis=(1, 2))
            else:
                A[:, h, w] = window.mean(axis=(1, 2))
    return A, (A_prev, hparameters)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "pool_forward-check"} tags=["check"]
pool_A = np.random.default_rng(5).integers(-90, -9, (2, 5, 8, 3)) / 8
with checking("pool_forward", A_prev=pool_A, by_hand=hand_A):
    two = {"f": 2, "stride": 2}
    check("by hand, max", pool_forward(hand_A, two)[0], np.reshape([2, 3], (1, 1, 2, 1)))
    averages = pool_forward(hand_A, two, mode="average")[0]
    check("by hand, average", averages, np.reshape([1, 1.25], (1, 1, 2, 1)))
    for mode, function in {"max": np.max, "average": np.mean}.items():
        A, cache = pool_forward(pool_A, {"f": 3, "stride": 2}, mode)
        check(f"{mode}: shape", np.shape(A), (2, 2, 3, 3))
        check(f"{mode}: one window", A[:, 1, 2], function(pool_A[:, 2:5, 4:7], axis=(1, 2)))
        check(f"{mode}: cache", cache, (pool_A, {"f": 3, "stride": 2}))

# %% nbgrader={"grade": true, "grade_id": "pool_forward-test", "points": 8}
verdict("pool_forward")
### BEGIN HIDDEN TESTS
@hidden_cases("pool_forward", cases=6, returns=("A", ("A_prev", "hparameters")), calls=("output_shape",))
def _(case):
    m, h, w, c, f, stride = [
        (2, 5, 7, 3, 3, 1), (3, 6, 4, 2, 2, 2), (2, 5, 9, 4, 2, 3), (1, 8, 5, 2, 3, 2), (4, 3, 5, 1, 3, 1), (3, 7, 6, 5, 3, 3),
    ][case.index]
    A_prev = case.rng.standard_normal((m, h, w, c)) - 3
    case.call(pool_forward, A_prev, {"f": f, "stride": stride}, ["max", "average"][case.index % 2])
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: the cat moves by one pixel
#
# Edges of the cat, then pooling with $f = s$. Now move the cat one pixel to the right. How much
# of the map changes? Is it less after pooling? With max, or with average?
#
# <details><summary>Answer</summary>
#
# Less, and the less the larger the window: from 67 % without pooling to 11 or 12 % with $f = 8$.
# Max is ahead here, clearly so at $f = 2$. But on the other photograph, `"coffee"`, average is
# ahead at $f = 8$. Neither is *unmoved*: pooling softens a shift, it does not undo it.
# </details>

# %% tags=["demo"]
if ready("pool_forward"):
    shifts = np.stack([np.roll(cat, k, axis=1)[:, 2:] for k in (0, 1)])
    moving = np.lib.stride_tricks.sliding_window_view(shifts, (3, 3), axis=(1, 2))
    edges = np.abs((moving * across).sum(axis=(3, 4)))[:, :120, :152, None]
    seen = {}
    for f in (1, 2, 4, 8):
        print(f"f = {f}", end="")
        for mode in ("max", "average"):
            A, _ = pool_forward(edges, {"f": f, "stride": f}, mode)
            change = np.linalg.norm(A[1] - A[0]) / np.linalg.norm(A[0])
            print(f"   {mode}: changed by {change:4.0%}", end="" if mode == "max" else "\n")
        seen[f"average, f = {f}"] = A[0, :, :, 0]
    maps.show(seen, "edge", alt="Four maps of the edges of the cat, averaged over windows of 1, 2, "
              "4 and 8 pixels. Eyes, nose and stripes are seen up to 4; with 8 they are blots.")

# %% [markdown]
# ## Part 5: one matrix product
#
# Each window is a list of $f \cdot f \cdot n_C'$ numbers, each filter as well. Write the windows
# below one another, and **all** the sums are a single product of matrices. That is how libraries
# did it for years. For the picture by hand the six windows are
#
# $$\begin{pmatrix}1&2&0&1\\2&0&1&3\\0&1&3&1\\0&1&2&0\\1&3&0&1\\3&1&1&0\end{pmatrix}
# \begin{pmatrix}1\\-1\\2\\0\end{pmatrix} =
# \begin{pmatrix}-1\\4\\5\\3\\-2\\4\end{pmatrix}.$$
#
# ### im2col · 12 points · 20 minutes · difficulty 4 · importance 3
#
# Collect the windows, with no loop that grows with the pictures: not with their number, not with
# height, width or channels. A loop over the $f \cdot f$ places *in the window* is allowed. The
# grader counts steps of Python, not seconds.
#
# <details><summary>Hint: the question</summary>
#
# Look at the first column of the matrix above: 1, 2, 0, 0, 1, 3. Which part of the picture is that?
# And the second column?
# </details>
# <details><summary>Hint: a plan</summary>
#
# An empty array of shape $(m, n_H, n_W, f, f, n_C')$. For each place $(i, j)$ in the window, the
# entries of *all* windows at this place are one slice of the padded pictures: it starts at $i$ and
# goes on in steps of the stride, $n_H$ times. At the end `reshape`. Other ways are fine.
# </details>
# <details><summary>If the rows are right but in another order</summary>
#
# Pictures change slowest, then rows, then columns. Within a row of the matrix: first the window's
# rows, then its columns, the channels fastest. In which order do your axes stand before `reshape`?
# </details>

# %% nbgrader={"solution": true, "grade_id": "im2col"}
def im2col(A_prev, f, stride, pad):
    """The windows of all pictures, each as a row.

    Args:
        A_prev: pictures, shape (m, n_H_prev, n_W_prev, n_C_prev). They must come back unchanged.
        f, stride, pad: whole numbers: the window, its step, the zeros on each side.

    Returns:
        Shape (m n_H n_W, f f n_C_prev). Rows: by picture, then by row, then by column of the
        output. Within a row: by row, then by column of the window, then by channel.
    """
    ### BEGIN SOLUTION
    A = zero_pad(A_prev, pad)
    m, n_H_prev, n_W_prev, n_C = A.shape
    n_H = (n_H_prev - f) // stride + 1
    n_W = (n_W_prev - f) // stride + 1
    columns = np.empty((m, n_H, n_W, f, f, n_C))
    for i in range(f):
        for j in range(f):
            rows = A[:, i : i + n_H * stride : stride]
            columns[:, :, :, i, j] = rows[:, :, j : j + n_W * stride : stride]
    return columns.reshape(m * n_H * n_W, f * f * n_C)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "im2col-check"} tags=["check"]
six = [[1, 2, 0, 1], [2, 0, 1, 3], [0, 1, 3, 1], [0, 1, 2, 0], [1, 3, 0, 1], [3, 1, 1, 0]]
some_A = np.random.default_rng(6).standard_normal((2, 5, 7, 3))
with checking("im2col", A_prev=some_A, by_hand=hand_A):
    check("by hand", im2col(hand_A, 2, 1, 0), six)
    rows = im2col(some_A, 3, 2, 1)
    check("shape", np.shape(rows), (2 * 3 * 4, 27))
    check("picture 1, place (1, 2)", rows[12 + 4 + 2], some_A[1, 1:4, 3:6].ravel())
    check("a corner", rows[0].reshape(3, 3, 3)[0], np.zeros((3, 3)))
    check("stride 3", im2col(some_A, 2, 3, 0)[-1], some_A[1, 3:5, 3:5].ravel())
    for axis, shape in {"pictures": (40, 5, 7, 3), "rows": (2, 80, 7, 3),
                        "columns": (2, 5, 90, 3), "channels": (2, 5, 7, 40)}.items():
        grows = steps_grow(im2col, (some_A, 2, 1, 1), (np.ones(shape), 2, 1, 1))
        check(f"more steps of Python for more {axis}", grows, False)

# %% nbgrader={"grade": true, "grade_id": "im2col-test", "points": 12}
verdict("im2col")
### BEGIN HIDDEN TESTS
@hidden_cases("im2col", cases=8, calls=("zero_pad",))
def _(case):
    from companion import steps_grow

    def more_pictures(small, large):
        return "a loop over the pictures" if steps_grow(im2col, (small, 2, 1, 1), (large, 2, 1, 1)) else "none"

    def larger_pictures(small, large):
        return "a loop over the places" if steps_grow(im2col, (small, 2, 1, 1), (large, 2, 1, 1)) else "none"

    def more_channels(small, large):
        return "a loop over the channels" if steps_grow(im2col, (small, 2, 1, 1), (large, 2, 1, 1)) else "none"

    if case.index < 5:
        m, h, w, c, f, stride, pad = [
            (2, 5, 7, 3, 3, 1, 0), (3, 6, 4, 2, 3, 2, 1), (2, 4, 9, 5, 2, 3, 2), (1, 8, 5, 1, 3, 2, 0), (4, 3, 2, 2, 1, 1, 0)
        ][case.index]
        case.call(im2col, 1 + case.rng.standard_normal((m, h, w, c)), f, stride, pad)
    else:
        look, m, h, w, c = [
            (more_pictures, 60, 4, 5, 2), (larger_pictures, 3, 50, 60, 2), (more_channels, 3, 4, 5, 60)
        ][case.index - 5]
        case.call(look, case.rng.standard_normal((3, 4, 5, 2)), case.rng.standard_normal((m, h, w, c)))
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: the steps
#
# Twice as many pictures: how many steps more do the loops take? And the product?
#
# <details><summary>Answer</summary>
#
# The loops take almost twice as many, the product not one more. The multiplications are still
# there, but they are done in compiled code.
# </details>

# %% tags=["demo"]
if ready("output_shape", "conv_forward", "im2col"):
    def conv_product(A_prev, W, b, hparameters):
        stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
        rows = im2col(A_prev, f, stride, pad)
        n_H, n_W = (output_shape(n, f, pad, stride) for n in A_prev.shape[1:3])
        Z = rows @ W.reshape(-1, W.shape[3]) + b.reshape(1, -1)
        return Z.reshape(len(A_prev), n_H, n_W, -1), (A_prev, W, b, hparameters)

    for m in (1, 2, 4):
        layer = np.ones((m, 8, 9, 3)), np.ones((3, 3, 3, 5)), np.ones((1, 1, 1, 5))
        layer = *layer, {"stride": 1, "pad": 1}
        same = np.allclose(conv_forward(*layer)[0], conv_product(*layer)[0])
        steps = [count_steps(function, *layer) for function in (conv_forward, conv_product)]
        print(f"{m} pictures: steps of the loops {steps[0]:6}, of the product {steps[1]}; {same=}")

# %% [markdown]
# The price is memory: with stride 1 each pixel stands in up to $f^2$ rows.
#
# ## Mistakes that cross the exercises
#
# * **Height and width exchanged.** *Symptom*: none at all on square pictures. Test with H ≠ W.
# * **The stride at the wrong place.** It moves the corners, `h * stride`. It does not widen the
#   window. *Symptom*: right with stride 1, broken at the border with stride 2.
# * **A start at zero for a maximum.** *Symptom*: right after a ReLU, wrong for negative entries:
#   the maximum is never below 0.
#
# ## Open task: pooling in few steps
#
# Max pooling with stride 1, for any $f$ and any pictures; counted at $f = 8$. As few steps of
# Python as you can. Steps inside NumPy's own Python code count as well.
#
# * `pool_forward`, as solved here, takes **1591** steps on this input.
# * A loop over the $f \cdot f$ places in the window takes **149**.
# * Ours takes **19**, and no library function made for windows. Beat that.

# %%
def my_pool(A_prev, f):
    """Max pooling with stride 1, as in pool_forward; only the array comes back."""
    return pool_forward(A_prev, {"f": f, "stride": 1})[0]

# %% tags=["demo"]
if ready("pool_forward"):
    pictures = np.random.default_rng(8).standard_normal((2, 20, 24, 3)) - 2
    agrees = np.allclose(my_pool(pictures, 8), pool_forward(pictures, {"f": 8, "stride": 1})[0])
    print("right:", agrees, "  steps:", count_steps(my_pool, pictures, 8))

# %% [markdown]
# <details><summary>Hint: the question</summary>
#
# The maximum of a square is the maximum over its columns of the maxima over its rows. How many
# comparisons of whole arrays does that take, in the place of $f \cdot f$?
# </details>
# <details><summary>Hint: where to look</summary>
#
# You know the maxima of all windows of 2. What do you get from two of these, two pixels apart?
# </details>
#
# ## Recap
#
# 1. Places along a side: $\lfloor (n + 2p - f)/s \rfloor + 1$.
# 2. A filter is as deep as its picture, and makes one map. The size of the picture does not enter
#    the number of weights.
# 3. Padding keeps the size and invents a black frame.
# 4. Pooling works channel by channel, has no weights, and softens a shift.
# 5. Windows as rows make a convolution one product of matrices.
#
# **A question.** Two layers of 3 × 3, stride 1, one after the other. How large is the part of the
# picture that one pixel of the second map sees? Is it cheaper than one layer with that window?
#
# <details><summary>Answer</summary>
#
# 5 × 5: each layer adds one pixel on every side. With $n$ channels everywhere the two have
# $2 \cdot 9\,n^2 = 18\,n^2$ weights, the single one $25\,n^2$.
# </details>
#
# **Read on.** Dumoulin and Visin, [A guide to convolution
# arithmetic](https://arxiv.org/abs/1603.07285), 2016, chapter 2: every case of the formula, in
# pictures. Chetlur and others, [cuDNN](https://arxiv.org/abs/1410.0759), 2014, section 3: the
# product of matrices, and how to save its memory.

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
