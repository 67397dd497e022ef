"""The small helper module that every notebook imports.

lesson        names the lesson and what its answers may lean on
check         a visible check: one short line for each comparison; checking takes what is raised meanwhile
verdict       is this exercise right, and if not, why: the judge's own words on practice cases
ready         whether the functions that an experiment needs are right; verdicts is the table of all exercises
with_optional  a function with those arguments that only some versions of it have
hidden_cases  hands the answers of a graded function to the grader
count_steps   how many steps of Python a function takes; steps_grow  whether they grow with the input
data, plots   load the data sets of data/, draw figures with a text alternative; play has sliders that redraw one
surfaces      a valley of one weight and one bias, and ways down it
guesses       pictures beside what networks answer to them; a picture of one's own
maps          arrays of numbers as maps
"""

from companion import data, guesses, maps, play, plots, surfaces
from companion.cases import hidden_cases
from companion.checks import check, checking
from companion.lessons import lesson
from companion.optional import with_optional
from companion.steps import count_steps, steps_grow
from companion.verdict_cells import ready, verdict, verdicts

__all__ = [
    "check", "checking", "count_steps", "data", "guesses", "hidden_cases", "lesson", "maps", "play",
    "plots", "ready", "steps_grow", "surfaces", "verdict", "verdicts", "with_optional",
]  # fmt: skip
