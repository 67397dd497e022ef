"""Started in the child process: set the limits, shut the doors, then become an ordinary IPython kernel.

    python child.py <settings, JSON> -f <connection file>

The settings: ``memory`` and ``file_size`` in bytes; ``read`` and ``write``, the paths to be confined to, or null.
"""

import importlib.util
import json
import sys
from pathlib import Path

settings = json.loads(sys.argv.pop(1))

try:
    import resource
except ImportError:
    pass
else:
    for limit, value in (
        (resource.RLIMIT_AS, settings["memory"]),
        (resource.RLIMIT_FSIZE, settings["file_size"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))

if settings["read"] is not None:
    # By its path: the package that it stands in is not for the kernel to import.
    spec = importlib.util.spec_from_file_location("landlock", Path(__file__).with_name("landlock.py"))
    landlock = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(landlock)
    landlock.restrict(settings["read"], settings["write"])

from ipykernel.kernelapp import launch_new_instance  # noqa: E402

launch_new_instance()
