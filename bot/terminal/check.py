"""`meshfit check`: what could keep meshfit from running well, each part by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from bot.domain.answers import parse_answers
from bot.domain.decision import decide
from bot.domain.decision.model import ChoreFigures
from bot.domain.decision.worksheet import work_out
from bot.domain.metric import ASKED_AS, missing_in
from bot.domain.pack import Example, Pack
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.domain.search.citing import aged, uncited, unread
from bot.domain.words import number
from bot.errors import Faults, MeshfitError
from bot.knowledge import extends, load, schema, told
from bot.scopes import OPTIONAL
from bot.settings import Settings
from bot.store import Address, health, named
from bot.terminal.environment import environment
from bot.terminal.output import say_json, visible

Found = tuple[tuple[str | int, ...], str]
"""A place in the pack, and what is to say about it."""
SKIPPED = "skipped, "
_FORMS = {
    "SLACK_BOT_TOKEN": (r"xoxb-.+", "a bot token begins with xoxb-"),
    "SLACK_APP_TOKEN": (r"xapp-.+", "an app-level token begins with xapp-"),
    "SLACK_SIGNING_SECRET": (r"[0-9a-f]{32}", "a signing secret has 32 characters, 0-9 and a-f"),
}


class CheckPart(NamedTuple):
    """What one part of the check found; `state` says in a few words what was looked at."""

    name: str
    state: str
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Worth knowing, and nothing that keeps meshfit from running."""


def check(knowledge: Path | None) -> int:
    """Look at everything there is, list every fault; answers the exit code."""
    settings = environment()
    parts = [
        _knowledge(knowledge or settings.knowledge),
        _manifest(),
        _database(settings.db),
        _tokens(settings),
    ]
    for part in parts:
        click.echo(f"{part.name:<10} {part.state}")
        for fault in part.faults:
            click.echo(f"  {visible(fault)}")
        for note in part.notes:
            click.echo(f"  note: {visible(note)}")
    return 1 if any(part.faults for part in parts) else 0


def print_schema(knowledge: Path | None) -> int:
    """A JSON Schema for editors: of whole packs, or of layers where the folder is one."""
    say_json(schema(layer=knowledge is not None and extends(knowledge)))
    return 0


def _part(name: str, sound: str, faults: list[str]) -> CheckPart:
    many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return CheckPart(name, many if faults else sound, tuple(faults))


def _knowledge(folder: Path) -> CheckPart:
    try:
        pack = load(folder)
    except Faults as error:
        return _part("knowledge", "", list(error.lines))
    sound = (
        f"sound: {pack.name} {pack.version} with {len(pack.questions)} questions, "
        f"{len(pack.rules)} rules, {len(pack.entries)} entries, {len(pack.examples)} examples, "
        f"{len(pack.findings)} facts, {len(pack.sources)} sources"
    )
    wrong = [fault for each in pack.examples.values() for fault in _misses(pack, each)]
    wrong += [*_vague(pack), *_adds_up(pack)]
    idle, old = list(_uncited(pack)), list(_aged(pack, date.today()))
    # Whoever lays a pack over the shipped one has no say in the sources below it.
    faults, notes = (wrong, [*idle, *old]) if extends(folder) else ([*wrong, *idle], old)
    part = _part("knowledge", sound, told(folder, faults))
    return part._replace(notes=tuple(told(folder, notes)))


def _uncited(pack: Pack) -> Iterator[Found]:
    for name in uncited(pack):
        yield ("sources", name), "is cited by nothing: cite it or take it out"


def _aged(pack: Pack, today: date) -> Iterator[Found]:
    for name, day in aged(pack, today).items():
        sources = ", ".join(pack.findings[name].sources)
        words = f"is known as of {day}, over a year ago: read {sources} again"
        yield ("findings", name), words
    for name, day in unread(pack, today).items():
        yield ("sources", name), f"was last opened on {day}, over a year ago: read it again"


def _misses(pack: Pack, example: Example) -> Iterator[Found]:
    """Where an example's advice is not what it expects."""
    here = ("examples", example.id)
    try:
        advice = decide(pack, parse_answers(pack, example.answers))
    except MeshfitError as error:
        yield (*here, "answers"), f"cannot be used: {error.sentence}"
        return
    if advice.rule != example.rule:
        yield (*here, "rule"), f"expects {example.rule}, and {advice.rule} decides"
    for field, points in (("reasons", advice.reasons), ("blockers", advice.blockers)):
        ids = {each.id for each in points}
        for name in getattr(example, field):
            if name not in ids:
                yield (*here, field), f"expects {name}, which the advice does not give"


def _adds_up(pack: Pack) -> Iterator[Found]:
    """Examples whose answer is not what their worksheet comes to."""
    for each in pack.examples.values():
        if not each.worksheet:
            continue
        here = ("examples", each.id, "worksheet")
        answer = parse_answers(pack, {MESH_HOURS: each.answers.get(MESH_HOURS)}).get(MESH_HOURS)
        try:
            worked = work_out(
                pack, {key: ChoreFigures(*two) for key, two in each.worksheet.items()}
            )
        except ValueError as error:
            yield here, str(error)
            continue
        if answer is None or answer.value != worked.hours_a_month:
            yield here, f"comes to {number(worked.hours_a_month)}, which is not its {MESH_HOURS}"


def _vague(pack: Pack) -> Iterator[Found]:
    """Metrics that a driver sets as an example and that would not pass the smell test."""
    for driver in pack.drivers.values():
        for at, metric in enumerate(driver.metrics):
            if missing := missing_in(metric):
                asked = "; ".join(ASKED_AS[part] for part in missing)
                yield ("drivers", driver.id, "metrics", at), f"does not say {asked}"


def _manifest() -> CheckPart:
    from bot.terminal import manifest  # noqa: PLC0415 - needs a library that only `check` needs

    notes = tuple(f"without {scope}, which is optional, {so}" for scope, so in OPTIONAL.items())
    return _part("manifest", "sound", manifest.faults())._replace(notes=notes)


def _database(where: Address) -> CheckPart:
    if isinstance(where, Path) and not where.exists():
        return CheckPart("database", f"{SKIPPED}no database at {where}")
    faults = health.faults(where)
    if faults:
        return _part("database", "", faults)
    taken, pending = health.schema_steps(where)
    later = f", {pending} more when the bot starts" if pending else ""
    return CheckPart("database", f"sound: {named(where)}, schema step {taken}{later}")


def _tokens(settings: Settings) -> CheckPart:
    secrets = {
        "SLACK_BOT_TOKEN": settings.slack_bot_token,
        "SLACK_APP_TOKEN": settings.slack_app_token,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
    }
    absent = [name for name, secret in secrets.items() if secret is None]
    if len(absent) == len(secrets) and settings.slack_client_id is None:
        return CheckPart("tokens", f"{SKIPPED}none of {', '.join(absent)} is set")
    faults = [
        f"{name} has the wrong form: {_FORMS[name][1]}"
        for name, secret in secrets.items()
        if secret and not re.fullmatch(_FORMS[name][0], secret.get_secret_value())
    ]
    left = f"; {SKIPPED}not set: {', '.join(absent)}" if absent else ""
    return _part("tokens", f"Slack accepts them{left}", faults or _refused(settings))


def _refused(settings: Settings) -> list[str]:
    from bot import arriving  # noqa: PLC0415 - Bolt is slow to import

    return arriving.faults(settings)
