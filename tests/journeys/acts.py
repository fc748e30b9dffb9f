"""Who did what, to what and where: the acts that are held, and those that were seen written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from bot.store import answers, assessments, pilot_log, pilots
from tests.shipped import SHIPPED

Row = Mapping[str, Any]
SPEAKING = ("answered", "gave")


class Act(NamedTuple):
    """What somebody did; `thing` by each name that a screen may give it, `where` a channel."""

    kind: str
    who: str
    thing: tuple[str, ...] = ()
    where: str = ""


class Held:
    """The rows of a workspace, by what they belong to."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)
        owned = [r["row"] for r in self.rows if r["table"] in ("assessments", "pilots")]
        self.channels = {each["id"]: each["channel"] for each in owned}
        self.lines = {
            (each["assessment"], each["line"]): each["text"] for each in self.of("actions")
        }
        logged = (each["json"] for each in self.of("pilot_log") if each["kind"] == "exception")
        self.exceptions = {each["id"]: each["service"] for each in logged}

    def of(self, table: str) -> Iterator[Row]:
        """The rows of one table."""
        return (each["row"] for each in self.rows if each["table"] == table)

    def where(self, row: Row) -> str:
        """The channel of whatever a row belongs to; empty where that is gone."""
        owner = row.get("assessment") or row.get("pilot") or row.get("id")
        return row.get("channel") or self.channels.get(owner, "")


def acts(held: Iterable[Row], seen: Witness | None = None) -> set[Act]:
    """By the rows that are held, and by what was seen written."""
    kept = Held(held)
    found = {
        act._replace(where=kept.where(row))
        for table, told in _ACTS.items()
        for row in kept.of(table)
        for act in told(kept, row)
    }
    for act, owner in seen.saw if seen else ():
        found.add(act._replace(where=kept.channels.get(owner, "")))
    found |= {each._replace(kind="owner") for each in found if _has_every_role(each, found)}
    deciding = (each for each in found if each.kind in ("owner", "confirmed"))
    found |= {each._replace(kind="decided") for each in deciding}
    return {each for each in found if each.who}


def _has_every_role(act: Act, found: Iterable[Act]) -> bool:
    """Who accepted all roles of a pilot stands as its owner."""
    theirs = {each.thing for each in found if (each.kind, each.where) == ("role", act.where)}
    return act.kind == "role" and {(each.title,) for each in SHIPPED.roles.values()} <= theirs


class Witness:
    """Acts as they were written down, where later ones take their place, each with its owner."""

    def __init__(self) -> None:
        self.saw: set[tuple[Act, str]] = set()

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """From now on."""
        add, take, update = pilot_log.add, pilots.set_owner, assessments.update
        plans = pilots.set_plan

        def added(db: Any, caller: Any, pilot: str, kind: str, at: Any, what: Any) -> Any:
            row = {"kind": kind, "by": caller.user, "json": what.model_dump(mode="json")}
            self.saw.update((each, pilot) for each in _logged(Held(()), row))
            return add(db, caller, pilot, kind, at, what)

        def taken(db: Any, workspace: str, pilot: str, role: str, owner: Any) -> Any:
            self.saw.add((Act("role", owner.holder, _role(role)), pilot))
            return take(db, workspace, pilot, role, owner)

        def updated(db: Any, workspace: str, assessment: str, **changes: Any) -> Any:
            self.saw.add((Act("owner", changes.get("owner_accepted") or ""), assessment))
            return update(db, workspace, assessment, **changes)

        def planned(db: Any, workspace: str, pilot: str, plan: Any) -> Any:
            held = plan.measured_by if plan.measurer == "accepted" else plan.measurer_before
            self.saw.add((Act("measurer", held), pilot))
            return plans(db, workspace, pilot, plan)

        self._watch_answers(patch)
        patch.setattr(pilots, "set_plan", planned)
        patch.setattr(pilot_log, "add", added)
        patch.setattr(pilots, "set_owner", taken)
        patch.setattr(assessments, "update", updated)

    def _watch_answers(self, patch: pytest.MonkeyPatch) -> None:
        put, speak = answers.put, answers.speak

        def answered(db: Any, workspace: str, assessment: str, *given: Any) -> Any:
            for each in given:
                self.saw.add((Act("gave", each.respondent, _asked(each.question)), assessment))
            return put(db, workspace, assessment, *given)

        def spoke(db: Any, workspace: str, assessment: str, *said: Any) -> Any:
            for each in said:
                for kind in SPEAKING:
                    self.saw.add((Act(kind, each.respondent, _asked(each.question)), assessment))
            return speak(db, workspace, assessment, *said)

        patch.setattr(answers, "put", answered)
        patch.setattr(answers, "speak", spoke)


def _asked(question: str) -> tuple[str, ...]:
    """What a question is called, where a mesh runs as well."""
    known = SHIPPED.questions.get(question)
    if known is None:
        return (question,)
    return (known.short, known.label, known.where_one_runs().short, known.where_one_runs().label)


def _role(role: str) -> tuple[str, ...]:
    return (SHIPPED.roles[role].title if role in SHIPPED.roles else role,)


Acts = Iterator[Act]


def _assessment(held: Held, row: Row) -> Acts:
    yield Act("owner", row["owner_accepted"] or "")
    yield Act("still true", row["confirmed_by"] or "")


_ASKED = {
    "owner": "owner",
    "roles": "role",
    "action": "took",
    "exception": "approved",
    "measure": "measurer",
}
"""What somebody was asked for → what they did by a yes."""


def _nomination(held: Held, row: Row) -> Acts:
    kind = _ASKED[row["kind"]]
    things: list[tuple[str, ...]] = [()]
    if row["kind"] == "roles":
        things = [_role(each) for each in row["part"].split()]
    elif row["kind"] == "action":
        things = [(held.lines.get((row["assessment"], row["part"]), ""),)]
    elif row["kind"] == "exception":
        things = [(held.exceptions.get(row["part"], ""),)]
    for thing in things if row["said"] else ():
        yield Act(kind if row["said"] == "accepted" else f"declined {kind}", row["person"], thing)


def _owns(held: Held, row: Row) -> Acts:
    owner = json.loads(row["owner"]) if isinstance(row["owner"], str) else row["owner"]
    yield Act("role", owner["user"] if owner["accepted"] else owner["before"], _role(row["role"]))


def _logged(held: Held, row: Row) -> Acts:
    said, by = row["json"], row["by"]
    if row["kind"] == "goal":
        yield Act("measured", by, (f"{said['value']:g}",))
    if row["kind"] == "seal":
        yield Act("sealed", by, (str(said["version"]),))
    if row["kind"] == "clock":
        yield Act("clock", by, (SHIPPED.drills[said["drill"]].title,))
    if row["kind"] == "exception" and by == said["approver"]:
        word = {"approved": "approved", "refused": "declined approved"}.get(said["approval"])
        yield from [Act(word, by, (said["service"],))] if word else []


def _pilot(held: Held, row: Row) -> Acts:
    yield Act("ended", row["closed_by"] or "")
    plan = json.loads(row["plan"] or "{}") if isinstance(row["plan"], str) else row["plan"] or {}
    if plan.get("measurer") == "accepted":
        yield Act("measurer", plan.get("measured_by", ""))
    yield Act("measurer", plan.get("measurer_before", ""))
    rollout = json.loads(row["rollout"] or "{}") if isinstance(row["rollout"], str) else {}
    for line, tick in rollout.get("ticked_by", {}).items():
        stage, _, name = line.partition(".")
        there = SHIPPED.stages[stage]
        yield Act("ticked", tick["who"], ({**there.enter, **there.leave}[name].text,))


def _by(*kinds: str, column: str, thing: Callable[[Row], tuple[str, ...]]) -> Callable[..., Acts]:
    return lambda _, row: (Act(kind, row[column] or "", thing(row)) for kind in kinds)


def _plain(row: Row) -> tuple[str, ...]:
    return ()


_ACTS: Mapping[str, Callable[[Held, Row], Iterable[Act]]] = {
    "actions": _by("took", column="owner", thing=lambda row: (row["text"],)),
    "answers": _by("gave", column="respondent", thing=lambda row: _asked(row["question"])),
    "assessments": _assessment,
    "changesets": _by("undone", column="undone_by", thing=_plain),
    "evidence_incidents": _by("incidents", column="said_by", thing=_plain),
    "nominations": _nomination,
    "pilot_owners": _owns,
    "pilot_log": _logged,
    "pilots": _pilot,
    "records": _by("confirmed", column="confirmed_by", thing=lambda row: (f"{row['number']:04}",)),
    "rounds": _by("closed", column="closed_by", thing=_plain),
    "ticks": _by("ticked", column="who", thing=lambda row: (SHIPPED.steps[row["step"]].title,)),
    "voices": _by(*SPEAKING, column="respondent", thing=lambda row: _asked(row["question"])),
}
