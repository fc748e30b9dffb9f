"""Every screen that meshfit can draw, at its largest, by the name of what draws it.

Whoever adds a function that draws hangs it here; a test notices when one is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args

from bot.advisor.page_order import Pages
from bot.blocks import (
    about_team,
    argue,
    ask,
    card,
    detail,
    estimate,
    home,
    ids,
    missed,
    notice,
    owner,
    pages,
    records,
    result,
    strays,
    summary,
    to_change,
    turned,
    whatif,
    worksheet,
)
from bot.blocks import tax as calculator
from bot.blocks.carried import ResultMeta
from bot.blocks.surfaces import Payload, without_native
from bot.domain.decision.worksheet import begun
from bot.domain.estimate import estimate as worked_out
from bot.domain.estimate.model import Load, Price
from bot.domain.model import Answer
from bot.domain.model.record import FiledRecord, Record
from bot.domain.pack import Aspect
from bot.domain.pack.limits import MOST_QUESTIONS_A_PAGE
from bot.domain.pack.vocabulary import HOUR_INPUTS, MESH_HOURS, SETUP_HOURS
from bot.domain.replies import (
    Held,
    HomeTab,
    Overview,
    PilotHere,
    PrivateResult,
    QuestionPage,
    Reply,
    ToChange,
    ToLeads,
)
from bot.domain.search.model import Group, Wording
from bot.domain.team import Asked, Caller, Changed, ChangeSet, Difference
from bot.errors import Meanwhile
from tests.blocks.dates_gallery import MINE, dates_gallery
from tests.blocks.evidence_gallery import counted, evidence_gallery
from tests.blocks.lead_gallery import lead_gallery, view_of
from tests.blocks.nominations_gallery import nominations_gallery
from tests.blocks.pilot_gallery import pilot_gallery
from tests.blocks.rounds_gallery import a_round, rounds_gallery
from tests.blocks.stepped import every_step
from tests.blocks.widest import AT, CHANNEL, GIVEN, ID, PACK, PERSON, standing, wide
from tests.shipped import SHIPPED

Screens = Iterator[tuple[str, Payload]]

CALLER = Caller(workspace="E:T", channel=CHANNEL, user=PERSON)
META = "m" * 3000
LINK = "https://harbour.slack.com/archives/" + "p" * 2000
TEAM = standing()
DRAFT = standing(status="draft", card_ts=None, card_link=None)
DERIVED = Answer(value=99999.9, evidence="derived", note="&" * 500)
UNOWNED = TEAM.model_copy(
    update={
        "owners": (),
        "advice": TEAM.advice.model_copy(update={"outcome": "pilot"}),
        "answered": {
            **GIVEN,
            "platform_owner": GIVEN["platform_owner"].model_copy(
                update={"answer": Answer(value="planned")}
            ),
        },
    }
)


@cache
def gallery() -> tuple[tuple[str, Payload], ...]:
    """(name of the drawing function, what it drew); a function may hang several times."""
    return tuple(_hung())


def _hung() -> Screens:
    yield from _guided()
    yield from _card()
    yield from _detail()
    yield from _estimated()
    yield from _asked()
    yield from pilot_gallery()
    yield from evidence_gallery()
    yield from lead_gallery()
    yield from dates_gallery()
    yield from rounds_gallery()
    yield from nominations_gallery()
    yield from _past()
    yield from _recorded()
    yield from _notices()


def _guided() -> Screens:
    core = next(iter(PACK.pages.values()))
    deep = list(PACK.pages.values())[-1]
    for page in PACK.pages.values():
        for mode in ("own", "team"):
            asked = PACK.asked_on(page.id)
            sheet = _sheet(page, asked, mode)
            yield "pages.page", pages.page(sheet, META)
            yield "pages.page", pages.page(_with_evidence(sheet), META)
    most = [
        question.model_copy(update={"id": f"{question.id}_{at}"})
        for at, question in enumerate((PACK.asked_on(core.id) * 9)[:MOST_QUESTIONS_A_PAGE])
    ]
    yield "pages.page", pages.page(_sheet(deep, most, "team"), META)
    every, first = Pages(PACK).every, tuple(GIVEN)[:5]
    chooses = ToChange(caller=CALLER, pages=every, answered=GIVEN, first=first)
    yield "to_change.chooser", to_change.chooser(PACK, chooses, META)
    alone = _sheet(deep, most[:1], "team").model_copy(update={"alone": True})
    yield "pages.page", pages.page(alone, META)
    differing = tuple(
        Difference(question=key, team=each, mine=each)
        for key, each in GIVEN.items()
        if PACK.questions[key].page
    )
    ends = PrivateResult(caller=CALLER, mine=DRAFT, team=TEAM, differences=differing, quick=False)
    ends = ends.model_copy(update={"to_leads": ToLeads(leads=(PERSON,) * 99, on=True)})
    shares = ResultMeta(channel=CHANNEL, marks={each.question: "0" * 8 for each in differing})
    for ending in (ends, ends.model_copy(update={"team": None})):
        yield from every_step(result.view(PACK, ending), shares)
    filled = {key: each.answer for key, each in GIVEN.items()}
    for figures in (begun(PACK, None), dict.fromkeys(PACK.chores, (9999.5, 999.5))):
        for leads_back in (ids.WORKSHEET_FORM, ids.WORKSHEET_OF_HOURS, ids.WORKSHEET_OF_ROUND):
            yield "worksheet.form", worksheet.form(PACK, figures, 99999.9, META, leads_back)
    hours = {each: filled[each] for each in (*HOUR_INPUTS, SETUP_HOURS)}
    for known in (hours, {**hours, MESH_HOURS: DERIVED}):
        yield "tax.calculator", calculator.calculator(PACK, known, TEAM.advice.tax)


def _sheet(page, questions, mode) -> QuestionPage:
    by_kind = {question.kind: GIVEN[key] for key, question in PACK.questions.items()}
    known = {each.id: GIVEN.get(each.id, by_kind[each.kind]) for each in questions}
    way = tuple(e for e in PACK.pages.values() if (e.path == "there") == (page.path == "there"))
    return QuestionPage(
        caller=CALLER,
        mode=mode,
        page=page,
        number=len(way),
        of=len(way),
        questions=tuple(questions),
        mine={key: each.answer for key, each in known.items()},
        team=known,
        pages=way,
        there="there" if page.path == "quick" else "",
        counted_to_run=tuple(each.counted for each in PACK.chores.values()),
    )


def _with_evidence(sheet: QuestionPage) -> QuestionPage:
    """The same with something counted of every other question, and seen of the rest."""
    asked = [each.id for each in sheet.questions]
    offered = {each: counted(each) for each in asked[::2] if each in GIVEN}
    taken = {each: offered[each].answer for each in list(offered)[:1]}
    hints = {each: wide(500) for each in asked if each not in offered}
    more = {"counted": offered, "hints": hints, "seen": AT.date(), "today": AT.date()}
    return sheet.model_copy(update=more | {"mine": {**sheet.mine, **taken}})


MEASURING = TEAM.advice.blockers[0].model_copy(update={"question": "measurement_ready"})
NEXTS = (
    ("undecided", {}),
    ("pilot", {}),
    ("not_yet", {"blockers": (MEASURING,), "rule": MEASURING.id}),
    ("alternative", {}),
)
"""What the card leads on to, whatever the outcome."""


def _card() -> Screens:
    yield "card.card", card.card(PACK, TEAM)
    yield "card.card", card.card(PACK, UNOWNED)
    for outcome, more in NEXTS:
        advice = TEAM.advice.model_copy(update={"outcome": outcome, "contradictions": (), **more})
        yield "card.card", card.card(PACK, TEAM.model_copy(update={"advice": advice}))
    yield "card.example", card.example(PACK, TEAM, wide(2400))
    yield "card.closed", card.closed(PACK, TEAM, PERSON)
    yield "card.deleted", card.deleted(PERSON)
    for team, draft in ((None, None), (None, DRAFT), (TEAM, DRAFT)):
        seen = Overview(team=team, draft=draft, left=8, due=True)
        yield "card.overview", card.overview(PACK, seen)
    everything = ChangeSet(
        id=ID,
        assessment=ID,
        respondent=PERSON,
        at=AT,
        changes=tuple(
            Changed(question=key, before=each.answer, after=each.answer.model_copy(
                update={"evidence": "measured"}))
            for key, each in GIVEN.items()
        ),
        outcome_before="pilot",
        outcome_after="adopt",
        title_before=wide(120),
        title_after=wide(120),
        why="&" * 300,
    )  # fmt: skip
    yield "turned.told", turned.told(PACK, everything)
    undone = everything.model_copy(update={"undone_by": PERSON})
    yield "turned.told", turned.told(PACK, undone)


def _detail() -> Screens:
    yield "detail.detail", detail.detail(PACK, TEAM)
    yield "detail.detail", without_native(detail.detail(PACK, TEAM))
    yield "detail.more", detail.more(PACK, TEAM)
    yield "detail.more", without_native(detail.more(PACK, TEAM))
    yield "detail.simpler", detail.simpler(PACK, TEAM)
    yield "detail.why", detail.why(PACK, TEAM)
    yield "argue.argue", argue.argue(PACK, TEAM, PERSON)
    ahead = TEAM.advice.model_copy(update={"outcome": "pilot"})
    yield "argue.argue", argue.argue(PACK, TEAM.model_copy(update={"advice": ahead}), PERSON)
    yield "summary.private", summary.private(TEAM)
    yield "summary.posted", summary.posted(TEAM, PERSON)
    yield "whatif.private", whatif.private(PACK, TEAM)
    yield "whatif.posted", whatif.posted(PACK, TEAM, PERSON)
    yield "whatif.view", whatif.view(PACK, TEAM)
    yield "owner.picker", owner.picker(META)
    yield "owner.request", owner.request(TEAM, PERSON)


def _estimated() -> Screens:
    price = Price(vcpu_hour=999.123, gib_hour=99.456)
    load = Load(services=1000, pods=9999, nodes=999, rps_per_edge=12345.6, price=price)
    found = worked_out(SHIPPED, load)
    yield "estimate.form", estimate.form(SHIPPED, {"services": 60, "vcpu_hour": 0.04}, META)
    yield "estimate.refining", estimate.refining({"node_vcpu": 8, "vcpu_hour": 0.04}, META)
    yield "estimate.result", estimate.result(SHIPPED, found, META)
    yield "estimate.posted", estimate.posted(SHIPPED, found, PERSON)
    notes = tuple(each.text for each in SHIPPED.conflicts.values())
    yield "detail.sources", detail.sources(SHIPPED, TEAM, tuple(SHIPPED.sources)[:60], notes)


def _asked() -> Screens:
    for met in _replies():
        for private in (True, False):
            yield "ask.reply", ask.reply(PACK, met, private=private)
        yield "ask.shared", ask.shared(PACK, met, PERSON)
        yield "ask.view", ask.view(ask.reply(PACK, met, private=False))
    for topic in (None, *PACK.topics):
        yield "ask.topics", ask.topics(PACK, topic)
    yield "ask.question", ask.question(META)
    wording = Wording(id=ID, text="&<>" * 600, times=9999)
    group = Group(wordings=(wording,) * 12, unhelpful=99, nearest=tuple(PACK.entries)[:3])
    yield "missed.report", missed.report(PACK, [group] * 40, 9999)
    yield "missed.report", missed.report(PACK, [], 0)
    yield "missed.drafted", missed.drafted("&" * 4000)
    for aspect in get_args(Aspect):
        yield "about_team.said", about_team.said(PACK, TEAM, aspect)


def _replies() -> Iterator[Reply]:
    near = tuple(PACK.entries.values())
    blind = next(each for each in near if each.blind and each.drill)
    for tier, answer in (("sure", blind), ("guess", None), ("none", None)):
        asked = Asked(
            id=ID,
            workspace="E:T",
            channel=CHANNEL,
            user=PERSON,
            text="&<>" * 600,
            tier=tier,
            entry=answer.id if answer else None,
            at=AT,
        )
        yield Reply(asked=asked, answer=answer, near=near if tier != "none" else ())
        yield Reply(asked=asked, answer=answer, near=near, also=answer, story=True)
        yield Reply(asked=asked, answer=answer, near=near, goes_on=True, unmet=("&<>" * 600,) * 9)


def _past() -> Screens:
    past = tuple(
        TEAM.assessment.model_copy(update={"id": f"{ID}{at}", "status": "closed"})
        for at in range(20)
    )
    yield "records.history", records.history(past)
    yield "records.history", records.history(())
    yield "records.past", records.past(PACK, TEAM)
    yield "records.start_afresh", records.start_afresh(TEAM)
    mine = dict.fromkeys(("answer", "question", "file"), 99_999)
    rest = ("rating", "estimate", "card", "pilot", "record", "setting", "action")
    all_of_me = mine | dict.fromkeys(rest, 99_999)
    yield (
        "records.forgetting",
        records.forgetting(Held(mine=mine, everywhere=all_of_me, team=TEAM)),
    )
    yield "records.forgotten", records.forgotten(all_of_me)
    yield "records.deleted", records.deleted(mine)
    yield "turned.withdrawn", turned.withdrawn(wide(120), TEAM)
    many = tuple(TEAM.model_copy(update={"assessment": each}) for each in (*past, *past[:0]))
    drafts = tuple(
        each.model_copy(update={"assessment": each.assessment.model_copy(
            update={"id": f"d{each.assessment.id}", "status": "draft"})})
        for each in many
    )  # fmt: skip
    exceptions = tuple((wide(80), AT.date(), at % 2 == 0) for at in range(9))
    roles = tuple((wide(120), has) for has in (True, False) * 3)
    pilot = PilotHere(
        id=ID,
        channel=CHANNEL,
        result=None,
        stage=wide(120),
        exceptions=exceptions,
        roles=roles,
        asked=(wide(80),) * 8,
        to_approve=tuple((f"{ID}{at}", wide(80), AT.date(), wide(500)) for at in range(9)),
        to_measure=(wide(500), "22 Nov 2026"),
    )
    ended = PilotHere(id=f"{ID}1", channel="C0", result="open")
    full = HomeTab(user=PERSON, teams=many * 2, drafts=drafts, waiting=many, due=many)
    full = full.model_copy(update={"pilots": (pilot, ended)})
    asking = tuple(a_round(id=f"{at}") for at in range(9))
    mine_too = {
        "settings": True,
        "left_alone": True,
        "led": view_of(500),
        "actions": MINE,
        "today": AT.date(),
        "rounds": asking,
    }
    full = full.model_copy(update={"teams": (*many, *drafts), **mine_too})
    yield "home.tab", home.tab(full, META)
    yield "home.tab", home.tab(HomeTab(user=PERSON, teams=(), drafts=(), waiting=()), META)


RECORD = Record(
    number=9999,
    by=PERSON,
    at=AT,
    supersedes=FiledRecord(
        number=9998, assessment=ID, outcome="pilot", at=AT, by=PERSON, title=wide(242)
    ),
    standing=TEAM,
)


UNDECIDED_BY_ANYBODY = TEAM.model_copy(
    update={
        "owners": (),
        "assessment": TEAM.assessment.model_copy(
            update={"owner_asked": None, "owner_accepted": None, "confirmed_at": None}
        ),
    }
)
PROPOSED = RECORD.model_copy(update={"standing": UNDECIDED_BY_ANYBODY})


def _recorded() -> Screens:
    yield "records.waits", records.waits(PROPOSED)
    yield "records.confirmed", records.confirmed(9999, PERSON)
    yield "records.in_text", records.in_text(wide(4000), (PERSON,) * 300, "storage_limit_reached")
    for said in ("&" * 20_000, "```\n" * 2000):
        for each in records.pieces(said):
            yield "records.piece", records.piece(each, 999, 999)


def _notices() -> Screens:
    yield "notice.help_text", notice.help_text(PACK)
    yield "notice.greeting", notice.greeting(PACK)
    yield "notice.thanked", notice.thanked()
    for nearest in ("assess", None):
        yield "notice.unknown", notice.unknown("&" * 4000, nearest)
    yield "notice.plain", notice.plain(wide(4000))
    for why in ("not_in_channel", "is_archived", "restricted_action"):
        yield "notice.barred", notice.barred(CHANNEL, why)
    clash = Meanwhile(wide(200), PERSON, wide(400))
    yield "notice.meanwhile", notice.meanwhile([clash._replace(named=PERSON), *[clash] * 40])
    yield "notice.view", notice.view(notice.trouble("0A1B"))
    yield "strays.card", strays.card("https://harbour.slack.com/archives/C0PAYMENTS/p1")
    yield "strays.board", strays.board("https://harbour.slack.com/archives/C0PAYMENTS/p1")
