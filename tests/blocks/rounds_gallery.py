"""The screens of a round at their largest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from bot.blocks import records, round_result, rounds, then
from bot.blocks.surfaces import Payload
from bot.domain.model import Answer, PackName
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.domain.rounds.model import (
    A_PAGE,
    MOST_PEOPLE,
    MOST_QUESTIONS,
    AnswerSide,
    AtClose,
    Came,
    Outlook,
    Round,
    RoundOpening,
    RoundPage,
    Spread,
)
from bot.domain.snapshots.model import Between, MonthlyHours, Snapshot
from bot.domain.team import Changed
from tests.blocks.widest import AT, CHANNEL, GIVEN, ID, NOTE, PACK, PERSON, standing, wide

META = "m" * 3000
ASKED = tuple(
    each
    for each in PACK.questions.values()
    if each.page and each.kind in ("choice", "choices", "number")
)
OF_A_ROUND = sorted(ASKED, key=lambda each: -len(each.options))[:MOST_QUESTIONS]


def a_round(**more: object) -> Round:
    return Round(
        id=ID,
        workspace="E:T",
        channel=CHANNEL,
        opened_by=PERSON,
        opened_at=AT,
        closes_at=AT,
        names="open",
        invites=False,
        questions=tuple(each.id for each in OF_A_ROUND),
        asked=MOST_PEOPLE,
        answered=MOST_PEOPLE,
    ).model_copy(update=more)


def rounds_gallery() -> Iterator[tuple[str, Payload]]:
    """(name of the drawing function, what it drew)."""
    usual = tuple(each.id for each in OF_A_ROUND)
    opening = RoundOpening(offered=ASKED, usual=usual, day=AT.date())
    yield "rounds.form", rounds.form(opening, META)
    anonymous = a_round(names="anonymous", invites=True, asked=0, answered=3)
    closed = a_round(closed_at=AT, closed_by=PERSON)
    came_to = a_round(closed_at=AT, assessment=ID)
    for each in (
        a_round(),
        anonymous,
        closed,
        came_to,
        anonymous.model_copy(update={"closed_at": AT}),
    ):
        yield "rounds.live", rounds.live(each)
    yield "rounds.invitation", rounds.invitation(a_round(), OF_A_ROUND)
    mine: dict[str, Answer | None] = {
        each.id: Answer(value=GIVEN[each.id].answer.value, note=NOTE) for each in OF_A_ROUND
    }
    for said in (mine, dict.fromkeys(mine), {}):
        for page in range(MOST_QUESTIONS // A_PAGE):
            asked = tuple(OF_A_ROUND[page * A_PAGE :][:A_PAGE])
            shown = RoundPage(round=anonymous, page=page, questions=asked, mine=said)
            yield "rounds.page", rounds.page(shown, META)
    hours = RoundPage(
        round=anonymous, page=0, questions=(PACK.questions[MESH_HOURS],),
        mine={MESH_HOURS: Answer(value=9, evidence="derived", note="&" * 500)},
        counted_to_run=tuple(each.counted for each in PACK.chores.values()),
    )  # fmt: skip
    yield "rounds.page", rounds.page(hours, META)
    for more in ({}, {"names": "anonymous", "invites": True}):
        for many in (MOST_PEOPLE, 8, 1):
            yield "round_result.result", round_result.result(PACK, came(many, **more))
    yield from then_gallery()
    agreed = came(1, closed_by=PERSON)
    yield "round_result.result", round_result.result(PACK, agreed)


def then_gallery() -> Iterator[tuple[str, Payload]]:
    """Two moments side by side, each answer another."""
    hours = MonthlyHours(total=12345.6, saved=1234.5, mesh=1234.5, net=0)
    snapshot = Snapshot(
        id=ID, kind="record", at=AT, assessment=ID, number=9999, outcome="pilot", title=wide(120),
        headline=wide(242), rule="too_close_running", pack=PackName(name=wide(60), version="1.0"),
        hours=hours,
    )  # fmt: skip
    now = snapshot.model_copy(update={"kind": "now", "number": None, "assessment": "another"})
    turned = tuple(
        Changed(question=each.id, before=GIVEN[each.id].answer, after=None)
        for each in PACK.questions.values()
        if each.id in GIVEN
    )
    whole = Between(before=snapshot, after=now, changed=turned, today=wide(120), asked=AT)
    many = tuple(snapshot.model_copy(update={"id": f"{at}"}) for at in range(20))
    yield "then.changes", then.changes(PACK, whole.model_copy(update={"hours": many}))
    yield "then.changes", then.changes(PACK, Between(before=now, after=now, changed=()))
    yield "records.history", records.history((standing().assessment,), many)


def came(sides: int, **more: object) -> Came:
    """Every question answered in so many ways, by as many people as there may be."""
    people = (PERSON,) * (MOST_PEOPLE // sides) if more.get("names") != "anonymous" else ()
    spreads = tuple(
        Spread(
            question=each.id,
            sides=tuple(
                AnswerSide(
                    id=f"{at:08}",
                    answer=Answer(value=value),
                    many=MOST_PEOPLE // sides,
                    people=people,
                    reasons=((PERSON if people else "", NOTE),) * len(people),
                )
                for at, value in enumerate(islice(cycle(values(each.id)), sides))
            ),
            abstained=MOST_PEOPLE,
            abstainers=people,
        )
        for each in OF_A_ROUND
    )
    alike = tuple(each.id for each in OF_A_ROUND) if sides == 1 else ()
    counted = (Outlook(headline=wide(242), many=9),) * 12
    at_close = AtClose(agreed=alike, counted=counted, beside=True)
    return Came(
        round=a_round(closed_at=AT, assessment=ID, at_close=at_close, **more),
        spreads=spreads,
        team=GIVEN,
        can_take=True,
    )


def values(question: str) -> list[str | float | tuple[str, ...]]:
    """Answers that it could have."""
    asked = PACK.questions[question]
    if asked.kind == "choices":
        return [tuple(each.code for each in asked.options)]
    return [each.code for each in asked.options] or [12345.6, 99_999]
