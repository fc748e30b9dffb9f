"""The policies behind an answer, quoted as they were read."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.cluster.model import Dump
from bot.domain.reach.model import Callers

LONGEST = 6_000
"""Characters of one policy; a longer one is cut, and says so."""


def quoted(dump: Dump, callers: Callers) -> Mapping[str, str]:
    """Policy → its spec, for all that an answer names."""
    keys = {*callers.policies, *(each.what.partition(":")[0] for each in callers.not_judged)}
    for by in (*(each.by for each in callers.callers), *(each.by for each in callers.shut_out)):
        keys |= {rule.partition(": ")[0] for rule in by}
    return {item.key: _text(item.spec) for item in dump.items if item.key in keys and item.spec}


def _text(spec: Mapping[str, object]) -> str:
    text = json.dumps(spec, indent=2, ensure_ascii=False)
    return (
        text if len(text) <= LONGEST else f"{text[:LONGEST]}\n… cut here, {len(text):,} characters"
    )
