"""The grader: build lessons, record references, run submissions, judge them, report.

The way the data goes, one way and no way back:

    lesson text → source notebook + references → release → submission → cases → verdicts → gradebook, feedback, report
"""

import sys

# nbformat imports jsonschema, which compiles a grammar for international addresses where it finds this package:
# one second at every start, for a check that no notebook needs. Where the import fails, jsonschema goes without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
