"""What a round came to: counted, agreed, and what is put to the team."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import kit, round_apart
from bot.blocks.kit import Block
from bot.blocks.pages import brief
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, day, person
from bot.domain.pack import Pack
from bot.domain.rounds.model import AtClose, Came, Spread
from bot.domain.words import count

_ALIKE = "*All alike, and made the team's answers at the close:*"
_MOST_BLOCKS = 50


def result(pack: Pack, came: Came) -> Payload:
    """In the card's thread, once it has closed; drawn anew as answers are taken."""
    alike = came.round.at_close.agreed if came.round.at_close else ()
    agreed = [each for each in came.spreads if each.question in alike and each.sides]
    apart = [each for each in came.spreads if each.question not in alike or each.unshown]
    blocks: list[Block] = [kit.section("head", _head(came))]
    if agreed:
        lines = [_agreed(pack, each) for each in agreed]
        blocks.append(kit.section("agreed", _cut([_ALIKE, *lines])))
    return message(*blocks, *_apart(pack, came, apart, _MOST_BLOCKS - len(blocks)))


def _apart(pack: Pack, came: Came, apart: Sequence[Spread], most: int) -> list[Block]:
    """Each question in as many sections as the message has room for beside all rows of buttons."""
    rows = [round_apart.rows(pack, came, each, at) for at, each in enumerate(apart)]
    sections = (most - sum(map(len, rows))) // max(1, len(apart))
    blocks: list[Block] = []
    for at, each in enumerate(apart):
        blocks += [*round_apart.sections(pack, came, each, at, sections), *rows[at]]
    return blocks


def _head(came: Came) -> str:
    held = came.round
    of = "" if held.invites else f" of {held.asked}"
    how = f"closed by {person(held.closed_by)}" if held.closed_by else "closed"
    names = (
        ""
        if held.names == "open"
        else " No name stands beside an answer, and none is kept with one."
    )
    lines = [
        f"*A round {how} on {day(held.closed_at or held.closes_at)}: {held.answered}{of} answered "
        f"{count(len(held.questions), 'question')}, each unseen by the others.*{names}"
    ]
    if held.at_close and held.at_close.counted:
        lines.append(_outlooks(held.at_close, left_out=any(each.unshown for each in came.spreads)))
    return "\n".join(lines)


def _outlooks(came: AtClose, *, left_out: bool) -> str:
    text = "; ".join(f"{each.many} × {each.headline}" for each in came.counted)  # noqa: RUF001
    rest = ", with the team's answers to what was not asked" if came.beside else ""
    rest += ", leaving out what too few answered" if left_out else ""
    return f"*Each one's own answers alone would come to{rest}:* {text}."


def _agreed(pack: Pack, spread: Spread) -> str:
    question, side = pack.questions[spread.question], spread.sides[0]
    text, silent = brief(question, side.answer.value), round_apart.silent(spread)
    silent = f"; {silent}" if silent else ""
    return f"• {question.short}: {text} ({side.many} of {spread.many}){silent}"


def _cut(lines: list[str]) -> str:
    return cut("\n".join(lines), 3000)
