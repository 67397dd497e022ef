"""Writing what is not theirs: after the run everything outside the scratch folder is as it was."""

from attacks.attack import (
    DENIED,
    FAILS,
    LEFT,
    NO_EFFECT,
    WRITING,
    Attack,
    answer,
    attempting,
    attempts,
)


def writing(name: str, *actions: str, **more) -> Attack:
    """An attack whose actions, expressions, all have to be refused."""
    return Attack(WRITING, name, DENIED, cells=attempts(*actions), **more)


def script(name: str, *lines: str, **more) -> Attack:
    return Attack(WRITING, name, DENIED, cells=attempting(*lines), **more)


SITE = "__import__('sysconfig').get_paths()['purelib']"

FORGED_ROWS = (
    "import sqlite3", "try:", "    book = sqlite3.connect('@GRADEBOOK@', timeout=1)",
    "    book.execute('update grade set manual_score = 3, auto_score = 3')", "    book.commit()",
    "    print('GOT THROUGH')", "except sqlite3.Error as error:", "    print('DENIED', error)",
)  # fmt: skip


def beside(notebook_folder, data, files):
    notebook_folder.mkdir(parents=True)
    (notebook_folder / "tiny.ipynb").write_bytes(data)
    for name, text in files.items():
        path = notebook_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


LIES = "def __getattr__(name):\n    return lambda *args, **kwargs: True\n"
SHADOWS = {
    "numpy.py": LIES, "companion.py": LIES, "matplotlib/__init__.py": LIES, "json.py": LIES, "sitecustomize.py": LIES,
    "usercustomize.py": LIES, "ipykernel.py": LIES,
    "nbgrader_config.py": "c = get_config()\nc.Autograde.force = True\n",
    "ipython_config.py": "c.InteractiveShellApp.exec_lines = ['hidden_cases = None']",
    "x.pth": "import os; os._exit(0)",
    ".env": "PYTHONPATH=.", "conftest.py": LIES, "autograder/__init__.py": LIES, "timestamp.txt": "no time at all",
}  # fmt: skip

ATTACKS = [
    script("gradebook rows", *FORGED_ROWS, forged=True),
    writing("the gradebook deleted, truncated, replaced", "os.unlink('@GRADEBOOK@')", "os.truncate('@GRADEBOOK@', 0)",
            "write('@GRADEBOOK@')", "os.rename('x', '@GRADEBOOK@')"),
    writing("another student's files", "write('@OTHER@')", "os.unlink('@OTHER@')",
            "write('@ROOT@/notebooks/submitted/000-right/course9-week1/left-by-an-attack')"),
    writing("another student's executed notebook and feedback",
            "write('@ROOT@/notebooks/autograded/000-right/course9-week1/tiny.ipynb')",
            "write('@ROOT@/notebooks/feedback/000-right/course9-week1/tiny.html')"),
    writing("its own submission, executed notebook and verdict",
            "write('@ROOT@/notebooks/autograded/left-by-an-attack')",
            "os.makedirs('@ROOT@/notebooks/feedback/left-by-an-attack')"),
    writing("the references, the source and the release", "write('@ROOT@/autograder/references/course9-week1/tiny.h5')",
            "write('@ROOT@/notebooks/source/course9-week1/tiny.ipynb')",
            "write('@ROOT@/notebooks/release/left-by-an-attack')"),
    writing("the runner", "write('@REPO@/autograder/run/left-by-an-attack.py')",
            "write('@REPO@/autograder/__init__.py', '')",
            "write('@REPO@/companion/left-by-an-attack.py')", stock=False),
    writing("companion through its link", "write(__import__('companion').__path__[0] + '/left-by-an-attack.py')",
            stock=False),
    writing("the venv and site-packages", f"write({SITE} + '/left-by-an-attack.py')",
            "write(sys.prefix + '/left-by-an-attack')", stock=False),
    writing(".pth", f"write({SITE} + '/left-by-an-attack.pth', 'import os')", stock=False),
    writing("sitecustomize.py", f"write({SITE} + '/sitecustomize.py', '# left-by-an-attack')", stock=False),
    writing("bytecode caches", f"write({SITE} + '/numpy/__pycache__/left-by-an-attack.pyc')",
            f"[sys.__dict__.update(dont_write_bytecode=False), __import__('py_compile').compile({SITE} + '/six.py', "
            "doraise=True)]", stock=False),
    script("~/.ipython, home and start-up files",
           "for name in ('.ipython', '.bashrc', '.config', 'left-by-an-attack'):",
           "    attempt(name, lambda: write('@HOME@/' + name))"),
    script("what it writes to its own home is gone afterwards", "import pathlib",
           "(pathlib.Path.home() / 'left-by-an-attack').write_text('x')",
           "startup = pathlib.Path.home() / '.ipython/profile_default/startup'",
           "startup.mkdir(parents=True, exist_ok=True)",
           "(startup / 'left-by-an-attack.py').write_text('hidden_cases = None')", "print('DENIED only afterwards')",
           stock=False),
    writing("/dev/shm, /tmp, /var/tmp and /run", "write('/dev/shm/left-by-an-attack')",
            "write('/tmp/left-by-an-attack')",
            "write('/var/tmp/left-by-an-attack')", "write('/run/left-by-an-attack')", "write('/left-by-an-attack')",
            stock=False),
    writing("a POSIX shared memory and a semaphore",
            "__import__('multiprocessing.shared_memory').shared_memory.SharedMemory('left-by-an-attack', True, 99)"),
    writing("System V shared memory, semaphores and queues", "system_call(29, 194, 0x0A77AC4, 4096, 0o1666)",
            "system_call(64, 190, 0x0A77AC4, 1, 0o1666)", "system_call(68, 186, 0x0A77AC4, 0o1666)"),
    writing("a POSIX message queue", "system_call(240, 180, b'left-by-an-attack', 0o102, 0o666, 0)"),
    writing("modes and owners of files outside", "os.chmod('@OTHER@', 0o777)", "os.chown('@OTHER@', 0, 0)",
            "os.chmod('@ROOT@/notebooks', 0o777)", "os.lchown('@OTHER@', 1, 1)"),
    writing("times of files outside", "os.utime('@OTHER@', (1, 1))", "os.utime('@ROOT@/notebooks', (1, 1))"),
    writing("attributes of files outside", "os.setxattr('@OTHER@', 'user.left-by-an-attack', b'x')",
            "os.removexattr('@OTHER@', 'user.left-by-an-attack')",
            "__import__('fcntl').ioctl(os.open('@OTHER@', os.O_RDONLY), 0x40086602, b'x' * 8)"),
    writing("locks on the gradebook and on others' files",
            "__import__('fcntl').flock(os.open('@GRADEBOOK@', os.O_RDONLY), 2)",
            "__import__('fcntl').lockf(os.open('@OTHER@', os.O_RDWR), 2)"),
    writing("a rename of the scratch folder, and of what lies beside it",
            "os.rename(os.getcwd(), '/tmp/left-by-an-attack')", "os.rmdir('@ROOT@/notebooks/release/course9-week1')",
            "os.rename('@ROOT@/notebooks', '@ROOT@/left-by-an-attack')"),
    writing("hard links and symlinks outside", "os.symlink('/etc/passwd', '@ROOT@/left-by-an-attack')",
            "os.link('@OTHER@', '@ROOT@/left-by-an-attack')", "os.mkfifo('@ROOT@/left-by-an-attack')",
            "os.mknod('@ROOT@/left-by-an-attack', 0o20666, 259)"),
    script("inherited descriptors truncated", "for name in os.listdir('/proc/self/fd'):",
           "    path = '/proc/self/fd/' + name",
           "    if os.path.isfile(path) and not os.readlink(path).startswith((os.getcwd(), '/dev/', '/proc/')):",
           "        attempt(os.readlink(path), lambda: os.ftruncate(int(name), 0))", "print('DENIED')"),
    writing("settings of the kernel", "write('/proc/sys/kernel/core_pattern')", "write('/proc/self/attr/current')",
            "write('/sys/kernel/mm/transparent_hugepage/enabled', 'x')", "write('/proc/sysrq-trigger', 'h')",
            stock=False),
    writing("cgroups", "os.mkdir('/sys/fs/cgroup/left-by-an-attack')", "write('/sys/fs/cgroup/cgroup.procs', '0')",
            stock=False),
    writing("cron, services, shells", "write('/etc/cron.d/left-by-an-attack')",
            "write('/etc/profile.d/left-by-an-attack.sh')", stock=False),
    Attack(WRITING, "numpy.py, companion.py, matplotlib/ and more beside the notebook", NO_EFFECT, forged=True,
           place=lambda folder, data: beside(folder, data, SHADOWS)),
    Attack(WRITING, "numpy.py and companion.py written into the working folder, and imported again", NO_EFFECT,
           cells=("""
import os, sys
for name in ("numpy.py", "companion.py", "sitecustomize.py"):
    with open(name, "w") as file:
        file.write("def __getattr__(name): return lambda *a, **k: None")
for name in [n for n in sys.modules if n.partition(".")[0] == "companion"]:
    del sys.modules[name]
""",)),
    Attack(WRITING, "a pickle with code, returned", FAILS, answer=answer(
        "return P()", "class P:\n    def __reduce__(self): return (eval, (\"__import__('os')._exit(0)\",))")),
    Attack(WRITING, "object array with code, returned", FAILS, answer=answer(
        "return np.array([[P()]] * X.shape[0], dtype=object)",
        "class P:\n    def __reduce__(self): return (eval, (\"__import__('os')._exit(0)\",))")),
    Attack(WRITING, "pickles, .keras and .h5 models with code beside the notebook", NO_EFFECT,
           place=lambda folder, data: beside(folder, data, {
               "model.pkl": "c__builtin__\neval\n(S'1/0'\ntR.", "model.keras": "PK", "weights.h5": LEFT,
               "x.npy": LEFT})),
]  # fmt: skip
