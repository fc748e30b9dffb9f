"""Who has a role of a pilot, and their own word to it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.model import Frozen


class Owner(Frozen):
    """Who has a role or is asked to, who stands in, and whether the first of them said yes."""

    user: str = ""
    backup: str = ""
    accepted: bool = False
    before: str = ""
    """Who had it, by their own word, until `user` accepts; again should `user` decline."""

    @property
    def holder(self) -> str:
        """Who accepted it; empty where nobody did."""
        return self.user if self.accepted else self.before


Owners = Mapping[str, Owner]
"""Role id → owner; a role that is missing is blank."""
