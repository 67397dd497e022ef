"""Answers that people give to the exercises of batch_normalization.py: read, never imported (see CONTRIBUTING.md)."""


forward_pass = exercise("batchnorm_forward")

@forward_pass.right("loops")
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    n, m = Z.shape
    mean, variance = np.zeros((n, 1)), np.zeros((n, 1))
    Z_norm, out = np.zeros((n, m)), np.zeros((n, m))
    for k in range(n):
        for i in range(m):
            mean[k, 0] += Z[k, i] / m
        for i in range(m):
            variance[k, 0] += (Z[k, i] - mean[k, 0]) ** 2 / m
        for i in range(m):
            Z_norm[k, i] = (Z[k, i] - mean[k, 0]) / (variance[k, 0] + epsilon) ** 0.5
            out[k, i] = gamma[k, 0] * Z_norm[k, i] + beta[k, 0]
    return out, {"Z_norm": Z_norm, "mean": mean, "variance": variance, "gamma": gamma, "epsilon": epsilon}

@forward_pass.right("centred_first")
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    m = Z.shape[1]
    mu = 1.0 / m * np.sum(Z, axis=1, keepdims=True)
    Z_mu = Z - mu
    var = 1.0 / m * np.sum(Z_mu ** 2, axis=1, keepdims=True)
    sqrtvar = np.sqrt(var + epsilon)
    ivar = 1.0 / sqrtvar
    Z_norm = Z_mu * ivar
    out = gamma * Z_norm + beta
    assert out.shape == Z.shape
    return out, dict(Z_norm=Z_norm, mean=mu, variance=var, gamma=gamma, epsilon=epsilon)

@forward_pass.right("einsum")
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    m = Z.shape[1]
    mean = np.einsum("ki->k", Z)[:, np.newaxis] / m
    centred = Z - mean
    variance = np.einsum("ki,ki->k", centred, centred)[:, np.newaxis] / m
    Z_norm = np.einsum("ki,kj->ki", centred, (variance + epsilon) ** -0.5)
    out = np.einsum("kj,ki->ki", gamma, Z_norm) + beta
    return out, {"epsilon": epsilon, "gamma": gamma, "variance": variance, "mean": mean, "Z_norm": Z_norm}

@forward_pass.right("more_in_the_cache")
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    cache = {"gamma": gamma, "beta": beta, "epsilon": epsilon}
    cache["mean"] = Z.mean(1).reshape(-1, 1)
    cache["variance"] = Z.var(1).reshape(-1, 1)
    cache["std"] = np.sqrt(cache["variance"] + epsilon)
    cache["Z_norm"] = (Z - cache["mean"]) / cache["std"]
    return gamma * cache["Z_norm"] + beta, cache

@forward_pass.right("other_way_round")
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    X = Z.T
    mean, variance = X.mean(axis=0), X.var(axis=0)
    X_norm = (X - mean) / np.sqrt(variance + epsilon)
    out = X_norm * gamma.ravel() + beta.ravel()
    names = ("Z_norm", "mean", "variance", "gamma", "epsilon")
    return out.T, dict(zip(names, (X_norm.T, mean[:, None], variance[:, None], gamma, epsilon)))

@forward_pass.mistake(
    "over_the_units",
    cause="Mean and variance were taken over the units of each example, not over the examples of each unit.",
    hint="Each row of Z_norm should have mean 0. Print Z_norm.mean(axis=1).",
)
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mean = np.mean(Z, axis=0, keepdims=True)
    variance = np.var(Z, axis=0, keepdims=True)
    Z_norm = (Z - mean) / np.sqrt(variance + epsilon)
    out = gamma * Z_norm + beta
    return out, {"Z_norm": Z_norm, "mean": mean, "variance": variance, "gamma": gamma, "epsilon": epsilon}

@forward_pass.mistake(
    "over_all_entries",
    cause="One mean and one variance were taken over all units and examples together.",
    hint="Each unit has a mean of its own. How many numbers does your mean hold?",
)
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mean = np.mean(Z)
    variance = np.var(Z)
    Z_norm = (Z - mean) / np.sqrt(variance + epsilon)
    out = gamma * Z_norm + beta
    return out, {"Z_norm": Z_norm, "mean": mean, "variance": variance, "gamma": gamma, "epsilon": epsilon}

forward_pass.mistake(
    "less_one",
    ("np.var(Z, axis=1, keepdims=True)", "np.sum((Z - mean) ** 2, axis=1, keepdims=True) / max(Z.shape[1] - 1, 1)"),
    cause="The squares were divided by m - 1, the number of examples less one.",
    hint="In the example by hand the four squares add up to 20. Is your variance 5?",
)

forward_pass.mistake(
    "epsilon_outside_the_root",
    ("np.sqrt(variance + epsilon)", "(np.sqrt(variance) + epsilon)"),
    cause="Epsilon was added to the standard deviation, outside the root.",
    hint="In the example by hand, is what you divide by 3, or the root of 5 and 4 more?",
)

forward_pass.mistake(
    "epsilon_forgotten",
    ("np.sqrt(variance + epsilon)", "np.sqrt(variance)"),
    cause="Epsilon was left out: a unit that says the same to all examples is divided by zero.",
    hint="Call it with a row of equal numbers.",
)

forward_pass.mistake(
    "epsilon_fixed",
    ("np.sqrt(variance + epsilon)", "np.sqrt(variance + 1e-5)"),
    cause="A fixed 1e-5 stands where the argument epsilon belongs.",
    hint="Call it with epsilon=4. Does the answer change?",
)

forward_pass.mistake(
    "root_forgotten",
    ("np.sqrt(variance + epsilon)", "(variance + epsilon)"),
    cause="It was divided by the variance instead of its root.",
    hint="Double all the z: Z_norm should hardly change. Does yours?",
)

forward_pass.mistake(
    "mean_not_subtracted",
    ("(Z - mean) / np.sqrt", "Z / np.sqrt"),
    cause="The mean was not subtracted before dividing.",
    hint="Each row of Z_norm should have mean 0. Print it.",
)

forward_pass.mistake(
    "mean_square_for_variance",
    ("np.var(Z, axis=1, keepdims=True)", "np.mean(Z**2, axis=1, keepdims=True)"),
    cause="The mean square was taken for the variance: the mean was not subtracted in it.",
    hint="Add 100 to all the z of a unit. The variance must stay.",
)

forward_pass.mistake(
    "squares_less_square",
    ("np.var(Z, axis=1, keepdims=True)", "np.maximum(np.mean(Z**2, axis=1, keepdims=True) - mean**2, 0)"),
    cause="The variance was computed as the mean of the squares less the square of the mean: far from zero, that is a "
    "difference of two huge numbers, and few digits of it are left.",
    hint="Subtract the mean first, and square what is left. Compare the two for z near a million.",
)

forward_pass.mistake(
    "not_stretched",
    ("out = gamma * Z_norm + beta", "out = Z_norm"),
    cause="The normalized values came back as they are: gamma and beta were not used.",
    hint="What should come out if gamma is 0?",
)

forward_pass.mistake(
    "centre_forgotten",
    ("gamma * Z_norm + beta", "gamma * Z_norm"),
    cause="Beta was not added.",
    hint="What should come out if gamma is 0?",
)

forward_pass.mistake(
    "centre_stretched_too",
    ("gamma * Z_norm + beta", "gamma * (Z_norm + beta)"),
    cause="Beta was added before the multiplication, so gamma stretches it as well.",
    hint="What should come out if gamma is 0?",
)

forward_pass.mistake(
    "gamma_and_beta_exchanged",
    ("gamma * Z_norm + beta", "beta * Z_norm + gamma"),
    cause="Gamma and beta have changed places.",
    hint="The spread multiplies, the centre is added. Which is which?",
)

forward_pass.mistake(
    "z_in_the_cache",
    ('"Z_norm": Z_norm', '"Z_norm": Z'),
    cause="The cache holds Z itself under the name Z_norm.",
    hint="Print the mean of cache[\"Z_norm\"].",
)

forward_pass.mistake(
    "out_in_the_cache",
    ('"Z_norm": Z_norm', '"Z_norm": out'),
    cause="The cache holds the output under the name Z_norm: gamma and beta are in it already.",
    hint="Z_norm is what is stretched and moved, before that happens.",
)

forward_pass.mistake(
    "standard_deviation_in_the_cache",
    ('"variance": variance', '"variance": np.sqrt(variance)'),
    cause="The cache holds the standard deviation under the name variance.",
    hint="In the example by hand the variance is 5.",
)

forward_pass.mistake(
    "epsilon_in_the_variance",
    ('"variance": variance', '"variance": variance + epsilon'),
    cause="The variance in the cache has epsilon in it: later steps would add it a second time.",
    hint="What is the variance of a row of equal numbers?",
)

forward_pass.mistake(
    "flat_statistics",
    ('"mean": mean, "variance": variance', '"mean": mean.ravel(), "variance": variance.ravel()'),
    cause="Mean and variance in the cache are flat arrays of shape (n,) where columns are asked for.",
    hint="A flat array lies down along the rows of Z. What does keepdims do?",
)

forward_pass.mistake(
    "only_the_output",
    ("return out, cache", "return out"),
    cause="Only the output came back, without the cache.",
    hint="Compare your return with the docstring.",
)

@forward_pass.mistake(
    "changed_in_place",
    cause="Z -= mean changes the array of the one who called.",
    hint="Print Z before and after the call. Which line writes into it?",
)
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mean = np.mean(Z, axis=1, keepdims=True)
    variance = np.var(Z, axis=1, keepdims=True)
    Z -= mean
    Z /= np.sqrt(variance + epsilon)
    cache = {"Z_norm": Z, "mean": mean, "variance": variance, "gamma": gamma, "epsilon": epsilon}
    return gamma * Z + beta, cache


running = exercise("update_running")

@running.right("loops")
def update_running(running_mean, running_variance, mean, variance, momentum=0.9):
    new_mean, new_variance = np.zeros(mean.shape), np.zeros(variance.shape)
    for k in range(mean.shape[0]):
        new_mean[k, 0] = momentum * running_mean[k, 0] + (1 - momentum) * mean[k, 0]
        new_variance[k, 0] = momentum * running_variance[k, 0] + (1 - momentum) * variance[k, 0]
    return new_mean, new_variance

@running.right("a_step_towards")
def update_running(running_mean, running_variance, mean, variance, momentum=0.9):
    step = 1 - momentum
    return running_mean + step * (mean - running_mean), running_variance + step * (variance - running_variance)

@running.right("helper")
def update_running(running_mean, running_variance, mean, variance, momentum=0.9):
    mixed = lambda old, new: np.average([old, new], axis=0, weights=[momentum, 1 - momentum])
    return mixed(running_mean, mean), mixed(running_variance, variance)

@running.right("stacked_float32")
def update_running(running_mean, running_variance, mean, variance, momentum=0.9):
    old = np.stack([running_mean, running_variance]).astype(np.float32)
    new = np.stack([mean, variance]).astype(np.float32)
    both = np.einsum("s,skj->kj", [1.0, 0.0], momentum * old + (1 - momentum) * new)
    return both, (momentum * old + (1 - momentum) * new)[1]

running.mistake(
    "shares_exchanged",
    ("momentum * running_mean + (1 - momentum) * mean", "(1 - momentum) * running_mean + momentum * mean"),
    ("momentum * running_variance + (1 - momentum) * variance", "(1 - momentum) * running_variance + momentum * variance"),
    cause="The two shares have changed places, as in PyTorch's convention: nearly all of the old value is thrown away.",
    hint="If the momentum is 1, nothing may change.",
)

running.mistake(
    "share_of_the_batch_missing",
    ("(1 - momentum) * mean", "mean"),
    ("(1 - momentum) * variance", "variance"),
    cause="The whole batch was added to a share of the old value: the running values grow about tenfold.",
    hint="If old and new are both 5, what should come out?",
)

running.mistake(
    "old_kept_whole",
    ("momentum * running_mean", "running_mean"),
    ("momentum * running_variance", "running_variance"),
    cause="A share of the batch was added to the whole old value: the running values grow for ever.",
    hint="If old and new are both 5, what should come out?",
)

running.mistake(
    "batch_alone",
    ("momentum * running_mean + (1 - momentum) * mean", "mean"),
    ("momentum * running_variance + (1 - momentum) * variance", "variance"),
    cause="The batch's own statistics came back: nothing is remembered of earlier batches.",
    hint="How much of the old value is left?",
)

running.mistake(
    "variance_not_updated",
    ("    running_variance = momentum * running_variance + (1 - momentum) * variance\n", ""),
    cause="Only the mean was updated.",
    hint="Two things run along. Compare the variance before and after.",
)

running.mistake(
    "momentum_fixed",
    ("momentum * running_mean + (1 - momentum) * mean", "0.9 * running_mean + 0.1 * mean"),
    ("momentum * running_variance + (1 - momentum) * variance", "0.9 * running_variance + 0.1 * variance"),
    cause="The shares are fixed at 0.9 and 0.1: the argument is not used.",
    hint="Call it with momentum=0.75. Does the answer change?",
)

running.mistake(
    "standard_deviations_averaged",
    ("momentum * running_variance + (1 - momentum) * variance", "(momentum * np.sqrt(running_variance) + (1 - momentum) * np.sqrt(variance)) ** 2"),
    cause="The standard deviations were averaged, and then squared, in the place of the variances.",
    hint="The formula knows no root. In the example by hand the variance is 1.4.",
)

running.mistake(
    "standard_deviation_back",
    ("return running_mean, running_variance", "return running_mean, np.sqrt(running_variance)"),
    cause="The running standard deviation came back in the place of the variance.",
    hint="The root is taken where it is used, together with epsilon.",
)

running.mistake(
    "exchanged",
    ("return running_mean, running_variance", "return running_variance, running_mean"),
    cause="Mean and variance came back in the wrong order.",
    hint="Compare your return with the docstring.",
)

running.mistake(
    "variance_from_the_mean",
    ("(1 - momentum) * variance", "(1 - momentum) * mean"),
    cause="The running variance was updated with the batch's mean, as in a copied line that was not changed everywhere.",
    hint="Read the second line letter by letter.",
)

@running.mistake(
    "changed_in_place",
    cause="*= and += change the arrays of the one who called.",
    hint="Write running_mean = …, with a new array on the right.",
)
def update_running(running_mean, running_variance, mean, variance, momentum=0.9):
    running_mean *= momentum
    running_mean += (1 - momentum) * mean
    running_variance *= momentum
    running_variance += (1 - momentum) * variance
    return running_mean, running_variance


inference = exercise("batchnorm_inference")

@inference.right("loops")
def batchnorm_inference(Z, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    out = np.empty(Z.shape)
    for k in range(Z.shape[0]):
        s = (running_variance[k, 0] + epsilon) ** 0.5
        for i in range(Z.shape[1]):
            out[k, i] = gamma[k, 0] * (Z[k, i] - running_mean[k, 0]) / s + beta[k, 0]
    return out

@inference.right("one_line")
def batchnorm_inference(Z, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    return gamma * (Z - running_mean) / np.sqrt(running_variance + epsilon) + beta

@inference.right("scale_and_offset")
def batchnorm_inference(Z, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    scale = gamma * (running_variance + epsilon) ** -0.5
    offset = beta - scale * running_mean
    out = scale * Z + offset
    assert out.shape == Z.shape
    return out

@inference.right("einsum")
def batchnorm_inference(Z, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    scale = gamma[:, 0] / np.sqrt(running_variance[:, 0] + epsilon)
    return np.einsum("k,ki->ki", scale, Z - running_mean) + beta

@inference.right("float32")
def batchnorm_inference(Z, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    Z, gamma, beta = (np.asarray(a, dtype=np.float32) for a in (Z, gamma, beta))
    s = np.sqrt(running_variance + epsilon).astype(np.float32)
    return gamma * ((Z - running_mean.astype(np.float32)) / s) + beta

inference.mistake(
    "statistics_of_the_batch",
    ("(Z - running_mean) / np.sqrt(running_variance + epsilon)", "(Z - Z.mean(axis=1, keepdims=True)) / np.sqrt(Z.var(axis=1, keepdims=True) + epsilon)"),
    cause="The batch was normalized with its own mean and variance, as in training.",
    hint="Call it with one example, then with another. Do you get different answers?",
)

inference.mistake(
    "mean_of_the_batch",
    ("(Z - running_mean)", "(Z - Z.mean(axis=1, keepdims=True))"),
    cause="The mean is the batch's own; only the variance is the running one.",
    hint="Call it with one example alone: is the answer just beta?",
)

inference.mistake(
    "variance_of_the_batch",
    ("np.sqrt(running_variance + epsilon)", "np.sqrt(Z.var(axis=1, keepdims=True) + epsilon)"),
    cause="The variance is the batch's own; only the mean is the running one.",
    hint="Call it with one example alone, then with two. Does the first answer change?",
)

inference.mistake(
    "mean_not_subtracted",
    ("(Z - running_mean) /", "Z /"),
    cause="The running mean was not subtracted.",
    hint="What should come out for z equal to the running mean?",
)

inference.mistake(
    "root_forgotten",
    ("np.sqrt(running_variance + epsilon)", "(running_variance + epsilon)"),
    cause="It was divided by the variance instead of its root.",
    hint="In the example by hand it is divided by 3.",
)

inference.mistake(
    "not_divided",
    (" / np.sqrt(running_variance + epsilon)", ""),
    cause="The running variance was not used.",
    hint="A unit with a larger spread must be squeezed more.",
)

inference.mistake(
    "epsilon_outside_the_root",
    ("np.sqrt(running_variance + epsilon)", "(np.sqrt(running_variance) + epsilon)"),
    cause="Epsilon was added outside the root.",
    hint="In training it stood under the root. The two have to agree.",
)

inference.mistake(
    "epsilon_forgotten",
    ("np.sqrt(running_variance + epsilon)", "np.sqrt(running_variance)"),
    cause="Epsilon was left out.",
    hint="Call it with a running variance of 0.",
)

inference.mistake(
    "epsilon_fixed",
    ("np.sqrt(running_variance + epsilon)", "np.sqrt(running_variance + 1e-5)"),
    cause="A fixed 1e-5 stands where the argument epsilon belongs.",
    hint="Call it with epsilon=4. Does the answer change?",
)

inference.mistake(
    "centre_forgotten",
    ("gamma * Z_norm + beta", "gamma * Z_norm"),
    cause="Beta was not added.",
    hint="What should come out if gamma is 0?",
)

inference.mistake(
    "spread_forgotten",
    ("gamma * Z_norm + beta", "Z_norm + beta"),
    cause="Gamma was left out.",
    hint="What should come out if gamma is 0?",
)

inference.mistake(
    "normalized_only",
    ("gamma * Z_norm + beta", "Z_norm"),
    cause="The normalized values came back: neither gamma nor beta was used.",
    hint="The trained spread and centre count in use as well.",
)

inference.mistake(
    "centre_stretched_too",
    ("gamma * Z_norm + beta", "gamma * (Z_norm + beta)"),
    cause="Beta was added before the multiplication, so gamma stretches it as well.",
    hint="What should come out if gamma is 0?",
)


fold = exercise("fold_batchnorm")

@fold.right("loops")
def fold_batchnorm(W, b, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    W_folded, b_folded = np.zeros(W.shape), np.zeros(b.shape)
    for k in range(W.shape[0]):
        factor = gamma[k, 0] / (running_variance[k, 0] + epsilon) ** 0.5
        for j in range(W.shape[1]):
            W_folded[k, j] = factor * W[k, j]
        b_folded[k, 0] = factor * (b[k, 0] - running_mean[k, 0]) + beta[k, 0]
    return W_folded, b_folded

@fold.right("diagonal")
def fold_batchnorm(W, b, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    D = np.diag((gamma / np.sqrt(running_variance + epsilon)).ravel())
    return D @ W, D @ (b - running_mean) + beta

@fold.right("einsum")
def fold_batchnorm(W, b, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    scale = gamma[:, 0] * (running_variance[:, 0] + epsilon) ** -0.5
    return np.einsum("k,kj->kj", scale, W), np.einsum("k,kj->kj", scale, b - running_mean) + beta

@fold.right("by_asking_it")
def fold_batchnorm(W, b, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    def through(X):
        return gamma * (W @ X + b - running_mean) / np.sqrt(running_variance + epsilon) + beta

    zero = np.zeros((W.shape[1], 1))
    return through(np.eye(W.shape[1])) - through(zero), through(zero)

@fold.right("the_bias_through_inference")
def fold_batchnorm(W, b, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    b_folded = batchnorm_inference(b, gamma, beta, running_mean, running_variance, epsilon)
    return W * (gamma / np.sqrt(running_variance + epsilon)), b_folded

@fold.right("float32")
def fold_batchnorm(W, b, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    scale = (gamma / np.sqrt(running_variance + epsilon)).astype(np.float32)
    return scale * W.astype(np.float32), scale * (b - running_mean).astype(np.float32) + beta.astype(np.float32)

fold.mistake(
    "bias_untouched",
    ("scale * (b - running_mean) + beta", "b"),
    cause="Only the weights were folded; the bias is still that of the layer.",
    hint="Put x = 0 into both sides.",
)

fold.mistake(
    "bias_only_moved",
    ("scale * (b - running_mean) + beta", "b - running_mean + beta"),
    cause="The bias was moved but not multiplied.",
    hint="The bias goes through the same division and the same gamma as Wx.",
)

fold.mistake(
    "old_bias_dropped",
    ("scale * (b - running_mean) + beta", "beta - scale * running_mean"),
    cause="The layer's own bias was dropped.",
    hint="In training it does nothing, but here the mean is a fixed one. What is z for x = 0?",
)

fold.mistake(
    "bias_not_scaled",
    ("scale * (b - running_mean) + beta", "b - scale * running_mean + beta"),
    cause="The running mean was multiplied, the bias was not.",
    hint="Put b in the brackets: both are part of z minus the mean.",
)

fold.mistake(
    "mean_not_scaled",
    ("scale * (b - running_mean) + beta", "scale * b - running_mean + beta"),
    cause="The bias was multiplied, the running mean was not.",
    hint="Multiply out: what stands in the brackets with b?",
)

fold.mistake(
    "mean_added",
    ("b - running_mean", "b + running_mean"),
    cause="The running mean was added where it should be subtracted.",
    hint="Follow the sign of the mean from batchnorm_inference.",
)

fold.mistake(
    "mean_forgotten",
    ("(b - running_mean)", "b"),
    cause="The running mean is missing.",
    hint="What comes out of batchnorm_inference for z equal to the running mean?",
)

fold.mistake(
    "centre_forgotten",
    (" + beta", ""),
    cause="Beta is missing in the folded bias.",
    hint="What comes out of batchnorm_inference for z equal to the running mean?",
)

fold.mistake(
    "centre_scaled",
    ("scale * (b - running_mean) + beta", "scale * (b - running_mean + beta)"),
    cause="Beta was multiplied by the factor as well.",
    hint="Beta is added last. Look at the brackets.",
)

fold.mistake(
    "weights_untouched",
    ("W_folded = scale * W", "W_folded = W"),
    cause="Only the bias was folded; the weights are still those of the layer.",
    hint="What does one more unit of x do to the output?",
)

fold.mistake(
    "columns_scaled",
    ("scale * W", "(np.resize(scale, W.shape[1]) * W)"),
    cause="The factors were laid along the columns of W: each input got a factor in the place of each unit.",
    hint="Units are rows. Which shape must a factor have to act on rows?",
)

fold.mistake(
    "root_forgotten",
    ("np.sqrt(running_variance + epsilon)", "(running_variance + epsilon)"),
    cause="It was divided by the variance instead of its root.",
    hint="In the example by hand it is divided by 3.",
)

fold.mistake(
    "epsilon_forgotten",
    ("np.sqrt(running_variance + epsilon)", "np.sqrt(running_variance)"),
    cause="Epsilon was left out, so the folded layer is not quite the same.",
    hint="Compare with batchnorm_inference for a large epsilon.",
)

fold.mistake(
    "epsilon_outside_the_root",
    ("np.sqrt(running_variance + epsilon)", "(np.sqrt(running_variance) + epsilon)"),
    cause="Epsilon was added outside the root.",
    hint="Compare with batchnorm_inference for a large epsilon.",
)

fold.mistake(
    "spread_forgotten",
    ("gamma / np.sqrt", "1 / np.sqrt"),
    cause="Gamma is missing.",
    hint="What comes out of batchnorm_inference if gamma is 0?",
)

fold.mistake(
    "exchanged",
    ("return W_folded, b_folded", "return b_folded, W_folded"),
    cause="Bias and weights came back in the wrong order.",
    hint="Compare your return with the docstring.",
)


scale_back = exercise("scale_and_shift_backward")

@scale_back.right("loops")
def scale_and_shift_backward(dout, cache):
    n, m = dout.shape
    gamma, Z_norm = cache["gamma"], cache["Z_norm"]
    dZ_norm, dgamma, dbeta = np.zeros((n, m)), np.zeros((n, 1)), np.zeros((n, 1))
    for k in range(n):
        for i in range(m):
            dZ_norm[k, i] = dout[k, i] * gamma[k, 0]
            dgamma[k, 0] += dout[k, i] * Z_norm[k, i]
            dbeta[k, 0] += dout[k, i]
    return dZ_norm, dgamma, dbeta

@scale_back.right("matrix_products")
def scale_and_shift_backward(dout, cache):
    m = dout.shape[1]
    dbeta = np.dot(dout, np.ones((m, 1)))
    dgamma = np.dot(cache["Z_norm"] * dout, np.ones((m, 1)))
    dZ_norm = np.multiply(cache["gamma"], dout)
    assert dZ_norm.shape == cache["Z_norm"].shape
    assert dgamma.shape == cache["gamma"].shape
    return dZ_norm, dgamma, dbeta

@scale_back.right("einsum")
def scale_and_shift_backward(dout, cache):
    dgamma = np.einsum("ki,ki->k", dout, cache["Z_norm"]).reshape(-1, 1)
    return np.einsum("ki,kj->ki", dout, cache["gamma"]), dgamma, np.einsum("ki->k", dout)[:, None]

@scale_back.right("float32")
def scale_and_shift_backward(dout, cache):
    dout, Z_norm = dout.astype(np.float64), cache["Z_norm"]
    dZ_norm = (cache["gamma"] * dout).astype(np.float32)
    return dZ_norm, (dout * Z_norm).sum(1)[:, None], dout.sum(1)[:, None].astype(np.float32)

scale_back.mistake(
    "flat_sums",
    ('np.sum(dout * cache["Z_norm"], axis=1, keepdims=True)', 'np.sum(dout * cache["Z_norm"], axis=1)'),
    ("np.sum(dout, axis=1, keepdims=True)", "np.sum(dout, axis=1)"),
    cause="The sums lost their second dimension: shape (n,) where (n, 1) is due.",
    hint="gamma - α dgamma with shapes (n, 1) and (n,) becomes (n, n). Look at keepdims.",
)

scale_back.mistake(
    "over_the_units",
    ('np.sum(dout * cache["Z_norm"], axis=1, keepdims=True)', 'np.sum(dout * cache["Z_norm"], axis=0, keepdims=True)'),
    ("np.sum(dout, axis=1, keepdims=True)", "np.sum(dout, axis=0, keepdims=True)"),
    cause="The sums run over the units, not over the examples.",
    hint="Gamma has one entry for each unit. Which shape has your dgamma?",
)

scale_back.mistake(
    "means_for_sums",
    ('np.sum(dout * cache["Z_norm"], axis=1, keepdims=True)', 'np.mean(dout * cache["Z_norm"], axis=1, keepdims=True)'),
    ("np.sum(dout, axis=1, keepdims=True)", "np.mean(dout, axis=1, keepdims=True)"),
    cause="The sums were divided by m; the 1/m of the cost is in dout already.",
    hint="If gamma grows by a little, every example changes, and the changes of the cost add up.",
)

scale_back.mistake(
    "normalized_forgotten",
    ('dout * cache["Z_norm"]', "dout"),
    cause="dgamma is the sum of dout alone: the Z_norm that gamma multiplies is missing.",
    hint="By how much does out grow with gamma? Look at the sign in the example by hand.",
)

scale_back.mistake(
    "gamma_twice",
    ('np.sum(dout * cache["Z_norm"]', 'np.sum(dZ_norm * cache["Z_norm"]'),
    cause="dgamma was computed from dZ_norm, so gamma itself is in it.",
    hint="out is gamma times Z_norm. Is the slope in gamma the gamma, or the Z_norm?",
)

scale_back.mistake(
    "gamma_forgotten",
    ('dZ_norm = dout * cache["gamma"]', "dZ_norm = dout"),
    cause="dZ_norm is dout itself: gamma is missing.",
    hint="In the example by hand gamma is 3: by how much does out grow with Z_norm?",
)

scale_back.mistake(
    "divided_by_gamma",
    ('dout * cache["gamma"]', 'dout / cache["gamma"]'),
    cause="dout was divided by gamma. That undoes the forward pass; the gradient multiplies.",
    hint="If out grows three times as fast as Z_norm, does the cost hear more of Z_norm or less?",
)

scale_back.mistake(
    "normalized_for_gamma",
    ('dout * cache["gamma"]', 'dout * cache["Z_norm"]'),
    cause="dout was multiplied by Z_norm where gamma belongs.",
    hint="out is gamma times Z_norm. Which of the two is held still when Z_norm moves?",
)

scale_back.mistake(
    "dgamma_not_summed",
    ('np.sum(dout * cache["Z_norm"], axis=1, keepdims=True)', 'dout * cache["Z_norm"]'),
    cause="dgamma still has one entry for each example: the sum is missing.",
    hint="A gradient has the shape of its parameter.",
)

scale_back.mistake(
    "centre_with_gamma",
    ("np.sum(dout, axis=1", "np.sum(dZ_norm, axis=1"),
    cause="dbeta was summed over dZ_norm: gamma does not act on beta.",
    hint="By how much does out grow with beta?",
)

scale_back.mistake(
    "exchanged",
    ("return dZ_norm, dgamma, dbeta", "return dZ_norm, dbeta, dgamma"),
    cause="dgamma and dbeta came back in the wrong order.",
    hint="Compare your return with the docstring.",
)

@scale_back.mistake(
    "changed_in_place",
    cause="dout *= gamma changes the array of the one who called.",
    hint="Write dZ_norm = dout * …, which makes a new array.",
)
def scale_and_shift_backward(dout, cache):
    dbeta = np.sum(dout, axis=1, keepdims=True)
    dgamma = np.sum(dout * cache["Z_norm"], axis=1, keepdims=True)
    dout *= cache["gamma"]
    return dout, dgamma, dbeta


backward_pass = exercise("batchnorm_backward")

@backward_pass.right("loops")
def batchnorm_backward(dout, cache):
    n, m = dout.shape
    Z_norm, gamma = cache["Z_norm"], cache["gamma"]
    dZ, dgamma, dbeta = np.zeros((n, m)), np.zeros((n, 1)), np.zeros((n, 1))
    for k in range(n):
        s = (cache["variance"][k, 0] + cache["epsilon"]) ** 0.5
        for i in range(m):
            dgamma[k, 0] += dout[k, i] * Z_norm[k, i]
            dbeta[k, 0] += dout[k, i]
        for j in range(m):
            for i in range(m):
                slope = (i == j) - 1 / m - Z_norm[k, i] * Z_norm[k, j] / m
                dZ[k, j] += dout[k, i] * gamma[k, 0] * slope / s
    return dZ, dgamma, dbeta

@backward_pass.right("step_by_step")
def batchnorm_backward(dout, cache):
    m = dout.shape[1]
    gamma, var, eps = cache["gamma"], cache["variance"], cache["epsilon"]
    std = np.sqrt(var + eps)
    Z_mu = cache["Z_norm"] * std
    dbeta = np.sum(dout, axis=1, keepdims=True)
    dgamma = np.sum(dout * cache["Z_norm"], axis=1, keepdims=True)
    dZhat = dout * gamma
    divar = np.sum(dZhat * Z_mu, axis=1, keepdims=True)
    dvar = divar * -0.5 * (var + eps) ** (-1.5)
    dmu = np.sum(dZhat * -1 / std, axis=1, keepdims=True) + dvar * np.mean(-2 * Z_mu, axis=1, keepdims=True)
    dZ = dZhat / std + dvar * 2 * Z_mu / m + dmu / m
    assert dZ.shape == dout.shape
    return dZ, dgamma, dbeta

@backward_pass.right("one_line_with_sums")
def batchnorm_backward(dout, cache):
    m = dout.shape[1]
    Z_norm, std = cache["Z_norm"], np.sqrt(cache["variance"] + cache["epsilon"])
    dbeta = dout.sum(axis=1, keepdims=True)
    dgamma = (dout * Z_norm).sum(axis=1, keepdims=True)
    dZ = cache["gamma"] / (m * std) * (m * dout - dbeta - Z_norm * dgamma)
    return dZ, dgamma, dbeta

@backward_pass.right("einsum")
def batchnorm_backward(dout, cache):
    dZ_norm, dgamma, dbeta = scale_and_shift_backward(dout, cache)
    m, x = dout.shape[1], cache["Z_norm"]
    slopes = np.eye(m) - 1 / m - np.einsum("ki,kj->kij", x, x) / m
    s = (cache["variance"] + cache["epsilon"]) ** 0.5
    return np.einsum("ki,kij->kj", dZ_norm, slopes) / s, dgamma, dbeta

@backward_pass.right("projection")
def batchnorm_backward(dout, cache):
    g, dgamma, dbeta = scale_and_shift_backward(dout, cache)
    x = cache["Z_norm"]
    g = g - g.mean(axis=1)[:, None]
    g = g - x * np.mean(g * x, axis=1)[:, None]
    return g * (cache["variance"] + cache["epsilon"]) ** -0.5, dgamma, dbeta

backward_pass.mistake(
    "direct_road_only",
    ("(dZ_norm - through_mean - through_spread) / s", "dZ_norm / s"),
    cause="Only the direct road is there: mean and variance were taken for constants.",
    hint="Do the rows of dZ add up to zero? If z changes, what else in the formula changes?",
)

backward_pass.mistake(
    "mean_road_missing",
    (" - through_mean", ""),
    cause="The road through the mean is missing.",
    hint="Do the rows of dZ add up to zero?",
)

backward_pass.mistake(
    "spread_road_missing",
    (" - through_spread", ""),
    cause="The road through the variance is missing.",
    hint="Is the sum of dZ times Z_norm near zero? What does z do to the root?",
)

backward_pass.mistake(
    "spread_road_added",
    ("- through_spread", "+ through_spread"),
    cause="The road through the variance has the wrong sign.",
    hint="If the root grows, does Z_norm grow or shrink?",
)

backward_pass.mistake(
    "mean_road_added",
    ("- through_mean", "+ through_mean"),
    cause="The road through the mean has the wrong sign.",
    hint="If the mean grows, does Z_norm grow or fall?",
)

backward_pass.mistake(
    "sums_for_means",
    ("np.mean(dZ_norm, axis=1, keepdims=True)", "np.sum(dZ_norm, axis=1, keepdims=True)"),
    ("np.mean(dZ_norm * Z_norm, axis=1, keepdims=True)", "np.sum(dZ_norm * Z_norm, axis=1, keepdims=True)"),
    cause="Sums stand where means over the batch belong: a factor m too much on two roads.",
    hint="By how much does the mean grow if one z grows by h?",
)

backward_pass.mistake(
    "sum_in_the_mean_road",
    ("np.mean(dZ_norm, axis=1, keepdims=True)", "np.sum(dZ_norm, axis=1, keepdims=True)"),
    cause="A sum stands where a mean belongs, on the road through the mean.",
    hint="By how much does the mean grow if one z grows by h?",
)

backward_pass.mistake(
    "sum_in_the_spread_road",
    ("np.mean(dZ_norm * Z_norm, axis=1, keepdims=True)", "np.sum(dZ_norm * Z_norm, axis=1, keepdims=True)"),
    cause="A sum stands where a mean belongs, on the road through the variance.",
    hint="The variance is a mean of squares. By how much does it grow if one z grows by h?",
)

backward_pass.mistake(
    "two_forgotten",
    ("Z_norm * np.mean(", "Z_norm / 2 * np.mean("),
    cause="The road through the variance is half of what it should be: the 2 of the square and the one half of the root "
    "cancel, but only one of them was taken.",
    hint="Take answers 3a and 3b one after the other. Which factors meet?",
)

backward_pass.mistake(
    "own_value_missing",
    ("through_spread = Z_norm * np.mean", "through_spread = np.mean"),
    cause="On the road through the variance the example's own Z_norm is missing: all examples get the same.",
    hint="An example far from the mean moves the variance more than one near it.",
)

backward_pass.mistake(
    "not_divided",
    (" - through_spread) / s", " - through_spread)"),
    cause="The division by s is missing.",
    hint="If all z are ten times as large, a z has to move ten times as far for the same effect.",
)

backward_pass.mistake(
    "divided_by_variance",
    ("np.sqrt(cache[\"variance\"] + cache[\"epsilon\"])", "(cache[\"variance\"] + cache[\"epsilon\"])"),
    cause="It was divided by the variance instead of its root.",
    hint="In the example by hand it is divided by 3.",
)

backward_pass.mistake(
    "epsilon_forgotten",
    (" + cache[\"epsilon\"]", ""),
    cause="Epsilon was left out on the way back: a constant row is divided by zero.",
    hint="The way back needs the very root of the way forward.",
)

backward_pass.mistake(
    "epsilon_outside_the_root",
    ("np.sqrt(cache[\"variance\"] + cache[\"epsilon\"])", "(np.sqrt(cache[\"variance\"]) + cache[\"epsilon\"])"),
    cause="Epsilon was added outside the root.",
    hint="The way back needs the very root of the way forward.",
)

backward_pass.mistake(
    "epsilon_fixed",
    ("cache[\"epsilon\"]", "1e-5"),
    cause="A fixed 1e-5 stands where the epsilon of the cache belongs.",
    hint="Which epsilon did the forward pass use?",
)

@backward_pass.mistake(
    "gamma_forgotten",
    cause="dZ starts from dout in the place of dZ_norm: gamma is missing.",
    hint="The last line of the forward pass multiplied by gamma. Is it on your way back?",
)
def batchnorm_backward(dout, cache):
    dgamma = np.sum(dout * cache["Z_norm"], axis=1, keepdims=True)
    dbeta = np.sum(dout, axis=1, keepdims=True)
    Z_norm, s = cache["Z_norm"], np.sqrt(cache["variance"] + cache["epsilon"])
    through_spread = Z_norm * np.mean(dout * Z_norm, axis=1, keepdims=True)
    return (dout - np.mean(dout, axis=1, keepdims=True) - through_spread) / s, dgamma, dbeta

backward_pass.mistake(
    "gamma_in_one_road_only",
    ("np.mean(dZ_norm * Z_norm, axis=1, keepdims=True)", "np.mean(dout * Z_norm, axis=1, keepdims=True)"),
    cause="On the road through the variance dout stands in the place of dZ_norm, so gamma is missing there.",
    hint="Look at which gradient each road starts from.",
)

@backward_pass.mistake(
    "over_the_units",
    cause="The means run over the units, not over the examples.",
    hint="Which axis did the forward pass average over?",
)
def batchnorm_backward(dout, cache):
    dZ_norm, dgamma, dbeta = scale_and_shift_backward(dout, cache)
    Z_norm, s = cache["Z_norm"], np.sqrt(cache["variance"] + cache["epsilon"])
    through_mean = np.mean(dZ_norm, axis=0, keepdims=True)
    through_spread = Z_norm * np.mean(dZ_norm * Z_norm, axis=0, keepdims=True)
    return (dZ_norm - through_mean - through_spread) / s, dgamma, dbeta

backward_pass.mistake(
    "only_dz",
    ("return dZ, dgamma, dbeta", "return dZ"),
    cause="Only dZ came back.",
    hint="Gamma and beta are trained, too. Compare your return with the docstring.",
)

backward_pass.mistake(
    "dz_norm_back",
    ("return dZ, dgamma", "return dZ_norm, dgamma"),
    cause="The gradient with respect to Z_norm came back in the place of the one with respect to Z.",
    hint="Which array does your return name?",
)

backward_pass.mistake(
    "distance_for_norm",
    ("through_spread = Z_norm *", "through_spread = Z_norm * s *"),
    cause="On the road through the spread Z - mean stands where Z_norm is due, so a root of the variance is not divided out.",
    hint="How many times does the root divide in your formula for that road? Try a layer whose spread is not 1.",
)


log = exercise("log_scale")

@log.right("through_powers_of_ten")
def log_scale(u, low, high):
    a, b = np.log10(low), np.log10(high)
    r = a + u * (b - a)
    return 10 ** r

@log.right("through_the_natural_logarithm")
def log_scale(u, low, high):
    return np.exp((1 - u) * np.log(low) + u * np.log(high))

@log.right("product_of_powers")
def log_scale(u, low, high):
    return low ** (1 - u) * high ** u

@log.right("loops")
def log_scale(u, low, high):
    values = [low * (high / low) ** float(one) for one in np.ravel(u)]
    return np.array(values).reshape(np.shape(u))

@log.right("interpolated")
def log_scale(u, low, high):
    return 2.0 ** np.interp(u, [0, 1], [np.log2(low), np.log2(high)])

log.mistake(
    "linear_scale",
    ("low * (high / low) ** u", "low + (high - low) * u"),
    cause="The scale is linear: equal steps of u add equal amounts.",
    hint="Half the way from 0.01 to 100 should be 1. What do you get?",
)

log.mistake(
    "exponent_only",
    ("low * (high / low) ** u", "np.log10(low) + u * (np.log10(high) - np.log10(low))"),
    cause="The exponent came back: the way back from the logarithm is missing.",
    hint="At u = 0 you should have low itself.",
)

log.mistake(
    "bases_mixed",
    ("low * (high / low) ** u", "10 ** (np.log(low) + u * (np.log(high) - np.log(low)))"),
    cause="The natural logarithm went in, and a power of ten came back: the bases differ.",
    hint="np.log and np.exp belong together, and so do np.log10 and 10 **.",
)

log.mistake(
    "bases_mixed_the_other_way",
    ("low * (high / low) ** u", "np.exp(np.log10(low) + u * (np.log10(high) - np.log10(low)))"),
    cause="The logarithm to base ten went in, and a power of e came back: the bases differ.",
    hint="np.log and np.exp belong together, and so do np.log10 and 10 **.",
)

log.mistake(
    "ends_exchanged",
    ("low * (high / low) ** u", "high * (low / high) ** u"),
    cause="Low and high have changed places.",
    hint="What should u = 0 give?",
)

log.mistake(
    "low_forgotten",
    ("low * (high / low)", "(high / low)"),
    cause="The factor came back alone: it does not start from low.",
    hint="At u = 0 you should have low itself.",
)

log.mistake(
    "factor_is_high",
    ("(high / low)", "high"),
    cause="High was taken for the factor; the factor is how many times low it is.",
    hint="At u = 1 you should have high itself.",
)

log.mistake(
    "power_of_the_product",
    ("low * (high / low) ** u", "(low * high / low) ** u"),
    cause="The brackets stand wrong: low cancels, and only high is raised to the power.",
    hint="Powers bind more tightly than products. At u = 0 you should have low.",
)

log.mistake(
    "whole_powers_of_ten",
    ("low * (high / low) ** u", "10 ** np.round(np.log10(low) + u * (np.log10(high) - np.log10(low)))"),
    cause="The exponent was rounded, so only 0.01, 0.1, 1, … can come out.",
    hint="Call it with u = 0.3 and u = 0.31. The answers must differ.",
)

log.mistake(
    "logarithm_of_u",
    ("low * (high / low) ** u", "low + (high - low) * np.log1p(u) / np.log(2)"),
    cause="The logarithm was taken of u, not of the ends.",
    hint="Half the way from 0.01 to 100 should be 1. What do you get?",
)

log.mistake(
    "exponents_from_zero",
    ("low * (high / low) ** u", "low + (high - low) * (10**u - 1) / 9"),
    cause="A power of ten of u was stretched between the ends: its steps grow, but not by equal factors of the value.",
    hint="Divide neighbours: for u = 0, 0.25, 0.5, … each should be the same multiple of the one before.",
)

log.mistake(
    "multiplied_by_u",
    ("(high / low) ** u", "(high / low) * u"),
    cause="The factor was multiplied by u where it should be raised to the power u.",
    hint="At u = 0 you should have low itself.",
)
