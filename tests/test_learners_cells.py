"""What learners' cells do besides defining a function: shell lines, questions, early ends; and what is said of it."""

import pytest
from kernels import run
from lessons import graded

pytestmark = pytest.mark.slow

LINES = {
    "!": "!pip install --quiet numpy",
    "two, in a loop": "for _ in range(2):\n    !ls {_}",
    "assigned": "files = !ls\nassert list(files) == []",
    "!!": "!!ls",
    "pip": "%pip install numpy",
    "conda": "%conda install numpy",
    "matplotlib": "%matplotlib inline",
    "no such backend": "%matplotlib nowhere",
    "cd": "%cd no/such/place",
    "no such magic": "%tensorflow_version 2.x",
    "no such extension": "%load_ext nowhere",
    "no such file": "%run nowhere.py",
    "a question": "%reset",
}


def test_a_shell_line_fails_as_a_line_and_the_rest_of_the_cell_runs(tiny_lesson, right):
    cell = "\n".join(LINES.values())
    found = graded(tiny_lesson, {"row_means": f"{cell}\n{right['row_means']}", "noisy": f"%%time\n{right['noisy']}"})
    assert found["row_means"].passed and found["noisy"].passed, [item.sentence for item in found.values()]


def test_a_shell_line_says_that_it_was_not_run():
    statuses, texts, _ = run(*(f"{line}\nprint('went on')" for line in LINES.values()), "%%bash\nls")
    told = dict(zip([*LINES, "bash"], texts, strict=True))
    assert set(statuses) == {"ok"}
    assert all(text.rstrip().endswith("went on") for name, text in told.items() if name != "bash")
    for name in ("!", "two, in a loop", "assigned", "!!", "pip", "conda", "bash"):
        assert "was not run: no other program can be started" in told[name], name
    assert told["matplotlib"] == "went on\n" and "no/such/place" in told["cd"]
    for name in ("no such backend", "no such magic", "no such extension", "no such file"):
        assert told[name].count("\n") == 2 and "the cell goes on" in told[name], told[name]
