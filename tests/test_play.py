"""Sliders that redraw a figure, and the still picture wherever there are none."""

import IPython.display
import matplotlib.pyplot as plt
import pytest

from companion import play, plots


class Shown:
    """What was displayed, and what a picture was replaced by."""

    def __init__(self):
        self.outputs, self.updates = [], []

    def display(self, data, metadata=None, raw=False, display_id=None):
        assert raw
        self.outputs.append(data)
        return self if display_id else None

    def update(self, data, metadata=None, raw=False):
        self.updates.append(data["text/plain"])


@pytest.fixture
def shown(monkeypatch):
    shown = Shown()
    monkeypatch.setattr(IPython.display, "display", shown.display)
    return shown


@pytest.fixture
def live(monkeypatch):
    """As in a learner's own notebook; returns the sliders that are made, by name."""
    sliders = {}
    make = play._slider

    def noted(widgets, name, *given):
        sliders[name] = make(widgets, name, *given)
        return sliders[name]

    monkeypatch.setattr(play, "_still", lambda: False)
    monkeypatch.setattr(play, "_slider", noted)
    return sliders


def draw(size, depth):
    return plt.figure(figsize=(1, 1)), f"A picture of size {size:.2f} and depth {depth}."


@pytest.mark.parametrize("name, value", [("COMPANION_DATA", "shipped"), ("NBGRADER_EXECUTION", "autograde")])
def test_a_still_picture_where_nobody_can_move_a_slider(shown, monkeypatch, name, value):
    monkeypatch.delenv("COMPANION_DATA", raising=False)
    monkeypatch.setenv(name, value)
    play.slider(draw, size=(1.0, 2.0, 1.5), depth=(1, 9, 4))
    (picture,) = shown.outputs
    assert picture["text/plain"] == "A picture of size 1.50 and depth 4."


def test_a_still_picture_outside_of_a_notebook(shown, monkeypatch):
    monkeypatch.delenv("COMPANION_DATA", raising=False)
    play.slider(draw, size=(1.0, 2.0, 1.5), depth=(1, 9, 4))
    assert len(shown.outputs) == 1


def test_without_ipywidgets_a_still_picture_and_what_to_do(shown, live, monkeypatch, capsys):
    monkeypatch.setattr(play, "_widgets", lambda: None)
    play.slider(draw, size=(1.0, 2.0, 1.5), depth=(1, 9, 4))
    assert len(shown.outputs) == 1 and not live
    assert "ipywidgets is not installed" in capsys.readouterr().out


def test_a_slider_that_is_moved_replaces_the_picture(shown, live):
    play.slider(draw, size=(1.0, 2.0, 1.5), depth=(1, 9, 4))
    sliders, picture = shown.outputs
    assert picture["text/plain"] == "A picture of size 1.50 and depth 4."
    assert "application/vnd.jupyter.widget-view+json" in sliders
    assert sliders["text/plain"] == play.WITHOUT  # an exported page has a sentence there, no VBox(children=…)
    live["size"].value = 1.25
    live["depth"].value = 7
    assert shown.updates == ["A picture of size 1.25 and depth 4.", "A picture of size 1.25 and depth 7."]


def test_whole_numbers_move_in_ones_and_others_in_a_hundred_steps(shown, live):
    play.slider(draw, size=(1.0, 2.0, 1.5), depth=(1, 9, 4))
    assert (live["size"].step, live["depth"].step) == (0.01, 1)
    assert type(live["depth"].value) is int
    play.slider(draw, size=(1.0, 2.0, 1.5, 0.25), depth=(1, 9, 5, 2))
    assert (live["size"].step, live["depth"].step) == (0.25, 2)


def test_no_figure_stays_open(shown, live):
    before = plt.get_fignums()
    play.slider(draw, size=(1.0, 2.0, 1.5), depth=(1, 9, 4))
    live["size"].value = 1.75
    assert plt.get_fignums() == before


@pytest.mark.parametrize("given", [(1, 1, 1), (2, 1, 1), (0, 1, 2), (0, 1, -1)])
def test_a_range_that_is_none_is_refused_before_anything_is_drawn(shown, given):
    with pytest.raises(ValueError, match="depth: expected"):
        play.slider(draw, size=(1.0, 2.0, 1.5), depth=given)
    assert not shown.outputs


def test_a_picture_of_a_slider_needs_a_text_as_well(shown):
    with pytest.raises(ValueError, match="text alternative"):
        play.slider(lambda size: (plt.figure(figsize=(1, 1)), " "), size=(1, 2, 1))
    plt.close("all")


def test_what_show_displays_is_the_bundle(shown):
    plots.show(plt.figure(figsize=(1, 1)), "A picture of nothing at all.")
    (data,) = shown.outputs
    assert data == plots.bundle(plt.figure(figsize=(1, 1)), "A picture of nothing at all.")[0]
