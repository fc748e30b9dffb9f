"""The runs of one place of a pilot as a page to hand on, and what accompanies it in the thread."""

from __future__ import annotations

import re

from bot.blocks.words import escaped, person
from bot.documents.comparison import TITLE, Report, report
from bot.documents.every_run import RunRow
from bot.domain.pack import Pack
from bot.domain.pilot.model import Reported
from bot.domain.runs.model import SIDES


def where(reported: Reported) -> str:
    """The service, and the endpoint where one was named."""
    return " ".join(each for each in (reported.service, reported.endpoint) if each)


def title(reported: Reported) -> str:
    """`checkout POST /pay: without the mesh and with it`."""
    return f"{where(reported)}: {TITLE[:1].lower()}{TITLE[1:]}"


def filename(reported: Reported) -> str:
    """A name that every file system takes."""
    plain = re.sub(r"[^a-z0-9]+", "-", where(reported).lower())[:60].strip("-")
    return f"runs-{plain or 'pilot'}.html"


def posted(reported: Reported, user: str) -> str:
    """What accompanies the file in the thread."""
    base = sum(each.side == "baseline" for each in reported.runs)
    return (
        f"Runs of {escaped(where(reported), 200)}, {base} without the mesh and "
        f"{len(reported.runs) - base} with it, as a page to hand on (asked for by {person(user)}): "
        f"{escaped(reported.comparison.verdict, 1000)}."
    )


def rows(reported: Reported) -> tuple[RunRow, ...]:
    """Each run, those without the mesh first."""
    return tuple(
        RunRow(SIDES.index(each.side), each.file, "", each.run, far)
        for each, far in zip(reported.runs, reported.comparison.far, strict=True)
    )


def page(pack: Pack, reported: Reported) -> str:
    """The page as HTML."""
    plan = reported.dossier.plan
    aim = f" Its goal: {plan.metric}." if plan.metric else ""
    return report(
        Report(
            comparison=reported.comparison,
            rows=rows(reported),
            notes=reported.comparison.notes,
            pack=pack,
            made=reported.at,
            title=title(reported),
            about=f"Runs of {where(reported)}, kept in the record of a pilot.{aim}",
        )
    )
