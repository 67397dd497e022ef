"""Confine this process for good, before it runs a learner's first line."""

import ctypes
import signal
import sys
from typing import Any

import landlock
import seccomp

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


def confine(confinement: dict[str, Any]) -> None:
    """Set the limits and shut the doors.

    Args:
        confinement: from :class:`autograder.run.sandbox.Sandbox`. ``limits``: a number for each name of
            :mod:`resource` without its RLIMIT_. ``landlock``: whether to confine files to ``read`` and
            ``write``, lists of paths. ``seccomp``: whether to refuse system calls.

    Raises:
        OSError: what was asked for could not be had.
    """
    if resource is not None:
        _limit(confinement["limits"])
    if sys.platform.startswith("linux"):
        _die_with_the_parent()
        _drop_capabilities()
    if confinement["landlock"]:
        landlock.restrict(confinement["read"], confinement["write"])
    if confinement["seccomp"]:
        seccomp.restrict()


def _limit(limits: dict[str, int]) -> None:
    for name, value in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):
            if sys.platform.startswith("linux"):
                raise  # macOS knows limits that it will not set


def _die_with_the_parent() -> None:
    set_death_signal = 1
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of every process below this one that loses its own, so that it can be killed."""
    if sys.platform.startswith("linux"):
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def _drop_capabilities() -> None:
    """Whoever runs the grader as root would otherwise hand root's powers to a submission."""
    version_3 = 0x20080522
    header = (ctypes.c_uint32 * 2)(version_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset was refused")
