"""The hours to run a mesh, worked out: what is shown is what is added up, and can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import parse_answers
from bot.domain.decision import decide
from bot.domain.decision.model import ChoreFigures
from bot.domain.decision.tax import tax_of
from bot.domain.decision.worksheet import begun, work_out
from bot.domain.model import Answer
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.domain.pack.worksheet import MOST_HOURS, MOST_TIMES
from tests.domain.situations import PACK, answers_of

BEGUN = begun(PACK, None)
BY = "\N{MULTIPLICATION SIGN}"
times = st.floats(0, 400, width=32) | st.integers(0, 400).map(float)
each = st.floats(0, 60, width=32) | st.integers(0, 60).map(float)
sheets = st.fixed_dictionaries({key: st.builds(ChoreFigures, times, each) for key in PACK.chores})


def test_a_year_is_twelve_months_and_every_part_says_its_unit():
    worked_out = work_out(
        PACK, BEGUN | {"upgrades": ChoreFigures(12, 3), "requests": ChoreFigures(1, 0.5)}
    )
    assert [part.hours_a_month for part in worked_out.parts] == [3, pytest.approx(8 / 12), 6, 0.5]
    assert worked_out.hours_a_month == 10.2
    assert worked_out.answer == Answer(
        value=10.2,
        evidence="derived",
        note=f"12 upgrades a year {BY} 3 h + 1 rotation a year {BY} 8 h + 2 alerts a month {BY} "
        f"3 h + 1 request a month {BY} 0.5 h",
    )


def test_nothing_to_do_takes_no_hours():
    worked_out = work_out(PACK, dict.fromkeys(PACK.chores, ChoreFigures(0, 5)))
    assert worked_out.answer.value == 0
    assert "0 upgrades a year" in worked_out.words


@given(sheets)
def test_what_was_worked_out_is_what_the_worksheet_opens_with_again(figures):
    worked_out = work_out(PACK, figures)
    again = begun(PACK, worked_out.answer)
    assert work_out(PACK, again).answer == worked_out.answer
    assert again == {part.chore.id: part.figures for part in worked_out.parts}


@given(sheets, st.sampled_from(tuple(PACK.chores)), st.floats(0, 100, width=32))
def test_more_of_a_chore_never_takes_fewer_hours(figures, chore, more):
    bigger = figures | {chore: ChoreFigures(figures[chore].times + more, figures[chore].hours)}
    assert work_out(PACK, bigger).hours_a_month >= work_out(PACK, figures).hours_a_month


def test_the_largest_fits_an_answer_and_a_sum_nobody_believes_is_refused():
    largest = dict.fromkeys(PACK.chores, ChoreFigures(MOST_TIMES, MOST_HOURS))
    with pytest.raises(ValueError, match=r"^comes to .* hours a month, at most 100,000 fit"):
        work_out(PACK, largest)
    wide = dict.fromkeys(PACK.chores, ChoreFigures(MOST_TIMES - 0.5, 0.123))
    assert len(work_out(PACK, wide).answer.note) < 500


@pytest.mark.parametrize(
    "answer",
    [
        None,
        Answer(value=20),
        Answer(value=20, evidence="counted", note=f"12 upgrades a year {BY} 3 h"),
        Answer(value=20, evidence="derived", note="we added it up"),
        Answer(value=20, evidence="derived", note=f"12 upgrades a month {BY} 3 h"),
        Answer(value=20, evidence="derived", note=f"1,2,3.4.5 upgrades a year {BY} 3 h"),
        Answer(value=20, evidence="derived", note=f"99,999,999 upgrades a year {BY} 3 h"),
    ],
)
def test_what_cannot_be_read_back_begins_with_the_packs_figures(answer):
    assert begun(PACK, answer) == BEGUN


def test_a_part_that_can_be_read_back_is_kept_beside_others_that_cannot():
    words = f"12 upgrades a year {BY} 3 h + something else"
    begun_with = begun(PACK, Answer(value=3, evidence="derived", note=words))
    assert begun_with == BEGUN | {"upgrades": ChoreFigures(12, 3)}


def test_what_is_derived_is_as_far_off_as_a_guess():
    answers = answers_of(incidents_per_month=2, hours_per_incident=18, teams=10,
                      drift_hours_per_team=4, saving_percent=40)  # fmt: skip

    def ends(evidence):
        tax = tax_of(PACK, {**answers, MESH_HOURS: Answer(value=20, evidence=evidence)})
        return tax.low, tax.high

    assert ends("derived") == ends("guess") == ends(None) != ends("counted")


def test_an_example_begins_where_the_worksheet_begins():
    shown = PACK.examples["worked-out-with-room"]
    assert {key: ChoreFigures(*two) for key, two in shown.worksheet.items()} == BEGUN
    assert work_out(PACK, BEGUN).hours_a_month == 18.7


def test_the_sum_decides_and_an_example_stands_on_either_side_of_the_edge():
    edge = PACK.examples["worked-out-to-the-edge"]
    given_there = parse_answers(PACK, edge.answers)

    def outcome(**changed):
        figures = {key: ChoreFigures(*two) for key, two in {**edge.worksheet, **changed}.items()}
        return decide(PACK, {**given_there, MESH_HOURS: work_out(PACK, figures).answer}).outcome

    assert outcome() == edge.outcome == "adopt"
    for chore, (often, takes) in edge.worksheet.items():
        assert outcome(**{chore: (often, takes + 1)}) == "pilot"
        assert outcome(**{chore: (often + 12, takes)}) == "pilot"
    over = PACK.examples["worked-out-too-close"]
    assert outcome(**over.worksheet) == over.outcome == "pilot"
