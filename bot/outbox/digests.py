"""The monthly digest: worded from what is true when it is due, then posted once."""

from __future__ import annotations

from collections.abc import Callable

from bot.advisor import Advisor
from bot.blocks import digest
from bot.domain.model.digest import Worded
from bot.outbox.posting import Posting
from bot.outbox.refusals import Barred
from bot.store import holding, owed
from bot.store.holding import Due


class DigestMessages:
    """In the channel that the settings name; where that is barred, whoever named it hears so."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.digests, self.posting = advisor.digests, posting
        self.store = advisor.desk.store

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what delivers it."""
        return {"digest": self.digests.word, "digest_worded": self.worded}

    def worded(self, due: Due) -> None:
        """Post it; what it told is behind us with the word that it stands there."""
        worded, channel = Worded.model_validate(due.data), self.digests.goes_to(due.workspace)
        if not channel:
            return
        try:
            self.posting.post(due, channel, digest.posted(worded.digest))
        except Barred:
            with self.store.noting() as db:
                if due.person:
                    owed.say(db, due.caller, "notice", {"message": digest.barred(channel)})
            return
        with self.store.noting() as db:
            self.digests.was_told(db, due.workspace, worded)
            holding.done(db, due)
