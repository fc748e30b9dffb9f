"""The callers that a drill lists: in a file, or pasted."""

from __future__ import annotations

from bot.advisor.given_files import File
from bot.domain.pilot.model import CallersSeen
from bot.errors import BadAnswers, BadInput
from bot.evidence import callers
from bot.loadtests.uploads import bounded


def callers_in(file: File) -> CallersSeen:
    """The callers in a file. Raises `BadInput` with a whole sentence."""
    try:
        return bounded(file.content, callers.read, "name one target")
    except BadInput as bad:
        known = bad.sentence[:1].isupper()
        raise type(bad)(bad.sentence if known else f"{file.name} {bad.sentence}") from None


def pasted_callers(text: str, field: str) -> CallersSeen:
    """The same of what was pasted; raises `BadAnswers` for its field."""
    try:
        return callers_in(File("What is pasted", text.encode()))
    except BadInput as bad:
        raise BadAnswers({field: bad.sentence}) from None
