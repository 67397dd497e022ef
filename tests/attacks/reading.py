"""Reading what is not theirs: each attempt prints what it got, and a canary stands in everything that is private."""

import os

from attacks.attack import DENIED, FAILS, READING, REJECTED, Attack, answer, attempting, attempts


def reading(name: str, *actions: str, **more) -> Attack:
    """An attack whose actions, expressions, all have to be refused."""
    return Attack(READING, name, DENIED, cells=attempts(*actions), **more)


def script(name: str, *lines: str, **more) -> Attack:
    return Attack(READING, name, DENIED, cells=attempting(*lines), **more)


REFERENCE = "@ROOT@/autograder/references/course9-week1/tiny.h5"
PLACES = {
    "source/": "@ROOT@/notebooks/source/course9-week1/tiny.ipynb",
    "the references": REFERENCE,
    "courseN/": "@ROOT@/course9/week1/tiny.py",
    "the gradebook": "@ROOT@/notebooks/gradebook.db",
    "another submission": "@OTHER@",
    "home": "@HOME@/secret.txt",
}

LOOKS_ROUND = """
import gc, sys
found = [*globals().get("In", []), *[str(x) for x in get_ipython().history_manager.get_range()]]
found += [str(getattr(m, "__dict__", {}))[:20000] for n, m in list(sys.modules.items()) if n[:4] in ("auto", "comp")]
frame = sys._getframe()
while frame:
    found.append(str(frame.f_locals)[:20000])
    frame = frame.f_back
found += [x for x in gc.get_objects() if isinstance(x, str)]
found += [str(x)[:2000] for x in gc.get_objects() if isinstance(x, (dict, list)) and "expected" in str(x)[:2000]]
print("LOOKED", chr(10).join(found)[:1_000_000])
"""


def from_elsewhere(make):
    """A submission that is no ordinary file: ``make(path, folder)`` puts it there."""

    def place(folder, data):
        folder.mkdir(parents=True)
        make(folder / "tiny.ipynb", folder)

    return place


def odd_file(name: str, make, **more) -> Attack:
    return Attack(READING, name, REJECTED, place=from_elsewhere(make), **more)


def neighbour(folder):
    """Another student's notebook, on the disk beside one's own folder."""
    return folder.parent.parent / "000-right" / folder.name / "tiny.ipynb"


def beside(**files):
    """The notebook as it should be, and other files beside it."""

    def place(folder, data):
        folder.mkdir(parents=True)
        (folder / "tiny.ipynb").write_bytes(data)
        for name, text in files.items():
            (folder / name.replace("__", ".")).write_text(text)

    return place


ATTACKS = [
    Attack(READING, "test source from In, history, frames, gc, sys.modules", DENIED, cells=(
        "def attempt(*args): pass", LOOKS_ROUND, "print('DENIED: what was found is of no worth')")),
    Attack(READING, "test source written down while the tests run, printed by a later cell", FAILS, cells=(
        "noted = []\nget_ipython().events.register('pre_run_cell', lambda info: noted.append(str(info)))\n"
        "get_ipython().events.register('post_run_cell', lambda result: print(noted[-1]))",),
        answer=answer("import sys, gc\n    noted.append(str(sys._getframe(1).f_locals)); return X[:, :1]")),
    *(reading(name, f"read({path!r})") for name, path in PLACES.items()),
    reading("the list of the course's folder", "os.listdir('@ROOT@')"),
    reading("the list of what others handed in", "os.listdir('@ROOT@/notebooks/submitted')"),
    reading("the list of /, /home, /root, /tmp and /var", "os.listdir('/root')", "os.listdir('/tmp')",
            "os.listdir('/var/log')"),
    reading("the grader's own source", "read('@REPO@/autograder/judge/judging.py')", "read('@REPO@/.git/HEAD')"),
    reading("passwords and keys of the system", "read('/etc/passwd')", "read('/etc/shadow')", "os.listdir('/etc/ssh')"),
    script("the environment", "secrets = [x for x in os.environ.items() if 'SECRET' in str(x) or 'canary' in str(x)]",
           "print('GOT THROUGH' if secrets else 'DENIED', secrets)"),
    script("the environment as it was at the start of the process",
           "found = [x for x in read('/proc/self/environ').split(b'\\0') if b'SECRET' in x or b'canary' in x]",
           "print('GOT THROUGH' if found else 'DENIED', found)"),
    *(reading(f"the parent's /proc: {name}", f"read('/proc/%d/{name}' % os.getppid())")
      for name in ("environ", "mem", "maps", "cmdline", "stat", "io", "root/etc/passwd", "cwd/notebooks/gradebook.db")),
    reading("the list of the parent's descriptors and threads", "os.listdir('/proc/%d/fd' % os.getppid())",
            "os.listdir('/proc/%d/task' % os.getppid())"),
    reading("the list of all processes", "os.listdir('/proc')"),
    reading("/proc/1", "read('/proc/1/environ')", "read('/proc/1/cmdline')"),
    reading("/proc/self/root and /proc/self/cwd", "read('/proc/self/root@ROOT@/course9/week1/tiny.py')",
            "read('/proc/thread-self/root@OTHER@')", "os.listdir('/proc/self/cwd/..')"),
    reading("chdir upwards", "[os.chdir('..'), os.listdir('.')]",
            "[os.chdir('@ROOT@'), read('course9/week1/tiny.py')]"),
    reading("openat with a descriptor of a folder", "os.listdir(os.open('..', os.O_RDONLY))",
            "os.read(os.open('tiny.py', os.O_RDONLY, dir_fd=os.open('@ROOT@/course9/week1', os.O_PATH)), 99)"),
    reading("O_PATH, then reopened through /proc/self/fd",
            "read('/proc/self/fd/%d' % os.open('@OTHER@', os.O_PATH))"),
    reading("a symlink in the scratch folder", f"[os.symlink({REFERENCE!r}, 'door'), read('door')]"),
    reading("a hard link in the scratch folder", f"[os.link({REFERENCE!r}, 'door2'), read('door2')]"),
    reading("a rename into the scratch folder", f"[os.rename({REFERENCE!r}, 'mine.h5'), read('mine.h5')]",
            f"__import__('shutil').move({REFERENCE!r}, 'mine2.h5')"),
    script("name_to_handle_at, open_by_handle_at",
           "block = ctypes.create_string_buffer((128).to_bytes(4, 'little') + bytes(132))",
           "attempt('handle', lambda: system_call(303, 264, -100, b'@OTHER@', block, ctypes.byref(ctypes.c_int()), 0))",
           "attempt('open', lambda: read('/proc/self/fd/%d' % system_call(304, 265, -100, block, 0)))"),
    reading("mmap, sendfile and copy_file_range of the references",
            f"os.sendfile(os.open('out', os.O_WRONLY | os.O_CREAT), os.open({REFERENCE!r}, os.O_RDONLY), 0, 999)"),
    reading("NumPy's readers", "__import__('numpy').fromfile('@OTHER@', 'S1')", "__import__('numpy').load('@OTHER@')",
            "__import__('numpy').memmap('@OTHER@', mode='r')", "__import__('numpy').genfromtxt('@OTHER@')"),
    reading("Python's own readers", "__import__('tokenize').open('@ROOT@/course9/week1/tiny.py')",
            "__import__('runpy').run_path('@ROOT@/course9/week1/tiny.py')", "__import__('io').FileIO('@OTHER@')",
            "__import__('pathlib').Path('@OTHER@').read_text()", "__import__('zipfile').ZipFile('@OTHER@')"),
    script("SQLite's ATTACH of the gradebook", "import sqlite3", "try:",
           "    book = sqlite3.connect(':memory:')",
           "    book.execute(\"attach '@ROOT@/notebooks/gradebook.db' as g\")",
           "    print('GOT THROUGH', book.execute('select * from g.student').fetchall())",
           "except sqlite3.OperationalError as error:", "    print('DENIED', error)"),
    script("magics: %load, %run, !cat, %%bash, %sx", "shell = get_ipython()",
           "for kind, line in (('load', '@OTHER@'), ('run', '@ROOT@/course9/week1/tiny.py'), ('sx', 'cat @OTHER@'),",
           "                   ('pycat', '@OTHER@'), ('bash', 'cat @OTHER@'), ('system', 'cat @OTHER@')):", "    try:",
           "        if kind == 'bash':", "            shell.run_cell_magic('bash', '', line)",
           "        else:", "            print(shell.run_line_magic(kind, line))",
           "    except BaseException as error:", "        print(type(error).__name__)",
           "try:", "    shell.system('cat @HOME@/secret.txt')", "except BaseException as error:", "    print(error)",
           "print('DENIED, where no secret is printed above')"),
    reading("a command that reads for it", "__import__('subprocess').run(['/bin/cat', '@OTHER@'], check=True)",
            "os.posix_spawn('/bin/cat', ['cat', '@OTHER@'], {})"),
    script("HDF5 with an external link", "import h5py", "with h5py.File('link.h5', 'w') as file:",
           f"    file['door'] = h5py.ExternalLink({REFERENCE!r}, '/')", "try:",
           "    print('GOT THROUGH', dict(h5py.File('link.h5')['door'].attrs))",
           "except (KeyError, OSError) as error:", "    print('DENIED', error)"),
    script("HDF5 with external storage", "import h5py", "with h5py.File('raw.h5', 'w') as file:",
           "    try:",
           "        data = file.create_dataset('x', (2000,), 'u1', external=[('@OTHER@', 0, 2000)])",
           "        print('GOT THROUGH', bytes(data[:]))",
           "    except OSError as error:", "        print('DENIED', error)"),
    script("HDF5 with a virtual dataset", "import h5py", "layout = h5py.VirtualLayout((1,), 'f8')",
           f"layout[:] = h5py.VirtualSource({REFERENCE!r}, 'items/row_means-test/cases/3/output', (1, 1))[0]",
           "with h5py.File('virtual.h5', 'w') as file:",
           "    file.create_virtual_dataset('x', layout, fillvalue=-7.0)", "try:",
           "    found = h5py.File('virtual.h5')['x'][0]",
           "    print('DENIED' if found == -7 else 'GOT THROUGH', found)",
           "except (KeyError, OSError) as error:", "    print('DENIED', error)"),
    script("inherited descriptors, each tried with pread, lseek and readlink",
           "for name in sorted(map(int, os.listdir('/proc/self/fd'))):",
           "    try:",
           "        target = os.readlink('/proc/self/fd/%d' % name)",
           "    except OSError:",
           "        continue",
           "    known = target.startswith(('pipe:', 'socket:', 'anon_inode:', '/dev/', '/proc/', '/memfd:'))",
           "    if not known and not target.startswith(os.getcwd()) and 'submission-' not in target:",
           "        print('GOT THROUGH', target)",
           "    try:", "        print(os.pread(name, 4000, 0))", "    except OSError:", "        pass",
           "print('DENIED')"),
    reading("core patterns, kernel log, kernel memory", "read('/dev/kmsg')", "read('/dev/mem')", "read('/proc/kcore')",
            "read('/sys/kernel/security/lsm')", "system_call(103, 116, 3, ctypes.create_string_buffer(99), 99)"),
    odd_file("a symlink as a submission: to another student's notebook",
             lambda path, folder: path.symlink_to(neighbour(folder))),
    odd_file("a symlink as a submission: to the solved notebook",
             lambda path, folder: path.symlink_to("../../../source/course9-week1/tiny.ipynb")),
    odd_file("a symlink that leads nowhere", lambda path, folder: path.symlink_to(folder / "nowhere")),
    odd_file("a hard link as a submission: to the solved notebook",
             lambda path, folder: os.link(folder.parents[2] / "source" / folder.name / "tiny.ipynb", path)),
    odd_file("a fifo as a submission", lambda path, folder: os.mkfifo(path)),
    odd_file("a device as a submission", lambda path, folder: path.symlink_to("/dev/zero")),
    odd_file("a folder as a submission", lambda path, folder: path.mkdir()),
    odd_file("../ in names", lambda path, folder: (folder / "..\\..\\tiny.ipynb").write_text("{}")),
    Attack(READING, "HDF5 files handed in beside the notebook", DENIED,
           cells=attempts("read('tiny.h5')", "read('data.h5')"),
           place=beside(tiny__h5="door", data__h5="door")),
]  # fmt: skip
