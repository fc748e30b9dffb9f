"""Broken results: real ones, damaged as uploads, editors and mistakes damage them, by a seed."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from bot.errors import BadInput
from bot.loadtests import registry
from tests.loadtests.made import FUZZED

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
LINES = 40
"""Of a long sample: what breaks in ten thousand rows breaks in a few."""
NASTY = (
    b"-1", b"-0.5", b"NaN", b"nan", b"inf", b"1e400", b"-1e-9", b"0", b"0.0", b"9" * 20, b"1e18",
    b"1.5", b"null", b"true", b'""', b"[]", b"{}", b'"x"', b"1,5", b"0x10", b"1_0", b"\xd9\xa3",
    b"9" * 400, b"\x00", b"\xff\xfe", b"=1+1", b"'", b'"', b"\n", b"\t", b",", b";",
)  # fmt: skip
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
WORD = re.compile(rb"[A-Za-z_%()]{2,}")


def samples() -> dict[str, list[bytes]]:
    """Format → its samples, long logs shortened."""
    by_format: dict[str, list[bytes]] = defaultdict(list)
    for path in sorted(SAMPLES.glob("*/*")):
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        log = len(data) > 30_000 and not data.lstrip().startswith((b"{\n", b"["))
        by_format[path.parent.name].append(b"".join(data.splitlines(True)[:LINES]) if log else data)
    for name, each in json.loads((HERE / "printed.json").read_text("utf-8")).items():
        by_format[each["format"]].append((HERE / "printed" / name).read_bytes())
    for form, data in FUZZED.items():
        by_format[form].append(data)
    return dict(by_format)


def outcome(data: bytes) -> str:
    """What comes of one file: read, or refused with one sentence; anything else is raised."""
    try:
        result = registry.read(io.BytesIO(data))
    except BadInput as error:
        sentence = error.sentence
    else:
        return "read" if result else "nothing"
    return "refused" if sentence.endswith(".") and "\n" not in sentence else repr(sentence)


def mutant(dice: random.Random, sample: bytes, others: list[bytes]) -> bytes:
    """One sample with one to four injuries."""
    data = sample
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        data = dice.choice(INJURIES)(dice, data, others) or b" "
    return data


def _spot(dice: random.Random, data: bytes, form: re.Pattern[bytes]) -> tuple[int, int]:
    """A place that matches, or any place."""
    near = dice.randrange(len(data))
    at = form.search(data, max(near - 200, 0)) or form.search(data)
    return at.span() if at else (near, min(near + 1, len(data)))


def number(dice: random.Random, data: bytes, _: list[bytes]) -> bytes:
    low, high = _spot(dice, data, NUMBER)
    return data[:low] + dice.choice(NASTY) + data[high:]


def word(dice: random.Random, data: bytes, _: list[bytes]) -> bytes:
    low, high = _spot(dice, data, WORD)
    return data[:low] + dice.choice((*NASTY, data[low:high].upper(), b"")) + data[high:]


def cut(dice: random.Random, data: bytes, _: list[bytes]) -> bytes:
    return data[: dice.randrange(len(data))]


def hole(dice: random.Random, data: bytes, _: list[bytes]) -> bytes:
    low = dice.randrange(len(data))
    return data[:low] + data[low + dice.choice((1, 3, 20, 300)) :]


def twice(dice: random.Random, data: bytes, _: list[bytes]) -> bytes:
    low = dice.randrange(len(data))
    part = data[low : low + dice.choice((1, 30, 400))]
    return data[:low] + part * dice.choice((2, 3)) + data[low + len(part) :]


def bits(dice: random.Random, data: bytes, _: list[bytes]) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]


def lines(dice: random.Random, data: bytes, _: list[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[dice.choice((at, other))]
    return b"".join(lines)


def splice(dice: random.Random, data: bytes, others: list[bytes]) -> bytes:
    other = dice.choice(others)
    low, at = dice.randrange(len(other)), dice.randrange(len(data))
    return data[:at] + other[low : low + dice.choice((5, 80, 900))] + data[at:]


def within(dice: random.Random, data: bytes, _: list[bytes]) -> bytes:
    low = dice.randrange(len(data))
    return data[:low] + dice.choice(NASTY) + data[low:]


Injury = Callable[[random.Random, bytes, list[bytes]], bytes]
INJURIES: tuple[Injury, ...] = (
    number, number, number, word, word, cut, hole, twice, bits, lines, splice, within,
)  # fmt: skip
