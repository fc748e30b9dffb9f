"""Words for one person or one thread that rest on nothing kept, owed like everything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.domain.team import Caller
from bot.store import assessments, owed, pilots

Message = Mapping[str, Any]


BelowCard = Literal["what_if", "argument", "summary"]


class Telling:
    """Kept until Slack has taken it. What is little worth is not waited for to reach the disk.

    With an answer the act ends that was kept as `unfinished` under this name, if it was.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def answer(self, caller: Caller, message: Message, unfinished: str = "") -> None:
        """To the person, where they pressed or asked."""
        self._say(caller, "answer", {"message": message}, unfinished)

    def notice(self, caller: Caller, message: Message, unfinished: str = "") -> None:
        """To the person, in a direct message: a `message`, and perhaps a `thread` of theirs."""
        self._say(caller, "notice", message, unfinished)

    def aside(self, caller: Caller, message: Message) -> None:
        """To the person, in the channel where they are; others do not see it."""
        self._say(caller, "aside", {"message": message})

    def said(self, caller: Caller, message: Message, thread: str) -> None:
        """To everyone in a thread."""
        self._say(caller, "said", {"message": message, "thread": thread})

    def late(self, caller: Caller, external_id: str, view: Message, unfinished: str = "") -> None:
        """To the person, in a view of ours that waits for it under this id."""
        data = {"external_id": external_id, "view": view}
        self._say(caller, "late_view", data, unfinished)

    def post_anew(self, caller: Caller) -> None:
        """The team's card as a new message, which is the live one from then on."""
        with self.desk.store.writing(caller) as db:
            owing.card(db, caller, self.desk.team(db, caller).assessment.id, {"anew": True})

    def below_card(self, caller: Caller, kind: BelowCard) -> None:
        """To the card's thread: what would change it, what speaks against it, a summary."""
        with self.desk.store.writing(caller) as db:
            owing.below_card(db, caller, self.desk.team(db, caller).assessment, kind)

    def home(self, caller: Caller) -> None:
        """Somebody's Home, as it stands by then; the channel is that of their conversation."""
        with self.desk.store.noting() as db:
            owed.redraw(db, caller, "home", caller.user)

    def card_pressed(self, caller: Caller, assessment: str, ts: str) -> None:
        """A card was pressed; one that is not the live one becomes a link to that."""
        with self.desk.store.reading() as db:
            team = assessments.by_id(db, caller.workspace, assessment)
        if team is None or team.channel != caller.channel:
            return
        if team.card_ts is not None and team.card_ts != ts:
            self._elsewhere(caller, "card_elsewhere", assessment, ts)

    def board_pressed(self, caller: Caller, pilot: str, ts: str) -> None:
        """The same of a pilot's board."""
        with self.desk.store.reading() as db:
            board = pilots.by_id(db, caller, pilot)
        if board is not None and board.card_ts is not None and board.card_ts != ts:
            self._elsewhere(caller, "board_elsewhere", pilot, ts)

    def _elsewhere(self, caller: Caller, kind: str, subject: str, ts: str) -> None:
        with self.desk.store.noting() as db:
            owed.say_once(db, caller, kind, f"{kind}@{ts}", {"subject": subject, "ts": ts})

    def _say(self, caller: Caller, kind: str, data: Message, unfinished: str = "") -> None:
        with self.desk.store.noting() as db:
            owed.say(db, caller, kind, data)
            if unfinished:
                owed.unsay(db, caller.workspace, unfinished)
