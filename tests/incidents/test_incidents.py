"""`meshfit incidents`: what exports hold, what is left out, what is suggested and confirmed."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.incidents.suggesting import suggest
from bot.errors import BadInput
from bot.incidents.fields import duration
from bot.incidents.reading import read
from tests.cluster import dumps
from tests.domain.situations import PACK
from tests.incidents import exports

ROOT = Path(__file__).parents[2]
SHARED = Path(__file__).parents[3] / "shared" / "incidents"
WRITTEN = {
    "incident.io": exports.incident_io,
    "PagerDuty analytics": exports.pagerduty_analytics,
    "Statuspage": exports.statuspage,
    "ServiceNow": exports.servicenow,
    "a spreadsheet": exports.spreadsheet,
}
COUNTED = ("incident.io", "PagerDuty analytics", "a spreadsheet")


def asked(meshfit, *args: str):
    ran = meshfit("incidents", *args, "--json")
    assert ran.code == 0, ran.error
    return ran.json


@pytest.mark.exhaustive
@pytest.mark.parametrize("tool", WRITTEN)
def test_each_tools_export_counts_the_same_and_names_nobody(meshfit, tool):
    Path("export").write_bytes(WRITTEN[tool]())
    document = asked(meshfit, "export")
    assert (document["counted"], document["months"]) == (4, exports.MONTHS)
    left = {each["why"]: each["n"] for each in document["left_out"]}
    assert left.items() >= {"drill or test": 1, "open": 1}.items()
    ran = meshfit("incidents", "export")
    assert f"from {tool}" in ran.out
    assert exports.CANARY not in ran.out + ran.error
    if tool in COUNTED:
        assert [each["hours"] for each in document["incidents"]] == [6.0, 2.0, 10.5, 1.0]
        assert {each["effort"] for each in document["incidents"]} == {"counted"}
    else:
        assert {each["effort"] for each in document["incidents"]} == {"guess"}
    if tool != "PagerDuty analytics":  # titles alone tell less
        assert tuple(each["network"] for each in document["incidents"]) == exports.NETWORK


BEGAN, ENDED = "2026-03-02T10:00:00Z", "2026-03-02T12:00:00Z"
OF_OTHERS = {
    "PagerDuty": {
        "incidents": [
            {
                "id": "P7",
                "incident_number": 7,
                "status": "resolved",
                "title": "x",
                "created_at": BEGAN,
                "resolved_at": ENDED,
                "assignments": [],
                "service": {"summary": "cart"},
            }
        ]
    },
    "GitHub issues": [
        {
            "number": 7,
            "title": "x",
            "state": "CLOSED",
            "createdAt": BEGAN,
            "closedAt": ENDED,
            "assignees": [{"login": exports.CANARY}],
        }
    ],
    "Jira": {
        "issues": [
            {
                "key": "OPS-7",
                "fields": {"summary": "x", "created": BEGAN, "resolutiondate": ENDED},
            }
        ]
    },
    "Rootly": {
        "data": [
            {
                "id": "7",
                "attributes": {
                    "title": "x",
                    "started_at": BEGAN,
                    "mitigated_at": BEGAN,
                    "resolved_at": ENDED,
                },
            }
        ]
    },
    "FireHydrant": {
        "data": [
            {
                "id": "7",
                "name": "x",
                "milestones": [
                    {"type": "started", "occurred_at": BEGAN},
                    {"type": "resolved", "occurred_at": ENDED},
                ],
            }
        ]
    },
    "Opsgenie": {
        "data": [
            {
                "tinyId": "7",
                "message": "x",
                "impactStartDate": BEGAN,
                "impactEndDate": ENDED,
            }
        ]
    },
    "Datadog": {
        "data": [
            {
                "id": "7",
                "attributes": {
                    "title": "x",
                    "customer_impact_start": BEGAN,
                    "customer_impact_end": ENDED,
                },
            }
        ]
    },
}
"""What tools write that keep no effort: one incident of two hours each."""


@pytest.mark.exhaustive
@pytest.mark.parametrize("tool", OF_OTHERS)
def test_tools_that_keep_no_effort_are_read_by_how_long_it_lasted(meshfit, tool):
    Path("export").write_text(json.dumps(OF_OTHERS[tool]))
    [one] = asked(meshfit, "export")["incidents"]
    assert (one["start"], one["hours"], one["effort"]) == (BEGAN, 2.0, "guess")
    ran = meshfit("incidents", "export")
    assert f"from {tool}" in ran.out
    assert exports.CANARY not in ran.out + ran.error


@pytest.mark.exhaustive
def test_how_hours_are_known_is_said_of_those_that_count(meshfit):
    Path("page.json").write_bytes(exports.statuspage())
    printed = " ".join(meshfit("incidents", "page.json").out.split())
    assert "(a guess); the same example has 18." in printed
    Path("io.json").write_bytes(exports.incident_io())
    printed = " ".join(meshfit("incidents", "io.json").out.split())
    assert "(counted); the same example has 18." in printed
    both = meshfit("incidents", "page.json", "io.json").out
    assert "2 of 4 a guess" in both, both


def test_a_mechanism_stays_where_a_person_calls_its_incident_the_other_of_the_two(meshfit):
    Path("io.json").write_bytes(exports.incident_io())
    asking = ("incidents", "io.json", "--confirm", "--confirmations", "mine")
    printed = " ".join(meshfit(*asking, given="a\nc\nq\n").out.split())
    assert "(amplifier, 6 h). Who may call whom:" in printed, printed
    assert "Word lists name no mechanism for it." in printed


@pytest.mark.exhaustive
def test_effort_that_nobody_counted_is_a_guess_of_people_and_hours(meshfit):
    Path("page.json").write_bytes(exports.statuspage())
    plain = [each["hours"] for each in asked(meshfit, "page.json")["incidents"]]
    assert plain == [1.5, 1.0, 2.0, 0.5]
    more = asked(meshfit, "page.json", "--people", "3", "--follow-up", "2")
    assert [each["hours"] for each in more["incidents"]] == [6.5, 5.0, 8.0, 3.5]


def test_planned_work_is_left_out(meshfit):
    Path("page.json").write_bytes(exports.statuspage())
    assert {"why": "maintenance", "n": 1} in asked(meshfit, "page.json")["left_out"]


@pytest.mark.exhaustive
def test_a_person_confirms_each_and_what_was_said_is_kept(meshfit):
    Path("io.json").write_bytes(exports.incident_io())
    asking = ("incidents", "io.json", "--confirm", "--confirmations", "mine")
    meshfit(*asking, given="\nc\nq\n")
    listed = asked(meshfit, "io.json", "--confirmations", "mine")["incidents"]
    assert [(each["network"], each["confirmed"]) for each in listed[:3]] == [
        ("cause", True),
        ("cause", True),
        ("amplifier", False),
    ]
    assert "2 to confirm" in meshfit(*asking, given="\n\n").out
    listed = asked(meshfit, "io.json", "--confirmations", "mine")["incidents"]
    assert all(each["confirmed"] for each in listed)


@pytest.mark.exhaustive
def test_a_key_that_means_nothing_confirms_nothing(meshfit):
    Path("io.json").write_bytes(exports.incident_io())
    asking = ("incidents", "io.json", "--confirm", "--confirmations", "mine")
    assert "c, a, n, u, Enter or q." in meshfit(*asking, given="x\nn\nz\nq\n").out
    listed = asked(meshfit, "io.json", "--confirmations", "mine")["incidents"]
    assert [each["confirmed"] for each in listed] == [True, False, False, False]
    assert listed[0]["network"] == "none"


@pytest.mark.exhaustive
def test_follow_up_is_asked_once_where_effort_is_a_guess_and_beside_the_json(meshfit):
    Path("page.json").write_bytes(exports.statuspage())
    keys = "n\nn\nn\nn\nx\n2\n"
    done = subprocess.run(
        [sys.executable, "-m", "bot", "incidents", "page.json", "--confirm", "--json"],
        input=keys,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stderr.count("Hours of follow-up") == 1
    assert "That must be a number such as 12 or 2.5" in done.stderr
    document = json.loads(done.stdout)
    assert [each["hours"] for each in document["incidents"]] == [3.5, 3.0, 4.0, 2.5]
    assert (
        meshfit("incidents", "page.json", "--confirm", given=keys).out.count("follow-up after") == 1
    )
    ran = meshfit("incidents", "page.json", "--confirm", "--follow-up", "1", given="q\n")
    assert "Hours of follow-up" not in ran.out


@pytest.mark.exhaustive
def test_one_key_an_incident_is_enough_where_a_person_types(meshfit):
    Path("io.json").write_bytes(exports.incident_io())
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "incidents", "io.json", "--confirm"]
    places = {"cwd": Path.cwd(), "env": {**os.environ, "PYTHONPATH": str(ROOT)}}
    asking = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, **places)
    printed = b""
    try:
        while b"Not kept" not in printed:
            if select.select([ours], [], [], 0.5)[0]:
                printed += os.read(ours, 1000)
            elif printed:  # it waits for a key; one typed before it listens is lost, as for anybody
                os.write(ours, b"c")
    finally:
        asking.kill()
        asking.wait(10)
        os.close(theirs)
        os.close(ours)
    assert printed.count(b"suggested:") == 4


def test_a_file_of_something_else_is_no_confirmation(meshfit):
    Path("io.json").write_bytes(exports.incident_io())
    document = meshfit("incidents", "io.json", "--confirmations", "io.json")
    assert (document.code, document.out) == (2, "")
    assert "holds no confirmations" in document.error


def test_the_screen_never_says_what_a_mesh_saves(meshfit):
    Path("io.json").write_bytes(exports.incident_io())
    printed = " ".join(meshfit("incidents", "io.json").out.split())
    assert "from 0 to 16.5" in printed
    assert "your team sets the figure" in printed
    assert "%" not in printed
    assert "the example of a web article has 2." in printed
    assert "the same example has 18." in printed


@pytest.mark.exhaustive
def test_a_row_with_fewer_cells_than_headings_says_nothing_of_the_rest() -> None:
    export = read(b"What,People,When\nx\ny,2,2026-01-01T10:00\nSum,2\n")
    assert ([each.title for each in export.incidents], export.skipped) == (["y"], 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds no incidents"),
        (b"{", "cut off or damaged"),
        (b"[]", "holds no incidents"),
        (dumps.listed(dumps.pod("cart-1")), "odd is a dump of a cluster, or a manifest, and no"),
        (b'{"kind": "List", "items": [' + b" " * 11_000_000, "meshfit look reads a dump"),
        (b'{"incidents": [{"a": 1}]}', "of no tool that we know"),
        (b'[{"number": 1, "createdAt": "never"}]', "what it is called and when it began"),
        (b"a,b\n1,2\n", "has no column that says when each began"),
        (b"When,How long\n2026-01-01,5\n", "has no column that says what happened"),
        (b"When,What\n03/04/26 10:00,x\n", "could be exchanged"),
        (b"When,What\nyesterday,x\n", "in a form that we cannot read"),
        (b"When,What\n01/Mar/26 9:12 AM,x\nTotal,1\n", "such as Total."),
        (b"\x00\x01,\n1,2", "is no text"),
        (b"When,What\n,\n", "holds no incidents"),
    ],
)
def test_what_is_no_export_gets_one_sentence(meshfit, content, says):
    Path("odd").write_bytes(content)
    ran = meshfit("incidents", "odd")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.error


@pytest.mark.exhaustive
def test_a_day_and_a_month_that_could_be_exchanged_are_asked_about(meshfit):
    Path("us.csv").write_bytes(b"When,What,Duration\n03/04/2026 10:00,x,30\n")
    assert asked(meshfit, "us.csv", "--month-first")["months"] == {"2026-03": 1}
    assert asked(meshfit, "us.csv", "--day-first")["months"] == {"2026-04": 1}
    Path("us.csv").write_bytes(b"When,What,Duration\n03/04/26,x,30\n")
    assert asked(meshfit, "us.csv", "--month-first")["months"] == {"2026-03": 1}
    assert asked(meshfit, "us.csv", "--day-first")["months"] == {"2026-04": 1}
    error = meshfit("incidents", "us.csv").error
    assert "could be exchanged" in error
    assert "--month-first" in error
    Path("us.csv").write_bytes(b"When,What,Duration\n03/24/2026 10:00,x,30\n")
    assert asked(meshfit, "us.csv")["months"] == {"2026-03": 1}


@pytest.mark.parametrize("language", exports.SPREADSHEETS)
def test_a_spreadsheet_is_read_in_each_language(language):
    shared = {"effort_hours", "people", "start", "end", "title", "text", "left_out"}
    here, english = read(exports.spreadsheet(language)), read(exports.spreadsheet())
    assert [each.model_dump(include=shared) for each in here.incidents] == [
        each.model_dump(include=shared) for each in english.incidents
    ]
    assert [each.effort_hours for each in here.incidents] == [each[5] for each in exports.WHAT]


@pytest.mark.parametrize(
    ("heading", "cell", "hours"),
    [
        ("Dauer (h)", "1,5", 1.5),
        ("Dauer [Std.]", "1,5", 1.5),
        ("Dauer in Minuten", "90", 1.5),
        ("Ausfalldauer", "1,5 h", 1.5),
        ("Durée (minutes)", "90", 1.5),
        ("Dauer, Sekunden", "90", 0.025),
        ("Dauer", "90", 1.5),
    ],
)
def test_a_plain_number_is_of_the_unit_that_its_heading_names(heading, cell, hours):
    written = f"Beginn;Titel;Name;{heading}\n05.01.2026 10:00;Sto\u0308rung;Ada;{cell}\n"
    for encoded in (written.encode(), written.replace("o\u0308", "ö").encode("cp1252")):
        (one,) = read(encoded).incidents
        assert one.title != "Ada"
        assert (one.end - one.start).total_seconds() == pytest.approx(hours * 3600)


def test_a_fraction_below_a_heading_without_a_unit_is_asked_about():
    rows = "05.01.2026 10:00;x;1,5\n"
    with pytest.raises(BadInput, match=r"such as Dauer \(h\)"):
        read(f"Beginn;Titel;Dauer\n{rows}".encode())
    with_end = f"Beginn;Titel;Dauer;Ende\n{rows.strip()};05.01.2026 11:30\n"
    (one,) = read(with_end.encode()).incidents
    assert (one.end - one.start).total_seconds() == 5400


def test_what_no_word_list_reads_is_called_unclear(meshfit):
    Path("de.csv").write_bytes(b"Beginn;Titel;Dauer\n05.01.2026 10:00;Kasse stand;90\n")
    said = " ".join(meshfit("incidents", "de.csv").out.split())
    assert "No incident known as one that the network caused or amplified; 1 unclear." in said
    assert "hardly read another language" in said


@pytest.mark.parametrize(
    ("title", "state", "why"),
    [
        ("Krisenübung im März", "", "drill or test"),
        ("Exercice de crise", "", "drill or test"),
        ("Ausübung gestört", "", None),
        ("Cache voll", "Duplikat", "merged or duplicate"),
    ],
)
def test_what_does_not_count_is_told_in_other_languages(title, state, why):
    line = f"05.01.2026 10:00;05.01.2026 11:00;{title};{state}"
    (one,) = read(f"Beginn;Ende;Titel;Status\n{line}\n".encode()).incidents
    assert one.left_out == why


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("2h 35m", 155),
        ("1h20m", 80),
        ("45 min", 45),
        ("1:20", 80),
        ("90", 90),
        ("1,5 hours", 90),
        ("1 Tag 2 Stunden 5 Min.", 1565),
        ("90 Sek.", 1.5),
        ("2 jours et 1 heure", 2940),
        ("2h35", 155),
        ("2 Semester", None),
        ("25 Days 21 Hours 1 Minute", 25 * 1440 + 21 * 60 + 1),
        ("soon", None),
        ("", None),
    ],
)
def test_how_long_is_read_as_people_write_it(written, minutes):
    assert duration(written) == (None if minutes is None else minutes * 60)


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("The certificate of the internal gateway had expired", "cause"),
        ("CoreDNS could not answer all lookups", "cause"),
        ("A slow query locked the table, callers retried and thread pools filled", "amplifier"),
        ("A typo in the release, rolled back after ten minutes", "none"),
        ("The CDN provider had an outage", "none"),
        ("Nobody knows what it was", "unclear"),
        ("It was slow", "unclear"),
    ],
)
def test_words_suggest(text, network):
    assert suggest(PACK, "", text)[0] == network


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    with suppress(BadInput):
        assert read(content).incidents


BENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("2026-01-01T00:00Z"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=300)
@given(st.sampled_from(["incident.io", "PagerDuty analytics", "Statuspage"]), st.data())
def test_any_value_in_any_field_is_read_or_refused(tool, data):
    document = json.loads(WRITTEN[tool]())
    [rows] = [each for each in document.values() if isinstance(each, list)]
    row = data.draw(st.sampled_from(rows))
    row[data.draw(st.sampled_from(sorted(row)))] = data.draw(BENT)
    with suppress(BadInput):
        assert read(json.dumps(document).encode()).incidents


shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not beside this")


@shared
@pytest.mark.parametrize("name", ["jira.csv", "incident-io-v2.json", "spreadsheet.csv"])
def test_the_shared_samples_come_to_the_same(meshfit, name):
    document = asked(meshfit, str(SHARED / "samples" / name))
    truth = json.loads((SHARED / "samples" / "truth.json").read_text("utf-8"))
    network = [x for x in document["incidents"] if x["network"] in ("cause", "amplifier")]
    assert (document["counted"], document["months"]) == (truth["counted"], truth["months"])
    hours = truth["effort_hours_network"]["cause_or_amplifier"]
    assert (len(network), sum(x["hours"] for x in network)) == (6, hours)


@shared
def test_word_lists_are_right_in_three_of_four_labelled_incidents():
    lines = (SHARED / "dev.jsonl").read_text("utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    of_it = ("cause", "amplifier")
    right = sum(
        (suggest(PACK, "", each["text"])[0] in of_it) == (each["network_between_services"] in of_it)
        for each in documents
    )
    assert right / len(documents) >= 0.75
