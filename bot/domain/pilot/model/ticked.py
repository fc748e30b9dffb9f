"""Who ticked a line of a rollout, and when."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Frozen


class LineTick(Frozen):
    """One person's word that a line holds; nothing measured it."""

    who: str
    at: datetime
