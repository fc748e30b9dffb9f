"""Answers: the confident one with its source, "did you mean", and "I don't know that"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit
from bot.blocks.kit import Block, Element
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.values import PilotDrill
from bot.blocks.words import cut, escaped, person
from bot.domain.pack import Entry, Pack
from bot.domain.pack.sources import Source
from bot.domain.replies import Reply

FIELD = "question"
LONGEST = 300


def reply(pack: Pack, met: Reply, *, private: bool) -> Payload:
    """What somebody gets who asked; `private` adds the button that posts it."""
    if met.answer is not None:
        return _answer(pack, met, met.answer, private=private)
    return _guess(pack, met) if met.near else _unknown(met)


def _guess(pack: Pack, met: Reply) -> Payload:
    """What is probably meant, how it begins, and what else it may be."""
    meant = met.near[: 2 if met.story else 1]
    text = "This may be about two things. " if len(meant) > 1 else "I think you mean "
    named = _named(pack, met) if met.goes_on else ()
    if met.goes_on:
        text = f"I think you go on from the answer above; {_known(meant[0], named)}: "
    lines = [f"*{each.title}*:\n{_beginning(each, named)}" for each in meant]
    return message(
        kit.section("asked", cut(f"{_asked(met)}{text}" + "\n".join(lines), 3000)),
        kit.actions("near", *_buttons(met.near)),
    )


def _named(pack: Pack, met: Reply) -> tuple[str, ...]:
    """The products that a question names."""
    asked = met.asked.text.casefold()
    return tuple(each for each in pack.synonyms.products if each.casefold() in asked)


def _known(entry: Entry, named: Sequence[str]) -> str:
    """What an answer above says of what is asked now."""
    if named and not _of(entry, named):
        return f"it says nothing of {' and '.join(named)}, and I know no more of it"
    return "I know no more of it than this"


def _of(entry: Entry, named: Sequence[str]) -> list[str]:
    lines = entry.answer.splitlines()
    return [each for each in lines if any(one.casefold() in each.casefold() for one in named)]


def _beginning(entry: Entry, named: Sequence[str] = ()) -> str:
    """Two lines of an answer: those that name a product that was asked about, or the first."""
    return "\n".join((_of(entry, named) or entry.answer.splitlines())[:2])


def _unknown(met: Reply) -> Payload:
    """Nothing is offered beside it: it would be something else."""
    return message(
        kit.section(
            "asked",
            f"{_asked(met)}*I don't know that.* I keep the question for whoever looks after my "
            "knowledge. What I know is when a service mesh is worth it, and how to find out; "
            "`/meshfit faq` has it by topic.",
        )
    )


def shared(pack: Pack, met: Reply, user: str) -> Payload:
    """The same answer for everyone in the channel, saying who asked."""
    entry = met.answer
    if entry is None:
        return message(
            kit.section("asked", f"{person(user)} asked: {escaped(met.asked.text, 300)}")
        )
    asked = f"{person(user)} asked: {escaped(met.asked.text, 300)}"
    return message(kit.context("who", asked), *_said(pack, entry))


def topics(pack: Pack, topic: str | None = None) -> Payload:
    """What can be asked, by topic; one about which the pack knows nothing is not offered."""
    known = {entry.topic for entry in pack.entries.values()}
    choices = [(key, title) for key, title in pack.topics.items() if key in known]
    chosen = topic if topic in known else None
    picker = kit.actions("topics", kit.select(ids.TOPIC, choices, chosen, "Choose a topic"))
    if chosen is None:
        return message(kit.section("faq", "*What would you like to know about?*"), picker)
    entries = [entry for entry in pack.entries.values() if entry.topic == chosen]
    menu = kit.select(
        ids.SHOW_ENTRY, [(each.id, cut(each.question, 75)) for each in entries], empty="Choose"
    )
    titles = "\n".join(f"• {each.question}" for each in entries)
    return message(
        kit.section("faq", cut(f"*{pack.topics[chosen]}*\n{titles}", 3000)),
        picker,
        kit.actions("entries", menu),
    )


def question(meta: str) -> Payload:
    """A field to ask in."""
    element = kit.text_input(
        ids.ANSWER, most=LONGEST, empty="Does a mesh replace our API gateway?", lines=True
    )
    return modal(
        ids.ASK,
        "Ask a question",
        [kit.field(FIELD, "What would you like to know?", element)],
        submit="Ask",
        meta=meta,
    )


def view(payload: Payload) -> Payload:
    """What is said inside a modal, where nothing can be posted."""
    blocks = payload["blocks"]
    kept = [block for block in blocks if block["block_id"] != "more"]
    return modal("answer_view", "Answer", kept, close="Close")


def _asked(met: Reply) -> str:
    return f"_{escaped(met.asked.text, 300)}_\n"


def _answer(pack: Pack, met: Reply, entry: Entry, *, private: bool) -> Payload:
    related = [kit.actions("near", *_buttons(met.near))] if met.near else []
    ways = [*_drill(entry), *_ways(met, private=private)]
    second = _second(pack, met.also) if met.also else _as_well(met)
    more = [*second, *_unmet(met), *related]
    return message(*_said(pack, entry), *more, kit.actions("more", *ways))


def _as_well(met: Reply) -> list[Block]:
    """How the second begins that a long message may be about."""
    if not (met.story and met.near):
        return []
    nearest = met.near[0]
    text = f"This may be about *{nearest.title}* as well:\n{_beginning(nearest)}"
    return [kit.section("as_well", cut(text, 3000))]


def _unmet(met: Reply) -> list[Block]:
    """Which questions of the same message are not answered."""
    if not met.unmet:
        return []
    asked = " and ".join(f"“{escaped(each, 300)}”" for each in met.unmet)
    return [kit.section("unmet", cut(f"*I don't know* {asked}.", 3000))]


def _second(pack: Pack, entry: Entry) -> list[Block]:
    """The answer to a second question of the same message."""
    return [_again(block) for block in _said(pack, entry)]


def _again(block: Block) -> Block:
    return {**block, "block_id": f"{block['block_id']}.2"}


def _said(pack: Pack, entry: Entry) -> list[Block]:
    """The answer, where its sources conflict, and who says so."""
    conflict = pack.conflicts.get(entry.conflict or "")
    named = (pack.sources[each] for each in (entry.source, *entry.sources))
    cites = dict.fromkeys(_cite(each) for each in named)
    return [
        kit.section("answer", cut(f"*{entry.title}*\n{entry.answer}", 3000)),
        *([kit.section("conflict", cut(f"_{conflict.text}_", 3000))] if conflict else []),
        kit.context("source", cut(f"{' · '.join(cites)}.", 2000)),
    ]


def _cite(source: Source) -> str:
    """How a source is named, by its address or by what it is where the name does not tell."""
    cited = f"<{source.url}|{source.cite}>" if source.url else source.cite
    return f"{cited}: {source.called}" if source.called else cited


def _drill(entry: Entry) -> list[Element]:
    """The clock of the drill that answers with a number: in the pilot of whoever presses."""
    if entry.drill is None:
        return []
    at = str(PilotDrill(drill=entry.drill))
    return [kit.button(ids.START_CLOCK, "Start the drill", at, style="primary")]


def _ways(met: Reply, *, private: bool) -> list[Element]:
    share = [kit.button(ids.SHARE_ANSWER, "Post here", met.asked.id)] if private else []
    return [
        *share,
        kit.button(ids.HELPFUL, "Helpful", met.asked.id),
        kit.button(ids.NOT_HELPFUL, "Not helpful", met.asked.id),
    ]


def _buttons(entries: tuple[Entry, ...]) -> list[Element]:
    return [
        kit.button(f"{ids.RELATED}{at}", cut(each.question, 75), each.id)
        for at, each in enumerate(entries[:3], 1)
    ]
