"""docs/design.md is the living design: its table is the pack's, its keys are those printed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.advisor import Advisor, Desk
from bot.commands import main
from bot.domain.team import Caller
from bot.store import SqliteStore, migrate
from tests.cluster.reach.objects import app, ns, policy
from tests.shipped import SHIPPED
from tests.terminal.test_callers import CART, DB, LET_BOTH, WEB, written

PROJECT = Path(__file__).parent.parent
DESIGN = (PROJECT / "docs/design.md").read_text("utf-8")
ANSWERS = "knowledge/examples/article.yaml"
RUN = "tests/loadtests/samples/wrk_text/local-1.txt"
DUMP, EXPORT = "a dump of a cluster", "an export of incidents"
PAYROLL = "tests/cluster/reach/payroll.json"
LOAD = ["--services", "10", "--pods", "20", "--nodes", "3", "--rps", "50"]

BEFORE, AFTER = "a dump", "a later dump"
ODD = "how do I bake rye bread in the mesh"
EXAMPLES = ("nobody-runs-it", "everything-stops-it", "too-many-for-six")
SEVERAL = "\n---\n".join(
    (PROJECT / f"knowledge/examples/{each}.yaml").read_text("utf-8") for each in EXAMPLES
)
LET_TWO = policy(
    "pay/db",
    app("db"),
    ingress=[
        {
            "from": [{"podSelector": app("web")}, {"podSelector": app("cart")}],
            "ports": [{"port": 5432}],
        }
    ],
)
SHUT_IN = policy("pay/web", app("web"), policyTypes=["Egress"], egress=[])
Shape = dict[str, Any]
"""Key → the keys inside of it, where any are named."""

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

SAMPLES = {
    ("assess", "-"): ("reasons", "blockers", "flips", "to_adopt", "contradictions"),
    (*ASKED["worksheet"],): ("chores", "answer"),
    ("callers", "pay/db", BEFORE): ("callers", "shut_out", "not_judged"),
    ("callers", "pay/db", BEFORE, "--after", AFTER): ("changed",),
    (*ASKED["export"],): ("groups",),
    (*ASKED["compare"],): ("deltas", "unresolved"),
}
INSIDE = {name: words for words, names in SAMPLES.items() for name in names}
"""Key that holds others → what to ask so that it is printed with something in it."""


def shapes() -> Iterator[tuple[str, Shape]]:
    """What the design names inside of a key: after its name, and the command it may be of."""
    text = section("8.").partition("\nInside:")[2]
    for named in re.finditer(r"`(\w+)`(?: of\s+`\w+`)?\s(?=\[?\{)", text):
        if depth(text[: named.start()]) == 0:
            yield named[1], shape_of(text[named.end() :])


def depth(text: str) -> int:
    return text.count("{") - text.count("}")


def shape_of(text: str) -> Shape:
    """What stands in the braces that a text begins with."""
    inside = text[text.index("{") + 1 :]
    shape: Shape = {}
    for named in re.finditer(r"`(\w+)`(\s\[?\{)?", inside):
        match depth(inside[: named.start()]):
            case 0:
                shape[named[1]] = shape_of(inside[named.end(1) :]) if named[2] else {}
            case below if below < 0:
                break
    return shape


def section(heading: str) -> str:
    """What stands under one heading."""
    return DESIGN.partition(f"\n## {heading}")[2].partition("\n## ")[0]


def test_its_table_is_the_packs_row_by_row() -> None:
    row = r"^\| `(\w+)` \| (\w+) \| (\d+|-) \| .+ \|$"
    assert re.findall(row, section("5."), re.MULTILINE) == [
        (rule.id, rule.outcome, str(rule.look_again_days or "-")) for rule in SHIPPED.rules.values()
    ]


def test_its_rooms_are_those_that_are_there() -> None:
    table = section("2.").partition("| Room | Holds")[2].partition("\n\n")[0]
    named = re.findall(r"`([\w/]+)/`", table)
    assert {"domain/decision", "blocks", "store"} <= set(named)
    assert [room for room in named if not (PROJECT / "bot" / room).is_dir()] == []
    assert folders("") | folders("domain") - {"domain/model"} <= set(named)
    beside = section("2.").partition("\nBeside the rooms")[2].partition("\n\n")[0]
    files = {path.stem for path in (PROJECT / "bot").glob("*.py")} - {"__init__", "__main__"}
    assert set(re.findall(r"`(\w+)`", beside)) == files


def folders(room: str) -> set[str]:
    """The folders right inside of a room of bot/ that hold Python."""
    inside = (PROJECT / "bot" / room).glob("*/__init__.py")
    return {path.parent.relative_to(PROJECT / "bot").as_posix() for path in inside}


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
    return {command: re.findall(r"\w+", named) for command, named in rows}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., list[Any]]]:
    """What a command prints with `--json`: one document, or with `-` a document a line."""
    folder = tmp_path_factory.mktemp("printed")
    dumps = {
        DUMP: (ns("shop"),),
        BEFORE: (ns("pay"), WEB, CART, DB, LET_TWO, SHUT_IN),
        AFTER: (ns("pay"), WEB, CART, DB, LET_BOTH),
    }
    paths = {name: written(folder / f"{name}.json", *items) for name, items in dumps.items()}
    paths[EXPORT] = folder / "export.csv"
    paths[EXPORT].write_text("When,What,Duration\n2026-01-01,pay is down,30\n", "utf-8")
    desk = Desk(migrate(SqliteStore(folder / "missed.db")), SHIPPED)
    Advisor(desk).asking.ask(Caller(workspace="T1", channel="C1", user="U0ANA"), ODD)

    @cache
    def run(*words: str) -> list[Any]:
        asked = [str(paths.get(word, word)) for word in words]
        done = CliRunner().invoke(main, [*asked, "--json"], input=SEVERAL, standalone_mode=False)
        if "-" in words:
            return [json.loads(line) for line in done.stdout.splitlines()]
        return [json.loads(done.stdout)]

    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(PROJECT)
        patched.setenv("MESHFIT_DB", str(folder / "missed.db"))
        yield run


@pytest.mark.exhaustive
@pytest.mark.parametrize("command", ASKED)
def test_its_keys_are_those_printed(command: str, printed: Callable[..., list[Any]]) -> None:
    [document] = printed(*ASKED[command])
    assert keys()[command] == list(document)


@pytest.mark.exhaustive
def test_its_keys_with_a_later_dump_are_those_printed(printed: Callable[..., list[Any]]) -> None:
    named = section("8.").partition("with `--after`")[2].partition("[")[0]
    [document] = printed(*INSIDE["changed"])
    assert re.findall(r"`(\w+)`", named) == list(document)


def test_it_says_where_each_key_inside_is_shown() -> None:
    assert {name for name, _ in shapes()} == set(INSIDE)


@pytest.mark.exhaustive
@pytest.mark.parametrize(("name", "shape"), list(shapes()), ids=str)
def test_the_keys_inside_are_those_printed(
    name: str, shape: Shape, printed: Callable[..., list[Any]]
) -> None:
    seen = list(like([document[name] for document in printed(*INSIDE[name])], shape))
    assert seen
    assert set(seen) == {True}


def like(value: object, shape: Shape) -> Iterator[bool]:
    """Of each object there, and of those in it, whether its keys are those named."""
    if isinstance(value, list):
        for each in value:
            yield from like(each, shape)
    elif isinstance(value, dict):
        yield list(value) == list(shape)
        for key, inside in shape.items():
            inner = list(like(value.get(key), inside)) if inside else []
            assert bool(inner) == bool(inside), f"nothing is shown in {key}"
            yield from inner
