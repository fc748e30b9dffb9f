"""The card and what surrounds it, from real decisions; the record as a Markdown file."""

from __future__ import annotations

import re

import pytest
import yaml
from markdown_it import MarkdownIt

from bot.blocks import argue, card, cites, detail, records, summary, whatif
from bot.documents import madr
from bot.domain.answers import parse_answers
from bot.domain.decision import decide
from bot.domain.model import Answer
from bot.domain.model.record import FiledRecord, Record
from bot.domain.team import Standing, TeamAnswer
from tests.blocks.widest import AT, SHIPPED
from tests.blocks.widest import standing as anybody

EXAMPLES = tuple(SHIPPED.examples.values())


def team(raw: object, **changes: object) -> Standing:
    """A team that gave these answers, one person all of them."""
    answers = parse_answers(SHIPPED, raw)
    given = {
        key: TeamAnswer(question=key, answer=each, respondent="U0ANA", at=AT)
        for key, each in answers.items()
    }
    advice = decide(SHIPPED, answers)
    held = anybody().assessment.model_copy(
        update={"pack": advice.pack, "owner_asked": None, "confirmed_at": None, **changes}
    )
    return Standing(assessment=held, answered=given, respondents=("U0ANA",), advice=advice)


@pytest.fixture(params=EXAMPLES, ids=lambda each: each.id, scope="module")
def example(request: pytest.FixtureRequest) -> Standing:
    return team(request.param.answers)


def test_a_card_leads_with_the_outcome_and_why(example: Standing):
    lines = card.card(SHIPPED, example)["text"].splitlines()
    if example.advice.contradictions:
        assert lines.pop(0).startswith("*Answers disagree")
    adding, keeping = "Should we add a service mesh?", "We run a service mesh. Should we keep it?"
    question = keeping if example.advice.there else adding
    assert lines[0] == f"{question} {example.advice.title}"
    assert example.advice.because in lines[1]
    assert len(lines) >= 6


def test_every_blocker_stands_on_the_card_and_its_removal_in_the_thread(example: Standing):
    text = card.card(SHIPPED, example)["text"]
    below = detail.detail(SHIPPED, example)["text"]
    for blocker in example.advice.blockers:
        assert blocker.phrase in text
        assert blocker.action in below


def test_every_not_yet_says_when_to_look_again(example: Standing):
    text = card.card(SHIPPED, example)["text"]
    assert ("*Look again:* <!date^" in text) == (example.advice.look_again_days is not None)
    if example.advice.outcome == "not_yet":
        assert "*Look again:*" in text


def test_every_reason_names_its_source(example: Standing):
    for drawn in (detail.more(SHIPPED, example), detail.why(SHIPPED, example)):
        for reason in example.advice.reasons:
            assert f"{reason.text} _({cites.behind(SHIPPED, reason)})_" in drawn["text"]


def test_figures_have_units_and_a_guess_is_called_a_guess():
    raw = {
        "teams": 10,
        "incidents_per_month": {"value": 2, "evidence": "counted"},
        "hours_per_incident": 18,
        "drift_hours_per_team": 4,
        "mesh_hours_per_month": {"value": 20, "evidence": "guess"},
    }
    text = card.card(SHIPPED, team(raw))["text"]
    assert "*Hours:* 76 a month today. At 40 % saved (assumed by a web article)" in text
    assert "you said 20 (a guess)" in text


def test_what_does_not_apply_leaves_the_count():
    raw = {
        "zero_trust": {"value": "na", "reason": "We have no calls."},
        "observability": "unknown",
        "multi_cluster": "no",
    }
    assert (
        "0 of 2 answers counted or measured, 1 don't know ·"
        in card.card(SHIPPED, team(raw))["text"]
    )


PILOTED = {
    "zero_trust": "yes",
    "problem_location": "between",
    "few_services": "no",
    "platform_owner": "named",
    "measurement_ready": "yes",
}


def test_answers_that_disagree_stand_on_top_with_the_way_to_change_them():
    drawn = card.card(SHIPPED, team(PILOTED | {"mesh_hours_per_month": 0}))
    top = drawn["blocks"][0]
    assert "who upgrades it?" in top["text"]["text"]
    assert top["accessory"]["text"]["text"] == "Change answers"
    assert drawn["text"].startswith("*Answers disagree.*")
    assert "*Next:* settle the answers that disagree." in drawn["text"]
    many = card.card(
        SHIPPED,
        team(
            PILOTED
            | {"mesh_hours_per_month": 0, "uniform_stack": "yes", "languages": ["go", "java"]}
        ),
    )["text"]
    assert many.startswith("*Answers disagree in 2 places.* The first: ")


def test_the_card_leads_upwards_on_one_line_and_names_the_duty():
    drawn = card.card(SHIPPED, team(PILOTED | {"platform_owner": "none", "threat_level": "high"}))
    assert "*Meanwhile:* The duty stays" in drawn["text"]
    [line] = [each for each in drawn["text"].splitlines() if "*To reach Adopt:*" in each]
    assert line.endswith("a passed pilot. *What if:* Owner: named → *Pilot first*")
    below = detail.more(SHIPPED, team(PILOTED))["text"]
    assert "Would this be enough?" in below
    assert "What Adopt takes" in below
    assert "Not known yet (Incidents a month)" in below
    below = detail.more(SHIPPED, team(PILOTED | {"platform_owner": "none"}))["text"]
    assert "Not met (Owner)" in below


def test_who_holds_every_role_is_said_to_have_accepted_the_roles_and_nobody_is_counted_as_nobody():
    standing = team(PILOTED).model_copy(update={"owners": ("U0BEN",)})
    assert "<@U0BEN>, who accepted all 4 roles" in card.card(SHIPPED, standing)["text"]
    _, body = parsed(madr.madr(SHIPPED, record(standing)))
    assert "Owner: U0BEN, who accepted every role of the pilot." in body
    nobody = team({}).model_copy(update={"respondents": ()})
    text = card.card(SHIPPED, nobody)["text"]
    assert "nobody has answered yet" in text
    assert "0 people" not in text


PASSED = {
    "pilot_result": "passed",
    "threat_level": "regulated",
    "driver": "identity",
    "success_metric": "95 % of east-west calls use workload identity",
    "incidents_per_month": 2,
    "hours_per_incident": 18,
    "teams": 10,
    "drift_hours_per_team": 4,
    "mesh_hours_per_month": 20,
}
NEXT = {
    "the pilot runs": ({"pilot_result": "running"}, "bring the pilot that runs", "Bring it here"),
    "it was closed": ({"pilot_result": "closed"}, "start a new pilot", "Start a new pilot"),
    "it passed": ({"pilot_result": "passed"}, "answer “Main reason”.", "Answer it"),
    "it passed, and nobody owns it": (
        PASSED | {"platform_owner": "planned"},
        "find somebody who would own it",
        "Find an owner",
    ),
    "it passed, its goal vague": (
        PASSED | {"success_metric": "better security"},
        "put in place a success metric that can be checked.",
        "Change answers",
    ),
    "it failed": ({"pilot_result": "failed"}, "mend what failed in the pilot", "Start a new pilot"),
    "inside": ({"problem_location": "inside"}, "mend what is slow inside", "Change answers"),
    "kept": ({"existing_mesh": "linkerd"}, "keep upgrading it", "Change answers"),
    "kept by nobody": (
        {"existing_mesh": "linkerd", "platform_owner": "none"},
        "find somebody who would own it",
        "Find an owner",
    ),
    "kept in another mode": (
        {"existing_mesh": "istio_sidecar", "mesh_wish": "other_mode"},
        "try the change on three to five services",
        "Why",
    ),
    "one team, and nobody to own it": (
        {"few_services": "yes", "platform_owner": "none", "measurement_ready": "no"},
        "keep the clients in one library",
        "Change answers",
    ),
    "no need, and nobody to own it": (
        {"zero_trust": "no", "platform_owner": "none", "pilot_result": "failed"},
        "say what has changed, once something has",
        "Change answers",
    ),
    "ended": ({"existing_mesh": "app_mesh"}, "choose the mesh that takes its place", "Why"),
    "unmeasured": (
        {"existing_mesh": "linkerd", "measurement_ready": "no"},
        "get ready to measure",
        "How to measure",
    ),
    "the way out": (
        {"existing_mesh": "consul", "encryption_scope": "encryption"},
        "let what is simpler run beside it",
        "What is simpler",
    ),
}


@pytest.mark.parametrize("name", NEXT)
def test_what_is_next_fits_the_pilot_and_the_mesh_that_are_there(name: str):
    more, words, button = NEXT[name]
    needs = {"traffic_management": "no", "observability": "no", "multi_cluster": "no"}
    drawn = card.card(SHIPPED, team(PILOTED | needs | more))
    assert f"*Next:* {words}" in drawn["text"]
    row = next(each for each in drawn["blocks"] if each["type"] == "actions")
    assert row["elements"][0]["text"]["text"] == button


def test_an_adopted_mesh_whose_pilot_passed_is_widened_and_not_piloted_again():
    standing = team(SHIPPED.examples["trust-zones-after-pilot"].answers)
    assert "*Next:* widen it, one policy scope at a time." in card.card(SHIPPED, standing)["text"]
    unneeded = team(SHIPPED.examples["leave-nothing-needs-it"].answers)
    assert "*Next:* look for what rests on it unnoticed" in card.card(SHIPPED, unneeded)["text"]


def test_what_is_next_stands_first_of_what_to_find_out():
    asked = dict.fromkeys(("zero_trust", "traffic_management", "observability"), "unknown")
    text = card.card(SHIPPED, team(PILOTED | asked | {"encryption_scope": "encryption"}))["text"]
    [first] = re.findall(r"\*Find out first:\* (.+?) ·", text)
    assert f"*Next:* answer what decides most: {first}." in text


def test_a_goal_that_nobody_can_check_is_none():
    vague = card.card(SHIPPED, team(PILOTED | {"driver": "traffic", "success_metric": "less pain"}))
    assert "none that can be checked yet (said is “Traffic control: less pain”)" in vague["text"]
    lone = card.card(SHIPPED, team(PILOTED | {"success_metric": "Rollbacks from 12 to 4"}))
    assert "*Goal:* Rollbacks from 12 to 4, for no main reason yet (" in lone["text"]
    grpc = card.card(SHIPPED, team(SHIPPED.examples["grpc-goes-to-one-pod"].answers))
    assert "*gRPC can be balanced without a mesh.*" in grpc["text"]


def test_a_payback_stands_wherever_hours_are():
    raw = {"teams": 10, "incidents_per_month": 2, "hours_per_incident": 18}
    raw |= {"drift_hours_per_team": 4, "mesh_hours_per_month": 20, "setup_hours": 104}
    text = card.card(SHIPPED, team(raw))["text"]
    assert "Setting it up takes 104 hours, earned back in 10 months." in text
    assert (
        "Setting it up takes 104 hours, earned back in 10 months."
        in (detail.detail(SHIPPED, team(raw))["text"])
    )
    never = card.card(SHIPPED, team(raw | {"mesh_hours_per_month": 35}))["text"]
    assert "Setting it up takes 104 hours, never earned back." in never
    none = card.card(SHIPPED, team(raw | {"mesh_hours_per_month": 80}))["text"]
    assert "80 hours of running it. Setting it up takes 104 hours, never earned back." in none
    assert "earned back in 10 months." in summary.private(team(raw))["text"]
    asked = summary.private(team(raw | {"mesh_hours_per_month": 0}))["text"]
    assert "who upgrades it?" in asked
    assert "earned back" not in asked


def test_a_summary_says_what_is_assumed_and_that_nobody_accepted():
    raw = dict(SHIPPED.examples["article"].answers)
    standing = team(raw)
    assert standing.advice.outcome == "adopt"
    nobody = "The team says that it has an owner; nobody has accepted here."
    assert nobody in summary.private(standing)["text"]
    assert nobody not in summary.private(standing.model_copy(update={"owners": ("U1",)}))["text"]
    percent = {key: each for key, each in raw.items() if key != "saving_percent"}
    assert "would save 30.4 (40 %, assumed) and" in summary.private(team(percent))["text"]
    text = summary.private(team(percent | {"saving_percent": 40}))["text"]
    assert "would save 30.4 (40 %) and" in text


def test_where_the_proxy_runs_says_rollout_once():
    text = str(detail.more(SHIPPED, team(PILOTED | {"l7_scope": "selective"}))["text"])
    assert text.count("Rollout: by policy scope") == 1
    assert "Rollout: Rollout" not in text


@pytest.mark.parametrize("mesh", [2, 200])
def test_no_savings_rate_that_pays_is_said_plainly(mesh: int):
    raw = {
        "teams": 1,
        "incidents_per_month": 1,
        "hours_per_incident": 1,
        "drift_hours_per_team": 1,
        "mesh_hours_per_month": mesh,
    }
    assert f"No savings rate can pay for {mesh} hours" in card.card(SHIPPED, team(raw))["text"]
    behind = str(detail.detail(SHIPPED, team(raw))["text"])
    assert behind.count("No savings rate can pay for this") == 1
    assert "saving over" not in behind


def test_the_owner_is_named_only_once_they_accepted():
    asked = {"owner_asked": "U0CLEO", "owner_asked_by": "U0ANA"}
    waits = card.card(SHIPPED, team({"platform_owner": "planned"}, **asked))
    assert "*Owner:* <@U0CLEO> was asked by <@U0ANA> and has not answered" in waits["text"]
    assert "Find an owner" in str(waits["blocks"])
    drawn = card.card(SHIPPED, team({"platform_owner": "named"}))
    assert "the team says that it has an owner; nobody has accepted here" in drawn["text"]
    standing = team({"platform_owner": "named"}).model_copy(update={"owners": ("U0CLEO",)})
    owns = card.card(SHIPPED, standing)
    assert "*Owner:* <@U0CLEO>, who accepted" in owns["text"]
    assert "Find an owner" not in str(owns["blocks"])


def test_what_if_numbers_its_turns_through_and_shows_each_once(example: Standing):
    text = whatif.posted(SHIPPED, example, "U0ANA")["text"]
    numbers = [int(found) for found in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    lines = re.findall(r"^\d+\. (.*)", text, re.MULTILINE)
    assert len(lines) == len(set(lines))


def test_the_other_side_is_never_a_mere_shrug(example: Standing):
    text = argue.argue(SHIPPED, example, "U0BEN")["text"]
    assert "asked for by <@U0BEN>" in text
    _, *points = text.splitlines()
    assert points
    above = [*detail.detail(SHIPPED, example)["text"].splitlines()]
    shown = card.card(SHIPPED, example)["text"]
    assert not [each for each in points if each in above or each.removeprefix("• ") in shown]


def record(standing: Standing, **changes: object) -> Record:
    made = Record(number=1, by="U0ANA", at=AT, supersedes=None, standing=standing)
    return made.model_copy(update=changes)


def parsed(text: str) -> tuple[dict[str, object], str]:
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


HEADINGS = [
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
    "### Confirmation",
    "## More Information",
]


def test_every_example_becomes_a_record_in_madr_form(example: Standing):
    front, body = parsed(madr.madr(SHIPPED, record(example)))
    assert front["status"] == "proposed"  # nobody accepted to own it, nobody confirmed it
    assert str(front["date"]) == "2026-11-23"
    assert front["decision-makers"] == "nobody yet"
    assert front["consulted"] == "U0ANA"
    assert [line for line in body.splitlines() if line.startswith("##")] == HEADINGS
    assert body.strip().startswith(f"# {example.advice.headline}")
    assert body.count("(chosen)") == 1
    for question in example.answered:
        asked = SHIPPED.questions[question]
        label = asked.where_one_runs().label if example.advice.there else asked.label
        assert f"| {label.replace('|', '')} |" in body


def test_who_accepted_and_who_confirmed_decided_and_who_only_differs_was_consulted():
    standing = team({})
    said = {"confirmed_by": "U0BEN", "confirmed_at": standing.assessment.touched_at}
    decided = standing.model_copy(
        update={
            "assessment": standing.assessment.model_copy(update=said),
            "owners": ("U0CLEO",),
            "respondents": ("U0ANA", "U0DAN"),
        }
    )
    front, _ = parsed(madr.madr(SHIPPED, record(decided, **said)))
    assert front["decision-makers"] == "U0CLEO, U0BEN"
    assert front["consulted"] == "U0ANA, U0DAN"


def test_a_record_says_when_setting_it_up_is_earned_back(example: Standing):
    written = madr.madr(SHIPPED, record(example)).split("\n")
    line = next((each for each in written if each.startswith("* Hours a month:")), "")
    tax = example.advice.tax
    said = bool(tax and tax.payback_months is not None and tax.mesh_hours)
    assert ("Setting it up takes" in line) is said


def test_a_record_is_accepted_by_the_owner_or_without_one_by_who_confirms(example: Standing):
    decided = example.advice.outcome != "undecided"
    owned = example.model_copy(update={"owners": ("U0CLEO",)})
    front, body = parsed(madr.madr(SHIPPED, record(owned), {"U0CLEO": "Cleo *Marx*"}))
    assert front["status"] == ("accepted" if decided else "proposed")
    assert "Owner: Cleo \\*Marx\\* (U0CLEO), who accepted" in body
    assessment = example.assessment
    sure = {"confirmed_by": "U0BEN", "confirmed_at": assessment.touched_at}
    for asked, status in ((None, "accepted"), ("U0CLEO", "proposed")):
        said = assessment.model_copy(update={**sure, "owner_asked": asked})
        drawn = example.model_copy(update={"assessment": said})
        front, _ = parsed(madr.madr(SHIPPED, record(drawn, **sure)))
        assert front["status"] == (status if decided else "proposed")
        front, body = parsed(madr.madr(SHIPPED, record(drawn)))
        assert front["status"] == "proposed", "that the card is still true confirms no record"
        assert "Confirmed by" not in body


def test_no_record_says_a_line_twice(example: Standing):
    _, body = parsed(madr.madr(SHIPPED, record(example)))
    lines = [line for line in body.splitlines() if line.startswith("* ")]
    said = [re.sub(r"^\* (Bad, because |Stops it: )?", "", line).casefold() for line in lines]
    assert len(said) == len(set(said))


def test_who_answered_otherwise_stands_in_the_record_with_their_note(example: Standing):
    given = next(iter(example.answered.values()))
    note = given.answer.model_copy(update={"note": "# not so\n![x](http://y)"})
    other = given.model_copy(update={"respondent": "U0BEN", "answer": note})
    drawn = example.model_copy(update={"dissent": (other,)})
    _, body = parsed(madr.madr(SHIPPED, record(drawn), {"U0BEN": "Ben"}))
    assert "### Against it" in body
    assert "Ben (U0BEN) says" in body
    assert "\\# not so \\!\\[x\\](http\\://y)" in body


def test_nothing_that_people_typed_makes_a_heading_an_image_or_a_link():
    typed = "# Accepted\n\n![x](https://evil.example/x.png) [y](https://z.example) <b>"
    raw = {
        "driver": "identity",
        "success_metric": typed,
        "services": {"value": 60, "note": typed},
        "multi_cluster": {"value": "na", "reason": typed},
    }
    standing = team(raw)
    other = standing.answered["success_metric"].model_copy(update={"respondent": "U0BEN"})
    changed = standing.model_copy(update={"dissent": (other,)})
    _, body = parsed(madr.madr(SHIPPED, record(changed), {"U0ANA": typed}))
    kinds = list(MarkdownIt("commonmark").enable("table").parse(body))
    inner = [each for block in kinds for each in block.children or ()]
    assert not {each.type for each in inner} & {"image", "html_inline"}
    links = [each.attrGet("href") for each in inner if each.type == "link_open"]
    assert links == [changed.assessment.card_link], "our own, to where the report lies"
    heads = [at for at, block in enumerate(kinds) if block.type == "heading_open"]
    assert [at for at in heads if "Accepted" in kinds[at + 1].content] == []


def test_a_record_says_because_within_a_sentence(example: Standing):
    _, body = parsed(madr.madr(SHIPPED, record(example)))
    assert not re.findall(r"because [A-Z][a-z].*", body)


def test_what_does_not_apply_says_why_wherever_it_is_read_again():
    raw = {"zero_trust": {"value": "na", "reason": "We have <no> calls."}}
    past = str(records.past(SHIPPED, team(raw))["text"])
    assert "Zero trust: does not apply: We have &lt;no&gt; calls. (<@U0ANA>" in past


def test_the_answers_of_a_record_are_a_table_whatever_was_typed():
    hostile = "a | b\nc `d` <script> & *e* --- \\| f"
    raw = {"success_metric": hostile, "driver": "identity"}
    _, body = parsed(madr.madr(SHIPPED, record(team(raw))))
    rows = [line for line in body.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 2
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)


def test_a_record_says_how_each_answer_is_known_and_why_one_does_not_apply():
    raw = {
        "services": {"value": 60, "evidence": "counted", "note": "see <https://cmdb.example>"},
        "multi_cluster": {"value": "na", "reason": "One cluster, by law & contract."},
    }
    _, body = parsed(madr.madr(SHIPPED, record(team(raw))))
    assert "| counted: see &lt;https\\://cmdb.example&gt; |" in body
    assert "| not said: One cluster, by law &amp; contract. |" in body


def test_a_later_record_says_which_it_supersedes_and_stays_yaml():
    last = FiledRecord(
        number=8, assessment="a", outcome="pilot", at=AT, by="U0BEN", title='Yes: "go" #1 & more'
    )
    later = record(team({"platform_owner": "none"}), number=10, supersedes=last)
    front, _ = parsed(madr.madr(SHIPPED, later))
    assert front["record"] == "0010"
    assert front["supersedes"] == '0008 (Yes: "go" #1 & more)'
    assert "It supersedes record 0008" in madr.posted(later)


def test_an_old_assessment_is_read_with_everything_that_was_answered(example: Standing):
    closed = example.model_copy(
        update={"assessment": example.assessment.model_copy(update={"status": "closed"})}
    )
    text = records.past(SHIPPED, closed)["text"]
    assert f"*{example.advice.headline}.* {example.advice.because}" in text
    for question in example.answered:
        assert f"• {SHIPPED.questions[question].short}: " in text
    assert "This one is closed." in text


def test_an_answer_of_a_question_that_is_gone_is_passed_over():
    lean = SHIPPED.model_copy(
        update={"questions": {k: q for k, q in SHIPPED.questions.items() if k != "zero_trust"}}
    )
    standing = team({"observability": "no"})
    changed = standing.model_copy(
        update={
            "answered": {
                **standing.answered,
                "zero_trust": TeamAnswer(
                    question="zero_trust", answer=Answer(value="yes"), respondent="U0ANA", at=AT
                ),
            }
        }
    )
    for draw in (records.past, card.card, detail.detail):
        assert draw(lean, changed)["text"]
