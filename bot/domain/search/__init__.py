"""A question in anybody's words → the entry that answers it, or the honest "I don't know that"."""

from bot.domain.search.index import Index
from bot.domain.search.language import unread, wordless
from bot.domain.search.messages import Courtesy
from bot.domain.search.model import MessageAnswer, Tier

__all__ = ["Courtesy", "Index", "MessageAnswer", "Tier", "unread", "wordless"]
