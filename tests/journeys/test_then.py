"""What changed between two moments, and under which rules."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from bot.domain.pack import Pack
from playground.people import Person
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.story import aside, changes, shares_quick_path

HOURS = {
    "teams": 4, "drift_hours_per_team": 10, "incidents_per_month": 4, "hours_per_incident": 6,
    "saving_percent": 40, "mesh_hours_per_month": 24,
}  # fmt: skip


def asks(person: Person, words: str = "") -> ShownMessage:
    person.types(f"/meshfit changes {words}", in_="payments")
    return aside(person)


def row(shown: ShownMessage, name: str) -> list[str]:
    """The cells of one row of the table."""
    (table,) = (each for each in shown.blocks if each["type"] == "table")
    return [cell["text"] for cells in table["rows"] for cell in cells if cells[0]["text"] == name]


def test_what_changed_since_a_record_and_between_two(house: House, pack: Pack, later):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    today = datetime.now(UTC).date()
    assert "There is nothing to compare with here yet" in asks(ana).all_text
    shares_quick_path(ana)
    assert "There is nothing to compare with here yet" in asks(ana).all_text
    changes(ana, **HOURS)
    ana.types("/meshfit record", in_="payments")
    later(10)
    changes(ben, platform_owner="planned", mesh_hours_per_month=60)
    page = asks(ben)
    assert "Not yet → Pilot first, then decide; 2 answers changed." in page.all_text
    assert row(page, "Owner") == ["Owner", "nobody", "agreed"]
    assert row(page, "Outcome")[1] == "Not yet: nobody would run it"
    assert row(page, "Decided by rule")[1] == "no_owner"
    assert [each["type"] for each in page.blocks] == ["section", "table", "data_visualization"]
    ana.types("/meshfit record", in_="payments")
    later(20, pack.model_copy(update={"version": "9.9"}))
    changes(ben, platform_owner="named")
    page = asks(ana, str(today))
    assert row(page, "Owner") == ["Owner", "nobody", "named"]
    assert row(page, "Rules") == ["Rules", "meshfit 1.0", "meshfit 9.9"]
    assert "Under today's, the answers of then still come to *Not yet*." in page.all_text
    assert "(record 0001) to now" in page.all_text
    page = asks(ana, f"{today + timedelta(days=11)} {today}")
    assert row(page, "Owner") == ["Owner", "nobody", "agreed"]
    assert "9.9" not in row(page, "Rules")
    assert "this begins with the first" in asks(ana, "2020-01-01").all_text
    assert "A day is written as 2026-11-01" in asks(ana, "yesterday").all_text
    ben.types("/meshfit delete", in_="payments")
    ben.presses("Delete what is mine", on=aside(ben), confirm=True)
    assert "U0BEN" not in json.dumps(house.kept()["snapshot_answers"], default=str)
    ana.types("/meshfit assess new", in_="payments")
    ana.presses("Start afresh", on=aside(ana), confirm=True)
    ana.dismisses()
    ana.types("/meshfit history", in_="payments")
    history = aside(ana)
    first = [o["text"]["text"] for o in history.blocks[-1]["elements"][0]["options"]]
    assert [each.partition(", ")[2].partition(":")[0] for each in first] == [
        "closed",
        "record 0002",
        "record 0001",
    ]
    ana.chooses("changes_since", first[-1], on=history)
    assert "(record 0001) to" in aside(ana).all_text
    assert "(closed)" in aside(ana).all_text
