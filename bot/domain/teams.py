"""Teams beside each other: the row of one, what stops most, hours added up with their ranges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain.dates.model import Dated, Kind
from bot.domain.model import Blocker
from bot.domain.model.teams import HoursSum, TeamRow, TeamsView
from bot.domain.pack import Pack
from bot.domain.snapshots.model import rules_since
from bot.domain.team import Standing

_NEXT: Mapping[Kind, str] = {
    "look": "look again",
    "deadline": "auditor's date",
    "action": "an action",
    "round": "a round closes",
    "end": "the goal shows",
    "exception": "an exception ends",
}
"""What has a day of its own that somebody chose or waits for."""


def row_of(
    pack: Pack, standing: Standing, since: date | None, pilot: str, dated: Iterable[Dated]
) -> TeamRow:
    """What a lead sees of one team; `dated` is all that has a date in its channel."""
    advice, assessment = standing.advice, standing.assessment
    days = [(each.on, _NEXT[each.thing.kind]) for each in dated if each.thing.kind in _NEXT]
    when, what = min(((on, what) for on, what in days if on), default=(None, ""))
    return TeamRow(
        channel=assessment.channel,
        assessment=assessment.id,
        link=assessment.card_link or "",
        outcome=advice.outcome,
        title=advice.title,
        headline=advice.headline,
        since=since,
        stops=tuple(dict.fromkeys(_stop(pack, each) for each in advice.blockers)),
        owners=standing.owners,
        asked=assessment.owner_asked or "",
        says_owned=standing.says_owned,
        pilot=pilot,
        goal=standing.goal,
        next=when,
        what=what,
        open_actions=sum(each.state == "open" for each in standing.actions),
        late=standing.late,
        tax=advice.tax,
        there=advice.there,
        rules=rules_since(standing),
        platform=bool(standing.stands_on),
    )


def _stop(pack: Pack, blocker: Blocker) -> str:
    """What stops it, in the words of the rule that it would decide by."""
    rule = pack.rules.get(blocker.id)
    plain = rule is not None and "{" not in rule.headline
    return rule.headline if rule and plain else blocker.phrase or blocker.text


def beside(rows: Iterable[TeamRow], on: date) -> TeamsView:
    """All of them, those that turned last first, with what they have in common."""
    ordered = sorted(rows, key=lambda row: (-(row.since or date.min).toordinal(), row.channel))
    own = [row for row in ordered if not row.platform]
    stops = Counter(stop for row in own for stop in row.stops)
    outcomes = Counter(row.title for row in own)
    return TeamsView(
        rows=tuple(ordered),
        on=on,
        stops=tuple(stops.most_common()),
        outcomes=tuple(outcomes.most_common()),
        hours=_hours([row for row in own if not row.there]),
        there=_hours([row for row in own if row.there]),
    )


def _hours(rows: Sequence[TeamRow]) -> HoursSum | None:
    """None where nobody counted."""
    taxes = [row.tax for row in rows if row.tax]
    if not taxes:
        return None
    ends = [(each.low, each, each.high) for each in taxes]
    low, counted, high = zip(*ends, strict=True)
    return HoursSum(
        teams=len(taxes),
        of=len(rows),
        total=tuple(sum(e.total_hours for e in side) for side in (low, counted, high)),
        net=tuple(sum(e.net_hours for e in side) for side in (low, counted, high)),
    )
