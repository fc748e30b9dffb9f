"""Every screen of the gallery is what Slack's own types say a message, a modal or Home is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.blocks.gallery import gallery

KINDS = {"modal": "ModalView", "home": "HomeView"}
CHART = "data_visualization"
"""The chart of today's Slack, which these types do not know yet; `playground/strict` checks it."""
HEAD = (
    'import type { HomeView, KnownBlock, ModalView } from "@slack/types";',
    f'type Chart = {{ type: "{CHART}"; block_id: string; title: string; chart: object }};',
    "type Message = { text: string; blocks: (KnownBlock | Chart)[] };",
    "// @ts-expect-error: once the types know charts, this line is wrong and `Chart` can go",
    f'export const chart: KnownBlock["type"] = "{CHART}";',
)


def compiled(modules: Path, lines: list[str], at: Path) -> list[str]:
    """What the compiler has against a module of these lines, as `line: what`."""
    source = at / "screens.ts"
    source.write_text("\n".join((*HEAD, *lines)), "utf-8")
    (at / "node_modules").symlink_to(modules / "node_modules")
    options = (
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--module",
        "nodenext",
        "--pretty",
        "false",
    )
    compiler = modules / "node_modules" / "typescript" / "bin" / "tsc"
    command = ["node", str(compiler), *options, str(source)]
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)
    errors = [each for each in done.stdout.splitlines() if "error TS" in each]
    assert bool(errors) == bool(done.returncode), done.stdout + done.stderr
    return errors


def test_every_screen_is_of_slacks_types(modules: Path, tmp_path: Path):
    lines = [
        f"export const s{at}: {KINDS.get(drawn.get('type', ''), 'Message')} = {json.dumps(drawn)};"
        for at, (_, drawn) in enumerate(gallery())
    ]
    assert len(lines) > 500
    assert compiled(modules, lines, tmp_path) == []


@pytest.mark.parametrize(
    "wrong",
    [
        '{ text: "x", blocks: [{ type: "sectoin", text: { type: "mrkdwn", text: "x" } }] }',
        '{ text: "x", blocks: [{ type: "header", text: "x" }] }',
        '{ text: "x", blocks: [{ type: "divider", colour: "red" }] }',
        "{ blocks: [] }",
    ],
)
def test_what_is_not_of_slacks_types_is_named(modules: Path, tmp_path: Path, wrong: str):
    assert compiled(modules, [f"export const s: Message = {wrong};"], tmp_path)
