"""People at the small Slack, with a real Bolt app behind it on either transport."""

from __future__ import annotations

import pytest

from playground.forms import REQUIRED, Unreachable
from playground.slack import Slack

ANY = pytest.mark.usefixtures("app")


@ANY
def test_a_command_opens_a_modal_that_is_filled_and_sent(slack: Slack) -> None:
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    assert (ana.modal.title, ana.modal.inputs) == ("Form", ["colour", "count", "note"])
    ana.chooses("Colour", "Blue")
    ana.fills("count", 7)
    ana.fills("note", "hello")
    ana.submits()
    assert ana.modal is None
    assert ana.last().text == "7 blue hello"
    assert slack.faults == []
    values = slack.traffic.sent("view_submission")[0].request["view"]["state"]["values"]
    assert {block: next(iter(v.values()))["type"] for block, v in values.items()} == {
        "colour": "static_select",
        "count": "number_input",
        "note": "plain_text_input",
    }


@ANY
def test_the_client_keeps_what_slack_would_keep(slack: Slack) -> None:
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    ana.fills("count", "0")
    ana.fills("note", "x" * 21)
    assert ana.submits() is None
    assert ana.errors == {
        "colour": REQUIRED,
        "count": "Enter a number that is 1 or more.",
        "note": "Use at most 20 characters.",
    }
    assert slack.traffic.sent("view_submission") == []
    ana.chooses("colour", "red")
    ana.fills("count", "1.5")
    ana.fills("note", None)
    assert ana.submits() is None
    assert ana.errors == {"count": "Enter a whole number."}
    with pytest.raises(Unreachable, match="green"):
        ana.chooses("colour", "green")


@ANY
def test_answers_to_a_submission(slack: Slack) -> None:
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    ana.chooses("colour", "red")
    ana.fills("note", "refuse")
    ana.submits()
    assert ana.errors == {"note": "Not this."}
    ana.fills("note", "again")
    ana.submits()
    assert (ana.modal.title, ana.errors) == ("Second", {})
    ana.presses("Deeper")
    assert ana.modal.title == "Deeper"
    ana.chooses("colour", "red")
    ana.fills("note", "clear")
    ana.submits()
    assert ana.modal is None
    assert slack.faults == []


@ANY
@pytest.mark.parametrize(
    ("note", "fault"),
    [("misplaced", "no input block with this block_id"), ("oversize", "less than 25 characters")],
)
def test_wrong_answers_are_visible_faults(slack: Slack, note: str, fault: str) -> None:
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    ana.chooses("colour", "red")
    ana.fills("note", note)
    ana.submits()
    assert fault in slack.faults[0]
    assert "trouble" in ana.modal.trouble
    assert ana.errors == {}


@ANY
def test_a_button_with_a_dialog_asks_first(slack: Slack) -> None:
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    with pytest.raises(Unreachable, match="All is lost"):
        ana.presses("Wipe")
    ana.presses("Wipe", confirm=False)
    assert ana.modal.title == "Form"
    ana.presses("Wipe", confirm=True)
    assert ana.modal.title == "Wiped"


@ANY
def test_cancel_shows_the_view_beneath_and_the_cross_clears_all(slack: Slack) -> None:
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    ana.presses("Deeper")
    ana.presses("Cancel")
    assert (ana.modal.title, ana.last().text) == ("Form", "closed False")
    ana.presses("Deeper")
    ana.dismisses()
    assert (ana.modal, ana.last().text) == (None, "closed True")


@ANY
def test_two_people_and_one_message(slack: Slack) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.types("/meshfit post", in_="payments")
    ben.presses("Bump", on=ben.last("payments"))
    assert [(m.text, m.ephemeral) for m in ben.sees("payments")] == [
        ("bumped", False),
        ("psst", True),
    ]
    assert [m.text for m in ana.sees("payments")] == ["bumped"]
    assert slack.faults == []


@ANY
def test_mentions_direct_messages_home_and_shortcut(slack: Slack) -> None:
    ana = slack.person("ana")
    ana.mentions("is <b> & #platform ok @ben?", in_="payments")
    asked = ana.last("payments")
    assert [m.text for m in asked.thread] == [
        "heard <@U0MESHFIT> is &lt;b&gt; &amp; <#C0PLATFORM|platform> ok <@U0BEN>?"
    ]
    ana.mentions("and this?", in_="payments", thread=asked)
    assert len(asked.thread) == 4 - 1
    ana.dms("hello", files=[("run.json", b"{}")])
    assert ana.last().text == "dm hello ['run.json']"
    ana.opens_home()
    assert ana.home.all_text == "hello <@U0ANA>\nStart"
    ana.presses("Start", on=ana.home)
    ana.shortcut("Ask meshfit about this", on=asked)
    assert ana.last("payments").ephemeral
    assert ana.last("payments").text.startswith("about ")
    assert slack.person("ben").last("payments").text == asked.text


@ANY
def test_a_command_may_be_answered_in_its_acknowledgement_or_later(slack: Slack) -> None:
    ana = slack.person("ana")
    ana.types("/meshfit say hi", in_="vault")
    assert (ana.last("vault").text, ana.last("vault").ephemeral) == ("say hi", True)
    ana.types("/meshfit later", in_="incidents")
    assert ana.last("incidents").text == "first"
    assert slack.faults == []


@ANY
def test_a_command_carries_names_as_slack_writes_them(slack: Slack) -> None:
    slack.person("ana").types("/meshfit say @ben <3 #platform & @nobody", in_="payments")
    assert slack.traffic.sent("/meshfit")[0].request["text"] == (
        "say <@U0BEN|ben> &lt;3 <#C0PLATFORM|platform> &amp; @nobody"
    )


@ANY
def test_where_the_bot_is_not_it_hears_nothing_until_invited(slack: Slack) -> None:
    ana = slack.person("ana")
    ana.mentions("hello?", in_="incidents")
    assert slack.traffic.sent("app_mention") == []
    ana.types("/invite @meshfit", in_="incidents")
    ana.mentions("hello?", in_="incidents")
    assert len(slack.traffic.sent("app_mention")) == 1


@pytest.mark.filterwarnings("ignore")
@ANY
def test_a_crash_is_shown_as_slack_shows_it(slack: Slack) -> None:
    ana = slack.person("ana")
    answer = ana.types("/meshfit boom", in_="payments")
    assert not answer.ok
    assert "failed with the error" in ana.last("payments").text
    assert len(slack.faults) == 2


@ANY
def test_a_stranger_meets_the_limits_of_slack(slack: Slack) -> None:
    dmitri = slack.person("dmitri")
    with pytest.raises(Unreachable):
        dmitri.types("/meshfit", in_="partners")
    with pytest.raises(Unreachable):
        dmitri.sees("payments")
    slack.person("ana").types("/meshfit post", in_="partners")
    dmitri.presses("Bump", on=dmitri.last("partners"))
    assert slack.traffic.sent("block_actions")[-1].request["user"]["team_id"] == "T0PARTNER"


@ANY
def test_what_is_gone_from_the_screen_cannot_be_pressed(slack: Slack) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.types("/meshfit", in_="payments")
    form = ana.modal
    with pytest.raises(Unreachable, match="ben has no modal"):
        ben.presses("Deeper")
    with pytest.raises(Unreachable, match="not on the screen"):
        ben.presses("Deeper", on=form)
    ana.closes()
    with pytest.raises(Unreachable, match="not on the screen"):
        ana.presses("Deeper", on=form)
    ana.types("/meshfit", in_="payments")
    with pytest.raises(LookupError, match="nothing called 'Nowhere'"):
        ana.presses("Nowhere")
