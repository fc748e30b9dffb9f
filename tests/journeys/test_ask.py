"""Questions: asked in five places, met in three ways, rated, shared, browsed."""

from __future__ import annotations

import itertools
import json

import pytest

from bot.blocks.ask import topics
from bot.domain.pack import Pack
from bot.domain.search import Index
from bot.store.export import export
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.pilots import plans
from tests.journeys.story import aside, modal, posted, shares_quick_path

GATEWAY = "Does a service mesh replace an API gateway?"
ANSWERED = "Does a mesh replace an API gateway?"


@pytest.fixture(scope="session")
def pack(shipped: Pack) -> Pack:
    return shipped


@pytest.fixture(scope="session")
def index(pack: Pack) -> Index:
    return Index.build(pack.entries, pack.synonyms)


def question_that_is(tier: str, index: Index, pack: Pack) -> str:
    """A question that today's knowledge meets so: half of one title and half of another."""
    titles = [entry.title.split() for entry in pack.entries.values()]
    mixed = (f"{one[0]} {other[-1]}" for one, other in itertools.product(titles, titles))
    tries = ("zqx wvv", "how do I bake bread?", *mixed)
    return next(each for each in tries if index.ask(each).tier == tier)


def gateway_answered(shown: ShownMessage, pack: Pack) -> None:
    """The answer, its source, related questions and the ways on."""
    entry = pack.entries["faq-api-gateway"]
    assert entry.answer in shown.all_text
    assert pack.sources[entry.source].cite in shown.all_text
    assert {"Helpful", "Not helpful"} <= set(shown.buttons)
    assert pack.entries[entry.related[0]].question[:70] in shown.all_text


def test_by_command_only_the_one_who_asked_sees_the_answer(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.types(f"/meshfit ask {GATEWAY}", in_="payments")
    gateway_answered(aside(ana), pack)
    assert ben.sees("payments") == []


def test_by_mention_the_answer_stands_in_a_thread_below_the_question(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.mentions(GATEWAY, in_="payments")
    asked = ben.last("payments")
    assert len(posted(ben)) == 1
    gateway_answered(asked.thread[0], pack)
    assert "Post here" not in asked.thread[0].buttons


def test_by_mention_inside_a_thread_the_answer_stays_there(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ben.types("should we get a mesh?", in_="payments")
    ana.mentions(GATEWAY, in_="payments", thread=ben.last("payments"))
    assert len(posted(ben)) == 1
    gateway_answered(ben.last("payments").thread[-1], pack)


def test_a_mere_why_below_an_answer_is_asked_of_that_answer(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    ana.mentions("can we skip an istio version when upgrading?", in_="payments")
    asked = ana.last("payments")
    ana.mentions("why?", in_="payments", thread=asked)
    line = ana.last("payments").thread[-1].all_text
    assert "I think you go on from the answer above" in line
    assert pack.entries["operating-versions-skip"].title in line
    ana.mentions("why?", in_="payments")
    assert "From this channel's card" in ana.last("payments").thread[-1].all_text


def test_a_second_question_that_nothing_is_known_about_is_named(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    ana.mentions("what is mtls? also who won the game yesterday?", in_="payments")
    line = ana.last("payments").thread[0].all_text
    assert pack.entries["basics-mtls"].title in line
    assert "I don't know* “who won the game yesterday?”" in line


def test_a_mention_that_asks_for_help_gets_it_and_is_no_question(house: House):
    ana = house.slack.person("ana")
    ana.mentions("help", in_="payments")
    assert "/meshfit assess" in ana.last("payments").thread[0].all_text
    ana.mentions("thanks!", in_="payments")
    assert "You're welcome." in ana.last("payments").thread[0].all_text
    assert not [each for each in export(house.db) if each.get("table") == "asked"]


def test_in_a_direct_message_every_line_is_answered(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    ana.dms(GATEWAY)
    gateway_answered(ana.sees("dm")[0].thread[0], pack)
    ana.dms("hello")
    assert "Start" in ana.last().thread[0].buttons
    ana.dms("help")
    assert "/meshfit assess" in ana.last().thread[0].all_text


def test_by_shortcut_the_message_itself_is_the_question(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ben.types(GATEWAY, in_="payments")
    ana.shortcut("Ask meshfit about this", on=ana.last("payments"))
    gateway_answered(aside(ana), pack)
    assert len(ben.sees("payments")) == 1


def test_by_shortcut_a_message_without_words_is_no_question(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ben.shares_file("graph.png", b"\x89PNG", in_="payments")
    ana.shortcut("Ask meshfit about this", on=ana.last("payments"))
    assert "no text" in aside(ana).all_text


def test_from_home_the_answer_stands_where_the_field_was(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    ana.opens_home()
    ana.presses("Ask a question", on=ana.home)
    ana.fills("question", GATEWAY)
    ana.submits()
    assert pack.entries["faq-api-gateway"].answer in modal(ana).all_text
    related = modal(ana).buttons[0]
    ana.presses(related)
    assert pack.entries["faq-api-gateway"].answer not in modal(ana).all_text
    assert ana.sees("dm") == []


def test_a_command_without_a_question_opens_a_field(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    ana.types("/meshfit ask", in_="payments")
    ana.fills("question", GATEWAY)
    ana.submits()
    assert pack.entries["faq-api-gateway"].answer in modal(ana).all_text


def test_a_mention_without_words_is_greeted(slack: Slack):
    ana = slack.person("ana")
    ana.mentions("", in_="payments")
    assert "Start" in ana.last("payments").thread[0].buttons


@pytest.mark.parametrize("signs", [":tada: :fire:", "\N{PARTY POPPER}", "?!", "@ben"])
def test_a_mention_of_signs_alone_asks_nothing_and_is_not_kept(house: House, signs: str):
    ana = house.slack.person("ana")
    ana.mentions(signs, in_="payments")
    assert "Start" in ana.last("payments").thread[0].buttons
    assert not [each for each in export(house.db) if each.get("table") == "asked"]


def test_when_unsure_three_meanings_are_offered_and_one_is_chosen(
    slack: Slack, pack: Pack, index: Index
):
    ana = slack.person("ana")
    question = question_that_is("guess", index, pack)
    ana.types(f"/meshfit ask {question}", in_="payments")
    nearest = pack.entries[index.ask(question).related[0]]
    assert f"I think you mean *{nearest.title}*" in aside(ana).all_text
    assert nearest.answer.splitlines()[0] in aside(ana).all_text
    assert len(aside(ana).buttons) == 3
    meant = next(each for each in pack.entries.values() if each.question == aside(ana).buttons[1])
    ana.presses("rel2", on=aside(ana))
    assert meant.answer in aside(ana).all_text


def test_what_is_not_known_is_said_and_kept_for_the_packs_owner(
    house: House, pack: Pack, index: Index
):
    ana = house.slack.person("ana")
    question = question_that_is("none", index, pack)
    ana.types(f"/meshfit ask {question}", in_="payments")
    assert "I don't know that." in aside(ana).all_text
    assert aside(ana).buttons == []
    kept = [each["row"] for each in export(house.db) if each.get("table") == "asked"]
    assert [(each["text"], each["tier"], each["entry"]) for each in kept] == [
        (question, "none", None)
    ]


def test_whether_it_helped_is_kept_and_a_second_thought_replaces_the_first(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    ana.mentions(GATEWAY, in_="payments")
    answer = ana.last("payments").thread[0]
    ana.presses("Helpful", on=answer)
    assert "Noted: helpful." in ana.last("payments").thread[-1].all_text
    ana.presses("Not helpful", on=answer)
    ben.presses("Helpful", on=answer)
    rows = [each["row"] for each in export(house.db) if each.get("table") == "feedback"]
    assert {(each["user"], each["helpful"]) for each in rows} == {("U0ANA", 0), ("U0BEN", 1)}
    assert [each.by_bot for each in ben.last("payments").thread][:1] == [True]


def test_an_answer_is_posted_for_everyone_once(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.types(f"/meshfit ask {GATEWAY}", in_="payments")
    private = aside(ana)
    ana.presses("Post here", on=private)
    slack.until(lambda: False, 0.75)
    ana.presses("Post here", on=private)
    assert len(posted(ben)) == 1
    assert f"<@U0ANA> asked: {GATEWAY}" in posted(ben)[0].all_text
    assert pack.entries["faq-api-gateway"].answer in posted(ben)[0].all_text


def test_an_answer_asked_for_in_a_thread_is_posted_in_that_thread(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ben.mentions(GATEWAY, in_="payments")
    ana.presses("rel1", on=ana.last("payments").thread[0])
    ana.presses("Post here", on=ana.last("payments").thread[-1])
    assert len(posted(ben)) == 1
    assert "<@U0ANA> asked" in ben.last("payments").thread[-1].all_text


def test_questions_are_browsed_by_topic(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    ana.types("/meshfit faq", in_="payments")
    shown = aside(ana)
    ana.chooses("Choose a topic", "What experts say", on=shown)
    ana.chooses("Choose a topic", "Common questions", on=shown)
    assert pack.entries["faq-api-gateway"].question in shown.all_text
    ana.chooses("entry", "faq-api-gateway", on=shown)
    gateway_answered(aside(ana), pack)


def test_every_topic_lists_its_own_questions(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    ana.types("/meshfit faq", in_="payments")
    for topic in pack.topics:
        ana.chooses("Choose a topic", topic, on=aside(ana))
        for entry in pack.entries.values():
            assert (entry.question in aside(ana).all_text) == (entry.topic == topic)


def test_a_topic_that_a_companys_pack_emptied_is_not_offered(pack: Pack):
    topic, *_ = pack.topics
    entries = {name: each for name, each in pack.entries.items() if each.topic != topic}
    drawn = topics(pack.model_copy(update={"entries": entries}), topic)
    offered = [each["value"] for each in drawn["blocks"][1]["elements"][0]["options"]]
    assert offered == [each for each in pack.topics if each != topic]


def test_what_only_the_cluster_could_tell_begins_by_saying_so(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    blind = next(each for each in pack.entries.values() if each.blind)
    ana.types(f"/meshfit ask {blind.question}", in_="payments")
    assert "I can't see your cluster" in aside(ana).all_text.splitlines()[1]


PAYROLL = "Who can call payroll?"


def test_the_drill_that_gives_the_number_is_started_beside_the_answer(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.types(f"/meshfit ask {PAYROLL}", in_="payments")
    assert pack.entries["payroll-callers"].answer in aside(ana).all_text
    ana.presses("Start the drill", on=aside(ana))
    running = f"The clock runs for *{pack.drills['payroll'].title}* (<@U0ANA>)"
    assert running in aside(ana).all_text
    ben.types("/meshfit drills", in_="payments")
    assert running in aside(ben).all_text
    ana.presses("do.payroll/drill_record", on=aside(ana))
    assert float(modal(ana).value("minutes")) >= 0


def test_an_answer_for_everyone_stays_when_its_drill_is_started(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.mentions(PAYROLL, in_="payments")
    answer = posted(ben)[-1].thread[0]
    ben.presses("Start the drill", on=answer)
    assert "The clock runs for" in ben.last("payments").thread[-1].all_text
    assert pack.entries["payroll-callers"].answer in posted(ana)[-1].thread[0].all_text
    ana.presses("Start the drill", on=posted(ana)[-1].thread[0])
    assert "running already" in ana.last("payments").thread[-1].all_text


def test_without_a_pilot_the_drill_is_refused_by_name(slack: Slack):
    ana = slack.person("ana")
    ana.types(f"/meshfit ask {PAYROLL}", in_="payments")
    ana.presses("Start the drill", on=aside(ana))
    assert "This channel has no pilot yet." in aside(ana).all_text
    ana.dms(PAYROLL)
    ana.presses("Start the drill", on=ana.sees("dm")[0].thread[0])
    assert "This channel has no pilot yet." in ana.sees("dm")[0].thread[-1].all_text


def test_a_drill_that_left_the_pack_is_refused_by_name(house: House, pack: Pack):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    plans(ana, ben)
    ana.mentions(PAYROLL, in_="payments")
    kept = {key: each for key, each in pack.drills.items() if key != "payroll"}
    house.restart(pack.model_copy(update={"drills": kept}))
    ana.presses("Start the drill", on=ana.last("payments").thread[0])
    assert "no longer in the knowledge pack" in ana.last("payments").thread[-1].all_text


def test_in_a_view_nothing_can_be_started(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit ask", in_="payments")
    ana.fills("question", PAYROLL)
    ana.submits()
    assert "payroll drill" in modal(ana).all_text
    assert "Start the drill" not in modal(ana).buttons


def test_phone_quotes_and_escapes_do_not_get_in_the_way(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    ana.types("/meshfit ask “Does a service mesh replace an API gateway & proxy?”", in_="payments")
    assert pack.entries["faq-api-gateway"].answer in aside(ana).all_text


def test_a_question_about_this_team_reads_nothing_of_other_messages(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    ana.mentions(GATEWAY, in_="payments")
    called = {each.what for each in slack.traffic.all() if each.way == "to_slack"}
    posted = {"chat.postMessage", "chat.postEphemeral"}
    assert called <= {"auth.test", *posted, "chat.getPermalink", "views.open"}


def test_buttons_carry_ids_and_no_words(slack: Slack):
    ana = slack.person("ana")
    ana.types(f"/meshfit ask {GATEWAY}", in_="payments")
    assert GATEWAY not in json.dumps(aside(ana).blocks)


def test_an_answer_names_its_sources_and_says_where_they_conflict(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    entry = next(each for each in pack.entries.values() if each.conflict)
    ana.types(f"/meshfit ask {entry.question}", in_="payments")
    aside_text = aside(ana).all_text
    assert pack.conflicts[entry.conflict].text in aside_text
    for source in (entry.source, *entry.sources):
        assert pack.sources[source].cite in aside_text


@pytest.mark.parametrize(
    ("said", "met"),
    [
        *[("hello", "Hello."), ("good morning!", "Hello."), ("who are you?", "Hello.")],
        *[("thanks a lot", "You're welcome."), ("cool", "You're welcome.")],
    ],
)
def test_a_courtesy_is_met_with_a_friendly_line_anywhere(house: House, said: str, met: str):
    ana = house.slack.person("ana")
    for typed in (f"/meshfit {said}", f"/meshfit ask {said}"):
        ana.types(typed, in_="payments")
        assert met in aside(ana).all_text
    ana.mentions(said, in_="payments")
    assert met in ana.last("payments").thread[0].all_text
    ana.dms(said)
    assert met in ana.last().thread[0].all_text
    ana.types("/meshfit ask", in_="payments")
    ana.fills("question", said)
    ana.submits()
    assert met in modal(ana).all_text
    assert not [each for each in export(house.db) if each.get("table") == "asked"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("why did you say not yet?", "decided:"),
        ("what is missing?", "What stops it"),
        ("what would change it?", "What would change"),
        ("who owns it?", "Owner"),
        ("when do we look again?", "Look again"),
        ("what did we answer?", "Owner: nobody"),
        ("how many hours does it cost us?", "Hours"),
        ("what is our outcome?", "Not yet"),
    ],
)
def test_what_a_team_asks_about_itself_is_answered_from_its_card(
    slack: Slack, asked: str, told: str
):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana, platform_owner="none")
    ana.types(f"/meshfit {asked}", in_="payments")
    assert told in aside(ana).all_text
    assert "From this channel's card" in aside(ana).all_text
    ben.mentions(asked, in_="payments")
    assert "From this channel's card" in ben.last("payments").thread[0].all_text


def test_what_only_a_card_could_tell_is_not_told_without_one(house: House):
    ana = house.slack.person("ana")
    for asked in (
        *("when do we look again?", "what did we answer?"),
        *("what is missing?", "what's holding us up?"),
    ):
        ana.dms(asked)
        assert "there is none here" in ana.last().thread[0].all_text
        ana.types(f"/meshfit {asked}", in_="payments")
        assert "there is none here" in aside(ana).all_text
    assert not [each for each in export(house.db) if each.get("table") == "asked"]


def test_below_an_answer_what_now_goes_on_from_it_where_there_is_no_card(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    ana.mentions("do pods restart to join the mesh", in_="payments")
    asked = ana.last("payments")
    ana.mentions("what now?", in_="payments", thread=asked)
    said = ana.last("payments").thread[-1].all_text
    assert "there is none here" not in said
    assert pack.entries["joining-restarts"].question in said


def test_without_a_card_a_question_about_the_team_is_a_question_like_any_other(slack: Slack):
    ana = slack.person("ana")
    ana.mentions("who owns it?", in_="payments")
    assert "From this channel's card" not in ana.last("payments").thread[0].all_text


def test_a_question_that_goes_on_is_read_with_the_one_before_in_mind(
    slack: Slack, pack: Pack, index: Index
):
    first, then = "do pods restart to join the mesh", "does that hold for batch jobs too?"
    assert index.ask(then).related[:1] != ("joining-restarts",)
    ana = slack.person("ana")
    ana.mentions(first, in_="payments")
    asked = ana.last("payments")
    assert pack.entries["joining-restarts"].answer in asked.thread[0].all_text
    ana.mentions(then, in_="payments", thread=asked)
    assert pack.entries["joining-restarts"].title in ana.last("payments").thread[-1].all_text
    ana.mentions(then, in_="payments")
    assert pack.entries["joining-restarts"].title not in posted(ana)[-1].thread[0].all_text


@pytest.mark.parametrize(
    ("then", "told"),
    [("and with linkerd?", "• *Linkerd:*"), ("what about consul", "it says nothing of Consul")],
)
def test_a_product_below_an_answer_is_asked_of_that_answer(slack: Slack, then: str, told: str):
    ana = slack.person("ana")
    ana.mentions("can we skip an istio version when upgrading?", in_="payments")
    asked = ana.last("payments")
    ana.mentions(then, in_="payments", thread=asked)
    line = ana.last("payments").thread[-1].all_text
    assert "you go on from the answer above" in line
    assert told in line
    assert ("• *Istio:*" in line) == ("nothing" in told)


def test_a_talk_goes_on_over_several_turns_and_ends_with_what_is_not_known(
    slack: Slack, pack: Pack
):
    ana = slack.person("ana")
    ana.mentions("can we skip an istio version when upgrading?", in_="payments")
    asked, title = ana.last("payments"), pack.entries["operating-versions-skip"].title
    for then in ("and with linkerd?", "what about kuma", "why?"):
        ana.mentions(then, in_="payments", thread=asked)
        assert title in ana.last("payments").thread[-1].all_text
    for then in ("zqx wvv", "why?"):
        ana.mentions(then, in_="payments", thread=asked)
        assert "I don't know that" in ana.last("payments").thread[-1].all_text


def test_two_questions_in_one_message_get_two_answers(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    both = f"{GATEWAY} And should we adopt a mesh only for mTLS?"
    ana.types(f"/meshfit ask {both}", in_="payments")
    for key in ("faq-api-gateway", "faq-mtls-only"):
        assert pack.entries[key].answer in aside(ana).all_text


def test_a_story_ends_in_the_two_entries_that_are_nearest(slack: Slack, pack: Pack, index: Index):
    story = (
        "Last quarter two of us left and the rest is worn out, and still the roadmap says mesh in "
        "spring. Some of us like the idea, some would rather mend the deployments first, and my "
        "manager asks me every Monday what we are going to do about it."
    )
    answer = index.ask(story)
    assert (answer.tier, answer.story) == ("guess", True)
    ana = slack.person("ana")
    ana.dms(story)
    line = ana.sees("dm")[0].thread[0].all_text
    for key in answer.related[:2]:
        assert pack.entries[key].title in line
        assert pack.entries[key].answer.splitlines()[0] in line


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("what is a mesh?", "basics-what-is-mesh"),
        ("why do mesh adoptions fail?", "faq-failure-reason"),
        ("tax of distributed systems, what is that?", "tax-model"),
        ("do we need a mesh just for mTLS", "faq-mtls-only"),
    ],
)
def test_natural_words_after_the_command_are_a_question(
    slack: Slack, pack: Pack, typed: str, said: str
):
    ana = slack.person("ana")
    ana.types(f"/meshfit {typed}", in_="payments")
    assert pack.entries[said].answer.splitlines()[0] in aside(ana).all_text


@pytest.mark.parametrize("typed", ["サービスメッシュは必要ですか", "сетка", "需要 服务"])
def test_words_in_another_script_are_a_question_that_is_not_known(slack: Slack, typed: str):
    ana = slack.person("ana")
    ana.types(f"/meshfit {typed}", in_="payments")
    assert "I don't know that." in aside(ana).all_text
