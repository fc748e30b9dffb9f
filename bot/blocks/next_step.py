"""The one thing to do now, in a line and with the one button that does it: for card and pilot."""

from __future__ import annotations

from typing import NamedTuple

from bot.blocks import ids, kit
from bot.blocks.kit import Element
from bot.blocks.words import escaped, on_day, person
from bot.domain.pack import Pack
from bot.domain.pack.pilot import GOAL
from bot.domain.pilot.model import Dossier, VerdictRow
from bot.domain.team import OWNER, Standing

MEASURING = "measurement_ready"
"""The question whether overhead could be measured."""


class Next(NamedTuple):
    """What to do, what its button says, and which action that is."""

    text: str
    button: str
    action: str
    value: str

    @property
    def line(self) -> str:
        """As it stands on a card."""
        return f"*Next:* {self.text}"

    @property
    def primary(self) -> Element:
        """The one primary button."""
        return kit.button(self.action, self.button, self.value, style="primary")


def of_pilot(pack: Pack, dossier: Dossier) -> Next:
    """From the plan to the verdict, whatever comes first of what is missing."""
    first = (_planned, _judged, _lacking, _owned)
    found = (each(pack, dossier) for each in first)
    return next((each for each in found if each), _goal(dossier))


def _planned(_: Pack, dossier: Dossier) -> Next | None:
    """The plan, then the budgets."""
    board = dossier.board.id
    blocking = [escaped(each.text, 400) for each in dossier.remarks if each.blocks]
    if blocking:
        return Next(f"write the plan. {blocking[0]}", "Plan", ids.PLAN, board)
    if dossier.seal is None:
        return Next("seal the budgets, before the first run.", "Budgets", ids.BUDGETS, board)
    return None


def _judged(_: Pack, dossier: Dossier) -> Next | None:
    if dossier.verdict.whole not in ("roll_on", "stop"):
        return None
    said = f"the verdict is *{dossier.verdict.title}*: read it, and close the pilot."
    return Next(said, "Verdict", ids.VERDICT, dossier.board.id)


def _lacking(pack: Pack, dossier: Dossier) -> Next | None:
    """What is not measured, then what runs disagree about."""
    missing = [row for row in dossier.verdict.having("missing") if row.budget != GOAL]
    if missing:
        return _measured(pack, missing, dossier.board.id)
    if dossier.verdict.having("inconclusive"):
        said = "one more run on each side, where runs disagree."
        return Next(said, "Measure", ids.MEASURE, dossier.board.id)
    return None


def _owned(pack: Pack, dossier: Dossier) -> Next | None:
    if all((owner := dossier.owners.get(role)) and owner.holder for role in pack.roles):
        return None
    said = "ask people for the roles that nobody has accepted."
    return Next(said, "Owners", ids.ROLES, dossier.board.id)


def _goal(dossier: Dossier) -> Next:
    """All else is there: the goal, now or on its day."""
    goal, board = dossier.goal, dossier.board.id
    if goal.stands == "later" and goal.shows_on:
        said = f"wait for {on_day(goal.shows_on)}: {person(goal.measured_by)} measures the goal."
        return Next(said, "Verdict", ids.VERDICT, board)
    return Next("measure the goal.", "Measure the goal", ids.GOAL, board)


def _measured(pack: Pack, missing: list[VerdictRow], board: str) -> Next:
    """Runs before drills, whichever budgets wait for them."""
    drilled = {each.id for each in pack.budgets.values() if each.drill}
    runs = [row for row in missing if row.budget not in drilled]
    if not runs:
        return Next(f"do the drills ({len(missing)} to go).", "Drills", ids.DRILLS, board)
    where = " ".join(each for each in (runs[0].service, runs[0].endpoint) if each) or "the nodes"
    said = f"measure {escaped(where, 300)} ({len(runs)} of the budgets' figures are missing)."
    return Next(said, "Measure", ids.MEASURE, board)


def of_card(pack: Pack, standing: Standing) -> Next:
    """What the outcome asks for first."""
    advice, held = standing.advice, standing.assessment.id
    if advice.contradictions:
        return Next("settle the two answers that disagree.", "Change answers", ids.EDIT, held)
    if advice.outcome == "undecided" and advice.decisive:
        short = pack.questions[advice.decisive[0]].short
        said = f"answer what decides most: {short}."
        return Next(said, "Answer it", ids.ANSWER_ONE, advice.decisive[0])
    if advice.outcome in ("pilot", "adopt"):
        return _piloted(standing)
    return _waiting(standing)


def _waiting(standing: Standing) -> Next:
    """What stops it, what is simpler, or what may change."""
    advice, held = standing.advice, standing.assessment.id
    stops = {each.question for each in advice.blockers}
    if advice.outcome == "not_yet" and OWNER in stops:
        return Next("find somebody who would own it.", "Find an owner", ids.OWNER, held)
    if advice.outcome == "not_yet" and MEASURING in stops:
        return Next("get ready to measure.", "How to measure", ids.HOW_TO, held)
    if advice.outcome == "alternative" and advice.alternatives:
        return Next("try what is simpler.", "What is simpler", ids.SIMPLER, held)
    return Next("say what has changed, once something has.", "Change answers", ids.EDIT, held)


def _piloted(standing: Standing) -> Next:
    """The pilot, begun, gone on with or followed by its rollout."""
    held = standing.assessment.id
    if standing.pilot_runs:
        return Next("go on with the pilot.", "Go to the pilot", ids.START_PILOT, held)
    if standing.advice.outcome == "adopt" and standing.passed_pilot:
        return Next("open the rollout.", "Open the rollout", ids.ROLLOUT, standing.passed_pilot)
    said = "start the pilot, with what this card says."
    return Next(said, "Start the pilot", ids.START_PILOT, held)
