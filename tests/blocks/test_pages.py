"""The guided modal's pages: ids that are questions, what is known filled in, nothing assumed."""

from __future__ import annotations

import pytest

from bot.blocks import ids, pages
from bot.domain.model import Answer
from bot.domain.replies import Mode, QuestionPage
from bot.domain.team import Caller, TeamAnswer
from playground.screen import widgets
from tests.blocks.widest import AT, SHIPPED

PLACE = Caller(workspace="T1", channel="C0PAYMENTS", user="U0ANA")
PAGES = tuple(SHIPPED.pages.values())


def question_page(page: str, mode: Mode = "own", **known: Answer) -> QuestionPage:
    way = tuple(e for e in PAGES if (e.path == "there") == (SHIPPED.pages[page].path == "there"))
    at = [each.id for each in way].index(page)
    asked = SHIPPED.asked_on(page)
    given = {key: each for key, each in known.items() if key in {q.id for q in asked}}
    return QuestionPage(
        caller=PLACE,
        mode=mode,
        page=way[at],
        number=at + 1,
        of=2 if way[at].path == "quick" and mode == "own" else len(way),
        questions=asked,
        mine=given,
        pages=way,
    )


def drawn(shown: QuestionPage) -> dict[str, dict[str, object]]:
    return {block["block_id"]: block for block in pages.page(shown, "{}")["blocks"]}


@pytest.mark.parametrize("page", [each.id for each in PAGES])
@pytest.mark.parametrize("mode", ["own", "team"])
def test_every_question_is_an_input_named_after_it(page: str, mode: Mode):
    blocks = drawn(question_page(page, mode))
    for question in SHIPPED.asked_on(page):
        block = blocks[question.id]
        assert block["type"] == "input"
        assert block["label"]["text"] == question.label
        assert block["element"]["action_id"] == ids.ANSWER
        codes = [option["value"] for option in block["element"].get("options", [])]
        offered = [option.code for option in question.options]
        assert codes == offered
        alone = drawn(alone_of(question_page(page, mode), question.id))
        codes = [option["value"] for option in alone[question.id]["element"].get("options", [])]
        assert codes == [*offered, *(["na"] if question.may_not_apply else [])]


def alone_of(shown: QuestionPage, question: str) -> QuestionPage:
    """One question of a page, as it opens alone."""
    asked = tuple(each for each in shown.questions if each.id == question)
    return shown.model_copy(update={"questions": asked, "alone": True, "within": True})


@pytest.mark.parametrize("page", [each.id for each in PAGES])
def test_evidence_and_notes_open_for_one_question_on_deep_pages_and_under_change_answers(page: str):
    backing = {f"{question.id}{ids.NOTE}" for question in SHIPPED.asked_on(page)}
    for mode in ("own", "team"):
        blocks = drawn(question_page(page, mode))
        assert not backing & set(blocks)
        row = blocks.get("ways", {"elements": []})["elements"]
        opens = [each for each in row if each["action_id"] == ids.MORE_ABOUT]
        assert bool(opens) == (mode == "team" or SHIPPED.pages[page].path == "deep")
        for option in [each for menu in opens for each in menu["options"]]:
            alone = drawn(alone_of(question_page(page, mode), option["value"]))
            assert backing & set(alone) == {f"{option['value']}{ids.NOTE}"}


def test_nothing_is_selected_that_nobody_said():
    for page in SHIPPED.pages:
        for widget in widgets(pages.page(question_page(page), "{}")["blocks"]):
            fresh = widget.begins_with() or {}
            assert not any(value for key, value in fresh.items() if key != "type"), page


def test_what_is_known_is_filled_in_with_its_evidence_note_and_reason():
    known = Answer(value="yes", evidence="measured", note="see <graph>")
    page = question_page("need", "team", zero_trust=known, observability=NA)
    blocks = drawn(page)
    assert blocks["zero_trust"]["element"]["initial_option"]["value"] == "yes"
    assert blocks["zero_trust.behind"]["elements"][0]["text"] == "Measured · see &lt;graph&gt;"
    assert blocks["observability"]["element"]["initial_option"]["value"] == "na"
    blocks = drawn(alone_of(page, "zero_trust"))
    assert blocks["zero_trust.evidence"]["element"]["initial_option"]["value"] == "measured"
    assert blocks["zero_trust.note"]["element"]["initial_value"] == "see <graph>"
    blocks = drawn(alone_of(page, "observability"))
    assert blocks["observability"]["element"]["initial_option"]["value"] == "na"
    assert blocks["observability.reason"]["element"]["initial_value"] == "one language"


NA = Answer(value="na", reason="one language")


def test_an_answer_that_the_menu_no_longer_offers_leaves_it_unselected():
    blocks = drawn(question_page("need", zero_trust=Answer(value="gone")))
    assert "initial_option" not in blocks["zero_trust"]["element"]


def test_the_teams_answer_stands_beside_the_question_with_who_and_when():
    theirs = TeamAnswer(question="zero_trust", answer=Answer(value="no"), respondent="U0BEN", at=AT)
    shown = question_page("need").model_copy(update={"team": {"zero_trust": theirs}})
    blocks = drawn(shown)
    text = blocks["zero_trust.team"]["elements"][0]["text"]
    assert text.startswith("The team's answer: *no* · <@U0BEN>, <!date^")
    assert "initial_option" not in blocks["zero_trust"]["element"]


def test_only_the_core_questions_are_required_and_none_under_change_answers():
    for page in PAGES:
        inputs = {
            key: b for key, b in drawn(question_page(page.id)).items() if b["type"] == "input"
        }
        required = {key for key, block in inputs.items() if not block.get("optional")}
        core = {question.id for question in SHIPPED.asked_on(page.id) if question.required}
        assert required == core
        assert bool(core) == (page.path == "quick" or page.id in ("there", "there_needs"))
        changing = drawn(question_page(page.id, "team")).values()
        assert all(b.get("optional") for b in changing if b["type"] == "input")


def test_titles_count_the_quick_path_by_itself():
    titles = [pages.page(question_page(each.id), "{}")["title"]["text"] for each in PAGES]
    assert [each.partition(":")[0] for each in titles] == [
        "1 of 2",
        "2 of 2",
        "1 of 3",
        "2 of 3",
        "3 of 3",
        "3 of 7",
        "4 of 7",
        "5 of 7",
        "6 of 7",
        "7 of 7",
    ]
    assert pages.page(question_page("need", "team"), "{}")["title"]["text"] == "Change 1 of 7"
    submits = [pages.page(question_page(each.id), "{}")["submit"]["text"] for each in PAGES]
    ends = ["Next", "See my result"]
    assert submits == [*ends, "Next", *ends, "Next", "Next", "Next", *ends]


def test_back_is_offered_from_the_second_page_on_and_leads_to_the_one_before():
    there = tuple(each for each in PAGES if each.path == "there")
    for way in (there, tuple(each for each in PAGES if each not in there)):
        for before, page in zip((None, *way), way, strict=False):
            row = drawn(question_page(page.id)).get("ways", {"elements": []})["elements"]
            back = [each["value"] for each in row if each["action_id"] == ids.BACK]
            assert back == ([before.id] if before else [])


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("zero_trust", "becoming", "within a year"),
        ("zero_trust", "na", "does not apply"),
        ("zero_trust", "<gone>", "&lt;gone&gt;"),
        ("services", 60.0, "60 services"),
        ("saving_percent", 40.0, "40 %"),
        ("languages", ("go", "vendor_sdks"), "Go, vendor SDKs"),
        ("success_metric", "a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_answers_read_as_people_say_them(question: str, value: object, said: str):
    assert pages.shown(SHIPPED.questions[question], value) == said
