"""What one person did: who, where, and what came with it, each read in one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from slack_bolt import BoltContext, BoltResponse
from slack_sdk import WebClient

from bot.blocks.carried import OF_A_FORM, PilotMeta, ViewMeta
from bot.blocks.surfaces import Payload
from bot.blocks.values import Single, Value
from bot.domain.model.filled_in import FilledIn
from bot.domain.replies import OpenedForm
from bot.domain.team import Caller
from bot.errors import BadInput
from bot.listeners import payloads
from bot.listeners.forms import Form
from bot.listeners.held import Forged, held_by

Carried = TypeVar("Carried", bound=ViewMeta)
Worth = TypeVar("Worth", bound=Value)


class Outdated(BadInput):
    """A button or form that carries what today's meshfit cannot read."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This {what} is from an earlier version of meshfit, so nothing was done. /meshfit "
            "shows what stands now."
        )


class OpenView(NamedTuple):
    """A view as it was pressed in: what was drawn over it since has another hash."""

    id: str
    hash: str | None


class Act:
    """One request of Slack's; every listener that needs to know who asks takes one."""

    def __init__(self, context: BoltContext, body: Mapping[str, Any]) -> None:
        self.context, self.body = context, body

    @cached_property
    def caller(self) -> Caller:
        """Who acted, and in which channel; in a view the channel is the one it was opened for."""
        channel = self._meta.channel if self._meta else self.context.channel_id
        return Caller(
            workspace=payloads.workspace(self.context),
            channel=channel or "",
            user=self.context.actor_user_id or "",
            answer_at=self.context.response_url or "",
        )

    @cached_property
    def _meta(self) -> ViewMeta | None:
        """What the view carried, read once; raises `Outdated` for what its form never carries."""
        view = self.body.get("view") or {}
        if not (carried := view.get("private_metadata")):
            return None
        try:
            return OF_A_FORM.get(view.get("callback_id") or "", ViewMeta).model_validate_json(
                carried
            )
        except ValidationError:
            raise Outdated("form") from None

    def carried(self, kind: type[Carried]) -> Carried:
        """What the form carried; raises `Outdated` where it carried nothing."""
        if not isinstance(self._meta, kind):
            raise Outdated("form")
        return self._meta

    def pressed(self, kind: type[Worth]) -> Worth:
        """What the button or the chosen option is worth; raises `Outdated` for another kind."""
        try:
            return kind.read(self.said)
        except ValidationError:
            raise Outdated("button") from None

    @property
    def id(self) -> str:
        """The one id that the button is worth."""
        return self.pressed(Single).id

    @property
    def said(self) -> str:
        """The value of the button or of the option that was chosen; empty where there is none."""
        action = self.body["actions"][0]
        chosen = held_by({"selected_option": action.get("selected_option")})
        return str(action.get("value") or chosen or "")

    @property
    def name(self) -> str:
        """The id of what was pressed."""
        return str(self.body["actions"][0]["action_id"])

    @cached_property
    def typed(self) -> list[str]:
        """The words after the command, in lower case."""
        return payloads.text(self.body).lower().split()

    @cached_property
    def asks(self) -> bool:
        """Whether these are a question."""
        return payloads.asks(self.body)

    @cached_property
    def form(self) -> Form:
        """The fields of the view."""
        return Form(self.body)

    def go_on_from(self, before: FilledIn) -> None:
        """Read the steps before along with the fields of the view."""
        self.form = Form(self.body, before)

    @property
    def view_id(self) -> str:
        """The id of the view at the bottom: it stays, whatever is drawn into it or lies on top."""
        view = self.body.get("view") or {}
        key = view.get("root_view_id") or view.get("id")
        if not isinstance(key, str):
            raise Forged
        return key

    @property
    def open_view(self) -> OpenView:
        """The view that was pressed in."""
        view = self.body.get("view") or {}
        if "id" not in view:
            raise Forged
        return OpenView(str(view["id"]), view.get("hash"))

    @property
    def opened(self) -> OpenedForm:
        """A pilot's form: the order of writing then, and what this person altered."""
        return OpenedForm(written=self.carried(PilotMeta).written, altered=self.form.altered())

    @property
    def message(self) -> str:
        """The ts of the message whose button was pressed."""
        ts = (self.body.get("container") or {}).get("message_ts")
        if not isinstance(ts, str):
            raise Forged
        return ts

    @property
    def in_view(self) -> bool:
        """Whether it came from a modal or the Home tab."""
        return bool(self.body.get("view"))

    @property
    def in_modal(self) -> bool:
        """Whether it came from a modal."""
        return (self.body.get("view") or {}).get("type") == "modal"

    def opens(self, client: WebClient, view: Payload) -> None:
        """Open a form for this person."""
        client.views_open(trigger_id=self.body["trigger_id"], view=view)


def middleware(
    body: dict[str, Any],
    context: BoltContext,
    next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
) -> BoltResponse:
    """Put the act where Bolt finds it for every listener."""
    context["act"] = Act(context, body)
    return next()
