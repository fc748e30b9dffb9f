"""What Slack does with the app's answers: to commands, to submissions, by response URL."""

from __future__ import annotations

from typing import Any, TypeAlias

from playground.api.views import DEEPEST, push_view, replace_body
from playground.deliver import Answer
from playground.errors import SlackRefuses
from playground.screen import widgets, with_ids
from playground.strict.payloads import check_answer, check_message, too_large
from playground.tokens import ResponseUrl
from playground.world import Message, View, World

Json: TypeAlias = Any

TROUBLE = "We had some trouble connecting. Try again?"
_BODY = {
    "text",
    "blocks",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "unfurl_links",
    "unfurl_media",
    "metadata",
}


def _delete(world: World, message: Message) -> None:
    if message not in world.messages[message.channel]:
        raise SlackRefuses("message_not_found")
    world.remove(message)


def respond(world: World, leave: ResponseUrl, body: Json) -> None:
    """Post, replace or delete as a response URL's body says; raises SlackRefuses."""
    if not isinstance(body, dict) or body.keys() - _BODY:
        raise SlackRefuses("invalid_payload")
    if body.get("delete_original") and leave.message:
        _delete(world, leave.message)
        return
    text, blocks = str(body.get("text") or ""), body.get("blocks") or []
    if not text.strip() and not blocks:
        raise SlackRefuses("no_text")
    if faults := check_message(blocks):
        raise SlackRefuses("invalid_blocks", faults)
    if body.get("replace_original") and leave.message:
        leave.message.text, leave.message.blocks = text, with_ids(world, blocks)
        world.changed()
        return
    public = body.get("response_type", "ephemeral") == "in_channel"
    here = leave.message.thread_ts if leave.message else None
    world.add(
        Message(
            ts=world.new_ts(),
            channel=leave.channel,
            user=world.bot.id,
            text=text,
            blocks=with_ids(world, blocks),
            thread_ts=body.get("thread_ts") or here,
            only_for=None if public else leave.user,
        )
    )


def slackbot(world: World, user: str, channel: str, text: str) -> None:
    """A line from Slack itself that only one person sees."""
    ts = world.new_ts()
    world.add(Message(ts, channel, "USLACKBOT", text, only_for=user))


def after_command(world: World, user: str, channel: str, command: str, answer: Answer) -> str:
    """Show the acknowledgement's body, or why there is none; returns what was wrong, if any."""
    if not answer.ok:
        reason = "operation_timeout" if answer.status == 0 else "dispatch_failed"
        slackbot(world, user, channel, f'{command} failed with the error "{reason}"')
        return f"{command}: {reason} (status {answer.status})"
    if answer.body in (None, ""):
        return ""
    body = {"text": answer.body} if isinstance(answer.body, str) else answer.body
    try:
        respond(world, ResponseUrl(user, channel, world.clock.now()), body)
    except SlackRefuses as refusal:
        slackbot(world, user, channel, f'{command} failed with the error "{refusal.error}"')
        return f"{command}: {refusal.error} {[str(f) for f in refusal.faults]}"
    return ""


def after_submission(world: World, view: View, answer: Answer) -> str:
    """Do what a submission's acknowledgement says; returns what was wrong with it, if anything."""
    view.errors, view.trouble = {}, None
    wrong = _wrong(view, answer)
    if wrong:
        view.trouble = TROUBLE
        world.changed()
        return wrong
    stack = world.modals.get(view.user, [])
    body = answer.body or {}
    action = body.get("response_action")
    if action == "errors":
        view.errors = dict(body["errors"])
    elif action == "clear":
        stack.clear()
    elif action == "update":
        replace_body(world, view, body["view"])
    elif action == "push":
        if len(stack) >= DEEPEST:
            view.trouble = TROUBLE
            return "push_limit_reached"
        push_view(world, view.user, body["view"])
    elif view in stack:
        stack.remove(view)
    world.changed()
    return ""


def _wrong(view: View, answer: Answer) -> str:
    if not answer.ok:
        return f"view_submission not acknowledged (status {answer.status})"
    if answer.body in (None, "", {}):
        return ""
    inputs = {w.block_id for w in widgets(view.body["blocks"]) if w.is_input}
    faults = check_answer(answer.body, inputs)
    if not faults and too_large(answer.body.get("view")):
        return "view_too_large"
    return "; ".join(str(fault) for fault in faults)
