"""What somebody who was named sees, at its largest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import get_args

from bot.blocks import actions, goal, nominations, owner
from bot.blocks.surfaces import Payload
from bot.domain.model.nominations import MOST_WHY, Nominated, NominatedFor, Nomination
from tests.blocks.widest import AT, CHANNEL, ID, PERSON, wide

LINK = "https://harbour.slack.com/archives/" + "p" * 2000
META = "m" * 3000
NAMED = (wide(80), "22 Nov 2026", wide(500))
OVER = {"action": actions.request_over, "measure": goal.request_over}
STANDS = ("asked", "accepted", "declined", "another", "withdrawn", "ended")


def nomination(kind: NominatedFor, **more: object) -> Nomination:
    """Of a person, with the longest reason."""
    return Nomination(
        id=ID, kind=kind, subject=ID, part=ID, channel=CHANNEL, person=PERSON, by=PERSON, at=AT,
        reason=wide(MOST_WHY), **more,
    )  # fmt: skip


DECLINED = tuple(
    nomination(kind, said="declined", message_ts="1.2") for kind in ("roles", "exception") * 5
)


def nominations_gallery() -> Iterator[tuple[str, Payload]]:
    """(name of the drawing function, what it drew)."""
    kinds: tuple[NominatedFor, ...] = get_args(NominatedFor)
    for kind, stands, alone in product(kinds, STANDS, (True, False)):
        now = Nominated(
            nomination=nomination(kind),
            stands=stands,
            others=(PERSON,) * 8,
            named=(wide(3000), "22 Nov 2026") if kind in OVER else NAMED,
            left_alone=alone,
            link=LINK,
        )
        yield "nominations.direct", nominations.direct(now)
        if stands == "accepted":
            lapsed = now.model_copy(update={"holds": False})
            yield "nominations.direct", nominations.direct(lapsed)
            yield "nominations.taken_back", nominations.taken_back(lapsed)
        over = OVER.get(kind, owner.request_over)
        yield f"{over.__module__.rpartition('.')[2]}.request_over", over(now)
    for kind in kinds:
        yield "nominations.declining", nominations.declining(kind, META)
        yield "nominations.gone", nominations.gone(nomination(kind))
