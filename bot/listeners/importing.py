"""Results of load tests: dropped into the form, or sent in a message and put to use later."""

from __future__ import annotations

import time
from functools import partial

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.compare import Asked, Spot, read_file
from bot.blocks import measure, notice, spots
from bot.blocks.surfaces import Payload
from bot.blocks.words import escaped
from bot.domain.pilot.model import Dossier, Side
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
        self.comparing, self.dossiers = advisor.comparing, advisor.dossiers
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
            compared = self.comparing.add_files(caller, meta.pilot, spot, given, asked)
        except MeshfitError as bad:
            said = measure.unread(bad.sentence)
        else:
            said = measure.found(compared, _spot_meta(meta, spot).model_dump_json())
            self.threads.redraw(client, compared.dossier)
        time.sleep(max(0.0, settled - time.monotonic()))
        screens.replace(client, body, said)

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
            return measure.usage(name, found)
        return measure.offer(name, found, self.comparing.keep(caller, name, found))

    def open_use(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Use in a pilot: which one, which service, which side."""
        ack()
        caller = payloads.caller(context, body)
        meta = Meta(channel=caller.channel, page=payloads.pressed(body))
        view = measure.use(self.dossiers.within_reach(caller), meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def use(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Use it: the run counts, and the form says what all runs come to."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        offered = [each for each, _ in spots.targets(self.dossiers.within_reach(caller))]
        pilot, _, service = form.code(measure.PILOT, offered).partition(":")
        side: Side = "mesh" if form.code(measure.SIDE, _KEPT) == "mesh" else "baseline"
        spot = Spot(service, form.text("endpoint", 120))
        form.check()
        compared = self.comparing.add_import(caller, pilot, spot, side, meta.page)
        again = _spot_meta(Meta(channel=compared.dossier.board.channel, pilot=pilot), spot)
        ack(response_action="update", view=measure.found(compared, again.model_dump_json()))
        self.threads.redraw(client, compared.dossier)


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
