"""The form of a workspace's settings, in two steps: people and places, then time and limits."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import day, escaped, person
from bot.domain.model.workplace import WEEKDAYS, SettingsOpening, Workplace

DAYS = tuple(zip(map(str, range(7)), WEEKDAYS, strict=True))


def people(opening: SettingsOpening, meta: str) -> Payload:
    """Who sees what, where the digest goes, where issues are kept."""
    chosen, without = opening.chosen, opening.defaults
    return _step(
        ids.SETTINGS,
        "Save and go on",
        meta,
        _last(opening, "Step 1 of 2. An empty field is as whoever runs meshfit set it."),
        _people("leads", "Leads", _LEADS, chosen.leads, without.leads),
        _group(chosen.lead_group),
        _people("pack_owners", _OWNERS, _MISSED, chosen.pack_owners, without.pack_owners),
        kit.field(
            "digest_channel",
            "Channel for a monthly digest",
            kit.channel_select(ids.ANSWER, "Choose a channel", chosen.digest_channel or ""),
            "Off while this is empty. On the first working day of a month it tells what changed at "
            "the teams that shared with their leads, and nothing where nothing did; everyone in "
            "that channel reads it. Invite me there first.",
            optional=True,
        ),
        _text("github", "Project at GitHub", "https://github.com/owner/name", chosen.github),
        _text("gitlab", "Project at GitLab", "https://gitlab.com/group/name", chosen.gitlab),
    )


def times(opening: SettingsOpening, meta: str) -> Payload:
    """When people are spoken to, how long things are kept, how much may be asked."""
    chosen, without = opening.chosen, opening.defaults
    return _step(
        ids.SETTINGS_TIMES,
        "Save",
        meta,
        _last(opening, "Step 2 of 2. What you saved before this stays saved."),
        _text("time_zone", "Time zone", "Europe/Berlin", chosen.time_zone, without.time_zone, 80),
        kit.field(
            "work_days",
            "Working days",
            kit.multi_select(ids.ANSWER, DAYS, [str(each) for each in chosen.work_days or ()]),
            f"Empty: {_week(without)}.",
            optional=True,
        ),
        _text("work_hours", "Working hours", "09:00-17:00", chosen.work_hours, without.hours, 40),
        _number(opening, "retention_days", "Days to keep what is closed"),
        _number(opening, "acts", "Acts of one person in a day"),
        _number(opening, "channel_acts", "Acts of one channel in a day"),
    )


_LEADS = (
    "They see where the teams stand that shared with their leads, may do what needs a role, and "
    "change these settings."
)
_OWNERS = "Who sees questions that were missed"
_MISSED = "From every channel, without who asked; by /meshfit questions-missed."


def _step(callback: str, submit: str, meta: str, *blocks: Block) -> Payload:
    return modal(callback, "Settings", blocks, submit=submit, meta=meta)


def _last(opening: SettingsOpening, lead: str) -> Block:
    saved = f" Last saved by {person(opening.by)}, {day(opening.at)}." if opening.at else ""
    return kit.context("intro", lead + saved)


def _people(
    field: str, label: str, hint: str, chosen: Sequence[str] | None, named: Collection[str]
) -> Block:
    """A picker; of those whom the environment names beside them a hint tells how many."""
    beside = f" Beside these, whoever runs meshfit named {len(named)}." if named else ""
    element = kit.people_select(ids.ANSWER, "Choose people", chosen or ())
    return kit.field(field, label, element, hint + beside, optional=True)


def _group(known: str | None) -> Block:
    """No picker of Slack's offers user groups, so its ID is typed."""
    element = kit.text_input(ids.ANSWER, known or "", most=70, empty="S0614TZR7")
    hint = (
        "Its ID, by Copy group ID on the group's page. Its people lead too, read anew once a day; "
        "that needs the scope usergroups:read. In an organisation with its workspace: T…:S…."
    )
    return kit.field("lead_group", "User group of leads", element, hint, optional=True)


def _text(
    field: str, label: str, example: str, known: str | None, default: str = "", most: int = 500
) -> Block:
    element = kit.text_input(ids.ANSWER, known or "", most=most, empty=example)
    hint = f"Empty: {default}." if default else "For links that fill in a new issue there."
    return kit.field(field, label, element, hint, optional=True)


def _number(opening: SettingsOpening, field: str, label: str) -> Block:
    """A limit of whoever runs meshfit, which can only be lowered."""
    known, most = getattr(opening.chosen, field), getattr(opening.defaults, field)
    initial = "" if known is None else str(known)
    element = kit.number_input(ids.ANSWER, initial, least="1", most=None, whole=True)
    hint = f"At most {most:,}, as whoever runs meshfit set it." if most else "Empty: for good."
    return kit.field(field, label, element, hint, optional=True)


def _week(workplace: Workplace) -> str:
    return ", ".join(WEEKDAYS[each] for each in workplace.work_days)


def button() -> kit.Element:
    """Opens it, under Home."""
    return kit.button(ids.OPEN_SETTINGS, "Settings")


def saved(opening: SettingsOpening) -> str:
    """What holds now, in a sentence or two."""
    holds = opening.holds
    return f"Saved. Working hours: {_week(holds)}, {holds.hours}, {escaped(holds.time_zone)}."


def group_unread(group: str, why: str) -> Payload:
    """To whoever named a user group that cannot be read, by Slack's name for the reason."""
    reason = {
        "missing_scope": "whoever installed me left out the scope `usergroups:read`",
        "no_such_subteam": "there is no such user group here",
        "missing_argument": "in an organisation it needs its workspace too, as T…:S…",
    }.get(why, f"Slack says `{escaped(why, 60)}`")
    text = f"I cannot read who is in the user group {escaped(group, 70)}: {reason}."
    kept = "Nobody leads by it. People can be named one by one in `/meshfit settings`."
    return message(kit.section("group", f"{text} {kept}"))
