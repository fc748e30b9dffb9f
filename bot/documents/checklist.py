"""What to do as a checklist: what was taken with its owner and day, then what nobody took."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.deciders import Names, called, named
from bot.documents.page import safe, table
from bot.domain.dates.model import Action
from bot.domain.team import Standing


def markdown(standing: Standing, names: Names) -> str:
    """For the record; a box that is ticked is what somebody said is done."""
    lines = [_ticked(each, names) for each in standing.actions]
    lines += [f"- [ ] {each}" for each in _left(standing)]
    return "\n".join(lines or ["* Nothing yet."])


def _ticked(action: Action, names: Names) -> str:
    box = "x" if action.state == "done" else " "
    text = f"~~{action.text}~~" if action.state == "dropped" else action.text
    return f"- [{box}] {text} ({'; '.join(_about(action, names))})"


def _about(action: Action, names: Names) -> list[str]:
    who = [named(action.owner, names)] if action.owner else ["nobody took it"]
    if action.asked:
        who.append(f"{named(action.asked, names)} was asked and has not answered")
    settled = f"{action.state}, says {named(action.by, names)}, {action.at:%Y-%m-%d}"
    return [
        *(who if action.state == "open" else [settled]),
        *([f"due {action.due:%Y-%m-%d}"] if action.due and action.state == "open" else []),
        *([f"<{action.link}>"] if action.link else []),
    ]


def _left(standing: Standing) -> list[str]:
    taken = {each.text for each in standing.actions}
    return [each for each in standing.advice.actions if each not in taken]


def page(standing: Standing, names: Names) -> Iterator[str]:
    """For the report."""
    rows = [
        (
            "☑" if each.state == "done" else "☐",
            each.text,
            each.state,
            _who(each, names),
            f"{each.due:%Y-%m-%d}" if each.due else "no day",
            each.link,
        )
        for each in standing.actions
    ]
    rows += [("☐", each, "open", "nobody took it", "no day", "") for each in _left(standing)]
    if rows:
        yield f"<h2>{safe('What to do')}</h2>"
        yield table(("", "What", "State", "Who", "By", "Followed at"), rows)


def _who(action: Action, names: Names) -> str:
    owner = called(action.owner, names) if action.owner else ""
    asked = f"{called(action.asked, names)} was asked and has not answered" if action.asked else ""
    return "; ".join(filter(None, (owner, asked))) or "nobody took it"
