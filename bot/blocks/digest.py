"""What changed in a month among the teams that show it to their leads."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import kit
from bot.blocks.surfaces import Payload, message
from bot.domain.model.digest import Digest, TurnedTeam
from bot.domain.words import count, on_day

MOST = 15
"""Teams that one digest lists; each takes up to 400 characters, a block 3,000."""
_A_BLOCK = 5
FOOT = (
    "Once a month, and only when something changed. For teams that show their card to the leads "
    "(`/meshfit leads`); leads see all of them with `/meshfit teams` and end this in "
    "`/meshfit settings`."
)


def posted(digest: Digest) -> Payload:
    """In the channel that the settings name."""
    lines = [_line(each) for each in digest.turned[:MOST]]
    shown = [lines[at : at + _A_BLOCK] for at in range(0, len(lines), _A_BLOCK)]
    return message(
        kit.header("digest", "Service mesh: what changed at the teams"),
        kit.context("span", f"Since {on_day(digest.since)}, as it stands on {on_day(digest.on)}."),
        *(kit.section(f"turned.{at}", "\n".join(each)) for at, each in enumerate(shown)),
        *([kit.section("rest", text)] if (text := " ".join(_rest(digest))) else []),
        kit.context("foot", FOOT),
    )


def barred(channel: str) -> Payload:
    """To whoever named a channel in which I may not post."""
    text = (
        f"The monthly digest is due, and I may not post in <#{channel}>, which you named for it. "
        "Type `/invite @meshfit` there, or name another channel in `/meshfit settings`. What "
        "changed comes with the next one, a month from now."
    )
    return message(kit.section("digest", text))


def _rest(digest: Digest) -> Iterator[str]:
    over = len(digest.turned) - MOST
    if over > 0:
        yield f"And {count(over, 'team')} more."
    if digest.left:
        gone = "its decision or shows" if digest.left == 1 else "their decision or show"
        yield f"{count(digest.left, 'team')} closed {gone} it no more."
    if digest.same:
        yield f"Nothing like this changed at {count(digest.same, 'other team')}."


def _line(each: TurnedTeam) -> str:
    card = f" (<{each.link}|card>)" if each.link else ""
    return f"• <#{each.channel}>: {' · '.join(_parts(each))}{card}"


def _parts(each: TurnedTeam) -> Iterator[str]:
    before, now = each.before, each.now
    if before is None:
        yield f"*{now.headline}*, in no digest before"
        return
    if before.headline != now.headline:
        why = ", by rules that changed" if each.by_rules else ""
        yield f"*{now.headline}*, was {before.headline}{why}"
    else:
        yield f"still *{now.headline}*"
    if before.owned != now.owned:
        yield "somebody accepted to own it" if now.owned else "no owner any more"
    if before.pilot != now.pilot:
        yield f"pilot: {now.pilot or 'none'}, was: {before.pilot or 'none'}"
    if before.goal != now.goal:
        yield f"goal {_GOALS[now.goal]}"
    if before.assessment != now.assessment:
        yield "begun anew"


_GOALS = {
    "": "without a number",
    "reached": "reached",
    "missed": "missed",
    "later": "still to show",
    "open": "not measured yet",
}
