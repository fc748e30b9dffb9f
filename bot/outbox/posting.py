"""The calls that put something on somebody's screen, with what Slack's answers mean."""

from __future__ import annotations

import http.client
import json
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.blocks.surfaces import Payload, without_native
from bot.domain.team import Workspace
from bot.outbox.refusals import PASSING, Later, calling, named
from bot.store import Store, holding
from bot.store.holding import Due

TIMEOUT_S = 10
"""Slack answers within one or two; a call that hangs holds up one line of what is owed."""
_quiet = logging.getLogger("bot.outbox.slack")
_quiet.setLevel(logging.CRITICAL)  # what Slack answers is told by the relay, without its words
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_CLOSED = frozenset({"not_found", "hash_conflict"})


class Posting:
    """Slack's Web API as the relay uses it: nothing is tried again here, nothing waits."""

    def __init__(
        self,
        store: Store,
        client: WebClient,
        tokens: Callable[[Workspace], str | None] | None = None,
    ) -> None:
        self.store, self._tokens = store, tokens
        self._only, self._now = self._speaking(client, client.token), threading.local()

    @property
    def client(self) -> WebClient:
        """Slack, as the workspace of the row that this hand delivers lets us in."""
        return getattr(self._now, "client", self._only)

    def for_(self, kind: Callable[[Due], None]) -> Callable[[Due], None]:
        """The same, with the token of the row's workspace, asked for at each delivery."""
        if self._tokens is None:
            return kind
        tokens = self._tokens

        def deliver(due: Due) -> None:
            self._now.client = self._speaking(self._only, tokens(due.workspace))
            kind(due)

        return deliver

    def _speaking(self, like: WebClient, token: str | None) -> WebClient:
        return WebClient(
            token, base_url=like.base_url, timeout=TIMEOUT_S, retry_handlers=[], logger=_quiet
        )

    def post(self, due: Due, channel: str, payload: Payload, **more: Any) -> str:  # noqa: ANN401
        """Post what this row owes, and answer the message's ts.

        The id goes along, so that Slack can tell a second attempt from a second message.
        """
        args = {"channel": channel, "client_msg_id": due.message_id, **more}
        try:
            answer = calling(channel, self.client.chat_postMessage, **args, **payload)
        except SlackApiError as error:
            if named(error) == "duplicate_message_not_found":  # taken once, and deleted since
                args["client_msg_id"] = self._anew(due)
            elif named(error) == "invalid_blocks":
                payload = without_native(payload)
            else:
                raise
            answer = calling(channel, self.client.chat_postMessage, **args, **payload)
        return str(answer["ts"])

    def _anew(self, due: Due) -> str:
        with self.store.noting() as db:
            return holding.posted(db, due)

    def update(self, channel: str, ts: str, payload: Payload) -> bool:
        """Edit a message in place; False when it is gone."""
        try:
            self._update(channel, ts, payload)
        except SlackApiError as error:
            if named(error) in _GONE:
                return False
            if named(error) != "invalid_blocks":
                raise
            self._update(channel, ts, without_native(payload))
        return True

    def _update(self, channel: str, ts: str, payload: Payload) -> None:
        calling(channel, self.client.chat_update, channel=channel, ts=ts, **payload)

    def link(self, channel: str, ts: str) -> str:
        """The message's permalink."""
        found = calling(channel, self.client.chat_getPermalink, channel=channel, message_ts=ts)
        return str(found["permalink"])

    def aside(self, channel: str, user: str, payload: Payload) -> None:
        """For one person's eyes, in a channel."""
        calling(channel, self.client.chat_postEphemeral, channel=channel, user=user, **payload)

    def publish(self, user: str, view: Payload) -> None:
        """Draw somebody's Home."""
        calling("", self.client.views_publish, user_id=user, view=view)

    def replace(self, view: Payload, **which: str) -> None:
        """Draw an open view anew; one that was closed meanwhile stays closed."""
        try:
            calling("", self.client.views_update, view=view, **which)
        except SlackApiError as error:
            if named(error) not in _CLOSED:
                raise

    def upload(self, channel: str, **file: Any) -> None:  # noqa: ANN401
        """Share a file."""
        calling(channel, self.client.files_upload_v2, channel=channel, **file)

    def respond(self, address: str, payload: Mapping[str, Any]) -> bool:
        """Answer at a `response_url`; False where Slack takes no answer there any more."""
        status = self._send(address, payload)
        if 400 <= status < 500 and "blocks" in payload:
            status = self._send(address, without_native(dict(payload)))
        return status < 400

    def _send(self, address: str, payload: Mapping[str, Any]) -> int:
        try:
            there = WebhookClient(address, timeout=TIMEOUT_S, logger=_quiet)
            answer = there.send_dict(dict(payload))
        except (OSError, http.client.HTTPException) as error:
            raise Later from error
        if answer.status_code == 429 or answer.status_code >= 500:
            said = {name.lower(): value for name, value in answer.headers.items()}
            wait = str(said.get("retry-after", ""))
            raise Later(float(wait) if wait.isdecimal() else None)
        return int(answer.status_code) if _took(answer.body) else 400


def _took(body: str) -> bool:
    """Whether Slack took an answer at an address, which it says in words or in JSON.

    Raises `Later` where the trouble is its own.
    """
    try:
        said = json.loads(body)
    except ValueError:
        return True
    if not isinstance(said, dict) or said.get("ok") is not False:
        return True
    if said.get("error") in PASSING:
        raise Later
    return False
