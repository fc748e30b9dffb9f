"""People who walk the quick path: what Slack sends on their behalf, step by step."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

from bot.advisor.page_order import Pages
from bot.blocks import ids, pages
from bot.blocks.carried import PageMeta
from bot.domain.pack import Pack, Question
from bot.domain.team import Caller
from playground.deliver import Kind

TEAM, CHANNEL = "T0BENCH", "C0BENCH"


class Request(NamedTuple):
    """What is delivered: a command or a submitted view."""

    kind: Kind
    payload: Any


class People:
    """New people, one after another; what they answer is drawn from a fixed seed."""

    def __init__(self, pack: Pack) -> None:
        self.pack, self.pages = pack, Pages(pack)
        self.chance = random.Random(7)
        self.met = 0

    def come(self, many: int) -> list[str]:
        """The ids of people who were never here before."""
        self.met += many
        return [f"U0{number:07}" for number in range(self.met - many, self.met)]

    def first_page(self) -> Any:
        """The page that a newcomer's command opens."""
        caller = Caller(workspace=f":{TEAM}", channel=CHANNEL, user="U0FIRST")
        first = self.pages.quick[0].id
        return pages.page(self.pages.question_page(caller, first, "own", {}, {}), self._meta(first))

    def command(self, user: str, words: str = "assess", channel: str = CHANNEL) -> Request:
        """`/meshfit assess`, or other words."""
        return Request(
            "command",
            {
                "team_id": TEAM,
                "team_domain": "bench",
                "channel_id": channel,
                "channel_name": "bench",
                "user_id": user,
                "user_name": user.lower(),
                "command": "/meshfit",
                "text": words,
                "api_app_id": "A0BENCH",
                "is_enterprise_install": "false",
                "response_url": "https://hooks.slack.com/never-asked",
                "trigger_id": f"{self.chance.random()}.{user}",
            },
        )

    def submit(self, page: str, user: str, channel: str = CHANNEL) -> Request:
        """One page of the quick path, filled in."""
        values = {each.id: {ids.ANSWER: self._picked(each)} for each in self.pack.asked_on(page)}
        view = {
            "id": f"V{user}",
            "type": "modal",
            "callback_id": ids.PAGE,
            "private_metadata": self._meta(page, channel),
            "state": {"values": values},
            "hash": "1.bench",
        }
        return Request("interactive", self._submitted(user, view))

    def _submitted(self, user: str, view: dict[str, Any]) -> dict[str, Any]:
        person = {"id": user, "name": user.lower(), "team_id": TEAM}
        team = {"id": TEAM, "domain": "bench"}
        return {"type": "view_submission", "team": team, "user": person, "view": view}

    def share(self, user: str, result: Any) -> Request:
        """Share in channel, from the private result that the last page was answered with."""
        view = {**result, "id": f"V{user}", "state": {"values": {}}, "hash": "2.bench"}
        return Request("interactive", self._submitted(user, view))

    def _picked(self, question: Question) -> dict[str, Any]:
        option = self.chance.choice(question.options)
        text = {"type": "plain_text", "text": option.text}
        return {"type": "static_select", "selected_option": {"text": text, "value": option.code}}

    def _meta(self, page: str, channel: str = CHANNEL) -> str:
        return str(PageMeta(channel=channel, page=page, mode="own"))
