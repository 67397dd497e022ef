"""What the commands print for a person, drawn with rich."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.judge import Verdict

if TYPE_CHECKING:  # Row's module brings Matplotlib along, which only `mistakes` needs
    from autograder.authoring.kill_matrix import Row
    from autograder.authoring.named_lines import Named
    from autograder.grade_week import Graded
    from autograder.grading.grade import Result


def _console() -> Console:
    """Wide enough for sentences where the output is a file or a pipe."""
    console = Console(emoji=False)
    return console if console.is_terminal else Console(width=140, emoji=False)


def _points(result: Result) -> str:
    return f"{result.score:g} / {result.max_score:g}"


def print_result(result: Result) -> None:
    """One notebook: a line for each graded item."""
    console = _console()
    table = Table(title=f"{result.week} · {result.stem}: {_points(result)}", title_justify="left", show_lines=True)
    for column in ("exercise", "points", "verdict", "why"):
        table.add_column(column, overflow="fold")
    for item in result.items:
        colour = "green" if item.passed else "red"
        table.add_row(
            item.exercise, f"{item.points:g} / {item.max_points:g}", f"[{colour}]{item.verdict}", escape(item.sentence)
        )
    console.print(table)
    if result.isolation == "none":
        console.print("It ran without isolation: do so only with a notebook that you trust.", style="dim")


def print_class(graded: Graded) -> None:
    """A class: each student's score, and for each failed item the cause in a sentence."""
    console = _console()
    table = Table(title=f"{graded.week}", title_justify="left", show_lines=True)
    table.add_column("student", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("what went wrong", overflow="fold")
    for student in dict.fromkeys(entry["student"] for entry in graded.results):
        results = [entry for entry in graded.results if entry["student"] == student]
        total = f"{sum(r['score'] for r in results):g} / {sum(r['max_score'] for r in results):g}"
        table.add_row(
            escape(student), total, "\n".join(line for r in results for line in _faults(r)) or "[green]nothing[/]"
        )
    console.print(table)
    again = f", {graded.unchanged} unchanged (grade them again with --force)" if graded.unchanged else ""
    console.print(f"notebooks: {graded.graded} graded{again}")
    console.print(f"isolation: {', '.join(sorted({r['isolation'] for r in graded.results}))}")
    console.print(f"gradebook: {escape(graded.gradebook)}", soft_wrap=True)
    if graded.feedback:
        console.print(f"feedback:  {escape(graded.feedback)}/<student>/{graded.week}/", soft_wrap=True)


def _faults(result: dict) -> list[str]:
    """One line for each failed item; one for the whole notebook where every item fails for one reason."""
    failed = [item for item in result["items"] if item["verdict"] != Verdict.PASSED]
    reasons = [item["cause"] or item["message"].removeprefix(f"{item['exercise']}: ") for item in failed]
    if len(failed) == len(result["items"]) > 1 and len(set(reasons)) == 1:
        return [f"[bold]{result['lesson']}[/], every exercise ({failed[0]['verdict']}): {escape(reasons[0])}"]
    pairs = zip(failed, reasons, strict=True)
    return [f"[bold]{item['exercise']}[/] ({item['verdict']}): {escape(reason)}" for item, reason in pairs]


def print_matrix(lesson: str, rows: list[Row], stale: list, show_all: bool) -> None:
    """The kill matrix of a lesson: a column for each hidden case, × where the answer fails it."""
    console = _console()
    table = Table(title=lesson, title_justify="left")
    for column in ("exercise", "kind", "answer", "cases", "ok"):
        table.add_column(column, overflow="fold")
    for row in rows:
        if row.kind == "mutant" and row.as_it_should_be and not show_all and not row.reason:
            continue
        marks = "".join("×" if killed else "·" for killed in row.killed)
        why = "let through by the check" if row.kind == "mistake" else "equivalent"
        name = row.name + (f"  ({why}: {row.reason})" if row.reason else "")
        if row.noticed is False and not row.reason:
            name += "  (the visible check lets it through)"
        table.add_row(row.exercise, row.kind, escape(name), marks, "[green]yes" if row.as_it_should_be else "[red]NO")
    console.print(table)
    for exercise in dict.fromkeys(row.exercise for row in rows):
        mutants = [row for row in rows if row.exercise == exercise and row.kind == "mutant"]
        mistakes = [row for row in rows if row.exercise == exercise and row.kind == "mistake"]
        console.print(
            f"{exercise}: {sum(r.dead for r in mistakes)} of {len(mistakes)} mistakes and "
            f"{sum(r.dead for r in mutants)} of {len(mutants)} mutants killed, {sum(bool(r.reason) for r in mutants)} "
            f"equivalent; the visible check notices {sum(bool(r.noticed) for r in mistakes)} of {len(mistakes)} "
            "mistakes"
        )
    for equivalent in stale:
        console.print(
            f"[red]not a living mutant of {equivalent.exercise}, remove it:[/] {escape(equivalent.old)}  →  "
            f"{escape(equivalent.new)}"
        )


def print_report(week: str, rows: list[dict]) -> None:
    """What a class misunderstood, exercise by exercise."""
    console = _console()
    table = Table(title=f"{week}: what to teach again", title_justify="left", show_lines=True)
    table.add_column("exercise", no_wrap=True)
    table.add_column("passed", justify="right", no_wrap=True)
    table.add_column("what went wrong, and how often", overflow="fold")
    for row in rows:
        faults = "\n".join(f"{f['count']} × {escape(f['cause'] or f['verdict'])}" for f in row["faults"])
        table.add_row(row["exercise"], f"{row['passed']} / {row['of']}", faults or "[green]nothing[/]")
    console.print(table)


def print_lines(named: list[Named]) -> None:
    """Of how many mistakes and mutants a line is named, and where it is not the edited one."""
    console = _console()
    for kind in ("mistake", "mutant"):
        some = [one for one in named if one.kind == kind and one.said]
        if some:
            edited = sum(one.edited is True for one in some)
            console.print(
                f"{kind}s: of {sum(one.kind == kind for one in named)} with wrong values a line is named for "
                f"{len(some)}, for {edited} the edited one"
            )
    for one in named:
        if one.edited is False:
            console.print(escape(f"not the edited line: {one.exercise}, {one.name}: {one.said}"))
