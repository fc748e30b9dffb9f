"""Incidents: what they come to, month by month, and the form that goes through them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, modal
from bot.blocks.values import IncidentAt
from bot.blocks.words import cut, day, escaped, person
from bot.domain.evidence.model import Confirmed, Gathered
from bot.domain.incidents.model import JudgedIncident, Replay
from bot.domain.pack import Pack
from bot.domain.pack.incidents import Network
from bot.domain.words import count, in_months, number, on_day

NETWORK = "network."
"""Before the place of an incident: under one name Slack would keep what was said of the last."""
PEOPLE, FOLLOW_UP = "people", "follow_up"
CHOICES: tuple[tuple[Network, str], ...] = (
    ("cause", "It was the cause"),
    ("amplifier", "It made it worse, or kept it going"),
    ("none", "Neither"),
    ("unclear", "Nobody can tell"),
)
_SAID = {
    "cause": "cause",
    "amplifier": "amplifier",
    "none": "not the network",
    "unclear": "unclear",
}
MOST_MONTHS, MOST_LINES = 20, 12
ARTICLE = (2, 18)
"""Incidents a month and hours an incident in the article's example."""


def figures(pack: Pack, gathered: Gathered) -> list[Block]:
    """Incidents a month, hours an incident, months, mechanisms; never a saving."""
    if gathered.replay is None:
        return []
    return [
        kit.section("incidents", cut("\n".join(_sums(gathered, gathered.replay)), 3000)),
        *_months(gathered.replay),
        *_each(pack, gathered, gathered.replay),
        kit.section("touched", "\n".join(_limits(pack, gathered.replay))),
    ]


def _sums(gathered: Gathered, replay: Replay) -> Iterator[str]:
    network, span = replay.of_the_network, in_months(tuple(replay.months))
    many, rate, hours = len(replay.counted), replay.a_month, replay.an_incident
    state = (
        "confirmed" if not gathered.open else f"{len(gathered.open)} of {many} not confirmed yet"
    )
    yield f"*Incidents of the network:* {len(network)} of {many}, {span} ({state})."
    if rate is not None:
        yield f"A month: *{number(rate)}*. {_beside(gathered, 'incidents_per_month', ARTICLE[0])}"
    if hours is not None:
        yield (
            f"Hours an incident: *{number(hours)}* ({_effort(gathered, replay)}). "
            f"{_beside(gathered, 'hours_per_incident', ARTICLE[1])}"
        )
    if gathered.open:
        yield (
            "What is not confirmed is a suggestion of word lists: right in three of four on "
            "English descriptions, no better than a coin on titles alone."
        )


def _effort(gathered: Gathered, replay: Replay) -> str:
    """How the hours of those of the network are known."""
    network = replay.of_the_network
    guesses = sum(each.effort == "guess" for each in network)
    if not guesses:
        return "counted"
    export = next((x.summary for x in gathered.exports if x.summary.people is not None), None)
    people = (
        "people named, else 1"
        if export is None
        else f"people named, else {number(export.people or 0)}"
    )
    after = (
        f", {number(export.follow_up)} h of follow-up each" if export and export.follow_up else ""
    )
    return f"{guesses} of {len(network)} a guess: how long it lasted times {people}{after}"


def _beside(gathered: Gathered, question: str, article: int) -> str:
    answer = gathered.answered.get(question)
    value = answer.answer.value if answer else None
    team = f"The answer here says {number(value)}; the" if isinstance(value, int | float) else "The"
    return f"{team} example of a web article has {article}."


def _months(replay: Replay) -> list[Block]:
    """The trend as a chart of Slack's own, and in words."""
    shown = list(replay.months)[-MOST_MONTHS:]
    ours = dict.fromkeys(shown, 0)
    for each in replay.of_the_network:
        if f"{each.start:%Y-%m}" in ours:
            ours[f"{each.start:%Y-%m}"] += 1
    rest = {month: replay.months[month] - ours[month] for month in shown}
    series = [
        ("Of the network", [(month, str(ours[month])) for month in shown]),
        ("Others", [(month, str(rest[month])) for month in shown]),
    ]
    text = " · ".join(f"{month} {ours[month]} of {replay.months[month]}" for month in shown)
    return [
        kit.bars("months", "Incidents by month", "incidents", series),
        kit.context("trend", f"Of the network, by month: {text}"),
    ]


def _each(pack: Pack, gathered: Gathered, replay: Replay) -> list[Block]:
    """Each of the network: what might have limited it, and what new part could fail like it."""
    who = {each.incident.key: each for each in gathered.incidents}
    lines = [_line(pack, each, who.get(each.id)) for each in replay.of_the_network]
    if not lines:
        return []
    more = len(lines) - MOST_LINES
    shown = [*lines[:MOST_LINES], *([f"And {more} more."] if more > 0 else [])]
    halves = (shown[: MOST_LINES // 2], shown[MOST_LINES // 2 :])
    return [
        kit.section(f"each.{at}", cut("\n".join(half), 3000))
        for at, half in enumerate(halves)
        if half
    ]


def _line(pack: Pack, each: JudgedIncident, confirmed: Confirmed | None) -> str:
    by = f"{_SAID[each.network]}, "
    by += (
        f"{person(confirmed.by)} {day(confirmed.at)}"
        if confirmed and confirmed.by and confirmed.at
        else "suggested"
    )
    hours = f"{number(each.hours)} h{'' if each.effort == 'counted' else ', a guess'}"
    text = f"• {on_day(each.start)} *{escaped(each.title, 120)}* ({hours}; {by})."
    mechanism = pack.mechanisms.get(each.mechanism or "")
    if mechanism is None:
        return f"{text} Word lists name no mechanism for it."
    limits = mechanism.might_help or "No mechanism of a mesh limits it."
    return f"{text} _{mechanism.title}._ {limits} {mechanism.might_hurt or ''}".rstrip()


def _limits(pack: Pack, replay: Replay) -> Iterator[str]:
    known = {key for key, each in pack.mechanisms.items() if each.might_help}
    network = replay.of_the_network
    helped = [each.hours for each in network if each.mechanism in known]
    yield (
        f"*Hours that a mesh might have touched:* from 0 to {number(sum(helped))}, in "
        f"{len(helped)} of {count(len(network), 'incident')}. How much of that it saves nobody "
        "can tell from an export: the team sets the figure, and the card says which."
    )


def effort(guesses: int, meta: str) -> Payload:
    """Asked once: who was on incidents of which no tool counted the hours."""
    return modal(
        ids.EFFORT,
        "Hours nobody counted",
        [
            kit.section(
                "why",
                f"No tool counted the hours of {count(guesses, 'incident')}. I take how long each "
                "lasted times the people on it: a guess, and called one. This is asked once.",
            ),
            _number(PEOPLE, "How many people are usually on one that does not say?", "1"),
            _number(FOLLOW_UP, "How many hours of follow-up come after one, all people?", "0"),
        ],
        submit="Next",
        meta=meta,
    )


def _number(name: str, label: str, initial: str) -> Block:
    element = kit.number_input(ids.ANSWER, initial, least="0", most="1000", whole=False)
    return kit.field(name, label, element)


def page(pack: Pack, gathered: Gathered, place: int, meta: str) -> Payload:
    """One incident, what word lists suggest of it, and what a person says."""
    one = gathered.incidents[place]
    suggested = one.incident.suggested
    mechanism = pack.mechanisms.get(one.incident.mechanism or "")
    what = f" ({mechanism.title})" if mechanism else ""
    return modal(
        ids.CONFIRM,
        f"Incident {place + 1} of {len(gathered.incidents)}",
        [
            kit.section("what", "\n".join(_what(gathered, one))),
            kit.field(
                f"{NETWORK}{place}",
                "What was the network between services to it?",
                kit.radio(ids.ANSWER, CHOICES, one.said),
            ),
            kit.context(
                "suggested",
                f"Word lists suggest: {_SAID[suggested]}{what}. They are right in three of four "
                "on English descriptions, no better than a coin on a title alone. You decide.",
            ),
            kit.actions("ways", *_others(gathered, place)),
        ],
        submit="Next",
        close="Stop here",
        meta=meta,
    )


def _what(gathered: Gathered, one: Confirmed) -> Iterator[str]:
    """Title, day, hours and how they are known, severity, service, who said what before."""
    each, key = one.incident, one.incident.key
    judged = [x for x in (gathered.replay.counted if gathered.replay else ()) if x.id == key]
    hours = [
        f"{number(x.hours)} h ({'counted' if x.effort == 'counted' else 'a guess'})" for x in judged
    ]
    named = {"severity": each.severity, "service": each.service}
    known = [f"{name}: {escaped(value, 100)}" for name, value in named.items() if value]
    yield f"*{escaped(each.title, 300)}*"
    yield " · ".join([on_day(each.start), *hours, *known])
    if one.by and one.at and one.said:
        yield f"{person(one.by)} said on {day(one.at)}: {_SAID[one.said]}."


def _others(gathered: Gathered, place: int) -> list[kit.Element]:
    back = [kit.button(ids.EARLIER_INCIDENT, "Back", _at(place - 1))] if place else []
    more = place + 1 < len(gathered.incidents)
    return [*back, kit.button(ids.LATER_INCIDENT, "Later", _at(place + 1 if more else -1))]


def _at(place: int) -> str:
    return str(IncidentAt(at=str(place)))


def done(gathered: Gathered) -> Payload:
    """Past the last: what they come to now."""
    left = count(len(gathered.open), "incident")
    state = f"{left} still to be confirmed." if gathered.open else "Each is confirmed by a person."
    lines = [state, *(_sums(gathered, gathered.replay) if gathered.replay else ())]
    lines.append("`/meshfit evidence` has the months, the mechanisms, and both figures to take.")
    return modal("incidents_done", "Incidents", [kit.section("done", cut("\n".join(lines), 3000))])
