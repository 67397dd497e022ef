"""The pretrained network: its weights, its layers against plain NumPy, what it sees, and a learner's own pictures."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from autograder.places import repository
from companion import costs, data, pretrained

keras = pytest.importorskip("keras")

ROOT = repository().root


@pytest.fixture(scope="module")
def network():
    return pretrained.network()


def test_the_file_is_small_and_whole():
    weights, classes = data.load_pretrained()
    assert (ROOT / "data" / "pretrained.h5").stat().st_size < 10e6
    assert len(weights) == 50 and len(classes) == 1000 and classes[281:283] == ["tabby", "tiger cat"]
    assert sum(kernel.size + bias.size for kernel, bias in weights) == 4_631_000
    assert all(kernel.dtype == np.float32 and np.isfinite(kernel).all() for kernel, _ in weights)


def test_it_sees_a_cat_and_a_cup(network):
    cat, coffee = (pretrained.best(network, data.load_photograph(name)) for name in ("cat", "coffee"))
    assert len(cat) == 5 and {"tabby", "tiger cat", "Egyptian cat"} <= {name for name, _ in cat[:3]}
    assert coffee[0][0] == "espresso" and coffee[0][1] > 0.5
    assert cat[0][1] >= cat[1][1] >= cat[4][1] > 0


def test_its_size_is_that_of_its_layers_as_tuples(network):
    assert network.count_params() == 4_631_000 and costs.multiply_adds(network) == 385_187_552
    kinds = {"Conv2D": "conv", "DepthwiseConv2D": "depthwise", "Dense": "dense"}
    body, last = network.layers
    built = [kinds[kind] for kind in (type(layer).__name__ for layer in [*body.layers, last]) if kind in kinds]
    assert built == [layer[0] for layer in pretrained.chain() if layer[0] in kinds.values()]


def relu6(x):
    return np.clip(x, 0, 6)


def window(x, kernel, stride, depthwise=False):
    """A convolution with padding "same", by the places of its window: x (h, w, c), kernel (f, f, c, n), float64."""
    f, sizes = kernel.shape[0], x.shape[:2]
    places = [-(-n // stride) for n in sizes]
    pads = [max(0, (p - 1) * stride + f - n) for p, n in zip(places, sizes, strict=True)]
    padded = np.pad(x, [*((p // 2, p - p // 2) for p in pads), (0, 0)])
    total = 0
    for i in range(f):
        for j in range(f):
            cut = padded[i : i + (places[0] - 1) * stride + 1 : stride, j : j + (places[1] - 1) * stride + 1 : stride]
            total = total + (cut * kernel[i, j, :, 0] if depthwise else cut @ kernel[i, j])
    return total


@pytest.mark.parametrize("side", [37, 64])
def test_the_first_blocks_are_what_numpy_computes(side):
    model = pretrained.features(side)
    weights = iter([tuple(part.astype(np.float64) for part in pair) for pair in data.load_pretrained()[0]])
    picture = np.random.default_rng(2).integers(0, 256, (side, side, 3))

    def layer(x, stride, depthwise=False):
        kernel, bias = next(weights)
        return window(x, kernel, stride, depthwise) + bias

    x = relu6(layer((picture - 127.0) / 128, 2))
    x = layer(relu6(layer(x, 1, depthwise=True)), 1)  # the first block widens nothing
    x = layer(relu6(layer(relu6(layer(x, 1)), 2, depthwise=True)), 1)
    x = x + layer(relu6(layer(relu6(layer(x, 1)), 1, depthwise=True)), 1)  # the first block with a shortcut
    (join,) = [one for one in model.layers if type(one).__name__ == "Add"][:1]
    came = keras.Model(model.inputs[0], join.output)(picture[None].astype(np.float32))
    np.testing.assert_allclose(np.asarray(came)[0], x, rtol=1e-3, atol=1e-3 * np.abs(x).max())


def test_the_pickle_of_the_weights_may_hold_tensors_only():
    program = (
        "import io, os, pickle, sys\nsys.path.insert(0, sys.argv[1])\nfrom make_pretrained import TensorsOnly\n"
        "class Evil:\n    def __reduce__(self):\n        return os.system, ('echo run',)\n"
        "TensorsOnly(io.BytesIO(pickle.dumps(Evil()))).load()"
    )
    done = subprocess.run([sys.executable, "-B", "-c", program, ROOT / "data"], capture_output=True, text=True)
    assert "which is no tensor" in done.stderr and "run" not in done.stdout


def test_strides_of_tensors_are_honoured(monkeypatch):
    """A matrix that lies in its storage column by column."""
    monkeypatch.syspath_prepend(str(ROOT / "data"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import io

    import make_pretrained

    monkeypatch.setattr(
        make_pretrained.TensorsOnly,
        "load",
        lambda self, answers=iter([0, 0, 0, {"W": make_pretrained.Tensor("k", 1, (2, 3), (1, 2))}, ["k"]]): (
            setattr(self, "kinds", {"k": "<f4"}),
            next(answers),
        )[1],
    )
    storage = np.arange(7, dtype="<f4")
    found = make_pretrained.tensors(io.BytesIO((7).to_bytes(8, "little") + storage.tobytes()))
    assert np.array_equal(found["W"], [[1, 3, 5], [2, 4, 6]])


def test_a_dense_layer_on_features_learns():
    rng = np.random.default_rng(3)
    centres = 4 * rng.standard_normal((3, 7))
    X, y = np.repeat(centres, 20, axis=0) + rng.standard_normal((60, 7)), np.repeat(np.arange(3), 20)
    guess = pretrained.softmax_regression(X, y, classes=3)
    assert np.mean(guess(centres + 0.1) == np.arange(3)) == 1 and np.mean(guess(X) == y) > 0.9


MODES = {"RGB": "jpg", "L": "png", "RGBA": "png", "P": "gif", "CMYK": "tif", "1": "bmp", "I;16": "png", "LA": "webp"}


@pytest.mark.parametrize(("mode", "kind"), MODES.items(), ids=MODES)
def test_own_pictures_of_any_kind_come_as_three_colours(own, mode, kind):
    if mode == "I;16":
        picture = Image.fromarray(np.full((5, 7), 40000, np.uint16))
    else:
        picture = Image.new("RGB", (7, 5), (200, 200, 200)).convert(mode)
    picture.save(own / f"mine.{kind}")
    pixels = pretrained.own_photograph(f"mine.{kind}")
    assert pixels.shape == (5, 7, 3) and pixels.dtype == np.uint8
    assert abs(pixels.mean() - {"1": 200, "I;16": 156}.get(mode, 200)) < (60 if mode == "1" else 3)


def test_what_is_transparent_is_white_and_what_lies_on_its_side_is_turned(own):
    Image.new("RGBA", (7, 5), (0, 0, 0, 0)).save(own / "clear.png")
    assert pretrained.own_photograph("clear.png").min() == 255
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (7, 5)).save(own / "turned.jpg", exif=turned)
    assert pretrained.own_photograph("turned.jpg").shape == (7, 5, 3)


def cut_off(path):
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (90, 90, 3), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:900])


BAD = {
    "missing": (lambda path: None, "is missing. Put your picture into data/own/"),
    "folder": (lambda path: path.mkdir(), "is a folder. Give the name of a picture file"),
    "text": (lambda path: path.write_text("hello"), "is no picture of a kind that can be read here. Save it as JPEG"),
    "empty": (lambda path: path.write_bytes(b""), "is no picture of a kind that can be read here"),
    "cut off": (cut_off, "is damaged or cannot be read"),
}


@pytest.mark.parametrize(("spoil", "told"), BAD.values(), ids=BAD)
def test_a_bad_picture_is_named_in_one_line(own, spoil, told):
    spoil(own / "mine.png")
    with pytest.raises(data.DataError) as caught:
        pretrained.own_photograph("mine.png")
    assert told in str(caught.value) and "mine.png" in str(caught.value) and "\n" not in str(caught.value)


def test_a_picture_with_too_many_pixels_is_refused(own, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    Image.new("RGB", (70, 50)).save(own / "mine.png")
    with pytest.raises(data.DataError, match="has too many pixels"):
        pretrained.own_photograph("mine.png")


def test_multiply_adds_of_a_kind_that_is_not_known_are_refused():
    model = keras.Sequential([keras.Input((6, 5, 2)), keras.layers.Conv2DTranspose(3, 3)])
    with pytest.raises(ValueError, match="Conv2DTranspose has weights"):
        costs.multiply_adds(model)
    whole = keras.Sequential(
        [keras.Input((6, 5, 2)), keras.layers.SeparableConv2D(4, 3), keras.layers.BatchNormalization()]
    )
    assert costs.multiply_adds(whole) == 4 * 3 * (9 * 2 + 2 * 4)
