"""How documents become postings: flat, and without all of them at once."""

from collections import Counter
from collections.abc import Iterator
from weakref import ref

from bot.domain.search.ranking import Postings


def test_documents_are_taken_one_after_the_other():
    seen, most = list[ref[Counter[str]]](), 0

    def documents() -> Iterator[Counter[str]]:
        nonlocal most
        for number in range(20):
            each = Counter({"mesh": 1, f"word{number}": 2})
            seen.append(ref(each))
            most = max(most, sum(other() is not None for other in seen))
            yield each

    postings = Postings.of(documents())
    assert (postings.documents, len(postings.rows)) == (20, 21)
    assert list(postings.of_term("word7")) == [(7, 2.0)]
    assert len(list(postings.of_term("mesh"))) == 20
    assert most <= 2  # the one that is read, and the next


def test_of_no_documents_there_are_no_postings():
    postings = Postings.of([])
    assert (postings.documents, list(postings.of_term("mesh"))) == (0, [])
