"""Every attack, graded by the real command in the middle of a class: its safe result, and the class as without it."""

import re

import pytest

from attacks.attack import CONTROLS, DENIED, FAILS, KILLED, NO_EFFECT, REJECTED, SECTIONS, THROUGH
from attacks.catalogue import ATTACKS
from attacks.classroom import HONEST, Classroom
from autograder.places import repository
from autograder.run import best_sandbox

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def alone(tmp_path_factory):
    """The honest students graded without any attacker: the items by kind."""
    run = Classroom(tmp_path_factory.mktemp("alone")).grade({})
    assert not run.error and len(run.honest) == len(HONEST) + 1, run.error
    return dict(run.honest)


@pytest.fixture(scope="session")
def graded(request, tmp_path_factory):
    """``graded(section)``: the run of those attacks of a section that were asked for, done once."""
    chosen = {item.callspec.params.get("key") for item in request.session.items if hasattr(item, "callspec")}
    runs = {}

    def grade(section):
        if section not in runs:
            room = Classroom(tmp_path_factory.mktemp("class"))
            runs[section] = room.grade({k: a for k, a in ATTACKS.items() if a.section == section and k in chosen})
        return runs[section]

    return grade


@pytest.mark.parametrize("key", ATTACKS)
def test_an_attack_has_its_safe_result(graded, alone, key):
    attack = ATTACKS[key]
    run = graded(attack.section)
    assert not run.error, run.error
    honest = {item["exercise"]: item for item in alone["right" if attack.right else "wrong"]}
    assert len(run.outcomes[key]) == attack.copies
    for outcome in run.outcomes[key]:
        assert THROUGH not in outcome.printed, outcome.printed
        assert "BROKEN" not in outcome.printed, outcome.printed
        assert not runs_in_a_browser(outcome.page)
        CHECKS[attack.safe](attack, outcome, honest)
    draws = [line for outcome in run.outcomes[key] for line in re.findall(r"DRAW .*", outcome.printed)]
    assert len(set(draws)) == len(draws)


def fails(attack, outcome, honest):
    """The wrong answer got nothing, and the other exercise no more than its points."""
    wrong, other = outcome.items["row_means"], outcome.items["noisy"]
    assert wrong["points"] == 0 and wrong["verdict"] != "passed" and wrong["max_points"] == 3, wrong
    assert len(f"{wrong['cause'] or ''} {wrong['message']}") > 20
    assert 0 <= other["points"] <= other["max_points"] == 2
    assert (other["verdict"] == "passed") == (other["points"] == 2)
    assert attack.whole or other["verdict"] == "passed", other


def rejected(attack, outcome, honest):
    for item in outcome.items.values():
        assert item["points"] == 0 and item["verdict"] in ("unreadable", "missing"), item
        assert len(item["message"]) > 20


def is_honest(attack, outcome, honest):
    assert {name: marks(item) for name, item in outcome.items.items()} == {n: marks(i) for n, i in honest.items()}
    assert attack.section != CONTROLS or all(item["verdict"] == "passed" for item in outcome.items.values())


def denied(attack, outcome, honest):
    is_honest(attack, outcome, honest)
    assert "DENIED" in outcome.printed, outcome.printed


def marks(item: dict) -> tuple:
    return item["points"], item["max_points"], item["verdict"]


CHECKS = {FAILS: fails, REJECTED: rejected, KILLED: fails, DENIED: denied, NO_EFFECT: is_honest}


def runs_in_a_browser(page: str) -> list[str]:
    """What of a feedback page would run and comes from an attack."""
    found = [script for script in re.findall(r"<script[^>]*>(.*?)</script>", page, re.S | re.I) if "ATTACK" in script]
    for tag in re.findall(r"<[a-zA-Z][^>]*>", page):
        active = re.search(r"\son\w+\s*=|javascript:|srcdoc|data:text/html|<style|<iframe|<object", tag, re.I)
        if active and ("ATTACK" in tag or "alert" in tag):
            found.append(tag)
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_the_class_around_the_attackers_is_graded_as_without_them(graded, alone, section):
    run = graded(section)
    assert not run.error and len(run.honest) >= 2, run.error
    for kind, items in run.honest:
        assert items == alone[kind], kind


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("what", ["leaks", "changed", "left", "survivors", "touched"])
def test_nothing_leaks_changes_stays_or_is_reached(graded, section, what):
    run = graded(section)
    assert not run.error, run.error
    assert getattr(run, what) == []


def test_the_floor_of_isolation_is_reached_here():
    best_sandbox(repository().root).require_floor()
