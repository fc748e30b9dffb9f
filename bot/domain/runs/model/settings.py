"""What runs were not all sent with alike, beyond rate and connections, as far as files say."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.runs.model.measurement import Run
from bot.domain.words import listed


def settings_apart(runs: Sequence[Run]) -> list[str]:
    """The settings of which these runs name several values."""
    names = dict.fromkeys(name for run in runs for name in run.settings)
    return [name for name in names if len(_values(runs, name)) > 1]


def settings_told(base: Sequence[Run], mesh: Sequence[Run]) -> str:
    """What they were on either side, or in all where a side itself differs; empty where alike."""
    names = settings_apart([*base, *mesh])
    return "; ".join(_told(each, _values(base, each), _values(mesh, each)) for each in names)


def _values(runs: Sequence[Run], name: str) -> list[str]:
    return sorted({run.settings[name] for run in runs if name in run.settings})


def _told(name: str, base: Sequence[str], mesh: Sequence[str]) -> str:
    if len(base) == len(mesh) == 1:
        return f"{name} {base[0]} without the mesh, {mesh[0]} with it"
    return f"{name} {listed(sorted({*base, *mesh}))}"
