"""What leads see: the teams that said so, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.domain.dates import due
from bot.domain.dates.model import Dated
from bot.domain.model import Reached
from bot.domain.model.teams import TeamRow, TeamsView
from bot.domain.pilot.goal import goal_of
from bot.domain.pilot.model import PolicyException, Seal
from bot.domain.replies import ToLeads
from bot.domain.team import Assessment, Caller, Standing, Workspace
from bot.domain.teams import beside, row_of
from bot.errors import NotYours, Refused
from bot.store import Database, answers, owed, pilot_log, pilots, rounds, shown


class Leading:
    """A team's card is shown to the leads of its workspace by the word of somebody in it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def here(self, caller: Caller) -> ToLeads:
        """Whether the leads see this channel's card; raises `Refused` where nothing is shared."""
        with self.desk.store.reading() as db:
            return to_leads(self.desk, db, caller, self.desk.team(db, caller).assessment)

    def shows(self, caller: Caller, *, on: bool) -> ToLeads:
        """Show it to them, or no more; the card's thread says who did. Raises as `here` does."""
        with self.desk.store.writing(caller) as db:
            assessment = self.desk.team(db, caller).assessment
            put(self.desk, db, caller, assessment, on=on)
            return to_leads(self.desk, db, caller, assessment)

    def leads(self, db: Database, caller: Caller) -> bool:
        """Whether this person leads here."""
        return caller.user in self.desk.workplace_of(db, caller.workspace).leads

    def teams(self, caller: Caller) -> TeamsView:
        """Where all teams stand that show it. Raises `NotYours` for whoever does not lead."""
        with self.desk.store.reading() as db:
            self.check(db, caller)
            return self.seen(db, caller.workspace)

    def check(self, db: Database, caller: Caller) -> None:
        """Nothing for a lead; `NotYours` for anybody else."""
        if not self.leads(db, caller):
            people = sorted(self.desk.workplace_of(db, caller.workspace).leads)
            raise NotYours("What teams show to their leads", [(u, "a lead") for u in people])

    def led(self, workspace: Workspace, user: str) -> TeamsView | None:
        """The same for this person's Home; None where they do not lead."""
        me = Caller(workspace=workspace, channel="", user=user)
        with self.desk.store.reading() as db:
            return self.seen(db, workspace) if self.leads(db, me) else None

    def seen(self, db: Database, workspace: Workspace) -> TeamsView:
        """The same inside a transaction."""
        rows = (self._row(db, each) for each in shown.teams(db, workspace))
        return beside(rows, self.desk.today(db, workspace))

    def send_file(self, caller: Caller) -> None:
        """Owe the rows as a file to this person's conversation with meshfit; raises as `teams`."""
        self.teams(caller)
        with self.desk.store.writing(caller) as db:
            owed.say(db, caller, "teams_file")

    def _row(self, db: Database, assessment: Assessment) -> TeamRow:
        standing = self.desk.standing(db, assessment)
        since, pilot = self._since(db, standing), self._pilot(db, assessment)
        return row_of(self.desk.pack, standing, since, pilot, self._dated(db, standing))

    def _dated(self, db: Database, standing: Standing) -> Iterator[Dated]:
        """What has a date in a team's channel, without what its pilot only waits for."""
        team = standing.assessment
        there = Caller(workspace=team.workspace, channel=team.channel, user="")
        waits, hours = self.desk.pack.waits, self.desk.hours(db, team.workspace)
        yield from due.of_card(standing, waits, hours)
        if round_ := rounds.open_of(db, there):
            yield from due.of_round(round_, (), waits, hours)
        for pilot in pilots.awaiting_goal(db, there):
            figures = tuple(pilot_log.entries(db, team.workspace, pilot, "goal", Reached))
            plan = pilots.plan(db, team.workspace, pilot)
            yield from due.of_goal(pilot, goal_of(plan, figures, hours.today(self.desk.clock())))
        for pilot in pilots.rolled_out(db, there):
            entered = pilot_log.entries(db, team.workspace, pilot, "exception", PolicyException)
            for each in {each.id: each for each in entered}.values():
                yield from due.of_exception(pilot, each, waits)

    def _since(self, db: Database, standing: Standing) -> date | None:
        """When it turned to what it is; None where rules that changed did that."""
        assessment, now = standing.assessment, standing.advice.outcome
        turned = answers.turned_last(db, assessment.workspace, assessment.id)
        at, to = turned or (assessment.started_at, assessment.outcome)
        return at.date() if to == now else None

    def _pilot(self, db: Database, assessment: Assessment) -> str:
        """How far the channel's pilot is, by what is on its record."""
        board = pilots.in_channel(db, assessment.workspace, assessment.channel)
        if board is None:
            return ""
        key = (db, board.workspace, board.id)
        state = pilots.rollout(*key)
        if state and state.stage:
            stage = self.desk.pack.stages.get(state.stage)
            return f"rollout: {stage.title}" if stage else "rollout"
        if board.result:
            return f"closed: {_ENDS[board.result]}"
        return "budgets sealed" if any(pilot_log.entries(*key, "seal", Seal)) else "planned"


_ENDS = {"passed": "passed", "failed": "failed", "open": "without a result"}


def to_leads(desk: Desk, db: Database, caller: Caller, assessment: Assessment | None) -> ToLeads:
    """Who would see it, and whether they do; what is not shared yet is shown unless unticked."""
    leads = () if caller.is_dm else tuple(sorted(desk.workplace_of(db, caller.workspace).leads))
    kept = shown.of(db, assessment) if assessment else None
    return ToLeads(
        leads=leads, on=assessment is None or kept is not None, by=kept.by if kept else ""
    )


def put(desk: Desk, db: Database, caller: Caller, assessment: Assessment, *, on: bool) -> None:
    """Inside the transaction that shares it. Raises `Refused` in a direct message."""
    if caller.is_dm:
        raise Refused("What stands in this conversation is yours alone: no lead sees it.")
    if on == (shown.of(db, assessment) is not None):
        return
    if on:
        shown.show(db, caller, assessment, desk.clock())
    else:
        shown.hide(db, assessment)
    owing.below_card(db, caller, assessment, "to_leads", {"on": on})
