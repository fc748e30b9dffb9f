"""Reading a result as an upload comes: bytes without a name."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests import registry
from tests.gathered import BESIDE, NOTHING_BESIDE, SAMPLES, path, sample

__all__ = ["BESIDE", "NOTHING_BESIDE", "SAMPLES", "path", "sample"]
HERE = Path(__file__).parent
PRINTED = HERE / "printed"
TRUTH = json.loads((HERE / "truth.json").read_text("utf-8"))
PAIRS = json.loads((HERE / "pairs.json").read_text("utf-8"))


def read(data: bytes | str):
    """What a file holds."""
    raw = data.encode() if isinstance(data, str) else data
    return registry.read(io.BytesIO(raw), size=len(raw))


def run(data: bytes | str) -> Run:
    """The one run that a file holds."""
    (result,) = read(data)
    return result


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
