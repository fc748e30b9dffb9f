"""No figure is replaced in silence, wherever it comes from."""

from __future__ import annotations

import json
from contextlib import closing

from bot.store.engine import store_at
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import (
    checklist,
    drills,
    drops,
    measures,
    plans,
    sample,
    seals,
    types_figures,
)
from tests.journeys.story import aside, modal
from tests.journeys.test_pilot_forms import LISTED

NIGHTHAWK = "fortio_json_by_nighthawk"
BASE, MESH, THIRD = (f"{NIGHTHAWK}/made-{at}.json" for at in (1, 2, 3))
WHY = "the first node was noisy <!here>"


def lines(slack: Slack) -> list[str]:
    """What the pilot's thread says of figures that were saved, the newest last."""
    thread = checklist(slack.person("ana")).thread
    return [each.all_text for each in thread if each.all_text.startswith("*Measured:*")]


def breaks_a_budget(slack: Slack) -> None:
    """By files: p95 of ledger is 5.82 ms more with the mesh, and 1 ms was agreed on."""
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana, p95_added=1)
    drops(ana, "ledger", [BASE], [MESH])
    ana.closes()


def test_figures_of_files_are_a_line_in_the_thread_the_worst_first(slack: Slack):
    breaks_a_budget(slack)
    [line] = lines(slack)
    assert line.startswith("*Measured:* p95 ledger: +5.82 ms (broken), and ")
    assert "by <@U0ANA>, from result (nighthawk, 2 runs)." in line


def test_files_after_a_broken_budget_ask_why_before_anything_is_dropped(slack: Slack):
    breaks_a_budget(slack)
    ana = slack.person("ana")
    drops(ana, "ledger", [], [THIRD])
    assert list(ana.errors) == ["again"]
    assert "Why is it measured again?" in ana.errors["again"]
    assert "p95 ledger: +5.82 ms (broken)" in modal(ana).find("again").block["hint"]["text"]
    measures(ana, "checkout", "files")
    assert ana.errors == {}, "nothing is broken there"
    ana.presses("Back")
    measures(ana, "ledger", "files", again=WHY)
    ana.chooses("earlier", "anew")
    ana.uploads("files.baseline", [sample(BASE)])
    ana.uploads("files.mesh", [sample(MESH)])
    ana.submits()
    ana.closes()
    assert "Measured again: the first node was noisy &lt;!here&gt;" in lines(slack)[-1]
    ana.types("/meshfit verdict", in_="payments")
    aside_text = aside(ana).all_text
    assert "of which only the newest counts" in aside_text
    assert "p95 ledger: +5.82 ms (broken) → +5.82 ms (broken), by <@U0ANA>" in aside_text
    assert "the first node was noisy" in aside_text


def test_a_result_that_was_sent_asks_why_beside_the_field(slack: Slack):
    breaks_a_budget(slack)
    ana = slack.person("ana")
    ana.dms("one more", files=[sample(THIRD)])
    ana.presses("Use in a pilot", on=ana.sees("dm")[-1].thread[-1])
    ana.chooses("pilot", modal(ana).find("pilot").element["options"][1]["value"])
    ana.chooses("side", "mesh")
    assert modal(ana).find("pilot").element["options"][1]["text"]["text"] == "ledger"
    before = lines(slack)
    ana.submits()
    if ana.errors:
        assert list(ana.errors) == ["again"]
        ana.fills("again", WHY)
        ana.submits()
        assert "Measured again: the first node" in lines(slack)[-1]
    else:  # the run is unlike, so that no figure is replaced
        assert "unlike" in modal(ana).title
        assert lines(slack) == before


def test_what_took_the_place_of_a_broken_figure_is_never_crowded_out(slack: Slack):
    ana = slack.person("ana")
    plans(ana, slack.person("ben"))
    seals(ana)
    kept = {"p50": ("40 41", "40 41"), "error_rate": ("0 0", "0 0")}
    types_figures(ana, "checkout", p95=("100", "900"))
    types_figures(ana, "checkout", again=WHY, p95=("100", "101"), **kept)
    assert (
        "typed. In place of p95 checkout: +800 ms (broken). Measured again: the" in lines(slack)[-1]
    )
    for _ in range(3):
        types_figures(ana, "checkout", **kept)
    assert "In place of" not in lines(slack)[-1]
    ana.types("/meshfit verdict", in_="payments")
    aside_text = aside(ana).all_text
    assert "Measured again: 7 results, of which only the newest counts; 1 in place of" in aside_text
    assert aside_text.index("p95 checkout: +800 ms (broken) → +1 ms") < aside_text.index(
        "p50 checkout: +0 ms"
    )


def test_a_broken_figure_of_another_place_asks_nothing(slack: Slack):
    breaks_a_budget(slack)
    ana = slack.person("ana")
    types_figures(ana, "checkout", p95=("20", "20.1"))
    assert ana.modal is None
    assert "p95 checkout: +0.1 ms (kept)" in lines(slack)[-1]


def test_a_failed_drill_is_done_again_with_a_reason_that_stays(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana)
    drills(ana, "control_plane", "mesh", 12, as_expected="no")
    ana.types("/meshfit drills", in_="payments")
    ana.presses("do.control_plane/drill_record", on=aside(ana))
    seen = {"expected": "Calls go on.", "seen": "They did.", "minutes": 3}
    for field, what in seen.items():
        ana.fills(field, what)
    ana.chooses("side", "mesh")
    ana.chooses("as_expected", "yes")
    ana.submits()
    assert list(ana.errors) == ["again"]
    assert "Why is it done again?" in ana.errors["again"]
    ana.fills("again", WHY)
    ana.submits()
    assert ana.modal is None
    turn = "12 min, not as expected → 3 min, as expected, by <@U0ANA>"
    assert f"Done again: {turn}: the first node was noisy &lt;!here&gt;" in (
        checklist(ana).thread[-1].all_text
    )
    ana.types("/meshfit verdict", in_="payments")
    counted = aside(ana).all_text
    only = "of which only the newest counts; 1 in place of one that failed"
    assert f"Measured again: 1 result, {only}" in counted
    assert turn in counted
    assert "the first node was noisy" in counted


def test_a_drill_that_kept_its_budget_is_done_again_without_a_reason(slack: Slack):
    ana = slack.person("ana")
    plans(ana, slack.person("ben"))
    seals(ana)
    for minutes in (3, 4):
        drills(ana, "control_plane", "mesh", minutes)
    assert "Done again" not in checklist(ana).thread[-1].all_text


def redoes(person: Person, drill: str, minutes: float, **more: str) -> None:
    """The form of a drill that was done before, as far as *Record*."""
    person.types("/meshfit drills", in_="payments")
    person.presses(f"do.{drill}/drill_record", on=aside(person))
    person.chooses("side", "mesh")
    person.chooses("as_expected", "yes")
    seen = {"expected": "Calls go on.", "seen": "They did.", "minutes": minutes, **more}
    for field, what in seen.items():
        person.fills(field, what)


def test_a_drill_as_expected_that_broke_its_budget_is_done_again_with_a_reason(slack: Slack):
    ana = slack.person("ana")
    plans(ana, slack.person("ben"))
    seals(ana)
    drills(ana, "control_plane", "mesh", 20)
    redoes(ana, "control_plane", 3)
    ana.submits()
    assert list(ana.errors) == ["again"]
    ana.fills("again", WHY)
    ana.submits()
    line = checklist(ana).thread[-1].all_text
    assert "Done again: 20 min, as expected → 3 min, as expected, by <@U0ANA>: the first" in line


def test_a_file_of_callers_takes_no_failed_drills_place_without_a_reason(slack: Slack):
    ana = slack.person("ana")
    plans(ana, slack.person("ben"))
    seals(ana)
    drills(ana, "payroll", "mesh", 40)
    redoes(ana, "payroll", 5)
    ana.uploads("callers.file", [("callers.json", json.dumps(LISTED).encode())])
    ana.submits()
    assert list(ana.errors) == ["again"]
    ana.fills("again", WHY)
    ana.submits()
    assert "Recorded." in modal(ana).all_text
    line = checklist(ana).thread[-1].all_text
    assert "Done again: 40 min, as expected → 5 min, as expected, by <@U0ANA>: the first" in line
    assert "callers (meshfit callers): 2 may call pay/payroll[Deployment]" in line


def test_a_drill_that_an_earlier_version_stored_is_not_replaced_in_silence(house: House):
    ana = house.slack.person("ana")
    plans(ana, house.slack.person("ben"))
    seals(ana)
    drills(ana, "control_plane", "mesh", 20)
    house.close()
    with closing(store_at(house.db)) as store, store.writing() as db:
        [row] = db.query("SELECT id, json FROM pilot_log WHERE kind = 'drill'")
        old = json.loads(row["json"])
        old["with_mesh"] = old.pop("side") == "mesh"
        for since in ("reason", "callers"):
            del old[since]
        db.execute("UPDATE pilot_log SET json = ? WHERE id = ?", [json.dumps(old), row["id"]])
    house.open()
    redoes(ana, "control_plane", 3)
    ana.submits()
    assert list(ana.errors) == ["again"]
    ana.fills("again", WHY)
    ana.submits()
    assert "Done again: 20 min, as expected → 3 min" in checklist(ana).thread[-1].all_text
