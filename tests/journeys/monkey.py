"""Three people who press, type and choose whatever is there, by chance, while Slack may be ill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from playground.forms import Unreachable
from playground.people import Person
from playground.screen import HOLDS, Widget, options, widgets
from playground.slack import Slack
from playground.surfaces import ShownMessage, ShownView, Surface

WORDS = """|actions|assess new|assess|changes|dates|drills|estimate|evidence|faq|help|history|
howto|leads|measure|pilot|platform|questions-missed|record|report|rollout|round|settings|sources|
summary|tax|teams|verdict|whatif|why""".replace("\n", "").split("|")
ROOMS = ("payments", "dm", "partners")
ASKED = ("does a mesh replace an API gateway", "who owns this?", "<!channel> & why", "?", "x" * 400)
TYPED = ("ledger", "<!here> & co", "95 % of calls use mTLS", "-", "10 ms", "speaks no TLS", "0")
NUMBERS = ("0", "1", "5", "12", "40", "100", "2.5", "1e3")
DAYS = ("2026-12-18", "2027-01-04", "2020-01-01", "2099-01-01")
SHARE_OF_ERASING = 0.02
"""Who deletes everything at every tenth step has nothing to act on."""
ERASING = ("erase", "start_afresh", "close")


class Monkey:
    """What it did is counted by kind; `refused` are forms that came back with faults."""

    def __init__(self, slack: Slack, seed: int) -> None:
        self.slack, self.chance = slack, Random(seed)
        self.people = [slack.person(each) for each in ("ana", "ben", "cleo")]
        self.did = Counter[str]()
        self.met = Counter[str]()

    def steps(self, many: int) -> None:
        """So many acts, one after the other; each may come while the last is still under way."""
        for _ in range(many):
            person = self.chance.choice(self.people)
            act = self._in_form if person.modal else self._outside
            try:
                act(person)
            except (Unreachable, LookupError):
                self.did["unreachable"] += 1

    def _outside(self, person: Person) -> None:
        acts: list[tuple[float, str, Callable[[Person], object]]] = [
            (0.30, "types", self._types),
            (0.92, "presses", self._presses),
            (0.96, "asks", self._asks),
            (1.00, "home", lambda who: who.opens_home()),
        ]
        which = self.chance.random()
        _, name, act = next(each for each in acts if which <= each[0])
        act(person)
        self.did[name] += 1

    def _types(self, person: Person) -> None:
        word = self.chance.choice(WORDS)
        person.types(f"/meshfit {word}".strip(), in_=self.chance.choice(ROOMS))

    def _asks(self, person: Person) -> None:
        said = self.chance.choice(ASKED)
        self.chance.choice([person.dms, lambda text: person.mentions(text, in_="payments")])(said)

    def _presses(self, person: Person) -> None:
        """Something on a message or under Home; of messages the newest more often."""
        every = list(self._surfaces(person))
        if not every:
            return
        at = min(int(self.chance.expovariate(0.15)), len(every) - 1)
        self._touches(person, every[-1 - at])

    def _surfaces(self, person: Person) -> Iterator[Surface]:
        if person.home:
            yield person.home
        for room in ROOMS:
            for each in person.sees(room):
                yield from (one for one in (each, *each.thread) if self._is_ours(one))

    def _is_ours(self, message: ShownMessage) -> bool:
        return message.message.user == self.slack.world.bot.id and bool(list(live(message)))

    def _in_form(self, person: Person) -> None:
        """Fill in what is empty, then hand it in; at times press what else is there, or leave."""
        form, which = person.modal, self.chance.random()
        assert form is not None
        if which < 0.06:
            (person.closes if which < 0.04 else person.dismisses)()
            self.did["leaves"] += 1
        elif which < 0.2 or form.submit is None:
            if list(live(form)):
                self._touches(person, form)
            else:
                person.closes()
        else:
            self._hands_in(person, form)

    def _hands_in(self, person: Person, form: ShownView) -> None:
        for each in widgets(form.blocks):
            needed = not each.block.get("optional")
            if each.is_input and each.kind != "file_input" and self.chance.random() < 0.3 + needed:
                self._fills(person, each, form)
        answer = person.submits()
        self.did["submits"] += 1
        if answer is None or (person.modal and person.errors):
            self.met["fault in a form"] += 1
            person.dismisses() if self.chance.random() < 0.5 else None

    def _fills(self, person: Person, field: Widget, form: ShownView) -> None:
        try:
            person.chooses(f"{field.block_id}/{field.action_id}", self._value(field), form)
        except (Unreachable, LookupError):  # what one choice draws anew has other fields
            self.did["unreachable"] += 1

    def _touches(self, person: Person, surface: Surface) -> None:
        """One button or menu of it."""
        widget = self.chance.choice(list(live(surface)))
        erases = any(word in widget.action_id for word in ERASING)
        if erases and self.chance.random() > SHARE_OF_ERASING:
            return
        self.did["presses"] += 1
        name = f"{widget.block_id}/{widget.action_id}"
        if widget.kind in HOLDS or widget.kind == "overflow":
            person.chooses(name, self._value(widget), surface, confirm=True)
        else:
            person._acts(surface, widget, None)
        if isinstance(surface, ShownView):  # nobody sees a form change and still hands in the old
            self.slack.until(self.slack.app_is_idle)

    def _value(self, field: Widget) -> Any:
        offered = [each["value"] for each in options(field.element)]
        several = self.chance.sample(offered, min(len(offered), self.chance.randrange(1, 4)))
        by_kind: dict[str, list[Any]] = {
            "checkboxes": [several],
            "multi_static_select": [several],
            "users_select": self.people,
            "multi_users_select": [self.chance.sample(self.people, 2)],
            "conversations_select": ["C0PAYMENTS"],
            "datepicker": [*DAYS],
            "number_input": [*NUMBERS],
            "plain_text_input": [*TYPED, *NUMBERS],
        }
        return self.chance.choice(by_kind.get(field.kind) or offered)


def live(surface: Surface) -> Iterator[Widget]:
    """What tells meshfit that it was touched."""
    for each in widgets(surface.blocks):
        linked = "url" in each.element
        if (not each.is_input or each.block.get("dispatch_action")) and not linked:
            yield each
