"""What to do, taken: who does it, by when, and what has become of it."""

from __future__ import annotations

from datetime import date

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.advisor.nominating import OwnWord, answered, nominate
from bot.advisor.reminding import Reminding
from bot.domain.dates import actions as saying
from bot.domain.dates import due
from bot.domain.dates.model import Action, ActionForm, Doing, Reminds, State, Thing
from bot.domain.team import Assessment, Caller, Standing, Workspace
from bot.errors import BadAnswers, Meanwhile, Refused, Stale
from bot.store import Database, actions, assessments, owed
from bot.store.nominations import What

GONE = "That is no longer among what to do here. `/meshfit actions` lists what stands now."


class Acting:
    """Every line of *What to do* can be taken; whoever is offered one is asked."""

    def __init__(self, desk: Desk, reminding: Reminding) -> None:
        self.desk, self.reminding = desk, reminding

    def here(self, caller: Caller) -> Doing:
        """What the team means to do; raises `Refused` where nothing is shared."""
        with self.desk.store.reading() as db:
            team, today = self.desk.team(db, caller), self.desk.today(db, caller.workspace)
        return saying.doing(team.assessment.id, team.advice.actions, team.actions, today)

    def one(self, caller: Caller, assessment: str, line: str) -> tuple[Action, Standing]:
        """An action as it stands, or as it would be taken, with the team; raises `Refused`."""
        with self.desk.store.reading() as db:
            return self._one(db, caller, assessment, line)

    def _one(
        self, db: Database, caller: Caller, assessment: str, line: str
    ) -> tuple[Action, Standing]:
        one = assessments.by_id(db, caller.workspace, assessment)
        if one is None or one.status != "open":
            raise Refused("That assessment is closed or deleted, so nothing of it is to be done.")
        team = self.desk.standing(db, one)
        action = next((each for each in team.actions if each.line == line), None)
        if one.channel != caller.channel and not (action and _concerns(action, caller.user)):
            raise Refused(GONE)
        if action is None:
            text = {saying.mark(each): each for each in team.advice.actions}.get(line)
            if text is None:
                raise Refused(GONE)
            now = self.desk.clock()
            action = Action(assessment=assessment, line=line, text=text, by=caller.user, at=now)
        return action, team

    def save(
        self, caller: Caller, assessment: str, line: str, wanted: ActionForm, seen: int
    ) -> Action:
        """Take it, offer it to somebody, or say what has become of it.

        Raises `BadAnswers` for a day that is past, `Stale` where somebody else spoke of it after
        the form was opened, which `seen` is the number of.
        """
        with self.desk.store.writing() as db:
            before, team = self._one(db, caller, assessment, line)
            if before.written != seen and before.by != caller.user:
                raise Stale([_told(before)])
            today = self.desk.today(db, caller.workspace)
            if wanted.due and wanted.due != before.due and wanted.due < today:
                raise BadAnswers({"due": "Is past: choose today or a later day."})
            after = saying.agreed(before, wanted, caller.user, self.desk.clock())
            if wanted.state != "open":
                after = saying.in_state(after, caller.user, after.at, wanted.state)
            kept = self._keep(db, caller, team.assessment, before, after)
            for kind in wanted.remind:
                self._remind(db, caller, kept, kind)
            return kept

    def _remind(self, db: Database, caller: Caller, action: Action, kind: Reminds) -> None:
        """Whoever says yes is told when it is due, or where whoever was asked stays silent."""
        of_line = {"action": action.line, "offered": f"{action.line}:{due.mark(action.asked)}"}
        applies = {"action": action.due, "offered": action.asked}
        if action.state == "open" and applies[kind]:
            thing = Thing(kind=kind, subject=action.assessment, part=of_line[kind])
            self.reminding.agree(db, caller, thing)

    def answer(
        self, caller: Caller, assessment: str, line: str, *, accepts: bool, why: str = ""
    ) -> Action:
        """Who was asked takes it, or does not and may say why; raises `Refused` for others."""
        with self.desk.store.writing() as db:
            before, team = self._one(db, caller, assessment, line)
            after = saying.answered(before, caller.user, self.desk.clock(), accepts=accepts)
            there = caller.model_copy(update={"channel": team.assessment.channel})
            answered(db, there, _offer(after), OwnWord.of(accepts=accepts, why=why))
            return self._keep(db, caller, team.assessment, before, after)

    def check_asked(self, caller: Caller, assessment: str, line: str) -> None:
        """Nothing, or `Refused` where this person is not asked to take it."""
        action, _ = self.one(caller, assessment, line)
        saying.check_asked(action, caller.user)

    def settle(self, caller: Caller, assessment: str, line: str, state: State) -> Action:
        """Done, dropped, or open again."""
        with self.desk.store.writing() as db:
            before, team = self._one(db, caller, assessment, line)
            after = saying.in_state(before, caller.user, self.desk.clock(), state)
            return self._keep(db, caller, team.assessment, before, after)

    def _keep(
        self, db: Database, caller: Caller, assessment: Assessment, before: Action, after: Action
    ) -> Action:
        """Write it down: the card counts it, now and when its day is over; who is asked hears."""
        kept = actions.keep(db, caller.workspace, after)
        there = caller.model_copy(update={"channel": assessment.channel})
        owing.card(db, there, assessment.id)
        late = f"late:{assessment.id}:{after.line}"
        owed.unsay(db, caller.workspace, late)
        if after.due and after.state == "open":
            over = self.desk.hours(db, caller.workspace).midnight_after(after.due)
            nobody = there.model_copy(update={"user": "", "answer_at": ""})
            owed.say_once(
                db, nobody, "action_late", late, {"subject": assessment.id}, not_before=over
            )
        if after.asked and after.asked != before.asked:
            data = {"line": after.line, "asked": after.asked}
            owing.below_card(db, there, assessment, "action_asked", data)
            nominate(db, there, _offer(after), after.asked)
        return kept

    def is_late(self, caller: Caller, assessment: str) -> None:
        """The day of an action is over: the card counts it as late."""
        with self.desk.store.writing() as db:
            one = assessments.by_id(db, caller.workspace, assessment)
            if one is not None and one.status == "open":
                owing.card(db, caller, one.id)


def taken_by(db: Database, workspace: Workspace, user: str) -> tuple[tuple[Action, str], ...]:
    """What a person took and did not do yet, or is asked to take, each with its channel."""
    taken = []
    for each in actions.of_person(db, workspace, user):
        assessment = assessments.by_id(db, workspace, each.assessment)
        if (
            each.state == "open"
            and _concerns(each, user)
            and assessment
            and assessment.status == "open"
        ):
            taken.append((each, assessment.channel))
    return tuple(sorted(taken, key=lambda each: each[0].due or date.max))


def _offer(action: Action) -> What:
    """What whoever is offered a line is named for."""
    return "action", action.assessment, action.line


def _concerns(action: Action, user: str) -> bool:
    return user in (action.owner, action.asked)


def _told(now: Action) -> Meanwhile:
    """What somebody else said of an action meanwhile."""
    due = f", due {now.due:%-d %b %Y}" if now.due else ""
    return Meanwhile("this action", now.by, f"{now.state}{due}")
