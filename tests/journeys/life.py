"""A life with meshfit, from the first question to the digest, told the same way on any day.

Nobody here knows whether Slack is well or meshfit was just killed: who sees no form presses again,
and waits for what others are to do. At the end people see what they would see on the best of days.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from playground.people import Person
from playground.screen import widgets
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.rounds import EIGHT, invited
from tests.journeys.story import (
    QUICK,
    aside,
    asides,
    card,
    fills_page,
    modal,
    named_directly,
    posted,
    reply,
)

PATIENCE_S = 40.0
PRESSES = 30


class Life:
    """Ana, Ben and Cleo, who leads; `between` happens after whatever one of them did."""

    due = "2026-12-18"
    """Until when Ben takes something."""

    def __init__(self, slack: Slack, between: Callable[[], None] = lambda: None) -> None:
        self.slack, self.between = slack, between
        self.ana, self.ben, self.cleo = (slack.person(each) for each in ("ana", "ben", "cleo"))

    def lives(self) -> None:
        """All of it, but for what only time brings."""
        self.answers_and_shares()
        self.asks_a_round()
        self.takes_what_there_is_to_do()
        self.finds_an_owner()
        self.plans_a_pilot()
        self.keeps_dates()
        self.is_led()

    def answers_and_shares(self, who: Person | None = None, room: str = "payments") -> None:
        """The quick path, to the card and its detail."""
        person = who or self.ana
        self.opens(person, lambda: person.types("/meshfit assess", in_=room))
        self.walks(person)
        self.waits(lambda: len(card(person, room).thread) >= 1)

    def walks(self, person: Person) -> None:
        """Both pages, and Share."""
        for page in QUICK:
            fills_page(person, page)
            self.submits(person)
        self.submits(person)

    def asks_a_round(self) -> None:
        """Named people answer, unseen by each other; the last one ends it."""
        self.opens(self.ana, lambda: self.ana.types("/meshfit round", in_="payments"))
        self.ana.chooses("people", [self.ben, self.cleo])
        self.submits(self.ana)
        for person, traffic in ((self.ben, "no"), (self.cleo, "yes")):
            self.waits(lambda p=person: invited(p))
            on = invited(person)
            self.opens(person, lambda p=person, on=on: p.presses("Give my answers", on=on))
            while modal(person).submit:
                for question, usual in {**EIGHT, "traffic_management": traffic}.items():
                    if modal(person).has(question):
                        person.chooses(question, usual)
                self.submits(person)
            person.dismisses()
        self.waits(lambda: self.in_thread("2 of 2 answered"))

    def takes_what_there_is_to_do(self) -> None:
        """Ben takes the first line, by a day."""
        self.acts(lambda: self.ben.types("/meshfit actions", in_="payments"))
        alone = aside(self.ben)
        self.opens(self.ben, lambda: self.ben.presses("Take it", on=alone))
        self.ben.chooses("due", self.due)
        self.submits(self.ben)
        self.waits(lambda: "actions: 1 open" in card(self.ana).all_text)

    def asks_ben_for_the_first_line(self) -> None:
        """Ana offers it to him by a day, and he takes it in his direct message."""
        self.acts(lambda: self.ana.types("/meshfit actions", in_="payments"))
        alone = aside(self.ana)
        self.opens(self.ana, lambda: self.ana.presses("Take it", on=alone))
        self.ana.chooses("owner", self.ben)
        self.ana.chooses("due", self.due)
        self.submits(self.ana)
        self.says_yes(self.ben, "I do it")

    def finds_an_owner(self) -> None:
        """Cleo is asked, in the channel and directly, and owns it."""
        self.opens(self.ana, lambda: self.ana.presses("Find an owner", on=card(self.ana)))
        self.ana.chooses("owner_user", self.cleo)
        self.submits(self.ana)
        # Once Cleo has answered there is nothing left to remind anybody of.
        self.waits(lambda: "was asked to own" in " ".join(asides(self.ana)))
        self.says_yes(self.cleo, "I own this")

    def says_yes(self, person: Person, button: str) -> None:
        """To what they are asked in the thread and directly; the direct message says so then."""
        self.waits(lambda: reply(self.ana, button))
        self.waits(lambda: named_directly(person, button))
        asked = named_directly(person, button)
        self.acts(lambda: person.presses(button, on=asked))
        self.waits(lambda: button not in asked.buttons)

    def plans_a_pilot(self) -> None:
        """The plan and the budgets, each in steps, and a tick."""
        self.acts(lambda: self.ana.types("/meshfit pilot", in_="payments"))
        self.waits(self.board)
        self.opens(self.ana, lambda: self.ana.presses("Plan", on=self.board()))
        aim = {"metric": "95 % of calls", "baseline": 10, "target": 95, "unit": "%"}
        for field, value in aim.items():
            self.ana.fills(field, value)
        self.ana.chooses("driver", "identity")
        self.ana.chooses("mesh", "istio_ambient")
        self.submits(self.ana)
        for at, name in enumerate(("checkout", "ledger", "nightly"), 1):
            self.reaches(self.ana, f"service_{at}")
            self.ana.fills(f"service_{at}", name)
        self.reaches(self.ana, "can_live")
        self.ana.chooses("can_live", "yes")
        self.submits(self.ana)
        self.opens(self.ana, lambda: self.ana.presses("Budgets", on=self.board()))
        while modal(self.ana).submit == "Next":
            self.submits(self.ana)
        self.submits(self.ana)
        self.waits(lambda: any("budgets" in each.all_text.lower() for each in self.board().thread))

    def keeps_dates(self) -> None:
        """A record, a page for a review, and Ana is to be reminded of what Ben took."""
        for words in ("record", "report"):
            self.acts(lambda words=words: self.ana.types(f"/meshfit {words}", in_="payments"))
        self.waits(lambda: sum(len(each.files) for each in card(self.ana).thread) == 2)
        self.acts(lambda: self.ana.types("/meshfit dates", in_="payments"))
        offered = aside(self.ana)
        (row,) = (e for e in widgets(offered.blocks) if e.block_id.startswith("date.action:"))
        self.acts(lambda: self.ana._acts(offered, row, None))

    def is_led(self) -> None:
        """Cleo names the channel of the digest, and decides for the platform."""
        cleo = self.cleo
        self.opens(cleo, lambda: cleo.types("/meshfit settings", in_="payments"))
        cleo.chooses("digest_channel", "C0PLATFORM")
        self.submits(cleo)
        self.submits(cleo)
        cleo.dismisses()
        self.opens(cleo, lambda: cleo.types("/meshfit platform", in_="partners"))
        self.submits(cleo)
        self.walks(cleo)
        self.waits(lambda: card(cleo, "partners").thread)

    def opens(self, person: Person, act: Callable[[], object]) -> None:
        """Until the form is there: who sees none presses again."""
        for _ in range(PRESSES):
            self.acts(act)
            if self.slack.until(lambda: person.modal, 2):
                return
        raise AssertionError("no form came")

    def submits(self, person: Person) -> None:
        """What the form says is acknowledged, or Slack says that it was not: then once more."""
        for _ in range(PRESSES):
            answer = person.submits()
            self.between()
            if answer is not None and answer.ok:
                assert person.modal is None or not person.errors
                return
        raise AssertionError("a form was never taken")

    def reaches(self, person: Person, field: str) -> None:
        """On to the step of a long form that has this field."""
        while not modal(person).has(field):
            self.submits(person)

    def acts(self, act: Callable[[], object]) -> None:
        """Press, or type."""
        act()
        self.between()

    def waits(self, there: Callable[[], object]) -> None:
        """For what somebody else is to see first."""

        def stands() -> object:
            try:
                return there()
            except IndexError:
                return False

        assert self.slack.until(stands, PATIENCE_S)

    def board(self) -> ShownMessage:
        """The pilot's."""
        return [e for e in posted(self.ana) if "Service mesh pilot:" in e.all_text][-1]

    def in_thread(self, words: str) -> bool:
        """Whether the card's thread says so."""
        return any(words in each.all_text for each in card(self.ana).thread)


TIMES = re.compile(r"\d{10}\.?\d{6}|\^\d{10}\^")


def seen(slack: Slack) -> tuple[Counter[tuple[str, str]], set[tuple[str, str]]]:
    """What everybody sees of the bot, and how often; and what one person alone saw in a channel."""
    for_all, alone = Counter[tuple[str, str]](), set[tuple[str, str]]()
    for channel, messages in slack.world.messages.items():
        for each in messages:
            if each.user != slack.world.bot.id:
                continue
            files = [slack.world.files[name].name for name in each.files]
            text = TIMES.sub("", f"{bool(each.thread_ts)} {each.text} {files}")
            if each.only_for:
                alone.add((f"{channel} {each.only_for}", text))
            else:
                for_all[(channel, text)] += 1
    return for_all, alone
