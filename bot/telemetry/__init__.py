"""What is told of how meshfit fares, to whoever runs it."""

from bot.telemetry.counts import Counts, DueWork, counts
from bot.telemetry.readiness import Readiness
from bot.telemetry.watching import TellingClient, Watching

__all__ = ["Counts", "DueWork", "Readiness", "TellingClient", "Watching", "counts"]
