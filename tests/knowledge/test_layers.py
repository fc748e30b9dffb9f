"""A company's pack over the shipped one: what it changes, adds, moves and takes away."""

import pytest

from bot.knowledge import load
from tests.shipped import SHIPPED

pytestmark = pytest.mark.exhaustive

RULE = """
rules:
  freeze:
    before: inside_services
    outcome: not_yet
    when: {services: {above: 900}}
    headline: no change before the freeze ends
    because: Our platform is frozen.
    action: Come back in spring.
    source: us
sources:
  us: {title: Our own rules, cite: From our platform team}
"""
EXAMPLE = """
title: Frozen
situation: 1,000 services.
answers: {services: 1000}
outcome: not_yet
rule: freeze
reasons: [goal_missing]
source: us
"""


def test_an_empty_layer_is_the_shipped_pack_under_another_name(layer):
    ours, shipped = load(layer.path), SHIPPED
    assert (ours.name, ours.version) == ("company", "7")
    assert ours.model_copy(update={"name": shipped.name, "version": shipped.version}) == shipped


def test_a_field_replaces_and_the_others_stay(layer):
    layer.write("words.yaml", "questions:\n  platform_owner:\n    label: Who carries the pager?\n")
    ours, shipped = load(layer.path).questions, SHIPPED.questions
    assert ours["platform_owner"].label == "Who carries the pager?"
    assert ours["platform_owner"].options == shipped["platform_owner"].options
    assert list(ours) == list(shipped)


def test_a_list_and_a_condition_are_replaced_whole(layer):
    layer.write("words.yaml", "facts:\n  small: {services: {below: 20}}\n"
                "drivers:\n  glue: {metrics: [One library.]}\n")  # fmt: skip
    ours = load(layer.path)
    assert list(ours.facts["small"].tests) == ["services"]
    assert ours.drivers["glue"].metrics == ("One library.",)


def test_words_of_the_calculator_change_one_by_one(layer):
    layer.write("tax.yaml", "tax: {hours_per_fte: 140}\n")
    assert load(layer.path).tax == SHIPPED.tax.model_copy(update={"hours_per_fte": 140})


def test_synonyms_add_to_the_shipped_ones(layer):
    layer.write("synonyms.yaml", "synonyms:\n  rewrites: {meshy: mesh}\n")
    ours, shipped = load(layer.path).synonyms, SHIPPED.synonyms
    assert ours.rewrites == shipped.rewrites | {"meshy": "mesh"}
    assert ours.expansions == shipped.expansions


def test_a_new_rule_goes_where_it_says(layer):
    layer.write("rules.yaml", RULE).write("examples/frozen.yaml", EXAMPLE)
    rules = [*load(layer.path).rules]
    assert rules[rules.index("inside_services") - 1] == "freeze"


def test_a_new_rule_without_a_place_comes_last_and_is_told_so(layer):
    layer.write("rules.yaml", RULE.replace("    before: inside_services\n", ""))
    assert layer.write("examples/frozen.yaml", EXAMPLE).faults() == [
        "company/rules.yaml:3 freeze: can never fire: "
        "whenever it holds, 'pilot' above it holds too",
        "company/rules.yaml:3 freeze: is the last rule and must hold always: when: {}",
    ]


def test_a_new_rule_needs_an_example(layer):
    assert layer.write("rules.yaml", RULE).faults() == [
        "company/rules.yaml:3 freeze: no example shows it: add one to examples/ whose rule it is",
    ]


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("insde_services", "which is no other item here, did you mean 'inside_services'?"),
        ("freeze", "which is no other item here"),
        ("5", "which is no other item here"),
        ("[pilot]", "which is no other item here, did you mean 'pilot'?"),
    ],
)
def test_a_place_must_exist(layer, place, fault):
    layer.write("rules.yaml", RULE.replace("before: inside_services", f"before: {place}"))
    assert next(line for line in layer.faults() if "before is" in line).endswith(fault)


def test_an_item_moves(layer):
    layer.write("pages.yaml", "pages:\n  proxy: {before: need}\n")
    assert next(iter(load(layer.path).pages)) == "proxy"


def test_before_is_for_layers_only(small):
    small.edit("questions.yaml", "page: first\n    label: Who", "before: goal\n    label: Who")
    assert small.faults() == ["pack/questions.yaml:14 owner: before is not a field here"]


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        (
            "entries/faq.yaml",
            "entries:\n  faq-api-gatway: {title: Ours}\n",
            ":2 faq-api-gatway: is new and lacks 'question', 'answer', 'source', 'related', "
            "'aliases', did you mean 'faq-api-gateway'?",
        ),
        (
            "rules.yaml",
            "rules:\n  no_ownr: {before: pilot, action: Hire one.}\n",
            ":2 no_ownr: is new and lacks 'outcome', 'when', 'headline', 'because', 'source', "
            "did you mean 'no_owner'?",
        ),
    ],
)
def test_a_mistyped_id_is_told_once_with_what_was_meant(layer, file, text, fault):
    assert layer.write(file, text).faults() == [f"company/{file}{fault}"]


def test_a_new_item_that_resembles_no_other_lacks_its_fields(layer):
    layer.write("entries/ours.yaml", "entries:\n  acme-cost-centre: {title: Ours}\n")
    layer.write("pack.yaml", 'name: a\nversion: "1"\nextends: meshfit\ntopics: {ours: Ours}\n')
    assert layer.faults()[-1] == "company/entries/ours.yaml:2 acme-cost-centre: lacks 'source'"


QUESTION = """
questions:
  cost_centre:
    page: platform
    kind: text
    label: Which cost centre pays?
    short: Cost centre
    source: meshfit
"""


def test_a_question_for_the_record_alone_needs_a_page(layer):
    layer.write("questions.yaml", QUESTION)
    assert "cost_centre" in [each.id for each in load(layer.path).asked_on("platform")]
    layer.write("questions.yaml", QUESTION.replace("    page: platform\n", ""))
    assert layer.faults() == [
        "company/questions.yaml:3 cost_centre: is on no page, "
        "and no rule, fact, need or reason uses it"
    ]


def test_null_takes_away_and_what_relied_on_it_is_named(layer):
    assert layer.write("less.yaml", "sources:\n  meshfit: null\n").faults() != []
    assert layer.write("less.yaml", "reasons:\n  drift: ~\n").faults() == [
        line for line in layer.faults() if "is 'drift', which is not among the reasons" in line
    ]


def test_null_takes_a_field_away(layer):
    layer.write("less.yaml", "needs:\n  identity: {warning: null}\n")
    assert load(layer.path).needs["identity"].warning is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("questions:\n  platform_owner:\n    label: null\n", ":3 platform_owner: label"),
        ("rules:\n  pilot: {when: ~, before: adopt}\n", ":2 pilot: when"),
        ("tax:\n  source:\n", ":2 source:"),
        ("stages:\n  observe:\n    title: null\n", ":3 observe: title"),
    ],
)
def test_a_field_that_is_needed_is_missed_where_the_layer_takes_it_away(layer, text, fault):
    assert layer.write("less.yaml", text).faults() == [
        f"company/less.yaml{fault} is needed: null would take it away"
    ]


def test_an_outcome_that_is_taken_away_is_missed_where_the_layer_says_so(layer):
    assert layer.write("less.yaml", "outcomes:\n  adopt: null\n").faults() == [
        "company/less.yaml:2 outcomes: lacks 'adopt'"
    ]


def test_taking_away_what_is_not_there(layer):
    assert layer.write("less.yaml", "stages:\n  observ: null\n").faults() == [
        "company/less.yaml:2 observ: is not there to be taken away, did you mean 'observe'?"
    ]


def test_an_entry_keeps_its_topic_whatever_file_changes_it(layer):
    layer.write("entries/ours.yaml", "entries:\n  tax-model: {title: Our tax}\n")
    assert load(layer.path).entries["tax-model"].topic == "tax"


def test_a_fault_names_the_layer_that_made_it(layer):
    layer.write("words.yaml", "questions:\n  platform_owner:\n    label: 5\n    shrt: Owner\n")
    assert layer.faults() == [
        "company/words.yaml:3 platform_owner: label must be text, not the number 5 "
        "(write it in quotes to mean text)",
        "company/words.yaml:4 platform_owner: shrt is not a field here, did you mean 'short'?",
    ]


def test_a_layer_has_its_own_name_and_version(layer):
    assert layer.write("pack.yaml", "extends: meshfit\n").faults() == [
        "company/pack.yaml:1: lacks 'name'",
        "company/pack.yaml:1: lacks 'version'",
    ]


def test_a_layer_that_does_not_say_so_is_told_about_it(layer):
    layer.write("words.yaml", "questions:\n  platform_owner: {label: Who?}\n")
    first = layer.write("pack.yaml", 'name: company\nversion: "7"\n').faults()[0]
    assert first == (
        "company/pack.yaml:1 extends: is missing, so this folder is the whole pack, and it lacks "
        "rules, entries: write `extends: meshfit` in pack.yaml to lay it over the shipped one"
    )


@pytest.mark.parametrize(
    ("base", "named", "near"),
    [
        ("meshfitt", "'meshfitt'", ", did you mean 'meshfit'?"),
        ("other", "'other'", ""),
        ("", "left empty", ""),
    ],
)
def test_over_a_base_that_is_not_there_nothing_is_missed(layer, base, named, near):
    layer.write("words.yaml", "questions:\n  platform_owner: {label: Who?}\n")
    header = f'name: company\nversion: "7"\nextends: {base}\n'
    assert layer.write("pack.yaml", header).faults() == [
        f"company/pack.yaml:3 extends: is {named}: only 'meshfit' can be extended, "
        f"by another pack{near}"
    ]
