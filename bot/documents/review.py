"""One decision as a page for a review: what was decided, on what, by whom, and when."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from bot.blocks import cites, conditions, phrases
from bot.blocks.pages import shown
from bot.documents import across, checklist, reopening
from bot.documents.deciders import NO_NAMES, Names, called, people_in
from bot.documents.every_run import STYLE
from bot.documents.page import bullets, page, safe, table
from bot.documents.review_hours import hours, plain
from bot.documents.review_pilot import people_of, pilot
from bot.documents.sources import told
from bot.domain.model import Advice
from bot.domain.model.record import FiledRecord
from bot.domain.pack import Pack
from bot.domain.replies import Review
from bot.domain.team import Standing, TeamAnswer
from bot.domain.words import count, leaving, side_labels

QUESTIONS = (
    "Should this team add a service mesh?",
    "This team runs a service mesh. Should it keep it?",
)
"""Where none runs, and where one does."""
WHO = "People stand by their names where Slack tells them, and by their Slack ids."


def title(review: Review) -> str:
    """`Service mesh: Not yet`."""
    return f"Service mesh: {review.standing.advice.title}"


def posted(review: Review, who: str) -> str:
    """What accompanies the file in the thread."""
    return (
        f"The decision as a page for a review, asked for by {who}: "
        f"{review.standing.advice.headline}."
    )


def people_in_review(review: Review) -> tuple[str, ...]:
    """Everybody whom the page names, by their ids."""
    pilot = people_of(review.dossier) if review.dossier else ()
    confirmed = (review.record and review.record.confirmed_by) or ""
    return people_in(review.standing, confirmed, *pilot)


def review(pack: Pack, review: Review, names: Names = MappingProxyType({})) -> str:
    """The page as HTML; `names` are those of the people on it, by their ids."""
    standing, advice = review.standing, review.standing.advice
    body = [
        f"<p>{QUESTIONS[advice.there]}</p>",
        f'<p class="answer">{safe(advice.headline)}. {safe(advice.because)}</p>',
        *_who_and_when(review, names),
        *_for_and_against(pack, standing),
        *_lasting(advice),
        *hours(pack, standing),
        *_article(advice),
        *_shape(pack, advice),
        *_instead(pack, advice),
        *_turns(pack, advice),
        *pilot(pack, review, names),
        *_dissent(pack, standing, names),
        *checklist.page(standing, names),
        *reopening.page(standing, names),
        *_answers(pack, standing, names),
        *_sources(pack, review),
    ]
    return page(title(review), body, review.at, STYLE)


def _who_and_when(review: Review, names: Names) -> Iterator[str]:
    assessment, advice = review.standing.assessment, review.standing.advice
    last = review.record
    lines = [
        f"The team of channel {assessment.channel} (Slack id)"
        f"{f'; its card: {assessment.card_link}' if assessment.card_link else ''}.",
        f"Answered by {_respondents(review.standing, names)}, last changed on "
        f"{assessment.touched_at:%-d %b %Y}. {WHO}",
        f"{called(assessment.confirmed_by, names)} said last that it is still true, on "
        f"{assessment.confirmed_at:%-d %b %Y}."
        if assessment.confirmed_by and assessment.confirmed_at
        else "Nobody has said since that it is still true.",
        f"Decision record {last.number:04} of {last.at:%-d %b %Y}: {last.title}"
        f"{_stood(last, names)}."
        if last
        else "No decision record was written.",
        f"Decided by rule {advice.rule} ({advice.headline}) of knowledge pack "
        f"{advice.pack.name} {advice.pack.version}.",
    ]
    if whole := across.stands_on(review.standing.stands_on):
        lines.insert(0, whole)
    if again := review.standing.look_again_at:
        lines.append(f"To be looked at again on {again:%-d %b %Y}.")
    yield bullets(lines)


def _stood(record: FiledRecord, names: Names) -> str:
    """Proposed or accepted, and by whose word where somebody confirmed it."""
    by = f", confirmed by {called(record.confirmed_by, names)}" if record.confirmed_by else ""
    return f" ({record.status}{by})" if record.status else ""


def _respondents(standing: Standing, names: Names) -> str:
    unnamed = count(standing.unnamed, "person", "people")
    named = ", ".join(called(each, names) for each in standing.respondents)
    lines = [named] if named else []
    lines += [f"{unnamed} in {NO_NAMES}"] if standing.unnamed else []
    return " and ".join(lines) or "nobody yet"


def _for_and_against(pack: Pack, standing: Standing) -> Iterator[str]:
    advice = standing.advice
    yield "<h2>For and against</h2>"
    speaks_for, against, _ = side_labels(advice)
    sides = {"for": speaks_for, "against": against, "neither": "Not known"}
    rows = [
        (words, each.text, cites.behind(pack, each))
        for side, words in sides.items()
        for each in advice.reasons
        if each.speaks == side
    ]
    heads = ("", "Point", "Who says so")
    yield table(heads, rows) if rows else f"<p>{safe(advice.because)}</p>"
    yield f"<p>{safe(cites.called(pack, cites.sources_of(pack, advice.reasons)))}</p>"
    if advice.blockers:
        yield f"<h2>{'What to mend' if advice.there else 'What stops it'}</h2>"
        yield table(("What", "What removes it"), ((e.text, e.action) for e in advice.blockers))
    if advice.contradictions:
        yield "<h2>Answers that do not go together</h2>"
        yield bullets(each.text for each in advice.contradictions)
    if advice.duty:
        yield f"<p>{safe(advice.duty)}</p>"
    if advice.to_adopt:
        yield "<h2>What Adopt takes</h2>"
        takes = ((conditions.stands(pack, standing, e), e.text) for e in advice.to_adopt)
        yield table(("Now", "Condition"), takes)


def _lasting(advice: Advice) -> Iterator[str]:
    """What a mesh that stays asks for, or what must run before it goes."""
    if kept := advice.cadence:
        yield f"<h2>{'Its end' if kept.ended else 'Upgrades'}</h2>\n<p>{safe(kept.text)}</p>"
    if going := leaving(advice):
        yield f"<h2>Must run before it goes</h2>\n{bullets(going)}"


def _article(advice: Advice) -> Iterator[str]:
    if advice.article_table:
        yield "<h2>Mesh or something simpler</h2>"
        heads = ("Primary need", "A mesh helps most when", "Something simpler when", "You")
        yield table(
            heads, ((r.need, r.helps_when, r.alternative_when, r.you) for r in advice.article_table)
        )


def _shape(pack: Pack, advice: Advice) -> Iterator[str]:
    shape = advice.shape
    if shape is None:
        return
    yield f"<h2>Shape: {safe(shape.title)}</h2>"
    rests = f"{shape.text} ({cites.by_rule(pack, shape.source)})"
    lines = [rests, shape.adds_to_run, shape.rollout, shape.simplest]
    yield "".join(f"<p>{safe(plain(each))}</p>" for each in lines if each)
    if shape.gives_up:
        yield f"<p>Given up, or only with conditions:</p>{bullets(map(plain, shape.gives_up))}"
    modes = [
        (each.title, "\n".join(each.meets), "\n".join((*each.partly, *each.lacks)), each.maturity)
        for each in shape.modes
    ]
    if modes:
        yield table(("Mesh and mode", "Meets", "Partly, or lacks", "How ripe"), modes)
    if shape.traps:
        yield bullets(plain(each.text) for each in shape.traps)


def _instead(pack: Pack, advice: Advice) -> Iterator[str]:
    yield "<h2>Alternatives</h2>"
    missing = [each.text for each in advice.to_adopt if not each.met]
    if missing and advice.outcome != "adopt":
        why = "because this is not met, or nobody knows"
        yield f"<p>Adopting it now is not advised, {why}:</p>{bullets(missing)}"
    rows = [
        (
            plain(each.text),
            "\n".join(option.title for option in each.options),
            "open: nobody has said that it is enough" if each.question else "meets this need",
            cites.of_source(pack, each.source),
        )
        for each in advice.alternatives
    ]
    if rows:
        yield table(("Instead of a mesh", "What may do it", "Why or why not", "The rule"), rows)
    else:
        yield "<p>No need is open that something simpler might meet.</p>"


def _turns(pack: Pack, advice: Advice) -> Iterator[str]:
    turns = [plain(phrases.turn(pack, each)) for each in advice.turns]
    if turns:
        yield f"<h2>What would change it</h2>\n{bullets(turns)}"


def _dissent(pack: Pack, standing: Standing, names: Names) -> Iterator[str]:
    rows = [
        _answer(pack, each, names, there=standing.advice.there)
        for each in standing.dissent
        if each.question in pack.questions
    ]
    if rows:
        yield "<h2>Said by somebody, and not the team's answer</h2>"
        yield table(("Question", "Answer", "How known", "Who", "When"), rows)


def _answers(pack: Pack, standing: Standing, names: Names) -> Iterator[str]:
    yield "<h2>The answers</h2>"
    answers = (standing.answered.get(each) for each in pack.questions)
    yield table(
        ("Question", "Answer", "How known", "Who", "When"),
        (_answer(pack, each, names, there=standing.advice.there) for each in answers if each),
    )


def _answer(pack: Pack, own: TeamAnswer, names: Names, *, there: bool) -> tuple[str, ...]:
    question, answer = pack.questions[own.question], own.answer
    label = question.where_one_runs().label if there else question.label
    typed = question.kind == "text"
    text = str(answer.value) if typed else plain(shown(question, answer.value))
    why = " ".join(each for each in (answer.note, answer.reason) if each)
    known = answer.evidence or "not said"
    return (
        label,
        text,
        f"{known}: {why}" if why else known,
        called(own.respondent, names),
        f"{own.at:%Y-%m-%d}",
    )


def _sources(pack: Pack, review: Review) -> Iterator[str]:
    if review.conflicts:
        yield f"<h2>Where the sources disagree</h2>\n{bullets(review.conflicts)}"
    yield "<h2>Sources</h2>"
    yield bullets(told(pack.sources[each]) for each in review.cited if each in pack.sources)
