"""The team's live card, `/meshfit` alone, and what changed: about twelve lines each."""

from __future__ import annotations

from bot.blocks import goal, ids, kit, next_step, phrases
from bot.blocks.kit import Block, Element
from bot.blocks.pages import ALREADY, brief, shown
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import core_count, count, cut, day, minutes, on_day, or_pages, person
from bot.domain.model import Answer
from bot.domain.pack import Pack
from bot.domain.replies import Overview
from bot.domain.team import Changed, ChangeSet, Standing
from bot.domain.words import asked

_REMINDERS = ("platform_owner", "services", "incidents_per_month")
"""The answers most likely to be out of date when a team comes back."""


def card(pack: Pack, standing: Standing) -> Payload:
    """The one message a team's decision lives in; edited in place."""
    change = kit.button(ids.EDIT, "Change answers", standing.assessment.id)
    return message(
        *_clashes(standing, change),
        *_body(pack, standing),
        kit.section("next", next_step.of_card(pack, standing).line),
        kit.actions("do", *_buttons(pack, standing)),
        _foot(standing),
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
    return message(
        kit.section("gone", f"This assessment was deleted by {person(user)}, who started it.")
    )


def _body(pack: Pack, standing: Standing) -> list[Block]:
    advice = standing.advice
    point = phrases.sentence(advice.headline.removeprefix(f"{advice.title}: "))
    facts = [
        *phrases.sides(advice),
        *phrases.duty(advice),
        phrases.hours(advice, standing),
        *phrases.upward(pack, advice),
        *phrases.unknown(pack, advice),
        *phrases.lasting(advice),
        *_goal(pack, standing),
        *_owner(standing),
        *filter(None, _look_again(standing)),
    ]
    return [
        kit.header("headline", f"{asked(advice)} {advice.title}"),
        kit.section("lead", cut(f"*{point}* {advice.because}", 3000)),
        kit.section("facts", cut("\n".join(facts), 3000)),
    ]


def _clashes(standing: Standing, change: Element) -> list[Block]:
    """What must be settled first stands on top, with the way to settle it."""
    lines = phrases.clashes(standing.advice)
    return [kit.section("clashes", "\n".join(lines), change)] if lines else []


def _goal(pack: Pack, standing: Standing) -> list[str]:
    metric = standing.given.get("success_metric")
    if standing.advice.outcome == "leave":
        return []
    if metric is None or standing.advice.driver is None:
        where = pack.pages[pack.questions["success_metric"].page or ""].title
        return [f"*Not named yet:* one goal with one number (under Change answers, {where})."]
    driver = pack.drivers[standing.advice.driver].label
    said = f"*Goal:* {driver}: {shown(pack.questions['success_metric'], metric.answer.value)}"
    stands = goal.line(standing.goal) if standing.goal and _same(standing) else ""
    return [f"{said}: {stands}" if stands else said]


def _same(standing: Standing) -> bool:
    """Whether the pilot's number is the one that the team named."""
    metric = standing.given.get("success_metric")
    return bool(metric and standing.goal and standing.goal.metric == metric.answer.value)


def _owner(standing: Standing) -> list[str]:
    said, asked = phrases.owned(standing), phrases.asked_to_own(standing)
    return [f"*Owner:* {' '.join([*said, *asked])}"] if said or asked else []


def _look_again(standing: Standing) -> list[str]:
    again, due = standing.look_again_at, standing.advice.deadline
    parts = [f"*Look again:* {day(again)}"] if again else []
    return [" · ".join([*parts, *([f"*Auditor's date:* {on_day(due)}"] if due else [])])]


def _buttons(pack: Pack, standing: Standing) -> list[Element]:
    """What to do next first, at most five in all."""
    then, held = next_step.of_card(pack, standing), standing.assessment.id
    others = (
        *(() if standing.says_owned else ((ids.OWNER, "Find an owner"),)),
        (ids.EDIT, "Change answers"),
        (ids.WHY, "Why"),
        (ids.WHAT_IF, "What if"),
    )
    return [
        then.primary,
        *(kit.button(action, word, held) for action, word in others if action != then.action),
    ]


def _foot(standing: Standing) -> Block:
    held = standing.assessment
    parts = [
        f"Shared by {person(held.shared_by or held.started_by)}",
        f"{count(len(standing.respondents), 'person', 'people')} answered",
        phrases.counted(standing),
        *([f"evidence of {on_day(standing.aged)} is older than 90 days"] if standing.aged else []),
        *([f"{len(standing.dissent)} seen differently"] if standing.dissent else []),
        f"updated {day(held.touched_at)}",
        *(
            [f"still true {day(held.confirmed_at)} ({person(held.confirmed_by)})"]
            if held.confirmed_at and held.confirmed_by and held.confirmed_at >= held.touched_at
            else []
        ),
        f"rules {standing.advice.pack.version}",
        "details in thread",
    ]
    return kit.context("foot", " · ".join(parts))


def overview(pack: Pack, seen: Overview) -> Payload:
    """`/meshfit` alone: the card's state and "still true?", my draft, or where to start."""
    if seen.team is not None:
        return _return(pack, seen.team, seen)
    if seen.draft is not None:
        return message(*_draft(pack, seen), kit.actions("do", *_starts("Go on")))
    return message(
        kit.section(
            "hello",
            f"*Should we add a service mesh?* {core_count(pack)}, {minutes(pack)}, and you get a "
            f"recommendation with its reasons{or_pages(pack)}. Only you see it until you share it.",
        ),
        kit.actions("do", *_starts("Start")),
    )


def _starts(start: str) -> list[Element]:
    return [
        kit.button(ids.START, start, style="primary"),
        *([kit.button(ids.START_THERE, ALREADY)] if start == "Start" else []),
        kit.button(ids.ASK_SOMETHING, "Ask a question"),
        kit.button(ids.EXAMPLE, "See an example"),
    ]


def _draft(pack: Pack, seen: Overview) -> list[Block]:
    if seen.draft is None:
        return []
    every = "all" if seen.draft.advice.there else f"all {len(pack.core)}"
    left = f"{count(seen.left, 'question')} left" if seen.left else f"{every} answered"
    return [
        kit.section(
            "draft",
            f"*Your private draft of {day(seen.draft.assessment.touched_at)}:* {left}. "
            "Nobody sees it until you share it.",
        )
    ]


def _return(pack: Pack, team: Standing, seen: Overview) -> Payload:
    held = team.assessment
    facts = [
        f"{question.short}: {brief(question, given.answer.value)}"
        for question in pack.questions.values()
        if question.id in _REMINDERS and (given := team.given.get(question.id))
    ]
    again = team.look_again_at
    due = f" It was to be looked at again on {day(again)}." if again and seen.due else ""
    then = next_step.of_card(pack, team)
    said = f"*Your card of {day(held.touched_at)}: {team.advice.headline}.*{due} Still true?"
    return message(
        kit.section("state", "\n".join([said, " · ".join(facts), then.line]).strip()),
        *_draft(pack, seen),
        kit.actions(
            "do",
            *([] if then.action == ids.EDIT else [then.primary]),
            kit.button(ids.STILL, "Still true", held.id),
            kit.button(ids.EDIT, "Something changed", held.id,
                       style="primary" if then.action == ids.EDIT else None),
            *([kit.button(ids.GO_TO_CARD, "Go to the card", held.id, url=held.card_link)]
              if held.card_link else []),
            kit.button(ids.REPOST, "Post it here again", held.id),
            kit.button(ids.START, "Give my own answers"),
        ),
    )  # fmt: skip


def turned(pack: Pack, changes: ChangeSet) -> Payload:
    """What one person changed, for the thread, with Undo until it is undone."""
    lines = [turn(pack, each) for each in changes.changes[:20]]
    if changes.turns:
        lines.append(f"*{changes.title_before} → {changes.title_after}*")
    said = kit.section("turn", cut(f"{person(changes.respondent)}: " + "\n".join(lines), 3000))
    if changes.undone_by:
        return message(said, kit.context("undone", f"Undone by {person(changes.undone_by)}."))
    return message(said, kit.actions("do", kit.button(ids.UNDO, "Undo", changes.id)))


def withdrawn(before: str, now: Standing) -> Payload:
    """For the thread, where the outcome turned because somebody deleted their answers."""
    outcome = f"*{before} → {now.advice.title}*"
    return message(
        kit.section("turn", f"Somebody deleted their answers, so they no longer count.\n{outcome}")
    )


def turn(pack: Pack, changed: Changed) -> str:
    """One answer that became another, in a line."""
    question = pack.questions.get(changed.question)
    if question is None:
        return changed.question

    def said(answer: Answer | None) -> str:
        return phrases.answered(question, answer) if answer else "not answered"

    if changed.before and changed.after and changed.before.value == changed.after.value:
        return f"{question.short}: {said(changed.after)}, now with another note or evidence"
    return f"{question.short}: {said(changed.before)} → {said(changed.after)}"
