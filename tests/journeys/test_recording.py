"""By whose word a record stands: confirmed in the thread or by its owner, and its file follows."""

from __future__ import annotations

from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.story import (
    aside,
    card,
    changes,
    named_directly,
    names_owner,
    reply,
    says_no,
    shares_quick_path,
)
from tests.journeys.test_records import filed, record


def newest_aside(slack: Slack) -> str:
    """The newest line for one person in the card's thread."""
    ana = slack.person("ana")
    return [each for each in card(ana).thread if each.ephemeral][-1].all_text


def test_with_nobody_to_accept_it_anybodys_confirm_makes_it_accepted(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ana.types("/meshfit record", in_="payments")
    waits = reply(ana, "Confirm")
    assert "If you know that it was decided so, press *Confirm*" in waits.all_text
    ben.presses("Confirm", on=waits)
    assert "Record 0001: Confirmed by <@U0BEN>." in waits.all_text
    assert waits.buttons == []
    front, body = record(slack, ana)
    assert (front["status"], front["record"]) == ("accepted", "0001")
    assert front["decision-makers"] == "Ben Okafor (U0BEN)"
    assert front["consulted"] == "Ana Reyes (U0ANA)"
    assert "supersedes" not in front
    assert str(front["card"]).startswith("https://harbour.slack.com/archives/C0PAYMENTS/p")
    assert "Confirmed by Ben Okafor (U0BEN)" in body
    assert "accepted now. Nobody has accepted to own it. Confirmed by <@U0BEN>" in (
        filed(ana)[-1].text
    )
    assert [each.files for each in filed(ana)] == [["0001-service-mesh.md"]] * 2
    assert [(each["number"], each["status"]) for each in house.kept()["records"]] == [
        (1, "accepted")
    ]


def test_what_was_answered_since_is_confirmed_by_no_older_record(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ana.types("/meshfit record", in_="payments")
    waits = reply(ana, "Confirm")
    changes(ben, services=60)
    ana.presses("Confirm", on=waits)
    assert "Record 0001 waits for nobody's word any more" in newest_aside(slack)
    assert len(filed(ana)) == 1


def test_still_true_makes_no_record_accepted_and_leaves_its_confirm_open(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ana.types("/meshfit record", in_="payments")
    waits = reply(ana, "Confirm")
    ben.types("/meshfit", in_="payments")
    ben.presses("Still true", on=aside(ben))
    assert len(filed(ana)) == 1
    assert record(slack, ana)[0]["status"] == "proposed"
    changes(ana, services=60)
    ben.types("/meshfit", in_="payments")
    ben.presses("Still true", on=aside(ben))
    ana.types("/meshfit record", in_="payments")
    front, body = record(slack, ana)
    assert (front["record"], front["status"]) == ("0002", "proposed")
    assert front["decision-makers"] == "nobody yet"
    assert "Nobody has confirmed it yet" in body
    ben.types("/meshfit", in_="payments")
    ben.presses("Still true", on=aside(ben))
    ana.presses("Confirm", on=waits)
    assert "Record 0001 waits for nobody's word any more" in newest_aside(slack)
    ana.presses("Confirm", on=reply(ana, "Confirm"))
    front, body = record(slack, ana)
    assert (front["record"], front["status"]) == ("0002", "accepted")
    assert front["decision-makers"] == "Ana Reyes (U0ANA)"
    kept = {each["number"]: each for each in house.kept()["records"]}
    assert (kept[1]["confirmed_by"], kept[2]["confirmed_by"]) == (None, "U0ANA")
    ana.types("/meshfit report", in_="payments")
    [page] = [each for each in slack.world.files.values() if each.name.endswith(".html")]
    assert "(accepted, confirmed by Ana Reyes (U0ANA))" in page.content.decode()
    assert "Ana Reyes (U0ANA) said last that it is still true" in page.content.decode()


def test_an_owner_who_is_asked_is_waited_for(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana, platform_owner="planned")
    ana.types("/meshfit record", in_="payments")
    waits = reply(ana, "Confirm")
    names_owner(ana, cleo)
    ana.presses("Confirm", on=waits)
    assert "so the record waits for their word" in newest_aside(slack)
    cleo.presses("I own this", on=named_directly(cleo, "I own this"))
    front, body = record(slack, ana)
    assert (front["status"], front["record"]) == ("accepted", "0001")
    assert "Owner: Cleo Lindqvist (U0CLEO), who accepted." in body


def test_a_record_of_whoever_is_asked_offers_no_confirm_until_they_say_no(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    names_owner(ana, cleo)
    ana.types("/meshfit record", in_="payments")
    assert [each for each in card(ana).thread if "Confirm" in each.buttons] == []
    assert "<@U0CLEO> was asked and has not answered" in filed(ana)[-1].text
    says_no(cleo, "Not me", on=named_directly(cleo, "Not me"))
    assert record(slack, ana)[0]["status"] == "proposed"


def test_an_owner_whose_yes_changes_the_outcome_makes_no_old_record_accepted(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    ana.types("/meshfit record", in_="payments")
    names_owner(ana, cleo)
    cleo.presses("I own this", on=named_directly(cleo, "I own this"))
    assert "Pilot first" in card(ana).all_text
    assert len(filed(ana)) == 1
    assert record(slack, ana)[0]["status"] == "proposed"


def test_names_are_asked_of_slack_for_the_file_and_stored_nowhere(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ben, services=60)
    ana.types("/meshfit record", in_="payments")
    _, body = record(slack, ana)
    assert "Ben Okafor (U0BEN)" in body
    kept = str(house.kept())
    assert "Okafor" not in kept
    assert "Ana Reyes" not in kept


def test_without_the_scope_the_handle_of_the_last_press_stands_there_else_the_id(house: House):
    slack = house.slack
    slack.withhold("users:read")
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ben, services=60)
    ana.types("/meshfit record", in_="payments")
    _, body = record(slack, ana)
    assert "ben (U0BEN)" in body
    assert "Okafor" not in body
    house.restart()
    changes(ana, services=61)
    changes(ben, services=60)
    house.restart()
    ana.types("/meshfit record", in_="payments")
    _, body = record(slack, ana)
    assert "ana (U0ANA)" in body
    assert "ben (U0BEN)" not in body
    assert "U0BEN" in body
    assert '"ben"' not in str(house.kept())


def test_where_slack_takes_no_file_the_text_comes_as_messages(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ben, services=60)
    changes(ben, success_metric="```\n# a heading & <!here> " + "long " * 50)
    slack.fail_next("files.getUploadURLExternal", "storage_limit_reached")
    ana.types("/meshfit record", in_="payments")
    said = _after_the_record(ana.sees("payments") and card(ana).thread)
    assert "Slack did not take it as a file (storage_limit_reached)" in said[0].all_text
    assert "U0BEN is <@U0BEN>" in said[0].all_text
    whole = "\n".join(each.all_text for each in said[1:-1])
    for part in ("# Not yet: nobody would run it", "status: proposed", "## More Information"):
        assert part in whole
    assert "<!here>" not in whole
    assert "1 of " in said[1].all_text
    assert "Confirm" in said[-1].buttons
    ben.presses("Confirm", on=said[-1])
    assert "status: accepted" not in whole
    assert record(slack, ana)[0]["status"] == "accepted"


def _after_the_record(thread: list[ShownMessage]) -> list[ShownMessage]:
    start = next(at for at, each in enumerate(thread) if "did not take it" in each.all_text)
    return thread[start:]
