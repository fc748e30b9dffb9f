"""What was asked and missed, for the pack's owners, with a draft to start from."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, escaped
from bot.domain.pack import Pack
from bot.domain.search.model import Group
from bot.domain.words import count

MOST = 10
"""Groups that one message shows; `meshfit export --missed` prints them all."""
SHOWN = 3
"""Further wordings of a group."""


def report(pack: Pack, groups: Sequence[Group], left_out: int) -> Payload:
    """The groups, most asked first."""
    if not groups:
        text = (
            "*Nothing was missed.* Of the questions that are kept each was answered for sure, and "
            "nobody found an answer of no help."
        )
        return message(kit.section("missed", text))
    blocks = [_group(pack, at, each) for at, each in enumerate(groups[:MOST])]
    more = [f"{count(len(groups) - MOST, 'more group')}"] if len(groups) > MOST else []
    older = [f"{count(left_out, 'older wording')} not looked at"] if left_out else []
    foot = "; ".join([*more, *older, "`meshfit export --missed` prints them with drafts."])
    return message(
        kit.section("missed", "*Asked and missed, or of no help*, the most asked first:"),
        *blocks,
        kit.context("foot", f"From every channel, without who asked. {foot}"),
    )


def drafted(draft: str) -> Payload:
    """An entry to start from, to be copied into the pack."""
    safe = escaped(draft, 2900).replace("```", "'" * 3)
    return message(kit.section("draft", f"```{safe}```"))


def _group(pack: Pack, at: int, group: Group) -> Block:
    first, *others = (escaped(each.text, 200) for each in group.wordings)
    helped = f"; of no help: {group.unhelpful}" if group.unhelpful else ""
    nearest = [pack.entries[each].question for each in group.nearest if each in pack.entries]
    lines = [
        f"*{count(group.asked, 'time')}{helped}:* {first}",
        *(f"• {each}" for each in others[:SHOWN]),
        *([f"_Nearest: {' · '.join(nearest)}_"] if nearest else []),
    ]
    button = kit.button(f"{ids.DRAFT_ENTRY}{at}", "Draft an entry", group.wordings[0].id)
    return kit.section(f"missed.{at}", cut("\n".join(lines), 3000), button)
