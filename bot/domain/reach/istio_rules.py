"""One rule of Istio's at one moment: the callers whose request it matches."""

from __future__ import annotations

from enum import Enum, auto

from bot.domain.reach.crowds import NOBODY
from bot.domain.reach.identities import Identities
from bot.domain.reach.model import AuthorizationRule, PortRange, Test
from bot.domain.reach.model.judging import Crowd, Moment, Traffic
from bot.domain.reach.ports import PortSpace
from bot.domain.reach.requests import SOURCE, fits, is_http

PROVEN = frozenset({"principal", "namespace", "account"})
"""What a caller has only with an identity."""


class Manner(Enum):
    """How a rule takes tests of what only HTTP has."""

    ASKED = auto()
    HELD = auto()
    """As matching: a DENY on a port that is no HTTP."""
    MISSED = auto()
    """As never matching: an ALLOW there."""


class Matching:
    """Rules against moments, on one cast."""

    def __init__(self, everyone: Crowd, space: PortSpace, identities: Identities) -> None:
        self._everyone, self._space, self._identities = everyone, space, identities

    def matched(
        self, rule: AuthorizationRule, moment: Moment, manner: Manner, *, doubted: bool
    ) -> Crowd:
        """The callers whose request a rule matches; `doubted`: doubts count as a match."""
        crowd = self._everyone
        for clause in rule.clauses:
            those = NOBODY
            for option in clause:
                those |= self._option(option, moment, manner, doubted=doubted)
            crowd &= those
        return crowd

    def _option(
        self, option: tuple[Test, ...], moment: Moment, manner: Manner, *, doubted: bool
    ) -> Crowd:
        crowd = self._everyone
        for test in option:
            if is_http(test) and manner is not Manner.ASKED:
                crowd &= self._everyone if manner is Manner.HELD else NOBODY
            elif test.attribute in SOURCE:
                crowd &= self._source(test, moment, doubted=doubted)
            else:
                crowd &= self._everyone if self._asked(test, moment) else NOBODY
        return crowd

    def _source(self, test: Test, moment: Moment, *, doubted: bool) -> Crowd:
        lean = doubted is not test.negated
        crowd = self._identities.spoken_of(test._replace(negated=False), doubted=lean)
        if test.attribute in PROVEN:
            crowd &= moment.identified
        return self._everyone & ~crowd if test.negated else crowd

    def _asked(self, test: Test, moment: Moment) -> bool:
        return self._holds(test, moment) is not test.negated

    def _holds(self, test: Test, moment: Moment) -> bool:
        match test.attribute:
            case "port":
                return any(moment.traffic & self.at_port(each) for each in test.values)
            case "method":
                return any(fits(moment.method or "~", each) for each in test.values)
            case "path":
                return any(fits(moment.request.path, each) for each in test.values)
            case "host":
                return any(fits(moment.request.host.lower(), each.lower()) for each in test.values)
        return test.attribute in moment.request.holds

    def at_port(self, text: str) -> Traffic:
        """Everything to the port that a policy writes as text."""
        return self._space.numbered(one_port(text))


def one_port(text: str) -> PortRange:
    """The port that a policy writes as text; what is none is an empty range."""
    number = int(text) if text.isdecimal() and len(text) < 6 else 0
    return PortRange("TCP", number or 1, number)
