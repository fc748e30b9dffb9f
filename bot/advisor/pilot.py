"""The pilot checklist of a team: five steps, who ticked what and when, one success metric."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bot.advisor import owing
from bot.advisor.changing import Changing
from bot.advisor.dossiers import Dossiers
from bot.advisor.meanwhile import in_words, saved_since, to_save
from bot.advisor.one_metric import NO_NUMBERS, tell_moved
from bot.domain.model import Answer
from bot.domain.pilot.model import Dossier, Edit, Plan
from bot.domain.replies import OpenedForm, Shared
from bot.domain.team import Caller, PilotBoard, TeamAnswer, Tick
from bot.store import Database, assessments, pilot_log, pilots


class Pilots:
    """One checklist a team; everyone in the channel may tick."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk
        self.changing = Changing(dossiers.desk)

    def open(self, caller: Caller) -> Dossier:
        """The team's checklist, begun if none is open, with what its card already says."""
        with self.desk.store.writing(caller) as db:
            pilots.start(db, caller, self.desk.clock())
            dossier = self.dossiers.of_team(db, caller)
            self._shows(db, caller, dossier.board)
            if dossier.board.card_ts is None:
                owing.offer(db, caller, "still")
            assessment = assessments.open_of(db, caller)
            if assessment is None or dossier.plan != Plan() or dossier.board.card_ts:
                return dossier
            owing.card(db, caller, assessment.id)
            answered, pilot = self.desk.standing(db, assessment).answered, dossier.board.id
            pilots.set_plan(db, caller.workspace, pilot, self._begun(answered))
            if metric := answered.get("success_metric"):
                text = str(metric.answer.value)
                pilots.set_metric(db, caller.workspace, pilot, text, metric.respondent)
            return self.dossiers.read(db, caller, pilot)

    def closed(self, caller: Caller) -> Dossier | None:
        """The channel's last pilot, where it is closed and none has been opened since."""
        with self.desk.store.reading() as db:
            board = pilots.of_team(db, caller)
            if board is None or board.result is None:
                return None
            return self.dossiers.read(db, caller, board.id)

    def _begun(self, answers: Mapping[str, TeamAnswer]) -> Plan:
        """A plan with the driver and the metric that the team named."""
        driver, metric = answers.get("driver"), answers.get("success_metric")
        known = driver and str(driver.answer.value)
        return Plan(
            driver=known if known in self.desk.pack.drivers else None,
            metric=str(metric.answer.value) if metric else "",
        )

    def tick(self, caller: Caller, pilot: str, step: str) -> Dossier:
        """Declare a step done. A second tick changes nothing: who came first stays."""
        made = Tick(step=step, who=caller.user, at=self.desk.clock())
        return self._write(caller, pilot, lambda db: pilots.tick(db, caller.workspace, pilot, made))

    def untick(self, caller: Caller, pilot: str, step: str) -> Dossier:
        """Take a tick back."""
        return self._write(
            caller, pilot, lambda db: pilots.untick(db, caller.workspace, pilot, step)
        )

    def set_metric(
        self, caller: Caller, pilot: str, metric: str, opened: OpenedForm
    ) -> tuple[Dossier, Shared | None]:
        """Write down what success is, in the team's own words; the card learns it.

        Another sentence has other numbers, so those of the plan are asked for anew. Raises `Stale`
        where somebody else wrote another meanwhile.
        """
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            since = saved_since(db, caller, dossier, opened)
            now, worded = dossier.board.metric, partial(in_words, self.desk.pack)
            saved = to_save({"metric": metric}, {"metric": now}, opened.altered, since, worded)
            metric, plan = saved["metric"] or "", dossier.plan
            pilots.set_metric(db, caller.workspace, pilot, metric, caller.user)
            if metric != plan.metric:
                after = plan.model_copy(update={**NO_NUMBERS, "metric": metric})
                pilots.set_plan(db, caller.workspace, pilot, after)
                tell_moved(db, caller, pilot, (plan, after))
                edit, at = Edit(fields=("metric", *NO_NUMBERS)), self.desk.clock()
                pilot_log.add(db, caller, pilot, "edit", at, edit)
            owing.board(db, caller, pilot)
            shared = self.changing.learn(db, caller, {"success_metric": Answer(value=metric)})
            return self.dossiers.read(db, caller, pilot), shared

    def tell_verdict(self, caller: Caller, pilot: str) -> None:
        """Say in the pilot's thread how every budget stands."""
        with self.desk.store.writing(caller) as db:
            self.dossiers.read(db, caller, pilot)
            owing.below_board(db, caller, pilot, "verdict")

    def _shows(self, db: Database, caller: Caller, board: PilotBoard) -> None:
        """Owe the board; where it stands already, the person is told where."""
        if board.card_ts is None:
            owing.board(db, caller, board.id)
        else:
            owing.below_board(db, caller, board.id, "board_stands", {"ts": board.card_ts})

    def _write(self, caller: Caller, pilot: str, change: Callable[[Database], None]) -> Dossier:
        with self.desk.store.writing(caller) as db:
            self.dossiers.open_one(db, caller, pilot)
            change(db)
            owing.board(db, caller, pilot)
            return self.dossiers.read(db, caller, pilot)
