"""What stories of rounds have in common."""

from __future__ import annotations

from playground.people import Person
from playground.surfaces import ShownMessage, ShownView
from tests.journeys.story import QUICK, modal

EIGHT = {**QUICK["need"], **QUICK["hold"]}


def opens(person: Person, *people: Person, **chosen: object) -> None:
    """`/meshfit round`, with people named or the channel invited."""
    person.types("/meshfit round", in_="payments")
    person.chooses("people", list(people))
    for field, value in chosen.items():
        person.chooses(field, value)
    person.submits()


def invited(person: Person) -> ShownMessage:
    """The direct message that asks this person."""
    return [each for each in person.sees("dm") if "Give my answers" in each.buttons][-1]


def answers(person: Person, on: ShownMessage | ShownView, why: str = "", **said: object) -> None:
    """Both pages of the usual eight, with what the story says otherwise."""
    person.presses("Give my answers", on=on)
    while modal(person).submit:
        for question, usual in EIGHT.items():
            if modal(person).has(question):
                person.chooses(question, said.get(question, usual))
        if why and modal(person).has("platform_owner"):
            person.fills("platform_owner.note", why)
        person.submits()
    assert "Your answers are in." in modal(person).all_text
    person.dismisses()
