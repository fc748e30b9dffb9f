"""Evidence in a journey: how a person adds it, takes it and goes through incidents."""

from __future__ import annotations

from click.testing import CliRunner

from bot.commands.group import main
from playground.people import Person
from playground.surfaces import ShownMessage
from tests.evidence import handed
from tests.journeys.story import aside, modal

SUMMARY = "summary.json"


def evidence(person: Person, in_: str = "payments") -> ShownMessage:
    """`/meshfit evidence`."""
    person.types("/meshfit evidence", in_=in_)
    return aside(person, in_)


def adds_look(person: Person, content: bytes | None = None, in_: str = "payments") -> str:
    """Add a look by its form; what the form then says."""
    person.presses("Add a cluster's summary", on=evidence(person, in_))
    person.uploads("evidence.files", [(SUMMARY, content or handed.written())])
    person.submits()
    form_text = modal(person).all_text
    person.closes()
    return form_text


def adds_incidents(person: Person, *files: bytes, dates: str = "") -> None:
    """Add incidents by their form, which then offers to go through them."""
    person.presses("Add incidents", on=evidence(person))
    person.uploads("evidence.files", [(f"export-{at}", each) for at, each in enumerate(files)])
    if dates:
        person.chooses("evidence.dates", dates)
    person.submits()


def takes(person: Person, question: str) -> ShownMessage:
    """Take what was counted as the answer, from the list."""
    person.presses(f"counted.{question}/counted_take", on=evidence(person))
    return aside(person)


def goes_through(person: Person, *said: str) -> None:
    """Say of each incident what the network was to it."""
    for each in said:
        place = int(modal(person).title.split()[1]) - 1
        person.chooses(f"network.{place}", each)
        person.submits()


def meshfit(*args: object) -> str:
    """A command at a terminal, which is another process and knows nothing of Slack."""
    result = CliRunner().invoke(main, [str(each) for each in args])
    assert result.exit_code == 0, result.output
    return result.stdout
