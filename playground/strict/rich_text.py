"""The rich_text block, which tables and inputs may hold too (Slack: rich text block reference)."""

from __future__ import annotations

from playground.strict.checks import among, by_type, each, flag, integer, shape, string, url
from playground.strict.objects import IDENTIFIER

_STYLES = (
    "bold",
    "italic",
    "strike",
    "code",
    "underline",
    "highlight",
    "client_highlight",
    "unlink",
)
_STYLE = shape(may=dict.fromkeys(_STYLES, flag))
_STYLED = {"style": _STYLE}

_INLINE = by_type(
    {
        "text": shape(needs={"text": string(3000)}, may=_STYLED),
        "link": shape(needs={"url": url()}, may={"text": string(3000), "unsafe": flag, **_STYLED}),
        "emoji": shape(needs={"name": string(100)}, may={"unicode": string(100), **_STYLED}),
        "user": shape(needs={"user_id": string(50)}, may=_STYLED),
        "channel": shape(needs={"channel_id": string(50)}, may=_STYLED),
        "usergroup": shape(needs={"usergroup_id": string(50)}, may=_STYLED),
        "broadcast": shape(needs={"range": among("here", "channel", "everyone")}, may=_STYLED),
        "date": shape(
            needs={"timestamp": integer(0, 10**11), "format": string(200)},
            may={"url": url(), "fallback": string(300), **_STYLED},
        ),
        "color": shape(needs={"value": string(20)}),
    }
)
_ELEMENTS = each(_INLINE, 0, 1000)
_SECTION = shape(needs={"elements": _ELEMENTS})
_BORDER = among(0, 1)

RICH_TEXT = shape(
    needs={
        "elements": each(
            by_type(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": shape(
                        needs={
                            "style": among("bullet", "ordered"),
                            "elements": each(by_type({"rich_text_section": _SECTION}), 1, 1000),
                        },
                        may={
                            "indent": integer(0, 8),
                            "offset": integer(0, 10**6),
                            "border": _BORDER,
                        },
                    ),
                    "rich_text_preformatted": shape(
                        needs={"elements": _ELEMENTS},
                        may={"border": _BORDER, "language": string(50)},
                    ),
                    "rich_text_quote": shape(
                        needs={"elements": _ELEMENTS}, may={"border": _BORDER}
                    ),
                }
            ),
            1,
            1000,
        )
    },
    may={"block_id": IDENTIFIER},
)
