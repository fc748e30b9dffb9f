"""Who may call a workload, in a sentence."""

from __future__ import annotations

from bot.domain.reach.model import Callers

_FEW = 5
"""Callers that are named in a line."""


def headline(found: Callers) -> str:
    """The answer itself: anybody first, else how many may."""
    if found.anybody:
        return (
            f"Anybody may call {found.target}: no policy in the dump selects it, and no other "
            f"workload's policies shut it out ({_workloads(len(found.callers))} in the dump)."
        )
    if not found.callers:
        said = f"No workload in the dump may call {found.target}, as far as this can judge."
    elif not found.policies:
        said = (
            f"No policy in the dump selects {found.target}, so whoever is let out may call it: "
            f"{_workloads(len(found.callers))}."
        )
    else:
        said = f"{_workloads(len(found.callers))} may call {found.target}."
    undecided = _undecided(found)
    return f"{said} Whether {undecided}." if undecided else said


def _undecided(found: Callers) -> str:
    names = {name for each in found.not_judged for name in each.workloads}
    names -= {each.workload for each in found.callers} | {found.target}
    if not names:
        return ""
    return f"{len(names):,} more may, the dump does not show: see what is not judged"


def in_short(found: Callers) -> str:
    """One line for a list of all targets."""
    undecided = _undecided(found)
    end = f"; whether {undecided}" if undecided else ""
    if found.anybody:
        return f"{found.target}: anybody may call it, no policy selects it{end}"
    names = [each.workload for each in found.callers]
    if not names:
        return (
            f"{found.target}: nobody may call it beyond doubt{end}"
            if end
            else (f"{found.target}: no workload in the dump may call it")
        )
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{found.target}: {len(names)} may call it: {', '.join(names[:_FEW])}{more}{end}"


def _workloads(count: int) -> str:
    return f"{count} workload" if count == 1 else f"{count:,} workloads"
