"""What stands above a decision record: its status, and who decided and who was consulted."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.documents.deciders import NO_NAMES, Names, named
from bot.domain.model.record import Record
from bot.domain.words import count


def front(record: Record, names: Names) -> str:
    """YAML between two lines of `---`, with the fields of MADR's own and ours."""
    last, assessment = record.supersedes, record.standing.assessment
    consulted = [named(each, names) for each in record.standing.respondents]
    if unnamed := record.standing.unnamed:
        consulted.append(f"{count(unnamed, 'person', 'people')} in {NO_NAMES}")
    rows = [
        "---",
        f"status: {record.status}",
        f"date: {record.at:%Y-%m-%d}",
        f"decision-makers: {_people(record.decided_by, names)}",
        *([f"consulted: {_yaml(', '.join(consulted))}"] if consulted else []),
        f"record: {_yaml(f'{record.number:04}')}",
        *([f"supersedes: {_yaml(f'{last.number:04} ({last.title})')}"] if last else []),
        f"assessment: {assessment.id}",
        *([f"card: {_yaml(assessment.card_link)}"] if assessment.card_link else []),
        "---",
    ]
    return "\n".join(rows)


def _people(users: Sequence[str], names: Names) -> str:
    return _yaml(", ".join(named(each, names) for each in users) or "nobody yet")


def _yaml(text: str) -> str:
    """Text as YAML reads it back: `0010` is no number, and a colon ends nothing."""
    return json.dumps(text, ensure_ascii=False)
