"""Curves and boundaries that the lessons draw with one call."""

import itertools

import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import pytest

from companion import plots


def test_each_curve_is_known_by_more_than_its_colour(figures):
    curves = {name: np.arange(1, 31.0) for name in "abcde"}
    plots.lines(curves, "layer", "cost (nats)", "Five curves.")
    ((figure, alt),) = figures
    drawn = figure.axes[0].get_lines()
    assert alt == "Five curves."
    assert (
        len({line.get_marker() for line in drawn})
        == len({str(line.get_linestyle()) + str(line._unscaled_dash_pattern) for line in drawn})
        == 5
    )
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == list("abcde")
    assert (figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()) == ("layer", "cost (nats)")


@pytest.mark.parametrize("log, length", [("", 40), ("", 15000), ("x", 15000)])
def test_markers_of_curves_that_cover_each_other_stand_at_different_places(log, length):
    figure = plots.draw_lines({name: np.ones(length) for name in "abc"}, "x", "y", log, first=1)
    marked = [set(line.get_markevery()) for line in figure.axes[0].get_lines()]
    plt.close(figure)
    for one, other in itertools.combinations(marked, 2):
        assert len(one & other) <= 3  # the last point, and at the start of a logarithmic axis there is no room
    assert all(5 <= len(one) <= 12 and max(one) == length - 1 for one in marked)


@pytest.mark.parametrize("length", [1, 2, 12])
def test_a_short_curve_has_a_marker_at_each_point(length):
    assert plots._marked(length, 0.5, False) == list(range(length))


def test_points_stand_where_they_should(figures):
    plots.lines({"a": [5.0, 6.0, 7.0]}, "x", "y", "One.", log="xy", colours=("black",), first=1)
    axes = figures[0][0].axes[0]
    (line,) = axes.get_lines()
    assert line.get_xdata().tolist() == [1, 2, 3] and line.get_ydata().tolist() == [5, 6, 7]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert axes.get_legend() is None and matplotlib.colors.same_color(line.get_color(), "black")


def test_each_model_is_drawn_with_its_own_predictions(figures):
    asked = []

    def predict(points, model):
        asked.append(model)
        return (points[:1] > model).astype(int)

    X, Y = np.array([[-1.0, 0.0, 1.0, 2.0], [0.0, 1.0, 0.5, -0.5]]), np.array([[0, 0, 1, 1]])
    plots.boundaries({"left": -0.5, "right": 0.5}, predict, X, Y, "Two boundaries.")
    figure = figures[0][0]
    assert asked == [-0.5, 0.5]
    assert [axes.get_title() for axes in figure.axes] == ["left", "right"]
    assert [axes.get_ylabel() for axes in figure.axes] == ["x₂", ""]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["class 0", "class 1"]
