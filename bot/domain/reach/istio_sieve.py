"""Istio's proxy before one target: its policies asked about sample requests, for all callers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from bot.domain.reach import istio_telling as telling
from bot.domain.reach.crowds import NOBODY, Cast
from bot.domain.reach.detours import UNGUARDED, WAVERS
from bot.domain.reach.identities import Identities, mode, strict
from bot.domain.reach.istio_rules import Manner, Matching
from bot.domain.reach.model import PortRange, Proxy
from bot.domain.reach.model.judging import At, Crowd, Doubt, Moment, Named, Request, Traffic
from bot.domain.reach.ports import NOTHING, PortSpace
from bot.domain.reach.requests import fits, samples, tests
from bot.domain.reach.sides import widened
from bot.domain.reach.wording import Passing


class IstioSieve:
    """A `Sieve`: what one target's proxy lets in."""

    def __init__(self, cast: Cast, space: PortSpace, identities: Identities, at: At) -> None:
        self._cast, self._space, self._identities, self._at = cast, space, identities, at
        self._detours = identities.detours
        self._matching = Matching(cast.everyone, space, identities)
        self._samples = samples(at.policies)
        self._parts = dict[bool, dict[Passing, Crowd]]()

    @property
    def policies(self) -> list[str]:
        """Those that select the target, and those that ask mutual TLS of its callers."""
        own = [each.key for each in self._at.policies]
        return [*own, *strict(self._at.strictness, self._at.pods)]

    @property
    def goes_round(self) -> bool:
        """Whether callers may come by a waypoint or straight to the pod: a dump shows neither."""
        return self._at.enforced and self._at.by_waypoint

    def parts(self, *, sure: bool) -> dict[Passing, Crowd]:
        """Callers by what passes for them."""
        if sure not in self._parts:
            self._parts[sure] = self._passing(sure=sure)
        return self._parts[sure]

    def _passing(self, *, sure: bool) -> dict[Passing, Crowd]:
        if not self._at.enforced:
            return {Passing(self._space.everything, self._space.everything): self._cast.everyone}
        if sure and self._elsewhere():
            return {Passing(0, 0): self._cast.everyone}
        whole: Mapping[Traffic, Crowd] = {0: self._cast.everyone}
        some: Mapping[Traffic, Crowd] = {0: self._cast.everyone}
        for moments in self._moments:
            let = [self._let(each, sure=sure) for each in moments]
            always = sometimes = let[0]
            for crowd in let[1:]:
                always, sometimes = always & crowd, sometimes | crowd
            whole = widened(whole, always, moments[0].traffic)
            some = widened(some, sometimes, moments[0].traffic)
        for span in self._at.pods.unguarded:
            whole = widened(whole, self._cast.everyone, self._space.numbered(span))
            some = widened(some, self._cast.everyone, self._space.numbered(span))
        return {
            Passing(traffic, at_times): crowd & those
            for traffic, crowd in whole.items()
            for at_times, those in some.items()
            if crowd & those
        }

    def _elsewhere(self) -> bool:
        """Whether a waypoint or a gateway enforces part of it, which a dump does not show."""
        return self._at.by_waypoint or any(each.attached for each in self._at.policies)

    @cached_property
    def _moments(self) -> list[list[Moment]]:
        """For each stretch of ports and each method, the requests to try."""
        moments = list[list[Moment]]()
        for block in self._blocks:
            first = self._moment(block)
            for methods in self._methods:
                traffic = sum(block & self._space.only(each) for each in methods)
                here = first._replace(traffic=traffic, method=methods[0])
                moments.append(
                    [here._replace(request=each) for each in self._samples or (Request(),)]
                )
        return moments

    def _moment(self, block: Traffic) -> Moment:
        """Who is identified, and who may connect, at some ports."""
        mode_here, meshed = self._mode(block), self._identities.meshed
        return Moment(
            block,
            "",
            Request(),
            identified=NOBODY if mode_here == "DISABLE" else meshed,
            connecting=meshed if mode_here == "STRICT" else self._cast.everyone,
            wavering=self._wavering(block),
            strict=mode_here == "STRICT",
        )

    def _wavering(self, block: Traffic) -> Crowd:
        """The callers who may come around their proxy to some ports."""
        return self._identities.meshed & self._detours.wavering(
            self._at.pods, lambda span: bool(self._space.numbered(span) & block)
        )

    @cached_property
    def _methods(self) -> list[list[str]]:
        """The methods, those together that no policy of the target tells apart."""
        patterns = {
            v for t in tests(self._at.policies) if t.attribute == "method" for v in t.values
        }
        alike: dict[frozenset[str], list[str]] = {}
        for method in self._space.methods:
            fitting = frozenset(each for each in patterns if fits(method or "~", each))
            alike.setdefault(fitting, []).append(method)
        return list(alike.values())

    @cached_property
    def _plain(self) -> Traffic:
        """The ports that are no HTTP."""
        traffic = NOTHING
        for each in self._at.pods.plain:
            traffic |= self._port(each)
        return traffic

    @cached_property
    def _blocks(self) -> list[Traffic]:
        """TCP, cut where the target's own policies cut it."""
        cuts = [
            self._matching.at_port(value)
            for test in tests(self._at.policies)
            if test.attribute == "port"
            for value in test.values
        ]
        ports = {port for each in self._at.strictness for port, _ in each.by_port}
        cuts += [self._port(each) for each in sorted(ports | self._at.pods.plain)]
        cuts += [self._space.numbered(each) for each in self._detours.cuts(self._at.pods)]
        blocks = [self._space.tcp]
        for cut in dict.fromkeys(cuts):
            blocks = [part for each in blocks for part in (each & cut, each & ~cut) if part]
        return blocks

    def _port(self, number: int) -> Traffic:
        return self._space.numbered(PortRange("TCP", number, number))

    def _mode(self, block: Traffic) -> str:
        for each in self._at.strictness:
            for port, _ in each.by_port:
                if self._port(port) & block:
                    return mode(self._at.strictness, self._at.pods, port)
        return mode(self._at.strictness, self._at.pods)

    def _let(self, moment: Moment, *, sure: bool) -> Crowd:
        """The callers whose request passes, whichever way those who waver come, or by one."""
        let = self._let_by(moment, sure=sure)
        if not moment.wavering:
            return let
        around = self._let_by(moment.around, sure=sure)
        return let & around if sure else let | around

    def _let_by(self, moment: Moment, *, sure: bool) -> Crowd:
        let = moment.connecting
        actions = ("DENY", "CUSTOM") if sure else ("DENY",)
        for action in actions:
            let &= ~self._matched(action, moment, sure=sure)
        if any(each.action == "ALLOW" for each in self._at.policies):
            let &= self._matched("ALLOW", moment, sure=sure)
        return let

    def _matched(self, action: str, moment: Moment, *, sure: bool) -> Crowd:
        crowd, doubted = NOBODY, (action != "ALLOW") is sure
        for policy in self._at.policies:
            if policy.action != action:
                continue
            if policy.vague:
                crowd |= self._cast.everyone if doubted else NOBODY
                continue
            manner = self._manner(action, moment, doubted=doubted)
            for rule in policy.rules:
                crowd |= self._matching.matched(rule, moment, manner, doubted=doubted)
        return crowd

    def _manner(self, action: str, moment: Moment, *, doubted: bool) -> Manner:
        if self._plain & moment.traffic:
            return Manner.MISSED if action == "ALLOW" else Manner.HELD
        if self._at.pods.proxy is Proxy.AMBIENT or self._samples is None:
            return Manner.HELD if doubted else Manner.MISSED
        return Manner.ASKED

    @cached_property
    def _allowing(self) -> list[tuple[str, Traffic, Crowd]]:
        """Each ALLOW rule, with the traffic of the callers that it matches."""
        allowing = list[tuple[str, Traffic, Crowd]]()
        for policy in self._at.policies if self._at.enforced else ():
            for rule in policy.rules if policy.action == "ALLOW" else ():
                for moments in self._moments:
                    manner = self._manner("ALLOW", moments[0], doubted=False)
                    crowd = NOBODY
                    for each in moments:
                        crowd |= self._matching.matched(rule, each, manner, doubted=False)
                    if crowd:
                        allowing.append((f"{policy.key}: {rule.where}", moments[0].traffic, crowd))
        return allowing

    def by(self, caller: Crowd, traffic: Traffic) -> Iterator[str]:
        """The ALLOW rules that match requests of one caller."""
        for rule, matched, crowd in self._allowing:
            if crowd & caller and matched & traffic:
                yield rule

    def touched(self) -> Iterator[Crowd]:
        """The crowds that some rule lets in."""
        yield self._identities.meshed
        yield from (crowd for _, _, crowd in self._allowing)

    def named(self) -> Iterator[Named]:
        """Whom ALLOW rules let in by name, were all in the mesh."""
        return telling.named(self._cast, self._identities, self._at.policies)

    def doubts(self) -> Iterator[Doubt]:
        """What a dump does not show of the target's policies."""
        if self._samples is None:
            keys = ", ".join(each.key for each in self._at.policies)
            yield Doubt(keys, "too many paths and hosts to try them all", self._cast.everyone)
        pods = self._at.pods
        if self._at.enforced and pods.unguarded:
            yield Doubt(pods.workload, UNGUARDED, NOBODY)
        if self._at.enforced and (wavering := self._wavering(self._space.tcp)):
            yield Doubt(pods.workload, WAVERS, wavering)
        yield from telling.doubts(self._cast, self._identities, self._at)

    def why_not(self, caller: Crowd) -> str:
        """Why a caller that a rule names does not pass."""
        return telling.why_not(self._cast, self._identities, self._at, caller)
