"""What has a date: the list of a channel, the offer to remind, and the reminder itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.blocks import ids, kit, tripwires
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import alone, cut, day, escaped, person
from bot.domain.dates.model import Dated, DueNotice, Kind, Thing, Tripwire
from bot.domain.pack import Pack
from bot.domain.team import Standing
from bot.domain.words import count, on_day

MOST = 24
REMIND = "remind"
"""The block of the offer in a form."""
ONCE = "Once, in working hours, in a direct message that only you see."


_SAID: Mapping[Kind, str] = {
    "look": "The decision is to be looked at again",
    "deadline": "The date of an auditor or of a contract",
    "rules": "The decision of {on} was answered under other rules than today's: {rules}",
    "owner": "{who} was asked to own the mesh and has not answered",
    "action": "What to do, {owner}: {action}",
    "offered": "{who} was asked to do this and has not answered: {action}",
    "round": "The round closes, and your own answers are not in",
    "roles": "Asked for roles of the pilot, not answered: {who}",
    "still": "Nothing was added to the pilot for {still} days",
    "end": "The pilot's number was to show, and nobody has measured it{measures}",
    "exception": "The exception for {about} ends",
    "approval": "{who} was asked to approve the exception for {about} and has not answered",
    "measure": "{who} was asked to measure the pilot's goal and has not answered",
}


_AHEAD: Mapping[Kind, str] = {
    **_SAID,
    "still": "If nothing has been added to the pilot for {still} days by then",
    "end": "The day on which the pilot's number shows{measures}",
}
"""The same in a list, which also stands there before its day."""
_TO_MEASURE = ("was to", "is to measure it")
_NAMED_TO = ("was named to and has not said so", "is named to measure it and has not said so")
_SAME_RULES = "The rules that the decision was answered under may change; they have not so far"
"""Of a thing that may come any day."""
_DAY_SAID: frozenset[Kind] = frozenset({"rules", "still"})
"""What says its day itself, or has none to say."""


def said(pack: Pack, dated: Dated, words: Mapping[Kind, str] = _SAID) -> str:
    """A thing in a sentence without its day; nobody is said to have answered who did not."""
    if dated.thing.kind == "rules" and dated.on is None:
        return _SAME_RULES
    who = " and ".join(map(person, dated.people))
    return words[dated.thing.kind].format(
        who=who,
        owner=f"taken by {who}" if who else "taken by nobody",
        measures=f"; {who} {(_NAMED_TO, _TO_MEASURE)[dated.accepted][words is _AHEAD]}" * bool(who),
        about=escaped(dated.about, 120),
        action=cut(dated.about, 1500).rstrip("."),
        still=pack.waits.still,
        on=on_day(dated.on) if dated.on else "",
        rules=escaped(dated.about, 400),
    )


def listed(
    pack: Pack, dated: Sequence[Dated], mine: Collection[str], wires: Sequence[Tripwire] = ()
) -> Payload:
    """`/meshfit dates`: each with whether I remind whoever looks."""
    rows = [_row(pack, each, str(each.thing) in mine) for each in dated[:MOST]]
    over = len(dated) - MOST
    more = [kit.context("more", f"and {over} more")] if over > 0 else []
    head = "*What has a date here*" if rows else "*What has a date here*\nNothing just now."
    once = kit.context("once", _LIST.format(silent=count(pack.waits.silent, "working day")))
    return message(kit.section("head", head), *rows, *more, once, *tripwires.rows(wires))


def offered(pack: Pack, dated: Sequence[Dated]) -> Payload:
    """For whoever gave a thing its date: off until they say yes."""
    rows = [_row(pack, each, False) for each in dated[:MOST]]
    return message(kit.context("offer", f"Shall I remind you? {ONCE}"), *rows)


_LIST = (
    f"*Remind me* tells you alone. {ONCE} Where Slack does not let me write to you, I say it in "
    "the channel's thread. Where somebody has not answered, after {silent}."
)


def _row(pack: Pack, dated: Dated, reminded: bool) -> Block:
    when = f"*{on_day(dated.on)}* · " if dated.on and dated.thing.kind != "rules" else ""
    action, words = (ids.DO_NOT_REMIND, "Stop reminding") if reminded else (ids.REMIND, "Remind me")
    button = kit.button(action, words, str(dated.thing))
    return kit.section(f"date.{dated.thing}", f"{when}{said(pack, dated, _AHEAD)}", button)


def offer(choices: Sequence[kit.Choice]) -> Block:
    """In the form that gives a thing its date: off until whoever fills it in says yes."""
    return kit.field(
        REMIND, "Remind you?", kit.checkboxes(ids.ANSWER, choices), ONCE, optional=True
    )


def still_true(standing: Standing) -> Payload:
    """Noted, and when to come back to it: off until whoever said so says yes."""
    text = "Noted on the card: still true, as of today."
    again, thing = standing.look_again_at, Thing(kind="look", subject=standing.assessment.id)
    if again is None:
        return message(kit.section("noted", text))
    offer = kit.button(ids.REMIND, "Remind me", str(thing))
    return message(kit.section("noted", f"{text} To be looked at again on {day(again)}.", offer))


def reminder(pack: Pack, due: DueNotice) -> Payload:
    """To whoever said yes, when the day has come."""
    dated, link, channel = due.dated, due.link, due.reminder.channel
    where = "this conversation" if alone(channel) else f"<#{channel}>"
    thing = str(dated.thing)
    go = [kit.button(ids.GO_TO_CARD, "Go there", dated.thing.subject, url=link)] if link else []
    if dated.thing.kind == "round":
        go = [kit.button(ids.ROUND_ANSWER, "Give my answers", dated.thing.subject)]
    return message(
        kit.section(
            "remind",
            f"You asked me to remind you of this in {where}:\n{said(pack, dated)}{_about(due)}.",
        ),
        kit.actions(
            "do",
            kit.button(ids.REMIND_DONE, "Done", thing),
            *([] if dated.until else [kit.button(ids.SNOOZE, "Snooze a week", thing)]),
            kit.button(ids.STOP_REMINDING, "Stop reminding", thing),
            *go,
        ),
        kit.context("once", _done(dated)),
        *(tripwires.rows(due.wires) if dated.thing.kind == "look" else []),
    )


def _about(due: DueNotice) -> str:
    dated = due.dated
    return "" if dated.on is None or dated.thing.kind in _DAY_SAID else f" ({on_day(due.on)})"


def _done(dated: Dated) -> str:
    if dated.thing.kind == "rules":
        return (
            "*Done* ends this reminder and changes nothing else. `/meshfit` in the channel offers "
            "*Still true* and *Change answers*; both bring it under today's rules."
        )
    if dated.thing.kind == "action":
        return "*Done* says in the channel's list that the action is done."
    return "*Done* ends this reminder and changes nothing else; another date has another one."


def in_thread(pack: Pack, due: DueNotice) -> Payload:
    """Below the card or the board, where somebody cannot be written to."""
    dated, who = due.dated, due.reminder.person
    return message(
        kit.section(
            "remind",
            f"{person(who)} asked to be reminded of this, and Slack does not let me write to them: "
            f"{said(pack, dated)}{_about(due)}.",
        )
    )


def asked_of_round(dated: Dated) -> Payload:
    """Whoever is asked in a round said yes to be reminded of its end."""
    closes = f"It closes on {on_day(dated.on)}. " if dated.on else ""
    return message(kit.section("yes", f"{closes}I remind you before, unless your answers are in."))


def ended(dated: str) -> Payload:
    """After a press on a reminder."""
    return message(kit.section("ended", dated))
