"""`meshfit worksheet`: the hours to run a mesh, and an answer that says how it came about."""

from __future__ import annotations

import pytest
import yaml

from bot.domain.decision.worksheet import begun, work_out
from tests.shipped import SHIPPED as PACK

BY = "\N{MULTIPLICATION SIGN}"


def test_it_begins_with_the_packs_figures_and_says_whose_they_are(meshfit):
    printed = meshfit("worksheet").out
    assert printed.startswith("Hours to run a mesh: 18.7 hours a month\n")
    assert f"upgrades: 3 upgrades a year {BY} 16 h = 4 hours a month" in printed
    assert "[istio_support_status, linkerd_releases]" in printed
    assert "Our guess: finding out and follow-up" in printed
    assert max(map(len, printed.splitlines()[:-1])) <= 80


def test_what_is_given_takes_the_place_of_what_is_shipped(meshfit):
    document = meshfit("worksheet", "upgrades=12x3", "on_call=1,5 * 2", "--json").json
    assert document["hours_a_month"] == 14.7
    assert document["question"] == "mesh_hours_per_month"
    assert [each["given"] for each in document["chores"]] == [True, False, True, False]
    first = document["chores"][0]
    assert (first["times"], first["per"], first["hours"], first["hours_a_month"]) == (
        12, "year", 3, 3,
    )  # fmt: skip
    assert first["begins_with"] == {"times": 3, "hours": 16}
    cited = {"times": ["istio_support_status", "linkerd_releases"], "hours": ["meshfit"]}
    assert first["sources"] == cited
    assert document["answer"]["evidence"] == "derived"
    assert document["answer"]["note"].startswith(f"12 upgrades a year {BY} 3 h + ")
    assert document["pack"] == {"name": "meshfit", "version": PACK.version}


def test_its_last_line_goes_into_an_answers_file_as_it_is(meshfit, tmp_path):
    line = meshfit("worksheet", "upgrades=12x3").out.splitlines()[-1]
    answer = yaml.safe_load(line)["mesh_hours_per_month"]
    assert (answer["value"], answer["evidence"]) == (17.7, "derived")
    hours = "incidents_per_month: 2\nhours_per_incident: 18\nteams: 10\ndrift_hours_per_team: 4\n"
    (tmp_path / "answers.yaml").write_text(f"{hours}{line}\n", "utf-8")
    assert meshfit("assess", "answers.yaml", "--json").json["tax"]["mesh_hours"] == 17.7
    assert "derived" in meshfit("assess", "answers.yaml").out


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("upgrade=12x3", "There is no chore upgrade (did you mean upgrades?)."),
        ("upgrades", "upgrades is not how often and how long: write upgrades=12x3."),
        ("upgrades=12", "upgrades=12 is not how often and how long: write upgrades=12x3."),
        ("upgrades=1x2x3", "upgrades=1x2x3"),
        ("upgrades=twox3", "two must be a number such as 12 or 2.5"),
        ("upgrades=-1x3", "-1 must be at least 0 and at most 10,000."),
        ("upgrades=1x1001", "1001 must be at least 0 and at most 1,000."),
        ("on_call=10000x1000", "The sum comes to 10,000,012.7 hours a month, at most 100,000 fit"),
        ("", "There is no chore"),
    ],
)
def test_what_cannot_be_added_up_gets_one_sentence(said, sentence, meshfit):
    ran = meshfit("worksheet", said)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.error


def test_a_pack_without_chores_says_so(meshfit, tmp_path):
    (tmp_path / "pack").mkdir()
    header = 'name: own\nversion: "1"\nschema: 1\nextends: meshfit\n'
    gone = "".join(f"  {each}: null\n" for each in PACK.examples if each.startswith("worked-out"))
    chores = "".join(f"  {each}: null\n" for each in PACK.chores)
    text = f"{header}examples:\n{gone}chores:\n{chores}"
    (tmp_path / "pack" / "pack.yaml").write_text(text, "utf-8")
    ran = meshfit("worksheet", MESHFIT_KNOWLEDGE="pack")
    assert ran.code == 2
    assert "lists no chores to add up" in ran.error


def test_slack_and_the_terminal_add_up_alike(meshfit):
    document = meshfit("worksheet", "--json").json["answer"]
    assert document == work_out(PACK, begun(PACK, None)).answer.model_dump(exclude={"reason"})
