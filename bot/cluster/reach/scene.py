"""A dump → the scene that `bot.domain.reach` judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.cluster.model import Dump, Item
from bot.cluster.reach import istio
from bot.cluster.reach.linkerd import linkerd_policies
from bot.cluster.reach.network import admin_policy, network_policies, network_policy
from bot.cluster.reach.notes import notes
from bot.cluster.reach.pods import Roster
from bot.cluster.reach.selectors import UnreadablePolicy
from bot.cluster.reach.unread import unread, unreadable
from bot.domain.reach.model.linkerd import LinkerdPolicies
from bot.domain.reach.model.network import Policies, Unread
from bot.domain.reach.model.scene import Scene

_Policy = TypeVar("_Policy")


def scene(dump: Dump, root: str = "") -> Scene:
    """Everyone and every policy of a dump; `root`: the mesh's root namespace, where it is known."""
    pods = tuple(Roster(dump).pods())
    root, guessed = (root, False) if root else istio.root_namespace(dump)
    not_read = [*unread(dump, root)]
    policies = Policies(
        network=_each(network_policy, network_policies(dump), not_read),
        admin=_each(
            admin_policy,
            dump.objects("AdminNetworkPolicy", "BaselineAdminNetworkPolicy"),
            not_read,
        ),
        unread=not_read,
    )
    return Scene(
        pods=pods,
        namespaces={each.namespace: dump.labels_of(each.namespace) for each in pods},
        policies=policies,
        authorizations=[
            istio.authorization(each, root) for each in istio.authorization_items(dump)
        ],
        strictness=[istio.strictness(each, root) for each in dump.objects("PeerAuthentication")],
        linkerd=_linkerd(dump, not_read),
        notes=tuple(notes(dump, pods, root if guessed else "")),
    )


def _linkerd(dump: Dump, not_read: list[Unread]) -> LinkerdPolicies:
    """Linkerd's policies; where one cannot be read, none is judged."""
    try:
        return linkerd_policies(dump)
    except UnreadablePolicy as why:
        not_read.append(Unread("Linkerd's policies", f"one holds {why}", ""))
        return LinkerdPolicies()


def _each(
    of: Callable[[Item], _Policy], items: Iterable[Item], not_read: list[Unread]
) -> list[_Policy]:
    """The policies of some objects; those that cannot be read are added to the unread."""
    policies = list[_Policy]()
    for each in items:
        try:
            policies.append(of(each))
        except UnreadablePolicy as why:
            not_read.append(unreadable(each, str(why)))
    return policies
