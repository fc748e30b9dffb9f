"""Large and packed uploads: read apart, alike, and only for so long."""

from __future__ import annotations

import gzip
import time

import pytest

from bot.errors import BadInput, NotAResult
from bot.loadtests.uploads import SMALL, read_bounded

ROW = b"1700000000000,12,pay,200,OK,t1,text,true,,100,50,1,1,http://x/pay,10,0,1\n"
HEAD = (
    b"timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
    b"failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n"
)


def test_what_is_packed_is_read_as_what_is_not():
    plain = HEAD + ROW * 100
    assert read_bounded(gzip.compress(plain)) == read_bounded(plain)


def test_what_is_large_is_read_too():
    many = HEAD + ROW * (SMALL // len(ROW) + 10)
    (run,) = read_bounded(many)
    assert run.requests == SMALL // len(ROW) + 10


def test_a_fault_keeps_its_words_and_its_kind():
    with pytest.raises(NotAResult):
        read_bounded(gzip.compress(b"%PDF-1.7 not a result"))
    with pytest.raises(BadInput, match="damaged or cut off"):
        read_bounded(gzip.compress(HEAD + ROW * 1000)[:-40])


@pytest.mark.exhaustive
def test_a_small_file_that_unpacks_to_much_is_stopped():
    bomb = gzip.compress(HEAD + ROW * 4_000_000, 1)
    assert len(bomb) < 10 * 2**20
    began = time.monotonic()
    with pytest.raises(BadInput, match="takes more than 1 s"):
        read_bounded(bomb, seconds=1)
    assert time.monotonic() - began < 20
