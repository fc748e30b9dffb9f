"""What people wrote around a report, known by the way in which they tell a figure."""

from __future__ import annotations

import re

from bot.loadtests.together import unread

LONGEST = 2_000
"""Of a line that is looked at, in letters."""
CELLS = 4
"""A line with so many commas between cells is a row."""
_LINE = re.compile(r"[ \t]?(?:[-*>] )?[A-Za-z\"'(~≈]")
_ROW = re.compile(r"[│|\t]|\S {2,}\S")
_PRINTED = re.compile(
    r"[ \t]?(?:Phase (?:started|completed): |Simulation \S+ (?:started|completed)\b"
    r"|(?:TRAC|DEBU|INFO|WARN|ERRO)\w{0,3}\b ?[\[:|-]|(?:time|level|ts)=\S)"
)
"""How lines of artillery, Gatling and logs begin, which name what people call their phases."""
_CELL = re.compile(r"\S,\S")
_FIGURE = re.compile(
    r"\b[pP]\d\d\b"
    r"|(?<![\w.,])\d[\d.,]{0,20} ?"
    r"(?:ms|µs|us|s|secs?|seconds|%|rps|qps|req/s|requests|errors|failures)(?![\w/])"
)
_TELLS = re.compile(
    r"(?<![\w./@:='\"-])(?:I|we|you|they|he|she|my|our|your|their|was|were|had|got|saw|measured|ran"
    r"|looks?|seems?|yesterday|today|earlier|previously|baseline"
    r"|(?:with|without|before|after|no) (?:the |an? )?(?:service )?"
    r"(?:mesh|istio|linkerd|sidecars?|prox(?:y|ies)|ambient))(?![\w/=-]|\.\w)",
    re.IGNORECASE,
)


def without_words(text: str) -> tuple[str, str | None]:
    """A report without the lines in which somebody tells figures, and what those are."""
    lines = text.split("\n")
    telling = [at for at, line in enumerate(lines) if _is_told(line)]
    if not telling or len(telling) == len(lines):
        return text, None
    what = unread("\n".join(lines[at] for at in telling))
    away = set(telling)
    return "\n".join(line for at, line in enumerate(lines) if at not in away), what


def _is_told(line: str) -> bool:
    """Whether somebody tells a figure there, which no row of a table and no line of a tool does."""
    return bool(
        _TELLS.search(line, 0, LONGEST)
        and len(line) <= LONGEST
        and _LINE.match(line)
        and not _PRINTED.match(line)
        and _FIGURE.search(line)
        and not _ROW.search(line)
        and len(_CELL.findall(line)) < CELLS
    )
