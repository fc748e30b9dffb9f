"""The screens of evidence at their largest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.blocks import adding, evidence, incidents
from bot.blocks.surfaces import Payload
from bot.domain.evidence.model import (
    Confirmed,
    Counted,
    EvidenceChange,
    Gathered,
    KeptExport,
    KeptLook,
)
from bot.domain.evidence.model.handed_over import ExportSummary
from bot.domain.incidents.counting import replay
from bot.domain.incidents.model import Weighed
from bot.domain.model import Answer
from bot.domain.team import Changed, ChangeSet
from tests.blocks.widest import AT, GIVEN, ID, PACK, PERSON, wide
from tests.evidence.handed import looked

META = "m" * 3000
MECHANISMS = list(PACK.mechanisms)
MANY = tuple(
    Confirmed(
        incident=Weighed(
            id=f"{at}",
            title=wide(200),
            start=AT - timedelta(days=20 * at),
            end=AT - timedelta(days=20 * at) + timedelta(hours=5),
            effort_hours=12345.6 if at % 2 else None,
            severity=wide(100),
            service=wide(100),
            suggested="cause",
            mechanism=MECHANISMS[at % len(MECHANISMS)],
        ),
        said="cause" if at % 3 else None,
        by=PERSON if at % 3 else None,
        at=AT if at % 3 else None,
    )
    for at in range(60)
)
LOOK = KeptLook(
    id=ID, name=wide(200), user=PERSON, at=AT, used_by=PERSON, used_at=AT, look=looked()
)
WHY = ("drill or test", "open", "merged or duplicate", "auto-resolved", "maintenance")
EXPORT = KeptExport(
    id=ID + "e",
    name=wide(200),
    user=PERSON,
    at=AT,
    summary=ExportSummary(
        format=wide(60),
        counted=60,
        left_out=dict.fromkeys(WHY, 1000),
        skipped=1000,
        first=date(2023, 1, 1),
        last=date(2026, 1, 1),
        guesses=30,
        people=3,
        follow_up=2.5,
    ),
)


def gathered(**changes: object) -> Gathered:
    """A channel that has everything."""
    done = ChangeSet(
        id=ID,
        assessment=ID,
        respondent=PERSON,
        at=AT,
        changes=tuple(
            Changed(question=each, before=GIVEN[each].answer, after=GIVEN[each].answer)
            for each in list(GIVEN)[:3]
        ),
        outcome_before="pilot",
        outcome_after="adopt",
        title_before=wide(60),
        title_after=wide(60),
        undone_by=PERSON,
    )
    asked = ("services", "clusters", "platform", "cni", "existing_mesh", "windows_nodes",
             "privileges", "incidents_per_month", "hours_per_incident")  # fmt: skip
    whole = Gathered(
        look=LOOK,
        exports=tuple(EXPORT.model_copy(update={"id": f"{ID}{at}"}) for at in range(12)),
        incidents=MANY,
        replay=replay(
            [each.incident.model_copy(update={"id": each.incident.key}) for each in MANY],
            {each.incident.key: each.said for each in MANY if each.said},
        ),
        counted=tuple(counted(each) for each in asked),
        answered=GIVEN,
        turned=tuple(EvidenceChange(evidence=ID, changes=done) for _ in range(20)),
        today=datetime(2027, 3, 1, tzinfo=AT.tzinfo).date(),
    )
    return whole.model_copy(update=changes)


def counted(question: str) -> Counted:
    """Something counted of a question, with an answer of its kind."""
    value = GIVEN[question].answer.value
    return Counted(question=question, value=value, words=wide(300), day=AT.date(), source=ID)


def evidence_gallery() -> Iterator[tuple[str, Payload]]:
    """(name of the drawing function, what it drew)."""
    whole, today = gathered(), AT.date()
    yield "evidence.overview", evidence.overview(PACK, Gathered(today=today))
    yield "evidence.overview", evidence.overview(PACK, whole)
    agreed = {"services": GIVEN["services"].model_copy(update={"answer": _taken()})}
    confirmed = tuple(each.model_copy(update={"said": "cause"}) for each in MANY)
    more = {"answered": agreed, "incidents": confirmed}
    yield "evidence.overview", evidence.overview(PACK, whole.model_copy(update=more))
    yield "adding.add_look", adding.add_look(META)
    yield "adding.add_incidents", adding.add_incidents(META)
    yield "adding.reading", adding.reading()
    yield "adding.unread", adding.unread(wide(3000))
    yield "adding.added", adding.added((LOOK, EXPORT, EXPORT, EXPORT, EXPORT), 5000, META)
    for kept in (LOOK, EXPORT):
        yield "adding.offer", adding.offer(kept)
        yield "adding.used", adding.used(kept, PERSON)
    yield "adding.taken_over", adding.taken_over(5000, PERSON)
    yield "incidents.effort", incidents.effort(500, META)
    for place in (0, 1, len(MANY) - 1):
        yield "incidents.page", incidents.page(PACK, whole, place, META)
    yield "incidents.done", incidents.done(whole)
    yield "incidents.done", incidents.done(whole.model_copy(update={"incidents": confirmed}))


def _taken() -> Answer:
    return counted("services").answer
