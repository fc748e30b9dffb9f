"""A small Slack: one workspace, its Web API over HTTP, and the people in it.

with Slack() as slack:
    slack.connect("http://127.0.0.1:3000/slack/events")   # or let the app open a socket
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
"""

from __future__ import annotations

from typing import Self

from flask import Blueprint, Flask

from playground.clock import Clock
from playground.manifest import Manifest
from playground.people import Person
from playground.server import Door, web_api
from playground.workspace import Workspace
from playground.world import World


class Slack(Workspace):
    """The workspace and both doors: calls from the app come in, requests to the app go out."""

    def __init__(
        self,
        manifest: Manifest | None = None,
        clock: Clock | None = None,
        world: World | None = None,
        port: int = 0,
        pages: tuple[Blueprint, ...] = (),
    ) -> None:
        super().__init__(manifest, clock, world)
        app = Flask("playground", static_folder=None)
        for blueprint in (web_api(self), *pages):
            app.register_blueprint(blueprint)
        self._door = Door(app, port)
        self.stands_at(f"http://127.0.0.1:{self._door.port}")

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._door.open()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self.closing = True
        if self._delivery and hasattr(self._delivery, "close"):
            self._delivery.close()
        self._door.close()

    def person(self, name: str) -> Person:
        """Somebody in the workspace, by handle; raises StopIteration for a stranger."""
        return Person(self, next(u for u in self.world.users.values() if u.name == name))
