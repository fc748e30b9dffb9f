"""A page for an auditor: who may call a workload, by which rules, and what nobody can tell.

Self-contained: no script, no image, nothing is fetched. Everything that a dump says is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import NamedTuple

from bot.domain.reach.model import Callers

_STYLE = """
:root { color-scheme: light }
body { font: 15px/1.5 system-ui, sans-serif; color: #1d1c1d; background: #fff; max-width: 60rem;
  margin: 2rem auto; padding: 0 1.25rem; overflow-wrap: break-word }
h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere }
h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0;
  border-bottom: 1px solid #ddd; overflow-wrap: break-word }
th { font-weight: 600 }
table:last-of-type td { overflow-wrap: anywhere }
pre, code { font: 13px/1.45 ui-monospace, monospace }
pre { background: #f6f6f6; padding: .8rem; white-space: pre-wrap; overflow-wrap: anywhere }
.answer { font-size: 1.1rem; border-left: 4px solid #1d1c1d; padding-left: .8rem }
footer { margin: 2.5rem 0; color: #555 }
@media print { body { margin: 0; max-width: none } pre { break-inside: avoid } }
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


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


def proof(given: Proof) -> str:
    """The page as HTML."""
    found = given.callers
    title = f"Who may call {found.target}"
    body = "\n".join(
        [
            f"<h1>{_safe(title)}</h1>",
            f'<p class="answer">{_safe(given.headline)}</p>',
            f"<p>By the policies in a dump of {given.seen:%-d %b %Y}. This page says who "
            "<em>may</em> call, as policies are written; it does not say who does.</p>",
            *_callers(found),
            *_shut_out(found),
            *_not_judged(found),
            *_policies(given.quotes),
            *_sources(given.digests),
            f"<footer>Made by meshfit on {given.made:%-d %b %Y at %H:%M} UTC.</footer>",
        ]
    )
    return _PAGE.format(title=_safe(title), style=_STYLE, body=body)


def _callers(found: Callers) -> Iterable[str]:
    yield "<h2>May call it</h2>"
    if not found.callers:
        yield "<p>No workload in the dump.</p>"
        return
    rows = (
        (each.workload, each.ports, "\n".join(each.by) or "no policy bars it")
        for each in found.callers
    )
    yield _table(("Workload", "Ports", "Let in by"), rows)


def _shut_out(found: Callers) -> Iterable[str]:
    if found.shut_out:
        yield "<h2>Named by a policy, and shut out</h2>"
        rows = ((each.workload, each.why, "\n".join(each.by)) for each in found.shut_out)
        yield _table(("Workload", "Why", "Named by"), rows)


def _not_judged(found: Callers) -> Iterable[str]:
    yield "<h2>Not judged</h2>"
    rows = ((each.what, each.why, "\n".join(each.workloads)) for each in found.not_judged)
    yield _table(("What", "Why", "Workloads it may concern"), rows)


def _policies(quotes: Mapping[str, str]) -> Iterable[str]:
    yield "<h2>The policies</h2>"
    if not quotes:
        yield "<p>None bears on it.</p>"
    for key in sorted(quotes):
        yield f"<h3>{_safe(key)}</h3>\n<pre>{_safe(quotes[key])}</pre>"


def _sources(digests: Sequence[tuple[str, int, str]]) -> Iterable[str]:
    yield "<h2>The dump</h2>"
    rows = ((name, f"{objects:,}", digest) for name, objects, digest in digests)
    yield _table(("Source", "Objects", "SHA-256"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{each}</th>" for each in heads)
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    """A cell; long names break after a slash."""
    lines = (_safe(each).replace("/", "/<wbr>") for each in text.splitlines())
    return f"<td>{'<br>'.join(lines)}</td>"


def _safe(text: str) -> str:
    """Text that is text on the page, and that turns nothing around it."""
    shown = (each if each.isprintable() or each == "\n" else ascii(each)[1:-1] for each in text)
    return escape("".join(shown))
