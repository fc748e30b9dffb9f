"""A cluster, as far as a dump shows it: the pods, their namespaces, every policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.reach.model.answer import NotJudged
from bot.domain.reach.model.authorization import Authorization, Strictness
from bot.domain.reach.model.linkerd import LinkerdPolicies
from bot.domain.reach.model.network import Policies
from bot.domain.reach.model.pods import Pods


@dataclass(frozen=True)
class Scene:
    """A cluster, as far as a dump shows it."""

    pods: Sequence[Pods]
    namespaces: Mapping[str, Mapping[str, str]]
    """Name → labels; every namespace that a pod is in is there."""
    policies: Policies = field(default_factory=Policies)
    authorizations: Sequence[Authorization] = ()
    strictness: Sequence[Strictness] = ()
    linkerd: LinkerdPolicies = field(default_factory=LinkerdPolicies)
    notes: tuple[NotJudged, ...] = ()
    """What the dump as a whole does not show."""
