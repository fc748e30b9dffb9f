"""Random situations, decided, and their cards printed as a user reads them: to be read by a person.

    python -m bench.cards --number 300 --seed 11

Every other situation is drawn as teams may answer (weighted, a question left open now and then), a
third of them with a mesh that runs. The others take the rules in turn: an example of the rule with
some of its answers drawn anew. The same seed draws the same cards as long as the pack stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import click

from bot.blocks import card
from bot.domain.answers import parse_answers
from bot.domain.decision import decide, outcome_of
from bot.domain.model import Advice, Answer, Answers, Value
from bot.domain.pack import Pack, Question
from bot.domain.team import Assessment, Standing, TeamAnswer
from bot.knowledge import load

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TRIES = 12
"""Answers of an example that are drawn anew, where its rule allows it."""
METRICS = {
    "identity": ("95 % of calls use workload identity", "Zero plaintext calls"),
    "traffic": ("Rollbacks from 12 to 4 a month", "less pain"),
    "telemetry": ("99 % of traces are whole", "better dashboards"),
    "clusters": ("3 policies in place of 12",),
    "glue": ("Copies of retry settings down from 8 to 1",),
    "learning": ("Everybody knows it",),
}
SIZES = {
    "services": (4, 8, 12, 16, 24, 40, 60, 120),
    "teams": (1, 1, 2, 4, 6, 10, 20),
    "incidents_per_month": (0, 1, 2, 4),
    "hours_per_incident": (4, 8, 18, 40),
    "drift_hours_per_team": (0, 1, 2, 4, 8),
    "mesh_hours_per_month": (0, 10, 20, 24, 30, 40, 80),
    "saving_percent": (20, 40, 60),
    "setup_hours": (40, 200, 400, 900),
}
LIKELY = {
    "problem_location": ("between", "between", "mixed", "inside", "unknown"),
    "few_services": ("no", "no", "no", "yes", "unknown"),
    "platform_owner": ("named", "named", "planned", "none", "unknown"),
    "measurement_ready": ("yes", "yes", "soon", "no", "unknown"),
    "existing_mesh": ("none",),
}
SELDOM = ("deadline", "languages", "platform", "windows_nodes", "privileges", "own_tls", "fips")


def situation(pack: Pack, chance: Random, *, there: bool) -> Answers:
    """Answers as a team may give them: each question asked, some left open."""
    answers = dict[str, Answer]()
    for question in pack.questions.values():
        open_ = 0.7 if question.id in SELDOM else 0.12 if question.page in ("need", "hold") else 0.4
        if chance.random() >= open_:
            answers[question.id] = Answer(value=_value(chance, question), evidence=_known(chance))
    answers.pop("success_metric", None)
    if (driver := answers.get("driver")) and chance.random() < 0.7:
        answers["success_metric"] = Answer(value=chance.choice(METRICS[str(driver.value)]))
    answers.pop("existing_mesh", None)
    if there:
        meshes = [each.code for each in pack.questions["existing_mesh"].options[1:]]
        answers["existing_mesh"] = Answer(value=chance.choice(meshes))
    else:
        answers.pop("mesh_wish", None)
    return answers


def _known(chance: Random) -> str | None:
    return chance.choice((None, None, "guess", "counted"))


def _value(chance: Random, question: Question) -> Value:
    codes = [option.code for option in question.options]
    if question.id in SIZES:
        return float(chance.choice(SIZES[question.id]))
    if question.kind == "date":
        return "2027-03-01"
    if question.kind == "choices":
        return tuple(chance.sample(codes, chance.randint(1, min(3, len(codes)))))
    return chance.choice(LIKELY.get(question.id) or codes or ("10 % fewer pages",))


def drawn(pack: Pack, number: int, seed: int) -> Iterator[tuple[Answers, Advice]]:
    """That many situations: every other one of any kind, the rest of the rules in turn."""
    chance, rules = Random(seed), list(pack.rules)
    for at in range(number):
        there = chance.random() < 1 / 3
        answers = situation(pack, chance, there=there)
        if at % 2:
            answers = _of(pack, chance, rules[at // 2 % len(rules)])
        yield answers, decide(pack, answers)


def _of(pack: Pack, chance: Random, rule: str) -> Answers:
    """An example of a rule with other answers in a part of its places, while the rule stays."""
    named = chance.choice([each for each in pack.examples.values() if each.rule == rule])
    answers = dict(parse_answers(pack, named.answers))
    there = answers.get("existing_mesh") is not None
    for _ in range(TRIES):
        other = situation(pack, chance, there=there)
        if not there:
            other = {name: each for name, each in other.items() if name != "existing_mesh"}
        name = chance.choice(sorted(other) or ["services"])
        tried = {**answers, **{name: other[name]}} if name in other else answers
        if outcome_of(pack, tried)[0] == rule:
            answers = tried
    return answers


def standing(answers: Answers, advice: Advice) -> Standing:
    """The team behind a card."""
    assessment = Assessment(
        id="a1", workspace="T1", channel="C1", status="open", started_by="U1", started_at=NOW,
        touched_at=NOW, shared_by="U1", pack=advice.pack, pack_digest="",
    )  # fmt: skip
    answered = {
        name: TeamAnswer(question=name, answer=each, respondent="U1", at=NOW)
        for name, each in answers.items()
    }
    return Standing(assessment=assessment, answered=answered, respondents=("U1",), advice=advice)


def text(pack: Pack, answers: Answers, advice: Advice) -> str:
    """The card as it reads, with its buttons."""
    drawn_ = card.card(pack, standing(answers, advice))
    plain = re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", str(drawn_["text"]))
    rows = [each for each in drawn_["blocks"] if each["type"] == "actions"]
    names = [one["text"]["text"] for each in rows for one in each["elements"]]
    return f"{plain}\n[{'] ['.join(names)}]"


def answered(answers: Answers) -> str:
    """What was answered, in codes, for whoever checks the card against it."""
    return " ".join(f"{name}={_short(each.value)}" for name, each in answers.items())


def _short(value: Value) -> str:
    if isinstance(value, tuple):
        return "+".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


@click.command()
@click.option("--number", default=300, show_default=True)
@click.option("--seed", default=11, show_default=True)
def main(number: int, seed: int) -> None:
    """Print the cards, each under its answers."""
    pack = load()
    outcomes = Counter[str]()
    for at, (answers, advice) in enumerate(drawn(pack, number, seed), 1):
        outcomes[advice.outcome] += 1
        click.echo(f"#{at} {advice.rule}\n{answered(answers)}\n{text(pack, answers, advice)}\n")
    click.echo(", ".join(f"{name} {many}" for name, many in outcomes.most_common()))


if __name__ == "__main__":
    main()
