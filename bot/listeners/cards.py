"""The live card: posted once, edited in place, its thread told what changed."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import card, detail
from bot.domain.sheet import Shared
from bot.domain.team import Standing
from bot.listeners import delivery


class Cards:
    """Keeps what the channel sees in step with what the desk remembers."""

    def __init__(self, advisor: Advisor) -> None:
        self.teams = advisor.teams
        self.pack = advisor.desk.pack

    def show(self, client: WebClient, standing: Standing) -> str:
        """Edit the card and its detail, or post them where there are none; answers the card's ts.

        Raises `NotHere` where the bot may not post; the desk then still knows everything.
        """
        held = standing.assessment
        drawn = card.card(self.pack, standing)
        if held.card_ts and delivery.update(client, held.channel, held.card_ts, drawn):
            self._detail(client, standing, held.card_ts)
            return held.card_ts
        return self.post_anew(client, standing)

    def ts(self, client: WebClient, standing: Standing) -> str:
        """The live card's ts, posting the card first where that never worked."""
        return standing.assessment.card_ts or self.post_anew(client, standing)

    def post_anew(self, client: WebClient, standing: Standing) -> str:
        """Post the card as a new message, which is the live one from then on."""
        channel = standing.assessment.channel
        ts = delivery.post(client, channel, card.card(self.pack, standing))
        self.teams.posted(standing, card_ts=ts)
        said = detail.detail(self.pack, standing)
        below = delivery.post(client, channel, said, thread_ts=ts)
        self.teams.posted(standing, card_link=delivery.link(client, channel, ts), detail_ts=below)
        return ts

    def after(self, client: WebClient, shared: Shared) -> str:
        """The card in place, a line in its thread; broadcast only if the outcome turned."""
        ts = self.show(client, shared.standing)
        if shared.changes is not None:
            turned = card.turned(self.pack, shared.changes)
            broadcast = shared.changes.turns
            channel = shared.standing.assessment.channel
            delivery.post(client, channel, turned, thread_ts=ts, reply_broadcast=broadcast)
        return ts

    def _detail(self, client: WebClient, standing: Standing, card_ts: str) -> None:
        held = standing.assessment
        said = detail.detail(self.pack, standing)
        if held.detail_ts and delivery.update(client, held.channel, held.detail_ts, said):
            return
        below = delivery.post(client, held.channel, said, thread_ts=card_ts)
        self.teams.posted(standing, detail_ts=below)
