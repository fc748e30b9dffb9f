"""When Slack is told: as soon as a listener acknowledges, whatever becomes of it afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import BoltRequest, BoltResponse

from bot.listeners.acknowledging import UntilAcknowledged

DONE = BoltResponse(status=200)


@pytest.fixture
def runner() -> Iterator[UntilAcknowledged]:
    with ThreadPoolExecutor() as threads:
        yield UntilAcknowledged(threads)


@pytest.fixture
def request_(runner: UntilAcknowledged) -> BoltRequest:
    request = BoltRequest(body="{}")
    assert runner.middleware(request, lambda: DONE) is DONE
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


def test_each_request_waits_for_its_own(runner, request_):
    request_.context.ack()
    second = BoltRequest(body="{}")
    runner.middleware(second, lambda: DONE)
    work = runner.submit(lambda: second.context.ack("second"))
    assert second.context.ack.response.body == "second"
    assert work.result().body == "second"
