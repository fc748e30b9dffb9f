"""What is said of Istio's policies at a target: whom they name, what is in doubt, why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.reach.crowds import NOBODY, Cast, members
from bot.domain.reach.identities import TRUST_DOMAIN, Identities, mode
from bot.domain.reach.istio_rules import PROVEN
from bot.domain.reach.model import Authorization, AuthorizationRule, Pods, Proxy, Test
from bot.domain.reach.model.judging import At, Crowd, Doubt, Named
from bot.domain.reach.requests import SOURCE, is_http, tests

_NO_WAYPOINT = (
    "it asks for methods, paths or hosts, which ambient mode without a waypoint does not enforce "
    "as written"
)


def named(cast: Cast, identities: Identities, policies: Iterable[Authorization]) -> Iterator[Named]:
    """Whom ALLOW rules let in by name, were all in the mesh."""
    for policy in policies:
        for rule in policy.rules if policy.action == "ALLOW" else ():
            if crowd := _named_in(cast, identities, rule):
                yield Named(f"{policy.key}: {rule.where}", crowd)


def _named_in(cast: Cast, identities: Identities, rule: AuthorizationRule) -> Crowd:
    """The callers that all of a rule's clauses about identities fit; nobody where it has none."""
    crowd, says = cast.everyone, False
    for clause in rule.clauses:
        proven = [[each for each in option if each.attribute in PROVEN] for option in clause]
        if not any(not each.negated for option in proven for each in option):
            continue
        says, those = True, NOBODY
        for option in filter(None, proven):
            those |= _fitting(cast, identities, option)
        crowd &= those
    return crowd if says else NOBODY


def _fitting(cast: Cast, identities: Identities, option: Iterable[Test]) -> Crowd:
    crowd = cast.everyone
    for test in option:
        those = identities.spoken_of(test._replace(negated=False), doubted=False)
        crowd &= cast.everyone & ~those if test.negated else those
    return crowd


def doubts(cast: Cast, identities: Identities, at: At) -> Iterator[Doubt]:
    """What a dump does not show of the policies at a target."""
    if not at.enforced:
        keys = ", ".join(each.key for each in at.policies)
        why = f"{at.pods.workload} shows no Istio proxy, so nothing enforces it: it is left out"
        yield Doubt(keys or "PeerAuthentication", why, NOBODY)
        return
    for policy in at.policies:
        for why, crowd in _of_one(cast, identities, at.pods, policy):
            yield Doubt(policy.key, why, crowd)
    if at.by_waypoint:
        why = "a waypoint stands before it: its policies, and network policies, see that as caller"
        yield Doubt(at.pods.workload, why, cast.everyone)


def _of_one(
    cast: Cast, identities: Identities, pods: Pods, policy: Authorization
) -> Iterator[tuple[str, Crowd]]:
    if policy.action not in {"ALLOW", "DENY", "CUSTOM"}:
        return
    if policy.action == "CUSTOM":
        provider = f" ({policy.provider})" if policy.provider else ""
        asked = _asked(cast, identities, policy)
        yield f"an external provider{provider} decides, and no dump shows how", asked
    if policy.vague:
        yield "it holds fields that are not read here", cast.everyone
    if policy.attached:
        yield f"it is attached to {', '.join(policy.attached)}, not to pods", cast.everyone
    if pods.proxy is Proxy.AMBIENT and any(map(is_http, tests([policy]))):
        yield _NO_WAYPOINT, cast.everyone
    covered, elsewhere = _uncertain(identities, policy)
    if covered:
        yield "an address block in it may cover pods", covered
    if elsewhere:
        yield f"it names another trust domain than {TRUST_DOMAIN}, the mesh's may be", elsewhere


def _asked(cast: Cast, identities: Identities, policy: Authorization) -> Crowd:
    """Those whose requests a policy may match, by what it says of their source."""
    crowd = NOBODY
    for rule in policy.rules:
        those = cast.everyone
        for clause in rule.clauses:
            fitting = NOBODY
            for option in clause:
                fitting |= _source(cast, identities, option)
            those &= fitting
        crowd |= those
    return crowd


def _source(cast: Cast, identities: Identities, option: Iterable[Test]) -> Crowd:
    crowd = cast.everyone
    for test in option:
        if test.attribute in SOURCE and not test.negated:
            crowd &= identities.spoken_of(test, doubted=True)
    return crowd


def _uncertain(identities: Identities, policy: Authorization) -> tuple[Crowd, Crowd]:
    """Those whom a block in a policy may cover, and whom it names in another trust domain."""
    covered = elsewhere = NOBODY
    for test in tests([policy]):
        plain = test._replace(negated=False)
        if test.attribute == "ip":
            covered |= identities.spoken_of(plain, doubted=True)
        elif test.attribute == "principal":
            sure = identities.spoken_of(plain, doubted=False)
            elsewhere |= identities.spoken_of(plain, doubted=True) & ~sure
    return covered, elsewhere


def why_not(cast: Cast, identities: Identities, at: At, caller: Crowd) -> str:
    """Why a caller that a rule names does not pass."""
    tls = mode(at.strictness, at.pods)
    if not identities.meshed & caller:
        pods = cast.pods[next(members(caller))]
        proxy = _proxy(pods)
        if tls == "STRICT":
            return f"{proxy}, and STRICT refuses it before any rule is asked"
        return f"{proxy}, so it has no identity: {tls} lets it connect, and the rule does not match"
    if tls == "DISABLE":
        return "mutual TLS is off at the target (DISABLE), so no caller has an identity"
    if any(each.action == "DENY" for each in at.policies):
        return "a DENY policy refuses it, or no request of its fits the rest of the rule"
    return "no request of its fits the rest of the rule"


def _proxy(pods: Pods) -> str:
    if pods.labelled:
        return "it is labelled for a proxy and has none: its pods were not restarted"
    if pods.proxy is Proxy.LINKERD:
        return "it has a Linkerd proxy and none of Istio's"
    return "it has no proxy"
