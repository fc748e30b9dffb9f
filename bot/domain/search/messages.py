"""A message as people write it: a courtesy, a question about the team, one question or several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.pack import Aspect, Synonyms
from bot.domain.search.language import Language, Stems, plain

STORY = 30
"""Words from which on a message tells a story."""
MOST = 4
"""Questions of one message that are looked at."""
FEWEST = 3
"""Words of a question that can stand alone."""
_QUESTION = re.compile(r"[^?!.\n]+(?:[.!](?=\S)[^?!.\n]+)*\?")

Courtesy = Literal["greeting", "thanks"]


def questions_in(message: str) -> list[str]:
    """The questions of a message that asks several; none where it asks one."""
    asked = [each.strip() for each in _QUESTION.findall(message)]
    whole = [each for each in asked if len(each.split()) >= FEWEST][:MOST]
    return whole if len(whole) > 1 else []


def is_story(message: str) -> bool:
    """Whether it tells more than it asks."""
    return len(message.split()) >= STORY


@dataclass(frozen=True)
class Manners:
    """What is said beside questions, by its exact wording; the pack lists it."""

    courtesies: Mapping[Stems, Courtesy]
    aspects: Mapping[Stems, Aspect]
    language: Language

    @classmethod
    def of(cls, synonyms: Synonyms, language: Language) -> Manners:
        """Read the wordings of a pack."""
        kinds: tuple[tuple[Courtesy, tuple[str, ...]], ...] = (
            ("greeting", synonyms.greetings),
            ("thanks", synonyms.thanks),
        )
        return cls(
            {language.stems(plain(each)): kind for kind, said in kinds for each in said},
            {
                language.stems(plain(each)): aspect
                for aspect, said in synonyms.about_team.items()
                for each in said
            },
            language,
        )

    def courtesy(self, message: str) -> Courtesy | None:
        """Which friendly line a message is met with."""
        return self.courtesies.get(self._read(message))

    def about_team(self, message: str) -> Aspect | None:
        """What of the team's own card a message asks for."""
        return self.aspects.get(self._read(message))

    def _read(self, message: str) -> Stems:
        return self.language.stems(plain(message))
