"""The shipped pack, loaded once for every test that only reads it."""

from bot.knowledge import load

SHIPPED = load()
