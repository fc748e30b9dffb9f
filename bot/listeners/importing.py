"""Results of load tests: dropped into the form, or sent in a message and put to use later."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.choosing import ChosenRun
from bot.advisor.given_files import Aside, BesideFiles, Spot
from bot.advisor.receiving import View
from bot.blocks import measure, sent, spots
from bot.blocks.carried import ChooseMeta, PilotMeta, SentMeta, SpotMeta
from bot.blocks.steps import Steps
from bot.blocks.values import PilotTarget
from bot.domain.pilot.model import Compared, Dossier, KeptFile, ToChoose
from bot.domain.runs.model import Quantity, Side
from bot.listeners import payloads, screens
from bot.listeners.act import Act
from bot.listeners.forms import Form
from bot.listeners.payloads import Body
from bot.listeners.stepping import Stepping

_QUANTITIES: dict[str, Quantity] = {"cpu": "cpu", "memory": "memory"}


class ImportScreens:
    """Reading files never holds up an acknowledgement: the form says that they are being read."""

    def __init__(self, advisor: Advisor) -> None:
        self.comparing, self.choosing = advisor.comparing, advisor.choosing
        self.receiving, self.dossiers = advisor.receiving, advisor.dossiers
        self.stepping = Stepping(advisor, self._steps)

    def dropped(self, ack: Ack, act: Act) -> None:
        """Files in the form: what is to be read is kept, the form says that it is being read."""
        caller, meta, form = act.caller, act.carried(PilotMeta), act.form
        dossier = self.dossiers.to_change(caller, meta.pilot)
        spot = spot_in(form, dossier)
        quantity = _QUANTITIES.get(form.code("quantity", _QUANTITIES, optional=True))
        earlier = form.code(measure.EARLIER, measure.EARLIER_CHOICES, optional=True)
        anew = act.opened if earlier == measure.ANEW else None
        asked = BesideFiles(quantity, anew, form.text(measure.AGAIN, 500))
        dropped = {side: form.files(f"files.{side}") for side in measure.SIDES}
        if not any(dropped.values()):
            form.fault("files.baseline", "Give a file, or go back and type the figures.")
        form.check()
        if asked.anew:
            self.comparing.check_seen(caller, meta.pilot, spot, asked.anew)
        board = dossier.board
        meant = SpotMeta(
            channel=board.channel,
            pilot=board.id,
            written=board.written,
            service=spot.service,
            endpoint=spot.endpoint,
        )
        view = View(act.open_view.id, str(meant))
        self.receiving.take(caller, meta.pilot, spot, view, (dropped, asked))
        ack(response_action="update", view=measure.reading())

    def choose(self, ack: Ack, act: Act) -> None:
        """Compare: of each file the run that was chosen."""
        caller, meta = act.caller, act.carried(ChooseMeta)
        form = self.stepping.whole(act, always=True)
        files = self._kept(act)
        chosen = [
            ChosenRun(side, file.id, _run_in(form, at, file) if file.choices else None)
            for at, (side, file) in enumerate(files)
        ]
        if self.stepping.goes_on(ack, act):
            return
        spot = Spot(meta.service, meta.endpoint)
        asked = BesideFiles(None, act.opened if meta.anew else None, form.text(measure.AGAIN, 500))
        compared = self.choosing.use(caller, meta.pilot, spot, chosen, asked)
        ack(response_action="update", view=measure.found(compared, _meta(compared)))

    def _kept(self, act: Act) -> list[tuple[Side, KeptFile]]:
        files = act.carried(ChooseMeta).files
        return [(each.side, self.choosing.file(act.caller, each.file)) for each in files]

    def _steps(self, act: Act) -> Steps:
        return sent.choose(ToChoose(files=tuple(self._kept(act))))

    def post_report(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Post a report in the thread: the runs, their curves and what they come to, as a page."""
        meta = act.carried(SpotMeta)
        self.comparing.post_report(act.caller, meta.pilot, Spot(meta.service, meta.endpoint))
        ack()
        screens.redraw(client, act.open_view, measure.reported())

    def set_aside(self, ack: Ack, act: Act) -> None:
        """Set one refusal aside, with a reason that stays on the record."""
        caller, meta = act.caller, act.carried(SpotMeta)
        form = self.stepping.whole(act, always=True)
        refusal, reason = form.needed("refusal"), form.needed(measure.REASON, 300)
        form.check()
        spot = Spot(meta.service, meta.endpoint)
        aside = Aside(refusal, reason, form.text(measure.AGAIN, 500))
        compared = self.comparing.set_aside(caller, meta.pilot, spot, aside, act.opened)
        ack(response_action="update", view=measure.found(compared, _meta(compared)))

    def sent(self, event: Body, act: Act) -> None:
        """Files in a message to the bot: what is read of each, and the offer to use it."""
        thread = payloads.thread_of(event)
        self.receiving.read_later(act.caller, thread, event["files"][: measure.MOST_FILES])

    def dropped_in_thread(self, event: Body, act: Act) -> None:
        """A file in the card's or the open pilot's thread, without a word to the bot: offered.

        Results in the pilot's alone. Whatever else people put there is none of the bot's business.
        In a channel shared with another workspace Slack does not say whose file it is, so there it
        takes a mention.
        """
        caller, pilot = act.caller, self.dossiers.open_thread(act.caller)
        threads = tuple(filter(None, (pilot, self.dossiers.card_thread(caller))))
        if threads and caller.user and (file := event.get("file_id")):
            self.receiving.look_later(caller, threads, pilot, file)

    def open_use(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Use in a pilot: which one, which service, which side."""
        ack()
        caller = act.caller
        meta = SentMeta(channel=caller.channel, sent=act.id)
        file = self.choosing.file(caller, meta.sent)
        act.opens(client, sent.use(self.dossiers.within_reach(caller), file, str(meta)))

    def use(self, ack: Ack, act: Act) -> None:
        """Use it: the run counts, and the form says what all runs come to."""
        caller, meta, form = act.caller, act.carried(SentMeta), act.form
        offered = [each for each, _ in spots.targets(self.dossiers.within_reach(caller))]
        where = form.code(sent.PILOT, offered)
        side: Side = "mesh" if form.code(sent.SIDE, measure.SIDES) == "mesh" else "baseline"
        endpoint, again = form.text("endpoint", 120), form.text(measure.AGAIN, 500)
        file = self.choosing.file(caller, meta.sent)
        run = _run_in(form, 0, file) if len(file.runs) > 1 else None
        form.check()
        at = PilotTarget.read(where)
        spot = Spot(at.service, endpoint)
        meant, asked = [ChosenRun(side, file.id, run)], BesideFiles(again=again)
        compared = self.choosing.use(caller, at.pilot, spot, meant, asked)
        ack(response_action="update", view=measure.found(compared, _meta(compared)))


def _run_in(form: Form, at: int, file: KeptFile) -> int | None:
    """The run of a file that was chosen; None for all of them."""
    typed = form.code(f"{sent.RUN}.{at}", dict(sent.runs_of(file)))
    return int(typed) if typed.isdecimal() else None


def spot_in(form: Form, dossier: Dossier) -> Spot:
    """Where something was measured, by the form of Measure."""
    offered = dict(spots.services(dossier))
    service = form.code("service", {*offered, spots.ALL})
    return Spot(offered.get(service, ""), form.text("endpoint", 120))


def _meta(compared: Compared) -> str:
    """The spot travels with the view, so that a refusal is set aside for the same runs."""
    board, service, endpoint = compared.dossier.board, compared.service, compared.endpoint
    meta = SpotMeta(
        channel=board.channel,
        pilot=board.id,
        written=board.written,
        service=service,
        endpoint=endpoint,
    )
    return str(meta)
