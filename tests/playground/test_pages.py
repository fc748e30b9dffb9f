"""The pages as a browser receives them: every block drawn, nothing let in from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from playground.memory import Memory
from playground.slack import Slack
from playground.strict.blocks import SURFACES
from playground.strict.elements import placed
from playground.strict.payloads import check_message, check_view
from playground.web.charts import chart
from playground.web.pages import HERE, Pages
from tests.playground.conftest import over_http
from tests.playground.kitchen import ELEMENTS, MESSAGE_BLOCKS, modal_of
from tests.playground.sample_app import form


@pytest.fixture
def slack() -> Iterator[Slack]:
    pages = Pages()
    with Slack(pages=(pages.blueprint,)) as running:
        pages.slack = running
        with over_http(running):
            yield running


def get(slack: Slack, path: str, **headers: str) -> str:
    with urlopen(Request(slack.root + path, headers=headers)) as answer:
        return answer.read().decode()


def status(slack: Slack, path: str, body: object = None, **headers: str) -> int:
    data = None if body is None else json.dumps(body).encode()
    asked = Request(slack.root + path, data, {"Content-Type": "application/json", **headers})
    try:
        with urlopen(asked) as answer:
            return answer.status
    except HTTPError as refused:
        refused.close()
        return refused.code


def do(slack: Slack, who: str, **wish: object) -> dict:
    asked = Request(
        f"{slack.root}/{who}/do", json.dumps(wish).encode(), {"Content-Type": "application/json"}
    )
    with urlopen(asked) as answer:
        return json.loads(answer.read())


def post(slack: Slack, blocks: list[dict]) -> None:
    web = WebClient(slack.token, base_url=slack.api_url)
    web.chat_postMessage(channel="C0PAYMENTS", text="x", blocks=blocks)


@pytest.mark.parametrize("kind", MESSAGE_BLOCKS)
def test_every_block_is_drawn(slack: Slack, kind: str) -> None:
    block = MESSAGE_BLOCKS[kind]
    assert check_message([block]) == []
    post(slack, [block])
    page = get(slack, "/ana/payments")
    assert "cannot draw" not in page
    assert f'class="block {kind}"' in page
    assert "CANARY" in page


def test_every_block_and_element_that_slack_takes_has_a_drawing() -> None:
    blocks = {path.stem for path in (HERE / "templates/blocks").glob("*.html")}
    assert set().union(*SURFACES.values()) == blocks
    places = ("accessory", "actions", "input", "context_actions")
    elements = {path.stem for path in (HERE / "templates/elements").glob("[!_]*.html")}
    assert set().union(*(placed(place) for place in places)) - {"external_select"} == elements
    assert set(MESSAGE_BLOCKS) == SURFACES["message"]
    assert set(ELEMENTS) | {"button", "overflow", "image", "feedback_buttons", "icon_button"} == (
        elements
    )


@pytest.mark.parametrize("kind", ELEMENTS)
def test_every_input_is_drawn_with_its_label_bound(slack: Slack, kind: str) -> None:
    view = modal_of(ELEMENTS[kind])
    assert check_view(view, "modal") == []
    web = WebClient(slack.token, base_url=slack.api_url)
    web.views_open(trigger_id=slack.tokens.new_trigger("U0ANA"), view=view)
    page = get(slack, "/ana/payments")
    assert "cannot draw" not in page
    element = re.search(r'id="(w-[0-9a-f]+)"', page)
    label = re.search(r'<label for="(w-[0-9a-f]+)"', page)
    group = re.search(r'aria-labelledby="(w-[0-9a-f]+)-label"', page)
    assert element
    assert element[1] in {match[1] for match in (label, group) if match}
    assert f'aria-describedby="{element[1]}-error {element[1]}-hint"' in page


def test_what_cannot_be_drawn_is_a_visible_fault(slack: Slack) -> None:
    web = WebClient(slack.token, base_url=slack.api_url)
    view = modal_of({"type": "external_select", "action_id": "answer"})
    web.views_open(trigger_id=slack.tokens.new_trigger("U0ANA"), view=view)
    assert "The playground cannot draw this: external_select" in get(slack, "/ana/payments")


def test_what_slack_refuses_is_shown_with_its_name(slack: Slack) -> None:
    slack.fail_next("views.open", "invalid_arguments")
    do(slack, "ana", act="type", text="/meshfit", **{"in": "payments"})
    news = json.loads(get(slack, "/ana/payments/now"))["troubles"]
    assert any("views.open: invalid_arguments" in trouble["says"] for trouble in news)
    assert "invalid_arguments" in get(slack, "/traffic")


def test_people_see_what_is_theirs(slack: Slack) -> None:
    do(slack, "ana", act="type", text="/meshfit say psst <b>", **{"in": "payments"})
    assert "say psst &lt;b&gt;" in get(slack, "/ana/payments")
    assert "Only visible to you" in get(slack, "/ana/payments")
    assert "psst" not in get(slack, "/ben/payments")
    for path in ("/dmitri/payments", "/dmitri/dm", "/nobody/payments", "/ana/nowhere"):
        assert status(slack, path) == 404
    assert status(slack, "/dmitri/partners") == 200


def test_of_a_long_talk_the_newest_hundred_are_drawn(slack: Slack) -> None:
    for n in range(103):
        slack.person("ana").types(f"word {n}.", in_="platform")
    page = get(slack, "/ben/platform")
    assert "3 older messages are kept and not drawn." in page
    assert "word 2." not in page
    assert page.index("word 3.") < page.index("word 102.")


def test_a_modal_from_the_page(slack: Slack) -> None:
    do(slack, "ana", act="type", text="/meshfit", **{"in": "payments"})
    view = slack.person("ana").modal.view
    surface = {"kind": "modal", "ref": view.id}
    fields = [
        {"block": "colour", "action": "answer", "value": "red"},
        {"block": "note", "action": "answer", "value": "refuse"},
    ]
    wish = {"act": "submit", "surface": surface, "fields": fields}
    assert do(slack, "ana", **wish) == {"ok": True}
    assert "Not this." in get(slack, "/ana/payments")
    assert do(slack, "ben", **wish)["ok"] is False
    fields[0]["value"] = "green"
    assert "green" in do(slack, "ana", **wish)["error"]
    assert do(slack, "ana", act="fly")["error"] == "no such act: fly"
    assert do(slack, "ana", act="close") == {"ok": True}
    assert slack.person("ana").modal is None


def test_files_go_up_and_come_down_as_files(slack: Slack) -> None:
    file = {"name": "run.json", "content": "e30="}
    do(slack, "ana", act="type", text="see", files=[file], **{"in": "dm"})
    page = get(slack, "/ana/dm")
    assert "run.json" in page
    path = re.search(r'href="(/files/\w+)"', page)[1]
    with urlopen(slack.root + path) as answer:
        assert answer.read() == b"{}"
        assert answer.headers["Content-Disposition"] == "attachment; filename=run.json"


def test_nothing_from_elsewhere_may_act(slack: Slack) -> None:
    wish = {"act": "type", "text": "x", "in": "payments"}
    assert status(slack, "/ana/do", wish, Origin="https://evil.example") == 403
    assert status(slack, "/ana/do", wish, Origin=slack.root) == 200
    assert status(slack, "/ana/payments", Host="evil.example") == 403
    with urlopen(f"{slack.root}/ana/payments") as answer:
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_live_tells_of_every_change(slack: Slack) -> None:
    with urlopen(f"{slack.root}/live") as line:
        first = line.readline()
        slack.person("ana").types("hello", in_="payments")
        line.readline()
        assert line.readline() != first


def test_the_conversations_survive_a_restart(slack: Slack, tmp_path) -> None:
    do(slack, "ana", act="type", text="/meshfit post", **{"in": "payments"})
    slack.person("ana").types("/invite @meshfit", in_="incidents")
    slack.person("ana").dms("file", files=[("a.bin", b"\xff\x00")])
    path = tmp_path / "kept.json"
    memory = Memory(path, slack.world, slack.lock)
    assert memory.load() is False
    memory.begin()
    memory.end()
    with Slack() as again:
        assert Memory(path, again.world, again.lock).load() is True
        seen = [m.text for m in again.person("ana").sees("payments")]
        assert seen == ["card"]
        assert again.world.bot.id in again.channel("incidents").members
        [kept] = again.world.files.values()
        assert kept.content == b"\xff\x00"
        assert again.world.new_id("X")[1:] > kept.id[1:]
    path.write_text("{")
    assert memory.load() is False


def numbers(kind: str, *values: float) -> dict:
    data = [{"label": f"c{n}", "value": value} for n, value in enumerate(values)]
    axes = {"categories": [point["label"] for point in data]}
    series = [{"name": "s", "data": data}]
    return {"chart": {"type": kind, "series": series, "axis_config": axes}}


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_charts_show_their_numbers_in_proportion(kind: str) -> None:
    picture = chart(numbers(kind, 10, 20, -5.5))
    assert [mark.label for mark in picture.marks] == ["10", "20", "-5.5"]
    assert [row[0].value for row in picture.table.values()] == [10, 20, -5.5]
    if kind == "bar":
        heights = [mark.height for mark in picture.marks]
        assert heights[1] == pytest.approx(2 * heights[0])
        assert picture.marks[2].y == pytest.approx(picture.zero)
    else:
        ups = [picture.zero - mark.y for mark in picture.marks]
        assert ups[1] == pytest.approx(2 * ups[0])
        assert ups[2] < 0


@pytest.mark.parametrize("values", [(0,), (0, 0), (1e-9,), (1e9, 3), (-4,)])
def test_charts_stand_odd_numbers(values: tuple[float, ...]) -> None:
    picture = chart(numbers("bar", *values))
    assert all(0 <= mark.y <= 300 and mark.height >= 0 for mark in picture.marks)


def test_a_pie_is_whole() -> None:
    segments = [{"label": "a", "value": 3}, {"label": "b", "value": 1}]
    picture = chart({"chart": {"type": "pie", "segments": segments}})
    assert [mark.label for mark in picture.marks] == ["3 (75%)", "1 (25%)"]
    alone = chart({"chart": {"type": "pie", "segments": segments[:1]}})
    assert alone.marks[0].label == "3 (100%)"


def test_the_sample_form_is_sound() -> None:
    assert check_view(form(), "modal") == []
