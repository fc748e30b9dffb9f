"""One browser window, in the words of somebody who uses it."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from itertools import count
from pathlib import Path
from re import Pattern

from playwright.sync_api import Locator, Page, expect

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


AGAIN_MS = 5_000
"""After so long somebody clicks again."""
WIDTHS = (1280, 390)
TOO_WIDE = """[...document.querySelectorAll("html, .scroll, .message *, dialog, dialog *")]
  .filter((thing) => !thing.parentElement?.closest(".table-scroll, pre, .hidden, [hidden]"))
  .filter((thing) => thing.getBoundingClientRect().right > innerWidth + 1
    || thing.matches("html, .scroll") && thing.scrollWidth > thing.clientWidth + 1)
  .filter((thing) => thing.checkVisibility())
  .map((thing) => thing.outerHTML.slice(0, 200))"""
"""What reaches over the edge of its window or pane; wide tables slide within their own frame."""
PICTURES = os.environ.get("PICTURES")
"""A folder for what was looked at; without it no pictures are taken."""
_taken = count(1)


class Window:
    """A page of the playground; everything waits until it is there."""

    def __init__(self, page: Page, root: str) -> None:
        self.page = page
        self.root = root

    def goes_to(self, who: str, place: str) -> Window:
        self.page.goto(f"{self.root}/{who}/{place}")
        return self

    @property
    def modal(self) -> Locator:
        return self.page.locator("#modal")

    @property
    def messages(self) -> Locator:
        return self.page.locator("#messages .message")

    @property
    def last(self) -> Locator:
        return self.messages.last

    @property
    def replies(self) -> Locator:
        return self.page.locator("#replies .message")

    def message(self, words: str) -> Locator:
        """The newest message of the channel that holds these words."""
        return self.messages.filter(has_text=words).last

    def says(self, words: str, composer: str = "composer") -> Window:
        """Type and press Enter."""
        box = self.page.locator(f"#{composer}-text")
        box.fill(words)
        box.press("Enter")
        expect(box).to_have_value("")
        return self

    def presses(self, name: str, on: Locator | None = None) -> Window:
        """Press a button in the modal, or on something else, by the words that are seen on it."""
        said = re.compile(f"^\\s*{re.escape(name)}\\s*$")
        (on or self.modal).get_by_role("button").filter(has_text=said).last.click()
        return self

    def chooses(self, label: str, option: str, on: Locator | None = None) -> Window:
        """Choose in a select by its label and the option's first words."""
        select = (on or self.modal).get_by_label(label)
        select.wait_for()
        words = [w for w in select.locator("option").all_inner_texts() if w.startswith(option)]
        select.select_option(label=words[0])
        return self

    def picks(self, option: str) -> Window:
        """Press a radio button of the modal."""
        self.modal.get_by_role("radio", name=option, exact=True).check()
        return self

    def fills(self, label: str | Pattern[str], value: str) -> Window:
        """Type into a field of the modal by the first words of its label."""
        self.modal.get_by_label(label).first.fill(value)
        return self

    def uploads(self, label: str, *files: Path) -> Window:
        """Give a field of the modal these files."""
        there = self.modal.locator(".file").count()
        self.modal.get_by_label(label).set_input_files(files)
        expect(self.modal.locator(".file")).to_have_count(there + len(files))
        return self

    def shows(self, title: str) -> Window:
        """A modal with this title is open."""
        expect(self.page.locator("#modal-title")).to_have_text(title)
        return self

    def has_no_modal(self) -> Window:
        """The modal has gone."""
        expect(self.modal).not_to_be_visible()
        return self

    def fits(self) -> Window:
        """On a laptop and on a phone nothing is cut off at the edge; then as wide as it was."""
        before = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 844})
            assert self.page.evaluate(TOO_WIDE) == [], width
            if PICTURES:
                self.page.wait_for_timeout(300)
                self.page.screenshot(path=Path(PICTURES) / f"{next(_taken):03}-{width}.png")
        assert before is not None
        self.page.set_viewport_size(before)
        return self

    def opens_thread(self, words: str) -> Window:
        """Follow the link to the replies of a message; again where it was drawn anew meanwhile."""
        link = self.message(words).locator("a.replies")
        link.click()
        with suppress(AssertionError):
            expect(self.replies.first).to_be_visible(timeout=AGAIN_MS)
            return self
        link.click()
        expect(self.replies.first).to_be_visible()
        return self
