"""Every sealed budget at every place: what was measured there, or who could supply it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.pack import Pack
from bot.domain.pack.pilot import PER_NODE, SIDE_UNITS
from bot.domain.pilot.judging import judge
from bot.domain.pilot.model import (
    DrillResult,
    Measurement,
    PilotEvidence,
    Plan,
    Result,
    Term,
    Terms,
    VerdictRow,
    Where,
)
from bot.domain.pilot.rough import judge_figure


def rows_of(
    pack: Pack, plan: Plan, terms: Terms, evidence: PilotEvidence
) -> tuple[VerdictRow, ...]:
    """At least one row for every budget, in the order of the seal."""
    return tuple(
        row for name, term in terms.items() for row in _budget(pack, plan, evidence, name, term)
    )


def _budget(
    pack: Pack, plan: Plan, evidence: PilotEvidence, name: str, term: Term
) -> Iterator[VerdictRow]:
    blank = _blank(pack, name, term)
    if term.metric == "minutes":
        known = pack.drills.get(term.drill or "")
        yield _drilled(evidence, blank, term, known.proof if known else None)
        return
    figures = evidence.figures.get(term.metric, {})
    lacking = [] if term.metric in PER_NODE else list(_unmeasured(pack, plan, figures))
    yield from (_measured(blank, term, each) for each in figures.values())
    yield from (_missing(blank, plan, where) for where in lacking)
    if not figures and not lacking:
        yield _missing(blank, plan, ("", ""))


def _blank(pack: Pack, name: str, term: Term) -> VerdictRow:
    """What all rows of one budget share."""
    line = pack.budgets.get(name)
    return VerdictRow(
        budget=name,
        label=line.label if line else name,
        unit=term.unit,
        budgeted=term.limit,
        measured=None,
        baseline=None,
        mesh=None,
        side_unit=SIDE_UNITS[term.metric],
        result="missing",
        why="",
        supplied_by=line.supplied_by if line else "",
    )


def _unmeasured(pack: Pack, plan: Plan, figures: Mapping[Where, Measurement]) -> Iterator[Where]:
    """Endpoints that the plan names and nobody measured; any one will do where it names none."""
    for service in plan.services:
        measured = {endpoint for name, endpoint in figures if name == service.name}
        yield from ((service.name, each) for each in service.endpoints if each not in measured)
        serves = all(pack.traits[each].serves for each in service.traits if each in pack.traits)
        if serves and not service.endpoints and not measured:
            yield service.name, ""


def _missing(blank: VerdictRow, plan: Plan, where: Where) -> VerdictRow:
    service = plan.service(where[0])
    asked = (service.owner,) if service and service.owner else ()
    return _at(blank, where, why="Not measured yet.", ask=asked)


def _measured(blank: VerdictRow, term: Term, measurement: Measurement) -> VerdictRow:
    judged = judge_figure(term, measurement)
    return _at(blank, (measurement.service, measurement.endpoint), **judged._asdict())


def _at(blank: VerdictRow, where: Where, **more: object) -> VerdictRow:
    return blank.model_copy(update={"service": where[0], "endpoint": where[1], **more})


def _drilled(
    evidence: PilotEvidence, blank: VerdictRow, term: Term, asks: str | None
) -> VerdictRow:
    """The minutes of a drill, with the mesh and, where the budget is on what it adds, without."""
    drill, nowhere = term.drill or "", ("", "")
    without = evidence.drills.get((drill, "baseline"))
    done = evidence.drills.get((drill, "mesh"))
    trouble = _trouble(term, without, done) or _unproven(asks, done)
    if trouble:
        result, why = trouble
        return _at(blank, nowhere, mesh=done and done.minutes, result=result, why=why)
    judged = judge(term, _minutes(without), _minutes(done))
    return _at(blank, nowhere, **{**judged._asdict(), "single": False})


def drill_broken(terms: Terms, drills: Sequence[DrillResult], drill: str) -> bool:
    """Whether the newest runs of a drill break a budget."""
    runs = PilotEvidence.of((), drills).drills
    without, done = runs.get((drill, "baseline")), runs.get((drill, "mesh"))
    return any(
        (
            trouble[0]
            if (trouble := _trouble(term, without, done))
            else judge(term, _minutes(without), _minutes(done)).result
        )
        == "fail"
        for term in terms.values()
        if term.metric == "minutes" and term.drill == drill
    )


def _trouble(
    term: Term, without: DrillResult | None, done: DrillResult | None
) -> tuple[Result, str] | None:
    """Why the minutes alone do not tell. What nobody expected breaks a budget, however quick."""
    if done is None:
        return "missing", "The drill was not done with the mesh yet."
    if not done.as_expected or done.minutes is None:
        ended = "With the mesh the drill did not come to its end."
        return "fail", ended if done.as_expected else f"Not as expected. {done.seen}".strip()
    if term.change == "value":
        return None
    if without is None:
        return "missing", "The drill was not done without the mesh yet."
    if without.minutes is None:
        return "inconclusive", "Without the mesh the drill did not come to its end."
    return None


def _unproven(asks: str | None, done: DrillResult | None) -> tuple[Result, str] | None:
    """A drill that asks for a proof is not done without one, however quick it was."""
    if not asks or (done and (done.proof.strip() or done.callers)):
        return None
    return "missing", f"The proof is missing. {asks}"


def _minutes(result: DrillResult | None) -> tuple[float, ...]:
    return () if result is None or result.minutes is None else (result.minutes,)
