"""Who sees a team's card beside its channel: in the form that shares it, in its thread, alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import person
from bot.domain.replies import ToLeads
from bot.domain.words import count, listed

FIELD = "to_leads"
SHOW = "show"
MOST = 8
"""Leads that one sentence names."""
_SEE = (
    "outcome, what stops it, hours, owner, pilot with its goal, open actions, which date comes "
    "next; and they may add up its answers with those of other teams for a decision of the "
    "platform, and have what changed told once a month in a channel that they choose, where "
    "everybody reads it"
)


def in_form(seen: ToLeads) -> list[Block]:
    """Beside what is shared: who else will see it, ticked, and can be unticked."""
    if not seen.leads:
        return []
    tick = kit.checkboxes(ids.TO_LEADS, [(SHOW, "Leads see it too")], [SHOW] if seen.on else [])
    return [
        kit.context("leads", f"Your leads, who see what teams show them: {named(seen.leads)}."),
        kit.field(FIELD, "Also your leads", tick, f"Of the card: {_SEE}.", optional=True),
    ]


def named(leads: Sequence[str]) -> str:
    """`@ana and @ben`, `@ana, @ben and 3 more`."""
    people = [person(each) for each in leads[:MOST]]
    left = len(leads) - len(people)
    return listed([*people, *([f"{left} more"] if left else [])])


def told(who: str, leads: Sequence[str], *, on: bool) -> Payload:
    """In the card's thread, so that everybody there knows who else reads it."""
    if not on:
        return message(kit.section("to_leads", f"{person(who)} no longer shows this to the leads."))
    are = f" ({named(leads)})" if leads else ""
    return message(
        kit.section("to_leads", f"{person(who)} shows this to the leads of the workspace{are}."),
        kit.context("see", f"They see {_SEE}. `/meshfit leads` takes that back."),
    )


def here(seen: ToLeads) -> Payload:
    """`/meshfit leads`: whether they see this channel's card, with the button that changes it."""
    if not seen.leads:
        text = "Nobody leads in this workspace, so nobody sees cards of other teams."
        return message(kit.section("to_leads", text))
    who = f"{count(len(seen.leads), 'lead')} of this workspace ({named(seen.leads)})"
    by = f", as {person(seen.by)} said" if seen.by else ""
    does = f"see this channel's card{by}" if seen.on else "do not see this channel's card"
    label = "Stop showing it to them" if seen.on else "Show it to them"
    value = "off" if seen.on else "on"
    return message(
        kit.section("to_leads", f"The {who}: they {does}."),
        kit.context("see", f"Who is shown a card sees {_SEE}."),
        kit.actions("do", kit.button(ids.SHOW_LEADS, label, value)),
    )
