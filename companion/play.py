"""Something to play with: a slider that redraws a figure, and a still picture wherever there are no sliders."""

import importlib
import os
from collections.abc import Callable
from types import ModuleType
from typing import Any

import matplotlib.pyplot as plt

from companion import lessons, plots
from companion.one_line import in_one_line

Draw = Callable[..., tuple[plt.Figure, str]]

WITHOUT = "This page has no sliders."

AGAIN = "No sliders here? Run this cell in JupyterLab."
"""Always shown: a notebook that is opened again has the picture,
but where sliders were it says that a model is missing."""

NOT_INSTALLED = "No sliders: ipywidgets is not installed. Change the starting numbers in the cell, and run it again."


def slider(draw: Draw, **ranges: tuple[float, ...]) -> None:
    """Show a figure under one slider for each number that it depends on; where a slider stops, the figure is redrawn.

    The figure is an ordinary output that the sliders replace. So a saved or exported notebook shows it as it was last,
    and a page that has no sliders, or no ipywidgets, shows it as it starts.

    Args:
        draw: takes a number for each name, returns the figure and its text alternative (see
            :func:`companion.plots.show`).
        **ranges: for each name of ``draw`` (lowest, highest, start), or (lowest, highest, start, step). With whole
            numbers the slider moves in ones, otherwise in a hundred steps.

    Raises:
        ValueError: a range is empty, or its start lies outside it. Whatever ``draw`` raises for the starting numbers.
    """
    for name, (low, high, start, *_) in ranges.items():
        if not low <= start <= high or low == high:
            given = f"{low}, {high}, {start}"
            raise in_one_line(ValueError(f"{name}: expected (lowest, highest, start), received ({given})."))
    picture = draw(**{name: start for name, (_, _, start, *_) in ranges.items()})
    if _still():
        plots.show(*picture)
        return
    widgets = _widgets()
    if widgets is None:
        print(NOT_INSTALLED)
        plots.show(*picture)
        return
    _show_sliders(draw, {name: _slider(widgets, name, *given) for name, given in ranges.items()}, widgets, picture)


def _still() -> bool:
    """Whether nobody is there to move a slider: the notebook is being built, tested or graded, or is no notebook."""
    unattended = os.environ.get("COMPANION_DATA") == "shipped" or os.environ.get("NBGRADER_EXECUTION")
    if unattended or lessons.GRADING:
        return True
    from IPython import get_ipython

    return not hasattr(get_ipython(), "kernel")


def _widgets() -> ModuleType | None:
    """The module ipywidgets, or None where it is not installed."""
    try:
        return importlib.import_module("ipywidgets")
    except ImportError:
        return None


def _slider(widgets: ModuleType, name: str, low: float, high: float, start: float, step: float | None = None) -> Any:
    whole = all(isinstance(number, int) for number in (low, high, start))
    kind = widgets.IntSlider if whole else widgets.FloatSlider
    # Redrawing at each pixel on the way would lag behind the hand.
    return kind(
        start, min=low, max=high, step=step or (1 if whole else (high - low) / 100), description=name.replace("_", " "),
        continuous_update=False, style={"description_width": "8em"}, layout={"width": "32em"},
    )  # fmt: skip


def _show_sliders(draw: Draw, sliders: dict[str, Any], widgets: ModuleType, picture: tuple[plt.Figure, str]) -> None:
    from IPython.display import display

    print(AGAIN)
    # A page without sliders shows the plain text of this output: a sentence, in the place of the widget's own repr.
    bundle = widgets.VBox(list(sliders.values()))._repr_mimebundle_()
    display({**bundle, "text/plain": WITHOUT}, raw=True)
    data, metadata = plots.bundle(*picture)
    shown = display(data, metadata=metadata, raw=True, display_id=True)

    def redraw(_change: object) -> None:
        data, metadata = plots.bundle(*draw(**{name: one.value for name, one in sliders.items()}))
        shown.update(data, metadata=metadata, raw=True)

    for one in sliders.values():
        one.observe(redraw, names="value")
