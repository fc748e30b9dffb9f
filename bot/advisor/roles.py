"""Who has which role of a pilot: asked by name, and nobody before their own word."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.advisor import owing
from bot.advisor.changing import Changing, HowChanged
from bot.advisor.dossiers import Dossiers
from bot.advisor.meanwhile import BACKUP, in_words, saved_since, to_save
from bot.advisor.measurers import redraw_card
from bot.advisor.nominating import OwnWord, answered, nominate
from bot.advisor.recording import follow, proposed
from bot.advisor.slice import Fields
from bot.domain.model import Answer
from bot.domain.pilot import ownership
from bot.domain.pilot.model import Dossier, Edit, Owner, Owners
from bot.domain.replies import OpenedForm, Shared
from bot.domain.team import Caller
from bot.errors import Refused
from bot.store import Database, assessments, pilot_log, pilots

BY_ACCEPTING = HowChanged(followed=False, accepts=True)
NOT_ASKED = "You are not asked for a role, so there is nothing to answer."


class Roles:
    """Every method is one transaction."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk
        self.changing = Changing(dossiers.desk)

    def name_owners(
        self, caller: Caller, pilot: str, named: Mapping[str, Owner], opened: OpenedForm
    ) -> tuple[Dossier, Owners, Shared | None]:
        """Ask people for the roles. Who names themselves accepts; who has a role keeps it so long.

        Answers also the roles that somebody had accepted and has no more. Once every role is
        accepted, the team's card learns that the mesh has an owner. Raises `Stale` as the aim does.
        """
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            before = {role: dossier.owners.get(role, Owner()) for role in named}
            both = _people(named), _people(before)
            since = saved_since(db, caller, dossier, opened)
            worded = partial(in_words, self.desk.pack)
            fields = to_save(*both, opened.altered, since, worded)
            gone = self._name(db, caller, pilot, before, fields)
            data = {"gone": {role: old.model_dump() for role, old in gone.items()}}
            owing.below_board(db, caller, pilot, "roles_named", data)
            owing.offer(db, caller, "roles")
            moved = tuple(each for each in fields if fields[each] != both[1].get(each))
            after = self._edited(db, caller, pilot, moved)
            return after, gone, self._owned(db, caller, after)

    def _name(
        self, db: Database, caller: Caller, pilot: str, owners: Owners, fields: Fields
    ) -> Owners:
        """Ask whoever is new; answers the roles that somebody had accepted and has no more."""
        gone = {}
        for role, before in owners.items():
            chosen = Owner(user=str(fields[role]), backup=str(fields[role + BACKUP]))
            now = ownership.asked(before, chosen, caller.user)
            pilots.set_owner(db, caller.workspace, pilot, role, now)
            if before.holder and now.holder != before.holder:
                gone[role] = before
            if now.user and not now.accepted and now.user != before.user:
                nominate(db, caller, ("roles", pilot, role), now.user)
        return gone

    def answer_roles(
        self, caller: Caller, pilot: str, *, accepts: bool, why: str = ""
    ) -> tuple[Dossier, Shared | None]:
        """Accept every role this person is asked for, or none of them, wherever they are.

        Who declines leaves each role with whoever had it before. Raises `Refused` where nothing
        is asked of them.
        """
        with self.desk.store.writing() as db:
            there = self.dossiers.there(db, caller, pilot)
            waiting = self._waiting(db, there, pilot)
            for role, owner in waiting.items():
                now = ownership.role_answered(owner, accepts=accepts)
                pilots.set_owner(db, there.workspace, pilot, role, now)
            answered(db, there, ("roles", pilot, ""), OwnWord.of(accepts=accepts, why=why))
            owing.board(db, there, pilot)
            dossier = self._edited(db, there, pilot, tuple(waiting))
            return dossier, self._owned(db, there, dossier)

    def check_asked(self, caller: Caller, pilot: str) -> None:
        """Nothing, or `Refused` where nothing is asked of this person."""
        with self.desk.store.reading() as db:
            self._waiting(db, self.dossiers.there(db, caller, pilot), pilot)

    def _waiting(self, db: Database, there: Caller, pilot: str) -> Owners:
        owners = self.dossiers.open_one(db, there, pilot).owners
        mine = {role: each for role, each in owners.items() if each.user == there.user}
        waiting = {role: each for role, each in mine.items() if not each.accepted}
        if not waiting:
            raise Refused(NOT_ASKED)
        return waiting

    def _edited(self, db: Database, caller: Caller, pilot: str, moved: tuple[str, ...]) -> Dossier:
        """Note which roles were saved, so that a form that is still open learns of it."""
        if moved:
            edit, now = Edit(fields=moved), self.desk.clock()
            pilot_log.add(db, caller, pilot, "edit", now, edit)
        return self.dossiers.read(db, caller, pilot)

    def _owned(self, db: Database, caller: Caller, dossier: Dossier) -> Shared | None:
        """Tell the assessment of the owner, if every role is accepted and it does not know yet.

        Its card names who has every role, so it is drawn anew in any case.
        """
        there = caller.model_copy(update={"channel": dossier.board.channel})
        redraw_card(db, there)
        if ownership.platform_owner(self.desk.pack, dossier.owners) != "named":
            return None
        holders = {each.holder for each in dossier.owners.values()}
        owner = Answer(value="named", note="Every role of the pilot's list is accepted.")
        open_card = assessments.open_of(db, there) is not None
        waiting = proposed(db, there, self.desk.team(db, there)) if open_card else None
        shared = self.changing.learn(db, there, {"platform_owner": owner}, BY_ACCEPTING)
        self.changing.own_words(db, there, holders)
        follow(self.desk, db, there, waiting)
        return shared if shared and shared.changes else None


def _people(named: Owners) -> Fields:
    """Role → who has it, and who stands in."""
    users = {role: owner.user for role, owner in named.items()}
    return {**users, **{role + BACKUP: owner.backup for role, owner in named.items()}}
