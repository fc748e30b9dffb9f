"""MeasureScreens: typed figures and files, drills, the verdict, the pilot's end."""

from __future__ import annotations

from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import drills, goal, measure, notice, pilot, verdict
from bot.domain.model import Reached
from bot.domain.pilot.model import Dossier, DrillResult
from bot.listeners import payloads, screens
from bot.listeners.cards import Cards
from bot.listeners.checklists import Checklists
from bot.listeners.delivery import instead, private
from bot.listeners.forms import Form
from bot.listeners.importing import Importing, spot_in
from bot.listeners.payloads import Body, Meta


class MeasureScreens:
    """From the first figure to the end of the pilot."""

    def __init__(
        self, advisor: Advisor, threads: Checklists, cards: Cards, importing: Importing
    ) -> None:
        self.importing = importing
        self.measuring, self.dossiers = advisor.measuring, advisor.dossiers
        self.pack, self.threads, self.cards = advisor.desk.pack, threads, cards
        self.clock = advisor.desk.clock

    def command(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """`/meshfit measure`."""
        ack()
        caller = payloads.caller(context, body)
        here = self.dossiers.here(caller).board.id
        self._open(client, body, self.dossiers.to_change(caller, here))

    def press(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Measure, on the checklist."""
        ack()
        caller = payloads.caller(context, body)
        self._open(client, body, self.dossiers.to_change(caller, payloads.pressed(body)))

    def save(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Save: files are read after the acknowledgement, typed figures are saved before it."""
        form = Form(body)
        if any(form.files(f"files.{side}") for side in (measure.WITHOUT, measure.WITH)):
            self.importing.dropped(ack, body, context, client)
        else:
            self.type_in(ack, body, context, client)

    def type_in(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Save the typed figures."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        where = spot_in(form, self.dossiers.to_change(caller, meta.pilot))
        sides = {
            metric: (
                form.text(f"{metric}.{measure.WITHOUT}", 120),
                form.text(f"{metric}.{measure.WITH}", 120),
            )
            for metric, _, _ in measure.TYPED
        }
        form.check()
        dossier = self.measuring.type_in(caller, meta.pilot, where, sides)
        ack(response_action="clear")
        self.threads.redraw(client, dossier)

    def open_goal(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Measure the goal: the form."""
        ack()
        caller = payloads.caller(context, body)
        dossier = self.dossiers.to_change(caller, payloads.pressed(body))
        meta = Meta(channel=caller.channel, pilot=dossier.board.id).model_dump_json()
        client.views_open(trigger_id=body["trigger_id"], view=goal.form(dossier, meta))

    def save_goal(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Save: the thread says what was reached, by whom, and how that is known."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        reached = Reached(
            value=form.needed_number(goal.VALUE),
            known="counted" if form.code(goal.KNOWN, goal.KNOWN_AS) == "counted" else "measured",
            where=form.text(goal.WHERE, 500),
            reason=form.text(goal.REASON, 500),
            by=caller.user,
            at=self.clock(),
        )
        form.check()
        dossier = self.measuring.reach(caller, meta.pilot, reached)
        ack(response_action="clear")
        self.threads.tell(client, dossier, goal.measured(dossier))

    def open_drills(self, ack: Ack, body: Body, context: BoltContext, respond: Respond) -> None:
        """Drills: their cards."""
        ack()
        caller = payloads.caller(context, body)
        dossier = self.dossiers.of(caller, payloads.pressed(body))
        respond(**private(drills.cards(self.pack, dossier)))

    def drills_command(self, ack: Ack, body: Body, context: BoltContext) -> None:
        """`/meshfit drills`."""
        dossier = self.dossiers.here(payloads.caller(context, body))
        ack(**private(drills.cards(self.pack, dossier)))

    def start_clock(self, ack: Ack, body: Body, context: BoltContext, respond: Respond) -> None:
        """Start the clock: on a drill's card, or beside an answer, which stays where it is."""
        caller = payloads.caller(context, body)
        board, drill = payloads.pair(body)
        pilot = board or self.dossiers.here(caller).board.id
        dossier = self.measuring.start_clock(caller, pilot, drill)
        ack()
        cards = drills.cards(self.pack, dossier)
        respond(**(instead(cards) if board else private(cards)))

    def stop_clock(self, ack: Ack, body: Body, context: BoltContext, respond: Respond) -> None:
        """Stop the clock: nothing is recorded."""
        caller = payloads.caller(context, body)
        dossier = self.measuring.stop_clock(caller, *payloads.pair(body))
        ack()
        respond(**instead(drills.cards(self.pack, dossier)))

    def open_drill(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Record it: the form, with the clock's minutes filled in."""
        ack()
        caller = payloads.caller(context, body)
        board, drill = payloads.pair(body)
        dossier = self.dossiers.to_change(caller, board)
        meta = Meta(channel=caller.channel, pilot=board, page=drill)
        minutes = self.measuring.minutes_on_clock(dossier, drill)
        view = drills.form(self.measuring.drill(drill), minutes, meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def record_drill(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Record: expected, seen, minutes, by whom and when."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        result = DrillResult(
            drill=meta.page,
            with_mesh=form.code("side", ("with", "without")) == "with",
            expected=form.needed("expected", 1000),
            seen=form.needed("seen", 1000),
            as_expected=form.code("as_expected", ("yes", "no")) == "yes",
            minutes=form.number(drills.MINUTES),
            proof=form.text("proof", 1000),
            by=caller.user,
            at=self.clock(),
        )
        form.check()
        dossier = self.measuring.record_drill(caller, meta.pilot, result)
        ack(response_action="clear")
        self.threads.tell(client, dossier, drills.recorded(self.pack, result))

    def verdict_command(self, ack: Ack, body: Body, context: BoltContext, respond: Respond) -> None:
        """`/meshfit verdict`."""
        ack()
        dossier = self.dossiers.here(payloads.caller(context, body))
        self._show_verdict(respond, dossier)

    def verdict(self, ack: Ack, body: Body, context: BoltContext, respond: Respond) -> None:
        """Verdict, on the checklist."""
        ack()
        caller = payloads.caller(context, body)
        self._show_verdict(respond, self.dossiers.of(caller, payloads.pressed(body)))

    def post_verdict(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """Post in the thread."""
        ack()
        caller = payloads.caller(context, body)
        dossier = self.dossiers.of(caller, payloads.pressed(body))
        self.threads.tell(client, dossier, verdict.posted(self.pack, dossier, caller.user))
        respond(**instead(notice.plain("Posted in the pilot's thread.")))

    def close(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """Close the pilot: its result goes on the team's card."""
        caller = payloads.caller(context, body)
        dossier, shared = self.measuring.close(caller, payloads.pressed(body))
        ack()
        respond(**instead(notice.plain(f"Closed: the pilot {pilot.end_of(dossier.board)}.")))
        self.threads.tell(client, dossier, verdict.closed(dossier, caller.user))
        if shared is not None:
            self.cards.after(client, shared)

    def _open(self, client: WebClient, body: Body, dossier: Dossier) -> None:
        meta = Meta(channel=dossier.board.channel, pilot=dossier.board.id)
        view = measure.form(dossier, meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def _show_verdict(self, respond: Respond, dossier: Dossier) -> None:
        """In full, or without table and chart where Slack refuses them."""
        screens.respond_native(respond, private(verdict.private(self.pack, dossier)))
