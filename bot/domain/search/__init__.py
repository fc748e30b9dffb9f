"""A question in anybody's words → the entry that answers it, or the honest "I don't know that"."""

from bot.domain.search.found import MessageAnswer, Tier
from bot.domain.search.index import Index
from bot.domain.search.messages import Courtesy

__all__ = ["Courtesy", "Index", "MessageAnswer", "Tier"]
