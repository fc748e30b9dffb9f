"""When Slack is told: as soon as a listener acknowledges, whatever becomes of it afterwards.

What of Bolt's inside this rests on is named at the end, and looked at: a new Bolt breaks it loudly.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import logging
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import slack_bolt
from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.internals import _set_response
from slack_bolt.kwargs_injection import build_required_kwargs
from slack_bolt.listener.thread_runner import ThreadListenerRunner
from slack_bolt.listener_matcher import builtins
from slack_sdk import WebClient

from bot.blocks import notice
from bot.listeners import acknowledging
from bot.listeners.acknowledging import Acknowledged, UntilAcknowledged
from bot.listeners.act import Act as Typed
from bot.listeners.straight import HANDED, Straight, straighten

DONE = BoltResponse(status=200)


@pytest.fixture
def runner() -> Iterator[UntilAcknowledged]:
    with ThreadPoolExecutor() as threads:
        yield UntilAcknowledged(threads)


@pytest.fixture
def request_(runner: UntilAcknowledged) -> BoltRequest:
    request = BoltRequest(body="{}")
    assert runner.middleware(request, {}, lambda: DONE) is DONE
    return request


def test_slack_is_told_while_the_listener_still_works(runner, request_):
    go_on = threading.Event()

    def listener() -> bool:
        request_.context.ack("noted")
        return go_on.wait(60)

    work = runner.submit(listener)
    assert request_.context.ack.response.body == "noted"
    assert not work.done()
    go_on.set()
    assert work.result()


def test_a_listener_that_never_acknowledges_is_waited_for_to_its_end(runner, request_):
    work = runner.submit(lambda: "came to its end")
    assert work.done()
    assert work.result() == "came to its end"
    assert request_.context.ack.response is None


def test_what_was_acknowledged_before_is_not_waited_for(runner, request_):
    go_on = threading.Event()
    request_.context.ack()
    work = runner.submit(lambda: go_on.wait(60))
    assert not work.done()
    go_on.set()
    assert work.result()


def test_an_acknowledgement_outlives_the_failure_of_its_listener(request_):
    request_.context.ack("noted")
    request_.context.ack.response = None
    assert request_.context.ack.response.body == "noted"


def test_what_bolt_itself_stumbles_over_is_no_failure_of_ours(monkeypatch, caplog):
    def stumbles(*_: object) -> BoltResponse:
        raise KeyError("what somebody typed")

    monkeypatch.setattr(App, "dispatch", stumbles)
    app = Acknowledged(token="x", signing_secret="x", token_verification_enabled=False)
    assert app.dispatch(BoltRequest(body="{}")).status == 400
    assert "a request was not understood (KeyError)" in caplog.text
    assert "somebody typed" not in caplog.text


def test_each_request_waits_for_its_own(runner, request_):
    request_.context.ack()
    second = BoltRequest(body="{}")
    runner.middleware(second, {}, lambda: DONE)
    work = runner.submit(lambda: second.context.ack("second"))
    assert second.context.ack.response.body == "second"
    assert work.result().body == "second"


def response_to(runner: UntilAcknowledged, context: dict, act) -> BoltResponse | None:
    """What Slack is told of a request of this kind, while its listener takes too long."""
    request = BoltRequest(body="{}")
    request.context["act"], request.context["respond"] = Act(context), Answers(context)
    runner.middleware(request, context, lambda: DONE)
    runner.submit(lambda: act(request.context.ack))
    return request.context.ack.response


class Act:
    """As much of an act as an acknowledgement looks at."""

    def __init__(self, body: dict) -> None:
        self.body = body


class Answers:
    """Keeps what goes the other way."""

    def __init__(self, heard: dict) -> None:
        self.heard = heard

    def __call__(self, **payload) -> None:
        self.heard["answered"] = payload

    def late(self, external_id: str, view: dict) -> None:
        self.heard["late"] = (external_id, view)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acknowledging, "ACK_S", 0.05)


@pytest.mark.usefixtures("hasty")
def test_a_late_command_says_still_working_and_answers_by_its_address(runner):
    go_on, body = threading.Event(), {"command": "/meshfit", "trigger_id": "1"}

    def late(ack) -> None:
        go_on.wait(60)
        ack(response_type="ephemeral", text="forty-two")

    answer = response_to(runner, body, late)
    assert notice.STILL in answer.body
    go_on.set()
    runner.threads.shutdown()
    assert body["answered"] == {"response_type": "ephemeral", "text": "forty-two"}


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"response_action": "update", "view": {"title": "next"}}, "next"),
        ({"response_action": "clear"}, notice.SAVED),
        ({"response_action": "errors", "errors": {"a": "is no number"}}, "is no number"),
    ],
)
def test_a_late_form_keeps_what_was_typed_and_shows_its_end_on_top(runner, given, shown):
    go_on, body = threading.Event(), {"type": "view_submission", "trigger_id": "1.2"}

    def late(ack) -> None:
        go_on.wait(60)
        ack(**given)

    answer = json.loads(response_to(runner, body, late).body)
    assert answer["response_action"] == "push"
    assert answer["view"]["external_id"] == "late-1.2"
    go_on.set()
    runner.threads.shutdown()
    assert body["late"][0] == "late-1.2"
    assert shown in str(body["late"][1])


def test_an_event_is_acknowledged_once_its_listener_has_kept_everything(runner):
    kept = []
    assert response_to(runner, {"event": {}}, lambda ack: (ack(), kept.append(1))).status == 200
    assert kept == [1]


@pytest.mark.usefixtures("hasty")
def test_an_event_that_could_not_be_kept_or_takes_long_is_to_be_sent_again(runner):
    def fails(ack) -> None:
        ack()
        raise ZeroDivisionError

    assert response_to(runner, {"event": {}}, fails).status == 503
    go_on = threading.Event()
    assert response_to(runner, {"event": {}}, lambda ack: (ack(), go_on.wait(60))).status == 503
    go_on.set()


def test_a_late_acknowledgement_never_falls_through_to_another_listener(hasty):
    go_on, heard = threading.Event(), []
    with ThreadPoolExecutor() as threads:
        runner = UntilAcknowledged(threads)
        app = Acknowledged(
            client=WebClient("xoxb-1", base_url="http://127.0.0.1:9/api/"),
            signing_secret="s",
            request_verification_enabled=False,
            token_verification_enabled=False,
            authorize=lambda **_: AuthorizeResult(
                enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="U1"
            ),
            listener_executor=runner,
        )

        @app.middleware
        def ours(context, body, next):  # noqa: A002
            context["act"], context["respond"] = Act(body), Answers(body)
            next()

        app.use(runner.middleware)
        app.command("/meshfit")(lambda ack: (go_on.wait(60), ack("ask")))
        app.command("/meshfit")(lambda ack: (heard.append(1), ack("I don't know `ask`.")))
        form = "command=/meshfit&text=ask&team_id=T1&user_id=U2&channel_id=C1&trigger_id=1"
        answer = app.dispatch(BoltRequest(body=form, headers=FORM))
        go_on.set()
    assert notice.STILL in answer.body
    assert heard == []


def test_a_step_is_handed_what_bolt_would_hand_it(request_):
    """`Straight` stands for Bolt's own way of calling a middleware, and hands over the same."""
    request_.context.update(client=WebClient(), respond=print, act="an act")
    handed = {}

    def step(*, req, body, event, context, client, ack, respond, act, next):  # noqa: A002
        arguments = {"req": req, "body": body, "event": event, "context": context}
        handed.update(arguments, client=client, ack=ack, respond=respond, act=act)
        return next()

    assert Straight(step).process(req=request_, resp=DONE, next=lambda: DONE) is DONE
    assert handed.keys() == HANDED.keys()
    assert handed == build_required_kwargs(
        logger=logging.getLogger(),
        required_arg_names=[*HANDED],
        request=request_,
        response=DONE,
    )


def test_a_listener_is_asked_and_run_as_bolt_would():
    app, heard = App(signing_secret="s", token="xoxb-1", token_verification_enabled=False), []
    app.action("other")(lambda ack: heard.append("other"))
    app.event("message", matchers=[lambda event: event["text"] == "hi"])(
        lambda event, ack: heard.append(event["text"])
    )
    bolts = [*app._listeners]
    straighten(app)
    for text, meant in (("hi", True), ("ho", False)):
        body = {"type": "event_callback", "event": {"type": "message", "text": text}}
        req = BoltRequest(body=body, mode="socket_mode")
        asked = {"req": req, "resp": DONE}
        both = [[each.matches(**asked) for each in some] for some in (bolts, app._listeners)]
        assert both == [[False, meant]] * 2
    app._listeners[1].run_ack_function(request=req, response=DONE)
    assert heard == ["ho"]
    assert [each.auto_acknowledgement for each in app._listeners] == [False, True]


BODIES = {
    "a press": {"type": "block_actions", "actions": [{"action_id": "pressed"}]},
    "one of several": {"type": "block_actions", "actions": [{"action_id": "side2"}]},
    "a press of what nobody has": {"type": "block_actions", "actions": [{"action_id": "gone"}]},
    "a form": {"type": "view_submission", "view": {"type": "modal", "callback_id": "form"}},
    "a form called as a button": {
        "type": "view_submission",
        "view": {"type": "modal", "callback_id": "pressed"},
    },
    "a form that was closed": {
        "type": "view_closed",
        "view": {"type": "modal", "callback_id": "form"},
    },
    "a shortcut": {"type": "message_action", "callback_id": "form"},
    "words": {"command": "/meshfit", "text": "help me"},
    "other words": {"command": "/meshfit", "text": "assess"},
    "another command": {"command": "/mesh", "text": "assess"},
    "an event": {"type": "event_callback", "event": {"type": "message", "text": "pressed"}},
}


def says(words: str):
    return lambda ack: ack(words)


def begins(words: str):
    return lambda body: body["text"].startswith(words)


def registered() -> App:
    app = App(signing_secret="s", token="xoxb-1", token_verification_enabled=False)
    for words in ("help", "assess", ""):
        app.command("/meshfit", matchers=[begins(words)])(says(f"words {words}"))
    app.action("pressed")(says("pressed"))
    app.action(re.compile("^side[1-9]$"))(says("a side"))
    app.action("side2")(says("never"))
    app.view("form")(says("form"))
    app.view_closed("form")(says("closed"))
    app.message_shortcut("form")(says("shortcut"))
    app.event("message")(says("event"))
    return app


def test_the_same_listener_is_found_as_by_asking_each_in_turn():
    bolts, ours = registered()._listeners, registered()
    straighten(ours)
    for what, body in [*BODIES.items()] * 2:
        found = []
        for listeners in (bolts, ours._listeners):
            req = BoltRequest(body={**body}, mode="socket_mode")
            asked = (each for each in listeners if each.matches(req=req, resp=DONE))
            if meant := next(asked, None):
                meant.run_ack_function(request=req, response=DONE)
            found.append(req.context.ack.response and req.context.ack.response.body)
        assert found[0] == found[1], what
    assert found == ["event"] * 2


def test_of_an_event_no_act_is_asked():
    app, asked = registered(), []
    straighten(app)
    for each in app._listeners[0].listeners:
        each.is_named = asked.append
    req = BoltRequest(body=BODIES["an event"], mode="socket_mode")
    assert [each.matches(req=req, resp=DONE) for each in app._listeners] == [False, True]
    assert asked == []


def test_words_are_split_once_for_all_that_listen_to_them():
    act = Typed(BoltContext(), {"command": "/meshfit", "text": "Assess &lt;this&gt; now"})
    assert act.typed == ["assess", "<this>", "now"]
    assert act.typed is act.typed
    assert not act.asks


def test_what_names_what_nobody_hands_it_is_refused_at_the_start():
    with pytest.raises(KeyError):
        Straight(lambda payload: payload)
    for listener in (lambda ack, next: next, lambda ack, say: say, lambda **kwargs: kwargs):  # noqa: A006
        app = App(signing_secret="s", token="xoxb-1", token_verification_enabled=False)
        app.action("x")(listener)
        with pytest.raises(KeyError):
            straighten(app)


FORM = {"content-type": "application/x-www-form-urlencoded"}
INSIDE = {
    "ThreadListenerRunner.run": (
        ThreadListenerRunner.run,
        "acknowledges an event before its listener; submits one callable that never raises; polls "
        "`ack.response`; sets it again after a failure; answers None for a listener that is late",
    ),
    "App.dispatch": (
        App.dispatch,
        "goes on to the next listener that matches where one answered None",
    ),
    "App._init_context": (
        App._init_context,
        "puts logger, token, client and listener_runner into the context, and nothing else",
    ),
    "App._register_listener": (
        App._register_listener,
        "puts first the matcher of the kind and the id",
    ),
    "builtins": (
        builtins,
        "tell what a listener is registered for by kind and id alone, of all but events",
    ),
    "Ack.__call__": (Ack.__call__, "gives its answer by setting `response` once"),
    "ack's _set_response": (_set_response, "the same"),
    "BoltContext.ack": (BoltContext.ack.fget, "is what stands under `ack` in the context"),
    "BoltContext.respond": (BoltContext.respond.fget, "is what stands under `respond`"),
    "build_required_kwargs": (
        build_required_kwargs,
        "gives a listener what it names of the context: `act`, `ack`, `respond`",
    ),
}
"""What of Bolt's inside `listeners/acknowledging.py` and `responding.py` rest on, and how."""
READ = {
    "1.30.0": "655c65f835f6b8d0",
}
"""Version of slack_bolt → digest of these functions, as they were read."""


def test_bolts_inside_is_what_was_read():
    """A new Bolt: read each function again, see that it still does what is said, add the digest."""
    source = "".join(inspect.getsource(function) for function, _ in INSIDE.values())
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    version = slack_bolt.version.__version__
    assert READ.get(version) == digest, f"slack_bolt {version} is {digest}: read {list(INSIDE)}"
