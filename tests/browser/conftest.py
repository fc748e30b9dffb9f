"""A real browser, the real bot, the playground between them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from bot.settings import Settings
from playground.command import meshfit, opened
from playground.slack import Slack
from tests.browser.window import CHROMIUM, FLAGS, Window
from tests.shipped import SHIPPED

PATIENCE_MS = 20_000
"""On a busy machine; nothing waits longer than it takes."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        no_browser = "no Chromium here (Debian: apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(no_browser)
        pytest.skip(no_browser)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def pack():
    return SHIPPED


@pytest.fixture(params=[False], ids=["http"])
def slack(request: pytest.FixtureRequest, pack, tmp_path: Path) -> Iterator[Slack]:
    db = tmp_path / "playground.db"
    with opened(0, db) as running, meshfit(running, Settings(), pack, db, socket=request.param):
        yield running
        running.patient = True  # a window that closed may have asked for something on its way out
        running.settle()
    assert running.faults == []


Open = Callable[..., Window]


@pytest.fixture
def opens(browser: Browser, slack: Slack) -> Iterator[Open]:
    """Opens windows: each a browser of its own, which must ask nothing of any other host."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def window(who: str = "ana", place: str = "payments", toured: bool = True, **options) -> Window:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        if toured:
            context.add_init_script("localStorage.setItem('toured', 'yes')")
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("request", lambda r: foreign(r.url, slack.root, complaints))
        page.set_default_timeout(PATIENCE_MS)
        return Window(page, slack.root).goes_to(who, place)

    yield window
    for context in contexts:
        context.close()
    assert complaints == []


def foreign(url: str, root: str, complaints: list[str]) -> None:
    if not url.startswith((root, "data:")):
        complaints.append(f"asked {url}")
