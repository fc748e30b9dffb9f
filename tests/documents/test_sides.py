"""What every screen and file says of a decision: in the words for it, and in whose name."""

from __future__ import annotations

import html
import io
import re

import pytest
from rich.console import Console

from bot.blocks import argue, card, cites, detail, summary, whatif
from bot.documents import madr
from bot.documents import review as page
from bot.domain.answers import parse_answers
from bot.domain.decision import decide
from bot.domain.model import GOES_AHEAD
from bot.domain.model.record import Record
from bot.domain.replies import Review
from bot.domain.team import Standing
from bot.terminal.advice import drawn
from playground.screen import texts
from tests.blocks.gallery import gallery
from tests.blocks.test_card import team
from tests.blocks.widest import AT
from tests.shipped import SHIPPED

EXAMPLES = tuple(SHIPPED.examples.values())
OF_ADDING = (
    "Should we add",
    "Should this team add",
    "Who would run the mesh",
    "would running the mesh take",
    "a mesh would save",
    "With a mesh",
    "Saved by a mesh",
    "Stops it",
    "What stops it",
    "hold it back",
    "lift it",
    "% of today",
    "cost today",
)
"""Words for a team that might add a mesh, and has none."""
UNDONE = (
    "turned down",
    "set aside:",
    "seen differently",
    "as far as the guesses reach",
    "stands below",
)
"""Acts that nobody is known to have done, figures that nobody is known to have moved, and what
stands somewhere on one screen and nowhere on another."""
SUMMED = ("hours_pay", "hours_never_pay", "hours_do_not_pay", "hours_rest_on_guesses")
CALLED = "The article: a web article by a senior software engineer"


@pytest.fixture(params=EXAMPLES, ids=lambda each: each.id, scope="module")
def said(request: pytest.FixtureRequest) -> tuple[Standing, dict[str, str]]:
    """A team, and every screen and file about its decision."""
    standing = team(request.param.answers)
    return standing, screens(standing)


def screens(standing: Standing) -> dict[str, str]:
    """Every screen and file about a decision."""
    record = Record(number=1, by="U0ANA", at=AT, supersedes=None, standing=standing)
    report = page.review(SHIPPED, Review(standing=standing, by="ana", at=AT))
    return {
        "card": card.card(SHIPPED, standing)["text"],
        "detail": detail.detail(SHIPPED, standing)["text"],
        "more": detail.more(SHIPPED, standing)["text"],
        "why": detail.why(SHIPPED, standing)["text"],
        "what if": whatif.private(SHIPPED, standing)["text"],
        "other side": argue.argue(SHIPPED, standing, "U0ANA")["text"],
        "summary": summary.private(standing)["text"],
        "record": madr.madr(SHIPPED, record),
        "report": html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", report, flags=re.S)),
    }


@pytest.mark.exhaustive
def test_a_mesh_that_runs_is_spoken_of_as_one(said: tuple[Standing, dict[str, str]]):
    standing, shown = said
    if not standing.advice.there:
        return
    wrong = {(where, each) for where, text in shown.items() for each in OF_ADDING if each in text}
    assert wrong == set()
    for where in ("card", "record", "report"):
        assert "eep it?" in shown[where], where


def test_nothing_is_said_to_be_done_that_nobody_did(said: tuple[Standing, dict[str, str]]):
    _, shown = said
    for where, text in shown.items():
        assert not [each for each in UNDONE if each in text], where


def test_a_source_stands_behind_the_rule_and_not_behind_the_teams_own_words(
    said: tuple[Standing, dict[str, str]],
):
    standing, shown = said
    reasons = standing.advice.reasons
    for where in ("more", "why", "record", "report"):
        assert where == "more" or "From the article" not in shown[where], where
        for each in reasons:
            assert where == "record" or each.text in shown[where], (where, each.id)
    for each in reasons:
        line = next(
            one for one in shown["why"].splitlines() if one.startswith("• ") and each.text in one
        )
        assert re.search(
            r"_\((your (answers|figures); (saving 40 %: the article; )?the rule"
            r"|not answered; asked because of)",
            line,
        )


BECAUSE = "asked because of the article"


def test_the_article_is_called_what_it_is_once_where_it_is_cited(
    said: tuple[Standing, dict[str, str]],
):
    _, shown = said
    for where in ("detail", "why", "record", "report"):
        cites = "the rule: the article" in shown[where] or BECAUSE in shown[where]
        assert shown[where].count(CALLED) == int(cites), where
    assert "article's" not in shown["card"]


def test_a_figure_of_the_hours_is_the_teams(said: tuple[Standing, dict[str, str]]):
    standing, _ = said
    for each in standing.advice.reasons:
        if each.id in SUMMED:
            assert each.rests == "figures", each.id


def test_the_record_gives_what_led_to_the_decision_and_what_it_costs(
    said: tuple[Standing, dict[str, str]],
):
    standing, shown = said
    advice = standing.advice
    drivers, _, rest = shown["record"].partition("## Considered Options")
    outcome = advice.outcome
    worse = "against" if outcome in (*GOES_AHEAD, "keep") else "for"
    for each in advice.reasons:
        bad = each.speaks == worse and outcome != "undecided"
        assert (each.text in drivers) != bad, each.id
        assert (f"* Bad, because {each.text[0].lower()}{each.text[1:]}" in rest) == bad or (
            each.text[1].isupper() and bad
        ), each.id


def test_a_mesh_that_goes_is_reported_with_what_must_run_first(
    said: tuple[Standing, dict[str, str]],
):
    standing, shown = said
    leaves = standing.advice.outcome == "leave"
    assert ("Must run before it goes" in shown["report"]) == leaves
    kept = standing.advice.cadence
    assert (kept is not None and kept.text in shown["report"]) == (kept is not None)


def test_whose_assumption_a_share_is_follows_the_pack():
    raw = {
        "incidents_per_month": 2, "hours_per_incident": 18, "teams": 10,
        "drift_hours_per_team": 4, "mesh_hours_per_month": 20,
    }  # fmt: skip
    assumed = "(assumed by a web article)"
    assert assumed in card.card(SHIPPED, team(raw))["text"]
    ours = SHIPPED.questions["saving_percent"].model_copy(update={"source": "meshfit"})
    pack = SHIPPED.model_copy(update={"questions": {**SHIPPED.questions, "saving_percent": ours}})
    assert decide(pack, parse_answers(pack, raw)).tax
    text = card.card(pack, team(raw))["text"]
    assert "(assumed by our own derivation)" in text
    assert assumed not in text
    assert "assumed" not in card.card(SHIPPED, team({**raw, "saving_percent": 40}))["text"]


FIGURES = {
    "services": 60, "problem_location": "between", "platform_owner": "named",
    "measurement_ready": "yes", "traffic_management": "yes", "incidents_per_month": 2,
    "hours_per_incident": 18, "teams": 10, "drift_hours_per_team": 4, "mesh_hours_per_month": 20,
}  # fmt: skip


@pytest.mark.parametrize("saving", [None, 40])
def test_a_figure_that_nobody_gave_is_called_its_sources(saving: int | None):
    answers = FIGURES | ({"saving_percent": saving} if saving else {})
    standing = team(answers)
    saved = next(each for each in standing.advice.reasons if each.id == "hours_pay")
    drift = next(each for each in standing.advice.reasons if each.id == "drift")
    cite = cites.behind(SHIPPED, saved)
    whose = "" if saving else "saving 40 %: the article; "
    assert cite == f"your figures; {whose}the rule: the article"
    assert cites.behind(SHIPPED, drift) == "your figures; the rule: the article"
    shown = screens(standing)
    for where in ("detail", "why", "record", "report"):
        assert cite in shown[where], where
    for where in ("record", "report"):
        share = re.search(r"40 %( saved)? \(assumed by a web article\)", shown[where])
        assert bool(share) != bool(saving), where
    printed = Console(width=400, file=io.StringIO())
    answers = parse_answers(SHIPPED, answers)
    printed.print(drawn(SHIPPED, answers, decide(SHIPPED, answers)))
    text = " ".join(printed.file.getvalue().split())
    assert ("saving 40 %: article; rule: article" in text) != bool(saving)
    assert ("(assumed: article)" in text) != bool(saving)


def test_what_decides_says_what_is_assumed_of_its_figures():
    close = {**SHIPPED.examples["a-fifth-to-spare"].answers}
    close.pop("saving_percent", None)
    close["mesh_hours_per_month"] = 27
    advice = decide(SHIPPED, parse_answers(SHIPPED, close))
    assert advice.rule == "too_close"
    assert advice.because.endswith("Saving: 40 % is assumed, as nobody said.")
    ours = decide(SHIPPED, parse_answers(SHIPPED, close | {"saving_percent": 40}))
    assert "assumed" not in ours.because


@pytest.mark.exhaustive
def test_verdict_shape_and_estimate_cite_judgement_and_figure_apart():
    drawn = {
        name: str(shown["blocks"]) for name, shown in first_of("verdict.private", "estimate.posted")
    }
    assert "Your figures, under your budgets version" in drawn["verdict.private"]
    assert "; the rule `" in drawn["verdict.private"]
    posted = str(dict(first_of("estimate.posted"))["estimate.posted"]["blocks"])
    assert "Your counts; the figures: " in posted
    assert "What stands beside them: the article" in posted
    assert posted.count(CALLED) == 1
    answers = SHIPPED.examples["a-fifth-to-spare"].answers
    shaped = team({**answers, "l7_scope": "selective"})
    assert shaped.advice.shape
    rests = f"{shaped.advice.shape.text} _(your answers; the rule: "
    assert rests in detail.more(SHIPPED, shaped)["text"]


def test_the_other_side_calls_the_article_what_it_is_where_it_cites_it():
    standing = team(SHIPPED.examples["article"].answers)
    cited = next(each for each in standing.advice.reasons if each.source == "article")
    bare = {"article_table": (), "turns": (), "tax": None, "outcome": "not_yet"}
    advice = standing.advice.model_copy(update={**bare, "other_side": (cited,)})
    text = argue.argue(SHIPPED, standing.model_copy(update={"advice": advice}), "U0ANA")["text"]
    assert "the article" in text
    assert text.count(CALLED) == 1


@pytest.mark.exhaustive
def test_every_screen_that_names_the_article_says_what_it_is():
    drawn = [(name, "\n".join(texts(shown["blocks"]))) for name, shown in gallery()]
    naming = [(name, text) for name, text in drawn if re.search(r"\b[Tt]he article\b", text)]
    assert {"estimate.posted", "detail.detail"} & {name for name, _ in naming}
    assert sorted({name for name, text in naming if "web article" not in text}) == []


def first_of(*names: str) -> list[tuple[str, dict]]:
    """The first drawing of each screen."""
    every = list(gallery())
    return [next((name, shown) for name, shown in every if name == each) for each in names]


def test_what_was_typed_stands_in_a_record_as_it_was_typed():
    typed = team({"success_metric": "Rollbacks < 4 & <b>fewer</b> | calls"})
    record = Record(number=1, by="U0ANA", at=AT, supersedes=None, standing=typed)
    lines = madr.madr(SHIPPED, record).splitlines()
    (row,) = (line for line in lines if "Rollbacks" in line and line.startswith("|"))
    assert "Rollbacks &lt; 4 &amp; &lt;b&gt;fewer&lt;/b&gt; \\| calls" in row
