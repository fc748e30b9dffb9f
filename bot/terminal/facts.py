"""`meshfit facts`: what was found, under which conditions, who says so, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from bot.domain.pack import Pack
from bot.domain.pack.sources import Conflict, Finding, Source
from bot.domain.search.citing import conflicts_among, matching
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_json
from bot.terminal.prose import bullets, section, words
from bot.terminal.sources import listed


def facts(query: str, *, as_json: bool) -> int:
    """Print the findings that have every word of a query; answers the exit code."""
    pack = knowledge_pack(environment())
    findings = matching(pack, query)
    conflicts = conflicts_among(pack, findings)
    if as_json:
        say_json(printed(pack, findings, conflicts))
    elif findings:
        say(_drawn(pack, findings, conflicts))
    else:
        topics = ", ".join(dict.fromkeys(each.topic for each in pack.findings.values()))
        say(words(f"Nothing that we know has all of these words. The topics are: {topics}."))
    return 0


def printed(
    pack: Pack, findings: Iterable[Finding], conflicts: Iterable[Conflict]
) -> dict[str, list[dict[str, Any]]]:
    """Findings and conflicts as `--json` prints them."""
    return {
        "facts": [
            each.model_dump(mode="json")
            | {"sources": [_source(pack.sources[name]) for name in each.sources]}
            for each in findings
        ],
        "conflicts": [each.model_dump(mode="json") for each in conflicts],
    }


def _source(source: Source) -> dict[str, Any]:
    return source.model_dump(mode="json", exclude={"briefly"})  # that is for a card's line


def _drawn(pack: Pack, findings: Sequence[Finding], conflicts: Sequence[Conflict]) -> Group:
    """Topic by topic; then where sources disagree, and the sources themselves."""
    parts: list[RenderableType] = []
    for topic, of_topic in groupby(findings, lambda each: each.topic):
        parts += section(topic.capitalize(), *bullets(map(_told, of_topic)))
    cited = {name for each in findings for name in each.sources}
    parts += section("Where sources conflict", *bullets(words(each.text) for each in conflicts))
    parts += section("Sources", *listed(pack, cited))
    return Group(*parts[1:])


def _told(finding: Finding) -> Text:
    text = words(finding.text)
    if finding.conditions:
        text.append(f" {finding.conditions}", "italic")
    sources = ", ".join(finding.sources)
    return text.append(f" {finding.trust.capitalize()}, {finding.date} [{sources}]", "dim")
