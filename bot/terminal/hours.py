"""The hours as a sum that anyone can check: each figure with its origin, guesses called guesses."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.domain.model import Answers, Tax
from bot.domain.pack import Pack
from bot.domain.pack.vocabulary import MESH_HOURS, SAVING
from bot.domain.words import number
from bot.terminal.prose import words


def hours(
    pack: Pack, answers: Answers, tax: Tax | None, *, there: bool = False
) -> list[RenderableType]:
    """Today's cost, what a mesh saves and takes, what is left, and how far that can be trusted."""
    if tax is None:
        return [words("Not counted yet, so nothing here rests on them.")]
    return [_sum(pack, answers, tax, there=there), Text(), *(words(each) for each in _remarks(tax))]


def _sum(pack: Pack, answers: Answers, tax: Tax, *, there: bool) -> Table:
    today, by = ("Without it", "the mesh") if there else ("Today", "a mesh")
    rows = [
        ("Incidents", tax.incident_hours, _product(pack, answers, _INCIDENTS), ""),
        ("Upkeep in teams", tax.drift_hours, _product(pack, answers, _DRIFT), ""),
        (today, tax.total_hours, _sum_of(" + ", tax.incident_hours, tax.drift_hours), "bold"),
        (f"Saved by {by}", tax.saved_hours, _saving(pack, answers, tax), ""),
        (
            "Taken to run it",
            tax.mesh_hours,
            _worked_out(answers) or _basis(answers, MESH_HOURS),
            "",
        ),
        ("Left over", tax.net_hours, _sum_of(" - ", tax.saved_hours, tax.mesh_hours), "bold"),
    ]
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(ratio=1)
    for title, figure, origin, style in rows:
        grid.add_row(Text(title, style), Text(f"{number(figure)} h", style), Text(origin, "dim"))
    return grid


TIMES = " \N{MULTIPLICATION SIGN} "
_INCIDENTS = ("incidents_per_month", "hours_per_incident")
_DRIFT = ("teams", "drift_hours_per_team")


def _product(pack: Pack, answers: Answers, names: tuple[str, str]) -> str:
    terms = [_figure(pack, answers, name) for name in names]
    return f"{TIMES.join(terms)} ({', '.join(dict.fromkeys(_basis(answers, n) for n in names))})"


def _figure(pack: Pack, answers: Answers, name: str) -> str:
    value = answers[name].value if name in answers else pack.questions[name].default
    shown = number(value) if isinstance(value, int | float) else "?"
    return f"{shown} {pack.questions[name].unit}".strip()


def _basis(answers: Answers, name: str) -> str:
    """What a figure rests on; unsaid counts as a guess, unanswered as the assumption it is."""
    if name not in answers:
        return "assumed"
    evidence = answers[name].evidence
    return "a guess" if evidence in (None, "guess") else evidence


def _worked_out(answers: Answers) -> str:
    """What the hours to run it were derived from, where they were."""
    answer = answers.get(MESH_HOURS)
    derived = answer is not None and answer.evidence == "derived"
    return f"derived: {answer.note}" if answer and derived and answer.note else ""


def _sum_of(sign: str, *terms: float) -> str:
    return sign.join(map(number, terms))


def _saving(pack: Pack, answers: Answers, tax: Tax) -> str:
    known = _basis(answers, SAVING)
    basis = f"assumed: {pack.questions[SAVING].source}" if known == "assumed" else known
    share = f"{number(tax.saving_percent)} % of {number(tax.total_hours)} h ({basis})"
    return f"{share}: {number(tax.fte)} FTE at {number(pack.tax.hours_per_fte)} h a month"


def _remarks(tax: Tax) -> list[str]:
    percent = tax.break_even_saving_percent
    lines = []
    if percent is not None and tax.mesh_hours and not tax.never_pays:
        lines.append(
            f"It pays while running it takes under {number(tax.break_even_mesh_hours)} h a month, "
            f"or while it saves more than {number(percent)} %."
        )
    if tax.low != tax.high:
        low, high = sorted((tax.low.net_hours, tax.high.net_hours))
        lines.append(f"If every estimate is off: {number(low)} to {number(high)} h left over.")
    return [*lines, *_payback(tax), " ".join(tax.beside)]


def _payback(tax: Tax) -> list[str]:
    """When the hours of setting it up are earned back; nothing while hours are not said, or 0."""
    months, setup = tax.payback_months, number(tax.setup_hours or 0)
    if months is None or tax.mesh_hours == 0:
        return []
    when = "never" if months == "never" else f"after {number(months)} months"
    return [f"Setting it up takes {setup} h once: paid back {when}."]
