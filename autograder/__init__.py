"""The grader: build lessons, record references, run submissions, judge them, report.

The way the data goes, one way and no way back:

    lesson text → source notebook + references → release → submission → cases → verdicts → gradebook, feedback, report
"""
