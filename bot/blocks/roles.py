"""Who runs the mesh: the roles, a backup for each, and their word."""

from __future__ import annotations

from bot.blocks import ids, kit
from bot.blocks.nominations import answers, said_why
from bot.blocks.steps import Steps, pages_of
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, person
from bot.domain.pack import Pack
from bot.domain.pack.ownership import Role
from bot.domain.pilot.model import Dossier, Owner, Owners

BACKUP = ".backup"


def form(pack: Pack, dossier: Dossier) -> Steps:
    """A person and a backup for every role."""
    groups = []
    for role in pack.roles.values():
        owner = dossier.owners.get(role.id, Owner())
        user = kit.user_select(ids.ANSWER, "Choose", owner.user)
        backup = kit.user_select(ids.ANSWER, "Choose", owner.backup)
        label = f"{role.title}: who stands in?"
        groups.append(
            [
                kit.field(role.id, role.title, user, role.question, optional=True),
                kit.field(role.id + BACKUP, label, backup, optional=True),
            ]
        )
    pages = pages_of(groups)
    asked = (
        "Whoever is named is asked here and directly, and has the role once they accept. Backups "
        "are named, not asked."
    )
    pages[0].insert(0, kit.context("intro", asked))
    return Steps(ids.ROLES, "Who owns the mesh", "Save", pages)


def named(
    pack: Pack, dossier: Dossier, gone: Owners | None = None, by: str = "", at: str = ""
) -> Payload:
    """The roles as they stand, for the thread, with what is still blank.

    A role that somebody had accepted and lost does not go in silence, nor who said no to `at`,
    the message that asked them.
    """
    lines = [_line(role, dossier.owners.get(role.id, Owner())) for role in pack.roles.values()]
    lines += [
        f"• {pack.roles[role].title}: {person(by)} took it from {person(owner.holder)}, who had "
        "accepted it."
        for role, owner in (gone or {}).items()
    ]
    lines += _said_no(dossier, at)
    waiting = {pack.ownership.not_accepted.format(role=each.title) for each in pack.roles.values()}
    remarks = [
        f"• {'Missing' if each.blocks else 'Mind'}: {each.text}"
        for each in dossier.owner_remarks
        if each.text not in waiting  # their lines say "asked" already
    ]
    section = [kit.section("remarks", cut("\n".join(remarks), 3000))] if remarks else []
    waits = any(each.user and not each.accepted for each in dossier.owners.values())
    return message(
        kit.section("roles", cut("*Who owns the mesh*\n" + "\n".join(lines), 3000)),
        *section,
        *([kit.actions("do", *answers("roles", dossier.board.id))] if waits else []),
    )


def _said_no(dossier: Dossier, at: str) -> list[str]:
    return [
        f"• {person(each.person)} said no.{said_why(each.reason)}"
        for each in dossier.declined
        if each.kind == "roles" and at and each.message_ts == at
    ]


def _line(role: Role, owner: Owner) -> str:
    if not owner.user:
        return f"• {role.title}: nobody"
    word = "accepted" if owner.accepted else "asked, has not answered"
    if owner.before:
        word += f"; until then {person(owner.before)}"
    backup = f"backup {person(owner.backup)} (named, not asked)" if owner.backup else "no backup"
    return f"• {role.title}: {person(owner.user)} ({word}), {backup}"


def checklist(pack: Pack) -> Payload:
    """What an owner should be able to answer before the rollout."""
    lines = [f"• *{each.title}*: {each.question} _{each.why}_" for each in pack.upkeep.values()]
    return message(kit.section("upkeep", cut("*Worth asking*\n" + "\n".join(lines), 3000)))
