"""The pilot on the page of a review: goal, budgets, runs and curves, drills, roles, rollout."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.deciders import Names, called, to_measure
from bot.documents.every_run import RunRow, curves, every_run
from bot.documents.page import bullets, safe, table
from bot.documents.pilot_runs import rows, where
from bot.domain.model import Goal
from bot.domain.pack import Pack
from bot.domain.pack.pilot import GOAL
from bot.domain.pilot.model import Dossier, PolicyException, Reported, VerdictRow
from bot.domain.replies import Review
from bot.domain.words import amount


def people_of(dossier: Dossier) -> tuple[str, ...]:
    """Everybody whom this part of the page names, by their ids."""
    seals = [dossier.seal.by] if dossier.seal else []
    having = [who for each in dossier.owners.values() for who in (each.user, each.backup)]
    allowing = [each.approver for each in dossier.exceptions]
    asked = [each.proposed.approver for each in dossier.exceptions if each.proposed]
    measuring = (each.by for each in dossier.verdict.rows)
    every = (*seals, *having, *allowing, *asked, *(each.by for each in dossier.drills), *measuring)
    return tuple(each for each in every if each)


def pilot(pack: Pack, review: Review, names: Names) -> Iterator[str]:
    """Everything of the pilot; one line where there is none."""
    dossier = review.dossier
    if dossier is None:
        yield "<h2>Pilot</h2>\n<p>None was opened.</p>"
        return
    yield "<h2>Pilot</h2>"
    yield bullets(_plan(pack, dossier, review.standing.goal, names))
    yield from _verdict(dossier, names)
    for each in review.runs:
        yield from _runs(each)
    yield from _drills(pack, dossier, names)
    yield from _owners(pack, dossier, names)
    yield from _rollout(pack, dossier, names)


def _plan(pack: Pack, dossier: Dossier, goal: Goal | None, names: Names) -> Iterator[str]:
    plan = dossier.plan
    driver, mesh = pack.drivers.get(plan.driver or ""), pack.meshes.get(plan.mesh or "")
    yield f"Reason: {driver.label if driver else 'not said'}."
    yield f"Goal: {_goal(goal, names) if goal else plan.metric or 'not said'}."
    yield f"Mesh: {mesh.label if mesh else 'not said'}."
    services = ", ".join(each.name for each in plan.services)
    yield f"Services: {services or 'none named'}."
    seal = dossier.seal
    yield (
        f"Budgets sealed, version {seal.version} ({seal.digest}), by {called(seal.by, names)} on "
        f"{seal.at:%-d %b %Y}{f': {seal.reason}' if seal.reason else ''}."
        if seal
        else "No budgets are sealed."
    )


def _goal(goal: Goal, names: Names) -> str:
    today, aim = (f"{amount(each)} {goal.unit}".strip() for each in (goal.today, goal.aim))
    text = f"{goal.metric}, today {today}, aim {aim}"
    if (reached := goal.reached) is None:
        day = f", shows on {goal.shows_on:%-d %b %Y}, " if goal.shows_on else ""
        who = to_measure(goal, lambda user: called(user, names)) if day else ""
        return f"{text}; not measured yet{day}{who}"
    by = f"{reached.known}, by {called(reached.by, names)}, {reached.at:%-d %b %Y}"
    early = f", before {goal.early:%-d %b %Y}, when it was to show" if goal.early else ""
    return f"{text}; {goal.stands}: {amount(reached.value)} ({by}){early}"


def _verdict(dossier: Dossier, names: Names) -> Iterator[str]:
    verdict = dossier.verdict
    yield f"<h3>Verdict: {safe(verdict.title)}</h3>\n<p>{safe(verdict.because)}</p>"
    yield table(
        ("Budget", "Where", "Agreed", "Measured", "Result"),
        (
            (
                each.label,
                " ".join(part for part in (each.service, each.endpoint) if part),
                f"{amount(each.budgeted)} {each.unit}",
                _found(each),
                _result(each, names),
            )
            for each in verdict.rows
        ),
    )
    if verdict.caveats:
        yield bullets(verdict.caveats)


def _result(row: VerdictRow, names: Names) -> str:
    """The result; of the goal also what it was, how known, by whom and when."""
    notes = {", one run a side": row.single, ", not measured finely enough": row.too_coarse}
    result = row.result + "".join(note for note, holds in notes.items() if holds)
    if row.budget != GOAL:
        return result
    before, user, after = row.sentence
    return f"{result}. {before}{called(user, names) if user else ''}{after}"


def _found(row: VerdictRow) -> str:
    about = "≈ " if row.rough else ""
    return "-" if row.measured is None else f"{about}{amount(row.measured)} {row.unit}"


def _runs(reported: Reported) -> Iterator[str]:
    comparison = reported.comparison
    runs: tuple[RunRow, ...] = rows(reported)
    yield f"<h3>Runs of {safe(where(reported))}</h3>"
    yield f"<p>{safe(comparison.verdict[:1].upper() + comparison.verdict[1:])}.</p>"
    aside = [
        f"Compared in spite of it: {e.refusal.text} ({e.because})" for e in comparison.overridden
    ]
    if lines := [*(f"Refused: {each.text}" for each in comparison.refusals), *aside]:
        yield bullets(lines)
    for part in (*curves(runs, alike=comparison.comparable), *every_run(runs)):
        yield part.replace("h2>", "h4>")


def _drills(pack: Pack, dossier: Dossier, names: Names) -> Iterator[str]:
    if not dossier.drills:
        return
    yield "<h3>Drills</h3>"
    yield table(
        ("Drill", "Mesh", "Expected", "Seen", "As expected", "Minutes", "Who, when"),
        (
            (
                pack.drills[each.drill].title if each.drill in pack.drills else each.drill,
                "with" if each.side == "mesh" else "without",
                each.expected,
                each.seen,
                "yes" if each.as_expected else "no",
                amount(each.minutes),
                f"{called(each.by, names)}, {each.at:%Y-%m-%d}",
            )
            for each in dossier.drills
        ),
    )


def _owners(pack: Pack, dossier: Dossier, names: Names) -> Iterator[str]:
    yield "<h3>Owners</h3>"
    rows_ = []
    for key, role in pack.roles.items():
        owner = dossier.owners.get(key)
        text = "yes" if owner and owner.accepted else "no"
        named = called(owner.user, names) if owner and owner.user else "nobody"
        backup = called(owner.backup, names) if owner and owner.backup else "-"
        rows_.append((role.title, named, backup, text))
    yield table(("Role", "Who", "Stands in", "Accepted"), rows_)


def _rollout(pack: Pack, dossier: Dossier, names: Names) -> Iterator[str]:
    state = dossier.rollout
    stage = pack.stages.get(state.stage) if state and state.stage else None
    yield "<h3>Rollout</h3>"
    yield f"<p>{safe(f'Stage: {stage.title}.' if stage else 'It has not begun.')}</p>"
    open_ones = [each for each in dossier.exceptions if not each.closed]
    if open_ones:
        yield table(
            ("Exception", "Why", "Allowed by", "Ends on"),
            ((e.service, e.reason, _allowed(e, names), f"{e.ends_on:%Y-%m-%d}") for e in open_ones),
        )


def _allowed(exception: PolicyException, names: Names) -> str:
    """What its approver has said, and nothing that they have not."""
    approver = called(exception.approver, names)
    if exception.approval == "asked":
        return f"nobody yet; {approver} was asked and has not answered"
    if (new := exception.proposed) is None:
        return f"approved by {approver}"
    asked = (
        f"{called(new.approver, names)} was asked for {new.ends_on:%Y-%m-%d} and has not answered"
    )
    return f"approved by {approver}; {asked}"
