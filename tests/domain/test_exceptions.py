"""Exceptions: what holds is what their approver allowed, by their own word."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pilot.exceptions import answered, asked_for, proposal, renewed
from bot.domain.pilot.model import PolicyException
from bot.domain.pilot.rollout import unapproved
from bot.errors import Refused

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
FIRST, NEXT = date(2027, 1, 1), date(2027, 2, 1)


def entered(by="U1"):
    new = PolicyException(id="E1", service="old", reason="No TLS.", approver="U2", ends_on=FIRST)
    return asked_for(new, by)


def test_the_approver_is_asked_and_nothing_is_approved_so_long():
    exception = entered()
    assert (exception.approval, exception.asks, exception.asked_by) == ("asked", "U2", "U1")
    assert unapproved([exception]) == (exception,)
    with pytest.raises(Refused, match="who was asked"):
        answered(exception, "U1", approves=True)


def test_yes_approves_no_ends_it_and_asking_oneself_approves():
    assert answered(entered(), "U2", approves=True).approval == "approved"
    no = answered(entered(), "U2", approves=False)
    assert (no.approval, no.closed, no.asks) == ("refused", True, "")
    assert entered(by="U2").approval == "approved"


def test_a_new_date_holds_once_it_is_approved_and_else_the_old_one():
    exception = answered(entered(), "U2", approves=True)
    waits = renewed(exception, proposal(("Still no TLS.", "U3", NEXT), "U1", AT))
    assert (waits.ends_on, waits.asks, waits.approval) == (FIRST, "U3", "approved")
    assert answered(waits, "U3", approves=False) == exception
    agreed = answered(waits, "U3", approves=True)
    assert (agreed.ends_on, agreed.approver, agreed.asks) == (NEXT, "U3", "")
    assert [each.before for each in agreed.renewals] == [FIRST]


def test_of_one_that_nobody_approved_the_new_date_takes_the_place_of_the_old():
    waits = renewed(entered(), proposal(("Still no TLS.", "U3", NEXT), "U1", AT))
    assert (waits.ends_on, waits.asks, waits.approval) == (NEXT, "U3", "asked")


STEPS = st.lists(st.tuples(st.sampled_from(["yes", "no", "new"]), st.sampled_from("123")))


@given(STEPS)
def test_whatever_is_done_only_an_approvers_own_yes_approves(steps):
    exception, agreed = entered(), set()
    for act, who in steps:
        user = f"U{who}"
        if act == "new" and not exception.closed:
            exception = renewed(exception, proposal(("Why.", "U3", NEXT), user, AT))
            agreed |= {"U3"} if user == "U3" else set()
        elif act != "new" and exception.asks == user:
            agreed |= {user} if act == "yes" else set()
            exception = answered(exception, user, approves=act == "yes")
    assert exception.approval != "approved" or exception.approver in agreed
