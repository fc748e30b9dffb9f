"""What has a date in a channel: of its card, its open round, its pilot."""

from __future__ import annotations

from bot.advisor.desk import Desk
from bot.advisor.dossiers import Dossiers
from bot.domain.dates import due
from bot.domain.dates.model import OF_A_CARD, Dated, Thing
from bot.domain.team import Caller
from bot.errors import Refused
from bot.store import Database, assessments, pilots, round_answers, rounds


class DatedThings:
    """Found by what they are of: an assessment, a round or a pilot."""

    def __init__(self, desk: Desk, dossiers: Dossiers) -> None:
        self.desk, self.dossiers = desk, dossiers

    def subjects(self, db: Database, caller: Caller) -> tuple[str, ...]:
        """What in the channel may have dates; raises `Refused` where there is nothing."""
        team = assessments.open_of(db, caller)
        round_, board = rounds.open_of(db, caller), pilots.of_team(db, caller)
        subjects = [each.id for each in (team, round_, board) if each]
        if not subjects:
            self.desk.team(db, caller)
        return tuple(dict.fromkeys([*subjects, *pilots.rolled_out(db, caller)]))

    def of(self, db: Database, there: Caller, subject: str) -> tuple[Dated, ...]:
        """What has a date of an assessment, a round or a pilot."""
        waits, hours = self.desk.pack.waits, self.desk.hours(db, there.workspace)
        assessment = assessments.by_id(db, there.workspace, subject)
        if assessment is not None:
            return tuple(due.of_card(self.desk.standing(db, assessment), waits, hours))
        round_ = rounds.by_id(db, there.workspace, subject)
        if round_ is not None:
            answered = round_answers.handed_in(db, round_)
            return tuple(due.of_round(round_, answered, waits, hours))
        try:
            dossier = self.dossiers.read(db, there, subject)
        except Refused:
            return ()
        last = pilots.moved(db, there.workspace, subject)
        moved = hours.today(last or self.desk.clock())
        return tuple(due.of_pilot(dossier, waits, moved))

    def one(self, db: Database, there: Caller, thing: Thing) -> Dated | None:
        """That thing; None once it is settled."""
        fitting = (each for each in self.of(db, there, thing.subject) if each.thing == thing)
        return next(fitting, None)

    def channel_of(self, db: Database, caller: Caller, thing: Thing) -> str | None:
        """Where it belongs; None where that is not for whoever asks.

        It is theirs in its own channel; of a round wherever they are asked by name, and nowhere
        else where it names people.
        """
        if thing.kind in OF_A_CARD:
            assessment = assessments.by_id(db, caller.workspace, thing.subject)
            channel = assessment.channel if assessment else None
        elif thing.kind == "round":
            round_ = rounds.by_id(db, caller.workspace, thing.subject)
            if round_ is not None and round_answers.asks(db, round_, caller.user):
                return round_.channel
            channel = round_.channel if round_ and round_.invites else None
        else:
            channel = caller.channel if pilots.by_id(db, caller, thing.subject) else None
        return channel if channel == caller.channel else None

    def thread(self, db: Database, there: Caller, thing: Thing) -> tuple[str | None, str]:
        """The message that it belongs below, and its address where that is known."""
        if thing.kind in OF_A_CARD:
            assessment = assessments.by_id(db, there.workspace, thing.subject)
            return (assessment.card_ts, assessment.card_link or "") if assessment else (None, "")
        if thing.kind == "round":
            return None, ""  # below it everybody would read who has not answered
        board = pilots.by_id(db, there, thing.subject)
        return (board.card_ts if board else None), ""
