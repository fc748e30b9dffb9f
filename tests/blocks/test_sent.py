"""What was read of a file that somebody sent, as Slack shows it."""

from __future__ import annotations

from bot.blocks import sent
from bot.domain.runs.model import Run

BOTH = "wrk waits for each answer before it asks again."


def test_a_note_on_several_runs_is_said_once_above_them():
    runs = [Run(format="wrk_text", tool="wrk", notes=(BOTH, f"Of {n}.")) for n in "abc"]
    text = sent.offer("three.txt", runs, "kept")["text"]
    assert text.count(BOTH) == 1
    assert f"*three.txt* holds 3 runs:\n_every run: {BOTH}_\nwrk: " in text
    assert [text.count(f"_Of {n}._") for n in "abc"] == [1, 1, 1]
    some = sent.offer("three.txt", [*runs[:2], runs[2].model_copy(update={"notes": ()})], "kept")
    assert f"_run 1 and run 2: {BOTH}_" in some["text"]


def test_notes_that_find_no_room_are_counted():
    run = Run(format="wrk_text", tool="wrk", notes=tuple(f"Note {n}." for n in range(5)))
    text = sent.offer("one.txt", [run], "kept")["text"]
    assert "_Note 2._\n_… and 2 more notes._" in text
    assert "Note 3." not in text
    lone = sent.offer("one.txt", [run.model_copy(update={"notes": run.notes[:3]})], "kept")
    assert "more note" not in lone["text"]
