"""The register of sources and findings: complete, cited, free of what nobody could confirm."""

import json
import re
from datetime import date

import pytest

from bot.domain.search.citing import cited
from bot.knowledge import load
from tests.shipped import SHIPPED as PACK

OURSELVES = {"article", "meshfit", "meshfit_docs"}


def test_every_source_says_who_when_and_of_what_kind():
    for each in PACK.sources.values():
        assert each.read, each.id
        assert each.kind, each.id
        assert each.id in OURSELVES or (each.publisher and each.url), each.id
        assert each.kind != "vendor" or each.interest, f"{each.id}: who gains?"


def test_no_address_stands_twice():
    urls = [each.url for each in PACK.sources.values() if each.url]
    assert len(urls) == len(set(urls))
    assert all(re.fullmatch(r"https://\S+", url) for url in urls)


def test_every_finding_has_a_source_and_every_source_is_used():
    for each in PACK.findings.values():
        assert set(each.sources) <= set(PACK.sources)
    assert set(cited(PACK)) == set(PACK.sources)


def test_what_is_derived_says_that_we_did_it_and_what_from():
    for each in PACK.findings.values():
        if each.trust == "derived":
            assert "meshfit" in each.sources, each.id
        else:
            assert "meshfit" not in each.sources, each.id


def test_every_figure_of_a_vendor_is_tagged_as_one():
    """A vendor's comparison is never told as if a project or a paper had measured it."""
    for each in PACK.findings.values():
        kinds = {PACK.sources[name].kind for name in each.sources}
        if each.topic == "overhead" and "vendor" in kinds:
            assert each.trust != "primary" or each.id == "istio_edition_redhat", each.id


def test_a_finding_is_not_from_the_future():
    newest = date(2026, 11, 30)
    assert all(each.date <= newest for each in PACK.findings.values())
    assert all(each.seen <= newest for each in PACK.sources.values())


def test_opened_is_said_only_where_the_state_that_was_read_is_older():
    dated = [each for each in PACK.sources.values() if each.opened]
    assert dated
    assert [each.id for each in dated if each.opened <= each.read] == []


# Of what the research could not confirm, the names and figures by which it would be recognised.
UNCONFIRMED = [
    "Pixie", "SlashData", "2,000 per cluster", "2,000 a month", "N-4", "18 µs", "techfordev",
    "johalputt", "kube-dojo", "codcompass", "michaeleakins", "toolstac", "TechEmpower",
    r"\b42 % ", r"18 % (of|to)", "8 % of developers", "50 people",
]  # fmt: skip


@pytest.mark.parametrize("mark", UNCONFIRMED)
def test_nothing_unconfirmed_is_stated(mark):
    assert not re.search(mark, PACK.model_dump_json())


def test_conflicts_are_one_line_and_name_findings_that_are_there():
    assert len(PACK.conflicts) >= 12
    for each in PACK.conflicts.values():
        assert "\n" not in each.text
        assert each.text.startswith("Sources conflict: ")
        assert set(each.findings) <= set(PACK.findings)


def test_no_figure_of_the_estimate_is_without_a_source():
    for each in PACK.overhead.values():
        written = json.loads(each.model_dump_json())
        assert set(cited(each)) <= set(PACK.sources)
        assert written["cpu"]["why"]


FIELD = ("choosing", "joining", "security", "performance", "operating")


def test_what_practitioners_ask_is_answered_from_the_field():
    asked = [each for each in PACK.entries.values() if each.topic in FIELD]
    assert len(asked) >= 46
    for each in asked:
        assert each.id.startswith(f"{each.topic}-")
        assert each.source not in OURSELVES, each.id
        assert each.related
    assert {each.conflict for each in asked} > {None}


FINDING = """findings:
  ours:
    text: Ours is fast.
    trust: primary
    date: 2026-11-23
    sources: [field]
"""

FAULTS = [
    (("[field]", "[feild]"),
     "6 ours: sources #1 is 'feild', which is not among the sources, did you mean 'field'?"),
    (("[field]", "[]"), "6 ours: sources has 0, at least 1 are needed"),
    (("2026-11-23", "yesterday"),
     "5 ours: date must be a date, like 2026-11-23, not the text 'yesterday'"),
    (("primary", "hearsay"),
     "4 ours: trust is 'hearsay', not one of primary, vendor, secondary, derived"),
    (("    text", "    topic: speed\n    text"),
     "3 ours: topic is not written: it is the name of its file"),
    (("[field]\n", "[field]\nconflicts: {c: {text: They differ., findings: [ours, theirs]}}\n"),
     "7 c: findings #2 is 'theirs', which is not among the findings"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "fault"), FAULTS)
def test_a_finding_that_is_written_wrongly(small, edit, fault):
    faults = small.write("findings/speed.yaml", FINDING.replace(*edit)).faults()
    assert faults == [f"pack/findings/speed.yaml:{fault}"]


def test_a_finding_that_is_written_well_knows_its_topic(small):
    assert small.write("findings/speed.yaml", FINDING).faults() == []
    assert load(small.path).findings["ours"].topic == "speed"


MODE = """modes:
  ours: {title: Ours, shapes: [sidecar], maturity: Young., as_of: 2026-11-23, sources: [field]}
abilities:
  speed: {title: Speed, when: {encrypted: yes}, fits: {ours: {mark: yes}}, sources: [field]}
traps:
  hole: {text: Mind it., modes: [ours], as_of: 2026-11-23, sources: [field]}
alternatives:
  less: {need: encryption, title: Less, gives: Little., lacks: Much., sources: [field]}
"""
PRIOR = """overhead:
  ours:
    cpu: {quotes: [{value: 1, basis: Us., sources: [field]}], open_above: true, why: Alone.}
    memory: []
    latency: {}
"""
EDGES = [
    (MODE, []),
    (MODE + PRIOR, []),
    (MODE.replace("shapes: [sidecar]", "shapes: [sidecars]"),
     ["2 ours: shapes #1 is 'sidecars', which is not among the shapes, did you mean 'sidecar'?"]),
    (MODE.replace("fits: {ours", "fits: {theirs"),
     ["4 speed: fits theirs is 'theirs', which is not among the modes"]),
    (MODE.replace("modes: [ours]", "modes: [theirs]"),
     ["6 hole: modes #1 is 'theirs', which is not among the modes"]),
    (MODE.replace("need: encryption", "need: encrypted"),
     ["8 less: need is 'encrypted', which is not among the needs, did you mean 'encryption'?"]),
    (MODE.replace("{encrypted: yes}", "{encrypted: maybe}"),
     ["4 speed: when encrypted is 'maybe', not one of yes, no, unknown"]),
    (PRIOR, ["2 ours: is 'ours', which is not among the modes"]),
    (MODE + PRIOR.replace(", open_above: true", ""),
     ["11 ours: cpu is not right: one quote alone is no range: say open_above: true"]),
    (MODE + PRIOR.replace("sources: [field]", "sources: [feild]"),
     ["11 ours: cpu quotes #1 sources #1 is 'feild', which is not among the sources, "
      "did you mean 'field'?"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "faults"), EDGES)
def test_what_modes_and_priors_name_must_be_there(small, text, faults):
    found = small.write("modes.yaml", text).faults()
    assert found == [f"pack/modes.yaml:{each}" for each in faults]


def test_a_layer_changes_one_fit_and_keeps_the_rest(layer):
    layer.write("ours.yaml", "abilities:\n  fips:\n    fits: {cilium: {mark: yes}}\n")
    assert layer.faults() == []
    fits = load(layer.path).abilities["fips"].fits
    assert fits["cilium"].mark == "yes"
    assert fits["linkerd"] == PACK.abilities["fips"].fits["linkerd"]


def test_a_layer_takes_a_trap_away_and_adds_a_finding(layer):
    layer.write("ours.yaml", "traps: {probes: null}\n")
    layer.write("findings/own.yaml", FINDING.replace("[field]", "[meshfit]"))
    pack = load(layer.path)
    assert "probes" not in pack.traps
    assert pack.findings["ours"].topic == "own"
    assert len(pack.findings) == len(PACK.findings) + 1
