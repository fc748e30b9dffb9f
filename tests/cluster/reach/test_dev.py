"""A peer's suite, where it lies beside the checkout: every caller right, none invented."""

import json
from pathlib import Path

import pytest

from bot.cluster.reach.scene import scene
from bot.cluster.reading import Input, read
from bot.domain.reach.callers import Reach

SUITE = Path(__file__).parents[4] / "shared" / "cluster" / "reach" / "dev"
FOLDERS = sorted(SUITE.iterdir()) if SUITE.is_dir() else []


@pytest.mark.skipif(not FOLDERS, reason="the peer's suite does not lie beside this checkout")
@pytest.mark.parametrize("folder", FOLDERS, ids=[each.name for each in FOLDERS])
def test_a_case_of_the_peer(folder: Path) -> None:
    with (folder / "dump.json").open("rb") as stream:
        reach = Reach(scene(read([Input("dump.json", stream)])))
    callers = {
        target: [f"{each.workload}: {each.ports}" for each in reach.callers(target).callers]
        for target in reach.cast.workloads
    }
    assert callers == json.loads((folder / "expected.json").read_text("utf-8"))
