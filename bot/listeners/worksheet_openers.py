"""Where the worksheet is opened: what is kept of the form before, and how it is shown again."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from bot.advisor import Advisor
from bot.blocks import ids, rounds, tax
from bot.blocks.carried import HoursMeta, RoundMeta, ViewMeta
from bot.blocks.surfaces import Payload
from bot.domain.model import Answer
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.listeners import answering, screens
from bot.listeners.act import Act


class Left(NamedTuple):
    """The answer so far, and what the worksheet carries until it leads back."""

    answer: Answer | None
    carried: ViewMeta


class Opener(Protocol):
    """One form that asks for the hours to run a mesh, and that the worksheet is opened from."""

    form: str
    """The id of the worksheet that leads back to it."""

    def leave(self, act: Act) -> Left:
        """Keep what was filled in."""

    def back(self, act: Act, answer: Answer | None = None) -> Payload:
        """The form again, with the sum where there is one."""


class OnPage:
    """A page of the checklist, for a draft or for the team."""

    form = ids.WORKSHEET_FORM

    def __init__(self, advisor: Advisor) -> None:
        self.worksheets, self.pack = advisor.worksheets, advisor.desk.pack

    def leave(self, act: Act) -> Left:
        """What the page holds is kept."""
        sheet = self.worksheets.leave(act.caller, answering.page(act), answering.filled(act))
        return Left(sheet.mine.get(MESH_HOURS), screens.meta(sheet))

    def back(self, act: Act, answer: Answer | None = None) -> Payload:
        """The sum is saved first."""
        at = answering.page(act)
        if answer is not None:
            self.worksheets.use(act.caller, at, answer)
        return screens.guided(self.pack, self.worksheets.page(act.caller, at))


class InCalculator:
    """The calculator alone: nothing is stored, so the form itself carries its figures."""

    form = ids.WORKSHEET_OF_HOURS

    def __init__(self, advisor: Advisor) -> None:
        self.hours, self.pack = advisor.calculator, advisor.desk.pack

    def leave(self, act: Act) -> Left:
        """What cannot be read is not asked for again."""
        before = act.carried(HoursMeta)
        known = self.hours.figures(answering.fields(act.form), before.filled)
        return Left(known.get(MESH_HOURS), HoursMeta(channel=before.channel, filled=known))

    def back(self, act: Act, answer: Answer | None = None) -> Payload:
        """Its figures, and the sum among them."""
        filled = dict(act.carried(HoursMeta).filled)
        if answer is not None:
            filled[MESH_HOURS] = answer
        return tax.calculator(self.pack, filled, channel=act.caller.channel)


class InRound:
    """One person's own answers in a round, which count once they are handed in."""

    form = ids.WORKSHEET_OF_ROUND

    def __init__(self, advisor: Advisor) -> None:
        self.rounds, self.pack = advisor.rounds, advisor.desk.pack

    def leave(self, act: Act) -> Left:
        """What can be read of the page is kept, and not handed in."""
        meant = act.carried(RoundMeta)
        shown = self.rounds.leave(act.caller, meant.round, meant.page, answering.fields(act.form))
        return Left(shown.mine.get(MESH_HOURS), meant)

    def back(self, act: Act, answer: Answer | None = None) -> Payload:
        """The sum is kept like what was filled in."""
        meant = act.carried(RoundMeta)
        raw = {MESH_HOURS: answer.model_dump(exclude_defaults=True)} if answer else {}
        shown = self.rounds.leave(act.caller, meant.round, meant.page, raw)
        return rounds.page(shown, str(meant))
