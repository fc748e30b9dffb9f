"""Questions that were missed: which of them a pack's owner sees as one."""

from __future__ import annotations

import pytest

from bot.domain.search.missed import grouped
from bot.domain.search.model import MissedQuestion
from tests.shipped import INDEX


def groups(*questions: str) -> list[set[str]]:
    missed = [
        MissedQuestion(id=str(at), text=text, unhelpful=False) for at, text in enumerate(questions)
    ]
    return [{each.text for each in group.wordings} for group in grouped(INDEX, missed)[0]]


@pytest.mark.parametrize(
    "asked",
    [
        ("does LoRaWAN work with a mesh?", "how do LoRaWAN gateways join?"),
        ("can a mesh speak LoRaWAN?", "our LoRaWAN sensors behind a sidecar, does that work?"),
        ("is OpenZiti a mesh", "openziti and sidecars together, does that go?"),
    ],
)
def test_questions_about_the_same_thing_that_the_pack_lacks_are_grouped(asked: tuple[str, ...]):
    assert groups(*asked) == [set(asked)]


@pytest.mark.parametrize(
    "asked",
    [
        ("who won yesterday", "what broke yesterday?"),
        ("does any mesh speak quechua", "can I bake rye bread in the mesh"),
        (
            "script to kill a namespace which is stuck in Terminating",
            "the cron pod shows 1 of 2 ready for an hour although its script ended long ago",
        ),
    ],
)
def test_a_chance_word_groups_nothing(asked: tuple[str, ...]):
    assert len(groups(*asked)) == len(asked)


def test_of_a_group_the_most_asked_comes_first():
    lora = ("does LoRaWAN work with a mesh?", "how do LoRaWAN gateways join?")
    assert groups("is OpenZiti a mesh", "who won yesterday", *lora)[0] == set(lora)


def test_questions_in_other_scripts_stay_apart():
    assert len(groups("サービスメッシュは必要ですか", "нужен ли нам меш?")) == 2
