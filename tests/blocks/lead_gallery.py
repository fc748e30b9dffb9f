"""The screens of whoever leads: the settings of a workspace."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import across, digest, leading, notice, teams, workplace
from bot.blocks.carried import ViewMeta
from bot.blocks.surfaces import Payload
from bot.domain.model.digest import Digest, Stood, TurnedTeam
from bot.domain.model.teams import TeamRow, TeamsToChoose, TeamsView
from bot.domain.model.workplace import Chosen, SettingsOpening, Workplace
from bot.domain.replies import ToLeads
from bot.domain.teams import beside
from bot.errors import NotYours
from tests.blocks.stepped import every_step
from tests.blocks.widest import AT, CHANNEL, PERSON, standing, wide

META = "m" * 3000
ADDRESS = "https://git.example/" + "a" * 470 + "/name"
CHOSEN = Chosen(
    leads=(PERSON,) * 100,
    pack_owners=(PERSON,) * 100,
    digest_channel=CHANNEL,
    lead_group="S" + "0" * 30,
    github=ADDRESS,
    gitlab=ADDRESS,
    time_zone="America/Argentina/ComodRivadavia",
    work_days=tuple(range(7)),
    work_hours="00:00 to 24:00",
    retention_days=10**9,
    acts=10**9,
    channel_acts=10**9,
)
DEFAULTS = Workplace(leads=frozenset({PERSON, "U1"}), retention_days=10**9)


def view_of(many: int) -> TeamsView:
    """So many teams, each at its largest."""
    tax = standing().advice.tax
    row = TeamRow(
        channel=CHANNEL,
        link="https://harbour.slack.com/archives/" + "p" * 300,
        outcome="not_yet",
        title=wide(60),
        headline=wide(240),
        since=AT.date(),
        stops=tuple(wide(190) for _ in range(4)),
        owners=(PERSON,) * 9,
        asked=PERSON,
        pilot=wide(120),
        next=AT.date(),
        what="auditor's date",
        open_actions=99,
        late=99,
        tax=tax,
    )
    return beside([row] * many, AT.date())


def digest_of(many: int) -> Digest:
    """So many teams of which everything changed, each at its largest."""
    now = Stood(
        channel=CHANNEL, assessment="a", outcome="adopt", headline=wide(120), owned=True,
        pilot=wide(60), goal="later",
    )  # fmt: skip
    before = now.model_copy(
        update={"assessment": "b", "headline": wide(119), "owned": False, "pilot": "", "goal": ""}
    )
    link = "https://harbour.slack.com/archives/" + "p" * 60
    turned = TurnedTeam(channel=CHANNEL, link=link, before=before, now=now, by_rules=True)
    new = TurnedTeam(channel=CHANNEL, now=now)
    days = {"since": AT.date(), "on": AT.date()}
    return Digest(turned=(new, *([turned] * many)), left=many, same=many, **days)


def lead_gallery() -> Iterator[tuple[str, Payload]]:
    """(name of the drawing function, what it drew)."""
    for chosen, by, at in ((CHOSEN, PERSON, AT), (Chosen(), "", None)):
        opening = SettingsOpening(
            chosen=chosen, defaults=DEFAULTS, holds=DEFAULTS, marks={}, by=by, at=at
        )
        yield "workplace.people", workplace.people(opening, META)
        yield "workplace.times", workplace.times(opening, META)
    for seen in (
        ToLeads(leads=(PERSON,) * 99, on=True, by=PERSON),
        ToLeads(leads=(PERSON,)),
        ToLeads(),
    ):
        yield "leading.here", leading.here(seen)
        yield "leading.told", leading.told(PERSON, seen.leads, on=seen.on)
    for many in (1, 11, 300):
        shown = enumerate(view_of(many).rows)
        rows = tuple(each.model_copy(update={"channel": f"C{at:010}"}) for at, each in shown)
        each = TeamsToChoose(rows=rows, chosen=frozenset(row.channel for row in rows))
        yield from every_step(across.choose(each), ViewMeta(channel="C" * 255))
    for many in (0, 1, 500):
        view = view_of(many)
        yield "teams.table", teams.table(view)
        yield "teams.file_comes", teams.file_comes(many)
    yield "teams.sent", teams.sent()
    for many in (0, 1, 99):
        yield "digest.posted", digest.posted(digest_of(many))
    yield "digest.barred", digest.barred(CHANNEL)
    for why in ("missing_scope", "no_such_subteam", "&" * 90):
        yield "workplace.group_unread", workplace.group_unread("&" * 40, why)
    people = [(f"{PERSON}{at}", "&" * 80) for at in range(9)]
    yield "notice.not_yours", notice.not_yours(NotYours("&" * 80, people, takes_a_role=True))
