"""Lines that several screens share: both sides, what stops it, the hours, what would turn it."""

from __future__ import annotations

from bot.blocks import cites
from bot.blocks.pages import brief
from bot.blocks.words import escaped, person
from bot.domain.model import Advice, Answer, Change, Flip, Tax
from bot.domain.pack import Pack, Question
from bot.domain.pack.vocabulary import MESH_HOURS, SAVING
from bot.domain.team import Standing, TeamAnswer
from bot.domain.words import count, leaving, listed, number, side_labels, some


def sides(advice: Advice) -> list[str]:
    """For, against, stops it; only what there is."""
    points = (
        [each.phrase for each in advice.reasons if each.speaks == "for"],
        [each.phrase for each in advice.reasons if each.speaks == "against"],
        [each.phrase for each in advice.blockers],
    )
    lines = zip(side_labels(advice), points, strict=True)
    return [f"*{label}:* {' · '.join(phrases)}" for label, phrases in lines if phrases]


def duty(advice: Advice) -> list[str]:
    """What stays due meanwhile."""
    return [f"*Meanwhile:* {advice.duty}"] if advice.duty else []


def lasting(advice: Advice) -> list[str]:
    """What a mesh that stays asks for, or what must run before it goes."""
    if kept := advice.cadence:
        return [f"*{'Its end' if kept.ended else 'Upgrades'}:* {kept.text}"]
    if not leaving(advice):
        return []
    needs = [each.need for each in advice.alternatives]
    first = f"what meets {listed(needs)}; the thread names it." if needs else leaving(advice)[0]
    return [f"*Must run before it goes:* {first}"]


def hours(pack: Pack, advice: Advice, standing: Standing) -> str:
    """The tax in a line, each figure with its unit; guesses are called guesses."""
    tax = advice.tax
    if tax is None:
        return "*Hours:* not counted yet, so nothing here rests on them."
    when = "without the mesh" if advice.there else "today"
    today = f"*Hours:* {number(tax.total_hours)} a month {when}."
    saving = f"At {number(tax.saving_percent)} % saved ({_known(pack, standing, SAVING)})"
    if tax.never_pays:
        takes = some(tax.mesh_hours, "hours")
        return f"{today} No savings rate can pay for {takes} of running it.{_after(payback(tax))}"
    if tax.mesh_hours == 0:
        asked = "" if advice.contradictions else " Who upgrades it?"
        return f"{today} You said 0 for running it.{asked}"
    one = "it" if advice.there else "a mesh"
    return (
        f"{today} {saving} {one} pays while running it costs under "
        f"{number(tax.break_even_mesh_hours)}; you said {number(tax.mesh_hours)} "
        f"({_known(pack, standing, MESH_HOURS)}).{_after(payback(tax))}"
    )


def payback(tax: Tax) -> str:
    """When the hours of setting it up are earned back; nothing while hours are not said, or 0."""
    months, setup = tax.payback_months, some(tax.setup_hours or 0, "hours")
    if months is None or tax.mesh_hours == 0:
        return ""
    if months == "never":
        return f"Setting it up takes {setup}, never earned back."
    return f"Setting it up takes {setup}, earned back in {some(months, 'months')}."


def _after(text: str) -> str:
    return f" {text}" if text else ""


def _known(pack: Pack, standing: Standing, question: str) -> str:
    answer = standing.answered.get(question)
    if answer is None:
        return f"assumed by {cites.introduced(pack, pack.questions[question].source)}"
    return {"guess": "a guess", None: "a guess"}.get(answer.answer.evidence) or str(
        answer.answer.evidence
    )


def evidence(answer: TeamAnswer) -> str:
    """How an answer is known, where somebody said so."""
    return {"guess": "a guess", None: ""}.get(answer.answer.evidence, str(answer.answer.evidence))


def turn(pack: Pack, flip: Flip) -> str:
    """One flip in a line: "Owner: named → *Pilot first*"."""
    changes = ", and ".join(_change(pack, each) for each in flip.changes)
    return f"{changes} → *{flip.title}*"


def _change(pack: Pack, change: Change) -> str:
    question = pack.questions[change.question]
    text = f"{question.short}: {brief(question, change.after)}"
    if question.kind == "number" and change.before is not None:
        return f"{text} (you said {brief(question, change.before)})"
    return text


def upward(pack: Pack, advice: Advice) -> list[str]:
    """The one line that leads on from here, and beside it the one change that would lift it."""
    line, lift = advice.upward, advice.lift
    lines = [f"*{line.label}:* {' · '.join(line.parts)}."] if line else []
    if lift:
        lines.append(f"*{'What if' if line else 'Would change it'}:* {turn(pack, lift)}")
    return [" ".join(lines)] if lines else []


def clashes(advice: Advice) -> list[str]:
    """Answers that do not go together, which *Change answers* mends."""
    if not advice.contradictions:
        return []
    texts = [each.text for each in advice.contradictions[:2]]
    more = len(advice.contradictions) - len(texts)
    return [disagree(advice), *texts, *([f"And in {count(more, 'more place')}."] if more else [])]


def disagree(advice: Advice) -> str:
    """In how many places answers do not go together."""
    many = len(advice.contradictions)
    return f"*Answers disagree{f' in {many} places' if many > 1 else ''}.*"


def unknown(pack: Pack, advice: Advice) -> list[str]:
    """The unknowns that weigh most."""
    first = [pack.questions[each].short for each in advice.decisive[:3] if each in pack.questions]
    return [f"*Not known yet, most decisive first:* {' · '.join(first)}"] if first else []


def counted(standing: Standing) -> str:
    """`6 of 18 answers counted or measured, 2 guesses`; what does not apply leaves the count."""
    answers = [each.answer for each in standing.answered.values() if each.answer.value != "na"]
    unknowns = sum(1 for each in answers if each.value == "unknown")
    guesses = standing.guesses
    if not answers:
        return "nobody has answered yet"
    parts = [f"{standing.counted} of {count(len(answers), 'answer')} counted or measured"]
    if unknowns:
        parts.append(f"{unknowns} don't know")
    if guesses:
        parts.append(count(guesses, "guess", "guesses"))
    return ", ".join(parts)


def answered(question: Question, answer: Answer) -> str:
    """An answer in words; what does not apply says why, since that is all that speaks for it."""
    text = brief(question, answer.value)
    return (
        f"{text}: {escaped(answer.reason, 300)}" if answer.value == "na" and answer.reason else text
    )


NOBODY_HERE = "the team says that it has an owner; nobody has accepted here."


def who_answered(standing: Standing) -> list[str]:
    """How many answered, those of rounds that keep no names apart: who they are is not known."""
    named = len(standing.respondents)
    return [
        *([f"{count(named, 'person', 'people')} answered"] if named else []),
        *([f"{standing.unnamed} in a round without names"] if standing.unnamed else []),
    ]


def owned(pack: Pack, standing: Standing) -> list[str]:
    """Who accepted to own it, or every role of it; or that the team says so and nobody here has."""
    if standing.owners:
        every = "" if standing.assessment.owner_accepted else f" all {len(pack.roles)} roles"
        between = " between them" if every and len(standing.owners) > 1 else ""
        return [f"{', '.join(map(person, standing.owners))}, who accepted{every}{between}."]
    return [NOBODY_HERE] if standing.says_owned else []


def asked_to_own(standing: Standing) -> list[str]:
    """Who was asked and has not answered."""
    assessment = standing.assessment
    if assessment.owner_asked is None:
        return []
    by = f" by {person(assessment.owner_asked_by)}" if assessment.owner_asked_by else ""
    return [f"{person(assessment.owner_asked)} was asked{by} and has not answered."]
