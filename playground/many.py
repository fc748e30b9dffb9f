"""Several workspaces behind one address, as Slack is, and the flow in which each installs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, Self
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, redirect, request

from playground.errors import SlackRefuses
from playground.server import Door, answered, arguments, call, token, web_api
from playground.slack import Slack

Json = Any
CLIENT_ID, CLIENT_SECRET = "11.22", "playground-client-secret"


class Many:
    """One Web API for all of them: the token says which workspace is meant."""

    def __init__(self, *slacks: Slack) -> None:
        self.slacks = {slack.world.team: slack for slack in slacks}
        self._codes: dict[str, Slack] = {}
        self.rotates = False
        """Whether the app's settings turn token rotation on."""
        app = Flask("many", static_folder=None)
        self._door = Door(app)
        self.root = f"http://127.0.0.1:{self._door.port}"
        for team, slack in self.slacks.items():
            slack.token = f"xoxb-{team}"
            slack.stands_at(f"{self.root}/{team}")
            app.register_blueprint(web_api(slack), name=team, url_prefix=f"/{team}")
        app.register_blueprint(self._shared())

    @property
    def api_url(self) -> str:
        """Where the app calls."""
        return f"{self.root}/api/"

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._door.open()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self._door.close()

    def _shared(self) -> Blueprint:
        routes = Blueprint("many", __name__)

        @routes.route("/oauth/v2/authorize")
        def authorize() -> Response:
            """Whoever is there says yes; `team` says in which workspace."""
            code = secrets.token_hex(8)
            self._codes[code] = self.slacks[request.args["team"]]
            back = urlencode({"code": code, "state": request.args["state"]})
            return redirect(f"{request.args['redirect_uri']}?{back}")  # type: ignore[return-value]

        @routes.post("/api/<method>")
        def api(method: str) -> Response:
            slack = next((s for s in self.slacks.values() if s.token == token()), None)
            if method == "oauth.v2.access":
                return answered(next(iter(self.slacks.values())), method, arguments(), self._give)
            if slack is None and method == "api.test":
                return Response('{"ok": true}', mimetype="application/json")
            known = slack or next(iter(self.slacks.values()))
            return answered(known, method, arguments(), lambda args: call(known, method, args))

        return routes

    def _give(self, args: dict[str, Json]) -> dict[str, Json]:
        """A token for a code, once."""
        basic = request.authorization
        who = (basic.username, basic.password) if basic else (
            args.get("client_id"), args.get("client_secret")
        )  # fmt: skip
        if who != (CLIENT_ID, CLIENT_SECRET):
            raise SlackRefuses("bad_client_secret" if who[0] == CLIENT_ID else "invalid_client_id")
        slack = self._codes.pop(args.get("code", ""), None)
        if slack is None:
            raise SlackRefuses("invalid_code")
        world = slack.world
        return {
            "app_id": world.app_id,
            "authed_user": {"id": "U0ANA"},
            "scope": ",".join(sorted(slack.manifest.scopes)),
            "token_type": "bot",
            "access_token": slack.token,
            **({"refresh_token": "xoxe-1-of-it", "expires_in": 43200} if self.rotates else {}),
            "bot_user_id": world.bot.id,
            "team": None if world.org_wide else {"id": world.team, "name": world.name},
            "enterprise": {"id": world.enterprise} if world.enterprise else None,
            "is_enterprise_install": world.org_wide,
        }


def connected(slacks: Iterable[Slack], url: str) -> None:
    """Let every workspace send its requests to the one app."""
    for each in slacks:
        each.connect(url)
