"""What Slack hands out for a short while: trigger ids, response URLs, Socket Mode tickets."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.errors import SlackRefuses
from playground.world import Message, World

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass
class Trigger:
    """Leave to open one modal for a person; `view` when it came from inside a modal."""

    user: str
    at: float
    view: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """Leave to answer an interaction; `message` is the one it came from, if any."""

    user: str
    channel: str
    at: float
    message: Message | None = None
    uses: int = 0


@dataclass
class Tokens:
    """Everything handed out so far."""

    world: World
    triggers: dict[str, Trigger] = field(default_factory=dict)
    responses: dict[str, ResponseUrl] = field(default_factory=dict)

    def new_trigger(self, user: str, view: str | None = None) -> str:
        """A trigger id, good once and for three seconds."""
        name = f"{self.world.new_id('')}.{self.world.team[1:]}.{self.world.new_id('t')}"
        self.triggers[name] = Trigger(user, self.world.clock.now(), view)
        return name

    def spend(self, name: str) -> Trigger:
        """Use a trigger id; raises SlackRefuses when it is unknown, used or too old."""
        trigger = self.triggers.get(name)
        if trigger is None:
            raise SlackRefuses("invalid_trigger_id")
        if trigger.used:
            raise SlackRefuses("exchanged_trigger_id")
        if self.world.clock.now() - trigger.at > TRIGGER_SECONDS:
            raise SlackRefuses("expired_trigger_id")
        trigger.used = True
        return trigger

    def new_response(self, user: str, channel: str, message: Message | None = None) -> str:
        """The secret end of a response URL."""
        name = f"{self.world.team}/{self.world.new_id('')}/{self.world.new_id('r')}"
        self.responses[name] = ResponseUrl(user, channel, self.world.clock.now(), message)
        return name

    def respond(self, name: str) -> ResponseUrl:
        """Use a response URL; raises SlackRefuses when it is unknown, worn out or too old."""
        leave = self.responses.get(name)
        if leave is None:
            raise SlackRefuses("invalid_url")
        if self.world.clock.now() - leave.at > RESPONSE_SECONDS:
            raise SlackRefuses("expired_url")
        if leave.uses >= RESPONSE_USES:
            raise SlackRefuses("used_url")
        leave.uses += 1
        return leave
