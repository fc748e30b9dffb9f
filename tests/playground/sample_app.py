"""A Bolt app with one of everything, so that the fake has somebody to talk to."""

from __future__ import annotations

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def field(name: str, element: dict, **more) -> dict:
    element = {"action_id": "answer", **element}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(name.title()),
        "element": element,
        **more,
    }


def select(*values: str, **more) -> dict:
    listed = [{"text": plain(value.title()), "value": value} for value in values]
    return {"type": "static_select", "options": listed, **more}


def button(action_id: str, text: str, **more) -> dict:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: dict, block_id: str = "do") -> dict:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def section(text: str, block_id: str = "words") -> dict:
    return {"type": "section", "block_id": block_id, "text": {"type": "mrkdwn", "text": text}}


def form(title: str = "Form") -> dict:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Send"),
        "notify_on_close": True,
        "blocks": [
            field("colour", select("red", "blue")),
            field(
                "count",
                {
                    "type": "number_input",
                    "is_decimal_allowed": False,
                    "min_value": "1",
                    "initial_value": "3",
                },
            ),
            field("note", {"type": "plain_text_input", "max_length": 20}, optional=True),
            actions(
                button("deeper", "Deeper"),
                button(
                    "wipe",
                    "Wipe",
                    confirm={
                        "title": plain("Sure?"),
                        "text": plain("All is lost."),
                        "confirm": plain("Yes"),
                        "deny": plain("No"),
                    },
                ),
            ),
        ],
    }


def command(ack: Ack, body: dict, client: WebClient, respond: Respond) -> None:
    word = body["text"].split(" ")[0]
    if word == "say":
        ack({"text": body["text"], "response_type": "ephemeral"})
    elif word == "post":
        ack()
        client.chat_postMessage(channel=body["channel_id"], text="card", blocks=card("card"))
    elif word == "later":
        ack()
        respond(text="first", response_type="ephemeral")
    elif word == "boom":
        raise RuntimeError("boom")
    else:
        client.views_open(trigger_id=body["trigger_id"], view=form())
        ack()


def card(text: str) -> list[dict]:
    return [section(text), actions(button("bump", "Bump", value="1"))]


def submit(ack: Ack, view: dict, client: WebClient, body: dict) -> None:
    values = {k: next(iter(v.values())) for k, v in view["state"]["values"].items()}
    note = values["note"]["value"]
    if note == "refuse":
        ack(response_action="errors", errors={"note": "Not this."})
    elif note == "misplaced":
        ack(response_action="errors", errors={"do": "On a button."})
    elif note == "again":
        ack(response_action="update", view=form("Second"))
    elif note == "oversize":
        ack(response_action="update", view=form("x" * 25))
    elif note == "clear":
        ack(response_action="clear")
    else:
        ack()
        colour, count = values["colour"]["selected_option"]["value"], values["count"]["value"]
        client.chat_postMessage(channel=body["user"]["id"], text=f"{count} {colour} {note}")


def deeper(ack: Ack, body: dict, client: WebClient) -> None:
    ack()
    client.views_push(trigger_id=body["trigger_id"], view=form("Deeper"))


def wipe(ack: Ack, body: dict, client: WebClient) -> None:
    ack()
    client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=form("Wiped"))


def bump(ack: Ack, body: dict, client: WebClient) -> None:
    ack()
    place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
    client.chat_update(**place, text="bumped", blocks=card("bumped"))
    client.chat_postEphemeral(channel=body["channel"]["id"], user=body["user"]["id"], text="psst")


def closed(ack: Ack, body: dict, client: WebClient) -> None:
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text=f"closed {body['is_cleared']}")


def mention(event: dict, client: WebClient) -> None:
    client.chat_postMessage(
        channel=event["channel"],
        thread_ts=event.get("thread_ts") or event["ts"],
        text=f"heard {event['text']}",
    )


def direct(event: dict, client: WebClient) -> None:
    files = [file["name"] for file in event.get("files", [])]
    client.chat_postMessage(channel=event["channel"], text=f"dm {event['text']} {files}")


def home(event: dict, client: WebClient) -> None:
    blocks = [section(f"hello <@{event['user']}>"), actions(button("deeper", "Start"))]
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def about(ack: Ack, body: dict, respond: Respond) -> None:
    ack()
    respond(text=f"about {body['message']['text']}", response_type="ephemeral")


def register(app: App) -> None:
    app.command("/meshfit")(command)
    app.view("form")(submit)
    app.view_closed("form")(closed)
    app.action("deeper")(deeper)
    app.action("wipe")(wipe)
    app.action("bump")(bump)
    app.event("app_mention")(mention)
    app.event("message")(direct)
    app.event("app_home_opened")(home)
    app.shortcut("ask_about_message")(about)
