"""What the network between services was to an incident, as far as words tell: a suggestion.

Three of four are right on a description, no more than a coin's toss on a title alone; a person
confirms each one that counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.domain.incidents.model import Incident, Weighed
from bot.domain.pack import Pack
from bot.domain.pack.incidents import Mechanism, Network

NEAR = 6
"""How many words may stand between the two halves of `a ~ b`."""


def weighed(pack: Pack, incident: Incident) -> Weighed:
    """The incident with what its words suggest; the words themselves are dropped here."""
    network, mechanism = suggest(pack, incident.title, incident.text)
    kept = incident.model_dump(exclude={"text"})
    return Weighed(**kept, suggested=network, mechanism=mechanism)


def suggest(pack: Pack, title: str, text: str) -> tuple[Network, str | None]:
    """(what it was, the mechanism that the words point to); `unclear` where none point anywhere."""
    mechanisms = [each for each in pack.mechanisms.values() if _tells(each, f"{title}\n{text}")]
    kinds = {each.network for each in mechanisms}
    if "unclear" in kinds:
        return "unclear", None
    network: Network = "unclear"
    if "cause" in kinds and not ("none" in kinds and "amplifier" in kinds):
        network = "cause"
    elif "amplifier" in kinds:
        network = "amplifier"
    elif "none" in kinds:
        network = "none"
    return network, next((each.id for each in mechanisms if each.network == network), None)


def _tells(mechanism: Mechanism, text: str) -> bool:
    return _pattern(mechanism.words).search(text.casefold()) is not None


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all phrases; it looks at each word once, however long the text is."""
    return re.compile(r"\b(?:" + "|".join(_alternatives(phrases)) + r")\b")


def _alternatives(phrases: Iterable[str]) -> Iterable[str]:
    for phrase in phrases:
        halves = (
            r"\W+".join(re.escape(word).replace(r"\*", r"\w*") for word in half.split())
            for half in phrase.casefold().split("~")
        )
        yield rf"\b(?:\W+\w+){{0,{NEAR}}}?\W+".join(halves)
