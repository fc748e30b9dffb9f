"""Hostile and broken uploads: one clear sentence each, in little time and memory."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.loadtests import bounded
from bot.loadtests.registry import READERS
from tests.loadtests.conftest import refused, run, sample
from tests.loadtests.mutation import outcome

TEN_MB = 10_000_000
MOST_MB, MOST_S = 512, 20
"""What one upload may take: memory, and seconds of the processor, not of a clock."""
NEVER_S = 30 * MOST_S


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("result.json", sample("oha_json/made-1.json"))
    return packed.getvalue()


REFUSED = [
    (b"", "empty"),
    (b" \n\t\n", "empty"),
    (gzip.compress(b""), "empty"),
    (zipped(), "zip archive"),
    (b"%PDF-1.7 ...", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\x7fELF\x02\x01\x01\x00\x00", "binary"),
    (b"<!DOCTYPE html><html></html>", "HTML"),
    (gzip.compress(gzip.compress(b"x")), "packed twice"),
    (gzip.compress(sample("oha_json/made-1.json"))[:-40], "cut off"),
    (b"\x1f\x8bnonsense", "cut off"),
    (b"hello, can you look at this?", "no result that meshfit knows"),
    (b"name,age\nann,5\n", "no result that meshfit knows"),
    (b'{"hello": "world"}', "no result that meshfit knows"),
    (sample("oha_json/made-1.json")[:-100], "cut off"),
    (b'{"a":' * 50_000, "nested too deeply"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"summary": {"total": NaN}, "latencyPercentiles": {}}', "NaN"),
    (b'{"summary": {"total": 1e999}, "latencyPercentiles": {}}', "1e999"),
    (b'{"summary": {"total": ' + b"9" * 5000 + b'}, "latencyPercentiles": {}}', "5000 digits"),
    (b'{"summary": {}, "summary": {}, "latencyPercentiles": {}}', "twice"),
    (sample("oha_json/made-1.json").replace(b'"slowest": ', b'"slowest": -', 1), "below 0"),
    (
        sample("oha_json/made-1.json").replace(b'"total": 60.0', b'"total": "fast"', 1),
        "should be a number",
    ),
    (b"response-time,DNS+dialup,status-code,offset\n-0.5,0,200,0\n", "below 0"),
    (b"response-time,DNS+dialup,status-code,offset\nNaN,0,200,0\n", "no number"),
    (b"response-time,DNS+dialup,status-code,offset\n=1+1,0,200,0\n", "should be a number"),
    (b"response-time,DNS+dialup,status-code,offset\n0.5,0,200\n", "cut off"),
    (b'response-time,DNS+dialup,status-code,offset\n"0.5,0,200,0\n', "a quote"),
    (b"response-time,DNS+dialup,status-code,offset\n", "no requests"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_a_broken_file_gets_one_sentence(data, words):
    assert words in refused(data)


NEAR = [
    ("\nduration (ms),status,error\n1.5,OK,\n", "-O json"),
    ("request-start,DNS,DNS+dialup,Response-delay,request-duration,bytes,status\n", "json"),
    ('{"attack":"","seq":0,"code":200,"latency":1000000}\n' * 2, "vegeta report"),
    ("Bucket           #    %       Histogram\n[0s,     1ms]    10   20.00%  ####\n", "-type=json"),
]


@pytest.mark.parametrize(("data", "words"), NEAR, ids=[words for _, words in NEAR])
def test_who_gives_a_known_tools_other_output_is_told_which_one_to_give(data, words):
    ran = refused(data)
    assert words in ran
    assert "no result" not in ran


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://evil","x")', "@SUM(A1)", "+1+cmd|' /C calc'!A0"]
)
def test_a_csv_with_formulas_is_refused(name):
    quoted = name.replace('"', '""')
    rows = sample("locust_stats_csv/local-1.csv").decode().replace("/slow", f'"{quoted}"')
    assert "formula" in refused(rows.replace('GET,"', 'GET,"').replace("GET,", ",", 9))


def test_a_name_that_could_steer_a_terminal_loses_what_steers():
    rows = sample("locust_stats_csv/local-1.csv").decode().replace("/slow", "/slow\x1b[31m\x07")
    assert any(each.name == "GET /slow [31m" for each in run(rows).endpoints)


def test_a_long_name_is_cut():
    rows = sample("locust_stats_csv/local-1.csv").decode().replace("/slow", "/slow" * 100)
    assert max(len(each.name) for each in run(rows).endpoints) == 150


@pytest.mark.exhaustive
def test_every_sample_cut_anywhere_is_read_or_refused():
    for name in ("wrk2_text/local-1.txt", "jmeter_jtl_csv/local-1.csv", "fortio_json/made-3.json"):
        data = sample(name)
        for end in range(1, len(data), max(len(data) // 60, 1)):
            assert outcome(data[:end]) in {"read", "refused"}


def test_what_gzip_expands_to_is_capped():
    """The cap itself is lowered for the test: 2 GB of blanks take their time."""
    source = io.BytesIO(b"x" * 5000)
    within = bounded.Bounded(source)
    within._left = 4096
    with pytest.raises(BadInput, match="too large"):
        io.BufferedReader(within).read()


def test_a_bomb_is_refused_by_its_first_bytes():
    bomb = gzip.compress(b"\0" * 50_000_000, 9)
    assert "binary" in refused(bomb)


def test_no_kind_of_error_comes_ten_thousand_times():
    text = sample("hey_text/local-1.txt").decode() + "\nError distribution:\n"
    kinds = "".join(f"  [1]\terror {at}\n" for at in range(10_001))
    assert "no summary has so many" in refused(text + kinds)


def test_every_format_is_known_by_one_reader():
    formats = [each.format for each in READERS]
    assert len(formats) == len(set(formats))


NONSENSE = {
    "digits": "b'1' * N",
    "line ends": "b'x' + b'\\n' * N",
    "braces": "b'{' * N",
    "empty lists": "b'[' + b'[],' * 900_000 + b'1]'",
    "numbers": "b'[' + b'1,' * 2_000_000 + b'1]'",
    "objects": "b'[' + b'{\"a\":{}},' * 400_000 + b'1]'",
    "any bytes": "random.Random(1).randbytes(N).replace(b'\\0', b'x')",
    "an open quote": "b'metric_name,timestamp,metric_value\\n\"' + b'a\\n' * (N // 2)",
    "quotes": "b'metric_name,timestamp,metric_value\\n' + b'\"\\n\",' * (N // 4)",
    "blanks in a layout": "b'Response time histogram\\nSlowest:\\nRequests/sec:' + b' ' * N + b'x'",
    "heys": "b'Response time histogram\\nSlowest:\\nRequests/sec:\\n' + b'hey ' * (N // 4)",
    "rows": "b'NAME SUCCESS LATENCY_P50\\n' + b'a - -\\n' * (N // 6)",
    "tags": "b'<testResults>' + b'<a>' * (N // 3)",
    "script": "b'var stats = {' + b'\\n' * N + b'numberOfRequests'",
    "columns": "b'NAME SUCCESS LATENCY_P50' + b' X' * (N // 2) + b'\\na 1% 1ms\\n'",
    "locust": "b'Name # reqs # fails Avg\\n a' + b' ' * N + b'x'",
    "locusts": "b'Name # reqs # fails Avg ' * (N // 30)",
    "gatling": "b'---- Global Information\\n> request count 1 (OK=1 KO=0)\\n---- Errors ----\\na'"
    " + b' ' * N + b'x'",
    "artillery": "b'Summary report @ \\nhttp.requests:' + b'.' * N + b'x'",
    "autocannon": "'│ Stat │ Avg │ Max │\\n│ Latency │ 1 '.encode() + '│'.encode() * (N // 3)",
    "siege": "b'transactions: 1\\navailability: 1\\nelapsed time: 1\\n' * (N // 60)",
    "drill": "b'Median time per request 1ms Total requests 1 ' * (N // 50)",
    "netperf": "(b'TCP REQUEST/RESPONSE TEST from ' + b'to ' * 200 + b'\\n') * (N // 640)",
    "netperf names": "b'Mean Latency Microseconds,Throughput\\n1,2,\\n' * (N // 44)",
    "commas": "b'a,' + b'1,' * (N // 2)",
    "rows of figures": "b'1 2 3%% in ' * (N // 12)",
    "nighthawk of 2019": "b'Request start to response end\\n  samples: 1\\n' + b'\\n ' * (N // 2)",
    "nighthawk": "b'Request start to response end (1 samples)\\n' + b'\\n ' * (N // 2)",
    "grafana": "b'Time,a\\n' + b'2024-05-01 10:00:00,1\\n' * (N // 22)",
    "metrics": "b'# TYPE a gauge\\na 1\\na{' + b'b=\"' * (N // 3)",
    "promtool": "b'{a=\"b\"} => 1 @[1]\\n{' + b'b=\"\"' * (N // 4) + b' =>'",
    "docker": "b'ID NAME CPU % MEM USAGE / LIMIT\\na' + b' ' * N + b'x'",
    "dashes": "b'-' * N",
    "jmeter": "b'summary = 1 in 1s = 1.0/s Avg: 1 Min: 1 Max: 1 Err: 0 ' * (N // 60)",
    "k6": "b'http_req_failed...: ' + b'1' * N",
    "fortio": "b'All done 1 calls ' + b'1' * N",
    "a page": "b'<html><title>Locust</title># Requests' + b'<tr><td>' * (N // 8)",
    "bars": "HEY + b'1[1]\\n' * (N // 5)",
    "bars in a bomb": "gzip.compress(b'x\\n{\\n' + HEY + b'1[1]\\n' * 10_000_000)",
}
CHILD = f"""
import gzip, io, pathlib, random, re, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({MOST_S}, {MOST_S}))
sys.path.insert(0, {str(sys.path[0])!r})
from bot.errors import BadInput
from bot.loadtests.registry import read
N = {TEN_MB}
HEY = b"Response time histogram\\nSlowest: 1 secs\\nRequests/sec: 1\\n"
data = eval(sys.argv[1])
try:
    read(io.BytesIO(data))
    print("read")
except BadInput as error:
    print(error.sentence)
told = pathlib.Path("/proc/self/status").read_text()
print(int(re.search(r"VmHWM:\\s+([0-9]+) kB", told)[1]) // 1024)
"""
# Not ru_maxrss: it keeps what the process that started this one held at its peak.


@pytest.mark.exhaustive
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is not told here")
@pytest.mark.parametrize("kind", NONSENSE)
def test_ten_megabytes_of_nonsense_are_refused_soon_and_cheaply(kind):
    done = subprocess.run(
        [sys.executable, "-c", CHILD, NONSENSE[kind]],
        capture_output=True,
        text=True,
        check=True,
        timeout=NEVER_S,
    )
    sentence, peak = done.stdout.splitlines()
    assert sentence.endswith(".")
    assert int(peak) < MOST_MB


def test_quoted_output_of_a_known_tool_is_told_which_one_to_give_too():
    lines = ["Bucket           #    %       Histogram", "[0s,     1ms]    10   20.00%  ####"]
    assert "-type=json" in refused("\n".join(f"> {each}" for each in lines))


VISIBLE = {
    "k6": "     http_req_waiting: avg=5ms\n",
    "Fortio": "fortio: 12 calls so far\n",
    "Locust": "[2024-05-01 10:00:00] locust.main: Starting web interface\n",
    "JMeter": "Generate Summary Results: jmeter -n -t plan.jmx\n",
    "Gatling": "Simulation shop.Cart started, gatling 3.9\n",
    "vegeta": "vegeta attack -rate 50\n",
    "ghz": "$ ghz --insecure x:1\n",
    "oha": "$ oha -z 10s http://x\n",
    "wrk": "  Thread Stats   Avg      Stdev     Max\n",
    "hey": "hey -n 200 http://x\nResponse time histogram:\n",
    "Prometheus": "# TYPE up gauge\n# no samples\n",
    "autocannon": "autocannon: 10 connections\n",
    "artillery": "artillery run script.yml\n",
    "siege": "** SIEGE 4.0\n",
    "Nighthawk": "[10:00:00] [I] nighthawk_client: starting\n",
}
BEGUN = (
    ("hey", "Summary:\n  Total:\t1.2 secs\n  Slowest:\t0.1 secs\n"),
    ("ghz", "Summary:\n  Count:\t100\n"),
    ("oha", "Summary:\n  Success rate:\t100.00%\n"),
    ("k6", "     execution: local\n        script: shop.js\n"),
    ("JMeter", "Creating summariser <summary>\nCreated the tree successfully\n"),
    ("Gatling", "---- Requests -----------\n> Global    (OK=20  KO=0 )\n"),
    ("autocannon", "│ Stat    │ 2.5% │ 50%   │\n"),
    ("artillery", "Metrics for period to: 20:01:10(+0000) (width: 6.084s)\n"),
    ("h2load", "starting benchmark...\nspawning thread #0: 10 total client(s).\n"),
    ("drill", "Concurrency 4\nIterations 500\nRampup 2\n"),
    ("ApacheBench", "apr_pollset_poll: The timeout specified has expired (70007)\n"),
    ("ApacheBench", "Total of 998 requests completed\n"),
)


@pytest.mark.parametrize(("tool", "start"), BEGUN)
def test_the_first_lines_of_a_report_are_told_as_its_tool_s(tool, start):
    assert refused(start).startswith(f"This looks like {tool}'s, but is cut off")


def test_a_column_named_after_a_tool_is_not_that_tool_s():
    rows = "timestamp,wrk2 app CPU,wrk2 app mem,k6 mesh CPU,k6 mesh mem\n1,2,3,4,5\n"
    assert "a table of CPU and memory that names no units" in refused(rows)


@pytest.mark.parametrize("tool", VISIBLE)
def test_who_gives_a_tools_other_output_is_not_told_to_give_that_tools_result(tool):
    sentence = refused(VISIBLE[tool])
    assert "give one of" not in sentence
    assert f"looks like {tool}'s" in sentence or tool.lower() in sentence.lower()
