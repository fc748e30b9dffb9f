"""Evidence in Slack: a look and incidents are added, offered beside answers, taken, deleted."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from playground.slack import Slack
from tests.cluster.dumps import CANARY
from tests.evidence import handed
from tests.incidents import exports
from tests.journeys.gathering import (
    SUMMARY,
    adds_incidents,
    adds_look,
    evidence,
    goes_through,
    meshfit,
    takes,
)
from tests.journeys.house import House
from tests.journeys.pilots import checklist, measures, plans
from tests.journeys.story import aside, card, changes, modal, posted, shares_quick_path


def test_what_is_there_and_how_more_is_added(slack: Slack):
    ana = slack.person("ana")
    assert "Nothing was counted here yet" in evidence(ana).all_text
    ana.presses("Add a cluster's summary", on=aside(ana))
    assert "| meshfit look - --summary summary.json" in modal(ana).all_text
    ana.closes()
    ana.presses("Add incidents", on=aside(ana))
    assert "gh issue list --label incident" in modal(ana).all_text
    assert "meshfit incidents incidents.json --confirm" in modal(ana).all_text
    ana.closes()
    assert "A look at a cluster of 12 Nov 2026" in adds_look(ana)
    overview = evidence(ana).all_text
    assert f"{SUMMARY}, added by <@U0ANA>" in overview
    assert "20 services at most, 20 running pods of apps, 3 nodes" in overview
    assert "Findings: 2 break, 3 lose something and 2 are worth knowing; 7 checks could" in overview
    assert posted(ana) == []


def test_the_teams_answer_stays_until_somebody_takes_what_was_counted(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ana, services=9)
    adds_look(ana)
    overview = evidence(ben).all_text
    assert "Counted, 12 Nov 2026: *20 services*" in overview
    assert "<@U0ANA> says otherwise: 9" in overview
    assert "What it changed" not in overview
    assert "0 of 9 answers counted or measured" in card(ben).all_text
    overview = takes(ben, "services").all_text
    assert "This is the answer" in overview
    assert "What it changed" in overview
    assert "Services: 9 → 20 (<@U0BEN>" in overview
    assert "1 of 9 answers counted or measured" in card(ana).all_text
    assert "Services: 9 → 20" in card(ana).thread[-1].all_text


def test_a_look_callers_and_incidents_change_what_a_team_knows(slack: Slack, tmp_path: Path):
    ana, ben = slack.person("ana"), slack.person("ben")
    dump, summary, page = (tmp_path / each for each in ("look.json", "summary.json", "proof.html"))
    dump.write_bytes(handed.DUMP)
    shares_quick_path(ana, platform_owner="named", few_services="yes")
    changes(ana, services=8, teams=3, incidents_per_month=2, hours_per_incident=18)
    before = card(ana).all_text.splitlines()[0]
    assert "Not yet" in before

    meshfit("look", dump, "--summary", summary)
    adds_look(ana, summary.read_bytes())
    assert card(ana).all_text.splitlines()[0] == before
    overview = takes(ana, "services").all_text
    assert "Answers disagree" in card(ana).all_text
    assert "*Not yet → Can't say yet*" in overview
    assert "Can't say yet" in card(ana).all_text

    adds_incidents(ben, exports.incident_io())
    ben.presses("Go through them", on=modal(ben))
    goes_through(ben, "cause", "none", "amplifier", "none")
    ben.closes()
    takes(ben, "incidents_per_month")
    overview = takes(ben, "hours_per_incident").all_text
    assert overview.count("This is the answer") == 3
    assert "Hours an incident: 18 → 8.25" in overview
    assert "3 of 12 answers counted or measured" in card(ana).all_text

    plans(ana, ben)
    ana.types("/meshfit drills", in_="payments")
    ana.presses("do.payroll/drill_clock", on=aside(ana))
    meshfit("callers", "shop/svc-1", dump, "--proof", page)
    ana.presses("do.payroll/drill_record", on=aside(ana))
    for field, text in {"expected": "A list.", "seen": "A list."}.items():
        ana.fills(field, text)
    ana.chooses("side", "baseline")
    ana.chooses("as_expected", "no")
    ana.uploads("callers.file", [("proof.html", page.read_bytes())])
    ana.submits()
    overview = checklist(ben).thread[-1].all_text
    assert (
        "callers (a page of meshfit callers): anybody may call shop/svc-1[Deployment]" in overview
    )


def test_it_stands_beside_the_question_and_is_never_filled_in(slack: Slack):
    ana = slack.person("ana")
    adds_look(ana)
    shares_quick_path(ana)
    ana.presses("Change answers", on=card(ana))
    ana.chooses("which/page_whole", "platform")
    page = modal(ana)
    assert "Counted, 12 Nov 2026: *20 services*, at most" in page.all_text
    assert page.value("services") in (None, "")
    assert "a hint, no answer" in page.all_text
    ana.chooses("teams", 3)
    ana.presses("Take it: counted 12 Nov", on=page)
    page = modal(ana)
    assert page.value("services") == "20"
    assert page.value("teams") == "3"
    assert "This is your answer" in page.all_text
    ana.submits()
    assert (
        "Services: not answered → 20"
        in card(ana).thread[-2].all_text + card(ana).thread[-1].all_text
    )


def test_in_ones_own_draft_it_is_taken_with_how_it_is_known(slack: Slack):
    ana = slack.person("ana")
    adds_look(ana)
    overview = takes(ana, "windows_nodes").all_text
    assert "This is the answer" in overview
    ana.types("/meshfit assess", in_="payments")
    assert modal(ana).callback_id == "page"


def test_what_only_hints_is_offered_by_no_button(slack: Slack):
    ana = slack.person("ana")
    adds_look(ana)
    ids = {block["block_id"] for block in evidence(ana).blocks}
    assert "1 of 20 running app pods has its proxy; where that is a pilot only" in (
        evidence(ana).all_text
    )
    counted = {each.removeprefix("counted.") for each in ids if each.startswith("counted.")}
    assert counted == {
        "services",
        "platform",
        "cni",
        "existing_mesh",
        "windows_nodes",
        "privileges",
    }


def test_the_estimate_begins_with_what_was_counted(slack: Slack):
    ana = slack.person("ana")
    adds_look(ana)
    ana.types("/meshfit estimate", in_="payments")
    form = modal(ana)
    assert (form.value("services"), form.value("pods"), form.value("nodes")) == ("20", "20", "3")
    assert "Counted, 12 Nov 2026: 20" in form.all_text


def test_old_evidence_says_so(house: House):
    slack = house.slack
    ana = slack.person("ana")
    shares_quick_path(ana)
    adds_look(ana, handed.written(handed.looked(seen=handed.SEEN - timedelta(days=100))))
    assert "days old: look again" in evidence(ana).all_text
    assert "older than 90 days" in card(ana).all_text
    adds_look(ana)
    assert "days old" not in evidence(ana).all_text


@pytest.mark.parametrize("where", ["card", "pilot"])
def test_dropped_into_a_thread_it_is_offered_and_used_by_whoever_presses(slack: Slack, where: str):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    thread = card(ben) if where == "card" else checklist(ben)
    ben.shares_file(SUMMARY, handed.written(), in_="payments", thread=thread)
    offer = next(each for each in thread.thread if "Use as evidence" in each.buttons)
    assert "20 services at most" in offer.all_text
    assert "Nothing was counted here yet" in evidence(ana).all_text
    ana.presses("Use as evidence", on=offer)
    assert "Used as evidence by <@U0ANA>" in thread.thread[-1].all_text
    assert "Counted, 12 Nov 2026: *20 services*" in evidence(ben).all_text


def test_a_card_alone_takes_no_results_and_minds_nobody_elses_files(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    before = len(card(ana).thread)
    for name, content in (("notes.txt", b"We meet on Tuesday."), ("a.csv", b"a,b\n1,2\n")):
        ana.shares_file(name, content, in_="payments", thread=card(ana))
    ana.shares_file(SUMMARY, handed.written(), in_="payments")
    assert [each for each in card(ana).thread[before:] if each.message.user == "U0MESHFIT"] == []


def anywhere(house: House) -> bytes:
    """All that the database's files hold, or its tables where they lie on a server."""
    if not isinstance(house.db, Path):
        return repr(house.kept()).encode()
    return b"".join(each.read_bytes() for each in house.db.parent.iterdir() if each.is_file())


@pytest.mark.parametrize("where", ["form", "thread", "message", "measure"])
def test_a_raw_dump_is_refused_after_its_first_kilobytes_and_nothing_of_it_is_kept(
    house: House,
    where: str,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    ana = house.slack.person("ana")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where anything temporary would lie
    caplog.set_level("DEBUG", "bot")
    shares_quick_path(ana)
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": CANARY},
        "data": {"a": CANARY},
    }
    dump = handed.listed(secret, *(json.loads(handed.DUMP)["items"]) * 40)
    assert len(dump) > 1_000_000
    if where == "form":
        said = adds_look(ana, dump)
    elif where == "thread":
        ana.shares_file(f"{CANARY}.json", dump, in_="payments", thread=card(ana))
        said = card(ana).thread[-1].all_text
    elif where == "message":
        ana.dms("have a look", files=[(f"{CANARY}.json", dump)])
        said = ana.sees("dm")[-1].thread[-1].all_text
    else:
        plans(ana, house.slack.person("ben"))
        measures(ana, "ledger", "files")
        ana.uploads("files.baseline", [(f"{CANARY}.json", dump)])
        ana.submits()
        said = modal(ana).all_text
    assert "stopped after its first kilobytes" in said
    assert "meshfit look DUMP --summary summary.json" in said
    assert CANARY not in said
    assert CANARY not in caplog.text
    assert CANARY.encode() not in anywhere(house)


def test_of_a_summary_with_names_the_names_are_dropped(house: House):
    ana = house.slack.person("ana")
    look = handed.looked(names=True)
    assert any("svc-0" in name for each in look.findings for name in each.names)
    adds_look(ana, handed.written(look))
    assert b"svc-0" not in anywhere(house)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "neither a summary of a look nor an export"),
        (b'{"form": "meshfit-look", "version": 2}', "of another version than 1"),
        (b'{"form": "meshfit-look", "version": 1}', "is no summary as meshfit look"),
        (b'{"form": "meshfit-look", "version": 1', "cut off or damaged"),
        (handed.written()[:-9], "cut off or damaged"),
        (b"\x89PNG\r\n" + bytes(50), "neither a summary of a look nor an export"),
    ],
)
def test_what_is_no_evidence_gets_one_sentence_that_quotes_nothing(slack: Slack, content, says):
    ana = slack.person("ana")
    assert says in adds_look(ana, content)
    assert "Nothing was counted here yet" in evidence(ana).all_text


def test_one_person_confirms_each_incident_and_the_figures_follow(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ana, incidents_per_month=2, hours_per_incident=18)
    adds_incidents(ana, exports.incident_io())
    assert "4 counted, 5 Jan 2026 to 9 Mar 2026" in modal(ana).all_text
    ana.presses("Go through them", on=modal(ana))
    assert "ledger cannot reach rates" in modal(ana).all_text
    assert "Word lists suggest: cause" in modal(ana).all_text
    assert not modal(ana).value("network.0"), "a suggestion is nobody's word"
    goes_through(ana, "cause", "none")
    ana.closes()
    overview = evidence(ben).all_text
    assert "2 of 4 not confirmed yet" in overview
    assert "says otherwise" not in overview
    ben.presses("Go through 2 incidents", on=aside(ben))
    goes_through(ben, "amplifier", "unclear")
    assert "Each is confirmed by a person" in modal(ben).all_text
    ben.closes()
    overview = evidence(ana).all_text
    assert (
        "2 of 4, in 3 months, 2026-01 to 2026-03, the first and last maybe incomplete (confirmed)"
        in overview
    )
    assert (
        "A month: *0.67*. The answer here says 2; the example of a web article has 2." in overview
    )
    assert "Hours an incident: *8.25* (counted). The answer here says 18" in overview
    assert "cause, <@U0ANA>" in overview
    assert "amplifier, <@U0BEN>" in overview
    assert "from 0 to 16.5" in overview
    assert "Retry budgets" in overview
    assert "A mesh that retries by itself adds retries" in overview
    assert "%" not in overview
    chart = next(b for b in aside(ana).blocks if b["type"] == "data_visualization")
    assert len(chart["chart"]["series"]) == 2
    takes(ana, "hours_per_incident")
    takes(ana, "incidents_per_month")
    assert "Hours an incident: 18 → 8.25" in card(ana).thread[-2].all_text
    assert "2 of 10 answers counted or measured" in card(ana).all_text


def test_effort_that_no_tool_counted_is_asked_about_once_and_stays_a_guess(slack: Slack):
    ana = slack.person("ana")
    adds_incidents(ana, exports.statuspage())
    ana.presses("Go through them", on=modal(ana))
    assert modal(ana).title == "Hours nobody counted"
    ana.fills("people", 3)
    ana.fills("follow_up", 2)
    ana.submits()
    assert "6.5 h (a guess)" in modal(ana).all_text
    goes_through(ana, "cause", "none", "amplifier", "none")
    ana.closes()
    overview = evidence(ana).all_text
    assert "*Hours an incident.* A guess, " in overview
    assert "maybe incomplete; 2 of 2 a guess." in overview
    assert "Hours an incident: *7.25* (2 of 2 a guess: how long it lasted times" in overview
    assert "Take it: a guess" in " ".join(aside(ana).buttons)
    ana.presses("Look at each again", on=aside(ana))
    assert modal(ana).title == "Incident 1 of 4"
    ana.presses("Later", on=modal(ana))
    ana.presses("Back", on=modal(ana))
    assert modal(ana).title == "Incident 1 of 4"


def test_what_was_confirmed_at_a_terminal_is_taken_over(slack: Slack):
    ana = slack.person("ana")
    said = handed.confirmations(
        **{"INC-1": "cause", "INC-2": "none", "INC-3": "cause", "INC-5": "none"}
    )
    adds_incidents(ana, said)
    assert "add the tool's export first" in modal(ana).all_text
    ana.closes()
    adds_incidents(ana, exports.incident_io(), handed.confirmations(unknown="cause"))
    assert "Nothing of it was stored." in modal(ana).all_text
    ana.closes()
    assert "Nothing was counted here yet" in evidence(ana).all_text
    adds_incidents(ana, exports.incident_io(), said)
    assert "Taken over: 4 confirmations" in modal(ana).all_text
    ana.closes()
    assert "(confirmed)" in evidence(ana).all_text


def test_dates_that_could_be_exchanged_are_asked_about_in_the_form(slack: Slack):
    ana = slack.person("ana")
    rows = b"When,What,Duration\n03/04/2026 10:00,x,30\n"
    adds_incidents(ana, rows)
    assert "could be exchanged. “Add incidents” has a field for" in modal(ana).all_text
    assert "--day-first" not in modal(ana).all_text
    ana.closes()
    adds_incidents(ana, rows, dates="month")
    assert "4 Mar 2026" in modal(ana).all_text


def test_an_export_dropped_into_the_cards_thread_is_gone_through(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ben.shares_file("incidents", exports.incident_io(), in_="payments", thread=card(ben))
    offer = card(ana).thread[-1]
    ana.presses("Use it and go through them", on=offer)
    assert modal(ana).title == "Incident 1 of 4"
    assert exports.CANARY.encode() not in anywhere(house)
    assert b"NetworkPolicy was forgotten" not in anywhere(house)


def test_deleting_takes_it_along(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    adds_look(ana)
    ana.presses("Delete", on=evidence(ana), confirm=True)
    assert "Nothing was counted here yet" in aside(ana).all_text
    adds_look(ben)
    adds_incidents(ana, exports.incident_io())
    ana.presses("Go through them", on=modal(ana))
    goes_through(ana, "cause")
    ana.closes()
    ben.presses("Go through 3 incidents", on=evidence(ben))
    goes_through(ben, "cause")
    ben.closes()
    ben.types("/meshfit delete", in_="payments")
    assert "1 upload, 1 confirmation" in aside(ben).all_text
    ben.presses("Delete what is mine", on=aside(ben), confirm=True)
    overview = evidence(ana).all_text
    assert "A look at a cluster" not in overview
    assert "3 of 4 not confirmed yet" in overview
    ana.types("/meshfit delete", in_="payments")
    ana.presses("Delete the assessment", on=aside(ana), confirm=True)
    assert "Nothing was counted here yet" in evidence(ana).all_text


SAMPLES = Path(__file__).parents[3] / "shared/incidents/samples"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside this")
def test_the_shared_sample_comes_to_ten_incidents_six_of_the_network_and_their_hours(slack: Slack):
    ana = slack.person("ana")
    truth = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
    network = {title_of(truth, n): said for said, many in truth["network"].items() for n in many}
    adds_incidents(ana, (SAMPLES / "incident-io-v2.json").read_bytes())
    assert "10 counted" in modal(ana).all_text
    ana.presses("Go through them", on=modal(ana))
    while modal(ana).callback_id == "incident_confirm":
        form_text = modal(ana).all_text
        goes_through(ana, next(said for title, said in network.items() if title in form_text))
    ana.closes()
    said = evidence(ana).all_text
    assert "*Incidents of the network:* 6 of 10, in 4 months, 2026-03 to 2026-06, the first" in said
    assert "A month: *1.5*. The example of a web article has 2." in said
    assert "Hours an incident: *12.6* (counted). The example of a web article has 18." in said
    takes(ana, "hours_per_incident")
    assert "12.58" in evidence(ana).all_text or "12.6 hours" in evidence(ana).all_text


def title_of(truth: dict[str, Any], number: int) -> str:
    """How an incident of the shared sample is called."""
    return next(str(each["title"]) for each in truth["incidents"] if each["n"] == number)
