"""Forging the verdict on the way out: cases replayed, forged and misplaced; messages and bytes of no agreed form."""

from attacks.attack import FAILS, FORGING, KILLED, NO_EFFECT, SEND, Attack, answer


def forging(name: str, cell: str, safe: str = FAILS, **more) -> Attack:
    return Attack(FORGING, name, safe, cells=(cell,), whole=True, **more)


CASES = (
    SEND
    + '''
import companion.cases
real = companion.cases._hand_over
def case(exercise, index, value=0.0):
    """A case of an answer that is one number everywhere."""
    array = companion.wire.encode(np.full((1, 1), value))
    return {"exercise": exercise, "index": index, "error": None, "inputs": {"dict": []}, "output": array}
def hand_over(cases):
    for one in cases:
        send("display_data", {"data": {companion.cases.MIME: one}, "metadata": {}, "transient": {}})
'''
)
HONEST = """
def honest(X):
    return np.sum(X, axis=1, keepdims=True) / X.shape[1]
"""

ATTACKS = [
    forging("cases sent twice", CASES + "companion.cases._hand_over = lambda cases: real(cases + cases)"),
    forging("cases out of order", CASES + "companion.cases._hand_over = lambda cases: real(cases[::-1])", NO_EFFECT),
    forging("cases for another exercise", CASES + """
companion.cases._hand_over = lambda cases: real([dict(one, exercise="noisy") for one in cases])
"""),
    forging("cases of both exercises, each under the other's name", CASES + """
other = {"noisy": "row_means", "row_means": "noisy"}
companion.cases._hand_over = lambda cases: real([dict(one, exercise=other[one["exercise"]]) for one in cases])
"""),
    forging("cases: too many", CASES + "companion.cases._hand_over = lambda cases: real(cases * 2000)"),
    forging("cases: none", CASES + "companion.cases._hand_over = lambda cases: None"),
    forging("cases: fewer than asked for", """
real = hidden_cases
hidden_cases = lambda exercise, cases, **contract: real(exercise, 1, **contract)
"""),
    forging("a looser contract", """
real = hidden_cases
hidden_cases = lambda exercise, cases, **contract: real(exercise, cases, rtol=1e9, atol=1e9, accept="any")
""", NO_EFFECT),
    forging("hidden_cases replaced", "hidden_cases = lambda *args, **kwargs: lambda draw: None"),
    forging("collector set", "import companion.cases\ncompanion.cases.collector = []"),
    forging("one case handed in for all", CASES + """
companion.cases._hand_over = lambda cases: real([dict(cases[0], index=i) for i in range(len(cases))])
"""),
    forging("indices that are no integers", CASES + """
odd = [0.0, True, "2", None, [3], {}, float("nan"), 2**70, -1]
companion.cases._hand_over = lambda cases: hand_over([dict(one, index=odd[i]) for i, one in enumerate(cases)])
"""),
    forging("cases of no form", CASES + """
odd = [None, 5, "x", [], {}, {"exercise": "row_means"}, {"exercise": "row_means", "index": float("nan")}]
companion.cases._hand_over = lambda cases: hand_over(odd[:len(cases)])
"""),
    forging("a case nested 400 deep", CASES + """
tree = {"none": True}
for _ in range(400):
    tree = {"list": [tree]}
companion.cases._hand_over = lambda cases: real([dict(one, output=tree) for one in cases])
"""),
    forging("arrays with dtypes, shapes and bytes that lie", CASES + """
odd = [["O", [1], "AAAAAAAAAAA="], ["<f8", [-1, -1], "AAAAAAAAAAA="], ["<f8", [2**40, 0], ""],
       ["<f8", [1] * 17, "AA=="], ["|V8", [1], "AAAAAAAAAAA="], ["<M8[s]", [1], "AAAAAAAAAAA="],
       ["<f8", [1], "not base64"], ["<f99", [1], ""]]
start = [0]
def lie(cases):
    for i, one in enumerate(cases):
        one["output"] = {"array": odd[(start[0] + i) % len(odd)]}
    start[0] += len(cases)
    hand_over(cases)
companion.cases._hand_over = lie
"""),
    forging("an array of 2**60 entries of no bytes", CASES + """
companion.cases._hand_over = lambda cases: hand_over(
    [dict(one, output={"array": ["<f8", [2**20, 2**20, 2**20, 0], ""]}) for one in cases])
"""),
    forging("an error for every case", CASES + """
companion.cases._hand_over = lambda cases: hand_over(
    [dict(one, error={"type": "Passed", "message": "Right on all hidden cases", "line": 5}) for one in cases])
"""),
    forging("the visible check's answer handed in as a case", CASES + """
real_check = check
def check(name, received, expected, **more):
    hand_over([case("row_means", i) for i in range(4)])
    real_check(name, received, expected, **more)
"""),
    forging("cases for a later exercise from an earlier cell", CASES + """
hand_over([case(name, i) for name in ("row_means", "noisy") for i in range(4)])
""", NO_EFFECT),
    forging("cases sent after their cell ended", CASES + """
import threading, time
def late():
    for _ in range(100):
        hand_over([case(name, i) for name in ("row_means", "noisy") for i in range(4)])
        time.sleep(0.01)
get_ipython().events.register("post_run_cell", lambda result: threading.Thread(target=late, daemon=True).start())
"""),
    forging("background thread that forges cases", CASES + """
import threading, time
def forge():
    for _ in range(200):
        hand_over([case("row_means", i) for i in range(4)])
        time.sleep(0.005)
threading.Thread(target=forge, daemon=True).start()
"""),
    forging("inputs reported in the place of the answers", CASES + """
def swap(cases):
    for one in cases:
        one["output"] = one["inputs"]
    real(cases)
companion.cases._hand_over = swap
"""),
    forging("messages of no form", SEND + """
for kind, content in [("display_data", {}), ("display_data", {"data": 5}), ("display_data", {"data": None}),
                      ("stream", {}), ("error", {}), ("execute_result", {"data": []}), ("status", {}),
                      ("update_display_data", {"transient": 5}), ("clear_output", {}), ("comm_open", {}),
                      ("comm_msg", {"data": 1}), ("execute_input", {}), ("nonsense", {}), ("input_request", {}),
                      ("status", {"execution_state": "idle"}), ("status", {"execution_state": []}),
                      ("shutdown_reply", {"restart": True}), ("kernel_info_reply", {}), ("debug_event", {})]:
    send(kind, content)
""", NO_EFFECT),
    forging("outputs of no form", SEND + """
import json
session = get_ipython().kernel.session
if hasattr(session, "pack"):
    session.pack = lambda x: json.dumps(x, default=str).encode()
for kind, content in [("stream", {"name": "stdout", "text": 5}), ("stream", {"name": 5, "text": "x"}),
                      ("stream", {"name": "stdout", "text": chr(0xD800)}), ("stream", {"name": [], "text": "x"}),
                      ("error", {"ename": 5, "evalue": None, "traceback": "x"}),
                      ("error", {"ename": chr(0xD800), "evalue": "", "traceback": [1]}),
                      ("display_data", {"data": {"text/plain": 5, "image/png": {}}, "metadata": 5}),
                      ("display_data", {"data": {"text/plain": chr(0xD800)}, "metadata": {}}),
                      ("display_data", {"data": {"image/png": "no base64 <script>"}, "metadata": {}}),
                      ("execute_result", {"data": {"text/plain": "x"}, "metadata": {}, "execution_count": "x"})]:
    send(kind, content)
""", NO_EFFECT),
    forging("replies of no form", """
session = get_ipython().kernel.session
real = session.send
session.send = lambda stream, kind, content=None, *a, **k: real(
    stream, kind, {} if kind == "execute_reply" else content, *a, **k)
""", NO_EFFECT),
    forging("cells declared done before they ran", SEND + """
channel = getattr(get_ipython().kernel.session, "channel", None)
for number in [*range(-1, 60), None, True, "1", [], float("nan")]:
    for message in ({"done": number}, {"ready": []}, {"refused": ""}, {"run": "pass", "number": number}):
        channel.send(message) if channel else send("status", message)
"""),
    forging("shell loop asked to stop, then to go on", SEND + """
shell = get_ipython()
kernel = shell.kernel
shell.ask_exit = lambda: None
for name in ("do_shutdown", "do_execute", "execute_request", "dispatch_shell"):
    if hasattr(kernel, name):
        setattr(kernel, name, lambda *a, **k: {"status": "ok"})
"""),
    forging("frames and garbage on stdout", """
import os, sys
for data in (b"\\0\\0\\0\\x0b{\\"done\\": 1}", b"\\xff\\xff\\xff\\xff", b"\\0\\0\\0\\0", b"<IDS|MSG>",
             bytes(range(256))):
    for descriptor in (1, 2):
        os.write(descriptor, data)
    sys.stdout.write(data.decode("latin-1"))
""", NO_EFFECT),
    Attack(FORGING, "garbage written to each descriptor from 0 to 40", KILLED, whole=True, answer=answer("""
    import os, select
    for descriptor in range(41):
        for data in (b"\\0\\0\\0\\x0b{\\"done\\": 1}", b"\\xff\\xff\\xff\\xff", b"garbage" * 100):
            try:
                if select.select([], [descriptor], [], 0)[1]:
                    os.set_blocking(descriptor, False)
                    os.write(descriptor, data)
            except (OSError, ValueError):
                pass
    return np.zeros((X.shape[0], 1))""")),
    Attack(FORGING, "a length that is never followed by its message", KILLED, whole=True, answer=answer("""
    import os, stat
    for descriptor in range(3, 41):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode) or stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                os.write(descriptor, b"\\x7f\\xff\\xff\\xff")
        except OSError:
            pass
    return np.zeros((X.shape[0], 1))""")),
    Attack(FORGING, "every descriptor closed", KILLED, whole=True,
           answer=answer("import os; os.closerange(0, 64); return np.zeros((X.shape[0], 1))")),
    Attack(FORGING, "/dev/null put in the place of every descriptor", KILLED, whole=True, answer=answer("""
    import os
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(64):
        if descriptor != null:
            os.dup2(null, descriptor)
    return np.zeros((X.shape[0], 1))""")),
    Attack(FORGING, "the channel read empty in the place of the kernel", KILLED, whole=True, answer=answer("""
    import os, stat, threading
    def drain(descriptor):
        try:
            while os.read(descriptor, 65536):
                pass
        except OSError:
            pass
    for descriptor in range(41):
        try:
            mode = os.fstat(descriptor).st_mode
        except OSError:
            continue
        if stat.S_ISSOCK(mode) or stat.S_ISFIFO(mode):
            threading.Thread(target=drain, args=(descriptor,), daemon=True).start()
    return np.zeros((X.shape[0], 1))""")),
    Attack(FORGING, "the kernel's own threads killed", KILLED, whole=True, answer=answer("""
    import ctypes, threading
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))
    return np.zeros((X.shape[0], 1))""")),
    forging("background thread that calls the right function and hands it in too", CASES + HONEST + """
companion.cases._hand_over = lambda cases: (real(cases), real([dict(one, output={"none": True}) for one in cases]))
"""),
]  # fmt: skip
