"""A raw dump of a cluster, known by its first kilobytes, so that no more of it is ever read.

Dumps carry environment variables, commands and annotations that repeat secrets. Where one is packed
or written in UTF-16, as a shell of Windows does, its beginning is looked at all the same.
"""

from __future__ import annotations

import codecs
import re
import struct
import zlib

from bot.errors import RawDump

HEAD = 8 * 2**10
"""Bytes that are read of a file before anything else is."""
_UNPACKED = 64 * 2**10
_ZIPPED = struct.Struct("<4s4xH16xHH")
_KEYS = re.compile(
    r'(?<![\\"])"(apiVersion|managedFields|resourceVersion'
    r'|kubectl\.kubernetes\.io/last-applied-configuration)"(?!")\s*:'
    r'|(?<![\\"])"kind"(?!")\s*:\s*"[A-Za-z]*List"'
)
"""A key of JSON that every object of Kubernetes has; not one that a text quotes."""
_BEFORE = r"(?:[ \t]*(?:#[^\n]*|---[^\n]*|%YAML[^\n]*|(?:Warning:|[$>] |[WIE]\d{4} )[^\n]*)?\r?\n)*"
_YAML = re.compile(rf"\A{_BEFORE}(?:- )?(?:apiVersion|kind|items|metadata|spec|status|data)[ \t]*:")
_LINE = re.compile(r"^[ \t]*(?:- )?apiVersion:", re.MULTILINE)
_JSON = re.compile(rf"\A{_BEFORE}[{{\[]")


def refuse_dump(head: bytes) -> None:
    """Nothing, or `RawDump` where a file that begins like this is a dump of a cluster."""
    text = _text(_unpacked(head)).lstrip("\ufeff \t\r\n")
    if (_JSON.match(text) and _KEYS.search(text)) or (_YAML.match(text) and _LINE.search(text)):
        raise RawDump


def _unpacked(head: bytes) -> bytes:
    """The beginning of what a file holds, where it is packed by gzip or zip."""
    try:
        if head.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(31).decompress(head, _UNPACKED)
        if head.startswith(b"PK\x03\x04"):
            _, packed, name, extra = _ZIPPED.unpack_from(head)
            packed_bytes = head[_ZIPPED.size + name + extra :]
            return (
                zlib.decompressobj(-15).decompress(packed_bytes, _UNPACKED)
                if packed == 8
                else packed_bytes
            )
    except (zlib.error, struct.error):
        return b""
    return head


def _text(head: bytes) -> str:
    for mark, form in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head.decode(form, "replace")
    return head.decode("utf-8", "replace")
