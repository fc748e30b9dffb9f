"""The pages: one for each person and place, and the small requests that keep them alive."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request

from playground.people import Person
from playground.web.acts import act
from playground.web.charts import chart
from playground.web.fingerprint import of_view, short
from playground.web.markdown import markdown
from playground.web.mrkdwn import mrkdwn, plain
from playground.web.rich_text import rich_text
from playground.web.scene import Window, pretty, verdict

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from playground.slack import Slack

Json: TypeAlias = Any
HERE = Path(__file__).parent
HOSTS = {"127.0.0.1", "localhost", "[::1]"}
PULSE_SECONDS, BREATH_SECONDS = 0.08, 15.0
SHOWN_EXCHANGES = 80
# No script, style, image or request from anywhere but this server.
POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"

FILTERS: Mapping[str, Callable[..., Any]] = {
    "mrkdwn": mrkdwn,
    "plain": plain,
    "markdown": markdown,
    "rich_text": rich_text,
    "chart": chart,
    "pretty": pretty,
    "verdict": verdict,
    "short": short,
    "fingerprint": of_view,
}


class Pages:
    """The browser's side of one Slack; give `blueprint` to it, then `slack` here."""

    def __init__(self) -> None:
        self.slack: Slack
        self.blueprint = Blueprint(
            "pages",
            __name__,
            template_folder=str(HERE / "templates"),
            static_folder=str(HERE / "static"),
            static_url_path="/static",
        )
        self._routes()

    def _routes(self) -> None:
        rules: list[tuple[str, Any, list[str]]] = [
            ("/", self.begin, ["GET"]),
            ("/live", self.live, ["GET"]),
            ("/traffic", self.traffic, ["GET"]),
            ("/traffic/<int:number>", self.exchange, ["GET"]),
            ("/files/<file_id>", self.file, ["GET"]),
            ("/<name>/do", self.do, ["POST"]),
            ("/<name>/<place>/now", self.now, ["GET"]),
            ("/<name>/<place>/<thread>/now", self.now, ["GET"]),
            ("/<name>/<place>", self.page, ["GET"]),
            ("/<name>/<place>/<thread>", self.page, ["GET"]),
        ]
        for rule, view, methods in rules:
            self.blueprint.add_url_rule(rule, view.__name__, view, methods=methods)
        self.blueprint.before_request(_only_from_here)
        self.blueprint.after_request(_guarded)
        for name, filter_ in FILTERS.items():
            self.blueprint.app_template_filter(name)(filter_)

    def _window(self, name: str, place: str, thread: str | None = None) -> Window:
        try:
            person = self.slack.person(name)
            window = Window(self.slack, person, place, thread)
            person.room("dm" if place == "home" else place)
        except (StopIteration, AssertionError):
            abort(404)
        return window

    def begin(self) -> AnyResponse:
        """The front door."""
        return redirect("/ana/payments")

    def page(self, name: str, place: str, thread: str | None = None) -> str:
        """A whole page, complete at first paint."""
        with self.slack.lock:
            return render_template(
                "page.html", w=self._window(name, place, thread), version=self._version()
            )

    def now(self, name: str, place: str, thread: str | None = None) -> Response:
        """The parts of a page as they are now; the script puts in what changed."""
        with self.slack.lock:
            window, version = self._window(name, place, thread), self._version()
            parts = {
                part: render_template(f"{part}.html", w=window)
                for part in ("sidebar", "main", "thread", "modal")
            }
        news = [
            {"number": e.number, "says": f"{e.what}: {verdict(e)}"}
            for e in self.slack.traffic.all()
            if not e.ok and e.status
        ]
        return _json({"version": version, "parts": parts, "troubles": news[-5:]})

    def _version(self) -> str:
        return f"{self.slack.world.version}.{self.slack.traffic.count}"

    def live(self) -> Response:
        """A line whenever anything changed, for as long as the window is open."""

        def pulses() -> Iterator[str]:
            seen, breath = "", time.monotonic()
            while not self.slack.closing:
                version = self._version()
                if version != seen:
                    yield f"data: {version}\n\n"
                    seen, breath = version, time.monotonic()
                elif time.monotonic() - breath > BREATH_SECONDS:
                    yield ": still here\n\n"
                    breath = time.monotonic()
                time.sleep(PULSE_SECONDS)

        return Response(pulses(), mimetype="text/event-stream")

    def do(self, name: str) -> Response:
        """Let a person do something; what cannot be done is said in a sentence."""
        try:
            act(self.slack, self._person(name), request.get_json())
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            return _json({"ok": False, "error": str(error)})
        return _json({"ok": True})

    def _person(self, name: str) -> Person:
        try:
            return self.slack.person(name)
        except StopIteration:
            abort(404)

    def traffic(self) -> str:
        """The latest exchanges, newest first."""
        shown = self.slack.traffic.all()[-SHOWN_EXCHANGES:]
        return render_template("traffic.html", exchanges=shown[::-1])

    def exchange(self, number: int) -> str:
        """One exchange in full."""
        exchanges = [e for e in self.slack.traffic.all() if e.number == number]
        if not exchanges:
            abort(404)
        return render_template("exchange.html", e=exchanges[0])

    def file(self, file_id: str) -> Response:
        """A file's bytes, to be saved and never shown as a page."""
        file = self.slack.world.files.get(file_id)
        if file is None:
            abort(404)
        response = Response(file.content, mimetype="application/octet-stream")
        response.headers.set("Content-Disposition", "attachment", filename=file.name)
        return response


def _json(value: Json) -> Response:
    return current_app.response_class(json.dumps(value), mimetype="application/json")


def _only_from_here() -> None:
    """No page from elsewhere may act here: neither by another name for this host nor by a form."""
    if request.host.rsplit(":", 1)[0] not in HOSTS:
        abort(403)
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin not in (None, request.host_url.rstrip("/")):
        abort(403)


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    if not request.path.startswith("/static"):
        response.headers["Cache-Control"] = "no-store"
    return response
