"""The checklist."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.assessment import AssessmentScreens
from bot.listeners.worksheet import WorksheetScreens
from bot.routes.words import word


def assess(app: App, go: AssessmentScreens) -> None:
    """The checklist: `/meshfit`, `/meshfit assess`, the pages, the private result, sharing."""
    word(app, "")(go.status)
    word(app, "assess new")(go.ask_to_start_afresh)
    word(app, "assess")(go.start)
    app.action(ids.START)(go.press_start)
    app.action(ids.START_THERE)(go.press_start_there)
    app.view(ids.PAGE)(go.submit_page)
    app.action(ids.BACK)(go.leave_page)
    app.action(ids.GO_TO_PAGE)(go.leave_page)
    app.action(ids.TO_THERE)(go.leave_page)
    app.action(ids.SKIP_TO_RESULT)(go.leave_page)
    app.action(ids.COUNT_HOURS)(go.go_deeper)
    app.action(ids.DEEPER)(go.go_deeper)
    app.action(ids.EDIT_DRAFT)(go.go_deeper)
    app.view(ids.RESULT)(go.share)
    app.action(ids.RESULT + ids.STEP_BACK)(go.sharing.back)
    app.action(ids.EDIT)(go.edit)
    app.action(ids.ANSWER_ONE)(go.answer_one)
    app.action(ids.MORE_ABOUT)(go.more_about)
    app.action(ids.OTHER_QUESTION)(go.other_question)
    app.action(ids.WHOLE_PAGE)(go.whole_page)
    app.action(ids.START_AFRESH)(go.close_and_start)


def work_out(app: App, go: WorksheetScreens) -> None:
    """The hours to run a mesh, worked out beside their question."""
    app.action(ids.WORKSHEET)(go.open)
    app.action(ids.LEAVE_WORKSHEET)(go.leave)
    for each in (ids.WORKSHEET_FORM, ids.WORKSHEET_OF_HOURS, ids.WORKSHEET_OF_ROUND):
        app.view(each)(go.use)
