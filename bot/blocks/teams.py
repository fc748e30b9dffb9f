"""Where the teams stand, for whoever leads: a table, plain lines under Home, what they share."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.sortable import data_table, rows_in
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, escaped, person
from bot.domain.model.teams import HoursSum, TeamRow, TeamsView
from bot.domain.words import count, number, on_day

HEAD = (
    "Team", "Outcome", "Since", "What stops it", "Owner", "Pilot", "Goal", "Next", "Open actions",
    "Late", "Hours today",
)  # fmt: skip
NO_NUMBER = "no number"
MOST_STOPS, ON_HOME = 3, 6
"""Of what stops teams, and of teams on Home, how many are listed."""
NOBODY = (
    "No team shows you where it stands yet. Whoever shares a card decides: a tick in the form, or "
    "`/meshfit leads` in the channel. Drafts and what nobody showed you never come here."
)


def table(view: TeamsView) -> Payload:
    """`/meshfit teams`: as many rows as a message holds, the rest in the file."""
    if not view.rows:
        return message(kit.section("teams", NOBODY))
    drawn = data_table("table", "Where the teams stand", [HEAD, *map(_cells, view.rows)])
    left = len(view.rows) - rows_in(drawn)
    more = f" {count(left, 'team')} more in the file." if left else ""
    return message(
        kit.section("teams", "\n".join(_whole(view))),
        drawn,
        kit.context("foot", f"Teams that show you their card, on {on_day(view.on)}.{more}"),
        kit.actions(
            "do",
            kit.button(ids.TEAMS_FILE, "Send me the file (CSV)"),
            kit.button(ids.PLATFORM, "Decide for the platform"),
        ),
    )


def on_home(view: TeamsView) -> list[Block]:
    """For whoever leads, under Home: what they have in common, and who turned last."""
    if not view.rows:
        return [kit.section("teams", f"*Teams you lead*\n{NOBODY}")]
    lines = [_line(row) for row in view.rows[:ON_HOME]]
    left = len(view.rows) - len(lines)
    lines += [f"and {count(left, 'team')} more: `/meshfit teams`"] if left else []
    return [
        kit.section("teams", cut("\n".join(["*Teams you lead*", *_whole(view)]), 3000)),
        kit.section("teams.lines", cut("\n".join(lines), 3000)),
    ]


def file_comes(many: int) -> Payload:
    """Before the file, in this person's conversation with meshfit."""
    text = f"Where {count(many, 'team')} stand that show it to you, as a file."
    return message(kit.section("teams", text))


def sent() -> Payload:
    """Where the button was pressed."""
    return message(kit.section("teams", "The file comes in our conversation."))


def _whole(view: TeamsView) -> Iterator[str]:
    """Outcomes counted, what stops most, hours added up."""
    all_of = view.teams
    outcomes = ", ".join(f"{many} {escaped(title)}" for title, many in view.outcomes)
    if outcomes:
        yield f"*{count(all_of, 'team')}:* {outcomes}."
    if whole := len(view.rows) - all_of:
        yield f"{count(whole, 'decision')} for the platform, below and in none of these figures."
    if older := sum(bool(row.rules) for row in view.rows):
        yield f"{older} of {len(view.rows)}: answered under other rules than today's."
    for stop, many in view.stops[:MOST_STOPS]:
        yield f"{many} of {all_of}: {stop}"
    for hours, when in ((view.hours, "today"), (view.there, "without the mesh they run")):
        if hours:
            yield _hours(hours, when)


def _hours(sums: HoursSum, when: str) -> str:
    low, middle, high = sums.total
    left = f"{number(sums.net[0])} to {number(sums.net[2])}"
    return (
        f"*Hours a month* of {sums.teams} of {count(sums.of, 'team')} that counted: "
        f"{number(middle)} {when} ({number(low)} to {number(high)} if every guess is off the same "
        f"way); left over with a mesh {number(sums.net[1])} ({left})."
    )


def _line(row: TeamRow) -> str:
    since = f" since {on_day(row.since)}" if row.since else ""
    card = f" (<{row.link}|card>)" if row.link else ""
    return " · ".join([f"• <#{row.channel}>: *{row.headline}*{since}", *_beside(row)]) + card


def _beside(row: TeamRow) -> Iterator[str]:
    """What the table says of a team in its other columns, without what is not there."""
    if more := [each for each in row.stops if each not in row.headline]:
        yield cut(f"stops it: {'; '.join(more)}", 120)
    yield f"owner: {_owner(row)}"
    if row.pilot:
        yield f"pilot {row.pilot}"
    if (goal := reached(row)) != NO_NUMBER:
        yield f"goal {goal}"
    if row.next:
        yield f"{row.what} {on_day(row.next)}"
    if row.open_actions:
        yield f"actions: {row.open_actions} open" + (f", {row.late} late" if row.late else "")
    if row.rules:
        yield row.rules


def _owner(row: TeamRow) -> str:
    if row.owners:
        return person(row.owners[0])
    unnamed = "named, not accepted here" if row.says_owned else "nobody"
    return "asked, no answer yet" if row.asked else unnamed


def _cells(row: TeamRow) -> list[str | float]:
    """As `HEAD` names them."""
    return [
        f"<#{row.channel}>",
        row.title,
        row.since.isoformat() if row.since else "",
        cut("; ".join(row.stops), 120),
        _owner(row),
        cut(row.pilot, 60) or "none",
        reached(row),
        f"{row.next.isoformat()} {row.what}" if row.next else "",
        row.open_actions,
        row.late,
        row.tax.total_hours if row.tax else "not counted",
    ]


def reached(row: TeamRow) -> str:
    """The goal in few words; who measured it stands on the card."""
    if row.goal is None or row.goal.today is None or row.goal.aim is None:
        return NO_NUMBER
    return {
        "reached": "reached",
        "missed": "missed",
        "later": f"shows on {row.goal.shows_on}",
        "open": "not measured",
    }[row.goal.stands]
