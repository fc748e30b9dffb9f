"""The rollout's card: exceptions that block are always seen, and what is left out is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.blocks import rollout
from bot.blocks.surfaces import Payload
from bot.domain.pack.rollout import Stage
from bot.domain.pilot.model import PolicyException
from tests.blocks.pilot_gallery import DOSSIER, EXCEPTIONS, LAST_DAY, STATE
from tests.blocks.widest import SHIPPED


def drawn(held: tuple[PolicyException, ...], ticked: frozenset[str] = frozenset()) -> Payload:
    """The card of a rollout with these exceptions."""
    state = STATE.model_copy(update={"ticked": ticked})
    dossier = DOSSIER.model_copy(update={"exceptions": held, "rollout": state})
    return rollout.card(SHIPPED, dossier, (), LAST_DAY)


def test_exceptions_that_end_first_stand_on_top_and_the_rest_is_counted():
    many = [
        each.model_copy(update={"service": f"s{at}", "ends_on": LAST_DAY + timedelta(days=9 - at)})
        for at, each in enumerate(EXCEPTIONS)
    ]
    blocks = drawn(tuple(many))["blocks"]
    shown = [each for each in blocks if each["block_id"].startswith(f"exception.{many[0].id[:-1]}")]
    assert "*Exception:* s29 until 2 Nov 2026" in shown[0]["text"]["text"]
    assert "blocks the next stage" in shown[0]["text"]["text"]
    (more,) = (each for each in blocks if each["block_id"] == "exceptions.more")
    text = more["elements"][0]["text"]
    assert text == f"{30 - len(shown)} more exceptions, ending later, shown once these are over."


@pytest.mark.parametrize("mesh", [*SHIPPED.meshes, "gone"])
@pytest.mark.parametrize("stage", SHIPPED.stages.values(), ids=lambda each: each.id)
def test_each_stage_says_how_the_mesh_does_it_or_that_no_source_does(mesh: str, stage: Stage):
    state = STATE.model_copy(update={"mesh": mesh, "stage": stage.id})
    dossier = DOSSIER.model_copy(update={"rollout": state})
    blocks = rollout.card(SHIPPED, dossier, (), LAST_DAY)["blocks"]
    (said,) = (each["text"]["text"] for each in blocks if each["block_id"] == "gate")
    name = SHIPPED.meshes[mesh].mesh if mesh in SHIPPED.meshes else "this mesh"
    known = mesh in stage.gates
    assert ("*Apply:*" in said, "*Watch:*" in said) == (known, known)
    assert (f"none of our sources says how {name} does this stage" in said) is not known
    assert "*Undo:*" in said


def test_a_few_exceptions_are_all_shown():
    text = drawn(EXCEPTIONS[:3])["text"]
    assert text.count("*Exception:*") == 3
    assert "more exception" not in text
