"""Teams beside each other: what stops most, hours added up with their ranges, what comes next."""

from __future__ import annotations

import csv
import io
from datetime import date

from bot.documents.teams import teams_csv
from bot.domain.model import Tax, TaxRange
from bot.domain.model.teams import TeamRow
from bot.domain.teams import beside

TODAY = date(2026, 11, 29)


def tax(low: float, middle: float, high: float, mesh: float) -> Tax:
    ends = [
        TaxRange(total_hours=each, saved_hours=each / 2, mesh_hours=mesh, net_hours=each / 2 - mesh)
        for each in (low, high)
    ]
    return Tax(
        incident_hours=middle,
        drift_hours=0,
        total_hours=middle,
        saving_percent=50,
        saved_hours=middle / 2,
        mesh_hours=mesh,
        net_hours=middle / 2 - mesh,
        fte=0,
        break_even_mesh_hours=0,
        break_even_saving_percent=None,
        pays=True,
        low=ends[0],
        high=ends[1],
    )


def row(channel: str, **more: object) -> TeamRow:
    words = {"outcome": "not_yet", "title": "Not yet", "headline": "Not yet: nobody", **more}
    return TeamRow(channel=channel, **words)


def test_hours_are_added_up_with_their_ranges_and_apart_where_a_mesh_runs():
    rows = [
        row("C1", tax=tax(10, 20, 40, 5), since=date(2026, 1, 2)),
        row("C2", tax=tax(1, 2, 4, 1), since=date(2026, 3, 4)),
        row("C3"),
        row("C4", tax=tax(100, 200, 300, 9), there=True, outcome="keep", title="Keep"),
    ]
    view = beside(rows, TODAY)
    assert view.hours
    assert (view.hours.teams, view.hours.of) == (2, 3)
    assert view.hours.total == (11, 22, 44)
    assert view.hours.net == (-0.5, 5, 16)
    assert view.there
    assert view.there.total == (100, 200, 300)
    assert [each.channel for each in view.rows] == ["C2", "C1", "C3", "C4"]
    assert dict(view.outcomes) == {"Not yet": 3, "Keep": 1}
    assert beside([row("C9")], TODAY).hours is None


def test_what_stops_most_is_counted_a_team_once():
    stops = (("nobody would run it",), ("nobody would run it", "few services"), ())
    view = beside([row(f"C{at}", stops=each) for at, each in enumerate(stops)], TODAY)
    assert view.stops == (("nobody would run it", 2), ("few services", 1))


def test_no_cell_of_the_file_is_a_formula():
    cells = ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1+1", "\t=1", "fine")
    view = beside([row(f"C{at}", headline=each) for at, each in enumerate(cells)], TODAY)
    lines = list(csv.DictReader(io.StringIO(teams_csv(view))))
    headlines = {each["headline"] for each in lines}
    assert headlines == {"'=cmd|' /C calc'!A0", "'@SUM(1)", "'+1", "'-1+1", "'\t=1", "fine"}
    minus = beside([row("C1", tax=tax(1, 2, 4, 9))], TODAY)
    [line] = csv.DictReader(io.StringIO(teams_csv(minus)))
    assert float(line["left over"]) == -8
