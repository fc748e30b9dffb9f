"""How often chance alone would put as few, or as many, runs over a limit as were seen.

Of all pairs of one run a side, count those over the limit (Mann and Whitney's U). If runs only
differed by chance, every order of them would be as likely as every other; the orders are counted.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb


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
