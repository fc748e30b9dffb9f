"""From the first word to a rollout that is complete: how much of it the channel has to see."""

from __future__ import annotations

from bot.domain.pack import Pack
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.pilots import checklist, closes
from tests.journeys.story import (
    aside,
    card,
    changes,
    names_owner,
    posted,
    shares_quick_path,
    turns_to,
)
from tests.journeys.test_estimate import estimates
from tests.journeys.test_pilot_forms import passes
from tests.journeys.test_rollout import goes_on, rollout, ticks_all
from tests.journeys.test_worksheet import works_out

MOST = 9
"""Lines of meshfit's that a channel sees of a whole decision."""


def said_by_the_bot(slack: Slack) -> list[ShownMessage]:
    """What meshfit wrote where everybody sees it, replies that were also sent there included."""
    bot = slack.world.bot.id
    return [each for each in posted(slack.person("ben")) if each.message.user == bot]


def test_a_whole_decision_is_few_lines_in_the_channel(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    names_owner(ana, ben)
    ben.presses("I own this", on=[e for e in card(ben).thread if "I own this" in e.buttons][-1])
    changes(ana, services=60, teams=10, threat_level="regulated")
    turns_to(ana, "hours")
    for field, value in (("incidents_per_month", 2), ("hours_per_incident", 18)):
        ana.fills(field, value)
    ana.fills("drift_hours_per_team", 4)
    works_out(ana)
    ana.chooses("trend", "rising")
    ana.submits()
    while ana.modal:
        ana.submits()
    changes(ana, driver="identity", success_metric="95 % of east-west calls use workload identity")
    estimates(ana)
    ana.closes()
    ana.types("/meshfit whatif", in_="payments")
    ana.presses("Post in the thread", on=aside(ana))
    ana.types("/meshfit summary", in_="payments")
    ana.presses("Post in the thread", on=aside(ana))
    ana.types("/meshfit record", in_="payments")

    ana.presses("Start the pilot", on=card(ana))
    if ana.modal:
        ana.closes()
    passes(slack, pack)
    ana.types("/meshfit verdict", in_="payments")
    ana.presses("Post in the thread", on=aside(ana))
    closes(ana)
    assert "closed, passed" in checklist(ana).all_text
    assert "Adopt, in stages" in card(ana).all_text

    for _ in pack.stages:
        ticks_all(ana)
        goes_on(ana)
    ticks_all(ana)
    assert "The rollout is complete" in rollout(ana).all_text
    ana.types("/meshfit record", in_="payments")
    ana.types("/meshfit report", in_="payments")
    ben.types("/meshfit", in_="payments")

    lines = said_by_the_bot(slack)
    assert 3 <= len(lines) <= MOST, [each.all_text.splitlines()[0] for each in lines]
    live = [each for each in lines if not each.message.broadcast]
    assert len(live) == 3, "a card, a checklist and a rollout, each edited in place"
    turned = [each for each in lines if each not in live]
    assert all(" → " in each.all_text for each in turned), "only a change of outcome is broadcast"
