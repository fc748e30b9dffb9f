"""Results of load testers for tests: the project's own, and others' where they lie beside it.

Others' files are no part of the project. Where a folder `shared/loadtest-samples` lies beside the
checkout, tests read them too; where it does not, such a test is skipped and says why.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "loadtests"
SAMPLES = HERE / "samples"
BESIDE = Path(__file__).parents[2] / "shared" / "loadtest-samples"
NOTHING_BESIDE = "others' results do not lie beside this checkout (../shared/loadtest-samples)"


def path(name: str) -> Path:
    """Where a sample lies: here, or beside the checkout; without it the test is skipped."""
    for folder in (SAMPLES, BESIDE):
        if (folder / name).exists():
            return folder / name
    pytest.skip(NOTHING_BESIDE)


def sample(name: str) -> bytes:
    """A sample's bytes."""
    data = path(name).read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
