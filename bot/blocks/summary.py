"""The decision in a few plain sentences for a manager: to copy, or to post in the thread."""

from __future__ import annotations

import re

from bot.blocks import estimate, ids, kit, phrases
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, day, person, sentence
from bot.domain.model import GOES_AHEAD, Advice
from bot.domain.pack.vocabulary import SAVING
from bot.domain.team import Standing
from bot.domain.words import asked, count, leaving, number, some

MOST = 2
"""Points of risk, and things that are asked."""


def private(standing: Standing) -> Payload:
    """For the one who asked."""
    return message(
        *_blocks(standing),
        kit.context("foot", "Only you see this. Copy it from here, or post it for everyone."),
        kit.actions(
            "do", kit.button(ids.SHARE_SUMMARY, "Post in the thread", standing.assessment.id)
        ),
    )


def posted(standing: Standing, user: str) -> Payload:
    """For the thread."""
    foot = kit.context("foot", f"Asked for by {person(user)}.")
    return message(*_blocks(standing), foot)


def _blocks(standing: Standing) -> list[Block]:
    advice = standing.advice
    lines = [
        f"*{asked(advice)} {advice.title}.* {_why(advice)}",
        f"*Hours and money.* {_cost(standing)}",
        f"*Risk.* {_risk(standing)}",
        f"*What is asked of you.* {_asked(advice)}",
    ]
    stands = f"As of {day(standing.assessment.touched_at)}, rules {advice.pack.version}."
    return [kit.section("summary", cut("\n".join(lines), 2900)), kit.context("stands", stands)]


def _why(advice: Advice) -> str:
    """Two sentences: the point, and the first reason for it."""
    point = sentence(advice.headline.removeprefix(f"{advice.title}: "))
    return f"{point} {_sentences(advice.because, 1)}"


def _sentences(text: str, most: int) -> str:
    """The first sentences of a text."""
    return " ".join(re.split(r"(?<=[.?!]) (?=[A-Z0-9“])", text)[:most])


def _cost(standing: Standing) -> str:
    hours, worked_out = _hours(standing), standing.estimate
    money = estimate.money(worked_out) if worked_out else ""
    if not money:
        return f"{hours} The proxies' cost in money is not estimated yet."
    return f"{hours} The proxies' CPU and memory are estimated at {money}, not measured."


def _hours(standing: Standing) -> str:
    tax, there = standing.advice.tax, standing.advice.there
    if tax is None:
        return "The engineer hours are not counted yet."
    guesses = " Some of these are guesses." if standing.guesses else ""
    total = some(tax.total_hours, "engineer hours")
    assumed = ", assumed" if SAVING in tax.assumed else ""
    saved = f"{number(tax.saved_hours)} ({number(tax.saving_percent)} %{assumed})"
    took = number(tax.mesh_hours)
    asked = "Running it is put at 0 hours: who upgrades it?" if tax.mesh_hours == 0 else ""
    beside = "".join(f" {each}" for each in (asked, phrases.payback(tax)) if each)
    if there:
        return (
            f"The network between services would cost {total} a month without the mesh; the mesh "
            f"saves {saved} and takes {took} to run.{beside}{guesses}"
        )
    return (
        f"The network between services costs {total} a month today; a mesh would save {saved} and "
        f"take {took} to run.{beside}{guesses}"
    )


def _risk(standing: Standing) -> str:
    """What speaks against what is advised, whether somebody accepted to own it, what is guessed."""
    advice = standing.advice
    points = [each.text for each in advice.reasons if each.speaks == "against"]
    if advice.outcome == "leave":
        points = [f"Must run before it goes: {each}" for each in leaving(advice)]
    elif advice.outcome == "keep":
        points = [*(each.text for each in advice.blockers), *points]
    elif advice.outcome not in GOES_AHEAD:
        points = [each.text for each in advice.blockers] or points
        points = [*([advice.duty] if advice.duty else []), *points]
    against = points[:MOST] or ["No answer speaks against it."]
    unowned = standing.says_owned and not standing.owners and advice.outcome in GOES_AHEAD
    guesses = standing.guesses
    rests = [f"It rests on {count(guesses, 'guess', 'guesses')}."] if guesses else []
    nobody = [sentence(phrases.NOBODY_HERE)] if unowned else []
    return " ".join([*against, *nobody, *rests])


def _asked(advice: Advice) -> str:
    return " ".join(map(sentence, advice.actions[:MOST])) or "Nothing at present."
