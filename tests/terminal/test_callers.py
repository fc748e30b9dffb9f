"""`meshfit callers`: the answer, the contract for scripts, all targets, two dumps, the proof."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import BadInput, RawDump
from bot.evidence.callers import read
from tests.cluster.reach.objects import account, app, istio, ns, pod, policy, source

WEB, CART, DB = pod("pay/web", "web"), pod("pay/cart", "cart"), pod("pay/db", "db")
LET_WEB = policy(
    "pay/db",
    app("db"),
    ingress=[{"from": [{"podSelector": app("web")}], "ports": [{"port": 5432}]}],
)
LET_BOTH = policy("pay/db", app("db"), ingress=[{"from": [{"podSelector": {}}]}])
EVIL = "<script>alert(1)</script>\u202e"


def written(path: Path, *objects: object) -> Path:
    path.write_text(json.dumps({"kind": "List", "items": objects}), "utf-8")
    then = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
    os.utime(path, (then, then))
    return path


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return written(tmp_path / "dump.json", ns("pay"), WEB, CART, DB, LET_WEB)


def test_the_answer_names_callers_ports_and_policies(meshfit, dump):
    text = meshfit("callers", "pay/db", dump).out
    assert "1 workload may call pay/db[Pod]." in text
    assert "pay/web[Pod]" in text
    assert "TCP 5432" in text
    assert "NetworkPolicy/pay/db" in text
    assert "network plugin" in text
    assert "20 Nov 2026" in text


def test_anybody_comes_first(meshfit, dump):
    text = meshfit("callers", "pay/web", dump).out
    assert text.startswith("Anybody may call pay/web[Pod]: no policy in the dump selects it")


def test_what_scripts_get(meshfit, dump):
    document = meshfit("callers", "pay/db", dump, "--json").json
    assert list(document) == ["target", "anybody", "callers", "shut_out", "not_judged"]
    assert document["target"] == "pay/db[Pod]"
    assert document["anybody"] is False
    assert document["callers"] == [
        {
            "workload": "pay/web[Pod]",
            "ports": "TCP 5432",
            "by": ["NetworkPolicy/pay/db: ingress[0]"],
        }
    ]
    assert document["shut_out"] == []
    assert {tuple(each) for each in document["not_judged"]} == {("what", "why", "workloads")}


def test_who_is_named_and_shut_out_is_said(meshfit, tmp_path):
    shut = policy("pay/web", app("web"), policyTypes=["Egress"], egress=[])
    path = written(tmp_path / "dump.json", ns("pay"), WEB, CART, DB, LET_WEB, shut)
    document = meshfit("callers", "pay/db", path, "--json").json
    assert document["callers"] == []
    assert document["shut_out"] == [
        {
            "workload": "pay/web[Pod]",
            "by": ["NetworkPolicy/pay/db: ingress[0]"],
            "why": "what policies let out of it does not reach the target",
        }
    ]
    assert "shut out" in meshfit("callers", "pay/db", path).out


def test_anybody_is_nobody_where_an_egress_shuts_one_out(meshfit, tmp_path):
    shut = policy("pay/web", app("web"), policyTypes=["Egress"], egress=[])
    path = written(tmp_path / "dump.json", ns("pay"), WEB, CART, DB, shut)
    document = meshfit("callers", "pay/db", path, "--json").json
    assert (document["anybody"], [each["workload"] for each in document["callers"]]) == (
        False,
        ["pay/cart[Pod]"],
    )
    assert "No policy in the dump selects" in meshfit("callers", "pay/db", path).out


def test_all_is_a_line_a_target(meshfit, dump):
    lines = meshfit("callers", "--all", dump).out.splitlines()
    assert [each.partition(":")[0] for each in lines] == [
        "pay/cart[Pod]",
        "pay/db[Pod]",
        "pay/web[Pod]",
    ]
    assert lines[0].endswith("anybody may call it, no policy in the dump selects it")
    documents = [
        json.loads(each) for each in meshfit("callers", "--all", dump, "--json").out.splitlines()
    ]
    assert [each["target"] for each in documents] == [
        "pay/cart[Pod]",
        "pay/db[Pod]",
        "pay/web[Pod]",
    ]
    assert documents[1] == meshfit("callers", "pay/db", dump, "--json").json


def test_lists_and_changes_say_that_a_dump_was_cut(meshfit, dump, tmp_path):
    cut = tmp_path / "cut.json"
    cut.write_bytes(dump.read_bytes()[:-20])
    assert meshfit("callers", "--all", dump).error == ""
    for args in (["--all", cut], ["--all", cut, "--json"], ["pay/db", dump, "--after", cut]):
        assert "it ends in the middle" in meshfit("callers", *args).error


def test_several_files_are_one_dump(meshfit, tmp_path):
    pods = written(tmp_path / "pods.json", ns("pay"), WEB, CART, DB)
    policies = written(tmp_path / "policies.json", LET_WEB)
    document = meshfit("callers", "pay/db", pods, policies, "--json").json
    assert [each["workload"] for each in document["callers"]] == ["pay/web[Pod]"]


def test_a_pipe_says_the_same_as_a_file(meshfit, dump):
    piped = meshfit("callers", "pay/db", "-", "--json", given=dump.read_bytes()).json
    assert piped == meshfit("callers", "pay/db", dump, "--json").json


def test_a_later_dump_says_what_opens_and_closes(meshfit, tmp_path, dump):
    later = written(tmp_path / "later.json", ns("pay"), WEB, CART, DB, LET_BOTH)
    text = meshfit("callers", "pay/db", dump, "--after", later).out
    assert "opened: pay/cart[Pod] may call it, All Connections" in text
    assert "changed: pay/web[Pod] may call it, TCP 5432 before, All Connections after" in text
    back = meshfit("callers", "pay/db", later, "--after", dump, "--json").json
    assert [each["workload"] for each in back["closed"]] == ["pay/cart[Pod]"]
    every = meshfit("callers", "--all", dump, "--after", later).out
    assert "pay/db[Pod]:" in every
    assert "pay/web[Pod]:" not in every


def test_the_proof_holds_all_and_escapes_what_users_wrote(meshfit, tmp_path):
    evil = policy(
        "pay/db", {"matchLabels": {"app": "db"}}, ingress=[{"from": [{"podSelector": {}}]}]
    )
    evil["spec"]["podSelector"]["matchExpressions"] = [
        {"key": EVIL, "operator": "NotIn", "values": [EVIL]}
    ]
    path = written(tmp_path / "dump.json", ns("pay"), WEB, CART, DB, evil)
    page = tmp_path / "proof.html"
    meshfit("callers", "pay/db", path, "--proof", page)
    text = page.read_text("utf-8").replace("<wbr>", "")
    assert hashlib.sha256(path.read_bytes()).hexdigest() in text
    assert "pay/cart[Pod]" in text
    assert "NetworkPolicy/pay/db: ingress[0]" in text
    assert "network plugin" in text
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "\u202e" not in text
    assert "http" not in text
    assert "20 Nov 2026" in text


def test_istio_alone_is_judged_by_tcp(meshfit, tmp_path):
    rule = istio(
        "pay/db", {"app": "db"}, rules=[{"from": [source(principals=[account("pay", "default")])]}]
    )
    path = written(tmp_path / "dump.json", ns("pay"), WEB, CART, DB, rule)
    document = meshfit("callers", "pay/db", path, "--json").json
    assert {each["ports"] for each in document["callers"]} == {"TCP all"}


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["pay/db"], "No dump is named"),
        (["pay/none", "DUMP"], "No workload in the dump is called pay/none"),
        (["db", "DUMP"], "say namespace/name"),
        (["pay/db", "missing.json"], "cannot be read"),
        (["--all", "DUMP", "--proof", "x.html"], "A proof is about one target"),
        (["pay/db", "DUMP", "--proof", "DUMP"], "is the dump itself"),
        (["pay/db", "DUMP", "--proof", "no/such/folder.html"], "cannot be written"),
    ],
)
def test_what_is_wrong_is_one_sentence(meshfit, dump, args, sentence):
    ended = meshfit("callers", *(dump if each == "DUMP" else each for each in args))
    assert ended.code == 2
    assert sentence in ended.error
    assert ended.error.count("\n") == 1


def test_a_packed_dump_says_how_to_unpack_it_for_any_command(meshfit, tmp_path):
    (tmp_path / "dump.gz").write_bytes(b"\x1f\x8b\x08")
    for args in (("callers", "pay/db"), ("look",)):
        error = meshfit(*args, "dump.gz").error
        assert "packed with gzip: give - and pipe `gunzip -c FILE` into it" in error


def test_a_dump_without_workloads_says_what_to_ask_for(meshfit, tmp_path):
    path = written(tmp_path / "dump.json", ns("pay"))
    assert "ask kubectl for" in meshfit("callers", "pay/db", path).error


def test_a_drill_takes_what_is_printed_and_what_is_written(meshfit, dump, tmp_path):
    page = tmp_path / "proof.html"
    printed = meshfit("callers", "pay/db", dump, "--json", "--proof", page).out.encode()
    of_json, of_page = read(printed), read(page.read_bytes())
    for seen in (of_json, of_page):
        assert (seen.target, seen.workloads) == ("pay/db[Pod]", ("pay/web[Pod]",))
        assert seen.anybody is False
        assert seen.not_judged > 0
    assert of_json.not_judged == of_page.not_judged
    assert of_page.digest == hashlib.sha256(page.read_bytes()).hexdigest()
    meshfit("callers", "pay/web", dump, "--proof", page)
    assert read(page.read_bytes()).anybody is True
    with pytest.raises(BadInput, match="several targets"):
        read(meshfit("callers", "--all", dump, "--json").out.encode())
    with pytest.raises(RawDump):
        read(dump.read_bytes())
