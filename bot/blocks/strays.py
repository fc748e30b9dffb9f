"""Cards and boards that are not the live ones: how they are told, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import kit
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message


def card(link: str) -> Payload:
    """What a message becomes that is not the team's live card."""
    return message(kit.section("elsewhere", f"<{link}|The live card stands here.>"))


def board(link: str) -> Payload:
    """What a message becomes that is not the pilot's live checklist."""
    return message(kit.section("elsewhere", f"<{link}|The live checklist stands here.>"))


def is_card(blocks: Sequence[Block]) -> bool:
    """Whether these are a card's own blocks, and not a line of its thread with the same buttons."""
    return {"headline", "lead", "facts", "foot"} <= {each.get("block_id") for each in blocks}


def is_board(blocks: Sequence[Block]) -> bool:
    """Whether these are a checklist's own blocks."""
    return {"headline", "goal", "foot"} <= {each.get("block_id") for each in blocks}
