"""A real browser in front of a real JupyterLab: what a learner does, and what a learner then sees."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from processes import wait_for

from autograder.lab import SETTINGS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LONG = 600_000
"""Milliseconds after which something that should happen is taken never to happen."""


@contextlib.contextmanager
def server(folder: Path, settings: Path) -> Iterator[str]:
    """A JupyterLab on a folder of notebooks; its address, with the token."""
    tracker = settings / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text('{"windowingMode": "none"}')  # every cell is on the page, also those out of sight
    environment = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTER_CONFIG_PATH": str(SETTINGS / "everyone"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    environment.pop("COMPANION_DATA", None)  # where it is set nobody is there to move a slider
    command = [
        sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--port=0",
        "--IdentityProvider.token=t",
        f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    with (settings / "log").open("w+b") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield _address(process, settings / "log")
        finally:
            process.terminate()
            process.wait()


def _address(process: subprocess.Popen, log: Path) -> str:
    while process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text("utf-8", "replace"))
        if found:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{found.group()}api?token=t")
                return found.group()
        time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8", "replace")[-3000:])


@contextlib.contextmanager
def browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = chromium.new_page(viewport={"width": 1300, "height": 1000})
        page.set_default_timeout(LONG)
        yield page
        chromium.close()


def opened(page: Page, address: str, notebook: str) -> None:
    """Open a notebook and wait until the page is connected with its kernel; before, it is said to be idle as well."""
    page.goto(f"{address}lab/tree/{notebook}?token=t&reset")
    assert wait_for(lambda: any(_connected(session, notebook) for session in _sessions(address)))
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")


def _sessions(address: str) -> list[dict]:
    with urllib.request.urlopen(f"{address}api/sessions?token=t") as answer:
        return json.load(answer)


def _connected(session: dict, notebook: str) -> bool:
    kernel = session["kernel"] or {}
    return session["path"] == notebook and kernel.get("connections", 0) > 0 and kernel["execution_state"] == "idle"


def run_all(page: Page) -> None:
    """Run All Cells, from the menu, and wait until no cell is waiting any more."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    prompts = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
    page.wait_for_function(f"() => /\\[\\d+\\]/.test({prompts}.at(-1).textContent)")  # cells run in their order


def validated(page: Page) -> str:
    """Press nbgrader's Validate; what its dialog says in the end."""
    page.get_by_role("button", name="Validate").click()
    done = "d => d && /success|fail|error/i.test(d.textContent)"
    page.wait_for_function(f"() => ({done})(document.querySelector('.jp-Dialog'))")
    return page.locator(".jp-Dialog").inner_text()


def answered(release: Path, target: Path, answers: dict[str, str]) -> None:
    """A copy of a release with some of its exercises answered, and saved with that."""
    notebook = json.loads(release.read_text("utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, cell["source"])
    target.write_text(json.dumps(notebook), "utf-8")
