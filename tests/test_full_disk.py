"""`meshfit serve` on a disk that takes no more: it says so, keeps nothing halfway, and recovers."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from playground.manifest import read_manifest
from playground.slack import Slack
from tests.journeys.story import aside
from tests.served import ROOT, Served
from tests.store.conftest import every_row

pytestmark = pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="only Linux can limit another process"
)


@contextmanager
def no_room(served: Served) -> Iterator[None]:
    """No file of the process can be written any further."""
    assert served.process
    limit = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (1, limit[1]))
    yield
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, limit)


@pytest.mark.exhaustive
def test_what_cannot_be_kept_is_said_and_later_it_can(tmp_path: Path):
    with Slack(manifest=read_manifest(ROOT / "manifest.yml")) as slack:
        served = Served(slack, tmp_path / "meshfit.db")
        served.begin()
        try:
            ana = slack.person("ana")
            before = every_row(served.db)["pilots"]
            with no_room(served):
                ana.types("/meshfit pilot", in_="payments")
                assert "Nothing of this was saved: the database cannot be" in aside(ana).all_text
                assert every_row(served.db)["pilots"] == before == []
                assert slack.until(lambda: served.get("/readyz")[0] == 503, 30)
            ana.types("/meshfit pilot", in_="payments")
            assert len(every_row(served.db)["pilots"]) == 1
            assert slack.until(lambda: served.get("/readyz")[0] == 200, 30)
        finally:
            served.clean_up()
