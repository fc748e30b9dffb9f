"""`meshfit assess`: the contract for scripts, the page for people, and everything wrongly given."""

import json
import re
from pathlib import Path

import pytest

from bot.settings import SHIPPED_PACK
from tests.shipped import SHIPPED

EXAMPLES = sorted((Path(SHIPPED_PACK) / "examples").glob("*.yaml"))
ARTICLE = Path(SHIPPED_PACK) / "examples" / "article.yaml"
KEYS = [
    "outcome", "rule", "headline", "reasons", "blockers", "actions", "flips", "unknowns", "tax",
    "driver", "shape", "alternatives", "to_adopt", "contradictions", "duty", "pack",
]  # fmt: skip
TAX = [
    "incident_hours", "drift_hours", "total_hours", "saved_hours", "mesh_hours", "net_hours", "fte",
    "setup_hours", "payback_months", "break_even_mesh_hours", "break_even_saving_percent", "pays",
    "low", "high",
]  # fmt: skip


def test_the_articles_example_comes_out_exactly(meshfit):
    advice = meshfit("assess", ARTICLE, "--json").json
    assert list(advice) == KEYS
    assert list(advice["tax"]) == TAX
    tax = advice["tax"]
    assert (tax["incident_hours"], tax["drift_hours"], tax["total_hours"]) == (36, 40, 76)
    assert (tax["saved_hours"], tax["fte"], tax["pays"]) == (30.4, 0.19, True)
    assert advice["pack"] == {"name": "meshfit", "version": "1.0"}


def test_inside_each_key_stands_what_the_contract_names(meshfit):
    answers = json.dumps({"platform_owner": "none", "zero_trust": "yes", "few_services": "no"})
    advice = meshfit("assess", "-", "--json", given=answers).json
    assert all(list(each) == ["id", "text", "source"] for each in advice["reasons"])
    assert all(list(each) == ["question", "text", "action"] for each in advice["blockers"])
    assert all(
        list(each) == ["changes", "outcome", "changeable", "holds_back"] for each in advice["flips"]
    )
    changes = [change for flip in advice["flips"] for change in flip["changes"]]
    assert all(list(each) == ["question", "from", "to"] for each in changes)
    assert advice["blockers"][0]["question"] == "platform_owner"
    assert advice["tax"] is None
    assert advice["unknowns"]


def test_every_shipped_example_is_accepted_as_it_is(meshfit):
    ran = meshfit("assess", "-", given="---\n".join(file.read_text("utf-8") for file in EXAMPLES))
    assert (ran.code, ran.error) == (0, "")
    assert ran.out.count("knowledge meshfit 1.0") == len(EXAMPLES)
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "None" not in ran.out
    assert not any(line != line.rstrip() for line in ran.out.splitlines())


def test_the_page_shows_the_whole_advice(meshfit):
    page = meshfit("assess", ARTICLE).out
    for part in (
        "The article's own worked example",
        "Adopt, in stages: you pay for it already",
        "For",
        "36 + 40",
        "30.4 h",
        "0.19 FTE at 160 h a month",
        "Would change it, if the facts were different",
        "Would hold it back",
        "Not known yet, the most decisive first",
        "What to do",
        "Mesh or something simpler",
        "Sources",
        "knowledge meshfit 1.0",
    ):
        assert part in page
    assert re.search(r"Left over +6\.4 h", page)


def test_the_page_shows_what_stops_it_and_what_runs_instead(meshfit):
    page = meshfit("assess", Path(SHIPPED_PACK) / "examples" / "everything-stops-it.yaml").out
    assert "Stops it" in page
    assert "✗" in page
    assert "→ Find an owner" in page


def test_of_a_mesh_that_runs_the_page_asks_whether_to_keep_it(meshfit):
    examples = Path(SHIPPED_PACK) / "examples"
    page = meshfit("assess", examples / "keep-but-nobody-runs-it.yaml").out
    assert "We run a service mesh. Should we keep it?\nKeep it: an owner within 90 days" in page
    assert "To look at" in page
    assert "Stops it" not in page
    assert "What Adopt takes" not in page
    gone = meshfit("assess", examples / "leave-for-the-hours.yaml").out
    assert "Without it" in gone
    assert "Saved by the mesh" in gone


def test_the_page_leads_upwards_and_says_what_clashes(meshfit):
    examples = Path(SHIPPED_PACK) / "examples"
    page = meshfit("assess", examples / "audited-without-an-owner.yaml").out
    assert "The duty stays" in page
    assert re.search(r"To reach Adopt\n  answer “Main reason” and “Success metric” · a named", page)
    assert "What if\n  Owner: named, not nobody → Pilot first" in page
    assert "A named owner with time set aside runs it. [Owner]" in page
    clash = meshfit("assess", examples / "no-hours-to-run-it.yaml").out
    assert "Answers disagree" in clash
    slow = meshfit("assess", examples / "slow-payback.yaml").out
    assert "Setting it up takes 260 h once: paid back after 26 months." in slow


def test_no_colour_where_nobody_looks(meshfit):
    assert "\x1b" not in meshfit("assess", ARTICLE).out
    page = meshfit("assess", ARTICLE, NO_COLOR="1", FORCE_COLOR="1").out
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", page))
    assert {each for code in codes for each in code.split(";")} <= {"0", "1", "2", "3"}


@pytest.mark.parametrize("columns", ["20", "40", "200"])
def test_any_width_keeps_the_words(meshfit, columns):
    page = meshfit("assess", ARTICLE, COLUMNS=columns).out
    assert max(map(len, page.splitlines())) <= min(int(columns), 100)
    assert "".join(["Would", "change", "nothing,"]) in "".join(page.split())


MANY = """---
platform_owner: none
---
{"platform_owner": "nmaed"}
---
---
[1]
---
# nothing but a remark
---
{}
---
"""


def test_one_wrong_document_does_not_stop_the_others(meshfit):
    ran = meshfit("assess", "-", "--json", given=MANY)
    assert ran.code == 1
    assert ran.error == ""
    assert [line.get("outcome") for line in ran.lines] == [
        "not_yet", None, None, None, None, "undecided",
    ]  # fmt: skip
    assert [line["error"] for line in ran.lines if "error" in line] == [
        "document 2: platform_owner: cannot be nmaed (did you mean named?); "
        "allowed: named, planned, none, unknown.",
        "document 3:1: is empty",
        "document 4: Answers are written as a mapping: a question's id, then its answer.",
        "document 5:1: is empty",
    ]


def test_people_see_the_wrong_ones_on_standard_error(meshfit):
    ran = meshfit("assess", "-", given=MANY)
    assert ran.code == 1
    assert [line.partition(":")[0] for line in ran.error.splitlines()] == ["meshfit"] * 4
    assert "Not yet: nobody would run it" in ran.out


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_documents_divided_in_either_line_ending(meshfit, end):
    documents = end.join(["services: 3", "---", '{"services": 4}', "--- ", "services: 5", ""])
    assert len(meshfit("assess", "-", "--json", given=documents).lines) == 3


def test_a_document_that_is_no_text_does_not_stop_the_others(meshfit):
    ran = meshfit("assess", "-", "--json", given=b"a: \xff\n---\nservices: 3\n")
    assert ran.lines[0] == {"error": "document 1:1: is not UTF-8 text, save it as UTF-8."}
    assert ran.lines[1]["outcome"] == "undecided"


WRONG = {
    "platform_owner: yes\nplatform_owner: no": "a.yaml:2 platform_owner: is given twice",
    '{"services": 1, "services": 2}': "a.yaml: services is given twice",
    "servces: 3": "a.yaml: servces: is no question of this checklist (did you mean services?).",
    "services: -3": "a.yaml: services: must be at least 1 and at most 100,000, not -3.",
    "services: .nan": "a.yaml:1 services: is .nan: a number must be finite",
    '{"services": NaN}': "a.yaml: NaN is no number: a number must be finite",
    '{"services": 1e999}': "a.yaml: 1e999 is no number: a number must be finite",
    '{"services": ' + "9" * 5000 + "}": "a.yaml: a number has 5000 digits, at most 300 are read",
    '{"services": ' + "9" * 200 + "}": "a.yaml: services: must be at least 1 and at most 100,000",
    '{"success_metric": "\\ud800"}': "a.yaml: holds half a character (a lone surrogate)",
    "- 1": "a.yaml: Answers are written as a mapping: a question's id, then its answer.",
    "just text": "a.yaml: Answers are written as a mapping",
    "answers: 3": "a.yaml: Answers are written as a mapping",
    "answers:": "a.yaml: answers: is no question of this checklist",
    "": "a.yaml:1: is empty",
    "services: [1": "a.yaml:1: is not YAML: did not find expected ',' or ']'",
    "[" * 100_000: "a.yaml: is nested deeper than 40 levels",
    "{a: " * 50_000: "a.yaml:1: is nested deeper than 40 levels",
    "[" * 50_000 + "]" * 50_000: "a.yaml: is nested deeper than 40 levels",
    "a: &a [*a]": "a.yaml:1: refers to *a, which is not defined before it",
    "a: 1\n---\nb: 1": "a.yaml:2: begins a second document; one file holds one",
    "services: {value: 3, evidense: guess}": "a.yaml: services: has no field evidense "
    "(did you mean evidence?); allowed: value, evidence, note, reason.",
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: repr(text[:28]))
def test_a_wrong_file_is_named_in_one_line(meshfit, text):
    Path("a.yaml").write_text(text, "utf-8")
    ran = meshfit("assess", "a.yaml", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert ran.error.startswith(f"meshfit: {WRONG[text]}")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"services: caf\xe9", "a.yaml:1: is not UTF-8 text, save it as UTF-8."),
        (b"\x00\x01\x02", "a.yaml:1: holds the character #0, which no text file should"),
        (b" " * 10_000_001, "a.yaml: is larger than 10 MB, give it in parts."),
        (b"a" * 1_000_001, "a.yaml:1: is too large: 1,000,001 characters, at most 1,000,000"),
    ],
)
def test_a_file_that_is_no_text(meshfit, data, words):
    Path("a.yaml").write_bytes(data)
    ran = meshfit("assess", "a.yaml")
    assert (ran.code, ran.out, ran.error) == (1, "", f"meshfit: {words}\n")


def test_a_code_in_any_case_and_another_programs_true_are_one_answer(meshfit):
    documents = "\n---\n".join(f"zero_trust: {each}" for each in ("yes", "Yes", "' YES '", "true"))
    ran = meshfit("assess", "-", "--json", given=documents)
    assert ran.code == 0
    assert [each == ran.lines[0] for each in ran.lines] == [True] * 4


def test_a_byte_order_mark_is_no_fault(meshfit):
    Path("a.json").write_bytes(b'\xef\xbb\xbf{"services": 3}')
    assert meshfit("assess", "a.json", "--json").code == 0


@pytest.mark.parametrize("name", ["nowhere.yaml", ".", "nowhere/a.yaml", "a\0b", "x" * 300])
def test_nothing_to_read_is_wrong_usage(meshfit, name):
    ran = meshfit("assess", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.error.endswith("name a file, or - for input.\n")


def test_an_empty_standard_input(meshfit):
    ran = meshfit("assess", "-", "--json", given=" \n")
    assert (ran.code, ran.out) == (1, "")
    assert ran.error == "meshfit: standard input is empty: give answers as JSON or YAML.\n"


def test_the_count_leaves_out_what_is_never_asked_and_what_does_not_apply(meshfit):
    given = "zero_trust: {value: na, reason: no calls}\nobservability: no\n"
    asked = sum(question.page is not None for question in SHIPPED.questions.values())
    assert f"1 of {asked - 1} answers · rule" in meshfit("assess", "-", given=given).out
    piloted = meshfit("assess", "-", given="pilot_result: passed\nservices: 20").out
    assert f"2 of {asked + 1} answers" in piloted


@pytest.mark.parametrize("mesh", [12, 30])
def test_that_no_savings_rate_can_pay_is_said_once(meshfit, mesh):
    text = (EXAMPLES[0].parent / "hours-never-pay.yaml").read_text("utf-8")
    answers = re.sub(r"mesh_hours_per_month: .*", f"mesh_hours_per_month: {mesh}", text)
    printed = meshfit("assess", "-", given=answers).out
    assert printed.count("No savings rate can pay for this") == 1
    assert "It pays while" not in printed


def test_another_pack_in_the_environment(meshfit):
    small = Path(__file__).parents[1] / "knowledge" / "small"
    ran = meshfit("assess", "-", "--json", given="owner: nobody", MESHFIT_KNOWLEDGE=str(small))
    assert (ran.json["outcome"], ran.json["pack"]["name"]) == ("not_yet", "small")


def test_a_broken_pack_is_told_with_what_to_do(meshfit):
    Path("pack").mkdir()
    ran = meshfit("assess", ARTICLE, MESHFIT_KNOWLEDGE="pack")
    assert ran.code == 1
    assert ran.error == (
        "meshfit: The knowledge pack has a fault: pack: holds 0 .yaml files, 1 to 500 are read. "
        "All of them: meshfit check --knowledge pack\n"
    )
