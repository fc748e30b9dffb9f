"""The command line itself: usage, exit codes, streams, and a fresh interpreter."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import SHIPPED_PACK

ARTICLE = Path(SHIPPED_PACK) / "examples" / "article.yaml"
ROOT = Path(__file__).parents[2]
FULL = Path("/dev/full")
COMMANDS = ("ask", "assess", "backup", "check", "estimate", "export", "facts")


def test_alone_it_says_what_it_can_do(meshfit):
    ran = meshfit()
    assert ran.code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in ran.out


def test_every_command_has_help(meshfit):
    for command in COMMANDS:
        ran = meshfit(command, "--help")
        assert ran.code == 0
        assert ran.out.startswith(f"Usage: main {command} ")


def test_its_version(meshfit):
    assert meshfit("--version").out.startswith("meshfit ")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["asess", "x"], "No such command 'asess'."),
        (["ask"], "Missing argument 'QUESTION'."),
        (["ask", "why", "mesh"], "Got unexpected extra argument (mesh)"),
        (["assess", "a", "--jsn"], "No such option"),
        (["check", "--knowledge"], "Option '--knowledge' requires an argument."),
        (["--nonsense"], "No such option"),
    ],
)
def test_wrong_usage_is_one_line_and_two(meshfit, command, words):
    ran = meshfit(*command)
    assert (ran.code, ran.out) == (2, "")
    assert ran.error.startswith(f"meshfit: {words}")
    assert ran.error.endswith(" See: meshfit --help\n")
    assert ran.error.count("\n") == 1


def run(*args, given=b"", **env):
    """The program as a shell would start it."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **env},
        timeout=60,
        check=False,
    )


def test_a_fresh_interpreter_keeps_the_streams_apart():
    done = run("assess", str(ARTICLE), "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["outcome"] == "adopt"
    wrong = run("assess", "nowhere.yaml", "--json")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count(b"\n")) == (2, b"", 1)


def test_json_is_utf_8_whatever_the_terminal_speaks():
    done = run("ask", "-", "--json", given=b"What is a service mesh?\n", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "•" in json.loads(done.stdout.decode("utf-8"))["text"]


def test_a_terminal_that_speaks_only_ascii_gets_the_page_all_the_same():
    done = run("assess", str(ARTICLE), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"you pay for it already" in done.stdout


def test_a_reader_who_stops_early_sees_no_trace():
    command = f"{sys.executable} -m bot assess {ARTICLE} | true"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert done.stderr == b""


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(
    "command",
    ["--help", "assess {}", "assess {} --json", "ask mtls", "facts --json", "facts", "check"],
)
def test_output_that_nothing_takes_is_said_in_one_line(command):
    command = f"{sys.executable} -m bot {command.format(ARTICLE)} > {FULL}"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        b"meshfit: the output could not be written: No space left on device. "
        b"Make room, or send it elsewhere.\n"
    )
    done = subprocess.run(f"{command} 2>&1", shell=True, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 1


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_an_error_that_nobody_takes_leaves_its_exit_code():
    command = f"{sys.executable} -m bot assess nowhere.yaml 2> {FULL}"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_closed_standard_input():
    command = f"{sys.executable} -m bot assess - <&-"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"meshfit: standard input cannot be read")
    assert done.stderr.count(b"\n") == 1


def test_slow_parts_are_not_imported_for_a_question():
    code = (
        "import sys; from bot.commands import main\n"
        "try: main(['ask', 'what is a mesh', '--json'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('slack_bolt', 'flask', 'rich', 'jsonschema', 'sqlite3',"
        " 'psycopg') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stderr.strip() == b"[]"
