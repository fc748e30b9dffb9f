"""The exact permutation test: how often chance alone divides runs as unlike as they were measured.

With three runs a side there are 20 ways to divide them, so p cannot fall below 2/20. What a
number of runs can show at best is known before the first one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from math import comb, fsum

_EQUAL = 1e-12
"""Relative: sums of the same numbers in another order are the same sum."""


def p_value(first: Sequence[float], second: Sequence[float]) -> float:
    """Two-sided, on the difference of means. Both sides hold at least one value."""
    values = [*first, *second]
    total, few = fsum(values), len(first)
    expected = total * few / len(values)
    least = abs(fsum(first) - expected) - _EQUAL * fsum(map(abs, values))
    extreme = sum(abs(fsum(part) - expected) >= least for part in combinations(values, few))
    return extreme / comb(len(values), few)


def smallest_p(first: int, second: int) -> float:
    """The lowest p that so many runs can reach; equal sides count each division twice."""
    return (2 if first == second else 1) / comb(first + second, first)


def runs_missing(first: int, second: int, alpha: float) -> int:
    """How many more runs each side needs before p can fall to alpha."""
    more = 0
    while smallest_p(first + more, second + more) > alpha:
        more += 1
    return more


def chance_of_fewer(over: int, base: int, mesh: int) -> float:
    """The share of orders in which at most so many pairs are over."""
    return sum(_orders(base, mesh)[: over + 1]) / comb(base + mesh, mesh)


def chance_of_more(over: int, base: int, mesh: int) -> float:
    """The share of orders in which at least so many pairs are over."""
    return sum(_orders(base, mesh)[over:]) / comb(base + mesh, mesh)


@lru_cache(maxsize=1024)
def _orders(base: int, mesh: int) -> tuple[int, ...]:
    """How many orders of the runs have 0, 1, 2, … pairs over: the highest run is either side's."""
    if base == 0 or mesh == 0:
        return (1,)
    counts = [0] * (base * mesh + 1)
    for over, ways in enumerate(_orders(base, mesh - 1)):
        counts[over + base] += ways
    for over, ways in enumerate(_orders(base - 1, mesh)):
        counts[over] += ways
    return tuple(counts)
