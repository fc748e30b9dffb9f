"""Nobody is said to have done what they did not: what screens claim, and the acts that are held."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.team import FORMER
from bot.store.export import export
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.screens import everything, views

USER = r"<@(\w+)>"
CLAIMS = {
    "accepted": (
        rf"\*Owner:\* {USER}, who accepted",
        rf"{USER} owns this",
    ),
    "approved": (rf"approved by {USER}",),
    "confirmed": (rf"still true [^·]*?\({USER}\)", rf"Confirmed by {USER}"),
    "measured": (rf"\((?:measured|counted), {USER}",),
}
"""Kind of act → the sentences that say somebody did it."""


def nobody_is_said_to_have_done_what_they_did_not(slack: Slack, house: House) -> None:
    """Every claim on a screen has its act; of a workspace that was emptied nothing can be asked."""
    held = [each for each in export(house.db) if "row" in each]
    if not any(each["table"] in ("assessments", "pilots") for each in held):
        return
    done, whole = acts(held), json.dumps(held)
    mine = (each.text for each in everything(slack) if each.user == slack.world.bot.id)
    untrue = [
        (kind, who, text)
        for text in (*mine, *views(slack))
        for kind, who in claimed(text)
        if who not in done[kind] and (who in whole or FORMER not in whole)  # not forgotten since
    ]
    assert untrue == [], untrue


def claimed(text: str) -> set[tuple[str, str]]:
    """(kind, person) of every act that a text says somebody did."""
    return {
        (kind, who)
        for kind, patterns in CLAIMS.items()
        for pattern in patterns
        for who in re.findall(pattern, text)
    }


def acts(held: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Kind of act → who did it, by the rows that are held."""
    found: dict[str, set[str]] = {kind: set() for kind in CLAIMS}
    for each in held:
        row = each["row"]
        match each["table"]:
            case "assessments":
                found["accepted"].add(row["owner_accepted"])
                found["confirmed"].add(row["confirmed_by"])
            case "changesets":
                named = any(
                    change["question"] == "platform_owner"
                    and (change["after"] or {}).get("value") == "named"
                    for change in row["changes"]
                )
                found["accepted"] |= {row["respondent"]} if named else set()
            case "pilot_owners":
                owner = json.loads(row["owner"]) if isinstance(row["owner"], str) else row["owner"]
                found["accepted"] |= {owner["user"]} if owner["accepted"] else {owner["before"]}
            case "pilot_log" if row["kind"] == "exception":
                said = row["json"]
                if said["approval"] == "approved" and row["by"] == said["approver"]:
                    found["approved"].add(row["by"])
            case "pilot_log" if row["kind"] == "goal":
                found["measured"].add(row["by"])
    return found
