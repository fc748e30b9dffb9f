"""A JSON Schema for editors: what the YAML files of a pack look like, drawn from its models."""

from __future__ import annotations

from typing import Any

from bot.domain.pack import Pack
from bot.domain.pack.condition import Bounds
from bot.knowledge.assemble import SCHEMA, SHIPPED_NAME
from bot.knowledge.described import describe
from bot.knowledge.models import IMPLIED, KEYED
from bot.knowledge.notation import BRANCHES

Json = dict[str, Any]

_NOTHING = {"type": "null"}
_CODE = {"type": "string"}
_CODES = {"type": "array", "items": _CODE, "minItems": 1}
_CONDITION: Json = {
    "type": "object",
    "description": "Question or fact → code, list of codes, true or false, or a comparison; "
    "all, any and not hold further conditions. Everything in one mapping must hold.",
    "properties": {
        name: {"$ref": "#/$defs/Condition"}
        if name == "not"
        else {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1}
        for name in BRANCHES
    },
    "additionalProperties": {
        "anyOf": [{"type": "boolean"}, _CODE, _CODES, {"$ref": "#/$defs/Bounds"}]
    },
}
_COMPARE: Json = {
    "type": "object",
    "description": "Bounds on a number; every one that is given must hold.",
    "properties": {bound: {"type": "number"} for bound in Bounds.model_fields},
    "additionalProperties": False,
    "minProperties": 1,
}
UNKEYED = (
    *("TaxWords", "SimplestMesh", "Synonyms", "EstimateWords"),
    *("PlanWords", "OwnershipWords", "Line", "Gate"),
    *("LookWords", "Often", "Takes"),
    *("Tolerances", "Percent", "Points", "Requests", "Seconds"),
)
"""Models that are laid over field by field and have no id."""
_ANSWER: Json = {
    "description": "A code, a number, a text or several codes; or the same with what it rests on.",
    "anyOf": [
        {"type": ["string", "number"]},
        {"type": "array", "items": _CODE},
        {"type": "object", "required": ["value"], "properties": {"value": {}}},
    ],
}
_HEADER: Json = {
    "schema": {"const": SCHEMA, "description": "The version of this format."},
    "extends": {"const": SHIPPED_NAME, "description": "Lay this pack over the shipped one."},
}


def schema(*, layer: bool = False) -> Json:
    """The shape of every file of a pack; of one that extends another when `layer` is set.

    In a layer any field may be left out, null takes an item away and `before` says where one goes.
    """
    drawn = Pack.model_json_schema()
    defs: Json = drawn["$defs"]
    describe({**defs, "Pack": drawn})
    defs |= {"Condition": _CONDITION, "Bounds": _COMPARE}
    for kind in set(KEYED.values()):
        _as_written(defs[kind.__name__], layer)
    for name in UNKEYED:
        defs[name]["required"] = [] if layer else defs[name].get("required", [])
    defs["Example"]["properties"]["answers"]["additionalProperties"] = _ANSWER
    sections: Json = drawn["properties"]
    if layer:
        sections = {name: _removable(each) for name, each in sections.items()}
    defs["Sections"] = {
        "type": "object",
        "description": drawn["description"],
        "properties": _HEADER | sections,
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a meshfit knowledge pack",
        "description": "Files in examples/ hold one example; every other file holds sections.",
        "anyOf": [{"$ref": "#/$defs/Sections"}, {"$ref": "#/$defs/Example"}],
        "$defs": defs,
    }


def _as_written(item: Json, layer: bool) -> None:
    """Drop what follows from where an item stands; in a layer, ask for nothing."""
    fields = {name: each for name, each in item["properties"].items() if name not in IMPLIED}
    item["required"] = [name for name in item["required"] if name in fields and not layer]
    item["properties"] = fields
    if layer:
        before = {"type": "string", "description": "The item that it goes before."}
        nullable = {name: {"anyOf": [each, _NOTHING]} for name, each in fields.items()}
        item["properties"] = nullable | {"before": before}


def _removable(section: Json) -> Json:
    """A mapping whose values may also be null."""
    inside = section.get("additionalProperties")
    return section | {"additionalProperties": {"anyOf": [inside, _NOTHING]}} if inside else section
