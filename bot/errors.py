"""Named failures. Each carries one sentence for the person: what is wrong, where, what to do.

MeshfitError
├── BadInput        the caller's words are off (exit 2 at the terminal)
│   ├── BadAnswers  ... question by question, so that a form can say it beside the field
│   └── NotAResult  ... a file that holds no result of a load test that meshfit knows
├── Faults          the thing that was checked has faults (exit 1), one line each
└── Refused         meshfit understood and will not do it, with the reason
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


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


class Refused(MeshfitError):
    """The request is understood and not granted."""


class Faults(MeshfitError):
    """Everything that is wrong with the thing that was checked, one line a fault."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))
