"""What a mesh may cost before anybody measures: ranges from published figures."""

from bot.domain.estimate.estimating import estimate

__all__ = ["estimate"]
