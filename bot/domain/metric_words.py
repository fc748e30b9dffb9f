"""English as metrics are written in it: what names nothing, what moves, what is a unit."""

from __future__ import annotations

import re


def _any(words: str, ends: str = r"\b") -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(words.split())}){ends}")


_UNDER_TWENTY = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety hundred"
NUMERALS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"(\d)[,' ](?=\d{3}\b)"), r"\1"),
    (re.compile(r"\s*(→|⇒|[-=]+>)\s*"), " to "),
    (re.compile(r"\b(per cent|percent|pct)\b"), "%"),
    (re.compile(r"\b(in place of|rather than)\b"), "instead of"),
    (re.compile(r"(?<=\d)(?=%)"), " "),
    (re.compile(r"\b(two|three) (thirds|quarters)\b|\ba third of\b"), "half"),
    (re.compile(r"(?<=\b(?:to|at) )one\b|(?<=\b(?:than|from|most) )one\b"), "1"),
    *((re.compile(rf"\b{name}\b"), f"{n}") for n, name in enumerate(_UNDER_TWENTY.split(), 2)),
    *((re.compile(rf"\b{name}\b"), f"{n}0") for n, name in enumerate(_TENS.split(), 3)),
]
"""Patterns, each with what stands for it: numbers as digits, shares as signs."""

TERMS = re.compile(r"\bzero[- ]trust\b|\b\d+(st|nd|rd|th)\b( percentile)?")
"""Names that hold a number and aim at none."""
PERCENTILE = re.compile(r"\bp\d{2,3}\b|\bpercentile\b")
DEADLINE = re.compile(
    r"\b(in|within|by|after|before|over|until|during)( the)?( next| first| coming)? "
    r"\d+ (day|week|month|quarter|year|sprint)s?\b"
    r"|\b(this|next|by the end of the|by end of|within a|in a) (sprint|month|quarter|year)\b"
    r"|\b(by|in|until|before) (the end of )?(q[1-4]|20\d\d|spring|summer|autumn|winter)\b( 20\d\d)?"
)
"""By when, which is no target."""
LASTS = _any("time duration lead onboard recover restor detect triage diagnos rotat delay", r"\w*")
"""Quantities of which days and weeks are the unit."""

MOVES = _any(
    r"reduc\w* decreas\w* lower\w* falls? fell fallen drop\w* cuts? halv\w* half fewer less below "
    r"under at\smost no\smore increas\w* rais\w* higher grow\w* doubl\w* tripl\w* more\sthan above "
    r"over at\sleast within faster shorter slower zero none all every down up eliminat\w* "
    r"instead\sof max minim\w* maxim\w* shrink\w* exceed\w*",
    r"(?!\w)",
)
_NUMBER = r"(?<![\w.])\d+(?:\.\d+)?"
_UNIT = (
    r"%|ms|milliseconds?|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|"
    r"quarters?|years?|[kmgt]i?b|cores?|vcpus?|millicores?|rps|qps|ftes?|usd|eur|times|x|fold|points?"
)
WRITTEN = re.compile(
    rf"{_NUMBER} ?({_UNIT})(?!\w)|[€$£] ?\d|{_NUMBER} ?[€$£]|{_NUMBER} (to|in|of|out of) "
    rf"(under |below |at most )?\d|[<>≤≥] ?\d|{_NUMBER} or (fewer|less|more)"
)
"""A number that is a target by itself: with a unit, as a share of another, after a sign."""
COUNTED = re.compile(
    rf"{_NUMBER} [^.;]{{0,40}}?\b(to|until) (under |below |at most |(fewer|less) than )?\d"
    rf"|\bto (zero|none)\b|\bto 0\b|{_NUMBER}[^.;\d]{{0,40}}\binstead of \d|\binstead of \d"
    rf"|\bhalv\w+|\bhalf\b"
)
"""A count that goes from one number to another."""
COMPARED = re.compile(
    r"(below|under|at most|at least|above|(more|less|fewer) than|[<>≤≥]|max) ?\d|"
    r"\d or (fewer|less|more)"
)
_NOUN = rf"(?!(?:{_UNIT})(?!\w))([^\W\d_]{{3,}}(?: [^\W\d_]{{3,}})?)"
COUNTED_NOUN = re.compile(
    rf"\b(?:below|under|at most|at least|above|up to|(?:more|less|fewer) than|max) "
    rf"{_NUMBER} {_NOUN}"
    rf"|{_NUMBER} {_NOUN} instead of \d"
)
"""What is counted, where it stands behind the number: "fewer than 3 rollbacks"."""
NONE_OF = re.compile(
    r"(^|[^\w.])(zero|0|no|none of( the)?|not a single) "
    r"(?!(more|less|fewer|longer|one|later|than|to|of|or|and|in|by)\b)[^\W\d_]{3,}|"
    r"\beliminat\w+ |\b(to|at) (zero|0|none)\b"
)
SHARED = re.compile(
    r"[%€$£]|\b(per|share|ratio|rate|fraction|half|halv\w+|all|every|percentages?|doubl\w+)\b|"
    r"\d (in|of|out of) \d|\d(x|[- ]?fold)\b"
)
UNITS = re.compile(
    r"\b(ms|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?)\b|"
    rf"{_NUMBER} ?({_UNIT})(?!\w)|"
    r"\b\d[\d.]* (?!(to|and|or|by|for|in|at|of|on|from|within|until|the|than|instead|better|worse|"
    r"faster|slower|higher|lower|more|less|fewer|down|up|now|today|is|are)\b)[a-z]{2,}(?<!ier)\b"
)
LEADING = re.compile(
    r"^\W*((reduc\w*|decreas\w*|lower|cut|halve|drop|increase|raise|improve|make|get|keep|bring|"
    r"push|have|the|our|number of|count of|total|average|median)\s+)*"
)
"""Before what is counted."""

_MEASURED = """
    latency latencies time times duration delay cpu memory ram cost costs spend spending budget
    throughput bandwidth load usage utilisation utilization size availability uptime effort toil
    age speed mttr mttd mtbf coverage rate ratio share percentage consumption traffic score
    checkout overhead"""
MEASURED = frozenset(_MEASURED.split())
"""What a bare number does not measure."""
_STOP = """
    the and our for per with are is be was were should will must have has had get gets got not
    now by to a an of in on at from into until that which who this these those its it as or than
    can could may do does did so very much many more less fewer most least only also still stays
    stay stop keep kept make makes made use uses used run runs cent share ratio rate fraction each
    today goal goals target number numbers count metric kpi about around without between through
    first next year years month months week weeks day days quarter quarters better worse improve
    improves improved improving everything anything things thing stuff tbd etc caused zero none no
    all every half whole total max min"""
STOP = frozenset(_STOP.split())
_ABSTRACT = """
    security safety quality observability reliability resilience resiliency stability happiness
    consistency simplicity maturity agility productivity visibility performance compliance trust
    governance scalability maintainability transparency flexibility efficiency robustness velocity
    experience culture morale satisfaction complexity risk risks pain confidence innovation
    modernisation modernization excellence level levels star stars stage stages grade grades"""
ABSTRACT = frozenset(_ABSTRACT.split())
"""What no number measures by itself."""
_FEELINGS = """
    happy happier secure secured safer safe nice nicer good great easier easy simpler simple
    cleaner clean stable reliable robust resilient modern faster fast slower quick quicker smooth
    smoother satisfied confident productive efficient consistent best state"""
FEELINGS = frozenset(_FEELINGS.split())
_ENTITIES = """
    team teams people developer developers engineer engineers user users customer customers
    service services app apps application applications company platform platforms system systems
    cluster clusters product products mesh everyone everybody organisation organization"""
ENTITIES = frozenset(_ENTITIES.split())
"""Who and what there is; only what they do or have can be counted."""
