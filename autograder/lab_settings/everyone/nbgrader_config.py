"""What nbgrader's Validate is told in Lab; a course's own nbgrader_config.py goes before it."""

c = get_config()  # noqa: F821

# nbgrader gives up when a kernel that is done has not shown its output after four seconds, as on a busy machine.
c.Execute.iopub_timeout = 300
