"""nbgrader's settings for this course: run nbgrader's commands in this folder."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "deep-learning-companion"

# The stub names its function: raise NotImplementedError("sigmoid").
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "autograder.nbgrader_plugins.NamedStubs",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
    "autograder.nbgrader_plugins.StampRelease",
]

# Whatever was handed in, the next student is graded.
c.Autograde.exporter_class = "autograder.nbgrader_plugins.AnyNotebook"

# Submissions are judged outside the kernel that runs them.
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_plugins.JudgedExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Hidden tests stay hidden on a feedback page.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.nbgrader_plugins.WithoutHiddenTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# What a learner wrote must not run in the reader's browser.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "clean_html": "autograder.gradebook.clean_html.clean_html",
    "markdown2html": "autograder.gradebook.clean_html.markdown2html",
}
