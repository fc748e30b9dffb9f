"""Every limit of Block Kit: accepted at it, refused one beyond, with the place named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from playground.strict.payloads import check_message, check_view
from tests.playground.sample_app import actions, button, field, plain, section, select


def mrkdwn(text: str) -> dict:
    return {"type": "mrkdwn", "text": text}


def pick(kind: str, n: int, **more) -> dict:
    listed = [{"text": plain(f"o{i}"), "value": f"v{i}"} for i in range(n)]
    return {"type": kind, "action_id": "pick", "options": listed, **more}


def option(text: str = "o", value: str = "v", **more) -> dict:
    return {"text": plain(text), "value": value, **more}


def confirm(**over: dict) -> dict:
    dialog = {"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n")}
    return button("b", "B", confirm={**dialog, **over})


def cell(n: int = 1) -> dict:
    return {"type": "raw_text", "text": "x" * n}


def table(rows: int, columns: int = 1, **more) -> dict:
    return {"type": "table", "rows": [[cell()] * columns for _ in range(rows)], **more}


def data_table(rows: int) -> dict:
    return {"type": "data_table", "caption": "c", "rows": [[cell()]] * rows}


def pie(n: int, label: str = "a", value: float = 1) -> dict:
    segments = [{"label": label, "value": value}] * n
    return chart({"type": "pie", "segments": segments})


def bars(series: int = 1, points: int = 1, name: str = "s", **axes: str) -> dict:
    categories = [f"c{i}" for i in range(points)]
    data = [{"label": c, "value": 1} for c in categories]
    rows = [{"name": f"{name}{i}" if series > 1 else name, "data": data} for i in range(series)]
    config = {"categories": categories, **axes}
    return chart({"type": "bar", "series": rows, "axis_config": config})


def chart(inner: dict, title: str = "t") -> dict:
    return {"type": "data_visualization", "title": title, "chart": inner}


def one(block: dict) -> list[dict]:
    return [block]


MESSAGE_LIMITS: dict[str, tuple[int, Callable[[int], list[dict]]]] = {
    "blocks": (50, lambda n: [{"type": "divider"}] * n),
    "section text": (3000, lambda n: one(section("x" * n))),
    "section fields": (10, lambda n: one({"type": "section", "fields": [mrkdwn("x")] * n})),
    "section field": (2000, lambda n: one({"type": "section", "fields": [mrkdwn("x" * n)]})),
    "block_id": (255, lambda n: one(section("x", "b" * n))),
    "action_id": (255, lambda n: one(actions(button("a" * n, "B")))),
    "actions": (25, lambda n: one(actions(*(button(f"a{i}", "B") for i in range(n))))),
    "context": (10, lambda n: one({"type": "context", "elements": [mrkdwn("x")] * n})),
    "header": (150, lambda n: one({"type": "header", "text": plain("x" * n)})),
    "image alt": (
        2000,
        lambda n: one({"type": "image", "image_url": "https://a/b", "alt_text": "x" * n}),
    ),
    "image url": (
        3000,
        lambda n: one({"type": "image", "image_url": "https://" + "x" * (n - 8), "alt_text": "a"}),
    ),
    "input label": (
        2000,
        lambda n: one({**field("f", {"type": "datepicker"}), "label": plain("x" * n)}),
    ),
    "input hint": (2000, lambda n: one(field("f", {"type": "datepicker"}, hint=plain("x" * n)))),
    "markdown": (12_000, lambda n: one({"type": "markdown", "text": "x" * n})),
    "markdown in all": (
        6_000,
        lambda n: [{"type": "markdown", "text": "x" * k} for k in (6_000, n)],
    ),
    "button text": (75, lambda n: one(actions(button("b", "x" * n)))),
    "button value": (2000, lambda n: one(actions(button("b", "B", value="x" * n)))),
    "button label": (75, lambda n: one(actions(button("b", "B", accessibility_label="x" * n)))),
    "overflow": (5, lambda n: one(actions(pick("overflow", n)))),
    "checkboxes": (10, lambda n: one(actions(pick("checkboxes", n)))),
    "radio": (10, lambda n: one(actions(pick("radio_buttons", n)))),
    "select": (100, lambda n: one(actions(pick("static_select", n)))),
    "multi select": (100, lambda n: one(actions(pick("multi_static_select", n)))),
    "placeholder": (
        150,
        lambda n: one(actions(pick("static_select", 1, placeholder=plain("x" * n)))),
    ),
    "option text": (
        75,
        lambda n: one(actions(pick("static_select", 0) | {"options": [option("x" * n)]})),
    ),
    "option value": (
        150,
        lambda n: one(actions(pick("static_select", 0) | {"options": [option("o", "x" * n)]})),
    ),
    "option description": (
        75,
        lambda n: one(
            actions(pick("checkboxes", 0) | {"options": [option(description=plain("x" * n))]})
        ),
    ),
    "group label": (
        75,
        lambda n: one(
            actions(
                {
                    "type": "static_select",
                    "action_id": "s",
                    "option_groups": [{"label": plain("x" * n), "options": [option()]}],
                }
            )
        ),
    ),
    "confirm title": (100, lambda n: one(actions(confirm(title=plain("x" * n))))),
    "confirm text": (300, lambda n: one(actions(confirm(text=plain("x" * n))))),
    "confirm yes": (30, lambda n: one(actions(confirm(confirm=plain("x" * n))))),
    "confirm no": (30, lambda n: one(actions(confirm(deny=plain("x" * n))))),
    "initial text": (
        3000,
        lambda n: one(field("f", {"type": "plain_text_input", "initial_value": "x" * n})),
    ),
    "max_length": (3000, lambda n: one(field("f", {"type": "plain_text_input", "max_length": n}))),
    "max_files": (10, lambda n: one(field("f", {"type": "file_input", "max_files": n}))),
    "table rows": (100, table),
    "table columns": (20, lambda n: one(table(1, n))),
    "table settings": (20, lambda n: one(table(1, column_settings=[None] * n))),
    "table characters": (
        10_000,
        lambda n: one({"type": "table", "rows": [[cell(n - 5_000), cell(5_000)]]}),
    ),
    "data table rows": (101, lambda n: one(data_table(n))),
    "chart title": (50, lambda n: one({**pie(1), "title": "x" * n})),
    "pie segments": (6, lambda n: one(pie(n))),
    "segment label": (20, lambda n: one(pie(1, "x" * n))),
    "series": (6, lambda n: one(bars(series=n))),
    "series name": (20, lambda n: one(bars(name="x" * n))),
    "categories": (20, lambda n: one(bars(points=n))),
    "axis label": (50, lambda n: one(bars(x_label="x" * n))),
    "charts": (2, lambda n: [pie(1)] * n),
    "tables": (1, lambda n: [table(1)] * n),
    "indent": (
        8,
        lambda n: one(
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_list",
                        "indent": n,
                        "style": "bullet",
                        "elements": [{"type": "rich_text_section", "elements": []}],
                    }
                ],
            }
        ),
    ),
}


def as_list(blocks: list[dict] | dict) -> list[dict]:
    return blocks if isinstance(blocks, list) else [blocks]


@pytest.mark.parametrize("name", MESSAGE_LIMITS)
def test_a_message_may_reach_each_limit_and_not_pass_it(name: str) -> None:
    most, build = MESSAGE_LIMITS[name]
    assert check_message(as_list(build(most))) == []
    beyond = check_message(as_list(build(most + 1)))
    assert beyond
    assert all(fault.at.startswith("/blocks") for fault in beyond)


def modal(**over: object) -> dict:
    blocks = [field("f", {"type": "plain_text_input"})]
    return {"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": blocks, **over}


MODAL_LIMITS: dict[str, tuple[int, Callable[[int], dict]]] = {
    "blocks": (100, lambda n: modal(blocks=[{"type": "divider"}] * n)),
    "title": (24, lambda n: modal(title=plain("x" * n))),
    "submit": (24, lambda n: modal(submit=plain("x" * n))),
    "close": (24, lambda n: modal(close=plain("x" * n))),
    "private_metadata": (3000, lambda n: modal(private_metadata="x" * n)),
    "callback_id": (255, lambda n: modal(callback_id="x" * n)),
    "external_id": (255, lambda n: modal(external_id="x" * n)),
    "alert": (200, lambda n: modal(blocks=[{"type": "alert", "text": plain("x" * n)}])),
    "focus": (
        1,
        lambda n: modal(
            blocks=[
                field(f"f{i}", {"type": "plain_text_input", "focus_on_load": i < n})
                for i in range(3)
            ]
        ),
    ),
}


@pytest.mark.parametrize("name", MODAL_LIMITS)
def test_a_modal_may_reach_each_limit_and_not_pass_it(name: str) -> None:
    most, build = MODAL_LIMITS[name]
    assert check_view(build(most), "modal") == []
    assert check_view(build(most + 1), "modal") != []


REFUSED: dict[str, list[dict]] = {
    "two of one block_id": [section("a", "x"), section("b", "x")],
    "two of one action_id": [actions(button("a", "A"), button("a", "B"))],
    "unknown key": [{**section("a"), "colour": "red"}],
    "unknown block": [{"type": "hologram"}],
    "unknown element": [actions({"type": "lever", "action_id": "a"})],
    "null field": [{**section("a"), "accessory": None}],
    "empty section": [{"type": "section"}],
    "empty text": [section("")],
    "no elements": [{"type": "actions", "elements": []}],
    "text input among actions": [actions({"type": "plain_text_input", "action_id": "a"})],
    "button in an input": [field("f", button("b", "B"))],
    "datetimepicker beside a section": [{**section("a"), "accessory": {"type": "datetimepicker"}}],
    "mrkdwn header": [{"type": "header", "text": mrkdwn("x")}],
    "mrkdwn button": [actions({"type": "button", "text": mrkdwn("x"), "action_id": "a"})],
    "mrkdwn select option": [
        actions(
            {
                "type": "static_select",
                "action_id": "s",
                "options": [{"text": mrkdwn("x"), "value": "v"}],
            }
        )
    ],
    "bad style": [actions(button("b", "B", style="loud"))],
    "number bounds as numbers": [
        field("f", {"type": "number_input", "is_decimal_allowed": True, "min_value": 1})
    ],
    "number without decimal flag": [field("f", {"type": "number_input"})],
    "initial below minimum": [
        field(
            "f",
            {
                "type": "number_input",
                "is_decimal_allowed": True,
                "min_value": "2",
                "initial_value": "1",
            },
        )
    ],
    "initial option not listed": [field("f", select("red", initial_option=option("Blue", "blue")))],
    "initial option that differs in description": [
        field("f", select("red", initial_option=option("Red", "red", description=plain("d"))))
    ],
    "same option value twice": [field("f", select("red", "red"))],
    "options and groups": [
        actions(
            pick("static_select", 1)
            | {"option_groups": [{"label": plain("g"), "options": [option()]}]}
        )
    ],
    "dispatching file input": [field("f", {"type": "file_input"}, dispatch_action=True)],
    "two images": [
        {"type": "image", "alt_text": "a", "image_url": "https://a", "slack_file": {"id": "F1"}}
    ],
    "image without words": [{"type": "image", "image_url": "https://a"}],
    "alert in a message": [{"type": "alert", "text": plain("x")}],
    "empty cell": [{"type": "table", "rows": [[cell(0)]]}],
    "ragged data table": [
        {"type": "data_table", "caption": "c", "rows": [[cell()], [cell(), cell()]]}
    ],
    "negative slice": [pie(1, value=-1)],
    "point missing": [
        chart(
            {
                "type": "bar",
                "series": [{"name": "s", "data": [{"label": "a", "value": 1}]}],
                "axis_config": {"categories": ["a", "b"]},
            }
        )
    ],
    "same series twice": [
        chart(
            {
                "type": "line",
                "axis_config": {"categories": ["a"]},
                "series": [{"name": "s", "data": [{"label": "a", "value": 1}]}] * 2,
            }
        )
    ],
    "infinite value": [pie(1, value=float("inf"))],
    "bad date": [field("f", {"type": "datepicker", "initial_date": "24.11.2026"})],
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_message_is_refused(name: str) -> None:
    assert check_message(REFUSED[name]) != []


@pytest.mark.parametrize(
    ("block", "where"),
    [
        (table(1), "message"),
        (data_table(2), "message"),
        (pie(1), "message"),
        ({"type": "markdown", "text": "x"}, "message"),
        ({"type": "alert", "text": plain("x")}, "modal"),
        (section("x"), "message modal home"),
        (field("f", {"type": "plain_text_input"}), "message modal home"),
    ],
)
def test_each_block_keeps_to_its_surfaces(block: dict, where: str) -> None:
    views = {
        "message": lambda: check_message([block]),
        "modal": lambda: check_view(modal(blocks=[block]), "modal"),
        "home": lambda: check_view({"type": "home", "blocks": [block]}, "home"),
    }
    assert {name for name, check in views.items() if not check()} == set(where.split())


def test_faults_name_the_place_as_slack_does() -> None:
    [fault] = check_message([section("ok"), actions(button("b", "x" * 76))])
    where = "/blocks/1/elements/0/text/text"
    assert str(fault) == f"[ERROR] must be less than 76 characters [json-pointer:{where}]"


def test_an_input_needs_a_submit_button() -> None:
    view = modal()
    del view["submit"]
    assert [str(f) for f in check_view(view, "modal")] == [
        "[ERROR] missing required field: submit [json-pointer:/view]"
    ]
    assert check_view({**view, "blocks": [section("x")]}, "modal") == []


@pytest.mark.parametrize("key", ["title", "submit", "close"])
def test_home_has_no_frame(key: str) -> None:
    view = {"type": "home", "blocks": [section("x")]}
    assert check_view(view, "home") == []
    assert check_view({**view, key: plain("x")}, "home") != []
