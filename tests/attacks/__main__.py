"""Write the table of outcomes: ``python -m attacks [--ours-only] [WORDS]``, which `make attacks` runs.

Each attack is graded by `autograder grade` in the middle of a class, and by stock nbgrader by itself, in a sandbox.
WORDS picks the attacks whose section or name holds them, and prints their rows instead of writing the table.
"""

import argparse
import collections
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import track

from attacks import stock
from attacks.attack import SAFE, SECTIONS
from attacks.catalogue import ATTACKS
from attacks.classroom import Classroom
from attacks.safe import in_words
from autograder.places import repository
from autograder.run.sandbox import best_sandbox

TABLE = Path(__file__).with_name("OUTCOMES.md")
NOT_RUN = "not run here"


def ours(keys: list[str]) -> dict[str, str]:
    """What became of each attack under `autograder grade`."""
    with tempfile.TemporaryDirectory() as scratch:
        alone = dict(Classroom(Path(scratch) / "alone").grade({}).honest)
        honest = {kind: {item["exercise"]: item for item in items} for kind, items in alone.items()}
        found = {}
        for section in SECTIONS:
            chosen = {key: ATTACKS[key] for key in keys if ATTACKS[key].section == section}
            run = Classroom(Path(scratch) / section.replace(" ", "-")).grade(chosen) if chosen else None
            for key, attack in chosen.items():
                outcomes = run.outcomes.get(key, [])
                found[key] = in_words(attack, outcomes, honest["right" if attack.right else "wrong"])
            for what in ("leaks", "changed", "left", "survivors", "touched"):
                if run and getattr(run, what):
                    print(f"{section}: {what}: {getattr(run, what)}")
        return found


def theirs(keys: list[str]) -> dict[str, str]:
    """What became of each attack under stock nbgrader."""
    with tempfile.TemporaryDirectory() as scratch:
        course = stock.course(Path(scratch) / "course")
        rows = stock.grade(course, keys)
        return dict(track(rows, "stock nbgrader", len(keys), console=Console(stderr=True)))


def table(us: dict[str, str], them: dict[str, str]) -> str:
    """The page, in Markdown."""
    bad = [row for row in us.values() if row.startswith("**")]
    kinds = collections.Counter(
        word
        for row in them.values()
        for word in ("forged", "leaked", "got through", "crashed", "hung")
        if f"**{word}" in row
    )
    lines = [
        "# What became of each attack", "",
        "Written by `make attacks`; [README.md](README.md) says how it is measured.", "",
        f"Ours ({best_sandbox(repository().root).name}): {len(us) - len(bad)} of {len(us)} safe.", "",
        f"Stock nbgrader 0.9.6: {', '.join(f'{count} {kind}' for kind, count in kinds.most_common())}.", "",
        "Expected: " + " · ".join(f"**{letter}** {text}" for letter, text in SAFE.items()) + ".",
    ]  # fmt: skip
    for section in SECTIONS:
        lines += ["", f"## {section}", "", "| attack | expected | ours | stock nbgrader |", "|---|---|---|---|"]
        for key, attack in ATTACKS.items():
            if attack.section == section and key in us:
                cells = (attack.name, attack.safe, us[key], them.get(key, NOT_RUN))
                lines.append("| " + " | ".join(_escaped(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    shown = "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)
    return shown.replace("|", "\\|").replace("<", "&lt;").replace("$", "\\$")


def main() -> None:
    parser = argparse.ArgumentParser(prog="attacks", description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="?", default="", help="only attacks whose section or name holds this")
    parser.add_argument("--ours-only", action="store_true", help="leave stock nbgrader out")
    options = parser.parse_args()
    if not options.ours_only and stock.why_not():
        parser.error(f"{stock.why_not()} Or leave stock nbgrader out: --ours-only")
    keys = [key for key in ATTACKS if options.words in key]
    us = ours(keys)
    page = table(us, {} if options.ours_only else theirs(keys))
    if options.words or options.ours_only:
        print(page)
    else:
        TABLE.write_text(page, "utf-8")
        print("\n".join([*page.splitlines()[:7], f"The table is in {TABLE.relative_to(repository().root)}"]))


if __name__ == "__main__":
    main()
