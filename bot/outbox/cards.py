"""A team's live card, its detail, and the lines in its thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.advisor import Advisor
from bot.blocks import actions, argue, card, detail, leading, owner, strays, summary, turned, whatif
from bot.blocks.surfaces import Payload
from bot.domain.team import Assessment, Standing
from bot.errors import Refused
from bot.outbox.posting import Posting
from bot.outbox.requests import ThreadRequests
from bot.store import answers, assessments, holding, nominations, owed
from bot.store.holding import Due

Line = Callable[[Due, Standing], tuple[Payload, bool] | None]
"""What a thread is told, and whether the channel hears it too; None where it is moot by now."""


class Cards:
    """The card is posted once and edited in place; where somebody deleted it, it is posted anew."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.store, self.records, self.pack = advisor.desk.store, advisor.records, advisor.desk.pack
        self.posting, self.acting = posting, advisor.acting
        self.workplaces, self.requests = advisor.workplaces, ThreadRequests(advisor)

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what delivers it."""
        lines: Mapping[str, Line] = {
            "turned": self._turned,
            "withdrawn": self._withdrawn,
            "what_if": self._what_if,
            "argument": self._argument,
            "summary": self._summary,
            "to_leads": self._to_leads,
        }
        return {
            "card": self.card,
            "detail": self.detail,
            "undone": self.undone,
            "card_deleted": self.deleted,
            "action_late": lambda due: self.acting.is_late(due.caller, due.data["subject"]),
            "card_elsewhere": self.elsewhere,
            **{kind: self._in_thread(line) for kind, line in lines.items()},
            "owner_request": self._in_thread(self._request, self._asks),
            "action_asked": self._in_thread(self._action, self._offers),
        }

    def card(self, due: Due) -> None:
        """Edit the card, or post it where there is none, or where it is wanted anew."""
        standing = self._standing(due, due.subject)
        if standing is None:
            return
        assessment = standing.assessment
        drawn = (
            card.closed(self.pack, standing, due.data.get("closed_by", due.person))
            if assessment.status == "closed"
            else card.card(self.pack, standing)
        )
        there = assessment.card_ts and not due.data.get("anew")
        if not (there and self.posting.update(assessment.channel, assessment.card_ts or "", drawn)):
            if assessment.status == "closed":
                return
            assessment = self._post(due, assessment, drawn)
        if not assessment.card_link and assessment.card_ts:
            link = self.posting.link(assessment.channel, assessment.card_ts)
            with self.store.noting() as db:
                assessments.update(db, assessment.workspace, assessment.id, card_link=link)

    def _post(self, due: Due, assessment: Assessment, drawn: Payload) -> Assessment:
        """A new message is the card from now on, and wants its detail below it."""
        ts = self.posting.post(due, assessment.channel, drawn)
        with self.store.noting() as db:
            assessments.update(
                db, assessment.workspace, assessment.id, card_ts=ts, card_link=None, detail_ts=None
            )
            holding.posted(db, due)
            owed.redraw(db, due.caller, "detail", assessment.id, line=due.line)
        return assessment.model_copy(update={"card_ts": ts, "card_link": None, "detail_ts": None})

    def detail(self, due: Due) -> None:
        """Edit the detail, or post it below the card where there is none."""
        standing = self._standing(due, due.subject)
        if standing is None or standing.assessment.card_ts is None:
            return  # a card that is posted wants its detail itself
        assessment, drawn = standing.assessment, detail.detail(self.pack, standing)
        if assessment.detail_ts and self.posting.update(
            assessment.channel, assessment.detail_ts, drawn
        ):
            return
        ts = self.posting.post(due, assessment.channel, drawn, thread_ts=assessment.card_ts)
        with self.store.noting() as db:
            assessments.update(db, assessment.workspace, assessment.id, detail_ts=ts)
            holding.posted(db, due)

    def undone(self, due: Due) -> None:
        """The line that told a change says who took it back; anew, where it was deleted."""
        with self.store.reading() as db:
            changes = answers.changeset(db, due.workspace, due.data["change"])
        standing = self._standing(due, changes.assessment) if changes else None
        if changes is None or standing is None:
            return
        assessment, payload = standing.assessment, turned.told(self.pack, changes)
        if (
            not self.posting.update(assessment.channel, due.data["ts"], payload)
            and assessment.card_ts
        ):
            self.posting.post(due, assessment.channel, payload, thread_ts=assessment.card_ts)

    def deleted(self, due: Due) -> None:
        """The assessment is gone, and its card says so."""
        self.posting.update(due.channel, due.data["ts"], card.deleted(due.person))

    def elsewhere(self, due: Due) -> None:
        """A message that is not the live card becomes a link to the one that is."""
        standing = self._standing(due, due.data["subject"])
        assessment = standing and standing.assessment
        if assessment and assessment.card_link and assessment.card_ts != due.data["ts"]:
            self.posting.update(due.channel, due.data["ts"], strays.card(assessment.card_link))

    def _in_thread(
        self, line: Line, then: Callable[[Due, str], None] = lambda _, __: None
    ) -> Callable[[Due], None]:
        def deliver(due: Due) -> None:
            standing = self._standing(due, due.about)
            if standing is None or standing.assessment.card_ts is None:
                return  # the card was refused, and that was said
            if (shown := line(due, standing)) is not None:
                payload, broadcast = shown
                thread = {"thread_ts": standing.assessment.card_ts, "reply_broadcast": broadcast}
                then(due, self.posting.post(due, standing.assessment.channel, payload, **thread))

        return deliver

    def _turned(self, due: Due, _: Standing) -> tuple[Payload, bool] | None:
        with self.store.reading() as db:
            changes = answers.changeset(db, due.workspace, due.data["change"])
        return None if changes is None else (turned.told(self.pack, changes), changes.turns)

    def _withdrawn(self, due: Due, standing: Standing) -> tuple[Payload, bool]:
        return turned.withdrawn(due.data["before"], standing), True

    def _request(self, due: Due, standing: Standing) -> tuple[Payload, bool] | None:
        if standing.assessment.owner_asked == due.data["owner"]:
            return owner.request(standing, due.person), False
        over = self.requests.over(due, ("owner", due.about, ""), due.data["owner"])
        return None if over is None else (over, False)

    def _asks(self, due: Due, ts: str) -> None:
        """The request stands there, and says later what came of it."""
        self.requests.stands_at(due, ("owner", due.about, ""), ts, due.data["owner"])

    def _action(self, due: Due, standing: Standing) -> tuple[Payload, bool] | None:
        """Asked to take it, unless that is settled by now."""
        mark, asked = due.data["line"], due.data["asked"]
        for each in standing.actions:
            if (each.line, each.asked, each.state) == (mark, asked, "open"):
                return actions.request(each, due.person), False
        over = self.requests.over(due, ("action", due.about, mark), asked)
        return None if over is None else (over, False)

    def _offers(self, due: Due, ts: str) -> None:
        """The same of a line of what to do."""
        what: nominations.What = ("action", due.about, due.data["line"])
        self.requests.stands_at(due, what, ts, due.data["asked"])

    def _what_if(self, due: Due, standing: Standing) -> tuple[Payload, bool]:
        return whatif.posted(self.pack, standing, due.person), False

    def _summary(self, due: Due, standing: Standing) -> tuple[Payload, bool]:
        return summary.posted(standing, due.person), False

    def _argument(self, due: Due, standing: Standing) -> tuple[Payload, bool]:
        return argue.argue(self.pack, standing, due.person), False

    def _to_leads(self, due: Due, _: Standing) -> tuple[Payload, bool]:
        leads = sorted(self.workplaces.here(due.workspace).leads)
        return leading.told(due.person, leads, on=due.data["on"]), False

    def _standing(self, due: Due, assessment: str) -> Standing | None:
        """The team as it stands by now; None where it was deleted."""
        try:
            return self.records.read(due.caller, assessment)[0]
        except Refused:
            return None
