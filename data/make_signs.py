"""Make data/signs.h5: pictures of hands that show 0 to 5, rendered with NumPy from a fixed seed; and data/signs.png.

    python data/make_signs.py

A hand is a union of 22 tapered capsules: forearm, bones of the palm, fingers, thumb. Its surface is where the signed
distance is 0; the ray of each pixel walks towards it, step by step, as far as the distance allows ("sphere tracing").

0 is an O seen from the side, 1 the index finger, 2 index and middle finger, 3 these and the thumb, 4 all fingers with
the thumb folded in, 5 the open hand. Drawn anew for each picture: lengths, widths and angles of the joints, left or
right hand (one in five is mirrored), view, size, place, skin, light, shadow, background, at times a sleeve or a band.

Keys, those of the course's own files: train_set_x (1080, 64, 64, 3) and test_set_x (120, 64, 64, 3), uint8;
train_set_y (1080,) and test_set_y (120,), int64, 0 to 5; list_classes. Each 120 in a row, counted from the first, hold
20 of each sign, mixed. Where a processor rounds the last bits otherwise, a pixel can differ by a step: 2 grey levels.
"""

from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np
from PIL import Image

SEED = 5
SIDE, FINER = 64, 2  # pixels; each is the mean of FINER x FINER rays
TRAIN, TEST, SIGNS = 1080, 120, 6

# In palms: the wrist is at (0, 0, 0), fingers (index to little) point along y, the palm along z, the thumb is at x > 0.
BASES = np.array([[0.29, 0.94, 0.0], [0.10, 1.0, 0.0], [-0.10, 0.96, 0.0], [-0.28, 0.86, 0.0]])
LENGTHS = np.array([0.80, 0.88, 0.82, 0.64])
WIDTHS = np.array([0.100, 0.102, 0.097, 0.086])
BONES = np.array([0.46, 0.30, 0.24])  # the share of a finger that each of its bones has
STRAIGHT, CURLED, ROUND = (4, 6, 5), (72, 105, 62), (40, 52, 34)  # by how many degrees its three joints are bent
SHOWN = [0, 1, 2, 2, 4, 4]  # how many fingers are straight, from the index finger on

THUMB = np.array([0.24, 0.20, 0.06])  # where it starts; then two joints and its tip:
OUT = [[0.50, 0.48, 0.12], [0.72, 0.70, 0.13], [0.88, 0.90, 0.10]]
OVER = [[0.42, 0.50, 0.26], [0.27, 0.70, 0.50], [0.03, 0.72, 0.55]]  # over bent fingers
ACROSS = [[0.41, 0.48, 0.21], [0.21, 0.68, 0.31], [-0.04, 0.74, 0.29]]  # across the palm
OPPOSED = [[0.30, 0.50, 0.36], [0.28, 0.78, 0.58], [0.24, 1.02, 0.66]]  # to the finger tips
THUMBS = [OPPOSED, OVER, OVER, OUT, ACROSS, OUT]

SKINS = np.array([[246, 214, 190], [226, 180, 146], [198, 150, 112], [160, 112, 80], [112, 76, 56], [74, 50, 40]])


class Capsules(NamedTuple):
    """Tapered capsules: from ``start`` to ``end``, both (n, 3), with radii ``first`` and ``last`` there, both (n,)."""

    start: np.ndarray
    end: np.ndarray
    first: np.ndarray
    last: np.ndarray


def turn(axis: int, degrees: float) -> np.ndarray:
    """The matrix (3, 3) that turns columns around an axis."""
    angle, i, j = np.radians(degrees), (axis + 1) % 3, (axis + 2) % 3
    matrix = np.eye(3)
    matrix[[i, j], [i, j]] = np.cos(angle)
    matrix[[i, j], [j, i]] = -np.sin(angle), np.sin(angle)
    return matrix


def hand(sign: int, rng: np.random.Generator) -> tuple[list, list]:
    """A hand that shows the sign: chains, points (k, 3) and radii (k,), of palm and forearm, and of the fingers."""
    plump, long = rng.uniform(0.88, 1.15), rng.uniform(0.9, 1.12)
    fan = rng.uniform(0.5, 1.5) if sign else 0.2
    spread = fan * np.array([9.0, 0.0, -9.0, -20.0]) + rng.normal(0, 2.5, 4)
    if sign == 1:
        spread[0] = rng.normal(1, 4)
    elif sign in (2, 3):
        spread[:2] = rng.uniform(3, 17) * np.array([1, rng.uniform(-0.9, 0.2)])
    bend_all, droop = rng.normal(0, 7), rng.uniform(0, 12)  # of bent fingers; droop: more from one to the next
    limbs = []
    for finger in range(4):
        bend = rng.normal(0, 5, 3) + (STRAIGHT if finger < SHOWN[sign] else CURLED if sign else ROUND)
        if finger >= SHOWN[sign]:
            bend[0] += bend_all + (droop * (finger - 1) if sign else 0)
        flex, aside = np.radians(np.cumsum(bend)), np.radians(spread[finger])
        along = np.stack([np.sin(aside) * np.cos(flex), np.cos(aside) * np.cos(flex), np.sin(flex)], axis=1)
        bones = long * LENGTHS[finger] * BONES[:, None] * along
        joints = BASES[finger] + np.concatenate([np.zeros((1, 3)), np.cumsum(bones, axis=0)])
        limbs.append((joints, plump * WIDTHS[finger] * np.array([1.08, 1.0, 0.9, 0.78])))
    thumb = np.array(THUMBS[sign]) + rng.normal(0, 0.03, (3, 3))
    if sign in (1, 2, 4):
        thumb[1:] += np.array([[0.5], [1.0]]) * rng.normal(0, [0.12 if sign == 4 else 0.07, 0.09, 0.02])
    if sign in (3, 5):
        thumb = THUMB + (thumb - THUMB) @ turn(2, rng.uniform(-22, 12)).T
        thumb[2] += rng.normal(0, 0.07, 3)
    if sign == 0:  # its tip meets that of the index finger
        thumb[1:] += np.array([[0.5], [1.0]]) * (limbs[0][0][-1] + np.array([0.0, -0.11, 0.06]) - thumb[2])
    limbs.append((thumb, plump * np.array([0.125, 0.11, 0.085])))

    palm = [(np.stack([base * [0.4, 0.12, 0.0], base]), plump * np.array([0.15, 0.13])) for base in BASES]
    palm.append((np.stack([THUMB, thumb[0]]), plump * np.array([0.17, 0.13])))
    palm.append((np.array([[-0.16, 0.22, 0.06], [-0.2, 0.55, 0.04]]), plump * np.array([0.16, 0.12])))
    elbow = turn(2, rng.normal(0, 12)) @ turn(0, rng.normal(0, 8)) @ [0.0, -2.6, 0.0]
    palm.append((np.stack([[0.0, 0.1, 0.0], 0.3 * elbow, elbow]), plump * np.array([0.2, 0.205, 0.29])))
    return palm, limbs


def pose(sign: int, rng: np.random.Generator) -> tuple[Capsules, Capsules]:
    """The hand as the camera sees it: x to the right and y up from -1 to 1 in the picture, z towards the camera."""
    palm, limbs = hand(sign, rng)
    sideways = rng.normal([68, 10, 8, 2, 4, 0][sign], 8 if sign == 0 else 14)
    view = turn(2, rng.normal(8 if sign in (3, 5) else 2, 10)) @ turn(0, rng.normal(-2, 9)) @ turn(1, sideways)
    mirror = np.array([rng.choice([1.0, -1.0], p=[0.8, 0.2]), 1.0, 1.0])
    size = rng.uniform(0.64, 1.0) * (1.12 if sign == 0 else 1)
    tips = np.concatenate([points for points, _ in limbs]) @ (size * mirror[:, None] * view).T
    low, high = tips.min(axis=0) - 0.1, tips.max(axis=0) + 0.1
    low[1] = min(low[1], high[1] - 1.45 * size)  # down to the wrist
    place = np.append(rng.normal(0, 0.11, 2), 0.0) - (low + high) / 2
    place = np.where(place + high > 1, 1 - high, np.where(place + low < -1, -1 - low, place))

    def seen(chains: list) -> Capsules:
        moved = [(size * mirror * (points @ view.T) + place, size * radii) for points, radii in chains]
        parts = [(points[:-1], points[1:], radii[:-1], radii[1:]) for points, radii in moved]
        return Capsules(*(np.concatenate(each) for each in zip(*parts, strict=True)))

    return seen(palm), seen(limbs)


def distances(parts: Capsules, x: np.ndarray, y: np.ndarray, z: np.ndarray, smooth: float) -> np.ndarray:
    """Signed distances of points to the union of capsules; nearer than ``smooth``, two flow into each other."""
    total = np.full(x.shape, np.inf)
    for start, end, first, last in zip(*parts, strict=True):
        way = end - start
        dx, dy, dz = x - start[0], y - start[1], z - start[2]
        t = np.clip((dx * way[0] + dy * way[1] + dz * way[2]) / (way @ way), 0, 1)
        dx, dy, dz = dx - t * way[0], dy - t * way[1], dz - t * way[2]
        total = union(total, np.sqrt(dx * dx + dy * dy + dz * dz) - (first + t * (last - first)), smooth)
    return total


def union(one: np.ndarray, other: np.ndarray, smooth: float) -> np.ndarray:
    """The distance to the union of two shapes; the polynomial rounds the edge where they meet (I. Quilez)."""
    near = np.maximum(smooth - np.abs(one - other), 0)
    return np.minimum(one, other) - near * near / (4 * smooth)


def traced(palm: Capsules, limbs: Capsules, x: np.ndarray, y: np.ndarray, light: np.ndarray) -> tuple:
    """Which rays at (x, y) hit the hand, (n,); where, and the normals, (3, n); how much light comes there, (n,)."""

    def distance(x, y, z):
        return union(distances(palm, x, y, z, 0.09), distances(limbs, x, y, z, 0.012), 0.05)

    ends = np.concatenate([palm.start, palm.end, limbs.start, limbs.end])[:, 2]
    z = np.full(x.shape, ends.max() + 0.5)  # no capsule is as thick
    going, last = np.arange(len(x)), np.full(x.shape, np.inf)
    for _ in range(28):
        last[going] = step = distance(x[going], y[going], z[going])
        z[going] -= 0.95 * step
        going = going[(step > 0.001) & (z[going] > ends.min() - 0.5)]
    hit = np.flatnonzero(last < 0.006)
    point = np.stack([x[hit], y[hit], z[hit]])
    corners = np.array([[1, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]]) * 0.004
    normal = sum(corner[:, None] * distance(*(point + corner[:, None])) for corner in corners)
    normal /= np.linalg.norm(normal, axis=0) + 1e-12
    open_sky = np.clip(distance(*(point + 0.07 * normal)) / 0.07, 0, 1)
    lit = np.clip(distance(*(point + 0.02 * normal + 0.12 * light[:, None])) / 0.08, 0, 1)
    return hit, point, normal, (0.3 + 0.7 * open_sky) * (0.55 + 0.45 * lit)


def backdrop(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A wall, (rays, 3): mostly light and grey, brightest where the lamp points, with a slope and at times an edge."""
    wall = rng.uniform(150, 245) + rng.normal(0, 6, 3)
    if rng.random() < 0.25:
        wall = rng.uniform(70, 230) + rng.normal(0, 22, 3)
    lamp, slope = rng.normal(0, 0.3, 2), rng.normal(0, 0.05, 2)
    far = (x - lamp[0]) ** 2 + (y - lamp[1]) ** 2
    light = 1 - rng.uniform(0.0, 0.24) * far + slope[0] * x + slope[1] * y
    if rng.random() < 0.3:
        light = light * np.where(y + rng.normal(0, 0.1) * x > rng.uniform(-0.9, 0.95), rng.uniform(0.88, 1.06), 1)
    return wall * light[:, None]


def blurred(picture: np.ndarray, weights: list | np.ndarray) -> np.ndarray:
    """The weighted mean over an odd number of neighbours along each axis; the picture goes on beyond its edges."""
    reach = len(weights) // 2
    for axis in (0, 1):
        widths = [(reach, reach) if each == axis else (0, 0) for each in range(picture.ndim)]
        padded, length = np.pad(picture, widths, mode="edge"), picture.shape[axis]
        picture = sum(w * padded.take(range(k, k + length), axis) for k, w in enumerate(weights)) / sum(weights)
    return picture


def shadow(hit: np.ndarray, side: int, light: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """How much of the hand's shadow lies on the wall: its outline, moved away from the light and blurred, (rays, 1)."""
    shape = np.zeros((side, side))
    shape.flat[hit] = 1
    down, right = rng.integers(1, 7) * np.where([light[1] > 0, light[0] < 0], 1, -1)
    moved = np.pad(shape, 8, mode="edge")[8 - down : side + 8 - down, 8 - right : side + 8 - right]
    return blurred(moved, np.hanning(2 * rng.integers(2, 8) + 1)[1:-1]).reshape(-1, 1)


def picture(sign: int, number: int) -> np.ndarray:
    """Picture ``number`` of the data set, with a hand that shows the sign: (64, 64, 3), uint8."""
    rng = np.random.default_rng([SEED, number])
    side = SIDE * FINER
    centres = (np.arange(side) + 0.5) / side * 2 - 1
    x, y = (grid.ravel() for grid in np.meshgrid(centres, -centres))
    palm, limbs = pose(sign, rng)
    light = np.append(rng.normal([0, 0.25], [0.4, 0.35]), 1.0)
    light /= np.linalg.norm(light)
    hit, point, normal, shelter = traced(palm, limbs, x, y, light)

    colours = backdrop(x, y, rng)
    colours *= 1 - rng.uniform(0.1, 0.55) * shadow(hit, side, light, rng)
    tone = rng.beta(1.3, 1.8) * (len(SKINS) - 1)
    skin = np.array([np.interp(tone, range(len(SKINS)), channel) for channel in SKINS.T]) * rng.normal(1, 0.02, 3)
    skin = np.tile(skin, (len(hit), 1))
    skin[:, 1:] *= 1 - 0.06 * rng.random() * (1 + np.sin(9 * point[0] + 4 * point[1] + rng.uniform(0, 6)))[:, None]
    arm = palm.end[-2] - palm.start[-2]
    beyond = arm @ (point - palm.start[-2][:, None]) / np.linalg.norm(arm) - rng.uniform(0.04, 0.25)
    dressed, colour = rng.random(), rng.uniform(10, 220, 3)
    if dressed < 0.12:
        skin[beyond > 0] = colour
    elif dressed < 0.2:
        skin[(beyond > 0) & (beyond < 0.06)] = 0.3 * colour
    ambient, facing = rng.uniform(0.35, 0.6), np.clip(light @ normal, 0, 1)
    rim = 1 - rng.uniform(0.2, 0.5) * (1 - np.clip(normal[2], 0, 1)) ** 2
    glare = 22 * rng.random() * facing[:, None] ** 20
    colours[hit] = skin * ((ambient + (1.08 - ambient) * facing) * shelter * rim)[:, None] + glare

    colours = colours * rng.uniform(0.85, 1.12) * rng.normal(1, 0.025, 3)
    colours = blurred(colours.reshape(side, side, 3), [1, 2, 1]).reshape(SIDE, FINER, SIDE, FINER, 3).mean(axis=(1, 3))
    return np.clip(2 * np.round(colours / 2), 0, 254).astype(np.uint8)  # even levels make the file a quarter smaller


def signs() -> np.ndarray:
    """Which sign each of the 1200 pictures shows."""
    rng = np.random.default_rng(SEED)
    return np.concatenate([rng.permutation(np.arange(TEST) % SIGNS) for _ in range((TRAIN + TEST) // TEST)])


def main() -> None:
    labels = signs().astype(np.int64)
    pictures = np.stack([picture(sign, number) for number, sign in enumerate(labels)])
    with h5py.File(Path(__file__).with_name("signs.h5"), "w") as file:
        for part, chosen in (("train", slice(0, TRAIN)), ("test", slice(TRAIN, None))):
            small = {"chunks": (60, SIDE, SIDE, 3), "compression": "gzip", "compression_opts": 9}
            file.create_dataset(f"{part}_set_x", data=pictures[chosen], **small)
            file[f"{part}_set_y"] = labels[chosen]
        file["list_classes"] = np.array([b"0", b"1", b"2", b"3", b"4", b"5"])
    rows = [np.concatenate(pictures[:TRAIN][labels[:TRAIN] == sign][:10], axis=1) for sign in range(SIGNS)]
    Image.fromarray(np.concatenate(rows)).save(Path(__file__).with_name("signs.png"), optimize=True)


if __name__ == "__main__":
    main()
