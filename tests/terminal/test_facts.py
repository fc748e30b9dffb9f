"""`meshfit facts`: findings with sources and conflicts, all or those that have every word."""

from tests.shipped import SHIPPED

KEYS = ["id", "topic", "text", "conditions", "trust", "date", "sources"]
SOURCE = ["id", "title", "cite", "called", "url", "publisher", "read", "opened", "kind", "interest"]


def test_what_scripts_get(meshfit):
    document = meshfit("facts", "linkerd", "ambient", "latency", "--json").json
    assert list(document) == ["facts", "conflicts"]
    assert all(list(each) == KEYS for each in document["facts"])
    assert all(list(each) == SOURCE for fact in document["facts"] for each in fact["sources"])
    assert "linkerd_ambient_latency" in {each["id"] for each in document["conflicts"]}


def test_without_a_query_everything(meshfit):
    document = meshfit("facts", "--json").json
    pack = SHIPPED
    assert [each["id"] for each in document["facts"]] == list(pack.findings)
    assert [each["id"] for each in document["conflicts"]] == list(pack.conflicts)


def test_the_page(meshfit):
    page = meshfit("facts", "ambient latency").out
    assert page.startswith("Overhead\n")
    text = " ".join(page.split())
    assert "takes 0.16 ms longer at p90 and 0.20 ms at p99." in text
    assert "Primary, 2026-11-23 [istio_modes]" in text
    assert "Where sources conflict" in page
    assert "https://istio.io/latest/docs/overview/dataplane-modes/" in page
    assert "Written by Buoyant, which sells Linkerd." in text
    assert "None" not in page
    assert max(map(len, page.splitlines())) <= 80


def test_words_apart_or_in_one(meshfit):
    assert meshfit("facts", "ambient", "latency").out == meshfit("facts", "ambient latency").out


def test_nothing_found_names_the_topics(meshfit):
    ran = meshfit("facts", "zeppelin")
    assert ran.code == 0
    assert ran.out.startswith("Nothing that we know has all of these words. The topics are: ")
    assert "overhead" in ran.out
    assert meshfit("facts", "zeppelin", "--json").json == {"facts": [], "conflicts": []}
