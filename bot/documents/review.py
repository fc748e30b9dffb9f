"""One decision as a page for a review: what was decided, on what, by whom, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.blocks import phrases
from bot.blocks.detail import sums
from bot.blocks.pages import shown
from bot.documents.curves import bars
from bot.documents.every_run import STYLE
from bot.documents.page import bullets, page, safe, table
from bot.documents.review_pilot import pilot
from bot.documents.sources import told
from bot.domain.model import Advice, Tax
from bot.domain.pack import Pack
from bot.domain.replies import Review
from bot.domain.team import Standing, TeamAnswer
from bot.domain.words import amount

QUESTION = "Should this team add a service mesh?"
_SIDES = {"for": "Speaks for it", "against": "Speaks against it", "neither": "Also"}
_MARKS = re.compile(r"(?<!\w)[*_](?=\S)(.+?)(?<=\S)[*_](?!\w)")


def title(review: Review) -> str:
    """`Service mesh: Not yet`."""
    return f"Service mesh: {review.standing.advice.title}"


def posted(review: Review, who: str) -> str:
    """What accompanies the file in the thread."""
    return (
        f"The decision as a page for a review, asked for by {who}: "
        f"{review.standing.advice.headline}."
    )


def review(pack: Pack, given: Review) -> str:
    """The page as HTML."""
    standing, advice = given.standing, given.standing.advice
    body = [
        f"<p>{QUESTION}</p>",
        f'<p class="answer">{safe(advice.headline)}. {safe(advice.because)}</p>',
        *_who_and_when(given),
        *_for_and_against(pack, advice),
        *_hours(pack, standing),
        *_article(advice),
        *_shape(advice),
        *_instead(pack, advice),
        *_turns(pack, advice),
        *pilot(pack, given),
        *_dissent(pack, standing),
        *_actions(advice),
        *_answers(pack, standing),
        *_sources(pack, given),
    ]
    return page(title(given), body, given.at, STYLE)


def _who_and_when(given: Review) -> Iterator[str]:
    held, advice = given.standing.assessment, given.standing.advice
    last = given.record
    lines = [
        f"Answered by {', '.join(given.standing.respondents) or 'nobody yet'} (Slack ids), last "
        f"changed on {held.touched_at:%-d %b %Y}.",
        f"Last confirmed by {held.confirmed_by} on {held.confirmed_at:%-d %b %Y}."
        if held.confirmed_by and held.confirmed_at
        else "Nobody has confirmed it since.",
        f"Decision record {last.number:04} of {last.at:%-d %b %Y}: {last.title}."
        if last
        else "No decision record was written.",
        f"Decided by rule {advice.rule} of knowledge pack {advice.pack.name} "
        f"{advice.pack.version}.",
    ]
    if again := given.standing.look_again_at:
        lines.append(f"To be looked at again on {again:%-d %b %Y}.")
    yield bullets(lines)


def _for_and_against(pack: Pack, advice: Advice) -> Iterator[str]:
    yield "<h2>For and against</h2>"
    rows = [
        (words, each.text, pack.sources[each.source].cite)
        for side, words in _SIDES.items()
        for each in advice.reasons
        if each.speaks == side
    ]
    yield table(("", "Point", "Source"), rows) if rows else f"<p>{safe(advice.because)}</p>"
    if advice.blockers:
        yield "<h2>What stops it</h2>"
        yield table(("What", "What removes it"), ((e.text, e.action) for e in advice.blockers))
    if advice.contradictions:
        yield "<h2>Answers that do not go together</h2>"
        yield bullets(each.text for each in advice.contradictions)
    if advice.duty:
        yield f"<p>{safe(advice.duty)}</p>"
    if advice.to_adopt:
        yield "<h2>What Adopt takes</h2>"
        yield table(("", ""), (("met" if e.met else "not met", e.text) for e in advice.to_adopt))


def _hours(pack: Pack, standing: Standing) -> Iterator[str]:
    tax = standing.advice.tax
    if tax is None:
        yield "<h2>Engineer hours a month</h2>\n<p>Not all figures were given.</p>"
        return
    yield "<h2>Engineer hours a month</h2>"
    yield f"<figure>{bars(_bars(tax))}</figure>"
    heads = ("", "Low", "As given", "High")
    names = ("total_hours", "saved_hours", "mesh_hours", "net_hours")
    said = ("Today", "Saved by a mesh", "To run a mesh", "Left over")
    ends = (tax.low, tax, tax.high)
    yield table(
        heads,
        (
            (words, *(amount(getattr(each, name)) for each in ends))
            for words, name in zip(said, names, strict=True)
        ),
        "figures",
    )
    yield bullets(_plain(each) for each in sums(pack, tax, standing.estimate)[1:])


def _bars(tax: Tax) -> list[tuple[str, float]]:
    return [
        ("Today", tax.total_hours),
        ("Saved by a mesh", tax.saved_hours),
        ("To run a mesh", tax.mesh_hours),
    ]


def _article(advice: Advice) -> Iterator[str]:
    if advice.article_table:
        yield "<h2>Mesh or something simpler</h2>"
        heads = ("Primary need", "A mesh helps most when", "Something simpler when", "You")
        yield table(
            heads, ((r.need, r.helps_when, r.alternative_when, r.you) for r in advice.article_table)
        )


def _shape(advice: Advice) -> Iterator[str]:
    shape = advice.shape
    if shape is None:
        return
    yield f"<h2>Shape: {safe(shape.title)}</h2>"
    lines = [shape.text, shape.adds_to_run, shape.rollout, shape.simplest]
    yield "".join(f"<p>{safe(_plain(each))}</p>" for each in lines if each)
    if shape.gives_up:
        yield f"<p>Given up, or only with conditions:</p>{bullets(map(_plain, shape.gives_up))}"
    modes = [
        (each.title, "\n".join(each.meets), "\n".join((*each.partly, *each.lacks)), each.maturity)
        for each in shape.modes
    ]
    if modes:
        yield table(("Mesh and mode", "Meets", "Partly, or lacks", "How ripe"), modes)
    if shape.traps:
        yield bullets(_plain(each.text) for each in shape.traps)


def _instead(pack: Pack, advice: Advice) -> Iterator[str]:
    yield "<h2>Alternatives</h2>"
    missing = [each.text for each in advice.to_adopt if not each.met]
    if missing and advice.outcome != "adopt":
        yield f"<p>Adopting it now is turned down, because this is not met:</p>{bullets(missing)}"
    rows = [
        (
            _plain(each.text),
            "\n".join(option.title for option in each.options),
            "turned down: nobody has said that it is enough"
            if each.question
            else "meets this need",
            pack.sources[each.source].cite,
        )
        for each in advice.alternatives
    ]
    if rows:
        yield table(("Instead of a mesh", "What may do it", "", "Source"), rows)
    else:
        yield "<p>No need is open that something simpler might meet.</p>"


def _turns(pack: Pack, advice: Advice) -> Iterator[str]:
    turns = [_plain(phrases.turn(pack, each)) for each in advice.turns]
    if turns:
        yield f"<h2>What would change it</h2>\n{bullets(turns)}"


def _dissent(pack: Pack, standing: Standing) -> Iterator[str]:
    rows = [_answer(pack, each) for each in standing.dissent if each.question in pack.questions]
    if rows:
        yield "<h2>Seen differently</h2>"
        yield table(("Question", "Answer", "How known", "Who (Slack id)", "When"), rows)


def _actions(advice: Advice) -> Iterator[str]:
    if advice.actions:
        yield f"<h2>What to do</h2>\n{bullets(f'☐ {_plain(each)}' for each in advice.actions)}"


def _answers(pack: Pack, standing: Standing) -> Iterator[str]:
    yield "<h2>The answers</h2>"
    given = (standing.given.get(each) for each in pack.questions)
    yield table(
        ("Question", "Answer", "How known", "Who (Slack id)", "When"),
        (_answer(pack, each) for each in given if each),
    )


def _answer(pack: Pack, given: TeamAnswer) -> tuple[str, ...]:
    question, answer = pack.questions[given.question], given.answer
    typed = question.kind == "text"
    said = str(answer.value) if typed else _plain(shown(question, answer.value))
    why = " ".join(each for each in (answer.note, answer.reason) if each)
    known = answer.evidence or "not said"
    return (
        question.label,
        said,
        f"{known}: {why}" if why else known,
        given.respondent,
        f"{given.at:%Y-%m-%d}",
    )


def _sources(pack: Pack, given: Review) -> Iterator[str]:
    if given.conflicts:
        yield f"<h2>Where the sources disagree</h2>\n{bullets(given.conflicts)}"
    yield "<h2>Sources</h2>"
    yield bullets(told(pack.sources[each]) for each in given.cited if each in pack.sources)


def _plain(text: str) -> str:
    """A line that was written for Slack, without its marks."""
    return _MARKS.sub(r"\1", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
