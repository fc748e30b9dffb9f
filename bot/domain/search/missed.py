"""Questions that were missed, grouped by likeness, each group with a draft of an entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten

from bot.domain.pack import Entry
from bot.domain.search.evidence import bag
from bot.domain.search.index import Index
from bot.domain.search.language import FORM_WORDS, Bag, Stems, plain
from bot.domain.search.model import Group, MissedQuestion, Wording

MOST = 500
"""Different wordings that are looked at, the latest first: grouping compares each with each."""
ALIKE = 0.5
"""Share of their wording that two questions of a group have in common, rare words counting most."""
PARTLY = 0.2
"""The same, of two that may be grouped by what both say and no entry does: a thing it lacks."""
ALIASES = 10
LONGEST = 75
"""Characters of an entry's question."""


def grouped(index: Index, missed: Iterable[MissedQuestion]) -> tuple[list[Group], int]:
    """The groups, most asked first, and how many older wordings were left out.

    `missed` comes latest first. A question joins the group whose first wording it is most like.
    """
    counted = _counted(index, missed)
    looked_at = list(counted.items())[:MOST]
    groups: list[tuple[tuple[Bag, Bag], list[Wording], int]] = []
    for stems, (wording, unhelpful) in looked_at:
        about = (bag(stems), _lacking(index, stems))
        likeness = [_likeness(index, about, head) for head, _, _ in groups]
        best = max(range(len(groups)), key=likeness.__getitem__, default=-1)
        if best >= 0 and likeness[best] >= ALIKE:
            head, wordings, times = groups[best]
            groups[best] = (head, [*wordings, wording], times + unhelpful)
        else:
            groups.append((about, [wording], unhelpful))
    every = [_group(index, wordings, unhelpful) for _, wordings, unhelpful in groups]
    every.sort(key=lambda each: (-each.asked, -each.unhelpful))
    return every, max(0, len(counted) - MOST)


def _lacking(index: Index, stems: Stems) -> Bag:
    """What a question of our field is about that no entry says and that is no neighbour's."""
    ours, theirs = index.field.said(stems), index.manners.neighbours.said(stems)
    return bag(stems) - index.wording.everything - ours - theirs if ours else frozenset()


def _likeness(index: Index, one: tuple[Bag, Bag], other: tuple[Bag, Bag]) -> float:
    """Of all their wording; where a part of it is alike, of what the pack lacks if that is more."""
    whole, lacking = (index.wording.likeness(*both) for both in zip(one, other, strict=True))
    return max(whole, lacking) if whole >= PARTLY else whole


def draft(group: Group, entries: Mapping[str, Entry]) -> str:
    """An entry's file to start from: what was asked is filled in, the rest is left to its author.

    `meshfit check` refuses it until that is written, so that no placeholder answers anybody.
    """
    asked = [each.text for each in group.wordings][:ALIASES]
    known = [each for each in group.nearest if each in entries]
    topic = entries[known[0]].topic if known else "faq"
    rated = group.unhelpful and known
    lines = [
        f"# A draft for knowledge/entries/{topic}.yaml: below the line entries there goes all from "
        "the id on.",
        "# Yours to write: title, answer, source, six to ten aliases; meshfit check tells more.",
        *([f"# An answer was of no help: should {known[0]} rather say more?"] if rated else []),
        "entries:",
        f"  {_id(topic, asked[0], entries)}:",
        "    title: # what it is about, in a few words",
        f"    question: {_quoted(shorten(asked[0], LONGEST, placeholder=' …'))}",
        "    answer: # two to eight sentences",
        "    source: # an item of sources.yaml",
        f"    related: [{', '.join(known)}]",
        "    aliases:",
        *(f"      - {_quoted(each)}" for each in asked),
    ]
    return "\n".join(lines) + "\n"


def _id(topic: str, question: str, entries: Mapping[str, Entry]) -> str:
    """An id of the question's own words, which no entry has."""
    said = [each for each in plain(question) if each not in FORM_WORDS]
    words = [each for each in said if each.isascii() and each.isalnum()] or ["new"]
    ids = (
        "-".join([topic, *words[:most], *more]) for more in ([], ["again"]) for most in (3, 4, 5)
    )
    return next((each for each in ids if each not in entries), f"{topic}-new-entry")


def _quoted(text: str) -> str:
    """Text as YAML takes it, whatever stands in it: a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)


def _counted(
    index: Index, missed: Iterable[MissedQuestion]
) -> dict[tuple[str, ...], tuple[Wording, int]]:
    """Stems → their latest wording with how often it was asked, and how often without help.

    What has no stems, in another script, is its own wording.
    """
    out: dict[tuple[str, ...], tuple[Wording, int]] = {}
    for each in missed:
        stems = index.stems(each.text) or (each.text,)
        wording, unhelpful = out.get(stems, (Wording(id=each.id, text=each.text, times=0), 0))
        out[stems] = (
            wording.model_copy(update={"times": wording.times + 1}),
            unhelpful + each.unhelpful,
        )
    return out


def _group(index: Index, wordings: Sequence[Wording], unhelpful: int) -> Group:
    most_first = sorted(wordings, key=lambda each: -each.times)
    nearest = index.nearest(most_first[0].text)
    return Group(wordings=tuple(most_first), unhelpful=unhelpful, nearest=nearest)
