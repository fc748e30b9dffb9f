"""What takes longer than Slack waits: kept before the person hears *still working*.

It is held like a row of the relay's own while this process lives; from one that died the next takes
it up, and does it once more, or says that it was not done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any, Literal

from slack_bolt import BoltRequest

from bot.blocks import notice
from bot.domain.team import Caller
from bot.listeners.acknowledging import Acknowledged, UntilAcknowledged, said_in, shown, waits_as
from bot.listeners.once import Once
from bot.outbox.refusals import Later
from bot.outbox.relay import Relay
from bot.store import deliveries, holding, owed
from bot.store.holding import ANSWERED_WITHIN, Due

_SECRET = frozenset({"token", "response_url", "response_urls"})
"""What lets whoever has it speak to somebody; the address of an answer has a column of its own."""
log = logging.getLogger(__name__)


class Unfinished:
    """Kept with the whole of what Slack sent, for seconds."""

    def __init__(self, app: Acknowledged, once: Once, relay: Relay) -> None:
        self.app, self.once, self.relay, self.store = app, once, relay, once.store

    def kept_for(self, runner: UntilAcknowledged) -> Callable[[Due], None]:
        """Keep what is late there; answers what takes it up."""
        runner.keeps = self.keep
        return self.deliver

    def keep(self, context: Any, work: Future[Any]) -> None:  # noqa: ANN401 - Bolt's, with ours
        """Keep what was asked until its listener ends; raises what the database does."""
        key, body = context["delivery"], context["act"].body
        caller: Caller = context["respond"].caller(context.get("response_url") or "")
        context["unfinished"] = name = f"unfinished:{key}"
        asked = {part: value for part, value in body.items() if part not in _SECRET}
        with self.store.noting() as db:
            owed.say_once(db, caller, "unfinished", name, {"key": key, "body": asked})
            holding.hold(db, caller.workspace, name, self.relay.holder, self.once.clock())
        self.relay.holds(1)
        work.add_done_callback(lambda _: self._ended(caller, name))

    def _ended(self, caller: Caller, name: str) -> None:
        try:
            with self.store.noting() as db:
                owed.unsay(db, caller.workspace, name)
        except Exception as ill:  # the next to look finds it done, and says so
            log.warning("the end of a late act could not be noted (%s)", type(ill).__name__)
        finally:
            self.relay.holds(-1)

    def deliver(self, due: Due) -> None:
        """From a process that died: do it once more, or say what became of it."""
        match self._claimed(due):
            case "busy":
                raise Later
            case "done":
                self._say(due, {"text": notice.DONE_UNSEEN})
            case "again":
                self._say(due, self._done_again(due))
            case "given_up":
                self._say(due, {"text": notice.NOT_DONE})

    def _claimed(self, due: Due) -> Literal["busy", "done", "again", "given_up"]:
        """What is to become of it; noted before it is tried, so that nothing is tried for ever."""
        key, now = due.data["key"], self.once.clock()
        late = now > datetime.fromisoformat(due.at) + ANSWERED_WITHIN
        with self.store.noting() as db:
            claim = deliveries.claim(db, due.workspace, key, self.once.holder, now)
            if claim != "mine":
                return claim
            if late or due.data.get("again"):
                return "given_up"
            holding.becomes(db, due, due.kind, {**due.data, "again": True})
        return "again"

    def _done_again(self, due: Due) -> dict[str, Any]:
        """What the acknowledgement says this time, once its listener came to its end."""
        address = {"response_url": due.answer_at} if due.answer_at else {}
        body, again = {**due.data["body"], **address}, {"again": due.data["key"]}
        request = BoltRequest(body=body, context=again, mode="socket_mode")
        return said_in(self.app.dispatch(request))

    def _say(self, due: Due, answer: dict[str, Any]) -> None:
        """Where the person looks: in their form, below what they typed or pressed, or directly."""
        body, caller = due.data["body"], due.caller
        with self.store.noting() as db:
            if body.get("type") == "view_submission":
                waiting = {"external_id": waits_as(body), "view": shown(answer)}
                owed.say(db, caller, "late_view", waiting)
            elif text := answer.get("text"):
                message = {**notice.plain(text), **answer}
                message.pop("response_type", "")
                if due.answer_at:
                    caller = caller.model_copy(update={"answer_at": due.answer_at})
                    message = {"response_type": "ephemeral", **message}
                owed.say(db, caller, "answer" if due.answer_at else "notice", {"message": message})
            holding.done(db, due)
