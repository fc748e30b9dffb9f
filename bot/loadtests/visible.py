"""Of which tool a text visibly is, though no reader takes it: parts of reports, cut or spoilt.

What is not listed here has nothing that names a tool: rows of figures without their header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.loadtests.marks import LOAD_TESTERS, Visible
from bot.loadtests.pieces import AGAIN, begins

_OTHERS = (
    Visible(
        "linkerd",
        "linkerd viz stat, with its header",
        (
            r"\blinkerd .{0,80}\bstat\b|LATENCY_P[\d?]|\"latency_ms_p\d\d\"",
            r"\d%[ \t]+[\d.]+rps[ \t]+\d+ms",
        ),
    ),
    Visible(
        "kubectl top",
        "kubectl top nodes, with its header",
        (r"\bkubectl top|CPU\(cores\)|^\S+[ \t]+\d+m[ \t]+(?:\d+%[ \t]+)?\d+[KMG]i\b",),
    ),
    Visible(
        "docker",
        "docker stats, with its header",
        (r"\bdocker stats\b|\bCPU %|\d%[ \t]+[\d.]+[kKMG]?i?B / [\d.]+[kKMG]?i?B\b|\"CPUPerc\"",),
    ),
    Visible(
        "Grafana",
        "a panel's CSV with Formatted data off",
        (
            r"^\ufeff?\"?Series\"?([;,\t])\"?Time\"?\1\"?Value\"?|^\ufeff?\"Time\"[,;\t]\"",
            r"^\ufeff?\"?time\"?[,;\t].*\n"
            r"\"?(?:2\d{3}-\d\d-\d\d[ T][\d:.+Z-]{5,20}|1\d{9,12})\"?"
            r"(?:[,;\t](?:\"?-?\d[^\";\n]{0,60}\"?|null|(?=[,;\t\n])))+$",
        ),
    ),
    Visible(
        "Prometheus",
        "the answer of /api/v1/query or query_range",
        (
            r"\bprometheus\b|\bpromtool\b|^# (?:HELP|TYPE) |\"resultType\"",
            r"\[\s*1\d{9}(?:\.\d{1,9})?,\s*\"[\d.e+-]{1,30}\"\s*\]",
            r"^\w+\{.*(?:quantile|le)=\"|^\w*\{.*\} => ?[\d?\s]|^[\d.e+-]+ @\[\d",
        ),
    ),
    Visible(
        "Istio",
        "the CSV of its perf tests, with its header",
        (r"\bcpu_mili_(?:avg|max)_|^Labels,StartTime,|\bStartTime,ActualDuration,",),
    ),
)
_SEEN = tuple(
    (each, re.compile("|".join(each.seen), re.IGNORECASE | re.MULTILINE))
    for each in (*LOAD_TESTERS, *_OTHERS)
)


def _seen(text: str) -> Iterator[Visible]:
    return (each for each, form in _SEEN if form.search(text))


def strangers(beginnings: Sequence[str], report: str) -> tuple[list[str], str]:
    """Beginnings that cannot be a report's, each; and the text of those that can.

    They have a figure, and are of a tool that nothing in it shows, or what follows begins alike.
    """
    strange, kept = list[str](), ""
    if not beginnings:
        return strange, kept
    shown, firsts = list(_seen(report)), [begins(each) for each in (*beginnings, report)]
    for at, each in enumerate(beginnings):
        first, tool = firsts[at], next(_seen(each), None)
        again = first in firsts[at + 1 :] and not first.startswith(AGAIN)
        counts = first and any(map(str.isdigit, each))
        if counts and (again or (tool and shown and tool not in shown)):
            strange.append(each)
        else:
            kept += each
    return strange, kept


def visibly(start: str) -> str | None:
    """One sentence where a text is visibly of a tool, but none of its results that are read."""
    tool = next(_seen(start), None)
    return tool and (
        f"This looks like {tool.tool}'s, but is cut off or in a form that is not read: give "
        f"{tool.give}."
    )
