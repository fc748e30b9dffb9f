"""The card keeps to twelve lines and five buttons, whatever a team answers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest

from bot.blocks import card, detail, rows
from bot.domain.answers import BadAnswers
from bot.domain.model import Goal
from bot.domain.pack import Question
from bot.domain.team import Standing, TeamAnswer
from playground.screen import texts
from tests.blocks.gallery import gallery
from tests.blocks.test_card import EXAMPLES, team
from tests.blocks.widest import AT, GIVEN, SHIPPED

METRICS = (
    "95 % of requests can be traced end to end",
    "Minutes to list the callers of payroll and prove it, from 240 to under 15",
    "faster " * 60,
)


def anything(dice: random.Random) -> dict[str, object]:
    """Answers to most questions, each as good as any other."""
    said: dict[str, object] = {}
    for question in SHIPPED.questions.values():
        if dice.random() < 0.15:
            continue
        match question.kind:
            case "text":
                said[question.id] = dice.choice(METRICS)
            case "number":
                value = min(dice.choice((1, 5, 20, 60, 100)), int(question.most or 100))
                said[question.id] = {"value": value, "evidence": dice.choice(("guess", "counted"))}
            case "date":
                said[question.id] = "2027-03-01"
            case "choices":
                said[question.id] = [dice.choice(question.options).code]
            case _:
                said[question.id] = dice.choice(question.options).code
    return said


def standings() -> list[Standing]:
    """The examples, and sixty teams drawn by lot, some with a pilot that runs."""
    dice, found = random.Random(12), [team(each.answers) for each in EXAMPLES]
    while len(found) < len(EXAMPLES) + 60:
        try:
            found.append(team(anything(dice), owner_asked="U0BEN", owner_asked_by="U0ANA"))
        except BadAnswers:
            continue
    goal = Goal(metric=METRICS[2].strip(), unit="%", today=10, aim=95)
    later = {"pilot_runs": True, "goal": goal, "aged": AT.date(), "respondents": ("U1",) * 20}
    disputed = {**later, "dissent": tuple(dissent(SHIPPED.questions.values()))}
    return [
        *found,
        *(each.model_copy(update=held) for each in found[::3] for held in (later, disputed)),
    ]


def dissent(asked: Iterable[Question]) -> Iterator[TeamAnswer]:
    """Thirty people who answered otherwise, among them the longest words that may be typed."""
    asked = [each for each in asked if each.page]
    for at in range(30):
        question = SHIPPED.questions["success_metric"] if at < 10 else asked[at % len(asked)]
        yield GIVEN[question.id].model_copy(
            update={"respondent": f"U{at:010}", "question": question.id}
        )


@pytest.mark.exhaustive
def test_no_card_has_more_than_twelve_lines_or_five_buttons():
    sizes = []
    for standing in standings():
        drawn = card.card(SHIPPED, standing)
        text = drawn["text"]
        assert len(text.splitlines()) <= rows.MOST_LINES, text
        assert len(rows.seen(text)) <= rows.MOST_SAID, text
        sizes.append((len(text.splitlines()), len(rows.seen(text))))
        [actions] = [each for each in drawn["blocks"] if each["type"] == "actions"]
        assert len(actions["elements"]) <= 5
    assert max(sizes)[0] == rows.MOST_LINES, "the largest of them is not among these"
    for name, drawn in gallery():
        if name == "card.card":
            assert len(drawn["text"].splitlines()) <= rows.MOST_LINES


@pytest.mark.exhaustive
def test_what_gives_way_is_in_the_thread_and_what_may_not_stays():
    for standing in standings():
        text = card.card(SHIPPED, standing)["text"]
        assert "*Next:*" in text
        assert standing.advice.because in text
        for each in standing.advice.blockers:
            assert each.phrase in text
        if standing.advice.duty:
            assert "*Meanwhile:*" in text
        if standing.pilot_runs and standing.advice.outcome != "leave":
            assert "*Goal:*" in text


@pytest.mark.exhaustive
def test_the_thread_says_what_decides_and_more_says_all_of_it():
    for standing in standings():
        below = detail.detail(SHIPPED, standing)
        behind = detail.more(SHIPPED, standing)["text"]
        assert len(rows.seen(below["text"])) <= 2200
        assert not {"table", "data_visualization"} & {each["type"] for each in below["blocks"]}
        for blocker in standing.advice.blockers:
            assert blocker.action in below["text"]
        listed, left = below["text"].count("> says "), len(standing.dissent)
        assert listed == left or f"{left - listed} other answers behind *More*." in below["text"]
        whole = " ".join(texts(detail.more(SHIPPED, standing)["blocks"]))
        assert whole.count("> says ") == min(left, detail.MOST_VOICES)
        if behind.endswith("…"):
            continue
        for reason in standing.advice.reasons:
            assert reason.text in behind
        for required in standing.advice.to_adopt:
            assert required.text in behind


def test_a_side_says_how_many_points_it_leaves_out():
    full, shorter, shortest, gone = rows._side("For", ["a", "b", "c", "d", "e"])
    assert full == "*For:* a · b · c · d · e"
    assert shorter == "*For:* a · b · c · d · 1 more in the thread"
    assert shortest == "*For:* a · b · 3 more in the thread"
    assert gone == ""
