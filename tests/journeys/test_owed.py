"""What is owed arrives, once, whatever Slack, the clock or a second process does meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.export import export
from playground.deliver import Answer, HttpDelivery, Kind
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.story import (
    aside,
    at_once,
    card,
    changes,
    fills_page,
    modal,
    names_owner,
    posted,
    shares_quick_path,
    starts,
    turns_to,
    walks_quick_path,
)

GATEWAY = "Does a service mesh replace an API gateway?"


def asked(person: Person, many: int) -> list[str]:
    """Questions that are told apart; each is asked in the channel."""
    said = [f"{GATEWAY} For the {at}th time." for at in range(many)]
    for each in said:
        person.mentions(each, in_="payments")
    return said


def answers(person: Person, question: str) -> list[ShownMessage]:
    """What stands in the thread of a question."""
    (root,) = (each for each in posted(person) if question in each.message.text)
    return list(root.thread)


def lines(person: Person, words: str) -> int:
    """How often the card's thread says this."""
    return sum(words in each.all_text for each in card(person).thread)


@pytest.mark.parametrize(("share", "seed"), [(0.1, 16), (0.2, 9)])
def test_where_a_share_of_all_calls_fails_every_act_is_done_once_and_seen_once(
    house: House, share: float, seed: int
):
    slack = house.slack
    ana, ben, cleo = (slack.person(name) for name in ("ana", "ben", "cleo"))
    shares_quick_path(ana)
    detail = card(ana).thread[0]
    slack.patient = False
    slack.illness.strikes(share, seed)
    questions = asked(ana, 12)
    for person in (ana, ben, cleo):
        person.dms(GATEWAY)
        person.presses("Argue the other side", on=detail)
        person.opens_home()
        person.presses("Why", on=card(person))
    assert house.relay.settle(40)
    slack.illness.strikes(0)
    slack.patient = True
    assert sum(slack.illness.met.values()) > 1
    assert [len(answers(ana, each)) for each in questions] == [1] * len(questions)
    assert lines(ana, "The other side of") == 3
    assert len([each for each in posted(ana) if "Change answers" in each.buttons]) == 1
    for person in (ana, ben, cleo):
        assert len(person.last("dm").thread) == 1
        assert person.home is not None
        assert "decided" in aside(person).all_text


def test_an_outage_of_a_minute_loses_nothing_and_many_changes_are_one_edit(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    for person in (ana, ben):
        turns_to(person)
    slack.patient = False
    slack.illness.lasts(60)
    before = len(slack.traffic.calls("chat.update"))
    (question,) = asked(ana, 1)
    ana.chooses("observability", "yes")
    ben.chooses("multi_cluster", "yes")
    for person in (ana, ben):
        person.submits()
    assert not house.relay.settle(0.3)
    assert answers(ana, question) == []
    slack.clock.skip(61)
    assert house.relay.settle(20)
    slack.patient = True
    assert len(answers(ana, question)) == 1
    assert sum("Undo" in each.buttons for each in card(ana).thread) == 2
    done = [each for each in slack.traffic.calls("chat.update") if each.ok]
    assert len(done) - before == 2  # the card once, its detail once


def test_what_slack_took_and_did_not_say_so_is_sent_again_and_stands_once(house: House):
    slack = house.slack
    ana = slack.person("ana")
    walks_quick_path(ana)
    slack.illness.loses_next("chat.postMessage")
    ana.submits()
    assert len([each for each in posted(ana) if "Change answers" in each.buttons]) == 1
    first, second, *_ = slack.traffic.calls("chat.postMessage")
    assert first.request["client_msg_id"] == second.request["client_msg_id"]


@pytest.mark.parametrize(
    "lost", ["files.getUploadURLExternal", "files.completeUploadExternal", "response"]
)
@pytest.mark.parametrize("words", ["record", "report"])
def test_a_file_that_slack_took_without_saying_so_stands_once(house: House, words: str, lost: str):
    slack = house.slack
    ana = slack.person("ana")
    shares_quick_path(ana)
    slack.illness.loses_next(lost)
    ana.types(f"/meshfit {words}", in_="payments")
    files = [name for each in card(ana).thread for name in each.files]
    assert files == [{"record": "0001-service-mesh.md", "report": "service-mesh.html"}[words]]


def test_where_slack_forgot_the_id_a_press_on_the_second_card_turns_it_into_a_link(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    slack.trouble.forgets = True
    walks_quick_path(ana)
    slack.illness.loses_next("chat.postMessage")
    ana.submits()
    stray, live = (each for each in posted(ana) if "Change answers" in each.buttons)
    ben.presses("Why", on=stray)
    assert "decided" in aside(ben).all_text
    (left,) = (each for each in posted(ana) if "Change answers" in each.buttons)
    assert left.ts == live.ts
    assert "The live card stands here" in posted(ana)[0].all_text
    assert live.ts.replace(".", "") in posted(ana)[0].all_text
    changes(ben, observability="yes")
    assert len(card(ana).thread) == 2


def test_a_stray_board_turns_into_a_link_too(house: House):
    slack = house.slack
    ana = slack.person("ana")
    slack.trouble.forgets = True
    slack.illness.loses_next("chat.postMessage")
    ana.types("/meshfit pilot", in_="payments")
    stray, live = (each for each in posted(ana) if "Write the metric" in each.buttons)
    ana.presses("Write the metric", on=stray)
    assert "The live checklist stands here" in posted(ana)[0].all_text
    assert "Write the metric" in posted(ana)[1].buttons
    assert live.ts == posted(ana)[1].ts


def test_a_card_pressed_in_another_channel_owes_no_link_there(house: House):
    slack = house.slack
    ana = slack.person("ana")
    shares_quick_path(ana)
    live, before = card(ana).message, house.kept()["writings"]
    pressed = slack.interactions.message_action(ana.user, live, card(ana).find("Why"), None)
    elsewhere = {"id": "C0PLATFORM", "name": "platform"}
    pressed["container"] |= {"channel_id": "C0PLATFORM", "message_ts": "1.2"}
    assert slack.send("interactive", "block_actions", {**pressed, "channel": elsewhere}).ok
    assert house.relay.settle()
    (was,), (now,) = before, house.kept()["writings"]
    assert now["last"] - was["last"] == 1  # what Ana is told


def test_what_was_owed_at_the_end_is_delivered_after_the_next_start(house: House):
    slack = house.slack
    ana = slack.person("ana")
    walks_quick_path(ana)
    slack.patient = False
    slack.illness.lasts(60)
    ana.submits()
    (question,) = asked(ana, 1)
    house.close()
    slack.clock.skip(61)
    house.open()
    assert house.relay.settle(20)
    slack.patient = True
    assert len(card(ana).thread) == 1
    assert len(answers(ana, question)) == 1


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("is_archived", "is archived, so nobody can post there"),
        ("restricted_action_read_only_channel", "only some may post"),
        ("not_in_channel", "/invite @meshfit"),
    ],
)
def test_what_stands_in_the_way_is_said_in_its_own_sentence(slack: Slack, error: str, says: str):
    ana = slack.person("ana")
    walks_quick_path(ana)
    slack.fail_next("chat.postMessage", error)
    ana.submits()
    assert says in ana.last("dm").all_text
    assert "Nothing is lost" in ana.last("dm").all_text
    assert posted(ana) == []
    ana.types("/meshfit", in_="payments")
    ana.presses("Post it here again", on=aside(ana))
    assert len(card(ana).thread) == 1


@pytest.mark.parametrize("what", ["/meshfit", "block_actions", "view_submission"])
def test_what_slack_sends_again_after_a_restart_is_acted_on_once(house: House, what: str):
    slack = house.slack
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    match what:
        case "/meshfit":
            ana.types("/meshfit record", in_="payments")
        case "block_actions":
            ana.presses("Argue the other side", on=card(ana).thread[0])
        case _:
            names_owner(ana, cleo)
    before = len(card(ana).thread)
    house.restart()
    assert slack.redeliver(slack.traffic.sent(what)[-1]).ok
    assert len(card(ana).thread) == before


class Both:
    """Slack's requests, each to two processes at the same time."""

    def __init__(self, *ways: HttpDelivery) -> None:
        self.ways = ways

    def send(self, kind: Kind, payload: object, retry: tuple[int, str] | None = None) -> Answer:
        """What the first to acknowledge it said."""
        with ThreadPoolExecutor(len(self.ways)) as pool:
            said = list(pool.map(lambda way: way.send(kind, payload, retry), self.ways))
        return max(said, key=lambda each: (each.ok, each.body is not None))


@pytest.fixture
def two(house: House) -> Iterator[House]:
    """A second process on the same database; every request reaches both."""
    slack, first = house.slack, house.slack.delivery
    other = House(slack, house.pack, house.db)
    other.open()
    slack._delivery = Both(first, slack.delivery)
    slack.app_is_idle = lambda: house.idle() and other.idle()
    yield house
    slack._delivery = first
    other.close()
    slack.app_is_idle = house.idle


def test_two_processes_answer_twenty_events_once_each(two: House):
    ana = two.slack.person("ana")
    questions = asked(ana, 20)
    assert [len(answers(ana, each)) for each in questions] == [1] * 20
    rows = [each for each in export(two.db) if each.get("table") == "asked"]
    assert len(rows) == 20


def test_two_processes_post_one_card_and_take_a_double_click_for_one(two: House):
    slack = two.slack
    people = [slack.person(name) for name in ("ana", "ben", "cleo")]
    for person in people:
        walks_quick_path(person)
    at_once([person.submits for person in people])
    slack.settle()
    cards = [each for each in posted(people[0]) if "Change answers" in each.buttons]
    assert len(cards) == 1
    detail = cards[0].thread[0]
    widget = detail.find("Argue the other side")
    for _ in range(3):
        payload = slack.interactions.message_action(people[0].user, detail.message, widget, None)
        slack.send("interactive", "block_actions", payload)
    slack.settle()
    assert lines(people[0], "The other side of") == 1


def test_a_clock_set_back_by_two_hours_hides_nothing(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ana.mentions(GATEWAY, in_="payments")
    house.close()
    house.clock = lambda: datetime.now(UTC) - timedelta(hours=2)
    house.open()
    changes(ben, observability="yes")
    assert "2 people answered" in card(ana).all_text
    ben.types("/meshfit", in_="payments")
    ben.presses("Still true", on=aside(ben))
    ana.mentions(GATEWAY, in_="payments")
    assert all(len(each.thread) == 1 for each in posted(ana) if GATEWAY in each.message.text)


def test_uninstalling_is_owed_and_made_good_by_the_next_start(house: House):
    slack = house.slack
    ana = slack.person("ana")
    shares_quick_path(ana)
    assert house.relay.end(10)
    slack.patient = False
    assert slack.event({"type": "app_uninstalled"}).ok
    slack.patient = True
    house.restart()
    assert house.relay.settle()
    beside = ("deliveries", "packs")
    rows = [each for each in export(house.db) if each.get("table") not in (None, *beside)]
    assert rows == []


def test_saving_a_page_of_the_form_waits_for_nobody(house: House):
    ana = house.slack.person("ana")
    starts(ana)
    house.slack.illness.lasts(60)
    fills_page(ana, "need")
    answer = ana.submits()
    assert answer is not None
    assert answer.ok
    assert modal(ana).title == "2 of 2: Reasons to wait"
    house.slack.clock.skip(61)
