"""Whether a plan can be piloted: one driver, a number to reach, a slice that is safe and real."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.metric import missing_in, smell
from bot.domain.pack import Pack
from bot.domain.pack.pilot import Trait
from bot.domain.pilot.model import Plan, Remark
from bot.domain.words import shortened
from bot.errors import BadInput, Refused


def one_driver(pack: Pack, chosen: Sequence[str]) -> str:
    """The only driver that was chosen; raises `Refused`, with the reason, for a second one."""
    known = ", ".join(each.label for each in pack.drivers.values())
    different = tuple(dict.fromkeys(chosen))
    if not different:
        raise BadInput(f"Choose the one reason for the mesh: {known}.")
    for each in different:
        if each not in pack.drivers:
            raise BadInput(f"'{shortened(each)}' is no driver. There are: {known}.")
    if len(different) > 1:
        raise Refused(pack.plan.one_driver)
    return different[0]


def missing_traits(pack: Pack, plan: Plan) -> tuple[Trait, ...]:
    """What the slice does not show yet, in the order of the pack; nothing while there is none."""
    if not plan.services:
        return ()
    shown = {trait for service in plan.services for trait in service.traits}
    return tuple(trait for trait in pack.traits.values() if trait.id not in shown)


def plan_remarks(pack: Pack, plan: Plan) -> tuple[Remark, ...]:
    """What keeps the plan from being sealed, and what to mind; in the order of the forms."""
    return (*_aim(pack, plan), *_slice(pack, plan), *_care(pack, plan))


def _aim(pack: Pack, plan: Plan) -> Iterator[Remark]:
    """One driver, and a number that shows it worked."""
    if plan.driver not in pack.drivers:
        yield _must("driver", "Choose the one reason for the mesh.")
    if not plan.metric.strip():
        yield _must("metric", "Write down the one number that will show that it worked.")
    elif missing_in(plan.metric, *aim_of(plan)):
        yield _mind("metric", smell(plan.metric, *aim_of(plan)))
    if plan.baseline is None:
        yield _must("baseline", "Say where the number stands today.")
    if plan.target is None:
        yield _must("target", "Say where the number should be.")
    elif plan.target == plan.baseline:
        yield _must("target", "The target is where the number stands already: nothing would show.")
    if plan.mesh not in pack.meshes:
        yield _must("mesh", "Choose a mesh and where its proxy runs.")


def aim_of(plan: Plan) -> tuple[float | None, float | None, str]:
    """Where the metric stands, where it should be, and in what."""
    return plan.baseline, plan.target, plan.unit


def _slice(pack: Pack, plan: Plan) -> Iterator[Remark]:
    """As many services as the pack asks for, that look like the rest."""
    names, words = [each.name for each in plan.services], pack.plan
    if not words.fewest <= len(names) <= words.most:
        asked = f"{words.fewest} to {words.most} services"
        yield _must("services", f"A slice has {asked}; this one has {len(names)}.")
    for name in dict.fromkeys(each for each in names if names.count(each) > 1):
        yield _must("services", f"{name} is named twice.")
    for trait in missing_traits(pack, plan):
        yield _mind(trait.id, trait.missing)


def _care(pack: Pack, plan: Plan) -> Iterator[Remark]:
    """What happens if it breaks, and whom to ask."""
    if plan.can_live_with_it is None:
        yield _must("can_live_with_it", f"Not answered yet: {pack.plan.can_live_with_it}")
    elif not plan.can_live_with_it:
        yield _must("can_live_with_it", pack.plan.cannot)
    for service in plan.services:
        if service.sensitive:
            yield _mind(service.name, pack.plan.sensitive.format(service=service.name))
        if not service.owner:
            yield _mind(service.name, f"Nobody is named to ask about {service.name}.")


def _must(about: str, text: str) -> Remark:
    return Remark(about=about, text=text, blocks=True)


def _mind(about: str, text: str) -> Remark:
    return Remark(about=about, text=text, blocks=False)
