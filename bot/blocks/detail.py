"""What stands in the card's thread: what decides, the rest behind *More*; why; the other side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.blocks import across, cites, conditions, hours, ids, kit, rounds, rows, shape
from bot.blocks.kit import Block
from bot.blocks.pages import brief
from bot.blocks.surfaces import Payload, message, spoken
from bot.blocks.tables import table
from bot.blocks.words import alone, cut, person
from bot.domain.model import GOES_AHEAD, Advice, Reason, Required, Tax
from bot.domain.pack import Pack
from bot.domain.pack.sources import Source
from bot.domain.team import Standing
from bot.domain.words import count, leaving, side_labels

LEAVING = "Must run before it goes"
MOST_SAID = 2000
"""Characters that a reader sees of the detail: three screens of a laptop."""
MOST_UNMET = 4
NONE_YET = " (the team has none yet)"
MOST_VOICES = 20
"""Other answers that one message lists; a long one in its first words."""
OTHERWISE = "Said by somebody, and not the team's answer"
TAKEAWAY = "takeaway-adopt"
TAKEAWAY_NOT_READY = "takeaway-not-ready"


def detail(pack: Pack, standing: Standing) -> Payload:
    """What decides, in the card's thread; what else stands behind it is one press away."""
    advice, assessment = standing.advice, standing.assessment.id
    for points, voices in ((len(advice.reasons), MOST_VOICES), (6, 6), (4, 3), (3, 1), (3, 0)):
        blocks = _deciding(pack, standing, points, voices)
        if len(rows.seen(spoken(blocks))) <= MOST_SAID:
            break
    others = [] if alone(standing.assessment.channel) else [ids.ROUND_OPEN]
    return message(
        *blocks,
        kit.actions(
            "do",
            kit.button(ids.MORE, "More", assessment),
            kit.button(ids.ARGUE, "Argue the other side", assessment),
            kit.button(ids.ACTIONS, "What to do", assessment),
            *(kit.button(each, rounds.BUTTON, assessment) for each in others),
        ),
    )


def _deciding(pack: Pack, standing: Standing, most: int, voices: int) -> list[Block]:
    advice, tax = standing.advice, standing.advice.tax
    unmet = [each for each in advice.to_adopt if not each.met]
    title = "What Adopt still takes"
    sums = _sums(pack, standing, tax) if tax else []
    return [
        *_paragraph("stands_on", across.stands_on(standing.stands_on)),
        kit.section("reasons", cut("\n".join(_reasons(pack, advice, most)), 3000)),
        *_paragraph("blockers", _blockers(advice)),
        *_paragraph("adopt", _to_adopt(pack, standing, unmet[:MOST_UNMET], len(unmet)), title),
        *_paragraph("hours", sums),
        *_paragraph("dissent", _dissent(pack, standing, voices), OTHERWISE),
    ]


def _sums(pack: Pack, standing: Standing, tax: Tax) -> list[str]:
    there, derived = standing.advice.there, hours.any_derived(standing)
    return hours.sums(pack, tax, standing.estimate, there=there, derived=derived)


def more(pack: Pack, standing: Standing) -> Payload:
    """All that is left out of the thread: every reason and condition, the table, the shape."""
    advice, tax = standing.advice, standing.advice.tax
    takes = _to_adopt(pack, standing, advice.to_adopt, len(advice.to_adopt))
    everything = _reasons(pack, advice, len(advice.reasons))
    return message(
        *_paragraph("reasons", everything),
        *_paragraph("adopt", takes, "What Adopt takes"),
        *_paragraph("dissent", _dissent(pack, standing, MOST_VOICES, "in the record"), OTHERWISE),
        kit.section(
            "compare", "*Mesh or something simpler*, in our source article's words and yours:"
        ),
        table("table", _table(advice)),
        *([hours.chart(tax, there=advice.there)] if tax else []),
        *_paragraph("leaving", [f"• {each}" for each in leaving(advice)], LEAVING),
        *shape.shape(pack, advice.shape),
        *shape.refused(pack, advice),
        *shape.instead(pack, advice.alternatives),
        *_takeaway(pack, advice),
    )


def simpler(pack: Pack, standing: Standing) -> Payload:
    """What would do instead of a mesh, for whoever asked."""
    none = kit.section("instead", "Nothing simpler is known that would meet what you need.")
    return message(*(shape.instead(pack, standing.advice.alternatives) or [none]))


def why(pack: Pack, standing: Standing) -> Payload:
    """The rule that fired, its reasons, their sources and who gains from them."""
    advice = standing.advice
    rule = pack.rules[advice.rule]
    cited = {each.source for each in advice.reasons} | {rule.source}
    sources = [
        f"• *{source.title}.* {source.interest}".rstrip()
        for key, source in pack.sources.items()
        if key in cited
    ]
    return message(
        kit.section("rule", f"*{advice.headline}.* Rule `{rule.id}` decided: {advice.because}"),
        kit.section("reasons", cut("\n".join(_reasons(pack, advice)), 3000)),
        kit.section("next", cut("*What to do:*\n" + _bullets(advice.actions), 3000)),
        kit.section("sources", cut("*Who says so, and who gains:*\n" + "\n".join(sources), 3000)),
        kit.context(
            "foot",
            "The first rule of the table that holds decides; all blockers are listed whichever it "
            f"is. Rules {advice.pack.name} {advice.pack.version}.",
        ),
    )


def sources(
    pack: Pack, standing: Standing, cited: tuple[str, ...], notes: tuple[str, ...]
) -> Payload:
    """Every source the current advice rests on, and where they disagree."""
    lines = [_source(pack.sources[each]) for each in cited if each in pack.sources]
    conflicts = [f"• {each}" for each in notes]
    return message(
        kit.section("head", f"*What “{standing.advice.title}” rests on*"),
        *(
            kit.section(f"sources.{at}", cut("\n".join(lines[at : at + 8]), 3000))
            for at in range(0, len(lines), 8)
        ),
        *_paragraph("conflicts", conflicts, "Where they disagree"),
    )


def _source(source: Source) -> str:
    """A source in a line: who publishes it, of which kind, when it was read, who gains."""
    title = f"<{source.url}|{source.title}>" if source.url else source.title
    kind = f"{source.kind} source" if source.kind else ""
    read = f"read {source.read:%-d %b %Y}" if source.read else ""
    about = ", ".join(filter(None, (source.publisher or source.called, kind, read)))
    named = " ".join(filter(None, (f"• {title}", f"({about})" if about else "")))
    return f"{named}. {source.interest}".rstrip()


def _bullets(texts: tuple[str, ...]) -> str:
    return "\n".join(f"• {each}" for each in texts)


def _reasons(pack: Pack, advice: Advice, most: int = 99) -> list[str]:
    """The points of each side, the strongest first, and how many of all are left out."""
    speaks_for, against, _ = side_labels(advice)
    sides = {"for": speaks_for, "against": against, "neither": "Not known"}
    sided = sorted(advice.reasons, key=lambda each: list(sides).index(each.speaks))
    shown = _strongest(sided, most)
    lines = []
    for side, label in sides.items():
        points = [each for each in shown if each.speaks == side]
        lines += [f"*{label}*"] if points else []
        lines += [f"• {each.text} _({cites.behind(pack, each)})_" for each in points]
    if not lines:
        return [f"• {advice.because}"]
    if left := len(sided) - len(shown):
        lines.append(f"{count(left, 'more point')} behind *More*.")
    named = cites.called(pack, cites.sources_of(pack, shown))
    return [*lines, *([f"_{named}_"] if named else [])]


def _strongest(sided: Sequence[Reason], most: int) -> list[Reason]:
    """As many as there is room for, each side's in turn, in the order that they had."""
    ranks: Counter[str] = Counter()
    ranked = []
    for each in sided:
        ranked.append((ranks[each.speaks], each))
        ranks[each.speaks] += 1
    kept = [each for _, each in sorted(ranked, key=lambda pair: pair[0])][:most]
    return [each for each in sided if each in kept]


def _blockers(advice: Advice) -> list[str]:
    if not advice.blockers:
        return []
    head = "What to mend" if advice.there else "What stops it, and what removes it"
    return [f"*{head}*"] + [f"• {each.text} → {each.action}" for each in advice.blockers]


def _to_adopt(pack: Pack, standing: Standing, shown: Sequence[Required], of: int) -> list[str]:
    """Conditions of Adopt, met or not, and by what they could become so."""
    lines = [f"• {conditions.stands(pack, standing, each)}: {each.text}" for each in shown]
    left = of - len(shown)
    return [*lines, *([f"{left} more behind *More*."] if left else [])]


def _paragraph(block_id: str, lines: list[str], title: str = "") -> list[Block]:
    """A section of these lines, or nothing where there are none."""
    if not lines:
        return []
    head = [f"*{title}*"] if title else []
    return [kit.section(block_id, cut("\n".join([*head, *lines]), 3000))]


def _table(advice: Advice) -> list[list[str]]:
    head = ["Your primary need", "A mesh helps most when", "Something simpler when", "You"]
    return [
        head,
        *([r.need, r.helps_when, r.alternative_when, r.you] for r in advice.article_table),
    ]


def _dissent(pack: Pack, standing: Standing, most: int, rest: str = "behind *More*") -> list[str]:
    """Who answered otherwise, and how many more of them stand elsewhere."""
    lines = [
        f"• {question.short}{'' if each.question in standing.answered else NONE_YET}: "
        f"{person(each.respondent)} says {cut(brief(question, each.answer.value), 80)}"
        for each in standing.dissent
        if (question := pack.questions.get(each.question))
    ]
    left = len(lines) - most
    return [*lines[:most], *([f"{count(left, 'other answer')} {rest}."] if left > 0 else [])]


def _takeaway(pack: Pack, advice: Advice) -> list[Block]:
    entry = pack.entries.get(TAKEAWAY if advice.outcome in GOES_AHEAD else TAKEAWAY_NOT_READY)
    if entry is None:
        return []
    text = f"*{entry.title}.* {entry.answer} _({pack.sources[entry.source].cite})_"
    return [kit.context("takeaway", cut(text, 3000))]
