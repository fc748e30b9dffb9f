"""Who runs the mesh: a person and a backup for each role, and what is still in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bot.domain.pack import Pack
from bot.domain.pack.ownership import Role
from bot.domain.pilot.model import Owner, Owners, Remark


def owner_remarks(pack: Pack, owners: Owners) -> tuple[Remark, ...]:
    """Blank roles block; no backup, no yes yet, or one person for everything is to be minded."""
    remarks = [
        each for role in pack.roles.values() for each in _role(pack, role, _of(owners, role))
    ]
    return (*remarks, *_alone(pack, owners))


def blank_roles(pack: Pack, owners: Owners) -> tuple[Role, ...]:
    """Roles without a person."""
    return tuple(role for role in pack.roles.values() if not _of(owners, role).user)


def platform_owner(pack: Pack, owners: Owners) -> Literal["named", "planned", "none"]:
    """The answer to the assessment's question about the owner.

    Named once every role has a person who said yes; none while nobody is named for anything.
    """
    held = [_of(owners, role) for role in pack.roles.values()]
    if not any(each.user for each in held):
        return "none"
    return "named" if all(each.user and each.accepted for each in held) else "planned"


def _role(pack: Pack, role: Role, owner: Owner) -> Iterator[Remark]:
    words = pack.ownership
    if not owner.user:
        yield Remark(about=role.id, text=role.blank, blocks=True)
        return
    if not owner.accepted:
        text = words.not_accepted.format(role=role.title)
        yield Remark(about=role.id, text=text, blocks=False)
    if not owner.backup:
        yield Remark(about=role.id, text=words.no_backup.format(role=role.title), blocks=False)
    elif owner.backup == owner.user:
        yield Remark(about=role.id, text=words.same_backup.format(role=role.title), blocks=False)


def _alone(pack: Pack, owners: Owners) -> Iterator[Remark]:
    """One person for every role, where there is more than one."""
    people = [_of(owners, role).user for role in pack.roles.values()]
    if len(people) > 1 and people[0] and len(set(people)) == 1:
        yield Remark(about="roles", text=pack.ownership.one_person, blocks=False)


def _of(owners: Owners, role: Role) -> Owner:
    return owners.get(role.id, Owner())
