"""The small helper module that every notebook imports.

lesson        names the lesson and what its answers may lean on
check         a visible check: what was expected beside what came, shapes first
hidden_cases  hands the answers of a graded function to the grader
count_steps   how many steps of Python a function takes; steps_grow  whether they grow with the input
data, plots   load the data sets of data/, draw figures with a text alternative
"""

from companion import data, plots
from companion.cases import hidden_cases
from companion.checks import check
from companion.lessons import lesson
from companion.steps import count_steps, steps_grow

__all__ = ["check", "count_steps", "data", "hidden_cases", "lesson", "plots", "steps_grow"]
