"""The smell test of step 1: does a success metric say what, how far and in which unit.

A check by words, and a modest one: it asks for what is plainly missing and lets the rest pass.
"""

from __future__ import annotations

import re
from typing import Literal

Part = Literal["quantity", "direction", "unit"]

ASKED_AS: dict[Part, str] = {
    "quantity": "what is counted (calls, rollbacks, hours, ...)",
    "direction": "which way it should move, or how far (to 95 %, below 20, fewer than 3)",
    "unit": "the unit or the share (%, ms, hours a month, ... of calls)",
}
"""Part → the words in which it is asked for."""

_DIRECTION = re.compile(
    r"\b(\d|reduc|decreas|lower|fall|drop|cut|halv|fewer|less|below|under|at most|no more|"
    r"increas|rais|higher|grow|doubl|more than|above|over|at least|within|faster|shorter|"
    r"zero|none|all|every|half)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[%€$]|\b(percent(age)?|per cent|per|share|ratio|rate|fraction|half|halve|all|every|"
    r"ms|millisecond|second|minute|hour|day|week|month|quarter|year)s?\b|"
    r"\b\d[\d.,]* ?(?!(to|and|or|by|for|in|at|of|on|from|within|until|the|than|better)\b)[a-z]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NOT_A_QUANTITY = re.compile(
    r"\b(reduce|decrease|lower|fall|drop|cut|halve|increase|raise|improve|make|grow|double|"
    r"better|faster|safer|secure|good|great|nice|happy|happier|everything|things?|stuff|more|"
    r"less|fewer|below|under|above|over|least|most|than|from|within|into|percent(age)?|cent|"
    r"the|and|our|all|every|for|per|with|are|should|will|must|have|has|get|gets|not|now|by|to|"
    r"quarter|half|month|week|day|year)(s|d|ed)?\b",
    re.IGNORECASE,
)


def missing_in(metric: str) -> tuple[Part, ...]:
    """The parts that a success metric does not name, in the order in which to ask for them."""
    found: dict[Part, bool] = {
        "quantity": bool(_WORD.search(_NOT_A_QUANTITY.sub(" ", metric))),
        "direction": bool(_DIRECTION.search(metric)),
        "unit": bool(_UNIT.search(metric)),
    }
    return tuple(part for part, there in found.items() if not there)


def smell(metric: str) -> str:
    """One kind sentence about a metric: that it holds, or what it still lacks."""
    missing = missing_in(metric)
    if not missing:
        return "That is a number one can check: it says what, how far and in which unit."
    asked = "; ".join(ASKED_AS[part] for part in missing)
    if len(missing) == len(ASKED_AS):
        return f"Not yet something that one can check. It could be, if it said {asked}."
    return f"Nearly there. It would be easier to check if it also said {asked}."
