"""Each parser of load-test results against thousands of damaged files: nothing may crash or hang.

python -m bench.fuzz [--each 10000] [FORMAT …]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.loadtests.mutation import mutant, outcome, samples


def main(arguments: Sequence[str] = ()) -> int:
    """Print, for each format, what came of its files and how long the slowest took."""
    wanted = argparse.ArgumentParser(prog="python -m bench.fuzz")
    wanted.add_argument("--each", type=int, default=10_000, help="files for each format")
    wanted.add_argument("formats", nargs="*")
    chosen = wanted.parse_args(arguments)
    by_format = samples()
    every = [data for files in by_format.values() for data in files]
    crashed = 0
    for form in chosen.formats or sorted(by_format):
        counts, slowest = tried(form, chosen.each, by_format[form], every)
        print(f"{form:26} {dict(counts)}  slowest {slowest * 1e3:.0f} ms", flush=True)
        crashed += sum(counts.values()) - counts["read"] - counts["refused"]
    return int(crashed > 0)


def tried(form: str, each: int, own: list[bytes], every: list[bytes]) -> tuple[Counter[str], float]:
    """What came of so many damaged files of one format, and the slowest one's seconds."""
    dice, counts, slowest = random.Random(f"{form} {each}"), Counter[str](), 0.0
    for _ in range(each):
        data = mutant(dice, dice.choice(own), every)
        started = time.perf_counter()
        try:
            counts[outcome(data)] += 1
        except Exception as error:
            counts[f"{type(error).__name__}: {error}"] += 1
        slowest = max(slowest, time.perf_counter() - started)
    return counts, slowest


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
