"""The image, without a container engine: its build steps run here as the Dockerfile says them.

The paths of the image become folders of the test, and its steps run in a clean virtual environment.
Needs a package index, as `docker build` does: skipped without one, except where CI=true.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

import pytest

from playground.manifest import read_manifest
from playground.slack import Slack

pytestmark = pytest.mark.exhaustive

PROJECT = Path(__file__).parent.parent
UNREACHABLE = re.compile(
    r"No matching distribution|Could not find a version|ConnectionError|NewConnectionError"
    r"|ProxyError|ReadTimeout|Name or service not known|Network is unreachable"
)
Step = tuple[str, str]


def steps() -> list[Step]:
    """The Dockerfile as (instruction, rest), in its order."""
    text = "\n".join(
        line for line in (PROJECT / "Dockerfile").read_text().splitlines() if line[:1] != "#"
    )
    lines = [line.split(" ", 1) for line in re.sub(r"\\\n\s*", "", text).splitlines() if line]
    return [(word, rest) for word, rest in lines]


def stages() -> tuple[list[Step], list[Step]]:
    """What builds, and what runs."""
    all_steps = steps()
    last = max(index for index, (word, _) in enumerate(all_steps) if word == "FROM")
    return all_steps[:last], all_steps[last:]


class Image:
    """A folder that stands for the image's file system, and an environment that stands for its."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.here = root
        shims = root / "shims"
        shims.mkdir(parents=True)
        python = shims / "python"
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)
        (root / "data").mkdir()
        self.env = {
            name: value for name, value in os.environ.items() if not name.startswith("MESHFIT")
        }
        self.env["PATH"] = f"{shims}:{self.env['PATH']}"

    def inside(self, text: str) -> str:
        """The same text with the image's paths in this folder."""
        return re.sub(r"(?<![\w$}])/(?=opt/meshfit|data|src)", f"{self.root}/", text)

    def build(self, step: Step) -> None:
        """One instruction of the build."""
        word, rest = step
        if word == "ENV":
            for pair in shlex.split(self.inside(rest)):
                name, _, value = pair.partition("=")
                self.env[name] = value.replace("$PATH", self.env["PATH"])
        elif word == "WORKDIR":
            self.here = self.root / rest.strip("/")
            self.here.mkdir(exist_ok=True)
        elif word == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            for source in sources:
                self._copy(source, target)
        elif word == "RUN":
            done = self.run(["sh", "-c", self.inside(rest)])
            if done.returncode and UNREACHABLE.search(done.stderr) and not os.environ.get("CI"):
                pytest.skip("no package index can be reached, and the image installs from one")
            assert done.returncode == 0, f"{rest}\n{done.stdout}\n{done.stderr}"

    def _copy(self, source: str, target: str) -> None:
        if (PROJECT / source).is_dir():
            leave = shutil.ignore_patterns("__pycache__", "*.db*")
            shutil.copytree(PROJECT / source, self.here / target, ignore=leave)
        else:
            shutil.copy(PROJECT / source, self.here / target)

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """A command inside the image."""
        return subprocess.run(
            command, cwd=self.here, env=self.env, capture_output=True, text=True, check=False
        )

    @contextmanager
    def start(self, command: list[str]) -> Iterator[subprocess.Popen[str]]:
        """A process inside the image; ended with the block, whatever happens in it."""
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, cwd=self.here, env=self.env, stdout=pipe, stderr=pipe, text=True
        ) as process:
            try:
                yield process
            finally:
                process.kill()


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The image, built, and set to run as its last stage says."""
    image = Image(tmp_path_factory.mktemp("image") / "root")
    build, run = stages()
    for step in build:
        image.build(step)
    for step in run:
        if step[0] in {"ENV", "WORKDIR"}:
            image.build(step)
    image.env["MESHFIT_HOST"] = "127.0.0.1"
    return image


def last(word: str) -> str:
    """What the running stage says last after this instruction."""
    return [rest for name, rest in stages()[1] if name == word][-1]


def test_the_installed_program_answers_from_another_folder(image: Image) -> None:
    done = image.run(["meshfit", "ask", "What is a service mesh?", "--json"])
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["answer"] == "basics-what-is-mesh"


def test_the_installed_program_checks_its_own_pack_and_manifest(image: Image) -> None:
    done = image.run([*json.loads(last("ENTRYPOINT")), "check"])
    assert done.returncode == 0, done.stdout + done.stderr
    shipped = "bot.settings.SHIPPED_PACK, bot.terminal.manifest.SHIPPED"
    code = f"import bot.settings, bot.terminal.manifest; print({shipped})"
    where = image.run(["python", "-c", code]).stdout.split()
    assert len(where) == 2
    assert all(each.startswith(f"{image.root}/opt/meshfit/lib/") for each in where)


def test_the_playground_is_an_extra_that_says_how_to_get_it(image: Image) -> None:
    assert image.run(["python", "-c", "import flask"]).returncode != 0
    done = image.run(["meshfit", "playground"])
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'meshfit[playground]'" in done.stderr
    assert done.stderr.count("\n") == 1
    wheel = next((image.root / "src" / "dist").glob("*.whl"))
    with zipfile.ZipFile(wheel) as packed:
        name = next(each for each in packed.namelist() if each.endswith("/METADATA"))
        text = packed.read(name).decode()
    asked = [line for line in text.splitlines() if line.startswith("Requires-Dist: flask")]
    assert asked == ["Requires-Dist: flask>=3.1; extra == 'playground'"]


def test_it_serves_is_healthy_and_stops_on_the_signal_it_names(image: Image) -> None:
    command = json.loads(last("ENTRYPOINT")) + json.loads(last("CMD"))
    check = json.loads(last("HEALTHCHECK").partition("CMD ")[2])
    port = free_port()
    with Slack(manifest=read_manifest(PROJECT / "manifest.yml")) as slack:
        image.env |= {"MESHFIT_PORT": str(port), "SLACK_API_URL": slack.api_url}
        image.env |= {"SLACK_BOT_TOKEN": slack.token, "SLACK_SIGNING_SECRET": slack.signing_secret}
        assert image.run(check).returncode != 0
        with image.start(command) as server:
            until = time.monotonic() + 20
            while image.run(check).returncode and time.monotonic() < until:
                assert server.poll() is None, server.communicate()
            assert image.run(check).returncode == 0
            slack.connect(f"http://127.0.0.1:{port}/slack/events")
            slack.person("ana").types("/meshfit help", in_="payments")
            server.send_signal(getattr(signal, last("STOPSIGNAL")))
            assert server.wait(timeout=15) == 0
        assert slack.faults == []
    assert (image.root / "data" / "meshfit.db").is_file()


def test_it_runs_as_nobody_in_particular_and_keeps_its_data_outside() -> None:
    _, run = stages()
    uid, _, gid = last("USER").partition(":")
    assert int(uid) >= 10000
    assert int(gid) >= 10000
    assert run.index(("USER", last("USER"))) < run.index(("ENTRYPOINT", last("ENTRYPOINT")))
    data = last("VOLUME")
    assert re.search(rf"MESHFIT_DB={data}/", last("ENV"))
    assert re.search(rf"install [^&]*--owner meshfit [^&]*{data}", last("RUN"))
    assert f"--uid {uid} " in last("RUN")


def test_both_stages_start_from_one_pinned_base() -> None:
    bases = {rest.split()[0] for word, rest in steps() if word == "FROM"}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.1[123]\.\d+-slim-\w+", bases.pop())


def test_what_the_dockerfile_copies_is_let_in_and_nothing_else_is() -> None:
    rules = [
        line for line in (PROJECT / ".dockerignore").read_text().splitlines() if line[:1] != "#"
    ]
    copied = {
        source for word, rest in stages()[0] if word == "COPY" for source in rest.split()[:-1]
    }
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule[:1] == "!"} == copied
    assert any(fnmatch("bot/meshfit.db-wal", rule.replace("**", "bot")) for rule in rules[1:])


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
