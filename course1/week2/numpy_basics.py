# %% [markdown]
# # NumPy: arrays instead of loops
#
# A neural network is arithmetic on tables of numbers: millions of multiplications, all alike. Written as Python loops, they
# take hours. Written as operations on whole arrays, they take seconds, and the program becomes shorter and easier to check.
# This lesson teaches you to think in arrays. Everything that you write here comes back in every network of this course.
#
# **You will be able to**
#
# * write the small functions inside every network: sigmoid and its slope, softmax, two losses;
# * read shapes, and say beforehand what NumPy does when two shapes differ, and when it refuses;
# * spot the `(n,)` against `(n, 1)` trap before it costs you an evening;
# * turn three nested loops into one line, and prove by counting that no loop is left.
#
# **Time** about 90 minutes. **Difficulty** 1 of 5.
# **Builds on** Python's functions and `for` loops, and the exponential function. You need not know NumPy.
#
# **How it works.** Read from top to bottom and run each cell with Shift + Enter. An exercise is a function whose last line is
# `raise NotImplementedError(…)`. Put your own lines in its place. The cell below it checks a few examples at once, and shows
# what was expected beside what came. When your notebook is graded, your functions meet other inputs as well: other shapes,
# other numbers. If you are stuck, open a hint. That is what they are for.

# %% nbgrader={"locked": true, "grade_id": "setup"}
import matplotlib.pyplot as plt
import numpy as np

from companion import check, count_steps, data, hidden_cases, lesson, plots, steps_grow

lesson("course1-week2/numpy_basics")

# %% [markdown]
# ## One picture

# %% tags=["demo", "picture"]
def draw_array(axes, x, y, values, colour="white", copies=(), marked=()):
    """Draw a table of texts, one square for each entry, its upper left corner at (x, y).

    Entries in `copies` (row, column) are pale, with a dotted border; those in `marked` are orange and hatched.
    """
    for i, row in enumerate(values):
        for j, text in enumerate(row):
            copy, mark = (i, j) in copies, (i, j) in marked
            axes.add_patch(
                plt.Rectangle(
                    (x + j, y - i - 1), 1, 1, zorder=1 if copy else 2,
                    facecolor=plots.ORANGE if mark else "white" if copy else colour,
                    hatch="///" if mark else None,
                    edgecolor="#888888" if copy else plots.BLACK, linestyle=":" if copy else "-", linewidth=1,
                )
            )
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1} if mark and text else None
            axes.text(
                x + j + 0.5, y - i - 0.5, text, ha="center", va="center", fontsize=10, zorder=3,
                color="#888888" if copy else plots.BLACK, bbox=box,
            )  # fmt: skip


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
    draw_array(opening_axes, left, 0, [[""] * columns] * rows, plots.SKY if name == "Z" else "white", marked=marks)
    opening_axes.text(left + columns / 2, 0.25, name, ha="center", fontsize=13, fontweight="bold")
    opening_axes.text(left + columns / 2, -4.45, f"({rows}, {columns})\n{meaning}", ha="center", va="top", fontsize=10)
for symbol, left in (("@", 4.75), ("+", 11.35), ("=", 14.5)):
    opening_axes.text(left, -1.5, symbol, ha="center", va="center", fontsize=16)
plots.show(
    opening_figure,
    alt="Four tables: W of 3 rows and 4 columns, at-sign, X of 4 rows and 5 columns, plus a column b of 3, equals Z of 3 rows and "
    "5 columns. The second row of W, the third column of X, the second entry of b and the one entry of Z that they make are hatched.",
)

# %% [markdown]
# This is one layer of a network. Each entry of Z takes one row of W, one column of X, four multiplications and one entry of b.
# With loops you visit the 15 entries one by one, and in each you visit the 4 inputs: 60 small steps. NumPy does all of it in
# one line. At the end of this lesson you will have written that line, and measured what it is worth.
#
# ## An array and its shape
#
# An array is a table of numbers of one kind. Its **shape** says how long it is along each of its axes.
#
# | array | shape | |
# |---|---|---|
# | `np.array(7.0)` | `()` | a number, no axis |
# | `np.array([1, 2, 3])` | `(3,)` | one axis; neither a row nor a column |
# | `np.array([[1, 2, 3]])` | `(1, 3)` | one row |
# | `np.array([[1], [2], [3]])` | `(3, 1)` | one column |
# | a colour photograph | `(64, 64, 3)` | rows, columns, and red, green, blue |
#
# Arithmetic works **entry by entry**: `x * 2`, `x + y`, `np.exp(x)`. No loop is written, and the result has the shape of x.
#
# Sums take an **axis**, and there is one rule to remember: *the axis that you name is the one that disappears.*

# %%
table = np.array([[1, 2, 3], [10, 20, 30]])
print("table                                ", table.shape, table.tolist())
print("np.sum(table)                        ", np.sum(table).shape, np.sum(table).tolist())
print("np.sum(table, axis=0)                ", np.sum(table, axis=0).shape, np.sum(table, axis=0).tolist())
print("np.sum(table, axis=1)                ", np.sum(table, axis=1).shape, np.sum(table, axis=1).tolist())
columns_of_sums = np.sum(table, axis=1, keepdims=True)
print("np.sum(table, axis=1, keepdims=True) ", columns_of_sums.shape, columns_of_sums.tolist())

# %% [markdown]
# The table has 2 rows and 3 columns. Summing over axis 0 leaves 3 numbers, one a column. Summing over axis 1 leaves 2, one a
# row. `keepdims=True` keeps the axis, with length 1. That looks like a trifle. It will save you in Part 3.
#
# ## Part 1: entry by entry
#
# ### The sigmoid
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# It squeezes any number into the range from 0 to 1, so that it can be read as a probability. Large positive x gives almost 1,
# large negative x almost 0, and x = 0 gives one half.
#
# | name | shape | meaning |
# |---|---|---|
# | `x` | any, a plain number too | the input |
# | result | that of `x` | each entry between 0 and 1 |
#
# **By hand.** Take x = ln 3, so $e^{-x} = 1/3$. Then σ = 1 / (1 + 1/3) = 3/4. For x = −ln 3 it is 1 / (1 + 3) = 1/4. The two
# add up to 1, and so they do for every x and −x.
#
# Python has its own exponential, `math.exp`. It takes a single number and nothing else. `np.exp` takes an array of any shape.
#
# ### Exercise: sigmoid
#
# <details><summary>Hint</summary>
#
# Write the formula as you would for one number, with `np.exp` for the exponential. It then works for arrays of every shape.
# </details>
# <details><summary>Fuller hint</summary>
#
# One line: `return 1 / (…)`. Inside the brackets stand 1, a plus sign, and `np.exp` of minus x.
# </details>

# %% nbgrader={"solution": true, "grade_id": "sigmoid"}
def sigmoid(x):
    """The logistic function, entry by entry.

    Args:
        x: a number, or an array of any shape, of integers or of decimals. Entries may be as large as 1000 or −1000.

    Returns:
        1 / (1 + exp(-x)): a number, or an array of the shape of x.

    Source: the formula above; Goodfellow, Bengio and Courville (2016), section 3.10.
    """
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-x))
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "sigmoid-check"} tags=["check"]
check("σ(0)", sigmoid(0), 0.5)
check("σ of a row", sigmoid(np.array([[np.log(3), -np.log(3), 0.0]])), [[0.75, 0.25, 0.5]])
check("σ of integers", sigmoid(np.array([[-1, 0], [1, 2], [3, 4]])), [[0.268941, 0.5], [0.731059, 0.880797], [0.952574, 0.982014]], rtol=1e-5)

# %% nbgrader={"grade": true, "grade_id": "sigmoid-test", "points": 4}
# The hidden cases of sigmoid run here when the notebook is graded.
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

# %% tags=["style"] exercise="sigmoid" style="loops"
def sigmoid(x):
    import math

    x = np.asarray(x, dtype=float)
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        if x[place] >= 0:
            out[place] = 1 / (1 + math.exp(-x[place]))
        else:
            e = math.exp(x[place])
            out[place] = e / (1 + e)
    return out

# %% tags=["style"] exercise="sigmoid" style="vectorized"
def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))

# %% tags=["style"] exercise="sigmoid" style="two_branches"
def sigmoid(x):
    return np.where(np.asarray(x) >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))

# %% tags=["style"] exercise="sigmoid" style="tanh"
def sigmoid(x):
    return 0.5 * (np.tanh(x / 2) + 1)

# %% tags=["style"] exercise="sigmoid" style="course2017"
def sigmoid(x):
    s = 1.0 / (1.0 + np.exp(-1.0 * x))
    return s

# %% tags=["style"] exercise="sigmoid" style="course2021"
def sigmoid(x):
    s = np.divide(1, np.add(1, np.exp(np.negative(x))))
    return s

# %% tags=["style"] exercise="sigmoid" style="float32"
def sigmoid(x):
    x = np.asarray(x, dtype=np.float32)
    return np.reciprocal(np.float32(1) + np.exp(-x))

# %% tags=["mistakes"] exercise="sigmoid"
mistake(
    "sign_forgotten",
    swap=("np.exp(-x)", "np.exp(x)"),
    cause="The exponent has lost its minus sign, so the curve falls where it should rise.",
    hint="σ(5) should be close to 1: try it.",
)
mistake(
    "one_number_only",
    code='''
    def sigmoid(x):
        import math
        return 1 / (1 + math.exp(-x))
    ''',
    cause="math.exp is used: it takes one number, and no array.",
    hint="NumPy has an exponential of its own, which works entry by entry.",
)
mistake(
    "bracket_forgotten",
    swap=("1 / (1 + np.exp(-x))", "1 / 1 + np.exp(-x)"),
    cause="Without brackets, 1 / 1 + exp(−x) divides first and adds afterwards.",
    hint="The result must lie between 0 and 1. Which part of the formula is below the fraction bar?",
)
mistake(
    "one_forgotten",
    swap=("(1 + np.exp(-x))", "np.exp(-x)"),
    cause="The 1 below the fraction bar is missing; what is left is the plain exponential.",
    hint="σ(0) should be one half: try it.",
)
mistake(
    "overflow_of_the_other_form",
    swap=("1 / (1 + np.exp(-x))", "np.exp(x) / (1 + np.exp(x))"),
    cause="exp(x) / (1 + exp(x)) is used: it overflows for large positive x, and infinity over infinity is not a number.",
    hint="Try x = 1000. Divide both parts of the fraction by exp(x) to get the form that survives.",
)
mistake(
    "kind_of_the_input",
    code='''
    def sigmoid(x):
        s = np.zeros_like(x)
        s[...] = 1 / (1 + np.exp(-x))
        return s
    ''',
    cause="The result is stored in an array of the input's kind: with integers, every value is cut down to 0 or 1.",
    hint="Try np.array([1, 2, 3]). np.zeros_like(x) copies the kind of x, not only its shape.",
)
mistake(
    "shape_lost",
    code='''
    def sigmoid(x):
        return np.array([1 / (1 + np.exp(-v)) for v in np.ravel(x)])
    ''',
    cause="The entries come back as one flat list: the shape of x is lost.",
    hint="Compare x.shape with the shape of your result, for x of shape (2, 3). np.exp needs no loop.",
)
mistake(
    "tanh",
    swap=("1 / (1 + np.exp(-x))", "np.tanh(x)"),
    cause="This is tanh: an S as well, but from −1 to 1 and twice as steep.",
    hint="σ(0) should be one half: try it.",
)
mistake(
    "slope_returned",
    swap=("return 1 / (1 + np.exp(-x))", "s = 1 / (1 + np.exp(-x))\n    return s * (1 - s)"),
    cause="This is the slope of the sigmoid, not the sigmoid.",
    hint="The slope is the next exercise. σ(5) should be close to 1.",
)
mistake(
    "rounded_to_a_label",
    swap=("return 1 / (1 + np.exp(-x))", "return np.round(1 / (1 + np.exp(-x)))"),
    cause="The result is rounded to 0 or 1.",
    hint="A probability may be anything between 0 and 1. Rounding comes much later, when a network has to decide.",
)
mistake(
    "power_of_two",
    swap=("np.exp(-x)", "2.0 ** (-x)"),
    cause="A power of 2 is used in place of a power of e.",
    hint="σ(ln 3) should be 0.75. NumPy's function for powers of e is np.exp.",
)
mistake(
    "negated_in_place",
    code='''
    def sigmoid(x):
        x *= -1
        return 1 / (1 + np.exp(x))
    ''',
    cause="`x *= -1` flips the sign of the caller's own array.",
    hint="Call your function twice with the same array. Write -x, which makes a new one.",
)

# %% [markdown]
# ### Experiment: numbers that are too large
#
# The largest number that NumPy's usual kind (float64) can hold is about $1.8 \cdot 10^{308}$, and $e^{710}$ is beyond it. So
# what does your function do with −1000?

# %% tags=["demo"]
heard = []
with np.errstate(over="call", invalid="ignore", call=lambda kind, flag: heard.append(kind)):
    far = sigmoid(np.array([-1000.0, -700.0, 0.0, 700.0, 1000.0]))
    other_form = np.exp(1000.0) / (1 + np.exp(1000.0))
    complaints = len(heard)
    sigmoid(np.array([-1000.0]))
print("sigmoid of -1000, -700, 0, 700, 1000:", ", ".join(f"{value:.3g}" for value in far))
print("NumPy's warning for sigmoid(-1000):  ", heard[-1] if len(heard) > complaints else "none")
print("exp(x) / (1 + exp(x)) at x = 1000:   ", other_form)

# %% [markdown]
# NumPy writes `inf` for $e^{1000}$ and warns of an *overflow*. Then 1 / (1 + inf) is 0. The true value, about $5 \cdot
# 10^{-435}$, is smaller than anything that float64 can hold, so 0 is right. This RuntimeWarning is harmless: look at the
# values, and move on.
#
# But do not conclude that all such warnings are. The other way to write the sigmoid, $e^x / (1 + e^x)$, is the same in
# mathematics. At x = 1000 it is inf / inf, and that is `nan`: *not a number*. A single `nan` poisons every sum that it enters.
#
# If you prefer a sigmoid that never warns: `np.exp(-np.logaddexp(0, -x))`, where `np.logaddexp(0, -x)` is a careful $\ln(1 +
# e^{-x})$. The grader takes both.
#
# ### The slope of the sigmoid
#
# To learn, a network needs to know how much its output changes when an input changes a little. For the sigmoid:
#
# $$\sigma'(x) = \frac{e^{-x}}{(1 + e^{-x})^2} = \sigma(x) \, \big(1 - \sigma(x)\big)$$
#
# The second form is the one to use. You have σ(x) already, so the slope costs one subtraction and one multiplication.
#
# **By hand.** At x = ln 3, σ is 3/4, so the slope is 3/4 · 1/4 = 3/16 = 0.1875. At x = 0 it is 1/2 · 1/2 = 1/4, and it is never
# larger.
#
# ### Exercise: sigmoid_derivative
#
# <details><summary>Hint</summary>
#
# Call your `sigmoid` once, keep the result under a name, and use that name twice.
# </details>
# <details><summary>Fuller hint</summary>
#
# `s = sigmoid(x)` is the first line. The second returns s times one minus s. Note that it is s there, not x.
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
check("slope at 0", sigmoid_derivative(0), 0.25)
check("slope at ±ln 3", sigmoid_derivative(np.array([[np.log(3)], [-np.log(3)]])), [[0.1875], [0.1875]])
check("slope at 1, 2, 4", sigmoid_derivative(np.array([1, 2, 4])), [0.196612, 0.104994, 0.017663], rtol=1e-4)

# %% nbgrader={"grade": true, "grade_id": "sigmoid_derivative-test", "points": 4}
# The hidden cases of sigmoid_derivative run here when the notebook is graded.
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

# %% tags=["style"] exercise="sigmoid_derivative" style="loops"
def sigmoid_derivative(x):
    x = np.asarray(x, dtype=float)
    ds = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        s = sigmoid(x[place])
        ds[place] = s * (1 - s)
    return ds

# %% tags=["style"] exercise="sigmoid_derivative" style="vectorized"
def sigmoid_derivative(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2

# %% tags=["style"] exercise="sigmoid_derivative" style="symmetry"
def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-x)

# %% tags=["style"] exercise="sigmoid_derivative" style="einsum"
def sigmoid_derivative(x):
    s = sigmoid(x)
    return np.einsum("...,...->...", s, 1 - s)

# %% tags=["style"] exercise="sigmoid_derivative" style="course2017"
def sigmoid_derivative(x):
    s = 1 / (1 + np.exp(-x))
    ds = s * (1 - s)
    return ds

# %% tags=["style"] exercise="sigmoid_derivative" style="course2021"
def sigmoid_derivative(x):
    s = sigmoid(x)
    ds = np.multiply(s, np.subtract(1, s))
    return ds

# %% tags=["style"] exercise="sigmoid_derivative" style="float32"
def sigmoid_derivative(x):
    s = np.float32(1) / (np.float32(1) + np.exp(-np.asarray(x, dtype=np.float32)))
    return s - s**2

# %% tags=["mistakes"] exercise="sigmoid_derivative"
mistake(
    "x_taken_for_s",
    swap=("s * (1 - s)", "x * (1 - x)"),
    cause="The formula is applied to x itself: x (1 − x), without the sigmoid.",
    hint="The slope at 0 should be 0.25: try it. What should stand in the places of x?",
)
mistake(
    "x_in_the_second_factor",
    swap=("(1 - s)", "(1 - x)"),
    cause="The second factor is 1 − x; it should be 1 − σ(x).",
    hint="Both factors are made of the sigmoid. The slope is never negative: is yours at x = 2?",
)
mistake(
    "sigmoid_of_the_sigmoid",
    swap=("return s * (1 - s)", "return sigmoid(s) * (1 - sigmoid(s))"),
    cause="The sigmoid is taken twice: s is σ(x) already.",
    hint="The slope at 0 should be exactly 0.25: print s on the way.",
)
mistake(
    "second_factor_forgotten",
    swap=("s * (1 - s)", "s"),
    cause="The sigmoid comes back; the factor 1 − σ(x) is missing.",
    hint="Far to the right the sigmoid is flat, so its slope there must be near 0.",
)
mistake(
    "first_factor_forgotten",
    swap=("s * (1 - s)", "1 - s"),
    cause="Only the factor 1 − σ(x) comes back.",
    hint="Far to the left the sigmoid is flat, so its slope there must be near 0.",
)
mistake(
    "sign_flipped",
    swap=("s * (1 - s)", "s * (s - 1)"),
    cause="The second factor is turned round, so the slope is negative.",
    hint="The sigmoid rises everywhere. Which sign has its slope?",
)
mistake(
    "slope_of_tanh",
    swap=("s * (1 - s)", "1 - s ** 2"),
    cause="1 − s² is the slope of tanh, not of the sigmoid.",
    hint="The slope at 0 should be 0.25: try it.",
)
mistake(
    "square_forgotten",
    code='''
    def sigmoid_derivative(x):
        return np.exp(-x) / (1 + np.exp(-x))
    ''',
    cause="In exp(−x) / (1 + exp(−x))² the square is missing.",
    hint="The slope at 0 should be 0.25: try it. Or use the second form of the formula.",
)
mistake(
    "measured_one_sided",
    code='''
    def sigmoid_derivative(x):
        h = 0.01
        return (sigmoid(x + h) - sigmoid(x)) / h
    ''',
    cause="The slope is measured with a small step to one side, which is right to two or three digits only.",
    hint="The formula is exact, and cheaper: it needs the sigmoid once.",
)

# %% tags=["demo"]
curve_x = np.linspace(-7, 7, 281)
curve_figure, (sigmoid_axes, slope_axes) = plt.subplots(1, 2, figsize=(10.5, 3.6))
sigmoid_axes.plot(curve_x, sigmoid(curve_x), color=plots.BLUE, linewidth=2.5, label="σ(x)")
hand_x = np.array([-np.log(3), 0, np.log(3)])
sigmoid_axes.plot(hand_x, sigmoid(hand_x), "o", color=plots.BLACK, label="¼, ½ and ¾, by hand")
for x0 in (0, 3):
    tangent_x = np.array([x0 - 1.3, x0 + 1.3])
    tangent = sigmoid(x0) + sigmoid_derivative(x0) * (tangent_x - x0)
    sigmoid_axes.plot(tangent_x, tangent, "--", color=plots.RED, linewidth=1.8, label="your slope" if x0 == 0 else None)
sigmoid_axes.set(xlabel="x (no unit)", ylabel="σ(x) (no unit)", title="The sigmoid")
sigmoid_axes.legend(loc="upper left", fontsize=9)
slope_axes.plot(curve_x, sigmoid_derivative(curve_x), color=plots.RED, linewidth=2.5, label="σ(x) (1 − σ(x))")
step = 1e-5
measured = (sigmoid(curve_x[::20] + step) - sigmoid(curve_x[::20] - step)) / (2 * step)
slope_axes.plot(curve_x[::20], measured, "s", color=plots.BLACK, markersize=5, label="measured, rise over run")
slope_axes.set(xlabel="x (no unit)", ylabel="slope (no unit)", title="Its slope", ylim=(0, 0.33))
slope_axes.legend(loc="upper left", fontsize=9)
plots.show(
    curve_figure,
    alt="Left: the sigmoid, an S that rises from 0 to 1, with the points one quarter, one half and three quarters on it, and dashed "
    "tangents at x = 0 and x = 3. Right: its slope, a bell with its top of 0.25 at x = 0 and nearly 0 beyond 6 on either side; "
    "squares of measured slopes lie on the curve.",
)
for x0 in (0, 3, 6, 10):
    print(f"slope at {x0:2}: {float(sigmoid_derivative(x0)):.6f}")

# %% [markdown]
# Look at the last line. At x = 10 the slope is 0.000045: whoever learns by following slopes makes next to no progress there.
# This is called *saturation*, and it is one reason why later networks use other functions in their hidden layers.
#
# ## Part 2: the same numbers in another shape
#
# A photograph is an array of shape (length, height, depth), with depth 3 for red, green and blue. A simple network wants one
# long column. No number changes; only the shape does. The order is NumPy's own, called *C order*: **the last index runs
# fastest**.
#
# $$\text{entry } (i, j, k) \text{ of the image goes to row } (i \cdot \text{height} + j) \cdot \text{depth} + k \text{ of the column}$$
#
# | name | shape | meaning |
# |---|---|---|
# | `image` | (length, height, depth) | three axes, each of its own length |
# | result | (length · height · depth, 1) | one column |
#
# **By hand.** An image of shape (1, 2, 3) has two pixels, say red-green-blue (1, 2, 3) and (4, 5, 6). The column is 1, 2, 3, 4,
# 5, 6: first pixel, then second pixel. It is not all the reds first. In an image of shape (2, 3, 2), entry (1, 0, 1) goes to
# row (1 · 3 + 0) · 2 + 1 = 7.
#
# ### Exercise: image2vector
#
# <details><summary>Hint</summary>
#
# `image.reshape(rows, columns)` gives the same numbers in another shape. How many rows are needed? `image.shape` is a tuple of
# three numbers.
# </details>
# <details><summary>Fuller hint</summary>
#
# The number of rows is the product of `image.shape[0]`, `image.shape[1]` and `image.shape[2]`. Do not write 64 or 3 anywhere.
# You may also write −1 for one length: `reshape` then works it out from the others.
# </details>

# %% nbgrader={"solution": true, "grade_id": "image2vector"}
def image2vector(image):
    """An image as one column.

    Args:
        image: an array of shape (length, height, depth).

    Returns:
        An array of shape (length * height * depth, 1): the same entries, the last index running fastest.

    Source: the formula above; NumPy's C order.
    """
    ### BEGIN SOLUTION
    return image.reshape(image.size, 1)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "image2vector-check"} tags=["check"]
check("two pixels", image2vector(np.array([[[1, 2, 3], [4, 5, 6]]])), [[1], [2], [3], [4], [5], [6]])
counted_image = np.arange(12).reshape(2, 3, 2)
check("row 7 of shape (2, 3, 2)", image2vector(counted_image)[7], [counted_image[1, 0, 1]])
check("shape for (5, 4, 3)", np.shape(image2vector(np.zeros((5, 4, 3)))), [60, 1])

# %% nbgrader={"grade": true, "grade_id": "image2vector-test", "points": 4}
# The hidden cases of image2vector run here when the notebook is graded.
### BEGIN HIDDEN TESTS
@hidden_cases("image2vector", cases=6)
def _(case):
    shape = [(3, 4, 2), (5, 2, 3), (1, 4, 3), (2, 5, 1), (4, 4, 3), (3, 3, 3)][case.index]
    image = case.rng.standard_normal(shape)
    if case.index in (1, 3):
        image = case.rng.integers(0, 256, shape).astype(np.uint8)
    case.call(image2vector, image)
### END HIDDEN TESTS

# %% tags=["style"] exercise="image2vector" style="loops"
def image2vector(image):
    length, height, depth = image.shape
    v = np.zeros((length * height * depth, 1))
    row = 0
    for i in range(length):
        for j in range(height):
            for k in range(depth):
                v[row, 0] = image[i, j, k]
                row += 1
    return v

# %% tags=["style"] exercise="image2vector" style="vectorized"
def image2vector(image):
    return image.reshape(-1, 1)

# %% tags=["style"] exercise="image2vector" style="flatten"
def image2vector(image):
    return image.ravel()[:, np.newaxis]

# %% tags=["style"] exercise="image2vector" style="turned_over"
def image2vector(image):
    return np.array([image.flatten()]).T

# %% tags=["style"] exercise="image2vector" style="course2017"
def image2vector(image):
    v = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)
    return v

# %% tags=["style"] exercise="image2vector" style="course2021"
def image2vector(image):
    v = np.reshape(image, (np.prod(image.shape), 1))
    return v

# %% tags=["style"] exercise="image2vector" style="float32"
def image2vector(image):
    return image.astype(np.float32).reshape(image.size, -1)

# %% tags=["mistakes"] exercise="image2vector"
mistake(
    "depth_kept",
    swap=("image.reshape(image.size, 1)", "image.reshape(-1, image.shape[2])"),
    cause="The depth is kept as a second axis: one row for each pixel, with its colours side by side.",
    hint="Everything goes into a single column: the second length is 1.",
)
mistake(
    "no_second_axis",
    swap=("image.reshape(image.size, 1)", "image.reshape(-1)"),
    cause="The result has one axis, shape (n,): it is not a column.",
    hint="A column has shape (n, 1). Part 3 shows what the difference does.",
)
mistake(
    "row_for_column",
    swap=("image.reshape(image.size, 1)", "image.reshape(1, -1)"),
    cause="The result is a row, of shape (1, n).",
    hint="The first length counts rows. How many rows does a column of n entries have?",
)
mistake(
    "first_index_fastest",
    swap=("image.reshape(image.size, 1)", 'image.reshape((-1, 1), order="F")'),
    cause="The entries stand in Fortran's order, with the first index running fastest.",
    hint="Leave `order` out, and do not transpose. The colours of one pixel stay together.",
)
mistake(
    "one_colour_after_another",
    swap=("image.reshape(image.size, 1)", "image.transpose(2, 0, 1).reshape(-1, 1)"),
    cause="All entries of the first colour come first, then those of the second: the colours of a pixel are torn apart.",
    hint="Row 1 of the column is the second colour of the first pixel, image[0, 0, 1].",
)
mistake(
    "axes_swapped",
    swap=("image.reshape(image.size, 1)", "image.transpose(1, 0, 2).reshape(-1, 1)"),
    cause="Length and height are swapped before the image is flattened.",
    hint="The row number is (i · height + j) · depth + k: the first index runs slowest.",
)
mistake(
    "three_colours_assumed",
    swap=("image.reshape(image.size, 1)", "image.reshape(image.shape[0] * image.shape[1] * 3, 1)"),
    cause="The depth is taken to be 3, whatever the image is.",
    hint="Read the depth from image.shape: a grey picture has depth 1.",
)
mistake(
    "square_assumed",
    swap=("image.reshape(image.size, 1)", "image.reshape(image.shape[0] ** 2 * image.shape[2], 1)"),
    cause="The image is taken to be square: its height is never looked at.",
    hint="Read all three lengths from image.shape.",
)
mistake(
    "cube_assumed",
    swap=("image.reshape(image.size, 1)", "image.reshape(image.shape[0] ** 3, 1)"),
    cause="The first length is used for all three, which is right for a cube only.",
    hint="Indices count from 0: image.shape[0], image.shape[1], image.shape[2].",
)
mistake(
    "shape_of_the_input_changed",
    code='''
    def image2vector(image):
        image.shape = (image.size, 1)
        return image
    ''',
    cause="The caller's own image is given a new shape: afterwards it is no image any more.",
    hint="Call your function, then print the shape of the image that you passed. `reshape` leaves it alone.",
)

# %% [markdown]
# ### Experiment: the same shape, and yet rubbish
#
# Later you will flatten a whole set of m pictures at once, into a table with one column for each picture. Two lines look right,
# and both give the right shape. Fold a column of each back into a picture, and see.

# %% tags=["demo"]
pictures, labels, _, _, class_names = data.load_cats()
picture_count = pictures.shape[0]
chosen = 17  # any other number will do as well
flat_right = pictures.reshape(picture_count, -1).T
flat_wrong = pictures.reshape(-1, picture_count)
column = image2vector(pictures[chosen])
print("pictures                    ", pictures.shape)
print("one picture as a column     ", column.shape)
print("reshape(m, -1).T            ", flat_right.shape, " holds that column:", np.array_equal(flat_right[:, [chosen]], column))
print("reshape(-1, m)              ", flat_wrong.shape, " holds that column:", np.array_equal(flat_wrong[:, [chosen]], column))

flat_figure, flat_axes = plt.subplots(1, 3, figsize=(9, 3.3))
flat_panels = (
    ("the picture", pictures[chosen]),
    ("from reshape(m, -1).T", flat_right[:, chosen].reshape(pictures.shape[1:])),
    ("from reshape(-1, m)", flat_wrong[:, chosen].reshape(pictures.shape[1:])),
)
for axes, (title, panel) in zip(flat_axes, flat_panels):
    axes.imshow(panel.squeeze(), cmap="gray", vmin=0, vmax=255)
    axes.grid(False)
    axes.set(title=title, xlabel="column (pixels)", ylabel="row (pixels)" if axes is flat_axes[0] else "")
plots.show(
    flat_figure,
    alt="Three panels. Picture 17 of the set, a walking cat in the data that come with the lessons; the same picture again, folded back from "
    "its column of the right table; and an unrecognizable scatter of pixels, folded back from the same column of the wrong table.",
)

# %% [markdown]
# `reshape(-1, m)` deals the pixels of all pictures out like cards, so that every column is a mixture of hundreds of pictures.
# There is no error and no warning, and no network can learn from it what a cat looks like. So when you reshape, always **fold
# one example back and look at it**.
#
# ## Part 3: broadcasting
#
# You wrote `1 + np.exp(-x)`: a number plus an array. NumPy acted as if the 1 were a whole array of ones. This is
# *broadcasting*, and it works for more than numbers. The rule fits in three lines:
#
# 1. Write the two shapes one above the other, **aligned on the right**. Where one has no axis left, put a 1.
# 2. On each axis the two lengths must be equal, **or one of them must be 1**. Otherwise NumPy refuses.
# 3. Where a length is 1, that array is used again and again along this axis.
#
# ```
# A        2 × 3        A        2 × 3        column   2 × 1        A        2 × 3
# row          3        column   2 × 1        row          3        flat         2
#          -----                 -----                 -----                 -----
# A+row    2 × 3        A+col    2 × 3        sum      2 × 3        refused: 3 is not 2
# ```

# %% tags=["demo", "picture"]
cast_figure, cast_grid = plt.subplots(2, 2, figsize=(10.5, 4.5))
cast_A, cast_row, cast_column = np.array([[1, 2, 3], [4, 5, 6]]), np.array([10, 20, 30]), np.array([[100], [200]])


def draw_sum(axes, title, left, left_real, right, right_real, result, notes):
    """Draw left + right = result; entries of left and right that do not stand in the real array are copies."""
    canvas(axes, 12.6, -2.7, 1.4)
    axes.set_title(title, fontsize=11)
    for start, values, real, note in ((0, left, left_real, notes[0]), (4.5, right, right_real, notes[1])):
        places = {(i, j) for i in range(len(values)) for j in range(len(values[0]))}
        draw_array(axes, start, 1, values, plots.SKY, copies=places - real)
        axes.text(start + 1.5, -1.3, note, ha="center", va="top", fontsize=10)
    axes.text(3.75, 0, "+", ha="center", va="center", fontsize=15)
    axes.text(8.25, 0, "=", ha="center", va="center", fontsize=15)
    if result is None:
        axes.text(10.5, 0, "refused", ha="center", va="center", fontsize=13, color=plots.RED, fontweight="bold")
    else:
        draw_array(axes, 9, 1, result, plots.YELLOW)
        axes.text(10.5, -1.3, notes[2], ha="center", va="top", fontsize=10)


whole = {(i, j) for i in range(2) for j in range(3)}
first_row, first_column = {(0, 0), (0, 1), (0, 2)}, {(0, 0), (1, 0)}
row_twice, column_thrice = np.tile(cast_row, (2, 1)), np.tile(cast_column, (1, 3))
draw_sum(
    cast_grid[0, 0], "a row goes down", cast_A, whole, row_twice, first_row, cast_A + cast_row,
    ("(2, 3)", "(3,), used for both rows", "(2, 3)"),
)  # fmt: skip
draw_sum(
    cast_grid[0, 1], "a column goes across", cast_A, whole, column_thrice, first_column, cast_A + cast_column,
    ("(2, 3)", "(2, 1), used three times", "(2, 3)"),
)  # fmt: skip
draw_sum(
    cast_grid[1, 0], "both at once", column_thrice, first_column, row_twice, first_row, cast_column + cast_row,
    ("(2, 1)", "(3,)", "(2, 3)"),
)  # fmt: skip
draw_sum(
    cast_grid[1, 1], "aligned on the right, and too short", cast_A, whole, [["100", "200", "?"]], {(0, 0), (0, 1)}, None,
    ("(2, 3)", "(2,): what stands\nin the third place?", ""),
)  # fmt: skip
plots.show(
    cast_figure,
    alt="Four sums of small tables; copies that NumPy imagines are dotted. A table of 2 × 3 plus a row of 3: the row is used for both rows. "
    "The table plus a column of 2: the column is used three times. The column plus the row: both are repeated, to a table of 2 × 3. "
    "The table plus a flat array of 2: refused, because nothing stands in its third place.",
)

# %% [markdown]
# Solid cells exist, dotted cells are imagined. NumPy never makes the copies: only the result takes memory.
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
# a (4, 3). b refused: 3 against 4, on the right. c (4, 3). d (4, 3). e (4, 4), see below! f (5, 4, 3). g refused: 3 against 2.
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
# Look at e again. Three answers and three predictions, all of them right. One is flat, the other is a column. How far are they
# apart?

# %%
flat_answers = np.array([1.0, 2.0, 3.0])  # shape (3,)
column_answers = flat_answers.reshape(3, 1)  # shape (3, 1)
trap = column_answers - flat_answers
print("column - flat:", trap.shape)
print(trap)
print("sum of squares, expected 0, is", np.sum(trap**2))
print("flat.T has shape", flat_answers.T.shape, "and column.T has shape", column_answers.T.shape)

# %% [markdown]
# Each of the three was subtracted from each of the three. The "distance" of two equal lists is 12. Nothing was refused, nothing
# warned: the rule was kept to the letter. In training it looks like this: the cost falls until every prediction is the *mean*
# of all answers, and there it stays, far above zero. That is the best compromise when each is compared with all.
#
# A flat array is neither row nor column; `.T` does nothing to it. Three habits keep you safe:
#
# * **Make columns columns**: `x.reshape(-1, 1)`. In this course a vector has two axes unless we say otherwise.
# * **Sum with `keepdims=True`** when the result meets the array that it came from.
# * **Say what you believe**: `assert x.shape == (n, 1)` costs nothing and finds the fault where it is made.
#
# ### Rows of length 1
#
# Often only the direction of a vector matters, not its length. So divide each row of a table by its Euclidean length:
#
# $$\text{row}_i := \frac{\text{row}_i}{\lVert \text{row}_i \rVert}, \qquad \lVert \text{row}_i \rVert = \sqrt{\sum_j x_{ij}^2}$$
#
# | name | shape | meaning |
# |---|---|---|
# | `x` | (m, n) | m rows, none of them all zeros |
# | the lengths | (m, 1) | one a row: a column, so that it goes *across* |
# | result | (m, n) | each row has length 1 |
#
# **By hand.** The rows (3, 4) and (−8, 6) have lengths 5 and 10. So they become (0.6, 0.8) and (−0.8, 0.6).
#
# ### Exercise: normalize_rows
#
# (Older versions of the course spell it `normalizeRows`. Here, and in the grader, it is `normalize_rows`.)
#
# <details><summary>Hint</summary>
#
# `np.linalg.norm(x, axis=…, keepdims=…)` gives the lengths. Which axis must disappear? Then divide, and let broadcasting do the
# rest.
# </details>
# <details><summary>Fuller hint</summary>
#
# The sum of squares runs along a row, from column to column: that is `axis=1`. With `keepdims=True` the lengths have shape (m,
# 1). Return x divided by them. Write `x / lengths`, not `x /= lengths`.
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
check("two rows", normalize_rows(np.array([[3, 4], [-8, 6]])), [[0.6, 0.8], [-0.8, 0.6]])
check("three columns", normalize_rows(np.array([[2.0, -1.0, 2.0], [0.0, 0.0, 0.5]])), [[2 / 3, -1 / 3, 2 / 3], [0, 0, 1]])

# %% nbgrader={"grade": true, "grade_id": "normalize_rows-test", "points": 5}
# The hidden cases of normalize_rows run here when the notebook is graded.
### BEGIN HIDDEN TESTS
@hidden_cases("normalize_rows", cases=6)
def _(case):
    shape = [(3, 5), (4, 2), (1, 6), (5, 1), (4, 4), (2, 7)][case.index]
    x = case.rng.standard_normal(shape) * case.rng.uniform(0.5, 4, (shape[0], 1))
    if case.index == 1:
        x = case.rng.permutation([-7, -5, -3, -2, 1, 4, 6, 8]).reshape(shape)
    case.call(normalize_rows, x)
### END HIDDEN TESTS

# %% tags=["style"] exercise="normalize_rows" style="loops"
def normalize_rows(x):
    out = np.zeros(x.shape)
    for i in range(x.shape[0]):
        total = 0
        for j in range(x.shape[1]):
            total += x[i, j] ** 2
        for j in range(x.shape[1]):
            out[i, j] = x[i, j] / total**0.5
    return out

# %% tags=["style"] exercise="normalize_rows" style="vectorized"
def normalize_rows(x):
    return x / np.sqrt(np.sum(x**2, axis=1)).reshape(-1, 1)

# %% tags=["style"] exercise="normalize_rows" style="einsum"
def normalize_rows(x):
    return x / np.sqrt(np.einsum("ij,ij->i", x, x))[:, None]

# %% tags=["style"] exercise="normalize_rows" style="turned_over"
def normalize_rows(x):
    return (x.T / np.linalg.norm(x.T, axis=0)).T

# %% tags=["style"] exercise="normalize_rows" style="course2017"
def normalize_rows(x):
    x_norm = np.linalg.norm(x, axis=1, keepdims=True)
    x = x / x_norm
    return x

# %% tags=["style"] exercise="normalize_rows" style="course2021"
def normalize_rows(x):
    x_norm = np.linalg.norm(x, ord=2, axis=1, keepdims=True)
    x = np.divide(x, x_norm)
    return x

# %% tags=["style"] exercise="normalize_rows" style="float32"
def normalize_rows(x):
    x = x.astype(np.float32)
    return x / np.linalg.norm(x, axis=-1, keepdims=True)

# %% tags=["mistakes"] exercise="normalize_rows"
mistake(
    "keepdims_forgotten",
    swap=(", keepdims=True", ""),
    cause="The lengths have shape (m,) and not (m, 1): broadcasting divides columns by them, or refuses.",
    hint="Print the shape of the lengths. Aligned on the right, (m,) meets the columns.",
)
mistake(
    "columns_for_rows",
    swap=("axis=1", "axis=0"),
    cause="The columns are normalized, not the rows.",
    hint="The axis that you name disappears. What should be left is one length for each row.",
)
mistake(
    "whole_table",
    swap=(", axis=1, keepdims=True", ""),
    cause="The whole table is divided by one length, that of all its entries.",
    hint="Without `axis` NumPy returns a single number. Each row has a length of its own.",
)
mistake(
    "absolute_values",
    swap=("np.linalg.norm(x, axis=1, keepdims=True)", "np.sum(np.abs(x), axis=1, keepdims=True)"),
    cause="The rows are divided by the sum of their absolute values, not by their Euclidean length.",
    hint="The length of (3, 4) is 5, not 7.",
)
mistake(
    "plain_sum",
    swap=("np.linalg.norm(x, axis=1, keepdims=True)", "np.sum(x, axis=1, keepdims=True)"),
    cause="The rows are divided by their sum, which can be negative or zero.",
    hint="The length of (3, −4) is 5, not −1: square, add, take the root.",
)
mistake(
    "root_forgotten",
    swap=("np.linalg.norm(x, axis=1, keepdims=True)", "np.sum(x ** 2, axis=1, keepdims=True)"),
    cause="The rows are divided by the square of their length: the root is missing.",
    hint="The length of (3, 4) is 5, not 25.",
)
mistake(
    "mean_for_sum",
    swap=("np.linalg.norm(x, axis=1, keepdims=True)", "np.sqrt(np.mean(x ** 2, axis=1, keepdims=True))"),
    cause="The squares are averaged instead of added.",
    hint="The length of (3, 4) is 5: under the root stands the sum, 9 + 16.",
)
mistake(
    "largest_entry",
    swap=("np.linalg.norm(x, axis=1, keepdims=True)", "np.max(np.abs(x), axis=1, keepdims=True)"),
    cause="The rows are divided by their largest entry.",
    hint="Check that the squares of a row of your result add up to 1.",
)
mistake(
    "whole_division",
    swap=("x / lengths", "x // lengths"),
    cause="`//` rounds each quotient down to a whole number.",
    hint="Your result holds only whole numbers. Which operator divides exactly?",
)
mistake(
    "divided_in_place",
    swap=("return x / lengths", "x /= lengths\n    return x"),
    cause="`x /= lengths` changes the caller's own array, and fails on integers.",
    hint="Call your function, then look at the array that you passed. Write x / lengths, which makes a new one.",
)
mistake(
    "only_the_lengths",
    swap=("return x / lengths", "return lengths"),
    cause="The lengths come back; the rows are not divided by them.",
    hint="The result has the shape of x.",
)

# %% tags=["demo"]
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
arrow_axes.set(xlabel="first column (no unit)", ylabel="second column (no unit)", aspect="equal", xlim=(-2.2, 2.2), ylim=(-2.2, 2.9))
arrow_axes.legend(loc="upper center", ncols=2, fontsize=9)
plots.show(
    arrow_figure,
    alt="14 rows of two numbers, drawn as points in the plane. normalize_rows moves each of them straight towards or away from the origin "
    "until it lies on the circle of radius 1.",
)
print("lengths before:", np.round(np.linalg.norm(arrows, axis=1)[:5], 2))
print("lengths after: ", np.round(np.linalg.norm(directions, axis=1)[:5], 2))

# %% [markdown]
# ### Softmax
#
# The sigmoid turns one number into one probability. **Softmax** turns a row of scores into a row of probabilities, one for each
# class. Take the exponential, so that everything is positive; then divide by the sum, so that it adds up to 1:
#
# $$\text{softmax}(x)_{ij} = \frac{e^{x_{ij}}}{\sum_{k=1}^{n} e^{x_{ik}}}$$
#
# | name | shape | meaning |
# |---|---|---|
# | `x` | (m, n) | one row of n scores for each of m examples |
# | the sums | (m, 1) | one a row |
# | result | (m, n) | all above 0, each row adds up to 1 |
#
# **By hand.** The scores (ln 1, ln 2, ln 5) have the exponentials 1, 2, 5. Their sum is 8. So softmax is (0.125, 0.25, 0.625).
#
# In this exercise one *row* is one example. In most of the course examples stand in columns. Always ask which.
#
# ### Exercise: softmax
#
# <details><summary>Hint</summary>
#
# Three steps: exponentials of shape (m, n); their sums along each row, of shape (m, 1); the quotient. It is normalize_rows with
# another length.
# </details>
# <details><summary>Fuller hint</summary>
#
# `e = np.exp(x)` first. The sums are `np.sum(e, axis=1, keepdims=True)`: sum e, not x. Return the one divided by the other.
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
check("by hand", softmax(np.log([[1.0, 2.0, 5.0]])), [[0.125, 0.25, 0.625]])
check("equal scores", softmax(np.array([[7, 7, 7, 7], [-2, -2, -2, -2]])), np.full((2, 4), 0.25))
check("two rows", softmax(np.array([[0.0, 1.0, 3.0], [2.0, -1.0, 0.5]])), [[0.042010, 0.114195, 0.843795], [0.785597, 0.039113, 0.175290]], rtol=1e-4)

# %% nbgrader={"grade": true, "grade_id": "softmax-test", "points": 6}
# The hidden cases of softmax run here when the notebook is graded.
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

# %% tags=["style"] exercise="softmax" style="loops"
def softmax(x):
    import math

    m, n = x.shape
    s = np.zeros((m, n))
    for i in range(m):
        total = 0
        for j in range(n):
            total += math.exp(x[i, j])
        for j in range(n):
            s[i, j] = math.exp(x[i, j]) / total
    return s

# %% tags=["style"] exercise="softmax" style="vectorized"
def softmax(x):
    shifted = np.exp(x - np.max(x, axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)

# %% tags=["style"] exercise="softmax" style="largest_of_all"
def softmax(x):
    e_x = np.exp(x - np.max(x))
    return e_x / e_x.sum(axis=1)[:, np.newaxis]

# %% tags=["style"] exercise="softmax" style="einsum"
def softmax(x):
    e = np.exp(x)
    return np.einsum("ij,i->ij", e, 1 / np.einsum("ij->i", e))

# %% tags=["style"] exercise="softmax" style="logarithms"
def softmax(x):
    return np.exp(x - np.logaddexp.reduce(x, axis=1, keepdims=True))

# %% tags=["style"] exercise="softmax" style="course2017"
def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims=True)
    s = x_exp / x_sum
    return s

# %% tags=["style"] exercise="softmax" style="course2021"
def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=-1).reshape(x_exp.shape[0], 1)
    s = np.divide(x_exp, x_sum)
    return s

# %% tags=["style"] exercise="softmax" style="float32"
def softmax(x):
    x = x.astype(np.float32)
    return np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)

# %% tags=["mistakes"] exercise="softmax"
mistake(
    "columns_for_rows",
    swap=("axis=1", "axis=0"),
    cause="The columns add up to 1, not the rows: the sum runs over axis 0.",
    hint="The axis that you name disappears. One sum for each row should be left.",
)
mistake(
    "keepdims_forgotten",
    swap=(", keepdims=True", ""),
    cause="The sums have shape (m,) and not (m, 1): broadcasting divides columns by them, or refuses.",
    hint="Print the shape of the sums. Aligned on the right, (m,) meets the columns.",
)
mistake(
    "one_sum_for_all",
    swap=(", axis=1, keepdims=True", ""),
    cause="All rows are divided by one common sum.",
    hint="Each row must add up to 1 by itself: print the sums of the rows of your result.",
)
mistake(
    "not_divided",
    swap=("e / np.sum(e, axis=1, keepdims=True)", "e"),
    cause="The exponentials come back undivided.",
    hint="Probabilities of one example add up to 1.",
)
mistake(
    "exponential_forgotten",
    swap=("np.exp(x)", "x"),
    cause="The scores themselves are divided by their sum: the exponential is missing.",
    hint="A score may be negative, a probability may not.",
)
mistake(
    "sum_of_the_scores",
    swap=("np.sum(e,", "np.sum(x,"),
    cause="The exponentials are divided by the sum of the scores.",
    hint="Below the fraction bar stands a sum of exponentials.",
)
mistake(
    "sign_flipped",
    swap=("np.exp(x)", "np.exp(-x)"),
    cause="The exponent has a minus sign, as in the sigmoid: the smallest score gets the largest probability.",
    hint="Softmax of (0, 1, 3): which entry should be the largest?",
)
mistake(
    "sigmoid_of_each",
    swap=("return e / np.sum(e, axis=1, keepdims=True)", "return e / (1 + e)"),
    cause="This is the sigmoid of each score by itself; the scores of a row do not compete.",
    hint="If one score rises, the probabilities of all others in its row must fall.",
)
mistake(
    "euclidean_length",
    swap=("np.sum(e, axis=1, keepdims=True)", "np.linalg.norm(e, axis=1, keepdims=True)"),
    cause="The exponentials are divided by their Euclidean length, as in normalize_rows.",
    hint="The entries of a row add up to 1, not their squares.",
)
mistake(
    "mean_for_sum",
    swap=("np.sum(", "np.mean("),
    cause="The exponentials are divided by their mean, so that a row adds up to n.",
    hint="Print the sums of the rows of your result.",
)
mistake(
    "largest_entry",
    swap=("np.sum(", "np.max("),
    cause="The exponentials are divided by the largest of their row.",
    hint="The largest entry of your result is 1, before the others are counted. What must the whole row add up to?",
)
mistake(
    "power_of_two",
    swap=("np.exp(x)", "2.0 ** x"),
    cause="Powers of 2 are used in place of powers of e.",
    hint="Softmax of (0, ln 3) should be (0.25, 0.75): try it.",
)
mistake(
    "shifted_by_column",
    swap=("np.exp(x)", "np.exp(x - np.max(x, axis=0, keepdims=True))"),
    cause="The largest entry of each column is subtracted. Within a row, all scores must be shifted by the same amount.",
    hint="A shift cancels only if it is common to the whole row: which axis is that?",
)
mistake(
    "shifted_in_place",
    swap=("e = np.exp(x)", "x -= np.max(x, axis=1, keepdims=True)\n    e = np.exp(x)"),
    cause="`x -= …` shifts the caller's own scores.",
    hint="Call your function, then look at the array that you passed. Write x - …, which makes a new one.",
)

# %% [markdown]
# ### Experiment: scores of a thousand
#
# Some networks do produce scores like these.

# %% tags=["demo"]
big = np.array([[1000.0, 1001.0, 1002.0], [-1000.0, -1001.0, -1002.0]])
with np.errstate(all="ignore"):
    print("softmax of the scores as they are:")
    print(np.round(softmax(big), 3))
print("after subtracting the largest of each row:")
print(np.round(softmax(big - np.max(big, axis=1, keepdims=True)), 3))

# %% [markdown]
# With the plain formula the first row is inf / inf and the second is 0 / 0, both `nan`. (If yours shows numbers, you have
# shifted already. Well spotted.)
#
# The way out costs one line. Subtract any number c from all scores of a row, and every exponential is divided by the same
# $e^c$, above and below the fraction bar:
#
# $$\frac{e^{x_j - c}}{\sum_k e^{x_k - c}} = \frac{e^{-c}\, e^{x_j}}{e^{-c} \sum_k e^{x_k}} = \frac{e^{x_j}}{\sum_k e^{x_k}}$$
#
# Nothing changes in mathematics. Take c to be the largest score of the row: then the largest exponential is $e^0 = 1$. It
# cannot overflow, and the sum cannot be 0. The big libraries do so. The grader takes both forms.
#
# ## Part 4: two losses
#
# A loss says in one number how far the predictions are from the truth. The two simplest add up the gaps:
#
# $$L_1(\hat y, y) = \sum_{i=1}^{m} \lvert y_i - \hat y_i \rvert, \qquad L_2(\hat y, y) = \sum_{i=1}^{m} (y_i - \hat y_i)^2$$
#
# | name | shape | meaning |
# |---|---|---|
# | `yhat` | (m,) | predictions |
# | `y` | (m,) | the truth |
# | result | a number | 0 if all are right, otherwise larger |
#
# **By hand.** Predictions (0.9, 0.2, 0.4) for the truth (1, 0, 1): the gaps are 0.1, −0.2, 0.6. So L1 = 0.1 + 0.2 + 0.6 = 0.9,
# and L2 = 0.01 + 0.04 + 0.36 = 0.41.
#
# These are *sums*, without a mean and without a root; other books differ there. And both vectors are flat, as the shapes say.
#
# ### Exercise: L1
#
# <details><summary>Hint</summary>
#
# `np.abs` works entry by entry, and `np.sum` without an axis adds up everything.
# </details>
# <details><summary>Fuller hint</summary>
#
# From the inside to the outside: subtract the two vectors, take `np.abs` of that, take `np.sum` of that. The order matters:
# absolute values first, then the sum.
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
check("by hand", L1(np.array([0.9, 0.2, 0.4]), np.array([1, 0, 1])), 0.9)
check("too high and too low", L1(np.array([3.0, 1.0]), np.array([1.0, 3.0])), 4)

# %% nbgrader={"grade": true, "grade_id": "L1-test", "points": 3}
# The hidden cases of L1 run here when the notebook is graded.
### BEGIN HIDDEN TESTS
@hidden_cases("L1", cases=5, returns="loss")
def _(case):
    m = [6, 1, 4, 9, 3][case.index]
    yhat, y = case.rng.uniform(0.05, 0.95, m), case.rng.integers(0, 2, m)
    if case.index in (2, 3):
        yhat, y = 2 * case.rng.standard_normal(m), 3 * case.rng.standard_normal(m)
    case.call(L1, yhat, y)
### END HIDDEN TESTS

# %% tags=["style"] exercise="L1" style="loops"
def L1(yhat, y):
    loss = 0
    for i in range(len(y)):
        loss += abs(y[i] - yhat[i])
    return loss

# %% tags=["style"] exercise="L1" style="vectorized"
def L1(yhat, y):
    return np.abs(yhat - y).sum()

# %% tags=["style"] exercise="L1" style="einsum"
def L1(yhat, y):
    return np.einsum("i->", np.sqrt((y - yhat) ** 2))

# %% tags=["style"] exercise="L1" style="norm"
def L1(yhat, y):
    return float(np.linalg.norm(y - yhat, ord=1))

# %% tags=["style"] exercise="L1" style="course2017"
def L1(yhat, y):
    loss = np.sum(np.absolute(y - yhat))
    return loss

# %% tags=["style"] exercise="L1" style="course2021"
def L1(yhat, y):
    loss = np.sum(abs(np.subtract(y, yhat)), axis=0)
    return loss

# %% tags=["style"] exercise="L1" style="float32"
def L1(yhat, y):
    return np.sum(np.abs(y.astype(np.float32) - yhat.astype(np.float32)), keepdims=True)

# %% tags=["mistakes"] exercise="L1"
mistake(
    "gaps_cancel",
    swap=("np.abs(y - yhat)", "y - yhat"),
    cause="The gaps are added with their signs, so that too high and too low cancel.",
    hint="Predictions (3, 1) for the truth (1, 3) are both wrong: the loss should be 4.",
)
mistake(
    "absolute_value_of_the_sum",
    swap=("np.sum(np.abs(y - yhat))", "np.abs(np.sum(y - yhat))"),
    cause="The gaps are added first, and the absolute value is taken of the sum: too high and too low cancel.",
    hint="Predictions (3, 1) for the truth (1, 3): the loss should be 4. What has to come first?",
)
mistake(
    "mean_for_sum",
    swap=("np.sum(", "np.mean("),
    cause="The mean is taken in place of the sum.",
    hint="The formula has no 1/m: twice as many equal gaps make twice the loss.",
)
mistake(
    "squares",
    swap=("np.abs(y - yhat)", "(y - yhat) ** 2"),
    cause="The gaps are squared: that is L2.",
    hint="A gap of 0.1 counts 0.1 here.",
)
mistake(
    "not_added",
    swap=("np.sum(np.abs(y - yhat))", "np.abs(y - yhat)"),
    cause="The gaps come back one by one: they are not added up.",
    hint="A loss is a single number.",
)
mistake(
    "largest_gap",
    swap=("np.sum(", "np.max("),
    cause="Only the largest gap comes back.",
    hint="All gaps count: add them.",
)
mistake(
    "one_bracket_too_early",
    swap=("np.sum(np.abs(y - yhat))", "np.sum(np.abs(y) - np.abs(yhat))"),
    cause="The absolute values are taken before the subtraction: |y| − |ŷ| is not the gap.",
    hint="Predictions (3, 1) for the truth (1, 3): the loss should be 4. Subtract first.",
)
mistake(
    "returned_inside_the_loop",
    code='''
    def L1(yhat, y):
        loss = 0
        for i in range(len(y)):
            loss += abs(y[i] - yhat[i])
            return loss
    ''',
    cause="The `return` stands inside the loop, so only the first gap is counted.",
    hint="Look at the indentation of the last line.",
)
mistake(
    "last_one_left_out",
    code='''
    def L1(yhat, y):
        loss = 0
        for i in range(len(y) - 1):
            loss += abs(y[i] - yhat[i])
        return loss
    ''',
    cause="The last gap is left out.",
    hint="range(n) already stops at n − 1.",
)
mistake(
    "subtracted_in_place",
    swap=("return np.sum(np.abs(y - yhat))", "yhat -= y\n    return np.sum(np.abs(yhat))"),
    cause="`yhat -= y` overwrites the caller's own predictions.",
    hint="Call your function twice with the same arrays. Write y - yhat, which makes a new one.",
)

# %% [markdown]
# ### Exercise: L2
#
# There are several good ways. One is worth knowing: for a flat vector d, `np.dot(d, d)` multiplies entry by entry *and* adds
# up. That is the sum of squares in one call.
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

    Source: the formula above; Goodfellow, Bengio and Courville (2016), section 2.5 (the squared norm of the gaps).
    """
    ### BEGIN SOLUTION
    d = y - yhat
    return np.dot(d, d)
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "L2-check"} tags=["check"]
check("by hand", L2(np.array([0.9, 0.2, 0.4]), np.array([1, 0, 1])), 0.41)
check("too high and too low", L2(np.array([3.0, 1.0, 0.5]), np.array([1.0, 3.0, 0.5])), 8)

# %% nbgrader={"grade": true, "grade_id": "L2-test", "points": 3}
# The hidden cases of L2 run here when the notebook is graded.
### BEGIN HIDDEN TESTS
@hidden_cases("L2", cases=5, returns="loss")
def _(case):
    m = [6, 1, 4, 9, 3][case.index]
    yhat, y = case.rng.uniform(0.05, 0.95, m), case.rng.integers(0, 2, m)
    if case.index in (2, 3):
        yhat, y = 2 * case.rng.standard_normal(m), 3 * case.rng.standard_normal(m)
    case.call(L2, yhat, y)
### END HIDDEN TESTS

# %% tags=["style"] exercise="L2" style="loops"
def L2(yhat, y):
    loss = 0
    for prediction, truth in zip(yhat, y):
        loss += (truth - prediction) ** 2
    return loss

# %% tags=["style"] exercise="L2" style="vectorized"
def L2(yhat, y):
    return np.sum(np.square(yhat - y))

# %% tags=["style"] exercise="L2" style="einsum"
def L2(yhat, y):
    return np.einsum("i,i->", yhat - y, yhat - y)

# %% tags=["style"] exercise="L2" style="norm"
def L2(yhat, y):
    return float(np.linalg.norm(y - yhat) ** 2)

# %% tags=["style"] exercise="L2" style="course2017"
def L2(yhat, y):
    loss = np.sum(np.power((y - yhat), 2))
    return loss

# %% tags=["style"] exercise="L2" style="course2021"
def L2(yhat, y):
    x = np.abs(y - yhat)
    loss = np.sum(np.dot(x, x))
    return loss

# %% tags=["style"] exercise="L2" style="float32"
def L2(yhat, y):
    d = (y - yhat).astype(np.float32).reshape(-1, 1)
    return d.T @ d

# %% tags=["mistakes"] exercise="L2"
mistake(
    "root_taken",
    swap=("np.dot(d, d)", "np.linalg.norm(d)"),
    cause="The square root of the sum is taken: that is the Euclidean length of the gaps.",
    hint="The formula has no root. np.linalg.norm ends with one.",
)
mistake(
    "mean_for_sum",
    swap=("np.dot(d, d)", "np.mean(d ** 2)"),
    cause="The mean is taken in place of the sum.",
    hint="The formula has no 1/m: twice as many equal gaps make twice the loss.",
)
mistake(
    "half_added",
    swap=("np.dot(d, d)", "np.dot(d, d) / 2"),
    cause="The sum is halved; this formula has no ½.",
    hint="One gap of 2 makes a loss of 4.",
)
mistake(
    "absolute_values",
    swap=("np.dot(d, d)", "np.sum(np.abs(d))"),
    cause="The absolute gaps are added: that is L1.",
    hint="A gap of 0.1 counts 0.01 here.",
)
mistake(
    "square_of_the_sum",
    swap=("np.dot(d, d)", "np.sum(d) ** 2"),
    cause="The gaps are added first and squared afterwards: too high and too low cancel.",
    hint="Square each gap, then add.",
)
mistake(
    "difference_of_squares",
    swap=("return np.dot(d, d)", "return np.sum(y ** 2 - yhat ** 2)"),
    cause="The squares of predictions and truth are subtracted: y² − ŷ² is not (y − ŷ)².",
    hint="Subtract first, then square. The loss is never negative.",
)
mistake(
    "doubled_for_squared",
    swap=("np.dot(d, d)", "np.sum(d * 2)"),
    cause="The gaps are doubled, not squared: `*` in place of `**`.",
    hint="A gap of 3 counts 9.",
)
mistake(
    "not_added",
    swap=("np.dot(d, d)", "d * d"),
    cause="The squares come back one by one: they are not added up.",
    hint="A loss is a single number.",
)
mistake(
    "product_of_truth_and_prediction",
    swap=("np.dot(d, d)", "np.dot(y, yhat)"),
    cause="The truth is multiplied with the predictions; the gaps do not come in.",
    hint="If all predictions are right, the loss is 0.",
)
mistake(
    "all_pairs",
    swap=("d = y - yhat", "d = (y - yhat.reshape(-1, 1)).ravel()"),
    cause="A flat vector met a column: each prediction is subtracted from each truth, m² gaps in all.",
    hint="Print the shape of the gaps. It should be (m,).",
)
mistake(
    "subtracted_in_place",
    swap=("d = y - yhat", "d = yhat\n    d -= y"),
    cause="`d -= y` overwrites the caller's predictions: d is the same array under another name.",
    hint="Call your function twice with the same arrays. Write y - yhat, which makes a new one.",
)

# %% [markdown]
# ### Experiment: many small gaps or one large one
#
# Six predictions that are each 0.5 off, against five perfect ones and one that is 3 off. Which is worse?

# %% tags=["demo"]
truth = np.zeros(6)
many_small, one_large = np.full(6, 0.5), np.array([0.0, 0.0, 0.0, 0.0, 0.0, 3.0])
print(f"six gaps of 0.5:  L1 = {float(L1(many_small, truth)):.1f}   L2 = {float(L2(many_small, truth)):.1f}")
print(f"one gap of 3:     L1 = {float(L1(one_large, truth)):.1f}   L2 = {float(L2(one_large, truth)):.1f}")

gap = np.linspace(-3, 3, 121)
loss_figure, loss_axes = plt.subplots(figsize=(5.6, 3.5))
loss_axes.plot(gap, [float(L1(np.array([g]), np.zeros(1))) for g in gap], "--", color=plots.RED, linewidth=2.5, label="L1: absolute")
loss_axes.plot(gap, [float(L2(np.array([g]), np.zeros(1))) for g in gap], color=plots.BLUE, linewidth=2.5, label="L2: squared")
loss_axes.set(xlabel="gap of one prediction (no unit)", ylabel="loss (no unit)")
loss_axes.legend(loc="upper center")
plots.show(
    loss_figure,
    alt="The loss of one prediction against its gap, from −3 to 3. L1 is a V with its corner at 0. L2 is a parabola: below the V while the gap is "
    "smaller than 1, above it beyond, and three times as high at a gap of 3.",
)

# %% [markdown]
# For L1 the two are alike: 3 and 3. For L2 the one large gap is six times as bad: 9 against 1.5. So whoever minimizes L2 will
# go to great lengths for a single outlier. Neither is right or wrong; it depends on whether you trust your outliers.
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
    return loops_rng.standard_normal((n, k)), loops_rng.standard_normal((k, m)), loops_rng.standard_normal((n, 1))

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
# **By hand.** W = [[1, 0, 2], [−1, 3, 0]], one example (1, 2, 3) as a column, b = (10, 20) as a column. Then Z = (1 + 0 + 6 +
# 10, −1 + 6 + 0 + 20) = (17, 25).
#
# ### Exercise: vectorize
#
# The same result, with no loop whose length grows with n, k or m. That includes loops in disguise: comprehensions, `map`,
# `np.vectorize`, `np.apply_along_axis`. They are short to write, but Python still goes through the entries one by one.
#
# How can a grader tell? Not with a clock, which would be unfair on a slow day. It counts the **steps that Python takes**. A
# loop takes steps each time around. A NumPy call is a single step, however large the arrays are. If there are twenty times as
# many examples and no more steps than before, there is no loop over the examples.
#
# <details><summary>Hint</summary>
#
# Which shape has `W @ X`, if W is (n, k) and X is (k, m)? And what happens if you add a column (n, 1) to that?
# </details>
# <details><summary>Fuller hint</summary>
#
# `W @ X` has shape (n, m), and its entry (i, j) is exactly the sum in the formula. Broadcasting carries b across all columns.
# One line does it.
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

    Source: the formula above; Goodfellow, Bengio and Courville (2016), section 2.2 (the matrix product).
    """
    ### BEGIN SOLUTION
    return W @ X + b
    ### END SOLUTION

# %% nbgrader={"locked": true, "grade_id": "vectorize-check"} tags=["check"]
check("by hand", vectorize(np.array([[1, 0, 2], [-1, 3, 0]]), np.array([[1], [2], [3]]), np.array([[10], [20]])), [[17], [25]])
few = random_layer(2, 3, 4)
check("the same as the loops", vectorize(*few), layer_by_loops(*few))
check("loop over the examples (1: yes)", int(steps_grow(vectorize, few, random_layer(2, 3, 100))), 0)
check("loop over the units (1: yes)", int(steps_grow(vectorize, few, random_layer(100, 3, 4))), 0)
check("loop over the inputs (1: yes)", int(steps_grow(vectorize, few, random_layer(2, 100, 4))), 0)

# %% nbgrader={"grade": true, "grade_id": "vectorize-test", "points": 8}
# The hidden cases of vectorize run here when the notebook is graded.
### BEGIN HIDDEN TESTS
@hidden_cases("vectorize", cases=8)
def _(case):
    from companion.steps import steps_grow

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

# %% tags=["style"] exercise="vectorize" style="vectorized"
def vectorize(W, X, b):
    Z = np.dot(W, X)
    Z += b
    return Z

# %% tags=["style"] exercise="vectorize" style="einsum"
def vectorize(W, X, b):
    return np.einsum("il,lj->ij", W, X) + b

# %% tags=["style"] exercise="vectorize" style="broadcast"
def vectorize(W, X, b):
    products = W[:, :, np.newaxis] * X[np.newaxis, :, :]
    return products.sum(axis=1) + b

# %% tags=["style"] exercise="vectorize" style="ones"
def vectorize(W, X, b):
    return np.hstack([W, b]) @ np.vstack([X, np.ones((1, X.shape[1]))])

# %% tags=["style"] exercise="vectorize" style="course2017"
def vectorize(W, X, b):
    Z = np.add(np.dot(W, X), b)
    assert Z.shape == (W.shape[0], X.shape[1])
    return Z

# %% tags=["style"] exercise="vectorize" style="course2021"
def vectorize(W, X, b):
    Z = np.matmul(X.T, W.T).T + np.tile(b, (1, X.shape[1]))
    return Z

# %% tags=["style"] exercise="vectorize" style="float32"
def vectorize(W, X, b):
    return W.astype(np.float32) @ X.astype(np.float32) + b.astype(np.float32)

# %% tags=["mistakes"] exercise="vectorize"
mistake(
    "loop_over_the_examples",
    code='''
    def vectorize(W, X, b):
        Z = np.zeros((W.shape[0], X.shape[1]))
        for j in range(X.shape[1]):
            Z[:, [j]] = W @ X[:, [j]] + b
        return Z
    ''',
    cause="Z is right, but Python still goes through the examples one by one: in a `for`, in a comprehension, or in np.apply_along_axis.",
    hint="W @ X takes all columns of X at once. Which shape has it?",
)
mistake(
    "loop_over_the_units",
    code='''
    def vectorize(W, X, b):
        Z = np.zeros((W.shape[0], X.shape[1]))
        for i in range(W.shape[0]):
            Z[i] = W[i] @ X + b[i, 0]
        return Z
    ''',
    cause="Z is right, but Python still goes through the units one by one.",
    hint="W @ X takes all rows of W at once. Which shape has it?",
)
mistake(
    "loop_over_the_inputs",
    code='''
    def vectorize(W, X, b):
        Z = np.zeros((W.shape[0], X.shape[1]))
        for l in range(W.shape[1]):
            Z = Z + W[:, [l]] * X[[l]]
        return Z + b
    ''',
    cause="Z is right, but Python still goes through the inputs one by one, and adds up their shares.",
    hint="The matrix product contains that sum already.",
)
mistake(
    "loops_over_examples_and_units",
    code='''
    def vectorize(W, X, b):
        Z = np.zeros((W.shape[0], X.shape[1]))
        for i in range(W.shape[0]):
            for j in range(X.shape[1]):
                Z[i, j] = W[i] @ X[:, j] + b[i, 0]
        return Z
    ''',
    cause="Only the innermost loop has gone: Python still visits every entry of Z, in two loops or inside np.vectorize.",
    hint="W @ X[:, j] does all units at once. What does all examples at once? (np.vectorize is a loop in disguise.)",
)
mistake(
    "loops_over_units_and_inputs",
    code='''
    def vectorize(W, X, b):
        Z = np.zeros((W.shape[0], X.shape[1]))
        for i in range(W.shape[0]):
            for l in range(W.shape[1]):
                Z[i] += W[i, l] * X[l]
            Z[i] += b[i]
        return Z
    ''',
    cause="The examples are done at once, but Python still visits every weight of W, in two loops.",
    hint="A row of W times a table, W[i] @ X, makes the inner loop unnecessary. And the outer one?",
)
mistake(
    "loops_over_examples_and_inputs",
    code='''
    def vectorize(W, X, b):
        Z = np.zeros((W.shape[0], X.shape[1]))
        for j in range(X.shape[1]):
            for l in range(W.shape[1]):
                Z[:, j] += W[:, l] * X[l, j]
        return Z + b
    ''',
    cause="The units are done at once, but Python still visits every entry of X, in two loops.",
    hint="W @ X[:, j] makes the inner loop unnecessary. And the outer one?",
)
mistake(
    "all_three_loops",
    code='''
    def vectorize(W, X, b):
        return layer_by_loops(W, X, b)
    ''',
    cause="All three loops are still there, written out or inside a call of layer_by_loops.",
    hint="Start with the innermost loop: a row times a column is W[i] @ X[:, j].",
)
mistake(
    "examples_became_rows",
    code='''
    def vectorize(W, X, b):
        return np.array([W @ x + b[:, 0] for x in X.T])
    ''',
    cause="A comprehension goes through the examples one by one and stacks them as rows, so Z comes out as (m, n).",
    hint="Examples stand in columns here. W @ X needs neither a comprehension nor a transpose.",
)
mistake(
    "bias_forgotten",
    swap=("W @ X + b", "W @ X"),
    cause="The bias b is not added.",
    hint="Set W to zeros: what should Z be?",
)
mistake(
    "entry_by_entry",
    swap=("W @ X", "W * X"),
    cause="`*` multiplies entry by entry; the matrix product is `@` or np.dot.",
    hint="A row of W meets a column of X, and the products are added up.",
)
mistake(
    "order_of_the_product",
    swap=("W @ X", "X @ W"),
    cause="The factors of the matrix product are swapped.",
    hint="(n, k) @ (k, m): the two inner lengths must be equal.",
)
mistake(
    "weights_transposed",
    swap=("W @ X", "W.T @ X"),
    cause="W is transposed, but here its rows are the units already.",
    hint="(n, k) @ (k, m): the two inner lengths must be equal. Print the shapes.",
)
mistake(
    "bias_made_flat",
    swap=("+ b", "+ b.ravel()"),
    cause="b was made flat, shape (n,): broadcasting then carries it down the rows instead of across, or refuses.",
    hint="Aligned on the right, (n,) meets the examples. A column (n, 1) meets the units.",
)
mistake(
    "first_bias_only",
    swap=("W @ X + b", "W @ X + b[0]"),
    cause="Only the first bias is used, for all units.",
    hint="Each unit has its own entry of b.",
)
mistake(
    "bias_counted_for_each_input",
    code='''
    def vectorize(W, X, b):
        return (W[:, :, None] * X[None] + b[:, None]).sum(axis=1)
    ''',
    cause="b is added inside the sum, so that it counts once for every input.",
    hint="The formula adds b after the sum over l.",
)
mistake(
    "averaged_over_the_examples",
    swap=("W @ X + b", "W @ X / X.shape[1] + b"),
    cause="The product is divided by the number of examples; there is no 1/m in this formula.",
    hint="The answer for one example must not depend on how many others there are.",
)
mistake(
    "examples_in_rows",
    swap=("W @ X + b", "X.T @ W.T + b.T"),
    cause="The result is transposed, (m, n): examples stand in rows.",
    hint="Examples stand in columns here, in X and in Z.",
)
mistake(
    "first_example_only",
    code='''
    def vectorize(W, X, b):
        Z = np.zeros((W.shape[0], X.shape[1]))
        for j in range(X.shape[1]):
            Z[:, [j]] = W @ X[:, [j]] + b
            return Z
    ''',
    cause="The `return` stands inside the loop: only the first example is worked out, the others stay zero.",
    hint="Look at the indentation of the last line. And is a loop needed at all?",
)
mistake(
    "bias_overwritten",
    code='''
    def vectorize(W, X, b):
        Z = b
        Z += W @ X
        return Z
    ''',
    cause="`Z += …` adds into the caller's b, because Z is b under another name; with more than one example it does not even fit.",
    hint="Start from the product, or write Z = b + …, which makes a new array.",
)

# %% [markdown]
# ### Experiment: count the steps
#
# Double the number of units, of inputs, of examples, and see by what factor the steps of Python grow.

# %% tags=["demo"]
step_sizes = {"twice the units": (20, 60, 10), "twice the inputs": (10, 120, 10), "twice the examples": (10, 60, 20)}
for step_name, step_function in (("three loops", layer_by_loops), ("your line", vectorize)):
    base = count_steps(step_function, *random_layer(10, 60, 10))
    for size_name, size in step_sizes.items():
        factor = count_steps(step_function, *random_layer(*size)) / base
        print(f"{step_name:12} {size_name:19} steps × {factor:.1f}")

# %% [markdown]
# The loops grow in step with n, with k and with m; the work is their product. Your line takes the same few steps for any size.
# The multiplications have not gone away. They are done in compiled code, in one go.
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
    alt="Time against the number of examples, 10 to 10 000, both axes logarithmic. The three loops are a straight line upwards: ten times the "
    "examples, ten times the time. The one line of NumPy is flat at first, then rises too, and ends far more than a hundred times lower.",
)

# %% [markdown]
# Both axes are logarithmic: one division up is ten times as long. Look at three things.
#
# * The dashed line is straight: the time is in proportion to m. On the right the solid line rises as well, because the
#   multiplications do have to be done.
# * On the left the solid line is nearly flat. There the call itself costs more than its work.
# * The distance between the two is a factor. On the computer where this was written it is about 300 at 10 examples, and about
#   4000 at 1000 and beyond.
#
# Where does it come from? For each `total += W[i, l] * X[l, j]` Python looks up names, checks kinds, makes number objects and
# throws them away. Here that takes about 300 nanoseconds for a single multiplication, and NumPy, with many examples, less than
# 0.1. It checks kinds once for the whole array. Then it runs through neighbouring numbers in memory, several at a time.
#
# ### Experiment: half a network
#
# You now have everything for the first half of a classifier: flatten, multiply and add, squeeze. Here is a single unit with
# random weights that looks at all pictures of a set at once.

# %% tags=["demo"]
unit_rng = np.random.default_rng(2)
unit_X = pictures.reshape(picture_count, -1).T / 255  # one column for each picture, entries from 0 to 1
unit_W = 0.1 * unit_rng.standard_normal((1, unit_X.shape[0]))
unit_b = np.zeros((1, 1))
unit_A = sigmoid(vectorize(unit_W, unit_X, unit_b))
print("X", unit_X.shape, "  W", unit_W.shape, "  b", unit_b.shape, "  A", unit_A.shape)
print("the first picture, by itself, gives the same:", np.allclose(sigmoid(unit_W @ image2vector(pictures[0]) / 255 + unit_b), unit_A[:, [0]]))
unit_guess, unit_truth = unit_A[0], labels[0]  # flat, both of them
print(f"L2 per picture: {float(L2(unit_guess, unit_truth)) / picture_count:.2f}")
print(f"always answering one half would give: {float(L2(np.full(picture_count, 0.5), unit_truth)) / picture_count:.2f}")
print(f"right: {100 * np.mean((unit_guess > 0.5) == unit_truth):.0f} % of the pictures")

# %% [markdown]
# One line, 1600 pictures. The unit knows nothing yet: it is right on 52 %, which is as good as tossing a coin. And it is often
# sure of its guesses, so its loss is 0.31 a picture, where a cautious one half for all would cost 0.25. What it lacks is good
# weights. The next lesson shows how it finds them, by following slopes.
#
# ## Mistakes that most people make
#
# * **`keepdims` is forgotten.** With 3 rows and 4 columns you are lucky: *operands could not be broadcast together with shapes
#   (3,4) (3,)*. With a square table nothing is said. The rows of (3, 4) and (−8, 6) become (0.6, 0.4) and (−1.6, 0.6), and the
#   second is 1.7 long. Never test on square tables only.
# * **The wrong axis.** `softmax` with `axis=0` gives numbers between 0 and 1, all plausible. Sum each row: if you do not get 1,
#   the axis is the other one.
# * **`(n,)` meets `(n, 1)`.** Three zeros and three ones, all predicted perfectly, but one of the two arrays a column: the gaps
#   make a 6 × 6 table, and the sum of their squares is 18 instead of 0. Print the shape of every difference.
# * **`x /= lengths` for `x = x / lengths`.** The result is right, but the caller's data are changed as well. In the picture of
#   the circle, the dots would have moved under their triangles. On integers it raises `UFuncTypeError`. Its cousin `yhat -= y`
#   in a loss gives another answer when you run the cell a second time.
# * **`reshape` where a transpose is due.** The shape is right, the content is shuffled, nothing complains, and the network does
#   not learn.
#
# ## Recap
#
# 1. Arithmetic on arrays works entry by entry. The axis that you name in a sum is the one that disappears.
# 2. Broadcasting: align the shapes on the right; equal or 1, else refused. Sum with `keepdims=True`.
# 3. σ(x) = 1 / (1 + e⁻ˣ) with slope σ (1 − σ). Softmax is e^x divided by the sum of its row, best after subtracting the row's
#    largest.
# 4. L1 adds absolute gaps, L2 squared ones; L2 minds outliers.
# 5. `W @ X + b` does a layer for all examples at once. A loop betrays itself by steps that grow.
#
# **To think about.** Take softmax of a row of two scores, (x, 0). Which function of Part 1 do you get for the first entry? And
# what does the shift by c say about a row (x + 5, 5)?
#
# **Where to read on**
#
# * C. R. Harris et al., *Array programming with NumPy*, Nature 585 (2020), section "NumPy arrays" and figure 1: shapes, views,
#   broadcasting on one page.
# * NumPy's user guide, chapter *Broadcasting*.
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), sections 2.1 to 2.5 (vectors, products, norms), 3.10 (the
#   sigmoid and its relatives) and 4.1 (overflow, and softmax as the example).
