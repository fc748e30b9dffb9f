"""Each way to write a pack wrongly, and the exact line that says so."""

import pytest

Q, D, R = "questions.yaml", "decision.yaml", "running.yaml"
E, X, P = "entries/basics.yaml", "examples/try.yaml", "pack.yaml"
OWNER = "one of named, nobody, unknown"
LONG = "x" * 80
NOBODY = "when: {owner: nobody}\n    headline"
FEW = "when: {small: true, encrypted: [no, unknown]}"
SMALL = "when: {small: true}\n    question"
SECOND = "- {code: nobody, text: Nobody}"
UNCOUNTED = (
    "pack/running.yaml:9 encryption: no condition names it beside its need, "
    "as in encryption_open_now: picked, it never counts"
)
DRIVER = "{label: Later, metrics: [5 % of calls are late.], source: field}\n"
STEPS = (
    "steps:\n  problem: {title: The problem, text: Write it down., "
    "smell_test: Is it one number?, source: field}"
)

BLIND = [
    (
        E,
        "    answer: A layer between services.",
        "    blind: true\n    answer: A layer.",
        [
            "pack/entries/basics.yaml:6 what: answer a blind entry's answer begins with: "
            "I can't see your cluster",
        ],
    ),
    (
        E,
        "    related: [why]",
        "    within: whyy\n    related: [why]",
        [
            "pack/entries/basics.yaml:7 what: within is 'whyy', which is not among the entries, "
            "did you mean 'why'?",
        ],
    ),
    (
        E,
        "    related: [why]",
        "    drill: awya\n    related: [why]",
        [
            "pack/entries/basics.yaml:7 what: drill is 'awya', which is not among the drills, "
            "did you mean 'away'?",
        ],
    ),
]

SHAPE = [
    (Q, "short: Owner", "shirt: Owner", [
        "pack/questions.yaml:13 owner: lacks 'short'",
        "pack/questions.yaml:16 owner: shirt is not a field here, did you mean 'short'?",
    ]),
    (Q, "text: Nobody}", "text: " + LONG + "}", [
        "pack/questions.yaml:19 owner: options #2 text is 80 characters long, "
        "its place in Slack holds 75",
    ]),
    (Q, "title: The need", "title: What you really need", [
        "pack/questions.yaml:2 first: title is 20 characters long, its place in Slack holds 16",
    ]),
    (Q, "code: nobody", "code: No-body", [
        "pack/decision.yaml:20 nobody: when owner is 'nobody', not one of named, No-body, unknown, "
        "did you mean 'No-body'?",
        "pack/decision.yaml:58 nobody: when owner is 'nobody', not one of named, No-body, unknown, "
        "did you mean 'No-body'?",
        "pack/examples/alone.yaml:3 alone: answers owner is 'nobody', not one of named, No-body, "
        "did you mean 'No-body'?",
        "pack/questions.yaml:19 owner: options #2 code is 'No-body': "
        "use small letters, digits and _, a letter first",
    ]),
    (Q, "label: Who would run it?", "label: ''", [
        "pack/questions.yaml:15 owner: label is empty, it needs words",
    ]),
    (Q, "least: 1", "least: few", [
        "pack/questions.yaml:25 services: least must be a number, not the text 'few'",
    ]),
    (Q, "whole: true", "whole: maybe", [
        "pack/questions.yaml:27 services: whole must be true or false, not the text 'maybe'",
    ]),
    (Q, "kind: text", "kind: texts", [
        "pack/questions.yaml:38 goal: kind is 'texts', not one of choice, choices, number, text, "
        "date, did you mean 'text'?",
    ]),
    (Q, "short: Goal", "short: [Goal]", [
        "pack/questions.yaml:40 goal: short must be text, not a list",
    ]),
    (Q, "short: Goal", "short: 5", [
        "pack/questions.yaml:40 goal: short must be text, not the number 5 "
        "(write it in quotes to mean text)",
    ]),
    (Q, "short: Goal", "short: true", [
        "pack/questions.yaml:40 goal: short must be text, not true "
        "(write it in quotes to mean the word)",
    ]),
    (Q, "short: Goal", "short:", [
        "pack/questions.yaml:40 goal: short must be text, not left empty",
    ]),
    (Q, "least: 1", "least: 'nan'", [
        "pack/questions.yaml:25 services: least must be a finite number, not the text 'nan'",
    ]),
    (Q, "most: 500", "most: .inf", [
        "pack/questions.yaml:26 services: most is .inf: a number must be finite",
        "pack/questions.yaml:26 services: most must be a number, not the text '.inf'",
    ]),
    (R, "roles:\n  upgrades: {", "roles:\n  upgrades: !role {", [
        "pack/running.yaml:26 upgrades: carries the tag !role: write a plain value",
    ]),
    (R, "beside: [Hours only.]", "beside: Hours only.", [
        "pack/running.yaml:4 beside: must be a list, not the text 'Hours only.'",
    ]),
    (R, "hours_per_fte: 160", "hours_per_fte: 0", [
        "pack/running.yaml:2 hours_per_fte: is 0, must be above 0",
    ]),
    (R, "guess: 30", "guess: 200", [
        "pack/running.yaml:3 spread_percent: guess is 200, must be at most 100",
    ]),
    (R, "guess: 30", "guess: -20", [
        "pack/running.yaml:3 spread_percent: guess is -20, must be at least 0",
    ]),
    (D, "action: Wait.", "action: Wait.\n    look_again_days: 99999999999", [
        "pack/decision.yaml:31 few: look_again_days is 99999999999, must be at most 3650",
    ]),
    (R, STEPS, "steps: none", [
        "pack/running.yaml:22 steps: must be a mapping (name: value), not the text 'none'",
    ]),
    (E, "what for]", "what for, a, b, c, d, e]", [
        "pack/entries/basics.yaml:15 why: aliases has 11, at most 10 are allowed",
    ]),
    (E, "[why, reasons, purpose, ", "[", [
        "pack/entries/basics.yaml:15 why: aliases has 3, at least 6 are needed",
    ]),
    (E, "title: Why have one", "id: why\n    title: Why have one", [
        "pack/entries/basics.yaml:10 why: id is not written: it is the key it stands under",
    ]),
    (E, "title: Why have one", "topic: basics\n    title: Why have one", [
        "pack/entries/basics.yaml:10 why: topic is not written: it is the name of its file",
    ]),
    (X, "reasons: [encrypted]", "reasons: []", [
        "pack/examples/try.yaml:6 try: reasons has 0, at least 1 are needed",
    ]),
    (D, "outcome: pilot", "outcome: pilto", [
        "pack/decision.yaml:33 pilot: outcome is 'pilto', not one of adopt, pilot, not_yet, "
        "alternative, undecided, keep, leave, did you mean 'pilot'?",
        "pack/examples/try.yaml:4 try: outcome is pilot, but rule 'pilot' gives pilto",
    ]),
    (P, "  basics: What a mesh is", "  basics: ''", [
        "pack/pack.yaml:6 basics: is empty, it needs words",
    ]),
]  # fmt: skip

HEADER = [
    (P, "name: small\n", "", ["pack/pack.yaml:1: lacks 'name'"]),
    (P, '"0.1"', "0.1", [
        "pack/pack.yaml:2 version: must be text, not the number 0.1 "
        "(write it in quotes to mean text)",
    ]),
    (P, "schema: 1", "schema: 2", [
        "pack/pack.yaml:3 schema: is 2: this meshfit reads packs of schema 1",
    ]),
    (P, "schema: 1", "schema: true", [
        "pack/pack.yaml:3 schema: is True: this meshfit reads packs of schema 1",
    ]),
    (P, "schema: 1", "schema: 1\nextends: other", [
        "pack/pack.yaml:4 extends: is 'other': only 'meshfit' can be extended, by another pack",
    ]),
    (P, "sources:", "source:", [
        "pack/pack.yaml:1: lacks 'sources'",
        "pack/pack.yaml:17 source: is not a section of a pack, did you mean 'sources'?",
    ]),
    (P, "  adopt: {title: Adopt, short: Adopt}", "", ["pack/pack.yaml:8 outcomes: lacks 'adopt'"]),
    (P, "  adopt:", "  adpot:", [
        "pack/pack.yaml:8 outcomes: lacks 'adopt'",
        "pack/pack.yaml:11 adpot: is not one of adopt, pilot, not_yet, alternative, undecided, "
        "keep, leave, did you mean 'adopt'?",
    ]),
    (R, "guess: 30, ", "", ["pack/running.yaml:3 spread_percent: lacks 'guess'"]),
]  # fmt: skip

CONDITIONS = [
    (D, NOBODY, "when: {owner: noone}\n    headline", [
        f"pack/decision.yaml:20 nobody: when owner is 'noone', not {OWNER}",
    ]),
    (D, NOBODY, "when: {owner: [named, nobdy]}\n    headline", [
        f"pack/decision.yaml:20 nobody: when owner #2 is 'nobdy', not {OWNER}, "
        "did you mean 'nobody'?",
    ]),
    (D, NOBODY, "when: {owner: true}\n    headline", [
        f"pack/decision.yaml:20 nobody: when owner must be {OWNER}",
    ]),
    (D, NOBODY, "when: {owner: []}\n    headline", [
        "pack/decision.yaml:20 nobody: when owner must name one or more of named, nobody, unknown",
    ]),
    (D, NOBODY, "when: {onwer: nobody}\n    headline", [
        "pack/decision.yaml:20 nobody: when onwer is no question and no fact, "
        "did you mean 'owner'?",
    ]),
    (D, NOBODY, "when: nobody\n    headline", [
        "pack/decision.yaml:20 nobody: when must be a condition, like platform_owner: named",
    ]),
    (D, "    when: {}\n", "", ["pack/decision.yaml:32 pilot: lacks 'when'"]),
    (D, NOBODY, "when:\n    headline", [
        "pack/decision.yaml:20 nobody: when must be a condition, like platform_owner: named",
    ]),
    (D, NOBODY, "when: {any: []}\n    headline", [
        "pack/decision.yaml:20 nobody: when any must be a list of conditions",
    ]),
    (D, NOBODY, "when: {any: [{not: {goal: yes}}]}\n    headline", [
        "pack/decision.yaml:20 nobody: when any #1 not goal must be true or false",
    ]),
    (D, NOBODY, "when: {not: [{goal: true}]}\n    headline", [
        "pack/decision.yaml:20 nobody: when not must be a condition, like platform_owner: named",
    ]),
    (D, "small: {services: {below: 10}}", "small: {services: {bellow: 10}}", [
        "pack/decision.yaml:12 small: services bellow is no comparison, "
        "use above, below, at_least or at_most, did you mean 'below'?",
    ]),
    (D, "small: {services: {below: 10}}", "small: {services: {below: ten}}", [
        "pack/decision.yaml:12 small: services below must be a number",
    ]),
    (D, "small: {services: {below: 10}}", "small: {services: 10}", [
        "pack/decision.yaml:12 small: services must compare a number, like {below: 10} "
        "(above, below, at_least or at_most)",
    ]),
    (D, "small: {services: {below: 10}}", "small: {tiny: true}", [
        "pack/decision.yaml:12 small: tiny is a fact that comes later: put 'tiny' above 'small'",
    ]),
    (D, "small: {services: {below: 10}}", "small: {not: {small: true}}", [
        "pack/decision.yaml:12 small: not small is the fact itself",
    ]),
    (R, "tiny: true", "tiny: yes", [
        "pack/running.yaml:20 when: tiny must be true or false",
    ]),
]  # fmt: skip

REFERENCES = [
    (Q, "page: first\n    label: Who", "page: frist\n    label: Who", [
        "pack/questions.yaml:14 owner: page is 'frist', which is not among the pages, "
        "did you mean 'first'?",
    ]),
    (D, "question: owner", "question: owned", [
        "pack/decision.yaml:59 nobody: question is 'owned', which is not among the questions, "
        "did you mean 'owner'?",
    ]),
    (R, "need: encryption", "need: crypto", [
        "pack/running.yaml:9 encryption: need is 'crypto', which is not among the needs, "
        "did you mean 'encryption'?",
    ]),
    (R, "no_rate_pays: It cannot pay.\n  source: field", "no_rate_pays: No.\n  source: feild", [
        "pack/running.yaml:6 source: is 'feild', which is not among the sources, "
        "did you mean 'field'?",
    ]),
    (E, "related: [why]", "related: [how]", [
        "pack/entries/basics.yaml:7 what: related #1 is 'how', which is not among the entries",
    ]),
    (E, "related: [why]", "related: [why, what, why]", [
        "pack/entries/basics.yaml:7 what: related #2 is the entry itself",
        "pack/entries/basics.yaml:7 what: related #3 names 'why' again",
    ]),
    (P, "basics: What a mesh is", "basic: What a mesh is", [
        "pack/entries/basics.yaml:2 what: topic is 'basics', which is not among the topics, "
        "did you mean 'basic'?",
        "pack/entries/basics.yaml:9 why: topic is 'basics', which is not among the topics, "
        "did you mean 'basic'?",
    ]),
    (X, "owner: named", "ownr: named", [
        "pack/examples/try.yaml:3 try: answers ownr is not among the questions, "
        "did you mean 'owner'?",
    ]),
    (X, "owner: named", "owner: na", [
        "pack/examples/try.yaml:3 try: answers owner is 'na', not one of named, nobody",
    ]),
    (X, "owner: named", "owner: true", [
        "pack/examples/try.yaml:3 try: answers owner must be one of named, nobody",
    ]),
    (X, "owner: named", "owner: {value: {a: b}}", [
        "pack/examples/try.yaml:3 try: answers owner must be one of named, nobody",
    ]),
    (X, "[go, java]", "[go, jav]", [
        "pack/examples/try.yaml:3 try: answers languages is 'jav', not one of go, java, "
        "did you mean 'java'?",
    ]),
    (X, "rule: pilot", "rule: pliot", [
        "pack/examples/try.yaml:5 try: rule is 'pliot', which is not among the rules, "
        "did you mean 'pilot'?",
    ]),
    (X, "[encrypted]", "[encrypted, fw]", [
        "pack/examples/try.yaml:6 try: reasons #2 is 'fw', which is not among the reasons, "
        "did you mean 'few'?",
    ]),
    (D, "    outcome: pilot\n", "", [
        "pack/decision.yaml:32 pilot: lacks 'outcome'",
        "pack/examples/try.yaml:5 try: rule is 'pilot', which has no outcome to expect",
    ]),
    (X, "outcome: pilot\n", "", ["pack/examples/try.yaml:1 try: lacks 'outcome'"]),
    (X, "outcome: pilot", "outcome: adopt", [
        "pack/examples/try.yaml:4 try: outcome is adopt, but rule 'pilot' gives pilot",
    ]),
]  # fmt: skip

TEXTS = [
    (Q, "  services:\n    page: first\n", "  audit_date:\n    page: first\n    kind: text\n"
     "    label: By which day?\n    short: Day\n  services:\n    page: first\n", [
        "pack/questions.yaml:22 audit_date: kind is text, and its answer is read as a date",
    ]),
    (E, "answer: A layer between services.", "answer: A layer. <!channel>, look!", [
        "pack/entries/basics.yaml:5 what: answer calls people with <!channel>: leave it out",
    ]),
    (D, "action: Wait.", "action: Ask <@U0BEN|ben>.", [
        "pack/decision.yaml:30 few: action calls people with <@U0BEN|ben>: leave it out",
    ]),
    (D, "{services} services are few", "{service} services are few", [
        "pack/decision.yaml:28 few: headline has {service}, which is no number question "
        "and no figure, did you mean 'services'?",
    ]),
    (D, "{services} services are few", "{services.real} are few", [
        "pack/decision.yaml:28 few: headline has {services.real}, which is no number question "
        "and no figure, did you mean 'services'?",
    ]),
    (D, "{services} services are few", "{services:>99999999} are few", [
        "pack/decision.yaml:28 few: headline formats {services} itself: "
        "write only the name in braces",
    ]),
    (D, "{services} services are few", "{services are few", [
        "pack/decision.yaml:28 few: headline has a brace without its partner: "
        "a figure is written {teams}",
    ]),
    (E, "purpose", "Mesh!", [
        "pack/entries/basics.yaml:15 why: aliases #3 'Mesh!' also asks for 'what'",
    ]),
    (E, "purpose", "Why?", [
        "pack/entries/basics.yaml:15 why: aliases #3 'Why?' stands in this entry already",
    ]),
    (E, "purpose", "what is a mesh", [
        "pack/entries/basics.yaml:15 why: aliases #3 'what is a mesh' also asks for 'what'",
    ]),
    (E, "purpose", "'?!'", ["pack/entries/basics.yaml:15 why: aliases #3 has no words"]),
    (Q, "code: java", "code: go", [
        "pack/examples/try.yaml:3 try: answers languages is 'java', not one of go, go",
    ]),
    (Q, SECOND, SECOND + "\n      - {code: named, text: Two}", [
        "pack/questions.yaml:20 owner: options #3 code 'named' is another option's code already",
    ]),
    (Q, SECOND, SECOND + "\n      - {code: na, text: Two}", [
        "pack/questions.yaml:20 owner: options #3 code 'na' is reserved",
    ]),
    (Q, "kind: text", "kind: choice", [
        "pack/questions.yaml:36 goal: is a choice and offers 0 options, it needs two",
    ]),
    (Q, "kind: text", "kind: number\n    options: [{code: a, text: A}]", [
        "pack/questions.yaml:39 goal: options are not for a number",
    ]),
    (Q, "most: 500", "most: 0.5", ["pack/questions.yaml:26 services: most is 0.5, below least, 1"]),
    (Q, "most: 500", "most: 500\n    default: 501", [
        "pack/questions.yaml:27 services: default is 501, outside least and most",
    ]),
    (D, "facts:\n", "facts:\n  owner: {goal: true}\n", [
        "pack/decision.yaml:12 owner: is also the name of a question "
        "or of what meshfit derives: choose another",
    ]),
    (D, "facts:\n", "facts:\n  any: {goal: true}\n", [
        "pack/decision.yaml:12 any: is a word of the condition language: choose another",
    ]),
]  # fmt: skip

REACH = [
    (D, FEW, "when: {small: true, services: {above: 10}}", [
        "pack/decision.yaml:25 few: can never fire: the parts of its condition exclude each other",
    ]),
    (D, FEW, "when: {small: true, owner: nobody}", [
        "pack/decision.yaml:25 few: can never fire: whenever it holds, 'nobody' above it holds too",
    ]),
    (D, NOBODY, "when: {}\n    headline", [
        "pack/decision.yaml:25 few: can never fire: whenever it holds, 'nobody' above it holds too",
        "pack/decision.yaml:32 pilot: can never fire: "
        "whenever it holds, 'nobody' above it holds too",
    ]),
    (D, "when: {}", "when: {goal: true}", [
        "pack/decision.yaml:32 pilot: is the last rule and must hold always: when: {}",
    ]),
    (D, SMALL, "when: {services: {below: 1}}\n    question", [
        "pack/decision.yaml:49 few: when can never hold: its parts exclude each other",
    ]),
    (D, SMALL, "when: {services: {above: 7, below: 8}}\n    question", [
        "pack/decision.yaml:49 few: when can never hold: its parts exclude each other",
    ]),
    (D, SMALL, "when: {tiny: true, small: false}\n    question", [
        "pack/decision.yaml:49 few: when can never hold: its parts exclude each other",
    ]),
    (X, "outcome: pilot\nrule: pilot", "outcome: not_yet\nrule: few", [
        "pack/decision.yaml:32 pilot: no example shows it: add one to examples/ whose rule it is",
    ]),
    (Q, "page: first\n    kind: text", "kind: text", [
        "pack/questions.yaml:36 goal: is on no page, and no rule, fact, need or reason uses it",
    ]),
    (Q, "pages:\n", "pages:\n  last: {path: deep, title: Empty}\n", [
        "pack/questions.yaml:2 last: has no question",
    ]),
    (R, "driver: encryption,", "driver: other,", [UNCOUNTED]),
    (R, "encryption_open_now", "tiny", [UNCOUNTED]),
    (R, "need: encryption, metrics", "metrics", []),
    (R, "drivers:\n", "drivers:\n  late: " + DRIVER, [
        "pack/running.yaml:9 late: no option of 'driver' offers it: nobody can pick it",
    ]),
    (R, "drivers:\n", "drivers:\n  other: " + DRIVER, [
        "pack/running.yaml:9 other: no condition names it: picked, it never counts",
    ]),
]  # fmt: skip

CASES = {
    "blind": BLIND,
    "shape": SHAPE,
    "header": HEADER,
    "conditions": CONDITIONS,
    "references": REFERENCES,
    "texts": TEXTS,
    "reach": REACH,
}
TABLE = [
    pytest.param(*case, id=f"{name}-{n}") for name in CASES for n, case in enumerate(CASES[name])
]


def test_the_small_pack_is_sound(small):
    assert small.faults() == []


@pytest.mark.parametrize(("file", "old", "new", "lines"), TABLE)
def test_one_wrong_edit_is_named_with_file_and_line(small, file, old, new, lines):
    assert small.edit(file, old, new).faults() == lines


def test_every_fault_of_every_file_is_collected(small):
    small.edit(Q, "short: Owner", "").edit(D, "question: owner", "question: x")
    small.edit(E, "related: [why]", "related: [how]").edit(R, "need: encryption", "need: y")
    assert len(small.faults()) == 4


def test_the_same_id_in_two_files(small):
    small.write("more.yaml", "sources:\n  field: {title: Again, cite: Again}\nname: other\n")
    assert small.faults() == [
        "pack/pack.yaml:1 name: is given twice, first in pack/more.yaml:3",
        "pack/pack.yaml:18 field: is given twice, first in pack/more.yaml:2",
    ]


def test_several_rows_above_may_take_every_case_together(small):
    row = "outcome: pilot, headline: a, because: b, action: c, source: field"
    rows = (
        f"  named: {{when: {{owner: named}}, {row}}}\n  open: {{when: {{owner: unknown}}, {row}}}\n"
    )
    small.edit(D, "  pilot:\n", f"{rows}  pilot:\n")
    assert small.faults()[-1] == (
        "pack/decision.yaml:34 pilot: can never fire: the rows above it take every case"
    )
