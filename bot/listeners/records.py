"""The decision record, the history of a channel, and forgetting."""

from __future__ import annotations

from slack_bolt import Ack, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.advisor import Advisor
from bot.blocks import card, notice, records
from bot.blocks.words import person
from bot.documents import madr, review
from bot.domain.replies import Record
from bot.listeners import delivery, payloads
from bot.listeners.act import Act
from bot.listeners.cards import Cards
from bot.listeners.checklists import Checklists
from bot.listeners.delivery import NotHere, instead, private
from bot.listeners.one_at_a_time import OneAtATime


class RecordScreens:
    """Reading back, writing down, deleting."""

    def __init__(self, advisor: Advisor, cards: Cards, threads: Checklists) -> None:
        self.records, self.dossiers = advisor.records, advisor.dossiers
        self.pack, self.cards, self.threads = advisor.desk.pack, cards, threads
        self.reviews = advisor.reviews
        self.turns = OneAtATime()

    def write(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit record`: the decision as a Markdown file in the card's thread."""
        caller = act.caller
        self.records.record(caller)
        ack()
        with self.turns.of(caller.channel):
            record = self.records.record(caller)
            self._upload(client, record)
            self.records.entered(caller, record)

    def _upload(self, client: WebClient, record: Record) -> None:
        """Post the file in the card's thread. Raises `NotHere` where the bot may not post."""
        channel = record.standing.assessment.channel
        try:
            client.files_upload_v2(
                channel=channel,
                thread_ts=self.cards.ts(client, record.standing),
                content=madr.madr(self.pack, record),
                filename=f"{record.number:04}-service-mesh.md",
                title=madr.title(record),
                initial_comment=madr.posted(record),
            )
        except SlackApiError as error:
            name = str(error.response.get("error"))
            raise NotHere(channel, name) if delivery.absent(error) else error from error

    def report(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit report`: the decision as a page for a review, in the card's thread."""
        found = self.reviews.review(act.caller)
        ack()
        delivery.upload(
            client,
            found.standing.assessment.channel,
            self.cards.ts(client, found.standing),
            content=review.review(self.pack, found),
            filename="service-mesh.html",
            title=review.title(found),
            initial_comment=review.posted(found, person(found.by)),
        )

    def history(self, ack: Ack, act: Act) -> None:
        """`/meshfit history`."""
        held = self.records.history(act.caller)
        ack(**private(records.history(held)))

    def read(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Read: one old assessment, with the pack it was answered with."""
        ack()
        caller = act.caller
        standing, pack = self.records.read(caller, act.id)
        respond(**private(records.past(pack, standing)))

    def ask_to_delete(self, ack: Ack, act: Act) -> None:
        """`/meshfit delete`: says what is kept, each part with its button."""
        held = self.records.held(act.caller)
        ack(**private(records.forgetting(held)))

    def delete_mine(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Delete what is mine: my answers go from the team's card too."""
        erased = self.records.erase_mine(act.caller)
        ack()
        respond(**instead(records.deleted(erased.gone)))
        self.records.settle()
        if erased.left is not None and erased.left.assessment.card_ts:
            self.cards.withdrawn(client, erased.left, erased.before)

    def delete_team(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Delete the assessment I started; its card says so."""
        caller = act.caller
        gone = self.records.erase_team(caller, act.id)
        ack()
        respond(**instead(notice.plain("Deleted, with everyone's answers.")))
        self.records.settle()
        if gone.card_ts:
            delivery.update(client, gone.channel, gone.card_ts, card.deleted(caller.user))

    def delete_me(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Delete everything about me in the workspace; cards and checklists lose my name."""
        caller = act.caller
        forgotten = self.records.erase_everywhere(caller)
        ack()
        respond(**instead(records.forgotten(forgotten.gone)))
        self.records.settle()
        for erased in forgotten.teams:
            if erased.left is not None and erased.left.assessment.card_ts:
                self.cards.withdrawn(client, erased.left, erased.before)
        for pilot, channel in forgotten.pilots.items():
            nobody = caller.model_copy(update={"channel": channel, "user": ""})
            self.threads.redraw(client, self.dossiers.of(nobody, pilot))

    def uninstalled(self, act: Act) -> None:
        """The app was removed: everything of the workspace goes."""
        self.records.uninstalled(payloads.workspace(act.context))
        self.records.settle()
