"""Short names for what is drawn, so that the page replaces only what changed."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeAlias

from playground.world import View

Json: TypeAlias = Any


def short(value: Json) -> str:
    """A few characters that stand for a value."""
    return hashlib.blake2s(json.dumps(value).encode(), digest_size=6).hexdigest()


def of_view(view: View) -> str:
    """Changes whenever a view must be drawn anew; typing alone does not change it."""
    entries = [entry for block in view.state.values() for entry in block.values()]
    files = [entry["files"] for entry in entries if entry.get("files")]
    return short([view.id, view.hash, view.errors, view.trouble, files])
