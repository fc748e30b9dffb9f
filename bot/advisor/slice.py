"""The slice's form, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.domain.pilot.model import PilotService
from bot.domain.replies import OpenedForm
from bot.errors import BadAnswers

Fields = Mapping[str, object]
CAN_LIVE = "can_live"


def rows_of(services: Sequence[PilotService | None], many: int) -> Fields:
    """The rows of the slice's form, as many as it has or as are planned."""
    by_row = dict(enumerate(services, 1))
    return {f"service_{at}": by_row.get(at) for at in range(1, max(many, len(services)) + 1)}


def altered_rows(opened: OpenedForm) -> frozenset[str]:
    """A row counts as altered where any field of it is."""
    rows = (each.rpartition("_")[2] for each in opened.altered)
    return frozenset(f"service_{at}" for at in rows if at.isdigit()) | (opened.altered & {CAN_LIVE})


def named_once(rows: Fields) -> tuple[PilotService, ...]:
    """The services in their order. Raises `BadAnswers` beside every row that names one again."""
    services = {field: each for field, each in rows.items() if isinstance(each, PilotService)}
    names = Counter(each.name for each in services.values())
    if max(names.values(), default=0) > 1:
        raise BadAnswers(
            {
                field: f"The service {each.name} is named twice."
                for field, each in services.items()
                if names[each.name] > 1
            }
        )
    return tuple(services.values())
