"""The knowledge pack as frozen values: what the YAML of `knowledge/` becomes, a module a file."""

from bot.domain.model import Evidence, Fact, Outcome
from bot.domain.pack.entries import BLIND, Aspect, Entry, Synonyms
from bot.domain.pack.examples import Example
from bot.domain.pack.questions import Option, Page, Question
from bot.domain.pack.whole import Pack

__all__ = [
    "BLIND",
    "Aspect",
    "Entry",
    "Evidence",
    "Example",
    "Fact",
    "Option",
    "Outcome",
    "Pack",
    "Page",
    "Question",
    "Synonyms",
]
