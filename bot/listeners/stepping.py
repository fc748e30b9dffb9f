"""A form of several steps in one view: on to the next, back, and the whole of it at the end."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks.carried import ViewMeta
from bot.blocks.steps import Steps, step
from bot.errors import Refused
from bot.listeners import screens
from bot.listeners.act import Act, Outdated
from bot.listeners.forms import Form

GONE = (
    "What you filled into the steps before is kept for a day, and is gone, so nothing was saved. "
    "Close the form, and open it again."
)
Draws = Callable[[Act], Steps]
"""The form as it is now, by what is filled in so far."""


class Stepping:
    """One long form; nothing of it is saved before its last step, and then all of it at once."""

    def __init__(self, advisor: Advisor, draws: Draws) -> None:
        self.forms, self.draws = advisor.open_forms, draws

    def whole(self, act: Act, *, always: bool = False) -> Form:
        """The fields of this step and of those before it; `always`: of any form in this view."""
        meta = act.carried(ViewMeta)
        if meta.step or meta.more or always:
            before = self.forms.before(act.caller, act.view_id)
            if meta.step and not before.fields:
                raise Refused(GONE)
            act.go_on_from(before)
        return act.form

    def goes_on(self, ack: Ack, act: Act) -> bool:
        """Check what was read; whether another step follows, which then stands in the view."""
        meta = act.carried(ViewMeta)
        if not meta.more:
            act.form.check()
            return False
        act.form.check_step()
        self._keep(act)
        ack(response_action="update", view=self._drawn(act, meta, meta.step + 1))
        return True

    def back(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Back: what is filled in is kept."""
        meta = act.carried(ViewMeta)
        self.whole(act)
        self._keep(act)
        ack()
        screens.redraw(client, act.open_view, self._drawn(act, meta, meta.step - 1))

    def done(self, act: Act) -> None:
        """Everything is saved, so what was kept of the steps is needed no more."""
        if act.carried(ViewMeta).step:
            self.forms.done(act.caller, act.view_id)

    def _keep(self, act: Act) -> None:
        self.forms.keep(act.caller, act.view_id, act.form.filled)

    def _drawn(self, act: Act, meta: ViewMeta, at: int) -> dict[str, object]:
        form = self.draws(act)
        if not 0 <= at < len(form.pages):
            raise Outdated("form")
        return step(form, at, meta, act.form.filled)
