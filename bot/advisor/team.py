"""The team's assessment: shared, changed with an undo, owned, confirmed, closed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor import owing
from bot.advisor.changing import Changing
from bot.advisor.checklist import differences
from bot.advisor.desk import Desk
from bot.advisor.meanwhile import mark, settled
from bot.domain.model import Answer
from bot.domain.replies import Choices, Marks, Shared
from bot.domain.search.citing import cited, conflicts_among
from bot.domain.team import OWNER, Assessment, Caller, ChangeSet, Standing
from bot.errors import Meanwhile, Refused, Stale
from bot.store import Database, answers, assessments, owed

NOBODY_ASKED = {"owner_asked": None, "owner_asked_by": None}


class Teams:
    """What a channel decided together; every method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.changing = Changing(desk)

    def share(self, caller: Caller, choices: Choices, marks: Marks | None = None) -> Shared:
        """Make a draft the team's answers, or bring it into the open assessment.

        Where the team already answered otherwise, `choices` says what becomes of mine; without a
        choice it is only noted. Sharing twice is sharing once. Raises `Stale` where a team's answer
        that mine is to replace was changed after I saw it: `marks` are of those that I saw, None
        where I saw no form.
        """
        with self.desk.store.writing() as db:
            draft = assessments.draft_of(db, caller)
            if draft is None:
                return Shared(standing=self.desk.team(db, caller))
            team = assessments.open_of(db, caller)
            for mine in answers.counting(db, caller.workspace, draft.id):
                answers.speak(db, caller.workspace, (team or draft).id, mine)
            if team is not None:
                return self._join(db, caller, (draft, team), choices, marks)
            self.changing.touch(db, draft, status="open", shared_by=caller.user)
            owing.card(db, caller, draft.id)
            return Shared(standing=self.changing.seen(db, caller))

    def _join(
        self,
        db: Database,
        caller: Caller,
        both: tuple[Assessment, Assessment],
        choices: Choices,
        marks: Marks | None,
    ) -> Shared:
        mine, team = (self.desk.standing(db, each) for each in both)
        differing = {each.question for each in differences(mine, team)}
        kept = {question for question in differing if choices.get(question) != "change"}
        self._check_seen(
            caller, team, {each: mine.answers[each] for each in differing - kept}, marks
        )
        turns = [
            (question, old.answer if (old := team.given.get(question)) else None, each.answer)
            for question, each in mine.given.items()
            if question not in kept and (question in differing or question not in team.given)
        ]
        assessments.forget(db, caller.workspace, mine.assessment.id)
        shared = self.changing.apply(db, caller, turns)
        owing.card(db, caller, team.assessment.id)
        return shared.model_copy(update={"noted": len(kept)})

    def change(
        self,
        caller: Caller,
        raw: Mapping[str, object],
        marks: Marks | None = None,
        *,
        strict: bool = True,
    ) -> Shared:
        """Save a page of Change answers: what differs becomes the team's answer at once.

        Raises `BadAnswers` when `strict` and a field cannot be read; otherwise such a field is
        left as it was. Raises `Stale` where somebody else changed an answer after the page was
        drawn: `marks` are of the answers as they were then, None where there was no page.
        """
        parsed = self.desk.parse(raw) if strict else self.desk.readable_fields(raw)
        with self.desk.store.writing() as db:
            team = self.desk.team(db, caller)
            self._check_seen(caller, team, parsed, marks)
            given = team.given
            turns = [
                (question, old, answer)
                for question, answer in parsed.items()
                if (old := given[question].answer if question in given else None) != answer
            ]
            return self.changing.apply(db, caller, turns)

    def _check_seen(
        self, caller: Caller, team: Standing, mine: Mapping[str, Answer | None], marks: Marks | None
    ) -> None:
        """Nothing, or `Stale` where somebody else answered otherwise than I saw, and than I do."""
        if marks is None:
            return
        now = team.answers
        since = {
            each: team.given[each].respondent if each in now else ""
            for each in mine
            if mark(now.get(each)) != marks.get(each, mark(None))
        }
        others = {each: by for each, by in since.items() if by != caller.user}
        settled(mine, now, mine, others, self._told)

    def _told(self, question: str, now: object) -> Meanwhile:
        asked = self.desk.pack.questions[question]
        if not isinstance(now, Answer):
            return Meanwhile(asked.short, "", "not answered")
        words = {each.code: each.text for each in asked.options}
        values = now.value if isinstance(now.value, tuple) else (now.value,)
        return Meanwhile(asked.short, "", ", ".join(words.get(str(v), str(v)) for v in values))

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
            shared = self.changing.apply(db, caller, back)
            return done.model_copy(update={"undone_by": caller.user}), shared

    def owner_mark(self, caller: Caller) -> str:
        """A mark of who owns the mesh or is asked to; raises `Refused` where nothing is shared."""
        return _owner(self.card(caller))

    def nominate(self, caller: Caller, user: str, seen: str | None = None) -> Shared:
        """Ask somebody to own the mesh: no answer changes before they accept.

        Who names themselves accepts. Raises `Stale` where somebody else was named after the form
        was opened, which `seen` is the mark of; None where there was no form.
        """
        with self.desk.store.writing() as db:
            team = self.desk.team(db, caller)
            held = team.assessment
            by = held.owner_asked_by or held.owner_accepted
            if seen not in (None, _owner(team)) and by and by != caller.user:
                named = held.owner_asked or held.owner_accepted or ""
                raise Stale([Meanwhile("the owner", by, "", named)])
            if user == caller.user:
                return self._accept(db, caller, team)
            asked = {"owner_asked": user, "owner_asked_by": caller.user}
            if (held.owner_asked, held.owner_asked_by) == (user, caller.user):
                return Shared(standing=team)  # asked already
            assessments.update(db, caller.workspace, held.id, **asked)
            owing.card(db, caller, held.id)
            owing.below_card(db, caller, held, "owner_request", {"owner": user})
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
            owing.card(db, there, held.id)
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
        shared = self.changing.apply(db, caller, [turn], accepts=True)
        since = {"owner_accepted": caller.user, "owner_accepted_at": self.desk.clock()}
        self.changing.touch(db, team.assessment, **NOBODY_ASKED, **since)
        owing.card(db, caller, team.assessment.id)
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
            team, now = self.desk.team(db, caller).assessment, self.desk.clock()
            self.changing.touch(
                db, team, confirmed_by=caller.user, confirmed_at=now, touched_at=now
            )
            owing.card(db, caller, team.id)
            return self.desk.team(db, caller)

    def close(self, caller: Caller) -> Standing | None:
        """Close the open assessment, so that a new one can start; it stays readable."""
        with self.desk.store.writing() as db:
            team = assessments.open_of(db, caller)
            if team is None:
                return None
            standing = self.desk.standing(db, team)
            self.changing.touch(db, team, status="closed", closed_at=self.desk.clock())
            last, line = {"closed_by": caller.user}, owing.card_line(team.id)
            owed.redraw(db, caller, "card", team.id, line=line, data=last)
            return standing


def _owner(team: Standing) -> str:
    """A mark of who owns the mesh, or is asked to."""
    held = team.assessment
    return mark(team.answers.get(OWNER), held.owner_asked, held.owner_accepted)
