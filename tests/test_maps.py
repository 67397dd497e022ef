"""Arrays as maps, and grey pictures side by side."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from companion import maps


def drawn(figure):
    """The axes that hold a map, without the one of the colours."""
    return [axes for axes in figure.axes if axes.get_title()]


def test_each_number_stands_in_its_square(figures):
    counts = np.array([[0, 1, 12], [3, 4, 5]])
    maps.show({"counts": counts}, "windows", "Six numbers.")
    ((figure, alt),) = figures
    (axes,) = drawn(figure)
    assert alt == "Six numbers." and axes.get_title() == "counts"
    assert {(*text.get_position(), text.get_text()) for text in axes.texts} == {
        (j, i, str(counts[i, j])) for i, j in np.ndindex(2, 3)
    }
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("column", "row")
    assert [axes.get_ylabel() for axes in figure.axes if axes.get_ylabel()] == ["row", "windows"]


@pytest.mark.parametrize("numbers", [np.full((2, 2), 0.5), np.full((2, 2), 100.0), np.ones((21, 20))])
def test_what_would_not_fit_into_a_square_is_left_out(numbers):
    figure = maps.draw({"map": numbers}, "gradient")
    assert not drawn(figure)[0].texts
    plt.close(figure)


def test_maps_side_by_side_have_one_scale():
    figure = maps.draw({"a": np.zeros((2, 3)), "b": np.full((4, 5), 7.0)}, "windows")
    images = [axes.images[0] for axes in drawn(figure)]
    assert {image.get_clim() for image in images} == {(0, 7)}
    plt.close(figure)


def test_numbers_can_be_read_on_dark_and_on_light():
    figure = maps.draw({"map": np.array([[0.0, 9.0]])}, "windows")
    light, dark = drawn(figure)[0].texts
    assert (light.get_color(), dark.get_color()) == ("black", "white")
    plt.close(figure)


def test_each_picture_goes_from_black_to_white(figures):
    maps.pictures({"one": np.array([[-0.1, 0.1]]), "flat": np.full((2, 2), 3.0)}, "Two pictures.")
    ((figure, alt),) = figures
    one, flat = (axes.images[0].get_array() for axes in drawn(figure))
    assert alt == "Two pictures." and np.asarray(one).tolist() == [[0, 255]]
    assert set(np.asarray(flat).ravel()) == {128}
