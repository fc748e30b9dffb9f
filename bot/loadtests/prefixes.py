"""What logs put before each line: compose, kubectl's --prefix, stern, a node's CRI, journald, CI.

It is taken off as the bytes come, so that every reader sees what the load tester wrote. Where it
names who wrote a line, lines of the first one go on and those of others are held apart.
"""

from __future__ import annotations

import json
import re

from bot.loadtests.beside import Beside, lines_of
from bot.loadtests.bounded import Readable

NEARLY_ALL = 0.8
"""Of the lines that are not blank; others may stand between."""
MOST_LAYERS = 3
"""A prefix may stand before another: compose before a time, a quote before compose."""
FEWEST = 8
"""Lines that begin with the same two words, before these are taken for a pod and its container."""
FEWEST_COMMAS = 3
"""In each row of a short table, before the two words in front of all of them are taken off."""
_COLOUR = rb"(?:\x1b\[[\d;]{0,20}m)*"
_TIME = rb"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)"
_CLOCK = rb"\d\d:\d\d:\d\d(?:\.\d{1,9}|,\d{3}(?=[ \]]|$))?(?:Z|[+-]\d\d:?\d\d)?"
_WHEN = rb"(?:[12]\d{3}[-/]\d\d[-/]\d\d[T ]|[A-Z][a-z]{2} [ \d]\d )?" + _CLOCK
_FORMS = tuple(
    re.compile(form)
    for form in (
        rb"(?P<cri>" + _TIME + rb" (?:stdout|stderr) (?P<tag>[FP])(?: |$))",
        rb"(?P<pod>"
        + _COLOUR
        + rb"\[(?P<source>(?:pod|deployment|job)/[\w./-]{1,300})\]"
        + _COLOUR
        + rb"(?: |$))",
        rb"(?P<compose>"
        + _COLOUR
        + rb"(?P<source>[\w.-]{1,120}) *\|"
        + _COLOUR
        + rb"(?: "
        + _COLOUR
        + rb"|$))",
        rb"(?P<journal>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,120} "
        rb"(?P<source>[\w./-]{1,60}(?P<pid>\[\d+\])?):(?: |$))",
        rb"(?P<job>(?P<source>[^\t\n]{1,200}\t[^\t\n]{1,200})\t(?:\xef\xbb\xbf)?(?="
        + _TIME
        + rb"))",
        rb"(?P<time>" + _TIME + rb"(?: \d\d[OE]\+?)?(?: |$))",
        rb"(?P<when>(?:\[" + _WHEN + rb"\]|" + _WHEN + rb")(?: |$))",
        rb"(?P<quote>>[ \t]?(?=[^\n]*,[^\n]*,|\{\"|$))",
        rb"(?P<level>\[(?:INFO|DEBUG|WARN|WARNING|ERROR)\](?: |$))",
        rb"(?P<stern>"
        + _COLOUR
        + rb"(?P<source>[a-z0-9][a-z0-9.-]{0,252}"
        + _COLOUR
        + rb" "
        + _COLOUR
        + rb"[a-z0-9][a-z0-9-]{0,62})"
        + _COLOUR
        + rb"(?: |$))",
    )
)
_ITS_OWN = {"compose", "pod"}
"""Who prints lines of its own between: which containers it attaches to, and which exited."""
_SAYS = re.compile(
    rb"Attaching to |[\w.-]{1,120} exited with code \d|Aborting on container exit"
    rb"|Gracefully stopping|\s*(?:\[\+\] \w|(?:\S{1,4} )?(?:Container|Network|Volume) )"
)
_REPLICA = re.compile(rb"[-_]\d+$")
"""What compose adds to a service: `load-1`."""
_USAGE = re.compile(rb" *\d+m +\d+[KMG]i")
_QUOTED = re.compile(rb">[ \t]?")
_DOCKER = re.compile(rb'\{"log": ?"')


def before_each_line(head: bytes) -> re.Pattern[bytes] | None:
    """What stands before nearly all lines of a head, where that is a log's."""
    lines = [line for line in head.splitlines()[:2000] if line.strip() and not _SAYS.match(line)]
    edge = min((len(each) - len(each.lstrip(b" ")) for each in lines), default=0)
    if form := _form([each[edge:] for each in lines]):
        return re.compile(b" {%d}" % edge) if edge else form
    quoted = [each[match.end() :] for each in lines if (match := _QUOTED.match(each))]
    return _QUOTED if 0 < len(lines) == len(quoted) and _form(quoted) else None


def _form(lines: list[bytes]) -> re.Pattern[bytes] | None:
    for form in (_DOCKER, *_FORMS):
        matches = [match for each in lines if (match := form.match(each))]
        if not matches or len(matches) < NEARLY_ALL * len(lines):
            continue
        if _fits(form, matches):
            return form
    return None


def _fits(form: re.Pattern[bytes], matches: list[re.Match[bytes]]) -> bool:
    """Where a form could be words of a table as well: whether it is a log's after all."""
    prefixes = [each[0] for each in matches]
    if "compose" in form.groupindex:
        return _padded(matches)
    if "job" in form.groupindex:
        return len({each["source"] for each in matches}) <= max(3, len(matches) // 10)
    if "when" in form.groupindex:
        return any(each.endswith(b" ") for each in prefixes)  # else a column of times
    if "stern" in form.groupindex:
        few = len({each.strip() for each in prefixes})
        if few == 1 and _rows(matches):
            return True
        usage = sum(_USAGE.match(each.string, each.end()) is not None for each in matches)
        return len(prefixes) >= FEWEST * few and (few == 1 or usage < len(matches) / 2)
    return True


def _rows(matches: list[re.Match[bytes]]) -> bool:
    """Whether what is left is a table of comma-separated rows, however few there are."""
    commas = {each.string.count(b",", each.end()) for each in matches}
    return len(matches) > 1 and len(commas) == 1 and min(commas) >= FEWEST_COMMAS


def _padded(matches: list[re.Match[bytes]]) -> bool:
    """Compose pads the names of its services to one width; columns of a table are not of one."""
    bare = [re.sub(_COLOUR, b"", each[0]) for each in matches]
    names = {each["source"] for each in matches}
    numbered = all(_REPLICA.search(each) for each in names)
    most = len(bare) // 2 if numbered else max(3, len(bare) // 10)
    return len({each.index(b"|") for each in bare}) == 1 and len(names) <= max(3, most)


class Unprefixed:
    """A source without what stands before its lines, and without the lines of other services."""

    def __init__(self, source: Readable, form: re.Pattern[bytes], beside: Beside) -> None:
        self._lines = lines_of(source)
        self._form, self._rest, self._beside = form, b"", beside
        self._first: bytes | None = None
        self._begins = True

    def read(self, size: int = -1, /) -> bytes:
        """At most this many bytes; none at the end."""
        while not self._rest:
            line = next(self._lines, None)
            if line is None:
                return b""
            self._rest = self._bare(line) if self._begins else line
            self._begins = line.endswith(b"\n")
        chunk, self._rest = self._rest[:size], self._rest[size:]
        return chunk

    def _bare(self, line: bytes) -> bytes:
        if self._form is _DOCKER:
            return self._own(*_written(line))
        match = self._form.match(line.rstrip(b"\r\n"))
        if not match:
            if not self._form.groupindex.keys() & _ITS_OWN:
                return line
            if not _SAYS.match(line):
                self._beside.hold(b"", line)
            return b""
        rest = line[match.end() :]
        if "tag" in self._form.groupindex and match["tag"] == b"P":
            return rest.rstrip(b"\r\n")
        return rest if "source" not in self._form.groupindex else self._own(match["source"], rest)

    def _own(self, source: bytes, rest: bytes) -> bytes:
        """A line of the first service met; nothing for one of another, which is held."""
        if self._first is None:
            self._first = self._beside.first = source
        if source == self._first:
            return rest
        self._beside.hold(source, rest)
        return b""


def _written(line: bytes) -> tuple[bytes, bytes]:
    """Who wrote a line, and what, as Docker's json-file keeps it and a cluster's collector adds."""
    try:
        tree = json.loads(line)
    except ValueError:
        return b"", line
    text = tree.get("log") if isinstance(tree, dict) else None
    if not isinstance(text, str):
        return b"", line
    of = tree.get("kubernetes")
    names = [of.get(key) for key in ("pod_name", "container_name")] if isinstance(of, dict) else []
    source = " ".join(each for each in names if isinstance(each, str))
    return source.encode("utf-8", "replace"), text.encode("utf-8", "replace")
