"""On which teams a decision for the platform stands."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.words import count


def stands_on(channels: Sequence[str]) -> str:
    """A sentence, with Slack's ids of channels; empty for a team's own decision."""
    if not channels:
        return ""
    return (
        f"A decision for the platform: the answers of {count(len(channels), 'team')} were offered "
        f"beside its questions, and whoever is named with an answer gave it. Their channels (Slack "
        f"ids): {', '.join(channels)}."
    )
