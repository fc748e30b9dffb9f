"""Drills that are done again: which ask why, also of rows that earlier versions wrote."""

import pytest

from bot.domain.pilot.model import DrillResult
from bot.domain.pilot.redoing import asks_why, redone
from tests.domain.pilots import DAY_ONE, SEAL, drilled
from tests.domain.situations import PACK

TERMS = SEAL.terms
LOST = {"minutes": None}


@pytest.mark.parametrize(
    ("drills", "drill", "asks"),
    [
        ([], "control_plane", (False, False)),
        ([drilled("control_plane", minutes=3)], "control_plane", (False, False)),
        ([drilled("control_plane", minutes=20)], "control_plane", (False, True)),
        ([drilled("control_plane", **LOST)], "control_plane", (False, True)),
        ([drilled("control_plane", minutes=3, as_expected=False)], "control_plane", (False, True)),
        ([drilled("payroll", minutes=20)], "control_plane", (False, False)),
        # A budget on what the mesh adds is broken by both sides: either may have moved.
        (
            [drilled("debugging", side="baseline", minutes=5), drilled("debugging", minutes=30)],
            "debugging",
            (True, True),
        ),
        ([drilled("debugging", side="baseline", as_expected=False)], "debugging", (True, False)),
        (
            [drilled("control_plane", minutes=20), drilled("control_plane", minutes=3)],
            "control_plane",
            (False, False),
        ),
    ],
)
def test_what_failed_asks_why_on_the_side_where_something_is_replaced(drills, drill, asks):
    asked = tuple(asks_why(TERMS, drills, drill, side) for side in ("baseline", "mesh"))
    assert asked == asks


def test_without_sealed_budgets_only_what_nobody_expected_asks():
    assert not asks_why({}, [drilled("control_plane", minutes=999)], "control_plane", "mesh")
    unlike = drilled("control_plane", as_expected=False)
    assert asks_why({}, [unlike], "control_plane", "mesh")


OLD = {"expected": "x", "seen": "y", "as_expected": True, "by": "U1", "at": DAY_ONE.isoformat()}


def test_rows_of_earlier_versions_ask_and_are_told_as_replaced_without_a_reason():
    before, without, after = (
        DrillResult.model_validate({**OLD, **row})
        for row in (
            {"drill": "control_plane", "with_mesh": True, "minutes": 20},
            {"drill": "control_plane", "with_mesh": False, "minutes": 1},
            {"drill": "control_plane", "with_mesh": True, "minutes": 4},
        )
    )
    assert asks_why(TERMS, [before, without], "control_plane", "mesh")
    [again] = redone(PACK, TERMS, [before, without, after])
    assert again.before == "The control plane is gone, with the mesh: 20 min, as expected"
    assert (again.after, again.by, again.reason) == ("4 min, as expected", "U1", "")
    assert again.broke


def test_a_drill_that_left_the_pack_goes_by_its_id():
    runs = [drilled("gone", minutes=1), drilled("gone", minutes=2, reason="why")]
    [again] = redone(PACK, TERMS, runs)
    assert not again.broke
    assert again.before == "gone, with the mesh: 1 min, as expected"
    assert again.reason == "why"
