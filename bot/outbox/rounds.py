"""A round's message, its invitations, its end when the date comes, and what it came to."""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.advisor import Advisor
from bot.blocks import round_result
from bot.blocks import rounds as drawn
from bot.domain.rounds.model import Round
from bot.outbox.posting import Posting
from bot.outbox.refusals import Barred
from bot.store import assessments, holding, nominations, round_answers, rounds
from bot.store.holding import Due


class RoundMessages:
    """Like the card: posted once, edited in place; what somebody deleted stays away once closed."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.store, self.pack = advisor.desk.store, advisor.desk.pack
        self.closing, self.posting = advisor.rounds.closing, posting

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what delivers it."""
        return {
            "round": self.live,
            "round_invitation": self.invitation,
            "round_due": lambda due: self.closing.close_due(due.workspace, due.data["round"]),
            "round_result": self.result,
        }

    def live(self, due: Due) -> None:
        """How many have answered: below the card for people who were named, else in the channel."""
        round_ = self._held(due, due.subject)
        if round_ is not None:
            self._show(due, round_)
        if round_ is not None and round_.closed_at and round_.names == "anonymous":
            self.store.settle()  # the key to whose an answer was leaves the file, too

    def _show(self, due: Due, round_: Round) -> None:
        board = drawn.live(round_, self._abstained(round_))
        if round_.message_ts and self.posting.update(round_.channel, round_.message_ts, board):
            return
        if round_.closed_at is not None:
            return
        with self.store.reading() as db:
            team = None if round_.invites else assessments.open_of(db, due.caller)
        thread = {"thread_ts": team.card_ts} if team and team.card_ts else {}
        ts = self.posting.post(due, round_.channel, board, **thread)
        with self.store.noting() as db:
            rounds.update(db, round_, message_ts=ts)
            holding.posted(db, due)

    def invitation(self, due: Due) -> None:
        """To one person, directly, while the round is open and asks them."""
        round_ = self._held(due, due.data["round"])
        if round_ is None or round_.closed_at is not None:
            return
        with self.store.reading() as db:
            if not round_answers.asks(db, round_, due.person):
                return
            if nominations.is_left_alone(db, due.workspace, due.person):
                return
        asked = [self.pack.questions[q] for q in round_.questions if q in self.pack.questions]
        try:
            self.posting.post(due, due.person, drawn.invitation(round_, asked))
        except (Barred, SlackApiError):
            return  # whoever takes no messages from apps can answer by the button in the channel

    def result(self, due: Due) -> None:
        """What it came to, in the card's thread."""
        came = self.closing.came(due.workspace, due.subject)
        if came is None:
            return
        round_, payload = came.round, round_result.result(self.pack, came)
        if round_.result_ts is not None:
            self.posting.update(round_.channel, round_.result_ts, payload)
            return
        with self.store.reading() as db:
            team = assessments.by_id(db, round_.workspace, round_.assessment or "")
        if team is None or team.card_ts is None:
            return  # the card was refused, and that was said
        ts = self.posting.post(due, round_.channel, payload, thread_ts=team.card_ts)
        with self.store.noting() as db:
            rounds.update(db, round_, result_ts=ts)
            holding.posted(db, due)

    def _abstained(self, round_: Round) -> tuple[str, ...]:
        """Who did from everything in a closed round with names, where nobody answered anything."""
        if round_.closed_at is None or round_.names != "open":
            return ()
        with self.store.reading() as db:
            if any(each.answer for each in round_answers.said(db, round_)):
                return ()
            return round_answers.handed_in(db, round_)

    def _held(self, due: Due, name: str) -> Round | None:
        with self.store.reading() as db:
            return rounds.by_id(db, due.workspace, name)
