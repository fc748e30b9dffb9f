"""Long forms in steps: eight inputs at the most, and what was filled in stands there again."""

from __future__ import annotations

import pytest

from bot.blocks import ids, kit
from bot.blocks.carried import ViewMeta, leads_on
from bot.blocks.steps import Steps, pages_of, step
from bot.blocks.surfaces import inputs_in, modal
from bot.domain.model.filled_in import FilledIn
from bot.domain.pack.limits import MOST_INPUTS
from playground.strict.payloads import check_view
from tests.blocks.gallery import gallery

HERE = ViewMeta(channel="C1")
NUMBER = kit.number_input("x", "1", least="0", most=None, whole=False)
CHOICES = (("a", "One"), ("b", "Two"))


def fields(many: int) -> list[list[kit.Block]]:
    return [[kit.field(f"f{at}", "What?", kit.text_input("x", most=9))] for at in range(many)]


def test_no_view_of_the_gallery_asks_for_more_than_eight_things():
    asked = {name: inputs_in(drawn["blocks"]) for name, drawn in gallery() if "submit" in drawn}
    assert max(asked.values()) == MOST_INPUTS
    assert len(asked) > 20


def test_nine_inputs_are_our_fault():
    nine = [block for group in fields(9) for block in group]
    with pytest.raises(ValueError, match="9 inputs, 8 fit"):
        modal("x", "Title", nine, submit="Save")
    assert modal("x", "Title", nine[:8], submit="Save")


def test_what_belongs_together_stays_on_one_step():
    groups = [[*fields(3)[0], *fields(3)[1], *fields(3)[2]] for _ in range(4)]
    assert [inputs_in(page) for page in pages_of(groups)] == [6, 6]
    assert [inputs_in(page) for page in pages_of(fields(17))] == [8, 8, 1]


def test_a_step_says_which_it_is_and_leads_on_until_the_last():
    form = Steps("form", "Form", "Save", pages_of(fields(17)))
    drawn = [step(form, at, HERE) for at in range(3)]
    assert [each["submit"]["text"] for each in drawn] == ["Next", "Next", "Save"]
    assert [leads_on(each["private_metadata"]) for each in drawn] == [True, True, False]
    said = [each["blocks"][0]["elements"][0]["text"] for each in drawn]
    assert said[0] == "Step 1 of 3. Nothing is saved before the last."
    assert said[2] == "Step 3 of 3."
    back = [each["blocks"][-1]["elements"][0]["action_id"] for each in drawn[1:]]
    assert back == ["form" + ids.STEP_BACK] * 2


def test_a_form_of_one_step_says_nothing_of_steps():
    drawn = step(Steps("form", "Form", "Save", pages_of(fields(8))), 0, HERE)
    assert [block["type"] for block in drawn["blocks"]] == ["input"] * 8
    assert not leads_on(drawn["private_metadata"])


@pytest.mark.parametrize("said", [None, "", "no JSON", "[]", '{"more": "yes"}', 7])
def test_what_says_nothing_of_steps_does_not_lead_on(said: object):
    assert not leads_on(said)


def chosen(value: str) -> dict[str, object]:
    return {"text": {"type": "plain_text", "text": dict(CHOICES)[value]}, "value": value}


def ticked(value: str) -> dict[str, object]:
    return {"text": {"type": "mrkdwn", "text": dict(CHOICES)[value]}, "value": value}


@pytest.mark.parametrize(
    ("element", "left", "begins"),
    [
        (kit.text_input("x", "before", most=9), "now", {"initial_value": "now"}),
        (kit.text_input("x", "before", most=9), None, {}),
        (NUMBER, "2.5", {"initial_value": "2.5"}),
        (NUMBER, "two", {}),
        (NUMBER, "nan", {}),
        (NUMBER, "1e999", {}),
        (kit.select("x", CHOICES, "a"), "b", {"initial_option": chosen("b")}),
        (kit.select("x", CHOICES, "a"), None, {}),
        (kit.radio("x", CHOICES), "a", {"initial_option": chosen("a")}),
        (kit.radio("x", CHOICES), "gone", {}),
        (kit.multi_select("x", CHOICES, ["a"]), ("b",), {"initial_options": [chosen("b")]}),
        (kit.multi_select("x", CHOICES, ["a"]), (), {}),
        (kit.checkboxes("x", CHOICES), ("a",), {"initial_options": [ticked("a")]}),
        (kit.user_select("x", "Choose", "U1"), "U2", {"initial_user": "U2"}),
        (kit.people_select("x", "Choose"), ("U1", "U2"), {"initial_users": ["U1", "U2"]}),
        (kit.channel_select("x", "Choose"), "C2", {"initial_conversation": "C2"}),
        (kit.date_picker("x", "2026-01-01"), "2027-01-01", {"initial_date": "2027-01-01"}),
        (kit.file_input("x", 2), None, {}),
    ],
)  # fmt: skip
def test_what_was_left_in_a_field_stands_there_again(element, left, begins):
    form = Steps("form", "Form", "Save", [[kit.field("f", "What?", element)]])
    drawn = step(form, 0, HERE, FilledIn(fields={"f": {"x": left}}))
    field = drawn["blocks"][0]["element"]
    assert {key: value for key, value in field.items() if key.startswith("initial")} == begins
    assert check_view(drawn, "modal") == []


def test_what_was_not_shown_yet_begins_as_it_is_drawn():
    element = kit.text_input("x", "as it is", most=9)
    form = Steps("form", "Form", "Save", [[kit.field("f", "What?", element)]])
    drawn = step(form, 0, HERE, FilledIn(fields={"other": {"x": "text"}}))
    assert drawn["blocks"][0]["element"]["initial_value"] == "as it is"
