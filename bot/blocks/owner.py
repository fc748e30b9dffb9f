"""Finding an owner: the picker, the request in the thread, the answer to it."""

from __future__ import annotations

from bot.blocks import ids, kit
from bot.blocks.nominations import answers, named_since, said_since, said_why
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import person
from bot.domain.model.nominations import Nominated
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
                "thread and directly. No answer changes before they accept; who names themselves "
                "accepts.",
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
        kit.actions("do", *answers("owner", standing.assessment.id)),
    )


def request_over(now: Nominated) -> Payload:
    """The request once nobody waits for the person's word any more."""
    who = person(now.nomination.person)
    match now.stands:
        case "accepted":
            text = f"{who} accepted to own this, with time set aside.{said_since(now)}"
        case "declined":
            text = f"{who} will not be the owner.{said_why(now.nomination.reason)}"
        case "another":
            text = f"{who} was asked to be the owner. {named_since(now)}."
        case _:
            text = f"{who} was asked to be the owner, and need not answer any more."
    return message(kit.section("ask", text))
