"""The pilot checklist: opened, ticked, its metric written down, its steps explained."""

from __future__ import annotations

from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import pilot
from bot.domain.team import PilotBoard
from bot.listeners import delivery, payloads
from bot.listeners.delivery import private
from bot.listeners.payloads import Body, Meta


class Pilot:
    """One live checklist a channel."""

    def __init__(self, advisor: Advisor) -> None:
        self.pilots = advisor.pilots
        self.pack = advisor.desk.pack

    def open(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """`/meshfit pilot`: posts the checklist, or says where the one that is there stands."""
        board = self.pilots.open(payloads.place(context, body))
        ack()
        drawn = pilot.checklist(self.pack, board)
        if board.card_ts and delivery.update(client, board.channel, board.card_ts, drawn):
            where = delivery.link(client, board.channel, board.card_ts)
            respond(**private(pilot.stands_here(where)))
        else:
            self.pilots.posted(board, delivery.post(client, board.channel, drawn))

    def tick(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Done."""
        board_id, step = payloads.pressed(body).split(":")
        board = self.pilots.tick(payloads.place(context, body), board_id, step)
        ack()
        self._redraw(client, board)

    def untick(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Not done after all."""
        board_id, step = payloads.pressed(body).split(":")
        board = self.pilots.untick(payloads.place(context, body), board_id, step)
        ack()
        self._redraw(client, board)

    def explain(self, ack: Ack, body: Body, respond: Respond) -> None:
        """Explain a step, to the one who asked."""
        ack()
        step = payloads.pressed(body).split(":")[1]
        respond(**private(pilot.explanation(self.pack, step)))

    def write_metric(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Write the metric: opens the field."""
        ack()
        place = payloads.place(context, body)
        board = self.pilots.board(place, payloads.pressed(body))
        meta = Meta(channel=place.channel, pilot=board.id)
        view = pilot.metric(self.pack, board, meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def save_metric(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Save: the card shows the metric and what the smell test says of it."""
        place, meta = payloads.place(context, body), payloads.meta(body)
        board = self.pilots.set_metric(place, meta.pilot, payloads.typed(body, pilot.FIELD))
        ack()
        self._redraw(client, board)

    def _redraw(self, client: WebClient, board: PilotBoard) -> None:
        """Edit the checklist in place; where it was deleted, post it anew."""
        drawn = pilot.checklist(self.pack, board)
        if not (board.card_ts and delivery.update(client, board.channel, board.card_ts, drawn)):
            self.pilots.posted(board, delivery.post(client, board.channel, drawn))
