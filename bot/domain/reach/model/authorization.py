"""Istio's AuthorizationPolicy and PeerAuthentication, in tests of one attribute each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.reach.model.pods import Selector


class Test(NamedTuple):
    """One attribute of a request, and the values it may have, or must not."""

    attribute: str
    """principal, namespace, account, ip, port, method, path, host; else a key that nobody can tell
    from a dump, such as `request.headers[x-user]`."""
    values: tuple[str, ...]
    negated: bool = False


Option = tuple[Test, ...]
"""Tests that must all hold: one `source`, one `operation`, one `when`."""


class AuthorizationRule(NamedTuple):
    """One rule: of each clause (from, to, every when) one option must hold."""

    where: str
    clauses: tuple[tuple[Option, ...], ...]


@dataclass(frozen=True)
class Authorization:
    """One AuthorizationPolicy of Istio's."""

    key: str
    namespace: str
    """Empty: it is in the mesh's root namespace, so it holds in all."""
    pods: Selector
    action: str
    """ALLOW, DENY, AUDIT or CUSTOM."""
    rules: tuple[AuthorizationRule, ...]
    attached: tuple[str, ...] = ()
    """`Service/payroll`, `Gateway/ingress`: a waypoint or a gateway enforces it, if one does."""
    vague: bool = False
    """It holds fields that were not read."""
    provider: str = ""


class Strictness(NamedTuple):
    """One PeerAuthentication: which pods, and STRICT, PERMISSIVE, DISABLE or UNSET, or by port."""

    key: str
    namespace: str
    """Empty: the mesh's root namespace."""
    pods: Selector
    mode: str
    by_port: tuple[tuple[int, str], ...] = ()
    created: str = ""
    """When it was made: of several for the same pods the oldest holds."""
