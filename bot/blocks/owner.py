"""Finding an owner: the picker, the request in the thread, the answer to it."""

from __future__ import annotations

from bot.blocks import ids, kit
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import person
from bot.domain.team import Standing

FIELD = "owner_user"


def picker(meta: str) -> Payload:
    """Who would run it; naming somebody asks them, it does not appoint them."""
    return modal(
        ids.NOMINATE,
        "Find an owner",
        [
            kit.context(
                "intro",
                "Upgrades, policy, on-call, with time set aside. The person is asked in the card's "
                "thread. No answer changes before they accept; who names themselves accepts.",
            ),
            kit.field(FIELD, "Who would run the mesh?", kit.user_select(ids.ANSWER, "Choose")),
        ],
        submit="Ask them",
        meta=meta,
    )


def request(standing: Standing, asked_by: str) -> Payload:
    """In the thread, to the person who was named."""
    owner = person(standing.assessment.owner_asked or "")
    return message(
        kit.section(
            "ask",
            f"{owner}: {person(asked_by)} named you as the one who would run the mesh: upgrades, "
            "policy, on-call, with time set aside for it. Nothing changes until you accept, and "
            "nothing at all if you say no.",
        ),
        kit.actions(
            "do",
            kit.button(ids.OWN_THIS, "I own this", standing.assessment.id, style="primary"),
            kit.button(ids.DECLINE, "Not me", standing.assessment.id),
        ),
    )


def answered(user: str, *, accepted: bool) -> Payload:
    """The request after the person answered."""
    said = "owns this, with time set aside" if accepted else "will not be the owner"
    return message(kit.section("ask", f"{person(user)} {said}."))
