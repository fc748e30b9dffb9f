"""A pilot's live board, the lines in its thread, and the cards of its rollout."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.advisor import Advisor
from bot.advisor.given_files import Spot
from bot.blocks import drills, goal, pilot, plan, roles, rollout, saved, strays, verdict
from bot.blocks.surfaces import Payload
from bot.documents import pilot_runs
from bot.domain.pilot.model import Clock, Dossier, Owner, Saving
from bot.domain.pilot.redoing import done_before
from bot.errors import Refused
from bot.outbox.posting import FileToShare, Posting
from bot.outbox.requests import ThreadRequests
from bot.store import holding, owed, pilots
from bot.store.holding import Due

Line = Callable[[Due, Dossier], Payload | None]


class Boards:
    """Like the card: posted once, edited in place, posted anew where somebody deleted it."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.store, self.pack = advisor.desk.store, advisor.desk.pack
        self.dossiers, self.planning, self.rolling = (
            advisor.dossiers,
            advisor.planning,
            advisor.rolling,
        )
        self.posting, self.comparing = posting, advisor.comparing
        self.requests = ThreadRequests(advisor)

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what delivers it."""
        lines: Mapping[str, Line] = {
            "planned": lambda due, dossier: plan.planned(self.pack, dossier, due.person),
            "sealed": self._sealed,
            "followed": lambda due, dossier: plan.followed(self.pack, dossier, due.person),
            "goal_measured": lambda _, dossier: goal.measured(dossier),
            "goal_moved": lambda due, dossier: goal.moved(dossier, due.person),
            "figures_saved": lambda due, dossier: saved.saved(
                dossier, Saving.model_validate(due.data["saving"])
            ),
            "drill_recorded": self._drill,
            "clock_started": self._clock,
            "clock_stopped": self._clock,
            "verdict": lambda due, dossier: verdict.posted(self.pack, dossier, due.person),
            "pilot_closed": lambda due, dossier: verdict.closed(dossier, due.person),
        }
        return {
            "board": self.board,
            "board_elsewhere": self.elsewhere,
            "board_stands": self.stands,
            "report": self.report,
            "rollout_opened": self.rollout_opened,
            "rollout": self.rollout,
            **{kind: self._in_thread(line) for kind, line in lines.items()},
            "roles_named": self._in_thread(self._roles, self._asks),
            "measurer_asked": self._in_thread(self._measurer, self._asks_to_measure),
        }

    def board(self, due: Due) -> None:
        """Edit the board, or post it where there is none."""
        dossier = self._dossier(due, due.subject)
        if dossier is None:
            return
        board, drawn = dossier.board, pilot.checklist(self.pack, dossier)
        if board.card_ts and self.posting.update(board.channel, board.card_ts, drawn):
            return
        ts = self.posting.post(due, board.channel, drawn)
        with self.store.noting() as db:
            pilots.set_card(db, board.workspace, board.id, ts)
            holding.posted(db, due)

    def stands(self, due: Due) -> None:
        """Say where the board stands, to whoever asked for it again."""
        dossier = self._dossier(due, due.about)
        if dossier is None or dossier.board.card_ts != due.data["ts"]:
            return  # it was deleted and stands anew, at the end of the channel
        link = self.posting.link(dossier.board.channel, due.data["ts"])
        with self.store.noting() as db:
            message = {"response_type": "ephemeral", **pilot.stands_here(link)}
            caller = due.caller.model_copy(update={"answer_at": due.answer_at})
            owed.say_once(db, caller, "answer", f"{due.id}:link", {"message": message})

    def elsewhere(self, due: Due) -> None:
        """A message that is not the live board becomes a link to the one that is."""
        dossier = self._dossier(due, due.data["subject"])
        ts = dossier and dossier.board.card_ts
        if ts and ts != due.data["ts"]:
            link = self.posting.link(due.channel, ts)
            self.posting.update(due.channel, due.data["ts"], strays.board(link))

    def report(self, due: Due) -> None:
        """The runs of a spot as a page, in the board's thread; nothing where they are gone."""
        dossier = self._dossier(due, due.about)
        if dossier is None or dossier.board.card_ts is None:
            return
        try:
            reported = self.comparing.report(due.caller, dossier.board.id, Spot(*due.data["spot"]))
        except Refused:
            return
        file = FileToShare(
            name=pilot_runs.filename(reported),
            content=pilot_runs.page(self.pack, reported),
            title=pilot_runs.title(reported),
            comment=pilot_runs.posted(reported, due.person),
        )
        self.posting.upload(due, dossier.board.channel, dossier.board.card_ts, file)

    def rollout_opened(self, due: Due) -> None:
        """A card of the rollout, as a message of its own."""
        if dossier := self._dossier(due, due.data["pilot"]):
            self.posting.post(due, due.channel, self._rollout(dossier))

    def rollout(self, due: Due) -> None:
        """One of the rollout's cards, edited in place."""
        board, _, ts = due.subject.partition("@")
        if dossier := self._dossier(due, board):
            self.posting.update(due.channel, ts, self._rollout(dossier))

    def _rollout(self, dossier: Dossier) -> Payload:
        open_lines = self.rolling.open_lines(dossier)
        return rollout.card(self.pack, dossier, open_lines, self.rolling.today())

    def _in_thread(
        self, line: Line, then: Callable[[Due, str], None] = lambda _, __: None
    ) -> Callable[[Due], None]:
        def deliver(due: Due) -> None:
            dossier = self._dossier(due, due.about)
            if dossier is None or dossier.board.card_ts is None:
                return  # the board was refused, and that was said
            if (payload := line(due, dossier)) is not None:
                board = dossier.board
                then(due, self.posting.post(due, board.channel, payload, thread_ts=board.card_ts))

        return deliver

    def _roles(self, due: Due, dossier: Dossier) -> Payload:
        gone = {role: Owner.model_validate(old) for role, old in due.data["gone"].items()}
        return roles.named(self.pack, dossier, gone, due.person)

    def _asks(self, due: Due, ts: str) -> None:
        """The roles stand there, and that message says who accepts."""
        self.requests.stands_at(due, ("roles", due.about, ""), ts)

    def _measurer(self, due: Due, dossier: Dossier) -> Payload | None:
        """Asked to measure the goal, unless that is settled by now."""
        plan = dossier.plan
        asked = (plan.measured_by, plan.measurer) == (due.data["person"], "asked")
        if asked:
            return goal.request(dossier, due.person)
        return self.requests.over(due, ("measure", due.about, ""), due.data["person"])

    def _asks_to_measure(self, due: Due, ts: str) -> None:
        self.requests.stands_at(due, ("measure", due.about, ""), ts, due.data["person"])

    def _sealed(self, due: Due, dossier: Dossier) -> Payload | None:
        done = self.planning.sealed(dossier, due.data["version"])
        return None if done is None else plan.sealed(self.pack, done)

    def _drill(self, due: Due, dossier: Dossier) -> Payload | None:
        at = due.data["at"]
        if at >= len(dossier.drills):
            return None
        result = dossier.drills[at]
        before = done_before(dossier.drills[:at], result.drill, result.side)
        return drills.recorded(self.pack, result, before)

    def _clock(self, due: Due, _: Dossier) -> Payload | None:
        """A drill that others may feel has begun, or was stopped; not where it left the pack."""
        clock = Clock.model_validate(due.data["clock"])
        drill = self.pack.drills.get(clock.drill)
        if drill is None or drill.lasts is None:
            return None
        began = due.kind == "clock_started"
        return drills.started(drill, clock) if began else drills.stopped(drill, due.person)

    def _dossier(self, due: Due, board: str) -> Dossier | None:
        """The pilot as it stands by now; None where it was deleted."""
        try:
            return self.dossiers.of(due.caller, board)
        except Refused:
            return None
