"""The rollout by policy scope: its stages, and what is ticked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advisor.excepting import Excepting
from bot.domain.pack.rollout import SelfKnown
from bot.domain.pilot.model import (
    Dossier,
    LineTick,
    OpenLine,
    RolloutState,
    StageLine,
)
from bot.domain.pilot.ownership import platform_owner
from bot.domain.pilot.rollout import (
    GONE,
    backwards,
    may_advance,
    next_stage,
    onwards,
    open_lines,
    runs,
    unapproved,
)
from bot.domain.team import Caller
from bot.errors import Refused
from bot.store import Database, owed, pilots


class Rolling(Excepting):
    """One stage at a time, and never past an exception that has run out."""

    def here(self, caller: Caller) -> Dossier:
        """The rollout that runs in the channel; where none does, that of its pilot is opened."""
        with self.desk.store.writing(caller) as db:
            for board in pilots.rolled_out(db, caller):
                dossier = self.dossiers.read(db, caller, board)
                if runs(self.desk.pack, self._known(dossier)):
                    return self._opened(db, caller, dossier)
            return self._begin(db, caller, self.dossiers.of_team(db, caller))

    def begin(self, caller: Caller, pilot: str) -> Dossier:
        """The rollout of this pilot, opened where it is not yet."""
        with self.desk.store.writing(caller) as db:
            return self._begin(db, caller, self.dossiers.read(db, caller, pilot))

    def _begin(self, db: Database, caller: Caller, dossier: Dossier) -> Dossier:
        """Open the rollout of the mesh that the pilot's plan names."""
        if dossier.rollout is None and dossier.plan.mesh is None:
            raise Refused("The pilot's plan names no mesh yet. Choose one under Plan first.")
        return self._keep(db, caller, self._opened(db, caller, dossier), self._known(dossier))

    def _opened(self, db: Database, caller: Caller, dossier: Dossier) -> Dossier:
        owed.say(db, caller, "rollout_opened", {"pilot": dossier.board.id})
        return dossier

    def tick(self, caller: Caller, pilot: str, line: str, *, done: bool) -> Dossier:
        """Tick a line, by the name under which it is ticked, or take the tick back."""
        at = StageLine.read(line)
        known = self.desk.pack.stages.get(at.stage)
        if known is None or at.name not in {**known.enter, **known.leave}:
            raise Refused("That line is no longer in the rollout's list.")
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.read(db, caller, pilot)
            state = self._known(dossier)
            by = {each: tick for each, tick in state.ticked_by.items() if done or each != line}
            if done and line not in state.ticked:
                by[line] = LineTick(who=caller.user, at=self.desk.clock())
            ticked = state.ticked | {line} if done else state.ticked - {line}
            changed = {"ticked": ticked, "ticked_by": by}
            return self._keep(db, caller, dossier, state.model_copy(update=changed))

    def advance(self, caller: Caller, pilot: str) -> Dossier:
        """Go to the next stage. Raises `Refused` naming every condition that is unmet."""
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.read(db, caller, pilot)
            state, pack = self._known(dossier), self.desk.pack
            following = next_stage(pack, state)
            if following is None and state.stage in pack.stages:
                raise Refused("This is the last stage. There is nothing beyond it.")
            unmet = may_advance(pack, state, dossier.exceptions, self.today())
            if unmet or following is None:
                raise Refused(_cannot_begin(unmet))
            return self._keep(db, caller, dossier, onwards(state, following))

    def go_back(self, caller: Caller, pilot: str) -> Dossier:
        """Go back one stage; what was ticked for it stays on the record.

        From a stage that left the pack it goes to the last one passed that is still there.
        """
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.read(db, caller, pilot)
            state = self._known(dossier)
            if state.stage is None:
                raise Refused("The rollout has not begun, so there is no stage to go back to.")
            return self._keep(db, caller, dossier, backwards(self.desk.pack, state))

    def open_lines(self, dossier: Dossier) -> tuple[OpenLine, ...]:
        """The lines of what is neither ticked nor known on the way onwards."""
        return open_lines(self.desk.pack, self._known(dossier))

    def _known(self, dossier: Dossier) -> RolloutState:
        """The rollout's state, with what meshfit knows by itself brought up to date."""
        known: set[SelfKnown] = set()
        if dossier.verdict.whole == "roll_on" or dossier.board.result == "passed":
            known.add("sound_verdict")
        if platform_owner(self.desk.pack, dossier.owners) == "named":
            known.add("owners_named")
        if not unapproved(dossier.exceptions):
            known.add("exceptions_dated")
        state = dossier.rollout or RolloutState(mesh=dossier.plan.mesh or "")
        return state.model_copy(update={"known": frozenset(known)})

    def _keep(self, db: Database, caller: Caller, dossier: Dossier, state: RolloutState) -> Dossier:
        pilots.set_rollout(db, caller.workspace, dossier.board.id, state)
        self._shows(db, caller, dossier.board.id)
        return self.dossiers.read(db, caller, dossier.board.id)


def _cannot_begin(unmet: Sequence[str]) -> str:
    """What keeps the stage, each as a thing that is open and not as a fact."""
    if unmet == (GONE,):
        return GONE
    return "The stage cannot begin. Still open:\n" + "\n".join(f"• {each}" for each in unmet)
