"""Run a submission in a kernel of its own. Nothing here knows a reference, a tolerance or a point."""
