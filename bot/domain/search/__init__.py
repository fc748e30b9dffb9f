"""A question in anybody's words → the entry that answers it, or the honest "I don't know that"."""

from bot.domain.search.found import Found, Tier
from bot.domain.search.index import Index

__all__ = ["Found", "Index", "Tier"]
