"""Trouble on order: failures that a test asks for, and Slack's rate limits when switched on."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

from playground.clock import Clock
from playground.errors import SlackRefuses
from playground.strict.checks import Fault, Json, walk

# Calls a minute, per method and workspace (Slack: rate limits); 0 is Slack's "special", kept apart.
TIERS = {1: 1, 2: 20, 3: 50, 4: 100, 5: 600}
# One message a second and channel, short bursts allowed.
POST_BURST, POST_SECONDS = 5, 5.0


@dataclass
class Trouble:
    """What shall go wrong next, and whether the rate limits are on."""

    clock: Clock
    rate_limits: bool = False
    # Whether it no longer knows which `client_msg_id` it has seen.
    forgets: bool = False
    _ordered: dict[str, deque[SlackRefuses]] = field(default_factory=lambda: defaultdict(deque))
    _refused_blocks: set[str] = field(default_factory=set)
    _calls: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def fail_next(self, method: str, error: str, times: int = 1, retry_after: int = 1) -> None:
        """Let the next calls of a method fail with Slack's error name (`ratelimited` is a 429)."""
        refusal = SlackRefuses(error, retry_after=retry_after if error == "ratelimited" else 0)
        self._ordered[method].extend([refusal] * times)

    def refuse_block(self, block_type: str) -> None:
        """From now on answer `invalid_blocks` to any message that holds such a block."""
        self._refused_blocks.add(block_type)

    def accept_block(self, block_type: str) -> None:
        """Take `refuse_block` back."""
        self._refused_blocks.discard(block_type)

    def strike(self, method: str, tier: int, args: dict[str, Json]) -> None:
        """Raise what was ordered for this call, or what its rate limit asks for."""
        if self._ordered[method]:
            raise self._ordered[method].popleft()
        self.look_at(args)
        if self.rate_limits:
            self._count(method, TIERS[tier], 60.0)
            if method == "chat.postMessage":
                self._count(f"{method}/{args.get('channel')}", POST_BURST, POST_SECONDS)

    def look_at(self, args: dict[str, Json]) -> None:
        """Raise for a block of a kind that this Slack does not know."""
        for place, block in enumerate(args.get("blocks") or []):
            if any(thing.get("type") in self._refused_blocks for thing in walk(block)):
                says = f"unsupported type: {block.get('type')}"
                raise SlackRefuses("invalid_blocks", [Fault(f"/blocks/{place}/type", says)])

    def _count(self, key: str, most: int, seconds: float) -> None:
        now, calls = self.clock.now(), self._calls[key]
        while calls and now - calls[0] >= seconds:
            calls.popleft()
        if len(calls) >= most:
            wait = max(1, round(seconds - (now - calls[0])))
            raise SlackRefuses("ratelimited", retry_after=wait)
        calls.append(now)
