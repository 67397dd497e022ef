"""What a test needs that not every machine has, such as a server: where it is absent the test is skipped.

Where .ci/run has installed all of it, its absence is a failure: TESTS_SKIP_NOTHING is set there.
"""

import os

import pytest


def need(there: object, sentence: str) -> None:
    """Skip the test where something is not there, with a sentence that says what to install."""
    if not there:
        pytest.fail(sentence) if os.environ.get("TESTS_SKIP_NOTHING") else pytest.skip(sentence)
