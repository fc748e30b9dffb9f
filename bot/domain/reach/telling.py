"""Who may call a workload, in a sentence."""

from __future__ import annotations

from bot.domain.reach.model import Callers

_FEW = 5
"""Callers that are named in a line."""


def headline(callers: Callers) -> str:
    """The answer itself: anybody first, else how many may."""
    if callers.anybody:
        return (
            f"Anybody may call {callers.target}: no policy in the dump selects it, and no other "
            f"workload's policies shut it out ({_workloads(len(callers.callers))} in the dump)."
        )
    if not callers.callers:
        text = f"No workload in the dump may call {callers.target}, as far as this can judge."
    elif not callers.policies:
        text = (
            f"No policy in the dump selects {callers.target}, so whoever is let out may call it: "
            f"{_workloads(len(callers.callers))}."
        )
    else:
        text = f"{_workloads(len(callers.callers))} may call {callers.target}."
    undecided = _undecided(callers)
    return f"{text} Whether {undecided}." if undecided else text


def _undecided(callers: Callers) -> str:
    names = {name for each in callers.not_judged for name in each.workloads}
    names -= {each.workload for each in callers.callers} | {callers.target}
    if not names:
        return ""
    return f"{len(names):,} more may, the dump does not show: see what is not judged"


def in_short(callers: Callers) -> str:
    """One line for a list of all targets."""
    undecided = _undecided(callers)
    end = f"; whether {undecided}" if undecided else ""
    if callers.anybody:
        return f"{callers.target}: anybody may call it, no policy in the dump selects it{end}"
    names = [each.workload for each in callers.callers]
    if not names:
        return (
            f"{callers.target}: nobody may call it beyond doubt{end}"
            if end
            else (f"{callers.target}: no workload in the dump may call it")
        )
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{callers.target}: {len(names)} may call it: {', '.join(names[:_FEW])}{more}{end}"


def _workloads(count: int) -> str:
    return f"{count} workload" if count == 1 else f"{count:,} workloads"
