"""The guard of the whole: ids and ears match, and every screen fits Slack at its largest."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import bot.blocks
from bot.advisor import Advisor, Desk
from bot.blocks import ids
from bot.blocks.surfaces import Payload
from bot.routes import route
from bot.routes.words import COMMAND
from bot.store import SqliteStore, migrate
from playground.manifest import Manifest, read_manifest
from playground.screen import widgets
from playground.strict.payloads import check_message, check_view, too_large
from tests.blocks.gallery import gallery
from tests.blocks.widest import SHIPPED

MANIFEST = Path(__file__).parents[1] / "manifest.yml"


class Ears:
    """Takes the app's place while it is wired, and keeps what was registered."""

    def __init__(self) -> None:
        self.heard: dict[str, list[Any]] = {}

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def register(name: Any, *_: Any, **__: Any) -> Callable[..., Any]:
            self.heard.setdefault(kind, []).append(name)
            return lambda listener: listener

        return register


@pytest.fixture(scope="module")
def ears(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    store = migrate(SqliteStore(tmp_path_factory.mktemp("wiring") / "meshfit.db"))
    desk = Desk(store, SHIPPED)
    ears = Ears()
    route(ears, Advisor(desk))
    return ears.heard


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return read_manifest(MANIFEST)


def actions(payload: Payload) -> Iterator[str]:
    """Every id that sends `block_actions` from a screen; inputs stay silent until submit."""
    for widget in widgets(payload["blocks"]):
        if not widget.is_input or widget.block.get("dispatch_action"):
            yield widget.action_id


@pytest.fixture(scope="module")
def drawn() -> list[tuple[str, Payload]]:
    return list(gallery())


@pytest.fixture(scope="module")
def emitted(drawn: list[tuple[str, Payload]]) -> set[str]:
    return {action for _, payload in drawn for action in actions(payload)}


@pytest.fixture(scope="module")
def submitted(drawn: list[tuple[str, Payload]]) -> set[str]:
    return {payload["callback_id"] for _, payload in drawn if "submit" in payload}


def hears(name: str, registered: list[Any]) -> bool:
    """Whether one of these names or patterns takes the id."""
    return any(
        each == name if isinstance(each, str) else bool(each.search(name)) for each in registered
    )


def test_every_button_and_menu_has_a_listener(emitted: set[str], ears: dict[str, list[Any]]):
    assert [each for each in sorted(emitted) if not hears(each, ears["action"])] == []


def test_every_form_has_a_listener(submitted: set[str], ears: dict[str, list[Any]]):
    assert submitted - set(ears["view"]) == set()


def test_every_listener_of_a_button_or_form_has_a_screen(
    emitted: set[str], submitted: set[str], ears: dict[str, list[Any]]
):
    assert [each for each in ears["action"] if not any(hears(n, [each]) for n in emitted)] == []
    assert set(ears["view"]) - submitted == set()


def test_commands_shortcuts_and_events_are_in_the_manifest_and_heard(
    ears: dict[str, list[Any]], manifest: Manifest
):
    assert set(ears["command"]) == {COMMAND} == set(manifest.commands)
    assert set(ears["message_shortcut"]) == {each.callback_id for each in manifest.shortcuts}
    subscribed = {each.partition(".")[0] for each in manifest.events}
    assert set(ears["event"]) == subscribed
    known = {"command", "message_shortcut", "event", "action", "view"}
    assert set(ears) == known


def test_every_id_is_used_and_none_is_named_twice(
    drawn: list[tuple[str, Payload]], manifest: Manifest
):
    named = {name: value for name, value in vars(ids).items() if name.isupper()}
    assert len(set(named.values())) == len(named)
    used = {each.callback_id for each in manifest.shortcuts}
    for _, payload in drawn:
        used |= {payload.get("callback_id", "")} | {w.action_id for w in widgets(payload["blocks"])}
        used |= {block["block_id"] for block in payload["blocks"]}
    for value in named.values():
        assert any(re.search(rf"{re.escape(value)}[123]?$", each) for each in used), value


def test_every_function_that_draws_hangs_in_the_gallery(drawn: list[tuple[str, Payload]]):
    drawing = {
        f"{module.name}.{name}"
        for module in pkgutil.iter_modules(bot.blocks.__path__)
        if module.name not in ("kit", "surfaces")
        for name, function in inspect.getmembers(
            importlib.import_module(f"bot.blocks.{module.name}"), inspect.isfunction
        )
        if function.__module__ == f"bot.blocks.{module.name}"
        and not name.startswith("_")
        and function.__annotations__.get("return") == "Payload"
    }
    assert drawing == {name for name, _ in drawn}


def test_every_screen_at_its_largest_fits_slack(drawn: list[tuple[str, Payload]]):
    assert [(name, str(fault)) for name, payload in drawn for fault in refusals(payload)] == []


def refusals(payload: Payload) -> Iterator[object]:
    """Everything that Slack would refuse in a message or view."""
    if "text" not in payload:
        yield from check_view(payload, payload["type"])
        if too_large(payload):
            yield "view_too_large"
        return
    yield from check_message(payload["blocks"])
    if not 0 < len(payload["text"]) <= 4000:
        yield f"text of {len(payload['text'])} characters"


def test_what_is_largest_really_is_large(drawn: list[tuple[str, Payload]]):
    assert sum(len(str(payload)) for _, payload in drawn) > 500_000
    assert max(len(payload["blocks"]) for _, payload in drawn) > 60
