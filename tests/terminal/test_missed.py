"""`meshfit export --missed`: what was asked and missed, grouped, with drafts of entries."""

from pathlib import Path

import pytest
import yaml

from bot.advisor import Advisor, Desk
from bot.domain.team import Caller
from bot.store import SqliteStore, migrate
from tests.shipped import SHIPPED

ANA = Caller(workspace="T1", channel="C1", user="U0ANA")
THERE = ANA.model_copy(update={"workspace": "T2"})
ODD = ("how do I bake rye bread in the mesh", "baking rye bread in the mesh, how?")
HOSTILE = 'is "x: y" & {a} # or * bread\n  - mesh'


@pytest.fixture
def advisor(meshfit):
    return Advisor(Desk(migrate(SqliteStore(Path("meshfit.db"))), SHIPPED))


def test_nothing_missed_is_said(meshfit, advisor):
    printed = meshfit("export", "--missed").out
    assert " ".join(printed.split()) == (
        "Nothing was missed: of the questions that are kept each was answered for sure, and nobody "
        "found an answer of no help."
    )
    assert meshfit("export", "--missed", "--json").json == {"groups": [], "left_out": 0}


def test_groups_come_most_asked_first_with_the_nearest_and_a_draft(meshfit, advisor):
    advisor.asking.ask(ANA, HOSTILE)
    for odd in (*ODD, ODD[1]):
        advisor.asking.ask(ANA, odd)
    met = advisor.asking.ask(ANA, "Does a mesh replace an API gateway?")
    first, *others = meshfit("export", "--missed", "--json").json["groups"]
    assert (first["asked"], first["unhelpful"]) == (3, 0)
    assert {each["text"]: each["times"] for each in first["questions"]} == {ODD[0]: 1, ODD[1]: 2}
    assert first["questions"][0]["times"] == 2
    assert set(first["nearest"]) <= set(SHIPPED.entries)
    assert len(others) == 1
    advisor.asking.rate(ANA, met.asked.id, helpful=False)
    rated = meshfit("export", "--missed", "--json").json["groups"]
    [unhelpful] = [each for each in rated if each["unhelpful"]]
    assert unhelpful["nearest"][0] == "faq-api-gateway"


def test_a_draft_is_yaml_whatever_was_asked(meshfit, advisor):
    advisor.asking.ask(ANA, HOSTILE)
    [group] = meshfit("export", "--missed", "--json").json["groups"]
    [entry] = yaml.safe_load(group["draft"])["entries"].values()
    assert entry["aliases"] == [" ".join(HOSTILE.split())]
    assert entry["related"] == group["nearest"]


def test_a_draft_is_refused_until_it_is_written_and_then_taken(meshfit, advisor):
    for odd in ODD:
        advisor.asking.ask(ANA, odd)
    [group] = meshfit("export", "--missed", "--json").json["groups"]
    written = yaml.safe_load(group["draft"])
    [(name, entry)] = written["entries"].items()
    assert name.endswith("-baking-rye-bread"), "by its own words: two drafts of a topic differ"
    Path("layer/entries").mkdir(parents=True)
    Path("layer/pack.yaml").write_text('extends: meshfit\nname: ours\nversion: "1"\n', "utf-8")
    file = Path("layer/entries", f"{SHIPPED.entries[group['nearest'][0]].topic}.yaml")
    file.write_text(group["draft"], "utf-8")
    said = meshfit("check", "--knowledge", "layer")
    assert said.code == 1
    for lacks in ("title must be text", "answer must be text", "source must be text", "at least 6"):
        assert lacks in said.out
    entry |= {"title": "Rye bread", "answer": "In an oven.", "source": "meshfit"}
    entry["aliases"] += [f"rye bread of kind {each}" for each in "abcd"]
    file.write_text(yaml.safe_dump(written), "utf-8")
    assert meshfit("check", "--knowledge", "layer").code == 0


def test_one_workspace_alone(meshfit, advisor):
    advisor.asking.ask(ANA, ODD[0])
    advisor.asking.ask(THERE, HOSTILE)
    [group] = meshfit("export", "--missed", "--json", "--workspace", "T1").json["groups"]
    assert group["questions"][0]["text"] == ODD[0]
    assert len(meshfit("export", "--missed", "--json").json["groups"]) == 2


def test_for_people_each_group_has_its_draft(meshfit, advisor):
    advisor.asking.ask(ANA, ODD[0])
    page = meshfit("export", "--missed").out
    assert page.startswith("Asked once\n")
    assert f'- "{ODD[0]}"' in page
    draft = page.split("\n\n", 1)[1]
    [entry] = yaml.safe_load(draft)["entries"].values()
    assert entry["aliases"] == [ODD[0]], "what is copied from the terminal is not wrapped"


def test_a_draft_for_what_was_of_no_help_asks_for_the_entry_to_be_mended(meshfit, advisor):
    met = advisor.asking.ask(ANA, "Does a mesh replace an API gateway?")
    advisor.asking.rate(ANA, met.asked.id, helpful=False)
    page = meshfit("export", "--missed").out
    assert page.startswith("Asked once; of no help: 1\n")
    assert "of no help: should faq-api-gateway rather say more?" in page


def test_a_long_question_is_cut_between_words(meshfit, advisor):
    advisor.asking.ask(ANA, "why does zqx wvv " + "plonk " * 40)
    [group] = meshfit("export", "--missed", "--json").json["groups"]
    [entry] = yaml.safe_load(group["draft"])["entries"].values()
    assert len(entry["question"]) <= 75
    assert entry["question"].endswith("plonk …")


def test_without_a_database(meshfit):
    ran = meshfit("export", "--missed")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no database" in ran.error
