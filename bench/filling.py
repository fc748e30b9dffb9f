"""Years of a company, written by the database itself: closed assessments, what hangs on them."""

from __future__ import annotations

from bot.domain.team import Workspace
from bot.store import Store

AT = "2026-01-01T00:00:00+00:00"
A_CHANNEL, A_PERSON, A_PILOT = 20, 10, 10
"""Of so many assessments one channel, one person, one pilot."""
ANSWER = '{"value":"yes"}'
_STEPS = (
    "assessments (id, workspace, channel, status, started_by, started_at, touched_at, shared_by, "
    "closed_at, outcome, title, pack_digest, opened) SELECT 'h' || {i}, :w, 'C0H' || {c}, "
    "'closed', 'U0H' || {p}, :at, :at, 'U0H' || {p}, :at, 'not_yet', 'Not yet', :digest, i",
    "answers (assessment, question, workspace, respondent, at, answer) "
    "SELECT 'h' || {i}, 'zero_trust', :w, 'U0H' || {p}, :at, :answer",
    "answers (assessment, question, workspace, respondent, at, answer) "
    "SELECT 'h' || {i}, 'few_services', :w, 'U0H' || {p}, :at, :answer",
    "voices (assessment, question, workspace, respondent, at, answer) "
    "SELECT 'h' || {i}, 'zero_trust', :w, 'U0H' || {p}, :at, :answer",
    "records (workspace, channel, number, assessment, outcome, title, by, at) "
    "SELECT :w, 'C0H' || {c}, i, 'h' || {i}, 'not_yet', 'Not yet', 'U0H' || {p}, :at",
    "changesets (id, workspace, assessment, respondent, at, changes, outcome_before, "
    "outcome_after, title_before, title_after) SELECT 'h' || {i}, :w, 'h' || {i}, 'U0H' || {p}, "
    ":at, '[]', 'not_yet', 'pilot', 'Not yet', 'Pilot'",
    'asked (id, workspace, channel, "user", text, tier, entry, at, written) '
    "SELECT 'h' || {i}, :w, 'C0H' || {c}, 'U0H' || {p}, 'why ' || {i}, 'sure', 'x', :at, i",
    "pilots (id, workspace, channel, started_by, started_at, closed_at, result, begun) "
    "SELECT 'h' || {i}, :w, 'C0H' || {c}, 'U0H' || {p}, :at, :at, 'failed', i",
    "ticks (pilot, step, workspace, who, at) SELECT 'h' || {i}, 'plan', :w, 'U0H' || {p}, :at",
    "pilot_log (id, pilot, workspace, kind, by, at, json, written) "
    "SELECT 'h' || {i}, 'h' || {i}, :w, 'edit', 'U0H' || {p}, :at, '{{\"fields\": []}}', i",
)
_RARE = ("pilots", "ticks", "pilot_log")
_NUMBERS = (
    "WITH RECURSIVE n (i) AS (SELECT CAST(:first AS INTEGER) UNION ALL "
    "SELECT i + :step FROM n WHERE i + :step < :after)"
)
AT_ONCE = 50_000


def fill(store: Store, workspace: Workspace, digest: str, first: int, after: int) -> None:
    """Write the assessments with these numbers, what hangs on each, and every tenth a pilot."""
    for begin in range(first, after, AT_ONCE):
        end = min(begin + AT_ONCE, after)
        with store.writing() as db:
            for step in _STEPS:
                rare = step.split(" ")[0] in _RARE
                named = {
                    "i": "CAST(i AS TEXT)",
                    "c": f"CAST(i / {A_CHANNEL} AS TEXT)",
                    "p": f"CAST(i / {A_PERSON} AS TEXT)",
                }
                table, _, rest = step.format(**named).partition(" SELECT ")
                db.execute(
                    f"INSERT INTO {table} {_NUMBERS} SELECT {rest} FROM n",
                    {
                        "w": workspace, "at": AT, "digest": digest, "answer": ANSWER,
                        "first": begin, "after": end, "step": A_PILOT if rare else 1,
                    },
                )  # fmt: skip
            db.execute(
                "INSERT INTO writings (workspace, last) VALUES (?, ?) "
                "ON CONFLICT (workspace) DO UPDATE SET last = excluded.last",
                [workspace, end],
            )
