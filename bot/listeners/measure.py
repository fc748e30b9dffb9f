"""MeasureScreens: typed figures and files, drills, the verdict, the pilot's end."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.drilled_callers import pasted_callers
from bot.advisor.figures import check_again
from bot.advisor.receiving import View
from bot.advisor.typing_in import Typed
from bot.blocks import drills, goal, measure, notice, pilot_end, saved, verdict
from bot.blocks.carried import DrillMeta, PilotMeta
from bot.blocks.steps import Steps, step
from bot.blocks.values import PilotDrill, PilotSaving
from bot.domain.model import GoalFigure
from bot.domain.pilot.model import Dossier, DrillSeen
from bot.listeners.act import Act
from bot.listeners.delivery import instead, private
from bot.listeners.forms import Form
from bot.listeners.importing import ImportScreens, spot_in
from bot.listeners.responding import Responder
from bot.listeners.stepping import Stepping


class MeasureScreens:
    """From the first figure to the end of the pilot."""

    def __init__(self, advisor: Advisor, importing: ImportScreens) -> None:
        self.importing = importing
        self.measuring, self.receiving = advisor.measuring, advisor.receiving
        self.reaching = advisor.reaching
        self.dossiers, self.pilots = advisor.dossiers, advisor.pilots
        self.pack = advisor.desk.pack
        self.stepping = Stepping(advisor, self._steps)

    def command(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit measure`: the form, or the way to the plan that comes first."""
        caller = act.caller
        here = self.dossiers.if_any(caller)
        if here is None or (here.board.result is None and not here.plan.services):
            ack(**private(measure.plan_first(here)))
            return
        ack()
        self._open(client, act, self.dossiers.to_change(caller, here.board.id))

    def press(self, ack: Ack, act: Act, client: WebClient, respond: Responder) -> None:
        """Measure, on the checklist: the same."""
        dossier = self.dossiers.to_change(act.caller, act.id)
        if not dossier.plan.services:
            respond(**private(measure.plan_first(dossier)))
            ack()
            return
        ack()
        self._open(client, act, dossier)

    def save(self, ack: Ack, act: Act) -> None:
        """Next: what was measured. Save: files are read later, typed figures are saved at once."""
        caller, meta = act.caller, act.carried(PilotMeta)
        form = self.stepping.whole(act)
        dossier = self.dossiers.to_change(caller, meta.pilot)
        where, by_files = spot_in(form, dossier), self._by_files(form)
        again = form.text(measure.AGAIN, 500)
        check_again(dossier, where, again, files=by_files)
        if meta.more or not by_files:
            figures = {
                metric: {side: form.text(f"{metric}.{side}", 120) for side in measure.SIDES}
                for metric, _, _ in measure.metrics(dossier, nodes=not where.service)
            }
            if self.stepping.goes_on(ack, act):
                return
            typed = Typed(figures, again)
            saving = self.measuring.type_in(caller, meta.pilot, where, typed, act.opened)
            self.stepping.done(act)
            ack(response_action="update", view=saved.typed(saving))
        else:
            self.importing.dropped(ack, act)

    def more(self, ack: Ack, act: Act, respond: Responder) -> None:
        """More, beside a saving in the thread: all its figures."""
        at = act.pressed(PilotSaving)
        respond(**private(saved.rest(self.measuring.saving(act.caller, at.pilot, at.at))))
        ack()

    def _by_files(self, form: Form) -> bool:
        return form.code(measure.HOW, measure.HOW_CHOICES) == measure.FILES

    def _steps(self, act: Act) -> Steps:
        dossier = self.dossiers.to_change(act.caller, act.carried(PilotMeta).pilot)
        how = act.form.code(measure.HOW, measure.HOW_CHOICES)
        return measure.form(dossier, how, spot_in(act.form, dossier))

    def open_goal(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Measure the goal: the form."""
        ack()
        board = (dossier := self.dossiers.goal_to_measure(act.caller, act.id)).board
        meta = PilotMeta(channel=act.caller.channel, pilot=board.id, written=board.written)
        act.opens(client, goal.form(dossier, str(meta)))

    def save_goal(self, ack: Ack, act: Act) -> None:
        """Save: the thread says what was reached, by whom, and how that is known."""
        caller, meta, form = act.caller, act.carried(PilotMeta), act.form
        figure = GoalFigure(
            value=form.needed_number(goal.VALUE),
            known="counted" if form.code(goal.KNOWN, goal.KNOWN_AS) == "counted" else "measured",
            where=form.text(goal.WHERE, 500),
            reason=form.text(goal.REASON, 500),
        )
        form.check()
        self.reaching.reach(caller, meta.pilot, figure, act.opened)
        ack(response_action="clear")

    def open_drills(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Drills: their cards."""
        dossier = self.dossiers.of(act.caller, act.id)
        respond(**private(drills.cards(self.pack, dossier)))
        ack()

    def drills_command(self, ack: Ack, act: Act) -> None:
        """`/meshfit drills`."""
        dossier = self.dossiers.here(act.caller)
        ack(**private(drills.cards(self.pack, dossier)))

    def start_clock(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Start the clock: on a drill's card, or beside an answer, which stays where it is."""
        caller = act.caller
        at = act.pressed(PilotDrill)
        pilot = at.pilot or self.dossiers.here(caller).board.id
        dossier = self.measuring.start_clock(caller, pilot, at.drill)
        cards = drills.cards(self.pack, dossier)
        respond(**(instead(cards) if at.pilot else private(cards)))
        ack()

    def stop_clock(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Stop the clock: nothing is recorded."""
        caller = act.caller
        at = act.pressed(PilotDrill)
        dossier = self.measuring.stop_clock(caller, at.pilot, at.drill)
        respond(**instead(drills.cards(self.pack, dossier)))
        ack()

    def open_drill(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Record it: the form, with the clock's minutes filled in."""
        ack()
        caller = act.caller
        at = act.pressed(PilotDrill)
        dossier = self.dossiers.to_change(caller, at.pilot)
        last = dossier.board.written
        meta = DrillMeta(channel=caller.channel, pilot=at.pilot, written=last, drill=at.drill)
        minutes = self.measuring.minutes_on_clock(dossier, at.drill)
        drill = self.measuring.drill(at.drill)
        why = drills.again() if self.measuring.may_ask_why(dossier, at.drill) else ()
        act.opens(client, drills.form(drill, minutes, str(meta), why))

    def record_drill(self, ack: Ack, act: Act) -> None:
        """Record: expected, seen, minutes, by whom and when."""
        caller, meta, form = act.caller, act.carried(DrillMeta), act.form
        seen = DrillSeen(
            drill=meta.drill,
            side="mesh" if form.code("side", measure.SIDES) == "mesh" else "baseline",
            expected=form.needed("expected", 1000),
            seen=form.needed("seen", 1000),
            as_expected=form.code("as_expected", ("yes", "no")) == "yes",
            minutes=form.number(drills.MINUTES),
            proof=form.text("proof", 1000),
            reason=form.text(measure.AGAIN, 500),
        )
        pasted, dropped = form.text(drills.CALLERS), form.files(drills.CALLERS_FILE)
        form.check()
        self.measuring.check_redone(self.dossiers.of(caller, meta.pilot), seen)
        if dropped:
            view = View(act.open_view.id, "")
            self.receiving.take_callers(caller, meta.pilot, view, dropped, (seen, act.opened))
            ack(response_action="update", view=measure.reading())
            return
        if pasted:
            pasted_seen = pasted_callers(pasted, drills.CALLERS)
            seen = seen.model_copy(update={"callers": pasted_seen})
        self.measuring.record_drill(caller, meta.pilot, seen, act.opened)
        ack(response_action="clear")

    def verdict_command(self, ack: Ack, act: Act, respond: Responder) -> None:
        """`/meshfit verdict`."""
        self._show_verdict(respond, self.dossiers.here(act.caller))
        ack()

    def verdict(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Verdict, on the checklist."""
        self._show_verdict(respond, self.dossiers.of(act.caller, act.id))
        ack()

    def post_verdict(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Post in the thread."""
        self.pilots.tell_verdict(act.caller, act.id)
        respond(**instead(notice.plain("It goes into the pilot's thread.")))
        ack()

    def close(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Close the pilot: its result goes on the team's card."""
        dossier, _ = self.measuring.close(act.caller, act.id)
        respond(**instead(notice.plain(f"Closed: the pilot {pilot_end.end_of(dossier.board)}.")))
        ack()

    def _open(self, client: WebClient, act: Act, dossier: Dossier) -> None:
        board = dossier.board
        meta = PilotMeta(channel=board.channel, pilot=board.id, written=board.written)
        act.opens(client, step(measure.form(dossier), 0, meta))

    def _show_verdict(self, respond: Responder, dossier: Dossier) -> None:
        """In full; where Slack refuses them, it comes without table and chart."""
        respond(**private(verdict.private(self.pack, dossier)))
