"""One way to the data, two databases behind it: a SQLite file, or PostgreSQL for several machines.

A statement is written once, in what both read: named conflict targets, `"user"` quoted, an order
of writing, no JSON functions.
"""

from bot.store.engine.addresses import Address, named, reason, store_at, trouble
from bot.store.engine.protocol import Cursor, Database, Store, Team, Values, listed
from bot.store.engine.sqlite import SqliteStore

__all__ = [
    "Address",
    "Cursor",
    "Database",
    "SqliteStore",
    "Store",
    "Team",
    "Values",
    "listed",
    "named",
    "reason",
    "store_at",
    "trouble",
]
