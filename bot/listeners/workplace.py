"""The settings of a workspace: one form in two steps, for whoever installed meshfit and leads."""

from __future__ import annotations

from collections.abc import Mapping

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import notice, workplace
from bot.blocks.carried import SettingsMeta
from bot.domain.model.workplace import SettingsOpening
from bot.listeners.act import Act
from bot.listeners.forms import Form


class WorkplaceScreens:
    """Each step is saved when it is sent."""

    def __init__(self, advisor: Advisor) -> None:
        self.workplaces = advisor.workplaces

    def open(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Settings, under Home or as `/meshfit settings`; refused with who may."""
        opening = self.workplaces.open(act.caller)
        ack()
        act.opens(client, workplace.people(opening, _meta(act, opening)))

    def save_people(self, ack: Ack, act: Act) -> None:
        """Save and go on: the second step stands in the form's place."""
        form = act.form
        typed = {
            "leads": form.users("leads"),
            "pack_owners": form.users("pack_owners"),
            "lead_group": form.text("lead_group", 70),
            "digest_channel": form.channel("digest_channel"),
            "github": form.text("github", 500),
            "gitlab": form.text("gitlab", 500),
        }
        opening = self._save(act, form, typed)
        view = workplace.times(opening, _meta(act, opening))
        ack(response_action="update", view=view)

    def save_times(self, ack: Ack, act: Act) -> None:
        """Save: what holds from now on is said."""
        form = act.form
        days = form.codes("work_days", [code for code, _ in workplace.DAYS])
        typed = {
            "time_zone": form.text("time_zone", 80),
            "work_days": tuple(sorted(map(int, days))),
            "work_hours": form.text("work_hours", 40),
            **{each: _whole(form, each) for each in ("retention_days", "acts", "channel_acts")},
        }
        opening = self._save(act, form, typed)
        ack(response_action="update", view=notice.view(workplace.saved(opening)))

    def _save(self, act: Act, form: Form, typed: Mapping[str, object]) -> SettingsOpening:
        form.check()
        marks = act.carried(SettingsMeta).marks
        return self.workplaces.choose(act.caller, typed, form.altered(), marks)


def _meta(act: Act, opening: SettingsOpening) -> str:
    return str(SettingsMeta(channel=act.caller.channel, marks=opening.marks))


def _whole(form: Form, field: str) -> int | None:
    typed = form.number(field)
    if typed is not None and typed != int(typed):
        form.fault(field, "Is a whole number.")
    return None if typed is None else int(typed)
