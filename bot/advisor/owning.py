"""Who would run the mesh: asked by name, and nobody before their own word."""

from __future__ import annotations

from bot.advisor import owing
from bot.advisor.changing import Changing, HowChanged
from bot.advisor.desk import Desk
from bot.advisor.meanwhile import mark
from bot.advisor.nominating import OwnWord, answered, nominate
from bot.advisor.recording import follow, proposed
from bot.domain.model import Answer
from bot.domain.replies import Shared
from bot.domain.team import OWNER, Assessment, Caller, Standing
from bot.errors import Meanwhile, Refused, Stale
from bot.store import Database, assessments

NOBODY_ASKED = {"owner_asked": None, "owner_asked_by": None}


class Owning:
    """Every method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.changing = Changing(desk)

    def owner_mark(self, caller: Caller) -> str:
        """A mark of who owns the mesh or is asked to; raises `Refused` where nothing is shared."""
        with self.desk.store.reading() as db:
            return _owner(self.desk.team(db, caller))

    def nominate(self, caller: Caller, user: str, seen: str | None = None) -> Shared:
        """Ask somebody to own the mesh: no answer changes before they accept.

        Who names themselves accepts. Raises `Stale` where somebody else was named after the form
        was opened, which `seen` is the mark of; None where there was no form.
        """
        with self.desk.store.writing(caller) as db:
            team = self.desk.team(db, caller)
            assessment = team.assessment
            by = assessment.owner_asked_by or assessment.owner_accepted
            if seen not in (None, _owner(team)) and by and by != caller.user:
                named = assessment.owner_asked or assessment.owner_accepted or ""
                raise Stale([Meanwhile("the owner", by, "", named)])
            if user == caller.user:
                return self._accept(db, caller, team)
            asked = {"owner_asked": user, "owner_asked_by": caller.user}
            if (assessment.owner_asked, assessment.owner_asked_by) == (user, caller.user):
                return Shared(standing=team)  # asked already
            assessments.update(db, caller.workspace, assessment.id, **asked)
            owing.card(db, caller, assessment.id)
            owing.below_card(db, caller, assessment, "owner_request", {"owner": user})
            nominate(db, caller, ("owner", assessment.id, ""), user)
            owing.offer(db, caller, "owner")
            return Shared(standing=self.desk.team(db, caller))

    def answer_request(
        self, caller: Caller, assessment: str, *, accepts: bool, why: str = ""
    ) -> Shared:
        """The named person accepts to own the mesh, or declines; nobody else can answer.

        Declining leaves everything as it was before they were asked. The request may be answered
        from Home, so the assessment says which team it is about.
        """
        with self.desk.store.writing() as db:
            team = self.asked_to_own(db, caller, assessment)
            there = caller.model_copy(update={"channel": team.channel})
            answered(db, there, ("owner", team.id, ""), OwnWord.of(accepts=accepts, why=why))
            if accepts:
                return self._accept(db, there, self.desk.team(db, there))
            assessments.update(db, team.workspace, team.id, **NOBODY_ASKED)
            owing.card(db, there, team.id)
            return Shared(standing=self.desk.team(db, there))

    def check_asked(self, caller: Caller, assessment: str) -> None:
        """Nothing, or `Refused` where this person is not asked to own it."""
        with self.desk.store.reading() as db:
            self.asked_to_own(db, caller, assessment)

    def asked_to_own(self, db: Database, caller: Caller, assessment: str) -> Assessment:
        """The assessment whose owner this person is asked to be; raises `Refused` otherwise."""
        team = assessments.by_id(db, caller.workspace, assessment)
        if team is None or team.status != "open":
            raise Refused("That assessment is closed or deleted, so there is nothing to own.")
        if team.owner_asked != caller.user:
            raise Refused("Only the person who was named can answer this request.")
        return team

    def _accept(self, db: Database, caller: Caller, team: Standing) -> Shared:
        """By their own word; what the team said before stays in what can be undone."""
        old, waiting = team.answered.get(OWNER), proposed(db, caller, team)
        before = old.answer if old else None
        turn = (OWNER, before, before if team.says_owned else Answer(value="named"))
        shared = self.changing.apply(db, caller, [turn], HowChanged(accepts=True))
        since = {"owner_accepted": caller.user, "owner_accepted_at": self.desk.clock()}
        self.changing.touch(db, team.assessment, **NOBODY_ASKED, **since)
        self.changing.own_words(db, caller, {caller.user})
        owing.card(db, caller, team.assessment.id)
        follow(self.desk, db, caller, waiting)
        return shared.model_copy(update={"standing": self.desk.team(db, caller)})


def _owner(team: Standing) -> str:
    """A mark of who owns the mesh, or is asked to."""
    assessment = team.assessment
    return mark(team.answers.get(OWNER), assessment.owner_asked, assessment.owner_accepted)
