"""The App Home tab: what waits for me, my drafts, my teams, how to start."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import actions, asked_on_home, ids, kit, pilots_here, teams, workplace
from bot.blocks.kit import Block
from bot.blocks.pages import ALREADY
from bot.blocks.rounds import waits
from bot.blocks.surfaces import Payload, home
from bot.blocks.words import alone, day
from bot.domain.replies import HomeTab
from bot.domain.snapshots.model import rules_since
from bot.domain.team import Standing

MOST = 20
"""Rows of each kind; a Home tab holds a hundred blocks."""
FEW = 6
"""Rows of what waits, of each kind, and of one's own actions."""
MOST_ASKED = 8
"""Blocks of roles and exceptions that wait, two each; and of what one is offered to do."""


def tab(seen: HomeTab, meta: str) -> Payload:
    """One person's Home, useful before anything was ever answered."""
    return home(
        [
            kit.header("headline", "Should we add a service mesh?"),
            kit.section(
                "hello",
                "I walk a team through a checklist to a recommendation it can defend, answer "
                "questions, and keep the pilot's checklist. I decide with rules and arithmetic you "
                "can read; there is no language model in me. In a channel, type `/meshfit`.",
            ),
            kit.actions(
                "do",
                kit.button(ids.START, "Try it for myself", style="primary"),
                kit.button(ids.START_THERE, ALREADY),
                kit.button(ids.ASK_SOMETHING, "Ask a question"),
                *([workplace.button()] if seen.settings else []),
            ),
            *_waiting(seen),
            *_doing(seen),
            *([] if seen.led is None else teams.on_home(seen.led)),
            *_group("draft", "My private drafts", seen.drafts, "Nobody sees these but you."),
            *_group("team", "Teams in which I took part", seen.teams, "", seen),
            *_others(seen),
            *(asked_on_home.alone_on_home() if seen.left_alone else []),
        ],
        meta,
    )


def _waiting(seen: HomeTab) -> list[Block]:
    named = [(each.assessment.id, each.assessment.channel) for each in seen.waiting[:FEW]]
    rows = [block for each in named for block in asked_on_home.owner_on_home(*each)]
    asking = [block for each in seen.pilots for block in asked_on_home.on_home(each)]
    rows += asking[:MOST_ASKED]
    rows += [waits(each) for each in seen.rounds[:FEW]]
    rows += [_row("due", each, "To be looked at again by now: ") for each in seen.due[:FEW]]
    asked = [each for each in seen.actions if each[0].asked == seen.user]
    rows += [block for each in asked[: MOST_ASKED // 2] for block in actions.offered(*each)]
    return [kit.section("waiting", "*Waits for you*"), *rows] if rows else []


def _doing(seen: HomeTab) -> list[Block]:
    """What this person took, those that are due first on top."""
    taken = [each for each in seen.actions if each[0].owner == seen.user]
    if not taken or seen.today is None:
        return []
    over = kit.context("mine.more", f"and {len(taken) - FEW} more, in `/meshfit actions` there")
    return [
        kit.section("mine", "*What you took*"),
        *(actions.mine(*each, seen.today) for each in taken[:FEW]),
        *([over] if len(taken) > FEW else []),
    ]


def _group(
    block_id: str,
    title: str,
    teams: tuple[Standing, ...],
    note: str,
    seen: HomeTab | None = None,
) -> list[Block]:
    if not teams:
        return []
    more = [kit.context(f"{block_id}.more", f"and {len(teams) - MOST} more")]
    return [
        kit.section(block_id, f"*{title}* {note}".strip()),
        *(_row(block_id, each, below=_piloted(seen, each)) for each in teams[:MOST]),
        *(more if len(teams) > MOST else []),
    ]


def _piloted(seen: HomeTab | None, standing: Standing) -> list[str]:
    """The channel's pilot, in a line for each thing."""
    channel = standing.assessment.channel
    here = [each for each in seen.pilots if each.channel == channel] if seen else []
    return [line for each in here for line in pilots_here.lines(each)]


def _others(seen: HomeTab) -> list[Block]:
    """Pilots that name this person, of teams in which they answered nothing."""
    shown = {each.assessment.channel for each in seen.teams[:MOST]}
    left = [each for each in seen.pilots if each.channel not in shown][:FEW]
    rows = [
        kit.section(f"pilot.{each.id}", "\n".join([f"<#{each.channel}>", *pilots_here.lines(each)]))
        for each in left
    ]
    return [kit.section("pilots", "*Pilots that name me*"), *rows] if rows else []


def _row(block_id: str, standing: Standing, lead: str = "", below: Sequence[str] = ()) -> Block:
    assessment = standing.assessment
    where = "this conversation" if alone(assessment.channel) else f"<#{assessment.channel}>"
    first = f"{lead}{where}: *{standing.advice.headline}* · {day(assessment.touched_at)}"
    rules = rules_since(standing)
    text = "\n".join([first, *([f"_{rules}_"] if rules else []), *below])
    button = None
    if assessment.status == "draft":
        button = kit.button(ids.START, "Go on", assessment.channel)
    elif assessment.card_link:
        button = kit.button(
            ids.GO_TO_CARD, "Go to the card", assessment.id, url=assessment.card_link
        )
    return kit.section(f"{block_id}.{assessment.id}", text, button)
