"""Going through incidents: one a page, a person says of each what the network was to it."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import incidents
from bot.blocks.carried import EffortMeta, IncidentMeta
from bot.blocks.surfaces import Payload
from bot.blocks.values import IncidentAt
from bot.domain.pack.incidents import Network
from bot.domain.team import Caller
from bot.listeners import screens
from bot.listeners.act import Act

ALL = "all"
_NETWORKS: dict[str, Network] = {each: each for each, _ in incidents.CHOICES}


class IncidentScreens:
    """Opened where somebody wants to go through them, closed whenever they like."""

    def __init__(self, advisor: Advisor) -> None:
        self.confirming, self.gathering = advisor.confirming, advisor.gathering
        self.pack = advisor.desk.pack

    def go_through(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Open the first that nobody has looked at; what was only offered is in use from now on."""
        caller, pressed = act.caller, act.id
        if pressed not in (ALL, "open"):
            self.gathering.use(caller, pressed)
        ack()
        view = self._first(caller, 0 if pressed == ALL else None)
        if act.in_view:
            screens.redraw(client, act.open_view, view)
        else:
            act.opens(client, view)

    def say_effort(self, ack: Ack, act: Act) -> None:
        """Asked once: the people on an incident that does not say, the hours after one."""
        caller, meta, form = act.caller, act.carried(EffortMeta), act.form
        people = form.needed_number(incidents.PEOPLE)
        follow_up = form.needed_number(incidents.FOLLOW_UP)
        form.check()
        self.confirming.say_effort(caller, meta.export, people, follow_up)
        ack(response_action="update", view=self._first(caller, meta.place))

    def confirm(self, ack: Ack, act: Act) -> None:
        """Next: what was said of this one is saved, then the next stands in its place."""
        caller, meta, form = act.caller, act.carried(IncidentMeta), act.form
        typed = form.code(f"{incidents.NETWORK}{meta.place}", _NETWORKS)
        form.check()
        self.confirming.confirm(caller, meta.incident, _NETWORKS[typed], meta.seen)
        ack(response_action="update", view=self._next(caller, meta.place))

    def other(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Back, or Later."""
        at = int(act.pressed(IncidentAt).at)
        ack()
        view = self._at(act.caller, at)
        screens.redraw(client, act.open_view, view)

    def _first(self, caller: Caller, place: int | None) -> Payload:
        asked = self.confirming.asks_effort(caller)
        if asked is not None:
            meta = EffortMeta(channel=caller.channel, export=asked.id, place=place)
            return incidents.effort(asked.summary.guesses, str(meta))
        return self._at(caller, place)

    def _next(self, caller: Caller, place: int) -> Payload:
        """The next that nobody has looked at; where all are, the one that follows."""
        gathered, first = self.confirming.at(caller)
        later = (
            n for n in range(place + 1, len(gathered.incidents)) if not gathered.incidents[n].said
        )
        return self._at(caller, next(later, first if first is not None else place + 1))

    def _at(self, caller: Caller, place: int | None) -> Payload:
        gathered, at = self.confirming.at(caller, place)
        if at is None:
            return incidents.done(gathered)
        one = gathered.incidents[at]
        key = one.incident.key
        meta = IncidentMeta(channel=caller.channel, incident=key, place=at, seen=one.said)
        return incidents.page(self.pack, gathered, at, str(meta))
