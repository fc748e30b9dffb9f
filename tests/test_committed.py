"""What is committed works anywhere: pins with hashes, links that lead, nothing of one machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-playground.lock",
    "requirements-company.lock",
)

PIN = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)",
    re.MULTILINE,
)
FOREIGN = {
    "a package index": r"(pypi|pythonhosted|npmjs)\.(org|com|io)|index-url *=? *http",
    "a mirror": r"\"resolved\": *\"http",
    "a path of one machine": r"(?<![\w.])/(work|farm|root|tmp)/[a-z.]|file:///[a-z]",
}


def pins(lock: str) -> dict[str, str]:
    """Package → version."""
    return {name: version for name, version, _ in PIN.findall(bare(lock))}


def unpinned(text: str) -> list[str]:
    """What a lock holds beside pins with hashes and comments."""
    return PIN.sub("", text).split("\n")[:-1]


def bare(lock: str) -> str:
    """A lock without the comments on where each pin comes from."""
    return re.sub(r"^ +# .*\n", "", (PROJECT / lock).read_text("utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashed_pins_and_nothing_else(lock: str) -> None:
    assert unpinned(bare(lock)) == []


@pytest.mark.parametrize(
    "line",
    [
        "click==8.5.1",
        "click>=8.1 \\\n    --hash=sha256:" + "0" * 64,
        "--extra-index-url http://mirror.example/simple",
        "click @ https://mirror.example/click.whl",
        "-e .",
    ],
)
def test_a_line_that_is_no_hashed_pin_is_caught(line: str) -> None:
    first, second = (f"{each}==1.0 \\\n    --hash=sha256:{'a' * 64}\n" for each in ("a", "b"))
    assert unpinned(first + second) == []
    assert unpinned(f"{first}{line}\n{second}") == line.split("\n")


def test_the_locks_hold_all_that_is_asked_for_and_agree() -> None:
    run, test, play, company = (pins(lock) for lock in LOCKS)
    for more in (test, play, company):
        shared = {name: version for name, version in more.items() if name in run}
        assert shared.items() <= run.items()
    assert play.items() <= test.items()
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    assert named(project["project"]["dependencies"] + groups["build"]) <= set(run)
    assert named(groups["dev"]) <= set(test)
    extras = project["project"]["optional-dependencies"]
    assert named(extras["playground"]) <= set(play)
    assert named(extras["postgres"] + extras["oauth"]) <= set(company)
    assert not {"flask", "websockets"} & set(run), (
        "who only serves Slack does not get the playground"
    )


def named(wanted: list[str]) -> set[str]:
    """The packages that a list of requirements asks for."""
    return {re.split(r"[^A-Za-z0-9._-]", each)[0].lower() for each in wanted}


def foreign(texts: dict[str, str]) -> Iterator[str]:
    """Lines that only mean something on one machine."""
    for path, text in texts.items():
        for what, pattern in FOREIGN.items():
            for line, row in enumerate(text.splitlines(), 1):
                if re.search(pattern, row):
                    yield f"{path}:{line} names {what}"


def committed(suffix: str = "") -> list[Path]:
    """Every file that git keeps."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [
        PROJECT / each
        for each in names
        if each and (PROJECT / each).is_file() and each.endswith(suffix)
    ]


def test_nothing_committed_belongs_to_one_machine() -> None:
    here = Path(__file__)
    texts = {
        str(path.relative_to(PROJECT)): path.read_text("utf-8", errors="replace")
        for path in committed()
        if path != here
    }
    assert list(foreign(texts)) == []


@pytest.mark.parametrize(
    "line",
    [
        "--extra-index-url http://mirror.example/simple",
        "index-url = https://mirror.example",
        "https://files.pythonhosted.org/packages/x",
        '"resolved": "https://mirror.example/x.tgz"',
        "open('/" + "work/main/x')",
        "/root/.cache",
        "file:///opt/x",
    ],
)
def test_a_line_that_belongs_to_one_machine_is_caught(line: str) -> None:
    assert list(foreign({"a.md": f"fine\n{line}\n"})) != []


@pytest.mark.parametrize("line", ["https://example.com/work/x", "a /worker/ path", "network/"])
def test_an_ordinary_line_is_not(line: str) -> None:
    assert list(foreign({"a.md": line})) == []


def test_links_between_documents_lead_somewhere() -> None:
    for path in committed(".md"):
        for link in re.findall(r"(?:\]\(|src=\")(?!https?:|#)([^)#\"]+)", path.read_text("utf-8")):
            assert (path.parent / link).exists(), f"{path} links to {link}"
