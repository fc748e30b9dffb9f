"""REMEMBER: SQLite behind plain functions. Every query names its workspace."""

from sqlite_utils import Database

from bot.store.database import Store
from bot.store.schema import migrate

__all__ = ["Database", "Store", "migrate"]
