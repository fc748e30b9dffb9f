"""What a look counted → an answers file for `meshfit assess`: the rest as blanks to fill in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from textwrap import wrap

from bot.domain.evidence.model import LookSummary
from bot.domain.pack import Pack, Question

WIDTH = 96
NOTE = "Counted in a cluster on {day}, at most: workloads that a Service selects."


def answers_file(pack: Pack, look: LookSummary) -> str:
    """YAML with every question of the checklist, page by page; what is blank counts as unknown."""
    lines = [
        f"# Answers for `meshfit assess`, begun from a look at a cluster on {look.seen:%-d %b %Y}.",
        "# What was counted is filled in as counted: change it where you know better. The rest is",
        "# blank, with its question and the codes to choose from; what stays blank is not known.",
        "answers:",
    ]
    hints = dict(_hints(look))
    for page in pack.pages.values():
        questions = pack.asked_on(page.id)
        if questions:
            lines += ["", f"  # {page.title}"]
        for question in questions:
            lines += _question(question, hints.get(question.id, ""), look)
    return "\n".join(lines) + "\n"


def _question(question: Question, hint: str, look: LookSummary) -> Iterator[str]:
    codes = [option.code for option in question.options]
    allowed = f" [{' | '.join(codes)}]" if codes else ""
    if question.kind == "number":
        allowed = f" [a number: {question.unit}]"
    elif question.kind == "choices":
        allowed = f" [a list: {', '.join(codes)}]"
    for text in (question.label + allowed, hint):
        yield from (f"  # {line}" for line in wrap(text, WIDTH, break_on_hyphens=False))
    if question.id == "services" and look.offered.services:
        note = json.dumps(NOTE.format(day=f"{look.seen:%-d %b %Y}"))
        yield f"  services: {{value: {look.offered.services}, evidence: counted, note: {note}}}"
    else:
        yield f"  {question.id}:"


def _hints(look: LookSummary) -> Iterator[tuple[str, str]]:
    """Question → what the look shows of it, which is no answer to it."""
    counts, offered = look.counts, look.offered
    without = offered.services_without_databases
    yield "services", f"Seen: {offered.services}, of them {without} without databases and brokers."
    yield "few_services", f"Seen: {offered.services} services at most. One team or not is yours."
    yield "teams", f"Seen: {counts['team_labels']} values of the label team; a label is no team."
    signs = ", ".join(offered.cluster_hints)
    for question in ("clusters", "multi_cluster"):
        more = f"; signs of more: {signs}" if signs else "; whether there are more is not in it"
        yield question, f"Seen: one cluster was looked at{more}."
    yield "zero_trust", f"Seen: {_meshed(look.meshed)}. Whether it is required is yours."
    yield (
        "per_pod_overhead",
        f"Seen: {offered.pods} running pods that ask for {counts['cpu_requests_app_m']:,} m of "
        f"CPU and {counts['memory_requests_app_mib']:,} MiB; "
        f"{counts['containers_without_cpu_request_app']} containers ask for no CPU.",
    )


def _meshed(pods: Mapping[str, int]) -> str:
    inside = sum(many for name, many in pods.items() if name != "none")
    return f"{inside} of {sum(pods.values())} running pods are in a mesh"
