"""The live card: posted once, edited in place, its thread told what changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import card, detail
from bot.domain.replies import Shared
from bot.domain.team import Caller, Standing
from bot.listeners import delivery
from bot.listeners.checklists import Checklists
from bot.listeners.one_at_a_time import OneAtATime


class Cards:
    """Keeps what the channel sees in step with what the desk remembers."""

    def __init__(self, advisor: Advisor, threads: Checklists) -> None:
        self.threads = threads
        self.teams, self.records = advisor.teams, advisor.records
        self.pack = advisor.desk.pack
        self._turns = OneAtATime()

    def show(self, client: WebClient, standing: Standing) -> str:
        """Edit the card and its detail, or post them where there are none; answers the card's ts.

        Raises `NotHere` where the bot may not post; the desk then still knows everything.
        """
        with self._alone(standing) as now:
            held, drawn = now.assessment, card.card(self.pack, now)
            if held.card_ts and delivery.update(client, held.channel, held.card_ts, drawn):
                self._detail(client, now, held.card_ts)
                return held.card_ts
            return self._post(client, now)

    def ts(self, client: WebClient, standing: Standing) -> str:
        """The live card's ts, posting the card first where that never worked."""
        with self._alone(standing) as now:
            return now.assessment.card_ts or self._post(client, now)

    def post_anew(self, client: WebClient, standing: Standing) -> str:
        """Post the card as a new message, which is the live one from then on."""
        with self._alone(standing) as now:
            return self._post(client, now)

    def after(self, client: WebClient, shared: Shared) -> str:
        """The card in place, a line in its thread; broadcast only if the outcome turned."""
        ts = self.show(client, shared.standing)
        if shared.changes is not None:
            turned = card.turned(self.pack, shared.changes)
            broadcast = shared.changes.turns
            channel = shared.standing.assessment.channel
            delivery.post(client, channel, turned, thread_ts=ts, reply_broadcast=broadcast)
        if shared.pilot is not None and shared.changes is not None:
            self.threads.follow(client, shared.standing, shared.pilot, shared.changes.respondent)
        return ts

    def withdrawn(self, client: WebClient, standing: Standing, before: str | None) -> None:
        """The card in place after somebody deleted their answers; said only if it turned."""
        ts = self.show(client, standing)
        if before is not None:
            said = card.withdrawn(before, standing)
            channel = standing.assessment.channel
            delivery.post(client, channel, said, thread_ts=ts, reply_broadcast=True)

    @contextmanager
    def _alone(self, standing: Standing) -> Iterator[Standing]:
        """One at a time for each team, and each with the team as it stands by then.

        So several people at once get one card, and it ends as the last change left it.
        """
        held = standing.assessment
        with self._turns.of(held.id):
            caller = Caller(workspace=held.workspace, channel=held.channel, user="")
            yield self.records.read(caller, held.id)[0]

    def _post(self, client: WebClient, standing: Standing) -> str:
        channel = standing.assessment.channel
        ts = delivery.post(client, channel, card.card(self.pack, standing))
        self.teams.posted(standing, card_ts=ts)
        said = detail.detail(self.pack, standing)
        below = delivery.post(client, channel, said, thread_ts=ts)
        self.teams.posted(standing, card_link=delivery.link(client, channel, ts), detail_ts=below)
        return ts

    def _detail(self, client: WebClient, standing: Standing, card_ts: str) -> None:
        held = standing.assessment
        said = detail.detail(self.pack, standing)
        if held.detail_ts and delivery.update(client, held.channel, held.detail_ts, said):
            return
        below = delivery.post(client, held.channel, said, thread_ts=card_ts)
        self.teams.posted(standing, detail_ts=below)
