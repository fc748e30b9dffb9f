"""What a pack says about pilots: each way to write it wrongly, layers over it, packs before it."""

import json

import pytest

from bot.domain.pack import Pack
from bot.domain.pack.tolerances import Tolerances
from bot.errors import Faults
from bot.knowledge import kept, load
from tests.shipped import SHIPPED

F, R, P = "pilot.yaml", "running.yaml", "pack.yaml"

NAMES = [
    (F, "drill: away", "drill: awya", [
        "pack/pilot.yaml:33 back: drill is 'awya', which is not among the drills, "
        "did you mean 'away'?",
    ]),
    (F, "meshes: [plain]", "meshes: [plane]", [
        "pack/pilot.yaml:52 top: meshes #1 is 'plane', which is not among the meshes, "
        "did you mean 'plain'?",
    ]),
    (R, "      plain: {apply", "      plane: {apply", [
        "pack/running.yaml:39 enforce: gates plane is 'plane', which is not among the meshes, "
        "did you mean 'plain'?",
    ]),
    (R, "given: owners_named, source: field", "given: owners_named, source: feild", [
        "pack/running.yaml:34 enforce: enter owners source is 'feild', which is not among the "
        "sources, did you mean 'field'?",
    ]),
    (R, "Seven quiet days., source: field", "Seven quiet days., source: fild", [
        "pack/running.yaml:36 enforce: leave calm source is 'fild', which is not among the "
        "sources, did you mean 'field'?",
    ]),
    (R, "traps: [Restart them.], source: field", "traps: [Restart them.], source: x", [
        "pack/running.yaml:39 enforce: gates plain source is 'x', which is not among the sources",
    ]),
    (F, 'sensitive: "Leave {service} out."\n  source: field',
     'sensitive: "Leave {service} out."\n  source: z', [
        "pack/pilot.yaml:11 source: is 'z', which is not among the sources",
    ]),
    (R, "given: owners_named", "given: owner_named", [
        "pack/running.yaml:34 enforce: enter owners given is 'owner_named', not one of "
        "sound_verdict, owners_named, exceptions_dated, did you mean 'owners_named'?",
    ]),
    (F, "metric: p95", "metric: minute", [
        "pack/pilot.yaml:20 slower: metric is 'minute', not one of p50, p90, p95, p99, mean, "
        "error_rate, cpu, memory, minutes, did you mean 'minutes'?",
    ]),
]  # fmt: skip

SENSE = [
    (F, "    drill: away\n", "", [
        "pack/pilot.yaml:26 back: lacks 'drill': minutes come from a drill",
    ]),
    (F, "limit: 5\n    supplied_by: whoever runs the load",
     "limit: 5\n    drill: away\n    supplied_by: whoever runs the load", [
        "pack/pilot.yaml:24 slower: drill gives minutes, and the budget is on p95",
    ]),
    (F, "change: absolute", "noise: 2\n    change: absolute", [
        "pack/pilot.yaml:21 slower: noise is for percentages, and the budget is absolute",
    ]),
    (F, "absolute\n    unit: ms\n    limit: 5", "percent\n    unit: ms\n    limit: -100", [
        "pack/pilot.yaml:23 slower: limit is -100 %, which would take away all there is",
    ]),
    (F, "unit: minutes\n    limit: 5", "unit: minutes\n    limit: -5", [
        "pack/pilot.yaml:32 back: limit is -5, which no figure is below",
    ]),
    (F, "-n ${namespace}", "-n ${namespce}", [
        "pack/pilot.yaml:53 top: template leaves ${namespce} open, which nobody can fill in, "
        "did you mean 'namespace'?",
    ]),
    (F, "-n ${namespace}", "-n ${x}", [
        "pack/pilot.yaml:53 top: template leaves ${x} open, which nobody can fill in: there are "
        "namespace, service, endpoint, method, port, rate, caller, until",
    ]),
    (F, "-n ${namespace}", "-n $1", [
        "pack/pilot.yaml:53 top: template has a $ that opens no place: write ${service}, "
        "or $$ for the sign itself",
    ]),
    (F, "most: 2", "most: 0", [
        "pack/pilot.yaml:6 most: is 0, below fewest, 1, or below 1",
    ]),
    (F, "most: 2", "most: 21", [
        "pack/pilot.yaml:6 most: is 21, its place in Slack holds 12",
    ]),
    (F, "Leave {service} out.", "Leave {name} out.", [
        "pack/pilot.yaml:10 sensitive: has {name}, which is no number question and no figure",
    ]),
    (F, "traits:\n", "tolerances: {rate: {percent: -1, source: field}}\ntraits:\n", [
        "pack/pilot.yaml:13 rate: percent is -1, must be at least 0",
    ]),
    (F, "traits:\n", "tolerances: {errors: {percent: 101, source: field}}\ntraits:\n", [
        "pack/pilot.yaml:13 errors: percent is 101, must be at most 100",
    ]),
    (F, "traits:\n", "tolerances: {error_gap: {percent: 1, source: field}}\ntraits:\n", [
        "pack/pilot.yaml:13 error_gap: percent is not a field here",
        "pack/pilot.yaml:13 error_gap: lacks 'points'",
    ]),
    (F, "traits:\n", "tolerances: {samples: {requests: 0, source: field}}\ntraits:\n", [
        "pack/pilot.yaml:13 samples: requests is 0, must be at least 1",
    ]),
    (F, "traits:\n", "tolerances: {warm_up: {seconds: 90000, source: field}}\ntraits:\n", [
        "pack/pilot.yaml:13 warm_up: seconds is 90000, must be at most 86400",
    ]),
    (F, "traits:\n", "tolerances: {duration: {percent: 0, source: field}}\ntraits:\n", [
        "pack/pilot.yaml:13 duration: percent is 0, and no two runs are that alike",
    ]),
    (F, "traits:\n", "tolerances: {rates: {percent: 5, source: field}}\ntraits:\n", [
        "pack/pilot.yaml:13 rates: is not a field here, did you mean 'rate'?",
    ]),
    (F, "traits:\n", "tolerances: {rate: {percent: 5, source: filed}}\ntraits:\n", [
        "pack/pilot.yaml:13 rate: source is 'filed', which is not among the sources, "
        "did you mean 'field'?",
    ]),
    (F, '"{role} has no backup."', '"{rol} has no backup."', [
        "pack/pilot.yaml:80 no_backup: has {rol}, which is no number question and no figure, "
        "did you mean 'role'?",
    ]),
    (F, "Over their limit: {fails}.", "Over their limit: {failed}.", [
        "pack/pilot.yaml:61 broken: because has {failed}, which is no number question and no "
        "figure, did you mean 'fails'?",
    ]),
]  # fmt: skip

VERDICTS = [
    (F, "when: {fails: {at_least: 1}}", "when: {fials: {at_least: 1}}", [
        "pack/pilot.yaml:58 broken: when fials is nothing that a verdict looks at, "
        "did you mean 'fails'?",
    ]),
    (F, "when: {fails: {at_least: 1}}", "when: {owner: named}", [
        "pack/pilot.yaml:58 broken: when owner is nothing that a verdict looks at",
    ]),
    (F, "when: {fails: {at_least: 1}}", "when: {sealed: yes}", [
        "pack/pilot.yaml:58 broken: when sealed must be true or false",
    ]),
    (F, "when: {fails: {at_least: 1}}", "when: {fails: {at_least: 0}}", [
        "pack/pilot.yaml:64 kept: can never fire: whenever it holds, 'broken' above it holds too",
        "pack/pilot.yaml:71 open: can never fire: whenever it holds, 'broken' above it holds too",
    ]),
    (F, "when: {fails: {at_least: 1}}", "when: {fails: {above: 1, below: 2}}", [
        "pack/pilot.yaml:57 broken: can never fire: the parts of its condition exclude each other",
    ]),
    (F, "  open:\n    when: {}", "  open:\n    when: {fails: {at_most: 0}}", [
        "pack/pilot.yaml:71 open: is the last row and must hold always: when: {}",
    ]),
    (F, "whole: roll_on", "whole: rollon", [
        "pack/pilot.yaml:66 kept: whole is 'rollon', not one of roll_on, running, measure_more, "
        "stop, did you mean 'roll_on'?",
    ]),
    (F, "when: {goal_reached: true}", "when: {goal_missed: false}", [
        "pack/pilot.yaml:65 kept: when rolls on without 'goal_reached: true'",
    ]),
]  # fmt: skip

CASES = {"names": NAMES, "sense": SENSE, "verdicts": VERDICTS}
TABLE = [
    pytest.param(*case, id=f"{name}-{n}") for name in CASES for n, case in enumerate(CASES[name])
]


@pytest.mark.parametrize(("file", "old", "new", "lines"), TABLE)
def test_one_wrong_edit_is_named_with_file_and_line(small, file, old, new, lines):
    assert small.edit(file, old, new).faults() == lines


def test_a_count_between_two_whole_numbers_still_holds_for_some(small):
    small.edit(F, "when: {fails: {at_least: 1}}", "when: {fails: {above: 0.5, below: 1.5}}")
    assert small.faults() == []


def test_a_table_without_rows_decides_nothing(small):
    written = (small.path / F).read_text("utf-8")
    table = written[written.index("verdicts:") : written.index("ownership:")]
    assert small.edit(F, table, "verdicts: {}\n\n").faults() == [
        "pack/pilot.yaml:56 verdicts: are empty: nothing decides"
    ]


def test_a_question_cannot_have_the_name_of_a_result(small):
    small.edit("questions.yaml", "  services:\n", "  fails:\n")
    assert any("fails: is also the name of a question" in each for each in small.faults())


def test_more_meshes_than_a_menu_holds(small):
    more = "".join(f"  m{n}: {{label: M, mesh: M, mode: m, source: field}}\n" for n in range(100))
    small.edit(F, "\nplan:", f"{more}\nplan:")
    assert small.faults() == ["pack/pilot.yaml:1 meshes: are 101, its place in Slack holds 100"]


def test_a_company_moves_a_limit_adds_a_gate_and_takes_a_line_away(layer):
    layer.write(
        "ours.yaml",
        "budgets: {p95_added: {limit: 4}}\n"
        "plan: {most: 4}\n"
        "stages:\n"
        "  telemetry:\n"
        "    leave: {calm: null, ours: {text: Our dashboards show it., source: meshfit}}\n"
        "    gates: {linkerd: {watch: Our dashboard.}}\n"
        "verdicts:\n"
        "  alone:\n"
        "    before: roll_on\n"
        "    when: {singles: {at_least: 1}}\n"
        "    whole: measure_more\n"
        "    title: Measure more\n"
        "    because: 'Single runs: {singles}.'\n"
        "    action: Run it again.\n"
        "    source: meshfit\n",
    )
    shipped, ours = SHIPPED, load(layer.path)
    assert (ours.budgets["p95_added"].limit, ours.budgets["p95_added"].label) == (
        4,
        shipped.budgets["p95_added"].label,
    )
    assert (ours.plan.most, ours.plan.fewest) == (4, 3)
    telemetry, before = ours.stages["telemetry"], shipped.stages["telemetry"]
    assert list(telemetry.leave) == [*(each for each in before.leave if each != "calm"), "ours"]
    assert telemetry.gates["linkerd"].watch == "Our dashboard."
    assert telemetry.gates["linkerd"].apply == before.gates["linkerd"].apply
    assert telemetry.gates["kuma" if "kuma" in before.gates else "istio_sidecar"]
    assert list(ours.verdicts)[-3] == "alone"
    assert list(ours.verdicts)[-2:] == ["roll_on", "running"]


def test_a_company_moves_one_tolerance_and_the_others_stay(layer):
    layer.write("ours.yaml", "tolerances: {rate: {percent: 8}}\n")
    shipped, ours = SHIPPED.tolerances, load(layer.path).tolerances
    assert (ours.rate.percent, ours.rate.source) == (8, shipped.rate.source)
    assert ours.model_copy(update={"rate": shipped.rate}) == shipped


def test_a_pack_that_says_nothing_of_tolerances_has_those_of_always(small):
    assert load(small.path).tolerances == Tolerances()


def test_a_row_that_takes_every_case_shadows_what_is_below(layer):
    row = "whole: stop, title: a, because: b, action: c, source: meshfit"
    layer.write("ours.yaml", f"verdicts: {{all: {{before: broken, when: {{}}, {row}}}}}\n")
    with pytest.raises(Faults) as caught:
        load(layer.path)
    assert len(caught.value.lines) == 11
    assert all("'all' above it holds too" in each for each in caught.value.lines)


def test_a_pack_from_before_there_were_pilots_can_still_be_read():
    today = SHIPPED
    old = json.loads(today.model_dump_json(by_alias=True))
    sections = ("meshes", "plan", "traits", "budgets", "tolerances", "drills", "recipes")
    for section in (*sections, "verdicts"):
        del old[section]
    old["version"] = "0.9"
    read = kept(json.dumps(old), today)
    assert isinstance(read, Pack)
    assert (read.version, read.budgets, read.rules) == ("0.9", today.budgets, today.rules)


def test_a_kept_pack_keeps_what_it_said_itself():
    today = SHIPPED
    old = json.loads(today.model_dump_json(by_alias=True))
    old["budgets"]["p95_added"]["limit"] = 99
    assert kept(json.dumps(old), today).budgets["p95_added"].limit == 99
