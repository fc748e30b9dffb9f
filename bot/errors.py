"""Named failures. Each carries one sentence for the person: what is wrong, where, what to do.

MeshfitError
├── BadInput        the caller's words are off (exit 2 at the terminal)
│   ├── BadAnswers  ... question by question, so that a form can say it beside the field
│   ├── NotAResult  ... a file that holds no result of a load test that meshfit knows
│   ├── NotEvidence ... a file that is no summary of a look and no export of incidents
│   ├── NotHad      ... a port that is another's, a host that is nobody's
│   ├── Exchangeable ... dates that could be read in two ways
│   └── RawDump     ... a dump of a cluster, of which no more than the beginning is read
├── Unanswered      a database server does not answer, so nothing could begin (exit 1)
├── NotKept         the database is full, busy or ill, so nothing of a request was saved
├── Faults          the thing that was checked has faults (exit 1), one line each
└── Refused         meshfit understood and will not do it, with the reason
    ├── NotYours    ... since it is for others, who are named
    └── Stale       ... since others saved the same while the form was open
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class MeshfitError(Exception):
    """A failure with words for the person it happened to."""

    @property
    def sentence(self) -> str:
        """What went wrong and what to do, in plain text."""
        return str(self)


class BadInput(MeshfitError):
    """Something that was typed, pasted or uploaded cannot be used."""


class BadAnswers(BadInput):
    """Answers that cannot be used: question id → one sentence on what is wrong and allowed."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(f"{name}: {fault}" for name, fault in self.faults.items()))


class NotAResult(BadInput):
    """A file of another kind: a fault where a result was asked for, none where nobody asked."""


class NotEvidence(BadInput):
    """A file of another kind than what is taken as evidence."""


class Exchangeable(BadInput):
    """Dates whose day and month could be exchanged: only whoever wrote them can tell."""


class NotHad(BadInput):
    """An address to listen at, which the system does not give."""

    def __init__(
        self, where: str, error: Exception, variables: str = "MESHFIT_PORT or MESHFIT_HOST"
    ) -> None:
        number = error.errno if isinstance(error, OSError) else None
        why = os.strerror(number) if number and number > 0 else "there is no such host"
        super().__init__(f"{where} cannot be had ({why}): set {variables}.")


class RawDump(BadInput):
    """A dump of a cluster: nothing of it is kept, shown or logged, not even its name."""

    def __init__(self, *_: object) -> None:
        super().__init__(
            "That is a raw dump of a cluster, or a manifest. Dumps carry environment variables and "
            "annotations that repeat secrets, so I stopped after its first kilobytes and kept "
            "nothing of it. Delete the file here: I cannot. Make a summary on the machine where "
            "the dump lies, with `meshfit look DUMP --summary summary.json`, and upload that."
        )


class Refused(MeshfitError):
    """The request is understood and not granted."""


class NotYours(Refused):
    """Something that binds others, asked for by somebody whom it is not for."""

    def __init__(
        self, what: str, people: Sequence[tuple[str, str]], *, takes_a_role: bool = False
    ) -> None:
        self.what, self.people, self.takes_a_role = what, tuple(people), takes_a_role
        who = ", ".join(f"{user} ({why})" for user, why in self.people)
        super().__init__(f"{what} is for {who}.")


class Meanwhile(NamedTuple):
    """Something that somebody else saved while a form was open."""

    what: str
    by: str
    """Who did; empty where nobody is known."""
    now: str = ""
    """What it is now, in plain words ..."""
    named: str = ""
    """... or a person's id."""


class Stale(Refused):
    """A form that would undo what others saved since it was opened; nothing of it was saved."""

    def __init__(self, changes: Iterable[Meanwhile]) -> None:
        self.changes = tuple(changes)
        what = ", ".join(dict.fromkeys(each.what for each in self.changes))
        super().__init__(
            f"While this form was open, somebody else saved this: {what}. Nothing of the form was "
            "saved. Open it anew, and look at what they said first."
        )


class NotKept(MeshfitError):
    """The database does not take or give what it should; `why` ends "the database ..."."""

    why = "cannot be reached"

    @property
    def sentence(self) -> str:
        """What the person hears who pressed or typed."""
        return (
            f"Nothing of this was saved: the database {self.why}. Try again in a minute; if it "
            "goes on, tell whoever runs meshfit here."
        )


class Unanswered(MeshfitError):
    """A database server that does not answer at a start; a later one may find it."""


class Faults(MeshfitError):
    """Everything that is wrong with the thing that was checked, one line a fault."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))
