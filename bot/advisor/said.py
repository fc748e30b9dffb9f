"""What people said, put together: who answered, who differs, what can still be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.answers import parse_answers
from bot.domain.metric import in_full
from bot.domain.model import Answer, Answers, Goal
from bot.domain.pack import Pack
from bot.domain.team import OWNER, Assessment, TeamAnswer
from bot.errors import BadAnswers


def respondents(
    assessment: Assessment, counting: Iterable[TeamAnswer], voices: Iterable[TeamAnswer]
) -> tuple[str, ...]:
    """Who answered anything themselves; of a draft, whose answers are nobody else's, whoever did.

    To accept to own the mesh or a role, to close a pilot, or to choose among others' answers makes
    a team's answer, and is none to the checklist.
    """
    answered = counting if assessment.status == "draft" else voices
    return tuple(dict.fromkeys(each.respondent for each in answered))


def dissent(
    assessment: Assessment, voices: Iterable[TeamAnswer], answers: Mapping[str, TeamAnswer]
) -> tuple[TeamAnswer, ...]:
    """What somebody says otherwise than the team."""
    differing = (each for each in voices if _dissents(each, answers.get(each.question)))
    return tuple(each for each in differing if not _overtaken(each, assessment))


def _dissents(voice: TeamAnswer, team: TeamAnswer | None) -> bool:
    return team is None or voice.answer.value != team.answer.value


def _overtaken(voice: TeamAnswer, assessment: Assessment) -> bool:
    """Whether it was said before somebody accepted to own it: then it is no other view."""
    since = assessment.owner_accepted_at
    return voice.question == OWNER and since is not None and voice.at < since


def told_in_full(answers: Answers, goal: Goal | None) -> Answers:
    """The answers, with what the plan says beside the metric read together with its sentence."""
    answer = answers.get("success_metric")
    if answer is None or goal is None or goal.metric != answer.value:
        return answers
    whole = in_full(goal.metric, goal.today, goal.aim, goal.unit)
    return {**answers, "success_metric": answer.model_copy(update={"value": whole})}


def sound(pack: Pack, raw: Mapping[str, object]) -> Answers:
    """What can be read of these fields, without what cannot."""
    try:
        return parse_answers(pack, raw)
    except BadAnswers as bad:
        return parse_answers(pack, {each: raw[each] for each in raw if each not in bad.faults})


def as_before(
    filled: Mapping[str, Answer], before: Mapping[str, Answer | None]
) -> dict[str, Answer]:
    """A figure that stays as it was stays known as before: the form does not ask how."""
    return {key: _as_before(each, before.get(key)) for key, each in filled.items()}


def _as_before(answer: Answer, before: Answer | None) -> Answer:
    if before is None or answer.value != before.value or answer.evidence:
        return answer
    return before if answer.note in ("", before.note) else answer
