# %% [markdown]
# # NumPy: arrays instead of loops
#
# A neural network is arithmetic on tables of numbers: millions of multiplications, all alike.
# Written as Python loops, they take hours. Written as operations on whole arrays, they take
# seconds, and the program becomes shorter and easier to check. This lesson teaches you to think in
# arrays. Everything that you write here comes back in every network of this course.
#
# **You will be able to**
#
# * write the small functions inside every network: sigmoid and its slope, softmax, two losses;
# * read shapes, and say beforehand what NumPy does when two shapes differ, and when it refuses;
# * spot the `(n,)` against `(n, 1)` trap before it costs you an evening;
# * turn three nested loops into one line, and prove by counting that no loop is left.
#
# **Time** about 90 minutes. **Difficulty** 1 of 5. **Builds on** Python's functions and `for`
# loops, and the exponential function. You need not know NumPy.
#
# **How it works.** Read from top to bottom and run each cell with Shift + Enter. An exercise is a
# function whose last line is `raise NotImplementedError(…)`. Put your own lines in its place. The
# cell below it checks a few examples at once, and shows what was expected beside what came. When
# your notebook is graded, your functions meet other inputs as well: other shapes, other numbers. If
# you are stuck, open a hint. That is what they are for.

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import check, checking, count_steps, data, hidden_cases, lesson, plots
from companion import ready, steps_grow, verdict, verdicts

lesson("course1-week2/numpy_basics")

# %% [markdown]
# ## One picture

# %% tags=["demo", "picture"]
def draw_array(axes, x, y, values, colour="white", copies=(), marked=()):
    """Draw a table of texts, one square for each entry, its upper left corner at (x, y).

    Entries in `copies` (row, column) are pale, with a dotted border; those in `marked` are orange
    and hatched.
    """
    for i, row in enumerate(values):
        for j, text in enumerate(row):
            copy, mark = (i, j) in copies, (i, j) in marked
            square = plt.Rectangle(
                (x + j, y - i - 1), 1, 1, linewidth=1, zorder=1 if copy else 2,
                linestyle=":" if copy else "-", edgecolor="#888888" if copy else plots.BLACK,
                facecolor=plots.ORANGE if mark else "white" if copy else colour,
                hatch="///" if mark else None,
            )
            axes.add_patch(square)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1} if mark and text else None
            axes.text(
                x + j + 0.5, y - i - 0.5, text, ha="center", va="center", fontsize=10, zorder=3,
                color="#888888" if copy else plots.BLACK, bbox=box,
            )


def canvas(axes, width, low, high):
    """Empty axes for drawings of arrays."""
    axes.set(xlim=(-0.3, width), ylim=(low, high), aspect="equal")
    axes.axis("off")


opening_figure, opening_axes = plt.subplots(figsize=(10.5, 3.4))
canvas(opening_axes, 21, -5.9, 1.1)
opening_tables = (
    ("W", 0, 3, 4, {(1, j) for j in range(4)}, "3 units × 4 inputs"),
    ("X", 5.5, 4, 5, {(i, 2) for i in range(4)}, "4 inputs × 5 examples"),
    ("b", 12.2, 3, 1, {(1, 0)}, "one a unit"),
    ("Z", 15.8, 3, 5, {(1, 2)}, "3 units × 5 examples"),
)
for name, left, rows, columns, marks, meaning in opening_tables:
    colour = plots.SKY if name == "Z" else "white"
    draw_array(opening_axes, left, 0, [[""] * columns] * rows, colour, marked=marks)
    middle, note = left + columns / 2, f"({rows}, {columns})\n{meaning}"
    opening_axes.text(middle, 0.25, name, ha="center", fontsize=13, fontweight="bold")
    opening_axes.text(middle, -4.45, note, ha="center", va="top", fontsize=10)
for symbol, left in (("@", 4.75), ("+", 11.35), ("=", 14.5)):
    opening_axes.text(left, -1.5, symbol, ha="center", va="center", fontsize=16)
plots.show(
    opening_figure,
    alt="Four tables: W of 3 rows and 4 columns, at-sign, X of 4 rows and 5 columns, plus a column "
    "b of 3, equals Z of 3 rows and 5 columns. The second row of W, the third column of X, the "
    "second entry of b and the one entry of Z that they make are hatched.",
)

# %% [markdown]
# This is one layer of a network. Each entry of Z takes one row of W, one column of X, four
# multiplications and one entry of b. With loops you visit the 15 entries one by one, and in each
# you visit the 4 inputs: 60 small steps. NumPy does all of it in one line. At the end of this
# lesson you will have written that line, and measured what it is worth.
#
# ## An array and its shape
#
# An array is a table of numbers of one kind. Its **shape** says how long it is along each of its
# axes.
#
# | array | shape | |
# |---|---|---|
# | `np.array(7.0)` | `()` | a number, no axis |
# | `np.array([1, 2, 3])` | `(3,)` | one axis; neither a row nor a column |
# | `np.array([[1, 2, 3]])` | `(1, 3)` | one row |
# | `np.array([[1], [2], [3]])` | `(3, 1)` | one column |
# | a colour photograph | `(64, 64, 3)` | rows, columns, and red, green, blue |
#
# Arithmetic works **entry by entry**: `x * 2`, `x + y`, `np.exp(x)`. No loop is written, and the
# result has the shape of x.
#
# Sums take an **axis**, and there is one rule to remember: *the axis that you name is the one that
# disappears.*

# %%
table = np.array([[1, 2, 3], [10, 20, 30]])
table_sums = {
    "table": table,
    "np.sum(table)": np.sum(table),
    "np.sum(table, axis=0)": np.sum(table, axis=0),
    "np.sum(table, axis=1)": np.sum(table, axis=1),
    "np.sum(table, axis=1, keepdims=True)": np.sum(table, axis=1, keepdims=True),
}
for line, result in table_sums.items():
    print(f"{line:37}", result.shape, result.tolist())

# %% [markdown]
# The table has 2 rows and 3 columns. Summing over axis 0 leaves 3 numbers, one a column. Summing
# over axis 1 leaves 2, one a row. `keepdims=True` keeps the axis, with length 1. That looks like a
# trifle. It will save you in Part 3.
#
# ## Part 1: entry by entry
#
# ### The sigmoid
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# It squeezes any number into the range from 0 to 1, so that it can be read as a probability. Large
# positive x gives almost 1, large negative x almost 0, and x = 0 gives one half.
#
# | name | shape | meaning |
# |---|---|---|
# | `x` | any, a plain number too | the input |
# | result | that of `x` | each entry between 0 and 1 |
#
# **By hand.** Take x = ln 3, so $e^{-x} = 1/3$. Then σ = 1 / (1 + 1/3) = 3/4. For x = −ln 3 it is
# 1 / (1 + 3) = 1/4. The two add up to 1, and so they do for every x and −x.
#
# Python has its own exponential, `math.exp`. It takes a single number and nothing else. `np.exp`
# takes an array of any shape.
#
# ### Exercise: sigmoid
#
# <details><summary>Hint</summary>
#
# Write the formula as you would for one number, with `np.exp` for the exponential. It then works
# for arrays of every shape.
# </details>
# <details><summary>Fuller hint</summary>
#
# One line: `return 1 / (…)`. Inside the brackets stand 1, a plus sign, and `np.exp` of minus x.
# </details>

# %% nbgrader={"solution": true, "grade_id": "sigmoid"}
def sigmoid(x):
    """The logistic function, entry by entry.

    Args:
        x: a number, or an array of any shape, of integers or of decimals. Entries may be as large
            as 1000 or −1000.

    Returns:
        1 / (1 + exp(-x)): a number, or an array of the shape of x.

    Source: the formula above; Goodfellow, Bengio and Courville (2016), section 3.10.
    """
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-x))
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "sigmoid-check"} tags=["check"]
check_row = np.array([[np.log(3), -np.log(3), 0.0, 1000.0]])
check_integers = np.array([[-1, 0], [1, 2], [3, 4]])
with checking("sigmoid", row=check_row, integers=check_integers):
    check("σ(0)", sigmoid(0), 0.5)
    check("σ of a row", sigmoid(check_row), [[0.75, 0.25, 0.5, 1.0]])
    check(
        "σ of integers",
        sigmoid(check_integers),
        [[0.268941, 0.5], [0.731059, 0.880797], [0.952574, 0.982014]],
        rtol=1e-5,
    )

# %% nbgrader={"grade": true, "grade_id": "sigmoid-test", "points": 4}
verdict("sigmoid")
### BEGIN HIDDEN TESTS
@hidden_cases("sigmoid", cases=6)
def _(case):
    rng = case.rng
    x = [
        lambda: float(-rng.uniform(1, 3)),
        lambda: rng.permutation(np.arange(-4, 5))[:7],
        lambda: 3 * rng.standard_normal((4, 3)),
        lambda: rng.standard_normal((2, 5, 3)),
        lambda: np.append(rng.permutation([-1000.0, 1000.0, -30.0, 30.0, 0.0]), rng.uniform(-2, 2)),
        lambda: rng.uniform(-9, 9, (6, 1)),
    ][case.index]()
    with np.errstate(over="ignore"):  # exp(1000) overflows, and the plain formula is right all the same
        case.call(sigmoid, x)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: numbers that are too large
#
# The largest number that NumPy's usual kind (float64) can hold is about $1.8 \cdot 10^{308}$, and
# $e^{710}$ is beyond it. So what does your function do with −1000?

# %% tags=["demo"]
if ready("sigmoid"):
    heard = []
    with np.errstate(over="call", invalid="ignore", call=lambda kind, flag: heard.append(kind)):
        far = sigmoid(np.array([-1000.0, -700.0, 0.0, 700.0, 1000.0]))
        other_form = np.exp(1000.0) / (1 + np.exp(1000.0))
        complaints = len(heard)
        sigmoid(np.array([-1000.0]))
    warning = heard[-1] if len(heard) > complaints else "none"
    print("sigmoid of -1000, -700, 0, 700, 1000:", ", ".join(f"{value:.3g}" for value in far))
    print("NumPy's warning for sigmoid(-1000):  ", warning)
    print("exp(x) / (1 + exp(x)) at x = 1000:   ", other_form)

# %% [markdown]
# NumPy writes `inf` for $e^{1000}$ and warns of an *overflow*. Then 1 / (1 + inf) is 0. The true
# value, about $5 \cdot 10^{-435}$, is smaller than anything that float64 can hold, so 0 is right.
# This RuntimeWarning is harmless: look at the values, and move on.
#
# But do not conclude that all such warnings are. The other way to write the sigmoid,
# $e^x / (1 + e^x)$, is the same in mathematics. At x = 1000 it is inf / inf, and that is `nan`:
# *not a number*. A single `nan` poisons every sum that it enters.
#
# If you prefer a sigmoid that never warns: `np.exp(-np.logaddexp(0, -x))`, where
# `np.logaddexp(0, -x)` is a careful $\ln(1 + e^{-x})$. The grader takes both.
#
# ### The slope of the sigmoid
#
# To learn, a network needs to know how much its output changes when an input changes a little. For
# the sigmoid:
#
# $$\sigma'(x) = \frac{e^{-x}}{(1 + e^{-x})^2} = \sigma(x) \, \big(1 - \sigma(x)\big)$$
#
# The second form is the one to use. You have σ(x) already, so the slope costs one subtraction and
# one multiplication.
#
# **By hand.** At x = ln 3, σ is 3/4, so the slope is 3/4 · 1/4 = 3/16 = 0.1875. At x = 0 it is
# 1/2 · 1/2 = 1/4, and it is never larger.
#
# ### Exercise: sigmoid_derivative
#
# <details><summary>Hint</summary>
#
# Call your `sigmoid` once, keep the result under a name, and use that name twice.
# </details>
# <details><summary>Fuller hint</summary>
#
# `s = sigmoid(x)` is the first line. The second returns s times one minus s. Note that it is s
# there, not x.
# </details>

# %% nbgrader={"solution": true, "grade_id": "sigmoid_derivative"}
def sigmoid_derivative(x):
    """The slope of the sigmoid, entry by entry.

    Args:
        x: a number, or an array of any shape.

    Returns:
        sigmoid(x) * (1 - sigmoid(x)): a number, or an array of the shape of x.

    Source: the derivative of the formula in sigmoid.
    """
    ### BEGIN SOLUTION
    s = sigmoid(x)
    return s * (1 - s)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "sigmoid_derivative-check"} tags=["check"]
check_column = np.array([[np.log(3)], [-np.log(3)]])
check_flat = np.array([1, 2, 4])
with checking("sigmoid_derivative", column=check_column, flat=check_flat):
    check("slope at 0", sigmoid_derivative(0), 0.25)
    check("slope at ±ln 3", sigmoid_derivative(check_column), [[0.1875], [0.1875]])
    check_slopes = sigmoid_derivative(check_flat)
    check("slope at 1, 2, 4", check_slopes, [0.196612, 0.104994, 0.017663], rtol=1e-4)

# %% nbgrader={"grade": true, "grade_id": "sigmoid_derivative-test", "points": 4}
verdict("sigmoid_derivative")
### BEGIN HIDDEN TESTS
@hidden_cases("sigmoid_derivative", cases=6, calls=("sigmoid",))
def _(case):
    rng = case.rng
    x = [
        lambda: float(rng.uniform(1, 2)),
        lambda: rng.permutation(np.arange(-4, 5))[:5],
        lambda: 2 * rng.standard_normal((3, 5)),
        lambda: rng.standard_normal((4, 2, 3)),
        lambda: rng.permutation([-12.0, -3.0, 0.0, 5.0, 11.0]),
        lambda: rng.uniform(-5, 5, (4, 1)),
    ][case.index]()
    case.call(sigmoid_derivative, x)
### END HIDDEN TESTS

# %% tags=["demo"]
if ready("sigmoid", "sigmoid_derivative"):
    curve_x = np.linspace(-7, 7, 281)
    hand_x = np.array([-np.log(3), 0, np.log(3)])
    step = 1e-5
    measured_x = curve_x[::20]
    measured = (sigmoid(measured_x + step) - sigmoid(measured_x - step)) / (2 * step)

    curve_figure, (sigmoid_axes, slope_axes) = plt.subplots(1, 2, figsize=(10.5, 3.6))
    sigmoid_axes.plot(curve_x, sigmoid(curve_x), color=plots.BLUE, linewidth=2.5, label="σ(x)")
    sigmoid_axes.plot(hand_x, sigmoid(hand_x), "o", color=plots.BLACK, label="¼, ½ and ¾, by hand")
    for x0 in (0, 3):
        tangent_x = np.array([x0 - 1.3, x0 + 1.3])
        tangent = sigmoid(x0) + sigmoid_derivative(x0) * (tangent_x - x0)
        label = "your slope" if x0 == 0 else None
        sigmoid_axes.plot(tangent_x, tangent, "--", color=plots.RED, linewidth=1.8, label=label)
    sigmoid_axes.set(xlabel="x", ylabel="σ(x)", title="The sigmoid")

    curve_slope = sigmoid_derivative(curve_x)
    slope_axes.plot(curve_x, curve_slope, color=plots.RED, linewidth=2.5, label="σ(x) (1 − σ(x))")
    label = "measured, rise over run"
    slope_axes.plot(measured_x, measured, "s", color=plots.BLACK, markersize=5, label=label)
    slope_axes.set(xlabel="x", ylabel="slope", title="Its slope", ylim=(0, 0.33))
    for axes in (sigmoid_axes, slope_axes):
        axes.legend(loc="upper left", fontsize=9)
    plots.show(
        curve_figure,
        alt="Left: the sigmoid, an S that rises from 0 to 1, with the points one quarter, one half "
        "and three quarters on it, and dashed tangents at x = 0 and x = 3. Right: its slope, a "
        "bell with its top of 0.25 at x = 0 and nearly 0 beyond 6 on either side; squares of "
        "measured slopes lie on the curve.",
    )
    for x0 in (0, 3, 6, 10):
        print(f"slope at {x0:2}: {float(sigmoid_derivative(x0)):.6f}")

# %% [markdown]
# Look at the last line. At x = 10 the slope is 0.000045: whoever learns by following slopes makes
# next to no progress there. This is called *saturation*, and it is one reason why later networks
# use other functions in their hidden layers.
#
# ## Part 2: the same numbers in another shape
#
# A photograph is an array of shape (length, height, depth), with depth 3 for red, green and blue. A
# simple network wants one long column. No number changes; only the shape does. The order is NumPy's
# own, called *C order*: **the last index runs fastest**.
#
# $$\text{entry } (i, j, k) \text{ of the image goes to row }
# (i \cdot \text{height} + j) \cdot \text{depth} + k \text{ of the column}$$
#
# | name | shape | meaning |
# |---|---|---|
# | `image` | (length, height, depth) | three axes, each of its own length |
# | result | (length · height · depth, 1) | one column |
#
# **By hand.** An image of shape (1, 2, 3) has two pixels, say red-green-blue (1, 2, 3) and
# (4, 5, 6). The column is 1, 2, 3, 4, 5, 6: first pixel, then second pixel. It is not all the reds
# first. In an image of shape (2, 3, 2), entry (1, 0, 1) goes to row (1 · 3 + 0) · 2 + 1 = 7.
#
# ### Exercise: image2vector
#
# <details><summary>Hint</summary>
#
# `image.reshape(rows, columns)` gives the same numbers in another shape. How many rows are needed?
# `image.shape` is a tuple of three numbers.
# </details>
# <details><summary>Fuller hint</summary>
#
# The number of rows is the product of `image.shape[0]`, `image.shape[1]` and `image.shape[2]`. Do
# not write 64 or 3 anywhere. You may also write −1 for one length: `reshape` then works it out from
# the others.
# </details>

# %% nbgrader={"solution": true, "grade_id": "image2vector"}
def image2vector(image):
    """An image as one column.

    Args:
        image: an array of shape (length, height, depth).

    Returns:
        An array of shape (length * height * depth, 1): the same entries, the last index running
        fastest.

    Source: the formula above; NumPy's C order.
    """
    ### BEGIN SOLUTION
    return image.reshape(image.size, 1)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "image2vector-check"} tags=["check"]
two_pixels = np.array([[[1, 2, 3], [4, 5, 6]]])
counted = np.arange(24).reshape(4, 3, 2)  # each entry is the number of the row where it belongs
with checking("image2vector", two_pixels=two_pixels, counted=counted):
    check("column of two pixels", image2vector(two_pixels), [[1], [2], [3], [4], [5], [6]])
    check("column of counted entries", image2vector(counted), [[row] for row in range(24)])

# %% nbgrader={"grade": true, "grade_id": "image2vector-test", "points": 4}
verdict("image2vector")
### BEGIN HIDDEN TESTS
@hidden_cases("image2vector", cases=6)
def _(case):
    shape = [(3, 4, 2), (5, 2, 3), (1, 4, 3), (2, 5, 1), (4, 4, 3), (3, 3, 3)][case.index]
    image = case.rng.standard_normal(shape)
    if case.index in (1, 3):
        image = case.rng.integers(0, 256, shape).astype(np.uint8)
    case.call(image2vector, image)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: the same shape, and yet rubbish
#
# Later you will flatten a whole set of m pictures at once, into a table with one column for each
# picture. Two lines look right, and both give the right shape. Fold a column of each back into a
# picture, and see.

# %% tags=["demo"]
pictures, labels = data.load_cats()[:2]
picture_count = pictures.shape[0]

if ready("image2vector"):
    chosen = 17  # any other number will do as well
    column = image2vector(pictures[chosen])
    flat_right = pictures.reshape(picture_count, -1).T
    flat_wrong = pictures.reshape(-1, picture_count)
    print("pictures                    ", pictures.shape)
    print("one picture as a column     ", column.shape)
    for line, flat in (("reshape(m, -1).T", flat_right), ("reshape(-1, m)", flat_wrong)):
        holds = np.array_equal(flat[:, [chosen]], column)
        print(f"{line:28}", flat.shape, " holds that column:", holds)

    flat_figure, flat_axes = plt.subplots(1, 3, figsize=(9, 3.3))
    flat_panels = (
        ("the picture", pictures[chosen]),
        ("from reshape(m, -1).T", flat_right[:, chosen].reshape(pictures.shape[1:])),
        ("from reshape(-1, m)", flat_wrong[:, chosen].reshape(pictures.shape[1:])),
    )
    for axes, (title, panel) in zip(flat_axes, flat_panels):
        axes.imshow(panel.squeeze(), cmap="gray", vmin=0, vmax=255)
        axes.grid(False)
        axes.set(title=title, xlabel="column (pixels)")
    flat_axes[0].set_ylabel("row (pixels)")
    plots.show(
        flat_figure,
        alt="Three panels. Picture 17 of the set, a walking cat in the data that come with the "
        "lessons; the same picture again, folded back from its column of the right table; and an "
        "unrecognizable scatter of pixels, folded back from the same column of the wrong table.",
    )

# %% [markdown]
# `reshape(-1, m)` deals the pixels of all pictures out like cards, so that every column is a
# mixture of hundreds of pictures. There is no error and no warning, and no network can learn from
# it what a cat looks like. So when you reshape, always **fold one example back and look at it**.
#
# ## Part 3: broadcasting
#
# You wrote `1 + np.exp(-x)`: a number plus an array. NumPy acted as if the 1 were a whole array of
# ones. This is *broadcasting*, and it works for more than numbers. The rule fits in three lines:
#
# 1. Write the two shapes one above the other, **aligned on the right**. Where one has no axis left,
#    put a 1.
# 2. On each axis the two lengths must be equal, **or one of them must be 1**. Otherwise NumPy
#    refuses.
# 3. Where a length is 1, that array is used again and again along this axis.
#
# ```
# A        2 × 3        A        2 × 3        column   2 × 1        A        2 × 3
# row          3        column   2 × 1        row          3        flat         2
#          -----                 -----                 -----                 -----
# A+row    2 × 3        A+col    2 × 3        sum      2 × 3        refused: 3 is not 2
# ```

# %% tags=["demo", "picture"]
def draw_sum(axes, title, left, left_real, right, right_real, result, notes):
    """Draw left + right = result.

    Entries of left and right that do not stand in the real array are copies.
    """
    canvas(axes, 12.6, -2.7, 1.4)
    axes.set_title(title, fontsize=11)
    for start, values, real in ((0, left, left_real), (4.5, right, right_real)):
        places = {(i, j) for i in range(len(values)) for j in range(len(values[0]))}
        draw_array(axes, start, 1, values, plots.SKY, copies=places - real)
    middle = {"ha": "center", "va": "center"}
    axes.text(3.75, 0, "+", fontsize=15, **middle)
    axes.text(8.25, 0, "=", fontsize=15, **middle)
    if result is None:
        axes.text(10.5, 0, "refused", fontsize=13, color=plots.RED, fontweight="bold", **middle)
    else:
        draw_array(axes, 9, 1, result, plots.YELLOW)
    for x, note in zip((1.5, 6, 10.5), notes):
        axes.text(x, -1.3, note, ha="center", va="top", fontsize=10)


cast_figure, cast_grid = plt.subplots(2, 2, figsize=(10.5, 4.5))
cast_A = np.array([[1, 2, 3], [4, 5, 6]])
cast_row, cast_column = np.array([10, 20, 30]), np.array([[100], [200]])
row_twice, column_thrice = np.tile(cast_row, (2, 1)), np.tile(cast_column, (1, 3))
whole = {(i, j) for i in range(2) for j in range(3)}
first_row, first_column = {(0, 0), (0, 1), (0, 2)}, {(0, 0), (1, 0)}
draw_sum(
    cast_grid[0, 0], "a row goes down", cast_A, whole, row_twice, first_row,
    cast_A + cast_row, ("(2, 3)", "(3,), used for both rows", "(2, 3)"),
)
draw_sum(
    cast_grid[0, 1], "a column goes across", cast_A, whole, column_thrice, first_column,
    cast_A + cast_column, ("(2, 3)", "(2, 1), used three times", "(2, 3)"),
)
draw_sum(
    cast_grid[1, 0], "both at once", column_thrice, first_column, row_twice, first_row,
    cast_column + cast_row, ("(2, 1)", "(3,)", "(2, 3)"),
)
draw_sum(
    cast_grid[1, 1], "aligned on the right, and too short", cast_A, whole,
    [["100", "200", "?"]], {(0, 0), (0, 1)},
    None, ("(2, 3)", "(2,): what stands\nin the third place?"),
)
plots.show(
    cast_figure,
    alt="Four sums of small tables; copies that NumPy imagines are dotted. A table of 2 × 3 plus a "
    "row of 3: the row is used for both rows. The table plus a column of 2: the column is used "
    "three times. The column plus the row: both are repeated, to a table of 2 × 3. The table plus "
    "a flat array of 2: refused, because nothing stands in its third place.",
)

# %% [markdown]
# Solid cells exist, dotted cells are imagined. NumPy never makes the copies: only the result takes
# memory.
#
# Now predict. What is the shape of the sum? Two of these are refused.
#
# | | first | second |
# |---|---|---|
# | a | (4, 3) | (3,) |
# | b | (4, 3) | (4,) |
# | c | (4, 3) | (4, 1) |
# | d | (4, 1) | (3,) |
# | e | (4,) | (4, 1) |
# | f | (5, 1, 3) | (4, 1) |
# | g | (2, 3) | (3, 2) |
#
# <details><summary>Answers, after you have written yours down</summary>
#
# a (4, 3). b refused: 3 against 4, on the right. c (4, 3). d (4, 3). e (4, 4), see below!
# f (5, 4, 3). g refused: 3 against 2.
# </details>

# %%
def shape_of_sum(first, second):
    """The shape of the sum of two arrays of these shapes, or the word 'refused'."""
    try:
        return str(np.broadcast_shapes(first, second))
    except ValueError:
        return "refused"


print("(4, 3) + (3,)  ", shape_of_sum((4, 3), (3,)))
print("(4, 3) + (4,)  ", shape_of_sum((4, 3), (4,)))
print("your own:      ", shape_of_sum((1, 7), (6, 1)))

# %% [markdown]
# ### The trap: `(n,)` is not `(n, 1)`
#
# Look at e again. Three answers and three predictions, all of them right. One is flat, the other is
# a column. How far are they apart?

# %%
flat_answers = np.array([1.0, 2.0, 3.0])  # shape (3,)
column_answers = flat_answers.reshape(3, 1)  # shape (3, 1)
trap = column_answers - flat_answers
print("column - flat:", trap.shape)
print(trap)
print("sum of squares, expected 0, is", np.sum(trap**2))
print("flat.T has shape", flat_answers.T.shape, "and column.T has shape", column_answers.T.shape)

# %% [markdown]
# Each of the three was subtracted from each of the three. The "distance" of two equal lists is 12.
# Nothing was refused, nothing warned: the rule was kept to the letter. In training it looks like
# this: the cost falls until every prediction is the *mean* of all answers, and there it stays, far
# above zero. That is the best compromise when each is compared with all.
#
# A flat array is neither row nor column; `.T` does nothing to it. Three habits keep you safe:
#
# * **Make columns columns**: `x.reshape(-1, 1)`. In this course a vector has two axes unless we say
#   otherwise.
# * **Sum with `keepdims=True`** when the result meets the array that it came from.
# * **Say what you believe**: `assert x.shape == (n, 1)` costs nothing and finds the fault where it
#   is made.
#
# ### Rows of length 1
#
# Often only the direction of a vector matters, not its length. So divide each row of a table by its
# Euclidean length:
#
# $$\text{row}_i := \frac{\text{row}_i}{\lVert \text{row}_i \rVert}, \qquad
# \lVert \text{row}_i \rVert = \sqrt{\sum_j x_{ij}^2}$$
#
# | name | shape | meaning |
# |---|---|---|
# | `x` | (m, n) | m rows, none of them all zeros |
# | the lengths | (m, 1) | one a row: a column, so that it goes *across* |
# | result | (m, n) | each row has length 1 |
#
# **By hand.** The rows (3, 4) and (−8, 6) have lengths 5 and 10. So they become (0.6, 0.8) and
# (−0.8, 0.6).
#
# ### Exercise: normalize_rows
#
# (Older versions of the course spell it `normalizeRows`. Here, and in the grader, it is
# `normalize_rows`.)
#
# <details><summary>Hint</summary>
#
# `np.linalg.norm(x, axis=…, keepdims=…)` gives the lengths. Which axis must disappear? Then divide,
# and let broadcasting do the rest.
# </details>
# <details><summary>Fuller hint</summary>
#
# The sum of squares runs along a row, from column to column: that is `axis=1`. With `keepdims=True`
# the lengths have shape (m, 1). Return x divided by them. Write `x / lengths`, not `x /= lengths`.
# </details>

# %% nbgrader={"solution": true, "grade_id": "normalize_rows"}
def normalize_rows(x):
    """Each row divided by its Euclidean length.

    Args:
        x: an array of shape (m, n) without rows that are all zero. It is not changed.

    Returns:
        A new array of shape (m, n) whose rows have length 1.

    Source: the formula above; Goodfellow, Bengio and Courville (2016), section 2.5.
    """
    ### BEGIN SOLUTION
    lengths = np.linalg.norm(x, axis=1, keepdims=True)
    return x / lengths
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "normalize_rows-check"} tags=["check"]
check_wide = np.array([[2.0, -1.0, 2.0], [0.0, 0.0, 0.5]])
check_integers = np.array([[3, 4], [-8, 6]])
with checking("normalize_rows", three_columns=check_wide, by_hand=check_integers):
    check("table of three columns", normalize_rows(check_wide), [[2 / 3, -1 / 3, 2 / 3], [0, 0, 1]])
    check("table by hand", normalize_rows(check_integers), [[0.6, 0.8], [-0.8, 0.6]])

# %% nbgrader={"grade": true, "grade_id": "normalize_rows-test", "points": 5}
verdict("normalize_rows")
### BEGIN HIDDEN TESTS
@hidden_cases("normalize_rows", cases=6)
def _(case):
    shape = [(3, 5), (4, 2), (1, 6), (5, 1), (4, 4), (2, 7)][case.index]
    x = case.rng.standard_normal(shape) * case.rng.uniform(0.5, 4, (shape[0], 1))
    if case.index == 1:
        x = case.rng.permutation([-7, -5, -3, -2, 1, 4, 6, 8]).reshape(shape)
    case.call(normalize_rows, x)
### END HIDDEN TESTS

# %% tags=["demo"]
if ready("normalize_rows"):
    arrow_rng = np.random.default_rng(5)
    arrows = arrow_rng.uniform(-2, 2, (14, 2))
    directions = normalize_rows(arrows)
    circle = np.linspace(0, 2 * np.pi, 200)
    arrow_figure, arrow_axes = plt.subplots(figsize=(4.6, 4.4))
    arrow_axes.plot(np.cos(circle), np.sin(circle), color="#aaaaaa", linewidth=1)
    for before, after in zip(arrows, directions):
        arrow_axes.plot(*np.stack([before, after], axis=1), ":", color=plots.BLACK, linewidth=0.9)
    arrow_axes.plot(*arrows.T, "o", color=plots.BLUE, label="rows of x")
    arrow_axes.plot(*directions.T, "^", color=plots.RED, label="after normalize_rows")
    arrow_axes.set(xlabel="first column", ylabel="second column", aspect="equal")
    arrow_axes.set(xlim=(-2.2, 2.2), ylim=(-2.2, 2.9))
    arrow_axes.legend(loc="upper center", ncols=2, fontsize=9)
    plots.show(
        arrow_figure,
        alt="14 rows of two numbers, drawn as points in the plane. normalize_rows moves each of "
        "them straight towards or away from the origin until it lies on the circle of radius 1.",
    )
    print("lengths before:", np.round(np.linalg.norm(arrows, axis=1)[:5], 2))
    print("lengths after: ", np.round(np.linalg.norm(directions, axis=1)[:5], 2))

# %% [markdown]
# ### Softmax
#
# The sigmoid turns one number into one probability. **Softmax** turns a row of scores into a row of
# probabilities, one for each class. Take the exponential, so that everything is positive; then
# divide by the sum, so that it adds up to 1:
#
# $$\text{softmax}(x)_{ij} = \frac{e^{x_{ij}}}{\sum_{k=1}^{n} e^{x_{ik}}}$$
#
# | name | shape | meaning |
# |---|---|---|
# | `x` | (m, n) | one row of n scores for each of m examples |
# | the sums | (m, 1) | one a row |
# | result | (m, n) | all above 0, each row adds up to 1 |
#
# **By hand.** The scores (ln 1, ln 2, ln 5) have the exponentials 1, 2, 5. Their sum is 8. So
# softmax is (0.125, 0.25, 0.625).
#
# In this exercise one *row* is one example. In most of the course examples stand in columns. Always
# ask which.
#
# ### Exercise: softmax
#
# <details><summary>Hint</summary>
#
# Three steps: exponentials of shape (m, n); their sums along each row, of shape (m, 1); the
# quotient. It is normalize_rows with another length.
# </details>
# <details><summary>Fuller hint</summary>
#
# `e = np.exp(x)` first. The sums are `np.sum(e, axis=1, keepdims=True)`: sum e, not x. Return the
# one divided by the other.
# </details>

# %% nbgrader={"solution": true, "grade_id": "softmax"}
def softmax(x):
    """Each row of scores as a row of probabilities.

    Args:
        x: scores, an array of shape (m, n). It is not changed.

    Returns:
        An array of shape (m, n): exp(x), each row divided by its sum.

    Source: the formula above; Goodfellow, Bengio and Courville (2016), section 4.1.
    """
    ### BEGIN SOLUTION
    e = np.exp(x)
    return e / np.sum(e, axis=1, keepdims=True)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "softmax-check"} tags=["check"]
check_hand = np.log([[1.0, 2.0, 5.0]])
check_equal = np.array([[7, 7, 7, 7], [-2, -2, -2, -2]])
check_scores = np.array([[0.0, 1.0, 3.0], [2.0, -1.0, 0.5]])
with checking("softmax", by_hand=check_hand, equal=check_equal, scores=check_scores):
    check("softmax by hand", softmax(check_hand), [[0.125, 0.25, 0.625]])
    check("softmax of equal scores", softmax(check_equal), np.full((2, 4), 0.25))
    check(
        "softmax of two rows",
        softmax(check_scores),
        [[0.042010, 0.114195, 0.843795], [0.785597, 0.039113, 0.175290]],
        rtol=1e-4,
    )

# %% nbgrader={"grade": true, "grade_id": "softmax-test", "points": 6}
verdict("softmax")
### BEGIN HIDDEN TESTS
@hidden_cases("softmax", cases=6)
def _(case):
    shape = [(3, 5), (5, 2), (1, 6), (4, 1), (4, 4), (2, 7)][case.index]
    x = case.rng.standard_normal(shape) * [1, 1, 2, 1, 1.5, 3][case.index]
    if case.index == 1:
        x = case.rng.permutation(np.arange(-4, 6)).reshape(shape)
    if case.index == 5:
        x += np.array([[20.0], [-15.0]])
    case.call(softmax, x)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: scores of a thousand
#
# Some networks do produce scores like these.

# %% tags=["demo"]
if ready("softmax"):
    big = np.array([[1000.0, 1001.0, 1002.0], [-1000.0, -1001.0, -1002.0]])
    with np.errstate(all="ignore"):
        print("softmax of the scores as they are:")
        print(np.round(softmax(big), 3))
    print("after subtracting the largest of each row:")
    print(np.round(softmax(big - np.max(big, axis=1, keepdims=True)), 3))

# %% [markdown]
# With the plain formula the first row is inf / inf and the second is 0 / 0, both `nan`. (If yours
# shows numbers, you have shifted already. Well spotted.)
#
# The way out costs one line. Subtract any number c from all scores of a row, and every exponential
# is divided by the same $e^c$, above and below the fraction bar:
#
# $$\frac{e^{x_j - c}}{\sum_k e^{x_k - c}} =
# \frac{e^{-c}\, e^{x_j}}{e^{-c} \sum_k e^{x_k}} = \frac{e^{x_j}}{\sum_k e^{x_k}}$$
#
# Nothing changes in mathematics. Take c to be the largest score of the row: then the largest
# exponential is $e^0 = 1$. It cannot overflow, and the sum cannot be 0. The big libraries do so.
# The grader takes both forms.
#
# ## Part 4: two losses
#
# A loss says in one number how far the predictions are from the truth. The two simplest add up the
# gaps:
#
# $$L_1(\hat y, y) = \sum_{i=1}^{m} \lvert y_i - \hat y_i \rvert, \qquad
# L_2(\hat y, y) = \sum_{i=1}^{m} (y_i - \hat y_i)^2$$
#
# | name | shape | meaning |
# |---|---|---|
# | `yhat` | (m,) | predictions |
# | `y` | (m,) | the truth |
# | result | a number | 0 if all are right, otherwise larger |
#
# **By hand.** Predictions (0.9, 0.2, 0.4) for the truth (1, 0, 1): the gaps are 0.1, −0.2, 0.6. So
# L1 = 0.1 + 0.2 + 0.6 = 0.9, and L2 = 0.01 + 0.04 + 0.36 = 0.41.
#
# These are *sums*, without a mean and without a root; other books differ there. And both vectors
# are flat, as the shapes say.
#
# ### Exercise: L1
#
# <details><summary>Hint</summary>
#
# `np.abs` works entry by entry, and `np.sum` without an axis adds up everything.
# </details>
# <details><summary>Fuller hint</summary>
#
# From the inside to the outside: subtract the two vectors, take `np.abs` of that, take `np.sum` of
# that. The order matters: absolute values first, then the sum.
# </details>

# %% nbgrader={"solution": true, "grade_id": "L1"}
def L1(yhat, y):
    """The sum of the absolute gaps.

    Args:
        yhat: predictions, shape (m,).
        y: the truth, shape (m,).

    Returns:
        A number, at least 0.

    Source: the formula above; Goodfellow, Bengio and Courville (2016), section 2.5.
    """
    ### BEGIN SOLUTION
    return np.sum(np.abs(y - yhat))
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "L1-check"} tags=["check"]
check_yhat, check_y = np.array([0.9, 0.2, 0.4]), np.array([1, 0, 1])
with checking("L1", yhat=check_yhat, y=check_y):
    check("L1 by hand", L1(check_yhat, check_y), 0.9)
    check("L1 too high and too low", L1(np.array([3.0, 1.0]), np.array([1.0, 3.0])), 4)

# %% nbgrader={"grade": true, "grade_id": "L1-test", "points": 3}
verdict("L1")
### BEGIN HIDDEN TESTS
@hidden_cases("L1", cases=5, returns="loss")
def _(case):
    m = [6, 1, 4, 9, 3][case.index]
    yhat, y = case.rng.uniform(0.05, 0.95, m), case.rng.integers(0, 2, m)
    if case.index in (2, 3):
        yhat, y = 2 * case.rng.standard_normal(m), 3 * case.rng.standard_normal(m)
    case.call(L1, yhat, y)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: L2
#
# There are several good ways. One is worth knowing: for a flat vector d, `np.dot(d, d)` multiplies
# entry by entry *and* adds up. That is the sum of squares in one call.
#
# <details><summary>Hint</summary>
#
# Give the gaps a name, `d`. Then `np.dot(d, d)`, or square and sum.
# </details>
# <details><summary>Fuller hint</summary>
#
# `d = y - yhat` is the first line, and the square of each entry is `d ** 2`. No root, no mean, no ½.
# </details>

# %% nbgrader={"solution": true, "grade_id": "L2"}
def L2(yhat, y):
    """The sum of the squared gaps.

    Args:
        yhat: predictions, shape (m,).
        y: the truth, shape (m,).

    Returns:
        A number, at least 0.

    Source: the formula above; Goodfellow, Bengio and Courville (2016), section 2.5 (the squared
    norm of the gaps).
    """
    ### BEGIN SOLUTION
    d = y - yhat
    return np.dot(d, d)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "L2-check"} tags=["check"]
check_yhat, check_y = np.array([0.9, 0.2, 0.4]), np.array([1, 0, 1])
with checking("L2", yhat=check_yhat, y=check_y):
    check("L2 by hand", L2(check_yhat, check_y), 0.41)
    check("L2 too high and too low", L2(np.array([3.0, 1.0, 0.5]), np.array([1.0, 3.0, 0.5])), 8)

# %% nbgrader={"grade": true, "grade_id": "L2-test", "points": 3}
verdict("L2")
### BEGIN HIDDEN TESTS
@hidden_cases("L2", cases=5, returns="loss")
def _(case):
    m = [6, 1, 4, 9, 3][case.index]
    yhat, y = case.rng.uniform(0.05, 0.95, m), case.rng.integers(0, 2, m)
    if case.index in (2, 3):
        yhat, y = 2 * case.rng.standard_normal(m), 3 * case.rng.standard_normal(m)
    case.call(L2, yhat, y)
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: many small gaps or one large one
#
# Six predictions that are each 0.5 off, against five perfect ones and one that is 3 off. Which is
# worse?

# %% tags=["demo"]
if ready("L1", "L2"):
    truth = np.zeros(6)
    many_small, one_large = np.full(6, 0.5), np.array([0.0, 0.0, 0.0, 0.0, 0.0, 3.0])
    for name, guess in (("six gaps of 0.5:", many_small), ("one gap of 3:", one_large)):
        print(f"{name:16}  L1 = {float(L1(guess, truth)):.1f}   L2 = {float(L2(guess, truth)):.1f}")

    loss_x = np.linspace(-3, 3, 121)
    loss_1 = [float(L1(np.array([x]), np.zeros(1))) for x in loss_x]
    loss_2 = [float(L2(np.array([x]), np.zeros(1))) for x in loss_x]
    loss_figure, loss_axes = plt.subplots(figsize=(5.6, 3.5))
    loss_axes.plot(loss_x, loss_1, "--", color=plots.RED, linewidth=2.5, label="L1: absolute")
    loss_axes.plot(loss_x, loss_2, color=plots.BLUE, linewidth=2.5, label="L2: squared")
    loss_axes.set(xlabel="gap of one prediction", ylabel="loss")
    loss_axes.legend(loc="upper center")
    plots.show(
        loss_figure,
        alt="The loss of one prediction against its gap, from −3 to 3. L1 is a V with its corner "
        "at 0. L2 is a parabola: below the V while the gap is smaller than 1, above it beyond, and "
        "three times as high at a gap of 3.",
    )

# %% [markdown]
# For L1 the two are alike: 3 and 3. For L2 the one large gap is six times as bad: 9 against 1.5. So
# whoever minimizes L2 will go to great lengths for a single outlier. Neither is right or wrong; it
# depends on whether you trust your outliers.
#
# ## Part 5: no loops
#
# Back to the picture at the top. One layer computes, for every unit i and every example j,
#
# $$Z_{ij} = \sum_{l=1}^{k} W_{il} X_{lj} + b_i$$
#
# | name | shape | meaning |
# |---|---|---|
# | `W` | (n, k) | one row of weights for each of n units |
# | `X` | (k, m) | one **column** for each of m examples |
# | `b` | (n, 1) | one number a unit |
# | `Z` | (n, m) | one column for each example |
#
# Here it is, written the way the formula reads. It is right. It is also slow.

# %% nbgrader={"locked": true, "grade_id": "loops"}
def layer_by_loops(W, X, b):
    """One layer for all examples, one multiplication at a time.

    Args:
        W: weights, shape (n, k). X: examples, shape (k, m). b: biases, shape (n, 1).

    Returns:
        Z, shape (n, m).
    """
    n, k = W.shape
    m = X.shape[1]
    Z = np.zeros((n, m))
    for j in range(m):
        for i in range(n):
            total = b[i, 0]
            for l in range(k):
                total += W[i, l] * X[l, j]
            Z[i, j] = total
    return Z


loops_rng = np.random.default_rng(1)


def random_layer(n, k, m):
    """W, X and b for n units, k inputs and m examples."""
    return tuple(loops_rng.standard_normal(shape) for shape in ((n, k), (k, m), (n, 1)))

# %% [markdown]
# Take the loops away from the inside to the outside:
#
# | loop | what does its work | gives |
# |---|---|---|
# | over the inputs, l | a row times a column: `W[i] @ X[:, j]` | a number |
# | over the units, i | the whole table times a column: `W @ X[:, j]` | n numbers |
# | over the examples, j | *your turn* | the table Z |
#
# `@` is the matrix product, and so is `np.dot` for two tables. `*` is something else: entry by entry.
#
# **By hand.** W = [[1, 0, 2], [−1, 3, 0]], one example (1, 2, 3) as a column, b = (10, 20) as a
# column. Then Z = (1 + 0 + 6 + 10, −1 + 6 + 0 + 20) = (17, 25).
#
# ### Exercise: vectorize
#
# The same result, with no loop whose length grows with n, k or m. That includes loops in disguise:
# comprehensions, `map`, `np.vectorize`, `np.apply_along_axis`. They are short to write, but Python
# still goes through the entries one by one.
#
# How can a grader tell? Not with a clock, which would be unfair on a slow day. It counts the
# **steps that Python takes**. A loop takes steps each time around. A NumPy call is a single step,
# however large the arrays are. If there are twenty times as many examples and no more steps than
# before, there is no loop over the examples.
#
# <details><summary>Hint</summary>
#
# Which shape has `W @ X`, if W is (n, k) and X is (k, m)? And what happens if you add a column
# (n, 1) to that?
# </details>
# <details><summary>Fuller hint</summary>
#
# `W @ X` has shape (n, m), and its entry (i, j) is exactly the sum in the formula. Broadcasting
# carries b across all columns. One line does it.
# </details>

# %% nbgrader={"solution": true, "grade_id": "vectorize"}
def vectorize(W, X, b):
    """What layer_by_loops computes, without a loop whose length grows with the size.

    Args:
        W: weights, shape (n, k).
        X: examples, one a column, shape (k, m).
        b: biases, shape (n, 1). None of the three is changed.

    Returns:
        Z, shape (n, m), with Z[i, j] = sum over l of W[i, l] * X[l, j], plus b[i, 0].

    Source: the formula above; Goodfellow, Bengio and Courville (2016), section 2.2 (the matrix
    product).
    """
    ### BEGIN SOLUTION
    return W @ X + b
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "vectorize-check"} tags=["check"]
hand_W, hand_X = np.array([[1, 0, 2], [-1, 3, 0]]), np.array([[1], [2], [3]])
hand_b = np.array([[10], [20]])
few = random_layer(2, 3, 4)
with checking("vectorize", W=hand_W, X=hand_X, b=hand_b):
    check("Z by hand", vectorize(hand_W, hand_X, hand_b), [[17], [25]])
    check("Z beside that of the loops", vectorize(*few), layer_by_loops(*few), rtol=1e-5)
    for axis, size in (("examples", (2, 3, 100)), ("units", (100, 3, 4)), ("inputs", (2, 100, 4))):
        steps = steps_grow(vectorize, few, random_layer(*size))
        check(f"more steps of Python for more {axis}", steps, False)

# %% nbgrader={"grade": true, "grade_id": "vectorize-test", "points": 8}
verdict("vectorize")
### BEGIN HIDDEN TESTS
@hidden_cases("vectorize", cases=8)
def _(case):
    from companion import steps_grow

    def layer(n, k, m):
        return tuple(case.rng.standard_normal(shape) for shape in ((n, k), (k, m), (n, 1)))

    def examples(small, large):
        return "a loop over the examples" if steps_grow(vectorize, small, large) else "no loop over the examples"

    def units(small, large):
        return "a loop over the units" if steps_grow(vectorize, small, large) else "no loop over the units"

    def inputs(small, large):
        return "a loop over the inputs" if steps_grow(vectorize, small, large) else "no loop over the inputs"

    if case.index < 5:
        n, k, m = case.rng.permutation(np.arange(2, 7))[:3]
        n, k, m = [(n, k, m), (n, k, 1), (1, k, m), (n, 1, m), (3, 3, 3)][case.index]
        case.call(vectorize, *layer(n, k, m))
    else:
        look, n, k, m = [(examples, 3, 4, 90), (units, 90, 4, 5), (inputs, 3, 90, 5)][case.index - 5]
        case.call(look, layer(3, 4, 5), layer(n, k, m))
### END HIDDEN TESTS

# %% [markdown]
# ### Experiment: count the steps
#
# Double the number of units, of inputs, of examples, and see by what factor the steps of Python grow.

# %% tags=["demo"]
if ready("vectorize"):
    step_sizes = {
        "twice the units": (20, 60, 10),
        "twice the inputs": (10, 120, 10),
        "twice the examples": (10, 60, 20),
    }
    for step_name, step_function in (("three loops", layer_by_loops), ("your line", vectorize)):
        base = count_steps(step_function, *random_layer(10, 60, 10))
        for size_name, size in step_sizes.items():
            factor = count_steps(step_function, *random_layer(*size)) / base
            print(f"{step_name:12} {size_name:19} steps × {factor:.1f}")

# %% [markdown]
# The loops grow in step with n, with k and with m; the work is their product. Your line takes the
# same few steps for any size. The multiplications have not gone away. They are done in compiled
# code, in one go.
#
# ### Experiment: and the clock?

# %% tags=["demo"]
from time import perf_counter


def seconds(function, arguments, repeats=3):
    """The shortest of a few runs."""
    runs = []
    for _ in range(repeats):
        start = perf_counter()
        function(*arguments)
        runs.append(perf_counter() - start)
    return min(runs)


if ready("vectorize"):
    clock_sizes = [10, 30, 100, 300, 1000, 3000, 10000]
    clock_layers = [random_layer(10, 20, m) for m in clock_sizes]
    loop_times = [seconds(layer_by_loops, layer, repeats=1) for layer in clock_layers]
    line_times = [seconds(vectorize, layer) for layer in clock_layers]
    clock_figure, clock_axes = plt.subplots(figsize=(6.2, 3.9))
    clock_axes.loglog(clock_sizes, loop_times, "^--", color=plots.RED, label="three loops")
    clock_axes.loglog(clock_sizes, line_times, "o-", color=plots.BLUE, label="your line")
    clock_axes.set(xlabel="examples m", ylabel="time (seconds)", title="10 units, 20 inputs")
    clock_axes.legend(loc="upper left")
    plots.show(
        clock_figure,
        alt="Time against the number of examples, 10 to 10 000, both axes logarithmic. The three "
        "loops are a straight line upwards: ten times the examples, ten times the time. The one "
        "line of NumPy is flat at first, then rises too, and ends far more than a hundred times "
        "lower.",
    )

# %% [markdown]
# Both axes are logarithmic: one division up is ten times as long. Look at three things.
#
# * The dashed line is straight: the time is in proportion to m. On the right the solid line rises
#   as well, because the multiplications do have to be done.
# * On the left the solid line is nearly flat. There the call itself costs more than its work.
# * The distance between the two is a factor. On the computer where this was written it is about 300
#   at 10 examples, and about 4000 at 1000 and beyond.
#
# Where does it come from? For each `total += W[i, l] * X[l, j]` Python looks up names, checks
# kinds, makes number objects and throws them away. Here that takes about 300 nanoseconds for a
# single multiplication, and NumPy, with many examples, less than 0.1. It checks kinds once for the
# whole array. Then it runs through neighbouring numbers in memory, several at a time.
#
# ### Experiment: half a network
#
# You now have everything for the first half of a classifier: flatten, multiply and add, squeeze.
# Here is a single unit with random weights that looks at all pictures of a set at once.

# %% tags=["demo"]
if ready("sigmoid", "image2vector", "L2", "vectorize"):
    unit_rng = np.random.default_rng(2)
    unit_X = pictures.reshape(picture_count, -1).T / 255  # a column for each picture, 0 to 1
    unit_W = 0.1 * unit_rng.standard_normal((1, unit_X.shape[0]))
    unit_b = np.zeros((1, 1))
    unit_A = sigmoid(vectorize(unit_W, unit_X, unit_b))
    print("X", unit_X.shape, "  W", unit_W.shape, "  b", unit_b.shape, "  A", unit_A.shape)
    unit_alone = sigmoid(vectorize(unit_W, image2vector(pictures[0]) / 255, unit_b))
    unit_same = np.allclose(unit_alone, unit_A[:, [0]])
    print("the first picture, by itself, gives the same:", unit_same)

    unit_guess, unit_truth = unit_A[0], labels[0]  # flat, both of them
    unit_loss = float(L2(unit_guess, unit_truth)) / picture_count
    half_loss = float(L2(np.full(picture_count, 0.5), unit_truth)) / picture_count
    print(f"L2 per picture: {unit_loss:.2f}")
    print(f"always answering one half would give: {half_loss:.2f}")
    print(f"right: {100 * np.mean((unit_guess > 0.5) == unit_truth):.0f} % of the pictures")

# %% [markdown]
# One line, 1600 pictures. The unit knows nothing yet: it is right on 52 %, which is as good as
# tossing a coin. And it is often sure of its guesses, so its loss is 0.31 a picture, where a
# cautious one half for all would cost 0.25. What it lacks is good weights. The next lesson shows
# how it finds them, by following slopes.
#
# ## Mistakes that most people make
#
# * **`keepdims` is forgotten.** With 3 rows and 4 columns you are lucky: *operands could not be
#   broadcast together with shapes (3,4) (3,)*. With a square table nothing is said. The rows of
#   (3, 4) and (−8, 6) become (0.6, 0.4) and (−1.6, 0.6), and the second is 1.7 long. Never test on
#   square tables only.
# * **The wrong axis.** `softmax` with `axis=0` gives numbers between 0 and 1, all plausible. Sum
#   each row: if you do not get 1, the axis is the other one.
# * **`(n,)` meets `(n, 1)`.** Three zeros and three ones, all predicted perfectly, but one of the
#   two arrays a column: the gaps make a 6 × 6 table, and the sum of their squares is 18 instead
#   of 0. Print the shape of every difference.
# * **`x /= lengths` for `x = x / lengths`.** The result is right, but the caller's data are changed
#   as well. In the picture of the circle, the dots would have moved under their triangles. On
#   integers it raises `UFuncTypeError`. Its cousin `yhat -= y` in a loss gives another answer when
#   you run the cell a second time.
# * **`reshape` where a transpose is due.** The shape is right, the content is shuffled, nothing
#   complains, and the network does not learn.
#
# ## Recap
#
# 1. Arithmetic on arrays works entry by entry. The axis that you name in a sum is the one that
#    disappears.
# 2. Broadcasting: align the shapes on the right; equal or 1, else refused. Sum with `keepdims=True`.
# 3. σ(x) = 1 / (1 + e⁻ˣ) with slope σ (1 − σ). Softmax is e^x divided by the sum of its row, best
#    after subtracting the row's largest.
# 4. L1 adds absolute gaps, L2 squared ones; L2 minds outliers.
# 5. `W @ X + b` does a layer for all examples at once. A loop betrays itself by steps that grow.
#
# **To think about.** Take softmax of a row of two scores, (x, 0). Which function of Part 1 do you
# get for the first entry? And what does the shift by c say about a row (x + 5, 5)?
#
# **Where to read on**
#
# * C. R. Harris et al., *Array programming with NumPy*, Nature 585 (2020), section "NumPy arrays"
#   and figure 1: shapes, views, broadcasting on one page.
# * NumPy's user guide, chapter *Broadcasting*.
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), sections 2.1 to 2.5 (vectors,
#   products, norms), 3.10 (the sigmoid and its relatives) and 4.1 (overflow, and softmax as the
#   example).

# %% [markdown]
# ## Where you stand

# %% nbgrader={"locked": true, "grade_id": "verdicts"}
verdicts()
