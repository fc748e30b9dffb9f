"""One sound specimen of every block and element; each block says CANARY somewhere."""

from __future__ import annotations

from tests.playground.sample_app import button, plain

OPTIONS = [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}]
WORDS = {"type": "mrkdwn", "text": "*CANARY*"}
CELLS = [
    [{"type": "raw_text", "text": "CANARY"}],
    [{"type": "raw_number", "value": 3, "text": "3"}],
]
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "CANARY"}]}],
}

ELEMENTS: dict[str, dict] = {
    "plain_text_input": {"multiline": True, "placeholder": plain("Say"), "max_length": 50},
    "rich_text_input": {"initial_value": RICH},
    "number_input": {"is_decimal_allowed": True, "initial_value": "1.5"},
    "email_text_input": {},
    "url_text_input": {},
    "datepicker": {"initial_date": "2026-11-24"},
    "timepicker": {"initial_time": "08:30"},
    "datetimepicker": {"initial_date_time": 1_790_000_000},
    "file_input": {"filetypes": ["json", "csv"], "max_files": 2},
    "static_select": {"options": OPTIONS, "initial_option": OPTIONS[1]},
    "users_select": {"initial_user": "U0BEN"},
    "channels_select": {},
    "conversations_select": {},
    "radio_buttons": {"options": OPTIONS},
    "checkboxes": {"options": OPTIONS, "initial_options": OPTIONS[:1]},
    "multi_static_select": {"option_groups": [{"label": plain("All"), "options": OPTIONS}]},
    "multi_users_select": {},
    "multi_channels_select": {},
    "multi_conversations_select": {},
}
ELEMENTS = {kind: {"type": kind, "action_id": "answer", **rest} for kind, rest in ELEMENTS.items()}

SERIES = {"name": "CANARY", "data": [{"label": "a", "value": 1}]}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "f",
    "positive_button": {"text": plain("CANARY"), "value": "1"},
    "negative_button": {"text": plain("No"), "value": "0"},
}

MESSAGE_BLOCKS: dict[str, dict] = {
    "section": {
        "text": WORDS,
        "fields": [WORDS],
        "accessory": {"type": "overflow", "action_id": "o", "options": OPTIONS},
    },
    "actions": {
        "elements": [
            button("b", "CANARY", style="primary"),
            {"type": "datetimepicker", "action_id": "d"},
            {"type": "rich_text_input", "action_id": "r"},
        ]
    },
    "context": {
        "elements": [
            WORDS,
            {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A"},
        ]
    },
    "context_actions": {
        "elements": [FEEDBACK, {"type": "icon_button", "icon": "trash", "text": plain("Delete")}]
    },
    "header": {"text": plain("CANARY")},
    "divider": {"block_id": "CANARY"},
    "image": {"image_url": "https://example.com/a.png", "alt_text": "CANARY", "title": plain("T")},
    "input": {"label": plain("CANARY"), "element": ELEMENTS["plain_text_input"]},
    "rich_text": {"elements": RICH["elements"]},
    "markdown": {"text": "## CANARY"},
    "table": {"rows": [*CELLS, [RICH]], "column_settings": [{"align": "right"}]},
    "data_table": {"caption": "CANARY", "rows": CELLS},
    "data_visualization": {
        "title": "T",
        "chart": {
            "type": "bar",
            "series": [SERIES, {**SERIES, "name": "Other"}],
            "axis_config": {"categories": ["a"], "x_label": "x", "y_label": "y"},
        },
    },
    "card": {"title": plain("CANARY"), "body": WORDS, "actions": [button("c", "Go")]},
}
MESSAGE_BLOCKS = {kind: {"type": kind, **rest} for kind, rest in MESSAGE_BLOCKS.items()}


def modal_of(element: dict) -> dict:
    block = {
        "type": "input",
        "block_id": "asked",
        "label": plain("Asked"),
        "hint": plain("Hint"),
        "element": element,
    }
    alert = {"type": "alert", "level": "info", "text": plain("Take note")}
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Specimen"),
        "submit": plain("Send"),
        "blocks": [alert, block],
    }
