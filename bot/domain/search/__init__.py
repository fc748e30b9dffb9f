"""A question in anybody's words → the entry that answers it, or the honest "I don't know that"."""

from bot.domain.search.index import Found, Index, Tier

__all__ = ["Found", "Index", "Tier"]
