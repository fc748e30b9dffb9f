"""What a change owes to the channel: its card or board drawn anew, and a line in the thread.

Each is called inside the transaction of the change, with a caller in the channel that it is about.
"""

from __future__ import annotations

import hashlib

from bot.domain.dates.model import Kind
from bot.domain.team import Assessment, Caller
from bot.store import Database, deliveries, nominations, owed, reminders
from bot.store.owed import Data


def card(db: Database, caller: Caller, assessment: str, data: Data | None = None) -> None:
    """The team's card and its detail, as they stand by then."""
    line = card_line(assessment)
    owed.redraw(db, caller, "card", assessment, line=line, data=data)
    owed.redraw(db, caller, "detail", assessment, line=line)
    dates(db, caller, assessment)


def below_card(
    db: Database, caller: Caller, assessment: Assessment, kind: str, data: Data | None = None
) -> None:
    """A line in the card's thread; where the card could never be posted, it comes first."""
    if assessment.card_ts is None:
        card(db, caller, assessment.id)
    owed.say(db, caller, kind, data, line=card_line(assessment.id))


def card_line(assessment: str) -> str:
    """What a card and its thread keep their order by."""
    return f"card:{assessment}"


def board(db: Database, caller: Caller, pilot: str) -> None:
    """The pilot's board, as it stands by then."""
    owed.redraw(db, caller, "board", pilot, line=f"board:{pilot}")
    dates(db, caller, pilot)


def dates(db: Database, caller: Caller, subject: str) -> None:
    """The dates of an assessment, a round or a pilot may have moved: so do the reminders of it.

    Whoever was asked for something of it may not be any more, and what they accepted may not be
    theirs: their message says so.
    """
    if reminders.of_subject(db, caller.workspace, subject):
        owed.redraw(db, caller, "dates", subject)
    for each in nominations.of_subject(db, caller.workspace, subject):
        if not each.over or each.said == "accepted":
            nomination(db, caller, each.id)


def nomination(db: Database, caller: Caller, named: str) -> None:
    """What somebody was asked, in the channel and directly, as it stands by then."""
    owed.redraw(db, caller, "nomination", named)


def below_board(
    db: Database, caller: Caller, pilot: str, kind: str, data: Data | None = None
) -> None:
    """The board, and a line in its thread."""
    board(db, caller, pilot)
    owed.say(db, caller, kind, data, line=f"board:{pilot}")


def offer(db: Database, caller: Caller, *kinds: Kind, part: str = "") -> None:
    """Something has got a date: whoever gave it one is asked whether to be reminded.

    Once a day of one kind, however often its form is saved; `/meshfit dates` offers all of them.
    """
    text = " ".join((caller.channel, caller.user, *kinds, part))
    key = f"offer {hashlib.sha256(text.encode()).hexdigest()}"  # outlives who is forgotten by a day
    if not caller.is_dm and deliveries.first_seen(db, caller.workspace, key, db.clock()):
        owed.say(db, caller, "offer", {"kinds": list(kinds), "part": part})
