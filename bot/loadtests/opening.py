"""The door's outside: an input unpacked, known as text, and cleared of what a log put before it."""

from __future__ import annotations

import codecs
import gzip
import io
from collections.abc import Callable
from typing import BinaryIO, cast

from bot.errors import BadInput, NotAResult
from bot.loadtests.beside import Beside, Fenced
from bot.loadtests.bounded import Bounded, Joined, Readable
from bot.loadtests.door import FENCED, HEAD, Upload
from bot.loadtests.prefixes import MOST_LAYERS, Unprefixed, before_each_line

_OTHER_KINDS = (
    (b"PK\x03\x04", "a zip archive or an Office file: unpack it and upload the result itself"),
    (b"%PDF", "a PDF: upload the tool's own JSON, CSV or text"),
    (b"\x89PNG", "a picture: upload the tool's own JSON, CSV or text"),
    (b"\xff\xd8\xff", "a picture: upload the tool's own JSON, CSV or text"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd: unpack it first"),
    (b"BZh", "packed with bzip2: unpack it first"),
    (b"\xfd7zXZ", "packed with xz: unpack it first"),
)


def opened(stream: BinaryIO, streamed: Callable[[Upload], bool]) -> Upload:
    """An input, unpacked, and out of its fence where what it holds is `streamed`.

    Raises `BadInput` where it is empty, binary or of another kind.
    """
    head, source = _unpacked(stream)
    beside: list[Beside] = []
    for _ in range(MOST_LAYERS):
        if (form := before_each_line(head)) is None:
            break
        beside.append(Beside())
        source = Unprefixed(source, form, beside[-1])
        head = _ahead(source)
        source = Joined(head, source)
    if FENCED in head and not Upload(head, io.BytesIO()).has_blocks:
        within = _ahead(Fenced(io.BytesIO(head), Beside()))
        if within and streamed(Upload(within, io.BytesIO())):
            beside.append(Beside())
            source = Fenced(source, beside[-1])
            head = _ahead(source)
            source = Joined(head, source)
    return Upload(head, source, beside)


def _unpacked(stream: BinaryIO) -> tuple[bytes, Readable]:
    source: Readable = stream
    head = _ahead(source)
    source = Joined(head, source)
    if head.startswith(b"\x1f\x8b"):
        source = Bounded(gzip.GzipFile(mode="rb", fileobj=cast("BinaryIO", source)))
        head = _ahead(source)
        source = Joined(head, source)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        source = Bounded(codecs.EncodedFile(io.BufferedReader(Bounded(source)), "utf-8", "utf-16"))
        head = _ahead(source)
        source = Joined(head, source)
    _refuse_other_kinds(head)
    return head, source


def _ahead(source: Readable) -> bytes:
    head = b""
    while len(head) < HEAD and (more := source.read(HEAD - len(head))):
        head += more
    return head


def _refuse_other_kinds(head: bytes) -> None:
    if not head.strip():
        raise BadInput("This file is empty.")
    if head.startswith(b"\x1f\x8b"):
        raise BadInput("This file is packed twice: unpack it once and upload it again.")
    for start, words in _OTHER_KINDS:
        if head.startswith(start):
            raise NotAResult(f"This is {words}.")
    if b"\0" in head:
        raise NotAResult("This is a binary file: upload the tool's own JSON, CSV or text.")
