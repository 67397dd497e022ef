"""Submissions that use everything up cost only themselves; what is unusual but right gets full marks."""

import pytest
from attack import answer, nothing_won

pytestmark = pytest.mark.slow

WRONG = "def row_means(X):\n    return np.sum(X, axis=1, keepdims=True) / 2\n"


TOO_MUCH = {
    "sys.exit": answer("import sys; sys.exit(0)"),
    "BaseException": answer("raise BaseException('passed')"),
    "error that cannot be told": answer(
        "raise E()", "class E(Exception):\n    def __str__(self): raise KeyboardInterrupt"
    ),
    "recursive list": answer("a = []; a.append(a); a.append(a); return a"),
    "RecursionError": answer("return row_means(X)"),
    "huge array": answer("return np.zeros((X.shape[0], 10**7 // X.shape[0] * 2))"),
    "huge list": answer("return [[0.0] * 1000] * 1000"),
    "os._exit": answer("import os; os._exit(0)"),
    "segfault": answer("import ctypes; ctypes.string_at(0)"),
    "endless loop": answer("while True: pass"),
    "endless sleep": answer("import time; time.sleep(10**6)"),
    "loop that ignores SIGINT": answer(
        "while True: pass", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)"
    ),
    "loop that swallows everything": answer(
        "while True:\n        try:\n            while True: pass\n        except BaseException: pass"
    ),
    "endless stdout": answer("while True: print('x' * 1000)"),
    "all of the memory": answer("a = []\n    while True: a.append(bytearray(10**8))"),
    "stack overflow in C": answer("import sys; sys.setrecursionlimit(10**9); f = lambda: f(); f(); return eval('(' * 10**6)"),
    "a reply flood": answer(
        "k = get_ipython().kernel\n    import threading\n"
        "    def flood():\n        while True: k.session.send(k.shell_stream, 'execute_reply', {'status': 'ok'},"
        " parent=None, ident=k._parent_ident['shell'])\n"
        "    threading.Thread(target=flood, daemon=True).start()\n    while True: pass"
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", TOO_MUCH)
def test_too_much_of_anything_costs_only_itself(graded, attack):
    items = graded(TOO_MUCH[attack])
    nothing_won(items)
    assert items["noisy"].passed, items


def test_500_megabytes_of_output_are_not_kept(graded):
    flood = "import sys\nfor _ in range(500):\n    sys.stdout.write('y' * 2**20)\n    sys.stdout.flush()"
    items = graded(WRONG, [flood])
    nothing_won(items)
    assert items["noisy"].passed


CONTROLS = {
    "half a character": "print(chr(0xD83D))",
    "warns": "import sys, warnings\nwarnings.warn('careful')\nprint('careful', file=sys.stderr)",
    "helper": "def mean_of(row):\n    return sum(row) / len(row)",
    "prints a lot": "for i in range(20000):\n    print(i, 'x' * 50)",
    "carriage returns": "import sys\nfor i in range(500):\n    sys.stderr.write(f'\\r{i}%|####|')\n    sys.stderr.flush()",
    "uses memory": "ballast = np.ones(10**8)",
}
RIGHT_ANSWERS = {
    "helpers": answer("return np.array([[mean_of(row)] for row in X])", CONTROLS["helper"]),
    "eval": answer("return eval('np.mean')(X, axis=1, keepdims=True)"),
    "view": answer("return np.mean(np.asfortranarray(X), axis=1)[None][:, ::-1][:, ::-1].T"),
    "float32": answer("return np.mean(X.astype(np.float32), axis=1, keepdims=True)"),
    "warns each time": answer("import warnings; warnings.warn('w'); return np.mean(X, axis=1, keepdims=True)"),
    "prints each time": answer("print('x' * 10**5); return np.mean(X, axis=1, keepdims=True)"),
    "divides by zero aside": answer("np.ones(3) / 0; return np.mean(X, axis=1, keepdims=True)"),
}


@pytest.mark.parametrize("control", [*CONTROLS, *RIGHT_ANSWERS])
def test_what_is_unusual_but_right_gets_full_marks(graded, right, control):
    extra = [CONTROLS[control]] if control in CONTROLS else []
    items = graded(RIGHT_ANSWERS.get(control, right["row_means"]), extra)
    assert all(item.passed for item in items.values()), items
