"""REMEMBER: SQLite behind plain functions. Every query names its workspace."""

from bot.store.database import Store
from bot.store.schema import migrate

__all__ = ["Store", "migrate"]
