"""`meshfit export --missed`: what was asked and missed, grouped, with drafts of entries."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from bot.domain.pack import Pack
from bot.domain.search import Index
from bot.domain.search.missed import draft, grouped
from bot.domain.search.model import Group
from bot.store import asked
from bot.store.export import reading
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_as_it_is, say_json
from bot.terminal.prose import bullets

NOTHING = (
    "Nothing was missed: of the questions that are kept each was answered for sure, and nobody "
    "found an answer of no help."
)


def missed(workspace: str | None, *, as_json: bool) -> int:
    """Print the groups, most asked first; answers the exit code."""
    settings = environment()
    pack = knowledge_pack(settings)
    index = Index.build(pack.entries, pack.synonyms)
    with reading(settings.db, workspace) as (db, name):
        groups, left_out = grouped(index, asked.missed(db, name))
    if as_json:
        say_json({"groups": [_printed(pack, each) for each in groups], "left_out": left_out})
        return 0
    for each in groups:
        _say(pack, each)
    if not groups:
        say(Text(NOTHING))
    if left_out:
        say(Text(f"{left_out:,} older wordings were not looked at.", "dim"))
    return 0


def _printed(pack: Pack, group: Group) -> dict[str, Any]:
    return {
        "asked": group.asked,
        "unhelpful": group.unhelpful,
        "questions": [{"text": each.text, "times": each.times} for each in group.wordings],
        "nearest": list(group.nearest),
        "draft": draft(group, pack.entries),
    }


def _say(pack: Pack, group: Group) -> None:
    helped = f"; of no help: {group.unhelpful}" if group.unhelpful else ""
    times = "once" if group.asked == 1 else f"{group.asked} times"
    say(
        Text(f"Asked {times}{helped}", "bold"),
        *bullets(Text(each.text) for each in group.wordings),
        Text(f"Nearest: {', '.join(group.nearest) or 'nothing'}", "dim"),
    )
    say_as_it_is(f"\n{draft(group, pack.entries)}")
