"""`manifest.yml` checked as Slack would: its schema first, then what the schema misses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from bot.terminal.manifest_model import Manifest
from bot.terminal.manifest_rules import Finding, Place, findings, meant, repeated


def _shipped() -> Path:
    """The manifest inside an installed package, or the one beside the source."""
    room = Path(__file__).parent.parent
    packed = room / "manifest.yml"
    return packed if packed.is_file() else room.parent / "manifest.yml"


SHIPPED = _shipped()
_SCHEMA = Path(__file__).with_name("manifest.schema.2.0.0.json")


def faults(path: Path = SHIPPED) -> list[str]:
    """Everything Slack or meshfit would stumble over, as `file:line where: what`."""
    try:
        loader = yaml.SafeLoader(path.read_text("utf-8"))
        root = loader.get_single_node()
        manifest = loader.construct_document(root) if root else None
    except OSError as error:
        return [f"{path}: cannot be read, {error.strerror}"]
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return [f"{path}:{_line_of(error)} is not YAML: {error}".replace("\n", " ")]
    found = [*_twice(root), *_misfits(manifest)]
    if not found:
        found = list(findings(Manifest.model_validate(manifest)))
    lines = ((_line(root, place), _name(place), what) for place, what in found)
    return [f"{path}:{line} {name}: {what}" for line, name, what in sorted(lines)]


def _misfits(manifest: object) -> list[Finding]:
    """What Slack's schema refuses."""
    validator = Draft7Validator(json.loads(_SCHEMA.read_text("utf-8")))
    return [(tuple(each.absolute_path), _words(each)) for each in validator.iter_errors(manifest)]


def _words(error: ValidationError) -> str:
    """The library's message, with lengths for long texts and the name that was meant."""
    match error.validator, error.instance:
        case "maxLength", str(text):
            return f"{len(text)} characters, at most {error.validator_value}"
        case "minLength", str(text):
            return f"{len(text)} characters, at least {error.validator_value}"
        case "additionalProperties", dict(given):
            known = error.schema["properties"] if isinstance(error.schema, dict) else {}
            strange = [key for key in given if key not in known]
            return ", ".join(f"{key} is not known here{meant(str(key), known)}" for key in strange)
        case _:
            return error.message


def _twice(node: yaml.Node | None, place: Place = ()) -> Iterator[Finding]:
    """Keys given twice in one mapping: YAML keeps the last and says nothing."""
    inside: list[tuple[str | int, yaml.Node]] = []
    if isinstance(node, yaml.SequenceNode):
        inside = list(enumerate(node.value))
    elif isinstance(node, yaml.MappingNode):
        inside = [(str(key.value), each) for key, each in node.value]
        names = [str(key.value) for key, _ in node.value]
        yield from (((*place, names[index]), what) for index, what in repeated(names))
    for step, child in inside:
        yield from _twice(child, (*place, step))


def _line(node: yaml.Node | None, place: Place) -> int:
    """The line of a place, or of as much of it as is written down."""
    line = 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, each) for key, each in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            found = (node.value[step], node.value[step])
        else:
            found = None
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _name(place: Place) -> str:
    """`features.slash_commands[0].url`, or "manifest" for the whole."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).lstrip(".") or "manifest"


def _line_of(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1
