"""A picture is an <img> with its text alternative, sharp and small;
in the grader it is what the feedback page keeps."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from nbformat.v4 import new_output
from pages import images_on_page
from PIL import Image

from autograder.grading.grade import SAFE_OUTPUTS
from companion import lessons, plots

ALT = 'Two lines: "up" & <down>, $x$ from 1 to 3.'


def figure_of(draw) -> plt.Figure:
    figure, axes = plt.subplots(figsize=(6, 4))
    draw(axes)
    return figure


@pytest.fixture
def figure() -> plt.Figure:
    return figure_of(lambda axes: axes.plot([1, 2, 3], [[1, 3], [2, 2], [3, 1]]))


def pixels_of(data: dict) -> Image.Image:
    (image,) = images_on_page([new_output("display_data", data=data)])
    return Image.open(io.BytesIO(base64.b64decode(image["src"].removeprefix("data:image/png;base64,"))))


def test_the_exported_page_shows_an_image_with_its_text(figure):
    data, metadata = plots.bundle(figure, ALT)
    assert data.keys() == {"text/html", "text/plain"} and data["text/plain"] == ALT and metadata == {}
    (image,) = images_on_page([new_output("display_data", data=data, metadata=metadata)])
    assert image["alt"] == ALT and (image["width"], image["height"]) == ("540", "360")
    assert plt.get_fignums() == []


def test_it_has_twice_as_many_pixels_as_it_takes_up(figure):
    assert pixels_of(plots.bundle(figure, ALT)[0]).size == (1080, 720)


def test_a_diagram_is_kept_with_few_colours_and_nobody_can_tell(figure):
    plain = io.BytesIO()
    figure.savefig(plain, format="png", dpi=180)
    picture = pixels_of(plots.bundle(figure, ALT)[0])
    assert picture.mode == "P"
    gap = np.asarray(picture.convert("RGB"), int) - np.asarray(Image.open(plain).convert("RGB"), int)
    assert np.abs(gap).mean() < 0.2 and np.abs(gap).max() < 64


def test_a_photograph_keeps_its_colours():
    x, y = np.meshgrid(np.arange(256), np.arange(256))
    photograph = np.stack([x, y, 255 - (x + y) // 2], axis=2).astype(np.uint8)
    picture = pixels_of(plots.bundle(figure_of(lambda axes: axes.imshow(photograph)), ALT)[0])
    assert len(picture.convert("RGB").getcolors(10**6)) > 10_000


def test_what_is_transparent_stays_so(figure):
    figure.set_facecolor((1, 1, 1, 0))
    assert pixels_of(plots.bundle(figure, ALT)[0]).getextrema()[-1][0] == 0


def test_in_the_grader_it_is_what_the_feedback_page_keeps(figure, monkeypatch):
    monkeypatch.setattr(lessons, "GRADING", True)
    data, metadata = plots.bundle(figure, ALT)
    assert data.keys() <= set(SAFE_OUTPUTS) and data["text/plain"] == ALT
    assert metadata == {"image/png": {"alt": ALT}}
    assert Image.open(io.BytesIO(data["image/png"])).size == (540, 360)


def test_without_a_text_there_is_no_picture(figure):
    with pytest.raises(ValueError, match="a figure needs a text alternative") as raised:
        plots.show(figure, " ")
    (line,) = raised.value._render_traceback_()
    assert line.startswith("ValueError: a figure needs") and "\n" not in line
    plt.close(figure)
