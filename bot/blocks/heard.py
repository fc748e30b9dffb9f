"""What is read out for buttons: no two of a message or a view sound the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.blocks.kit import Block
from bot.blocks.words import cut

LABEL = "accessibility_label"


def apart(blocks: Sequence[Block]) -> None:
    """Those that say the same get what they stand beside; where that is the same, a number."""
    near = list(_buttons(blocks))
    for button, label in _same(near):
        which = cut(label, 50)
        button[LABEL] = f"{cut(button['text']['text'], 73 - len(which))}: {which}"
    for at, (button, _) in enumerate(_same(near), 1):
        button[LABEL] = f"{cut(button[LABEL], 70)} {at}"


def _buttons(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Each button with the words of its section, or of the last one above it."""
    above = ""
    for block in blocks:
        if block["type"] == "section":
            above = _plain(block["text"]["text"])
        for each in (block.get("accessory"), *block.get("elements", ())):
            if each and each["type"] == "button":
                yield each, above


def _same(near: Sequence[tuple[Block, str]]) -> list[tuple[Block, str]]:
    """Those whose label another has, too."""
    heard = Counter(button[LABEL] for button, _ in near)
    return [(button, label) for button, label in near if heard[button[LABEL]] > 1]


def _plain(text: str) -> str:
    """The first words of mrkdwn, without its marks; a mention or a date by what is shown."""
    shown = re.sub(r"<!date\^[^|>]*\|([^>]*)>|<[^|>]*\|([^>]*)>|<[^>]*>", r"\1\2", text)
    return re.sub(r"[*_`~]|\s+", " ", shown).replace("  ", " ").strip(" :·•☐☑")
