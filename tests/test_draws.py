"""Whether weights may have been drawn so: fair draws pass, however they are made, and each unfair one is told why."""

import numpy as np
import pytest

from autograder.judge.draws import fair_draw

SPREADS = {
    "a constant": lambda n_prev: (0.01, "0.01"),
    "He": lambda n_prev: (np.sqrt(2 / n_prev), f"sqrt(2/{n_prev})"),
}
spreads = pytest.mark.parametrize("spread", SPREADS.values(), ids=SPREADS)


def network(rng, sizes, spread, factor=1.0):
    made = {}
    for i in range(1, len(sizes)):
        made[f"W{i}"] = rng.standard_normal((sizes[i], sizes[i - 1])) * spread(sizes[i - 1])[0] * factor
        made[f"b{i}"] = np.zeros((sizes[i], 1))
    return made


@spreads
def test_fair_draws_of_any_shape_pass_and_come_back(spread):
    rng = np.random.default_rng()
    for _ in range(200):
        sizes = rng.integers(1, 60, rng.integers(2, 6))
        drawn = network(rng, sizes, spread)
        assert fair_draw(drawn, sizes, spread) is drawn


@spreads
def test_what_is_unfair_is_told(spread):
    rng, sizes = np.random.default_rng(), (150, 140, 130)
    fair = network(rng, sizes, spread)
    W1, W2 = fair["W1"], fair["W2"]
    again = np.random.default_rng(7).standard_normal(140 * 150)
    unfair = {
        "standard deviation": network(rng, sizes, spread, 2**-0.5),
        "holds 1, expected only zeros": fair | {"b2": np.ones((130, 1))},
        "every entry of W2 is 0": fair | {"W2": 0 * W2},
        "repeats itself": fair | {"W1": np.tile(W1[:1], (140, 1))},
        "W1 has mean": fair | {"W1": np.abs(W1)},
        "neighbouring rows of W1 are tied": fair | {"W1": (W1 + np.roll(W1, 1, axis=0)) / 2**0.5},
        "W1 is not normal": fair | {"W1": spread(150)[0] * rng.uniform(-(3**0.5), 3**0.5, W1.shape)},
        "begin with the same draws": {
            **fair, "W1": spread(150)[0] * again.reshape(140, 150),
            "W2": spread(140)[0] * again[: 130 * 140].reshape(130, 140)
        },
    }  # fmt: skip
    for why, answer in unfair.items():
        with pytest.raises(ValueError, match=why):
            fair_draw(answer, sizes, spread)


def test_another_distribution_passes_where_the_contract_asks_for_the_spread_alone():
    sizes, spread = (150, 140), SPREADS["He"]
    half_width = spread(150)[0] * 3**0.5
    drawn = {"W1": np.random.default_rng().uniform(-half_width, half_width, (140, 150)), "b1": np.zeros((140, 1))}
    assert fair_draw(drawn, sizes, spread, normal=False) is drawn
