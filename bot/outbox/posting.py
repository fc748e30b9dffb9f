"""The calls that put something on somebody's screen, with what Slack's answers mean."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from slack_sdk.errors import SlackApiError

from bot.blocks.surfaces import Payload, without_native
from bot.domain.team import Workspace
from bot.outbox import files
from bot.outbox.refusals import PASSING, Later, Withdrawn, calling, named
from bot.outbox.staying import StayingClient, StayingWebhook
from bot.store import Store, holding
from bot.store.holding import Due
from bot.telemetry.logs import QUIET

TIMEOUT_S = 10
"""Slack answers within one or two; a call that hangs holds up one line of what is owed."""
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_CLOSED = frozenset({"not_found", "hash_conflict"})


class FileToShare(NamedTuple):
    """A file that meshfit gives, with the words above it."""

    name: str
    content: str
    title: str
    comment: str = ""


class Posting:
    """Slack's Web API as the relay uses it: nothing is tried again here, nothing waits."""

    def __init__(
        self,
        store: Store,
        client: StayingClient,
        tokens: Callable[[Workspace], str | None] | None = None,
    ) -> None:
        self.store, self._tokens = store, tokens
        self._only, self._now = self._speaking(client, client.token), threading.local()

    @property
    def client(self) -> StayingClient:
        """Slack, as the workspace of the row that this hand delivers lets us in.

        Raises `Withdrawn` where it does not.
        """
        client: StayingClient | None = getattr(self._now, "client", self._only)
        if client is None:
            raise Withdrawn
        return client

    def for_(self, kind: Callable[[Due], None]) -> Callable[[Due], None]:
        """The same, with the token of the row's workspace, asked for at each delivery."""
        if self._tokens is None:
            return kind
        tokens = self._tokens

        def deliver(due: Due) -> None:
            token = tokens(due.workspace)
            self._now.client = self._speaking(self._only, token) if token else None
            kind(due)

        return deliver

    def _speaking(self, like: StayingClient, token: str | None) -> StayingClient:
        return like.speaking(token, timeout=TIMEOUT_S, retry_handlers=[], logger=QUIET)

    def post(self, due: Due, channel: str, payload: Payload, **more: Any) -> str:  # noqa: ANN401
        """Post what this row owes, and answer the message's ts."""
        return self.direct(due, channel, payload, **more)[1]

    def direct(
        self,
        due: Due,
        channel: str,
        payload: Payload,
        **more: Any,  # noqa: ANN401
    ) -> tuple[str, str]:
        """The same, with the channel in which it stands: of a person, their conversation with us.

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
        return str(answer["channel"]), str(answer["ts"])

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
        answer = calling(channel, self.client.chat_getPermalink, channel=channel, message_ts=ts)
        return str(answer["permalink"])

    def called(self, user: str) -> str:
        """What a person is called, as Slack's own lists show them."""
        profile = self.profile(user)
        return str(profile.get("real_name") or profile.get("name") or "")

    def profile(self, user: str) -> Mapping[str, Any]:
        """What Slack tells of a person, where the optional scope for it was granted."""
        profile: Mapping[str, Any] = (
            calling("", self.client.users_info, user=user).get("user") or {}
        )
        return profile

    def aside(self, channel: str, user: str, payload: Payload) -> None:
        """For one person's eyes, in a channel."""
        calling(channel, self.client.chat_postEphemeral, channel=channel, user=user, **payload)

    def publish(self, user: str, view: Payload) -> None:
        """Draw somebody's Home."""
        calling("", self.client.views_publish, user_id=user, view=view)

    def replace(self, view: Payload, **which: str) -> bool:
        """Draw an open view anew; False for one that was closed meanwhile, which stays closed."""
        try:
            calling("", self.client.views_update, view=view, **which)
        except SlackApiError as error:
            if named(error) not in _CLOSED:
                raise
            return False
        return True

    def upload(self, due: Due, channel: str, thread: str, file: FileToShare) -> None:
        """Share a file in a thread, once: another try looks for it by the id that Slack gave."""
        sent = due.data.get("given")
        stands = files.is_shared(self.client, sent, channel) if sent else None
        if stands:
            return
        calling(
            channel,
            self.client.files_completeUploadExternal,
            files=[{"id": self._sent(due, channel, file) if stands is None else sent,
                    "title": file.title}],
            channel_id=channel,
            thread_ts=thread,
            initial_comment=file.comment or None,
        )  # fmt: skip

    def _sent(self, due: Due, channel: str, file: FileToShare) -> str:
        """Let Slack have the bytes, which nobody sees yet; its id is kept before it is shared."""
        content = file.content.encode()
        place = calling(
            channel,
            self.client.files_getUploadURLExternal,
            filename=file.name,
            length=len(content),
        )
        calling(channel, self.client.send, address=str(place["upload_url"]), content=content)
        with self.store.noting() as db:
            holding.becomes(db, due, due.kind, {**due.data, "given": place["file_id"]})
        return str(place["file_id"])

    def respond(self, address: str, payload: Mapping[str, Any]) -> bool:
        """Answer at a `response_url`; False where Slack takes no answer there any more."""
        status = self._send(address, payload)
        if 400 <= status < 500 and "blocks" in payload:
            status = self._send(address, without_native(dict(payload)))
        return status < 300

    def _send(self, address: str, payload: Mapping[str, Any]) -> int:
        try:
            there = StayingWebhook(address, timeout=TIMEOUT_S, logger=QUIET, retry_handlers=[])
            answer = there.send_dict(dict(payload))
        except (OSError, http.client.HTTPException) as error:
            self._only.told("response_url", "no_answer")
            raise Later from error
        limited, well = answer.status_code == 429, answer.status_code < 300
        how = "rate_limited" if limited else "ok" if well else "refused"
        self._only.told("response_url", how)
        if answer.status_code == 429 or answer.status_code >= 500:
            headers_back = {name.lower(): value for name, value in answer.headers.items()}
            wait = str(headers_back.get("retry-after", ""))
            raise Later(float(wait) if wait.isdecimal() else None)
        return int(answer.status_code) if _took(answer.body) else 400


def _took(body: str) -> bool:
    """Whether Slack took an answer at an address, which it says in words or in JSON.

    Raises `Later` where the trouble is its own.
    """
    try:
        tree = json.loads(body)
    except ValueError:
        return True
    if not isinstance(tree, dict) or tree.get("ok") is not False:
        return True
    if tree.get("error") in PASSING:
        raise Later
    return False
