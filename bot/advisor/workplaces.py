"""How each workspace wants meshfit: what it chose in its form, over what the environment says."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from functools import lru_cache

from bot.advisor.desk import Desk
from bot.advisor.digests import Digests
from bot.advisor.meanwhile import mark, to_save
from bot.advisor.retention import MOST_DAYS
from bot.advisor.time_zones import zone_of
from bot.domain.model.workplace import Chosen, SettingsOpening, Workplace, chosen_over, hours_of
from bot.domain.team import FORMER, Caller, Workspace
from bot.errors import BadAnswers, Meanwhile, NotYours, Refused
from bot.store import Database, installations, lead_groups, owed, workplaces
from bot.store.workplaces import KeptChoices

Defaults = Callable[[Workspace], Workplace]
CALLED = {
    "leads": "who leads",
    "pack_owners": "who sees the questions that were missed",
    "lead_group": "the user group of leads",
    "digest_channel": "where the monthly digest goes",
    "github": "the project at GitHub",
    "gitlab": "the project at GitLab",
    "time_zone": "the time zone",
    "work_days": "the working days",
    "work_hours": "the working hours",
    "retention_days": "how long things are kept",
    "acts": "the limit of one person",
    "channel_acts": "the limit of one channel",
}
"""Field → what it is, for whoever is refused."""
LATELY_S = 5.0
"""What another process changed holds here after so long."""
LEAST_ACTS = 20
"""Acts a day; to change the settings takes four."""
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PROJECT = re.compile(
    rf"https://{_LABEL}(?:\.{_LABEL})*(?::(\d{{1,5}}))?(?:/(?!\.{{1,2}}(?:/|$))[A-Za-z0-9_.~-]+){{2,}}"
)
_PORTS = range(1, 65_536)
_GROUP = re.compile(r"(?:T[A-Z0-9]{2,30}:)?S[A-Z0-9]{2,30}")


def as_shipped(_: Workspace) -> Workplace:
    """What holds where no environment was read: at a terminal, and in tests."""
    return Workplace()


class Workplaces:
    """Reads what holds for a workspace, and changes it for whoever may."""

    def __init__(self, desk: Desk, defaults: Defaults = as_shipped) -> None:
        self.desk, self.defaults = desk, lru_cache(maxsize=1024)(defaults)
        self._lately: dict[Workspace, tuple[float, Workplace]] = {}
        desk.workplace_of = self.of

    def of(self, db: Database, workspace: Workspace) -> Workplace:
        """What holds for a workspace now: the one way to ask."""
        kept = workplaces.of(db, workspace)
        defaults = self.defaults(workspace)
        workplace = chosen_over(defaults, kept.chosen) if kept else defaults
        if not workplace.lead_group:
            return workplace
        leads = workplace.leads | lead_groups.people(db, workspace)
        return workplace.model_copy(update={"leads": leads})

    def here(self, workspace: Workspace) -> Workplace:
        """The same where no transaction is open."""
        with self.desk.store.reading() as db:
            return self.of(db, workspace)

    def lately(self, workspace: Workspace) -> Workplace:
        """The same for what is asked at each act; of another process's change a moment late."""
        now = time.monotonic()
        until, workplace = self._lately.get(workspace, (now, None))
        if workplace is None or until <= now:
            workplace = self.here(workspace)
            self._lately[workspace] = now + LATELY_S, workplace
        return workplace

    def every(self) -> Mapping[Workspace, Workplace]:
        """What holds in each workspace that chose anything."""
        with self.desk.store.reading() as db:
            choices = workplaces.every(db)
        return {each: chosen_over(self.defaults(each), chosen) for each, chosen in choices.items()}

    def may_choose(self, db: Database, caller: Caller) -> bool:
        """Whether this person may change it: who installed meshfit here, and leads."""
        return caller.user in dict(self._choosers(db, caller.workspace))

    def _choosers(self, db: Database, workspace: Workspace) -> list[tuple[str, str]]:
        """Who may, each with why."""
        installed = installations.of(db, workspace, workspace)
        by = installed.by if installed else ""
        first = [(by, "installed meshfit")] if by not in ("", FORMER) else []
        return first + [(each, "a lead") for each in sorted(self.of(db, workspace).leads)]

    def open(self, caller: Caller) -> SettingsOpening:
        """What a form begins with. Raises `Refused` for whoever may not, saying who may."""
        with self.desk.store.reading() as db:
            self._check(db, caller)
            return self._opening(caller, workplaces.of(db, caller.workspace))

    def choose(
        self, caller: Caller, typed: Mapping[str, object], altered: frozenset[str], marks: Marks
    ) -> SettingsOpening:
        """Save the fields of a form that this person altered; an empty one is as it was at first.

        Raises `BadAnswers` beside a field that cannot be used, `Stale` where somebody else saved
        meanwhile what this person altered too.
        """
        try:
            return self._choose(caller, typed, altered, marks)
        finally:
            self._lately.clear()

    def _choose(
        self, caller: Caller, typed: Mapping[str, object], altered: frozenset[str], marks: Marks
    ) -> SettingsOpening:
        with self.desk.store.writing() as db:
            self._check(db, caller)
            kept = workplaces.of(db, caller.workspace)
            chosen = kept.chosen if kept else Chosen()
            now = _fields(chosen)
            before = {field: now[field] for field in typed}
            clean = self._readable(caller, typed)
            since = {
                each: by
                for each in typed
                if mark(None, str(now[each])) != marks.get(each)
                and (by := chosen.said_by.get(each, "")) != caller.user
            }
            left = to_save(clean, before, altered, since, _told)
            new = {each: caller.user for each in left if left[each] != before[each]}
            said_by = {**chosen.said_by, **new}
            saved = Chosen(**(now | left), said_by=said_by)
            workplaces.keep(db, caller, saved, self.desk.clock())
            Digests(self.desk).follow(db, caller.workspace)
            if saved.lead_group != chosen.lead_group:
                lead_groups.keep(db, caller.workspace, ())
                owed.say(db, caller, "lead_group", {"group": saved.lead_group or ""})
            return self._opening(caller, workplaces.of(db, caller.workspace))

    def _opening(self, caller: Caller, kept: KeptChoices | None) -> SettingsOpening:
        defaults, chosen = self.defaults(caller.workspace), kept.chosen if kept else Chosen()
        return SettingsOpening(
            chosen=chosen,
            defaults=defaults,
            holds=chosen_over(defaults, chosen),
            marks={each: mark(None, str(now)) for each, now in _fields(chosen).items()},
            by=kept.by if kept else "",
            at=kept.at if kept else None,
        )

    def _check(self, db: Database, caller: Caller) -> None:
        if self.may_choose(db, caller):
            return
        if people := self._choosers(db, caller.workspace):
            raise NotYours("To see or change the settings of this workspace", people)
        raise Refused(
            "The settings of this workspace are for whoever installed meshfit here, and for leads. "
            "Nobody leads yet: whoever runs meshfit names leads in MESHFIT_LEADS. Your id is "
            f"{caller.user}."
        )

    def _readable(self, caller: Caller, typed: Mapping[str, object]) -> dict[str, object]:
        """The fields as they are kept. Raises `BadAnswers` beside each that cannot be used."""
        clean, faults = dict[str, object](), dict[str, str]()
        defaults = self.defaults(caller.workspace)
        for field, value in typed.items():
            try:
                if isinstance(value, int):
                    _check_bounds(field, value, getattr(defaults, field))
                clean[field] = _READ.get(field, _as_it_is)(value) if value else None
            except ValueError as error:
                faults[field] = f"{error}."
        if faults:
            raise BadAnswers(faults)
        return clean


Marks = Mapping[str, str]


def _fields(chosen: Chosen) -> dict[str, object]:
    return chosen.model_dump(exclude={"said_by"})


def _check_bounds(field: str, number: int, most: int | None) -> None:
    """Raises `ValueError` for a limit beyond what whoever runs meshfit set, or of no use."""
    if most is not None and number > most:
        raise ValueError(f"At most {most:,}: whoever runs meshfit set that")
    if field == "retention_days":
        if not 1 <= number <= MOST_DAYS:
            raise ValueError(f"Is a number from 1 to {MOST_DAYS:,}")
    elif number < (least := min(LEAST_ACTS, most or LEAST_ACTS)):
        raise ValueError(f"At least {least}: with fewer nobody could come back to change this")


def _told(field: str, now: object) -> Meanwhile:
    people = now if isinstance(now, tuple) and field in ("leads", "pack_owners") else ()
    return Meanwhile(CALLED[field], "", "" if people else _said(now), next(iter(people), ""))


def _said(now: object) -> str:
    return "as whoever runs meshfit set it" if now in (None, ()) else str(now)


def _as_it_is(typed: object) -> object:
    return typed


def _project(typed: object) -> str:
    address = str(typed).strip().removesuffix("/").removesuffix(".git")
    match = _PROJECT.fullmatch(address)
    if not match:
        raise ValueError("Needs the address of a project, such as https://github.com/owner/name")
    if match[1] and int(match[1]) not in _PORTS:
        raise ValueError(f"Has port {match[1]}, and ports are 1 to 65535: leave it out, or mend it")
    return address


def _group(typed: object) -> str:
    group = str(typed).strip()
    if not _GROUP.fullmatch(group):
        raise ValueError("Needs the ID of a user group, such as S0614TZR7")
    return group


def _zone(typed: object) -> str:
    return zone_of(str(typed))


def _hours(typed: object) -> str:
    hours_of(str(typed))
    return str(typed)


_READ: Mapping[str, Callable[[object], object]] = {
    "github": _project,
    "lead_group": _group,
    "gitlab": _project,
    "time_zone": _zone,
    "work_hours": _hours,
}
