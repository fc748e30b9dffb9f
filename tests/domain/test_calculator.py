"""The hours: the article's figures exactly, break-evens, ranges, and the pull of each input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import parse_answers
from bot.domain.decision.tax import tax_of
from bot.domain.model import Answer
from tests.domain.situations import PACK, answers_of

ARTICLE = answers_of(
    incidents_per_month=2,
    hours_per_incident=18,
    teams=10,
    drift_hours_per_team=4,
    saving_percent=40,
    mesh_hours_per_month=20,
)

hours = st.integers(0, 1000).map(float) | st.floats(0, 300, width=32)


def test_the_articles_example_comes_out_exactly():
    tax = tax_of(PACK, ARTICLE)
    assert (tax.incident_hours, tax.drift_hours, tax.total_hours) == (36, 40, 76)
    assert tax.saved_hours == 30.4
    assert tax.fte == 0.19
    assert (tax.net_hours, tax.pays) == (10.4, True)
    assert tax.break_even_mesh_hours == 30.4
    assert tax.break_even_saving_percent == 26.32


def test_the_example_in_the_pack_has_the_same_figures():
    tax = tax_of(PACK, parse_answers(PACK, PACK.examples["article"].answers))
    assert (tax.total_hours, tax.saved_hours, tax.fte) == (76, 30.4, 0.19)


@pytest.mark.parametrize("missing", ARTICLE)
def test_while_an_input_is_missing_there_is_no_result(missing):
    rest = {name: answer for name, answer in ARTICLE.items() if name != missing}
    tax = tax_of(PACK, rest)
    if missing == "saving_percent":
        assert tax.saving_percent == 40
    else:
        assert tax is None


def test_where_no_savings_rate_can_pay_it_says_so():
    dear = tax_of(PACK, ARTICLE | answers_of(mesh_hours_per_month=100))
    assert dear.break_even_saving_percent > 100
    assert not dear.pays
    assert any("No savings rate can pay" in line for line in dear.beside)
    cheap = tax_of(PACK, ARTICLE)
    assert not any("No savings rate" in line for line in cheap.beside)


def test_what_the_hours_leave_out_stands_beside_them():
    assert tax_of(PACK, ARTICLE).beside == (
        "Hours only. Lower risk and faster triage are not counted.",
        "Proxies on top: not estimated yet.",
    )


def test_without_any_cost_today_there_is_no_break_even_saving():
    nothing = answers_of(incidents_per_month=0, drift_hours_per_team=0, mesh_hours_per_month=0)
    tax = tax_of(PACK, ARTICLE | nothing)
    assert tax.break_even_saving_percent is None
    assert not tax.pays


def test_guesses_widen_the_range_and_measurements_close_it():
    def spread(evidence):
        answers = {
            name: Answer(value=each.value, evidence=evidence) for name, each in ARTICLE.items()
        }
        tax = tax_of(PACK, answers)
        return tax.high.net_hours - tax.low.net_hours

    assert spread("guess") == spread(None) > spread("counted") > spread("measured") == 0


def test_high_never_saves_more_than_a_mesh_can():
    tax = tax_of(PACK, ARTICLE | answers_of(saving_percent=85))
    assert tax.high.saved_hours == pytest.approx(tax.high.total_hours * 0.9)


@given(hours, hours, st.integers(1, 500).map(float), hours, st.floats(0, 90), hours)
def test_any_hours_add_up(incidents, each, teams, drift, saving, mesh):
    tax = tax_of(
        PACK,
        answers_of(
            incidents_per_month=incidents,
            hours_per_incident=each,
            teams=teams,
            drift_hours_per_team=drift,
            saving_percent=saving,
            mesh_hours_per_month=mesh,
        ),
    )
    assert tax.total_hours == pytest.approx(incidents * each + teams * drift, abs=1e-5)
    assert tax.net_hours == pytest.approx(tax.saved_hours - mesh, abs=1e-5)
    assert tax.pays == (tax.net_hours > 0) == (tax.break_even_mesh_hours > mesh)
    assert tax.low.net_hours <= tax.net_hours <= tax.high.net_hours
    assert tax.saved_hours <= tax.total_hours
