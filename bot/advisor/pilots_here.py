"""The pilots that one person's Home tells of, each in a few words."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.pack import Pack
from bot.domain.pilot.model import Owners, Plan, PolicyException
from bot.domain.replies import PilotHere
from bot.domain.team import PilotBoard, Workspace
from bot.domain.words import on_day
from bot.store import Database, pilot_log, pilots


def pilots_of(
    db: Database, pack: Pack, workspace: Workspace, user: str, channels: Iterable[str]
) -> tuple[PilotHere, ...]:
    """The pilot of each of these channels, and every other that names this person."""
    here = [pilots.in_channel(db, workspace, each) for each in dict.fromkeys(channels)]
    boards = [each for each in here if each] + list(pilots.naming(db, workspace, user))
    each_once = {board.id: board for board in boards}
    return tuple(_told(db, pack, board, user) for board in each_once.values())


def _told(db: Database, pack: Pack, board: PilotBoard, user: str) -> PilotHere:
    key = (db, board.workspace, board.id)
    state, owners = pilots.rollout(*key), pilots.owners(*key)
    kept = {each.id: each for each in pilot_log.entries(*key, "exception", PolicyException)}
    running = sorted((each for each in kept.values() if not each.closed), key=lambda e: e.ends_on)
    stage = pack.stages.get(state.stage or "") if state else None
    return PilotHere(
        id=board.id,
        channel=board.channel,
        result=board.result,
        stage=stage.title if stage else "",
        exceptions=tuple((e.service, e.ends_on, e.approval == "approved") for e in running),
        roles=tuple(
            (role.title, owners[key].holder == user)
            for key, role in pack.roles.items()
            if key in owners and user in (owners[key].holder, owners[key].user)
        ),
        asked=() if board.result else _asked(pack, owners, user),
        to_measure=_to_measure(pilots.plan(*key), board, user),
        to_approve=tuple(
            (e.id, e.service, new.ends_on, new.reason)
            for e in running
            if e.asks == user and (new := e.proposed or e)
        ),
    )


def _asked(pack: Pack, owners: Owners, user: str) -> tuple[str, ...]:
    """Titles of the roles that wait for this person's word."""
    named = {key for key, each in owners.items() if each.user == user and not each.accepted}
    return tuple(role.title for key, role in pack.roles.items() if key in named)


def _to_measure(plan: Plan, board: PilotBoard, user: str) -> tuple[str, str] | None:
    """The goal that waits for this person's word to measure it: its sentence and its day."""
    if plan.shows_on is None or board.result not in (None, "open"):
        return None
    asked = (plan.measured_by, plan.measurer) == (user, "asked")
    return (plan.metric, on_day(plan.shows_on)) if asked else None
