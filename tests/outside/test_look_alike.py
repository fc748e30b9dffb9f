"""One journey against a Slack look-alike that is not ours: what it keeps is what people would see.

`emulate` has the Web API, with scopes, threads, views and files; it sends no commands and presses
no buttons, so these are signed and handed in here.
"""

from __future__ import annotations

import json
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.people import TEAM, People, Request
from bench.processes import free_port, running
from bot.scopes import NEEDED
from playground.clock import RealClock
from playground.deliver import HttpDelivery
from tests.shipped import SHIPPED

SECRET, BOT, ANA = "0" * 32, "xoxb-meshfit", "xoxp-ana"
PATIENCE_S = 20


class LookAlike:
    """The look-alike, asked as any client asks it."""

    def __init__(self, url: str) -> None:
        self.url = url
        me = self.asks("auth.test", ANA)
        self.user, self.team = me["user_id"], me["team_id"]
        channels = self.asks("conversations.list", ANA)["channels"]
        self.channel = next(each["id"] for each in channels if each["name"] == "payments")

    def asks(self, method: str, token: str, **fields: str) -> Any:
        """One call of its Web API; fails where it refuses."""
        request = urllib.request.Request(
            f"{self.url}/api/{method}",
            urllib.parse.urlencode(fields).encode(),
            {"Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            reply = json.load(answer)
        assert reply["ok"], reply
        return reply

    def trigger(self) -> str:
        return self.asks("views.generateTriggerId", BOT, user_id=self.user)["trigger_id"]

    def posted(self) -> list[Any]:
        return self.asks("conversations.history", ANA, channel=self.channel)["messages"]

    def thread(self, ts: str) -> list[Any]:
        replies = self.asks("conversations.replies", ANA, channel=self.channel, ts=ts)
        return replies["messages"][1:]


@pytest.fixture
def slack(modules: Path) -> Iterator[LookAlike]:
    command = ["node", "look_alike.mjs", str(free_port()), ",".join(NEEDED)]
    with subprocess.Popen(
        command, cwd=modules, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield LookAlike(process.stdout.readline().strip())
        finally:
            process.stdin.close()
            process.wait(PATIENCE_S)


@pytest.fixture
def door(slack: LookAlike, tmp_path: Path) -> Iterator[HttpDelivery]:
    """`meshfit serve`, which takes the look-alike for Slack."""
    port = free_port()
    env = {
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack.url}/api/",
        "MESHFIT_DB": str(tmp_path / "outside.db"),
        "MESHFIT_PORT": str(port),
    }
    with running("bot", "serve", port=port, ready="/readyz", env=env) as app:
        yield HttpDelivery(f"{app.url}/slack/events", SECRET, RealClock())


def until(found: Callable[[], Any]) -> Any:
    """What is there within the time that a person would wait; fails where nothing comes."""
    end = time.monotonic() + PATIENCE_S
    while not (there := found()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return there


def test_from_the_command_to_the_record(slack: LookAlike, door: HttpDelivery):
    people = People(SHIPPED)
    first, last = (page.id for page in people.pages.quick)

    def sends(request: Request) -> Any:
        more = {"trigger_id": slack.trigger()} if request.kind == "command" else {}
        payload = json.dumps({**request.payload, **more}).replace(TEAM, slack.team)
        answer = door.send(request.kind, json.loads(payload))
        assert answer.ok, answer
        return answer.body

    sends(people.command(slack.user, channel=slack.channel))
    page = sends(people.submit(first, slack.user, slack.channel))["view"]
    assert page["callback_id"] == "page"
    result = sends(people.submit(last, slack.user, slack.channel))["view"]
    assert slack.posted() == []
    assert sends(people.share(slack.user, result)) == {"response_action": "clear"}
    [card] = until(slack.posted)
    assert "Should we add a service mesh?" in card["text"]
    [detail] = until(lambda: slack.thread(card["ts"]))
    assert {each["type"] for each in detail["blocks"]} <= {"section", "context", "actions"}
    sends(people.command(slack.user, "record", slack.channel))
    filed = until(lambda: [f for each in slack.thread(card["ts"]) for f in each.get("files", [])])
    assert [each["name"] for each in filed] == ["0001-service-mesh.md"]
