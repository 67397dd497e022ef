"""How a submission is confined on this machine, and whether that is enough for other people's code."""

import functools
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import NotIsolated
from autograder.run.inside import landlock, seccomp
from autograder.run.limits import Limits

INSIDE = Path(__file__).with_name("inside")

SYSTEM = (
    "/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/localtime", "/sys/devices/system/cpu",
)  # fmt: skip
PROCESS = ("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat")
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
"""What a Python process needs of the system: to read, to read about itself, and to read and write."""

KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "SYSTEMROOT", "TEMP")


@dataclass(frozen=True)
class Sandbox:
    """What confines a submission, besides its limits.

    Attributes:
        landlock: files, by their paths. seccomp: system calls: no process, no socket, no signal to others.
        bubblewrap: namespaces of its own: of processes, network, mounts, users.
    """

    landlock: bool = False
    seccomp: bool = False
    bubblewrap: bool = False

    @property
    def name(self) -> str:
        """As it is printed and stored with every result: "bubblewrap+landlock+seccomp" or "none"."""
        return "+".join(part for part in ("bubblewrap", "landlock", "seccomp") if getattr(self, part)) or "none"

    def require_floor(self) -> None:
        """Raises NotIsolated, with what is missing and how to get it."""
        missing = []
        if not self.landlock:
            missing.append(
                "Landlock, which Linux has since 5.13 (lsm=landlock,… on the kernel's command line turns it on)"
            )
        if not self.seccomp:
            missing.append("seccomp for x86-64 or arm64 (a kernel with CONFIG_SECCOMP_FILTER)")
        if missing:
            raise NotIsolated(missing)

    def confinement(self, root: Path, scratch: Path, limits: Limits, seed: str, threads: int) -> dict[str, Any]:
        """What the child is told before it runs a submission; see :mod:`autograder.run.inside.confine`."""
        repo = [root / "companion", root / "data", sys.prefix, sys.base_prefix, *SYSTEM, *PROCESS]
        home = str(scratch / "home")
        environment = {"HOME": home, "TMPDIR": home, "IPYTHONDIR": home, "AUTOGRADER_SEED": seed}
        return {
            "limits": limits.as_rlimits(threads), "landlock": self.landlock, "seccomp": self.seccomp,
            "read": [str(place) for place in repo], "write": [str(scratch), *DEVICES],
            "scratch": str(scratch), "environment": environment,
        }  # fmt: skip

    def command(self, root: Path, folder: Path, settings: dict[str, Any]) -> list[str]:
        """The command of a child process that may see ``folder`` besides what every submission may."""
        python = [sys.executable, "-P", "-s", "-B", str(INSIDE / "main.py"), json.dumps(settings)]
        return (_bubblewrap(root, folder) if self.bubblewrap else []) + python


@functools.cache
def best_sandbox(root: Path) -> Sandbox:
    """The most that can be had here: tried out, not assumed."""
    found = Sandbox(landlock.version() > 0, seccomp.supported())
    if found.landlock and found.seccomp and shutil.which("bwrap"):
        probe = [*_bubblewrap(root, root / "data"), sys.executable, "-S", "-c", ""]
        if subprocess.run(probe, capture_output=True, env=kernel_environment()).returncode == 0:
            return Sandbox(True, True, True)
    return found


def sandbox_for(root: Path, isolation: str) -> Sandbox:
    """The sandbox to use for an isolation of "required", "available" or "none".

    Raises:
        NotIsolated: it is required, and cannot be had.
    """
    sandbox = Sandbox() if isolation == "none" else best_sandbox(root)
    if isolation == "required":
        sandbox.require_floor()
    return sandbox


def _bubblewrap(root: Path, folder: Path) -> list[str]:
    arguments = ["bwrap", "--unshare-all", "--new-session", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    for place in (*SYSTEM, sys.base_prefix, sys.prefix, root / "companion", root / "data", INSIDE):
        arguments += ["--ro-bind-try", str(place), str(place)]
    return [*arguments, "--bind", str(folder), str(folder), "--chdir", "/", "--"]


def kernel_environment() -> dict[str, str]:
    """The variables of every kernel: nothing of ours but a few that Python needs."""
    return {
        **{name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ},
        "MPLBACKEND": "module://matplotlib_inline.backend_inline", "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "AUTOGRADER_CHANNEL": "1",
        "HDF5_USE_FILE_LOCKING": "FALSE",  # else one submission could lock the data of another
    }  # fmt: skip
