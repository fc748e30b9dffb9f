"""A pilot in a few lines: how it stands, its rollout, exceptions that end, a person's roles."""

from __future__ import annotations

from bot.blocks.words import escaped
from bot.domain.replies import PilotHere
from bot.domain.words import on_day

MOST_EXCEPTIONS = 3
_ENDED = {"passed": "passed", "failed": "failed", "open": "closed without a result"}


def lines(here: PilotHere) -> list[str]:
    """Below the team's own line."""
    stands = _ENDED.get(here.result or "", "runs")
    rollout = f" · *Rollout:* {here.stage}" if here.stage else ""
    here_lines = [f"*Pilot:* {stands}{rollout}"]
    if here.exceptions:
        shown = [
            f"{escaped(service, 80)} until {on_day(ends)}{'' if approved else ' (not approved)'}"
            for service, ends, approved in here.exceptions[:MOST_EXCEPTIONS]
        ]
        left = len(here.exceptions) - len(shown)
        here_lines.append(
            f"*Exceptions:* {', '.join([*shown, *([f'{left} more'] if left else [])])}"
        )
    if here.roles:
        roles = [f"{title}{'' if has else ' (asked)'}" for title, has in here.roles]
        here_lines.append(f"*My roles:* {', '.join(roles)}")
    return here_lines
