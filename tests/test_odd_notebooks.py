"""Whatever file is handed in: a clear word about what is wrong with it, or a notebook that can be graded."""

import json
import os
import socket
import threading
import time
from pathlib import Path

import pytest
from lessons import PATIENT
from processes import PATIENCE

from autograder.errors import UnknownNotebook, UnreadableNotebook
from autograder.grading.grade import grade_job, grade_notebook, rules_for
from autograder.grading.submissions import MAX_BYTES, find_lesson, read_bytes, read_job, read_submission
from autograder.judge import Verdict, load_record
from autograder.run.restore import restore

DEEP = 100_000
EMPTY = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}


def code(**changes) -> dict:
    whole = {"cell_type": "code", "id": "a", "metadata": {}, "source": "x = 1", "outputs": [], "execution_count": None}
    return whole | changes


def with_cells(cells) -> bytes:
    return json.dumps(EMPTY | {"cells": cells}).encode()


def without(cell: dict, key: str) -> dict:
    return {k: v for k, v in cell.items() if k != key}


def unreadable(data: bytes) -> str:
    """The sentence of a refusal, which has to come quickly: in seconds of work, whatever else this machine does."""
    start = time.process_time()
    with pytest.raises(UnreadableNotebook) as caught:
        read_submission(data, "lesson.ipynb")
    assert time.process_time() - start < 5
    text = str(caught.value)
    assert text.startswith("lesson.ipynb cannot be read as a notebook: ") and text.endswith("release notebook.")
    assert 10 < len(caught.value.why) < 300 and caught.value.why.rstrip().endswith((".", ").")), caught.value.why
    assert "Traceback" not in text
    return caught.value.why


UNREADABLE = {
    "empty": (b"", "empty"),
    "blanks": (b" \n\t\n", "empty"),
    "only a BOM": (b"\xef\xbb\xbf", "empty"),
    "no JSON": (b"print('hello')", "not valid JSON"),
    "a web page": (b"<!DOCTYPE html><html></html>", "not valid JSON"),
    "a zip file": (b"PK\x03\x04\x14\x00\x00\x00\x08\x00\xff\xfe\xfd", "not UTF-8"),
    "NUL": (b"\x00" * 1000, "not valid JSON"),
    "NUL after the end": (json.dumps(EMPTY).encode() + b"\x00", "not valid JSON"),
    "two notebooks": (json.dumps(EMPTY).encode() * 2, "not valid JSON"),
    "latin-1": (with_cells([code(source="caf\xe9")]).replace(b"\\u00e9", b"\xe9"), "not UTF-8"),
    "UTF-16": (json.dumps(EMPTY).encode("utf-16"), "not UTF-8"),
    "a number": (b"12", "not a notebook"),
    "null": (b"null", "not a notebook"),
    "a list": (b"[]", "not a notebook"),
    "NaN": (b"NaN", "not a notebook"),
    "an empty object": (b"{}", "not a notebook"),
    "open brackets": (b"[" * DEEP, "not valid JSON"),
    "closed brackets": (b"[" * DEEP + b"]" * DEEP, "not valid JSON"),
    "nested objects": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "not valid JSON"),
    "a number of 100000 digits": (b'{"nbformat": ' + b"4" * DEEP + b"}", "not valid JSON"),
    "nested in a cell": (with_cells("?").replace(b'"?"', b"[" * DEEP + b"]" * DEEP), "not valid JSON"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_notebook_is_refused_with_the_reason(name):
    data, words = UNREADABLE[name]
    assert words in unreadable(data)


@pytest.mark.parametrize("version", [0, 1, 2, 5, 99, -4, True, False, None, "4", "four", 4.0, [4], {"a": 4}])
def test_other_formats_are_refused(version):
    why = unreadable(json.dumps(EMPTY | {"nbformat": version}).encode())
    assert "nbformat" in why
    assert "nbformat" in unreadable(json.dumps(without(EMPTY, "nbformat")).encode())


@pytest.mark.parametrize(
    "cells",
    [
        None, 5, "", "text", {}, {"source": "x"}, True, [None], [5], ["x"], [[]], [{}], [[code()]],
        [code(source=5)], [code(source=None)], [code(source={"a": 1})], [code(source=[1, 2])], [code(source=[["x"]])],
        [code(source=["x", None])], [without(code(), "source")], [without(code(), "cell_type")],
        [code(cell_type="Code")], [code(cell_type=None)], [code(cell_type=["code"])], [code(cell_type="heading")],
        [code(metadata=None)], [code(metadata=5)], [code(metadata="x")], [code(metadata=[])],
        [code(source="x = '\ud800'")], [code(source=["fine", "\udfff"])],
    ],
    ids=repr,
)  # fmt: skip
def test_cells_that_are_none_are_refused(cells):
    assert "cells" in unreadable(with_cells(cells))
    assert "cells" in unreadable(with_cells([code(), *cells])) if isinstance(cells, list) else True


def test_no_cells_and_no_worksheets_are_refused():
    assert "cells" in unreadable(json.dumps(without(EMPTY, "cells")).encode())
    for worksheets in (None, 5, [5], [{}], [{"cells": 5}], [{"cells": [5]}]):
        assert "cells" in unreadable(json.dumps({"nbformat": 3, "metadata": {}, "worksheets": worksheets}).encode())


def test_a_truncated_notebook_is_refused_wherever_it_breaks_off(submission, right):
    data = submission(right)
    for end in range(1, len(data) - 1, max(1, len(data) // 40)):
        assert "not valid JSON" in unreadable(data[:end])


def test_25_megabytes_are_refused_unread():
    whole = with_cells([code(source="x" * 25 * 2**20)])
    why = unreadable(whole)
    assert "25 MB" in why or "more than 20 MB" in why


READABLE = {
    "a BOM": lambda data: b"\xef\xbb\xbf" + data,
    "indented": lambda data: json.dumps(json.loads(data), indent=4).encode(),
    "carriage returns": lambda data: json.dumps(json.loads(data), indent=1).replace("\n", "\r\n").encode(),
    "no minor number": lambda data: json.dumps(without(json.loads(data), "nbformat_minor")).encode(),
    "odd minor number": lambda data: json.dumps(json.loads(data) | {"nbformat_minor": "x"}).encode(),
    "huge minor number": lambda data: json.dumps(json.loads(data) | {"nbformat_minor": 10**12}).encode(),
    "no metadata": lambda data: json.dumps(without(json.loads(data), "metadata")).encode(),
    "metadata no object": lambda data: json.dumps(json.loads(data) | {"metadata": [1]}).encode(),
    "NUL in a key": lambda data: json.dumps(json.loads(data) | {"\x00": "\x00"}).encode(),
    "NaN beside the cells": lambda data: json.dumps(json.loads(data) | {"x": float("nan")}).encode(),
    "sources as lists": lambda data: edit(data, lambda c: c | {"source": c["source"].splitlines(keepends=True)}),
    "outputs of no kind": lambda data: edit(data, lambda c: c | {"outputs": 5, "execution_count": "x"}),
    "hostile outputs": lambda data: edit(data, lambda c: c | {"outputs": [{"output_type": "\ud800", "data": None}]}),
    "ids of no kind": lambda data: edit(data, lambda c: c | {"id": [1]}),
    "no ids": lambda data: edit(data, lambda c: without(c, "id")),
    "tags of no kind": lambda data: edit(data, lambda c: c | {"metadata": c["metadata"] | {"tags": 7}}),
    "surrogates in metadata": lambda data: edit(data, lambda c: c | {"metadata": c["metadata"] | {"n": "\ud800"}}),
    "odd cells between": lambda data: edit(data, lambda c: c, [code(metadata={"nbgrader": {"grade_id": ["a"]}})]),
    "nbgrader no object": lambda data: edit(data, lambda c: c, [code(metadata={"nbgrader": 5})]),
    "bidi marks and NUL in code": lambda data: edit(data, lambda c: c, [code(source="\u202e\x00 = 1")]),
}


def edit(data: bytes, change, more=()) -> bytes:
    tree = json.loads(data)
    return json.dumps(tree | {"cells": [change(cell) for cell in tree["cells"]] + list(more)}).encode()


@pytest.mark.parametrize("name", READABLE)
def test_an_odd_notebook_is_read_and_brought_into_form(tiny, tiny_lesson, submission, right, name):
    notebook = read_submission(READABLE[name](submission(right)), "tiny.ipynb")
    restored = restore(notebook, load_record(tiny_lesson).template)
    assert set(right.values()) <= {cell.source for cell in restored.cells}
    assert find_lesson(tiny, "tiny", notebook) == tiny_lesson


@pytest.mark.slow
def test_an_odd_notebook_gets_its_honest_grade(tiny_lesson, submission, right):
    odd = READABLE["bidi marks and NUL in code"](READABLE["hostile outputs"](submission(right)))
    result = grade_notebook(read_submission(odd, "tiny.ipynb"), tiny_lesson, PATIENT)
    assert result.score == result.max_score == 5


def test_nbformat_3_is_read():
    cell = {"cell_type": "code", "input": ["x = 1\n", "y = 2"], "language": "python", "metadata": {}, "outputs": []}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [cell]}]}
    (read,) = read_submission(json.dumps(old).encode(), "old.ipynb").cells
    assert read.source == "x = 1\ny = 2" and read.cell_type == "code"


def test_a_notebook_of_no_lesson_is_told_so(tiny):
    with pytest.raises(UnknownNotebook, match="tiny"):
        find_lesson(tiny, "homework", read_submission(with_cells([code()]), "homework.ipynb"))


def grade_file(lesson, path):
    return grade_job(read_job("eve", lesson, path), rules_for([lesson]))


def odd_files(folder) -> dict:
    """Things that lie where a notebook should, by what they are."""
    real = folder / "real.ipynb"
    real.write_bytes(with_cells([code()]))
    made = {name: folder / f"{name}.ipynb" for name in ("symlink", "dangling", "hard", "fifo", "folder", "socket")}
    made["symlink"].symlink_to(real)
    made["dangling"].symlink_to(folder / "nowhere")
    os.link(real, made["hard"])
    os.mkfifo(made["fifo"])
    made["folder"].mkdir()
    before = Path.cwd()
    os.chdir(folder)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(made["socket"].name)
    os.chdir(before)
    (folder / "device.ipynb").symlink_to(os.devnull)
    return made | {"device": folder / "device.ipynb", "below a file": folder / "real.ipynb" / "x.ipynb"}


@pytest.mark.parametrize("kind", ["symlink", "dangling", "hard", "fifo", "folder", "socket", "device", "below a file"])
def test_only_an_ordinary_file_is_opened(tmp_path, tiny_lesson, kind):
    path = odd_files(tmp_path)[kind]
    caught = []

    def read():
        with pytest.raises(UnreadableNotebook, match="no ordinary file") as error:
            read_bytes(path)
        caught.append(error)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert caught, "reading hangs, or gives something else than a refusal"
    result = grade_file(tiny_lesson, path)
    assert result.score == 0 and {item.verdict for item in result.items} == {Verdict.UNREADABLE}


def test_a_device_by_its_own_name_is_not_read(tmp_path):
    with pytest.raises(UnreadableNotebook, match="no ordinary file"):
        read_bytes(type(tmp_path)(os.devnull))


def test_a_large_file_is_not_read_whole_and_the_sentence_gives_its_size(tmp_path, tiny_lesson):
    path = tmp_path / "tiny.ipynb"
    path.write_bytes(with_cells([code(source="x" * 25 * 2**20)]))
    assert len(read_bytes(path)) <= MAX_BYTES + 1
    (first, *_) = grade_file(tiny_lesson, path).items
    assert first.verdict is Verdict.UNREADABLE
    assert "25 MB" in first.message or "more than 20 MB" in first.message, first.message


def test_nothing_handed_in_is_missing(tmp_path, tiny_lesson):
    result = grade_file(tiny_lesson, tmp_path / "tiny.ipynb")
    assert {item.verdict for item in result.items} == {Verdict.MISSING} and "not handed in" in result.items[0].message
