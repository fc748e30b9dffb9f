"""Figures, drills, the verdict, results that arrive as files."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.importing import ImportScreens
from bot.listeners.measure import MeasureScreens
from bot.routes.words import has_files, is_direct, word


def measure(app: App, go: MeasureScreens) -> None:
    """Figures and files, drills, the verdict, the pilot's end."""
    word(app, "measure")(go.command)
    app.action(ids.MEASURE)(go.press)
    app.view(ids.MEASURE)(go.save)
    app.action(ids.MEASURE + ids.STEP_BACK)(go.stepping.back)
    app.action(ids.FIGURES)(go.more)
    app.action(ids.GOAL)(go.open_goal)
    app.view(ids.GOAL)(go.save_goal)
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


def import_results(app: App, go: ImportScreens) -> None:
    """Results of load tests that arrive as files; registered before plain questions."""
    app.event("message", matchers=[is_direct, has_files])(go.sent)
    app.event("app_mention", matchers=[has_files])(go.sent)
    app.event("file_shared")(go.dropped_in_thread)
    app.view(ids.OVERRIDE)(go.set_aside)
    app.action(ids.USE_IMPORT)(go.open_use)
    app.view(ids.IMPORT)(go.use)
    app.view(ids.CHOOSE_RUN)(go.choose)
    app.action(ids.CHOOSE_RUN + ids.STEP_BACK)(go.stepping.back)
    app.action(ids.POST_RUNS)(go.post_report)
