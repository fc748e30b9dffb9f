"""What a round came to: counted, agreed, and what is put to the team."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import kit, round_apart
from bot.blocks.kit import Block
from bot.blocks.pages import brief
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import day, person
from bot.domain.pack import Pack
from bot.domain.rounds.model import AtClose, Came, Spread
from bot.domain.words import count

_ALIKE = "*All alike, and the team's answers from the close on:*"
_MOST_BLOCKS = 50
_A_SENTENCE = 2900


def result(pack: Pack, came: Came) -> Payload:
    """In the card's thread, once it has closed; drawn anew as answers are taken."""
    alike = came.round.at_close.agreed if came.round.at_close else ()
    agreed = [each for each in came.spreads if each.question in alike and each.sides]
    apart = [each for each in came.spreads if each.question not in alike or each.unshown]
    lines = [_ALIKE, *(_agreed(pack, each) for each in agreed)] if agreed else []
    blocks = [*_sections("head", _head(came)), *_sections("agreed", lines)]
    return message(*blocks, *_apart(pack, came, apart, _MOST_BLOCKS - len(blocks)))


def _apart(pack: Pack, came: Came, apart: Sequence[Spread], most: int) -> list[Block]:
    """Each question in as many sections as the message has room for beside all rows of buttons."""
    rows = [round_apart.rows(pack, came, each, at) for at, each in enumerate(apart)]
    sections = (most - sum(map(len, rows))) // max(1, len(apart))
    blocks: list[Block] = []
    for at, each in enumerate(apart):
        blocks += [*round_apart.sections(pack, came, each, at, sections), *rows[at]]
    return blocks


def _sections(name: str, lines: Sequence[str]) -> list[Block]:
    """Every line whole, in as many sections as that takes."""
    texts = round_apart.packed(lines)
    return [kit.section(name + (f".{at}" if at else ""), text) for at, text in enumerate(texts)]


def _head(came: Came) -> list[str]:
    round_ = came.round
    of = f"{round_.answered} of {round_.asked} answered"
    many = f"{round_.answered} answered" if round_.invites else of
    how = f"closed by {person(round_.closed_by)}" if round_.closed_by else "closed"
    names = (
        ""
        if round_.names == "open"
        else " No name stands beside an answer, and none is kept with one."
    )
    lines = [
        f"*A round {how} on {day(round_.closed_at or round_.closes_at)}: {many} "
        f"{count(len(round_.questions), 'question')}, each unseen by the others.*{names}"
    ]
    return [*lines, *(_outlooks(round_.at_close, round_.answered) if round_.at_close else [])]


def _outlooks(came: AtClose, answered: int) -> list[str]:
    """In one sentence of as many outcomes as it holds, the most common first."""
    if not came.counted:
        return []
    rest = ", with the team's answers to what was not asked" if came.beside else ""
    rest += ", leaving out what too few answered" if came.left_out else ""
    gone = sum(each.many for each in came.counted) > answered
    rest += ", counted before somebody took theirs out" if gone else ""
    head = f"*Each one's own answers alone would come to{rest}:* "
    every = [f"{each.many} × {each.headline}" for each in came.counted]  # noqa: RUF001
    shown = every
    while len(head) + sum(len(each) + 2 for each in shown) > _A_SENTENCE:
        shown = shown[:-1]
    left = sum(each.many for each in came.counted[len(shown) :])
    more = f"; and {count(left, 'person', 'people')} whose outcomes do not fit here" if left else ""
    return [f"{head}{'; '.join(shown)}{more}."]


def _agreed(pack: Pack, spread: Spread) -> str:
    question, side = pack.questions[spread.question], spread.sides[0]
    text, silent = brief(question, side.answer.value), round_apart.silent(spread)
    silent = f"; {silent}" if silent else ""
    return f"• {question.short}: {text} ({side.many} of {spread.many}){silent}"
