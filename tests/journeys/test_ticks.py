"""Steps tick themselves from what is there; a person's tick stands beside it."""

from __future__ import annotations

from bot.domain.pack import Pack
from playground.slack import Slack
from tests.journeys.pilots import checklist, plans, reaches, types_figures
from tests.journeys.test_pilot import ticks
from tests.journeys.test_pilot_forms import keeps_all


def marks(slack: Slack) -> str:
    """A mark for each step of the checklist, in their order."""
    steps = [
        block["text"]["text"]
        for block in checklist(slack.person("ana")).blocks
        if block["block_id"].startswith("step.")
    ]
    return "".join(each[0] for each in steps)


def test_steps_tick_themselves_one_after_the_other(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    checklist(ana)
    assert marks(slack) == "☐☐☐☐☐"
    ticks(ben, checklist(ana), "measure")
    assert marks(slack) == "☐☐☐☐☐"
    assert "Ticked by <@U0BEN>" in checklist(ana).all_text
    assert "; nothing is measured yet." in checklist(ana).all_text
    plans(ana, ben)
    assert marks(slack) == "☑☑☐☐☐"
    types_figures(ana, "checkout", p95=("20", "21"))
    assert "; not everything is measured yet." in checklist(ana).all_text
    assert marks(slack) == "☑☑☐☐☐"
    keeps_all(slack, pack)
    reaches(ana, 96)
    assert marks(slack)[:3] == "☑☑☑"
    assert "measured yet" not in checklist(ana).all_text
