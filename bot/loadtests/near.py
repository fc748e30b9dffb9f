"""What known tools write beside their results, and which of their results to give instead."""

from __future__ import annotations

import re

_NEAR = (
    (
        r"^duration \(ms\),status,error",
        "ghz's CSV, which has no times of day: run it with -O json",
    ),
    (
        r"^request-start,DNS,DNS\+dialup,Response-delay,request-duration",
        "oha's CSV, which leaves out what failed: run it with --output-format json",
    ),
    (
        r'^\{"attack":.*"seq":|^\d{19},\d{1,3},\d+,\d+,\d+,',
        "vegeta's single results: give what vegeta report -type=json makes of them",
    ),
    (
        r"^timestamp(?:,[\w-]{1,80}(?: [\w-]{1,80}){0,3} (?:CPU|mem)){2,}",
        "a table of CPU and memory that names no units: give kubectl top or Prometheus's answer",
    ),
    (
        r"^\"?Count\"?,\"?Message\"?,\"?Traceback\"?,",
        "Locust's list of exceptions: give the file that ends in _stats.csv",
    ),
    (
        r"^Bucket[ \t]+#[ \t]+%[ \t]+Histogram",
        "vegeta's histogram, which has no percentiles: give vegeta report -type=json",
    ),
)
_PATTERNS = tuple((re.compile(form, re.MULTILINE), words) for form, words in _NEAR)
_PROMTOOL = re.compile(
    r"^query error: ((?:bad_|client_|server_|timeout|cancell?ed|execution|internal|not_found|"
    r"unavailable|Get |Post )[^\n]{1,200})",
    re.MULTILINE,
)


def told(start: str) -> str | None:
    """One sentence where a file is of a tool that is known, in a form that is not read."""
    if error := _PROMTOOL.search(start):
        reason = " ".join(error[1].split()).rstrip(".")
        return f"promtool printed an error in place of an answer: {reason}."
    words = next((words for form, words in _PATTERNS if form.search(start)), None)
    return words and f"This is {words}."
