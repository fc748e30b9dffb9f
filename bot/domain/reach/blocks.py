"""Address blocks: whether one may cover a pod."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from bot.domain.reach.model import Block, Pods

_Network = IPv4Network | IPv6Network
_PRIVATE = tuple(
    ip_network(each)
    for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)
"""Where clusters take their pods' addresses from, as a rule."""


def covers(block: Block, pods: Pods) -> bool:
    """Whether a block covers pods, or may: where their addresses are not in the dump."""
    if pods.addresses:
        return any(
            _within(each, block.cidr) is not False
            and not any(_within(each, but) for but in block.but)
            for each in pods.addresses
        )
    network = _network(block.cidr)
    return network is None or any(
        _overlap(each, network) and not any(_holds(but, each) for but in block.but)
        for each in _PRIVATE
    )


def holds_all(block: Block, addresses: Iterable[str]) -> bool:
    """Whether a block surely holds every one of some addresses."""
    return all(
        _within(each, block.cidr) and not any(_within(each, but) is not False for but in block.but)
        for each in addresses
    )


@cache
def _network(text: str) -> _Network | None:
    """The block of a text; None for what is none, which may then be anything."""
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


@cache
def _within(address: str, block: str) -> bool | None:
    """Whether a block holds an address; None where one of them is none."""
    network = _network(block)
    try:
        return None if network is None else ip_address(address) in network
    except ValueError:
        return None


def _overlap(one: _Network, other: _Network) -> bool:
    return one.version == other.version and one.overlaps(other)


def _holds(outer: str, inner: _Network) -> bool:
    network = _network(outer)
    return (
        network is not None and network.version == inner.version and inner.subnet_of(network)  # type: ignore[arg-type]
    )
