"""Wrong answers to the exercises of batch_normalization.py, as learners give them: read, never imported."""


@wrong("Epsilon is added to the root, not to the variance under it.",
       "The variance in the cache has epsilon in it.")
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mean = np.mean(Z, axis=1, keepdims=True)
    variance = np.var(Z, axis=1, keepdims=True)
    Z_norm = (Z - mean) / (np.sqrt(variance) + epsilon)
    out = gamma * Z_norm + beta
    cache = {
        "Z_norm": Z_norm,
        "mean": mean,
        "variance": variance + epsilon,
        "gamma": gamma,
        "epsilon": epsilon,
    }
    return out, cache


@wrong("The running variance also takes up the squared distance between the means.")
def update_running(running_mean, running_variance, mean, variance, momentum=0.9):
    new_mean = momentum * running_mean + (1 - momentum) * mean
    # the batch is spread around its own mean, so correct for the shift
    spread = variance + (mean - new_mean) ** 2
    new_variance = momentum * running_variance + (1 - momentum) * spread
    return new_mean, new_variance


@wrong("Epsilon is left out of the factor.", "The running mean is taken off the bias without the factor.")
def fold_batchnorm(W, b, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    factor = gamma / np.sqrt(running_variance)
    W_folded = factor * W
    b_folded = factor * b - running_mean + beta
    return W_folded, b_folded


@wrong("dgamma is built from dZ_norm, which already has gamma in it, and not from dout.",
       "dbeta is a mean over the examples, not a sum.")
def scale_and_shift_backward(dout, cache):
    Z_norm, gamma = cache["Z_norm"], cache["gamma"]
    dZ_norm = dout * gamma
    dgamma = np.sum(dZ_norm * Z_norm, axis=1, keepdims=True)
    dbeta = np.mean(dout, axis=1, keepdims=True)
    return dZ_norm, dgamma, dbeta


@wrong("In the gradient of the variance Z_norm stands for Z - mean, so a factor of the root is missing.")
def batchnorm_backward(dout, cache):
    Z_norm, gamma = cache["Z_norm"], cache["gamma"]
    m = dout.shape[1]
    std = np.sqrt(cache["variance"] + cache["epsilon"])

    dgamma = np.sum(dout * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dout, axis=1, keepdims=True)
    dZ_norm = dout * gamma

    # the paper's formulas
    dvar = np.sum(dZ_norm * Z_norm, axis=1, keepdims=True) * (-0.5) * std ** (-3)
    dmean = -np.sum(dZ_norm, axis=1, keepdims=True) / std
    dZ = dZ_norm / std + dvar * 2 * (Z_norm * std) / m + dmean / m
    return dZ, dgamma, dbeta


@wrong("gamma is missing in dZ: the three roads start at dout, not at dZ_norm.",
       "Epsilon is left out under the root, so a constant row divides by zero.")
def batchnorm_backward(dout, cache):
    Z_norm = cache["Z_norm"]
    s = np.sqrt(cache["variance"])
    dgamma = (dout * Z_norm).sum(axis=1, keepdims=True)
    dbeta = dout.sum(axis=1, keepdims=True)
    direct = dout
    through_mean = dout.mean(axis=1, keepdims=True)
    through_spread = Z_norm * (dout * Z_norm).mean(axis=1, keepdims=True)
    dZ = (direct - through_mean - through_spread) / s
    return dZ, dgamma, dbeta


@wrong("math.pow takes a single number only, so an array of u raises an error.")
def log_scale(u, low, high):
    import math

    a = math.log10(low)
    b = math.log10(high)
    r = a + (b - a) * u
    return math.pow(10, r)


@wrong("The layer's own bias b is dropped, as if batch normalization took it away in use too.")
def fold_batchnorm(W, b, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    scale = gamma / np.sqrt(running_variance + epsilon)
    W_folded = scale * W
    # b is not needed, it is subtracted with the mean
    b_folded = beta - scale * running_mean
    return W_folded, b_folded


@wrong("gamma is missing in dZ.", "Divides by the root of the variance alone, without epsilon.")
def batchnorm_backward(dout, cache):
    Z_norm = cache["Z_norm"]
    m = dout.shape[1]

    dbeta = np.sum(dout, axis=1, keepdims=True)
    dgamma = np.sum(dout * Z_norm, axis=1, keepdims=True)

    std = np.sqrt(cache["variance"])
    dZ = (dout - dbeta / m - Z_norm * dgamma / m) / std

    return dZ, dgamma, dbeta


@wrong("Takes the logarithms to base 10, but goes back with exp.")
def log_scale(u, low, high):
    a = np.log10(low)
    b = np.log10(high)
    r = a + u * (b - a)
    return np.exp(r)
