"""The outside of what Slack sends: the few parts that every listener relies on.

A signed body without them is no request of Slack's, and is refused before anything looks inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter, ValidationError
from slack_bolt import BoltContext, BoltResponse
from slack_sdk import WebClient

from bot.outbox.hosts import is_slacks

Id = Annotated[str, Field(max_length=255)]


class _Part(BaseModel):
    """Some of an object; the rest of it is not looked at."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _Named(_Part):
    """A person, a channel, a team."""

    id: Id


class _Person(_Named):
    """Who acted, and of which team and organisation."""

    team_id: Id | None = None
    enterprise_id: Id | None = None


class _Channel(_Part):
    """A channel, which a view's payload may name by null."""

    id: Id | None = None


class _Action(_Part):
    """What was pressed or chosen."""

    action_id: Id
    value: str | None = None
    selected_option: dict[str, Any] | None = None


class _State(_Part):
    """What the fields of a view hold, by block and element."""

    values: dict[str, dict[str, dict[str, Any]]] = {}


class _View(_Part):
    """The view that was acted on."""

    id: str | None = None
    type: Literal["modal", "home"]
    callback_id: Id = ""
    private_metadata: str = Field("", max_length=3000)
    state: _State = _State()
    blocks: list[dict[str, Any]] | None = None


class _Acted(_Part):
    """Of every interaction: who, and where to answer."""

    user: _Person
    team: _Named | None = None
    enterprise: _Named | None = None
    channel: _Channel | None = None
    trigger_id: str | None = None
    response_url: str | None = None


class _Pressed(_Acted):
    """A button, a menu, a field that tells at once."""

    type: Literal["block_actions"]
    actions: list[_Action] = Field(min_length=1)
    view: _View | None = None
    message: dict[str, Any] | None = None
    container: dict[str, Any] | None = None


class _Submitted(_Acted):
    """A view that was submitted or closed."""

    type: Literal["view_submission", "view_closed"]
    view: _View
    response_urls: list[dict[str, Any]] | None = None


class _Message(_Part):
    """A message that was acted on."""

    ts: Id
    thread_ts: Id | None = None
    text: str | None = None


class _Shortcut(_Acted):
    """A shortcut on a message."""

    type: Literal["message_action"]
    callback_id: Id
    channel: _Channel
    message: _Message


class _Event(_Part):
    """What happened."""

    type: Id
    user: Id | _Named | None = None
    user_id: Id | None = None
    channel: Id | _Channel | None = None
    channel_id: Id | None = None
    text: str | None = None
    ts: Id | None = None
    thread_ts: Id | None = None
    file_id: Id | None = None
    files: list[_Named] | None = None


class _Happened(_Part):
    """An event, as it is delivered."""

    type: Literal["event_callback"]
    event_id: Id
    team_id: Id | None = None
    event: _Event
    authorizations: list[dict[str, Any]] | None = None


class _Command(_Part):
    """A slash command."""

    type: None = None
    command: Id
    text: str = ""
    team_id: Id | None = None
    user_id: Id
    channel_id: Id
    response_url: str | None = None
    trigger_id: str | None = None


class _Other(_Part):
    """Slack's own questions, and the kinds that an app may ask for and meshfit does not."""

    type: Literal["url_verification", "app_rate_limited", "shortcut", "block_suggestion"] | None = (
        None
    )
    ssl_check: str | None = None


_KINDS = {
    "block_actions": "pressed",
    "view_submission": "submitted",
    "view_closed": "submitted",
    "message_action": "shortcut",
    "event_callback": "happened",
}


def _kind(body: Any) -> str:  # noqa: ANN401 - nothing is known of it yet
    if not isinstance(body, dict):
        return "other"
    kind = body.get("type")
    return "command" if "command" in body else _KINDS.get(str(kind), "other")


_Envelope = (
    Annotated[_Pressed, Tag("pressed")]
    | Annotated[_Submitted, Tag("submitted")]
    | Annotated[_Shortcut, Tag("shortcut")]
    | Annotated[_Happened, Tag("happened")]
    | Annotated[_Command, Tag("command")]
    | Annotated[_Other, Tag("other")]
)
_READ: TypeAdapter[_Envelope] = TypeAdapter(Annotated[_Envelope, Discriminator(_kind)])


def is_sound(body: object, api_root: str) -> bool:
    """Whether a body has the parts of its kind, and asks to be answered at Slack alone."""
    try:
        envelope = _READ.validate_python(body)
    except ValidationError:
        return False
    if isinstance(envelope, _Other) and envelope.type is None and envelope.ssl_check is None:
        return False
    return all(is_slacks(each, api_root) for each in _addresses(body) if each is not None)


def _addresses(body: Any) -> Iterator[object]:  # noqa: ANN401 - sound, whatever it is
    """Wherever it asks to be answered; Bolt looks for that in a body of any kind."""
    yield body.get("response_url")
    named = body.get("response_urls")
    for each in named if isinstance(named, list) else [named] if named else []:
        yield each.get("response_url") if isinstance(each, dict) else each


def refuse(
    body: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
) -> BoltResponse:
    """Let sound requests through, over whichever road they came; the door may have looked.

    What was taken out of this body since is another body, and is looked at again.
    """
    if body is not context.get("sound") and not is_sound(body, client.base_url):
        return BoltResponse(status=400)
    return next()
