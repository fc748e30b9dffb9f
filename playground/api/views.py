"""views.*: modals and the Home tab (Slack: Web API reference)."""

from __future__ import annotations

from collections.abc import Mapping

from playground.api.call import Call, Json, Method, words
from playground.errors import SlackRefuses
from playground.payloads import view_payload
from playground.screen import carry, with_ids
from playground.strict.payloads import check_view, too_large
from playground.world import View, World

DEEPEST = 3


def _checked(call: Call, surface: str) -> dict[str, Json]:
    """The view argument; raises `invalid_arguments` or `view_too_large`."""
    body = call.decoded("view")
    if too_large(body):
        raise SlackRefuses("view_too_large")
    if faults := check_view(body, surface):
        raise SlackRefuses("invalid_arguments", faults)
    return dict(body)


def _free_external_id(world: World, body: dict[str, Json], besides: View | None = None) -> None:
    name = body.get("external_id")
    if name and world.find_view(external_id=name) not in (None, besides):
        raise SlackRefuses("duplicate_external_id")


def make_view(world: World, user: str, body: dict[str, Json], below: View | None = None) -> View:
    """A new view for a person, on top of `below`; its inputs hold what they begin with."""
    blocks = with_ids(world, body["blocks"])
    view_id = world.new_id("V")
    return View(
        id=view_id,
        user=user,
        body={**body, "blocks": blocks},
        hash=f"{world.clock.now():.0f}.{world.new_id('h')}",
        root=below.root if below else view_id,
        previous=below.id if below else None,
        state=carry({}, blocks),
    )


def replace_body(world: World, view: View, body: dict[str, Json]) -> None:
    """Draw a view anew; inputs with the same ids keep what was typed."""
    blocks = with_ids(world, body["blocks"])
    view.body = {**body, "blocks": blocks}
    view.hash = f"{world.clock.now():.0f}.{world.new_id('h')}"
    view.state = carry(view.state, blocks)
    view.errors, view.trouble = {}, None
    world.changed()


def push_view(world: World, user: str, body: dict[str, Json]) -> View:
    """Put a view on top of the person's stack; raises `push_limit_reached` beyond three."""
    stack = world.modals.setdefault(user, [])
    if len(stack) >= DEEPEST:
        raise SlackRefuses("push_limit_reached")
    view = make_view(world, user, body, stack[-1] if stack else None)
    stack.append(view)
    world.changed()
    return view


def open_view(call: Call) -> dict[str, Json]:
    """A new modal in answer to an interaction."""
    trigger = call.tokens.spend(str(call.args["trigger_id"]))
    body = _checked(call, "modal")
    _free_external_id(call.world, body)
    call.world.modals[trigger.user] = []
    return _answer(call, push_view(call.world, trigger.user, body))


def push(call: Call) -> dict[str, Json]:
    """A modal on top of the one in which the person just acted."""
    trigger = call.tokens.spend(str(call.args["trigger_id"]))
    if trigger.view is None:
        raise SlackRefuses("invalid_trigger_id")
    if call.world.find_view(trigger.view) is None:
        raise SlackRefuses("not_found")
    body = _checked(call, "modal")
    _free_external_id(call.world, body)
    return _answer(call, push_view(call.world, trigger.user, body))


def update(call: Call) -> dict[str, Json]:
    """Draw an open modal anew, by its id or the app's own name for it."""
    names = [call.args.get("view_id"), call.args.get("external_id")]
    if sum(bool(name) for name in names) != 1:
        raise SlackRefuses("invalid_arguments")
    view = call.world.find_view(*names)
    if view is None:
        raise SlackRefuses("not_found")
    if call.args.get("hash") and call.args["hash"] != view.hash:
        raise SlackRefuses("hash_conflict")
    body = _checked(call, str(view.body["type"]))
    _free_external_id(call.world, body, besides=view)
    replace_body(call.world, view, body)
    return _answer(call, view)


def publish(call: Call) -> dict[str, Json]:
    """Draw a person's Home tab."""
    user = str(call.args["user_id"])
    if user not in call.world.users:
        raise SlackRefuses("invalid_arguments")
    body = _checked(call, "home")
    old = call.world.homes.get(user)
    if old and call.args.get("hash") and call.args["hash"] != old.hash:
        raise SlackRefuses("hash_conflict")
    if old:
        replace_body(call.world, old, body)
    else:
        call.world.homes[user] = make_view(call.world, user, body)
        call.world.changed()
    return _answer(call, call.world.homes[user])


def _answer(call: Call, view: View) -> dict[str, Json]:
    return {"view": view_payload(call.world, view)}


METHODS: Mapping[str, Method] = {
    "views.open": Method(open_view, 4, (), words("trigger_id view")),
    "views.push": Method(push, 4, (), words("trigger_id view")),
    "views.update": Method(update, 4, (), words("view"), words("view_id external_id hash")),
    "views.publish": Method(publish, 4, (), words("user_id view"), words("hash")),
}
