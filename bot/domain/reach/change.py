"""What a change of policies would open and close, between two answers about one target."""

from __future__ import annotations

from bot.domain.reach.model import Callers
from bot.domain.reach.model.answer import ChangedCaller, ReachChange


def change(before: Callers | None, after: Callers | None) -> ReachChange:
    """Who may call after and not before, and the other way round; None: no such workload there."""
    was = {each.workload: each for each in before.callers} if before else {}
    now = {each.workload: each for each in after.callers} if after else {}
    target = (after or before or Callers("", anybody=False)).target
    return ReachChange(
        target=target,
        opened=tuple(now[name] for name in sorted(now.keys() - was.keys())),
        closed=tuple(was[name] for name in sorted(was.keys() - now.keys())),
        changed=tuple(
            ChangedCaller(name, was[name].ports, now[name].ports)
            for name in sorted(was.keys() & now.keys())
            if was[name].ports != now[name].ports
        ),
        in_both=before is not None and after is not None,
    )
