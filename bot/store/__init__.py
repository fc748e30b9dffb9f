"""REMEMBER: a database behind plain functions. Every query names its workspace."""

from bot.store.engine import Address, Database, SqliteStore, Store, named, trouble
from bot.store.schema import migrate

__all__ = ["Address", "Database", "SqliteStore", "Store", "migrate", "named", "trouble"]
