"""Whoever is named hears it directly: one message, which says later what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.blocks import ids, kit
from bot.blocks.kit import Block, Element
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.values import ActionLine, PilotException
from bot.blocks.words import cut, escaped, person
from bot.domain.model.nominations import MOST_WHY, Nominated, NominatedFor, Nomination
from bot.domain.pilot.model import PolicyException
from bot.domain.words import listed

WHY = "why"
LEAVE_ME_ALONE = "Don't ask me this way"
FROM_A_ROUND = "round"
"""What that button is worth below an invitation to a round."""
LEFT_ALONE = (
    "I no longer write to you when somebody names you. What you are asked stands in the channel's "
    "thread and under Home, which also takes this back."
)


class Buttons(NamedTuple):
    """The two answers to a request."""

    yes: tuple[str, str]
    no: tuple[str, str]


ANSWERS: Mapping[NominatedFor, Buttons] = {
    "owner": Buttons((ids.OWN_THIS, "I own this"), (ids.DECLINE, "Not me")),
    "roles": Buttons((ids.ACCEPT_ROLES, "I accept my roles"), (ids.DECLINE_ROLES, "Not me")),
    "exception": Buttons((ids.APPROVE, "I approve it"), (ids.REFUSE, "I refuse it")),
    "action": Buttons((ids.ACTION_ACCEPT, "I do it"), (ids.ACTION_DECLINE, "Not me")),
    "measure": Buttons((ids.MEASURE_LATER, "I will measure it"), (ids.DECLINE_MEASURING, "Not me")),
}
_YES: Mapping[NominatedFor, str] = {
    "owner": "You accepted to run the mesh of {where}.",
    "roles": "You accepted what you were asked for in the pilot of {where}.",
    "exception": "You approved the exception{what} in {where}.",
    "action": "You took it on in {where}: {what}",
    "measure": "You accepted to measure the goal of the pilot of {where}{what}.",
}
_NO: Mapping[NominatedFor, str] = {
    "owner": "You said that you will not run the mesh of {where}.",
    "roles": "You said no to what you were asked for in the pilot of {where}.",
    "exception": "You refused the exception{what} in {where}.",
    "action": "You said that you will not do this in {where}: {what}",
    "measure": "You said that you will not measure the goal of the pilot of {where}.",
}
_ASKED_FOR: Mapping[NominatedFor, str] = {
    "owner": "to run the mesh of {where}",
    "roles": "for a role in the pilot of {where}",
    "exception": "to approve an exception in {where}",
    "action": "to do something in {where}",
    "measure": "to measure the goal of the pilot of {where}",
}


def answers(kind: NominatedFor, worth: str) -> tuple[Element, Element]:
    """Yes and no, wherever somebody is asked."""
    yes, no = ANSWERS[kind]
    return kit.button(*yes, worth, style="primary"), kit.button(*no, worth)


def direct(now: Nominated) -> Payload:
    """To the person alone: asked, or what came of it."""
    nomination = now.nomination
    if now.stands != "asked":
        return message(kit.section("ask", _came(now)), *_alone(now))
    go = [kit.button(ids.GO_TO_CARD, "Go to the card", nomination.subject, url=now.link)]
    stop = [kit.button(ids.LEAVE_ME_ALONE, LEAVE_ME_ALONE, nomination.id)]
    return message(
        kit.section("ask", _asked(now)),
        kit.actions(
            "do",
            *answers(nomination.kind, _worth(nomination)),
            *(go if now.link else []),
            *([] if now.left_alone else stop),
        ),
        *_alone(now),
    )


def _worth(nomination: Nomination) -> str:
    match nomination.kind:
        case "exception":
            return str(PilotException(pilot=nomination.subject, exception=nomination.part))
        case "action":
            return str(ActionLine(assessment=nomination.subject, line=nomination.part))
    return nomination.subject


def _alone(now: Nominated) -> list[Block]:
    return [kit.context("alone", LEFT_ALONE)] if now.left_alone else []


def _asked(now: Nominated) -> str:
    by, where = person(now.nomination.by), f"<#{now.nomination.channel}>"
    match now.nomination.kind:
        case "owner":
            return (
                f"{by} named you as the one who would run the mesh of {where}: upgrades, policy, "
                "on-call, with time set aside for it. Nothing changes until you accept, and "
                "nothing at all if you say no."
            )
        case "roles":
            return (
                f"{by} named you for *{listed(now.named)}* in the pilot of {where}. It is yours "
                "once you accept, and stays as it was if you say no. Where nobody has accepted to "
                "own the mesh, whoever has every role is named as its owner."
            )
        case "exception":
            return _asked_to_approve(by, where, *now.named)
        case "action":
            text, due = now.named
            until = f" by {due}" if due else ""
            return (
                f"{by} asks in {where} whether you do this{until}: {cut(text, 2000)}\nIt is not "
                "yours until you say so, and stays as it was if you say no."
            )
        case "measure":
            return _asked_to_measure(by, where, *now.named)


def _asked_to_measure(by: str, where: str, metric: str, due: str) -> str:
    on = f" on {due}" if due else ""
    return (
        f"{by} named you as the one who will measure the goal of the pilot of {where}{on}: "
        f"{escaped(metric, 600)}\nIt is not yours until you say so, and stays as it was if you say "
        "no."
    )


def _asked_to_approve(
    by: str, where: str, service: str, until: str, reason: str, holds: str = ""
) -> str:
    """An exception, or a new date of one that holds until its first."""
    what, it = ("a new date for an exception", "The new date") if holds else ("an exception", "It")
    first = f"\nIt holds until {holds}." if holds else ""
    return (
        f"{by} asks you to approve {what} in {where}: {exception(service, until, reason)}{first}\n"
        f"{it} is not approved before you say so, and you may refuse."
    )


def exception(service: str, ends_on: str, reason: str) -> str:
    """What an approver has to know of it."""
    return f"*{escaped(service, 120)}* until {ends_on}: {escaped(reason, 600)}"


def _came(now: Nominated) -> str:
    """Only their own word is said to be theirs."""
    nomination, where = now.nomination, f"<#{now.nomination.channel}>"
    what = cut(now.named[0], 2000) if nomination.kind == "action" and now.named else ""
    if nomination.kind == "measure" and now.named[1:] and now.named[1] and not now.lapsed:
        what = f" on {now.named[1]}"
    if nomination.kind == "exception" and now.named:
        what = f" for {escaped(now.named[0], 120)}"
    match now.stands:
        case "accepted":
            return f"{_YES[nomination.kind].format(where=where, what=what)}{said_since(now)}"
        case "declined":
            sentence = _NO[nomination.kind].format(where=where, what=what)
            if now.named[3:] and nomination.kind == "exception":
                sentence = (
                    f"You refused a new date of the exception{what} in {where}: it stays as it was."
                )
            return f"{sentence}{said_why(nomination.reason)}"
    asked = f"You are not asked any more {_ASKED_FOR[nomination.kind].format(where=where)}"
    if now.stands == "another":
        return f"{asked}: {named_since(now)}."
    ended = "what it was about is over" if now.stands == "ended" else "that was taken back"
    return f"{asked}: {ended}."


def named_since(now: Nominated) -> str:
    """Who was named in place of whoever is not asked any more."""
    were = "was" if len(now.others) == 1 else "were"
    return f"{listed([person(each) for each in now.others])} {were} named since"


def said_since(now: Nominated) -> str:
    """That what they accepted is not theirs any more, of roles which; empty while it is."""
    if now.lapsed and now.nomination.kind == "roles":
        return f" No longer yours: {listed([f'*{each}*' for each in now.named])}."
    return " That does not stand any more." if now.lapsed else ""


def taken_back(now: Nominated) -> Payload:
    """To the person alone, once: what they accepted is not theirs any more."""
    go = [kit.button(ids.GO_TO_CARD, "Go to the card", now.nomination.subject, url=now.link)]
    return message(kit.section("ask", _came(now)), *([kit.actions("do", *go)] if now.link else []))


def said_why(reason: str) -> str:
    """What somebody wrote with their no; empty where they wrote nothing."""
    return f" Why: {escaped(reason, MOST_WHY)}" if reason else ""


def gone(nomination: Nomination) -> Payload:
    """The team deleted what somebody was asked for."""
    return message(kit.section("ask", _came(Nominated(nomination=nomination, stands="ended"))))


def declining(kind: NominatedFor, meta: str) -> Payload:
    """To say no, with a reason or without."""
    title = "Refuse it" if kind == "exception" else "Not me"
    why = kit.text_input(ids.ANSWER, most=MOST_WHY, lines=True)
    hint = "The team sees it. Leave it empty and only your no is shown."
    return modal(
        ids.DECLINING,
        title,
        [
            kit.context("intro", "Everything stays as it was before you were asked."),
            kit.field(WHY, "Why not?", why, hint, optional=True),
        ],
        submit="Say no",
        meta=meta,
    )


def refusals(declined: Sequence[Nomination], exceptions: Sequence[PolicyException]) -> list[Block]:
    """Exceptions, and new dates of them, that their approver refused; the last few."""
    by_id, lines = {each.id: each for each in exceptions}, list[str]()
    for each in declined:
        if (exception := by_id.get(each.part)) is not None:
            what = "" if exception.approval == "refused" else "a new date of "
            named = f"{what}the exception for {escaped(exception.service, 120)}"
            again = " that was asked for before" if _asked_anew(exception, exceptions) else ""
            lines.append(f"{person(each.person)} refused {named}{again}.{said_why(each.reason)}")
    return [kit.context("refused", "\n".join(lines[-3:]))] if lines else []


def _asked_anew(refused: PolicyException, exceptions: Sequence[PolicyException]) -> bool:
    """Whether another exception stands for the service of one that was refused."""
    others = (each for each in exceptions if each.service == refused.service)
    return refused.approval == "refused" and any(each.approval != "refused" for each in others)
