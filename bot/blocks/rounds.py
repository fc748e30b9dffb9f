"""A round while it is open: the form that opens it, what is asked of whom, the form of answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import fields, ids, kit
from bot.blocks.kit import Block, Element
from bot.blocks.nominations import FROM_A_ROUND, LEAVE_ME_ALONE
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import person
from bot.domain.dates.model import Thing
from bot.domain.pack import Question
from bot.domain.rounds.model import (
    ABSTAINS,
    LEAST_ANONYMOUS,
    MOST_PEOPLE,
    MOST_QUESTIONS,
    NAMES,
    PEOPLE,
    QUESTIONS,
    UNTIL,
    Round,
    RoundOpening,
    RoundPage,
)
from bot.domain.words import count

HOW = (
    ("open", "With names, once it has closed"),
    ("anonymous", f"Without names; needs {LEAST_ANONYMOUS} answers or more"),
)
BUTTON = "Ask the others"
_PROMISE = (
    "Each answers in private and sees nobody else's answers before it closes. The channel sees "
    "only how many have answered."
)
_WHOM = (
    "Each gets one direct message; choose yourself too if your answers are to count. Leave it "
    "empty to invite the channel with one message instead: I cannot see who is in a channel, so "
    "that ends by its date or by you."
)
_CLOSES = (
    "At the end of that day's working hours; sooner once all whom you name have answered, or you "
    "close it."
)
_ANSWER = "Give my answers"


def form(opening: RoundOpening, meta: str) -> Payload:
    """Whom to ask, until when, with names or without, and what."""
    questions = [(each.id, each.short) for each in opening.offered]
    usual = kit.multi_select(ids.ANSWER, questions, opening.usual)
    blocks = [
        kit.context("intro", _PROMISE),
        kit.field(
            PEOPLE,
            "Whom to ask",
            kit.people_select(ids.ANSWER, "Choose people", most=MOST_PEOPLE),
            _WHOM,
            optional=True,
        ),
        kit.field(
            UNTIL, "Closes on", kit.date_picker(ids.ANSWER, opening.day.isoformat()), _CLOSES
        ),
        kit.field(NAMES, "At the close", kit.radio(ids.ANSWER, HOW, "open")),
        kit.field(QUESTIONS, "Questions", usual, f"At most {MOST_QUESTIONS}."),
    ]
    return modal(ids.ROUND, BUTTON, blocks, submit="Ask them", meta=meta)


def live(round_: Round, abstained: Sequence[str] = ()) -> Payload:
    """For everyone: that it is open, and how many have answered; nothing of what they said.

    `abstained` are those who did from everything, where nobody answered anything.
    """
    if round_.closed_at is not None:
        text = f"{_asked(round_)}\n*Closed: {_answered(round_)}.* {_came(round_, abstained)}"
        return message(kit.section("round", text))
    text = f"{_asked(round_)} {_terms(round_)}\n*{_answered(round_)}.*"
    return message(
        kit.section("round", text),
        kit.actions(
            "do",
            kit.button(ids.ROUND_ANSWER, _ANSWER, round_.id, style="primary"),
            _remind(round_),
            kit.button(ids.ROUND_CLOSE, "Close now", round_.id, confirm=_closing(round_)),
        ),
    )


def invitation(round_: Round, questions: Sequence[Question]) -> Payload:
    """To one person who was named, directly."""
    asked = ", ".join(each.short for each in questions)
    return message(
        kit.section(
            "round",
            f"{person(round_.opened_by)} asks for your own answers about a service mesh in "
            f"<#{round_.channel}>: {count(len(round_.questions), 'question')}. {_terms(round_)}",
        ),
        kit.context("questions", asked),
        kit.actions(
            "do",
            kit.button(ids.ROUND_ANSWER, _ANSWER, round_.id, style="primary"),
            _remind(round_),
            kit.button(ids.LEAVE_ME_ALONE, LEAVE_ME_ALONE, FROM_A_ROUND),
        ),
    )


def waits(round_: Round) -> Block:
    """Under Home, for one person who was named and has not answered."""
    return kit.section(
        f"round.{round_.id}",
        f"{person(round_.opened_by)} asks for your own answers in <#{round_.channel}>. It closes "
        f"{_when(round_)}.",
        kit.button(ids.ROUND_ANSWER, _ANSWER, round_.id, style="primary"),
    )


def page(shown: RoundPage, meta: str) -> Payload:
    """Some of the questions, each with its reason; the team's answers are not shown."""
    blocks: list[Block] = [kit.context("intro", f"Page {shown.page + 1} of {shown.pages}. "
                                       f"{_terms(shown.round)}")]  # fmt: skip
    for question in shown.questions:
        blocks += _question(question, shown)
    return modal(
        ids.ROUND_PAGE,
        "Your own answers",
        blocks,
        submit="Hand in" if shown.is_last else "Next",
        meta=meta,
    )


def handed_in(round_: Round) -> str:
    """What somebody is told whose answers are in."""
    rest = "" if round_.closed_at else " Until then you can change them by the same button."
    when = "It has closed with them." if round_.closed_at else f"It closes {_when(round_)}."
    return f"Your answers are in. {when}{rest}"


def _question(question: Question, shown: RoundPage) -> list[Block]:
    mine = shown.mine.get(question.id)
    abstains = question.id in shown.mine and mine is None
    value = ABSTAINS if abstains else mine.value if mine else None
    hint = fields.hint(question)
    if question.kind != "choice":
        hint = f"{hint} Leave it empty where it is not your area.".strip()
    name = fields.name(taken=fields.is_derived(mine))
    note = kit.text_input(name, mine.note if mine else "", most=500)
    named = shown.round.names == "open"
    why = "" if named else "Shown at the close as you write it, without your name."
    return [
        kit.field(
            question.id,
            question.label,
            fields.element(question, value, name, [(ABSTAINS, "Not my area")]),
            hint,
            optional=question.kind != "choice",
        ),
        kit.field(question.id + ids.NOTE, "Why", note, why, optional=True),
        *fields.worksheet(question.id, shown.counted_to_run, mine),
    ]


def _remind(round_: Round) -> Element:
    return kit.button(ids.REMIND_OF_ROUND, "Remind me", str(Thing(kind="round", subject=round_.id)))


def _asked(round_: Round) -> str:
    whom = "everyone here" if round_.invites else count(round_.asked, "person", "people")
    return (
        f"{person(round_.opened_by)} asks {whom} for their own answers to "
        f"{count(len(round_.questions), 'question')} about a service mesh."
    )


def _terms(round_: Round) -> str:
    names = (
        "names stand beside the answers"
        if round_.names == "open"
        else f"no names are shown, nothing at all below {LEAST_ANONYMOUS} answers, and of a "
        f"question with fewer than {LEAST_ANONYMOUS} only their number"
    )
    soon = "" if round_.invites else ", or when all who were asked have answered"
    return f"Nobody sees another's answers before it closes, {_when(round_)}{soon}; {names} then."


def _when(round_: Round) -> str:
    at = round_.closes_at
    return f"<!date^{int(at.timestamp())}^{{date_short}} at {{time}}|{at:%-d %b %Y, %H:%M} UTC>"


def _answered(round_: Round) -> str:
    if round_.invites:
        return f"{count(round_.answered, 'person has', 'people have')} answered"
    return f"{round_.answered} of {round_.asked} have answered"


def _came(round_: Round, abstained: Sequence[str]) -> str:
    if round_.assessment is not None:
        return "What they agree on and where they differ stands in the card's thread."
    if round_.too_few and round_.answered:
        return (
            f"A round without names shows nothing below {LEAST_ANONYMOUS} answers, so these were "
            "deleted and nothing changed."
        )
    if round_.names == "anonymous" and round_.answered:
        return (
            f"No question has {LEAST_ANONYMOUS} answers: too few to show what they "
            "said without names, so nothing changed."
        )
    whose = f"It was nobody's area: {', '.join(map(person, abstained))}. " if abstained else ""
    return f"{whose}Nothing changed by it."


def _closing(round_: Round) -> tuple[str, str, str]:
    few = ""
    if round_.too_few:
        few = f" Below {LEAST_ANONYMOUS} answers a round without names shows none of them."
    return (
        "Close the round?",
        f"{_answered(round_)}. Nobody can answer after that.{few}",
        "Close it",
    )
