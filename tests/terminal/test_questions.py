"""The checklist at the terminal: listed, as a blank file, asked one question after the other."""

from __future__ import annotations

import json

import pytest
import yaml
from click.testing import CliRunner

from bot.commands.group import main
from bot.terminal import asking
from tests.shipped import SHIPPED as PACK


def test_every_question_is_listed_with_its_codes_and_hint(meshfit):
    document = meshfit("questions", "--json").json
    listed = {each["id"]: each for each in document["questions"]}
    asked = [each for each in PACK.questions.values() if each.page]
    assert sorted(listed) == sorted(each.id for each in asked)
    for each in asked:
        question = listed[each.id]
        assert (question["label"], question["hint"], question["page"]) == (
            each.label,
            each.hint,
            each.page,
        )
        assert [one["code"] for one in question["codes"]] == [one.code for one in each.options]
    assert document["evidence"] == ["guess", "counted", "measured", "derived"]
    page = meshfit("questions").out
    assert max(map(len, page.splitlines())) <= 80
    flat = " ".join(page.split())
    for each in asked:
        assert f"{each.id}: {' '.join(each.label.split())}" in flat


@pytest.mark.parametrize("page", ["hold", "2", " Hold "])
def test_one_page_by_its_id_or_its_number(page, meshfit):
    listed = meshfit("questions", "--page", page, "--json").json["questions"]
    assert [each["id"] for each in listed] == [each.id for each in PACK.asked_on("hold")]
    assert meshfit("questions", "--page", page).out.startswith("Page 2, hold: Reasons to wait\n")


def test_a_page_that_is_not_there_gets_its_nearest(meshfit):
    ran = meshfit("questions", "--page", "drivr")
    assert ran.code == 2
    assert "There is no page drivr (did you mean driver?)." in ran.error
    beyond = meshfit("questions", "--page", "99")
    assert beyond.code == 2
    assert "There is no page 99. Pages: " in beyond.error


def test_a_blank_file_asks_everything_and_can_be_read(meshfit, tmp_path):
    text = meshfit("assess", "--blank").out
    answers = yaml.safe_load(text)["answers"]
    assert sorted(answers) == sorted(each.id for each in PACK.questions.values() if each.page)
    assert set(answers.values()) == {None}
    assert meshfit("assess", "--blank", "mine.yaml").code == 0
    assert (tmp_path / "mine.yaml").read_text("utf-8") == text
    assert meshfit("assess", "mine.yaml", "--json").json["outcome"] == "undecided"
    again = meshfit("assess", "--blank", "mine.yaml")
    assert (again.code, again.error.startswith("meshfit: mine.yaml cannot be written")) == (2, True)
    assert (tmp_path / "mine.yaml").read_text("utf-8") == text


def test_without_a_person_nobody_is_asked(meshfit):
    ran = meshfit("assess")
    assert ran.code == 2
    assert "Nobody is there to ask" in ran.error


def typed(monkeypatch, *lines, args=()):
    """What a person at a terminal is told who types these lines."""
    monkeypatch.setattr(asking, "interactive", lambda: True)
    return CliRunner().invoke(main, ["assess", *args], input="\n".join(lines) + "\n")


def test_a_person_is_asked_and_advised(meshfit, monkeypatch):
    quick = ["yes", "no", "nope", "no", "no", "between", "no", "NONE", "yes"]
    ran = typed(monkeypatch, *quick, *"nnnnn", args=["--json"])
    assert ran.exit_code == 0
    advice = json.loads(ran.stdout)
    assert (advice["outcome"], advice["blockers"][0]["question"]) == ("not_yet", "platform_owner")
    for each in PACK.core:
        assert each.label in ran.stderr
        assert each.hint in ran.stderr
    assert "That cannot be nope (did you mean no?)" in ran.stderr
    assert PACK.questions["services"].label not in ran.stderr
    page = typed(monkeypatch, *quick, *"nnnnn")
    assert "nobody" in page.stdout.lower()
    assert "These answers were not kept." in page.stderr


def test_deep_pages_are_asked_when_wanted_and_na_needs_its_reason(meshfit, monkeypatch):
    quick = ["na", "we are one service", *["no"] * 3, "between", "no", "named", "yes"]
    platform = PACK.asked_on("platform")
    typing = {"services": "24", "languages": "Kotlin, C++"}
    deep = [typing.get(each.id, "") for each in platform]
    ran = typed(monkeypatch, *quick, "y", *deep, *"nnnn", args=["--json"])
    assert ran.exit_code == 0, ran.stderr
    assert "Why does it not apply?" in ran.stderr
    assert PACK.questions["languages"].label in ran.stderr


def test_of_a_mesh_that_runs_it_is_asked_whether_to_keep_it(meshfit, monkeypatch):
    short = ["linkerd", "keep", "none", "yes", "no", "no", "no", *[""] * 6]
    ran = typed(monkeypatch, *short, *"nnnnn", args=["--there", "--json"])
    assert ran.exit_code == 0, ran.stderr
    assert "as if the mesh were gone" in ran.stderr
    assert ran.stderr.count("`meshfit worksheet` adds it up") == 1
    assert "Who runs the mesh: upgrades, policy, on-call?" in ran.stderr
    assert json.loads(ran.stdout)["outcome"] == "keep"
    assert PACK.questions["few_services"].label not in ran.stderr


def test_nothing_answered_is_nothing_to_advise_on(meshfit, monkeypatch):
    ran = typed(monkeypatch, *[""] * 8, *"nnnnn")
    assert ran.exit_code == 2
    assert "Nothing was answered" in ran.stderr


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (["TypeScript", "JavaScript"], ["node"]),
        (["Kotlin", "Scala", "Go"], ["go", "java"]),
        (["C++", "Swift", "Elixir"], ["other"]),
        (["C#", "golang"], ["go", "dotnet"]),
    ],
)
def test_languages_take_their_common_names(said, codes, meshfit):
    def advice(languages):
        return meshfit("assess", "-", "--json", given=json.dumps({"languages": languages})).out

    assert advice(said) == advice(codes)


@pytest.mark.parametrize(
    ("question", "given", "near"),
    [
        ("languages", ["elixr"], "elixir, which is other"),
        ("languages", ["Pyhton"], "python"),
        ("zero_trust", "definitely", "na|yes|no|becoming|unknown"),
        ("clusters", "2", "one|several|complex"),
    ],
)
def test_a_code_that_fails_gets_its_nearest(question, given, near, meshfit):
    ran = meshfit("assess", "-", given=json.dumps({question: given}))
    assert ran.code == 1
    assert any(f"(did you mean {each}?)" in ran.error for each in near.split("|"))
