"""A message as people write it: one question, several, or a story."""

from __future__ import annotations

import re

STORY = 30
"""Words from which on a message tells a story."""
MOST = 4
"""Questions of one message that are looked at."""
FEWEST = 3
"""Words of a question that can stand alone."""
_QUESTION = re.compile(r"[^?!.\n]+(?:[.!](?=\S)[^?!.\n]+)*\?")


def questions_in(message: str) -> list[str]:
    """The questions of a message that asks several; none where it asks one."""
    asked = [each.strip() for each in _QUESTION.findall(message)]
    whole = [each for each in asked if len(each.split()) >= FEWEST][:MOST]
    return whole if len(whole) > 1 else []


def is_story(message: str) -> bool:
    """Whether it tells more than it asks."""
    return len(message.split()) >= STORY
