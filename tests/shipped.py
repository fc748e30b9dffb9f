"""The shipped pack and its index, made once for every test that only reads them."""

from bot.domain.search.index import Index
from bot.knowledge import load

SHIPPED = load()
INDEX = Index.build(SHIPPED.entries, SHIPPED.synonyms)
