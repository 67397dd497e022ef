"""A plugin for the runs of nbval in test_nbval.py: kernels that need no ports, and time for what they send.

nbval leaves both to jupyter_client's and its own defaults: TCP ports, which are chosen some time before they are bound,
so that whoever starts another server meanwhile may get the same one; and five seconds from the end of a cell to its
outputs.
"""

import os
import tempfile

import nbval.kernel
from jupyter_client.manager import KernelManager

OUTPUT_SECONDS = 600


class SocketKernelManager(KernelManager):
    """A kernel manager whose kernel speaks through Unix sockets, in a folder of their own."""

    def __init__(self, **options):
        super().__init__(**options)
        if os.name == "posix":
            self.sockets = tempfile.TemporaryDirectory(prefix="nbval-")
            self.transport, self.ip = "ipc", f"{self.sockets.name}/socket"


def pytest_configure(config):
    nbval.kernel.KernelManager = SocketKernelManager


def pytest_collection_modifyitems(items):
    for item in items:
        item.output_timeout = OUTPUT_SECONDS
