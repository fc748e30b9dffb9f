"""The word of whoever was named: yes, no and why, and no more such messages.

The same buttons stand in the channel, in the message to the person and under Home.
"""

from __future__ import annotations

from collections.abc import Mapping

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.rollout import Rolling
from bot.blocks import ids, nominations, notice
from bot.blocks.carried import DecliningMeta
from bot.blocks.values import ActionLine, PilotException, Single, Value
from bot.domain.model.nominations import MOST_WHY
from bot.listeners.act import Act
from bot.listeners.delivery import private
from bot.listeners.responding import Responder

ASKED_BY = {
    ids.DECLINE: "owner",
    ids.DECLINE_ROLES: "roles",
    ids.REFUSE: "exception",
    ids.ACTION_DECLINE: "action",
    ids.DECLINE_MEASURING: "measure",
}
WORTH: Mapping[str, type[Value]] = {"exception": PilotException, "action": ActionLine}
"""Kind → what its buttons are worth, where that is not one id."""


class NominationScreens:
    """Only the word of who was asked counts."""

    def __init__(self, advisor: Advisor) -> None:
        self.owning, self.roles, self.rolling = advisor.owning, advisor.roles, advisor.rolling
        self.nominating, self.telling = advisor.nominating, advisor.telling
        self.acting, self.measurers = advisor.acting, advisor.measurers

    def own(self, ack: Ack, act: Act) -> None:
        """I own this."""
        self.owning.answer_request(act.caller, act.id, accepts=True)
        self._home(act, act.in_view)
        ack()

    def take_roles(self, ack: Ack, act: Act) -> None:
        """I accept my roles."""
        self.roles.answer_roles(act.caller, act.id, accepts=True)
        self._home(act, act.in_view)
        ack()

    def take_measuring(self, ack: Ack, act: Act) -> None:
        """I will measure it."""
        self.measurers.answer(act.caller, act.id, accepts=True)
        self._home(act, act.in_view)
        ack()

    def take_action(self, ack: Ack, act: Act) -> None:
        """I do it."""
        at = act.pressed(ActionLine)
        self.acting.answer(act.caller, at.assessment, at.line, accepts=True)
        self._home(act, act.in_view)
        ack()

    def approve(self, ack: Ack, act: Act) -> None:
        """I approve it."""
        at, card = act.pressed(PilotException), "" if act.in_view else act.message
        self._on(card).answer_exception(act.caller, at.pilot, at.exception, approves=True)
        self._home(act, act.in_view)
        ack()

    def decline(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Not me, or I refuse it: the form, for whoever is asked."""
        kind = ASKED_BY[act.name]
        subject, part = _asked_for(act.pressed(WORTH.get(kind, Single)))
        meta = DecliningMeta(
            channel=act.caller.channel,
            kind=kind,
            subject=subject,
            part=part,
            card="" if act.in_view else act.message,
        )
        self._check(act, meta)
        ack()
        act.opens(client, nominations.declining(meta.kind, str(meta)))

    def _check(self, act: Act, meta: DecliningMeta) -> None:
        match meta.kind:
            case "owner":
                self.owning.check_asked(act.caller, meta.subject)
            case "roles":
                self.roles.check_asked(act.caller, meta.subject)
            case "exception":
                self.rolling.check_asked(act.caller, meta.subject, meta.part)
            case "action":
                self.acting.check_asked(act.caller, meta.subject, meta.part)
            case "measure":
                self.measurers.check_asked(act.caller, meta.subject)

    def say_no(self, ack: Ack, act: Act) -> None:
        """Say no, with a reason or without."""
        meta, caller = act.carried(DecliningMeta), act.caller
        why = act.form.text(nominations.WHY, MOST_WHY)
        match meta.kind:
            case "owner":
                self.owning.answer_request(caller, meta.subject, accepts=False, why=why)
            case "roles":
                self.roles.answer_roles(caller, meta.subject, accepts=False, why=why)
            case "exception":
                rolling, at = self._on(meta.card), (meta.subject, meta.part)
                rolling.answer_exception(caller, *at, approves=False, why=why)
            case "action":
                self.acting.answer(caller, meta.subject, meta.part, accepts=False, why=why)
            case "measure":
                self.measurers.answer(caller, meta.subject, accepts=False, why=why)
        self._home(act, not meta.card)
        ack()

    def leave_alone(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Don't ask me this way; under Home, Write to me again."""
        self.nominating.leave_alone(act.caller, alone=act.name == ids.LEAVE_ME_ALONE)
        if act.id == nominations.FROM_A_ROUND:
            respond(**private(notice.plain(nominations.LEFT_ALONE)))
        self._home(act, act.in_view)
        ack()

    def _on(self, card: str) -> Rolling:
        """The rollout whose card was pressed; elsewhere the one that asks is drawn anew."""
        return self.rolling.on(card) if card else self.rolling

    def _home(self, act: Act, pressed_there: bool) -> None:
        """Home, anew, for whoever looks at it."""
        if pressed_there:
            self.telling.home(act.caller)


def _asked_for(worth: Value) -> tuple[str, str]:
    """The assessment or the pilot, and which part of it."""
    subject, part = (*worth.model_dump().values(), "")[:2]
    return subject, part
