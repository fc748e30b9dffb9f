"""Nobody is said to have done what they did not: what screens claim, and the acts that are held."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape
from typing import Any

import pytest

from bot.domain.team import FORMER
from bot.store import answers, assessments, pilot_log, pilots
from bot.store.export import export
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.screens import everything, views

USER = r"<@(\w+)>"
PEOPLE = r"(<@\w+>(?:, <@\w+>)*)"
ROUND = "a round that kept no names"
CLAIMS = {
    "accepted": (
        rf"{PEOPLE}, who accepted",
        rf"{USER} owns this",
        rf"{USER} \(accepted",
        rf"until then {USER}",
        rf"took it from {USER}, who had accepted",
        rf"^[^|\n]* \| {USER} \| [^|\n]* \| yes$",
    ),
    "decided": (rf"decision-makers: \"{PEOPLE}",),
    "took": (rf"{USER} does this:", rf"☐ [^\n]*\n{USER} · "),
    "approved": (rf"approved by {USER}",),
    "confirmed": (
        rf"still true [^·]*?\({USER}\)",
        rf"[Cc]onfirmed by {USER}",
        rf"{USER} said last that it is still true",
        rf"{USER} confirmed (?:[\d,]+ incidents?|<@\w+>) at a terminal",
    ),
    "declined": (
        rf"{USER} will not be the owner",
        rf"{USER} said no\.",
        rf"{USER} will not measure the pilot's goal",
        rf"{USER} does not do this:",
        rf"{USER} refused (?:a new date of |<@\w+>)?the exception",
    ),
    "answered": (
        rf"(?:consulted: \"|Answered by ){PEOPLE}",
        rf"• [^\n:]*: {USER} says ",
        rf"\* [^\n:]*: {USER} says ",
        rf"{USER} also says ",
        rf"\*Who answered:\* {PEOPLE}",
    ),
    "gave": (rf"The team's answer: \*[^\n]*\* [·(]{{1}} ?{USER}", rf"\| {USER} \| [\d-]{{10}}"),
    "undone": (rf"Undone by {USER}",),
    "measured": (rf"\((?:measured|counted|guessed), (?:by )?{USER}",),
    "ticked": (rf"Ticked by {USER}",),
    "sealed": (rf"Budgets, version \d+:\*[^\n]*?\({USER}", rf"Budgets sealed[^\n]*?, by {USER}"),
    "closed": (rf"closed by {USER}",),
    "clock": (rf"{USER} started the clock of", rf"The clock runs for [^\n]* \({USER}\)"),
}
"""Kind of act → the sentences that say somebody did it."""

YOU = {
    "accepted": (r"\bYou accepted (?:to run|to measure|what you)",),
    "took": (r"\bYou took it on",),
    "approved": (r"\bYou approved",),
    "declined": (r"\bYou said (?:no|that you will not)", r"\bYou refused"),
}
"""The same, said to the one whom a message is for."""

NO_CLAIM = (
    r"(?:has not|[Nn]ot|[Nn]obody(?: has)?) (?:answered|accepted|approved|confirmed)",
    r"not every role is accepted",
    r"(?:of .{1,12}|many|people|who were asked|whom you name|what .{1,40}) (?:have )?answered",
    r"of .{1,12} accepted",
    r"(?:was|was last|is|of the) (?:answered(?: or confirmed)?|refused)",
    r"follows as accepted",
    r"^Answered or confirmed last on",
    r"(?:still to be|Each is|What is not) confirmed",
    r"What (?:people confirmed|the teams answered)",
    r"^somebody accepted to own it$",
    r"confirmed\.json",
    r"<@\w+>(?:<@\w+>)? answered(?= <@|$)",
    r"answered (?:without help|in a round)",
)
"""Where such a word says of nobody by name that they did it: counts, what is awaited, no answer."""

SPEAKING = ("answered", "gave")
ACTING = re.compile(r"\b(?:accepted|approved|confirmed|answered|declined|refused)\b")
"""Words that say of somebody that they did it."""


def nobody_is_said_to_have_done_what_they_did_not(
    slack: Slack, house: House, seen: Witness
) -> None:
    """Every claim on a screen has its act; of a workspace that was emptied nothing can be asked."""
    held = [each for each in export(house.db) if "row" in each]
    if not any(each["table"] in ("assessments", "pilots") for each in held):
        return
    done, whole = acts(held, seen), json.dumps(held)
    untrue = [
        (kind, who, text)
        for text, reader in told(slack)
        for kind, who in claimed(text, reader)
        if who not in done[kind] and (who in whole or FORMER not in whole)  # not forgotten since
    ]
    assert untrue == [], untrue
    most = max(map(len, _answering(held).values()), default=0)
    assert [text for text, _ in told(slack) if more_than(most, text)] == []


def told(slack: Slack) -> Iterator[tuple[str, str]]:
    """(what it says, for whom alone) of every message, view and document of meshfit's."""
    world = slack.world
    alone = {
        each.id: next(iter(each.members - {world.bot.id}), "")
        for each in world.channels.values()
        if each.kind == "im"
    }
    for each in everything(slack):
        if each.user == world.bot.id:
            yield each.text, each.only_for or alone.get(each.channel, "")
    yield from ((each, "") for each in views(slack))
    for file in world.files.values():
        if file.owner == world.bot.id and file.name.endswith((".md", ".html")):
            yield mentioning(file.content.decode()), ""


def mentioning(document: str) -> str:
    """A page or a record as messages say it: cells apart, people by mention."""
    cells = re.sub(r"</t[dh]>\s*<t[dh][^>]*>", " | ", document)
    text = unescape(re.sub(r"<(?!@)/?[a-zA-Z!][^>]*>", "", cells))
    return re.sub(r"(?:[A-Z][\w']+ [A-Z][\w']+ \((U0[A-Z]+)\)|(?<![@\w])(U0[A-Z]+)\b)",
                  lambda found: f"<@{found[1] or found[2]}>", text)  # fmt: skip


def claimed(text: str, reader: str = "") -> set[tuple[str, str]]:
    """(kind, person) of every act that a text says somebody did."""
    found = {
        (kind, who)
        for kind, patterns in CLAIMS.items()
        for pattern in patterns
        for said in re.findall(pattern, text, re.MULTILINE)
        for who in (re.findall(USER, said) or [said])
    }
    yours = (kind for kind, them in YOU.items() if any(re.search(each, text) for each in them))
    return found | {(kind, reader) for kind in yours}


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


class Witness:
    """Acts as they were written down, where later ones take their place."""

    def __init__(self) -> None:
        self.saw: set[tuple[str, str]] = set()

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """From now on."""
        add, take, update = pilot_log.add, pilots.set_owner, assessments.update
        plans = pilots.set_plan

        def added(db: Any, caller: Any, pilot: str, kind: str, *more: Any) -> Any:
            self.saw.add((kind, caller.user))
            return add(db, caller, pilot, kind, *more)

        def taken(db: Any, workspace: str, pilot: str, role: str, owner: Any) -> Any:
            self.saw.add(("accepted", owner.holder))
            return take(db, workspace, pilot, role, owner)

        def updated(db: Any, workspace: str, assessment: str, **changes: Any) -> Any:
            self.saw.add(("accepted", changes.get("owner_accepted") or ""))
            return update(db, workspace, assessment, **changes)

        def planned(db: Any, workspace: str, pilot: str, plan: Any) -> Any:
            held = plan.measured_by if plan.measurer == "accepted" else plan.measurer_before
            self.saw.add(("accepted", held))
            return plans(db, workspace, pilot, plan)

        self._watch_answers(patch)
        patch.setattr(pilots, "set_plan", planned)
        patch.setattr(pilot_log, "add", added)
        patch.setattr(pilots, "set_owner", taken)
        patch.setattr(assessments, "update", updated)

    def _watch_answers(self, patch: pytest.MonkeyPatch) -> None:
        put, speak = answers.put, answers.speak

        def answered(db: Any, workspace: str, assessment: str, *given: Any) -> Any:
            self.saw.update(("gave", each.respondent) for each in given)
            return put(db, workspace, assessment, *given)

        def spoke(db: Any, workspace: str, assessment: str, *said: Any) -> Any:
            self.saw.update((kind, each.respondent) for each in said for kind in SPEAKING)
            return speak(db, workspace, assessment, *said)

        patch.setattr(answers, "put", answered)
        patch.setattr(answers, "speak", spoke)


def acts(held: Iterable[Mapping[str, Any]], seen: Witness | None = None) -> dict[str, set[str]]:
    """Kind of act → who did it, by the rows that are held, and by what was seen written."""
    found: dict[str, set[str]] = {kind: set() for kind in CLAIMS}
    for each in held:
        for kind, who in _ACTS.get(each["table"], lambda _: ())(each["row"]):
            found[kind].add(who)
    for kind, who in seen.saw if seen else ():
        if kind in found:
            found[kind].add(who)
    found["decided"] = found["accepted"] | found["confirmed"]
    return found


def _answering(held: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Assessment → who answered something in it themselves."""
    found: dict[str, set[str]] = {}
    for each in held:
        if each["table"] == "voices":
            row = each["row"]
            found.setdefault(row["assessment"], set()).add(row["respondent"])
    return found


Acts = Iterator[tuple[str, str]]


def _assessment(row: Mapping[str, Any]) -> Acts:
    yield "accepted", row["owner_accepted"]
    yield "confirmed", row["confirmed_by"]


def _changes(row: Mapping[str, Any]) -> Acts:
    yield "undone", row["undone_by"]


def _nomination(row: Mapping[str, Any]) -> Acts:
    word = {"exception": "approved", "action": "took"}.get(row["kind"], "accepted")
    if row["said"]:
        yield (word if row["said"] == "accepted" else "declined"), row["person"]


def _role(row: Mapping[str, Any]) -> Acts:
    owner = json.loads(row["owner"]) if isinstance(row["owner"], str) else row["owner"]
    yield "accepted", owner["user"] if owner["accepted"] else owner["before"]


def _logged(row: Mapping[str, Any]) -> Acts:
    said = row["json"]
    if row["kind"] == "goal":
        yield "measured", row["by"]
    if row["kind"] == "seal":
        yield "sealed", row["by"]
    if row["kind"] == "exception" and said["approval"] == "approved":
        yield "approved", row["by"] if row["by"] == said["approver"] else ""


def _pilot(row: Mapping[str, Any]) -> Acts:
    yield "closed", row["closed_by"] or ""
    plan = json.loads(row["plan"] or "{}") if isinstance(row["plan"], str) else row["plan"] or {}
    if plan.get("measurer") == "accepted":
        yield "accepted", plan.get("measured_by", "")
    yield "accepted", plan.get("measurer_before", "")
    rollout = json.loads(row["rollout"] or "{}") if isinstance(row["rollout"], str) else {}
    yield from (("ticked", each["who"]) for each in rollout.get("ticked_by", {}).values())


def _by(*kinds: str, column: str) -> Callable[[Mapping[str, Any]], Acts]:
    return lambda row: ((kind, row[column] or "") for kind in kinds)


_ACTS: Mapping[str, Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]] = {
    "actions": _by("took", column="owner"),
    "answers": _by("gave", column="respondent"),
    "assessments": _assessment,
    "changesets": _changes,
    "evidence_incidents": _by("confirmed", column="said_by"),
    "nominations": _nomination,
    "pilot_owners": _role,
    "pilot_log": _logged,
    "pilots": _pilot,
    "records": _by("confirmed", column="confirmed_by"),
    "rounds": _by("closed", column="closed_by"),
    "ticks": _by("ticked", column="who"),
    "voices": _by(*SPEAKING, column="respondent"),
}
