"""The pilot's live checklist and its thread."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import pilot
from bot.blocks.surfaces import Payload
from bot.domain.dossier import Dossier
from bot.listeners import delivery


class Threads:
    """Keeps the checklist in step with the dossier, and tells its thread what happened."""

    def __init__(self, advisor: Advisor) -> None:
        self.pilots, self.pack = advisor.pilots, advisor.desk.pack

    def redraw(self, client: WebClient, dossier: Dossier) -> str:
        """Edit the checklist in place, or post it anew where it was deleted; answers its ts."""
        board, drawn = dossier.board, pilot.checklist(self.pack, dossier)
        if board.card_ts and delivery.update(client, board.channel, board.card_ts, drawn):
            return board.card_ts
        ts = delivery.post(client, board.channel, drawn)
        self.pilots.posted(board, ts)
        return ts

    def tell(self, client: WebClient, dossier: Dossier, said: Payload) -> None:
        """Redraw the checklist, then say this in its thread."""
        ts = self.redraw(client, dossier)
        delivery.post(client, dossier.board.channel, said, thread_ts=ts)
