"""Incidents a month and hours an incident, out of an export and what people confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.incidents.model import Effort, JudgedIncident, Replay, Weighed, Why
from bot.domain.pack import Pack
from bot.domain.pack.incidents import Network


def replay(
    incidents: Sequence[Weighed],
    confirmed: Mapping[str, Network],
    *,
    people: float = 1,
    follow_up: float = 0,
) -> Replay:
    """What they come to; each incident counts once, by its id, and what stands later counts.

    `people` is how many were on an incident that does not say, `follow_up` the hours after one
    whose effort nobody counted.
    """
    once = {each.id: each for each in incidents}.values()
    left: Counter[Why] = Counter(each.left_out for each in once if each.left_out)
    counted = [
        _judged(each, confirmed.get(each.id), people, follow_up)
        for each in sorted(once, key=lambda each: each.start)
        if each.left_out is None
    ]
    return Replay(counted=tuple(counted), left_out=dict(left), months=_months(counted))


def _judged(
    incident: Weighed, network: Network | None, people: float, follow_up: float
) -> JudgedIncident:
    hours, effort = hours_of(incident, people, follow_up)
    return JudgedIncident(
        id=incident.id,
        title=incident.title,
        start=incident.start,
        hours=hours,
        effort=effort,
        network=network or incident.suggested,
        confirmed=network is not None,
        mechanism=incident.mechanism if _still_told(incident.suggested, network) else None,
    )


def _still_told(suggested: Network, network: Network | None) -> bool:
    """Whether the words' mechanism holds: whether it began there or spread, it is the same one."""
    of_it = ("cause", "amplifier")
    return network in (None, suggested) or (network in of_it and suggested in of_it)


def hours_of(incident: Weighed, people: float, follow_up: float) -> tuple[float, Effort]:
    """(hours of all people together, how they are known)."""
    if incident.effort_hours is not None:
        return round(incident.effort_hours, 4), "counted"
    lasted = (incident.end - incident.start).total_seconds() / 3600 if incident.end else 0.0
    on_it = people if incident.people is None else incident.people
    return round(lasted * on_it + follow_up, 4), "guess"


def with_a_mechanism(pack: Pack, replayed: Replay) -> tuple[JudgedIncident, ...]:
    """Those of the network in which a mechanism of a mesh might have limited it."""
    return tuple(
        each
        for each in replayed.of_the_network
        if each.mechanism and pack.mechanisms[each.mechanism].might_help
    )


def _months(counted: Iterable[JudgedIncident]) -> dict[str, int]:
    months = Counter(f"{each.start:%Y-%m}" for each in counted)
    if not months:
        return {}
    at, last, every = min(months), max(months), {}
    while at <= last:
        every[at] = months[at]
        year, month = int(at[:4]), int(at[5:])
        at = f"{year + month // 12:04}-{month % 12 + 1:02}"
    return every
