"""What the pack counts, the screens say: another pack asks another number of questions."""

from __future__ import annotations

import json

from bot.blocks import card, notice
from bot.domain.replies import Overview
from tests.blocks.gallery import PACK

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


def test_the_number_of_questions_follows_the_pack():
    for said in (notice.help_text, notice.greeting):
        assert "8 questions" in json.dumps(said(PACK))
        assert "4 questions" in json.dumps(said(SHORTER))
    assert "about 2 minutes" in json.dumps(notice.greeting(PACK))
    assert "about 1 minute," in json.dumps(notice.greeting(SHORTER))
    assert "4 questions, about 1 minute" in json.dumps(card.overview(SHORTER, Overview()))
