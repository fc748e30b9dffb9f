"""Under Home: what somebody is asked by name, with the two answers."""

from __future__ import annotations

from datetime import date

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.nominations import answers, exception
from bot.blocks.values import PilotException
from bot.blocks.words import escaped
from bot.domain.model.nominations import NominatedFor
from bot.domain.replies import PilotHere
from bot.domain.words import listed, on_day


def on_home(here: PilotHere) -> list[Block]:
    """What one pilot waits for from this person."""
    where, blocks = f"<#{here.channel}>", list[Block]()
    if here.asked:
        text = f"You were named for *{listed(here.asked)}* in the pilot of {where}."
        blocks += asks(f"roles.{here.id}", text, "roles", here.id)
    if here.to_measure:
        metric, day = here.to_measure
        text = f"{where} asks you to measure its pilot's goal on {day}: {escaped(metric, 600)}"
        blocks += asks(f"measure.{here.id}", text, "measure", here.id)
    for name, service, ends_on, reason in here.to_approve:
        text = f"{where} asks you to approve an exception: {_until(service, ends_on, reason)}"
        worth = str(PilotException(pilot=here.id, exception=name))
        blocks += asks(f"approve.{here.id}.{name}", text, "exception", worth)
    return blocks


def _until(service: str, ends_on: date, reason: str) -> str:
    return exception(service, on_day(ends_on), reason)


def owner_on_home(assessment: str, channel: str) -> list[Block]:
    """The request to own a team's mesh."""
    text = f"You were named as owner of a mesh in <#{channel}>."
    return asks(f"waiting.{assessment}", text, "owner", assessment)


def asks(block_id: str, text: str, kind: NominatedFor, worth: str) -> list[Block]:
    """Under Home: what somebody is asked, and the two answers."""
    return [
        kit.section(block_id, text),
        kit.actions(f"{block_id}.do", *answers(kind, worth)),
    ]


def alone_on_home() -> list[Block]:
    """For whoever wants no messages when they are named."""
    again = kit.button(ids.ASK_ME_AGAIN, "Write to me again", "me")
    return [kit.section("left_alone", "I do not write to you when somebody names you.", again)]
