"""Wrong answers to the exercises of residual_networks.py, as learners give them: read, never imported."""


@wrong("b2 is left out of the second layer.", "The cache holds A1 before Z1.")
def residual_forward(A, parameters):
    W1, b1, W2 = parameters["W1"], parameters["b1"], parameters["W2"]
    Z1 = np.dot(W1, A) + b1
    A1 = np.maximum(0, Z1)
    Z2 = np.dot(W2, A1)
    S = Z2 + A
    A_next = np.maximum(0, S)
    cache = (A, A1, Z1, S, parameters)
    return A_next, cache


@wrong("The last ReLU acts on the layers' output before the sum, and not on the sum.")
def residual_forward(A, parameters):
    A_shortcut = A
    Z1 = parameters["W1"] @ A + parameters["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    S = Z2 + A_shortcut
    A_next = np.maximum(0, Z2) + A_shortcut
    return A_next, (A_shortcut, Z1, A1, S, parameters)


@wrong("The road through the layers gets dA_next, without the mask of the last ReLU, from dA1 on.",
       "db1 is a mean over the examples, not a sum.")
def residual_backward(dA_next, cache):
    A, Z1, A1, S, parameters = cache
    W1, W2 = parameters["W1"], parameters["W2"]
    m = dA_next.shape[1]

    dS = dA_next * (S > 0)
    dW2 = np.dot(dS, A1.T)
    db2 = np.sum(dS, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dA_next)
    dZ1 = dA1 * (Z1 > 0)
    dW1 = np.dot(dZ1, A.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    dA = np.dot(W1.T, dZ1) + dS
    return dA, {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@wrong("dW2 is computed with Z1, not with A1.", "What comes along the shortcut is missing in dA.")
def residual_backward(dA_next, cache):
    (A, Z1, A1, S, parameters) = cache
    grads = {}

    # back through the last relu
    dS = np.array(dA_next, copy=True)
    dS[S <= 0] = 0

    # second layer
    grads["dW2"] = dS @ Z1.T
    grads["db2"] = np.sum(dS, axis=1, keepdims=True)
    dA1 = parameters["W2"].T @ dS

    # first layer
    dZ1 = np.array(dA1, copy=True)
    dZ1[Z1 <= 0] = 0
    grads["dW1"] = dZ1 @ A.T
    grads["db1"] = np.sum(dZ1, axis=1, keepdims=True)
    dA = parameters["W1"].T @ dZ1
    return dA, grads


@wrong("There is no ReLU behind the first convolution.", "There is no ReLU behind the sum.")
def identity_block(X, f, filters, **other):
    # Retrieve Filters
    F1, F2, F3 = filters

    # Save the input value
    X_shortcut = X

    # First component of main path
    X = Conv2D(filters=F1, kernel_size=(1, 1), strides=(1, 1), padding='valid',
               kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3)(X)

    # Second component of main path
    X = Conv2D(filters=F2, kernel_size=(f, f), strides=(1, 1), padding='same',
               kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation('relu')(X)

    # Third component of main path
    X = Conv2D(filters=F3, kernel_size=(1, 1), strides=(1, 1), padding='valid',
               kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3)(X)

    # Final step: Add shortcut value to main path
    X = Add()([X, X_shortcut])

    return X


@wrong("The stride stands at the f by f convolution, not at the first one.")
def convolutional_block(X, f, filters, s=2, **other):
    F1, F2, F3 = filters
    X_shortcut = X

    # First component of main path
    X = Conv2D(F1, (1, 1), strides=(1, 1), padding='valid')(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation('relu')(X)

    # Second component of main path
    X = Conv2D(F2, (f, f), strides=(s, s), padding='same')(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation('relu')(X)

    # Third component of main path
    X = Conv2D(F3, (1, 1), strides=(1, 1), padding='valid')(X)
    X = BatchNormalization(axis=3)(X)

    # Shortcut path
    X_shortcut = Conv2D(F3, (1, 1), strides=(s, s), padding='valid')(X_shortcut)
    X_shortcut = BatchNormalization(axis=3)(X_shortcut)

    X = Add()([X, X_shortcut])
    X = Activation('relu')(X)
    return X


@wrong("The shortcut has no batch normalization.", "In the second component the ReLU stands before the normalization.")
def convolutional_block(X, f, filters, s=2, **other):
    F1, F2, F3 = filters
    X_shortcut = X

    X = Conv2D(filters=F1, kernel_size=1, strides=(s, s), padding='valid',
               kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation('relu')(X)

    X = Conv2D(filters=F2, kernel_size=f, strides=(1, 1), padding='same', activation='relu',
               kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3)(X)

    X = Conv2D(filters=F3, kernel_size=1, strides=(1, 1), padding='valid',
               kernel_initializer=glorot_uniform(seed=0))(X)
    X = BatchNormalization(axis=3)(X)

    X_shortcut = Conv2D(filters=F3, kernel_size=1, strides=(s, s), padding='valid',
                        kernel_initializer=glorot_uniform(seed=0))(X_shortcut)

    X = Add()([X, X_shortcut])
    X = Activation('relu')(X)
    return X


@wrong("The shortcut carries dA_next, without the mask of the last ReLU.", "db1 and db2 are means, not sums.")
def residual_backward(dA_next, cache):
    A, Z1, A1, S, parameters = cache
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    m = A.shape[1]

    # the last ReLU
    dS = dA_next * (S > 0)

    # second layer
    dW2 = np.dot(dS, A1.T)
    db2 = np.sum(dS, axis=1, keepdims=True) / m

    # first layer
    dA1 = np.dot(W2.T, dS)
    dZ1 = dA1 * (Z1 > 0)
    dW1 = np.dot(dZ1, A.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    # main path + shortcut
    dA = np.dot(W1.T, dZ1) + dA_next

    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return dA, grads


@wrong("The last ReLU comes before the sum, not after it.")
def identity_block(X, f, filters, **other):
    # Retrieve Filters
    F1, F2, F3 = filters

    # Save the input value. You'll need this later to add back to the main path.
    X_shortcut = X

    # First component of main path
    X = Conv2D(filters=F1, kernel_size=1, strides=(1, 1), padding="valid")(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation("relu")(X)

    # Second component of main path
    X = Conv2D(filters=F2, kernel_size=f, strides=(1, 1), padding="same")(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation("relu")(X)

    # Third component of main path
    X = Conv2D(filters=F3, kernel_size=1, strides=(1, 1), padding="valid")(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation("relu")(X)

    # Final step: Add shortcut value to main path
    X = Add()([X, X_shortcut])

    return X


@wrong("The stride s stands at the second convolution, not at the first.", "A ReLU on the shortcut before the sum.")
def convolutional_block(X, f, filters, s=2, **other):
    # Retrieve Filters
    F1, F2, F3 = filters

    # Save the input value
    X_shortcut = X

    # First component of main path
    X = Conv2D(filters=F1, kernel_size=1, strides=(1, 1), padding="valid")(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation("relu")(X)

    # Second component of main path
    X = Conv2D(filters=F2, kernel_size=f, strides=(s, s), padding="same")(X)
    X = BatchNormalization(axis=3)(X)
    X = Activation("relu")(X)

    # Third component of main path
    X = Conv2D(filters=F3, kernel_size=1, strides=(1, 1), padding="valid")(X)
    X = BatchNormalization(axis=3)(X)

    # SHORTCUT PATH
    X_shortcut = Conv2D(filters=F3, kernel_size=1, strides=(s, s), padding="valid")(X_shortcut)
    X_shortcut = BatchNormalization(axis=3)(X_shortcut)
    X_shortcut = Activation("relu")(X_shortcut)

    # Final step: Add shortcut value to main path, and pass it through a RELU activation
    X = Add()([X, X_shortcut])
    X = Activation("relu")(X)

    return X
