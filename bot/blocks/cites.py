"""Who stands behind what is said: the team behind its figures, a source behind its rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.blocks.words import capital, inside
from bot.domain.model import Reason, Tax
from bot.domain.pack import Pack
from bot.domain.pack.vocabulary import SAVING
from bot.domain.words import number

_RESTS = {
    "answers": "your answers; the rule: {cite}",
    "figures": "your figures; {assumed}the rule: {cite}",
    "nothing": "not answered; asked because of {cite}",
}


def behind(pack: Pack, reason: Reason) -> str:
    """Who stands behind a reason: the team behind what it said, the source behind the rule.

    A figure that nobody gave is its source's: your figures; saving 40 %: the article; the rule: ...
    """
    assumed = "".join(f"{_assumed(pack, each)}; " for each in reason.assumed)
    return _RESTS[reason.rests].format(cite=of_source(pack, reason.source), assumed=assumed)


def _assumed(pack: Pack, question: str) -> str:
    asked = pack.questions[question]
    figure = f"{number(asked.default or 0)} {asked.unit}".strip()
    return f"{asked.short.lower()} {figure}: {of_source(pack, asked.source)}"


def assumed(pack: Pack, tax: Tax) -> str:
    """Beside the share that is saved: whose it is, where nobody gave one; else nothing."""
    if SAVING not in tax.assumed:
        return ""
    return f" (assumed by {introduced(pack, pack.questions[SAVING].source)})"


def sources_of(pack: Pack, reasons: Iterable[Reason]) -> Iterator[str]:
    """The sources that `behind` names for them."""
    for each in reasons:
        yield each.source
        yield from (pack.questions[name].source for name in each.assumed)


def by_rule(pack: Pack, source: str) -> str:
    """The same of what follows from the answers and has no reason of its own."""
    return _RESTS["answers"].format(cite=of_source(pack, source))


def of_source(pack: Pack, source: str) -> str:
    """A source as it reads within a line: "the article", "Istio's documentation"."""
    cite = pack.sources[source].cite
    return cite.removeprefix("From ") if cite.startswith("From ") else inside(cite)


def introduced(pack: Pack, source: str) -> str:
    """The same where nothing has named it yet: a web article, and not "the article"."""
    if source not in pack.sources:
        return "the rules"
    return pack.sources[source].briefly or of_source(pack, source)


def whose(pack: Pack, source: str) -> str:
    """A source where it stands alone: From Istio's documentation; what has no name, called so."""
    known = pack.sources[source]
    return f"{known.cite}: {known.called}" if known.called else known.cite


def called(pack: Pack, sources: Iterable[str]) -> str:
    """What those sources are whose name does not tell, each once."""
    known = (pack.sources[each] for each in dict.fromkeys(sources) if each in pack.sources)
    return " ".join(
        f"{capital(of_source(pack, each.id))}: {each.called}." for each in known if each.called
    )
