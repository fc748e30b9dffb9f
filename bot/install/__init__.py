"""INSTALL: several workspaces, each by Slack's own OAuth flow, their tokens sealed on our tables.

Bolt brings the flow (pages, state, exchange of the code); of ours are the two stores that it asks,
because Bolt's keep tokens in clear and bring a second database layer.
"""

from bot.install.authorizing import Authorizing
from bot.install.flow import Many, many, sealed_otherwise, wanted
from bot.install.pages import pages

__all__ = ["Authorizing", "Many", "many", "pages", "sealed_otherwise", "wanted"]
