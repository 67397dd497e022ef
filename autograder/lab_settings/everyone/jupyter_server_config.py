"""What Lab's server is told, whoever opens it with `autograder lab`; the command line goes before it."""

import os

c = get_config()  # noqa: F821

# A server without a terminal of its own would start login shells, and these set PATH anew: `autograder` would be lost.
c.ServerApp.terminado_settings = {"shell_command": [os.environ.get("SHELL") or "sh"]}
