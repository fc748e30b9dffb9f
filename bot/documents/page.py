"""One self-contained page of HTML: no script, no image, nothing is fetched, all text is text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

_STYLE = """
:root { color-scheme: light }
body { font: 15px/1.5 system-ui, sans-serif; color: #1d1c1d; background: #fff; max-width: 60rem;
  margin: 2rem auto; padding: 0 1.25rem; overflow-wrap: break-word }
h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere }
h2 { font-size: 1.1rem; margin-top: 2rem; break-after: avoid }
h3, h4 { break-after: avoid }
table { border-collapse: collapse }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0;
  border-bottom: 1px solid #ddd; overflow-wrap: break-word }
th { font-weight: 600 }
tr { break-inside: avoid }
.whole { white-space: nowrap }
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
<h1>{title}</h1>
{body}
<footer>Made by meshfit on {made:%-d %b %Y at %H:%M} UTC.</footer>
</body>
</html>
"""


def page(title: str, body: Iterable[str], made: datetime, style: str = "") -> str:
    """The whole page. The parts of the body are HTML, the title is text; `made` is in UTC."""
    return _PAGE.format(title=safe(title), style=_STYLE + style, body="\n".join(body), made=made)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Rows of text under heads of text; `kind` is a class for the page's style."""
    named = f' class="{kind}"' if kind else ""
    head = "".join(f"<th>{safe(each)}</th>" for each in heads)
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table{named}><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"


def bullets(lines: Iterable[str]) -> str:
    """A list of texts."""
    return f"<ul>{''.join(f'<li>{safe(each)}</li>' for each in lines)}</ul>"


_WHOLE = 10
"""Characters of a cell that stay on one line, so that no narrow column breaks a word or a day."""


def _cell(text: str) -> str:
    """A cell; long names break after a slash."""
    if len(text) <= _WHOLE and "\n" not in text:
        return f'<td class="whole">{safe(text)}</td>'
    lines = (safe(each).replace("/", "/<wbr>") for each in text.splitlines())
    return f"<td>{'<br>'.join(lines)}</td>"


def safe(text: str) -> str:
    """Text that is text on the page, and that turns nothing around it."""
    shown = (each if each.isprintable() or each == "\n" else ascii(each)[1:-1] for each in text)
    return escape("".join(shown))
