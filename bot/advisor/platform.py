"""A decision for the platform: an assessment like any other, that a lead begins from teams'."""

from __future__ import annotations

from collections.abc import Collection

from bot.advisor.across import chosen
from bot.advisor.checklist import Checklist
from bot.advisor.leading import Leading
from bot.domain.model.teams import TeamRow, TeamsToChoose
from bot.domain.replies import PrivateResult, QuestionPage
from bot.domain.team import Caller
from bot.errors import Refused
from bot.store import Database, assessments, stands_on

IN_A_CHANNEL = "A decision for the platform is a channel's: ask for it there, not here."
NONE_SHOWN = (
    "No other team shows you where it stands yet, so there is nothing to stand on. Whoever shares "
    "a card decides: a tick in the form, or /meshfit leads in the channel."
)


class Platform:
    """Only for leads, and only from teams that show them where they stand."""

    def __init__(self, leading: Leading, checklist: Checklist) -> None:
        self.desk, self.leading, self.checklist = leading.desk, leading, checklist

    def open(self, caller: Caller) -> TeamsToChoose:
        """The teams to choose from. Raises `NotYours` for whoever does not lead, else `Refused`."""
        with self.desk.store.reading() as db:
            rows = self._rows(db, caller)
            on = chosen(db, caller) or {row.channel for row in rows}
        return TeamsToChoose(rows=rows, chosen=frozenset(on))

    def begin(self, caller: Caller, channels: Collection[str]) -> QuestionPage | PrivateResult:
        """This lead's draft here stands on these teams; on with it. Raises as `open` does."""
        with self.desk.store.writing(caller) as db:
            shows = {row.channel for row in self._rows(db, caller)}
            on = [each for each in channels if each in shows]
            if not on:
                raise Refused(NONE_SHOWN)
            draft = assessments.start(db, caller, self.desk.digest, self.desk.clock())
            stands_on.choose(db, caller.workspace, draft.id, on)
        return self.checklist.resume(caller)

    def _rows(self, db: Database, caller: Caller) -> tuple[TeamRow, ...]:
        """Other channels' that decide for themselves; sums of sums would count a team twice."""
        self.leading.check(db, caller)
        if caller.is_dm:
            raise Refused(IN_A_CHANNEL)
        rows = self.leading.seen(db, caller.workspace).rows
        own = tuple(r for r in rows if not r.platform and r.channel != caller.channel)
        if not own:
            raise Refused(NONE_SHOWN)
        return own
