"""Slack at the start: whether it lets meshfit in, asked again for as long as it does not answer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from http.client import InvalidURL

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError

from bot.app import web_client
from bot.errors import BadInput, Refused
from bot.install import sealed_otherwise, wanted
from bot.outbox.access import WITHDRAWN
from bot.outbox.refusals import asked_to_wait
from bot.settings import Settings

SHORTEST_S, LONGEST_S = 1.0, 60.0
"""Between two questions to a Slack that does not answer; doubled each time."""

log = logging.getLogger(__name__)


class Away(Refused):
    """Slack gave no answer, or none that says anything about a token; it may later.

    `after_s` is how long it asked to be left alone, 0 where it did not.
    """

    def __init__(self, sentence: str, after_s: float = 0.0) -> None:
        self.after_s = after_s
        super().__init__(sentence)


class Arriving(threading.Thread):
    """Asks Slack until it answers, then connects; whoever asks for health need not wait for that.

    `refused` holds what Slack has against a token, if it has; `end` is called then.
    """

    def __init__(
        self, settings: Settings, socket: SocketModeHandler | None, end: Callable[[], None]
    ) -> None:
        super().__init__(name="arriving", daemon=True)
        self.settings, self.socket, self.end = settings, socket, end
        self.stopped = threading.Event()
        self.refused: BadInput | None = None

    def run(self) -> None:
        """Until Slack lets meshfit in, or says that it will not."""
        wait = SHORTEST_S
        while not self.stopped.is_set():
            try:
                check_tokens(self.settings)
                if self.socket is not None:
                    connect(self.socket)
            except BadInput as refused:
                self.refused = refused
                self.end()
                return
            except Away as away:
                pause = max(wait, away.after_s)
                log.warning("%s Asking again in %.0f s.", away.sentence, pause)
                self.stopped.wait(pause)
                wait = min(2 * wait, LONGEST_S)
            else:
                log.info("Slack lets meshfit in")
                return


def look_at_tokens(settings: Settings) -> None:
    """Whether the tokens are there. Raises `BadInput` naming one that is not."""
    if settings.slack_bot_token is None and not wanted(settings):
        raise BadInput("SLACK_BOT_TOKEN is not set: copy it from OAuth & Permissions of your app.")
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise BadInput(
            "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: set one."
        )


def check_tokens(settings: Settings) -> None:
    """Whether Slack would let meshfit in.

    Raises `BadInput` saying which token is off, `Away` when Slack says nothing about it.
    """
    look_at_tokens(settings)
    client = web_client(settings)
    try:
        (client.auth_test if client.token else client.api_test)()
    except SlackApiError as error:
        raise _meant(error, "SLACK_BOT_TOKEN") from None
    except Exception as error:  # a line that broke, or what a proxy said that nobody can read
        way = " through HTTPS_PROXY" * bool(client.proxy)
        raise Away(
            f"Slack cannot be reached at {settings.slack_api_url}{way}: {_why(error)}."
        ) from None


def faults(settings: Settings) -> list[str]:
    """What is wrong with the tokens, of ours or of workspaces that installed it; none is well."""
    try:
        if closed := sealed_otherwise(settings):
            return closed
        check_tokens(settings)
    except (BadInput, Away) as error:
        return [error.sentence]
    return []


def connect(socket: SocketModeHandler) -> None:
    """Open the connection; raises as `check_tokens` does."""
    try:
        socket.connect()  # type: ignore[no-untyped-call]
    except SlackApiError as error:
        raise _meant(error, "SLACK_APP_TOKEN") from None
    except Exception as error:  # whatever the WebSocket's own reading stumbled over
        raise Away(f"Slack gives no connection ({type(error).__name__}).") from None


def _why(error: Exception) -> object:
    """What the way to Slack said; of all else its kind, for it may quote a token or a password."""
    if isinstance(error, InvalidURL):
        return "that is no address"
    said = getattr(error, "reason", error)
    return said if isinstance(said, OSError) else type(error).__name__


def _meant(error: SlackApiError, token: str) -> BadInput | Away:
    """A token that is worth nothing, or a Slack that is ill."""
    reason = str(error.response.get("error") or error.response.status_code)
    if reason in WITHDRAWN:
        return BadInput(f"Slack refuses {token} ({reason}): check it, or reinstall the app.")
    return Away(
        f"Slack does not say whether it takes {token} ({reason}).", asked_to_wait(error) or 0
    )
