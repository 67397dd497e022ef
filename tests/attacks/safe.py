"""Whether the result of an attack is the safe one, and the result in a few words."""

import re

from attacks.attack import CONTROLS, DENIED, FAILS, KILLED, NO_EFFECT, REJECTED, THROUGH, Attack
from attacks.classroom import Outcome


def check(attack: Attack, outcomes: list[Outcome], honest: dict[str, dict]) -> None:
    """Raise AssertionError, with what is wrong, unless every copy of an attack had its safe result.

    Args:
        honest: the items, by exercise, of an honest student with the same answer, graded without any attacker.
    """
    assert len(outcomes) == attack.copies
    for outcome in outcomes:
        assert THROUGH not in outcome.printed, outcome.printed
        assert "BROKEN" not in outcome.printed, outcome.printed
        active = runs_in_a_browser(outcome.page)
        assert not active, active
        _CHECKS[attack.safe](attack, outcome, honest)
    draws = [line for outcome in outcomes for line in re.findall(r"DRAW .*", outcome.printed)]
    assert len(set(draws)) == len(draws), draws


def _fails(attack, outcome, honest):
    """The wrong answer got nothing, and the other exercise no more than its points."""
    wrong, other = outcome.items["row_means"], outcome.items["noisy"]
    assert wrong["points"] == 0 and wrong["verdict"] != "passed" and wrong["max_points"] == 3, wrong
    assert len(f"{wrong['cause'] or ''} {wrong['message']}") > 20, wrong
    assert 0 <= other["points"] <= other["max_points"] == 2, other
    assert (other["verdict"] == "passed") == (other["points"] == 2), other
    assert attack.whole or other["verdict"] == "passed", other


def _rejected(attack, outcome, honest):
    for item in outcome.items.values():
        assert item["points"] == 0 and item["verdict"] in ("unreadable", "missing"), item
        assert len(item["message"]) > 20, item


def _has_no_effect(attack, outcome, honest):
    for name, item in outcome.items.items():
        assert all(item[part] == honest[name][part] for part in ("points", "max_points", "verdict")), item
        assert attack.section != CONTROLS or item["verdict"] == "passed", item


def _denied(attack, outcome, honest):
    _has_no_effect(attack, outcome, honest)
    assert "DENIED" in outcome.printed, outcome.printed


_CHECKS = {FAILS: _fails, REJECTED: _rejected, KILLED: _fails, DENIED: _denied, NO_EFFECT: _has_no_effect}


def runs_in_a_browser(page: str) -> list[str]:
    """What of a feedback page would run and comes from an attack."""
    found = [
        script
        for script in re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL | re.IGNORECASE)
        if "ATTACK" in script
    ]
    for tag in re.findall(r"<[a-zA-Z][^>]*>", page):
        active = re.search(r"\son\w+\s*=|javascript:|srcdoc|data:text/html|<style|<iframe|<object", tag, re.IGNORECASE)
        if active and ("ATTACK" in tag or "alert" in tag):
            found.append(tag)
    return found


def in_words(attack: Attack, outcomes: list[Outcome], honest: dict[str, dict]) -> str:
    """One cell of the table: what became of an attack here."""
    try:
        check(attack, outcomes, honest)
    except AssertionError as error:
        return f"**not safe**: {str(error)[:80]!r}"
    item = outcomes[0].items["row_means"]
    if attack.safe == DENIED:
        return "denied"
    if attack.safe == NO_EFFECT:
        return "full marks" if item["verdict"] == "passed" else "no effect, 0 of 3"
    return f"{item['verdict']}, 0 of 3"
