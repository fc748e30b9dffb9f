"""Every button and form of a story once more, by a stranger elsewhere: nothing of it moves.

What a button is worth and a form carries names things by their ids. Whoever learns one, and makes a
client send it from somewhere else, must change nothing of what it names; directly neither.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from slack_bolt import BoltRequest

from playground.payloads import user_brief
from playground.screen import Widget
from playground.slack import Slack
from playground.strict.checks import walk
from playground.world import Channel, Message, User
from tests.journeys.house import House

PASSING = {"deliveries", "owed", "writings", "open_forms"}
"""Notes about who asked what; a press of anybody adds some."""
PRESSED = ("button", "overflow", "static_select")
LOOKS = ("headline", "lead", "facts", "foot"), ("headline", "goal", "foot")
"""The blocks by which a card and a board are known: whoever forges a press says they are there."""
ROOM, FAY = "C0ELSEWHERE", "U0FAY"
Body = dict[str, Any]


class Elsewhere:
    """Each id is tried once in a session, where a story shows it first."""

    def __init__(self) -> None:
        self.tried = set[str]()

    def goes_through(self, slack: Slack, house: House) -> list[str]:
        """What a stranger moved of this story's team."""
        found = [*self._buttons(slack), *self._sent(slack)]
        if not found:
            return []
        fay = slack.world.users[FAY] = User(FAY, "fay", "Fay Moreau", slack.world.team)
        room = slack.world.channels[ROOM] = Channel(
            ROOM, "elsewhere", "public", {FAY, slack.world.bot.id}
        )
        before, forged = _kept(house), set[str]()
        for name, what in found:
            for where in (room, slack.world.direct(FAY)):
                for body in _by(slack, fay, where, what):
                    forged.add((body.get("container") or {}).get("message_ts"))
                    house.app.dispatch(BoltRequest(body=body, mode="socket_mode"))
            assert slack.until(house.idle, 20), name
        after = _kept(house)
        theirs = _own(before | after)
        moved = (before ^ after) - {each for each in before | after if theirs(each)}
        told = [f"{'added' if each in after else 'took away'} {each}" for each in moved]
        edits = [each.request for each in slack.traffic.calls("chat.update")]
        theirs = [each for each in edits if each["ts"] in forged and not _leads_home(each)]
        return sorted([*told, *(f"edited {each}" for each in theirs)])

    def _buttons(self, slack: Slack) -> Iterator[tuple[str, Body]]:
        """Those in messages, and in views that nobody pressed."""
        for each in slack.traffic.all():
            shown = each.request if each.way == "to_slack" else each.response
            for element in walk(_decoded(shown)):
                worth = element.get("value") or element.get("options")
                if worth and element.get("type") in PRESSED and self._new(element["action_id"]):
                    yield element["action_id"], element

    def _sent(self, slack: Slack) -> Iterator[tuple[str, Body]]:
        """Forms as they were submitted, and buttons in them as they were pressed."""
        for each in slack.traffic.all():
            if each.way != "to_app" or not isinstance(each.request, dict):
                continue
            body, view = each.request, each.request.get("view") or {}
            if not view.get("private_metadata", "").startswith("{"):
                continue
            actions = body.get("actions") or [{"action_id": ""}]
            name = f"{body['type']} {view.get('callback_id')} {actions[0]['action_id']}"
            if self._new(name):
                yield name, body

    def _new(self, name: str) -> bool:
        new = name not in self.tried
        self.tried.add(name)
        return new


def _by(slack: Slack, who: User, where: Channel, what: Body) -> Iterator[Body]:
    """The same, by somebody else from elsewhere."""
    if "action_id" in what:
        block = {"type": "actions", "block_id": "x", "elements": [what]}
        for look, act in product(LOOKS, _worths(what)):
            ts, parts = slack.world.new_ts(), [{"type": "divider", "block_id": b} for b in look]
            message = Message(ts, where.id, slack.world.bot.id, "x", [block, *parts])
            yield slack.interactions.message_action(who, message, Widget(block, what), act)
        return
    view = what["view"]
    meta = {**json.loads(view["private_metadata"]), "channel": where.id}
    ids = {"id": "V0FAY", "root_view_id": "V0FAY", "private_metadata": json.dumps(meta)}
    trigger = slack.interactions.command(who, where, "/x", "")["trigger_id"]
    yield {**what, "user": user_brief(who), "trigger_id": trigger, "view": {**view, **ids}}


def _leads_home(edit: Body) -> bool:
    """Whether a message became a link to what the stranger has in the very same place."""
    return f"/archives/{edit['channel']}/" in edit["text"]


def _worths(element: Body) -> list[Any]:
    """What a press sends along: nothing more for a button, each option of a menu."""
    options = element.get("options")
    if element["type"] == "overflow":
        return list(options or [])
    return [{"selected_option": each} for each in options] if options else [None]


def _decoded(shown: object) -> object:
    """A call of the Web API may carry JSON as text, in a field of a form."""
    if not isinstance(shown, dict):
        return shown
    texts = {k: v for k, v in shown.items() if isinstance(v, str) and v.startswith(("[", "{"))}
    return {**shown, **{name: json.loads(text) for name, text in texts.items()}}


def _own(rows: set[str]) -> Callable[[str], bool]:
    """Whether a row stands in the stranger's own place, or hangs on such a one and no other."""
    named = {each: json.loads(each.partition(" ")[2]).get("id") for each in rows}
    own = {each for each in rows if ROOM in each or ('"channel": "D' in each and FAY in each)}
    ids = {named[each] for each in own} - {None}
    hers = {each for each in rows if FAY in each or any(f'"{name}"' in each for name in ids)}
    others = {name for each, name in named.items() if each not in own | hers} - {None}

    def is_own(row: str) -> bool:
        return row in own | hers and not any(f'"{name}"' in row for name in others)

    return is_own


def _kept(house: House) -> set[str]:
    return {
        f"{table} {json.dumps(row, sort_keys=True, default=str)}"
        for table, rows in house.kept().items()
        if table not in PASSING
        for row in rows
    }
