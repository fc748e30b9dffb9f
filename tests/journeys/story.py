"""What people at Slack do with meshfit again and again, in the words of a story."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from playground.people import Person
from playground.surfaces import ShownMessage, ShownView

T = TypeVar("T")

QUICK = {
    "need": {
        "zero_trust": "yes",
        "traffic_management": "yes",
        "observability": "no",
        "multi_cluster": "no",
    },
    "hold": {
        "problem_location": "between",
        "few_services": "no",
        "platform_owner": "none",
        "measurement_ready": "yes",
    },
}
"""The team of most stories: a good case that nobody would run."""


def starts(person: Person, in_: str = "payments") -> ShownView:
    """`/meshfit assess`, and the modal it opens."""
    person.types("/meshfit assess", in_=in_)
    return modal(person)


def fills_page(person: Person, page: str, **answers: str) -> None:
    """Choose the usual answers of a quick page, save those that the story gives."""
    for question, usual in QUICK[page].items():
        person.chooses(question, answers.get(question, usual))


def walks_quick_path(person: Person, in_: str = "payments", **answers: str) -> ShownView:
    """Both quick pages, up to the private result."""
    starts(person, in_)
    for page in QUICK:
        fills_page(person, page, **answers)
        person.submits()
    assert modal(person).callback_id == "quick_result"
    return modal(person)


def shares_quick_path(person: Person, in_: str = "payments", **answers: str) -> ShownMessage:
    """Both quick pages, then Share in channel; the card that stands there afterwards."""
    walks_quick_path(person, in_, **answers)
    person.submits()
    assert person.modal is None
    return card(person, in_)


def modal(person: Person) -> ShownView:
    """The modal on top; fails when there is none."""
    assert person.modal is not None
    return person.modal


def posted(person: Person, in_: str = "payments") -> list[ShownMessage]:
    """What everybody in the channel sees, oldest first."""
    return [each for each in person.sees(in_) if not each.ephemeral]


def aside(person: Person, in_: str = "payments") -> ShownMessage:
    """The newest message that only this person sees."""
    return [each for each in person.sees(in_) if each.ephemeral][-1]


def asides(person: Person, in_: str = "payments") -> list[str]:
    """Whatever only this person sees, oldest first."""
    return [each.all_text for each in person.sees(in_) if each.ephemeral]


def card(person: Person, in_: str = "payments") -> ShownMessage:
    """The team's newest card."""
    return [each for each in posted(person, in_) if "Change answers" in each.buttons][-1]


def reply(person: Person, button: str, in_: str = "payments") -> ShownMessage:
    """The newest reply in the card's thread that carries this button."""
    return [each for each in card(person, in_).thread if button in each.buttons][-1]


def more(person: Person, in_: str = "payments") -> ShownMessage:
    """What stands behind *More* in the card's thread."""
    person.presses("More", on=reply(person, "More", in_))
    return next(each for each in reversed(card(person, in_).thread) if each.ephemeral)


def changes(person: Person, in_: str = "payments", **answers: object) -> None:
    """Change answers on the card, one question after the other, and save each."""
    for question, answer in answers.items():
        picks_question(person, question, in_)
        person.chooses(question, answer)
        person.submits()
        assert person.modal is None, person.errors


def picks_question(person: Person, question: str, in_: str = "payments") -> ShownView:
    """Change answers, and the question that is meant; it stands there alone."""
    person.presses("Change answers", on=card(person, in_))
    person.chooses("which/answer_one", question)
    return modal(person)


def turns_to(person: Person, page: str = "need", in_: str = "payments") -> ShownView:
    """Change answers, and one of the whole pages."""
    person.presses("Change answers", on=card(person, in_))
    person.chooses("which/page_whole", page)
    return modal(person)


def opens_alone(person: Person, question: str) -> ShownView:
    """On a page: how one knows, a note, or why it does not apply, of one of its questions."""
    person.chooses("ways/question_more", question)
    assert modal(person).has(question)
    return modal(person)


def names_owner(person: Person, owner: Person, in_: str = "payments") -> ShownMessage:
    """Find an owner, pick somebody; the request that stands in the thread."""
    person.presses("Find an owner", on=card(person, in_))
    person.chooses("owner_user", owner)
    person.submits()
    return reply(person, "I own this", in_)


def says_no(person: Person, button: str, on: ShownMessage | ShownView, why: str = "") -> None:
    """Press the no of what somebody is asked, and say why or not."""
    person.presses(button, on=on)
    if why:
        person.fills("why", why)
    person.submits()
    assert person.modal is None, person.errors


def named_directly(person: Person, button: str) -> ShownMessage:
    """The newest message to this person alone that carries this button."""
    return [each for each in person.sees("dm") if button in each.buttons][-1]


def at_once(acts: list[Callable[[], T]]) -> list[T]:
    """Let several people act in the same moment, each in a thread of their own."""
    start = Barrier(len(acts))

    def go(act: Callable[[], T]) -> T:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(go, acts))
