"""Results written by hand, in shapes that are documented and for which no public sample is free."""

from __future__ import annotations

import json

K6_MACHINE = json.dumps(
    {
        "version": "1.0.0",
        "metadata": {"k6Version": "1.4.0", "generatedAt": "2025-11-20T10:00:00Z"},
        "config": {"execution": "local", "script": "test.js", "duration": 60.5},
        "results": {
            "checks": [],
            "metrics": [
                {
                    "name": "http_req_duration",
                    "type": "trend",
                    "contains": "time",
                    "values": {"avg": 12.5, "min": 1, "med": 10, "max": 90, "p90": 20, "p95": 30},
                },
                {
                    "name": "http_req_failed",
                    "type": "rate",
                    "contains": "default",
                    "values": {"rate": 0.01, "matches": 30, "total": 3000},
                },
                {
                    "name": "http_reqs",
                    "type": "counter",
                    "contains": "default",
                    "values": {"count": 3000, "rate": 49.6},
                },
                {"name": "vus_max", "type": "gauge", "values": {"value": 20, "min": 20, "max": 20}},
            ],
        },
    }
).encode()

OHA_TEXT = b"""\
Summary:
  Success rate:\t100.00%
  Total:\t2.0012 secs
  Slowest:\t0.0302 secs
  Fastest:\t0.0004 secs
  Average:\t0.0050 secs
  Requests/sec:\t1000.0000

  Total data:\t1.00 MiB

Response time histogram:
  0.000 [1]    |
  0.015 [1900] |xxxxxxxx
  0.030 [99]   |x

Response time distribution:
  10.00% in 0.0010 secs
  50.00% in 0.0045 secs
  90.00% in 0.0090 secs
  95.00% in 0.0120 secs
  99.00% in 0.0210 secs

Details (average, fastest, slowest):
  DNS+dialup:\t0.0003 secs, 0.0002 secs, 0.0005 secs

Status code distribution:
  [200] 1980 responses
  [503] 20 responses

Error distribution:
  [5] aborted due to deadline
"""

BOMBARDIER = json.dumps(
    {
        "spec": {
            "numberOfConnections": 125,
            "testType": "timed",
            "testDurationSeconds": 60,
            "method": "GET",
            "url": "http://shop.example/cart",
            "rate": 500,
        },
        "result": {
            "bytesRead": 1,
            "timeTakenSeconds": 60.5,
            "req1xx": 0,
            "req2xx": 29000,
            "req3xx": 900,
            "req4xx": 60,
            "req5xx": 30,
            "others": 10,
            "latency": {
                "mean": 1500.5,
                "stddev": 100,
                "max": 90000,
                "percentiles": {"50": 1200, "75": 1500, "90": 2000, "95": 2500, "99": 4000},
            },
            "rps": {"mean": 495.5, "stddev": 3, "max": 600},
        },
    }
).encode()

AUTOCANNON = json.dumps(
    {
        "url": "http://shop.example/cart",
        "connections": 10,
        "duration": 10.04,
        "start": "2024-05-01T10:00:00.000Z",
        "finish": "2024-05-01T10:00:10.040Z",
        "errors": 5,
        "timeouts": 5,
        "non2xx": 15,
        "requests": {"average": 999.5, "total": 9995, "sent": 10005},
        "latency": {
            "average": 0.8,
            "max": 40,
            "p50": 1,
            "p75": 2,
            "p90": 3,
            "p97_5": 6,
            "p99": 9,
            "p99_9": 20,
        },
    }
).encode()

_GATLING_STATS = """{
    "name": "%s",
    "numberOfRequests": {"total": "%d", "ok": "%d", "ko": "%d"},
    "minResponseTime": {"total": "2", "ok": "2", "ko": "-"},
    "maxResponseTime": {"total": "90", "ok": "90", "ko": "-"},
    "meanResponseTime": {"total": "12", "ok": "12", "ko": "-"},
    "percentiles1": {"total": "10", "ok": "10", "ko": "-"},
    "percentiles2": {"total": "20", "ok": "20", "ko": "-"},
    "percentiles3": {"total": "30", "ok": "30", "ko": "-"},
    "percentiles4": {"total": "50", "ok": "50", "ko": "-"},
    "meanNumberOfRequestsPerSecond": {"total": "33.5", "ok": "33.5", "ko": "-"}
}"""

GATLING_JS = f"""\
var stats = {{
    type: "GROUP",
name: "Global Information",
path: "",
pathFormatted: "group_missing-name-b06d1",
stats: {_GATLING_STATS % ("Global Information", 2000, 1990, 10)},
contents: {{
"req_cart-46da4": {{
        type: "REQUEST",
        name: "cart",
path: "cart",
pathFormatted: "req_cart-46da4",
stats: {_GATLING_STATS % ("cart", 2000, 1990, 10)}
    }}
}}

}}

function fillStats(stat){{
    $("#numberOfRequests").append(stat.numberOfRequests.total);
}}
""".encode()

GATLING_LOG = b"""\
RUN\tshop.Cart\tcart\t1700000000000\t \t3.9.5
USER\tbuyer\tSTART\t1700000000000
REQUEST\t\tcart\t1700000000000\t1700000000010\tOK\t 
REQUEST\t\tcart\t1700000001000\t1700000001030\tKO\tstatus.find.is(200), but actually found OK
REQUEST\tgroup\tpay\t1700000001500\t1700000002000\tOK\t 
USER\tbuyer\tEND\t1700000002000
"""  # noqa: W291 - as Gatling writes it

K6_STREAM_GRPC = b"""\
{"type":"Metric","data":{"name":"grpc_req_duration","type":"trend"},"metric":"grpc_req_duration"}
{"type":"Point","data":{"time":"2024-01-01T00:00:00Z","value":5,"tags":{"name":"/shop.Pay"}},\
"metric":"grpc_req_duration"}
{"type":"Point","data":{"time":"2024-01-01T00:00:02Z","value":15,"tags":{"name":"/shop.Pay"}},\
"metric":"grpc_req_duration"}
"""

KUBECTL_BARE = b"node-a   1874m   46%   5120Mi   31%\nnode-b   412m   5%   2048Mi   6%\n"

DOCKER_STATS = b"""\
CONTAINER ID   NAME         CPU %     MEM USAGE / LIMIT     MEM %     NET I/O       BLOCK I/O   PIDS
b95a83497c91   cart-1       28.50%    5.5MiB / 1.952GiB     0.28%     916B / 0B     147kB / 0B  9
67b2525d8ad1   sidecar-1    150.00%   1.5GiB / 1.952GiB     76.8%     2.48kB / 0B   4.1MB / 0B  2
0aaabbbbcccc   idle-1       --        -- / --               --        --            --          --
"""

DOCKER_JSON = b"""\
{"BlockIO":"0B / 0B","CPUPerc":"28.50%","Container":"b95a","ID":"b95a","MemPerc":"0.28%",\
"MemUsage":"5.5MiB / 1.952GiB","Name":"cart-1","NetIO":"916B / 0B","PIDs":"9"}
{"BlockIO":"0B / 0B","CPUPerc":"31.50%","Container":"b95a","ID":"b95a","MemPerc":"0.28%",\
"MemUsage":"6MiB / 1.952GiB","Name":"cart-1","NetIO":"916B / 0B","PIDs":"9"}
"""

METRICS = b"""\
# HELP process_resident_memory_bytes Resident memory size in bytes.
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 2.6755072e+07
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 12.34
# TYPE envoy_server_memory_heap_size gauge
envoy_server_memory_heap_size{pod="cart-1",note="a \\"quoted\\" {name}"} 4.1943040e+07 1700000000000
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.1"} 990
http_request_duration_seconds_bucket{le="+Inf"} 1000
http_request_duration_seconds_sum 41.5
http_request_duration_seconds_count 1000
# TYPE broken gauge
broken NaN
"""

PROMTOOL = b"""\
{instance="172.18.0.5:8000", job="tickets"} => 0.7752 @[1791612608.875]
{instance="172.18.0.7:8000", job="tickets"} => 0.7855 @[1791612608.875]
"""

PROMTOOL_RANGE = b"""\
container_memory_working_set_bytes{pod="cart-1"} =>
1000 @[1700000000]
3000 @[1700000015]
2000 @[1700000030]
"""

GRAFANA = b"""\
"Time","cart-1","cart-2"
2024-05-01 10:00:00,12.5 MiB,8 MiB
2024-05-01 10:00:15,14.5 MiB,
2024-05-01 10:00:30,13.5 MiB,10 MiB
"""

FUZZED = {
    "docker_stats": DOCKER_STATS,
    "docker_stats_json": DOCKER_JSON,
    "prometheus_exposition": METRICS,
    "promtool_query": PROMTOOL_RANGE,
    "grafana_csv": GRAFANA,
    "k6_machine_summary": K6_MACHINE,
    "oha_text": OHA_TEXT,
    "bombardier_json": BOMBARDIER,
    "autocannon_json": AUTOCANNON,
    "gatling_stats_js": GATLING_JS,
    "gatling_simulation_log": GATLING_LOG,
    "k6_json_stream": K6_STREAM_GRPC,
    "kubectl_top": KUBECTL_BARE,
}


def fortio_run(p95: float, hour: int, **more: object) -> bytes:
    """Fortio's JSON: p50 between 10 and 10.1 ms, p90 and p95 in the 0.1 ms above a figure."""
    upto = ((10.0, 10.1, 60, 600), (p95, p95 + 0.1, 96, 360), (p95 + 0.1, 60.0, 100, 40))
    rows = [
        {"Start": low / 1e3, "End": high / 1e3, "Percent": share, "Count": calls}
        for low, high, share, calls in upto
    ]
    held = {
        "RunType": "HTTP", "StartTime": f"2026-11-28T{hour:02}:00:00Z", "RequestedQPS": "16.66",
        "ActualQPS": 16.66, "ActualDuration": 60_000_000_000, "URL": "http://shop.example/",
        "RetCodes": {"200": 998, "503": 2},
        "DurationHistogram": {"Count": 1000, "Min": 0.01, "Max": 0.06, "Avg": 0.015, "Data": rows},
    }  # fmt: skip
    return json.dumps(held | more).encode()
