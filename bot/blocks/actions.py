"""What to do: the list, the form of a line, the request to take it, its text for a tracker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.blocks import dates, ids, kit
from bot.blocks.asked_on_home import asks
from bot.blocks.kit import Block
from bot.blocks.nominations import answers, named_since, said_since, said_why
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.values import ActionLine
from bot.blocks.words import cut, escaped, person
from bot.domain.dates.model import Action, Doing
from bot.domain.model.nominations import Nominated
from bot.domain.team import Standing
from bot.domain.words import on_day

MOST = 20
"""Lines that one message has room for, two blocks each."""
STATES = (("open", "Open"), ("done", "Done"), ("dropped", "Dropped: it will not be done"))
_MARKS = {"open": "☐", "done": "☑", "dropped": "☒"}
REMINDS = (
    ("action", "On its day, unless it is done by then"),
    ("offered", "Where whoever is asked has not answered after some working days"),
)
OWNER, DUE, LINK, STATE = "owner", "due", "link", "state"


def listed(doing: Doing) -> Payload:
    """`/meshfit actions`: what is open, what nobody took, then the settled, latest first."""
    settled = [each for each in doing.taken if each.state != "open"]
    to_do = [
        *(_taken(each, doing.today) for each in doing.taken if each.state == "open"),
        *(_left(_at(doing.assessment, line), line, text) for line, text in doing.left),
    ]
    over = [_taken(each, doing.today) for each in sorted(settled, key=lambda each: -each.written)]
    rows = [block for line in [*to_do, *over][:MOST] for block in line]
    more = "\n".join(_beyond(len(to_do), len(settled)))
    sentence = "*What to do*" if rows else "*What to do*\nThe advice asks for nothing just now."
    below = [kit.context("more", more)] if more else []
    return message(kit.section("head", sentence), *rows, *below)


def _beyond(to_do: int, settled: int) -> Iterator[str]:
    """What the message has no room for; what is settled gives way first."""
    if to_do > MOST:
        yield f"and {to_do - MOST} more, shown once these are done or dropped."
    hidden = min(settled, to_do + settled - MOST)
    if hidden > 0:
        yield f"{hidden} more done or dropped: `/meshfit report` has them."


def _at(assessment: str, line: str) -> str:
    return str(ActionLine(assessment=assessment, line=line))


def _left(at: str, line: str, text: str) -> list[Block]:
    """A line that nobody took; it can be followed elsewhere all the same."""
    return [
        kit.section(f"left.{line}", f"{cut(text, 2000)}\n_Nobody took it._"),
        kit.actions(
            f"do.{line}",
            kit.button(ids.TAKE_ACTION, "Take it", at),
            kit.button(ids.COPY_ISSUE, "Copy as issue", at),
        ),
    ]


def _taken(action: Action, today: date) -> list[Block]:
    at = _at(action.assessment, action.line)
    buttons = [
        *([kit.button(ids.ACTION_DONE, "Done", at)] if action.state == "open" else []),
        kit.button(ids.TAKE_ACTION, "Change", at),
        kit.button(ids.COPY_ISSUE, "Copy as issue", at),
    ]
    return [
        kit.section(f"taken.{action.line}", told(action, today)),
        kit.actions(f"do.{action.line}", *buttons),
    ]


def told(action: Action, today: date) -> str:
    """An action in a line: its text, who does it, by when, and whether it is late."""
    return f"{_MARKS[action.state]} {cut(action.text, 2000)}\n{' · '.join(_about(action, today))}"


def _about(action: Action, today: date) -> list[str]:
    ended = {
        "done": f"done, says {person(action.by)}",
        "dropped": f"dropped by {person(action.by)}",
    }
    who = [person(action.owner)] if action.owner else ["nobody"]
    if action.asked:
        by = f" by {person(action.asked_by)}" if action.asked_by else ""
        who.append(f"{person(action.asked)} was asked{by} and has not answered")
    return [
        *([ended[action.state]] if action.state in ended else who),
        *([f"due {on_day(action.due)}"] if action.due and action.state == "open" else []),
        *(["*late*"] if action.is_late(today) else []),
        *([f"<{action.link}|link>"] if action.link else []),
    ]


def small(standing: Standing) -> list[str]:
    """For the card's small line: `actions: 2 open, 1 late`; nothing where none was taken."""
    many = sum(each.state == "open" for each in standing.actions)
    late = f", {standing.late} late" if standing.late else ""
    return [f"actions: {many} open{late}"] if many else []


def form(action: Action, user: str, meta: str) -> Payload:
    """Who does it, by when; once it is taken also what has become of it."""
    owner = kit.user_select(
        ids.ANSWER, "Choose", action.asked or action.owner or _first(action, user)
    )
    due = kit.date_picker(ids.ANSWER, action.due.isoformat() if action.due else None)
    link = kit.text_input(ids.ANSWER, action.link, most=500, empty="https://…")
    asks = "Who names themselves takes it; anybody else is asked in the card's thread and directly."
    blocks = [
        kit.section("text", cut(action.text, 3000)),
        kit.field(OWNER, "Who does it?", owner, asks, optional=True),
        kit.field(DUE, "By when?", due, optional=True),
        kit.field(LINK, "Where is it followed?", link, "An issue, a ticket.", optional=True),
    ]
    blocks.append(dates.offer(REMINDS))
    if action.written:
        state = kit.radio(ids.ANSWER, STATES, action.state)
        blocks.append(kit.field(STATE, "What has become of it?", state))
    title = "An action" if action.written else "Take an action"
    return modal(ids.ACTION, title, blocks, submit="Save", meta=meta)


def _first(action: Action, user: str) -> str:
    """Whoever opens the form of what nobody took yet is offered themselves."""
    return "" if action.written else user


def request(action: Action, by: str) -> Payload:
    """In the card's thread, to whom an action was offered."""
    until = f" by {on_day(action.due)}" if action.due else ""
    at = _at(action.assessment, action.line)
    return message(
        kit.section(
            "ask",
            f"{person(action.asked)}: {person(by)} asks whether you do this{until}: "
            f"{cut(action.text, 2000)}\nIt is not yours until you say so.",
        ),
        kit.actions("do", *answers("action", at)),
    )


def request_over(now: Nominated) -> Payload:
    """The request once nobody waits for the person's word any more."""
    who, what = person(now.nomination.person), cut(now.named[0], 2000)
    match now.stands:
        case "accepted":
            text = f"{who} took this on: {what}{said_since(now)}"
        case "declined":
            text = f"{who} does not do this: {what}{said_why(now.nomination.reason)}"
        case "another":
            text = f"{who} was asked to do this; {named_since(now)}: {what}"
        case _:
            text = f"{who} was asked to do this, and need not answer any more: {what}"
    return message(kit.section("ask", text))


def issue(title: str, text: str, links: Mapping[str, str]) -> Payload:
    """An action as a title and Markdown, to be copied; and links that fill in a tracker's form."""
    buttons = [
        kit.button(f"{ids.TO_TRACKER}{at}", f"Open in {name}", url=link)
        for at, (name, link) in enumerate(links.items(), 1)
    ]
    opens = " A link opens the form there in your browser, filled in." if links else ""
    return modal(
        "issue",
        "Copy as issue",
        [
            kit.section("title", f"*Title*\n```\n{escaped(title, 400)}\n```"),
            kit.section("text", f"*Text, in Markdown*\n```\n{escaped(text, 2800)}\n```"),
            *([kit.actions("links", *buttons)] if buttons else []),
            kit.context("nothing", f"Nothing is sent from here.{opens}"),
        ],
    )


def mine(action: Action, channel: str, today: date) -> Block:
    """An action of whoever looks at their Home."""
    at = _at(action.assessment, action.line)
    text = f"<#{channel}>: {told(action, today)}"
    return kit.section(
        f"mine.{action.assessment}.{action.line}", text, kit.button(ids.TAKE_ACTION, "Open", at)
    )


def offered(action: Action, channel: str) -> list[Block]:
    """An action that whoever looks at their Home is asked to take."""
    at = _at(action.assessment, action.line)
    by = f"{person(action.asked_by)} asks" if action.asked_by else "You are asked"
    text = f"<#{channel}>: {by} whether you do this: {cut(action.text, 1500)}"
    return asks(f"asked.{action.assessment}.{action.line}", text, "action", at)
