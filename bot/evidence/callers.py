"""A list of callers for a drill: what `meshfit callers` prints or writes, or a list by hand.

Read are names alone: the target, who may call it, how many were shut out or not judged.
"""

from __future__ import annotations

import hashlib
import json
from html.parser import HTMLParser
from typing import Any

from bot.domain.pilot.model import CallersSeen
from bot.errors import BadInput
from bot.evidence.heads import HEAD, refuse_dump

MOST_BYTES = 2 * 2**20
MOST, LONGEST = 500, 200
_TITLE = "Who may call "
_UNLIKE = (
    "is no list of callers: give what meshfit callers --json prints, the page that --proof writes, "
    "or one workload a line."
)


def read(content: bytes) -> CallersSeen:
    """Who may call what. Raises `BadInput` with the end of a sentence, or `RawDump`."""
    refuse_dump(content[:HEAD])
    if len(content) > MOST_BYTES:
        raise BadInput("is larger than 2 MB: name one target, not --all.")
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise BadInput(_UNLIKE) from None
    if text.startswith("{"):
        return _of_json(text, content)
    if text[:15].lower() == "<!doctype html>":
        return _of_page(text, content)
    return _of_lines(text, content)


def _of_json(text: str, content: bytes) -> CallersSeen:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        several = text.count('\n{"target"')
        raise BadInput(
            "holds several targets: name one, not --all." if several else _UNLIKE
        ) from None
    match tree:
        case {
            "target": str() as target,
            "anybody": bool() as anybody,
            "callers": list() as callers,
            "shut_out": list() as shut,
            "not_judged": list() as open_,
        }:
            names = [_name(each) for each in callers]
            return _seen("json", content, (target, names, anybody, len(shut), len(open_)))
    raise BadInput(_UNLIKE)


def _name(row: Any) -> str:  # noqa: ANN401 - JSON
    match row:
        case {"workload": str() as name}:
            return name
    raise BadInput(_UNLIKE)


def _of_page(text: str, content: bytes) -> CallersSeen:
    page = _Page()
    page.feed(text)
    heading = page.heading.strip()
    if not heading.startswith(_TITLE):
        raise BadInput(_UNLIKE)
    anybody = page.answer.strip().startswith("Anybody may call")
    rows = page.rows
    target, shut = heading.removeprefix(_TITLE), len(rows["Named by a policy, and shut out"])
    answer = (target, rows["May call it"], anybody, shut, len(rows["Not judged"]))
    return _seen("page", content, answer)


def _of_lines(text: str, content: bytes) -> CallersSeen:
    names = [each.strip(" \t•-*,;") for each in text.splitlines()]
    names = [each for each in names if each]
    if not names or any(len(each) > LONGEST or not each.isprintable() for each in names):
        raise BadInput(_UNLIKE)
    return _seen("list", content, ("", names, None, 0, 0))


def _seen(
    how: str, content: bytes, answer: tuple[str, list[str], bool | None, int, int]
) -> CallersSeen:
    """All of it as a value; `answer` is target, names, anybody, how many shut out, not judged."""
    target, names, anybody, shut_out, not_judged = answer
    every = tuple(dict.fromkeys(names))
    if len(every) > MOST or any(len(each) > LONGEST for each in (target, *every)):
        raise BadInput(f"names more than {MOST} callers, or names that are too long for any.")
    return CallersSeen.model_validate(
        {
            "how": how,
            "target": target,
            "workloads": every,
            "anybody": anybody,
            "shut_out": shut_out,
            "not_judged": not_judged,
            "digest": hashlib.sha256(content).hexdigest(),
        }
    )


class _Page(HTMLParser):
    """The page of a proof: its heading, its answer, the first cell of every row by section."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = self.answer = ""
        self.rows: dict[str, list[str]] = {"May call it": [], "Not judged": []}
        self.rows["Named by a policy, and shut out"] = []
        self._section, self._at, self._cell = "", "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Where the words that follow stand."""
        if tag in ("h1", "h2"):
            self._at, self._section = tag, "" if tag == "h2" else self._section
        elif tag == "p":
            self._at = "answer" if ("class", "answer") in attrs else ""
        elif tag == "tr":
            self._cell = 0
        elif tag == "td":
            self._cell += 1
            self._at = "td"
            if self._cell == 1 and self._section in self.rows:
                self.rows[self._section].append("")

    def handle_endtag(self, tag: str) -> None:
        """Words behind its end belong to nothing."""
        if tag in ("h1", "h2", "p", "td"):
            self._at = ""

    def handle_data(self, data: str) -> None:
        """Words, by where they stand."""
        if self._at == "h1":
            self.heading += data
        elif self._at == "h2":
            self._section += data
        elif self._at == "answer":
            self.answer += data
        elif self._at == "td" and self._cell == 1 and self._section in self.rows:
            self.rows[self._section][-1] += data
