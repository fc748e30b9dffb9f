"""Texts and options that fit their models and still cannot work: figures, aliases, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from bot.domain.pack import BLIND, Entry, Pack, Question
from bot.domain.pack.vocabulary import DEADLINE, FIGURES, VERDICT_FIGURES
from bot.knowledge.marks import Fault, Map, Path, Seq, locate, meant

POINT = ("text", "phrase", "action", "text_there", "phrase_there", "action_there")
FIGURED = {
    "rules": ("headline", "because", "action"),
    "reasons": POINT,
    "blockers": POINT,
    "verdicts": ("because", "action"),
}
"""Section → the fields in which a name in braces becomes a number."""
RESERVED = ("na",)
CALLS = re.compile(r"<[!@]\w[^>]*>")
"""What would ring for people in Slack wherever a text of the pack is posted."""


def text_faults(pack: Pack, tree: Map) -> Iterator[Fault]:
    """Everything about texts and options that only shows once they are read together."""
    faults = [*_figures(pack), *_aliases(pack), *_blind(pack), *_calls(tree, ()), *_days(pack)]
    faults += [fault for each in pack.questions.values() for fault in _question(each)]
    for path, words in faults:
        yield Fault(locate(tree, path), path, words)


Found = Iterator[tuple[Path, str]]


def _figures(pack: Pack) -> Found:
    numbers = [each.id for each in pack.questions.values() if each.kind == "number"]
    choices = [each.id for each in pack.questions.values() if each.kind == "choice"]
    known = (*numbers, *FIGURES, *choices)
    for section, key, field, text in _figured(pack):
        names = VERDICT_FIGURES if section == "verdicts" else known
        for words in _braces(text, names):
            yield (section, key, field), words
    for path, text, name in _spoken(pack):
        for words in _braces(text, (name,)):
            yield path, words


def _figured(pack: Pack) -> Iterator[tuple[str, str, str, str]]:
    """Section, id, field and text of everything in which figures are filled in."""
    for section, fields in FIGURED.items():
        for key, item in getattr(pack, section).items():
            for field in fields:
                yield section, key, field, getattr(item, field) or ""


def _spoken(pack: Pack) -> Iterator[tuple[Path, str, str]]:
    """Path and text of everything in which one name is filled in, and which."""
    yield ("plan", "sensitive"), pack.plan.sensitive, "service"
    for field in ("no_backup", "same_backup", "not_accepted"):
        yield ("ownership", field), getattr(pack.ownership, field), "role"


def figures_used(pack: Pack) -> set[str]:
    """Every name that stands in braces in a text."""
    parsed = (Formatter().parse(text) for _, _, _, text in _figured(pack))
    return {name for parts in parsed for _, name, _, _ in parts if name}


def _braces(text: str, known: tuple[str, ...]) -> Iterator[str]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        yield "has a brace without its partner: a figure is written {teams}"
        return
    for _, name, form, conversion in parts:
        if name is not None and name not in known:
            yield f"has {{{name}}}, which is no number question and no figure{meant(name, known)}"
        elif form or conversion:
            yield f"formats {{{name}}} itself: write only the name in braces"


def _aliases(pack: Pack) -> Found:
    """Two entries cannot both be what the same words ask for."""
    owners = {_bare(each.question): each.id for each in pack.entries.values()}
    for entry in pack.entries.values():
        for index, alias in enumerate(entry.aliases):
            words = _taken(alias, entry, owners)
            if words:
                yield ("entries", entry.id, "aliases", index), words
            owners.setdefault(_bare(alias), f"{entry.id}!")


def _calls(written: object, path: Path) -> Found:
    """A pack speaks to whoever asked; it calls nobody else."""
    if isinstance(written, str) and "<" in written and (call := CALLS.search(written)):
        yield path, f"calls people with {call[0]}: leave it out"
    steps = enumerate(written) if isinstance(written, Seq) else ()
    for step, inside in written.items() if isinstance(written, Map) else steps:
        yield from _calls(inside, (*path, step))


def _blind(pack: Pack) -> Found:
    """An answer that only a look at the cluster could give says so first."""
    for entry in pack.entries.values():
        if entry.blind and not entry.answer.startswith(BLIND):
            yield ("entries", entry.id, "answer"), f"a blind entry's answer begins with: {BLIND}"


def _taken(alias: str, entry: Entry, owners: dict[str, str]) -> str:
    owner = owners.get(_bare(alias), entry.id)
    if not _bare(alias):
        return "has no words"
    if owner == entry.id:
        return ""
    if owner == f"{entry.id}!":
        return f"'{alias}' stands in this entry already"
    return f"'{alias}' also asks for '{owner.rstrip('!')}'"


def _bare(text: str) -> str:
    """The words alone: neither capitals nor punctuation make another question."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _days(pack: Pack) -> Found:
    """What the plan and reminders read as a day is answered with one."""
    asked = pack.questions.get(DEADLINE)
    if asked and asked.kind != "date":
        yield ("questions", DEADLINE, "kind"), f"is {asked.kind}, and its answer is read as a date"


def _question(question: Question) -> Found:
    here = ("questions", question.id)
    codes = [each.code for each in question.options]
    choice = question.kind in ("choice", "choices")
    if choice and len(codes) < 2:
        yield here, f"is a {question.kind} and offers {len(codes)} options, it needs two"
    if not choice and codes:
        yield (*here, "options"), f"are not for a {question.kind}"
    for index, code in enumerate(codes):
        if code in codes[:index] or code in RESERVED:
            why = "is reserved" if code in RESERVED else "is another option's code already"
            yield (*here, "options", index, "code"), f"'{code}' {why}"
    yield from _names(question, codes)
    if question.unsaid is not None and question.unsaid not in codes:
        yield (*here, "unsaid"), f"is '{question.unsaid}', which is none of its options"
    if question.most is not None and question.most < question.least:
        yield (*here, "most"), f"is {question.most:g}, below least, {question.least:g}"
    elif question.default is not None and not _within(question, question.default):
        yield (*here, "default"), f"is {question.default:g}, outside least and most"


def _names(question: Question, codes: list[str]) -> Found:
    names = [*codes, *(name.casefold() for option in question.options for name in option.also)]
    for name in dict.fromkeys(names[len(codes) :]):
        if names.count(name) > 1:
            words = f"say '{name}' twice, as a code or another name"
            yield ("questions", question.id, "options"), words


def _within(question: Question, number: float) -> bool:
    return question.least <= number and (question.most is None or number <= question.most)
