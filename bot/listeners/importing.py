"""Results of load tests: dropped into the form, or sent in a message and put to use later."""

from __future__ import annotations

import time
from functools import partial

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.choosing import Chosen
from bot.advisor.compare import Asked, Spot, read_file
from bot.blocks import measure, notice, sent, spots
from bot.blocks.surfaces import Payload
from bot.blocks.words import escaped
from bot.documents import pilot_runs
from bot.domain.pilot.model import Dossier, KeptFile, Side, ToChoose
from bot.domain.runs.model import Quantity, Resources, Run
from bot.domain.team import Caller
from bot.errors import BadInput, MeshfitError, NotAResult
from bot.listeners import delivery, payloads, screens
from bot.listeners.checklists import Checklists
from bot.listeners.forms import Form
from bot.listeners.once import Once
from bot.listeners.payloads import Body, Meta
from bot.outbox import files

SETTLE_S = 0.5
"""The acknowledgement must have reached Slack first, or its picture would cover the result's."""
_SIDES: dict[str, Side] = {measure.WITHOUT: "baseline", measure.WITH: "mesh"}
_KEPT = ("baseline", "mesh")
_QUANTITIES: dict[str, Quantity] = {"cpu": "cpu", "memory": "memory"}


class Importing:
    """Reading files never holds up an acknowledgement: the form says that they are being read."""

    def __init__(self, advisor: Advisor, threads: Checklists, once: Once) -> None:
        self.comparing, self.choosing = advisor.comparing, advisor.choosing
        self.dossiers, self.pack = advisor.dossiers, advisor.desk.pack
        self.threads, self.once = threads, once

    def dropped(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Files in the form: acknowledged, then fetched, read and compared."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        spot = spot_in(form, self.dossiers.to_change(caller, meta.pilot))
        quantity = _QUANTITIES.get(form.code("quantity", _QUANTITIES, optional=True))
        earlier = form.code(measure.EARLIER, measure.EARLIER_CHOICES, optional=True)
        asked = Asked(quantity, anew=earlier == measure.ANEW)
        dropped = {_SIDES[side]: form.files(f"files.{side}") for side in _SIDES}
        form.check()
        ack(response_action="update", view=measure.reading())
        settled = time.monotonic() + SETTLE_S
        try:
            given = {side: files.fetch(client, each) for side, each in dropped.items()}
            found = self.choosing.add_files(caller, meta.pilot, spot, given, asked)
        except MeshfitError as bad:
            said = measure.unread(bad.sentence)
        else:
            here = _spot_meta(meta, spot)
            if isinstance(found, ToChoose):
                said = sent.choose(found, _waiting(here, found, anew=asked.anew).model_dump_json())
            else:
                said = measure.found(found, here.model_dump_json())
                self.threads.redraw(client, found.dossier)
        time.sleep(max(0.0, settled - time.monotonic()))
        screens.replace(client, body, said)

    def choose(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Compare: of each file the run that was chosen."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        pairs = [each.partition(":")[::2] for each in meta.files]
        files = [(_kept_side(side), self.choosing.file(caller, kept)) for side, kept in pairs]
        chosen = [
            Chosen(side, file.id, _run_in(form, at, file) if file.choices else None)
            for at, (side, file) in enumerate(files)
        ]
        form.check()
        spot = _spot_of(meta)
        compared = self.choosing.use(caller, meta.pilot, spot, chosen, anew=meta.anew)
        again = _spot_meta(Meta(channel=meta.channel, pilot=meta.pilot), spot)
        ack(response_action="update", view=measure.found(compared, again.model_dump_json()))
        self.threads.redraw(client, compared.dossier)

    def post_report(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Post a report in the thread: the runs, their curves and what they come to, as a page."""
        ack()
        caller, meta = payloads.caller(context, body), payloads.meta(body)
        found = self.comparing.report(caller, meta.pilot, _spot_of(meta))
        ts = self.threads.redraw(client, found.dossier)
        delivery.upload(
            client,
            found.dossier.board.channel,
            ts,
            content=pilot_runs.page(self.pack, found),
            filename=pilot_runs.filename(found),
            title=pilot_runs.title(found),
            initial_comment=pilot_runs.posted(found, caller.user),
        )
        screens.redraw(client, body, measure.reported())

    def set_aside(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Set one refusal aside, with a reason that stays on the record."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        refusal, reason = form.needed("refusal"), form.needed(measure.REASON, 300)
        form.check()
        try:
            compared = self.comparing.set_aside(caller, meta.pilot, _spot_of(meta), refusal, reason)
        except BadInput as bad:
            ack(response_action="errors", errors={measure.REASON: bad.sentence})
            return
        ack(response_action="update", view=measure.found(compared, meta.model_dump_json()))
        self.threads.redraw(client, compared.dossier)

    def sent(self, event: Body, context: BoltContext, client: WebClient, body: Body) -> None:
        """Files in a message to the bot: what was read of each, and the offer to use it."""
        caller, thread = payloads.caller(context, body), payloads.thread_of(event)
        for each in event["files"][: measure.MOST_FILES]:
            self._take(client, caller, thread, each)

    def dropped_in_thread(
        self, event: Body, context: BoltContext, client: WebClient, body: Body
    ) -> None:
        """A file in the thread of the open pilot, without a word to the bot: a result is offered.

        Whatever else people put there is none of the bot's business. In a channel shared with
        another workspace Slack does not say whose file it is, so there it takes a mention.
        """
        caller = payloads.caller(context, body)
        thread = self.dossiers.open_thread(caller)
        if not thread or not caller.user:
            return
        held = files.in_thread(client, event["file_id"], caller.channel, thread)
        if held and not files.is_media(held):
            self._take(client, caller, thread, held, unasked=True)

    def _take(
        self, client: WebClient, caller: Caller, thread: str, held: Body, unasked: bool = False
    ) -> None:
        """Answer in the thread, once however the file came: a mention with it is an event too."""
        try:
            (file,) = files.fetch(client, [held])
            found = read_file(file)
        except MeshfitError as bad:
            if unasked and isinstance(bad, NotAResult):
                return
            say = partial(notice.plain, escaped(bad.sentence, 1500))
        else:
            say = partial(self._offer, caller, file.name, found)
        key = f"{caller.workspace} {caller.channel} {thread} {held['id']}"
        self.once.only(key, lambda: delivery.post(client, caller.channel, say(), thread_ts=thread))

    def _offer(self, caller: Caller, name: str, found: tuple[Run, ...] | Resources) -> Payload:
        if isinstance(found, Resources):
            return sent.usage(name, found)
        return sent.offer(name, found, self.choosing.keep(caller, name, found))

    def open_use(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Use in a pilot: which one, which service, which side."""
        ack()
        caller = payloads.caller(context, body)
        meta = Meta(channel=caller.channel, page=payloads.pressed(body))
        file = self.choosing.file(caller, meta.page)
        view = sent.use(self.dossiers.within_reach(caller), file, meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def use(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Use it: the run counts, and the form says what all runs come to."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        offered = [each for each, _ in spots.targets(self.dossiers.within_reach(caller))]
        pilot, _, service = form.code(sent.PILOT, offered).partition(":")
        side = _kept_side(form.code(sent.SIDE, _KEPT))
        spot = Spot(service, form.text("endpoint", 120))
        file = self.choosing.file(caller, meta.page)
        run = _run_in(form, 0, file) if len(file.runs) > 1 else None
        form.check()
        compared = self.choosing.use(caller, pilot, spot, [Chosen(side, file.id, run)])
        again = _spot_meta(Meta(channel=compared.dossier.board.channel, pilot=pilot), spot)
        ack(response_action="update", view=measure.found(compared, again.model_dump_json()))
        self.threads.redraw(client, compared.dossier)


def _run_in(form: Form, at: int, file: KeptFile) -> int | None:
    """The run of a file that was chosen; None for all of them."""
    said = form.code(f"{sent.RUN}.{at}", dict(sent.runs_of(file)))
    return int(said) if said.isdecimal() else None


def _waiting(meta: Meta, found: ToChoose, *, anew: bool) -> Meta:
    """The files travel with the view by their ids, so that they are not fetched again."""
    files = tuple(f"{side}:{file.id}" for side, file in found.files)
    return meta.model_copy(update={"files": files, "anew": anew})


def _kept_side(said: str) -> Side:
    return "mesh" if said == "mesh" else "baseline"


def spot_in(form: Form, dossier: Dossier) -> Spot:
    """Where something was measured, by the form of Measure."""
    offered = dict(spots.services(dossier))
    service = form.code("service", {*offered, spots.ALL})
    return Spot(offered.get(service, ""), form.text("endpoint", 120))


def _spot_meta(meta: Meta, spot: Spot) -> Meta:
    """The spot travels with the view, so that a refusal is set aside for the same runs."""
    return meta.model_copy(update={"page": f"{spot.service}\n{spot.endpoint}"})


def _spot_of(meta: Meta) -> Spot:
    service, _, endpoint = meta.page.partition("\n")
    return Spot(service, endpoint)
