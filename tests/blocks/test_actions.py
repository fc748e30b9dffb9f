"""The list of what to do: what can still be done stands before what is settled."""

from __future__ import annotations

import pytest

from bot.blocks import actions, ids
from bot.blocks.surfaces import Payload
from bot.domain.dates.model import Action, Doing, State
from tests.blocks.dates_gallery import LINE, LONG, TODAY


def taken(state: State, many: int) -> tuple[Action, ...]:
    """So many lines in this state, the last one written last."""
    return tuple(
        LONG.model_copy(update={"line": f"{state}{at}", "state": state, "written": at})
        for at in range(many)
    )


def listed(left: int, *held: Action) -> Payload:
    """The list with so many lines that nobody took."""
    lines = tuple((f"nobody{at}", "Do it.") for at in range(left))
    return actions.listed(Doing(taken=held, left=lines, assessment=LINE, today=TODAY))


def lines(drawn: Payload) -> list[str]:
    """The marks of the lines that stand there."""
    its = (each["block_id"].partition(".") for each in drawn["blocks"])
    return [mark for kind, _, mark in its if kind in ("taken", "left")]


def more(drawn: Payload) -> str:
    """What is said of those that do not."""
    return "".join(
        each["elements"][0]["text"] for each in drawn["blocks"] if each["block_id"] == "more"
    )


def test_what_nobody_took_can_be_taken_however_much_is_settled():
    drawn = listed(2, *taken("open", 1), *taken("done", 15), *taken("dropped", 9))
    assert lines(drawn)[:4] == ["open0", "nobody0", "nobody1", "done14"], "the latest settled first"
    assert len(lines(drawn)) == actions.MOST
    buttons = [each for row in drawn["blocks"] for each in row.get("elements", ())]
    takes = [
        each
        for each in buttons
        if each.get("text", {}) == {"type": "plain_text", "text": "Take it"}
    ]
    assert {each["action_id"] for each in takes} == {ids.TAKE_ACTION}
    assert len(takes) == 2
    assert more(drawn) == "7 more done or dropped: `/meshfit report` has them."


@pytest.mark.parametrize(
    ("open_ones", "left", "done", "said"),
    [
        (19, 1, 0, ""),
        (19, 0, 1, ""),
        (19, 4, 0, "and 3 more, shown once these are done or dropped."),
        (20, 0, 1, "1 more done or dropped: `/meshfit report` has them."),
        (
            19, 2, 5,
            "and 1 more, shown once these are done or dropped.\n"
            "5 more done or dropped: `/meshfit report` has them.",
        ),
    ],
)  # fmt: skip
def test_what_has_no_room_is_counted_for_what_it_is(
    open_ones: int, left: int, done: int, said: str
):
    assert more(listed(left, *taken("open", open_ones), *taken("done", done))) == said


def test_what_had_no_room_is_shown_once_those_before_it_are_done():
    before = listed(4, *taken("open", 19))
    assert "nobody3" not in lines(before)
    after = listed(4, *taken("open", 16), *taken("done", 3))
    assert [each for each in lines(after) if each.startswith("nobody")][-1] == "nobody3"
