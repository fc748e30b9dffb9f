"""manifest.yml passes; each small edit that Slack or meshfit would stumble over is named."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml
from slack_sdk import WebClient

from bot.blocks import notice
from bot.routes.words import COMMAND
from bot.terminal.manifest import SHIPPED, faults
from bot.terminal.manifest_model import Manifest
from bot.terminal.slack_names import AGENT_VIEW_EVENTS, BOT_SCOPES, EVENT_SCOPES
from tests import shipped

REAL = SHIPPED.read_text("utf-8")
BOT_USER = "  bot_user:\n    display_name: meshfit\n    always_online: true\n"


def test_the_manifest_has_no_fault() -> None:
    assert faults() == []


def test_the_manifest_follows_its_own_way_to_http() -> None:
    http = re.sub(r"# ((?:request_)?url:)", r"\1", REAL)
    http = http.replace("socket_mode_enabled: true", "socket_mode_enabled: false")
    assert http.count("\n      url: https://") == 1
    assert http.count("\n    request_url: https://") == 2
    assert faults_of(http) == []


EDITS = [
    # what the schema knows
    (
        "name: meshfit\n  desc",
        "nmae: meshfit\n  desc",
        "nmae is not known here, did you mean 'name'",
    ),
    ("  name: meshfit\n", f"  name: {'m' * 36}\n", "name: 36 characters, at most 35"),
    ("  name: meshfit\n", "  name: 5\n", "5 is not of type 'string'"),
    ("Ask meshfit about this", "Ask meshfit all about this", "26 characters, at most 24"),
    ("long_description: >-", "long_description: short\n  x: >-", "at least 175"),
    ("type: message", "type: mesage", "is not one of ['message', 'global']"),
    ("command: /meshfit", "command: meshfit", "does not match"),
    ("display_information:", "display:", "'display_information' is a required property"),
    ("is_enabled: true", 'is_enabled: "true"', "is not of type 'boolean'"),
    ("  agent_view:", "  agents_view:", "did you mean 'agent_view'?"),
    # keys that YAML would silently drop
    (
        "  bot_user:",
        "  app_home: {}\n  bot_user:",
        "app_home: is given twice, first on line",
    ),
    # scopes
    (
        "- chat:write\n",
        "- chat:wite\n",
        "is called chat:wite, did you mean 'chat:write'?",
    ),
    ("- chat:write\n", "- chat:write\n      - chat:write\n", "chat:write stands here twice"),
    ("- chat:write\n", "- xoxb\n", "no bot scope is called xoxb"),
    (
        "- chat:write.public\n",
        "- chat:write\n",
        "bot_optional[0]: chat:write stands among those under bot too",
    ),
    ("- chat:write.public\n", "- users:write\n", "users:write is not used where it is optional"),
    # scopes against events and features
    ("      - im:history\n", "", "message.im never comes without the scope im:history"),
    ("      - app_mentions:read\n", "", "app_mention never comes without"),
    ("      - commands\n", "", "slash_commands[0]: never comes without the scope commands"),
    ("      - commands\n", "", "shortcuts: never come without the scope commands"),
    ("- message.im\n", "- message.channels\n", "without the scope channels:history"),
    ("- message.im\n", "- channel_id_changed\n", "the scope channels:read or groups:read"),
    # events
    ("- app_mention\n", "- app_mentions\n", "called app_mentions, did you mean 'app_mention'?"),
    ("- app_mention\n", "- app_mention\n      - app_mention\n", "has non-unique elements"),
    # views
    ("  agent_view:", "  assistant_view: {assistant_description: x}\n  agent_view:", "exclude"),
    ("      - assistant:write\n", "", "agent_view: needs the scope assistant:write"),
    *(
        (f"      - {event}\n", "", f"agent_view: needs the event {event}")
        for event in AGENT_VIEW_EVENTS
    ),
    ("messages_tab_enabled: true", "messages_tab_enabled: false", "messages tab, which is off"),
    # home
    ("      - app_home_opened\n", "", "home_tab_enabled: stays empty without"),
    ("      - message.im\n", "", "messages_tab_enabled: goes unanswered without"),
    ("    messages_tab_read_only_enabled: false\n", "", "read_only_enabled: must be false"),
    ("read_only_enabled: false", "read_only_enabled: true", "read_only_enabled: must be false"),
    # commands and shortcuts
    ("      should_escape: true\n", "", "slash_commands[0].should_escape: must be true"),
    ("should_escape: true", "should_escape: false", "should_escape: must be true"),
    ("command: /meshfit", "command: /Mesh fit", "after the slash only a-z"),
    (
        "  shortcuts:",
        "    - {command: /meshfit, description: x, should_escape: true}\n  shortcuts:",
        "/meshfit stands here twice",
    ),
    (
        "  agent_view:",
        "    - {name: x, type: message, callback_id: ask_about_message, description: x}\n"
        "  agent_view:",
        "ask_about_message stands here twice",
    ),
    ("is_enabled: true", "is_enabled: false", "settings.interactivity.is_enabled: must be true"),
    # addresses
    *(
        ("socket_mode_enabled: true", "socket_mode_enabled: false", f"{door}: is missing")
        for door in (
            "settings.event_subscriptions.request_url",
            "settings.interactivity.request_url",
            "features.slash_commands[0].url",
        )
    ),
    ("      # url: https", "      url: http", "slash_commands[0].url: must be https"),
    ("    # request_url: https", "    request_url: http", "request_url: must be https"),
    (
        "oauth_config:",
        "oauth_config:\n  redirect_urls: ['http://x.example']",
        "redirect_urls[0]: must be https",
    ),
    # looks and settings
    ('"#1f4e5f"', '"1f4e5f"', 'background_color: "#rgb" or "#rrggbb", not 1f4e5f'),
    ("major_version: 2", "major_version: 3", "Slack knows the versions 1 and 2"),
    ("display_name: meshfit", "display_name: Mesh Fit", "bot_user.display_name: only a-z"),
    (BOT_USER, "", "features.bot_user: is missing"),
    ("rotation_enabled: false", "rotation_enabled: true", "token_rotation_enabled: must be off"),
]


@pytest.mark.parametrize(("old", "new", "what"), EDITS)
def test_an_edit_that_breaks_it_is_named(old: str, new: str, what: str) -> None:
    assert old in REAL
    assert any(what in fault for fault in faults_of(REAL.replace(old, new, 1)))


def test_an_assistant_view_alone_is_refused() -> None:
    """Only agent_view is given to new apps; the events that the view needs come back as faults."""
    start, end = REAL.index("  agent_view:"), REAL.index("oauth_config:")
    legacy = "  assistant_view:\n    assistant_description: x\n\n"
    [fault] = faults_of(REAL[:start] + legacy + REAL[end:])
    assert "assistant_view is no longer given to new apps" in fault


def test_all_faults_are_told_at_once_and_in_order() -> None:
    text = REAL.replace("should_escape: true", "should_escape: false")
    text = text.replace("      - im:history\n", "").replace('"#1f4e5f"', '"teal"')
    lines = [int(fault.split(":")[1].split()[0]) for fault in faults_of(text)]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_a_fault_names_the_file_and_the_line() -> None:
    [fault] = faults_of(REAL.replace("should_escape: true", "should_escape: false"))
    line = REAL.splitlines().index("      should_escape: true") + 1
    assert fault.startswith(f"manifest.yml:{line} features.slash_commands[0].should_escape: ")


def test_what_is_missing_is_placed_at_its_nearest_parent() -> None:
    [fault] = faults_of(REAL.replace("      should_escape: true\n", ""))
    line = REAL.splitlines().index("    - command: /meshfit") + 1
    assert fault.startswith(f"manifest.yml:{line} ")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "manifest.yml:1 manifest: is empty"),
        ("- a\n", "is not of type 'object'"),
        ("a: b: c\n", "manifest.yml:1 manifest: is not YAML"),
        ("a: 1\nb: c: d\n", "manifest.yml:2 manifest: is not YAML"),
        ("a: \x00\n", "manifest.yml:1 manifest: holds the character #"),
    ],
)
def test_a_file_that_is_no_manifest_is_told_in_a_line(text: str, what: str) -> None:
    [fault, *_] = faults_of(text)
    assert what in fault
    assert "\n" not in fault


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path / "none.yml") == [
        f"{tmp_path}/none.yml: cannot be read, No such file or directory"
    ]


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_bytes(b"\xff\xfe")
    [fault] = faults(tmp_path / "manifest.yml")
    assert fault.endswith("cannot be read, it is not text in UTF-8")


NEEDS = {
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "files_info": {"files:read"},
    "files_getUploadURLExternal": {"files:write"},
    "files_completeUploadExternal": {"files:write"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
"""Web API method → the bot scope it needs (Slack: each method's page)."""


def test_the_scopes_are_those_that_the_code_and_the_events_need() -> None:
    manifest = Manifest.model_validate(yaml.safe_load(REAL))
    calls = {
        node.attr
        for room in ("listeners", "outbox")
        for path in (SHIPPED.parent / "bot" / room).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and re.match("[a-z]+_", node.attr)
        if hasattr(WebClient, node.attr) and node.attr != "auth_test"  # which needs no scope
    }
    assert calls == set(NEEDS)
    events = {scope for event in manifest.subscribed for scope in EVENT_SCOPES[event]}
    used = set[str]().union(*(NEEDS[each] for each in calls)) | events | {"commands"}
    assert set(manifest.granted) == used - set(manifest.optional)
    assert set(manifest.optional) - used == {"chat:write.public"}  # which changes what another may


def test_the_usage_hint_names_commands_that_there_are() -> None:
    [command] = Manifest.model_validate(yaml.safe_load(REAL)).features.slash_commands
    hint = yaml.safe_load(REAL)["features"]["slash_commands"][0]["usage_hint"]
    known = {words.split()[0] for words, _ in (*notice.FIRST, *notice.MORE) if words}
    assert command.command == COMMAND
    assert {each.split()[0] for each in hint.strip("[]").split("|")} <= known


def test_the_suggested_prompts_are_answered() -> None:
    prompts = yaml.safe_load(REAL)["features"]["agent_view"]["suggested_prompts"]
    assert len(prompts) == 4
    assert {shipped.INDEX.ask(each["message"]).tier for each in prompts} == {"sure"}


def test_every_scope_that_an_event_needs_is_a_scope() -> None:
    assert {scope for needed in EVENT_SCOPES.values() for scope in needed} <= BOT_SCOPES
    assert set(AGENT_VIEW_EVENTS) <= set(EVENT_SCOPES)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def faults_of(text: str) -> list[str]:
    """The faults of a manifest with this text."""
    path = Path("manifest.yml")
    path.write_text(text, "utf-8")
    return faults(path)
