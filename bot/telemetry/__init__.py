"""What is told of how meshfit fares, to whoever runs it."""

from bot.telemetry.readiness import Readiness

__all__ = ["Readiness"]
