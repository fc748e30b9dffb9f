"""What people do with a pilot, in the words of a story."""

from __future__ import annotations

from pathlib import Path

from bot.domain.pack import Pack
from bot.knowledge import load
from playground.people import Person
from playground.surfaces import ShownMessage
from tests.gathered import path
from tests.journeys.story import aside, modal, posted

LAYER = 'name: ours\nversion: "1"\nextends: meshfit\n'
SLICE = {"checkout": ["chatty", "http"], "ledger": ["grpc"], "nightly": ["batch", "other_team"]}


def layered(folder: Path, written: str) -> Pack:
    """A company's pack over the shipped one."""
    folder.mkdir()
    (folder / "pack.yaml").write_text(LAYER + written, "utf-8")
    return load(folder)


def checklist(person: Person, in_: str = "payments") -> ShownMessage:
    """The channel's newest pilot checklist, opened if there is none."""
    if not any("Service mesh pilot:" in each.all_text for each in posted(person, in_)):
        person.types("/meshfit pilot", in_=in_)
    return [each for each in posted(person, in_) if "Service mesh pilot:" in each.all_text][-1]


def fills_aim(person: Person, **changes: object) -> None:
    """The first page of the plan."""
    usual = {
        "driver": ["identity"],
        "metric": "95 % of east-west calls use workload identity",
        "baseline": 10,
        "target": 95,
        "unit": "%",
        "mesh": "istio_ambient",
    }
    for field, value in {**usual, **changes}.items():
        (person.chooses if field in ("driver", "mesh") else person.fills)(field, value)


def plans(person: Person, asked: Person, services: dict[str, list[str]] | None = None) -> None:
    """Both pages of the plan."""
    person.presses("Plan", on=checklist(person))
    fills_aim(person)
    person.submits()
    for at, (name, traits) in enumerate((services or SLICE).items(), 1):
        person.fills(f"service_{at}", name)
        person.chooses(f"traits_{at}", traits)
        person.chooses(f"owner_{at}", asked)
    person.chooses("can_live", "yes")
    person.submits()
    assert person.modal is None


def seals(person: Person, **limits: float) -> ShownMessage:
    """Seal the budgets, or amend them; what the thread then says."""
    person.presses("Budgets", on=checklist(person))
    for budget, limit in limits.items():
        person.fills(budget, limit)
    person.submits()
    assert person.modal is None
    return checklist(person).thread[-1]


def reaches(person: Person, value: float, known: str = "measured", **more: str) -> None:
    """Say what the goal came to."""
    person.presses("Measure the goal", on=checklist(person))
    person.fills("reached", value)
    person.chooses("known", known)
    for field, said in more.items():
        person.fills(field, said)
    person.submits()


def closes(person: Person) -> None:
    """Close the pilot by its verdict."""
    person.types("/meshfit verdict", in_="payments")
    person.presses("Close the pilot", on=aside(person), confirm=True)


def sample(name: str) -> tuple[str, bytes]:
    """A real result, under a name that says nothing."""
    return ("result", path(name).read_bytes())


def drops(
    person: Person, service: str, without: list[str], with_: list[str], endpoint: str = ""
) -> None:
    """Drop results into the form; the view then says what they come to."""
    person.types("/meshfit measure", in_="payments")
    person.chooses("service", service)
    if endpoint:
        person.fills("endpoint", endpoint)
    if without:
        person.uploads("files.baseline", [sample(each) for each in without])
    if with_:
        person.uploads("files.mesh", [sample(each) for each in with_])
    person.submits()
    modal(person)


def types_figures(person: Person, service: str, **figures: tuple[str, str]) -> None:
    """Type figures for both sides."""
    person.types("/meshfit measure", in_="payments")
    person.chooses("service", service)
    for metric, (without, with_) in figures.items():
        person.fills(f"{metric}.baseline", without)
        person.fills(f"{metric}.mesh", with_)
    person.submits()
    if not person.errors:
        person.closes()


def drills(person: Person, drill: str, side: str, minutes: float) -> None:
    """Record one run of a drill that went as expected."""
    person.types("/meshfit drills", in_="payments")
    person.presses(f"do.{drill}/drill_record", on=aside(person))
    offered = [each["value"] for each in modal(person).find("side").element["options"]]
    if side not in offered:
        person.closes()
        return
    person.chooses("side", side)
    person.fills("expected", "Calls go on.")
    person.fills("seen", "They did.")
    person.chooses("as_expected", "yes")
    person.fills("minutes", minutes)
    person.fills("proof", "https://wiki.example/who-may-call")
    person.submits()
    assert person.modal is None
