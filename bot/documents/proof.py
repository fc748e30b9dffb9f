"""A page for an auditor: who may call a workload, by which rules, and what nobody can tell.

Self-contained: no script, no image, nothing is fetched. Everything that a dump says is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from bot.documents.page import page, safe, table
from bot.domain.reach.model import Callers

_STYLE = "table:last-of-type td { overflow-wrap: anywhere }"


class Proof(NamedTuple):
    """All that goes onto the page."""

    callers: Callers
    headline: str
    seen: date
    made: datetime
    digests: Sequence[tuple[str, int, str]]
    """Each source: its name, its objects, the SHA-256 of its bytes."""
    quotes: Mapping[str, str]
    """Policy → what was read of its spec."""


def proof(proof: Proof) -> str:
    """The page as HTML."""
    callers = proof.callers
    title = f"Who may call {callers.target}"
    body = [
        f'<p class="answer">{safe(proof.headline)}</p>',
        f"<p>By the policies in a dump of {proof.seen:%-d %b %Y}. This page says who "
        "<em>may</em> call, as policies are written; it does not say who does.</p>",
        *_callers(callers),
        *_shut_out(callers),
        *_not_judged(callers),
        *_policies(proof.quotes),
        *_sources(proof.digests),
    ]
    return page(title, body, proof.made, _STYLE)


def _callers(callers: Callers) -> Iterable[str]:
    yield "<h2>May call it</h2>"
    if not callers.callers:
        yield "<p>No workload in the dump.</p>"
        return
    rows = (
        (each.workload, each.ports, "\n".join(each.by) or "no policy bars it")
        for each in callers.callers
    )
    yield table(("Workload", "Ports", "Let in by"), rows)


def _shut_out(callers: Callers) -> Iterable[str]:
    if callers.shut_out:
        yield "<h2>Named by a policy, and shut out</h2>"
        rows = ((each.workload, each.why, "\n".join(each.by)) for each in callers.shut_out)
        yield table(("Workload", "Why", "Named by"), rows)


def _not_judged(callers: Callers) -> Iterable[str]:
    yield "<h2>Not judged</h2>"
    rows = ((each.what, each.why, "\n".join(each.workloads)) for each in callers.not_judged)
    yield table(("What", "Why", "Workloads it may concern"), rows)


def _policies(quotes: Mapping[str, str]) -> Iterable[str]:
    yield "<h2>The policies</h2>"
    if not quotes:
        yield "<p>None bears on it.</p>"
    for key in sorted(quotes):
        yield f"<h3>{safe(key)}</h3>\n<pre>{safe(quotes[key])}</pre>"


def _sources(digests: Sequence[tuple[str, int, str]]) -> Iterable[str]:
    yield "<h2>The dump</h2>"
    rows = ((name, f"{objects:,}", digest) for name, objects, digest in digests)
    yield table(("Source", "Objects", "SHA-256"), rows)
