"""The one way in which the playground says no to the app."""

from __future__ import annotations

from collections.abc import Iterable

from playground.strict.checks import Fault


class SlackRefuses(Exception):
    """A Web API call that Slack would refuse; `error` is Slack's name for the reason."""

    def __init__(self, error: str, faults: Iterable[Fault] = (), retry_after: int = 0) -> None:
        super().__init__(error)
        self.error = error
        self.faults = list(faults)
        self.retry_after = retry_after

    def body(self) -> dict[str, object]:
        """Slack's answer: the error, and for bad blocks where they are bad."""
        answer: dict[str, object] = {"ok": False, "error": self.error}
        if self.faults:
            answer["errors"] = [f"{f.says} [json-pointer:{f.at}]" for f in self.faults]
            answer["response_metadata"] = {"messages": [str(fault) for fault in self.faults]}
        return answer
