"""The pilot's screens at their largest: checklist, plan, budgets, runs, drills, owners, rollout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from bot.blocks import (
    drills,
    goal,
    measure,
    pilot,
    pilot_end,
    plan,
    recipes,
    roles,
    rollout,
    saved,
    sent,
    verdict,
)
from bot.blocks.carried import PilotMeta
from bot.blocks.surfaces import Payload, without_native
from bot.domain.model import Goal, Reached
from bot.domain.pack.pilot import GOAL as GOAL_ROW
from bot.domain.pilot.model import (
    CallersSeen,
    Clock,
    Compared,
    Dossier,
    DrillResult,
    Filled,
    KeptFile,
    LineTick,
    OpenLine,
    Owner,
    PilotService,
    Plan,
    PolicyException,
    Proposed,
    Remark,
    Renewal,
    Result,
    RolloutState,
    Saving,
    Seal,
    Sealed,
    StageLine,
    Term,
    TermChange,
    ToChoose,
    Verdict,
    VerdictRow,
)
from bot.domain.pilot.recipes import FORMS
from bot.domain.runs.model import Latency, Resources, Run, Series, Usage
from bot.domain.team import PilotBoard, Tick
from tests.blocks.nominations_gallery import DECLINED
from tests.blocks.stepped import every_step
from tests.blocks.widest import AT, CHANNEL, ID, PACK, PERSON, standing, wide

Screens = Iterator[tuple[str, Payload]]

META = "m" * 3000
ABOUT = PilotMeta(channel="C" * 255, pilot=ID, written=10**12)
LINK = "https://harbour.slack.com/archives/" + "p" * 2000
LAST_DAY = date(2026, 11, 22)

BOARD = PilotBoard(
    id=ID,
    workspace="E:T",
    channel=CHANNEL,
    started_by=PERSON,
    metric="&" * 500,
    metric_by=PERSON,
    smell=wide(400),
    ticks={each: Tick(step=each, who=PERSON, at=AT) for each in PACK.steps},
)
PLAN = Plan(
    driver=next(iter(PACK.drivers)),
    metric="&" * 500,
    baseline=1234567.125,
    target=0.5,
    unit="&" * 40,
    mesh=next(iter(PACK.meshes)),
    services=tuple(
        PilotService(
            name=f"{at:02}" + "&" * 78,
            traits=tuple(PACK.traits),
            owner=PERSON,
            endpoints=tuple(f"/{'e' * 50}{n}" for n in range(5)),
            sensitive=True,
        )
        for at in range(PACK.plan.most)
    ),
    can_live_with_it=True,
)
REMARKS = tuple(Remark(about=each, text=wide(300), blocks=True) for each in PACK.traits) * 5
TERMS = {key: Term.of(each, 1234567.125) for key, each in PACK.budgets.items()}
SEAL = Seal(version=99, digest="0123456789ab", at=AT, by=PERSON, reason="&" * 500, terms=TERMS)
ROWS = tuple(
    VerdictRow(
        budget=budget.id,
        label=budget.label,
        service="&" * 80,
        endpoint=f"{at}" + "&" * 119,
        unit=budget.unit,
        budgeted=1234567.125,
        measured=7654321.125,
        baseline=1.5 + at,
        mesh=2.5 + at,
        side_unit="ms",
        result=result,
        why=wide(300),
        single=True,
        ask=(PERSON,) * 3,
        supplied_by=wide(120),
    )
    for at in range(5)
    for result in get_args(Result)
    for budget in PACK.budgets.values()
)
FOUND_ROW = ROWS[0].model_copy(
    update={"budget": GOAL_ROW, "by": PERSON, "rest": f" on 28 November 2026{', before it' * 4}"}
)
VERDICT = Verdict(
    rows=(FOUND_ROW, *ROWS),
    whole="roll_on",
    rule=next(iter(PACK.verdicts)),
    title=wide(120),
    because=wide(300),
    action=wide(300),
    source=next(iter(PACK.sources)),
    version=99,
    digest="0123456789ab",
    caveats=tuple(wide(600) for _ in range(20)),
)
CALLERS = CallersSeen(
    how="json",
    target="<" * 200,
    workloads=tuple(f"{at}{'&' * 190}" for at in range(500)),
    anybody=True,
    shut_out=1000,
    not_judged=1000,
    digest="0" * 64,
)
DRILLED = tuple(
    DrillResult(
        drill=drill,
        side=side,
        expected="&" * 1000,
        seen="<" * 2000,
        as_expected=False,
        minutes=12345.678,
        proof=">" * 2000,
        callers=CALLERS,
        by=PERSON,
        at=AT,
    )
    for drill in PACK.drills
    for side in ("baseline", "mesh", "mesh")
)
TICKED = frozenset(
    f"{key}.{line}" for key, stage in PACK.stages.items() for line in (*stage.enter, *stage.leave)
)
STATE = RolloutState(
    mesh=next(iter(PACK.meshes)),
    stage=list(PACK.stages)[1],
    ticked=TICKED,
    ticked_by=dict.fromkeys(TICKED, LineTick(who=PERSON, at=AT)),
)
EXCEPTIONS = tuple(
    PolicyException(
        id=f"{ID}{at}",
        service="&" * 80,
        reason="<" * 500,
        approver=PERSON,
        ends_on=LAST_DAY,
        approval="asked" if at % 2 else "approved",
        proposed=None
        if at % 2
        else Proposed(reason="<" * 500, approver=PERSON, ends_on=LAST_DAY, by=PERSON, at=AT),
        renewals=(Renewal(by=PERSON, at=AT, before=LAST_DAY),) * 99,
    )
    for at in range(30)
)
FOUND = Reached(
    value=1234567.125, known="measured", where="<" * 500, reason="&" * 500, by=PERSON, at=AT
)
GOAL = Goal(
    metric=PLAN.metric,
    today=1234567.125,
    aim=0.5,
    unit=PLAN.unit,
    shows_on=LAST_DAY,
    measured_by=PERSON,
    figures=(FOUND,) * 9,
    earlier=(FOUND.model_copy(update={"metric": "&" * 500, "unit": "<" * 40, "missed": True}),) * 9,
    stands="missed",
)
DOSSIER = Dossier(
    board=BOARD,
    goal=GOAL,
    plan=PLAN,
    remarks=REMARKS,
    broken=("&" * 300,) * 9,
    seals=(SEAL,),
    drills=DRILLED,
    clock=Clock(drill=next(iter(PACK.drills)), by=PERSON, at=AT),
    owners={each: Owner(user=PERSON, backup=PERSON, before=PERSON) for each in PACK.roles},
    owner_remarks=REMARKS,
    exceptions=EXCEPTIONS,
    declined=tuple(each.model_copy(update={"part": f"{ID}1"}) for each in DECLINED),
    rollout=STATE,
    verdict=VERDICT,
)
EMPTY = Dossier(
    team=standing(),
    board=BOARD.model_copy(update={"ticks": {}, "metric": "", "metric_by": None}),
    plan=Plan(),
    goal=Goal(metric=""),
    verdict=VERDICT.model_copy(
        update={"rows": (), "whole": "measure_more", "version": None, "digest": None, "caveats": ()}
    ),
)


ENDED = {"result": "passed", "closed_at": AT, "closed_by": PERSON}
CLOSED = DOSSIER.model_copy(update={"board": BOARD.model_copy(update=ENDED)})
OPEN_END = BOARD.model_copy(update={**ENDED, "result": "open"})
UNTIL = {"figures": (), "earlier": (), "stands": "later", "measurer": "asked"}
WAITING = GOAL.model_copy(update={**UNTIL, "measurer_before": PERSON})
WAITS_ON = DOSSIER.model_copy(update={"board": OPEN_END, "goal": WAITING})
AFTER = GOAL.model_copy(update={"figures": (FOUND.model_copy(update={"afterwards": True}),) * 9})
AFTERWARDS = CLOSED.model_copy(update={"goal": AFTER})
BARELY = EMPTY.model_copy(update={"board": EMPTY.board.model_copy(update={"result": "failed"})})


def pilot_gallery() -> Screens:
    """(name of the drawing function, what it drew)."""
    yield from _checklist()
    yield from _plan()
    yield from _measured()
    yield from _judged()
    yield from _rolled_out()


def _checklist() -> Screens:
    for dossier in (DOSSIER, EMPTY, CLOSED, BARELY, WAITS_ON, AFTERWARDS):
        yield "pilot.checklist", pilot.checklist(PACK, dossier)
    for step in PACK.steps:
        yield "pilot.explanation", pilot.explanation(PACK, step)
    yield "pilot.metric", pilot.metric(PACK, BOARD, META)
    for dossier in (CLOSED, BARELY, WAITS_ON, AFTERWARDS):
        yield "pilot_end.over", pilot_end.over(dossier)
    for dossier in (None, EMPTY):
        yield "measure.plan_first", measure.plan_first(dossier)
    drill = next(iter(PACK.drills.values())).model_copy(update={"lasts": 1440})
    yield "drills.started", drills.started(drill, Clock(drill=drill.id, by=PERSON, at=AT))
    yield "drills.stopped", drills.stopped(drill, PERSON)
    yield "pilot.stands_here", pilot.stands_here(LINK)


def _plan() -> Screens:
    limits = {key: term.limit for key, term in TERMS.items()}
    for dossier in (DOSSIER, EMPTY):
        yield "plan.aim", plan.aim(PACK, dossier, META)
        yield from every_step(plan.slice_(PACK, dossier), ABOUT)
        yield "plan.planned", plan.planned(PACK, dossier, PERSON)
        yield "plan.before_budgets", plan.before_budgets(dossier)
        yield "plan.followed", plan.followed(PACK, dossier, PERSON)
        yield "plan.before_budgets", plan.before_budgets(dossier)
        yield from every_step(plan.budgets(PACK, dossier, limits), ABOUT)
        yield from every_step(roles.form(PACK, dossier), ABOUT)
        yield "roles.named", roles.named(PACK, dossier, at="1.2")
        gone = {role: Owner(user=PERSON, accepted=True) for role in PACK.roles}
        yield "roles.named", roles.named(PACK, dossier, gone, PERSON)
    moved = tuple(
        TermChange(budget=key, before=None, after=1234567.125, units=("", term.unit), looser=True)
        for key, term in TERMS.items()
    )
    done = Sealed(dossier=DOSSIER, seal=SEAL, changes=moved)
    yield "plan.sealed", plan.sealed(PACK, done)
    yield "roles.checklist", roles.checklist(PACK)


def _measuring() -> Screens:
    for dossier in (DOSSIER, EMPTY):
        for how in measure.HOW_CHOICES:
            for where in (("", "&" * 120), ("&" * 80, "&" * 120)):
                yield from every_step(measure.form(dossier, how, where), ABOUT)


def _measured() -> Screens:
    run = Run(
        format="fortio",
        tool="Fortio",
        rps=123456.789,
        error_rate=0.123456,
        latency_ms=Latency(p50=1, p90=2, p99=4, max=5, mean=1.5, p95_range=(2.5, 3.5)),
        notes=("&" * 500,) * 9,
    )
    used = Resources(
        format="top",
        tool="kubectl top",
        usages=tuple(
            Usage(name="&" * 200, kind="node", cpu_cores=1.5, memory_bytes=2**30) for _ in range(99)
        ),
        series=(Series(labels={}, points=((0.0, 1.0),)),),
    )
    later = GOAL.model_copy(update={"figures": (), "stands": "later"})
    waits = DOSSIER.model_copy(update={"goal": later})
    for dossier in (DOSSIER, EMPTY, waits, AFTERWARDS):
        yield "goal.request", goal.request(dossier, PERSON)
        yield "goal.form", goal.form(dossier, META)
        yield "goal.measured", goal.measured(dossier)
        yield "goal.moved", goal.moved(dossier, PERSON)
    yield from _measuring()
    told = Saving(lines=("&" * 300,) * 12, by=PERSON, origin="typed", reason="<" * 500)
    yield "saved.typed", saved.typed(told)
    yield "saved.saved", saved.saved(DOSSIER, told)
    yield "saved.rest", saved.rest(told)
    yield "measure.reading", measure.reading()
    yield "measure.unread", measure.unread("<" * 5000)
    for refusals in ((), tuple((f"r{at}", "&" * 600) for at in range(9))):
        compared = Compared(
            dossier=DOSSIER,
            what="runs",
            service="&" * 80,
            endpoint="&" * 120,
            baseline=10,
            mesh=10,
            refusals=refusals,
            lines=("&" * 600,) * 30,
        )
        yield "measure.found", measure.found(compared, META)
    of_nodes = compared.model_copy(update={"what": "readings", "refusals": ()})
    yield "measure.found", measure.found(of_nodes, META)
    yield "sent.offer", sent.offer("&" * 255, (run,), ID)
    yield "sent.usage", sent.usage("&" * 255, used)
    yield "sent.offer", sent.offer("&" * 255, (run,) * 40, ID)
    several = [
        DOSSIER.model_copy(update={"board": BOARD.model_copy(update={"id": f"{at}"})})
        for at in range(30)
    ]
    for pilots in (several[:1], several):
        for choices in (True, False):
            file = KeptFile(id=ID, name="&" * 255, runs=(run,) * 50, choices=choices)
            yield "sent.use", sent.use(pilots, file, META)
    alone = file.model_copy(update={"runs": (run,)})
    yield "sent.use", sent.use(several, alone, META)
    asked = file.model_copy(update={"choices": True})
    yield from every_step(sent.choose(ToChoose(files=(("mesh", asked),) * 10)), ABOUT)
    beside = ToChoose(files=(("mesh", asked), ("baseline", alone)))
    yield from every_step(sent.choose(beside), ABOUT)
    yield "measure.reported", measure.reported()
    for dossier in (DOSSIER, EMPTY, CLOSED):
        yield "drills.cards", drills.cards(PACK, dossier)
    yield "drills.recorded", drills.recorded(PACK, DRILLED[0])
    yield "drills.done", drills.done(PACK, DRILLED[0])
    for drill in PACK.drills.values():
        yield "drills.form", drills.form(drill, 1234567.125, META)


def _judged() -> Screens:
    for dossier in (DOSSIER, EMPTY, CLOSED):
        yield "verdict.private", verdict.private(PACK, dossier)
        yield "verdict.posted", verdict.posted(PACK, dossier, PERSON)
        yield "verdict.posted", without_native(verdict.posted(PACK, dossier, PERSON))
    yield "verdict.closed", verdict.closed(CLOSED, PERSON)


def _rolled_out() -> Screens:
    open_lines = [
        OpenLine(StageLine(key, name), line)
        for key, stage in PACK.stages.items()
        for name, line in {**stage.enter, **stage.leave}.items()
    ]
    yield "rollout.card", rollout.card(PACK, CLOSED, open_lines, AT.date())
    yield "rollout.exception", rollout.exception(META)
    yield "rollout.renewal", rollout.renewal(EXCEPTIONS[0], META)
    yield "recipes.recipes", recipes.recipes(PACK, None)
    yield "recipes.recipes", recipes.recipes(PACK, "linkerd")
    for recipe in PACK.recipes:
        yield (
            "recipes.blanks",
            recipes.blanks(PACK, recipe, list(FORMS), META),
        )
    filled = Filled(
        id="x",
        title=wide(150),
        language="promql",
        text="&" * 2400,
        note=wide(300),
        source=next(iter(PACK.sources)),
    )
    yield "recipes.filled", recipes.filled(PACK, filled)
