"""The documentation is under test: what it names exists, what it shows runs."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from autograder.authoring.answers import read_answers
from autograder.cli import group
from autograder.places import repository

ROOT = repository().root
COMMANDS = sorted(group.commands)
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "data/README.md",
    *(f"{p.parent.name}/README.md" for p in ROOT.glob("course*/README.md")),
]


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", _read(page)):
        if not target.startswith("http"):
            assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_command_that_is_shown_exists(page):
    text = _read(page)
    targets = set(re.findall(r"^([a-z]+):.*##", _read("Makefile"), re.MULTILINE))
    for target in re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE):
        assert target in targets, target
    for command in re.findall(r"(?:\.venv/bin/|`)autograder ([a-z]+)", text):
        assert command in COMMANDS, command
    for option in re.findall(r"`?(--[a-z-]+)", " ".join(re.findall(r"autograder[^`\n]*", text))):
        assert any(option in p.opts for c in group.commands.values() for p in c.params) or option == "--help", option


def test_the_readme_lists_every_lesson_and_room():
    text = _read("README.md")
    for lesson in repository().lessons():
        assert str(lesson.text.relative_to(ROOT)) in text
    for room in ("course2/", "companion/", "notebooks/", "autograder/", "data/", "tests/"):
        assert room in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_an_example_that_parses(command):
    run = subprocess.run(
        [sys.executable, "-m", "autograder", command, "--help"], capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0
    example = re.search(r"Example: autograder ([a-z]+)(.*)", " ".join(run.stdout.split()))
    assert example and example.group(1) == command
    arguments = [x for x in example.group(2).split() if not x.endswith(".txt") and x != "--salt-file"]
    group.commands[command].make_context(command, arguments)
    assert isinstance(group.commands[command], click.Command) and group.commands[command].help


def test_make_help_lists_the_targets():
    run = subprocess.run(["make", "help"], capture_output=True, text=True, cwd=ROOT, check=True)
    for target in ("grade", "test", "lab", "notebooks", "help"):
        assert f"make {target} " in run.stdout


def _locked() -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", _read("requirements.lock"), re.MULTILINE))


def _declared() -> list[str]:
    project = tomllib.loads(_read("pyproject.toml"))["project"]
    return project["dependencies"] + [x for extra in project["optional-dependencies"].values() for x in extra]


def test_environment_lock_and_project_agree():
    locked = _locked()
    conda = yaml.safe_load(_read("environment.yml"))["dependencies"][-1]["pip"]
    pinned = {re.split(r"[=; ]", line)[0]: re.search(r"==([^;\s]+)", line).group(1) for line in conda}
    names = {re.split(r"[~=><;\[ ]", line)[0] for line in _declared()}
    assert set(pinned) == names
    assert pinned == {name: locked[name] for name in names}


def test_the_lock_has_hashes_and_names_no_index():
    text = _read("requirements.lock")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    entries = re.split(r"\n(?=[a-zA-Z0-9])", text.strip())
    assert len(entries) > 100
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_versions_are_those_that_were_promised():
    locked = _locked()
    for name, version in {
        "jupyterlab": "4.6",
        "nbgrader": "0.9.6",
        "nbval": "0.11",
        "numpy": "2.",
        "keras": "3.",
        "pytest": "9",
        "tensorflow": "2.21",
    }.items():
        assert locked[name].startswith(version), name


def test_nothing_tracked_names_this_machine():
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    files = [ROOT / name for name in run.stdout.split("\0") if name] or list(ROOT.glob("**/*.py"))
    machine = re.compile(r"(^|[^A-Za-z0-9_.])/(work|farm|root|home)/[A-Za-z.]")
    for path in files:
        if (
            path.suffix in (".py", ".md", ".ipynb", ".toml", ".yml", ".cfg", "")
            and path.is_file()
            and path != Path(__file__)
        ):
            found = machine.search(path.read_text("utf-8"))
            assert not found, f"{path}: {found}"


def test_ci_runs_what_people_type():
    assert _read(".ci/run").strip().splitlines()[-1] == "make test"


def test_contributing_shows_the_model_lesson_as_it_is():
    essay = _read("course2/week1/initialization.py")
    shown = [
        block for block in re.findall(r"```python\n(.*?)```", _read("CONTRIBUTING.md"), re.DOTALL) if block[0] == "#"
    ]
    assert len(shown) == 4
    for block in shown:
        assert block in essay, block.splitlines()[0]


def test_the_answers_that_contributing_shows_are_read(tmp_path):
    (form,) = [b for b in re.findall(r"```python\n(.*?)```", _read("CONTRIBUTING.md"), re.DOTALL) if "exercise(" in b]
    path = tmp_path / "answers.py"
    path.write_text(form, "utf-8")
    solution = "def layer_factor(n_prev, sigma):\n    return n_prev * sigma**2 / 2\n"
    found = read_answers(path, "answers.py", {"layer_factor": solution})
    assert list(found.right["layer_factor"]) == ["squares"]
    assert [m.name for m in found.mistakes] == ["powers_of_ten", "relu_forgotten"]
    assert found.let_through == {("layer_factor", "relu_forgotten"): "…"} and len(found.equivalents) == 1


def test_rooms_that_contributing_lists_are_there_and_the_arrows_hold():
    names = re.findall(r"^\| (`[^|]+?) \|", _read("CONTRIBUTING.md").split("## The rooms")[1], re.MULTILINE)
    for name in re.findall(r"`([a-z_/]+(?:\.py)?)`", " ".join(names)):
        assert (ROOT / "autograder" / name).exists() or (ROOT / name).exists(), name
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"], cwd=ROOT
    )
    assert run.returncode == 0


def test_types_are_right():
    run = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-2000:]


def test_code_is_formatted():
    for arguments in (["format", "--check"], ["check"]):
        run = subprocess.run([sys.executable, "-m", "ruff", *arguments, "."], cwd=ROOT, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout[-2000:]
