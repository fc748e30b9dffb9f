"""What a pack says about pilots that fits its models and still cannot work."""

from __future__ import annotations

from collections.abc import Iterator
from string import Template

from bot.domain.pack import Pack
from bot.domain.pack.pilot import GOAL, BudgetLine, Recipe, VerdictRule
from bot.domain.pack.vocabulary import RECIPE_BLANKS
from bot.knowledge.marks import Fault, Map, Path, locate, meant

Found = Iterator[tuple[Path, str]]


def pilot_faults(pack: Pack, tree: Map) -> Iterator[Fault]:
    """Budgets that nothing could measure, recipes nobody could fill in, a slice of no size."""
    faults = [*_slice(pack), *_tolerances(pack)]
    faults += [fault for each in pack.budgets.values() for fault in _budget(each)]
    faults += [fault for each in pack.recipes.values() for fault in _recipe(each)]
    faults += [fault for each in pack.verdicts.values() for fault in _rolls_on(each)]
    faults += [(("budgets", GOAL), "is the name of the goal's own row")] * (GOAL in pack.budgets)
    for path, words in faults:
        yield Fault(locate(tree, path), path, words)


def _slice(pack: Pack) -> Found:
    if not 1 <= pack.plan.fewest <= pack.plan.most:
        yield ("plan", "most"), f"is {pack.plan.most}, below fewest, {pack.plan.fewest}, or below 1"


def _tolerances(pack: Pack) -> Found:
    """Two runs never ask, reach and last exactly the same."""
    for name in ("rate", "duration"):
        if getattr(pack.tolerances, name).percent == 0:
            yield ("tolerances", name, "percent"), "is 0, and no two runs are that alike"


def _rolls_on(rule: VerdictRule) -> Found:
    """Nothing rolls on before its goal is reached."""
    if rule.whole == "roll_on" and rule.when.tests.get("goal_reached") is not True:
        yield ("verdicts", rule.id, "when"), "rolls on without 'goal_reached: true'"


def _budget(line: BudgetLine) -> Found:
    here = ("budgets", line.id)
    if line.metric == "minutes" and line.drill is None:
        yield here, "lacks 'drill': minutes come from a drill"
    elif line.metric != "minutes" and line.drill is not None:
        yield (*here, "drill"), f"gives minutes, and the budget is on {line.metric}"
    if line.noise and line.change != "percent":
        yield (*here, "noise"), f"is for percentages, and the budget is {line.change}"
    if line.change == "value" and line.limit < 0:
        yield (*here, "limit"), f"is {line.limit:g}, which no figure is below"
    elif line.change == "percent" and line.limit <= -100:
        yield (*here, "limit"), f"is {line.limit:g} %, which would take away all there is"


def _recipe(recipe: Recipe) -> Found:
    here, template = ("recipes", recipe.id, "template"), Template(recipe.template)
    if not template.is_valid():
        yield here, "has a $ that opens no place: write ${service}, or $$ for the sign itself"
        return
    for name in template.get_identifiers():
        if name not in RECIPE_BLANKS:
            yield here, f"leaves ${{{name}}} open, which nobody can fill in{_near(name)}"


def _near(name: str) -> str:
    return meant(name, RECIPE_BLANKS) or f": there are {', '.join(RECIPE_BLANKS)}"
