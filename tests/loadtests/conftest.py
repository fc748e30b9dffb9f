"""Reading a result as an upload comes: bytes without a name."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests import registry

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
BESIDE = HERE.parents[2] / "shared" / "loadtest-samples"
"""Other people's results, gathered beside the checkout; tests use them where they are."""
PRINTED = HERE / "printed"
TRUTH = json.loads((HERE / "truth.json").read_text("utf-8"))
PAIRS = json.loads((HERE / "pairs.json").read_text("utf-8"))


def sample(name: str) -> bytes:
    """A sample's bytes, unpacked where it is kept packed."""
    path = SAMPLES / name
    if path.exists() and path.suffix != ".gz":
        return path.read_bytes()
    return gzip.decompress((SAMPLES / f"{name.removesuffix('.gz')}.gz").read_bytes())


def read(data: bytes | str):
    """What a file holds."""
    raw = data.encode() if isinstance(data, str) else data
    return registry.read(io.BytesIO(raw), size=len(raw))


def run(data: bytes | str) -> Run:
    """The one run that a file holds."""
    (found,) = read(data)
    return found


def refused(data: bytes | str) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(BadInput) as caught:
        read(data)
    sentence = caught.value.sentence
    assert sentence[0].isupper() or sentence[0] in "\"'" or sentence.split()[0].islower()
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 400
    return sentence
