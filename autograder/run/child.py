"""Started in the child process: set the limits, then become an ordinary IPython kernel.

python child.py <memory in bytes> <file size in bytes> -f <connection file>
"""

import sys

memory, file_size = int(sys.argv[1]), int(sys.argv[2])
del sys.argv[1:3]

try:
    import resource
except ImportError:
    pass
else:
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))

from ipykernel.kernelapp import launch_new_instance  # noqa: E402

launch_new_instance()
