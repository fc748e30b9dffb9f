"""The team's assessment: shared, changed with an undo, owned, confirmed, closed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor import leading, owing
from bot.advisor.changing import Changing, HowChanged, Undo
from bot.advisor.checklist import differences
from bot.advisor.desk import Desk
from bot.advisor.meanwhile import mark, to_save
from bot.advisor.recording import proposed
from bot.advisor.rights import Rights
from bot.advisor.then import keep_snapshot
from bot.domain.model import Answer
from bot.domain.replies import Choices, LeadsTick, Marks, Shared
from bot.domain.search.citing import cited, conflicts_among
from bot.domain.team import Assessment, Caller, Standing
from bot.domain.words import some
from bot.errors import Meanwhile, Refused
from bot.store import Database, answers, assessments, owed, records, reminders, stands_on

Seen = tuple[Choices, Marks | None]
"""What becomes of my differing answers, and marks of the team's that I saw."""


class Teams:
    """What a channel decided together; every method is one transaction."""

    def __init__(self, desk: Desk, rights: Rights) -> None:
        self.desk, self.rights = desk, rights
        self.changing = Changing(desk)

    def share(
        self,
        caller: Caller,
        choices: Choices,
        marks: Marks | None = None,
        leads: LeadsTick | None = None,
        why: str = "",
    ) -> Shared:
        """Make a draft the team's answers, or bring it into the open assessment.

        Where the team already answered otherwise, `choices` says what becomes of mine; without a
        choice it is only noted. Sharing twice is sharing once. Raises `Stale` where a team's answer
        that mine is to replace was changed after I saw it: `marks` are of those that I saw, None
        where I saw no form. What is new is for the leads where `leads` is ticked; of
        what the team has already, where somebody touched the tick. `why` is told with what changes.
        """
        with self.desk.store.writing(caller) as db:
            draft = assessments.draft_of(db, caller)
            if draft is None:
                return Shared(standing=self.desk.team(db, caller))
            team = assessments.open_of(db, caller)
            if leads is not None and (leads.altered or team is None):
                leading.put(self.desk, db, caller, team or draft, on=leads.on)
            return self._shared(db, caller, (draft, team), (choices, marks), why)

    def _shared(
        self,
        db: Database,
        caller: Caller,
        both: tuple[Assessment, Assessment | None],
        seen: Seen,
        why: str,
    ) -> Shared:
        draft, team = both
        for mine in answers.counting(db, caller.workspace, draft.id):
            answers.speak(db, caller.workspace, (team or draft).id, mine)
        if team is not None:
            return self._join(db, caller, (draft, team), seen, why)
        self.changing.touch(db, draft, status="open", shared_by=caller.user)
        self.changing.meet_pilot(db, caller)
        owing.card(db, caller, draft.id)
        owing.offer(db, caller, "look", "deadline", "rules")
        return Shared(standing=self.changing.seen(db, caller))

    def _join(
        self,
        db: Database,
        caller: Caller,
        both: tuple[Assessment, Assessment],
        seen: Seen,
        why: str,
    ) -> Shared:
        choices, marks = seen
        mine, team = (self.desk.standing(db, each) for each in both)
        differing = {each.question for each in differences(mine, team)}
        kept = {question for question in differing if choices.get(question) != "change"}
        self._check_seen(
            caller, team, {each: mine.answers[each] for each in differing - kept}, marks
        )
        turns = [
            (question, old.answer if (old := team.answered.get(question)) else None, each.answer)
            for question, each in mine.answered.items()
            if question not in kept and (question in differing or question not in team.answered)
        ]
        if mine.stands_on:
            key = (caller.workspace, team.assessment.id)
            stands_on.choose(db, *key, mine.stands_on)
        assessments.forget(db, caller.workspace, mine.assessment.id)
        shared = self.changing.apply(db, caller, turns, HowChanged(why=why))
        owing.card(db, caller, team.assessment.id)
        return shared.model_copy(update={"noted": len(kept)})

    def change(
        self,
        caller: Caller,
        raw: Mapping[str, object],
        marks: Marks | None = None,
        *,
        strict: bool = True,
        why: str = "",
    ) -> Shared:
        """Save a page of Change answers: what differs becomes the team's answer at once.

        `why` is told with it. Raises `BadAnswers` when `strict` and a field cannot be read;
        otherwise such a field is left as it was. Raises `Stale` where somebody else changed an
        answer after the page was drawn: `marks` are of the answers as they were then, None where
        there was no page.
        """
        parsed = self.desk.parse(raw) if strict else self.desk.readable_fields(raw)
        with self.desk.store.writing(caller) as db:
            team = self.desk.team(db, caller)
            self._check_seen(caller, team, parsed, marks)
            answered = team.answered
            turns = [
                (question, old, answer)
                for question, answer in parsed.items()
                if (old := answered[question].answer if question in answered else None) != answer
            ]
            return self.changing.apply(db, caller, turns, HowChanged(why=why))

    def _check_seen(
        self, caller: Caller, team: Standing, mine: Mapping[str, Answer | None], marks: Marks | None
    ) -> None:
        """Nothing, or `Stale` where somebody else answered otherwise than I saw, and than I do."""
        if marks is None:
            return
        now = team.answers
        since = {
            each: team.answered[each].respondent if each in now else ""
            for each in mine
            if mark(now.get(each)) != marks.get(each, mark(None))
        }
        others = {each: by for each, by in since.items() if by != caller.user}
        to_save(mine, now, mine, others, self._told)

    def _told(self, question: str, now: object) -> Meanwhile:
        asked = self.desk.pack.questions[question]
        if not isinstance(now, Answer):
            return Meanwhile(asked.short, "", "not answered")
        words = {each.code: each.text for each in asked.options}
        if isinstance(now.value, float):
            return Meanwhile(asked.short, "", some(now.value, asked.rest_of_unit))
        values = now.value if isinstance(now.value, tuple) else (now.value,)
        return Meanwhile(asked.short, "", ", ".join(words.get(str(v), str(v)) for v in values))

    def undo(self, caller: Caller, change: str, ts: str) -> Shared:
        """Take back what one person changed in one go, unless somebody answered since.

        The message that told it, `ts`, says so from then on.
        """
        with self.desk.store.writing(caller) as db:
            done = answers.changeset(db, caller.workspace, change)
            if done is None or done.undone_by:
                raise Refused("This change was already undone, or its assessment is deleted.")
            assessment = assessments.by_id(db, caller.workspace, done.assessment)
            if (
                assessment is None
                or assessment.status != "open"
                or assessment.channel != caller.channel
            ):
                raise Refused("This assessment is closed, so its answers stay as they are.")
            answered = self.desk.standing(db, assessment).answered
            for each in done.changes:
                current = answered[each.question].answer if each.question in answered else None
                if current != each.after:
                    short = self.desk.pack.questions[each.question].short
                    raise Refused(f"{short} was answered again since; change it by Change answers.")
            answers.mark_undone(db, caller.workspace, change, caller.user)
            back = [(each.question, each.after, each.before) for each in done.changes]
            return self.changing.apply(db, caller, back, HowChanged(undo=Undo(change, ts)))

    def card(self, caller: Caller) -> Standing:
        """The team as it stands; raises `Refused` where nothing is shared."""
        with self.desk.store.reading() as db:
            return self.desk.team(db, caller)

    def sources(self, caller: Caller) -> tuple[Standing, tuple[str, ...], tuple[str, ...]]:
        """The card, every source its advice names, and a line for each conflict among them."""
        standing, pack = self.card(caller), self.desk.pack
        named = tuple(dict.fromkeys(cited(standing.advice)))
        shown = [each for each in pack.findings.values() if set(each.sources) & set(named)]
        return standing, named, tuple(each.text for each in conflicts_among(pack, shown))

    def confirm(self, caller: Caller) -> Standing:
        """Say that the card is still true; a record that waits for somebody's word waits on."""
        with self.desk.store.writing(caller) as db:
            team = self.desk.team(db, caller)
            waiting = proposed(db, caller, team)
            self.changing.confirm(db, caller, team.assessment)
            team = self.desk.team(db, caller)
            if waiting is not None:
                records.seen(db, caller, waiting.number, records.mark(team.assessment))
            return team

    def to_close(self, caller: Caller) -> Standing:
        """The card for whoever may close it; raises `NotYours` with who may, or `Refused`."""
        with self.desk.store.reading() as db:
            standing = self.desk.team(db, caller)
            self.rights.check_closing(db, caller, standing.assessment)
            return standing

    def close(self, caller: Caller) -> Standing | None:
        """Close the open assessment, so that a new one can start; it stays readable."""
        with self.desk.store.writing(caller) as db:
            team = assessments.open_of(db, caller)
            if team is None:
                return None
            self.rights.check_closing(db, caller, team)
            standing = self.desk.standing(db, team)
            keep_snapshot(db, caller, standing, "closed")
            self.changing.touch(db, team, status="closed", closed_at=self.desk.clock())
            last, line = {"closed_by": caller.user}, owing.card_line(team.id)
            owed.redraw(db, caller, "card", team.id, line=line, data=last)
            reminders.drop_subject(db, caller.workspace, team.id)
            owing.dates(db, caller, team.id)
            return standing
