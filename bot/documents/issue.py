"""An action as an issue for any tracker: a title, Markdown, and addresses that fill in its form."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from bot.documents.markdown import literal
from bot.domain.dates.model import Action
from bot.domain.team import Standing

LONGEST_ADDRESS = 3000
"""Characters of a button's address that Slack takes."""
_FORMS = {
    "GitHub": ("/issues/new", "title", "body"),
    "GitLab": ("/-/issues/new", "issue[title]", "issue[description]"),
}
"""Tracker → the path of its form below a project's address, and the fields that fill it in.

Source: docs.github.com, *Creating an issue from a URL query*; docs.gitlab.com, *Create issues*,
"Using a URL with prefilled values".
"""


def title(action: Action) -> str:
    """The first sentence of it, without its full stop."""
    return action.text.split(". ")[0].rstrip(".")[:250]


def text(action: Action, standing: Standing) -> str:
    """What a reader of the tracker needs: what, by when, and where it comes from."""
    assessment, advice = standing.assessment, standing.advice
    lines = [
        f"- Due: {action.due:%Y-%m-%d}" if action.due else "- Due: no day was named",
        f"- From the decision: {literal(advice.headline)} (rule `{advice.rule}`)",
        *([f"- The team's card: <{assessment.card_link}>"] if assessment.card_link else []),
        *([f"- Followed at: <{action.link}>"] if action.link else []),
    ]
    return "\n".join([literal(action.text), "", *lines]) + "\n"


def links(action: Action, standing: Standing, addresses: Mapping[str, str]) -> dict[str, str]:
    """Tracker → the address that opens its form filled in; the text is cut where it is too long."""
    links = {}
    for name, address in addresses.items():
        path, head, body = _FORMS[name]
        whole = text(action, standing)
        while True:
            filled = urlencode({head: title(action), body: whole})
            link = f"{address.rstrip('/')}{path}?{filled}"
            if len(link) <= LONGEST_ADDRESS or not whole:
                break
            whole = whole[: len(whole) * 3 // 4]
        links[name] = link
    return links
