"""Pictures beside what networks answer to them, pictures changed a little, and one's own picture file."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from companion import guesses


@pytest.fixture
def picture():
    return np.random.default_rng(2).integers(0, 256, (64, 64, 3), dtype=np.uint8)


def test_a_column_of_bars_below_each_picture(picture):
    early, late = np.full((6, 3), 1 / 6), np.eye(6)[:, [2, 0, 5]]
    figure = guesses.draw_guesses([picture] * 3, {"early": early, "late": late}, ["a", "b", "c"])
    above, below = figure.axes[:3], figure.axes[3:]
    assert [axes.get_title() for axes in above] == ["a", "b", "c"]
    for i, axes in enumerate(below):
        heights = [[bar.get_height() for bar in bars] for bars in axes.containers]
        np.testing.assert_allclose(heights, [early[:, i], late[:, i]])
        assert axes.get_ylim() == (0, 1) and axes.get_xlabel()
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["early", "late"]
    plt.close(figure)
    one = guesses.draw_guesses([picture], {"yours": early[:, :1]})
    assert not one.legends
    plt.close(one)


def test_a_picture_that_is_not_changed_stays_what_it_is(picture):
    assert np.array_equal(guesses.changed(picture), picture)
    half, bright = guesses.changed(picture, light=0.5), guesses.changed(picture, light=9)
    assert np.array_equal(half, picture // 2) and bright.max() == 255 and bright.dtype == np.uint8


def test_turning_goes_to_the_left_and_back(picture):
    assert np.array_equal(guesses.changed(picture, 90), np.rot90(picture))
    grey = np.full((64, 64, 3), 100, np.uint8)
    grey[20:44, 20:44] = 200
    turned = guesses.changed(grey, 30)
    assert turned.shape == grey.shape and tuple(turned[0, 0]) == (100, 100, 100) and turned[32, 32, 0] == 200


@pytest.mark.parametrize(("mode", "size"), [("RGB", (300, 200)), ("L", (64, 90)), ("RGBA", (10, 10))])
def test_a_file_of_ones_own_becomes_a_square(tmp_path, mode, size):
    path = tmp_path / "hand.png"
    Image.new(mode, size, 128 if mode == "L" else (10, 20, 30, 255)[: len(mode)]).save(path)
    pixels = guesses.own_picture(path)
    assert pixels.shape == (64, 64, 3) and pixels.dtype == np.uint8
    assert pixels[5, 5].tolist() == ([128] * 3 if mode == "L" else [10, 20, 30])
