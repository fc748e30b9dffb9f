"""What a team's evidence, taken together, would answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.evidence.model import Confirmed, Counted, Gathered, KeptExport, KeptLook, counted
from bot.domain.evidence.model.handed_over import ExportSummary
from bot.domain.incidents.counting import replay
from bot.domain.incidents.model import Export, Replay
from bot.domain.words import in_months

_MOST = {"incidents_per_month": 1_000, "hours_per_incident": 10_000}


def exported(export: Export) -> ExportSummary:
    """What an export says of itself, once it is known that something of it counts."""
    counted = [each for each in export.incidents if each.left_out is None]
    days = [each.start.date() for each in counted]
    return ExportSummary(
        format=export.format,
        counted=len(counted),
        left_out=Counter(each.left_out for each in export.incidents if each.left_out),
        skipped=export.skipped,
        first=min(days),
        last=max(days),
        guesses=sum(each.effort_hours is None for each in counted),
    )


def replayed(incidents: Sequence[Confirmed], exports: Sequence[KeptExport]) -> Replay | None:
    """What the incidents come to, with what was asked once of those that no tool counted."""
    if not incidents:
        return None
    summary = next((each.summary for each in exports if each.summary.people is not None), None)
    keyed = {each.incident.key: each for each in incidents}
    return replay(
        [each.incident.model_copy(update={"id": key}) for key, each in keyed.items()],
        {key: each.said for key, each in keyed.items() if each.said},
        people=1 if summary is None or summary.people is None else summary.people,
        follow_up=summary.follow_up if summary else 0,
    )


def days_of(used: Sequence[KeptLook | KeptExport]) -> Iterator[date]:
    """The days of what counts now: of the newest look, and of the newest export's last incident."""
    look = next((each for each in used if isinstance(each, KeptLook)), None)
    export = next((each for each in used if isinstance(each, KeptExport)), None)
    yield from [look.look.seen] if look else []
    yield from [export.summary.last] if export else []


def offered(gathered: Gathered) -> Iterator[Counted]:
    """Everything that stands beside a question as counted."""
    if gathered.look:
        yield from counted(gathered.look.look, gathered.look.id).values()
    if gathered.replay and gathered.exports and not gathered.open:
        yield from _of_incidents(gathered.replay, gathered.exports[0])


def _of_incidents(replay: Replay, export: KeptExport) -> Iterator[Counted]:
    """Their figures, once a person has said of each what the network was to it."""
    network, months = replay.of_the_network, in_months(tuple(replay.months))
    text = f"{len(network)} of {len(replay.counted)} incidents confirmed as the network's, {months}"
    guesses = sum(each.effort == "guess" for each in network)
    kind = "guess" if guesses else "counted"
    known = f"; {guesses} of {len(network)} a guess" if guesses else ""
    figures = (
        ("incidents_per_month", replay.a_month, "counted", text),
        ("hours_per_incident", replay.an_incident, kind, f"{text}{known}"),
    )
    for question, value, evidence, words in figures:
        if value is not None and value <= _MOST[question]:
            yield Counted.model_validate(
                {
                    "question": question,
                    "value": round(value, 2),
                    "words": words,
                    "day": max(each.start for each in replay.counted).date(),
                    "evidence": evidence,
                    "source": export.id,
                }
            )
