"""`meshfit callers`: who may call a workload, which policy lets it in, what nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from bot.cluster.model import Dump
from bot.cluster.reach.naming import named
from bot.cluster.reach.quoting import quoted
from bot.cluster.reach.scene import scene
from bot.documents.proof import Proof, proof
from bot.domain.reach.callers import Reach
from bot.domain.reach.change import change
from bot.domain.reach.model import Callers
from bot.domain.reach.model.answer import ReachChange
from bot.domain.reach.telling import headline
from bot.errors import BadInput
from bot.terminal.callers_said import say_callers, say_change, say_line
from bot.terminal.look import dump_of, seen_on
from bot.terminal.output import say, say_error, say_json


class CallerOptions(NamedTuple):
    """What was asked for: a target, or all where it is empty."""

    target: str
    files: Sequence[str]
    after: Sequence[str]
    proof: Path | None
    root: str


class _Dump:
    """One dump and what is asked of it."""

    def __init__(self, files: Sequence[str], root: str) -> None:
        self.dump: Dump = dump_of(files)
        self.reach = Reach(scene(self.dump, root))
        if not self.reach.cast.workloads:
            raise BadInput(
                "No workload is in the dump: ask kubectl for deployments,statefulsets,daemonsets,"
                "replicasets,jobs,cronjobs,pods and the policies, with -A and -o json."
            )

    @cached_property
    def workloads(self) -> list[str]:
        """Every workload, sorted."""
        return sorted(self.reach.cast.workloads)

    def named(self, target: str) -> str:
        """The workload that is meant."""
        return named(target, self.workloads, self.dump)

    def there(self, workload: str) -> Callers | None:
        """Who may call a workload, where it is in this dump."""
        return self.reach.callers(workload) if workload in self.workloads else None


def callers(wanted: CallerOptions, *, as_json: bool) -> int:
    """Answer for one target, or for all. Raises `BadInput`."""
    _check(wanted)
    dump = _Dump(wanted.files, wanted.root)
    if wanted.after:
        after = _Dump(wanted.after, wanted.root)
        _say_cut(dump, after)
        _changes(wanted, dump, after, as_json=as_json)
    elif wanted.target:
        _one(wanted, dump, as_json=as_json)
    else:
        _say_cut(dump)
        for workload in dump.workloads:
            answer = dump.reach.callers(workload, why=as_json)
            say_json(document(answer), lines=True) if as_json else say_line(answer)
    return 0


def _check(wanted: CallerOptions) -> None:
    if not wanted.files:
        raise BadInput("No dump is named: give files, or - and pipe kubectl into it.")
    if wanted.proof and (wanted.after or not wanted.target):
        raise BadInput("A proof is about one target in one dump: leave out --all and --after.")
    dumps = {Path(each).resolve() for each in (*wanted.files, *wanted.after)}
    if wanted.proof and wanted.proof.resolve() in dumps:
        raise BadInput(f"{wanted.proof} is the dump itself: name another file to write.")


def _say_cut(*dumps: _Dump) -> None:
    """Beside lines that have no room for what was not judged."""
    cut = [each.name for one in dumps for each in one.dump.sources if each.cut]
    if cut:
        say_error(
            f"{', '.join(cut)}: it ends in the middle, workloads and policies after that are "
            "missing. Ask kubectl for it again before you rely on this."
        )


def _one(wanted: CallerOptions, dump: _Dump, *, as_json: bool) -> None:
    callers = dump.reach.callers(dump.named(wanted.target))
    if wanted.proof:
        _write(wanted.proof, dump.dump, callers)
    if as_json:
        say_json(document(callers))
        return
    say_callers(callers, seen_on(dump.dump))
    if wanted.proof:
        say(f"The proof is in {wanted.proof}.")


def document(callers: Callers) -> dict[str, Any]:
    """The answer as `--json` prints it; other programs rely on it."""
    return {
        "target": callers.target,
        "anybody": callers.anybody,
        "callers": _as_json(callers.callers),
        "shut_out": _as_json(callers.shut_out),
        "not_judged": _as_json(callers.not_judged),
    }


def _as_json(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [each._asdict() for each in rows]


def _changes(wanted: CallerOptions, before: _Dump, after: _Dump, *, as_json: bool) -> None:
    """What lies between two dumps, target by target."""
    if wanted.target:
        there = after if _knows(after, wanted.target) else before
        targets = [there.named(wanted.target)]
    else:
        targets = sorted({*before.workloads, *after.workloads})
    for target in targets:
        changes = change(before.there(target), after.there(target))
        if as_json:
            say_json(_change_document(changes), lines=not wanted.target)
        elif wanted.target or changes.opened or changes.closed or changes.changed:
            say_change(changes)


def _knows(dump: _Dump, target: str) -> bool:
    try:
        return bool(dump.named(target))
    except BadInput:
        return False


def _change_document(change: ReachChange) -> dict[str, Any]:
    return {
        "target": change.target,
        "in_both": change.in_both,
        "opened": _as_json(change.opened),
        "closed": _as_json(change.closed),
        "changed": _as_json(change.changed),
    }


def _write(path: Path, dump: Dump, callers: Callers) -> None:
    page = proof(
        Proof(
            callers=callers,
            headline=headline(callers),
            seen=seen_on(dump),
            made=datetime.now(UTC),
            digests=tuple((each.name, each.items, each.digest) for each in dump.sources),
            quotes=quoted(dump, callers),
        )
    )
    try:
        path.write_text(page, "utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}): name another.") from None
