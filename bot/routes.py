"""The table of contents: every Slack id → its listener, grouped by journey.

Read this first: it says what meshfit does. Listeners are plain methods; the desk is behind them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.advisor import Advisor
from bot.blocks import ids
from bot.listeners import payloads
from bot.listeners.ask import Ask
from bot.listeners.assessment import Assessment
from bot.listeners.cards import Cards
from bot.listeners.checklists import Checklists
from bot.listeners.estimate import Estimate
from bot.listeners.home import Home
from bot.listeners.importing import Importing
from bot.listeners.measuring import Measuring
from bot.listeners.once import Once
from bot.listeners.pilot import Pilot
from bot.listeners.planning import Planning
from bot.listeners.records import Records
from bot.listeners.rolling import Rolling
from bot.listeners.team import Team

COMMAND = "/meshfit"


def route(app: App, advisor: Advisor, once: Once) -> None:
    """Hang every journey on the app."""
    cards = Cards(advisor)
    assess(app, Assessment(advisor, cards))
    decide(app, Team(advisor, cards))
    threads = Checklists(advisor)
    pilot(app, Pilot(advisor, threads))
    plan(app, Planning(advisor, threads, cards))
    importing = Importing(advisor, threads, once)
    measure(app, Measuring(advisor, threads, cards, importing))
    import_results(app, importing, once)
    answer(app, Ask(advisor), once)
    estimate(app, Estimate(advisor, cards))
    roll_out(app, Rolling(advisor))
    remember(app, Records(advisor, cards), once)
    welcome(app, Home(advisor))


def assess(app: App, go: Assessment) -> None:
    """The checklist: `/meshfit`, `/meshfit assess`, the pages, the private result, sharing."""
    word(app, "")(go.status)
    word(app, "assess new")(go.ask_to_start_afresh)
    word(app, "assess")(go.start)
    app.action(ids.START)(go.press_start)
    app.view(ids.PAGE)(go.submit_page)
    app.action(ids.BACK)(go.leave_page)
    app.action(ids.GO_TO_PAGE)(go.leave_page)
    app.action(ids.SKIP_TO_RESULT)(go.leave_page)
    app.action(ids.COUNT_HOURS)(go.go_deeper)
    app.action(ids.DEEPER)(go.go_deeper)
    app.action(ids.EDIT_DRAFT)(go.go_deeper)
    app.view(ids.RESULT)(go.share)
    app.action(ids.EDIT)(go.edit)
    app.action(ids.START_AFRESH)(go.close_and_start)


def decide(app: App, go: Team) -> None:
    """The card and its thread: owner, undo, why, what if, the other side; the calculator."""
    app.action(ids.STILL)(go.still_true)
    app.action(ids.REPOST)(go.repost)
    app.action(ids.GO_TO_CARD)(go.go_to_card)
    app.action(ids.OWNER)(go.find_owner)
    app.view(ids.NOMINATE)(go.nominate)
    app.action(ids.OWN_THIS)(go.answer_request)
    app.action(ids.DECLINE)(go.answer_request)
    app.action(ids.UNDO)(go.undo)
    word(app, "why")(go.why)
    app.action(ids.WHY)(go.press_why)
    word(app, "sources")(go.sources)
    word(app, "whatif")(go.what_if)
    app.action(ids.WHAT_IF)(go.press_what_if)
    app.action(ids.SHARE_WHAT_IF)(go.post_what_if)
    app.action(ids.ARGUE)(go.argue)
    word(app, "tax")(go.calculator)
    app.view(ids.CALCULATOR)(go.calculate)
    app.action(ids.EXAMPLE)(go.example)


def estimate(app: App, go: Estimate) -> None:
    """What a mesh may cost, before anybody pilots."""
    word(app, "estimate")(go.command)
    app.view(ids.ESTIMATE)(go.work_out)
    app.view(ids.POST_ESTIMATE)(go.post)


def answer(app: App, go: Ask, once: Once) -> None:
    """Questions, asked in five places."""
    word(app, "ask")(go.command)
    app.action(ids.ASK_SOMETHING)(go.open_field)
    app.view(ids.ASK)(go.submit)
    app.event("app_mention")(once(go.mention))
    app.event("message", matchers=[is_direct])(once(go.direct))
    app.message_shortcut(ids.ASK_ABOUT_MESSAGE)(go.about_message)
    app.action(re.compile(f"^{ids.RELATED}[123]$"))(go.related)
    app.action(ids.SHARE_ANSWER)(go.share)
    app.action(ids.HELPFUL)(go.rate)
    app.action(ids.NOT_HELPFUL)(go.rate)
    word(app, "faq")(go.topics)
    app.action(ids.TOPIC)(go.topic)
    app.action(ids.SHOW_ENTRY)(go.related)


def pilot(app: App, go: Pilot) -> None:
    """The pilot checklist."""
    word(app, "pilot")(go.open)
    app.action(ids.TICK)(go.tick)
    app.action(ids.UNTICK)(go.untick)
    app.action(ids.EXPLAIN)(go.explain)
    app.action(ids.WRITE_METRIC)(go.write_metric)
    app.view(ids.METRIC)(go.save_metric)


def plan(app: App, go: Planning) -> None:
    """The pilot's plan, its sealed budgets, who has which role."""
    app.action(ids.PLAN)(go.open_plan)
    app.view(ids.PLAN)(go.save_aim)
    app.view(ids.SLICE)(go.save_slice)
    app.action(ids.BUDGETS)(go.open_budgets)
    app.view(ids.BUDGETS)(go.seal)
    app.action(ids.ROLES)(go.open_roles)
    app.view(ids.ROLES)(go.name_owners)
    app.action(ids.ACCEPT_ROLES)(go.accept_roles)


def measure(app: App, go: Measuring) -> None:
    """Figures and files, drills, the verdict, the pilot's end."""
    word(app, "measure")(go.command)
    app.action(ids.MEASURE)(go.press)
    app.view(ids.MEASURE)(go.save)
    word(app, "drills")(go.drills_command)
    app.action(ids.DRILLS)(go.open_drills)
    app.action(ids.START_CLOCK)(go.start_clock)
    app.action(ids.STOP_CLOCK)(go.stop_clock)
    app.action(ids.RECORD_DRILL)(go.open_drill)
    app.view(ids.RECORD_DRILL)(go.record_drill)
    word(app, "verdict")(go.verdict_command)
    app.action(ids.VERDICT)(go.verdict)
    app.action(ids.POST_VERDICT)(go.post_verdict)
    app.action(ids.CLOSE_PILOT)(go.close)


def import_results(app: App, go: Importing, once: Once) -> None:
    """Results of load tests that arrive as files; registered before plain questions."""
    app.event("message", matchers=[is_direct, has_files])(once(go.sent))
    app.event("app_mention", matchers=[has_files])(once(go.sent))
    app.event("file_shared")(go.dropped_in_thread)
    app.view(ids.OVERRIDE)(go.set_aside)
    app.action(ids.USE_IMPORT)(go.open_use)
    app.view(ids.IMPORT)(go.use)


def roll_out(app: App, go: Rolling) -> None:
    """The rollout by policy scope, its exceptions, the recipes."""
    word(app, "rollout")(go.open)
    app.action(ids.ROLLOUT)(go.press_open)
    app.action(ids.ADVANCE)(go.advance)
    app.action(ids.GO_BACK_STAGE)(go.go_back)
    app.action(ids.TICK_LINE)(go.tick)
    app.action(ids.UNTICK_LINE)(go.tick)
    app.action(ids.ADD_EXCEPTION)(go.open_exception)
    app.view(ids.EXCEPTION)(go.add_exception)
    app.action(ids.RENEW_EXCEPTION)(go.open_renewal)
    app.view(ids.RENEWAL)(go.renew_exception)
    app.action(ids.END_EXCEPTION)(go.end_exception)
    word(app, "howto")(go.howto)
    app.action(ids.RECIPE)(go.choose_recipe)
    app.view(ids.FILL)(go.fill_recipe)


def remember(app: App, go: Records, once: Once) -> None:
    """The decision record, the history, forgetting."""
    word(app, "record")(go.write)
    word(app, "history")(go.history)
    app.action(ids.READ)(go.read)
    word(app, "delete")(go.ask_to_delete)
    app.action(ids.ERASE_MINE)(go.delete_mine)
    app.action(ids.ERASE_TEAM)(go.delete_team)
    app.event("app_uninstalled")(once(go.uninstalled))


def welcome(app: App, go: Home) -> None:
    """Home, help, typos; and events that Slack makes us subscribe to."""
    app.event("app_home_opened")(go.opened)
    word(app, "help")(go.help)
    app.command(COMMAND)(go.unknown_word)
    for event in ("message", "app_context_changed", "agent_session_stopped", "tokens_revoked",
                  "agent_session_title_changed"):  # fmt: skip
        app.event(event)(go.nothing_to_do)


def word(app: App, words: str) -> Callable[..., Any]:
    """Register for `/meshfit` followed by these words; the longest are registered first."""

    def matches(body: dict[str, Any]) -> bool:
        typed = payloads.text(body).lower().split()
        wanted = words.split()
        return typed[: len(wanted)] == wanted if wanted else not typed

    return app.command(COMMAND, matchers=[matches])


def has_files(event: dict[str, Any]) -> bool:
    """A message that brings files."""
    return bool(event.get("files"))


def is_direct(event: dict[str, Any]) -> bool:
    """A person's own new message in a direct conversation; edits and bots are not."""
    plain = event.get("subtype") in (None, "file_share") and not event.get("bot_id")
    return plain and event.get("channel_type") == "im" and bool(event.get("user"))
