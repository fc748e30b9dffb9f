"""Findings by words, conflicts among them, sources that nothing names, and what grew old."""

from datetime import date, timedelta

from bot.domain.pack.sources import Finding, Source
from bot.domain.search.citing import aged, cited, conflicts_among, matching, uncited, unread
from tests.domain.situations import PACK

DAY = date(2026, 11, 23)


def ids(items):
    return {each.id for each in items}


def test_every_word_must_be_there_in_any_form():
    assert ids(matching(PACK, "Linkerd certificates expire")) >= {"linkerd_expired"}
    assert ids(matching(PACK, "the proxies of waypoints")) <= ids(matching(PACK, "waypoint"))
    assert matching(PACK, "linkerd zeppelin") == ()
    assert matching(PACK, "") == tuple(PACK.findings.values())
    assert matching(PACK, "what is the") == matching(PACK, "what")


def test_topics_ids_and_publishers_are_searched_too():
    assert {each.topic for each in matching(PACK, "adoption")} >= {"adoption"}
    assert "airbnb_upgrades" in ids(matching(PACK, "airbnb"))
    assert "linkerd_2021_latency" in ids(matching(PACK, "buoyant emojivoto"))


def test_conflicts_stand_beside_every_finding_they_are_about():
    for conflict in PACK.conflicts.values():
        for name in conflict.findings:
            assert conflict in conflicts_among(PACK, [PACK.findings[name]])
    assert conflicts_among(PACK, [PACK.findings["rappi_left"]]) == ()


def test_a_source_is_cited_wherever_it_is_named():
    assert set(cited(PACK.findings["istio_skew"])) == {"istio_canary_upgrade", "istio_releases"}
    assert set(cited(PACK.rules["pilot"])) == {"article"}
    assert set(cited(PACK)) == set(PACK.sources)


def with_source(**fields):
    extra = Source(id="theirs", title="Theirs", cite="From them", **fields)
    return PACK.model_copy(update={"sources": {**PACK.sources, "theirs": extra}})


def test_a_source_that_nothing_names_is_found():
    assert uncited(PACK) == ()
    assert uncited(with_source()) == ("theirs",)


def with_finding(day, read=None):
    finding = Finding(
        id="new", topic="overhead", text="New.", trust="primary", date=day, sources=("theirs",)
    )
    return with_source(read=read).model_copy(update={"findings": {"new": finding}})


def test_a_finding_is_old_when_nobody_has_read_it_for_a_year():
    year = timedelta(days=365)
    assert aged(with_finding(DAY - year), DAY) == {}
    assert aged(with_finding(DAY - year - timedelta(days=1)), DAY) == {
        "new": DAY - year - timedelta(days=1)
    }


def test_reading_the_source_again_makes_it_fresh():
    old = DAY - timedelta(days=2_000)
    assert aged(with_finding(old, read=DAY), DAY) == {}
    assert aged(with_finding(old, read=old + timedelta(days=9)), DAY) == {
        "new": old + timedelta(days=9)
    }


def test_a_finding_is_as_fresh_as_the_source_that_was_read_longest_ago():
    old = DAY - timedelta(days=500)
    pack = with_finding(old, read=old)
    two = pack.findings["new"].model_copy(update={"sources": ("theirs", "meshfit")})
    pack = pack.model_copy(update={"findings": {"new": two}})
    assert aged(pack, DAY) == {"new": old}


def test_a_source_is_old_when_nobody_has_opened_it_for_a_year():
    year = timedelta(days=365)
    pack = with_finding(DAY, read=DAY - year - timedelta(days=1))
    assert unread(pack, DAY) == {"theirs": DAY - year - timedelta(days=1)}
    opened = {"theirs": pack.sources["theirs"].model_copy(update={"opened": DAY - year})}
    assert unread(pack.model_copy(update={"sources": opened}), DAY) == {}


def test_an_old_finding_and_its_source_are_named_once():
    pack = with_finding(DAY - timedelta(days=500), read=DAY - timedelta(days=500))
    assert set(aged(pack, DAY)) == {"new"}
    assert unread(pack, DAY) == {}
