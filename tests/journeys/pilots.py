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


def reaches_step(person: Person, field: str) -> None:
    """Go on until the step of a long form that has this field, or until something is wrong."""
    while not modal(person).has(field):
        assert modal(person).submit == "Next", f"no {field} in {modal(person).title}"
        person.submits()
        if person.errors:
            return


def saves(person: Person) -> None:
    """Go on to the last step of a long form, and save it; or until something is wrong."""
    last = False
    while not last:
        last = modal(person).submit != "Next"
        person.submits()
        if person.modal is None or person.errors:
            return


def fills_aim(person: Person, **changes: object) -> None:
    """The first page of the plan."""
    usual = {
        "driver": "identity",
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
        reaches_step(person, f"service_{at}")
        person.fills(f"service_{at}", name)
        person.chooses(f"traits_{at}", traits)
        person.chooses(f"owner_{at}", asked)
    reaches_step(person, "can_live")
    person.chooses("can_live", "yes")
    person.submits()
    assert person.modal is None


def takes_a_role(person: Person) -> None:
    """Name oneself, and so accept: from then on this person may do what binds others."""
    person.presses("Owners", on=checklist(person))
    person.chooses("upgrades", person)
    person.submits()
    assert person.modal is None


def seals(person: Person, **limits: float) -> ShownMessage:
    """Seal the budgets, or amend them; what the thread then says."""
    person.presses("Budgets", on=checklist(person))
    shown = [block["block_id"] for block in modal(person).blocks]
    for budget, limit in sorted(limits.items(), key=lambda each: each[0] not in shown):
        reaches_step(person, budget)
        person.fills(budget, limit)
    saves(person)
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


def measures(person: Person, service: str, how: str, endpoint: str = "", again: str = "") -> None:
    """The first step of Measure: of what, and whether there are files or figures."""
    if person.modal is None or not person.modal.has("service"):
        person.types("/meshfit measure", in_="payments")
    person.chooses("service", service)
    person.chooses("how", how)
    if endpoint:
        person.fills("endpoint", endpoint)
    if again:
        person.fills("again", again)
    person.submits()


def drops(
    person: Person,
    service: str,
    without: list[str],
    with_: list[str],
    endpoint: str = "",
    again: str = "",
) -> None:
    """Drop results into the form; the view then says what they come to."""
    measures(person, service, "files", endpoint, again)
    if person.errors:
        return
    if without:
        person.uploads("files.baseline", [sample(each) for each in without])
    if with_:
        person.uploads("files.mesh", [sample(each) for each in with_])
    person.submits()
    modal(person)


def types_figures(
    person: Person, service: str, again: str = "", **figures: tuple[str, str]
) -> None:
    """Type figures for both sides."""
    measures(person, service, "figures", again=again)
    if person.errors:
        return
    for metric, (without, with_) in figures.items():
        person.fills(f"{metric}.baseline", without)
        person.fills(f"{metric}.mesh", with_)
    person.submits()
    if not person.errors:
        person.closes()


def drills(person: Person, drill: str, side: str, minutes: float, as_expected: str = "yes") -> None:
    """Record one run of a drill; it went as expected if nothing else is said."""
    person.types("/meshfit drills", in_="payments")
    person.presses(f"do.{drill}/drill_record", on=aside(person))
    offered = [each["value"] for each in modal(person).find("side").element["options"]]
    if side not in offered:
        person.closes()
        return
    person.chooses("side", side)
    person.fills("expected", "Calls go on.")
    person.fills("seen", "They did.")
    person.chooses("as_expected", as_expected)
    person.fills("minutes", minutes)
    person.fills("proof", "https://wiki.example/who-may-call")
    person.submits()
    assert person.modal is None
