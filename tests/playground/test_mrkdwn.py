"""Text becomes HTML as Slack would show it, and never more than that."""

from __future__ import annotations

import re
import time
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.clock import HandClock
from playground.web.dates import render as render_date
from playground.web.markdown import markdown
from playground.web.mrkdwn import Reader, mrkdwn, plain
from playground.web.rich_text import rich_text
from playground.world import Message, harbour

WORLD = harbour(HandClock())
READER = Reader(WORLD, "ana")


def line(html: str) -> str:
    return f'<span class="line">{html}</span>'


def mention(words: str) -> str:
    return f'<span class="mention">{words}</span>'


def outside(url: str, words: str) -> str:
    return f'<a href="{url}" target="_blank" rel="noopener noreferrer">{words}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _italic_ ~gone~", "<b>bold</b> <i>italic</i> <s>gone</s>"),
        ("*bold _and italic_*", "<b>bold <i>and italic</i></b>"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("`code *not bold*`", "<code>code *not bold*</code>"),
        ("&lt;b&gt; &amp; co", "&lt;b&gt; &amp; co"),
        ("&amp;lt;", "&amp;lt;"),
        ("<@U0BEN> in <#C0PLATFORM>", f"{mention('@ben')} in {mention('#platform')}"),
        ("<@U9UNKNOWN>", mention("@U9UNKNOWN")),
        ("<!here>", mention("@here")),
        ("<https://example.com|here *now*>", outside("https://example.com", "here *now*")),
        (
            "<https://a.b/?x=1&amp;y=2>",
            outside("https://a.b/?x=1&amp;y=2", "https://a.b/?x=1&amp;y=2"),
        ),
        ("see https://a.b/c.", f"see {outside('https://a.b/c', 'https://a.b/c')}."),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (":white_check_mark:", '<span role="img" aria-label="white check mark">✅</span>'),
        (":no_such_emoji:", ":no_such_emoji:"),
    ],
)
def test_inline(text: str, html: str) -> None:
    assert mrkdwn(text, READER) == line(html)


def test_lines_quotes_lists_and_code() -> None:
    drawn = mrkdwn("one\n\n• two\n1. three\n&gt; four\n&gt; five\n```a <b>\n*c*```", READER)
    assert drawn == (
        f'{line("one")}<span class="gap"></span>'
        '<span class="item"><span>•</span><span>two</span></span>'
        '<span class="item"><span>1.</span><span>three</span></span>'
        "<blockquote>four<br>five</blockquote>"
        "<pre>a &lt;b&gt;\n*c*</pre>"
    )


def test_dates_are_told_in_this_place() -> None:
    stamp, now = 1_790_000_000, 1_790_000_000 + 3 * 86_400
    moment = datetime.fromtimestamp(stamp)
    assert render_date(stamp, "{date_num} {time}", now) == f"{moment:%Y-%m-%d %H:%M}"
    assert render_date(stamp, "{date_short_pretty}", stamp) == "today"
    assert render_date(stamp, "{date_pretty}", stamp + 86_400) == "yesterday"
    assert render_date(stamp, "{ago} {nonsense}", now) == "3 days ago {nonsense}"
    assert render_date(stamp, "{ago}", stamp - 7200) == "in 2 hours"
    shown = mrkdwn(f"<!date^{stamp}^{{date_num}}|then>", READER)
    assert shown == line(f"<time>{moment:%Y-%m-%d}</time>")
    assert mrkdwn("<!date^soon^{date}|then>", READER) == line("<time>then</time>")


def test_a_link_to_a_message_stays_inside() -> None:
    ts = f"{time.time():.6f}"
    WORLD.add(Message(ts, "C0PAYMENTS", "U0BEN", "root"))
    WORLD.add(Message("2000000000.000001", "C0PAYMENTS", "U0BEN", "reply", thread_ts=ts))
    place = "https://harbour.slack.com/archives/C0PAYMENTS"
    assert READER.address(f"{place}/p{ts.replace('.', '')}") == f"/ana/payments#m-{ts}"
    inside = f"/ana/payments/{ts}#m-2000000000.000001"
    assert READER.address(f"{place}/p2000000000000001?thread_ts={ts}") == inside
    assert READER.address("ftp://x") is None


HOSTILE = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "&",
            '"',
            "'",
            "`",
            "```",
            "*",
            "_",
            "~",
            "|",
            "@",
            "#",
            "!",
            "^",
            "\n",
            " ",
            "a",
            "<script>",
            "</b>",
            "onload=",
            "javascript:",
            "https://x",
            "<!date^1^{date}^",
            "&lt;",
            ":x:",
            "<@U0ANA>",
            "> ",
            "• ",
            "&#60;",
        ]
    ),
    max_size=30,
).map("".join)
ALLOWED = re.compile(
    r"</?(b|i|s|code|pre|blockquote|time|br)>|</span>|</a>"
    r'|<span( class="(line|item|gap|mention)")?>|<span role="img" aria-label="[\w ]+">'
    r'|<a href="(https?://|mailto:)[^"<>]*" target="_blank" rel="noopener noreferrer">'
)


def tags_left(html: str) -> str:
    return ALLOWED.sub("", html)


@given(HOSTILE)
def test_no_text_becomes_a_tag_of_its_own(text: str) -> None:
    assert not re.search(r"[<>]", tags_left(mrkdwn(text, READER)))
    assert not re.search(r"[<>]", tags_left(plain(text)))


@given(HOSTILE)
def test_rich_text_and_markdown_hold_too(text: str) -> None:
    elements = [{"type": "text", "text": text}, {"type": "link", "url": "https://x", "text": text}]
    for kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        drawn = rich_text({"elements": [{"type": kind, "elements": elements}]}, READER)
        assert not re.search(r"[<>]", re.sub(r"</?div>", "", tags_left(drawn)))
    assert "<script" not in markdown(text)
    assert not re.search(r'href="\s*javascript', markdown(text))


def test_rich_text_in_full() -> None:
    block = {
        "elements": [
            {
                "type": "rich_text_list",
                "style": "ordered",
                "offset": 2,
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "user", "user_id": "U0BEN"},
                            {"type": "text", "text": " hi", "style": {"bold": True, "code": True}},
                            {"type": "emoji", "name": "wave"},
                            {"type": "broadcast", "range": "here"},
                            {"type": "hologram"},
                        ],
                    }
                ],
            }
        ]
    }
    drawn = rich_text(block, READER)
    assert '<ol class="indent-0" start="3"><li>' in drawn
    assert f"{mention('@ben')}<code><b> hi</b></code>" in drawn
    assert "👋" in drawn
    assert "cannot draw hologram" in drawn
