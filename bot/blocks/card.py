"""The team's live card and `/meshfit` alone: at most twelve lines each."""

from __future__ import annotations

from bot.blocks import ids, kit, next_step, phrases, rows, surfaces, turned
from bot.blocks.kit import Block, Element
from bot.blocks.pages import ALREADY, brief
from bot.blocks.rounds import BUTTON as ROUND
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import alone, core_count, cut, day, minutes, or_pages, person, sentence
from bot.domain.pack import Pack
from bot.domain.replies import Overview
from bot.domain.snapshots.model import Since
from bot.domain.team import Standing
from bot.domain.words import asked, count

MOST_BUTTONS = 5
_REMINDERS = ("platform_owner", "services", "incidents_per_month")
"""The answers most likely to be out of date when a team comes back."""


def card(pack: Pack, standing: Standing) -> Payload:
    """The one message a team's decision lives in; edited in place."""
    change = kit.button(ids.EDIT, "Change answers", standing.assessment.id)
    clashes, then = _clashes(standing, change), next_step.of_card(pack, standing).line
    lines = rows.fitted(pack, standing, [surfaces.spoken([*clashes, *_head(standing)]), then])
    return message(
        *clashes,
        *_head(standing),
        *_facts(lines),
        kit.section("next", then),
        kit.actions("do", *_buttons(pack, standing)),
        kit.context("foot", lines.small),
    )


def example(pack: Pack, standing: Standing, situation: str) -> Payload:
    """A card for somebody else's situation, to see what one gets."""
    return message(
        kit.context("example", f"*An example, not your team.* {situation}"),
        *_body(pack, standing),
        kit.actions("do", kit.button(ids.START, "Start with our answers", style="primary")),
    )


def closed(pack: Pack, standing: Standing, user: str) -> Payload:
    """The card of an assessment that a new one replaced."""
    return message(
        *_body(pack, standing),
        kit.context("foot", f"Closed by {person(user)}. It stays readable: `/meshfit history`."),
    )


def deleted(user: str) -> Payload:
    """What is left of a card whose assessment was deleted."""
    return message(kit.section("gone", f"This assessment was deleted by {person(user)}."))


def _body(pack: Pack, standing: Standing) -> list[Block]:
    head = _head(standing)
    return [*head, *_facts(rows.fitted(pack, standing, [surfaces.spoken(head)]))]


def _head(standing: Standing) -> list[Block]:
    """The outcome, and why."""
    advice = standing.advice
    point = sentence(advice.headline.removeprefix(f"{advice.title}: "))
    return [
        kit.header("headline", f"{asked(advice)} {advice.title}"),
        kit.section("lead", cut(f"*{point}* {advice.because}", 3000)),
    ]


def _facts(lines: rows.Fitted) -> list[Block]:
    return [kit.section("facts", cut("\n".join(lines.facts), 3000))] if lines.facts else []


def _clashes(standing: Standing, change: Element) -> list[Block]:
    """What must be settled first stands on top, with the way to settle it."""
    contradictions = standing.advice.contradictions
    if not contradictions:
        return []
    first = "The first: " if len(contradictions) > 1 else ""
    text = f"{phrases.disagree(standing.advice)} {first}{contradictions[0].text}"
    return [kit.section("clashes", text, change)]


def _buttons(pack: Pack, standing: Standing) -> list[Element]:
    """What to do next first, at most five in all; where one is left, others can be asked."""
    then, assessment = next_step.of_card(pack, standing), standing.assessment.id
    others = (
        *(((ids.OWNER, "Find an owner"),) if next_step.wants_an_owner(standing) else ()),
        (ids.EDIT, "Change answers"),
        (ids.WHY, "Why"),
        (ids.WHAT_IF, "What if"),
    )
    rest = [(action, word) for action, word in others if action != then.action]
    if len(rest) + 1 < MOST_BUTTONS and not alone(standing.assessment.channel):
        rest.append((ids.ROUND_OPEN, ROUND))
    return [then.primary, *(kit.button(action, word, assessment) for action, word in rest)]


def overview(pack: Pack, seen: Overview, since: Since | None = None) -> Payload:
    """`/meshfit` alone: the card's state and "still true?", my draft, or where to start."""
    if seen.team is not None:
        return _return(pack, seen.team, seen, turned.since(pack, since, seen.team))
    if seen.draft is not None:
        return message(*_draft(pack, seen), kit.actions("do", *_starts("Go on", seen)))
    return message(
        kit.section(
            "hello",
            f"*Should we add a service mesh?* {core_count(pack)}, {minutes(pack)}{or_pages(pack)}, "
            "and you get a recommendation with its reasons. Only you see it until you share it.",
        ),
        kit.actions("do", *_starts("Start", seen)),
    )


def _starts(start: str, seen: Overview) -> list[Element]:
    return [
        kit.button(ids.START, start, style="primary"),
        *([kit.button(ids.START_THERE, ALREADY)] if start == "Start" else []),
        *([kit.button(ids.ROUND_OPEN, ROUND)] if start == "Start" and not seen.alone else []),
        kit.button(ids.ASK_SOMETHING, "Ask a question"),
        kit.button(ids.EXAMPLE, "See an example"),
    ]


def _draft(pack: Pack, seen: Overview) -> list[Block]:
    if seen.draft is None:
        return []
    every = "all answered" if seen.draft.advice.there else f"all {len(pack.core)} answered"
    left = f"{count(seen.left, 'question')} left" if seen.left else every
    return [
        kit.section(
            "draft",
            f"*Your private draft of {day(seen.draft.assessment.touched_at)}:* {left}. "
            "Nobody sees it until you share it.",
        )
    ]


def _return(pack: Pack, team: Standing, seen: Overview, since: list[Block]) -> Payload:
    assessment = team.assessment
    facts = [
        f"{question.short}: {brief(question, answer.answer.value)}"
        for question in pack.questions.values()
        if question.id in _REMINDERS and (answer := team.answered.get(question.id))
    ]
    again = team.look_again_at
    due = f" It was to be looked at again on {day(again)}." if again and seen.due else ""
    then = next_step.of_card(pack, team)
    text = f"*Your card of {day(assessment.touched_at)}: {team.advice.headline}.*{due} Still true?"
    return message(
        kit.section("state", "\n".join([text, " · ".join(facts), then.line]).strip()),
        *since,
        *_draft(pack, seen),
        kit.actions(
            "do",
            *([] if then.action == ids.EDIT else [then.primary]),
            kit.button(ids.STILL, "Still true", assessment.id),
            kit.button(ids.EDIT, "Something changed", assessment.id,
                       style="primary" if then.action == ids.EDIT else None),
            *([kit.button(ids.GO_TO_CARD, "Go to the card", assessment.id, url=link)]
              if (link := assessment.card_link) else []),
            kit.button(ids.REPOST, "Post it here again", assessment.id),
            kit.button(ids.START, "Give my own answers"),
        ),
    )  # fmt: skip
