"""Pieces of a file put together again where they are parts of one report."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TypeVar

from bot.loadtests.door import Upload
from bot.loadtests.pieces import Piece, begins
from bot.loadtests.visible import strangers

R = TypeVar("R")


def grouped(
    pieces: Iterable[Piece], own: Callable[[Upload], R | None], reports: Container[R]
) -> Iterator[tuple[R | None, Upload]]:
    """Pieces with their readers; what belongs to one report, or follows it, is one piece again.

    A beginning that nobody knows by itself is that of the report below it, if of the same tool.
    """
    reader: R | None = None
    text, waiting = "", list[str]()
    for piece in pieces:
        upload = Upload.of(piece.text, piece.document)
        found = own(upload)
        if found is not None and found not in reports:
            yield from _ended(reader, text, waiting)
            reader, text, waiting = None, "", []
            yield found, upload
        elif found is None and (waiting or not text or begins(piece.text)):
            waiting.append(piece.text)
        elif found is None:
            text += piece.text
        else:
            strange, kept = strangers(waiting, piece.text)
            if strange or found is not reader:
                yield from _ended(reader, text, strange)
                reader, text = found, ""
            text, waiting = text + kept + piece.text, []
    yield from _ended(reader, text, waiting)


def _ended(
    reader: R | None, text: str, waiting: Sequence[str]
) -> Iterator[tuple[R | None, Upload]]:
    """A report, with what follows it, and each beginning of another that has no end."""
    strange, kept = strangers(waiting, text)
    if text or kept:
        yield reader, Upload.of(text + kept)
    yield from ((None, Upload.of(each)) for each in strange)
