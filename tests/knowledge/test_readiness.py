"""Findings of a look, written wrongly: each fault with file and line, and packs without any."""

import pytest

from bot.knowledge import load

FINDING = """\
readiness:
  ours:
    seen: Our own proxies
    sight: jobs
    modes: [linkerd]
    severity: breaks
    remedy: Ask us.
    wrong: They are gone.
    source: meshfit
    date: 2026-11-28
"""
WRONG = [
    ("sight: jobs", "sight: jbos", "ours: sight is 'jbos', not one of"),
    ("modes: [linkerd]", "modes: [linkred]", "modes #1 is 'linkred', which is not among the modes"),
    ("severity: breaks", "severity: braeks", "severity is 'braeks', not one of breaks"),
    ("source: meshfit", "source: meshift", "source is 'meshift', which is not among the sources"),
    ("    remedy: Ask us.\n", "", "lacks 'remedy'"),
    ("date: 2026-11-28", "date: lately", "ours: date"),
]


@pytest.mark.parametrize(("old", "new", "fault"), WRONG)
def test_each_fault_is_named_with_its_line(layer, old, new, fault):
    faults = layer.write("readiness.yaml", FINDING.replace(old, new)).faults()
    assert any(each.startswith("company/readiness.yaml:") and fault in each for each in faults)


def test_a_layer_adds_a_finding_and_words_of_its_own(layer):
    words = "look:\n  most: 3\n  system_namespaces: [ours]\n"
    layer.write("readiness.yaml", FINDING + words)
    pack = load(layer.path)
    assert pack.readiness["ours"].seen == "Our own proxies"
    assert "jobs" in pack.readiness
    assert pack.look is not None
    assert (pack.look.most, pack.look.system_namespaces) == (3, ("ours",))


def test_a_pack_need_not_have_any(small):
    pack = load(small.path)
    assert (pack.readiness, pack.look) == ({}, None)
