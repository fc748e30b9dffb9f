"""Who runs the mesh: blanks block, one person for everything and missing backups are minded."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pilot.model import Owner
from bot.domain.pilot.ownership import (
    asked,
    blank_roles,
    owner_remarks,
    platform_owner,
    role_answered,
)
from tests.domain.pilots import OWNERS
from tests.domain.situations import PACK

PEOPLE = st.sampled_from(["", "U1", "U2", "U3"])
ANY_OWNERS = st.dictionaries(
    st.sampled_from(list(PACK.roles)),
    st.builds(Owner, user=PEOPLE, backup=PEOPLE, accepted=st.booleans(), before=PEOPLE),
)


def test_four_people_with_backups_who_said_yes():
    assert owner_remarks(PACK, OWNERS) == ()
    assert platform_owner(PACK, OWNERS) == "named"


def test_nobody_at_all():
    remarks = owner_remarks(PACK, {})
    assert [each.about for each in remarks] == list(PACK.roles)
    assert all(each.blocks and "surprise" in each.text for each in remarks)
    assert platform_owner(PACK, {}) == "none"


def test_one_person_for_everything_is_a_warning():
    alone = dict.fromkeys(PACK.roles, Owner(user="U1", backup="U2", accepted=True))
    (remark,) = owner_remarks(PACK, alone)
    assert (remark.about, remark.blocks) == ("roles", False)
    assert platform_owner(PACK, alone) == "named"


def test_no_backup_and_oneself_as_backup():
    said = {
        "upgrades": Owner(user="U1", accepted=True),
        "policy_writer": Owner(user="U2", backup="U2", accepted=True),
    }
    texts = [each.text for each in owner_remarks(PACK, OWNERS | said)]
    assert [each.split(".")[0] for each in texts] == [
        "Policy writer has the same person as owner and as backup, which is no backup",
        "Upgrades has no backup",
    ]


def test_a_name_without_a_yes_is_nobody():
    waits = {**OWNERS, "upgrades": Owner(user="U9", backup="UB")}
    (remark,) = owner_remarks(PACK, waits)
    assert (remark.about, remark.blocks) == ("upgrades", True)
    assert platform_owner(PACK, waits) == "planned"
    assert platform_owner(PACK, {"upgrades": Owner(user="U9")}) == "none"


def test_who_had_it_keeps_it_until_who_is_asked_says_yes():
    owner = Owner(user="U1", backup="UB", accepted=True)
    waits = asked(owner, Owner(user="U2", backup="UB"), "U9")
    assert (waits.user, waits.accepted, waits.holder) == ("U2", False, "U1")
    assert role_answered(waits, accepts=False) == owner
    assert role_answered(waits, accepts=True).holder == "U2"
    third = asked(waits, Owner(user="U3", backup="UB"), "U9")
    assert (third.user, third.holder) == ("U3", "U1")


def test_naming_oneself_is_accepting():
    assert asked(Owner(), Owner(user="U2"), "U2").holder == "U2"
    assert asked(Owner(), Owner(user="U2"), "U1").holder == ""
    assert role_answered(asked(Owner(), Owner(user="U2"), "U1"), accepts=False) == Owner()


@given(ANY_OWNERS)
def test_what_blocks_is_what_nobody_accepted(owners):
    blocking = {each.about for each in owner_remarks(PACK, owners) if each.blocks}
    blank = {each.id for each in blank_roles(PACK, owners)}
    assert blocking >= {role for role in blank if not owners.get(role, Owner()).before}
    assert blank == {role for role in PACK.roles if not owners.get(role, Owner()).holder}


@given(ANY_OWNERS)
def test_named_planned_or_none(owners):
    has_holder = [bool(owners.get(role, Owner()).holder) for role in PACK.roles]
    expected = "named" if all(has_holder) else "planned" if any(has_holder) else "none"
    assert platform_owner(PACK, owners) == expected
