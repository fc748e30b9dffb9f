"""Every step of a long form, as it stands once the steps before are filled in."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks.carried import ViewMeta
from bot.blocks.steps import Steps, step
from bot.blocks.surfaces import Payload


def every_step(form: Steps, meta: ViewMeta) -> Iterator[tuple[str, Payload]]:
    """Drawn as people meet it, from the first to the last."""
    for at in range(len(form.pages)):
        yield "steps.step", step(form, at, meta)
