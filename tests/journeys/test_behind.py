"""Nothing changes behind anybody's back: what others answered since, and rules that changed."""

from __future__ import annotations

from bot.domain.pack import Pack
from bot.domain.team import Caller
from bot.store import owed
from tests.journeys.house import House
from tests.journeys.story import aside, card, changes, shares_quick_path


def test_who_comes_back_is_told_what_others_changed_since_their_own_word(house: House, later):
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    shares_quick_path(ana)
    ana.types("/meshfit", in_="payments")
    assert "Since you were here" not in aside(ana).all_text
    later(9)
    changes(ben, platform_owner="named", services=30, teams=4)
    ana.types("/meshfit", in_="payments")
    aside_text = aside(ana).all_text
    assert "*Since you were here* (your last word: " in aside_text
    assert "• Owner: nobody → named (<@U0BEN>)" in aside_text
    assert "*Not yet → Pilot first, then decide*" in aside_text
    for other in (ben, cleo):
        other.types("/meshfit", in_="payments")
        assert "Since you were here" not in aside(other).all_text
    ana.presses("Still true", on=aside(ana))
    ana.types("/meshfit", in_="payments")
    assert "Since you were here" not in aside(ana).all_text
    later(12)
    changes(ben, incidents_per_month=2, hours_per_incident=6, trend="rising")
    changes(cleo, drift_hours_per_team=4, mesh_hours_per_month=9, threat_level="high")
    ana.types("/meshfit", in_="payments")
    assert "• 1 more: `/meshfit changes 20" in aside(ana).all_text


def test_a_decision_under_other_rules_says_so_until_somebody_confirms_it(
    house: House, pack: Pack, later
):
    house.led_by("U0CLEO")
    ana, cleo = house.slack.person("ana"), house.slack.person("cleo")
    shares_quick_path(ana)
    later(3, pack.model_copy(update={"version": "9.9"}))
    sentence = f"ules 9.9, answered under {pack.version}: still Not yet"
    assert sentence not in card(ana).all_text, "nobody is posted to unasked"
    ana.opens_home()
    cleo.opens_home()
    for home in (ana.home, cleo.home):
        assert home
        assert sentence in home.all_text
    assert cleo.home
    assert "1 of 1: answered under other rules than today's." in cleo.home.all_text
    ana.types("/meshfit", in_="payments")
    assert sentence in aside(ana).all_text
    ana.presses("Find an owner", on=card(ana))
    ana.closes()
    with house.store.writing() as db:
        [row] = db.query("SELECT workspace, channel, id FROM assessments")
        me = Caller(workspace=row["workspace"], channel=row["channel"], user="U0ANA")
        owed.redraw(db, me, "card", row["id"], line=f"card:{row['id']}")
    assert house.relay.settle()
    assert sentence in card(ana).all_text
    ana.types("/meshfit", in_="payments")
    ana.presses("Still true", on=aside(ana))
    assert sentence not in card(ana).all_text
    assert "rules 9.9" in card(ana).all_text
