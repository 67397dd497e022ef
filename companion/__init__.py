"""The small helper module that every notebook imports.

lesson        names the lesson and what its answers may lean on
check         a visible check: what was expected beside what came, shapes first
hidden_cases  hands the answers of a graded function to the grader
data, plots   load the data sets of data/, draw figures with a text alternative
"""

from companion import data, plots
from companion.cases import hidden_cases
from companion.checks import check
from companion.lessons import lesson

__all__ = ["check", "data", "hidden_cases", "lesson", "plots"]
