"""Make data/photographs.h5: two photographs, a cat and a cup of coffee, from the wheel of scikit-image 0.26.0 on PyPI.

    python data/make_photographs.py [scikit_image-0.26.0-....whl]

Without a file, pip downloads it. Only pictures that their photographers gave away under CC0 are taken: the wheel says
so in skimage/data/_fetchers.py, beside each. Each is cut so that its object fills it, and shrunk.

Keys: cat and coffee, both (256, 320, 3), uint8. Attributes of each: title, author, source, licence, cut; of the file:
wheel, sha256.
"""

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np
from PIL import Image

VERSION = "0.26.0"
PLATFORM = "manylinux_2_28_x86_64"
WHEEL = f"scikit_image-{VERSION}-cp311-cp311-manylinux_2_24_x86_64.{PLATFORM}.whl"
SHA256 = "74aa5518ccea28121f57a95374581d3b979839adc25bb03f289b1bc9b99c58af"
LICENCE = "CC0 1.0 (https://creativecommons.org/publicdomain/zero/1.0/)"
HEIGHT, WIDTH = 256, 320


class Photograph(NamedTuple):
    """A picture of the wheel: its file, what it shows, by whom, and what is cut out of it."""

    file: str
    title: str
    author: str
    cut: tuple[int, int, int, int]  # left, top, right, bottom, in pixels; 5 to 4, as the photograph that comes out


PHOTOGRAPHS = {
    "cat": Photograph("chelsea.png", "Chelsea the cat", "Stefan van der Walt", (0, 0, 375, 300)),
    "coffee": Photograph("coffee.png", "A cup of coffee, Pikolo Espresso Bar", "Rachel Michetti", (28, 0, 528, 400)),
}


def checked(wheel: Path) -> Path:
    """The wheel, where it is the one that the pictures were chosen from."""
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{wheel.name} has the checksum {found}, expected {SHA256}. Download it again.")
    return wheel


def shrunk(photograph: Photograph, archive: zipfile.ZipFile) -> np.ndarray:
    """The picture, cut and shrunk: (256, 320, 3), uint8."""
    with Image.open(io.BytesIO(archive.read(f"skimage/data/{photograph.file}"))) as picture:
        small = picture.convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=photograph.cut)
    return np.asarray(small)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / WHEEL
        if len(sys.argv) == 1:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
            here_or_not = ["--only-binary=:all:", "--python-version=3.11", f"--platform={PLATFORM}"]
            subprocess.run([*pip, *here_or_not, f"scikit-image=={VERSION}"], check=True)
        with zipfile.ZipFile(checked(wheel)) as archive:
            pictures = {name: shrunk(photograph, archive) for name, photograph in PHOTOGRAPHS.items()}
    with h5py.File(Path(__file__).with_name("photographs.h5"), "w") as file:
        file.attrs.update(wheel=WHEEL, sha256=SHA256)
        for name, photograph in PHOTOGRAPHS.items():
            stored = file.create_dataset(
                name, data=pictures[name], chunks=(HEIGHT, WIDTH, 1), compression="gzip", compression_opts=9
            )
            source = f"skimage/data/{photograph.file} in scikit-image {VERSION}, https://pypi.org/project/scikit-image/"
            stored.attrs.update(
                title=photograph.title, author=photograph.author, source=source, licence=LICENCE, cut=photograph.cut
            )


if __name__ == "__main__":
    main()
