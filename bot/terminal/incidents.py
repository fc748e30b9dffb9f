"""`meshfit incidents`: exports of incident tools → incidents a month and hours an incident."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

import click

from bot.domain.incidents.counting import replay
from bot.domain.incidents.model import Export, Judged, Replay, Weighed
from bot.domain.incidents.suggesting import weighed
from bot.domain.pack.incidents import Network
from bot.domain.words import number
from bot.errors import BadInput
from bot.incidents.reading import read
from bot.terminal.documents import held_by
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.incidents_page import page
from bot.terminal.output import say, say_json, visible

KEYS: Mapping[str, Network] = {"c": "cause", "a": "amplifier", "n": "none", "u": "unclear"}
FORM = "meshfit-incidents-confirmed"


class Wanted(NamedTuple):
    """The options of one call."""

    confirm: bool = False
    confirmations: Path | None = None
    people: float | None = None
    follow_up: float | None = None
    day_first: bool | None = None


def incidents(files: Sequence[str], wanted: Wanted, *, as_json: bool) -> int:
    """Print what the incidents of some exports come to; answers the exit code."""
    for name, given in (("--people", wanted.people), ("--follow-up", wanted.follow_up)):
        if given is not None and not 0 <= given <= 10_000:
            raise BadInput(f"{name} takes a number from 0 to 10,000, not {given:g}.")
    pack = knowledge_pack(environment())
    exports = [_read(name, wanted.day_first) for name in files]
    found = [weighed(pack, each) for export in exports for each in export.incidents]
    confirmed = _kept(wanted.confirmations)
    if wanted.confirm:
        confirmed = _confirm(found, confirmed)
        _keep(wanted.confirmations, confirmed)
    people = 1 if wanted.people is None else wanted.people
    replayed = replay(found, confirmed, people=people, follow_up=wanted.follow_up or 0)
    if as_json:
        say_json(printed(replayed))
    else:
        say(page(pack, replayed, exports, people_given=wanted.people is not None))
    return 0


def printed(replayed: Replay) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "counted": len(replayed.counted),
        "left_out": [{"why": why, "n": many} for why, many in replayed.left_out.items()],
        "months": dict(replayed.months),
        "incidents": [_printed(each) for each in replayed.counted],
    }


def _printed(judged: Judged) -> dict[str, Any]:
    return {
        "id": judged.id,
        "start": judged.start.isoformat().replace("+00:00", "Z"),
        "hours": judged.hours,
        "effort": judged.effort,
        "network": judged.network,
        "confirmed": judged.confirmed,
    }


def _read(name: str, day_first: bool | None) -> Export:
    try:
        return read(held_by(name), day_first=day_first)
    except BadInput as bad:
        if bad.sentence.startswith(visible(name)) or bad.sentence[:1].isupper():
            raise
        raise BadInput(f"{visible(name)} {bad.sentence}") from None


def _confirm(found: Sequence[Weighed], known: Mapping[str, Network]) -> dict[str, Network]:
    """Ask about each that counts; what was confirmed before is not asked again."""
    said = dict(known)
    asked = [each for each in found if each.left_out is None and each.id not in said]
    say(f"{len(asked)} to confirm. What was the network between services? c cause, a amplifier,")
    say("n none, u unclear, Enter as suggested, q stop.")
    for at, each in enumerate(asked, 1):
        lasted = f", {each.service}" if each.service else ""
        say(f"{at}/{len(asked)} {each.start:%Y-%m-%d} {visible(each.title)}{visible(lasted)}")
        key = click.prompt(f"  suggested: {each.suggested}", default="", show_default=False)
        if key.strip().lower().startswith("q"):
            break
        said[each.id] = KEYS.get(key.strip().lower()[:1], each.suggested)
    return said


def _kept(path: Path | None) -> dict[str, Network]:
    """What was confirmed before. Raises `BadInput` where the file holds something else."""
    if path is None or not path.exists():
        return {}
    try:
        document = json.loads(path.read_text("utf-8"))
        said = document["confirmed"] if document["form"] == FORM else {}
        return {str(name): cast("Network", each) for name, each in said.items() if _known(each)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadInput(
            f"{visible(str(path))} holds no confirmations: --confirm writes such a file."
        ) from None


def _known(said: object) -> bool:
    return said in get_args(Network)


def _keep(path: Path | None, confirmed: Mapping[str, Network]) -> None:
    if path is None:
        say("Not kept: --confirmations FILE keeps them for the next time.")
        return
    document = {"form": FORM, "version": 1, "confirmed": dict(confirmed)}
    try:
        path.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise BadInput(f"{visible(str(path))} cannot be written: {error.strerror}.") from None
    say(f"{number(len(confirmed))} kept in {visible(str(path))}.")
