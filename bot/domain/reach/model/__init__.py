"""The values of who may call whom: pods, policies, answers."""

from bot.domain.reach.model.answer import Caller, Callers, NotJudged, ShutOut
from bot.domain.reach.model.authorization import Authorization, AuthorizationRule, Strictness, Test
from bot.domain.reach.model.network import (
    AdminPolicy,
    AdminRule,
    Block,
    NetworkPolicy,
    Peer,
    PortRange,
    Rule,
    Unread,
)
from bot.domain.reach.model.pods import ContainerPort, Pods, Proxy, Requirement, Selector

__all__ = [
    "AdminPolicy",
    "AdminRule",
    "Authorization",
    "AuthorizationRule",
    "Block",
    "Caller",
    "Callers",
    "ContainerPort",
    "NetworkPolicy",
    "NotJudged",
    "Peer",
    "Pods",
    "PortRange",
    "Proxy",
    "Requirement",
    "Rule",
    "Selector",
    "ShutOut",
    "Strictness",
    "Test",
    "Unread",
]
