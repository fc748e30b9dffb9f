"""Nobody is said to have done what they did not: what screens claim, and the acts that are held."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from bot.domain.team import FORMER
from bot.store.export import export
from playground.slack import Slack
from tests.journeys.acts import Act, Witness, acts
from tests.journeys.house import House
from tests.journeys.screens import everything, views

USER = r"(?P<who><@\w+>)"
PEOPLE = r"(?P<who><@\w+>(?:, <@\w+>)*)"
NAME = r"[A-Z][\w']+"
CLAIMS = {
    "owner": (
        rf"(?<!measured by ){PEOPLE}, who accepted(?! all|, to measure|, measures)",
        rf"{USER} accepted to own this",
    ),
    "role": (
        rf"{PEOPLE}, who accepted all",
        rf"• (?P<thing>[^\n:]+): {USER} \(accepted",
        rf"• (?P<thing>[^\n:]+): [^\n]*until then {USER}",
        rf"took it from {USER}, who had accepted",
        rf"^(?P<thing>[^|\n]+) \| {USER} \| [^|\n]* \| yes$",
    ),
    "measurer": (
        rf"{USER}, who accepted, (?:to measure|measures)",
        rf"to be measured by {USER}, who accepted",
        rf"{USER} accepted to measure",
        rf"until then for {USER}",
    ),
    "decided": (rf"decision-makers: \"{PEOPLE}",),
    "took": (
        rf"{USER} took this on: (?P<thing>[^\n]+?)(?: That does not stand any more\.)?$",
        rf"☐ (?P<thing>[^\n]*)\n{USER} · ",
        rf"^[☐☑] \| (?P<thing>[^|\n]+) \| [^|\n]* \| {USER} \|",
    ),
    "approved": (
        rf"\*Exception:\* (?P<thing>[^\n]+?) until [^\n]*?approved by {USER}",
        rf"^(?P<thing>[^|\n]+) \| [^\n]*approved by {USER}",
        rf"(?<!\| )(?<!, )approved by {USER}",
    ),
    "still true": (
        rf"still true [^·]*?\({USER}\)",
        rf"{USER} said last that it is still true",
    ),
    "confirmed": (
        rf"[Rr]ecord (?P<thing>\d{{4}})\b[^\n]*?[Cc]onfirmed by {USER}",
        rf"[Cc]onfirmed by {USER}",
    ),
    "incidents": (rf"{USER} confirmed [\d,]+ (?:incidents?|people) at a terminal",),
    "declined owner": (rf"{USER} will not be the owner",),
    "declined measurer": (rf"{USER} will not measure the pilot's goal",),
    "declined role": (rf"{USER} said no\.",),
    "declined took": (rf"{USER} does not do this: (?P<thing>[^\n]+?)(?: Why: [^\n]*)?$",),
    "declined approved": (
        rf"{USER} refused (?:a new date of )?the exception for (?P<thing>[^\n]+?)"
        r"(?: that was asked for before)?\.(?: |$)",
        rf"{USER} refused (?:a new date of |<@\w+>)?the exception",
        rf"{USER} refused (?:<@\w+>){{2}}\.",
    ),
    "answered": (
        rf"(?:consulted: \"|Answered by |\*Who answered:\* ){PEOPLE}",
        rf"[•*] (?P<thing>[^\n:]*?)(?: \(the team has none yet\))?: {USER} says ",
        rf"^(?P<thing>[^\n:]*): [^\n]*{USER} also says ",
        rf"{USER} also says ",
    ),
    "gave": (
        rf"The team's answer: \*[^\n]*\* [·(]{{1}} ?{USER}",
        rf"^\|? ?(?P<thing>[^|\n☐☑]+?) \| [^\n]*\| {USER} \| [\d-]{{10}}",
    ),
    "undone": (rf"Undone by {USER}",),
    "measured": (
        rf"(?P<thing>-?[\d,.]+)[^\d\n(]*\((?:measured|counted|guessed), (?:by )?{USER}",
        rf"\((?:measured|counted|guessed), (?:by )?{USER}",
        rf"\| [^\d|\n]*(?P<thing>-?[\d,.]+)[^|\n]*\| [^|\n]*(?:Measured|Counted) by {USER}",
        rf"(?:Measured|Counted) by {USER}",
    ),
    "ticked": (
        rf"☑ (?:\*\d+\. )?(?P<thing>[^\n*]+)\*?\n(?:(?![☑☐])[^\n]*\n)*?_Ticked by {USER}",
        rf"Ticked by {USER}",
    ),
    "sealed": (
        rf"Budgets, version (?P<thing>\d+):\*[^\n]*?\({USER}",
        rf"Budgets sealed, version (?P<thing>\d+)[^\n]*?, by {USER}",
    ),
    "ended": (rf"\(closed by {USER}", rf"pilot [^\n]*closed by {USER}"),
    "closed": (rf"round [^\n]*closed by {USER}", rf"(?<!\()closed by {USER}"),
    "clock": (
        rf"{USER} started the clock of (?:the drill )?[“*](?P<thing>[^\n”*]+)",
        rf"{USER} started the clock of",
        rf"The clock runs for \*(?P<thing>[^\n*]+)\* \({USER}\)",
    ),
}
"""Kind of act → the sentences that say somebody did it, and to what where they say that."""

YOU = {
    "owner": (r"\bYou accepted to run",),
    "role": (r"\bYou accepted what you",),
    "measurer": (r"\bYou accepted to measure",),
    "declined measurer": (r"\bYou said that you will not measure",),
    "took": (
        r"\bYou took it on(?: in <#\w+>: (?P<thing>[^\n]+?)(?: That does not stand any more\.)?$)?",
    ),
    "approved": (r"\bYou approved(?: the exception for (?P<thing>[^\n]+?) in <#)?",),
    "declined owner": (r"\bYou said that you will not run",),
    "declined took": (
        r"\bYou said that you will not do this in <#\w+>: (?P<thing>[^\n]+?)(?: Why: [^\n]*)?$",
    ),
    "declined role": (r"\bYou said no",),
    "declined approved": (
        r"\bYou refused (?:a new date of )?the exception for (?P<thing>[^\n]+?) in <#",
        r"\bYou refused",
    ),
}
"""The same, said to the one whom a message is for."""

NO_CLAIM = (
    r"(?:has not|[Nn]ot|[Nn]obody(?: has)?) (?:answered|accepted|approved|confirmed)",
    r"not every role is accepted",
    r"(?:of \d+|many|people|who were asked|whom you name|what [^<]{1,40}) (?:have )?answered",
    r"of \d+(?: people)? accepted",
    r"answered under other rules",
    r"Answered or confirmed last on",
    r"\b(?:all|\d+|all \d+|person has) answered",
    r"(?:was|was last|is|of the) (?:answered(?: or confirmed)?|refused)",
    r"follows as accepted",
    r"(?:still to be|Each is|What is not) confirmed",
    r"What (?:people confirmed|the teams answered)",
    r"^somebody accepted to own it$",
    r"confirmed\.json",
    r"answered (?:without help|in a round)",
)
"""Where such a word says of nobody by name that they did it: counts, what is awaited, no answer."""

ACTING = re.compile(r"\b(?:accepted|approved|confirmed|answered|declined|refused)\b")
"""Words that say of somebody that they did it."""


class Said(NamedTuple):
    """That somebody did something; to what, where the sentence says it."""

    kind: str
    who: str
    thing: str = ""

    def is_held(self, done: Iterable[Act], places: Iterable[str] = ()) -> bool:
        """Whether this person did this, to this thing, in one of these channels."""
        return any(
            (each.kind, each.who) == (self.kind, self.who)
            and (not self.thing or self.thing in map(one_line, each.thing))
            and (not each.where or not places or each.where in places)
            for each in done
        )


def one_line(text: str) -> str:
    """As a screen and a row say the same: without what is escaped, commas of thousands, a stop."""
    return " ".join(unescape(text).split()).rstrip(".")


def nobody_is_said_to_have_done_what_they_did_not(
    slack: Slack, house: House, seen: Witness
) -> None:
    """Every claim on a screen has its act; of a workspace that was emptied nothing can be asked."""
    rows = [each for each in export(house.db) if "row" in each]
    if not any(each["table"] in ("assessments", "pilots") for each in rows):
        return
    assert untrue(told(slack), rows, seen) == []
    most = max(map(len, _answering(rows).values()), default=0)
    assert [text for text, _, _ in told(slack) if more_than(most, text)] == []


def untrue(
    texts: Iterable[Told], held: Iterable[Mapping[str, Any]], seen: Witness | None = None
) -> list[tuple[Said, str]]:
    """Each claim that has no act of that person about that thing in a channel that is meant."""
    held = list(held)
    done, whole = acts(held, seen), json.dumps(held)
    return [
        (said, text)
        for text, reader, place in texts
        for said in sorted(claimed(text, reader))
        if not said.is_held(done, meant(text, place))
        and (said.who in whole or FORMER not in whole)  # not forgotten since
    ]


Told = tuple[str, str, str]
"""What is said, to whom alone, and in which channel; each empty where that is not so."""


def meant(text: str, place: str) -> set[str]:
    """The channels that a text may be about: where it stands, and those that it names."""
    return {each for each in (place, *re.findall(r"<#(\w+)", text)) if each}


def told(slack: Slack) -> Iterator[Told]:
    """Every message, view and document of meshfit's."""
    world = slack.world
    alone = {
        each.id: next(iter(each.members - {world.bot.id}), "")
        for each in world.channels.values()
        if each.kind == "im"
    }
    for each in everything(slack):
        if each.user == world.bot.id:
            yield each.text, each.only_for or alone.get(each.channel, ""), each.channel
    yield from ((each, "", "") for each in views(slack))
    for file in world.files.values():
        if file.owner == world.bot.id and file.name.endswith((".md", ".html")):
            for place in file.channels or ("",):
                yield mentioning(file.content.decode()), "", place


def mentioning(document: str) -> str:
    """A page or a record as messages say it: cells apart, people by mention."""
    cells = re.sub(r"</t[dh]>\s*<t[dh][^>]*>", " | ", document)
    text = unescape(re.sub(r"<(?!@)/?[a-zA-Z!][^>]*>", "", cells))
    by_handle = re.sub(r"\b(?i:(\w+)) \((U0(?i:\1))\)", r"\2", text)
    return re.sub(r"(?:[A-Z][\w']+ [A-Z][\w']+ \((U0[A-Z]+)\)|(?<![@\w])(U0[A-Z]+)\b)",
                  lambda found: f"<@{found[1] or found[2]}>", by_handle)  # fmt: skip


def claimed(text: str, reader: str = "") -> set[Said]:
    """Every act that a text says somebody did; of patterns of a kind the first that reads it."""
    found = set[Said]()
    for kind, patterns in CLAIMS.items():
        left = text
        for pattern in patterns:
            for each in re.finditer(pattern, left, re.MULTILINE):
                thing = one_line(each.groupdict().get("thing") or "")
                found |= {Said(kind, who, thing) for who in re.findall(r"<@(\w+)>", each["who"])}
            left = re.sub(pattern, " ", left, flags=re.MULTILINE)
    for kind, patterns in YOU.items():
        yours = (re.search(each, text, re.MULTILINE) for each in patterns)
        if first := next(filter(None, yours), None):
            found.add(Said(kind, reader, one_line(first.groupdict().get("thing") or "")))
    return found


def unclaimed(line: str) -> str:
    """What a line says of acts beyond what `CLAIMS` reads in it; empty where that is nothing."""
    every = [*NO_CLAIM, *(each for them in (*CLAIMS.values(), *YOU.values()) for each in them)]
    for pattern in every:
        line = re.sub(pattern, " ", line, flags=re.MULTILINE)
    return line if ACTING.search(line) else ""


def more_than(most: int, text: str) -> bool:
    """Whether it counts more who answered than there are."""
    counts = re.findall(r"(?<!of )(?<!\d)(\d+) (?:person|people) answered\b", text)
    return any(int(each) > max(most, 1) for each in counts)


def _answering(held: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Assessment → who answered something in it themselves."""
    found: dict[str, set[str]] = {}
    for each in held:
        if each["table"] == "voices":
            row = each["row"]
            found.setdefault(row["assessment"], set()).add(row["respondent"])
    return found
