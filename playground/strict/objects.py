"""Composition objects: texts, options, confirm dialogs, filters (Slack: Block Kit reference)."""

from __future__ import annotations

from collections.abc import Iterator

from playground.strict.checks import (
    Check,
    Fault,
    Json,
    among,
    any_of,
    by_type,
    each,
    exactly_one,
    flag,
    shape,
    string,
    url,
)

IDENTIFIER = string(255)


def plain(most: int = 3000, least: int = 1) -> Check:
    """A `plain_text` object."""
    return by_type(
        {"plain_text": shape(needs={"text": string(most, least)}, may={"emoji": flag})},
    )


def mrkdwn(most: int = 3000) -> Check:
    """A `mrkdwn` object."""
    return by_type({"mrkdwn": shape(needs={"text": string(most)}, may={"verbatim": flag})})


def text(most: int = 3000) -> Check:
    """A `plain_text` or `mrkdwn` object."""
    return by_type(
        {
            "plain_text": shape(needs={"text": string(most)}, may={"emoji": flag}),
            "mrkdwn": shape(needs={"text": string(most)}, may={"verbatim": flag}),
        }
    )


CONFIRM = shape(
    needs={"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)},
    may={"style": among("primary", "danger")},
)

OPTION = shape(
    needs={"text": plain(75), "value": string(150)},
    may={"description": plain(75)},
)
# Only checkboxes and radio buttons may format their options.
RICH_OPTION = shape(
    needs={"text": text(75), "value": string(150)},
    may={"description": text(75)},
)
OVERFLOW_OPTION = shape(
    needs={"text": plain(75), "value": string(150)},
    may={"description": plain(75), "url": url()},
)
OPTION_GROUP = shape(needs={"label": plain(75), "options": each(OPTION, 1, 100)})

SLACK_FILE = shape(may={"id": IDENTIFIER, "url": url()}, rules=[exactly_one("id", "url")])

CONVERSATION_FILTER = shape(
    may={
        "include": each(among("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    rules=[any_of("include", "exclude_external_shared_channels", "exclude_bot_users")],
)

DISPATCH = shape(
    needs={"trigger_actions_on": each(among("on_enter_pressed", "on_character_entered"), 1, 2)}
)


def listed(element: Json) -> list[Json]:
    """The options of an element, groups flattened."""
    groups = element.get("option_groups", [])
    return [*element.get("options", []), *(o for group in groups for o in group["options"])]


def initial_options_listed(element: Json, at: str) -> Iterator[Fault]:
    """What is chosen at first must be identical to a listed option, description included."""
    options = listed(element)
    if "initial_option" in element and element["initial_option"] not in options:
        yield Fault(f"{at}/initial_option", "initial_option does not match any of the options")
    for place, option in enumerate(element.get("initial_options", [])):
        if option not in options:
            says = "initial_options do not match any of the options"
            yield Fault(f"{at}/initial_options/{place}", says)


def option_values_unique(element: Json, at: str) -> Iterator[Fault]:
    """Two options with one value could not be told apart in an answer."""
    values = [option["value"] for option in listed(element)]
    if len(set(values)) != len(values):
        yield Fault(f"{at}/options", "duplicate option value")
