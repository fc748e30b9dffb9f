"""No sentence twice: what a document has said, it does not say again."""

from __future__ import annotations

import re

_LEAD = re.compile(r"^\* (Bad, because |Stops it: |Primary driver: |Instead of a mesh: )?")
_TABLE, _RULE = "|", "---"


def once(document: str) -> str:
    """The document without the list items that say what stood above already; tables stay whole."""
    lines_said, kept = set[str](), list[str]()
    for line in document.split("\n"):
        if line.startswith("* "):
            bare = _bare(line)
            if bare in lines_said or any(bare in each for each in lines_said if len(bare) > 40):
                continue
        if line.strip() and not line.startswith((_TABLE, _RULE)):
            lines_said.add(_bare(line))
        kept.append(line)
    return "\n".join(kept)


def _bare(line: str) -> str:
    """What an item says, whatever it is introduced by."""
    return _LEAD.sub("", line).casefold().rstrip(".")
