"""The calculator alone: hours from figures that nobody keeps."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor.desk import Desk
from bot.advisor.said import as_before
from bot.domain.decision.tax import tax_of
from bot.domain.model import Answers, Tax


class Calculator:
    """What the form held before goes in with each request, since nothing of it is stored."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def calculate(self, raw: Mapping[str, object], before: Answers) -> tuple[Answers, Tax | None]:
        """The figures of its fields, and their sum. Raises `BadAnswers`."""
        filled = {each: answer for each, answer in self.desk.parse(raw).items() if answer}
        known = as_before(filled, before)
        return known, tax_of(self.desk.pack, known)

    def figures(self, raw: Mapping[str, object], before: Answers) -> Answers:
        """What can be read of its fields."""
        return as_before(self.desk.readable_fields(raw), before)
