"""What somebody filled into the steps of a form so far."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.model.answers import Frozen

Said = str | tuple[str, ...] | None
"""What one field holds."""


class FilledIn(Frozen):
    """The steps of a form that is still open."""

    fields: Mapping[str, Mapping[str, Said]] = {}
    """Block → element → what it holds."""
    began: Mapping[str, Said] = {}
    """Block → what it held when it was first drawn."""
