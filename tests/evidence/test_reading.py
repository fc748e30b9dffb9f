"""What is handed over is read for what it is, whatever it is; nothing of it is quoted."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.evidence.model import Confirmations, LookSummary
from bot.domain.incidents.model import Export
from bot.errors import BadInput, NotEvidence
from bot.evidence import callers
from bot.evidence.reading import MOST_COUNTED, read
from tests.evidence import handed
from tests.incidents import exports

CANARY = "zebracanary"
LISTED = (
    b'{"target": "pay/db[Pod]", "anybody": false, "callers": [], "shut_out": [], "not_judged": []}'
)
PAGE = b"<!doctype html><h1>Who may call pay/db</h1><h2>May call it</h2><table><tr><td>a/b</table>"


def test_a_summary_comes_back_as_it_was_written_without_names():
    look = handed.looked(names=True)
    piece = read(handed.written(look))
    assert isinstance(piece, LookSummary)
    assert all(each.names == () for each in piece.findings)
    assert piece.counts == look.counts
    assert [each.objects for each in piece.findings] == [each.objects for each in look.findings]


def test_exports_and_confirmations_are_told_apart():
    assert isinstance(read(exports.incident_io()), Export)
    assert isinstance(
        read("\ufeff".encode("utf-16-le") + exports.spreadsheet().decode().encode("utf-16-le")),
        Export,
    )
    assert read(handed.confirmations(a="cause")) == Confirmations(confirmed={"a": "cause"})


def look_with(**changes: object) -> bytes:
    """A summary that somebody changed by hand."""
    return json.dumps({**json.loads(handed.written()), **changes}).encode()


@pytest.mark.parametrize(
    "content",
    [
        look_with(counts={CANARY: "many"}),
        look_with(more=CANARY),
        look_with(counts={CANARY * 20: 1}),
        look_with(kubernetes=[CANARY] * 101),
        look_with(meshed={CANARY: None}),
        b'{"form": "meshfit-incidents-confirmed", "confirmed": {"'
        + CANARY.encode()
        + b'": "zap"}}',
        b'{"form": "meshfit-incidents-confirmed", "confirmed": "' + CANARY.encode() + b'"}',
        CANARY.encode() + b",b,c\n1,2,3\n",
        b'[{"' + CANARY.encode() + b'": 1}]',
        b'{"form": ' + b"[" * 100_000,
        b"When,What\n" + CANARY.encode() + b",x\n",
    ],
)
def test_what_is_of_no_use_is_refused_and_not_quoted(content: bytes):
    with pytest.raises(BadInput) as refused:
        read(content)
    assert CANARY not in str(refused.value)
    assert refused.value.__cause__ is None


def test_more_incidents_than_anybody_goes_through_are_refused():
    rows = "".join(f"2026-01-{1 + n % 28:02},incident {n},30\n" for n in range(MOST_COUNTED + 1))
    with pytest.raises(BadInput, match="holds 501 incidents, and a person confirms each"):
        read(f"When,What,Duration\n{rows}".encode())


@pytest.mark.exhaustive
@settings(deadline=None, derandomize=True)
@given(st.data())
def test_damaged_files_are_a_sentence(data: st.DataObject):
    whole = data.draw(st.sampled_from(
        [handed.written(), exports.incident_io(), exports.spreadsheet(), exports.statuspage(),
         handed.confirmations(a="cause"), LISTED, PAGE]))  # fmt: skip
    at = data.draw(st.integers(0, len(whole)))
    to = data.draw(st.integers(at, min(len(whole), at + 40)))
    damaged = whole[:at] + data.draw(st.binary(max_size=20)) + whole[to:]
    for reader in (read, callers.read):
        with suppress(BadInput):
            reader(damaged)


@settings(deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_anything_at_all_is_a_sentence(content: bytes):
    for begun in (
        b"",
        b"{",
        b'{"form": "meshfit-look", "version": 1, ',
        b"<!doctype html>",
        b"When,What\n",
    ):
        for reader in (read, callers.read):
            with suppress(BadInput):
                reader(begun + content)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"shop/web\n- shop/cart\n\n* shop/web\n", ("shop/web", "shop/cart")),
        (LISTED, ()),
        (PAGE, ("a/b",)),
    ],
)
def test_callers_are_read_from_lists_and_pages(content: bytes, names: tuple[str, ...]):
    assert callers.read(content).workloads == names


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"target": "a", "anybody": false, "callers": [1], "shut_out": [], "not_judged": []}',
        b"<!doctype html><h1>Another page</h1>",
        b"x" * 300,
        b"a\x00b",
        b"\xff\xfe",
        "\n".join(f"shop/{n}" for n in range(501)).encode(),
    ],
)
def test_what_is_no_list_of_callers_is_a_sentence(content: bytes):
    with pytest.raises(BadInput):
        callers.read(content)


def test_evidence_of_another_kind_says_so():
    with pytest.raises(NotEvidence):
        read(b"hello")
