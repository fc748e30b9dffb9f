"""What a command needs before it starts: the environment and the knowledge pack."""

from __future__ import annotations

from pydantic import ValidationError

from bot.domain.pack import Pack
from bot.errors import BadInput, Faults
from bot.knowledge import load
from bot.settings import Settings, Unreadable


def environment() -> Settings:
    """The settings. Raises `BadInput` naming the variable that is off."""
    try:
        return Settings()
    except Unreadable as error:
        raise BadInput(f"{error}.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        why = first["msg"].removeprefix("Value error, ")
        where = f"{str(first['loc'][0]).upper()} is not usable: " if first["loc"] else ""
        raise BadInput(f"{where}{why}.") from None


def knowledge_pack(settings: Settings) -> Pack:
    """The pack in use. Raises `BadInput` with the first fault and how to see all."""
    try:
        return load(settings.knowledge)
    except Faults as error:
        many = f"{len(error.lines)} faults" if len(error.lines) > 1 else "a fault"
        raise Faults(
            [
                f"The knowledge pack has {many}: {error.lines[0]}. "
                f"All of them: meshfit check --knowledge {settings.knowledge}"
            ]
        ) from None
