"""The pilot's plan and budgets: the forms, and what the thread is told."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks import estimate, goal, ids, kit
from bot.blocks.kit import Block
from bot.blocks.steps import Steps, pages_of
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.tables import table
from bot.blocks.words import cut, day, escaped, person, typed
from bot.domain.estimate.model import Estimate
from bot.domain.pack import Pack
from bot.domain.pack.pilot import BudgetLine
from bot.domain.pilot.model import Dossier, PilotService, Plan, Sealed
from bot.domain.words import number, on_day

SENSITIVE = "sensitive"
"""Chosen beside the traits, to mark the service that must not break."""
REASON = "reason"


def aim(pack: Pack, dossier: Dossier, meta: str) -> Payload:
    """First page: one driver, one metric, where it stands and should go, which mesh."""
    plan = dossier.plan
    drivers = [(each.id, each.label) for each in pack.drivers.values()]
    meshes = [(each.id, each.label) for each in pack.meshes.values()]
    metric = kit.text_input(ids.ANSWER, plan.metric or dossier.board.metric, most=500, lines=True)
    unit = kit.text_input(ids.ANSWER, plan.unit, most=40)
    fields = (
        ("driver", "The one reason for a mesh", kit.radio(ids.ANSWER, drivers, plan.driver), ""),
        ("metric", "The one number that shows it worked", metric, ""),
        ("baseline", "Where that number stands today", _decimal(plan.baseline), ""),
        ("target", "Where it should be afterwards", _decimal(plan.target), ""),
        ("unit", "Its unit", unit, "%, ms, minutes, rollbacks a month"),
        ("mesh", "Mesh, and where its proxy runs", kit.select(ids.ANSWER, meshes, plan.mesh), ""),
    )
    more = _moving() if dossier.goal.figures else _later(plan)
    blocks = [*(kit.field(*each) for each in fields), *more]
    return modal(ids.PLAN, "Plan 1 of 2: the aim", blocks, submit="Save and go on", meta=meta)


def _moving() -> list[Block]:
    """Of a goal that was measured: why its numbers change, where they do."""
    why = kit.text_input(ids.ANSWER, most=500, lines=True)
    hint = "The goal was measured already. The reason stays beside what it was."
    label = "If today, aim or unit change: why?"
    return [kit.field(REASON, label, why, hint, optional=True)]


def _later(plan: Plan) -> list[Block]:
    """For a number that shows only after the budgets are measured: when, and who measures it."""
    until = kit.date_picker(ids.ANSWER, plan.shows_on.isoformat() if plan.shows_on else None)
    who = kit.user_select(ids.ANSWER, "Choose", plan.measured_by)
    hint = "Only if the number cannot be measured by the end of the pilot."
    return [
        kit.field("shows_on", "Shows only later: on which day?", until, hint, optional=True),
        kit.field("measured_by", "Who will measure it on that day?", who, optional=True),
    ]


def slice_(pack: Pack, dossier: Dossier) -> Steps:
    """Second page: as many services as the pack allows, with traits and owner, and what may break.

    Services that were planned under a pack that allowed more keep their rows.
    """
    chosen = dossier.plan.services
    rows = [
        _service(pack, at + 1, chosen[at] if at < len(chosen) else None, at >= pack.plan.fewest)
        for at in range(max(pack.plan.most, len(chosen)))
    ]
    answer = dossier.plan.can_live_with_it
    code = None if answer is None else "yes" if answer else "no"
    can_live = kit.radio(ids.ANSWER, (("yes", "Yes"), ("no", "No")), code)
    asked = kit.field("can_live", pack.plan.can_live_with_it, can_live)
    pages = pages_of([*rows, [asked]])
    pages[0].insert(0, kit.context("intro", _missing(dossier, pack)))
    return Steps(ids.SLICE, "Plan 2 of 2: the slice", "Save the plan", pages)


def _service(pack: Pack, at: int, known: PilotService | None, optional: bool) -> list[Block]:
    traits = [*((each.id, each.label) for each in pack.traits.values())]
    traits.append((SENSITIVE, "Our most sensitive service"))
    chosen = [*(known.traits if known else ()), *([SENSITIVE] if known and known.sensitive else [])]
    name = kit.text_input(ids.ANSWER, known.name if known else "", most=80)
    owner = kit.user_select(ids.ANSWER, "Choose", known.owner if known else "")
    endpoints = kit.text_input(
        ids.ANSWER, ", ".join(known.endpoints) if known else "", most=300, empty="/pay, /refund"
    )
    label, all_say = f"Service {at}", "With commas between. Empty: any one will do."
    like = kit.multi_select(ids.ANSWER, traits, chosen)
    return [
        kit.field(f"service_{at}", label, name, optional=optional),
        kit.field(f"traits_{at}", f"{label}: what it is like", like, optional=True),
        kit.field(f"owner_{at}", f"{label}: whom to ask", owner, optional=True),
        kit.field(
            f"endpoints_{at}", f"{label}: endpoints that matter", endpoints, all_say, optional=True
        ),
    ]


def _missing(dossier: Dossier, pack: Pack) -> str:
    """What the slice still lacks; before there is one, what it should show."""
    if not dossier.plan.services:
        traits = ", ".join(_inside(each.label) for each in pack.traits.values())
        return (
            f"{pack.plan.fewest} to {pack.plan.most} services that together show what a mesh will "
            f"meet: {traits}."
        )
    about = {"services", *pack.traits}
    remarks = [escaped(each.text, 300) for each in dossier.remarks if each.about in about]
    return " ".join(remarks) or "The slice shows every trait the pilot should meet."


def _inside(label: str) -> str:
    """A label as it reads within a sentence."""
    return label[:1].lower() + label[1:]


def _decimal(value: float | None) -> kit.Element:
    initial = "" if value is None else typed(value)
    return kit.number_input(ids.ANSWER, initial, least="0", most=None, whole=False)


def planned(pack: Pack, dossier: Dossier, user: str) -> Payload:
    """The plan as it stands, for the thread, with what it still lacks."""
    plan = dossier.plan
    driver = pack.drivers[plan.driver].label if plan.driver else "not chosen"
    mesh = pack.meshes[plan.mesh].label if plan.mesh else "not chosen"
    lines = [
        f"*The plan*, saved by {person(user)}",
        f"*Reason:* {driver}. *Mesh:* {mesh}.",
        *(goal.told(dossier.goal, stays=True) or [f"*Goal:* {escaped(plan.metric, 400)}"]),
        *_due(dossier),
        *(_service_line(pack, each) for each in plan.services),
    ]
    remarks = [
        f"• {'Missing' if each.blocks else 'Mind'}: {escaped(each.text, 400)}"
        for each in dossier.remarks
    ]
    return message(
        kit.section("plan", cut("\n".join(lines), 3000)),
        kit.section("remarks", cut("\n".join(remarks) or "Nothing is missing.", 3000)),
    )


def followed(pack: Pack, dossier: Dossier, user: str) -> Payload:
    """Card and pilot share one driver and one metric: what the plan says since the card changed."""
    plan = dossier.plan
    chosen = pack.drivers.get(plan.driver or "")
    driver = chosen.label if chosen else "not chosen"
    lines = [
        f"*The plan follows the card*, which {person(user)} changed.",
        f"*Reason:* {driver}. *Goal:* {escaped(plan.metric, 600) or 'not written down'}.",
    ]
    if plan.target is None:
        lines.append("Where the number stands today and should be is open again, under Plan.")
    return message(kit.section("followed", "\n".join(lines)))


def _due(dossier: Dossier) -> list[str]:
    if dossier.deadline is None:
        return []
    text = f"*Auditor's date:* {on_day(dossier.deadline)}."
    return [f"{text} The pilot's verdict and the first stage of a rollout have to lie before it."]


def _service_line(pack: Pack, service: PilotService) -> str:
    traits = [_inside(pack.traits[each].label) for each in service.traits if each in pack.traits]
    ask = f" · {person(service.owner)}" if service.owner else ""
    return f"• {escaped(service.name, 100)}: {', '.join(traits) or 'no trait named'}{ask}"


def before_budgets(dossier: Dossier) -> Payload:
    """Nothing can be sealed while the plan is not whole: what it lacks, and the way there."""
    lacks = "\n".join(f"• {escaped(each.text, 400)}" for each in dossier.remarks if each.blocks)
    return message(
        kit.section("first", cut(f"The plan comes before the budgets. It lacks:\n{lacks}", 3000)),
        kit.actions("do", kit.button(ids.PLAN, "Plan", dossier.board.id, style="primary")),
    )


def budgets(pack: Pack, dossier: Dossier, limits: Mapping[str, float]) -> Steps:
    """Every budget with its limit; sealed ones ask why they should change."""
    sealed = dossier.seal
    intro = (
        f"Sealed {day(sealed.at)}, version {sealed.version}. A change is possible and stays on the "
        "record, with who and why."
        if sealed
        else "Agreed before the first run, so that nobody moves them afterwards. Every limit is a "
        "ceiling: at most."
    )
    fields = [_budget(each, limits.get(each.id)) for each in pack.budgets.values()]
    if sealed:
        why = kit.text_input(ids.ANSWER, most=500, lines=True)
        fields.append(kit.field(REASON, "Why do the budgets change?", why))
    first, *others = pages_of([[each] for each in fields])
    head = [kit.context("intro", intro), *_estimated(dossier.estimate)]
    submit = "Amend" if sealed else "Seal"
    return Steps(ids.BUDGETS, "Budgets", submit, [[*head, *first], *others])


def _estimated(worked_out: Estimate | None) -> list[Block]:
    """What was estimated before, beside the budgets that begin with it."""
    if worked_out is None:
        return []
    lines = [estimate.told(each, worked_out.load) for each in worked_out.modes]
    head = (
        "*Your estimate*, before anybody measured. The p95 budget begins with its upper end at p99."
    )
    return [kit.section("estimated", cut("\n".join([head, *lines]), 3000))]


def _budget(line: BudgetLine, limit: float | None) -> Block:
    label = line.label if line.unit == "%" else f"{line.label} ({line.unit})"
    return kit.field(line.id, label, _decimal(limit), line.hint)


def sealed(pack: Pack, done: Sealed) -> Payload:
    """The budgets and their fingerprint, for the thread; an amendment says what moved."""
    seal = done.seal
    lines = [
        f"*Budgets, version {seal.version}:* `{seal.digest}` ({person(seal.by)}, {day(seal.at)})"
    ]
    if seal.reason:
        lines.append(f"*Amended because:* {escaped(seal.reason, 600)}")
    for change in done.changes:
        label = (
            pack.budgets[change.budget].label if change.budget in pack.budgets else change.budget
        )
        looser = " (looser)" if change.looser else ""
        before, after = map(_limit, (change.before, change.after), change.units)
        lines.append(f"• {label}: {before} → {after}{looser}")
    rows = [["Budget", "At most"]]
    for key, term in seal.terms.items():
        label = pack.budgets[key].label if key in pack.budgets else key
        rows.append([label, f"{number(term.limit)} {term.unit}"])
    foot = (
        "The fingerprint is the start of the SHA-256 of these budgets: change one, and it changes."
    )
    return message(
        kit.section("sealed", cut("\n".join(lines), 3000)),
        table("budgets", rows),
        kit.context("foot", foot),
    )


def _limit(value: float | None, unit: str) -> str:
    return "none" if value is None else f"{number(value)} {unit}"
