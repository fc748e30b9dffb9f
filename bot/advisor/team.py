"""The team's assessment: shared, changed with an undo, owned, confirmed, closed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor.changing import Changing
from bot.advisor.checklist import differences
from bot.advisor.desk import Desk
from bot.domain.model import Answer
from bot.domain.replies import Choices, Shared
from bot.domain.search.citing import cited, conflicts_among
from bot.domain.team import OWNER, Assessment, Caller, ChangeSet, Standing
from bot.errors import Refused
from bot.store import Database, answers, assessments

NOBODY_ASKED = {"owner_asked": None, "owner_asked_by": None}


class Teams:
    """What a channel decided together; every method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.turning = Changing(desk)

    def share(self, caller: Caller, choices: Choices) -> Shared:
        """Make a draft the team's answers, or bring it into the open assessment.

        Where the team already answered otherwise, `choices` says what becomes of mine; without a
        choice it is only noted. Sharing twice is sharing once.
        """
        with self.desk.store.writing() as db:
            draft = assessments.draft_of(db, caller)
            if draft is None:
                return Shared(standing=self.desk.team(db, caller))
            team = assessments.open_of(db, caller)
            for mine in answers.counting(db, caller.workspace, draft.id):
                answers.speak(db, caller.workspace, (team or draft).id, mine)
            if team is not None:
                return self._join(db, caller, (draft, team), choices)
            self.turning.touch(db, draft, status="open", shared_by=caller.user)
            return Shared(standing=self.turning.seen(db, caller))

    def _join(
        self, db: Database, caller: Caller, both: tuple[Assessment, Assessment], choices: Choices
    ) -> Shared:
        mine, team = (self.desk.standing(db, each) for each in both)
        differing = {each.question for each in differences(mine, team)}
        kept = {question for question in differing if choices.get(question) != "change"}
        turns = [
            (question, old.answer if (old := team.given.get(question)) else None, each.answer)
            for question, each in mine.given.items()
            if question not in kept and (question in differing or question not in team.given)
        ]
        assessments.forget(db, caller.workspace, mine.assessment.id)
        shared = self.turning.apply(db, caller, turns)
        return shared.model_copy(update={"noted": len(kept)})

    def change(self, caller: Caller, raw: Mapping[str, object], *, strict: bool = True) -> Shared:
        """Save a page of Change answers: what differs becomes the team's answer at once.

        Raises `BadAnswers` when `strict` and a field cannot be read; otherwise such a field is
        left as it was.
        """
        parsed = self.desk.parse(raw) if strict else self.desk.readable_fields(raw)
        with self.desk.store.writing() as db:
            given = self.desk.team(db, caller).given
            turns = [
                (question, old, answer)
                for question, answer in parsed.items()
                if (old := given[question].answer if question in given else None) != answer
            ]
            return self.turning.apply(db, caller, turns)

    def undo(self, caller: Caller, change: str) -> tuple[ChangeSet, Shared]:
        """Take back what one person changed in one go, unless somebody answered since.

        Answers the change, now undone, and what taking it back did.
        """
        with self.desk.store.writing() as db:
            done = answers.changeset(db, caller.workspace, change)
            if done is None or done.undone_by:
                raise Refused("This change was already undone, or its assessment is deleted.")
            held = assessments.by_id(db, caller.workspace, done.assessment)
            if held is None or held.status != "open" or held.channel != caller.channel:
                raise Refused("This assessment is closed, so its answers stay as they are.")
            given = self.desk.standing(db, held).given
            for each in done.changes:
                current = given[each.question].answer if each.question in given else None
                if current != each.after:
                    short = self.desk.pack.questions[each.question].short
                    raise Refused(f"{short} was answered again since; change it by Change answers.")
            answers.mark_undone(db, caller.workspace, change, caller.user)
            back = [(each.question, each.after, each.before) for each in done.changes]
            shared = self.turning.apply(db, caller, back)
            return done.model_copy(update={"undone_by": caller.user}), shared

    def nominate(self, caller: Caller, user: str) -> Shared:
        """Ask somebody to own the mesh: no answer changes before they accept.

        Who names themselves accepts.
        """
        with self.desk.store.writing() as db:
            team = self.desk.team(db, caller)
            if user == caller.user:
                return self._accept(db, caller, team)
            asked = {"owner_asked": user, "owner_asked_by": caller.user}
            assessments.update(db, caller.workspace, team.assessment.id, **asked)
            return Shared(standing=self.desk.team(db, caller))

    def answer_request(self, caller: Caller, assessment: str, *, accepts: bool) -> Shared:
        """The named person accepts to own the mesh, or declines; nobody else can answer.

        Declining leaves everything as it was before they were asked. The request may be answered
        from Home, so the assessment says which team it is about.
        """
        with self.desk.store.writing() as db:
            held = self.asked_to_own(db, caller, assessment)
            there = caller.model_copy(update={"channel": held.channel})
            if accepts:
                return self._accept(db, there, self.desk.team(db, there))
            assessments.update(db, held.workspace, held.id, **NOBODY_ASKED)
            return Shared(standing=self.desk.team(db, there))

    def asked_to_own(self, db: Database, caller: Caller, assessment: str) -> Assessment:
        """The assessment whose owner this person is asked to be; raises `Refused` otherwise."""
        held = assessments.by_id(db, caller.workspace, assessment)
        if held is None or held.status != "open":
            raise Refused("That assessment is closed or deleted, so there is nothing to own.")
        if held.owner_asked != caller.user:
            raise Refused("Only the person who was named can answer this request.")
        return held

    def _accept(self, db: Database, caller: Caller, team: Standing) -> Shared:
        """By their own word; what the team said before stays in what can be undone."""
        old = team.given.get(OWNER)
        before = old.answer if old else None
        turn = (OWNER, before, before if team.says_owned else Answer(value="named"))
        shared = self.turning.apply(db, caller, [turn], accepts=True)
        since = {"owner_accepted": caller.user, "owner_accepted_at": self.desk.clock()}
        self.turning.touch(db, team.assessment, **NOBODY_ASKED, **since)
        return shared.model_copy(update={"standing": self.desk.team(db, caller)})

    def card(self, caller: Caller) -> Standing:
        """The team as it stands; raises `Refused` where nothing is shared."""
        with self.desk.store.reading() as db:
            return self.desk.team(db, caller)

    def sources(self, caller: Caller) -> tuple[Standing, tuple[str, ...], tuple[str, ...]]:
        """The card, every source its advice names, and a line for each conflict among them."""
        standing, pack = self.card(caller), self.desk.pack
        named = tuple(dict.fromkeys(cited(standing.advice)))
        told = [each for each in pack.findings.values() if set(each.sources) & set(named)]
        return standing, named, tuple(each.text for each in conflicts_among(pack, told))

    def confirm(self, caller: Caller) -> Standing:
        """Say that the card is still true."""
        with self.desk.store.writing() as db:
            team = self.desk.team(db, caller).assessment
            now = self.desk.clock()
            self.turning.touch(db, team, confirmed_by=caller.user, confirmed_at=now, touched_at=now)
            return self.desk.team(db, caller)

    def close(self, caller: Caller) -> Standing | None:
        """Close the open assessment, so that a new one can start; it stays readable."""
        with self.desk.store.writing() as db:
            team = assessments.open_of(db, caller)
            if team is None:
                return None
            standing = self.desk.standing(db, team)
            self.turning.touch(db, team, status="closed", closed_at=self.desk.clock())
            return standing

    def posted(self, standing: Standing, **where: str) -> None:
        """Remember where the card and its detail stand (`card_ts`, `card_link`, `detail_ts`)."""
        with self.desk.store.writing() as db:
            held = standing.assessment
            assessments.update(db, held.workspace, held.id, **where)
