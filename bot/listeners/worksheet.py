"""The worksheet of the hours to run a mesh, in place of the form that it was opened from."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import ids, worksheet
from bot.domain.decision.model import ChoreFigures
from bot.domain.decision.worksheet import begun, work_out
from bot.domain.pack.worksheet import MOST_HOURS, MOST_TIMES
from bot.errors import BadAnswers, Refused
from bot.listeners import screens
from bot.listeners.act import Act, Outdated
from bot.listeners.forms import Form
from bot.listeners.worksheet_openers import InCalculator, InRound, OnPage, Opener


class WorksheetScreens:
    """Open it, leave it, use its sum."""

    def __init__(self, advisor: Advisor) -> None:
        self.pack = advisor.desk.pack
        page, hours, blind = OnPage(advisor), InCalculator(advisor), InRound(advisor)
        self.openers: dict[str, Opener] = {
            ids.PAGE: page, ids.CALCULATOR: hours, ids.ROUND_PAGE: blind,
            page.form: page, hours.form: hours, blind.form: blind,
        }  # fmt: skip

    def open(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Work it out: what the form holds is kept, and the worksheet stands in its place."""
        if not self.pack.chores:
            raise Refused("This knowledge pack lists no chores to add up.")
        opener = self._opener(act)
        left = opener.leave(act)
        ack()
        figures = begun(self.pack, left.answer)
        hours = work_out(self.pack, figures).hours_a_month
        form = worksheet.form(self.pack, figures, hours, str(left.carried), opener.form)
        screens.redraw(client, act.open_view, form)

    def leave(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Back without the sum."""
        shown = self._opener(act).back(act)
        ack()
        screens.redraw(client, act.open_view, shown)

    def use(self, ack: Ack, act: Act) -> None:
        """Use the sum: it stands in the question's field, with what it was worked out from."""
        figures = {each: _figures(act.form, each) for each in self.pack.chores}
        act.form.check()
        try:
            answer = work_out(self.pack, figures).answer
        except ValueError as error:
            first = next(iter(figures)) + worksheet.TIMES
            raise BadAnswers({first: f"The sum {error}."}) from None
        ack(response_action="update", view=self._opener(act).back(act, answer))

    def _opener(self, act: Act) -> Opener:
        """Where it was opened from; raises `Outdated` for a form that does not ask for it."""
        opener = self.openers.get((act.body.get("view") or {}).get("callback_id") or "")
        if opener is None:
            raise Outdated("form")
        return opener


def _figures(form: Form, chore: str) -> ChoreFigures:
    figures = []
    for part, most in ((worksheet.TIMES, MOST_TIMES), (worksheet.HOURS, MOST_HOURS)):
        block = chore + part
        typed = form.needed_number(block)
        if typed > most:
            form.fault(block, f"Must be at most {most:,}.")
        figures.append(typed)
    return ChoreFigures(*figures)
