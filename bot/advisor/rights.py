"""Who may what beyond answering and ticking, which is everyone's in the channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.advisor.workplaces import Workplaces
from bot.domain.pack import Pack
from bot.domain.pilot.model import Owners
from bot.domain.team import FORMER, Assessment, Caller, PilotBoard
from bot.errors import NotYours
from bot.store import Database, pilots

People = Mapping[str, str]
"""Somebody's id → why they may."""
SEALING = "Sealing or amending the pilot's budgets"
BEGAN, OPENED, OWNS, LEADS = "began it", "opened it", "owns the mesh", "a lead"


class Rights:
    """What binds others is for a role of the pilot, whoever began it, and leads."""

    def __init__(self, workplaces: Workplaces) -> None:
        self.workplaces, self.pack = workplaces, workplaces.desk.pack

    def over_pilot(self, db: Database, caller: Caller, board: PilotBoard) -> People:
        """Who may seal and amend its budgets, close it, and enter exceptions."""
        owners = pilots.owners(db, board.workspace, board.id)
        return self._with_leads(
            db, caller, roles(self.pack, owners) | _one(board.started_by, BEGAN)
        )

    def over_team(self, db: Database, caller: Caller, team: Assessment) -> People:
        """Who may close and delete its assessment."""
        there = caller.model_copy(update={"channel": team.channel})
        board = pilots.of_team(db, there)
        owners = pilots.owners(db, board.workspace, board.id) if board else {}
        named = roles(self.pack, owners) | _one(team.owner_accepted or "", OWNS)
        return self._with_leads(db, caller, named | _one(team.started_by, BEGAN))

    def check_pilot(self, db: Database, caller: Caller, board: PilotBoard, what: str) -> None:
        """Nothing, or `NotYours` with who may, where this person may not."""
        _check(caller, what, self.over_pilot(db, caller, board), takes_a_role=not board.result)

    def check_closing(self, db: Database, caller: Caller, team: Assessment) -> None:
        """The same of an assessment that is to be closed."""
        _check(caller, "Closing this assessment", self.over_team(db, caller, team))

    def check_round(self, db: Database, caller: Caller, opened_by: str) -> None:
        """The same of a round that is to be closed before its date."""
        people = self._with_leads(db, caller, _one(opened_by, OPENED))
        _check(caller, "Closing this round before its date", people)

    def check_deleting(self, db: Database, caller: Caller, team: Assessment) -> None:
        """The same of one to be deleted; where nobody is left who may, nobody may."""
        people = self.over_team(db, caller, team)
        if caller.user not in people:
            raise NotYours("Deleting this assessment", _first(people.items()))

    def _with_leads(self, db: Database, caller: Caller, named: People) -> People:
        leads = dict.fromkeys(sorted(self.workplaces.of(db, caller.workspace).leads), LEADS)
        return {**leads, **named}


def allows(caller: Caller, people: People) -> bool:
    """Whether this person is among them; where nobody is left who was, everybody may."""
    return caller.user in people or not people or caller.is_dm


def roles(pack: Pack, owners: Owners) -> dict[str, str]:
    """Who accepted a role → its title; of several the one that the pack names first."""
    titles = dict[str, str]()
    for role, each in pack.roles.items():
        if role in owners and owners[role].holder not in ("", FORMER):
            titles.setdefault(owners[role].holder, each.title)
    return titles


def _one(user: str, why: str) -> dict[str, str]:
    return {user: why} if user not in ("", FORMER) else {}


def _check(caller: Caller, what: str, people: People, *, takes_a_role: bool = False) -> None:
    if not allows(caller, people):
        raise NotYours(what, _first(people.items()), takes_a_role=takes_a_role)


def _first(people: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those who are nearest to it first: leads come last."""
    return sorted(people, key=lambda each: each[1] == LEADS)
