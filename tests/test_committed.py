"""What is committed works anywhere: pins with hashes, links that lead, nothing of one machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")

PIN = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)"
)
FOREIGN = {
    "a package index": r"(pypi|pythonhosted|npmjs)\.(org|com|io)|index-url *=? *http",
    "a mirror": r"\"resolved\": *\"http",
    "a path of one machine": r"(?<![\w.])/(work|farm|root)/[a-z.]|file:///[a-z]",
}


def pins(lock: str) -> dict[str, str]:
    """Package → version of a lock in which every line belongs to a hashed pin."""
    rest = re.sub(r"^ +# .*\n", "", (PROJECT / lock).read_text("utf-8"), flags=re.MULTILINE)
    found: dict[str, str] = {}
    while rest:
        pin = PIN.match(rest)
        assert pin, f"{lock}: {rest.splitlines()[0]}"
        found[pin[1]] = pin[2]
        rest = rest[pin.end() :]
    return found


def test_the_locks_pin_everything_with_hashes_and_agree() -> None:
    run, test = (pins(lock) for lock in LOCKS)
    assert {name: test[name] for name in run if name in test}.items() <= run.items()
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    bare = re.compile(r"^[A-Za-z0-9._-]+")
    groups = project["dependency-groups"]
    for wanted in [*project["project"]["dependencies"], *groups["build"]]:
        assert bare.match(wanted)[0] in run
    assert all(bare.match(wanted)[0] in test for wanted in groups["dev"])


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
        "open('/work/main/x')",
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
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / link).exists(), f"{path} links to {link}"
