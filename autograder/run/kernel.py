"""Run a notebook cell by cell in a cold kernel, in a scratch folder, under limits.

A cell that runs too long is interrupted; one that cannot be interrupted, or that ends the process, loses only
itself: the kernel is started anew and what was defined before is defined again.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal
from nbformat import NotebookNode

from autograder.run import landlock
from autograder.run.outputs import tidy
from autograder.run.restore import SKIP

MIME = "application/x-autograder-case+json"
"""What a case comes as; companion/cases.py says the same (a test compares), but would bring matplotlib along."""

KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "SYSTEMROOT", "TEMP")

SYSTEM = (
    "/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/localtime",
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu",
)  # fmt: skip
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
"""What a Python process needs of the system, to read, and to read and write."""


def isolation() -> str:
    """The level that submissions run at here: "landlock" (files, TCP, signals) or "none"."""
    return "landlock" if landlock.version() else "none"


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes:
        cell_seconds: wall time of one cell. total_seconds: wall time of the whole notebook.
        memory: address space of the kernel, bytes. file_size: of any file it writes, bytes.
        output: text and pictures kept of one cell, bytes. restarts: of a kernel that died.
    """

    cell_seconds: float = 10.0
    total_seconds: float = 120.0
    memory: int = 4 * 2**30
    file_size: int = 64 * 2**20
    output: int = 2 * 2**20
    restarts: int = 4


@dataclass
class CellRun:
    """What became of one cell: ok, error, timed out, killed or skipped; and the cases that it handed over."""

    status: str
    reports: list = field(default_factory=list)


class _Client(NotebookClient):
    """nbclient, with the cases taken out of the outputs and the rest of them kept small."""

    def __init__(self, *args, limits: Limits, **kwargs):
        super().__init__(*args, **kwargs)
        self.limits = limits
        self.reports: list = []
        self.kept = 0
        self.timed_out = False

    async def _async_handle_timeout(self, timeout, cell=None):
        self.timed_out = True
        return await super()._async_handle_timeout(timeout, cell)

    def process_message(self, msg, cell, cell_index):
        try:
            return self._process(msg, cell, cell_index)
        except CellControlSignal:
            raise
        except Exception:
            return None  # of no agreed form: the learner's code made it

    def _process(self, msg, cell, cell_index):
        content = msg["content"]
        if msg["msg_type"] == "display_data" and MIME in content.get("data", {}):
            if len(self.reports) < 1000:
                self.reports.append(content["data"][MIME])
            return None
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "error", "update_display_data"):
            self.kept += len(str(content))
            if self.kept > self.limits.output:
                return None
        return super().process_message(msg, cell, cell_index)

    async def async_execute_cell(self, cell, cell_index, **kwargs):
        self.reports, self.kept, self.timed_out = [], 0, False
        return await super().async_execute_cell(cell, cell_index, **kwargs)


class _Kernel:
    """One cold kernel and the client that drives it."""

    def __init__(self, notebook: NotebookNode, root: Path, seed: str, limits: Limits):
        self.notebook, self.root, self.seed, self.limits = notebook, root, seed, limits

    async def __aenter__(self):
        self.scratch = Path(tempfile.mkdtemp(prefix="submission-"))
        self.manager = AsyncKernelManager(
            connection_file=str(self.scratch / "kernel.json"), transport="ipc" if os.name == "posix" else "tcp"
        )
        if os.name == "posix":
            self.manager.ip = str(self.scratch / "k")
        child = Path(__file__).with_name("child.py")
        command = [sys.executable, str(child), json.dumps(self._settings()), "-f", "{connection_file}"]
        self.manager.kernel_spec.argv = command
        self.client = _Client(
            self.notebook, km=self.manager, limits=self.limits, allow_errors=True, timeout=self.limits.cell_seconds,
            interrupt_on_timeout=True, raise_on_iopub_timeout=False, iopub_timeout=4, force_raise_errors=False,
            record_timing=False, coalesce_streams=False, skip_cells_with_tag=SKIP,
            error_on_timeout={"ename": "CellTimeoutError", "evalue": "stopped at the time limit", "traceback": []},
        )  # fmt: skip
        silence = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        await self.client.async_start_new_kernel(env=self._environment(), cwd=str(self.scratch), **silence)
        await self.client.async_start_new_kernel_client()
        return self

    async def __aexit__(self, *exc):
        with contextlib.suppress(Exception):
            self.client.kc.stop_channels()
        pid = getattr(self.manager.provisioner, "pid", None)
        with contextlib.suppress(Exception):
            await self.manager.shutdown_kernel(now=True)
        if pid and os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _settings(self) -> dict:
        """What the child is told: its limits, and the paths that it is confined to."""
        settings = {"memory": self.limits.memory, "file_size": self.limits.file_size, "read": None, "write": None}
        if isolation() != "none":
            places = [self.root / "companion", self.root / "data", sys.prefix, sys.base_prefix, *SYSTEM]
            settings |= {"read": [str(place) for place in places], "write": [str(self.scratch), *DEVICES]}
        return settings

    def _environment(self) -> dict[str, str]:
        home = self.scratch / "home"
        settings = home / "matplotlib"
        settings.mkdir(parents=True)
        library = self.scratch / "library"
        library.mkdir()
        (library / "companion").symlink_to(self.root / "companion")
        for fonts in _font_lists():
            shutil.copy(fonts, settings)
        return {
            **{name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ},
            "HOME": str(home), "IPYTHONDIR": str(home / "ipython"), "MPLCONFIGDIR": str(settings),
            "PYTHONPATH": str(library), "TMPDIR": str(home), "PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3",
            "AUTOGRADER_CHANNEL": "1", "AUTOGRADER_SEED": self.seed,
        }  # fmt: skip

    async def run(self, index: int) -> CellRun:
        """Run the cell with this number."""
        cell = self.notebook.cells[index]
        try:
            await self.client.async_execute_cell(cell, index, store_history=False)
        except Exception:
            return CellRun("killed")  # it is dead, or replies in no agreed form
        cell.outputs, cell.execution_count = tidy(cell.outputs), None
        reports = self.client.reports
        errors = [output.ename for output in cell.outputs if output.output_type == "error"]
        if self.client.timed_out:
            return CellRun("timed out" if await self._answers() else "killed")
        return CellRun("error" if errors else "ok", reports)

    async def _answers(self) -> bool:
        """Whether the kernel is free again after an interrupt."""
        request = self.client.kc.execute("", silent=True)
        with contextlib.suppress(Exception):
            async with asyncio.timeout(3):
                while True:
                    reply = await self.client.kc.get_shell_msg()
                    if reply["parent_header"].get("msg_id") == request:
                        return True
        return False


def _font_lists() -> list[Path]:
    """matplotlib's list of fonts, which costs a second to make anew for every submission."""
    import matplotlib

    return list(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))


def run_notebook(notebook: NotebookNode, root: Path, seed: str, limits: Limits = Limits()) -> list[CellRun]:
    """Run every code cell, keep the outputs in the notebook, and tell what became of each cell.

    Args:
        notebook: from :func:`autograder.run.restore.restore`; its outputs are written in place.
        root: the repository, from which the kernel imports ``companion``.
        seed: the seed that the hidden cases draw from.
        limits: what the submission may use.
    """
    return asyncio.run(_run(notebook, root, seed, limits))


async def _run(notebook: NotebookNode, root: Path, seed: str, limits: Limits) -> list[CellRun]:
    runs = [CellRun("skipped") for _ in notebook.cells]
    todo = [
        i
        for i, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and SKIP not in cell.metadata.get("tags", [])
    ]
    end = asyncio.get_running_loop().time() + limits.total_seconds
    for _ in range(limits.restarts + 1):
        if not todo:
            break
        async with _Kernel(notebook, root, seed, limits) as kernel:
            for i in [j for j in range(todo[0]) if runs[j].status in ("ok", "error") and _defines(notebook.cells[j])]:
                await kernel.run(i)
            while todo:
                i = todo.pop(0)
                if asyncio.get_running_loop().time() > end:
                    runs[i] = CellRun("timed out")
                    continue
                runs[i] = await kernel.run(i)
                if runs[i].status == "killed":
                    break
    for i in todo:
        runs[i] = CellRun("killed")
    return runs


def _defines(cell: NotebookNode) -> bool:
    """Whether a cell may define what later cells need: every one but checks and graded cells."""
    return not cell.metadata.get("nbgrader", {}).get("grade") and "check" not in cell.metadata.get("tags", [])
