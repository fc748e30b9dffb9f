"""How documents become postings, and texts become rows: flat, and without all of them at once."""

from array import array
from collections import Counter
from collections.abc import Iterator
from weakref import ref

import pytest

from bot.domain.search.hashed import Hashed, Known, column
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
    assert (postings.documents, len(postings.terms)) == (20, 21)
    assert list(postings.of_term("word7")) == [(7, 2.0)]
    assert len(list(postings.of_term("mesh"))) == 20
    assert most <= 2  # the one that is read, and the next


def test_of_no_documents_there_are_no_postings():
    postings = Postings.of([])
    assert (postings.documents, list(postings.of_term("mesh"))) == (0, [])


def test_what_is_mentioned_stands_together_in_the_order_of_its_mentions():
    mentions = ["mesh", "pilot", "mesh", "owner", "pilot", "mesh"]
    hashed, order = Hashed.of(mentions)
    numbers = column(array("I", range(6)), order)
    assert len(hashed) == 3
    told = {each: list(numbers[hashed.places(*hashed.rows([each]))]) for each in mentions}
    assert told == {"mesh": [0, 2, 5], "pilot": [1, 4], "owner": [3]}


def test_what_is_not_among_them_has_no_row_and_no_places():
    hashed, _ = Hashed.of(["mesh"])
    assert hashed.rows(["owner", "mesh", ("mesh",)]) == [-1, 0, -1]
    assert list(array("I", [7])[hashed.places(-1)]) == []
    assert ("owner" in hashed, "mesh" in hashed) == (False, True)
    assert Hashed.of([])[0].rows(["mesh"]) == [-1]


def test_what_things_come_to_is_known_without_keeping_the_things():
    known = Known.of({("a", "mesh"): "basics", ("no",): None})
    assert (known["a", "mesh"], known[("no",)]) == ("basics", None)
    assert (("no",) in known, ("a",) in known) == (True, False)
    with pytest.raises(KeyError):
        known[("a",)]
