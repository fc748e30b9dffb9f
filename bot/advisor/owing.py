"""What a change owes to the channel: its card or board drawn anew, and a line in the thread.

Each is called inside the transaction of the change, with a caller in the channel that it is about.
"""

from __future__ import annotations

from bot.domain.team import Assessment, Caller
from bot.store import Database, owed
from bot.store.owed import Data


def card(db: Database, caller: Caller, assessment: str, data: Data | None = None) -> None:
    """The team's card and its detail, as they stand by then."""
    line = card_line(assessment)
    owed.redraw(db, caller, "card", assessment, line=line, data=data)
    owed.redraw(db, caller, "detail", assessment, line=line)


def below_card(
    db: Database, caller: Caller, held: Assessment, kind: str, data: Data | None = None
) -> None:
    """A line in the card's thread; where the card could never be posted, it comes first."""
    if held.card_ts is None:
        card(db, caller, held.id)
    owed.say(db, caller, kind, data, line=card_line(held.id))


def card_line(assessment: str) -> str:
    """What a card and its thread keep their order by."""
    return f"card:{assessment}"


def board(db: Database, caller: Caller, pilot: str) -> None:
    """The pilot's board, as it stands by then."""
    owed.redraw(db, caller, "board", pilot, line=f"board:{pilot}")


def below_board(
    db: Database, caller: Caller, pilot: str, kind: str, data: Data | None = None
) -> None:
    """The board, and a line in its thread."""
    board(db, caller, pilot)
    owed.say(db, caller, kind, data, line=f"board:{pilot}")
