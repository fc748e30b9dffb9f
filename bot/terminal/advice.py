"""An advice as people read it: what, why, what stops it, the hours, what would change it, next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.domain.model import Advice, Answers, Change, Flip, Reason, Value
from bot.domain.pack import Pack, Question
from bot.domain.pack.vocabulary import DEADLINE
from bot.domain.search.citing import cited
from bot.domain.words import asked, downwards, leaving, number, on_day, side_labels
from bot.terminal.hours import hours
from bot.terminal.prose import bullets, hanging, section, words
from bot.terminal.shape import alternatives, refused, shape
from bot.terminal.sources import listed

MOST = 6
"""Items of a list that are shown; the rest is counted."""
NEXT = 'Change an answer and run it again. To understand a point: meshfit ask "..."'
_RESTS = {"answers": "your answers", "figures": "your figures", "nothing": "not answered"}
_COLOURS = {
    "adopt": "green",
    "pilot": "green",
    "not_yet": "yellow",
    "alternative": "cyan",
    "undecided": "magenta",
    "keep": "green",
    "leave": "yellow",
}


def drawn(pack: Pack, answers: Answers, advice: Advice) -> Group:
    """The whole advice, from the headline to the next step."""
    return Group(
        *([Text(asked(advice), "dim")] if advice.there else []),
        Text(advice.headline, f"bold {_COLOURS[advice.outcome]}"),
        Rule(style="dim", characters="─"),
        words(advice.because),
        *([words(advice.duty)] if advice.duty else []),
        *section("Answers disagree", *bullets(words(e.text) for e in advice.contradictions)),
        *section(side_labels(advice)[2], *_blockers(advice)),
        *_sides(pack, advice),
        *section("Hours a month", *hours(pack, answers, advice.tax, there=advice.there)),
        *section("What Adopt takes", *_to_adopt(pack, advice)),
        *_upward(pack, advice),
        *_flips(pack, advice),
        *section("Not known yet, the most decisive first", *_unknowns(pack, advice)),
        *section("What to do", *_actions(advice)),
        *_lasting(advice),
        *_due(pack, advice),
        *section("Where the proxy runs", *shape(advice.shape)),
        *section("What your platform refuses", *refused(advice.refused)),
        *section("Instead of a mesh", *alternatives(pack, advice.alternatives)),
        *section("Mesh or something simpler", _table(advice)),
        *section("Sources", *listed(pack, _cited(pack, advice))),
        Text(),
        Text(_foot(pack, answers, advice), "dim"),
        Text(NEXT, "dim"),
    )


def situation(document: object) -> Group:
    """What an example tells about itself before the advice; nothing for mere answers."""
    example = document if isinstance(document, dict) else {}
    lines = [(example.get("title"), "bold"), (example.get("situation"), "dim")]
    texts = [Text(line.strip(), style) for line, style in lines if isinstance(line, str)]
    return Group(*texts, *([Text()] if texts else []))


def _sides(pack: Pack, advice: Advice) -> list[RenderableType]:
    speaks_for, against, _ = side_labels(advice)
    titles = {"for": speaks_for, "against": against, "neither": "Still open"}
    parts: list[RenderableType] = []
    for side, title in titles.items():
        reasons = [each for each in advice.reasons if each.speaks == side]
        parts += section(title, *bullets(_reason(pack, each) for each in reasons))
    return parts


def _reason(pack: Pack, reason: Reason) -> Text:
    """What the team said stands behind the point, the source behind the rule alone."""
    assumed = "".join(f"; {_assumed(pack, each)}" for each in reason.assumed)
    behind = f"{_RESTS[reason.rests]}{assumed}; rule: {reason.source}"
    return words(reason.text).append(f" [{behind}]", "dim")


def _assumed(pack: Pack, name: str) -> str:
    """A figure that nobody gave, and whose it is."""
    question = pack.questions[name]
    return f"{question.short.lower()} {said(question, question.default or 0)}: {question.source}"


def _blockers(advice: Advice) -> list[RenderableType]:
    return [
        hanging("✗", Group(words(each.text), hanging("→", words(each.action))))
        for each in advice.blockers
    ]


def _to_adopt(pack: Pack, advice: Advice) -> Iterator[RenderableType]:
    """What is met, and what is not with the question that tells; what nobody can do says so."""
    for each in advice.to_adopt:
        asked = pack.questions[each.question].short if each.question else "out of reach"
        text = words(each.text)
        yield hanging("✓", text) if each.met else hanging("·", text.append(f" [{asked}]", "dim"))


def _upward(pack: Pack, advice: Advice) -> list[RenderableType]:
    """The one line that leads on from here, and the one change that would lift the outcome."""
    line, lift = advice.upward, advice.lift
    parts = section(line.label, words(" · ".join(line.parts))) if line else []
    return [*parts, *(section("What if", _flip(pack, lift)) if lift else [])]


def _flips(pack: Pack, advice: Advice) -> list[RenderableType]:
    mine, facts, back = advice.levers
    inert = [pack.questions[each].short for each in advice.inert if each in pack.questions]
    parts = section("Would change it, in your hands", *_several(pack, mine))
    parts += section("Would change it, if the facts were different", *_several(pack, facts))
    parts += section(downwards(advice), *_several(pack, back))
    if inert:
        parts += section("Would change nothing, alone or in a pair", words(" · ".join(inert)))
    return parts


def _several(pack: Pack, flips: Sequence[Flip]) -> list[RenderableType]:
    return [*bullets(_flip(pack, each) for each in flips[:MOST]), *_more(len(flips))]


def _more(many: int) -> list[RenderableType]:
    return [Text(f"and {many - MOST} more, in --json", "dim")] if many > MOST else []


def _flip(pack: Pack, flip: Flip) -> Text:
    changes = ", and ".join(_change(pack, each) for each in flip.changes)
    return Text(f"{changes} → ").append(flip.title, "bold")


def _change(pack: Pack, change: Change) -> str:
    question = pack.questions[change.question]
    after, before = said(question, change.after), change.before
    if before is None:
        return f"{question.short}: {after}"
    if isinstance(before, int | float) and not isinstance(change.after, str | tuple):
        return f"{question.short}: {number(change.after)}, not {said(question, before)}"
    return f"{question.short}: {after}, not {said(question, before)}"


def said(question: Question, value: Value) -> str:
    """An answer's value after its short name: the option's phrase, or the number with its unit."""
    if isinstance(value, tuple):
        between = " or " if question.kind == "choice" else ", "
        return between.join(said(question, each) for each in value)
    if isinstance(value, str) and question.kind == "date":
        return on_day(date.fromisoformat(value))
    if isinstance(value, str):
        option = question.option(value)
        spoken = "does not apply" if value == "na" else value
        return (option.phrase or option.text) if option else spoken
    return f"{number(value)} {question.rest_of_unit}".rstrip()


def _unknowns(pack: Pack, advice: Advice) -> list[RenderableType]:
    asked = (pack.questions[each] for each in advice.decisive if each in pack.questions)
    labels = [(each.where_one_runs() if advice.there else each).label for each in asked]
    shown = [hanging(f"{at}.", words(each)) for at, each in enumerate(labels[:MOST], 1)]
    idle = sum(each not in advice.decisive and not _unsaid(pack, each) for each in advice.unknowns)
    rest = [Text(f"{idle} more would change nothing, in --json", "dim")] if idle else []
    return [*shown, *_more(len(labels)), *rest]


def _lasting(advice: Advice) -> list[RenderableType]:
    """What a mesh that stays asks for, and what must run before one goes."""
    parts = section("Must run before it goes", *bullets(map(words, leaving(advice))))
    if kept := advice.cadence:
        sources = f" [{', '.join(kept.sources)}]"
        label = "Its end" if kept.ended else "Upgrades"
        parts += section(label, words(kept.text).append(sources, "dim"))
    return parts


def _due(pack: Pack, advice: Advice) -> list[RenderableType]:
    """The day by which somebody outside the team wants it proven."""
    day = advice.deadline
    return section(pack.questions[DEADLINE].short, words(on_day(day))) if day else []


def _unsaid(pack: Pack, question: str) -> bool:
    """Whether it counts as something while nobody answers."""
    return question in pack.questions and pack.questions[question].unsaid is not None


def _actions(advice: Advice) -> list[RenderableType]:
    steps = [hanging(f"{at}.", words(each)) for at, each in enumerate(advice.actions, 1)]
    if advice.look_again_days is None:
        return list(steps)
    return [*steps, words(f"Look again in {advice.look_again_days} days, earlier if it changes.")]


def _table(advice: Advice) -> Table:
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for title in ("Need", "A mesh helps most when", "Something simpler when", "You"):
        grid.add_column(title, ratio=1, header_style="dim")
    for row in advice.article_table:
        grid.add_row(row.need, row.helps_when, row.alternative_when, row.you)
    return grid


def _cited(pack: Pack, advice: Advice) -> set[str]:
    figures = {pack.questions[name].source for each in advice.reasons for name in each.assumed}
    return {pack.rules[advice.rule].source, *cited(advice), *figures}


def _foot(pack: Pack, answers: Answers, advice: Advice) -> str:
    guesses = sum(1 for each in answers.values() if each.evidence == "guess")
    beside = sum(1 for each in answers.values() if each.value == "na")
    asked = sum(1 for each in pack.questions.values() if each.page or each.id in answers)
    parts = [
        f"{len(answers) - beside} of {asked - beside} answers",
        *([f"{guesses} of them guesses"] if guesses else []),
        f"rule {advice.rule}",
        f"knowledge {advice.pack.name} {advice.pack.version}",
    ]
    return " · ".join(parts)
