"""YAML as a pack may be written: plain words, lines remembered, nothing clever."""

import pytest

from bot.knowledge.marks import plain
from bot.knowledge.reading import MAX_CHARACTERS, MAX_VALUES, read


def values(text):
    tree = read(text, "a.yaml")
    assert tree.faults == []
    return plain(tree.tree)


def faults(text):
    return [str(each) for each in read(text, "a.yaml").faults]


def test_only_true_and_false_are_booleans():
    words = ["yes", "no", "on", "off", "y", "n", "Yes", "NO", "True", "FALSE"]
    assert values(f"[{', '.join(words)}, true, false]") == [*words, True, False]


def test_yes_is_text_as_a_key_too():
    assert values("{yes: 1, no: 2}") == {"yes": 1, "no": 2}


@pytest.mark.parametrize(
    "text", ["012", "0x1F", "1_000", "2026-11-23", "12:30", "1.", "-", "e5", "nan", "0o7"]
)
def test_what_only_looks_like_a_number_stays_text(text):
    assert values(f"[{text}]") == [text]


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("-3", -3), ("2.50", 2.5), (".5", 0.5), ("1e3", 1000.0)]
)
def test_numbers(text, number):
    (value,) = values(f"[{text}]")
    assert value == number
    assert type(value) is type(number)


def test_quotes_make_text():
    assert values("['12', \"true\", 'null']") == ["12", "true", "null"]


def test_nothing_written_is_nothing():
    assert values("{a: null, b: ~, c: }") == {"a": None, "b": None, "c": None}


def test_an_alias_repeats_what_its_anchor_named():
    assert values("a: &x [1, 2]\nb: *x") == {"a": [1, 2], "b": [1, 2]}


FAULTY = {
    "rules: {}\nrules: {}": ["a.yaml:2 rules: is given twice, first on line 1"],
    "r:\n  a: 1\n  b: 2\n  a: 3": ["a.yaml:4 a: is given twice, first on line 2"],
    "r:\n  a:\n    f: 1\n    f: 2": ["a.yaml:4 a: f is given twice, first on line 3"],
    "r:\n  5: x": ["a.yaml:2 r: has a key that is not text, 5: use quotes"],
    "r:\n  true: x": ["a.yaml:2 r: has a key that is not text, true: use quotes"],
    "? [a]\n: x": ["a.yaml:1: has a key that is not text, a list, a mapping or null: use quotes"],
    "r: {a: {x: .nan}}": ["a.yaml:1 a: x is .nan: a number must be finite"],
    "r: {a: [.5, -.INF]}": ["a.yaml:1 a: #2 is -.INF: a number must be finite"],
    "r: 1e999": ["a.yaml:1 r: is 1e999: a number must be finite"],
    "r: !!python/object:os.system x": [
        "a.yaml:1 r: carries the tag tag:yaml.org,2002:python/object:os.system: write a plain value"
    ],
    "a: &x {b: 1}\nc:\n  <<: *x": ["a.yaml:3 c: uses a merge key (<<): write the fields out"],
    "a: *x": ["a.yaml:1: refers to *x, which is not defined before it"],
    "a: &x [*x]": ["a.yaml:1: refers to *x, which is not defined before it"],
    "": ["a.yaml:1: is empty"],
    "# only a remark\n": ["a.yaml:1: is empty"],
    "a: 1\n---\nb: 2": ["a.yaml:2: begins a second document; one file holds one"],
    "a:\n\t- b": ["a.yaml:2: begins with a tab; YAML is indented with spaces"],
    "a: b: c": [
        "a.yaml:1: is not YAML: mapping values are not allowed in this context; "
        "a text with a colon and a space needs quotes"
    ],
    "a: 'b": ["a.yaml:1: is not YAML: found unexpected end of stream"],
    "a: [b": ["a.yaml:1: is not YAML: did not find expected ',' or ']'"],
    "ok: 1\nb: \x07": ["a.yaml:2: holds the character #7, which no text file should"],
    "[" * 100_000: ["a.yaml:1: is nested deeper than 40 levels"],
    "- " * 50_000 + "a": ["a.yaml:1: is nested deeper than 40 levels"],
}


@pytest.mark.parametrize("text", FAULTY, ids=lambda text: repr(text[:24]))
def test_a_fault_names_its_line_and_says_what_is_wrong(text):
    assert faults(text) == FAULTY[text]


def test_faults_are_collected_before_reading_stops():
    assert len(faults("a: 1\na: 2\nb: .inf\nc: 'x")) == 3


def test_doubling_aliases_stop_at_a_limit():
    lines = ["l0: &l0 [x, x]"]
    lines += [f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}]" for n in range(1, 40)]
    (fault,) = faults("\n".join(lines))
    assert fault.endswith(f"holds more than {MAX_VALUES:,} values")


def test_a_text_beyond_the_limit_is_not_read():
    (fault,) = faults("a" * (MAX_CHARACTERS + 1))
    assert fault == "a.yaml:1: is too large: 1,000,001 characters, at most 1,000,000"
