"""A convolution three times: loops, as a matrix product, and TensorFlow's; on one core, forward and backward.

    python -m benchmarks.convolution

*Loops* are the solved functions of course 4, week 1: one window and one filter at a time. *im2col* is one product of
matrices, with the solution of convolution_steps; its lesson has no way back. *Ours, fast* is companion.convolution,
which goes through the entries of the filter. *TensorFlow* is ``tf.nn.conv2d``, and its gradients in pictures and
filters. All get the same float32 numbers, and must agree before they are timed.

In each round everything runs once, by turns. The least CPU time of a round counts (of the process, which has one thread
that works), so that what else the machine does disturbs little. What is quick is repeated for 20 ms in each round.
"""

import os

os.environ.update(
    OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", TF_NUM_INTRAOP_THREADS="1",
    TF_NUM_INTEROP_THREADS="1", TF_CPP_MIN_LOG_LEVEL="2",
)  # fmt: skip

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from autograder.authoring.lesson_text import read_lesson
from autograder.notebooks import grade_id_of, is_given_or_solved, without_markers
from autograder.places import repository
from companion import convolution, lessons

# Pictures, rows, columns, channels; side of the filters, their number, stride, padding.
SIZES = [
    (1, 32, 40, 1, 3, 4, 1, 1),
    (8, 16, 16, 8, 3, 16, 1, 1),
    (4, 32, 32, 16, 3, 32, 1, 1),
    (4, 33, 41, 16, 5, 32, 2, 2),
    (2, 14, 14, 64, 1, 128, 1, 0),
]
ROUNDS = 5
LONG_ENOUGH = 0.02  # seconds

Run = Callable[[], Any]


def solved(lesson: str) -> dict[str, Any]:
    """The functions of a lesson of course 4, week 1, as it solves them."""
    place = next(place for place in repository().lessons() if place.name == f"course4-week1/{lesson}")
    lessons.current = place.name
    names: dict[str, Any] = {"__name__": "__main__"}
    text = read_lesson(place)
    for cell in text.cells:
        grade_id = str(grade_id_of(cell) or "")
        if is_given_or_solved(cell) and (grade_id in ("setup", "forward") or grade_id in text.tests):
            exec(without_markers(cell.source), names)
    return names


def ways(size: tuple[int, ...], steps: dict[str, Any], back: dict[str, Any]) -> tuple[dict[str, Run], dict[str, Run]]:
    """What is compared at this size: forward, and backward; from the name of a way to a call without arguments."""
    m, height, width, c_prev, f, c, stride, pad = size
    rng = np.random.default_rng(1)
    A = rng.standard_normal((m, height, width, c_prev)).astype(np.float32)
    W, b = rng.standard_normal((f, f, c_prev, c)).astype(np.float32), np.zeros((1, 1, 1, c), np.float32)
    step = {"stride": stride, "pad": pad}
    frame = [[0, 0], [pad, pad], [pad, pad], [0, 0]]
    Z, cache = convolution.conv_forward(A, W, b, step)
    dZ = rng.standard_normal(Z.shape).astype(np.float32)
    a, w, dz = tf.constant(A), tf.constant(W), tf.constant(dZ)

    def product() -> np.ndarray:
        return (steps["im2col"](A, f, stride, pad) @ W.reshape(-1, c) + b.reshape(1, -1)).reshape(Z.shape)

    @tf.function
    def gradients() -> list[tf.Tensor]:
        with tf.GradientTape() as tape:
            tape.watch([a, w])
            out = tf.nn.conv2d(a, w, stride, frame)
        return tape.gradient(out, [a, w], dz)

    forward: dict[str, Run] = {
        "loops": lambda: steps["conv_forward"](A, W, b, step)[0],
        "im2col": product,
        "ours, fast": lambda: convolution.conv_forward(A, W, b, step)[0],
        "TensorFlow": lambda: tf.nn.conv2d(a, w, stride, frame).numpy(),
    }
    backward: dict[str, Run] = {
        "loops": lambda: back["conv_backward"](dZ, cache)[:2],
        "ours, fast": lambda: convolution.conv_backward(dZ, cache)[:2],
        "TensorFlow": lambda: [gradient.numpy() for gradient in gradients()],
    }
    for all_ways in (forward, backward):
        expected, *others = [way() for way in all_ways.values()]
        for other in others:
            _must_agree(expected, other, size)
    return forward, backward


def _must_agree(expected: Any, other: Any, size: tuple[int, ...]) -> None:
    one, two = ([array] if isinstance(array, np.ndarray) else array for array in (expected, other))
    for array, its in zip(one, two, strict=True):
        if np.abs(array - its).max() > 1e-4 * np.abs(array).max():
            raise SystemExit(f"At size {size} two ways differ by more than 0.0001 of the largest entry.")


def seconds(run: Run) -> float:
    """CPU seconds of one call, the mean of as many as fill 20 ms."""
    start, calls = time.process_time(), 0
    while time.process_time() - start < LONG_ENOUGH:
        run()
        calls += 1
    return (time.process_time() - start) / calls


def table() -> list[tuple[str, str, str, float, float]]:
    """Rows of size, direction, way, CPU seconds, and how many times TensorFlow's."""
    steps, back = solved("convolution_steps"), solved("convolution_backward")
    rows = []
    for size in SIZES:
        m, height, width, c_prev, f, c, stride, pad = size
        shown = f"{m} × {height} × {width} × {c_prev}, {c} of {f} × {f}, stride {stride}, pad {pad}"
        for direction, all_ways in zip(("forward", "backward"), ways(size, steps, back), strict=True):
            rounds = [{name: seconds(run) for name, run in all_ways.items()} for _ in range(ROUNDS)]
            least = {name: min(times[name] for times in rounds) for name in all_ways}
            rows += [(shown, direction, name, took, took / least["TensorFlow"]) for name, took in least.items()]
    return rows


def main() -> None:
    shown_last = ""
    for size, direction, way, took, ratio in table():
        if size != shown_last:
            print(f"\n{size}\n  {'':10}{'':12}{'CPU s':>10}{'times TensorFlow':>20}")
            shown_last = size
        print(f"  {direction:10}{way:12}{took:10.5f}{ratio:20.1f}", flush=True)


if __name__ == "__main__":
    main()
