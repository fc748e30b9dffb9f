"""The rollout by policy scope: stages, what is ticked, exceptions that run out; and recipes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from secrets import token_hex

from bot.advisor.dossiers import Dossiers
from bot.advisor.meanwhile import excepted, refuse, saved_since
from bot.domain.pack.pilot import Recipe
from bot.domain.pack.rollout import Line, SelfKnown
from bot.domain.pilot.exceptions import answered, asked_for, proposal, renewed
from bot.domain.pilot.model import Dossier, Filled, PolicyException, RolloutState
from bot.domain.pilot.ownership import platform_owner
from bot.domain.pilot.recipes import blanks_in, fill
from bot.domain.pilot.rollout import (
    backwards,
    expired,
    may_advance,
    next_stage,
    onwards,
    open_lines,
    runs,
    unapproved,
)
from bot.domain.replies import Opened
from bot.domain.team import Caller
from bot.domain.words import on_day
from bot.errors import BadAnswers, Refused
from bot.store import Database, owed, pilot_log, pilots

Agreed = tuple[str, str, date]
"""What an exception rests on: the reason, who approved it, the day on which it ends."""


class Rolling:
    """One stage at a time, and never past an exception that has run out."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk
        self._card: str | None = None

    def on(self, card: str) -> Rolling:
        """The same; each change draws the card anew that this message is."""
        (there := Rolling(self.dossiers))._card = card
        return there

    def today(self) -> date:
        """The present day, in UTC."""
        return self.desk.clock().date()

    def here(self, caller: Caller) -> Dossier:
        """The rollout that runs in the channel; where none does, that of its pilot is opened."""
        with self.desk.store.writing() as db:
            for board in pilots.rolled_out(db, caller):
                dossier = self.dossiers.read(db, caller, board)
                if runs(self.desk.pack, self._known(dossier)):
                    return self._opened(db, caller, dossier)
            return self._begin(db, caller, self.dossiers.of_team(db, caller))

    def begin(self, caller: Caller, pilot: str) -> Dossier:
        """The rollout of this pilot, opened where it is not yet."""
        with self.desk.store.writing() as db:
            return self._begin(db, caller, self.dossiers.read(db, caller, pilot))

    def _begin(self, db: Database, caller: Caller, dossier: Dossier) -> Dossier:
        """Open the rollout of the mesh that the pilot's plan names."""
        if dossier.rollout is None and dossier.plan.mesh is None:
            raise Refused("The pilot's plan names no mesh yet. Choose one under Plan first.")
        self._opened(db, caller, dossier)
        return self._keep(db, caller, dossier, self._known(dossier))

    def _opened(self, db: Database, caller: Caller, dossier: Dossier) -> Dossier:
        owed.say(db, caller, "rollout_opened", {"pilot": dossier.board.id})
        return dossier

    def _shows(self, db: Database, caller: Caller, pilot: str) -> None:
        if self._card is not None:
            owed.redraw(db, caller, "rollout", f"{pilot}@{self._card}")

    def tick(self, caller: Caller, pilot: str, line: str, *, done: bool) -> Dossier:
        """Tick a line (`stage.line`), or take the tick back."""
        stage, _, name = line.partition(".")
        known = self.desk.pack.stages.get(stage)
        if known is None or name not in {**known.enter, **known.leave}:
            raise Refused("That line is no longer in the rollout's list.")
        with self.desk.store.writing() as db:
            dossier = self.dossiers.read(db, caller, pilot)
            state = self._known(dossier)
            ticked = state.ticked | {line} if done else state.ticked - {line}
            return self._keep(db, caller, dossier, state.model_copy(update={"ticked": ticked}))

    def advance(self, caller: Caller, pilot: str) -> Dossier:
        """Go to the next stage. Raises `Refused` naming every condition that is unmet."""
        with self.desk.store.writing() as db:
            dossier = self.dossiers.read(db, caller, pilot)
            state, pack = self._known(dossier), self.desk.pack
            following = next_stage(pack, state)
            if following is None and state.stage in pack.stages:
                raise Refused("This is the last stage. There is nothing beyond it.")
            unmet = may_advance(pack, state, dossier.exceptions, self.today())
            if unmet or following is None:
                raise Refused("Not yet: " + " ".join(unmet))
            return self._keep(db, caller, dossier, onwards(state, following))

    def go_back(self, caller: Caller, pilot: str) -> Dossier:
        """Go back one stage; what was ticked for it stays on the record.

        From a stage that left the pack it goes to the last one passed that is still there.
        """
        with self.desk.store.writing() as db:
            dossier = self.dossiers.read(db, caller, pilot)
            state = self._known(dossier)
            if state.stage is None:
                raise Refused("The rollout has not begun, so there is no stage to go back to.")
            return self._keep(db, caller, dossier, backwards(self.desk.pack, state))

    def add_exception(
        self, caller: Caller, pilot: str, service: str, agreed: Agreed, opened: Opened
    ) -> Dossier:
        """Enter a service that a policy does not hold for yet.

        Raises `BadAnswers` for a past end, and for a service whose last one ran out: that one
        would go on blocking. Raises `Stale` where somebody else entered one for it meanwhile.
        """
        reason, approver, ends_on = agreed
        self._check_end(ends_on)
        with self.desk.store.writing() as db:
            dossier = self.dossiers.read(db, caller, pilot)
            since = saved_since(db, caller, dossier, opened)
            refuse(since, excepted(service=service), f"an exception for {service}")
            for each in expired(dossier.exceptions, self.today()):
                if each.service == service:
                    said = (
                        f"Its exception ended on {on_day(each.ends_on)} and blocks: give that one"
                    )
                    raise BadAnswers({"service": f"{said} a new date, beside it on the card."})
            exception = PolicyException(
                id=token_hex(4), service=service, reason=reason, approver=approver, ends_on=ends_on
            )
            return self._enter(db, caller, pilot, asked_for(exception, caller.user))

    def answer_exception(
        self, caller: Caller, pilot: str, exception: str, *, approves: bool
    ) -> Dossier:
        """The approver's own word. Raises `Refused` for anybody else."""
        with self.desk.store.writing() as db:
            held = self._exception(self.dossiers.read(db, caller, pilot), exception)
            said = answered(held, caller.user, approves=approves)
            return self._enter(db, caller, pilot, said)

    def renew_exception(
        self, caller: Caller, pilot: str, new: tuple[str, Agreed], opened: Opened
    ) -> Dossier:
        """Ask for a new end date of an exception: its id and (reason, approver, date).

        Raises `BadAnswers` for a date that is past or that it has already, `Stale` where somebody
        else agreed on another meanwhile.
        """
        exception, agreed = new
        self._check_end(agreed[2])
        with self.desk.store.writing() as db:
            dossier = self.dossiers.read(db, caller, pilot)
            found = self._exception(dossier, exception)
            since = saved_since(db, caller, dossier, opened)
            what = f"the exception for {found.service}"
            refuse(since, excepted(exception=exception), what, f"until {on_day(found.ends_on)}")
            if found.ends_on == agreed[2]:
                raise BadAnswers({"ends_on": "It ends on that day already: choose a new date."})
            asked = proposal(agreed, caller.user, self.desk.clock())
            return self._enter(db, caller, pilot, renewed(found, asked))

    def close_exception(self, caller: Caller, pilot: str, exception: str) -> Dossier:
        """Close an exception: the service keeps the policy now."""
        with self.desk.store.writing() as db:
            found = self._exception(self.dossiers.read(db, caller, pilot), exception)
            return self._enter(db, caller, pilot, found.model_copy(update={"closed": True}))

    def exception(self, caller: Caller, pilot: str, exception: str) -> tuple[PolicyException, int]:
        """One exception as it stands, and the last number of the order of writing.

        Raises `Refused` when it is over or gone.
        """
        dossier = self.dossiers.of(caller, pilot)
        return self._exception(dossier, exception), dossier.board.written

    def written(self, caller: Caller, pilot: str) -> int:
        """The last number of the order of writing; raises `Refused` when it is gone."""
        return self.dossiers.of(caller, pilot).board.written

    def _exception(self, dossier: Dossier, exception: str) -> PolicyException:
        for each in dossier.exceptions:
            if each.id == exception and not each.closed:
                return each
        raise Refused("That exception is over already. /meshfit rollout shows those that are left.")

    def _enter(
        self, db: Database, caller: Caller, pilot: str, exception: PolicyException
    ) -> Dossier:
        """On the record beside what was said before; the newest of an exception counts."""
        pilot_log.add(db, caller, pilot, "exception", self.desk.clock(), exception)
        self._shows(db, caller, pilot)
        return self.dossiers.read(db, caller, pilot)

    def _check_end(self, ends_on: date) -> None:
        if ends_on < self.today():
            said = "The end date is in the past: an exception needs a day on which it ends."
            raise BadAnswers({"ends_on": said})

    def open_lines(self, dossier: Dossier) -> tuple[tuple[str, str, Line], ...]:
        """(stage, line id, line) of what is neither ticked nor known on the way onwards."""
        return open_lines(self.desk.pack, self._known(dossier))

    def mesh_here(self, caller: Caller) -> str | None:
        """The mesh of the channel's pilot; None where there is none yet."""
        try:
            return self.dossiers.here(caller).plan.mesh
        except Refused:
            return None

    def names_for(self, recipe: str) -> tuple[str, ...]:
        """The names that a recipe needs from the team."""
        return blanks_in(self._recipe(recipe))

    def recipe(self, recipe: str, names: Mapping[str, str]) -> Filled:
        """A recipe with the team's names in it. Raises `BadAnswers` (place → sentence)."""
        return fill(self._recipe(recipe), names)

    def _recipe(self, recipe: str) -> Recipe:
        if recipe not in self.desk.pack.recipes:
            raise Refused("That recipe is no longer in the knowledge pack. See /meshfit howto.")
        return self.desk.pack.recipes[recipe]

    def _known(self, dossier: Dossier) -> RolloutState:
        """The rollout's state, with what meshfit knows by itself brought up to date."""
        given: set[SelfKnown] = set()
        if dossier.verdict.whole == "roll_on" or dossier.board.result == "passed":
            given.add("sound_verdict")
        if platform_owner(self.desk.pack, dossier.owners) == "named":
            given.add("owners_named")
        if not unapproved(dossier.exceptions):
            given.add("exceptions_dated")
        state = dossier.rollout or RolloutState(mesh=dossier.plan.mesh or "")
        return state.model_copy(update={"given": frozenset(given)})

    def _keep(self, db: Database, caller: Caller, dossier: Dossier, state: RolloutState) -> Dossier:
        pilots.set_rollout(db, caller.workspace, dossier.board.id, state)
        self._shows(db, caller, dossier.board.id)
        return self.dossiers.read(db, caller, dossier.board.id)
