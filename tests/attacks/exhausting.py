"""Using everything up. Each attack has an end of its own, far beyond every limit, so that none harms a machine."""

from attacks.attack import EXHAUSTING, FAILS, KILLED, NO_EFFECT, SEND, Attack, answer, attempting


def killed(name: str, result: str, before: str = "", safe: str = KILLED, **more) -> Attack:
    """An answer that uses something up: it loses only itself."""
    return Attack(EXHAUSTING, name, safe, answer=answer(result, before), **more)


def beyond(name: str, *lines: str, **more) -> Attack:
    """A cell that prints when it got beyond what any submission should have."""
    return Attack(EXHAUSTING, name, KILLED, cells=attempting(*lines), **more)


def waits(name: str, *lines: str) -> Attack:
    """A cell that starts something which would live on for ten minutes: it has to be dead after the run."""
    text = "\n".join(lines)
    return Attack(EXHAUSTING, name, KILLED, cells=attempting("try:", *("    " + x for x in text.splitlines()),
        "except OSError as error:", "    print('DENIED', error)", "else:",
        "    print('GOT THROUGH a process')"))  # fmt: skip


SLEEPER = "[sys.executable, '-c', 'import time; time.sleep(600)', '@ROOT@/left-by-an-attack']"

ATTACKS = [
    killed("endless loop", "while True: pass"),
    killed("endless sleep", "import time; time.sleep(10**6)"),
    killed("loop that ignores SIGINT", "while True: pass",
           "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)"),
    killed("loop that blocks every signal",
           "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n    while True: pass"),
    killed("loop that swallows everything",
           "while True:\n        try:\n            while True: pass\n        except BaseException: pass"),
    killed("loop in __del__, in finally and in atexit", """
    import atexit
    def forever():
        while True: pass
    atexit.register(forever)
    class D:
        def __del__(self): forever()
    try:
        return D()
    finally:
        forever()"""),
    killed("C-level hang", "import re; re.match(r'(a+)+$', 'a' * 60 + 'b')"),
    killed("a product of huge integers", "10 ** 10 ** 9 % 7"),
    killed("a matrix product without end", "A = np.ones((6000, 6000))\n    while True: A @ A"),
    killed("a lock waited for in C", "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()"),
    killed("a read that waits for ever", "import os; a, b = os.pipe(); os.read(a, 1)"),
    killed("input() that waits for an answer", "input('grade? ')", safe=FAILS),
    killed("SIGSTOP of itself", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"),
    killed("waits just below the limit in every case", "import time; time.sleep(2.5)"),
    waits("double fork and setsid survivors", "if os.fork() == 0:", "    os.setsid()", "    if os.fork() == 0:",
          "        import time", "        time.sleep(600)", "    os._exit(0)"),
    waits("a daemon started by subprocess", f"import subprocess\nsubprocess.Popen({SLEEPER}, start_new_session=True)"),
    waits("a daemon with a cleared environment",
          f"import subprocess\nsubprocess.Popen({SLEEPER}, env={{}}, cwd='/', start_new_session=True)"),
    waits("posix_spawn, vfork and clone", f"os.posix_spawn(sys.executable, {SLEEPER}, {{}}, setsid=True)"),
    waits("multiprocessing", "import multiprocessing, time\n"
          "multiprocessing.get_context('fork').Process(target=time.sleep, args=(600,), daemon=True).start()"),
    waits("exec of another program in its place", f"os.execv(sys.executable, {SLEEPER})"),
    waits("clone3 and clone called by number", "pid = system_call(56, 220, 17, 0, 0, 0, 0)",
          "if pid == 0:", "    os.execv('/bin/sleep', ['sleep', '600'])"),
    killed("os.fork in the function under test, the child answering too",
           "import os, time\n    if os.fork() == 0:\n        time.sleep(0.1)\n    return np.zeros((X.shape[0], 1))"),
    beyond("fork bomb", "try:", "    for i in range(200):", "        if os.fork() == 0:", "            import time",
           "            time.sleep(600)", "            os._exit(0)", "except OSError as error:",
           "    print('DENIED', error)",
           "else:", "    print('GOT THROUGH 200 processes')"),
    beyond("thread bomb", "import threading, time", "count = 0", "try:", "    for count in range(20_000):",
           "        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()",
           "except (RuntimeError, MemoryError, OSError) as error:", "    print('DENIED after', count, error)",
           "if count > 8000:", "    print('GOT THROUGH')"),
    killed("memory, 100 MB at a time", "a = []\n    while len(a) < 80: a.append(np.ones(100 * 2**17))"),
    killed("memory at once", "np.zeros(2**36); return X"),
    killed("memory by small pieces", "a = []\n    for i in range(10**9): a.append([i])"),
    killed("memory by mmap, locked and advised", """
    import mmap
    a = [mmap.mmap(-1, 2**30) for _ in range(8)]
    for one in a:
        one.madvise(mmap.MADV_WILLNEED)
        one[::4096] = b"x" * 2**18
    return X"""),
    killed("memory in memfd, outside of what the process counts", """
    import os
    a = [os.memfd_create("x") for _ in range(100)]
    for one in a:
        for _ in range(64):
            os.write(one, bytes(2**20))
    return X"""),
    killed("memory in pipes", "import os\n    a = [os.pipe() for _ in range(10**5)]\n    return X"),
    beyond("disk", "size = 0", "try:", "    for i in range(60):", "        with open('big%d' % i, 'wb') as file:",
           "            size += file.write(bytes(32 * 2**20))", "except OSError as error:",
           "    print('DENIED', size, error)",
           "if size > 2**30:", "    print('GOT THROUGH', size)"),
    beyond("one file without end", "size = 0", "try:", "    with open('endless', 'wb') as file:",
           "        for i in range(2000):",
           "            size += file.write(bytes(2**20))", "except OSError as error:",
           "    print('DENIED', size, error)",
           "if size > 2**30:", "    print('GOT THROUGH', size)"),
    beyond("a huge sparse file", "try:", "    with open('sparse', 'wb') as file:", "        file.truncate(2**40)",
           "    print('GOT THROUGH')", "except OSError as error:", "    print('DENIED', error)"),
    beyond("a file made large by fallocate", "try:",
           "    os.posix_fallocate(os.open('f', os.O_RDWR | os.O_CREAT), 0, 4 * 2**30)",
           "    print('GOT THROUGH')", "except OSError as error:", "    print('DENIED', error)"),
    beyond("many small files", "try:", "    for i in range(100_000):", "        open('small%d' % i, 'w').close()",
           "    print('DENIED only afterwards')", "except OSError as error:", "    print('DENIED', i, error)"),
    beyond("folders nested 10 000 deep", "try:", "    for i in range(10_000):", "        os.mkdir('d')",
           "        os.chdir('d')",
           "except OSError as error:", "    print(error)", "print('DENIED only afterwards')"),
    beyond("folders that cannot be deleted", "os.makedirs('locked/inner')", "open('locked/inner/file', 'w').close()",
           "try:", "    os.chmod('locked/inner', 0)", "    os.chmod('locked', 0)", "except OSError as error:",
           "    print(error)",
           "print('DENIED only afterwards')"),
    beyond("file names with newlines and half characters",
           "for name in ('a\\nb', '\\udcff', '-rf', 'x' * 255, ' ', '*'):",
           "    open(name, 'w').close()", "print('DENIED only afterwards')"),
    beyond("descriptors", "count = 0", "try:", "    for count in range(100_000):",
           "        os.open('/dev/null', os.O_RDONLY)",
           "except OSError as error:", "    print('DENIED', count, error)", "else:", "    print('GOT THROUGH', count)"),
    killed("priority raised, affinity narrowed",
           "import os\n    os.nice(19)\n    os.sched_setaffinity(0, {0})\n    while True: pass"),
    killed("a real-time scheduler for itself",
           "import os\n    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99))\n    while True: pass"),
    killed("endless stdout", "while True: print('x' * 1000)"),
    Attack(EXHAUSTING, "500 MB output", NO_EFFECT,
           cells=("import sys\nfor _ in range(500):\n    sys.stdout.write('y' * 2**20)\n    sys.stdout.flush()",)),
    Attack(EXHAUSTING, "a million lines, each flushed", NO_EFFECT,
           cells=("import sys\nfor i in range(100_000):\n    sys.stdout.write('y\\r')\n    sys.stdout.flush()",),
           whole=True),
    Attack(EXHAUSTING, "ten thousand figures and displays", NO_EFFECT,
           cells=("from IPython.display import display\nfor i in range(10_000):\n"
                  "    display({'text/html': 'x' * 1000}, raw=True)",)),
    Attack(EXHAUSTING, "huge repr", NO_EFFECT, cells=("class R:\n    def __repr__(self): return 'x' * 10**8\nR()",)),
    Attack(EXHAUSTING, "a repr without end", NO_EFFECT,
           cells=("class R:\n    def __repr__(self):\n        while True: pass\nR()",)),
    killed("recursive list", "a = []; a.append(a); a.append(a); return a", safe=FAILS),
    killed("recursive dictionary", "a = {}; a['a'] = a; a['b'] = a; return a", safe=FAILS),
    killed("a list that doubles at every level", "a = 0.0\n    for _ in range(64): a = [a, a]\n    return a",
           safe=FAILS),
    killed("RecursionError", "return row_means(X)", safe=FAILS),
    killed("huge array as an answer", "return np.zeros((X.shape[0], 10**7 // X.shape[0] * 2))", safe=FAILS),
    killed("huge array that costs no memory", "return np.broadcast_to(0.0, (X.shape[0], 2**40))", safe=FAILS),
    killed("huge list", "return [[0.0] * 1000] * 1000", safe=FAILS),
    killed("huge dictionary", "return {str(i) * 100: float(i) for i in range(10**5)}", safe=FAILS),
    killed("huge text", "return 'x' * 10**8", safe=FAILS),
    killed("huge error", "raise ValueError('x' * 10**8)", safe=FAILS),
    killed("segfault", "import ctypes; ctypes.string_at(0)", safe=FAILS),
    killed("stack overflow", "import sys; sys.setrecursionlimit(10**9); f = lambda: f(); f(); return eval('(' * 10**6)",
           safe=FAILS),
    killed("stack overflow in C", "import ctypes; f = ctypes.CFUNCTYPE(None)(lambda: f()); f(); return X", safe=FAILS),
    killed("an illegal instruction", """
    import ctypes, mmap
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(b"\\x0f\\x0b" * 8 if __import__("platform").machine() == "x86_64" else bytes(16))
    ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()""", safe=FAILS),
    killed("a flood of replies", "import threading\n    def flood():\n"
           "        while True: send('execute_reply', {'status': 'ok'})\n"
           "    threading.Thread(target=flood, daemon=True).start()\n    while True: pass", SEND),
    killed("a flood of cases", "import threading\n    def flood():\n        from companion.cases import MIME\n"
           "        while True: send('display_data', {'data': {MIME: {'exercise': 'noisy', 'index': 0}}, 'metadata': "
           "{}})\n"
           "    threading.Thread(target=flood, daemon=True).start()\n    while True: pass", SEND, whole=True),
]  # fmt: skip
