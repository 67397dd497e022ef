"""Support file of the otter-grader assignment: the hidden cases of one exercise, compared by np.testing.

It goes into autograder.zip. The cases are those of the lesson, drawn by the lesson's own code; what they should
give was recorded when the lesson was built.
"""

import base64

import numpy as np

from companion.cases import Case


def check_cases(env, source, expected, rtol, atol, extra_keys):
    """Run a hidden cell of a lesson in the notebook's environment and compare its cases with recorded ones.

    Args:
        env: the names of the executed notebook. source: the text of the hidden cell.
        expected: for each case a pair of trees in the form of companion/encode.py: inputs after the call, output.
        rtol, atol: tolerances; atol is relative to the largest entry of the expected array.
        extra_keys: whether a returned dictionary may hold more keys.
    """

    def hidden_cases(exercise, cases, **contract):  # noqa: ARG001 - as lessons call it
        def run(draw):
            for index, (inputs, output) in enumerate(expected):
                case = Case(exercise, index)
                draw(case)
                assert case.report["error"] is None, case.report["error"]
                compare(case.report["inputs"], inputs, 1e-12, 1e-12, False)
                compare(case.report["output"], output, rtol, atol, extra_keys)

        return run

    exec(source, {**env, "hidden_cases": hidden_cases, "verdict": lambda _: None})


def compare(received, expected, rtol, atol, extra_keys):
    """Assert that two trees agree."""
    ((kind, body),) = expected.items()
    assert kind in received, f"expected {kind}, received {next(iter(received))}"
    found = received[kind]
    if kind == "array":
        wanted, got = array(body), array(found)
        assert wanted.shape == got.shape or wanted.size == got.size == 1, f"shape {got.shape}, not {wanted.shape}"
        largest = np.abs(wanted).max(initial=0)
        np.testing.assert_allclose(got.reshape(wanted.shape), wanted, rtol=rtol, atol=atol * largest + 1e-14)
    elif kind in ("tuple", "list"):
        assert len(body) == len(found)
        for one, other in zip(found, body, strict=True):
            compare(one, other, rtol, atol, extra_keys)
    elif kind == "dict":
        found = dict(found)
        assert extra_keys or len(found) == len(body), f"keys {list(found)}"
        for key, value in body:
            compare(found[key], value, rtol, atol, extra_keys)
    elif kind != "other":  # an input that is a function
        assert found == body


def array(body):
    dtype, shape, text = body
    return np.frombuffer(base64.b64decode(text), dtype).reshape(shape)
