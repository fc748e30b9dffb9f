"""What Slack's schema lets pass and Slack, or meshfit, would not: scopes, events, views, addresses.

Each rule yields findings: where in the manifest, and what is wrong there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.knowledge.marks import Path, meant
from bot.scopes import OPTIONAL
from bot.terminal.manifest_model import Manifest
from bot.terminal.slack_names import AGENT_VIEW_EVENTS, BOT_SCOPES, EVENT_SCOPES

Finding = tuple[Path, str]
"""Where in the manifest, and what is wrong there."""


def findings(manifest: Manifest) -> Iterator[Finding]:
    """Everything the schema misses, rule by rule."""
    for rule in (_scopes, _events, _views, _home, _commands, _shortcuts, _addresses, _looks):
        yield from rule(manifest)


def _repeated(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The later of two equal names, with its position."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield index, f"{name} stands here twice"
        seen.add(name)


def _scopes(manifest: Manifest) -> Iterator[Finding]:
    """Names that Slack knows, each once."""
    for kind, names in manifest.oauth_config.scopes:
        path: Path = ("oauth_config", "scopes", kind)
        for index, name in enumerate(names):
            if name not in BOT_SCOPES:
                yield (*path, index), f"no bot scope is called {name}{meant(name, BOT_SCOPES)}"
        for index, what in _repeated(names):
            yield (*path, index), what
    for index, name in enumerate(manifest.optional):
        path = ("oauth_config", "scopes", "bot_optional", index)
        if name in manifest.granted:
            yield path, f"{name} stands among those under bot too, so nobody can leave it out"
        elif name not in OPTIONAL:
            yield path, f"{name} is not used where it is optional: move it to bot, or take it out"


def _events(manifest: Manifest) -> Iterator[Finding]:
    """Names that Slack knows, each with a scope that lets it through."""
    for index, name in enumerate(manifest.subscribed):
        path = ("settings", "event_subscriptions", "bot_events", index)
        if name not in EVENT_SCOPES:
            yield path, f"no event is called {name}{meant(name, EVENT_SCOPES)}"
        elif (needed := EVENT_SCOPES[name]) and not set(needed) & set(manifest.granted):
            yield path, f"{name} never comes without the scope {' or '.join(needed)}"


def _views(manifest: Manifest) -> Iterator[Finding]:
    """The agent view, whole: Slack gives new apps no other, and never both."""
    features = manifest.features
    if features.assistant_view is not None:
        both = features.agent_view is not None
        what = "and agent_view exclude each other" if both else "is no longer given to new apps"
        yield ("features", "assistant_view"), f"assistant_view {what}; keep agent_view"
    if features.agent_view is None:
        return
    path = ("features", "agent_view")
    if "assistant:write" not in manifest.granted:
        yield path, "needs the scope assistant:write"
    for name in AGENT_VIEW_EVENTS:
        if name not in manifest.subscribed:
            yield path, f"needs the event {name}"
    if not features.app_home.messages_tab_enabled:
        yield path, "lives in the messages tab, which is off"


def _home(manifest: Manifest) -> Iterator[Finding]:
    """Tabs that are shown are served, and people can write to the bot."""
    home, path = manifest.features.app_home, ("features", "app_home")
    if home.home_tab_enabled and "app_home_opened" not in manifest.subscribed:
        yield (*path, "home_tab_enabled"), "stays empty without the event app_home_opened"
    if not home.messages_tab_enabled:
        return
    if "message.im" not in manifest.subscribed:
        yield (*path, "messages_tab_enabled"), "goes unanswered without the event message.im"
    if home.messages_tab_read_only_enabled:
        what = "must be false, or nobody can write to the bot"
        yield (*path, "messages_tab_read_only_enabled"), what


def _commands(manifest: Manifest) -> Iterator[Finding]:
    """Slash commands reach meshfit, escaped."""
    commands, path = manifest.features.slash_commands, ("features", "slash_commands")
    for index, each in enumerate(commands):
        if not re.fullmatch(r"/[a-z0-9_-]+", each.command):
            yield (*path, index, "command"), "after the slash only a-z, 0-9, - and _"
        if not each.should_escape:
            what = "must be true: meshfit unescapes what is typed, once"
            yield (*path, index, "should_escape"), what
        if "commands" not in manifest.granted:
            yield (*path, index), "never comes without the scope commands"
    for index, what in _repeated(each.command for each in commands):
        yield (*path, index, "command"), what


def _shortcuts(manifest: Manifest) -> Iterator[Finding]:
    """Shortcuts reach meshfit; so do buttons and forms."""
    shortcuts, path = manifest.features.shortcuts, ("features", "shortcuts")
    for index, what in _repeated(each.callback_id for each in shortcuts):
        yield (*path, index, "callback_id"), what
    if shortcuts and "commands" not in manifest.granted:
        yield path, "never come without the scope commands"
    if not manifest.settings.interactivity.is_enabled:
        what = "must be true: buttons, forms and shortcuts need it"
        yield ("settings", "interactivity", "is_enabled"), what


def _addresses(manifest: Manifest) -> Iterator[Finding]:
    """Without Socket Mode every door has an address, and no address is open to listeners."""
    settings = manifest.settings
    events = settings.event_subscriptions
    doors: dict[Path, str | None] = {
        ("settings", "event_subscriptions", "request_url"): events.request_url,
        ("settings", "interactivity", "request_url"): settings.interactivity.request_url,
    }
    for index, each in enumerate(manifest.features.slash_commands):
        doors["features", "slash_commands", index, "url"] = each.url
    for path, address in doors.items():
        if address is None and not settings.socket_mode_enabled:
            yield path, "is missing, and Socket Mode is off: Slack has nowhere to send to"
    menu = ("settings", "interactivity", "message_menu_options_url")
    doors[menu] = settings.interactivity.message_menu_options_url
    for index, address in enumerate(manifest.oauth_config.redirect_urls):
        doors["oauth_config", "redirect_urls", index] = address
    for path, address in doors.items():
        if address is not None and not address.startswith("https://"):
            yield path, f"must be https, not {address}"


def _looks(manifest: Manifest) -> Iterator[Finding]:
    """Values whose form the schema leaves open, and settings that meshfit cannot follow."""
    if manifest.metadata.major_version not in (1, 2):
        yield ("_metadata", "major_version"), "Slack knows the versions 1 and 2"
    colour = manifest.display_information.background_color
    if not re.fullmatch(r"#([0-9a-fA-F]{3}){1,2}", colour):
        yield ("display_information", "background_color"), f'"#rgb" or "#rrggbb", not {colour}'
    bot = manifest.features.bot_user
    if bot is None:
        yield ("features", "bot_user"), "is missing: meshfit acts as its bot"
    elif not re.fullmatch(r"[a-z0-9._-]+", bot.display_name):
        yield ("features", "bot_user", "display_name"), "only a-z, 0-9, - _ and ."
    if manifest.settings.token_rotation_enabled:
        what = "must be off: meshfit reads one bot token, and this one expires in 12 hours"
        yield ("settings", "token_rotation_enabled"), what
