"""What a mesh may cost here before anybody measures: counted once, remembered for the channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import ValidationError

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.advisor.meanwhile import mark
from bot.domain.estimate import estimate
from bot.domain.estimate.fitting import MoreThanTheNodesHave
from bot.domain.estimate.model import Estimate, Load, Price
from bot.domain.evidence.model import KeptLook
from bot.domain.team import Caller
from bot.errors import BadAnswers, Meanwhile, Stale
from bot.store import assessments, estimates, evidence, owed

LOOKED = ("services", "pods", "nodes", "node_vcpu")
"""Of the load what a look counts, by the same names."""


class Estimating:
    """The load of a channel, and what follows from it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def begin(self, caller: Caller) -> tuple[Mapping[str, float], str]:
        """What is known already: the last load, else the card's services and a look's counts.

        With a mark of that load.
        """
        with self.desk.store.reading() as db:
            load = estimates.of_channel(db, caller.workspace, caller.channel)
            if load is not None:
                known = load.model_dump(exclude_none=True)
                return {**known, **known.pop("price", {})}, mark(load)
            team = assessments.open_of(db, caller)
            answers = self.desk.standing(db, team).answers if team else {}
        services = answers.get("services")
        counted = services and isinstance(services.value, int | float)
        own = {"services": float(str(services.value))} if services and counted else {}
        return {**self.counted(caller)[1], **own}, mark(None)

    def counted(self, caller: Caller) -> tuple[date | None, Mapping[str, float]]:
        """What the newest look counted of the load, and the day of it."""
        with self.desk.store.reading() as db:
            looks = [each for each in evidence.in_use(db, caller) if isinstance(each, KeptLook)]
        if not looks or looks[0].look.cut:
            return None, {}
        look = looks[0].look
        figures = {name: getattr(look.offered, name) for name in LOOKED}
        return look.seen, {name: float(many) for name, many in figures.items() if many}

    def estimate(
        self, caller: Caller, typed: Mapping[str, float | None], modes: Sequence[str], seen: str
    ) -> Estimate:
        """Estimate, and remember the load. Raises `BadAnswers` (field → sentence).

        What the form did not ask stays as it was. Raises `Stale` where somebody else counted
        otherwise after the form was opened.
        """
        load = _load(self._with_the_rest(caller, typed))
        try:
            worked_out = estimate(self.desk.pack, load, modes)
        except MoreThanTheNodesHave as fault:
            beside = "rps_per_edge" if "rps_per_edge" in typed else "node_vcpu"
            raise BadAnswers({beside: str(fault)}) from None
        with self.desk.store.writing(caller) as db:
            here = caller.workspace, caller.channel
            now, by = estimates.of_channel(db, *here), estimates.counted_by(db, *here)
            if mark(now) != seen and now != load and by != caller.user:
                raise Stale([Meanwhile("what would be meshed", by)])
            estimates.keep(db, caller, load, self.desk.clock())
            team = assessments.open_of(db, caller)
            if team is not None and team.card_ts:
                owing.card(db, caller, team.id)
        return worked_out

    def _with_the_rest(self, caller: Caller, typed: Mapping[str, float | None]) -> dict[str, float]:
        """What was typed, with what was counted before of all that this form did not ask."""
        with self.desk.store.reading() as db:
            load = estimates.of_channel(db, caller.workspace, caller.channel)
        before = load.model_dump(exclude_none=True) if load else {}
        known = {**before, **before.pop("price", {}), **typed}
        return {name: each for name, each in known.items() if each is not None}

    def post(self, caller: Caller, modes: Sequence[str]) -> None:
        """Say for everyone in the channel what was estimated last; nothing where nothing was."""
        with self.desk.store.writing(caller) as db:
            if estimates.of_channel(db, caller.workspace, caller.channel) is not None:
                owed.say(db, caller, "estimate", {"modes": list(modes)})

    def again(self, caller: Caller, modes: Sequence[str]) -> Estimate | None:
        """The channel's estimate from what was counted last."""
        with self.desk.store.reading() as db:
            load = estimates.of_channel(db, caller.workspace, caller.channel)
        return estimate(self.desk.pack, load, modes) if load else None


def _load(counted: Mapping[str, float]) -> Load:
    known = dict(counted)
    prices = {name: known.pop(name) for name in Price.model_fields if name in known}
    if len(prices) == 1:
        missing = next(iter(Price.model_fields.keys() - prices.keys()))
        raise BadAnswers({missing: "A price needs both: a vCPU-hour and a GiB-hour."})
    try:
        price = Price.model_validate(prices) if prices else None
        return Load.model_validate({**known, "price": price})
    except ValidationError as error:
        faults = {str(e["loc"][-1]): f"{e['msg']}." for e in error.errors(include_url=False)}
        raise BadAnswers(faults) from None
