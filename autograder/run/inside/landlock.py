"""Confine this process, and all that it starts, with Linux's Landlock: files, TCP, signals.

No kept binding of Landlock is on PyPI, and three system calls need none: linux/landlock.h gives their numbers and
structures, https://docs.kernel.org/userspace-api/landlock.html the meaning. It works without privileges and inside
containers, and cannot be undone. It does not cover UDP, Unix sockets with a path, or descriptors already open.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from typing import Any

_CREATE, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH, _NO_NEW_PRIVS = 1, 1, 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
_ALL_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_ALL_TCP, _ALL_SCOPES = 0b11, 0b11
FILE_ONLY = EXECUTE | WRITE_FILE | READ_FILE
"""The rights that a rule about a single file may name; the others are about folders."""


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("rights", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """The version of Landlock that this kernel has; 0 where there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(_libc().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))))


def restrict(read: Iterable[str], write: Iterable[str]) -> None:
    """Allow reading and executing below some paths, everything below others, and no more.

    Also denied from then on: TCP (version 4 and newer), signals to and abstract Unix sockets of processes outside (6).

    Args:
        read: files and folders to read and execute. write: folders to use without limits. Missing ones are passed over.

    Raises:
        OSError: the kernel has no Landlock, or refused.
    """
    found = version()
    if not found:
        raise OSError("this kernel has no Landlock")
    everything = _ALL_FILE_RIGHTS[min(found, 5)]
    ruleset = _Ruleset(everything, _ALL_TCP if found >= 4 else 0, _ALL_SCOPES if found >= 6 else 0)
    size = ctypes.c_size_t(24 if found >= 6 else 16 if found >= 4 else 8)
    descriptor = _call(_CREATE, ctypes.byref(ruleset), size, ctypes.c_uint32(0))
    try:
        for path in read:
            _allow(descriptor, path, EXECUTE | READ_FILE | READ_DIR)
        for path in write:
            _allow(descriptor, path, everything)
        if _libc().prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_NO_NEW_PRIVS) was refused")
        _call(_RESTRICT_SELF, ctypes.c_int(descriptor), ctypes.c_uint32(0))
    finally:
        os.close(descriptor)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= FILE_ONLY
        rule = _PathRule(rights, target)
        _call(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
    finally:
        os.close(target)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: Any) -> int:
    result = int(_libc().syscall(ctypes.c_long(number), *arguments))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"Landlock system call {number}: {os.strerror(error)}")
    return result
