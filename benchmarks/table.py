"""The results as tables for a person."""

from rich.console import Console
from rich.table import Table


def print_results(results: dict) -> None:
    """Print the costs of each week, how ours grows, and the aims."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=120)
    machine = results["machine"]
    console.print(
        f"{machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}, Python {machine['python']}"
    )
    for label, week in results.get("weeks", {}).items():
        _print_week(console, label, week, results["submissions"])
    if "growth" in results:
        _print_growth(console, results["growth"])
    if not results["aims"]:
        return
    table = Table(title="aims", title_justify="left")
    for column in ("aim", "is", "met"):
        table.add_column(column, justify="right" if column == "is" else "left")
    for aim in results["aims"]:
        table.add_row(aim["aim"], f"{aim['value']:g}", "[green]yes[/]" if aim["met"] else "[red]no[/]")
    console.print(table)


def _print_week(console: Console, label: str, week: dict, submissions: int) -> None:
    table = Table(title=f"{_title(label, week)}, {submissions} submissions", title_justify="left")
    table.add_column("")
    for column in ("wall s", "CPU s", "start-up s", "each more s", "peak MiB", "× ours, wall", "× ours, CPU"):
        table.add_column(column, justify="right")
    for name, tool in week["tools"].items():
        ratio = week["ratios"].get(name, {"wall": 1, "cpu": 1})
        wall, cpu = tool["wall"], tool["cpu"]
        cells = [f"{x:.3f}" for x in (wall["submission"], cpu["submission"], wall["start"], wall["marginal"])]
        table.add_row(name, *cells, str(tool["peak_mib"]), f"{ratio['wall']:.1f}", f"{ratio['cpu']:.1f}")
    limit = week["limit"]
    table.add_row(
        "the cells alone",
        f"{limit['submission']:.3f}",
        f"{limit['cells']:.3f}",
        *[""] * 3,
        f"{limit['distance']:.2f}",
        "",
    )
    console.print(table)
    console.print("wall and CPU: seconds per submission; start-up and each more: wall seconds", style="dim")
    console.print(
        f"ours adds {limit['overhead']:.3f} CPU s to each submission and is at {limit['distance']:.2f} of the limit, "
        f"{limit['distance_after_start']:.2f} once it has started; "
        f"0.7 needs cells of {limit['heavy_enough']:.1f} CPU s",
        style="dim",
    )
    for name, student, exercise, theirs, ours in week["disagreements"]:
        console.print(f"[red]{name} gives {student} {theirs} points for {exercise}, ours {ours}[/]")
    if not week["disagreements"]:
        console.print("all give the same points to everybody", style="dim")


def _title(label: str, week: dict) -> str:
    return label if label == week["lesson"] else f"{label} week: {week['lesson']}"


def _print_growth(console: Console, rows: list[dict]) -> None:
    table = Table(title="ours, classes of growing size (NumPy week)", title_justify="left")
    for column in ("submissions", "wall s", "straight line s", "wall s each", "CPU s each", "peak MiB"):
        table.add_column(column, justify="right")
    for row in rows:
        n = row["submissions"]
        cells = (row["wall"], row["extrapolated"], row["wall"] / n, row["cpu"] / n)
        table.add_row(str(n), *(f"{x:.3f}" for x in cells), str(row["peak_mib"]))
    console.print(table)
