"""`autograder lab` becomes JupyterLab: what the server is told, and what a learner then finds in it."""

import asyncio
import json
import os
import re
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from course import ROOT
from grading import STEM, WEEK, copy_of
from jupyter_client import BlockingKernelClient
from learner import lab, lesson_of, refused
from processes import wait_for
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

TOKEN = "a-token-of-the-tests"
LEADS_NOWHERE = {
    f"@jupyter/nbgrader:{x}" for x in ("assignment-list", "course-list", "create-assignment", "formgrader")
}
SERVED = "import json, os, sys\nprint(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]))\n"


@pytest.fixture(scope="module")
def repo(tiny, tmp_path_factory):
    return copy_of(tiny, tmp_path_factory.mktemp("lab") / "my course")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """``told(places, arguments)``: the arguments, folder and environment that JupyterLab is started with."""
    fake = tmp_path_factory.mktemp("fake")
    (fake / "jupyterlab").mkdir()
    (fake / "jupyterlab" / "__init__.py").touch()
    (fake / "jupyterlab" / "__main__.py").write_text(SERVED)

    def ask(repo, *arguments, **variables):
        done = lab(repo, *arguments, PYTHONPATH=os.pathsep.join([str(fake), str(ROOT)]), **variables)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def test_work_is_filled_and_opened(repo, told):
    arguments, folder, environment = told(repo, "--", JUPYTER_CONFIG_PATH="/mine", PATH="/usr/bin:/bin")
    assert lesson_of(repo).work.is_file()
    assert folder == arguments[-1] == str(repo.work)
    assert [x for x in arguments if x != "--allow-root"] == [str(repo.work)]
    assert environment["PATH"].split(":") == [str(Path(sys.executable).parent), "/usr/bin", "/bin"]
    *ours, mine = environment["JUPYTER_CONFIG_PATH"].split(":")
    assert mine == "/mine" and [Path(x).name for x in ours] == ["learner", "everyone"]
    assert environment["COMPANION_ROOT"] == str(repo.root)


@pytest.mark.parametrize(
    ("named", "opened"),
    [([WEEK], WEEK), ([f"{WEEK}/{STEM}"], f"{WEEK}/{STEM}.ipynb"), ([STEM], f"{WEEK}/{STEM}.ipynb")],
)
def test_a_week_or_a_lesson_opens_first(repo, told, named, opened):
    assert f"--LabApp.default_url=/lab/tree/{opened}" in told(repo, *named)[0]


@pytest.mark.parametrize("options", [["--port", "9999", "--no-browser"], ["--allow-root"], ["--", "a b"], ["week 9"]])
def test_what_stands_behind_the_dashes_is_for_jupyterlab(repo, told, options):
    arguments, _, _ = told(repo, "--", *options)
    given = [x for x in arguments if x != "--allow-root" or "--allow-root" in options]
    assert given == [*options, str(repo.work)] and arguments.count("--allow-root") <= 1
    assert ("--allow-root" in arguments) is (os.geteuid() == 0 or "--allow-root" in options)


def test_the_instructor_opens_the_course(repo, told):
    arguments, folder, environment = told(repo, "--instructor", "--", "--no-browser")
    assert folder == arguments[-1] == str(repo.notebooks) and "--no-browser" in arguments
    assert environment["JUPYTER_CONFIG_PATH"].split(":")[0].endswith("everyone")
    assert lab(repo, WEEK, "--instructor").returncode == 2


VALIDATES = """
from nbgrader.server_extensions.validate_assignment.handlers import ValidateAssignmentHandler
from nbgrader.preprocessors import Execute
print(Execute(config=ValidateAssignmentHandler.load_config(None)).iopub_timeout)
"""


@pytest.mark.parametrize("who", [[], ["--instructor"]])
def test_validate_waits_for_a_busy_machine(repo, told, who):
    _, folder, environment = told(repo, *who, "--")
    done = subprocess.run(
        [sys.executable, "-c", VALIDATES], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.stdout == "300\n", done.stderr


def test_a_folder_that_cannot_be_opened(repo, tmp_path):
    """No release, so nothing that could be copied."""
    elsewhere = tmp_path / "empty"
    (elsewhere / "course9" / "week1").mkdir(parents=True)
    (elsewhere / "course9" / "week1" / "tiny.py").touch()
    done = lab(type(repo)(elsewhere), "--")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert str(elsewhere / "work") in done.stderr.splitlines()[-1]
    assert "notebooks" in refused(lab(type(repo)(elsewhere), "--instructor"))


class Server:
    """A running JupyterLab."""

    def __init__(self, info: dict, runtime):
        self.url, self.runtime = info["url"], runtime
        self.headers = {"Authorization": f"token {TOKEN}"}

    def ask(self, method: str, path: str, body=None) -> str:
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.url + path, data, self.headers, method=method), timeout=60) as answer:
            return answer.read().decode()

    def page(self) -> dict:
        """The settings that JupyterLab's page is given."""
        return json.loads(
            re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', self.ask("GET", "lab"), re.DOTALL)[1]
        )

    def in_terminal(self, line: str) -> str:
        """What a terminal shows after a line was typed."""
        name = json.loads(self.ask("POST", "api/terminals", {}))["name"]

        async def type_it():
            address = self.url.replace("http", "ws", 1) + f"terminals/websocket/{name}"
            socket = await websocket_connect(HTTPRequest(address, headers=self.headers))
            shown = ""
            with closing(socket):
                await socket.write_message(json.dumps(["stdin", f"{line}; echo the''end\r"]))
                while "theend" not in shown:
                    kind, *text = json.loads(await asyncio.wait_for(socket.read_message(), 60))
                    shown += text[0] if kind == "stdout" else ""
            # What is left open warns when it is collected, in the middle of whatever test runs then.
            while await asyncio.wait_for(socket.read_message(), 60) is not None:
                pass
            return shown

        return asyncio.run(type_it())

    def in_notebook(self, path: str, source: str) -> str:
        """What a cell of a notebook prints."""
        kernel = json.loads(self.ask("POST", "api/kernels", {"name": "python3", "path": path}))["id"]
        client = BlockingKernelClient(connection_file=str(self.runtime / f"kernel-{kernel}.json"))
        client.load_connection_file()
        client.start_channels(hb=False)  # on a busy machine a kernel that starts has no heartbeat yet
        printed = []
        try:
            client.wait_for_ready(120)
            client.execute_interactive(
                source, timeout=120, output_hook=lambda message: printed.append(message["content"])
            )
        finally:
            client.stop_channels()
            self.ask("DELETE", f"api/kernels/{kernel}")
        return "".join(content.get("text", content.get("evalue", "")) for content in printed)


@contextmanager
def serving(repo, home, *arguments):
    """A server that was started by the command, without a terminal of its own, by somebody who has nothing on PATH."""
    runtime = home / "runtime"
    shell = {"SHELL": "/bin/bash"} if Path("/bin/bash").exists() else {}
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "VIRTUAL_ENV"))},
        "COMPANION_ROOT": str(repo.root), "HOME": str(home), "PATH": "/usr/bin:/bin",
        "JUPYTER_RUNTIME_DIR": str(runtime),
        **shell,
    }  # fmt: skip
    options = ["--no-browser", "--port=0", f"--IdentityProvider.token={TOKEN}"]
    command = [sys.executable, "-m", "autograder", "lab", *arguments, "--", *options]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def answers() -> Server | None:
        assert process.poll() is None, (home / "log").read_text()
        # The file is there a moment before the server listens.
        with suppress(ValueError, URLError):
            for path in runtime.glob("jpserver-*.json"):
                server = Server(json.loads(path.read_text()), runtime)
                server.ask("GET", "api/status")
                return server
        return None

    try:
        assert wait_for(answers), (home / "log").read_text()
        yield answers()
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def server(repo, tmp_path_factory):
    with serving(repo, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.mark.slow
def test_what_leads_a_learner_nowhere_is_off_and_validate_is_on(server):
    page = server.page()
    off = set(page["disabledExtensions"])
    assert off >= LEADS_NOWHERE | {"@jupyter/nbgrader:menu", "@jupyterlab/apputils-extension:announcements"}
    assert "@jupyter/nbgrader" in {extension["name"] for extension in page["federated_extensions"]}
    assert not off & {"@jupyter/nbgrader", "@jupyter/nbgrader:validate-assignment"}
    for path in ("formgrader", "assignments", "courses"):
        with pytest.raises(HTTPError, match="404"):
            server.ask("GET", path)
    with pytest.raises(HTTPError, match="405"):
        server.ask("GET", "assignments/validate")  # it is there, and wants a POST


@pytest.mark.slow
def test_the_command_is_on_path_in_a_terminal_and_the_terminal_starts_in_work(server, repo):
    shown = server.in_terminal("type autograder; pwd")
    assert f"autograder is {Path(sys.executable).parent}/autograder" in shown
    assert str(repo.work) in shown


@pytest.mark.slow
def test_a_notebook_in_work_finds_the_companion_its_data_and_the_command(server, repo):
    printed = server.in_notebook(
        f"{WEEK}/{STEM}.ipynb",
        f"import os, companion\nprint(os.getcwd())\nprint(companion.data.load_planar('flower')[0].shape)\n"
        f"!autograder check {STEM}.ipynb",
    )
    assert str(repo.work / WEEK) in printed and "(2, 400)" in printed
    assert "row_means" in printed and "0 / 5" in printed, printed


@pytest.mark.slow
def test_the_instructor_has_formgrader_and_no_pop_up(repo, tmp_path):
    with serving(repo, tmp_path, "--instructor") as server:
        off = server.page()["disabledExtensions"]
        assert not [name for name in off if name.startswith("@jupyter/nbgrader")]
        assert "@jupyterlab/apputils-extension:announcements" in off
        assert 'url_prefix = "."' in server.ask("GET", "formgrader"), "the course is the folder that is shown"
