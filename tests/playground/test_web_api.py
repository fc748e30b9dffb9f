"""The Web API through Slack's own client: what it refuses, and by which name."""

from __future__ import annotations

from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from playground.clock import HandClock
from playground.slack import Slack
from tests.playground.sample_app import button, form, plain, section


def refusal(call: object, **args: object) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return caught.value.response["error"]


def trigger(slack: Slack, view: str | None = None) -> str:
    return slack.tokens.new_trigger("U0ANA", view)


# Messages


def test_a_posted_message_is_seen_by_all(slack: Slack, web: WebClient) -> None:
    answer = web.chat_postMessage(channel="C0PAYMENTS", text="hello", blocks=[section("*hello*")])
    assert answer["message"]["text"] == "hello"
    assert [m.all_text for m in slack.person("ben").sees("payments")] == ["*hello*"]
    assert slack.person("ana").last("payments").ts == answer["ts"]


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0INCIDENTS", "not_in_channel"),
        ("C0VAULT", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
    ],
)
def test_a_channel_without_the_bot(web: WebClient, channel: str, error: str) -> None:
    assert refusal(web.chat_postMessage, channel=channel, text="x") == error
    assert refusal(web.chat_postEphemeral, channel=channel, user="U0ANA", text="x") == error


def test_ephemerals_are_for_one_person_who_is_there(slack: Slack, web: WebClient) -> None:
    web.chat_postEphemeral(channel="C0PAYMENTS", user="U0ANA", text="psst")
    assert [m.text for m in slack.person("ana").sees("payments")] == ["psst"]
    assert slack.person("ben").sees("payments") == []
    stranger = {"channel": "C0PAYMENTS", "user": "U0DMITRI", "text": "x"}
    assert refusal(web.chat_postEphemeral, **stranger) == "user_not_in_channel"


@pytest.mark.filterwarnings("ignore:The top-level")
def test_words_are_needed(web: WebClient) -> None:
    assert refusal(web.chat_postMessage, channel="C0PAYMENTS", text=" ") == "no_text"
    long = web.chat_postMessage(channel="C0PAYMENTS", text="x" * 50_000)
    assert len(long["message"]["text"]) == 40_000


def test_bad_blocks_are_named_with_their_place(web: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        web.chat_postMessage(channel="C0PAYMENTS", text="x", blocks=[section("x" * 3001)])
    assert caught.value.response["error"] == "invalid_blocks"
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_text_without_blocks_takes_the_blocks_away(slack: Slack, web: WebClient) -> None:
    sent = web.chat_postMessage(channel="C0PAYMENTS", text="a", blocks=[section("a")])
    here = {"channel": "C0PAYMENTS", "ts": sent["ts"]}
    web.chat_update(**here, text="b", blocks=[section("b")])
    shown = slack.person("ana").last("payments")
    assert (shown.text, shown.all_text, shown.edited) == ("b", "b", False)
    web.chat_update(**here, text="c")
    assert (shown.text, shown.blocks, shown.edited) == ("c", [], True)


def test_updates_are_for_own_messages(slack: Slack, web: WebClient) -> None:
    slack.manifest = slack.manifest.__class__(events=frozenset())
    slack.person("ana").types("mine", in_="payments")
    foreign = {"channel": "C0PAYMENTS", "ts": slack.person("ana").last("payments").ts}
    assert refusal(web.chat_update, **foreign, text="x") == "cant_update_message"
    assert refusal(web.chat_delete, **foreign) == "cant_delete_message"
    gone = {"channel": "C0PAYMENTS", "ts": "1.000000"}
    assert refusal(web.chat_update, **gone, text="x") == "message_not_found"
    own = web.chat_postMessage(channel="C0PAYMENTS", text="x")
    here = {"channel": "C0PAYMENTS", "ts": own["ts"]}
    assert refusal(web.chat_update, **here, text="x" * 4001) == "msg_too_long"
    web.chat_delete(**here)
    assert refusal(web.chat_delete, **here) == "message_not_found"


def test_an_ephemeral_cannot_be_changed_later(web: WebClient) -> None:
    sent = web.chat_postEphemeral(channel="C0PAYMENTS", user="U0ANA", text="psst")
    here = {"channel": "C0PAYMENTS", "ts": sent["message_ts"]}
    assert refusal(web.chat_update, **here, text="x") == "message_not_found"


def test_threads_and_permalinks(slack: Slack, web: WebClient) -> None:
    root = web.chat_postMessage(channel="C0PAYMENTS", text="root")
    reply = web.chat_postMessage(channel="C0PAYMENTS", text="reply", thread_ts=root["ts"])
    loud = {"text": "loud", "thread_ts": root["ts"], "reply_broadcast": True}
    web.chat_postMessage(channel="C0PAYMENTS", **loud)
    ana = slack.person("ana")
    assert [m.text for m in ana.sees("payments")] == ["root", "loud"]
    assert [m.text for m in ana.sees("payments")[0].thread] == ["reply", "loud"]
    link = web.chat_getPermalink(channel="C0PAYMENTS", message_ts=reply["ts"])["permalink"]
    assert f"/archives/C0PAYMENTS/p{reply['ts'].replace('.', '')}?thread_ts={root['ts']}" in link
    lost = {"channel": "C0PAYMENTS", "text": "x", "thread_ts": "1.0"}
    assert refusal(web.chat_postMessage, **lost) == "thread_not_found"


# Views


def test_a_trigger_is_good_once_and_for_three_seconds(
    slack: Slack, web: WebClient, clock: HandClock
) -> None:
    fresh = trigger(slack)
    web.views_open(trigger_id=fresh, view=form())
    assert refusal(web.views_open, trigger_id=fresh, view=form()) == "exchanged_trigger_id"
    slow = trigger(slack)
    clock.skip(3.1)
    assert refusal(web.views_open, trigger_id=slow, view=form()) == "expired_trigger_id"
    assert refusal(web.views_open, trigger_id="1.2.3", view=form()) == "invalid_trigger_id"


def test_three_modals_and_no_more(slack: Slack, web: WebClient) -> None:
    root = web.views_open(trigger_id=trigger(slack), view=form("1"))["view"]
    second = web.views_push(trigger_id=trigger(slack, root["id"]), view=form("2"))["view"]
    third = web.views_push(trigger_id=trigger(slack, second["id"]), view=form("3"))["view"]
    assert (third["root_view_id"], third["previous_view_id"]) == (root["id"], second["id"])
    full = trigger(slack, third["id"])
    assert refusal(web.views_push, trigger_id=full, view=form()) == "push_limit_reached"
    outside = trigger(slack)
    assert refusal(web.views_push, trigger_id=outside, view=form()) == "invalid_trigger_id"


def test_a_stale_hash_loses(slack: Slack, web: WebClient) -> None:
    view = web.views_open(trigger_id=trigger(slack), view=form())["view"]
    here = {"view_id": view["id"], "hash": view["hash"]}
    assert web.views_update(**here, view=form("New"))["view"]["hash"] != view["hash"]
    assert refusal(web.views_update, **here, view=form("Newer")) == "hash_conflict"
    assert refusal(web.views_update, view_id="V404", view=form()) == "not_found"


def test_what_was_typed_survives_an_update_with_the_same_ids(slack: Slack, web: WebClient) -> None:
    view = web.views_open(trigger_id=trigger(slack), view=form())["view"]
    ana = slack.person("ana")
    ana.fills("note", "kept")
    ana.chooses("colour", "blue")
    fewer = form()
    fewer["blocks"][0] = {**fewer["blocks"][0]}
    fewer["blocks"][0]["element"] = {
        **fewer["blocks"][0]["element"],
        "options": fewer["blocks"][0]["element"]["options"][:1],
    }
    web.views_update(view_id=view["id"], view=fewer)
    assert (ana.modal.value("note"), ana.modal.value("colour")) == ("kept", None)
    assert ana.modal.value("count") == "3"


def test_external_ids_are_unique_and_found(slack: Slack, web: WebClient) -> None:
    named = {**form(), "external_id": "record-1"}
    view = web.views_open(trigger_id=trigger(slack), view=named)["view"]
    web.views_update(external_id="record-1", view={**named, "title": plain("Found")})
    assert slack.person("ana").modal.title == "Found"
    again = trigger(slack, view["id"])
    assert refusal(web.views_push, trigger_id=again, view=named) == "duplicate_external_id"


def test_views_are_checked(slack: Slack, web: WebClient) -> None:
    bad = trigger(slack)
    too_long = {**form(), "title": plain("x" * 25)}
    with pytest.raises(SlackApiError) as caught:
        web.views_open(trigger_id=bad, view=too_long)
    assert caught.value.response["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title/text]" in str(caught.value.response["response_metadata"])
    blocks = [section("ß" * 3000, f"b{i}") for i in range(100)]
    big = {"type": "modal", "title": plain("Big"), "blocks": blocks}
    assert refusal(web.views_open, trigger_id=trigger(slack), view=big) == "view_too_large"
    home = {"type": "home", "blocks": [section("x")]}
    assert refusal(web.views_open, trigger_id=trigger(slack), view=home) == "invalid_arguments"


def test_home_is_published_per_person(slack: Slack, web: WebClient) -> None:
    home = {"type": "home", "blocks": [section("hers")]}
    first = web.views_publish(user_id="U0ANA", view=home)["view"]
    assert slack.person("ana").home.all_text == "hers"
    assert slack.person("ben").home is None
    web.views_publish(user_id="U0ANA", view=home, hash=first["hash"])
    stale = {"user_id": "U0ANA", "view": home, "hash": first["hash"]}
    assert refusal(web.views_publish, **stale) == "hash_conflict"


# Files, people, the rest


def test_a_file_travels_in_three_steps_and_comes_back(slack: Slack, web: WebClient) -> None:
    sent = web.files_upload_v2(
        channel="C0PAYMENTS", filename="record.md", content="# Record", initial_comment="Here"
    )
    shown = slack.person("ana").last("payments")
    assert (shown.text, shown.files) == ("Here", ["record.md"])
    info = web.files_info(file=sent["file"]["id"])["file"]
    assert (info["size"], info["filetype"], info["shares"]) == (8, "md", {})
    shares = web.files_info(file=sent["file"]["id"])["file"]["shares"]
    assert [each["ts"] for each in shares["public"]["C0PAYMENTS"]] == [shown.ts]
    assert fetch(info["url_private_download"], slack.token) == b"# Record"
    assert b"Sign in" in fetch(info["url_private_download"], "xoxb-other")


def fetch(url: str, token: str) -> bytes:
    asked = Request(url, headers={"Authorization": f"Bearer {token}"})
    with urlopen(asked) as answer:
        return answer.read()


def test_a_file_that_never_arrived_cannot_be_shared(web: WebClient) -> None:
    promised = web.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": promised["file_id"]}]
    assert refusal(web.files_completeUploadExternal, files=files) == "file_not_found"


def test_who_and_where(web: WebClient) -> None:
    assert web.auth_test()["user_id"] == "U0MESHFIT"
    assert web.users_info(user="U0BEN")["user"]["real_name"] == "Ben Okafor"
    assert web.users_info(user="U0DMITRI")["user"]["is_stranger"] is True
    assert refusal(web.users_info, user="U0NOBODY") == "user_not_found"
    assert web.conversations_info(channel="C0INCIDENTS")["channel"]["is_member"] is False
    assert refusal(web.conversations_info, channel="C0VAULT") == "channel_not_found"
    direct = web.conversations_open(users="U0ANA")["channel"]["id"]
    page = web.conversations_members(channel=direct, limit=1)
    rest = web.conversations_members(
        channel=direct, limit=1, cursor=page["response_metadata"]["next_cursor"]
    )
    assert {*page["members"], *rest["members"]} == {"U0ANA", "U0MESHFIT"}
    assert web.team_info()["team"]["name"] == "Harbour"


def test_prompts_and_status_in_the_direct_message(slack: Slack, web: WebClient) -> None:
    direct = slack.world.direct("U0ANA").id
    prompts = [{"title": "Start", "message": "start"}]
    web.assistant_threads_setSuggestedPrompts(channel_id=direct, prompts=prompts)
    assert slack.world.prompts[direct] == prompts
    many = {"channel_id": direct, "prompts": prompts * 5}
    assert refusal(web.assistant_threads_setSuggestedPrompts, **many) == "invalid_arguments"
    web.agents_sessions_setStatus(channel_id=direct, status="processing")
    assert slack.world.status[direct] == "processing"


def test_doors_that_stay_shut(slack: Slack, web: WebClient) -> None:
    assert refusal(web.api_call, api_method="chat.shout") == "unknown_method"
    assert refusal(WebClient("xoxb-x", base_url=slack.api_url).auth_test) == "invalid_auth"
    assert refusal(WebClient(None, base_url=slack.api_url).auth_test) == "not_authed"
    assert refusal(web.apps_connections_open, app_token=slack.token) == "not_allowed_token_type"
    assert refusal(web.chat_postMessage, channel="C0PAYMENTS", text="x", colour="red") == (
        "invalid_arguments"
    )
    assert refusal(web.api_call, api_method="chat.delete") == "invalid_arguments"
    slack.grant("users:read")
    assert refusal(web.chat_postMessage, channel="C0PAYMENTS", text="x") == "missing_scope"


# Trouble on order


def test_ordered_failures_come_in_order_and_end(slack: Slack, web: WebClient) -> None:
    slack.fail_next("chat.postMessage", "internal_error", times=2)
    for _ in range(2):
        assert refusal(web.chat_postMessage, channel="C0PAYMENTS", text="x") == "internal_error"
    web.chat_postMessage(channel="C0PAYMENTS", text="x")


def test_a_ratelimited_call_says_when_to_come_again(slack: Slack) -> None:
    patient = WebClient(
        slack.token, base_url=slack.api_url, retry_handlers=[RateLimitErrorRetryHandler()]
    )
    slack.fail_next("auth.test", "ratelimited", retry_after=1)
    assert patient.auth_test()["ok"]
    first, _ = slack.traffic.calls("auth.test")
    assert (first.status, first.response["error"]) == (429, "ratelimited")


def test_tiers_when_switched_on(slack: Slack, web: WebClient, clock: HandClock) -> None:
    slack.trouble.rate_limits = True
    for _ in range(5):
        web.chat_postMessage(channel="C0PAYMENTS", text="x")
    assert refusal(web.chat_postMessage, channel="C0PAYMENTS", text="x") == "ratelimited"
    web.chat_postMessage(channel="C0PLATFORM", text="x")
    clock.skip(6)
    web.chat_postMessage(channel="C0PAYMENTS", text="x")


def test_a_refused_kind_of_block(slack: Slack, web: WebClient) -> None:
    slack.refuse_block("button")
    blocks = [{"type": "actions", "elements": [button("b", "B")]}]
    message = {"channel": "C0PAYMENTS", "text": "x", "blocks": blocks}
    assert refusal(web.chat_postMessage, **message) == "invalid_blocks"
    slack.trouble.accept_block("button")
    web.chat_postMessage(**message)
