"""Results of load tests: dropped into the form, or sent in a message and put to use later."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.choosing import Chosen
from bot.advisor.compare import Asked
from bot.advisor.evidence import Held
from bot.advisor.given_files import File, Spot, read_file
from bot.blocks import adding, measure, notice, sent, spots
from bot.blocks.surfaces import Payload
from bot.blocks.values import PilotTarget
from bot.blocks.words import escaped
from bot.documents import pilot_runs
from bot.domain.pilot.model import Compared, Dossier, KeptFile, Side, ToChoose
from bot.domain.runs.model import Quantity, Resources, Run
from bot.domain.team import Caller
from bot.errors import MeshfitError, NotAResult, NotEvidence
from bot.listeners import delivery, payloads, screens
from bot.listeners.act import Act
from bot.listeners.carried import ChooseMeta, KeptSide, PilotMeta, SentMeta, SpotMeta
from bot.listeners.checklists import Checklists
from bot.listeners.forms import Form
from bot.listeners.once import Once
from bot.listeners.payloads import Body
from bot.outbox import files

SETTLE_S = 0.5
"""The acknowledgement must have reached Slack first, or its picture would cover the result's."""
_QUANTITIES: dict[str, Quantity] = {"cpu": "cpu", "memory": "memory"}


class Importing:
    """Reading files never holds up an acknowledgement: the form says that they are being read."""

    def __init__(self, advisor: Advisor, threads: Checklists, once: Once) -> None:
        self.comparing, self.choosing = advisor.comparing, advisor.choosing
        self.dossiers, self.pack = advisor.dossiers, advisor.desk.pack
        self.gathering, self.teams = advisor.gathering, advisor.teams
        self.threads, self.once = threads, once

    def dropped(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Files in the form: acknowledged, then fetched, read and compared."""
        caller, meta, form = act.caller, act.carried(PilotMeta), act.form
        spot = spot_in(form, self.dossiers.to_change(caller, meta.pilot))
        quantity = _QUANTITIES.get(form.code("quantity", _QUANTITIES, optional=True))
        earlier = form.code(measure.EARLIER, measure.EARLIER_CHOICES, optional=True)
        asked = Asked(quantity, act.opened if earlier == measure.ANEW else None)
        dropped = {side: form.files(f"files.{side}") for side in measure.SIDES}
        form.check()
        if asked.anew:
            self.comparing.check_seen(caller, meta.pilot, spot, asked.anew)
        ack(response_action="update", view=measure.reading())
        settled = time.monotonic() + SETTLE_S
        try:
            given = {side: files.fetch(client, each) for side, each in dropped.items()}
            found = self.choosing.add_files(caller, meta.pilot, spot, given, asked)
        except MeshfitError as bad:
            said = measure.unread(bad.sentence)
        else:
            if isinstance(found, ToChoose):
                said = sent.choose(found, _waiting(meta, spot, found, anew=bool(asked.anew)))
            else:
                said = measure.found(found, _meta(found))
                self.threads.redraw(client, found.dossier)
        time.sleep(max(0.0, settled - time.monotonic()))
        screens.replace(client, act, said)

    def choose(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Compare: of each file the run that was chosen."""
        caller, meta, form = act.caller, act.carried(ChooseMeta), act.form
        files = [(each.side, self.choosing.file(caller, each.file)) for each in meta.files]
        chosen = [
            Chosen(side, file.id, _run_in(form, at, file) if file.choices else None)
            for at, (side, file) in enumerate(files)
        ]
        form.check()
        spot = Spot(meta.service, meta.endpoint)
        anew = act.opened if meta.anew else None
        compared = self.choosing.use(caller, meta.pilot, spot, chosen, anew)
        ack(response_action="update", view=measure.found(compared, _meta(compared)))
        self.threads.redraw(client, compared.dossier)

    def post_report(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Post a report in the thread: the runs, their curves and what they come to, as a page."""
        ack()
        caller, meta = act.caller, act.carried(SpotMeta)
        found = self.comparing.report(caller, meta.pilot, Spot(meta.service, meta.endpoint))
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
        screens.redraw(client, act, measure.reported())

    def set_aside(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Set one refusal aside, with a reason that stays on the record."""
        caller, meta, form = act.caller, act.carried(SpotMeta), act.form
        refusal, reason = form.needed("refusal"), form.needed(measure.REASON, 300)
        form.check()
        spot = Spot(meta.service, meta.endpoint)
        aside = refusal, reason
        compared = self.comparing.set_aside(caller, meta.pilot, spot, aside, act.opened)
        ack(response_action="update", view=measure.found(compared, _meta(compared)))
        self.threads.redraw(client, compared.dossier)

    def sent(self, event: Body, act: Act, client: WebClient) -> None:
        """Files in a message to the bot: what was read of each, and the offer to use it."""
        caller, thread = act.caller, payloads.thread_of(event)
        for each in event["files"][: measure.MOST_FILES]:
            self._take(client, caller, thread, each)

    def dropped_in_thread(self, event: Body, act: Act, client: WebClient) -> None:
        """A file in the card's or the open pilot's thread, without a word to the bot: offered.

        Results in the pilot's alone. Whatever else people put there is none of the bot's business.
        In a channel shared with another workspace Slack does not say whose file it is, so there it
        takes a mention.
        """
        caller = act.caller
        pilot = self.dossiers.open_thread(caller)
        threads = tuple(filter(None, (pilot, self.teams.thread(caller))))
        if not threads or not caller.user:
            return
        found = files.in_threads(client, event["file_id"], caller.channel, threads)
        if found and not files.is_media(found[0]):
            self._take(client, caller, found[1], found[0], unasked=True, results=found[1] == pilot)

    def _take(
        self,
        client: WebClient,
        caller: Caller,
        thread: str,
        held: Body,
        *,
        unasked: bool = False,
        results: bool = True,
    ) -> None:
        """Answer in the thread, once however the file came: a mention with it is an event too."""
        try:
            (file,) = files.fetch(client, [held])
            say = self._read(caller, file, results=results)
        except MeshfitError as bad:
            if unasked and isinstance(bad, NotAResult | NotEvidence):
                return
            say = partial(notice.plain, escaped(bad.sentence, 1500))
        key = f"{caller.workspace} {caller.channel} {thread} {held['id']}"
        self.once.only(key, lambda: delivery.post(client, caller.channel, say(), thread_ts=thread))

    def _read(self, caller: Caller, file: File, *, results: bool) -> Callable[[], Payload]:
        """What to say of a file: evidence is known at once, everything else may be a result."""
        try:
            held = self.gathering.read(file)
        except NotEvidence:
            if not results:
                raise
            return partial(self._offer, caller, file.name, read_file(file))
        return partial(self._evidence, caller, file.name, held)

    def _evidence(self, caller: Caller, name: str, held: Held) -> Payload:
        kept = self.gathering.keep(caller, name, held, used=False)
        if isinstance(kept, int):
            return adding.taken_over(kept, caller.user)
        return adding.offer(kept)

    def _offer(self, caller: Caller, name: str, found: tuple[Run, ...] | Resources) -> Payload:
        if isinstance(found, Resources):
            return sent.usage(name, found)
        return sent.offer(name, found, self.choosing.keep(caller, name, found))

    def open_use(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Use in a pilot: which one, which service, which side."""
        ack()
        caller = act.caller
        meta = SentMeta(channel=caller.channel, sent=act.id)
        file = self.choosing.file(caller, meta.sent)
        act.opens(client, sent.use(self.dossiers.within_reach(caller), file, str(meta)))

    def use(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Use it: the run counts, and the form says what all runs come to."""
        caller, meta, form = act.caller, act.carried(SentMeta), act.form
        offered = [each for each, _ in spots.targets(self.dossiers.within_reach(caller))]
        where = form.code(sent.PILOT, offered)
        side: Side = "mesh" if form.code(sent.SIDE, measure.SIDES) == "mesh" else "baseline"
        endpoint = form.text("endpoint", 120)
        file = self.choosing.file(caller, meta.sent)
        run = _run_in(form, 0, file) if len(file.runs) > 1 else None
        form.check()
        at = PilotTarget.read(where)
        spot = Spot(at.service, endpoint)
        compared = self.choosing.use(caller, at.pilot, spot, [Chosen(side, file.id, run)])
        ack(response_action="update", view=measure.found(compared, _meta(compared)))
        self.threads.redraw(client, compared.dossier)


def _run_in(form: Form, at: int, file: KeptFile) -> int | None:
    """The run of a file that was chosen; None for all of them."""
    said = form.code(f"{sent.RUN}.{at}", dict(sent.runs_of(file)))
    return int(said) if said.isdecimal() else None


def _waiting(meta: PilotMeta, spot: Spot, found: ToChoose, *, anew: bool) -> str:
    """The files travel with the view by their ids, so that they are not fetched again."""
    waiting = ChooseMeta(
        channel=meta.channel,
        pilot=meta.pilot,
        written=meta.written,
        service=spot.service,
        endpoint=spot.endpoint,
        files=tuple(KeptSide(side=side, file=file.id) for side, file in found.files),
        anew=anew,
    )
    return str(waiting)


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
