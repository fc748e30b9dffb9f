"""The one thing to do now, in a line and with the one button that does it: for card and pilot."""

from __future__ import annotations

from typing import NamedTuple

from bot.blocks import ids, kit
from bot.blocks.goal import who_measures
from bot.blocks.kit import Element
from bot.blocks.words import escaped
from bot.domain.model import Goal
from bot.domain.model.adopting import in_order
from bot.domain.pack import Pack
from bot.domain.pack.pilot import GOAL
from bot.domain.pilot.model import Dossier, VerdictRow
from bot.domain.team import OWNER, Standing
from bot.domain.words import on_day

MEASURING, PILOT = "measurement_ready", "pilot_result"
"""The questions whether overhead could be measured, and how the pilot ended."""
WISH, CHANGES = "mesh_wish", ("other_mode", "other_mesh")
"""What to do with the mesh that runs, where that is a change of it."""
FIRST = {
    "problem_location": "mend what is slow inside the services, then say what is left.",
    "few_services": "keep the clients in one library, and say what has changed once something has.",
}
"""What stopped it → what to do about it, where *Change answers* is all that a button can do."""
HELP = {
    OWNER: ("find somebody who would own it.", "Find an owner", ids.OWNER),
    MEASURING: ("get ready to measure.", "How to measure", ids.HOW_TO),
}
"""What is missing and has a button of its own → what to do, and the button."""


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
    ways = (each(pack, dossier) for each in first)
    return next((each for each in ways if each), _goal(dossier))


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
    text = f"the verdict is *{dossier.verdict.title}*: read it, and close the pilot."
    return Next(text, "Verdict", ids.VERDICT, dossier.board.id)


def _lacking(pack: Pack, dossier: Dossier) -> Next | None:
    """What is not measured, then what runs disagree about."""
    missing = [row for row in dossier.verdict.having("missing") if row.budget != GOAL]
    if missing:
        return _measured(pack, missing, dossier.board.id)
    if unclear := dossier.verdict.having("inconclusive"):
        text = "one more run on each side, where runs disagree."
        if all(row.too_coarse for row in unclear):
            text = "runs that were measured more finely: the verdict says how."
        return Next(text, "Measure", ids.MEASURE, dossier.board.id)
    return None


def _owned(pack: Pack, dossier: Dossier) -> Next | None:
    if all((owner := dossier.owners.get(role)) and owner.holder for role in pack.roles):
        return None
    text = "ask people for the roles that nobody has accepted."
    return Next(text, "Owners", ids.ROLES, dossier.board.id)


def _goal(dossier: Dossier) -> Next:
    """All else is there: the goal, now or on its day."""
    goal, board = dossier.goal, dossier.board.id
    if goal.stands == "later" and goal.shows_on:
        text = f"wait for {on_day(goal.shows_on)}, when the goal shows: {who_measures(goal)}."
        return Next(text, "Verdict", ids.VERDICT, board)
    if goal.shows_on and not goal.measured_by:
        text = f"name who measures the goal on {on_day(goal.shows_on)}, or measure it."
        return Next(text, "Plan", ids.PLAN, board)
    return Next("measure the goal.", "Measure the goal", ids.GOAL, board)


def _measured(pack: Pack, missing: list[VerdictRow], board: str) -> Next:
    """Runs before drills, whichever budgets wait for them."""
    drilled = {each.id for each in pack.budgets.values() if each.drill}
    runs = [row for row in missing if row.budget not in drilled]
    if not runs:
        return Next(f"do the drills ({len(missing)} to go).", "Drills", ids.DRILLS, board)
    where = " ".join(each for each in (runs[0].service, runs[0].endpoint) if each) or "the nodes"
    text = f"measure {escaped(where, 300)} ({len(runs)} of the budgets' figures are missing)."
    return Next(text, "Measure", ids.MEASURE, board)


def of_card(pack: Pack, standing: Standing) -> Next:
    """What the outcome asks for first."""
    advice, key = standing.advice, standing.assessment.id
    if advice.contradictions:
        return Next("settle the answers that disagree.", "Change answers", ids.EDIT, key)
    if advice.outcome == "undecided" and advice.decisive:
        short = pack.questions[advice.decisive[0]].short
        text = f"answer what decides most: {short}."
        return Next(text, "Answer it", ids.ANSWER_ONE, advice.decisive[0])
    if advice.outcome in ("pilot", "adopt"):
        return _piloted(pack, standing)
    if advice.outcome == "leave":
        return _leaving(standing)
    return _kept(standing) if advice.outcome == "keep" else _waiting(standing)


def _leaving(standing: Standing) -> Next:
    """What must be so before a mesh goes."""
    key = standing.assessment.id
    if not standing.advice.alternatives:
        return Next("look for what rests on it unnoticed, then take it out.", "Why", ids.WHY, key)
    text = "let what is simpler run beside it, before anything is taken out."
    return Next(text, "What is simpler", ids.SIMPLER, key)


def _kept(standing: Standing) -> Next:
    """What a mesh that stays lacks."""
    advice, key = standing.advice, standing.assessment.id
    stops = {each.question for each in advice.blockers}
    if OWNER in stops:
        return Next(*HELP[OWNER], key)
    if advice.cadence and advice.cadence.ended:
        return Next("choose the mesh that takes its place.", "Why", ids.WHY, key)
    if MEASURING in stops:
        return Next(*HELP[MEASURING], key)
    if (wish := standing.answered.get(WISH)) and wish.answer.value in CHANGES:
        text = "try the change on three to five services, and compare."
        return Next(text, "Why", ids.WHY, key)
    text = "keep upgrading it, and say what has changed once something has."
    return Next(text, "Change answers", ids.EDIT, key)


def wants_an_owner(standing: Standing) -> bool:
    """Whether *Find an owner* stands on the card: where no mesh is wanted, nobody owns one."""
    if standing.says_owned or standing.owners:
        return False
    outcome = standing.advice.outcome
    waits = outcome == "not_yet" and _decided(standing) in (OWNER, MEASURING, PILOT)
    return waits or outcome in ("undecided", "pilot", "adopt", "keep")


def _decided(standing: Standing) -> str:
    """The question of what decided, among all that stops it; empty where something else did."""
    advice = standing.advice
    return next((each.question for each in advice.blockers if each.id == advice.rule), "")


def _waiting(standing: Standing) -> Next:
    """What stops it, what is simpler, or what may change."""
    advice, key, decided = standing.advice, standing.assessment.id, _decided(standing)
    if decided in HELP:
        return Next(*HELP[decided], key)
    if decided == PILOT:
        return _piloted_again(standing)
    if advice.outcome == "alternative" and advice.alternatives and not decided:
        return Next("try what is simpler.", "What is simpler", ids.SIMPLER, key)
    text = FIRST.get(decided, "say what has changed, once something has.")
    return Next(text, "Change answers", ids.EDIT, key)


def _piloted_again(standing: Standing) -> Next:
    """After a pilot that failed: the one that was begun since, else another."""
    text, button = "mend what failed in the pilot, then start a new one.", "Start a new pilot"
    if standing.pilot_runs:
        text, button = "go on with the new pilot.", "Go to the pilot"
    return Next(text, button, ids.START_PILOT, standing.assessment.id)


def _piloted(pack: Pack, standing: Standing) -> Next:
    """The pilot, begun, gone on with or followed by its rollout."""
    advice, key = standing.advice, standing.assessment.id
    result = (answer := standing.answered.get(PILOT)) and answer.answer.value
    if standing.pilot_runs:
        return Next("go on with the pilot.", "Go to the pilot", ids.START_PILOT, key)
    if advice.outcome == "adopt" and standing.passed_pilot:
        return Next("open the rollout.", "Open the rollout", ids.ROLLOUT, standing.passed_pilot)
    if advice.outcome == "adopt" and result == "passed":
        return Next("widen it, one policy scope at a time.", "Why", ids.WHY, key)
    if result == "passed":
        return _unmet(pack, standing)
    if result == "running":
        bring = "bring the pilot that runs to this channel, so that its figures decide."
        return Next(bring, "Bring it here", ids.START_PILOT, key)
    return _begun(standing, key, closed=result == "closed")


def _begun(standing: Standing, key: str, *, closed: bool) -> Next:
    """The first pilot; after one that was closed its number, by which it still ends, or another."""
    if closed and standing.waiting_pilot and standing.goal:
        return measured_after(standing.goal, standing.waiting_pilot)
    text, button = "start the pilot, with what this card says.", "Start the pilot"
    if closed:
        again = "start a new pilot, and keep it open until its number is measured."
        text, button = again, "Start a new pilot"
    return Next(text, button, ids.START_PILOT, key)


def measured_after(goal: Goal, board: str) -> Next:
    """Of a pilot that was closed before its number showed: that number, by which it still ends."""
    later = goal.stands == "later" and goal.shows_on
    on = f" on {on_day(goal.shows_on)}" if later and goal.shows_on else ""
    text = f"measure the closed pilot's goal{on}: {who_measures(goal)}."
    return Next(text, "Measure the goal", ids.GOAL, board)


def _unmet(pack: Pack, standing: Standing) -> Next:
    """Of what Adopt lacks after a passed pilot, what the card's own line names first."""
    key = standing.assessment.id
    for first in in_order(standing.advice.to_adopt):
        asked = first.question or ""
        if first.how == "answer":
            text = f"answer “{pack.questions[asked].short}”."
            return Next(text, "Answer it", ids.ANSWER_ONE, asked)
        if asked in HELP:
            return Next(*HELP[asked], key)
        if asked:
            what = "wait for" if first.how == "await" else "put in place"
            return Next(f"{what} {first.lacks}.", "Change answers", ids.EDIT, key)
    return Next("say what has changed, once something has.", "Change answers", ids.EDIT, key)
