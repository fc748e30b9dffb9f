"""Who runs the mesh: a person and a backup for each role, and what is still in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bot.domain.pack import Pack
from bot.domain.pack.ownership import Role
from bot.domain.pilot.model import Owner, Owners, Remark


def owner_remarks(pack: Pack, owners: Owners) -> tuple[Remark, ...]:
    """Roles that nobody accepted block; no backup, or one person for all, is to be minded."""
    remarks = [
        each for role in pack.roles.values() for each in _role(pack, role, _of(owners, role))
    ]
    return (*remarks, *_alone(pack, owners))


def blank_roles(pack: Pack, owners: Owners) -> tuple[Role, ...]:
    """Roles that nobody has accepted."""
    return tuple(role for role in pack.roles.values() if not _of(owners, role).holder)


def platform_owner(pack: Pack, owners: Owners) -> Literal["named", "planned", "none"]:
    """The answer to the assessment's question about the owner, by who said yes and by nothing else.

    Named once every role has such a person; none while no role has.
    """
    taken = [bool(_of(owners, role).holder) for role in pack.roles.values()]
    return "named" if all(taken) else "planned" if any(taken) else "none"


def asked(owner: Owner, named: Owner, by: str) -> Owner:
    """A role after somebody was named for it: asked, or accepted where they named themselves."""
    if named.user == owner.user:
        return owner.model_copy(update={"backup": named.backup})
    accepts = bool(named.user) and named.user == by
    before = owner.holder if named.user and not accepts else ""
    return Owner(user=named.user, backup=named.backup, accepted=accepts, before=before)


def role_answered(owner: Owner, *, accepts: bool) -> Owner:
    """A role after who was asked for it answered; declined, it is whose it was before."""
    if accepts:
        return owner.model_copy(update={"accepted": True, "before": ""})
    back = {"user": owner.before, "accepted": bool(owner.before), "before": ""}
    return owner.model_copy(update=back)


def _role(pack: Pack, role: Role, owner: Owner) -> Iterator[Remark]:
    words = pack.ownership
    if not owner.user:
        yield Remark(about=role.id, text=role.blank, blocks=True)
        return
    if not owner.accepted:
        text = words.not_accepted.format(role=role.title)
        yield Remark(about=role.id, text=text, blocks=not owner.holder)
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
