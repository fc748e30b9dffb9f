"""What stands in the card's thread: reasons with sources, the table, the hours, the shape, why."""

from __future__ import annotations

from bot.blocks import estimate, ids, kit, phrases, shape
from bot.blocks.kit import Block
from bot.blocks.pages import brief
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, number, person
from bot.domain.estimate.model import Estimate
from bot.domain.model import GOES_AHEAD, Advice, Reason, Required, Tax
from bot.domain.pack import Pack
from bot.domain.pack.sources import Source
from bot.domain.team import Standing
from bot.domain.words import leaving, side_labels

LEAVING = "Must run before it goes"
TAKEAWAY = "takeaway-adopt"
TAKEAWAY_NOT_READY = "takeaway-not-ready"


def detail(pack: Pack, standing: Standing) -> Payload:
    """Everything behind the card, once, in its thread."""
    advice = standing.advice
    blocks = [
        kit.section("reasons", cut("\n".join(_reasons(pack, advice)), 3000)),
        *_paragraph("blockers", _blockers(advice)),
        *_paragraph("adopt", _to_adopt(pack, advice), "What Adopt takes"),
        kit.section(
            "compare", "*Mesh or something simpler*, in our source article's words and yours:"
        ),
        kit.table("table", _table(advice)),
        *_hours(pack, standing),
        *_paragraph("leaving", [f"• {each}" for each in leaving(advice)], LEAVING),
        *shape.shape(pack, advice.shape),
        *shape.refused(pack, advice),
        *shape.instead(pack, advice.alternatives),
        *_paragraph("dissent", _dissent(pack, standing), "Seen differently"),
        *_takeaway(pack, advice),
        kit.actions("do", kit.button(ids.ARGUE, "Argue the other side", standing.assessment.id)),
    ]
    return message(*blocks)


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
    about = ", ".join(filter(None, (source.publisher, kind, read)))
    named = " ".join(filter(None, (f"• {title}", f"({about})" if about else "")))
    return f"{named}. {source.interest}".rstrip()


def argue(pack: Pack, standing: Standing, points: tuple[Reason, ...], user: str) -> Payload:
    """The strongest contrary points, from the team's own answers."""
    lines = [f"• {each.text} _({phrases.behind(pack, each)})_" for each in points]
    none = "Your own answers give nothing to the other side."
    return message(
        kit.section(
            "other",
            cut(
                f"*The other side of “{standing.advice.title}”*, asked for by {person(user)}, from "
                "your own answers:\n" + ("\n".join(lines) or none),
                3000,
            ),
        )
    )


def _bullets(texts: tuple[str, ...]) -> str:
    return "\n".join(f"• {each}" for each in texts)


def _reasons(pack: Pack, advice: Advice) -> list[str]:
    speaks_for, against, _ = side_labels(advice)
    said = {"for": speaks_for, "against": against, "neither": "Also"}
    lines = ["*Reasons*"]
    for side, label in said.items():
        lines += [
            f"• {label}: {each.text} _({phrases.behind(pack, each)})_"
            for each in advice.reasons
            if each.speaks == side
        ]
    if len(lines) == 1:
        return [*lines, f"• {advice.because}"]
    named = phrases.called(pack, (each.source for each in advice.reasons))
    return [*lines, *([f"_{named}_"] if named else [])]


def _blockers(advice: Advice) -> list[str]:
    if not advice.blockers:
        return []
    head = "What to mend" if advice.there else "What stops it, and what removes it"
    return [f"*{head}*"] + [f"• {each.text} → {each.action}" for each in advice.blockers]


def _to_adopt(pack: Pack, advice: Advice) -> list[str]:
    """Each of the conditions of Adopt, met or not, and by what it could become so."""
    said = (("Met" if each.met else _open(pack, each), each.text) for each in advice.to_adopt)
    return [f"• {stands}: {text}" for stands, text in said]


def _open(pack: Pack, required: Required) -> str:
    if required.question is None:
        return "Not met, and out of reach"
    asked = pack.questions.get(required.question)
    return f"Not met ({asked.short})" if asked else "Not met"


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


def _hours(pack: Pack, standing: Standing) -> list[Block]:
    """The hours in words, then as a native chart with the same figures."""
    tax, there = standing.advice.tax, standing.advice.there
    if tax is None:
        return []
    said = "\n".join(sums(pack, tax, standing.estimate, there=there))
    return [kit.section("hours", said), chart(tax, there=there)]


def sums(pack: Pack, tax: Tax, found: Estimate | None = None, *, there: bool = False) -> list[str]:
    """The arithmetic, term by term, with what it leaves out."""
    without, using = SIDES[there]
    lines = [
        "*Engineer hours a month*",
        f"{without}: {number(tax.incident_hours)} on incidents + {number(tax.drift_hours)} on "
        f"upkeep = {number(tax.total_hours)}.",
        f"{using}: {number(tax.saving_percent)} % saved = {number(tax.saved_hours)} "
        f"({number(tax.fte)} FTE at {number(pack.tax.hours_per_fte)} h), less "
        f"{number(tax.mesh_hours)} to run it = {number(tax.net_hours)} net.",
    ]
    if tax.never_pays:
        lines.append(pack.tax.no_rate_pays)
    elif tax.mesh_hours == 0:
        lines.append(pack.tax.no_mesh_hours)
    elif tax.break_even_saving_percent is not None:
        lines.append(
            f"Break-even: running it in under {number(tax.break_even_mesh_hours)} hours, or saving "
            f"over {number(tax.break_even_saving_percent)} %."
        )
    proxies = estimate.line(found) if found else pack.tax.proxies
    beside = (phrases.payback(tax), phrases.span(tax), *pack.tax.beside, proxies)
    return [*lines, *filter(None, beside)]


SIDES = (("Today", "With a mesh"), ("Without the mesh", "With it"))
"""What is compared where one might be added, and where one runs."""


def chart(tax: Tax, *, there: bool = False) -> Block:
    """The hours without a mesh beside those with it, as bars."""
    without, using = SIDES[there]
    left = tax.total_hours - tax.saved_hours
    return kit.bars(
        "chart",
        "Engineer hours a month",
        "hours",
        [
            ("Between services", [(without, f"{tax.total_hours}"), (using, f"{left}")]),
            ("Running the mesh", [(without, "0"), (using, f"{tax.mesh_hours}")]),
        ],
    )


def _dissent(pack: Pack, standing: Standing) -> list[str]:
    return [
        f"• {question.short}: {person(each.respondent)} says {brief(question, each.answer.value)}"
        for each in standing.dissent
        if (question := pack.questions.get(each.question))
    ][:20]


def _takeaway(pack: Pack, advice: Advice) -> list[Block]:
    entry = pack.entries.get(TAKEAWAY if advice.outcome in GOES_AHEAD else TAKEAWAY_NOT_READY)
    if entry is None:
        return []
    said = f"*{entry.title}.* {entry.answer} _({pack.sources[entry.source].cite})_"
    return [kit.context("takeaway", cut(said, 3000))]
