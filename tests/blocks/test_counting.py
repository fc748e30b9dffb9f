"""What the pack counts, the screens say: another pack asks another number of questions."""

from __future__ import annotations

import json
import re

from bot.advisor.page_order import Pages
from bot.blocks import card, notice, pages
from bot.domain.replies import Overview
from bot.domain.team import Caller
from tests.blocks.gallery import PACK
from tests.shipped import SHIPPED

SHORTER = PACK.model_copy(
    update={
        "questions": {
            key: each
            for key, each in PACK.questions.items()
            if key not in ("measurement_ready", "few_services", "multi_cluster", "observability")
        },
        "pages": {
            key: page.model_copy(update={"title": "Our goal"}) if key == "driver" else page
            for key, page in PACK.pages.items()
        },
    }
)


def test_no_page_counts_by_hand_what_its_path_asks():
    for each in SHIPPED.pages.values():
        assert not re.search(r"\d", each.intro or ""), each.id
    ana = Caller(workspace="T", channel="C", user="U")
    for pack, first, said in (
        (SHIPPED, "need", "8 questions, about 2 minutes. Only you"),
        (SHORTER, "need", "4 questions, about 1 minute."),
        (SHIPPED, "there", "13 questions, about 4 minutes. The question is"),
        (SHIPPED, "hold", None),
    ):
        shown = json.dumps(pages.page(Pages(pack).question_page(ana, first, "own", {}, {}), "meta"))
        assert said in shown if said else " minutes" not in shown


def test_the_number_of_questions_follows_the_pack():
    for said in (notice.help_text, notice.greeting):
        assert "8 questions" in json.dumps(said(PACK))
        assert "4 questions" in json.dumps(said(SHORTER))
    assert "about 2 minutes" in json.dumps(notice.greeting(PACK))
    assert "about 1 minute," in json.dumps(notice.greeting(SHORTER))
    assert "4 questions, about 1 minute" in json.dumps(card.overview(SHORTER, Overview()))
