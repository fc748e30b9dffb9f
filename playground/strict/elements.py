"""Interactive elements and the places in which each may stand (Slack: Block Kit reference)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.strict.checks import (
    Check,
    Fault,
    Json,
    among,
    each,
    exactly_one,
    flag,
    integer,
    matching,
    shape,
    string,
    url,
)
from playground.strict.objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    IDENTIFIER,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    RICH_OPTION,
    SLACK_FILE,
    initial_options_listed,
    option_values_unique,
    plain,
)
from playground.strict.rich_text import RICH_TEXT

DATE = matching(r"\d{4}-\d\d-\d\d", "must be a date, YYYY-MM-DD")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "must be a time, HH:mm")
NUMERAL = matching(r"-?\d+(\.\d+)?", "must be a number written as a string")
STYLE = among("primary", "danger")

_ACTS: Mapping[str, Check] = {"action_id": IDENTIFIER}
_ASKS: Mapping[str, Check] = {
    **_ACTS,
    "confirm": CONFIRM,
    "focus_on_load": flag,
    "placeholder": plain(150),
}
_TYPED: Mapping[str, Check] = {
    **_ACTS,
    "placeholder": plain(150),
    "focus_on_load": flag,
    "dispatch_action_config": DISPATCH,
}
_LISTED = {"options": each(OPTION, 1, 100), "option_groups": each(OPTION_GROUP, 1, 100)}
_SOME = {"max_selected_items": integer(1, 100)}
_OPTION_RULES = (initial_options_listed, option_values_unique)
_ID = string(50)
_IDS = each(_ID, 1, 100)


def _bounds_ordered(low: str, high: str) -> Check:
    def check(element: Json, at: str) -> Iterator[Fault]:
        if low in element and high in element and float(element[low]) > float(element[high]):
            yield Fault(f"{at}/{low}", f"must not be greater than {high}")

    return check


def _conversations(initial: str, check: Check, extra: Mapping[str, Check]) -> Check:
    may = {
        **_ASKS,
        **extra,
        initial: check,
        "filter": CONVERSATION_FILTER,
        "default_to_current_conversation": flag,
    }
    return shape(may=may)


IMAGE = shape(
    needs={"alt_text": string(2000)},
    may={"image_url": url(), "slack_file": SLACK_FILE},
    rules=[exactly_one("image_url", "slack_file")],
)

_BUTTON = shape(
    needs={"text": plain(75)},
    may={
        **_ACTS,
        "value": string(2000),
        "url": url(),
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
    },
)
_FEEDBACK = shape(
    needs={"text": plain(75), "value": string(2000)}, may={"accessibility_label": string(75)}
)

ELEMENTS: Mapping[str, Check] = {
    "button": _BUTTON,
    "overflow": shape(
        needs={"options": each(OVERFLOW_OPTION, 1, 5)},
        may={**_ACTS, "confirm": CONFIRM},
        rules=[option_values_unique],
    ),
    "checkboxes": shape(
        needs={"options": each(RICH_OPTION, 1, 10)},
        may={
            **_ACTS,
            "confirm": CONFIRM,
            "focus_on_load": flag,
            "initial_options": each(RICH_OPTION, 1, 10),
        },
        rules=_OPTION_RULES,
    ),
    "radio_buttons": shape(
        needs={"options": each(RICH_OPTION, 1, 10)},
        may={**_ACTS, "confirm": CONFIRM, "focus_on_load": flag, "initial_option": RICH_OPTION},
        rules=_OPTION_RULES,
    ),
    "static_select": shape(
        may={**_ASKS, **_LISTED, "initial_option": OPTION},
        rules=[exactly_one("options", "option_groups"), *_OPTION_RULES],
    ),
    "multi_static_select": shape(
        may={**_ASKS, **_LISTED, **_SOME, "initial_options": each(OPTION, 1, 100)},
        rules=[exactly_one("options", "option_groups"), *_OPTION_RULES],
    ),
    "external_select": shape(
        may={**_ASKS, "min_query_length": integer(0, 100), "initial_option": OPTION}
    ),
    "users_select": shape(may={**_ASKS, "initial_user": _ID}),
    "multi_users_select": shape(may={**_ASKS, **_SOME, "initial_users": _IDS}),
    "conversations_select": _conversations(
        "initial_conversation", _ID, {"response_url_enabled": flag}
    ),
    "multi_conversations_select": _conversations("initial_conversations", _IDS, _SOME),
    "channels_select": shape(may={**_ASKS, "initial_channel": _ID, "response_url_enabled": flag}),
    "multi_channels_select": shape(may={**_ASKS, **_SOME, "initial_channels": _IDS}),
    "datepicker": shape(may={**_ASKS, "initial_date": DATE}),
    "timepicker": shape(may={**_ASKS, "initial_time": TIME, "timezone": string(64)}),
    "datetimepicker": shape(
        may={
            **_ACTS,
            "confirm": CONFIRM,
            "focus_on_load": flag,
            "initial_date_time": integer(10**9, 10**10 - 1),
        }
    ),
    "plain_text_input": shape(
        may={
            **_TYPED,
            "initial_value": string(3000),
            "multiline": flag,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        rules=[_bounds_ordered("min_length", "max_length")],
    ),
    "rich_text_input": shape(
        may={
            **_TYPED,
            "initial_value": RICH_TEXT,
            "min_lines": integer(1, 100),
            "max_lines": integer(1, 100),
        },
        rules=[_bounds_ordered("min_lines", "max_lines")],
    ),
    "number_input": shape(
        needs={"is_decimal_allowed": flag},
        may={**_TYPED, "initial_value": NUMERAL, "min_value": NUMERAL, "max_value": NUMERAL},
        rules=[
            _bounds_ordered("min_value", "max_value"),
            _bounds_ordered("initial_value", "max_value"),
            _bounds_ordered("min_value", "initial_value"),
        ],
    ),
    "email_text_input": shape(may={**_TYPED, "initial_value": string(3000)}),
    "url_text_input": shape(may={**_TYPED, "initial_value": string(3000)}),
    "file_input": shape(
        may={**_ACTS, "filetypes": each(string(20), 1, 100), "max_files": integer(1, 10)}
    ),
    "feedback_buttons": shape(
        needs={"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, may=_ACTS
    ),
    "icon_button": shape(
        needs={"icon": among("trash"), "text": plain(75)},
        may={
            **_ACTS,
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": each(_ID, 1, 10),
        },
    ),
    "image": IMAGE,
}

_SELECTS = {
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "users", "conversations", "channels")
} | {"external_select"}
_PICKS = {"checkboxes", "radio_buttons", "datepicker", "timepicker"}

_PLACES = {
    "accessory": _SELECTS | _PICKS | {"button", "overflow", "image"},
    "actions": _SELECTS | _PICKS | {"button", "overflow", "datetimepicker", "rich_text_input"},
    "input": _SELECTS
    | _PICKS
    | {
        "datetimepicker",
        "plain_text_input",
        "rich_text_input",
        "number_input",
        "email_text_input",
        "url_text_input",
        "file_input",
    },
    "context_actions": {"feedback_buttons", "icon_button"},
    "card": {"button"},
}


def placed(place: str) -> Mapping[str, Check]:
    """The elements that may stand in a place: accessory, actions, input, context_actions, card."""
    return {name: ELEMENTS[name] for name in _PLACES[place]}
