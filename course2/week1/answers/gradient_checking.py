"""Answers that people give to the exercises of gradient_checking.py: read, never imported (see CONTRIBUTING.md)."""


forward = exercise("forward_propagation")

@forward.right("vectorized")
def forward_propagation(x, theta):
    return np.dot(theta, x)

@forward.right("einsum")
def forward_propagation(x, theta):
    J = np.einsum("...,...->...", theta, x)
    return J

@forward.right("one_by_one")
def forward_propagation(x, theta):
    return np.array([[x]]) * theta

forward.mistake(
    "sum_for_product",
    ("return theta * x", "return theta + x"),
    cause="The two arguments are added instead of multiplied.",
    hint="J is proportional to theta: what is it for theta = 0?",
)

forward.mistake(
    "theta_forgotten",
    ("return theta * x", "return x"),
    cause="The input comes back alone: the parameter has no influence on the cost.",
    hint="Call it twice with two values of theta. The cost must change.",
)

forward.mistake(
    "squared_error",
    ("return theta * x", "return (theta * x) ** 2 / 2"),
    cause="The product has been squared, as in a squared-error cost.",
    hint="The cost of this lesson is the product itself; it may be negative.",
)

forward.mistake(
    "absolute_value",
    ("return theta * x", "return abs(theta * x)"),
    cause="The sign of the product has been dropped.",
    hint="Try x = -2 and theta = 4.",
)


backward = exercise("backward_propagation")

@backward.right("named")
def backward_propagation(x, theta):
    dtheta = x
    return dtheta

@backward.right("one_by_one")
def backward_propagation(x, theta):
    return np.array([[x]])

backward.mistake(
    "with_respect_to_x",
    ("return x", "return theta"),
    cause="The derivative was taken with respect to x, not theta.",
    hint="The parameter is what we adjust, so the derivative is with respect to theta; x is a constant here.",
)

backward.mistake(
    "returns_the_cost",
    ("return x", "return theta * x"),
    cause="This is the cost again, not its slope.",
    hint="If theta grows by 1, by how much does theta * x grow?",
)

backward.mistake(
    "slope_one",
    ("return x", "return 1.0"),
    cause="The slope is taken as 1, which is the derivative of theta alone.",
    hint="The factor in front of theta stays in the derivative.",
)

backward.mistake(
    "sign_flipped",
    ("return x", "return -x"),
    cause="The gradient points the other way: the minus sign belongs into the update step.",
    hint="With x = 2 the cost grows as theta grows. Which sign has its slope?",
)


checked = exercise("gradient_check")

@checked.right("loops")
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    slope = 0.0
    for sign in (+1, -1):
        slope = slope + sign * forward_propagation(x, theta + sign * epsilon)
    slope = slope / 2 / epsilon
    grad = backward_propagation(x, theta)
    return abs(grad - slope) / (abs(grad) + abs(slope))

@checked.right("vectorized")
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    plus, minus = (forward_propagation(x, shifted) for shifted in theta + epsilon * np.array([1.0, -1.0]))
    pair = np.array([backward_propagation(x, theta), (plus - minus) / (2.0 * epsilon)], dtype=float)
    return abs(pair[0] - pair[1]) / np.abs(pair).sum()

@checked.right("einsum")
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    costs = np.array([forward_propagation(x, theta + epsilon), forward_propagation(x, theta - epsilon)])
    gradapprox = np.einsum("i,i->", costs, [1.0, -1.0]) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    size = lambda v: np.sqrt(np.einsum("i,i->", np.ravel(v), np.ravel(v)))
    return size(grad - gradapprox) / (size(grad) + size(gradapprox))

@checked.right("signature_2017")
def gradient_check(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = theta - epsilon
    J_plus = forward_propagation(x, thetaplus)
    J_minus = forward_propagation(x, thetaminus)
    gradapprox = (J_plus - J_minus) / (2.0 * epsilon)
    grad = backward_propagation(x, theta)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    print("difference = " + str(difference))
    return difference

@checked.right("one_by_one")
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    theta = np.array(theta, dtype=float).reshape(1, 1)
    gradapprox = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.abs(grad - gradapprox) / (np.abs(grad) + np.abs(gradapprox))

checked.mistake(
    "one_sided",
    ("(x, theta - epsilon)", "(x, theta)"),
    ("J_minus) / (2 * epsilon)", "J_minus) / epsilon"),
    cause="The slope is measured to one side only, from theta to theta + epsilon.",
    hint="Use the costs at theta + epsilon and at theta - epsilon: the error then shrinks like epsilon squared.",
)

checked.mistake(
    "minus_from_plus",
    ("forward_propagation(x, theta - epsilon)", "forward_propagation(x, (theta + epsilon) - epsilon)"),
    cause="J_minus is the cost at theta and not at theta - epsilon (theta_plus - epsilon is theta again), and the rise is divided by 2 epsilon all the same.",
    hint="Both points start from theta. How far are yours apart?",
)

checked.mistake(
    "same_side",
    ("forward_propagation(x, theta - epsilon)", "forward_propagation(x, theta + epsilon)"),
    cause="The difference is 1, as if the measured slope were 0: that happens where J_plus and J_minus are both taken on the same side of theta.",
    hint="One cost at theta + epsilon, the other at theta - epsilon.",
)

checked.mistake(
    "two_missing",
    ("J_minus) / (2 * epsilon)", "J_minus) / epsilon"),
    cause="The two points are 2 epsilon apart, but the rise is divided by epsilon: the measured slope is twice too large.",
    hint="How far is theta + epsilon from theta - epsilon?",
)

checked.mistake(
    "two_outside_the_brackets",
    ("J_minus) / (2 * epsilon)", "J_minus) / 2 * epsilon"),
    cause="The rise is divided by 2 and then multiplied by epsilon, as / 2 * epsilon does it without brackets.",
    hint="Python works from left to right: put the whole divisor in brackets.",
)

checked.mistake(
    "rise_not_in_brackets",
    ("(J_plus - J_minus) / (2 * epsilon)", "J_plus - J_minus / (2 * epsilon)"),
    cause="Only the second cost is divided: the brackets around the difference of the costs are missing.",
    hint="Division binds more tightly than subtraction.",
)

checked.mistake(
    "slope_upside_down",
    ("(J_plus - J_minus)", "(J_minus - J_plus)"),
    cause="The two gradients meet with opposite signs: they are added where they should be subtracted, or one of them has the wrong sign, as the measured slope has where J_plus is subtracted from J_minus.",
    hint="grad - gradapprox, and in gradapprox the cost on the right minus the cost on the left.",
)

checked.mistake(
    "norm_of_the_sum",
    ("(np.linalg.norm(grad) + np.linalg.norm(gradapprox))", "np.linalg.norm(grad + gradapprox)"),
    cause="The gradients are added before the norm is taken; with opposite signs they cancel.",
    hint="Below the fraction bar stand two norms. Try a gradient with the wrong sign: the difference should be 1.",
)

checked.mistake(
    "not_divided",
    (" / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))", ""),
    cause="This is the absolute gap: the division by the sizes of the two gradients is missing.",
    hint="A gap of 0.01 is much for a slope of 0.02 and nothing for a slope of 1000: divide by the two norms.",
)

checked.mistake(
    "divided_by_one_gradient",
    ("(np.linalg.norm(grad) + np.linalg.norm(gradapprox))", "np.linalg.norm(grad)"),
    cause="The gap is divided by the size of one gradient only.",
    hint="The difference lies between 0 and 1 whatever the gradients are: both norms are needed for that.",
)

checked.mistake(
    "product_of_norms",
    ("np.linalg.norm(grad) + np.linalg.norm(gradapprox)", "np.linalg.norm(grad) * np.linalg.norm(gradapprox)"),
    cause="The two norms are multiplied instead of added.",
    hint="Gap and divisor must have the same unit, so that the difference has none.",
)

@checked.mistake(
    "norms_squared",
    cause="The norms are squared: the square root is missing.",
    hint="The norm of a single number is its absolute value.",
)
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return (grad - gradapprox) ** 2 / (grad ** 2 + gradapprox ** 2)

@checked.mistake(
    "sign_kept",
    cause="The absolute values are missing, so the difference can be negative or larger than 1.",
    hint="Take np.linalg.norm, or abs, of each of the three terms.",
)
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return (grad - gradapprox) / (grad + gradapprox)

checked.mistake(
    "x_shifted",
    ("(x, theta + epsilon)", "(x + epsilon, theta)"),
    ("(x, theta - epsilon)", "(x - epsilon, theta)"),
    cause="The input x is shifted instead of the parameter theta.",
    hint="The gradient is with respect to theta: keep x as it is.",
)

checked.mistake(
    "linear_model_assumed",
    ("forward_propagation(x, theta + epsilon)", "(theta + epsilon) * x"),
    ("forward_propagation(x, theta - epsilon)", "(theta - epsilon) * x"),
    cause="The cost theta * x is written into the check, so it can only ever check that one model.",
    hint="Call forward_propagation: the check must work for any cost.",
)

checked.mistake(
    "gradient_not_asked_for",
    ("grad = backward_propagation(x, theta)", "grad = x"),
    cause="The slope x of the linear model is written into the check, so backward_propagation is never checked.",
    hint="Call backward_propagation: it is what you are checking.",
)

checked.mistake(
    "gradient_at_the_shifted_point",
    ("grad = backward_propagation(x, theta)", "grad = backward_propagation(x, theta + epsilon)"),
    cause="The gradient is taken at theta + epsilon instead of theta.",
    hint="The secant lies symmetrically around theta: that is where its slope fits the tangent's.",
)

checked.mistake(
    "epsilon_ignored",
    ("(x, theta + epsilon)", "(x, theta + 1e-7)"),
    ("(x, theta - epsilon)", "(x, theta - 1e-7)"),
    ("J_minus) / (2 * epsilon)", "J_minus) / 2e-7"),
    cause="The step is fixed at 1e-7: the argument epsilon is not used.",
    hint="Call it with epsilon=0.1 on a curved cost. The difference must change.",
)

@checked.mistake(
    "theta_changed_in_place",
    cause="+= changes an array in place: theta, theta_plus and theta_minus are one and the same array.",
    hint="Write theta + epsilon, which makes a new array.",
)
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    theta_plus = theta
    theta_plus += epsilon
    theta_minus = theta
    theta_minus -= epsilon
    J_plus = forward_propagation(x, theta_plus)
    J_minus = forward_propagation(x, theta_minus)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))

checked.mistake(
    "returns_the_slope",
    ("difference = gap / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))", "difference = gradapprox"),
    cause="The measured slope comes back instead of the relative difference.",
    hint="One step is left: compare gradapprox with grad.",
)

checked.equivalent("if print_msg:", "pass", reason="it only prints the verdict; the difference that is returned is the same.")


checked_n = exercise("gradient_check_n")

@checked_n.right("loops")
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    gap, size, size_approx = 0.0, 0.0, 0.0
    for name in parameters:
        for row in range(parameters[name].shape[0]):
            for column in range(parameters[name].shape[1]):
                shifted = {key: value.copy() for key, value in parameters.items()}
                shifted[name][row, column] = parameters[name][row, column] + epsilon
                up = forward_propagation_n(X, Y, shifted)[0]
                shifted[name][row, column] = parameters[name][row, column] - epsilon
                down = forward_propagation_n(X, Y, shifted)[0]
                slope = (up - down) / (2 * epsilon)
                grad = gradients["d" + name][row, column]
                gap += (grad - slope) ** 2
                size += grad**2
                size_approx += slope**2
    return gap**0.5 / (size**0.5 + size_approx**0.5)

@checked_n.right("vectorized")
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    theta = dictionary_to_vector(parameters)[0]
    cost = lambda column: forward_propagation_n(X, Y, vector_to_dictionary(column.reshape(-1, 1)))[0]
    shifts = epsilon * np.eye(theta.size)
    up = np.array([cost(column) for column in theta.T + shifts])
    down = np.array([cost(column) for column in theta.T - shifts])
    approx, grad = (up - down) / (2 * epsilon), gradients_to_vector(gradients).ravel()
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))

@checked_n.right("einsum")
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    theta = dictionary_to_vector(parameters)[0]
    costs = np.zeros((theta.size, 2))
    for i in range(theta.size):
        for side, sign in enumerate((1.0, -1.0)):
            shifted = theta.copy()
            shifted[i, 0] += sign * epsilon
            costs[i, side] = forward_propagation_n(X, Y, vector_to_dictionary(shifted))[0]
    approx = np.einsum("is,s->i", costs, [1.0, -1.0])[:, None] / (2 * epsilon)
    grad = gradients_to_vector(gradients)
    size = lambda v: np.sqrt(np.einsum("ij,ij->", v, v))
    return size(grad - approx) / (size(grad) + size(approx))

@checked_n.right("signature_2017")
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus = np.zeros((num_parameters, 1))
    J_minus = np.zeros((num_parameters, 1))
    gradapprox = np.zeros((num_parameters, 1))
    for i in range(num_parameters):
        thetaplus = np.copy(parameters_values)
        thetaplus[i][0] = thetaplus[i][0] + epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaplus))
        thetaminus = np.copy(parameters_values)
        thetaminus[i][0] = thetaminus[i][0] - epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaminus))
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2.0 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    print("difference = " + str(difference))
    return difference

checked_n.mistake(
    "no_copy",
    ("theta_plus = np.copy(theta)", "theta_plus = theta"),
    ("theta_minus = np.copy(theta)", "theta_minus = theta"),
    cause="The difference is 1, as if all measured slopes were 0: that happens where theta_plus and theta_minus are one array and not two copies, where both are shifted to the same side, and where gradapprox is never filled.",
    hint="Start each turn of the loop from two fresh copies, np.copy(theta), and shift one up and the other down.",
)

@checked_n.mistake(
    "copied_once_only",
    cause="The copies are made before the loop, so the shifts of earlier rows are still there when the next row is shifted.",
    hint="In each turn only one entry may differ from theta: copy inside the loop.",
)
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    theta_plus, theta_minus = np.copy(theta), np.copy(theta)
    for i in range(theta.shape[0]):
        theta_plus[i] += epsilon
        theta_minus[i] -= epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))

checked_n.mistake(
    "all_rows_shifted_at_once",
    ("theta_plus[i] += epsilon", "theta_plus += epsilon"),
    ("theta_minus[i] -= epsilon", "theta_minus -= epsilon"),
    cause="All 47 parameters are shifted together, which measures the sum of all slopes 47 times.",
    hint="Shift row i alone: theta_plus[i].",
)

checked_n.mistake(
    "one_sided",
    ("        theta_minus[i] -= epsilon\n", ""),
    ("(2 * epsilon)", "epsilon"),
    cause="The slope is measured to one side only.",
    hint="Use the costs at theta_i + epsilon and at theta_i - epsilon.",
)

checked_n.mistake(
    "minus_from_plus",
    ("theta_minus = np.copy(theta)", "theta_minus = np.copy(theta_plus)"),
    cause="J_minus is the cost at theta and not at theta - epsilon (theta_plus - epsilon is theta again), and the rise is divided by 2 epsilon all the same.",
    hint="Both copies are made of theta. How far are your two points apart?",
)

checked_n.mistake(
    "two_missing",
    ("(2 * epsilon)", "epsilon"),
    cause="The two points are 2 epsilon apart, but the rise is divided by epsilon: the measured slopes are twice too large.",
    hint="How far is theta_plus from theta_minus?",
)

checked_n.mistake(
    "two_outside_the_brackets",
    ("(2 * epsilon)", "2 * epsilon"),
    cause="The rise is divided by 2 and then multiplied by epsilon, as / 2 * epsilon does it without brackets.",
    hint="Python works from left to right: put the whole divisor in brackets.",
)

checked_n.mistake(
    "slope_upside_down",
    ("(J_plus - J_minus)", "(J_minus - J_plus)"),
    cause="The two gradients meet with opposite signs: they are added where they should be subtracted, or one of them has the wrong sign, as the measured slopes have where J_plus is subtracted from J_minus.",
    hint="grad - gradapprox, and in gradapprox the cost at theta_plus minus the cost at theta_minus.",
)

checked_n.mistake(
    "flat_against_column",
    ("np.zeros(theta.shape)", "np.zeros(theta.shape[0])"),
    cause="gradapprox has shape (47,) and grad (47, 1): NumPy subtracts every entry from every entry, which gives (47, 47).",
    hint="Print (grad - gradapprox).shape. It should be (47, 1).",
)

checked_n.mistake(
    "norm_of_the_sum",
    ("(np.linalg.norm(grad) + np.linalg.norm(gradapprox))", "np.linalg.norm(grad + gradapprox)"),
    cause="The gradients are added before the norm is taken; where their signs differ they cancel.",
    hint="Below the fraction bar stand two norms with a plus between them.",
)

checked_n.mistake(
    "not_divided",
    (" / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))", ""),
    cause="This is the absolute gap: the division by the sizes of the two gradients is missing.",
    hint="Divide by the sum of the two norms.",
)

checked_n.mistake(
    "divided_by_one_gradient",
    ("(np.linalg.norm(grad) + np.linalg.norm(gradapprox))", "np.linalg.norm(gradapprox)"),
    cause="The gap is divided by the size of one gradient only.",
    hint="The difference lies between 0 and 1 whatever the gradients are: both norms are needed for that.",
)

checked_n.mistake(
    "norms_squared",
    ("np.linalg.norm(grad - gradapprox)", "np.sum((grad - gradapprox) ** 2)"),
    ("(np.linalg.norm(grad) + np.linalg.norm(gradapprox))", "(np.sum(grad ** 2) + np.sum(gradapprox ** 2))"),
    cause="The norms are squared: the square roots are missing.",
    hint="The norm is the square root of the sum of squares; np.linalg.norm takes it for you.",
)

checked_n.mistake(
    "sums_of_absolute_values",
    ("np.linalg.norm(grad - gradapprox)", "np.sum(np.abs(grad - gradapprox))"),
    ("(np.linalg.norm(grad) + np.linalg.norm(gradapprox))", "(np.sum(np.abs(grad)) + np.sum(np.abs(gradapprox)))"),
    cause="The 1-norm is taken (the sum of absolute values) instead of the 2-norm.",
    hint="np.linalg.norm of the column, without a second argument.",
)

checked_n.mistake(
    "gradients_in_their_own_order",
    ("gradients_to_vector(gradients)", "np.concatenate([value.reshape(-1, 1) for key, value in gradients.items() if key[1] in 'Wb'])"),
    cause="The gradients are packed in the order of their dictionary, W3 first, but theta starts with W1.",
    hint="gradients_to_vector packs them in the order of theta.",
)

checked_n.mistake(
    "return_inside_the_loop",
    ("    gap = np.linalg.norm(grad - gradapprox)\n", "        gap = np.linalg.norm(grad - gradapprox)\n"),
    ("    difference = gap", "        return gap"),
    cause="Only the first row is measured, as happens where the difference is returned inside the loop.",
    hint="The comparison comes after the loop: mind the indentation.",
)

checked_n.mistake(
    "last_row_forgotten",
    ("range(theta.shape[0])", "range(theta.shape[0] - 1)"),
    cause="The loop ends one row early, so the last parameter, b3, is never checked.",
    hint="range(n) already stops before n.",
)

checked_n.mistake(
    "epsilon_ignored",
    ("+= epsilon", "+= 1e-7"),
    ("-= epsilon", "-= 1e-7"),
    ("(2 * epsilon)", "2e-7"),
    cause="The step is fixed at 1e-7: the argument epsilon is not used.",
    hint="Call it with epsilon=0.1 on the sum of cubes. The difference must change.",
)

@checked_n.mistake(
    "parameters_left_shifted",
    cause="The parameters themselves are shifted and not put back, so each row is measured at another place, and the caller's parameters change.",
    hint="Work on copies, or put the old value back before the next row.",
)
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    slopes = []
    for name in PARAMETER_SHAPES:
        for place in np.ndindex(parameters[name].shape):
            parameters[name][place] += epsilon
            J_plus, _ = forward_propagation_n(X, Y, parameters)
            parameters[name][place] -= 2 * epsilon
            J_minus, _ = forward_propagation_n(X, Y, parameters)
            slopes.append((J_plus - J_minus) / (2 * epsilon))
    gradapprox = np.array(slopes).reshape(-1, 1)
    grad = gradients_to_vector(gradients)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))

checked_n.equivalent("if print_msg:", "pass", reason="it only prints the verdict; the difference that is returned is the same.")


difference = exercise("two_sided_difference")

@difference.right("loops")
def two_sided_difference(f, x, epsilon=1e-7):
    shape = np.shape(x)
    flat = [float(entry) for entry in np.ravel(x)]
    slopes = []
    for i in range(len(flat)):
        kept = flat[i]
        flat[i] = kept + epsilon
        up = f(np.array(flat).reshape(shape))
        flat[i] = kept - epsilon
        down = f(np.array(flat).reshape(shape))
        flat[i] = kept
        slopes.append((up - down) / (2 * epsilon))
    return np.array(slopes).reshape(shape)

@difference.right("vectorized")
def two_sided_difference(f, x, epsilon=1e-7):
    x = np.asarray(x)
    steps = epsilon * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([f(x + step) - f(x - step) for step in steps]).reshape(x.shape) / (2 * epsilon)

@difference.right("einsum")
def two_sided_difference(f, x, epsilon=1e-7):
    x = np.asarray(x, dtype=float)
    units = np.eye(x.size).reshape(x.size, *x.shape)
    rises = [f(x + epsilon * unit) - f(x - epsilon * unit) for unit in units]
    return np.einsum("i,i...->...", rises, units) / (2 * epsilon)

@difference.right("put_back")
def two_sided_difference(f, x, epsilon=1e-7):
    x = np.array(x, dtype=np.float64)
    slopes = np.zeros_like(x)
    walk = np.nditer(x, flags=["multi_index"])
    for _ in range(x.size):
        place = walk.multi_index
        kept = x[place].copy()
        x[place] = kept + epsilon
        up = f(x)
        x[place] = kept - epsilon
        down = f(x)
        x[place] = kept
        slopes[place] = (up - down) / (2 * epsilon)
        walk.iternext()
    return slopes

difference.mistake(
    "all_entries_shifted_at_once",
    ("plus[place] += epsilon", "plus += epsilon"),
    ("minus[place] -= epsilon", "minus -= epsilon"),
    cause="All entries are shifted together, so every slope is the sum of all slopes.",
    hint="Shift one entry, plus[place], and leave the others.",
)

difference.mistake(
    "one_sided",
    ("        minus[place] -= epsilon\n", ""),
    ("f(minus)) / (2 * epsilon)", "f(minus)) / epsilon"),
    cause="The slope is measured to one side only.",
    hint="Use f at x + epsilon and at x - epsilon.",
)

difference.mistake(
    "minus_from_plus",
    ("minus = x.copy()", "minus = plus.copy()"),
    cause="The second value is that at x and not at x - epsilon (plus - epsilon is x again), and the rise is divided by 2 epsilon all the same.",
    hint="Both copies are made of x. How far are your two points apart?",
)

difference.mistake(
    "two_missing",
    ("f(minus)) / (2 * epsilon)", "f(minus)) / epsilon"),
    cause="The two points are 2 epsilon apart, but the rise is divided by epsilon.",
    hint="How far is plus from minus?",
)

difference.mistake(
    "slope_upside_down",
    ("f(plus) - f(minus)", "f(minus) - f(plus)"),
    cause="Every slope has the wrong sign: the value on the right is subtracted from the value on the left.",
    hint="Value on the right minus value on the left.",
)

difference.mistake(
    "integers_stay_integers",
    ("np.array(x, dtype=float)", "np.array(x)"),
    ("np.zeros(x.shape)", "np.zeros_like(x)"),
    cause="An array of integers stays one: a slope or a step that is written into it is cut to an integer, or refused.",
    hint="Call it with np.array([2, 3, 5]). Turn x into floats first.",
)

difference.mistake(
    "no_copy",
    ("plus = x.copy()", "plus = x"),
    ("minus = x.copy()", "minus = x"),
    cause="Every slope is 0: that happens where plus and minus are one array and not two copies, where both are shifted to the same side, and where no slope is ever written down.",
    hint="Write x.copy() for each of the two, and shift one up and the other down.",
)

@difference.mistake(
    "input_left_shifted",
    cause="x itself is shifted and not put back, so later entries are measured at another place, and the caller's array changes.",
    hint="Work on a copy, and start each entry from the unshifted array.",
)
def two_sided_difference(f, x, epsilon=1e-7):
    x = np.asarray(x, dtype=float)
    slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += epsilon
        up = f(x)
        x[place] -= 2 * epsilon
        down = f(x)
        slopes[place] = (up - down) / (2 * epsilon)
    return slopes

difference.mistake(
    "shape_lost",
    ("return slopes", "return slopes.ravel()"),
    cause="The slopes come back as one flat list, without the shape of x.",
    hint="The gradient has the shape of what it is the gradient of.",
)

@difference.mistake(
    "matrices_only",
    cause="Two loops, over rows and columns, fit arrays with two axes only.",
    hint="np.ndindex(x.shape) walks over an array with any number of axes.",
)
def two_sided_difference(f, x, epsilon=1e-7):
    x = np.array(x, dtype=float)
    slopes = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            plus, minus = x.copy(), x.copy()
            plus[i, j] += epsilon
            minus[i, j] -= epsilon
            slopes[i, j] = (f(plus) - f(minus)) / (2 * epsilon)
    return slopes

difference.mistake(
    "first_axis_only",
    ("np.ndindex(x.shape)", "range(x.shape[0])"),
    cause="The loop runs over the first axis only, so whole rows are shifted at once.",
    hint="x[place] must be a single number: use np.ndindex(x.shape).",
)

difference.mistake(
    "epsilon_ignored",
    ("+= epsilon", "+= 1e-7"),
    ("-= epsilon", "-= 1e-7"),
    ("f(minus)) / (2 * epsilon)", "f(minus)) / 2e-7"),
    cause="The step is fixed at 1e-7: the argument epsilon is not used.",
    hint="Call it with epsilon=0.5 on a cubic. The result must change.",
)


backward_n = exercise("backward_propagation_n")

@backward_n.right("loops")
def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    gradients = {"dZ3": A3 - Y}
    for layer, below, Z_below, W in ((3, A2, Z2, W3), (2, A1, Z1, W2), (1, X, None, W1)):
        dZ = gradients[f"dZ{layer}"]
        dW, db = np.zeros(W.shape), np.zeros((W.shape[0], 1))
        dA = np.zeros(below.shape)
        for example in range(m):
            for j in range(W.shape[0]):
                db[j, 0] += dZ[j, example] / m
                for k in range(W.shape[1]):
                    dW[j, k] += dZ[j, example] * below[k, example] / m
                    dA[k, example] += W[j, k] * dZ[j, example]
        gradients[f"dW{layer}"], gradients[f"db{layer}"] = dW, db
        if layer > 1:
            gradients[f"dA{layer - 1}"] = dA
            gradients[f"dZ{layer - 1}"] = np.where(Z_below > 0, dA, 0)
    return gradients

@backward_n.right("vectorized")
def backward_propagation_n(X, Y, cache):
    m = Y.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T)
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T)
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}

@backward_n.right("einsum")
def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    mean_outer = lambda dZ, A: np.einsum("je,ke->jk", dZ, A) / dZ.shape[1]
    mean = lambda dZ: np.einsum("je->j", dZ)[:, None] / dZ.shape[1]
    back = lambda W, dZ: np.einsum("jk,je->ke", W, dZ)
    dZ3 = A3 - Y
    dA2 = back(W3, dZ3)
    dZ2 = dA2 * np.heaviside(Z2, 0)
    dA1 = back(W2, dZ2)
    dZ1 = dA1 * np.heaviside(Z1, 0)
    return {
        "dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1,
        "dW3": mean_outer(dZ3, A2), "dW2": mean_outer(dZ2, A1), "dW1": mean_outer(dZ1, X),
        "db3": mean(dZ3), "db2": mean(dZ2), "db1": mean(dZ1),
    }

@backward_n.right("mended_afterwards")
def backward_propagation_n(X, Y, cache):
    gradients = dict(backward_propagation_n_draft(X, Y, cache))
    gradients["dW2"] = 2 * gradients["dW2"]
    gradients["db1"] = gradients["dZ1"].mean(axis=1, keepdims=True)
    return gradients

@backward_n.right("masked_assignment")
def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dA2 = W3.T @ dZ3
    dZ2 = np.array(dA2, copy=True)
    dZ2[Z2 <= 0] = 0
    dA1 = W2.T @ dZ2
    dZ1 = np.array(dA1, copy=True)
    dZ1[Z1 <= 0] = 0
    gradients = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for layer, dZ, A in ((3, dZ3, A2), (2, dZ2, A1), (1, dZ1, X)):
        gradients[f"dW{layer}"] = (A @ dZ.T).T / m
        gradients[f"db{layer}"] = np.mean(dZ, axis=1).reshape(-1, 1)
    return gradients

backward_n.mistake(
    "nothing_mended",
    ("dW2 = dZ2 @ A1.T / m", "dW2 = dZ2 @ A1.T / (2 * m)"),
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1, keepdims=True) / X.shape[0]"),
    cause="This is the draft as it was given: both faults are still in it.",
    hint="Run the block-by-block figure and look at the lines of the two red bars.",
)

backward_n.mistake(
    "only_the_bias_mended",
    ("dW2 = dZ2 @ A1.T / m", "dW2 = dZ2 @ A1.T / (2 * m)"),
    cause="One fault is mended; dW2 is still half of what it should be.",
    hint="Compare the line of dW2 with those of dW3 and dW1.",
)

backward_n.mistake(
    "only_the_weight_mended",
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1, keepdims=True) / X.shape[0]"),
    cause="One fault is mended; db1 is still divided by the number of inputs instead of the number of examples.",
    hint="Compare the line of db1 with those of db2 and db3. With as many examples as inputs this fault cannot be seen.",
)

backward_n.mistake(
    "factor_turned_over",
    ("dW2 = dZ2 @ A1.T / m", "dW2 = dZ2 @ A1.T * 2 / m"),
    cause="dW2 is now twice too large: a factor 2 was put in where a factor ½ should have been taken out.",
    hint="A bar of 1/3 means a factor 2 or ½. Compare dW2 with its measured slopes to see which.",
)

backward_n.mistake(
    "bias_not_divided",
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1, keepdims=True)"),
    cause="db1 is a sum over the examples: the division by m is missing.",
    hint="The cost is a mean over the examples, and so is each of its gradients.",
)

backward_n.mistake(
    "every_bias_divided_by_inputs",
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1, keepdims=True) / X.shape[0]"),
    ("np.sum(dZ2, axis=1, keepdims=True) / m", "np.sum(dZ2, axis=1, keepdims=True) / X.shape[0]"),
    ("np.sum(dZ3, axis=1, keepdims=True) / m", "np.sum(dZ3, axis=1, keepdims=True) / X.shape[0]"),
    cause="All bias gradients are divided by X.shape[0], the number of inputs, instead of X.shape[1], the number of examples.",
    hint="Examples are the columns of X.",
)

backward_n.mistake(
    "m_from_the_rows",
    ("m = X.shape[1]", "m = X.shape[0]"),
    cause="m is taken from the rows of X, which are the inputs, not the examples.",
    hint="X has shape (n_x, m).",
)

backward_n.mistake(
    "divided_by_m_twice",
    ("dZ3 = A3 - Y", "dZ3 = (A3 - Y) / m"),
    cause="dZ3 is divided by m already, and every dW and db is divided by m once more.",
    hint="Divide in one place only: the table divides in dW and db.",
)

backward_n.mistake(
    "keepdims_forgotten",
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1) / m"),
    cause="db1 has shape (n1,) because the sum drops its axis.",
    hint="keepdims=True keeps the column shape (n1, 1). Without it, b1 - db1 becomes a square.",
)

backward_n.mistake(
    "summed_to_one_number",
    ("np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, keepdims=True) / m"),
    cause="db1 sums over units and examples, so all units of the layer share one number.",
    hint="Sum over the examples only: axis=1.",
)

backward_n.mistake(
    "relu_mask_missing",
    ("dZ2 = dA2 * (A2 > 0)", "dZ2 = dA2"),
    ("dZ1 = dA1 * (A1 > 0)", "dZ1 = dA1"),
    cause="The gradient passes through units that ReLU had switched off: the masks are missing.",
    hint="dZ is dA where Z > 0, and 0 elsewhere.",
)

backward_n.mistake(
    "mask_lets_zero_through",
    ("dZ1 = dA1 * (A1 > 0)", "dZ1 = dA1 * (A1 >= 0)"),
    cause="The mask of layer 1 does nothing: it is missing, or it lets A1 = 0 through, and A1 is never negative.",
    hint="A switched-off unit has A1 equal to 0: the comparison must leave it out.",
)

backward_n.mistake(
    "mask_of_the_gradient",
    ("dZ2 = dA2 * (A2 > 0)", "dZ2 = relu(dA2)"),
    ("dZ1 = dA1 * (A1 > 0)", "dZ1 = relu(dA1)"),
    cause="ReLU is applied to the gradient itself: negative gradients are cut, and switched-off units still learn.",
    hint="The mask depends on Z (or A) of the forward pass, not on the sign of the gradient.",
)

backward_n.mistake(
    "mask_multiplied_by_activation",
    ("(A2 > 0)", "A2"),
    ("(A1 > 0)", "A1"),
    cause="The gradient is multiplied by the activation itself instead of by the slope of ReLU, which is 0 or 1.",
    hint="The slope of max(0, z) is 1 wherever z > 0, however large z is.",
)

backward_n.mistake(
    "sigmoid_slope_twice",
    ("dZ3 = A3 - Y", "dZ3 = (A3 - Y) * A3 * (1 - A3)"),
    cause="The slope of the sigmoid is multiplied in, but A3 - Y already contains it.",
    hint="For sigmoid with cross-entropy dZ3 is A3 - Y, no more.",
)

backward_n.mistake(
    "sign_flipped",
    ("dZ3 = A3 - Y", "dZ3 = Y - A3"),
    cause="Every gradient has the wrong sign: it is label minus output instead of output minus label.",
    hint="If the output is too high, the cost grows with Z3, so dZ3 must be positive.",
)

backward_n.mistake(
    "layer_skipped",
    ("dA1 = W2.T @ dZ2", "dA1 = W2.T @ dA2"),
    cause="dA1 is built from dA2 instead of dZ2, so the ReLU of layer 2 is skipped.",
    hint="The chain goes dA2, dZ2, dA1, dZ1: no link may be left out.",
)

backward_n.mistake(
    "changed_in_place",
    ("dZ2 = dA2 * (A2 > 0)", "dZ2 = dA2; dZ2 *= A2 > 0"),
    cause="The dA2 that is returned is masked: dZ2 and dA2 are one array, or the mask is in dA2 already.",
    hint="Write dZ2 = dA2 * mask, which makes a new array.",
)
