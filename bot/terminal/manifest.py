"""`manifest.yml` checked as Slack would: its schema first, then what the schema misses."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from bot.knowledge.marks import Fault, locate, meant
from bot.knowledge.marks import Path as Steps
from bot.knowledge.reading import read
from bot.terminal.manifest_model import Manifest
from bot.terminal.manifest_rules import Finding, findings


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
        reading = read(path.read_text("utf-8"), str(path))
    except OSError as error:
        return [f"{path}: cannot be read, {error.strerror}"]
    except UnicodeDecodeError:
        return [f"{path}: cannot be read, it is not text in UTF-8"]
    tree = reading.tree
    faults = [*reading.faults, *(_misfits(tree) if reading.whole else ())]
    if not faults:
        faults = [_fault(tree, each) for each in findings(Manifest.model_validate(tree))]
    lines = ((each.mark.line, _name(each.path), each.text) for each in faults)
    return [f"{path}:{line} {name}: {what}" for line, name, what in sorted(lines)]


def _misfits(tree: object) -> list[Fault]:
    """What Slack's schema refuses."""
    errors = Draft7Validator(json.loads(_SCHEMA.read_text("utf-8"))).iter_errors(tree)
    return [_fault(tree, (tuple(each.absolute_path), _words(each))) for each in errors]


def _fault(tree: object, finding: Finding) -> Fault:
    path, what = finding
    return Fault(locate(tree, path), path, what)


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


def _name(path: Steps) -> str:
    """`features.slash_commands[0].url`, or "manifest" for the whole."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).lstrip(".") or "manifest"
