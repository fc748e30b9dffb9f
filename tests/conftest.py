"""A Slack in real time and `meshfit serve` beside it, for stories of a process of its own."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from playground.clock import RealClock
from playground.manifest import read_manifest
from playground.slack import Slack
from tests.served import ROOT, Served

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")  # what is measured in time stands in bench/
settings.register_profile("quick", settings.get_profile("untimed"), max_examples=25)

IN_MEMORY, ENOUGH = Path("/dev/shm"), 2 * 1024**3
WALKED = [ROOT / "tests" / folder for folder in ("journeys", "outside", "playground", "terminal")]


def pytest_configure() -> None:
    """What lives for a second lies in memory, where there is room: stories waited for the disk."""
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ENOUGH:
        os.environ.setdefault("TMPDIR", str(IN_MEMORY))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """With stories half as many again as cores: half of a story's time goes by in waiting."""
    cores = os.cpu_count() or 1
    return cores if without_stories(config) else max(1, cores * 3 // 2)


def without_stories(config: pytest.Config) -> bool:
    return "not story" in config.option.markexpr


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A folder of stories is not even read where none is asked for."""
    return True if collection_path in WALKED and without_stories(config) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is walked from end to end is a story, and `make quick` leaves it out."""
    for each in items:
        if is_walked(each.path):
            each.add_marker(pytest.mark.story)


@cache
def is_walked(path: Path) -> bool:
    return any(folder in path.parents for folder in WALKED)


def pytest_collection_finish() -> None:
    """Ten thousand tests and the packs that they share stay: no collection walks them again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(manifest=read_manifest(ROOT / "manifest.yml"), clock=RealClock()) as slack:
        slack.patient = False  # silence says little about another process; stories wait for sights
        yield slack


@pytest.fixture(params=["http", "socket"])
def served(request: pytest.FixtureRequest, slack: Slack, tmp_path: Path) -> Iterator[Served]:
    served = Served(slack, tmp_path / "meshfit.db", request.param)
    served.begin()
    try:
        yield served
    finally:
        served.clean_up()
