"""Refuse, with Linux's seccomp, the system calls that a notebook has no use for and an attack has.

The bindings of libseccomp on PyPI are unkept, and a filter is two instructions a call. Written for x86-64 and arm64;
numbers from asm/unistd_64.h and asm-generic/unistd.h, the machine from linux/filter.h, the rest from seccomp(2).

What it adds to Landlock: no process but this one (no fork, no exec, threads only), no socket of any family, no signal
to another process, no change to the mode, owner, times or attributes of a file, no System V or POSIX queue that would
outlive the process, none of the calls that reach into other processes or into seldom-used parts of the kernel.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_LAST_KNOWN = 449
"""futex_waitv, of Linux 5.16. Newer calls do not exist in here: C libraries have a way round each of them."""

REFUSED = {
    # another process
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281), "unshare": (272, 97),
    "setns": (308, 268), "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "kcmp": (312, 272), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "migrate_pages": (256, 238), "move_pages": (279, 239), "setpriority": (141, 140),
    "ioprio_set": (251, 30), "sched_setscheduler": (144, 119), "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    # the network
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201), "accept": (43, 202),
    "accept4": (288, 242),
    # what Landlock leaves open about files
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "chown": (92, None), "fchown": (93, 55),
    "lchown": (94, None), "fchownat": (260, 54), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "utime": (132, None),
    "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88), "truncate": (76, 45),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "inotify_init": (253, None),
    "inotify_init1": (294, 26), "inotify_add_watch": (254, 27), "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    # what outlives a process, or is memory that no limit counts
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
    "semctl": (66, 191), "semtimedop": (220, 192), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181), "mq_notify": (244, 184),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # seldom-used parts of the kernel, where its holes have been
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "bpf": (321, 280),
    "userfaultfd": (323, 282), "perf_event_open": (298, 241), "personality": (135, 92), "syslog": (103, 116),
}  # fmt: skip
"""Refused whatever their arguments: the number on x86-64 and on arm64."""

_LIMITED = {
    "clone": (56, 220), "clone3": (435, 435), "kill": (62, 129), "tgkill": (234, 131), "prctl": (157, 167),
    "prlimit64": (302, 261), "sched_setaffinity": (203, 122), "socketpair": (53, 199), "fcntl": (72, 25),
    "ioctl": (16, 29),
}  # fmt: skip
_CLONE_THREAD, _AF_UNIX, _PR_SET_PDEATHSIG = 0x10000, 1, 1
_OWNER_COMMANDS = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: a signal for somebody else
_OWNER_REQUESTS = (0x8901, 0x8902, 0x5412)  # FIOSETOWN, SIOCSPGRP: the same; TIOCSTI: typing into a terminal

_LOAD, _EQUAL, _AT_LEAST, _AND_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCH = 0, 4


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def supported() -> bool:
    """Whether this is Linux on a processor that the numbers are known for, with seccomp filters."""
    if not sys.platform.startswith("linux") or platform.machine() not in _ARCHITECTURE:
        return False
    return os.path.exists("/proc/sys/kernel/seccomp/actions_avail") or "Seccomp:" in _status()


def restrict() -> None:
    """Apply the filter to this process and all its threads; it cannot be undone.

    Raises:
        OSError: the kernel refused.
    """
    program = _program(platform.machine(), os.getpid())
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privs, set_seccomp, filter_mode = 38, 22, 2
    block = _Program(len(program) // 8, program)
    if libc.prctl(no_new_privs, 1, 0, 0, 0) or libc.prctl(set_seccomp, filter_mode, ctypes.byref(block), 0, 0):
        found = ctypes.get_errno()
        raise OSError(found, f"seccomp was refused: {os.strerror(found)}")


def _program(machine: str, pid: int) -> bytes:
    """The filter for one process, as the kernel takes it: 8 bytes an instruction."""
    column = list(_ARCHITECTURE).index(machine)
    code = [_load(_ARCH), _jump(_EQUAL, _ARCHITECTURE[machine], 1, 0), _give(_KILL), _load(_NUMBER)]
    code += [_jump(_AT_LEAST, _LAST_KNOWN + 1, 0, 1), _give(_ERRNO | errno.ENOSYS)]  # the x32 calls of x86-64 too
    for numbers in REFUSED.values():
        if (call := numbers[column]) is not None:
            code += [_jump(_EQUAL, call, 0, 1), _give(_ERRNO | errno.EPERM)]
    for name, numbers in _LIMITED.items():
        body = _limited(name, pid)
        code += [_jump(_EQUAL, numbers[column], 0, len(body)), *body]
    return b"".join([*code, _give(_ALLOW)])


def _limited(name: str, pid: int) -> list[bytes]:
    """The end of the filter for one call that is allowed with some arguments."""
    allow, refuse = _give(_ALLOW), _give(_ERRNO | errno.EPERM)
    if name == "clone3":  # its flags are out of sight; the C library then takes clone
        return [_give(_ERRNO | errno.ENOSYS)]
    if name == "clone":
        return [_argument(0), _jump(_AND_SET, _CLONE_THREAD, 0, 1), allow, refuse]
    if name in ("kill", "tgkill"):
        return [_argument(0), _jump(_EQUAL, pid, 0, 1), allow, refuse]
    if name in ("prlimit64", "sched_setaffinity"):
        return [_argument(0), _jump(_EQUAL, 0, 1, 0), _jump(_EQUAL, pid, 0, 1), allow, refuse]
    if name == "socketpair":
        return [_argument(0), _jump(_EQUAL, _AF_UNIX, 0, 1), allow, refuse]
    which, values = {
        "prctl": (0, (_PR_SET_PDEATHSIG,)), "fcntl": (1, _OWNER_COMMANDS), "ioctl": (1, _OWNER_REQUESTS),
    }[name]  # fmt: skip
    body = [_argument(which)]
    for value in values:
        body += [_jump(_EQUAL, value, 0, 1), refuse]
    return [*body, allow]


def _argument(index: int) -> bytes:
    return _load(16 + 8 * index)  # the lower half: both processors are little-endian


def _load(offset: int) -> bytes:
    return struct.pack("<HBBI", _LOAD, 0, 0, offset)


def _jump(test: int, value: int, if_true: int, if_false: int) -> bytes:
    return struct.pack("<HBBI", test, if_true, if_false, value)


def _give(answer: int) -> bytes:
    return struct.pack("<HBBI", _RETURN, 0, 0, answer)


def _status() -> str:
    try:
        with open("/proc/self/status") as file:
            return file.read()
    except OSError:
        return ""
