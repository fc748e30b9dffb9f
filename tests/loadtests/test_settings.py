"""How a tool sent, beyond rate and connections: what a file says of it, and what it sets apart."""

import json

import pytest

from bot.domain.runs.compare import compare
from tests.loadtests.conftest import run, sample

PRINTED = "tests/loadtests/printed"


def changed(file, **options):
    document = json.loads(sample(file))
    document["options"] |= options
    return run(json.dumps(document))


def test_workers_of_ghz_are_its_concurrency_and_not_its_connections():
    few, many = (
        changed("ghz_json/made-1.json", concurrency=n, connections=1, c=None) for n in (16, 64)
    )
    assert (few.connections, many.connections) == (16, 64)
    assert few.settings == {"connections": "1", "async": "no"}
    assert "concurrency" in {each.id for each in compare([few], [many]).refusals}


@pytest.mark.parametrize(
    ("options", "differs"),
    [
        ({"open_loop": True}, "loop closed without the mesh, open with it"),
        (
            {"request_options": {"request_method": "POST"}},
            "method GET without the mesh, POST with it",
        ),
        (
            {"request_options": {"request_body_size": 100_000}},
            "payload none without the mesh, 100,000 bytes with it",
        ),
    ],
)
def test_nighthawks_loop_method_and_payload_set_runs_apart(options, differs):
    file = "nighthawk_json/made-1.json"
    found = compare([changed(file)], [changed(file, **options)])
    assert [each.text for each in found.refusals if each.id == "settings"] == [
        f"Different settings: {differs}. Send both sides in the same way."
    ]


def test_fortios_connections_and_payload_set_runs_apart():
    document = json.loads(sample("fortio_json/made-1.json"))
    plain = run(json.dumps(document | {"DisableKeepAlive": False, "Payload": None}))
    other = run(json.dumps(document | {"DisableKeepAlive": True, "Payload": "QUJD"}))
    (text,) = (each.text for each in compare([plain], [other]).refusals if each.id == "settings")
    assert text == (
        "Different settings: keep-alive yes without the mesh, no with it; payload none without "
        "the mesh, 3 bytes with it. Send both sides in the same way."
    )


def test_a_setting_that_differs_within_a_side_is_of_neither():
    document = json.loads(sample("fortio_json/made-1.json"))
    kept, anew = (run(json.dumps(document | {"DisableKeepAlive": off})) for off in (False, True))
    texts = [each.text for each in compare([kept, anew], [kept]).refusals if each.id == "settings"]
    assert texts == ["Different settings: keep-alive no and yes. Send both sides in the same way."]


def test_what_a_file_does_not_say_is_held_against_nobody():
    silent = run(sample("fortio_json/made-1.json"))
    document = json.loads(sample("fortio_json/made-1.json"))
    said = run(json.dumps(document | {"DisableKeepAlive": True}))
    assert "settings" not in {each.id for each in compare([silent], [said]).refusals}


K6 = """\
     execution: local
        script: cart.js

     scenarios: (100.00%) 1 scenario, 16 max VUs, 1m0s max duration (incl. graceful stop):
              * default: {how}

running (0m30.0s), 00/16 VUs, 6000 complete and 0 interrupted iterations
default ✓ [======================================] 16 VUs  30s

     http_req_duration..............: avg=10.6ms min=3.1ms med=9.97ms max=39.6ms p(90)=15ms p(95)=17ms
     http_req_failed................: 0.00% ✓ 0         ✗ 6000
     http_reqs......................: 6000   200/s
     iterations.....................: 6000   200/s
"""  # noqa: E501 - as k6 prints it


@pytest.mark.parametrize(
    ("how", "loop"),
    [
        ("200.00 iterations/s for 30s (maxVUs: 16, gracefulStop: 30s)", "open"),
        ("Up to 300.00 iterations/s for 30s over 2 stages (maxVUs: 16)", "open"),
        ("16 looping VUs for 30s (gracefulStop: 30s)", "closed"),
        ("Up to 16 looping VUs for 30s over 3 stages", "closed"),
        ("6000 iterations shared among 16 VUs (maxDuration: 10m0s)", "closed"),
        ("375 iterations for each of 16 VUs (maxDuration: 10m0s)", "closed"),
    ],
)
def test_k6s_scenario_says_whether_it_waits_for_answers(how, loop):
    assert run(K6.format(how=how)).settings == {"loop": loop}


def test_ab_says_whether_connections_were_kept():
    assert run(sample("ab_text/local-1.txt")).settings["keep-alive"] in {"yes", "no"}
