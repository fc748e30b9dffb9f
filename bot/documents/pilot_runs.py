"""The runs of one place of a pilot as a page to hand on, and what accompanies it in the thread."""

from __future__ import annotations

import re

from bot.blocks.words import escaped, person
from bot.documents.comparison import TITLE, Report, report
from bot.documents.every_run import Row
from bot.domain.pack import Pack
from bot.domain.pilot.model import Reported

_SIDES = ("baseline", "mesh")


def where(found: Reported) -> str:
    """The service, and the endpoint where one was named."""
    return " ".join(each for each in (found.service, found.endpoint) if each)


def title(found: Reported) -> str:
    """`checkout POST /pay: without the mesh and with it`."""
    return f"{where(found)}: {TITLE[:1].lower()}{TITLE[1:]}"


def filename(found: Reported) -> str:
    """A name that every file system takes."""
    plain = re.sub(r"[^a-z0-9]+", "-", where(found).lower())[:60].strip("-")
    return f"runs-{plain or 'pilot'}.html"


def posted(found: Reported, user: str) -> str:
    """What accompanies the file in the thread."""
    base = sum(each.side == "baseline" for each in found.runs)
    return (
        f"Runs of {escaped(where(found), 200)}, {base} without the mesh and "
        f"{len(found.runs) - base} with it, as a page to hand on (asked for by {person(user)}): "
        f"{escaped(found.comparison.verdict, 1000)}."
    )


def rows(found: Reported) -> tuple[Row, ...]:
    """Each run, those without the mesh first."""
    return tuple(
        Row(_SIDES.index(each.side), each.file, "", each.run, far=at in found.far)
        for at, each in enumerate(found.runs)
    )


def page(pack: Pack, found: Reported) -> str:
    """The page as HTML."""
    plan = found.dossier.plan
    aim = f" Its goal: {plan.metric}." if plan.metric else ""
    return report(
        Report(
            found=found.comparison,
            rows=rows(found),
            notes=found.comparison.notes,
            pack=pack,
            made=found.at,
            title=title(found),
            about=f"Runs of {where(found)}, kept in the record of a pilot.{aim}",
        )
    )
