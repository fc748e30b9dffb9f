"""What a view carries until it comes back: one small frozen model a form, ids and marks only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.blocks import ids
from bot.blocks.values import Key
from bot.domain.model import Answer, Frozen
from bot.domain.model.nominations import NominatedFor
from bot.domain.pack.incidents import Network
from bot.domain.replies import Mode
from bot.domain.runs.model import Side

Channel = Annotated[str, Field(max_length=255)]


class ViewMeta(Frozen):
    """The channel that a view was opened for, which every view carries."""

    channel: Channel
    step: int = 0
    """Of a form in steps, from 0 ..."""
    more: bool = False
    """... and whether another follows."""

    def __str__(self) -> str:
        return self.model_dump_json()


class PageMeta(ViewMeta):
    """A page of the guided modal, for a draft or for the team, with marks of its answers."""

    page: Key
    mode: Mode
    marks: Mapping[str, str] = {}
    alone: bool = False
    within: bool = False


class ResultMeta(ViewMeta):
    """A private result, and the team's answers that it differs from."""

    marks: Mapping[str, str] = {}


class OwnerMeta(ViewMeta):
    """Who owned the mesh when somebody was to be named."""

    seen: Key


class SettingsMeta(ViewMeta):
    """What a workspace had chosen when its settings were opened."""

    marks: Mapping[str, str]


class DecliningMeta(ViewMeta):
    """What somebody is about to say no to."""

    kind: NominatedFor
    subject: Key
    part: str = Field("", max_length=255)
    card: str = Field("", max_length=255)
    """The message that was pressed; empty under Home."""


class ActionMeta(ViewMeta):
    """An action, and its place in the order of writing when its form was opened."""

    assessment: Key
    line: Key
    seen: int


class LoadMeta(ViewMeta):
    """What had been counted when an estimate was begun."""

    seen: Key


class RefineMeta(LoadMeta):
    """The same while an estimate is refined, and the modes that it is about."""

    modes: tuple[str, ...]


class ModesMeta(ViewMeta):
    """The modes that an estimate is about."""

    modes: tuple[str, ...]


class SentMeta(ViewMeta):
    """A result that somebody sent before."""

    sent: Key


class RecipeMeta(ViewMeta):
    """The recipe whose blanks are filled in."""

    recipe: Key


class RoundMeta(ViewMeta):
    """A page of a round, from 0."""

    round: Key
    page: int


class HoursMeta(ViewMeta):
    """The figures of the calculator, which stores none."""

    filled: Mapping[str, Answer] = {}


class EffortMeta(ViewMeta):
    """An export of incidents whose effort is asked about, and the place to go on from."""

    export: Key
    place: int | None


class IncidentMeta(ViewMeta):
    """One incident, by its key, its place among all, and what somebody had said of it by then."""

    incident: Annotated[str, Field(min_length=1, max_length=300)]
    place: int
    seen: Network | None


class PilotMeta(ViewMeta):
    """The pilot that a form is about, and the last number of the order of writing then."""

    pilot: Key
    written: int


class DrillMeta(PilotMeta):
    """A drill of a pilot."""

    drill: Key


class SpotMeta(PilotMeta):
    """Where in a pilot runs were measured, so that a refusal is set aside for the same runs."""

    service: str
    endpoint: str


class KeptSide(Frozen):
    """A result that is kept until one of its runs is chosen."""

    side: Side
    file: Key


class ChooseMeta(SpotMeta):
    """The results of a spot of which runs are to be chosen; ids, so that none is fetched again."""

    files: tuple[KeptSide, ...]
    anew: bool


class CardMeta(PilotMeta):
    """A rollout, and the message that its card is."""

    card: Key


class RenewalMeta(CardMeta):
    """An exception of it."""

    exception: Key


def leads_on(carried: object) -> bool:
    """Whether what a view carried says that another step follows."""
    try:
        tree = json.loads(carried) if isinstance(carried, str) else None
    except ValueError:
        return False
    return isinstance(tree, dict) and tree.get("more") is True


OF_A_FORM: dict[str, type[ViewMeta]] = {
    ids.PAGE: PageMeta,
    ids.WORKSHEET_FORM: PageMeta,
    ids.WORKSHEET_OF_HOURS: HoursMeta,
    ids.WORKSHEET_OF_ROUND: RoundMeta,
    ids.CALCULATOR: HoursMeta,
    ids.RESULT: ResultMeta,
    ids.NOMINATE: OwnerMeta,
    ids.DECLINING: DecliningMeta,
    ids.SETTINGS: SettingsMeta,
    ids.SETTINGS_TIMES: SettingsMeta,
    ids.ACTION: ActionMeta,
    ids.ESTIMATE: LoadMeta,
    ids.REFINE: RefineMeta,
    ids.POST_ESTIMATE: ModesMeta,
    ids.IMPORT: SentMeta,
    ids.FILL: RecipeMeta,
    ids.ROUND_PAGE: RoundMeta,
    ids.EFFORT: EffortMeta,
    ids.CONFIRM: IncidentMeta,
    ids.METRIC: PilotMeta,
    ids.PLAN: PilotMeta,
    ids.SLICE: PilotMeta,
    ids.BUDGETS: PilotMeta,
    ids.ROLES: PilotMeta,
    ids.MEASURE: PilotMeta,
    ids.GOAL: PilotMeta,
    ids.RECORD_DRILL: DrillMeta,
    ids.OVERRIDE: SpotMeta,
    ids.CHOOSE_RUN: ChooseMeta,
    "compared": SpotMeta,
    ids.EXCEPTION: CardMeta,
    ids.RENEWAL: RenewalMeta,
}
"""What a form carries beyond its channel."""
