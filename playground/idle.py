"""A thread pool that knows whether it has work, so that tests wait for the app and not for time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class CountedExecutor(ThreadPoolExecutor):
    """Give it to Bolt as `listener_executor`, and its `idle` to `Slack.app_is_idle`."""

    def __init__(self, max_workers: int = 64) -> None:
        super().__init__(max_workers)
        self._under_way = 0
        self._counting = threading.Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function in a thread and count it until it has returned."""
        with self._counting:
            self._under_way += 1
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(self._done)
        return future

    def _done(self, _future: Future[Any]) -> None:
        with self._counting:
            self._under_way -= 1

    def idle(self) -> bool:
        """Whether every function has returned."""
        return self._under_way == 0
