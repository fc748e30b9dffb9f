"""What a pilot takes along from the team's card, until its plan names services."""

from __future__ import annotations

from bot.blocks import estimate, kit
from bot.blocks.kit import Block
from bot.blocks.pages import brief
from bot.blocks.words import cut, inside
from bot.domain.pack import Pack
from bot.domain.pilot.model import Dossier
from bot.domain.team import Standing
from bot.domain.words import on_day

MATTERING = ("services", "platform_owner", "measurement_ready", "threat_level")
"""Answers that a plan rests on."""


def along(pack: Pack, dossier: Dossier) -> list[Block]:
    """The shape, the estimate and the answers that a plan rests on, as the card has them."""
    team = dossier.team
    if team is None or dossier.plan.services:
        return []
    lines = _lines(pack, team)
    return (
        [kit.section("along", cut("\n".join(["*From the card*", *lines]), 3000))] if lines else []
    )


def _lines(pack: Pack, team: Standing) -> list[str]:
    shape, counted, deadline = team.advice.shape, team.estimate, team.advice.deadline
    facts = [
        f"{question.short}: {brief(question, answer.answer.value)}"
        for each in MATTERING
        if (question := pack.questions.get(each)) and (answer := team.answered.get(each))
    ]
    return [
        *([f"• Where the proxy runs: {cut(inside(shape.title), 150)}"] if shape else []),
        *([f"• {estimate.line(counted)}"] if counted and counted.modes else []),
        *([f"• {' · '.join(facts)}"] if facts else []),
        *([f"• To be proven by {on_day(deadline)}"] if deadline else []),
    ]
