"""Answers that people give to the exercises of numpy_basics.py: read, never imported (see CONTRIBUTING.md)."""


sig = exercise("sigmoid")

@sig.right("loops")
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

@sig.right("vectorized")
def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))

@sig.right("two_branches")
def sigmoid(x):
    return np.where(np.asarray(x) >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))

@sig.right("tanh")
def sigmoid(x):
    return 0.5 * (np.tanh(x / 2) + 1)

@sig.right("course2017")
def sigmoid(x):
    s = 1.0 / (1.0 + np.exp(-1.0 * x))
    return s

@sig.right("course2021")
def sigmoid(x):
    s = np.divide(1, np.add(1, np.exp(np.negative(x))))
    return s

@sig.right("float32")
def sigmoid(x):
    x = np.asarray(x, dtype=np.float32)
    return np.reciprocal(np.float32(1) + np.exp(-x))

sig.mistake(
    "sign_forgotten",
    ("np.exp(-x)", "np.exp(x)"),
    cause="The exponent has lost its minus sign, so the curve falls where it should rise.",
    hint="σ(5) should be close to 1: try it.",
)

@sig.mistake(
    "one_number_only",
    cause="Something in it takes one number and no array, as math.exp and float do.",
    hint="NumPy has an exponential of its own, which works entry by entry.",
)
def sigmoid(x):
    import math
    return 1 / (1 + math.exp(-x))

sig.mistake(
    "bracket_forgotten",
    ("1 / (1 + np.exp(-x))", "1 / 1 + np.exp(-x)"),
    cause="This is 1 + exp(−x), and not 1 divided by it: the brackets below the fraction bar are missing, or the division is.",
    hint="The result must lie between 0 and 1. Which part of the formula is below the fraction bar?",
)

sig.mistake(
    "one_forgotten",
    ("(1 + np.exp(-x))", "np.exp(-x)"),
    cause="The 1 below the fraction bar is missing; what is left is the plain exponential.",
    hint="σ(0) should be one half: try it.",
)

sig.mistake(
    "overflow_of_the_other_form",
    ("1 / (1 + np.exp(-x))", "np.exp(x) / (1 + np.exp(x))"),
    cause="exp(x) / (1 + exp(x)) is used: it overflows for large positive x, and infinity over infinity is not a number.",
    hint="Try x = 1000. Divide both parts of the fraction by exp(x) to get the form that survives.",
)

@sig.mistake(
    "kind_of_the_input",
    cause="The result is stored in an array of the input's kind: with integers, every value is cut down to 0 or 1.",
    hint="Try np.array([1, 2, 3]). np.zeros_like(x) copies the kind of x, not only its shape.",
)
def sigmoid(x):
    s = np.zeros_like(x)
    s[...] = 1 / (1 + np.exp(-x))
    return s

@sig.mistake(
    "shape_lost",
    cause="The entries come back as one flat list: the shape of x is lost.",
    hint="Compare x.shape with the shape of your result, for x of shape (2, 3). np.exp needs no loop.",
)
def sigmoid(x):
    return np.array([1 / (1 + np.exp(-v)) for v in np.ravel(x)])

sig.mistake(
    "tanh",
    ("1 / (1 + np.exp(-x))", "np.tanh(x)"),
    cause="This is tanh: an S as well, but from −1 to 1 and twice as steep.",
    hint="σ(0) should be one half: try it.",
)

sig.mistake(
    "slope_returned",
    ("return 1 / (1 + np.exp(-x))", "s = 1 / (1 + np.exp(-x))\n    return s * (1 - s)"),
    cause="This is the slope of the sigmoid, not the sigmoid.",
    hint="The slope is the next exercise. σ(5) should be close to 1.",
)

sig.mistake(
    "rounded_to_a_label",
    ("return 1 / (1 + np.exp(-x))", "return np.round(1 / (1 + np.exp(-x)))"),
    cause="The result is 0 or 1: it is rounded, or compared with a threshold.",
    hint="A probability may be anything between 0 and 1. Rounding comes much later, when a network has to decide.",
)

sig.mistake(
    "power_of_two",
    ("np.exp(-x)", "2.0 ** (-x)"),
    cause="A power of 2 is used in place of a power of e.",
    hint="σ(ln 3) should be 0.75. NumPy's function for powers of e is np.exp.",
)

@sig.mistake(
    "negated_in_place",
    cause="The caller's own array changes its sign, as `x *= -1` makes it do.",
    hint="Call your function twice with the same array. Write -x, which makes a new one.",
)
def sigmoid(x):
    x *= -1
    return 1 / (1 + np.exp(x))


slope = exercise("sigmoid_derivative")

@slope.right("loops")
def sigmoid_derivative(x):
    x = np.asarray(x, dtype=float)
    ds = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        s = sigmoid(x[place])
        ds[place] = s * (1 - s)
    return ds

@slope.right("vectorized")
def sigmoid_derivative(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2

@slope.right("symmetry")
def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-x)

@slope.right("einsum")
def sigmoid_derivative(x):
    s = sigmoid(x)
    return np.einsum("...,...->...", s, 1 - s)

@slope.right("course2017")
def sigmoid_derivative(x):
    s = 1 / (1 + np.exp(-x))
    ds = s * (1 - s)
    return ds

@slope.right("course2021")
def sigmoid_derivative(x):
    s = sigmoid(x)
    ds = np.multiply(s, np.subtract(1, s))
    return ds

@slope.right("float32")
def sigmoid_derivative(x):
    s = np.float32(1) / (np.float32(1) + np.exp(-np.asarray(x, dtype=np.float32)))
    return s - s**2

slope.mistake(
    "x_taken_for_s",
    ("s * (1 - s)", "x * (1 - x)"),
    cause="The formula is applied to x itself: x (1 − x), without the sigmoid.",
    hint="The slope at 0 should be 0.25: try it. What should stand in the places of x?",
)

slope.mistake(
    "x_in_the_second_factor",
    ("(1 - s)", "(1 - x)"),
    cause="The second factor is 1 − x; it should be 1 − σ(x).",
    hint="Both factors are made of the sigmoid. The slope is never negative: is yours at x = 2?",
)

slope.mistake(
    "sigmoid_of_the_sigmoid",
    ("return s * (1 - s)", "return sigmoid(s) * (1 - sigmoid(s))"),
    cause="The sigmoid is taken twice: s is σ(x) already.",
    hint="The slope at 0 should be exactly 0.25: print s on the way.",
)

slope.mistake(
    "second_factor_forgotten",
    ("s * (1 - s)", "s"),
    cause="The sigmoid comes back; the factor 1 − σ(x) is missing.",
    hint="Far to the right the sigmoid is flat, so its slope there must be near 0.",
)

slope.mistake(
    "first_factor_forgotten",
    ("s * (1 - s)", "1 - s"),
    cause="Only the factor 1 − σ(x) comes back.",
    hint="Far to the left the sigmoid is flat, so its slope there must be near 0.",
)

slope.mistake(
    "sign_flipped",
    ("s * (1 - s)", "s * (s - 1)"),
    cause="The second factor is turned round, so the slope is negative.",
    hint="The sigmoid rises everywhere. Which sign has its slope?",
)

slope.mistake(
    "slope_of_tanh",
    ("s * (1 - s)", "1 - s ** 2"),
    cause="1 − s² is the slope of tanh, not of the sigmoid.",
    hint="The slope at 0 should be 0.25: try it.",
)

@slope.mistake(
    "square_forgotten",
    cause="In exp(−x) / (1 + exp(−x))² the square is missing.",
    hint="The slope at 0 should be 0.25: try it. Or use the second form of the formula.",
)
def sigmoid_derivative(x):
    return np.exp(-x) / (1 + np.exp(-x))

@slope.mistake(
    "measured_one_sided",
    cause="The slope is measured with a small step to one side, which is right to two or three digits only.",
    hint="The formula is exact, and cheaper: it needs the sigmoid once.",
)
def sigmoid_derivative(x):
    h = 0.01
    return (sigmoid(x + h) - sigmoid(x)) / h


image = exercise("image2vector")

@image.right("loops")
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

@image.right("vectorized")
def image2vector(image):
    return image.reshape(-1, 1)

@image.right("flatten")
def image2vector(image):
    return image.ravel()[:, np.newaxis]

@image.right("turned_over")
def image2vector(image):
    return np.array([image.flatten()]).T

@image.right("course2017")
def image2vector(image):
    v = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)
    return v

@image.right("course2021")
def image2vector(image):
    v = np.reshape(image, (np.prod(image.shape), 1))
    return v

@image.right("float32")
def image2vector(image):
    return image.astype(np.float32).reshape(image.size, -1)

image.mistake(
    "depth_kept",
    ("image.reshape(image.size, 1)", "image.reshape(-1, image.shape[2])"),
    cause="The depth is kept as a second axis: one row for each pixel, with its colours side by side.",
    hint="Everything goes into a single column: the second length is 1.",
)

image.mistake(
    "no_second_axis",
    ("image.reshape(image.size, 1)", "image.reshape(-1)"),
    cause="The result has one axis, shape (n,): it is not a column.",
    hint="A column has shape (n, 1). Part 3 shows what the difference does.",
)

image.mistake(
    "row_for_column",
    ("image.reshape(image.size, 1)", "image.reshape(1, -1)"),
    cause="The result is a row, of shape (1, n).",
    hint="The first length counts rows. How many rows does a column of n entries have?",
)

image.mistake(
    "first_index_fastest",
    ("image.reshape(image.size, 1)", 'image.reshape((-1, 1), order="F")'),
    cause="The entries stand in Fortran's order, with the first index running fastest.",
    hint="Leave `order` out, and do not transpose. The colours of one pixel stay together.",
)

image.mistake(
    "one_colour_after_another",
    ("image.reshape(image.size, 1)", "image.transpose(2, 0, 1).reshape(-1, 1)"),
    cause="All entries of the first colour come first, then those of the second: the colours of a pixel are torn apart.",
    hint="Row 1 of the column is the second colour of the first pixel, image[0, 0, 1].",
)

image.mistake(
    "axes_swapped",
    ("image.reshape(image.size, 1)", "image.transpose(1, 0, 2).reshape(-1, 1)"),
    cause="Length and height are swapped before the image is flattened.",
    hint="The row number is (i · height + j) · depth + k: the first index runs slowest.",
)

image.mistake(
    "three_colours_assumed",
    ("image.reshape(image.size, 1)", "image.reshape(image.shape[0] * image.shape[1] * 3, 1)"),
    cause="The depth is taken to be 3, whatever the image is.",
    hint="Read the depth from image.shape: a grey picture has depth 1.",
)

image.mistake(
    "square_assumed",
    ("image.reshape(image.size, 1)", "image.reshape(image.shape[0] ** 2 * image.shape[2], 1)"),
    cause="The image is taken to be square: its height is never looked at.",
    hint="Read all three lengths from image.shape.",
)

image.mistake(
    "cube_assumed",
    ("image.reshape(image.size, 1)", "image.reshape(image.shape[0] ** 3, 1)"),
    cause="The first length is used for all three, which is right for a cube only.",
    hint="Indices count from 0: image.shape[0], image.shape[1], image.shape[2].",
)

@image.mistake(
    "shape_of_the_input_changed",
    cause="The caller's own image is given a new shape: afterwards it is no image any more.",
    hint="Call your function, then print the shape of the image that you passed. `reshape` leaves it alone.",
)
def image2vector(image):
    image.shape = (image.size, 1)
    return image


rows = exercise("normalize_rows")

@rows.right("loops")
def normalize_rows(x):
    out = np.zeros(x.shape)
    for i in range(x.shape[0]):
        total = 0
        for j in range(x.shape[1]):
            total += x[i, j] ** 2
        for j in range(x.shape[1]):
            out[i, j] = x[i, j] / total**0.5
    return out

@rows.right("vectorized")
def normalize_rows(x):
    return x / np.sqrt(np.sum(x**2, axis=1)).reshape(-1, 1)

@rows.right("einsum")
def normalize_rows(x):
    return x / np.sqrt(np.einsum("ij,ij->i", x, x))[:, None]

@rows.right("turned_over")
def normalize_rows(x):
    return (x.T / np.linalg.norm(x.T, axis=0)).T

@rows.right("course2017")
def normalize_rows(x):
    x_norm = np.linalg.norm(x, axis=1, keepdims=True)
    x = x / x_norm
    return x

@rows.right("course2021")
def normalize_rows(x):
    x_norm = np.linalg.norm(x, ord=2, axis=1, keepdims=True)
    x = np.divide(x, x_norm)
    return x

@rows.right("float32")
def normalize_rows(x):
    x = x.astype(np.float32)
    return x / np.linalg.norm(x, axis=-1, keepdims=True)

rows.mistake(
    "keepdims_forgotten",
    (", keepdims=True", ""),
    cause="The lengths have shape (m,) and not (m, 1): broadcasting divides columns by them, or refuses.",
    hint="Print the shape of the lengths. Aligned on the right, (m,) meets the columns.",
)

rows.mistake(
    "columns_for_rows",
    ("axis=1", "axis=0"),
    cause="The columns are normalized, not the rows.",
    hint="The axis that you name disappears. What should be left is one length for each row.",
)

rows.mistake(
    "whole_table",
    (", axis=1, keepdims=True", ""),
    cause="The whole table is divided by one length, that of all its entries.",
    hint="Without `axis` NumPy returns a single number. Each row has a length of its own.",
)

rows.mistake(
    "absolute_values",
    ("np.linalg.norm(x, axis=1, keepdims=True)", "np.sum(np.abs(x), axis=1, keepdims=True)"),
    cause="The rows are divided by the sum of their absolute values, not by their Euclidean length.",
    hint="The length of (3, 4) is 5, not 7.",
)

rows.mistake(
    "plain_sum",
    ("np.linalg.norm(x, axis=1, keepdims=True)", "np.sum(x, axis=1, keepdims=True)"),
    cause="The rows are divided by their sum, which can be negative or zero.",
    hint="The length of (3, −4) is 5, not −1: square, add, take the root.",
)

rows.mistake(
    "root_forgotten",
    ("np.linalg.norm(x, axis=1, keepdims=True)", "np.sum(x ** 2, axis=1, keepdims=True)"),
    cause="The rows are divided by the square of their length: the root is missing.",
    hint="The length of (3, 4) is 5, not 25.",
)

rows.mistake(
    "mean_for_sum",
    ("np.linalg.norm(x, axis=1, keepdims=True)", "np.sqrt(np.mean(x ** 2, axis=1, keepdims=True))"),
    cause="The squares are averaged instead of added.",
    hint="The length of (3, 4) is 5: under the root stands the sum, 9 + 16.",
)

rows.mistake(
    "largest_entry",
    ("np.linalg.norm(x, axis=1, keepdims=True)", "np.max(np.abs(x), axis=1, keepdims=True)"),
    cause="The rows are divided by their largest entry.",
    hint="Check that the squares of a row of your result add up to 1.",
)

rows.mistake(
    "whole_division",
    ("x / lengths", "x // lengths"),
    cause="`//` rounds each quotient down to a whole number.",
    hint="Your result holds only whole numbers. Which operator divides exactly?",
)

rows.mistake(
    "divided_in_place",
    ("return x / lengths", "x /= lengths\n    return x"),
    cause="`x /= lengths` changes the caller's own array, and fails on integers.",
    hint="Call your function, then look at the array that you passed. Write x / lengths, which makes a new one.",
)

rows.mistake(
    "only_the_lengths",
    ("return x / lengths", "return lengths"),
    cause="The lengths come back; the rows are not divided by them.",
    hint="The result has the shape of x.",
)


soft = exercise("softmax")

@soft.right("loops")
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

@soft.right("vectorized")
def softmax(x):
    shifted = np.exp(x - np.max(x, axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)

@soft.right("largest_of_all")
def softmax(x):
    e_x = np.exp(x - np.max(x))
    return e_x / e_x.sum(axis=1)[:, np.newaxis]

@soft.right("einsum")
def softmax(x):
    e = np.exp(x)
    return np.einsum("ij,i->ij", e, 1 / np.einsum("ij->i", e))

@soft.right("logarithms")
def softmax(x):
    return np.exp(x - np.logaddexp.reduce(x, axis=1, keepdims=True))

@soft.right("course2017")
def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims=True)
    s = x_exp / x_sum
    return s

@soft.right("course2021")
def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=-1).reshape(x_exp.shape[0], 1)
    s = np.divide(x_exp, x_sum)
    return s

@soft.right("float32")
def softmax(x):
    x = x.astype(np.float32)
    return np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)

soft.mistake(
    "columns_for_rows",
    ("axis=1", "axis=0"),
    cause="The columns add up to 1, not the rows: the sum runs over axis 0.",
    hint="The axis that you name disappears. One sum for each row should be left.",
)

soft.mistake(
    "keepdims_forgotten",
    (", keepdims=True", ""),
    cause="The sums have shape (m,) and not (m, 1): broadcasting divides columns by them, or refuses.",
    hint="Print the shape of the sums. Aligned on the right, (m,) meets the columns.",
)

soft.mistake(
    "one_sum_for_all",
    (", axis=1, keepdims=True", ""),
    cause="All rows are divided by one common sum.",
    hint="Each row must add up to 1 by itself: print the sums of the rows of your result.",
)

soft.mistake(
    "not_divided",
    ("e / np.sum(e, axis=1, keepdims=True)", "e"),
    cause="The exponentials come back undivided.",
    hint="Probabilities of one example add up to 1.",
)

soft.mistake(
    "exponential_forgotten",
    ("np.exp(x)", "x"),
    cause="The scores themselves are divided by their sum: the exponential is missing.",
    hint="A score may be negative, a probability may not.",
)

soft.mistake(
    "sum_of_the_scores",
    ("np.sum(e,", "np.sum(x,"),
    cause="The exponentials are divided by the sum of the scores.",
    hint="Below the fraction bar stands a sum of exponentials.",
)

soft.mistake(
    "sign_flipped",
    ("np.exp(x)", "np.exp(-x)"),
    cause="The exponent has a minus sign, as in the sigmoid: the smallest score gets the largest probability.",
    hint="Softmax of (0, 1, 3): which entry should be the largest?",
)

soft.mistake(
    "sigmoid_of_each",
    ("return e / np.sum(e, axis=1, keepdims=True)", "return e / (1 + e)"),
    cause="This is the sigmoid of each score by itself; the scores of a row do not compete.",
    hint="If one score rises, the probabilities of all others in its row must fall.",
)

soft.mistake(
    "euclidean_length",
    ("np.sum(e, axis=1, keepdims=True)", "np.linalg.norm(e, axis=1, keepdims=True)"),
    cause="The exponentials are divided by their Euclidean length, as in normalize_rows.",
    hint="The entries of a row add up to 1, not their squares.",
)

soft.mistake(
    "mean_for_sum",
    ("np.sum(", "np.mean("),
    cause="The exponentials are divided by their mean, so that a row adds up to n.",
    hint="Print the sums of the rows of your result.",
)

soft.mistake(
    "largest_entry",
    ("np.sum(", "np.max("),
    cause="The exponentials are divided by the largest of their row.",
    hint="The largest entry of your result is 1, before the others are counted. What must the whole row add up to?",
)

soft.mistake(
    "power_of_two",
    ("np.exp(x)", "2.0 ** x"),
    cause="Powers of 2 are used in place of powers of e.",
    hint="Softmax of (0, ln 3) should be (0.25, 0.75): try it.",
)

soft.mistake(
    "shifted_by_column",
    ("np.exp(x)", "np.exp(x - np.max(x, axis=0, keepdims=True))"),
    cause="The largest entry of each column is subtracted. Within a row, all scores must be shifted by the same amount.",
    hint="A shift cancels only if it is common to the whole row: which axis is that?",
)

soft.mistake(
    "shifted_in_place",
    ("e = np.exp(x)", "x -= np.max(x, axis=1, keepdims=True)\n    e = np.exp(x)"),
    cause="`x -= …` shifts the caller's own scores.",
    hint="Call your function, then look at the array that you passed. Write x - …, which makes a new one.",
)


l1 = exercise("L1")

@l1.right("loops")
def L1(yhat, y):
    loss = 0
    for i in range(len(y)):
        loss += abs(y[i] - yhat[i])
    return loss

@l1.right("vectorized")
def L1(yhat, y):
    return np.abs(yhat - y).sum()

@l1.right("einsum")
def L1(yhat, y):
    return np.einsum("i->", np.sqrt((y - yhat) ** 2))

@l1.right("norm")
def L1(yhat, y):
    return float(np.linalg.norm(y - yhat, ord=1))

@l1.right("course2017")
def L1(yhat, y):
    loss = np.sum(np.absolute(y - yhat))
    return loss

@l1.right("course2021")
def L1(yhat, y):
    loss = np.sum(abs(np.subtract(y, yhat)), axis=0)
    return loss

@l1.right("float32")
def L1(yhat, y):
    return np.sum(np.abs(y.astype(np.float32) - yhat.astype(np.float32)), keepdims=True)

l1.mistake(
    "gaps_cancel",
    ("np.abs(y - yhat)", "y - yhat"),
    cause="The gaps are added with their signs, so that too high and too low cancel.",
    hint="Predictions (3, 1) for the truth (1, 3) are both wrong: the loss should be 4.",
)

l1.mistake(
    "absolute_value_of_the_sum",
    ("np.sum(np.abs(y - yhat))", "np.abs(np.sum(y - yhat))"),
    cause="The gaps are added first, and the absolute value is taken of the sum: too high and too low cancel.",
    hint="Predictions (3, 1) for the truth (1, 3): the loss should be 4. What has to come first?",
)

l1.mistake(
    "mean_for_sum",
    ("np.sum(", "np.mean("),
    cause="The mean is taken in place of the sum.",
    hint="The formula has no 1/m: twice as many equal gaps make twice the loss.",
)

l1.mistake(
    "squares",
    ("np.abs(y - yhat)", "(y - yhat) ** 2"),
    cause="The gaps are squared: that is L2.",
    hint="A gap of 0.1 counts 0.1 here.",
)

l1.mistake(
    "not_added",
    ("np.sum(np.abs(y - yhat))", "np.abs(y - yhat)"),
    cause="The gaps come back one by one: they are not added up.",
    hint="A loss is a single number.",
)

l1.mistake(
    "largest_gap",
    ("np.sum(", "np.max("),
    cause="Only the largest gap comes back.",
    hint="All gaps count: add them.",
)

l1.mistake(
    "one_bracket_too_early",
    ("np.sum(np.abs(y - yhat))", "np.sum(np.abs(y) - np.abs(yhat))"),
    cause="The absolute values are taken before the subtraction: |y| − |ŷ| is not the gap.",
    hint="Predictions (3, 1) for the truth (1, 3): the loss should be 4. Subtract first.",
)

@l1.mistake(
    "returned_inside_the_loop",
    cause="Only the first gap is counted, as happens where the `return` stands inside the loop.",
    hint="Look at the indentation of the last line.",
)
def L1(yhat, y):
    loss = 0
    for i in range(len(y)):
        loss += abs(y[i] - yhat[i])
        return loss

@l1.mistake(
    "last_one_left_out",
    cause="The last gap is left out.",
    hint="range(n) already stops at n − 1.",
)
def L1(yhat, y):
    loss = 0
    for i in range(len(y) - 1):
        loss += abs(y[i] - yhat[i])
    return loss

l1.mistake(
    "subtracted_in_place",
    ("return np.sum(np.abs(y - yhat))", "yhat -= y\n    return np.sum(np.abs(yhat))"),
    cause="`yhat -= y` overwrites the caller's own predictions.",
    hint="Call your function twice with the same arrays. Write y - yhat, which makes a new one.",
)


l2 = exercise("L2")

@l2.right("loops")
def L2(yhat, y):
    loss = 0
    for prediction, truth in zip(yhat, y):
        loss += (truth - prediction) ** 2
    return loss

@l2.right("vectorized")
def L2(yhat, y):
    return np.sum(np.square(yhat - y))

@l2.right("einsum")
def L2(yhat, y):
    return np.einsum("i,i->", yhat - y, yhat - y)

@l2.right("norm")
def L2(yhat, y):
    return float(np.linalg.norm(y - yhat) ** 2)

@l2.right("course2017")
def L2(yhat, y):
    loss = np.sum(np.power((y - yhat), 2))
    return loss

@l2.right("course2021")
def L2(yhat, y):
    x = np.abs(y - yhat)
    loss = np.sum(np.dot(x, x))
    return loss

@l2.right("float32")
def L2(yhat, y):
    d = (y - yhat).astype(np.float32).reshape(-1, 1)
    return d.T @ d

l2.mistake(
    "root_taken",
    ("np.dot(d, d)", "np.linalg.norm(d)"),
    cause="The square root of the sum is taken: that is the Euclidean length of the gaps.",
    hint="The formula has no root. np.linalg.norm ends with one.",
)

l2.mistake(
    "mean_for_sum",
    ("np.dot(d, d)", "np.mean(d ** 2)"),
    cause="The mean is taken in place of the sum.",
    hint="The formula has no 1/m: twice as many equal gaps make twice the loss.",
)

l2.mistake(
    "half_added",
    ("np.dot(d, d)", "np.dot(d, d) / 2"),
    cause="The sum is halved; this formula has no ½.",
    hint="One gap of 2 makes a loss of 4.",
)

l2.mistake(
    "absolute_values",
    ("np.dot(d, d)", "np.sum(np.abs(d))"),
    cause="The absolute gaps are added: that is L1.",
    hint="A gap of 0.1 counts 0.01 here.",
)

l2.mistake(
    "square_of_the_sum",
    ("np.dot(d, d)", "np.sum(d) ** 2"),
    cause="The gaps are added first and squared afterwards: too high and too low cancel.",
    hint="Square each gap, then add.",
)

l2.mistake(
    "difference_of_squares",
    ("return np.dot(d, d)", "return np.sum(y ** 2 - yhat ** 2)"),
    cause="The squares of predictions and truth are subtracted: y² − ŷ² is not (y − ŷ)².",
    hint="Subtract first, then square. The loss is never negative.",
)

l2.mistake(
    "doubled_for_squared",
    ("np.dot(d, d)", "np.sum(d * 2)"),
    cause="The gaps are doubled, not squared: `*` in place of `**`.",
    hint="A gap of 3 counts 9.",
)

l2.mistake(
    "not_added",
    ("np.dot(d, d)", "d * d"),
    cause="The squares come back one by one: they are not added up.",
    hint="A loss is a single number.",
)

l2.mistake(
    "product_of_truth_and_prediction",
    ("np.dot(d, d)", "np.dot(y, yhat)"),
    cause="The truth is multiplied with the predictions; the gaps do not come in.",
    hint="If all predictions are right, the loss is 0.",
)

l2.mistake(
    "all_pairs",
    ("d = y - yhat", "d = (y - yhat.reshape(-1, 1)).ravel()"),
    cause="A flat vector met a column: each prediction is subtracted from each truth, m² gaps in all.",
    hint="Print the shape of the gaps. It should be (m,).",
)

l2.mistake(
    "subtracted_in_place",
    ("d = y - yhat", "d = yhat\n    d -= y"),
    cause="The caller's predictions are overwritten with the gaps, as `d -= y` does it where d is yhat.",
    hint="Call your function twice with the same arrays. Write y - yhat, which makes a new one.",
)


vec = exercise("vectorize")

@vec.right("vectorized")
def vectorize(W, X, b):
    Z = np.dot(W, X)
    Z += b
    return Z

@vec.right("einsum")
def vectorize(W, X, b):
    return np.einsum("il,lj->ij", W, X) + b

@vec.right("broadcast")
def vectorize(W, X, b):
    products = W[:, :, np.newaxis] * X[np.newaxis, :, :]
    return products.sum(axis=1) + b

@vec.right("ones")
def vectorize(W, X, b):
    return np.hstack([W, b]) @ np.vstack([X, np.ones((1, X.shape[1]))])

@vec.right("course2017")
def vectorize(W, X, b):
    Z = np.add(np.dot(W, X), b)
    assert Z.shape == (W.shape[0], X.shape[1])
    return Z

@vec.right("course2021")
def vectorize(W, X, b):
    Z = np.matmul(X.T, W.T).T + np.tile(b, (1, X.shape[1]))
    return Z

@vec.right("float32")
def vectorize(W, X, b):
    return W.astype(np.float32) @ X.astype(np.float32) + b.astype(np.float32)

@vec.mistake(
    "loop_over_the_examples",
    cause="Z is right, but Python still goes through the examples one by one: in a `for`, in a comprehension, or in np.apply_along_axis.",
    hint="W @ X takes all columns of X at once. Which shape has it?",
)
def vectorize(W, X, b):
    Z = np.zeros((W.shape[0], X.shape[1]))
    for j in range(X.shape[1]):
        Z[:, [j]] = W @ X[:, [j]] + b
    return Z

@vec.mistake(
    "loop_over_the_units",
    cause="Z is right, but Python still goes through the units one by one.",
    hint="W @ X takes all rows of W at once. Which shape has it?",
)
def vectorize(W, X, b):
    Z = np.zeros((W.shape[0], X.shape[1]))
    for i in range(W.shape[0]):
        Z[i] = W[i] @ X + b[i, 0]
    return Z

@vec.mistake(
    "loop_over_the_inputs",
    cause="Z is right, but Python still goes through the inputs one by one, and adds up their shares.",
    hint="The matrix product contains that sum already.",
)
def vectorize(W, X, b):
    Z = np.zeros((W.shape[0], X.shape[1]))
    for l in range(W.shape[1]):
        Z = Z + W[:, [l]] * X[[l]]
    return Z + b

@vec.mistake(
    "loops_over_examples_and_units",
    cause="Only the innermost loop has gone: Python still visits every entry of Z, in two loops or inside np.vectorize.",
    hint="W @ X[:, j] does all units at once. What does all examples at once? (np.vectorize is a loop in disguise.)",
)
def vectorize(W, X, b):
    Z = np.zeros((W.shape[0], X.shape[1]))
    for i in range(W.shape[0]):
        for j in range(X.shape[1]):
            Z[i, j] = W[i] @ X[:, j] + b[i, 0]
    return Z

@vec.mistake(
    "loops_over_units_and_inputs",
    cause="The examples are done at once, but Python still visits every weight of W, in two loops.",
    hint="A row of W times a table, W[i] @ X, makes the inner loop unnecessary. And the outer one?",
)
def vectorize(W, X, b):
    Z = np.zeros((W.shape[0], X.shape[1]))
    for i in range(W.shape[0]):
        for l in range(W.shape[1]):
            Z[i] += W[i, l] * X[l]
        Z[i] += b[i]
    return Z

@vec.mistake(
    "loops_over_examples_and_inputs",
    cause="The units are done at once, but Python still visits every entry of X, in two loops.",
    hint="W @ X[:, j] makes the inner loop unnecessary. And the outer one?",
)
def vectorize(W, X, b):
    Z = np.zeros((W.shape[0], X.shape[1]))
    for j in range(X.shape[1]):
        for l in range(W.shape[1]):
            Z[:, j] += W[:, l] * X[l, j]
    return Z + b

@vec.mistake(
    "all_three_loops",
    cause="All three loops are still there, written out or inside a call of layer_by_loops.",
    hint="Start with the innermost loop: a row times a column is W[i] @ X[:, j].",
)
def vectorize(W, X, b):
    return layer_by_loops(W, X, b)

@vec.mistake(
    "examples_became_rows",
    cause="The examples are worked out one by one and stacked as rows, so Z comes out as (m, n).",
    hint="Examples stand in columns here. W @ X needs neither a loop nor a transpose.",
)
def vectorize(W, X, b):
    return np.array([W @ x + b[:, 0] for x in X.T])

vec.mistake(
    "bias_forgotten",
    ("W @ X + b", "W @ X"),
    cause="The bias b is not added.",
    hint="Set W to zeros: what should Z be?",
)

vec.mistake(
    "entry_by_entry",
    ("W @ X", "W * X"),
    cause="`*` multiplies entry by entry; the matrix product is `@` or np.dot.",
    hint="A row of W meets a column of X, and the products are added up.",
)

vec.mistake(
    "order_of_the_product",
    ("W @ X", "X @ W"),
    cause="The factors of the matrix product are swapped.",
    hint="(n, k) @ (k, m): the two inner lengths must be equal.",
)

vec.mistake(
    "weights_transposed",
    ("W @ X", "W.T @ X"),
    cause="W is transposed, but here its rows are the units already.",
    hint="(n, k) @ (k, m): the two inner lengths must be equal. Print the shapes.",
)

vec.mistake(
    "bias_made_flat",
    ("+ b", "+ b.ravel()"),
    cause="b was made flat, shape (n,): broadcasting then carries it down the rows instead of across, or refuses.",
    hint="Aligned on the right, (n,) meets the examples. A column (n, 1) meets the units.",
)

vec.mistake(
    "first_bias_only",
    ("W @ X + b", "W @ X + b[0]"),
    cause="Only the first bias is used, for all units.",
    hint="Each unit has its own entry of b.",
)

@vec.mistake(
    "bias_counted_for_each_input",
    cause="b is added inside the sum, so that it counts once for every input.",
    hint="The formula adds b after the sum over l.",
)
def vectorize(W, X, b):
    return (W[:, :, None] * X[None] + b[:, None]).sum(axis=1)

vec.mistake(
    "averaged_over_the_examples",
    ("W @ X + b", "W @ X / X.shape[1] + b"),
    cause="The product is divided by the number of examples; there is no 1/m in this formula.",
    hint="The answer for one example must not depend on how many others there are.",
)

vec.mistake(
    "examples_in_rows",
    ("W @ X + b", "X.T @ W.T + b.T"),
    cause="The result is transposed, (m, n): examples stand in rows.",
    hint="Examples stand in columns here, in X and in Z.",
)

@vec.mistake(
    "first_example_only",
    cause="Only the first example is worked out, and the others stay zero, as happens where the `return` stands inside the loop.",
    hint="Look at the indentation of the last line. And is a loop needed at all?",
)
def vectorize(W, X, b):
    Z = np.zeros((W.shape[0], X.shape[1]))
    for j in range(X.shape[1]):
        Z[:, [j]] = W @ X[:, [j]] + b
        return Z

@vec.mistake(
    "bias_overwritten",
    cause="`Z += …` adds into the caller's b, because Z is b under another name; with more than one example it does not even fit.",
    hint="Start from the product, or write Z = b + …, which makes a new array.",
)
def vectorize(W, X, b):
    Z = b
    Z += W @ X
    return Z
