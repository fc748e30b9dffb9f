"""The shipped pack: sound, quick to load, and the same after a trip through JSON."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ConfigDict

from bot.domain.answers import parse_answers
from bot.domain.decision import decide
from bot.domain.model import Frozen
from bot.domain.pack import Pack, Question
from bot.domain.pack.decision import Need, Rule
from bot.domain.pack.pilot import BudgetLine
from bot.knowledge import schema
from bot.knowledge.described import said_of
from bot.knowledge.marks import plain
from bot.knowledge.reading import read
from bot.settings import SHIPPED_PACK
from tests.shipped import SHIPPED

FILES = sorted(Path(SHIPPED_PACK).rglob("*.yaml"))


VALIDATORS = {layer: Draft202012Validator(schema(layer=layer)) for layer in (False, True)}


@pytest.fixture(scope="module")
def pack():
    return SHIPPED


@pytest.fixture(scope="module")
def kept(pack):
    """The pack as an assessment remembers it."""
    return Pack.model_validate_json(pack.model_dump_json(by_alias=True))


def test_a_kept_pack_is_the_pack(pack, kept):
    assert kept == pack
    assert kept.model_dump_json(by_alias=True) == pack.model_dump_json(by_alias=True)
    assert list(kept.rules) == list(pack.rules)


@pytest.mark.exhaustive
def test_a_kept_pack_gives_the_same_advice(pack, kept):
    for example in pack.examples.values():
        answers = parse_answers(pack, example.answers)
        assert decide(kept, parse_answers(kept, example.answers)) == decide(pack, answers)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.parametrize("layer", [False, True], ids=["whole", "layer"])
def test_the_editor_schema_accepts_every_shipped_file(file, layer):
    written = plain(read(file.read_text("utf-8"), file.name).tree)
    VALIDATORS[layer].validate(written)


REFUSED = [
    {"qestions": {}},
    {"questions": {"a": {"label": "No kind of short"}}},
    {"questions": {"a": {"id": "a", "label": "A?", "short": "A"}}},
    {"rules": {"a": {"outcome": "adpot"}}},
    {"facts": {"a": {"services": {"bellow": 10}}}},
    {"facts": {"a": {"any": {"services": {"below": 10}}}}},
    {"facts": {"a": "named"}},
    {"tolerances": {"rate": {"percent": 101, "source": "meshfit"}}},
    {"tolerances": {"rates": {"percent": 5, "source": "meshfit"}}},
    {"tolerances": {"rate": {"percent": 5}}},
    {"extends": "other"},
    {"title": "An example", "situation": "without answers"},
    [],
]


@pytest.mark.parametrize("written", REFUSED, ids=str)
def test_the_editor_schema_refuses(written):
    assert list(VALIDATORS[False].iter_errors(written))


def test_the_schema_of_a_layer_asks_for_less():
    partial = {"rules": {"pilot": {"before": "adopt", "headline": "try it"}, "adopt": None}}
    assert list(VALIDATORS[False].iter_errors(partial))
    VALIDATORS[True].validate(partial)
    one = {"tolerances": {"rate": {"percent": 8}}}
    assert list(VALIDATORS[False].iter_errors(one))
    VALIDATORS[True].validate(one)


def test_the_schema_is_a_schema():
    for validator in VALIDATORS.values():
        Draft202012Validator.check_schema(validator.schema)


RELIED_ON = [
    "joining-ambient-migration",
    "choosing-modes-coexist",
    "security-partial-mtls",
    "security-callers-outside",
    "joining-stateful",
    "performance-cut-latency",
    "joining-long-lived",
    "joining-messaging",
    "operating-ztunnel-fails",
    "security-rotate-ca",
    "security-own-ca",
    "joining-leave-out",
    "joining-own-tls",
    "security-loopback",
    "choosing-managed",
    "choosing-fargate",
    "choosing-no-kubernetes",
    "choosing-windows",
    "choosing-ipv6",
    "choosing-many-clusters",
    "performance-cross-zone",
    "performance-circuit-breaking",
    "performance-default-retries",
    "joining-limits",
    "operating-injector-gone",
    "operating-kubernetes-versions",
    "security-compliance",
    "choosing-gateway-api",
    "security-allow-or",
    "security-waypoint-deny",
    "choosing-dapr",
    "basics-which-proxy",
    "choosing-health",
    "operating-two-meshes",
    "security-external",
    "step-skills",
    "compare-ebpf",
    "performance-mirroring",
    "step-pilot-length",
    "step-pilot-failed",
    "step-rollback",
    "basics-mtls",
    "about-data",
    "about-ai",
    "about-delete",
]
"""Entries that practitioners look for; others outside of this project name them by id."""


@pytest.mark.parametrize("key", RELIED_ON)
def test_what_practitioners_look_for_is_there_under_its_topic(key, pack):
    each = pack.entries[key]
    assert {"step": "steps"}.get(key.partition("-")[0], key.partition("-")[0]) == each.topic
    assert 6 <= len(each.aliases) <= 10
    assert len(each.related) >= 2
    assert pack.sources[each.source].read


@pytest.mark.parametrize(
    "model", [BudgetLine, Need, Question, Rule], ids=lambda each: each.__name__
)
def test_an_editor_shows_what_a_field_says_of_itself(model):
    drawn = schema()["$defs"][model.__name__]["properties"]
    shown = {name: each["description"] for name, each in drawn.items() if "description" in each}
    fields = {each.alias or name: name for name, each in model.model_fields.items()}
    described = {name: said_of(model).get(fields[name]) for name in drawn}
    assert shown
    assert shown == {name: words for name, words in described.items() if words}


def test_what_fields_say_is_read_as_pydantic_would():
    class Line(Frozen):
        """A line."""

        plain: int
        told: int = 1
        """Two lines
        of words."""
        model_config = ConfigDict(use_attribute_docstrings=True)

    expected = {name: f.description for name, f in Line.model_fields.items() if f.description}
    assert said_of(Line) == expected == {"told": "Two lines\nof words."}
