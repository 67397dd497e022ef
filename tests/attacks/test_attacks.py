"""Every attack, graded by the real command in the middle of a class: its safe result, and the class as without it."""

import pytest

from attacks.attack import SECTIONS
from attacks.catalogue import ATTACKS
from attacks.classroom import HONEST, Classroom
from attacks.safe import check
from autograder.places import repository
from autograder.run.sandbox import best_sandbox

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


@pytest.mark.parametrize("key", ATTACKS, ids=ATTACKS)  # of pytest's own names, a long one is cut
def test_an_attack_has_its_safe_result(graded, alone, key):
    attack = ATTACKS[key]
    run = graded(attack.section)
    assert not run.error, run.error
    honest = {item["exercise"]: item for item in alone["right" if attack.right else "wrong"]}
    check(attack, run.outcomes[key], honest)


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
