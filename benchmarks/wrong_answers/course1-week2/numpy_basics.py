"""Wrong answers to the exercises of numpy_basics.py, as learners give them: read, never imported."""


@wrong("The result array takes the type of x, so for integers every probability is cut down to a whole number.")
def sigmoid(x):
    ### START CODE HERE ###
    s = np.zeros_like(x)
    for index, value in np.ndenumerate(x):
        s[index] = 1 / (1 + np.exp(-value))
    ### END CODE HERE ###
    return s


@wrong(
    "The entries are taken in column order (Fortran), the first index running fastest.",
    "The result is flat, of shape (n,), not a column of shape (n, 1).",
)
def image2vector(image):
    ### START CODE HERE ### (≈ 1 line of code)
    v = image.flatten(order="F")
    ### END CODE HERE ###
    return v


@wrong(
    "The square root is missing: each row is divided by its sum of squares, not by its length.",
    "The division is done in place, so the caller's x is changed (and integers raise an error).",
)
def normalize_rows(x):
    ### START CODE HERE ### (≈ 2 lines of code)
    # Compute x_norm as the norm 2 of x.
    x_norm = np.sum(x ** 2, axis=1, keepdims=True)
    # Divide x by its norm.
    x /= x_norm
    ### END CODE HERE ###
    return x


@wrong(
    "The largest score is taken from each column, not from each row, so the shift does not cancel.",
    "The shift is done in place and changes the caller's x.",
)
def softmax(x):
    ### START CODE HERE ### (≈ 3 lines of code)
    # subtract the max for numerical stability
    x -= np.max(x, axis=0)
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims=True)
    s = x_exp / x_sum
    ### END CODE HERE ###
    return s


@wrong("It adds up the differences of the squares, not the squares of the differences.")
def L2(yhat, y):
    ### START CODE HERE ### (≈ 1 line of code)
    loss = np.sum(np.square(y) - np.square(yhat))
    ### END CODE HERE ###
    return loss


@wrong(
    "A loop over the examples is left.",
    "The bias of the first unit is added for all units.",
)
def vectorize(W, X, b):
    n = W.shape[0]
    m = X.shape[1]
    Z = np.zeros((n, m))
    for j in range(m):
        Z[:, j] = np.dot(W, X[:, j]) + b[0]
    return Z


@wrong("Divides x in place, which raises an error for whole numbers and changes x for decimals.")
def normalize_rows(x):
    # Compute x_norm as the norm 2 of x. Use np.linalg.norm(..., ord = 2, axis = ..., keepdims = True)
    x_norm = np.linalg.norm(x, ord=2, axis=1, keepdims=True)

    # Divide x by its norm.
    x /= x_norm

    return x


@wrong("Subtracts the maximum from x in place, so x changes.", "Sums down the columns, not along the rows.")
def softmax(x):
    # for numerical stability
    x -= np.max(x)

    # Apply exp() element-wise to x.
    x_exp = np.exp(x)

    # Create a vector x_sum that sums each row of x_exp.
    x_sum = np.sum(x_exp, axis=0, keepdims=True)

    # Compute softmax(x) by dividing x_exp by x_sum. It should automatically use numpy broadcasting.
    s = x_exp / x_sum

    return s


@wrong("Still loops over the examples.", "Adds the first bias to every unit.")
def vectorize(W, X, b):
    n = W.shape[0]
    m = X.shape[1]
    Z = np.zeros((n, m))
    for j in range(m):
        Z[:, j] = np.dot(W, X[:, j]) + b[0]
    return Z
