"""A team's live card, its detail, and the lines in its thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.advisor import Advisor
from bot.blocks import card, detail, owner, strays, whatif
from bot.blocks.surfaces import Payload
from bot.domain.team import Assessment, Standing
from bot.errors import Refused
from bot.outbox.posting import Posting
from bot.store import answers, assessments, holding, owed
from bot.store.holding import Due

Line = Callable[[Due, Standing], tuple[Payload, bool] | None]
"""What a thread is told, and whether the channel hears it too; None where it is moot by now."""


class Cards:
    """The card is posted once and edited in place; where somebody deleted it, it is posted anew."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.store, self.records, self.pack = advisor.desk.store, advisor.records, advisor.desk.pack
        self.posting = posting

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what delivers it."""
        lines: Mapping[str, Line] = {
            "turned": self._turned,
            "withdrawn": self._withdrawn,
            "owner_request": self._request,
            "what_if": self._what_if,
            "argument": self._argument,
        }
        return {
            "card": self.card,
            "detail": self.detail,
            "card_deleted": self.deleted,
            "card_elsewhere": self.elsewhere,
            **{kind: self._in_thread(line) for kind, line in lines.items()},
        }

    def card(self, due: Due) -> None:
        """Edit the card, or post it where there is none, or where it is wanted anew."""
        standing = self._standing(due, due.subject)
        if standing is None:
            return
        held = standing.assessment
        drawn = (
            card.closed(self.pack, standing, due.data.get("closed_by", due.person))
            if held.status == "closed"
            else card.card(self.pack, standing)
        )
        there = held.card_ts and not due.data.get("anew")
        if not (there and self.posting.update(held.channel, held.card_ts or "", drawn)):
            if held.status == "closed":
                return
            held = self._post(due, held, drawn)
        if not held.card_link and held.card_ts:
            link = self.posting.link(held.channel, held.card_ts)
            with self.store.noting() as db:
                assessments.update(db, held.workspace, held.id, card_link=link)

    def _post(self, due: Due, held: Assessment, drawn: Payload) -> Assessment:
        """A new message is the card from now on, and wants its detail below it."""
        ts = self.posting.post(due, held.channel, drawn)
        with self.store.noting() as db:
            assessments.update(
                db, held.workspace, held.id, card_ts=ts, card_link=None, detail_ts=None
            )
            holding.posted(db, due)
            owed.redraw(db, due.caller, "detail", held.id, line=due.line)
        return held.model_copy(update={"card_ts": ts, "card_link": None, "detail_ts": None})

    def detail(self, due: Due) -> None:
        """Edit the detail, or post it below the card where there is none."""
        standing = self._standing(due, due.subject)
        if standing is None or standing.assessment.card_ts is None:
            return  # a card that is posted wants its detail itself
        held, drawn = standing.assessment, detail.detail(self.pack, standing)
        if held.detail_ts and self.posting.update(held.channel, held.detail_ts, drawn):
            return
        ts = self.posting.post(due, held.channel, drawn, thread_ts=held.card_ts)
        with self.store.noting() as db:
            assessments.update(db, held.workspace, held.id, detail_ts=ts)
            holding.posted(db, due)

    def deleted(self, due: Due) -> None:
        """The assessment is gone, and its card says so."""
        self.posting.update(due.channel, due.data["ts"], card.deleted(due.person))

    def elsewhere(self, due: Due) -> None:
        """A message that is not the live card becomes a link to the one that is."""
        standing = self._standing(due, due.data["subject"])
        held = standing and standing.assessment
        if held and held.card_link and held.card_ts != due.data["ts"]:
            self.posting.update(due.channel, due.data["ts"], strays.card(held.card_link))

    def _in_thread(self, line: Line) -> Callable[[Due], None]:
        def deliver(due: Due) -> None:
            standing = self._standing(due, due.line.partition(":")[2])
            if standing is None or standing.assessment.card_ts is None:
                return  # the card was refused, and that was said
            if (said := line(due, standing)) is not None:
                payload, broadcast = said
                thread = {"thread_ts": standing.assessment.card_ts, "reply_broadcast": broadcast}
                self.posting.post(due, standing.assessment.channel, payload, **thread)

        return deliver

    def _turned(self, due: Due, _: Standing) -> tuple[Payload, bool] | None:
        with self.store.reading() as db:
            changes = answers.changeset(db, due.workspace, due.data["change"])
        return None if changes is None else (card.turned(self.pack, changes), changes.turns)

    def _withdrawn(self, due: Due, standing: Standing) -> tuple[Payload, bool]:
        return card.withdrawn(due.data["before"], standing), True

    def _request(self, due: Due, standing: Standing) -> tuple[Payload, bool] | None:
        if standing.assessment.owner_asked != due.data["owner"]:
            return None
        return owner.request(standing, due.person), False

    def _what_if(self, due: Due, standing: Standing) -> tuple[Payload, bool]:
        return whatif.posted(self.pack, standing, due.person), False

    def _argument(self, due: Due, standing: Standing) -> tuple[Payload, bool]:
        points = standing.advice.other_side
        return detail.argue(self.pack, standing, points, due.person), False

    def _standing(self, due: Due, assessment: str) -> Standing | None:
        """The team as it stands by now; None where it was deleted."""
        try:
            return self.records.read(due.caller, assessment)[0]
        except Refused:
            return None
