"""The values of who may call whom: pods, policies, answers."""

from bot.domain.reach.model.answer import AllowedCaller, Callers, NotJudged, ShutOut
from bot.domain.reach.model.authorization import Authorization, AuthorizationRule, Strictness, Test
from bot.domain.reach.model.network import (
    AdminPolicy,
    AdminRule,
    Block,
    NetworkPolicy,
    Peer,
    PolicyRule,
    Unread,
)
from bot.domain.reach.model.pods import (
    ContainerPort,
    Pods,
    PortRange,
    Proxy,
    Selector,
    SelectorRequirement,
)

__all__ = [
    "AdminPolicy",
    "AdminRule",
    "AllowedCaller",
    "Authorization",
    "AuthorizationRule",
    "Block",
    "Callers",
    "ContainerPort",
    "NetworkPolicy",
    "NotJudged",
    "Peer",
    "Pods",
    "PolicyRule",
    "PortRange",
    "Proxy",
    "Selector",
    "SelectorRequirement",
    "ShutOut",
    "Strictness",
    "Test",
    "Unread",
]
