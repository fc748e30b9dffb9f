"""`meshfit incidents`: exports of incident tools → incidents a month and hours an incident."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

import click

from bot.domain.incidents.counting import replay
from bot.domain.incidents.model import Export, JudgedIncident, Replay, Weighed
from bot.domain.incidents.suggesting import weighed
from bot.domain.numbers import read_number
from bot.domain.pack.incidents import Network
from bot.domain.words import number
from bot.errors import BadInput, Exchangeable, RawDump
from bot.evidence.heads import HEAD, refuse_dump
from bot.incidents.reading import read
from bot.terminal.asking import interactive
from bot.terminal.documents import held_by
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.incidents_page import page
from bot.terminal.output import say, say_json, visible

KEYS: Mapping[str, Network] = {"c": "cause", "a": "amplifier", "n": "none", "u": "unclear"}
FORM = "meshfit-incidents-confirmed"
MOST = 10_000
"""People, or hours."""


class IncidentOptions(NamedTuple):
    """The options of one call."""

    confirm: bool = False
    confirmations: Path | None = None
    people: float | None = None
    follow_up: float | None = None
    day_first: bool | None = None


def incidents(files: Sequence[str], wanted: IncidentOptions, *, as_json: bool) -> int:
    """Print what the incidents of some exports come to; answers the exit code."""
    for name, figure in (("--people", wanted.people), ("--follow-up", wanted.follow_up)):
        if figure is not None and not 0 <= figure <= MOST:
            raise BadInput(f"{name} takes a number from 0 to 10,000, not {figure:g}.")
    pack = knowledge_pack(environment())
    exports = [_read(name, wanted.day_first) for name in files]
    every = [weighed(pack, each) for export in exports for each in export.incidents]
    confirmed = _kept(wanted.confirmations)
    people, follow_up = 1 if wanted.people is None else wanted.people, wanted.follow_up or 0
    if wanted.confirm:
        with redirect_stdout(sys.stderr) if as_json else nullcontext():  # JSON, nothing else
            confirmed = _confirm(every, confirmed)
            _keep(wanted.confirmations, confirmed)
            if wanted.follow_up is None and _guessed(replay(every, confirmed, people=people)):
                follow_up = _follow_up()
    replayed = replay(every, confirmed, people=people, follow_up=follow_up)
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


def _printed(judged: JudgedIncident) -> dict[str, Any]:
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
        return read(held_by(name, lambda data: refuse_dump(data[:HEAD])), day_first=day_first)
    except RawDump:
        raise BadInput(
            f"{visible(name)} is a dump of a cluster, or a manifest, and no export of incidents: "
            "meshfit look reads a dump."
        ) from None
    except BadInput as bad:
        if bad.sentence.startswith(visible(name)) or bad.sentence[:1].isupper():
            raise
        say_which = " Say --day-first or --month-first." * isinstance(bad, Exchangeable)
        raise BadInput(f"{visible(name)} {bad.sentence}{say_which}") from None


def _confirm(incidents: Sequence[Weighed], known: Mapping[str, Network]) -> dict[str, Network]:
    """Ask about each that counts; what was confirmed before is not asked again."""
    confirmed = dict(known)
    asked = [each for each in incidents if each.left_out is None and each.id not in confirmed]
    say(f"{len(asked)} to confirm. What was the network between services? c cause, a amplifier,")
    say("n none, u unclear, Enter as suggested, q stop.")
    for at, each in enumerate(asked, 1):
        lasted = f", {each.service}" if each.service else ""
        say(f"{at}/{len(asked)} {each.start:%Y-%m-%d} {visible(each.title)}{visible(lasted)}")
        network = _said(each.suggested)
        if network is None:
            break
        confirmed[each.id] = network
    return confirmed


def _said(suggested: Network) -> Network | None:
    """What a person says, asked until it is one of the keys; None where they stop."""
    while True:
        first = _key(f"  suggested: {suggested}: ").strip().lower()[:1]
        if first == "q":
            return None
        if not first or first in KEYS:
            return KEYS.get(first, suggested)
        say("  c, a, n, u, Enter or q.")


def _key(text: str) -> str:
    """One key, without Enter where somebody types; else the next line."""
    if not interactive():
        return str(click.prompt(text, default="", show_default=False, prompt_suffix=""))
    click.echo(text, nl=False)
    key = click.getchar()
    click.echo(key)
    return key


def _guessed(replayed: Replay) -> bool:
    return any(each.effort == "guess" for each in replayed.counted)


def _follow_up() -> float:
    """Asked once, of all whose effort nobody counted."""
    say("Hours of follow-up after each whose effort nobody counted? No tool holds them.")
    while True:
        typed = click.prompt("  Enter for none", default="0", show_default=False)
        try:
            hours = read_number(typed)
        except ValueError as error:
            say(f"  That {error}.")
            continue
        if 0 <= hours <= MOST:
            return hours
        say(f"  From 0 to {number(MOST)} hours.")


def _kept(path: Path | None) -> dict[str, Network]:
    """What was confirmed before. Raises `BadInput` where the file holds something else."""
    if path is None or not path.exists():
        return {}
    try:
        document = json.loads(path.read_text("utf-8"))
        confirmed = document["confirmed"] if document["form"] == FORM else {}
        return {
            str(name): cast("Network", each) for name, each in confirmed.items() if _known(each)
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadInput(
            f"{visible(str(path))} holds no confirmations: --confirm writes such a file."
        ) from None


def _known(network: object) -> bool:
    return network in get_args(Network)


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
