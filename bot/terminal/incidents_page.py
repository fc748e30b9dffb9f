"""What `meshfit incidents` shows: counts, months, mechanisms; never a saving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.domain.incidents.counting import with_a_mechanism
from bot.domain.incidents.model import Export, JudgedIncident, Replay
from bot.domain.pack import Pack
from bot.domain.words import listed, number
from bot.terminal.output import visible
from bot.terminal.prose import bullets, section, words

WIDEST_BAR = 30
NO_MECHANISM = "Word lists name no mechanism for it."


def page(
    pack: Pack, replayed: Replay, exports: Sequence[Export], *, people_given: bool
) -> RenderableType:
    """The whole screen."""
    parts: list[RenderableType] = [words(line) for line in _head(replayed, exports)]
    parts += section("For the checklist", *bullets(map(words, _figures(replayed))))
    parts += section("Months", _bars(replayed))
    parts += section("Of the network", *bullets(map(words, _network(pack, replayed))))
    parts += section("How this is known", *bullets(map(words, _known(replayed, people_given))))
    return Group(*parts)


def _head(replayed: Replay, exports: Sequence[Export]) -> Iterator[str]:
    tools = listed(list(dict.fromkeys(each.format for each in exports)))
    many = len(replayed.counted)
    yield f"*{_count(many)} counted*, from {tools}, in {_months(replayed)}."
    if replayed.left_out:
        left = (f"{number(n)} {why}" for why, n in replayed.left_out.items())
        yield f"Left out: {listed(list(left))}."
    if skipped := sum(each.skipped for each in exports):
        yield f"Not read: {number(skipped)} without a title or a start."


def _figures(replayed: Replay) -> Iterator[str]:
    of_network = replayed.of_the_network
    rate, hours = replayed.a_month, replayed.an_incident
    if rate is None or hours is None:
        unclear = sum(each.network == "unclear" for each in replayed.counted)
        beside = f"; {number(unclear)} unclear" if unclear else ""
        yield f"No incident known as one that the network caused or amplified{beside}."
        return
    text = "confirmed" if all(each.confirmed for each in of_network) else "suggested by word lists"
    yield (
        f"Incidents a month: *{number(round(rate, 2))}* ({len(of_network)} {text} in "
        f"{_months(replayed)}); the example of a web article has 2."
    )
    how = _how(of_network)
    yield f"Hours an incident: *{number(round(hours, 2))}* ({how}); the same example has 18."
    total = sum(each.hours for each in of_network)
    yield f"In all *{number(round(total, 2))} h*."


def _how(judged: Sequence[JudgedIncident]) -> str:
    guesses = sum(each.effort == "guess" for each in judged)
    if guesses and guesses < len(judged):
        return f"{number(guesses)} of {number(len(judged))} a guess"
    return "a guess" if guesses else "counted"


def _network(pack: Pack, replayed: Replay) -> Iterator[str]:
    helped = with_a_mechanism(pack, replayed)
    for each in replayed.of_the_network:
        what = f"{each.start:%Y-%m-%d} *{visible(each.title)}* ({each.network}{_mark(each)})."
        yield f"{what} {_mechanism(pack, each)}".rstrip()
    if replayed.of_the_network:
        most = sum(each.hours for each in helped)
        yield (
            f"Hours that a mesh might have touched: from 0 to {number(round(most, 2))}. How much "
            "of that it saves nobody can tell from an export; your team sets the figure."
        )


def _mechanism(pack: Pack, each: JudgedIncident) -> str:
    """What of a mesh might have limited it, and what of one could fail like it."""
    mechanism = pack.mechanisms.get(each.mechanism or "")
    if mechanism is None:
        return NO_MECHANISM
    limits = mechanism.might_help or "No mechanism of a mesh limits it."
    return f"{mechanism.title}: {limits} {mechanism.might_hurt or ''}".rstrip()


def _known(replayed: Replay, people_given: bool) -> Iterator[str]:
    left = len(replayed.counted) - replayed.confirmed
    if left:
        yield (
            f"{_count(left)} not confirmed by a person yet: word lists are right in three of four "
            "on English descriptions, no better than a coin on titles alone, and hardly read "
            "another language. --confirm asks about each."
        )
    guesses = sum(each.effort == "guess" for each in replayed.counted)
    if guesses:
        on_it = "the people that you gave" if people_given else "the people named, else one"
        yield (
            f"Hours of {number(guesses)} are a guess: how long it lasted times {on_it}. "
            "Follow-up is in no tool; --follow-up adds hours to each of these."
        )


def _bars(replayed: Replay) -> Table:
    grid, most = Table.grid(padding=(0, 2)), max(replayed.months.values(), default=1)
    for month, many in replayed.months.items():
        bar = "█" * round(many / most * WIDEST_BAR) if most else ""
        grid.add_row(month, Text(bar), str(many))
    return grid


def _months(replayed: Replay) -> str:
    many = len(replayed.months)
    return f"{number(many)} month{'' if many == 1 else 's'}"


def _count(many: int) -> str:
    return f"{number(many)} incident{'' if many == 1 else 's'}"


def _mark(each: JudgedIncident) -> str:
    hours = f", {number(round(each.hours, 2))} h {'' if each.effort == 'counted' else 'guessed'}"
    return hours.rstrip() + ("" if each.confirmed else ", suggested")
