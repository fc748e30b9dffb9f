"""A pack can say more than Slack's screens hold; the loader says so before anyone sees it."""

import pytest

from bot.domain.pack.limits import MOST_BUDGETS, MOST_ROLES
from bot.knowledge import load
from bot.knowledge.capacity import capacity_faults
from bot.knowledge.marks import Map, Mark
from tests.knowledge.conftest import SMALL

QUESTION = "  {0}: {{page: first, kind: text, label: What?, short: What}}\n"
ENTRY = (
    "  e{0}: {{title: T, question: Question {0}?, answer: A, source: field, related: [what],\n"
    "    aliases: [a{0}, b{0}, c{0}, d{0}, e{0}, f{0}]}}\n"
)
STEP = "  s{0}: {{title: T, text: T, smell_test: T?, source: field}}\n"


def test_a_page_with_too_many_questions(small):
    more = "".join(QUESTION.format(f"q{n}") for n in range(15))
    small.write("more.yaml", f"questions:\n{more}")
    assert small.faults() == [
        "pack/questions.yaml:2 first: has questions, 21, its place in Slack holds 8"
    ]


def test_a_topic_with_too_many_entries(small):
    entries = "".join(ENTRY.format(n) for n in range(99))
    small.write("entries/basics.yaml", (small.path / "entries/basics.yaml").read_text() + entries)
    assert small.faults() == [
        "pack/pack.yaml:6 basics: has entries, 101, its place in Slack holds 100"
    ]


def test_a_menu_with_too_many_options(small):
    options = "".join(f"\n      - {{code: c{n}, text: T}}" for n in range(97))
    small.edit("questions.yaml", '- {code: no, text: "No"}', '- {code: no, text: "No"}' + options)
    small.edit(
        "questions.yaml", "- {code: java, text: Java}", "- {code: java, text: Java}" + options
    )
    assert small.faults() == []
    small.edit("questions.yaml", '- {code: yes, text: "Yes"}',
               '- {code: yes, text: "Yes"}\n      - {code: maybe, text: Maybe}')  # fmt: skip
    assert small.faults() == [
        "pack/questions.yaml:9 encrypted: options are 100, its place in Slack holds 99"
    ]


def test_too_many_steps(small):
    small.write("more.yaml", "steps:\n" + "".join(STEP.format(n) for n in range(20)))
    assert small.faults() == ["pack/more.yaml:1 steps: are 21, its place in Slack holds 20"]


@pytest.mark.parametrize(("section", "most"), [("budgets", MOST_BUDGETS), ("roles", MOST_ROLES)])
def test_no_more_budgets_and_roles_than_a_form_has_steps_for(section, most):
    pack, tree = load(SMALL), Map(Mark("pack", 1))
    first = next(iter(getattr(pack, section).values()))
    for many, faults in ((most, 0), (most + 1, 1)):
        items = {f"{section}_{at}": first for at in range(many)}
        grown = pack.model_copy(update={section: items})
        assert len(list(capacity_faults(grown, tree))) == faults


def test_a_slice_with_more_to_choose_from_than_its_form_carries(small):
    trait = "  t{0}: {{label: T, missing: M, source: field}}\n"
    small.edit("pilot.yaml", "most: 2", "most: 12")
    small.edit("pilot.yaml", "traits:\n", "traits:\n" + "".join(map(trait.format, range(39))))
    assert small.faults() == []
    small.edit("pilot.yaml", "traits:\n", "traits:\n" + trait.format(39))
    assert small.faults() == [
        "pack/pilot.yaml:13 traits: are offered for each service of a slice, 504, "
        "its place in Slack holds 500"
    ]


def test_a_table_with_too_much_in_it(small):
    need = "  n{0}: {{label: N{0}, question: encrypted, now: {{encrypted: yes}}, helps_when: {1}, "
    rest = "alternative_when: {1}, source: field}}\n"
    needs = "".join((need + rest).format(n, "x" * 200) for n in range(22))
    small.write("more.yaml", f"needs:\n{needs}")
    assert small.faults() == [
        "pack/decision.yaml:1 needs: fill a table of characters, 10,282, "
        "its place in Slack holds 10,000"
    ]
