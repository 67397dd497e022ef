"""What breaks a rule in one of a lesson's two texts is refused with file, line and rule; nothing is passed over."""

import re

import pytest
from conftest import TINY, TINY_ANSWERS
from lessons import write_lesson

from autograder.authoring.lesson_text import read_lesson
from autograder.authoring.recording import write_record
from autograder.errors import LessonError
from autograder.places import Repository

ESSAY, ANSWERS = "course9/week1/tiny.py", "course9/week1/answers/tiny.py"


def line_of(text: str, words: str) -> int:
    """The number of the first line of a text that holds these words."""
    return next(i for i, line in enumerate(text.lstrip().splitlines(), 1) if words in line)


def changed_at(before: str, after: str) -> int:
    """The number of the first line in which two texts differ."""
    lines = zip(before.lstrip().splitlines(), after.lstrip().splitlines(), strict=False)
    return next(i for i, (a, b) in enumerate(lines, 1) if a != b)


def told(tmp_path, essay=TINY, answers=TINY_ANSWERS, record=False) -> str:
    """The message with which a lesson is refused: one line, without a path of this machine."""
    place = write_lesson(Repository(tmp_path), "tiny", essay, answers)
    with pytest.raises(LessonError) as caught:  # noqa: PT012 - read or recorded, either may refuse
        lesson = read_lesson(place)
        if record:
            cells = [
                {"metadata": cell.metadata, "source": cell.source, "cell_type": cell.cell_type} for cell in lesson.cells
            ]
            write_record(lesson, {"cells": cells}, place.public_record)
    message = str(caught.value)
    assert "\n" not in message and str(tmp_path) not in message and "see CONTRIBUTING.md" in message
    return message


HEADERS = [
    # A tag that is not known published an answer once.
    ('tags=["demo"]', 'tags=["demos"]', "no tag is called 'demos'; did you mean 'demo'?"),
    ('tags=["demo"]', 'tags=["styles"] exercise="row_means"', "no word in a cell's header is called 'exercise'"),
    ('tags=["demo"]', 'tag=["demo"]', "no word in a cell's header is called 'tag'; did you mean 'tags'?"),
    ("# %% [markdown]\n# # Tiny", "# %% [markdwon]\n# # Tiny", "no word in a cell's header"),
    ('"points": 3', '"pionts": 3', "no key of nbgrader is called 'pionts'; did you mean 'points'?"),
    ('"points": 3', '"points": 0', "needs points, a number above 0; found 0"),
    ('"points": 3', '"points": "3"', "needs points, a number above 0; found '3'"),
    ('"points": 3', '"points": Infinity', "needs points, a number above 0; found inf"),
    ('"points": 3', '"points": 3,5', "this cell's header cannot be read"),
    ('tags=["demo"]', 'tags="demo"', "this cell's header cannot be read"),
    ('tags=["demo"]', 'tags=3', "this cell's header cannot be read"),
    ('"grade_id": "row_means-test"', '"grade_id": "row means-test"', "without a blank; found 'row means-test'"),
    ('"grade_id": "setup"', '"grade_id": "setup "', "without a blank; found 'setup '"),
    ('"grade_id": "noisy"', '"grade_id": "n\u00f6isy"', "letters, digits, - and _"),
    ('"points": 3', '"points": true', "needs points, a number above 0; found True"),
    ('"solution": true, "grade_id": "noisy"', '"grade_id": "noisy"', "is one thing: a solution, graded, or locked"),
    ('"solution": true, "grade_id": "noisy"', '"solution": true, "grade_id": "row_means"', "stands on two cells"),
    ('"solution": true, "grade_id": "noisy"', '"solution": true', "needs a grade_id"),
]  # fmt: skip


@pytest.mark.parametrize("old, new, rule", HEADERS, ids=[new[:60] for _, new, _ in HEADERS])
def test_a_mistyped_header_is_refused_at_its_line(tmp_path, old, new, rule):
    assert TINY.count(old) >= 1
    text = TINY.replace(old, new, 1)
    message = told(tmp_path, text)
    assert rule in message, message
    assert message.startswith(f"{ESSAY}:{changed_at(TINY, text)}: "), message


BODIES = [
    ("cases=4)", "case=4)", "case=4", "hidden_cases takes no 'case'; did you mean 'cases'?"),
    ("cases=4)", "cases=4, acept='x')", "acept=", "hidden_cases takes no 'acept'"),
    ("cases=4)", "cases=4, accept='x')", "accept=", f"accept stands in {ANSWERS}: decorate the function there"),
    ('@hidden_cases("row_means", cases=4)', "@hidden(3)", "row_means-test", "holds no hidden_cases"),
    ('@hidden_cases("row_means"', '@hidden_cases("noisy"', "row_means-test", "what a learner sees of it is one line"),
    ('verdict("row_means")\n', "", "row_means-test", 'one line, verdict("row_means"); found \'\''),
    ('verdict("row_means")\n', 'verdict("row_means")\nprint(1)\n', "row_means-test",
     "what a learner sees of it is one line"),
    ("    return np.sum(X, axis=1, keepdims=True) / X.shape[1]\n    ### END SOLUTION\n",
     "    return np.sum(X, axis=1, keepdims=True) / X.shape[1]\n", "### BEGIN SOLUTION", "needs one region from"),
    ("    ### BEGIN SOLUTION\n    return np.sum", "    return np.sum", "### END SOLUTION", "needs one region from"),
    ("def row_means(X):", "def row_mean(X):", '"grade_id": "row_means"}', "must define the function row_means"),
    ("### BEGIN HIDDEN TESTS\n@hidden_cases(\"row_means\"", "@hidden_cases(\"row_means\"", "### END HIDDEN TESTS",
     "needs one region"),
    ("print(\"means of a demo:\"", "### BEGIN SOLUTION\n    print(\"means of a demo:\"",
     "### BEGIN SOLUTION\n    print", "may not hold"),
    ("    N = np.random.randn(*X.shape)\n", "    N = = 3\n", "N = = 3", "this is not Python: invalid syntax"),
    ("import numpy as np\n", "import numpy as np\nreturn 3\n", "return 3", "'return' outside function"),
    ("import numpy as np\n", 'import numpy as np\nx = """\n', 'x = """', "unterminated triple-quoted string"),
    ("    n, m = (1, 7)", "    %time\n    n, m = (1, 7)", "    %time", "`%time` is a command of Jupyter"),
    ('verdict("noisy")\n', 'files = !ls\nverdict("noisy")\n', "files = !ls", "`files = !ls` is a command of Jupyter"),
    ("if ready(", "# In[3]:\nif ready(", "# In[3]:", "would begin another cell"),
    ("if ready(", "### BEGIN SOLUTON\nif ready(", "### BEGIN SOLUTON", "write it as `### BEGIN SOLUTION`"),
    ("    ### BEGIN SOLUTION\n    N", "    #BEGIN solution\n    N", "    #BEGIN solution",
     "`#BEGIN solution` is no marker; write it as `### BEGIN SOLUTION`"),
    ('### BEGIN HIDDEN TESTS\n@hidden_cases("noisy"', '### BEGIN HIDDEN TEST\n@hidden_cases("noisy"',
     "### BEGIN HIDDEN TEST", "write it as `### BEGIN HIDDEN TESTS`"),
    ('verdict("row_means")\n### BEGIN HIDDEN TESTS\n', 'verdict("row_means")\n### BEGIN HIDDEN TESTS\n'
     '### END HIDDEN TESTS\n### BEGIN HIDDEN TESTS\n', "### END HIDDEN TESTS", "needs one region"),
    ("if ready(", "hidden_cases('noisy', cases=2)(print)\nif ready(", "hidden_cases('noisy'", "stand in a graded cell"),
    ("    n, m = case.rng.integers(20, 30)", "    n, m = np.random.randint(20, 30)", "np.random.randint",
     "a case draws from case.rng, not from np.random.randint"),
    ("    n, m = case.rng.integers(20, 30)", "    noisy(check_X, 1)\n    n, m = case.rng.integers(20, 30)",
     "noisy(check_X", "a case uses check_X, to which a learner may give another meaning; define it in this cell"),
]  # fmt: skip


@pytest.mark.parametrize(
    "old, new, where, rule", BODIES, ids=[rule[:50] + str(i) for i, (*_, rule) in enumerate(BODIES)]
)
def test_a_fault_in_a_cell_is_refused_at_its_line(tmp_path, old, new, where, rule):
    assert TINY.count(old) == 1, old
    text = TINY.replace(old, new)
    message = told(tmp_path, text)
    assert rule in message, message
    at = [i for i, line in enumerate(text.lstrip().splitlines(), 1) if where.splitlines()[0] in line]
    assert int(re.match(rf"{ESSAY}:(\d+): ", message)[1]) in at, (message, at)


ANSWER_FAULTS = [
    ('exercise("row_means")', 'exercise("row_meens")', "did you mean 'row_means'?"),
    ('    ("axis=1", "axis=0"),', '    ("axis=7", "axis=0"),',
     "'axis=7' stands 0 times in the solution of row_means, not once"),
    ('    ("axis=1", "axis=0"),', '    ("X", "Y"),', "times in the solution of row_means, not once"),
    ('means.mistake(\n    "sum"', 'means.mistake(\n    "wrong_axis"',
     "row_means has two mistakes of the name 'wrong_axis'"),
    ('    hint="Look at the axis.",\n', "", "expected the keywords cause, hint; found: cause"),
    ('    hint="Look at the axis.",\n', '    hints="Look.",\n',
     "expected the keywords cause, hint; found: cause, hints"),
    ('    hint="Look at the axis.",\n', '    hint=HINT,\n', "expected hint= written out; found HINT"),
    ("def row_means(X):\n    X /=", "def row_mean(X):\n    X /=",
     "an answer to row_means defines row_means, not row_mean"),
    ("@noise.accept", "@noise.acept", "decorate it with .right(NAME)"),
    ("@noise.accept", "@nois.accept", "nois.accept belongs to no exercise of this file"),
    ('@noise.right("generator")', '@noise.right', "decorate it with .right(NAME)"),
    ("means = exercise", "import numpy\n\nmeans = exercise",
     "holds functions, constants and calls of an exercise, nothing else"),
    ("means = exercise", "means.sum = 3\nmeans = exercise", None),
    ("means = exercise", "means = = exercise", "this is not Python"),
    ("@means.mistake(\n    \"one_row_only\"",
     "means.let_through(\"nothing\", reason=\"x\")\n\n@means.mistake(\n    \"one_row_only\"",
     "row_means has no mistake 'nothing' above"),
]  # fmt: skip


@pytest.mark.parametrize("old, new, rule", ANSWER_FAULTS, ids=[str(i) for i in range(len(ANSWER_FAULTS))])
def test_a_fault_in_the_answers_is_refused_at_its_line(tmp_path, old, new, rule):
    assert TINY_ANSWERS.count(old) == 1, old
    text = TINY_ANSWERS.replace(old, new)
    if rule is None:
        write_lesson(Repository(tmp_path), "tiny", TINY, text)
        return
    message = told(tmp_path, answers=text)
    assert rule in message, message
    number = int(re.match(rf"{ANSWERS}:(\d+): ", message)[1])
    near = changed_at(TINY_ANSWERS, text)
    assert abs(number - near) <= 4, (message, near)


def test_a_text_that_is_no_plain_utf8_is_refused(tmp_path):
    assert f"{ESSAY}:1: the file begins with a byte-order mark" in told(tmp_path, "\ufeff" + TINY.lstrip())
    place = write_lesson(Repository(tmp_path), "tiny", TINY, TINY_ANSWERS)
    place.text.write_bytes(TINY.lstrip().replace("A lesson", "L\u00e9çon").encode("latin-1"))
    with pytest.raises(LessonError, match=rf"{ESSAY}:4: a lesson is UTF-8 text"):
        read_lesson(place)


def test_a_comment_that_looks_like_a_command_stays_a_comment(tmp_path):
    text = TINY.replace(
        "import numpy as np\n",
        "# cat pictures come later\n# ls, too: %time and !rm\n# %%bash\n# !ls\nimport numpy as np\n",
    )
    lesson = read_lesson(write_lesson(Repository(tmp_path), "tiny", text, TINY_ANSWERS))
    setup = next(cell.source for cell in lesson.cells if "import numpy" in cell.source)
    assert "\n# cat pictures come later\n" in f"\n{setup}" and "\n# ls, too: %time and !rm\n# %%bash\n# !ls\n" in setup


@pytest.mark.parametrize("drawn", ["getattr(np, 'random').randn(n, m)", "np.full((n, m), draw())"])
@pytest.mark.parametrize("case", [0, 2])
def test_a_case_that_draws_from_a_shared_generator_is_refused(tmp_path, drawn, case):
    text = TINY.replace("import numpy as np\n", "from random import random as draw\nimport numpy as np\n", 1)
    of_its_own = "case.rng.standard_normal((n, m))"
    text = text.replace(of_its_own, f"{drawn} if case.index == {case} else {of_its_own}", 1)
    message = told(tmp_path, text, record=True)
    assert f"case {case} of row_means draws other inputs each time; draw from case.rng" in message


def test_a_graded_cell_that_raises_by_itself_names_its_line(tmp_path):
    text = TINY.replace('@hidden_cases("noisy"', 'case_of_mine\n@hidden_cases("noisy"')
    message = told(tmp_path, text, record=True)
    at = line_of(text, "case_of_mine")
    assert message.startswith(f"{ESSAY}:{at}: the cell noisy-test raises NameError: name 'case_of_mine'"), message


def test_what_goes_wrong_while_a_lesson_is_recorded_names_the_line(tmp_path):
    broken = TINY.replace("    return N, X + scale * N", "    return N, X + scaled * N")
    message = told(tmp_path, broken, TINY_ANSWERS.replace("return N, X + scale", "return N, X + scaled"), record=True)
    at = line_of(broken, '"grade_id": "noisy"}')
    assert message.startswith(f"{ESSAY}:{at}: the solution of noisy raises in case 0"), message
    same = TINY_ANSWERS.replace('    ("axis=1", "axis=0"),', '    ("X.shape[1]", "len(X.T)"),')
    message = told(tmp_path, answers=same, record=True)
    assert re.match(rf"{ANSWERS}:\d+: the mistake 'wrong_axis' of row_means passes every hidden case", message), message
