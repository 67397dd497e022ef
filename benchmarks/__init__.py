"""The same class graded by ours, by stock nbgrader and by otter-grader, side by side. Run with ``make bench``."""
