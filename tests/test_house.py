"""The rules of the house, held by machine. Each rule is also shown to catch what breaks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

PROJECT = Path(__file__).parent.parent
LONGEST_FUNCTION, LONGEST_MODULE = 30, 250

ARROWS = {
    "__main__": "commands",
    "commands": "terminal serving workers errors",
    "terminal": """
        arriving advisor cluster evidence incidents documents loadtests store knowledge domain
        settings scopes errors""",
    "serving": "arriving door app telemetry domain settings errors",
    "workers": "telemetry store settings errors",
    "arriving": "app install outbox settings errors",
    "door": "app install listeners outbox telemetry",
    "telemetry": "store errors",
    "outbox": "telemetry advisor blocks documents store domain errors",
    "app": "install outbox telemetry routes listeners advisor store domain settings",
    "routes": "install listeners advisor blocks",
    "install": "store settings scopes errors",
    "listeners": "outbox telemetry advisor blocks documents domain errors",
    "listeners/once.py": "store",
    "listeners/unfinished.py": "store",
    "advisor": "store knowledge loadtests evidence domain errors",
    "blocks": "domain errors",
    "documents": "blocks domain",
    "store": "domain errors",
    "knowledge": "domain settings errors",
    "loadtests": "domain errors",
    "cluster": "domain errors",
    "incidents": "domain errors",
    "evidence": "incidents domain errors",
    "domain": "errors",
    "settings": "domain",
    "scopes": "",
    "errors": "",
}
"""Room → the rooms it may import from, and a file that may take one more. One road, one way."""

VALUES = re.compile(r"bot\.domain\.((\w+\.)*model|pack|team|replies|words|numbers)(\.|$)")
"""The domain's frozen values, by path: every `model`, the pack, what teams did and are told."""
PACK = re.compile(r"bot\.domain\.pack(\.|$)")

TAKES_OF_THE_DOMAIN = {
    "blocks": VALUES,
    "documents": VALUES,
    "store": VALUES,
    "loadtests": VALUES,
    "incidents": VALUES,
    "evidence": VALUES,
    "knowledge": PACK,
}
"""Room → what of the domain it may import; a room that is not named here may think with it."""

LIBRARIES = {
    "slack_bolt": "app door routes install listeners serving arriving telemetry",
    "slack_sdk": "app door install listeners outbox arriving telemetry",
    "slackblocks": "blocks/kit.py",
    "cryptography": "install",
    "prometheus_client": "telemetry",
    "pythonjsonlogger": "telemetry",
    "psycopg": "store",
    "psycopg_pool": "store",
    "sqlite3": "store",
    "yaml": "knowledge",
    "flask": "",
    "waitress": "serving",
    "click": "commands terminal",
    "rich": "terminal",
    "ijson": "cluster",
    "jsonschema": "terminal",
    "pygal": "documents/curves.py",
    "snowballstemmer": "domain/search",
}
"""Library → the rooms, or the files, that may know it."""

_PURE = """
    array __future__ bisect collections dataclasses datetime decimal difflib enum functools hashlib
    heapq html ipaddress itertools json math operator re statistics string textwrap types typing
    unicodedata urllib.parse"""
PURE = set(_PURE.split())
"""What of the standard library a pure room may use: nothing that reads, waits, tosses or tells."""

PURE_ROOMS = {"domain": {"pydantic", "snowballstemmer"}, "blocks": {"pydantic", "slackblocks"}}
IMPURE_CALLS = {"now", "today", "utcnow", "open", "input", "print", "breakpoint", "getenv"}


GIVEN_UP = {"Given", "Ledger", "Threads", "Turns", "Sheet", "Compare", "Place"}
"""Names of classes that said too little or too much, renamed and not to come back."""


class Module(NamedTuple):
    """One file of Python, read."""

    path: Path
    text: str

    @property
    def nodes(self) -> tuple[Any, ...]:
        """All of its tree, the module itself first."""
        return parsed(self.text)

    @property
    def room(self) -> str:
        """The room of bot/ it stands in: its package, or its own name."""
        return self.path.parts[1].removesuffix(".py") if len(self.path.parts) > 1 else ""

    def imports(self) -> tuple[tuple[int, str], ...]:
        """Every imported name in full, with its line."""
        return imported(self.text)


def modules(root: Path, *folders: str) -> list[Module]:
    """The Python files below some folders of a project."""
    paths = sorted(path for folder in folders for path in (root / folder).rglob("*.py"))
    return [Module(path.relative_to(root), path.read_text("utf-8")) for path in paths]


@cache
def parsed(text: str) -> tuple[Any, ...]:
    """Every rule walks the same trees."""
    return tuple(ast.walk(ast.parse(text)))


@cache
def imported(text: str) -> tuple[tuple[int, str], ...]:
    """Asked of every module by seven rules."""
    names = list[tuple[int, str]]()
    for node in parsed(text):
        if isinstance(node, ast.Import):
            names += [(node.lineno, each.name) for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [(node.lineno, f"{node.module}.{each.name}") for each in node.names]
    return tuple(names)


def rooms_import_one_way(root: Path) -> Iterator[str]:
    for module in modules(root, "bot"):
        inside = module.path.relative_to("bot").as_posix()
        allowed = f"{ARROWS.get(module.room, '')} {ARROWS.get(inside, '')}".split()
        for line, name in module.imports():
            other = name.partition(".")[2].partition(".")[0]
            if not name.startswith("bot.") or module.room in {other, "__init__"}:
                continue
            if module.room not in ARROWS:
                yield f"{module.path}: no arrow leads from {module.room}"
            elif other not in allowed:
                yield f"{module.path}:{line} {module.room} imports {name}"


def the_folder_says_who_may_come_in(root: Path) -> Iterator[str]:
    """Rooms that draw, keep and read take the domain's values and not its thinking."""
    for module in modules(root, "bot"):
        takes = TAKES_OF_THE_DOMAIN.get(module.room)
        for line, name in module.imports():
            if takes and name.startswith("bot.domain") and not takes.match(name):
                yield f"{module.path}:{line} {module.room} imports {name}"


def what_a_wing_hands_on_stands_in_its_model(root: Path) -> Iterator[str]:
    """Plain frozen values that another module takes; what thinks may stand with its thinking."""
    taken = {name for module in modules(root, "bot") for _, name in module.imports()}
    for module in modules(root, "bot/domain"):
        way = module.path.with_suffix("").parts
        if len(way) < 4 or way[2] == "pack" or "model" in way:
            continue
        for node in module.nodes[0].body:
            if is_plain_value(node) and f"{'.'.join(way)}.{node.name}" in taken:
                yield f"{module.path}:{node.lineno} {node.name} is a value beside functions"


def is_plain_value(node: Any) -> bool:
    """Whether it is a frozen class of fields, with what is read off them alone."""
    if not isinstance(node, ast.ClassDef):
        return False
    marks = {ast.unparse(each) for each in (*node.bases, *node.decorator_list)}
    reads = {"property", "classmethod", "cached_property"}
    return bool(marks & {"Frozen", "NamedTuple", "dataclass(frozen=True)"}) and all(
        {ast.unparse(each) for each in part.decorator_list} & reads
        for part in node.body
        if isinstance(part, ast.FunctionDef)
    )


def nothing_knows_the_playground(root: Path) -> Iterator[str]:
    """Save the command that starts it, inside its own function."""
    for module in modules(root, "bot"):
        at_top = {node.lineno for node in module.nodes[0].body}
        for line, name in module.imports():
            if name.split(".")[0] != "playground":
                continue
            if module.path.parent != Path("bot/commands") or line in at_top:
                yield f"{module.path}:{line} imports {name}"


def no_module_imports_itself_by_a_circle(root: Path) -> Iterator[str]:
    """By whatever way; a circle is a pair of rooms that are one."""
    for folder in ("bot", "playground", "bench"):
        every = {dotted(module): module for module in modules(root, folder)}
        graph = {
            name: {
                next((way for way in (whole, whole.rpartition(".")[0]) if way in every), name)
                for _, whole in module.imports()
            }
            - {name}
            for name, module in every.items()
        }
        if steps := circle(graph):
            yield f"{every[steps[0]].path}: {' → '.join(steps)}"


def the_wings_of_the_domain_lead_one_way(root: Path) -> Iterator[str]:
    """No wing takes anything of one that takes of it; the ground takes of wings their values."""
    every = modules(root, "bot/domain")
    ground = {module.path.stem for module in every if len(module.path.parts) == 3}
    taken: dict[str, dict[str, str]] = {}
    for module in every:
        wing = module.path.parts[2] if len(module.path.parts) > 3 else ""
        for line, name in module.imports():
            other = name.removeprefix("bot.domain.").partition(".")[0]
            if not name.startswith("bot.domain.") or other in {wing, *ground}:
                continue
            if wing:
                taken.setdefault(wing, {})[other] = f"{module.path}:{line} imports {name}"
            elif not VALUES.match(name):
                yield f"{module.path}:{line} the ground imports {name}"
    for one, other in pairwise(circle({wing: set(others) for wing, others in taken.items()})):
        yield taken[other][one]


def dotted(module: Module) -> str:
    """The name by which it is imported."""
    return ".".join(module.path.with_suffix("").parts).removesuffix(".__init__")


def circle(graph: dict[str, set[str]]) -> list[str]:
    """The steps of a way that ends where it begins, each taken by the next; none without one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def libraries_stay_in_their_rooms(root: Path) -> Iterator[str]:
    for module in modules(root, "bot"):
        inside = module.path.relative_to("bot").as_posix()
        for line, name in module.imports():
            allowed = LIBRARIES.get(name.split(".")[0])
            if allowed is None or module.room in allowed.split():
                continue
            if not any(inside == each or inside.startswith(f"{each}/") for each in allowed.split()):
                yield f"{module.path}:{line} imports {name}"


def pure_rooms_are_pure(root: Path) -> Iterator[str]:
    for module in modules(root, *(f"bot/{room}" for room in PURE_ROOMS)):
        for line, name in module.imports():
            whole, first = name.rpartition(".")[0], name.split(".")[0]
            known = PURE | PURE_ROOMS[module.room] | {"bot"}
            if not {name, whole, first} & known:
                yield f"{module.path}:{line} imports {name}"
        for node in module.nodes:
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "attr", getattr(called, "id", ""))
            if name in IMPURE_CALLS:
                yield f"{module.path}:{node.lineno} calls {name}"


def functions_and_modules_stay_small(root: Path) -> Iterator[str]:
    for module in modules(root, "bot", "playground", "bench"):
        if (lines := module.text.count("\n")) > LONGEST_MODULE:
            yield f"{module.path}: {lines} lines"
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    yield f"{module.path}:{node.lineno} {node.name}: {lines} lines"


def names_say_what_a_module_is_about(root: Path) -> Iterator[str]:
    nothing = re.compile(
        r"(utils?|helpers?|common|managers?|misc|base|core|tools?|lib)(_.*)?|kept|found"
    )
    for module in modules(root, "bot", "playground", "bench", "tests"):
        for part in module.path.with_suffix("").parts[1:]:
            if re.fullmatch(nothing, part):
                yield f"{module.path}: {part} names nothing"


def one_name_is_one_class(root: Path) -> Iterator[str]:
    seen: dict[str, Path] = {}
    for module in modules(root, "bot"):
        for node in module.nodes:
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                continue
            if module.path != (first := seen.setdefault(node.name, module.path)):
                yield f"{module.path}:{node.lineno} {node.name} is a class of {first} too"


def no_class_goes_by_a_name_that_was_given_up(root: Path) -> Iterator[str]:
    for module in modules(root, "bot"):
        for node in module.nodes:
            if isinstance(node, ast.ClassDef) and node.name in GIVEN_UP:
                yield f"{module.path}:{node.lineno} {node.name} names nothing"


def nothing_is_left_for_later(root: Path) -> Iterator[str]:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError")
    here = Path("tests/test_house.py")
    for module in modules(root, "bot", "playground", "bench", "tests"):
        for line, text in enumerate(module.text.splitlines(), 1):
            if module.path != here and later.search(text):
                yield f"{module.path}:{line} {text.strip()}"


def percent_signs_stand_apart(root: Path) -> Iterator[str]:
    """5 %, as in the pack; load testers print as they like."""
    for module in modules(root, "bot"):
        if module.room == "loadtests":
            continue
        for node in module.nodes:
            text = ast.unparse(node) if isinstance(node, ast.JoinedStr) else ""
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            if re.search(r"[0-9}]%|:[^{}%]*%\}", text):
                yield f"{module.path}:{getattr(node, 'lineno', 0)} {text}"


def the_real_thing_is_tested(root: Path) -> Iterator[str]:
    """No mocks anywhere; and where things are pure or small, nothing is patched either."""
    real = re.compile(r"tests/(domain|blocks|knowledge|loadtests|store)/|test_(knowledge|store)")
    for module in modules(root, "tests"):
        for line, name in module.imports():
            if re.match(r"(unittest\.mock|mock\b|pytest_mock)", name):
                yield f"{module.path}:{line} imports {name}"
        for node in module.nodes:
            patched = isinstance(node, ast.Attribute) and node.attr in {"setattr", "setitem"}
            if patched and real.search(module.path.as_posix()):
                yield f"{module.path}:{node.lineno} patches what it tests"


def only_the_outbox_posts(root: Path) -> Iterator[str]:
    """What is posted elsewhere is lost where Slack is ill; forms wait for nobody."""
    posts = re.compile(r"chat_\w+|files_upload\w*|files_complete\w*|views_publish")
    for module in modules(root, "bot"):
        for node in module.nodes:
            named = node.attr if isinstance(node, ast.Attribute) else ""
            if posts.fullmatch(named) and module.room != "outbox":
                yield f"{module.path}:{node.lineno} calls {named}"


def knowledge_holds_no_code(root: Path) -> Iterator[str]:
    for path in (root / "knowledge").rglob("*"):
        if path.is_file() and path.suffix not in {".yaml", ".md"}:
            yield f"{path.relative_to(root)} is neither YAML nor prose"


RULES: list[Callable[[Path], Iterator[str]]] = [
    rooms_import_one_way,
    the_folder_says_who_may_come_in,
    what_a_wing_hands_on_stands_in_its_model,
    nothing_knows_the_playground,
    no_module_imports_itself_by_a_circle,
    the_wings_of_the_domain_lead_one_way,
    libraries_stay_in_their_rooms,
    pure_rooms_are_pure,
    functions_and_modules_stay_small,
    names_say_what_a_module_is_about,
    one_name_is_one_class,
    no_class_goes_by_a_name_that_was_given_up,
    nothing_is_left_for_later,
    percent_signs_stand_apart,
    the_real_thing_is_tested,
    only_the_outbox_posts,
    knowledge_holds_no_code,
]


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps(rule: Callable[[Path], Iterator[str]]) -> None:
    assert list(rule(PROJECT)) == []


THINKS = "class Fact: ...\n\n\ndef decide() -> None: ...\n"
BREACHES = [
    (rooms_import_one_way, "bot/listeners/files.py", "from bot.cluster.reading import read\n"),
    (rooms_import_one_way, "bot/advisor/desk.py", "def f():\n    import bot.cluster.reading\n"),
    (rooms_import_one_way, "bot/blocks/card.py", "import bot.store.answers\n"),
    (rooms_import_one_way, "bot/store/rows.py", "from bot.advisor import advise\n"),
    (rooms_import_one_way, "bot/store/rows.py", "from bot import advisor\n"),
    (rooms_import_one_way, "bot/domain/tax.py", "from bot.settings import Settings\n"),
    (rooms_import_one_way, "bot/listeners/ask.py", "from bot.routes import register\n"),
    (rooms_import_one_way, "bot/listeners/ask.py", "def f():\n    from bot.app import build_app\n"),
    (rooms_import_one_way, "bot/listeners/ask.py", "from bot.store import Store\n"),
    (rooms_import_one_way, "bot/attic.py", "from bot.domain import model\n"),
    (
        the_folder_says_who_may_come_in,
        "bot/blocks/card.py",
        "from bot.domain.decision import decide",
    ),
    (the_folder_says_who_may_come_in, "bot/store/rows.py", "from bot.domain import decision"),
    (the_folder_says_who_may_come_in, "bot/knowledge/fit.py", "import bot.domain.decision.facts"),
    (the_folder_says_who_may_come_in, "bot/knowledge/fit.py", "from bot.domain.team import Caller"),
    *(
        (what_a_wing_hands_on_stands_in_its_model, "bot/domain/pilot/judging.py", value)
        for value in (
            "class Judged(NamedTuple):\n    why: str\n",
            "class Judged(Frozen):\n    @property\n    def why(self) -> str: ...\n",
            "@dataclass(frozen=True)\nclass Judged:\n    why: str\n",
        )
    ),
    (nothing_knows_the_playground, "bot/app.py", "import playground\n"),
    (nothing_knows_the_playground, "bot/commands/play.py", "from playground import run\n"),
    (nothing_knows_the_playground, "bot/app.py", "def f():\n    import playground.run\n"),
    (no_module_imports_itself_by_a_circle, "playground/a.py", "import playground.b\n"),
    (
        no_module_imports_itself_by_a_circle,
        "bot/domain/pilot/judging.py",
        "from bot.domain.pilot import verdict\n",
    ),
    (
        the_wings_of_the_domain_lead_one_way,
        "bot/domain/decision/ways.py",
        "from bot.domain.pilot.model import Plan\n",
    ),
    (
        the_wings_of_the_domain_lead_one_way,
        "bot/domain/across.py",
        "from bot.domain.decision import facts\n",
    ),
    (libraries_stay_in_their_rooms, "bot/domain/tax.py", "import slack_sdk\n"),
    (libraries_stay_in_their_rooms, "bot/blocks/card.py", "from slackblocks import Message\n"),
    (libraries_stay_in_their_rooms, "bot/listeners/ask.py", "import yaml\n"),
    (libraries_stay_in_their_rooms, "bot/advisor/desk.py", "import sqlite3\n"),
    (libraries_stay_in_their_rooms, "bot/domain/tax.py", "import snowballstemmer\n"),
    (pure_rooms_are_pure, "bot/domain/tax.py", "import os\n"),
    (pure_rooms_are_pure, "bot/domain/tax.py", "from pathlib import Path\n"),
    (pure_rooms_are_pure, "bot/domain/tax.py", "from urllib.request import urlopen\n"),
    (pure_rooms_are_pure, "bot/blocks/card.py", "import random\n"),
    (pure_rooms_are_pure, "bot/domain/tax.py", "import datetime\nx = datetime.datetime.now()\n"),
    (pure_rooms_are_pure, "bot/blocks/card.py", "x = open('y')\n"),
    (functions_and_modules_stay_small, "bot/app.py", "def f():\n" + "    x = 1\n" * 30),
    (functions_and_modules_stay_small, "playground/app.py", "x = 1\n" * 251),
    (functions_and_modules_stay_small, "bench/run.py", "async def f():\n" + "    x = 1\n" * 30),
    (names_say_what_a_module_is_about, "bot/utils.py", ""),
    (names_say_what_a_module_is_about, "bot/store/helpers/rows.py", ""),
    (names_say_what_a_module_is_about, "tests/common.py", ""),
    (names_say_what_a_module_is_about, "bot/domain/search/found.py", ""),
    (one_name_is_one_class, "bot/store/rows.py", "class Fact: ...\n"),
    *(
        (no_class_goes_by_a_name_that_was_given_up, "bot/store/rows.py", f"class {name}: ...\n")
        for name in sorted(GIVEN_UP)
    ),
    (nothing_is_left_for_later, "bot/app.py", "x = 1  # TODO finish\n"),
    (nothing_is_left_for_later, "bot/app.py", "def f():\n    raise NotImplementedError\n"),
    (percent_signs_stand_apart, "bot/blocks/card.py", "x = 'up to 5%'\n"),
    (percent_signs_stand_apart, "bot/blocks/card.py", "x = f'{y}% more'\n"),
    (percent_signs_stand_apart, "bot/domain/told.py", "x = f'{y:.0%} more'\n"),
    (the_real_thing_is_tested, "tests/test_app.py", "from unittest.mock import Mock\n"),
    (the_real_thing_is_tested, "tests/test_app.py", "from unittest import mock\n"),
    (the_real_thing_is_tested, "tests/test_store.py", "def f(m):\n    m.setattr('x', 1)\n"),
    (only_the_outbox_posts, "bot/listeners/ask.py", "client.chat_postMessage(text='')\n"),
    (knowledge_holds_no_code, "knowledge/rules.py", ""),
]


@pytest.mark.parametrize(("rule", "path", "text"), BREACHES)
def test_a_breach_is_caught(
    rule: Callable[[Path], Iterator[str]], path: str, text: str, tmp_path: Path
) -> None:
    write(tmp_path, "bot/domain/decision/facts.py", THINKS)
    write(tmp_path, "bot/domain/pilot/verdict.py", "from bot.domain.pilot.judging import Judged\n")
    write(tmp_path, "bot/domain/pilot/ways.py", "import bot.domain.decision.model\n")
    write(tmp_path, "playground/b.py", "def f():\n    from playground import a\n")
    assert list(rule(tmp_path)) == []
    write(tmp_path, path, text)
    assert any(path in breach for breach in rule(tmp_path))


ALLOWED = [
    (
        "bot/blocks/card.py",
        "from bot.domain.pilot.model import Plan\nfrom bot.domain import words\n",
    ),
    ("bot/domain/search/stems.py", "import snowballstemmer\n"),
    ("bot/blocks/kit.py", "from slackblocks import Message\nfrom bot.domain.model import Advice\n"),
    ("bot/listeners/once.py", "from bot.store import Store\n"),
    ("bot/listeners/unfinished.py", "from bot.store import owed\n"),
    ("bot/commands/play.py", "def play():\n    from playground import run\n"),
    ("bot/advisor/desk.py", "from bot.domain.decision import decide\nimport bot.store.rows\n"),
    ("bot/app.py", "def f():\n" + "    x = 1\n" * 29),
    ("bot/domain/pilot/model.py", "class Judged(NamedTuple):\n    why: str\n"),
    ("bot/domain/pilot/judging.py", "class _Judged(NamedTuple):\n    why: str\n"),
    ("bot/domain/pilot/judging.py", "class Judged(NamedTuple):\n    def judge(self): ...\n"),
    ("bot/blocks/card.py", "x = f'{y:.0f} % of {z:%-d %b %Y}, {z:%Y}'\n"),
    ("bot/loadtests/hey.py", "x = '5%'\n"),
]


@pytest.mark.parametrize(("path", "text"), ALLOWED)
def test_what_the_rules_allow_passes(path: str, text: str, tmp_path: Path) -> None:
    write(tmp_path, "bot/domain/decision/facts.py", THINKS)
    write(tmp_path, path, text)
    assert [breach for rule in RULES for breach in rule(tmp_path)] == []


def unused(permissions: dict[str, str], imports: Iterator[tuple[str, str]]) -> list[str]:
    """Permissions that nothing makes use of: who has them, and what for."""
    made = set(imports)
    return [
        f"{who}: {what}"
        for who, all_ in permissions.items()
        for what in all_.split()
        if (who, what) not in made
    ]


def test_every_arrow_leads_somewhere() -> None:
    made = (
        (who, name.split(".")[1])
        for module in modules(PROJECT, "bot")
        for _, name in module.imports()
        if name.startswith("bot.")
        for who in (module.room, module.path.relative_to("bot").as_posix())
    )
    assert unused(ARROWS, made) == []


def test_every_library_is_known_where_it_may_be() -> None:
    made = (
        (name.split(".")[0], way.as_posix().removesuffix(end))
        for module in modules(PROJECT, "bot")
        for _, name in module.imports()
        for path in [module.path.relative_to("bot")]
        for way in (path, *path.parents)
        for end in ("", ".py")
    )
    assert unused(LIBRARIES, made) == []


def test_all_that_a_pure_room_may_use_is_used() -> None:
    made = (
        ("pure", way)
        for module in modules(PROJECT, *(f"bot/{room}" for room in PURE_ROOMS))
        for _, name in module.imports()
        for way in (name, name.rpartition(".")[0], name.split(".")[0])
    )
    assert unused({"pure": _PURE}, made) == []


def test_what_nothing_makes_use_of_is_named() -> None:
    assert unused({"blocks": "domain store"}, iter([("blocks", "domain")])) == ["blocks: store"]


def test_every_rule_is_shown_to_catch_something() -> None:
    assert {rule for rule, _, _ in BREACHES} == set(RULES)


def write(root: Path, path: str, text: str) -> None:
    """A file of a small project."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")
