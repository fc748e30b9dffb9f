"""autocannon's JSON, in ms. It has p90 and p97.5 and no p95, which lies between them."""

from __future__ import annotations

from bot.domain.runs.model import Run
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, from_percentiles, scheme
from bot.loadtests.quantities import moment, number

FORMAT = "autocannon_json"
CLOSED = "autocannon waits for each answer before it asks again: a stall counts once a connection."


def recognises(upload: Upload) -> bool:
    """Latency with the percentile that only autocannon has."""
    node = Node(upload.document)
    return "latency" in node and "p97_5" in Node(node.value["latency"])


def read(upload: Upload) -> tuple[Run, ...]:
    """The run; requests without an answer are counted beside those with one."""
    node = Node(upload.document)
    times, target = node.inside("latency"), node.text("url")
    listed = _listed(times)
    lost, bad = node.count("errors") or 0, node.count("non2xx") or 0
    answered = node.inside("requests").count("total") or 0
    requests, errors = answered + lost, bad + lost
    duration = node.number("duration")
    return (
        Run(
            format=FORMAT,
            tool="autocannon",
            target=target,
            protocol=scheme(target),
            started_at=moment(node.text("start")),
            duration_s=duration,
            connections=node.count("connections"),
            settings={"pipelining": f"{each}"} if (each := node.count("pipelining")) else {},
            rps=requests / duration if duration else None,
            **counted(requests, errors, answered),
            errors_by_kind={"HTTP other than 2xx": bad, "no answer": lost},
            latency_ms=from_percentiles(listed, times.number("max"), times.number("average")),
            notes=(CLOSED,),
        ),
    )


def _listed(times: Node) -> dict[float, float]:
    """Percent → ms: p97_5 is 97.5."""
    return {
        rank: value
        for key in times.value
        if key.startswith("p")
        and (rank := number(key[1:].replace("_", "."), "A percentile")) is not None
        and (value := times.number(key)) is not None
    }
