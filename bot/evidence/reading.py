"""A file that somebody gave as evidence → what it says. What it holds is never quoted.

A look's summary loses the names of objects here, an export of incidents those of people.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.domain.evidence.model import VERSION, Confirmations, LookSummary
from bot.domain.incidents.model import Export
from bot.errors import BadInput, Exchangeable, NotEvidence
from bot.evidence.heads import HEAD, refuse_dump
from bot.incidents.reading import KNOWN
from bot.incidents.reading import read as read_export

Held = LookSummary | Export | Confirmations
LOOK, CONFIRMED = "meshfit-look", "meshfit-incidents-confirmed"
MOST_SUMMARY = 2 * 2**20
MOST_COUNTED = 500
"""Incidents that one export may hold: a person looks at each."""
MOST_NAMES = 40


def read(content: bytes, *, day_first: bool | None = None) -> Held:
    """What it is. Raises `NotEvidence`, `RawDump`, or `BadInput` where it is and is of no use."""
    refuse_dump(content[:HEAD])
    document = _document(content)
    form = document.get("form") if document else None
    if document and form == LOOK:
        return _look(document)
    if document and form == CONFIRMED:
        return _confirmations(document)
    return _export(content, day_first)


def _document(content: bytes) -> Mapping[str, Any] | None:
    """Its JSON, where it is one of ours: they name their form first."""
    if b'"form"' not in content[:HEAD] or len(content) > MOST_SUMMARY:
        return None
    try:
        tree = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NotEvidence("is no whole JSON document: it was cut off or damaged.") from None
    return tree if isinstance(tree, dict) else None


def _look(document: Mapping[str, Any]) -> LookSummary:
    if document.get("version") != VERSION:
        raise BadInput(
            f"is a summary of another version than {VERSION}, the one I read: make it with the "
            "meshfit that runs here, or have it updated."
        )
    try:
        look = LookSummary.model_validate(document)
    except (ValidationError, RecursionError):
        raise BadInput(
            "is no summary as meshfit look --summary writes it: make it anew, and change nothing."
        ) from None
    if _too_much(look):
        raise BadInput("holds more than a summary of a look does: make it anew.")
    bare = tuple(each.model_copy(update={"names": ()}) for each in look.findings)
    return look.model_copy(update={"findings": bare})


def _too_much(look: LookSummary) -> bool:
    offered = look.offered
    lists = (look.modes, look.kubernetes, look.not_judged, look.digests, offered.network)
    words = (
        *(each for part in (*lists, offered.cluster_hints, offered.mesh) for each in part),
        *look.counts,
        *look.meshed,
        *(offered.platform, look.pack.name, look.pack.version, offered.signs.team_label),
        *offered.signs.languages,
        *(each.id for each in look.findings),
    )
    many = max(map(len, (*lists, look.counts, look.meshed, offered.signs.languages)))
    return many > 100 or len(look.findings) > 200 or max(map(len, words), default=0) > 100


def _confirmations(document: Mapping[str, Any]) -> Confirmations:
    try:
        confirmations = Confirmations.model_validate({"confirmed": document.get("confirmed")})
    except (ValidationError, RecursionError):
        raise BadInput("holds no confirmations as meshfit incidents writes them.") from None
    if len(confirmations.confirmed) > 10 * MOST_COUNTED:
        raise BadInput("holds more confirmations than anybody makes.")
    return confirmations


def _export(content: bytes, day_first: bool | None) -> Export:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode()
    try:
        export = read_export(content, day_first=day_first)
    except Exchangeable:
        raise
    except BadInput:
        raise NotEvidence(
            f"is neither a summary of a look nor an export of incidents that I read: {KNOWN}. "
            "Where it is one, meshfit incidents FILE at a terminal says what is wrong with it."
        ) from None
    many = sum(each.left_out is None for each in export.incidents)
    if many > MOST_COUNTED:
        raise BadInput(
            f"holds {many:,} incidents, and a person confirms each: export fewer months, at most "
            f"{MOST_COUNTED}."
        )
    if not many:
        raise BadInput("holds no incident that counts: drills, tests and open ones are left out.")
    return export
