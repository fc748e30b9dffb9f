"""`meshfit assess` without a file: a blank one to fill in, or the questions one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.documents.answers_file import answers_file
from bot.domain.answers import parse_answers
from bot.domain.decision import decide
from bot.domain.model import Answer
from bot.domain.pack import Pack, Page, Question
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.errors import BadAnswers, BadInput
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_json
from bot.terminal.questions import taken

RUNS_ONE = "A service mesh runs here already? meshfit assess --there asks whether to keep it."
NOT_KEPT = (
    "These answers were not kept. To change one and run it again, write them into a file: "
    "meshfit assess --blank > answers.yaml"
)
NOWHERE = (
    "Nobody is there to ask: name a file of answers, or - for standard input. "
    "meshfit assess --blank prints one to fill in."
)


def blank(file: str | None, *, as_json: bool) -> int:
    """An answers file with every question and nothing filled in; answers the exit code."""
    if as_json:
        raise BadInput("An answers file is YAML: leave --json out.")
    text = answers_file(knowledge_pack(environment()))
    if file is None:
        click.echo(text, nl=False)
        return 0
    try:
        with Path(file).open("x", encoding="utf-8") as new:
            new.write(text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise BadInput(f"{file} cannot be written ({reason}): name another file.") from None
    return 0


def interactive() -> bool:
    """Whether a person types and sees what is asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def asked(*, as_json: bool, there: bool = False) -> int:
    """Ask a short path, then as many of the other pages as wanted; advise on the answers."""
    from bot.terminal.advice import drawn  # noqa: PLC0415 - only for people
    from bot.terminal.assess import printed  # noqa: PLC0415 - only when asked

    if not interactive():
        raise BadInput(NOWHERE)
    pack = knowledge_pack(environment())
    answers = dict(_answered(pack, there=there))
    if not answers:
        raise BadInput("Nothing was answered: there is nothing to advise on.")
    advice = decide(pack, answers)
    if as_json:
        say_json(printed(advice))
    else:
        say(drawn(pack, answers, advice))
        _tell(NOT_KEPT)
    return 0


def _answered(pack: Pack, *, there: bool) -> Iterator[tuple[str, Answer]]:
    _tell("Enter leaves a question open; Ctrl-C stops.")
    if pack.there and not there:
        _tell(RUNS_ONE)
    asked: set[str] = set()
    for page in _pages(pack, there=there):
        questions = [each for each in pack.asked_on(page.id) if each.id not in asked]
        asked.update(each.id for each in questions)
        _tell(f"\n{page.title}")
        if page.path == "there":
            _tell(page.intro or "")
        if page.path == "deep" and not click.confirm(
            f"Answer these {len(questions)} too?", default=False, err=True
        ):
            continue
        for question in questions:
            answer = _one(pack, question.where_one_runs() if there else question)
            if answer is not None:
                yield question.id, answer


def _pages(pack: Pack, *, there: bool) -> Iterator[Page]:
    """The short path of a mesh that runs and what goes deeper, or the whole checklist."""
    if there:
        yield from pack.there
    yield from (page for page in pack.checklist if not there or page.path == "deep")


def _one(pack: Pack, question: Question) -> Answer | None:
    """One question, asked until it is answered with something usable or left open."""
    _tell(f"\n{question.label}")
    for line in filter(None, (question.hint, *(line for line, _ in taken(question)))):
        _tell(f"  {line}")
    if question.id == MESH_HOURS and pack.chores:
        _tell("  Not counted yet? `meshfit worksheet` adds it up, chore by chore.")
    while True:
        typed = click.prompt(f"{question.short}", default="", show_default=False, err=True)
        try:
            return parse_answers(pack, {question.id: _raw(question, typed)}).get(question.id)
        except BadAnswers as error:
            _tell(f"That {' '.join(error.faults.values())}")


def _raw(question: Question, text: str) -> object:
    """What was typed as a file would hold it: several with commas between, `na` with its reason."""
    if text.strip().lower() == "na" and question.may_not_apply:
        reason = click.prompt("Why does it not apply?", default="", show_default=False, err=True)
        return {"value": "na", "reason": reason}
    if question.kind == "choices":
        return [part for part in text.split(",") if part.strip()]
    return text


def _tell(text: str) -> None:
    """What is asked goes to standard error: standard output is for the advice."""
    click.echo(text, err=True)
