"""docs/design.md is the living design: its table is the pack's, its keys are those printed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands import main
from bot.knowledge import load
from bot.store import SqliteStore, migrate

PROJECT = Path(__file__).parent.parent
DESIGN = (PROJECT / "docs/design.md").read_text("utf-8")
ANSWERS = "knowledge/examples/article.yaml"
RUN = "tests/loadtests/samples/wrk_text/local-1.txt"
DUMP, EXPORT = "a dump of a cluster", "an export of incidents"
PAYROLL = "tests/cluster/reach/payroll.json"
LOAD = ["--services", "10", "--pods", "20", "--nodes", "3", "--rps", "50"]

ASKED = {
    "assess": ["assess", ANSWERS],
    "questions": ["questions"],
    "worksheet": ["worksheet", "upgrades=12x3"],
    "ask": ["ask", "What is a service mesh?"],
    "inspect": ["inspect", RUN],
    "compare": ["compare", "--base", RUN, "--mesh", RUN],
    "facts": ["facts", "mtls"],
    "estimate": ["estimate", *LOAD],
    "look": ["look", DUMP],
    "incidents": ["incidents", EXPORT],
    "callers": ["callers", "payments/payroll", PAYROLL],
    "export": ["export", "--missed"],
}


def section(heading: str) -> str:
    """What stands under one heading."""
    return DESIGN.partition(f"\n## {heading}")[2].partition("\n## ")[0]


def test_its_table_is_the_packs_row_by_row() -> None:
    row = r"^\| `(\w+)` \| (\w+) \| (\d+|-) \| .+ \|$"
    assert re.findall(row, section("5."), re.MULTILINE) == [
        (rule.id, rule.outcome, str(rule.look_again_days or "-")) for rule in load().rules.values()
    ]


def test_its_rooms_are_those_that_are_there() -> None:
    table = section("2.").partition("| Room | Holds")[2].partition("\n\n")[0]
    named = re.findall(r"`([\w/]+)/`", table)
    assert {"domain/decision", "blocks", "store"} <= set(named)
    assert [room for room in named if not (PROJECT / "bot" / room).is_dir()] == []
    wings = {path.name for path in (PROJECT / "bot/domain").iterdir() if path.is_dir()}
    told = {room.partition("/")[2] for room in named if room.startswith("domain/")}
    assert wings - told - {"model", "__pycache__"} == set()


def test_every_command_that_prints_json_has_its_row() -> None:
    assert set(keys()) == set(ASKED)
    flagged = {
        name
        for name, command in main.commands.items()  # type: ignore[attr-defined]
        if any("--json" in option.opts for option in command.params)
    }
    assert set(ASKED) == flagged


def keys() -> dict[str, list[str]]:
    """Command → the keys that the design names."""
    rows = re.findall(r"^\| `(\w+)` \| ((?:`\w+` ?)+) \|$", section("8."), re.MULTILINE)
    return {command: re.findall(r"\w+", said) for command, said in rows}


@pytest.mark.exhaustive
@pytest.mark.parametrize("command", ASKED)
def test_its_keys_are_those_printed(
    command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(PROJECT)
    dump = tmp_path / "dump.json"
    dump.write_text(
        json.dumps(
            {"kind": "List", "items": [{"kind": "Namespace", "metadata": {"name": "shop"}}]}
        ),
        "utf-8",
    )
    export = tmp_path / "export.csv"
    export.write_text("When,What,Duration\n2026-01-01,pay is down,30\n", "utf-8")
    paths = {DUMP: str(dump), EXPORT: str(export)}
    asked = [paths.get(word, word) for word in ASKED[command]]
    monkeypatch.setenv("MESHFIT_DB", str(tmp_path / "empty.db"))
    migrate(SqliteStore(tmp_path / "empty.db"))
    done = CliRunner().invoke(main, [*asked, "--json"], standalone_mode=False)
    printed = json.loads(done.stdout)
    assert list(keys()[command]) == list(printed)
