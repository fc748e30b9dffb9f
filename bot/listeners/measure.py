"""MeasureScreens: typed figures and files, drills, the verdict, the pilot's end."""

from __future__ import annotations

import time

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.drilled_callers import callers_in, pasted_callers
from bot.blocks import drills, goal, measure, notice, pilot, verdict
from bot.blocks.values import PilotDrill
from bot.domain.model import Found
from bot.domain.pilot.model import Dossier, DrillSeen
from bot.errors import MeshfitError
from bot.listeners import screens
from bot.listeners.act import Act
from bot.listeners.cards import Cards
from bot.listeners.carried import DrillMeta, PilotMeta
from bot.listeners.checklists import Checklists
from bot.listeners.delivery import instead, private
from bot.listeners.importing import SETTLE_S, Importing, spot_in
from bot.outbox import files


class MeasureScreens:
    """From the first figure to the end of the pilot."""

    def __init__(
        self, advisor: Advisor, threads: Checklists, cards: Cards, importing: Importing
    ) -> None:
        self.importing = importing
        self.measuring, self.dossiers = advisor.measuring, advisor.dossiers
        self.pack, self.threads, self.cards = advisor.desk.pack, threads, cards

    def command(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit measure`."""
        ack()
        caller = act.caller
        here = self.dossiers.here(caller).board.id
        self._open(client, act, self.dossiers.to_change(caller, here))

    def press(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Measure, on the checklist."""
        ack()
        caller = act.caller
        self._open(client, act, self.dossiers.to_change(caller, act.id))

    def save(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Save: files are read after the acknowledgement, typed figures are saved before it."""
        if any(act.form.files(f"files.{side}") for side in measure.SIDES):
            self.importing.dropped(ack, act, client)
        else:
            self.type_in(ack, act, client)

    def type_in(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Save the typed figures."""
        caller, meta, form = act.caller, act.carried(PilotMeta), act.form
        where = spot_in(form, self.dossiers.to_change(caller, meta.pilot))
        typed = {
            metric: {side: form.text(f"{metric}.{side}", 120) for side in measure.SIDES}
            for metric, _, _ in measure.TYPED
        }
        form.check()
        dossier = self.measuring.type_in(caller, meta.pilot, where, typed, act.opened)
        ack(response_action="clear")
        self.threads.redraw(client, dossier)

    def open_goal(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Measure the goal: the form."""
        ack()
        board = (dossier := self.dossiers.to_change(act.caller, act.id)).board
        meta = PilotMeta(channel=act.caller.channel, pilot=board.id, written=board.written)
        act.opens(client, goal.form(dossier, str(meta)))

    def save_goal(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Save: the thread says what was reached, by whom, and how that is known."""
        caller, meta, form = act.caller, act.carried(PilotMeta), act.form
        found = Found(
            value=form.needed_number(goal.VALUE),
            known="counted" if form.code(goal.KNOWN, goal.KNOWN_AS) == "counted" else "measured",
            where=form.text(goal.WHERE, 500),
            reason=form.text(goal.REASON, 500),
        )
        form.check()
        dossier = self.measuring.reach(caller, meta.pilot, found, act.opened)
        ack(response_action="clear")
        self.threads.tell(client, dossier, goal.measured(dossier))

    def open_drills(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Drills: their cards."""
        ack()
        caller = act.caller
        dossier = self.dossiers.of(caller, act.id)
        respond(**private(drills.cards(self.pack, dossier)))

    def drills_command(self, ack: Ack, act: Act) -> None:
        """`/meshfit drills`."""
        dossier = self.dossiers.here(act.caller)
        ack(**private(drills.cards(self.pack, dossier)))

    def start_clock(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Start the clock: on a drill's card, or beside an answer, which stays where it is."""
        caller = act.caller
        at = act.pressed(PilotDrill)
        pilot = at.pilot or self.dossiers.here(caller).board.id
        dossier = self.measuring.start_clock(caller, pilot, at.drill)
        ack()
        cards = drills.cards(self.pack, dossier)
        respond(**(instead(cards) if at.pilot else private(cards)))

    def stop_clock(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Stop the clock: nothing is recorded."""
        caller = act.caller
        at = act.pressed(PilotDrill)
        dossier = self.measuring.stop_clock(caller, at.pilot, at.drill)
        ack()
        respond(**instead(drills.cards(self.pack, dossier)))

    def open_drill(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Record it: the form, with the clock's minutes filled in."""
        ack()
        caller = act.caller
        at = act.pressed(PilotDrill)
        dossier = self.dossiers.to_change(caller, at.pilot)
        last = dossier.board.written
        meta = DrillMeta(channel=caller.channel, pilot=at.pilot, written=last, drill=at.drill)
        minutes = self.measuring.minutes_on_clock(dossier, at.drill)
        act.opens(client, drills.form(self.measuring.drill(at.drill), minutes, str(meta)))

    def record_drill(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Record: expected, seen, minutes, by whom and when."""
        caller, meta, form = act.caller, act.carried(DrillMeta), act.form
        seen = DrillSeen(
            drill=meta.drill,
            with_mesh=form.code("side", measure.SIDES) == "mesh",
            expected=form.needed("expected", 1000),
            seen=form.needed("seen", 1000),
            as_expected=form.code("as_expected", ("yes", "no")) == "yes",
            minutes=form.number(drills.MINUTES),
            proof=form.text("proof", 1000),
        )
        pasted, dropped = form.text(drills.CALLERS), form.files(drills.CALLERS_FILE)
        form.check()
        if dropped:
            self._read_callers(ack, act, client, seen)
            return
        if pasted:
            found = pasted_callers(pasted, drills.CALLERS)
            seen = seen.model_copy(update={"callers": found})
        dossier, result = self.measuring.record_drill(caller, meta.pilot, seen, act.opened)
        ack(response_action="clear")
        self.threads.tell(client, dossier, drills.recorded(self.pack, result))

    def _read_callers(self, ack: Ack, act: Act, client: WebClient, seen: DrillSeen) -> None:
        """Record with the callers of a file; nothing is recorded where it cannot be read."""
        ack(response_action="update", view=measure.reading())
        settled, pilot_id = time.monotonic() + SETTLE_S, act.carried(DrillMeta).pilot
        try:
            (file,) = files.fetch(client, act.form.files(drills.CALLERS_FILE))
            found = callers_in(file)
            whole = seen.model_copy(update={"callers": found})
            dossier, result = self.measuring.record_drill(act.caller, pilot_id, whole, act.opened)
        except MeshfitError as bad:
            said = measure.unread(bad.sentence)
        else:
            said = drills.done(self.pack, result)
            self.threads.tell(client, dossier, drills.recorded(self.pack, result))
        time.sleep(max(0.0, settled - time.monotonic()))
        screens.replace(client, act, said)

    def verdict_command(self, ack: Ack, act: Act, respond: Respond) -> None:
        """`/meshfit verdict`."""
        ack()
        dossier = self.dossiers.here(act.caller)
        self._show_verdict(respond, dossier)

    def verdict(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Verdict, on the checklist."""
        ack()
        caller = act.caller
        self._show_verdict(respond, self.dossiers.of(caller, act.id))

    def post_verdict(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Post in the thread."""
        ack()
        caller = act.caller
        dossier = self.dossiers.of(caller, act.id)
        self.threads.tell(client, dossier, verdict.posted(self.pack, dossier, caller.user))
        respond(**instead(notice.plain("Posted in the pilot's thread.")))

    def close(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Close the pilot: its result goes on the team's card."""
        caller = act.caller
        dossier, shared = self.measuring.close(caller, act.id)
        ack()
        respond(**instead(notice.plain(f"Closed: the pilot {pilot.end_of(dossier.board)}.")))
        self.threads.tell(client, dossier, verdict.closed(dossier, caller.user))
        if shared is not None:
            self.cards.after(client, shared)

    def _open(self, client: WebClient, act: Act, dossier: Dossier) -> None:
        board = dossier.board
        meta = PilotMeta(channel=board.channel, pilot=board.id, written=board.written)
        act.opens(client, measure.form(dossier, str(meta)))

    def _show_verdict(self, respond: Respond, dossier: Dossier) -> None:
        """In full, or without table and chart where Slack refuses them."""
        screens.respond_native(respond, private(verdict.private(self.pack, dossier)))
