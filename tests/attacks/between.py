"""Between students: each of these is handed in by several, and none may notice the others."""

from attacks.attack import BETWEEN, KILLED, NO_EFFECT, Attack, answer, attempting

DRAWS = """
import os, random, secrets, tempfile, uuid
print("DRAW", np.random.rand(), random.random(), np.random.default_rng().random(), secrets.token_hex(4), uuid.uuid4())
"""


def left(name: str, found: str, *leave: str) -> Attack:
    """``found`` is an expression that is true where another submission was here before; ``leave`` leaves the trace."""
    return Attack(BETWEEN, f"state left: {name}", NO_EFFECT, copies=3, cells=attempting(
        f"print('GOT THROUGH' if {found} else 'DENIED')", *leave))  # fmt: skip


ATTACKS = [
    left("builtins", "hasattr(__import__('builtins'), 'left')", "import builtins", "builtins.left = True"),
    left("modules", "hasattr(__import__('companion'), 'left') or np.pi == 3", "import companion",
         "companion.left = True",
         "np.pi = 3"),
    left("the kernel's shell", "'left' in get_ipython().user_ns or hasattr(get_ipython(), 'left')",
         "get_ipython().user_ns['left'] = get_ipython().left = True",
         "get_ipython().events.register('pre_run_cell', lambda info: setattr(get_ipython(), 'left', True))"),
    left("the environment", "'LEFT' in os.environ", "os.environ['LEFT'] = 'x'", "os.putenv('LEFT', 'x')"),
    left("files in the working folder, home and temporary folder", "any('left' in name for place in places for name in "
         "os.listdir(place))".replace("places", "('.', os.path.expanduser('~'), __import__('tempfile').gettempdir())"),
         "import tempfile", "for place in ('.', os.path.expanduser('~'), tempfile.gettempdir()):",
         "    open(os.path.join(place, 'left-by-an-attack'), 'w').close()"),
    left("start-up files of IPython and matplotlib", "'left_by_startup' in globals()", "import pathlib",
         "folder = pathlib.Path(os.environ.get('IPYTHONDIR', '~/.ipython')).expanduser() / 'profile_default/startup'",
         "folder.mkdir(parents=True, exist_ok=True)", "(folder / 'x.py').write_text('left_by_startup = True')"),
    left("descriptors",
         "any(os.path.basename(os.readlink('/proc/self/fd/' + n)) == 'left' for n in os.listdir('/proc/self/fd')"
         " if os.path.islink('/proc/self/fd/' + n))",
         "descriptor = os.dup2(os.open('left', os.O_RDWR | os.O_CREAT), 60)"),
    left("threads", "any(t.name == 'left' for t in __import__('threading').enumerate())", "import threading, time",
         "threading.Thread(target=time.sleep, args=(600,), name='left', daemon=True).start()"),
    left("signal handlers, trace functions, audit hooks",
         "callable(__import__('signal').getsignal(10)) or sys.gettrace() or sys.getprofile()", "import signal",
         "signal.signal(10, lambda *a: None)", "sys.setprofile(lambda *a: None)"),
    left("limits and niceness", "os.nice(0) > 15 or np.geterr()['divide'] == 'raise'", "os.nice(19)",
         "np.seterr(all='raise')"),
    left("the time zone, the locale, the umask", "os.umask(0o022) == 0o177 or __import__('time').tzname[0] == 'LEFT'",
         "import time", "os.environ['TZ'] = 'LEFT+5'", "time.tzset()", "os.umask(0o177)"),
    left("the importer's caches", "'left_module' in sys.modules or 'left' in sys.path", "import types",
         "sys.modules['left_module'] = types.ModuleType('left')", "sys.path.append('left')"),
    left("matplotlib's settings and open figures",
         "plt.rcParams['lines.linewidth'] == 77 or plt.get_fignums()".replace(
             "plt", "__import__('matplotlib.pyplot').pyplot"),
         "import matplotlib.pyplot as plt", "plt.rcParams['lines.linewidth'] = 77", "plt.figure()"),
    Attack(BETWEEN, "equal random numbers", NO_EFFECT, copies=4, cells=(DRAWS,)),
    Attack(BETWEEN, "random numbers steered by the one before", NO_EFFECT, copies=3,
           cells=(DRAWS + "np.random.seed(0)\nrandom.seed(0)\n",)),
    Attack(BETWEEN, "timing: every processor kept busy while others are graded", KILLED, copies=2, answer=answer("""
    import threading
    A = np.ones((1500, 1500))
    def burn():
        while True: A @ A
    for _ in range(8): threading.Thread(target=burn, daemon=True).start()
    while True: A @ A""")),
    Attack(BETWEEN, "timing: how long others take, from clocks and loads", NO_EFFECT, copies=2, cells=attempting(
        "import time", "print(time.monotonic() > 0, os.times()[0] >= 0)",
        "for name in ('loadavg', 'schedstat', 'sched_debug', 'timer_list', 'locks', 'interrupts'):",
        "    attempt(name, lambda: read('/proc/' + name))")),
    Attack(BETWEEN, "a lock held on the data that others open", NO_EFFECT, copies=6, cells=("""
import fcntl, os, time
import companion
try:
    companion.data.load_planar("circles")
except OSError as error:
    print("GOT THROUGH: another submission keeps the data locked.", error)
folder = companion.data.FOLDER
files = [os.open(folder / name, os.O_RDONLY) for name in os.listdir(folder) if os.path.isfile(folder / name)]
end = time.monotonic() + 1
while time.monotonic() < end:
    for descriptor in files:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(0.001)
""",)),
]  # fmt: skip
