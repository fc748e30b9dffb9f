"""`meshfit look`: the page, the contract for scripts, the files it writes, what it never shows."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.domain.evidence.model import LookSummary, counted
from bot.domain.model import Answer
from tests.cluster.dumps import CANARY, container, listed, pod, pod_spec, service, thing, workload
from tests.cluster.situations import CASES, node, sidecar_pod
from tests.evidence import handed

KEYS = [
    "seen", "sources", "kubernetes", "modes", "counts", "service_backends", "meshed", "findings",
    "offered", "not_judged", "pack",
]  # fmt: skip
DUMP = listed(
    thing("Namespace", "shop", labels={"istio-injection": "enabled"}),
    node(),
    workload("cart", spec=pod_spec(securityContext={"runAsUser": 1337})),
    workload("cache", kind="StatefulSet"),
    service("cart", {"port": 80, "name": "http"}),
    sidecar_pod("cart-1"),
    pod("cache-1"),
    thing("Secret", f"key-{CANARY}", namespace="shop") | {"data": {"key": CANARY}},
)
THINGS = [each for case in CASES.values() for each in case.things]
EVERYTHING = listed(
    *{
        (each["kind"], json.dumps(each["metadata"], sort_keys=True)): each for each in THINGS
    }.values()
)

SAMPLES = Path(__file__).parents[3] / "shared" / "cluster" / "samples"
DUMPS = sorted(SAMPLES.glob("[0-9]*.json"))


@pytest.fixture
def dump(tmp_path):
    """A dump as a file, written on a day."""
    path = tmp_path / "look.json"
    path.write_bytes(DUMP)
    then = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
    os.utime(path, (then, then))
    return path


def test_what_scripts_get(meshfit, dump):
    document = meshfit("look", dump, "--json").json
    assert list(document) == KEYS
    assert document["seen"] == "2026-11-20"
    assert document["counts"]["workloads_app"] == 2
    assert document["counts"]["app_namespaces"] == ["shop"]
    assert document["service_backends"] == {"Service/shop/cart": ["Deployment/shop/cart"]}
    first = document["findings"][0]
    assert (first["id"], first["severity"]) == ("uid_1337", "breaks")
    assert (first["objects"], first["source"]) == (["Deployment/shop/cart"], "istio_requirements")
    assert {"enforcement", "kinds"} <= {each["id"] for each in document["not_judged"]}
    assert document["meshed"] == {
        "pods": {"istio": 1, "linkerd": 0, "ambient": 0, "none": 1},
        "labelled": ["shop"],
    }
    assert len(document["sources"][0]["digest"]) == 64


def test_a_pipe_says_the_same_as_a_file(meshfit, dump):
    piped, read = (
        meshfit("look", "-", "--json", given=DUMP).json,
        meshfit("look", dump, "--json").json,
    )
    for name in ("counts", "findings", "not_judged", "meshed"):
        assert piped[name] == read[name]
    assert piped["sources"][0]["digest"] == read["sources"][0]["digest"]


def test_the_page(meshfit, dump):
    page = meshfit("look", dump).out
    for part in (
        "What this cluster shows, 20 Nov 2026",
        "Workloads of apps     2 in 1 namespace",
        "1 by istio of 2 running pods of apps.",
        "shop asks for proxies and has pods that run without one: not restarted?",
        "What matters for any mesh, worst first (7 of ",
        "breaks · Apps that run as user 1337, Istio's proxy [uid_1337]",
        "Wrong if: The image or the platform sets another user",
        "Whether the network plugin enforces NetworkPolicies at all.",
        "meshfit estimate --services 1 --pods 2 --nodes 1 --rps N",
    ):
        assert part in page
    assert page.count("→ ") == 7
    assert max(map(len, page.splitlines())) <= 80


def test_the_estimate_is_suggested_with_what_the_nodes_have(meshfit, tmp_path):
    nodes = []
    for at, cores in enumerate(("3920m", "8", "nonsense", "1e30")):
        nodes.append(node(f"node-{at}"))
        nodes[-1]["status"]["allocatable"] = {"cpu": cores}
    windows = node("node-w", system="windows")
    windows["status"]["allocatable"] = {"cpu": "64"}
    path = tmp_path / "look.json"
    path.write_bytes(listed(*nodes, windows, workload("cart"), service("cart"), pod("cart-1")))
    assert "--nodes 4 --node-vcpu 5.96 --rps N" in " ".join(meshfit("look", path).out.split())


def test_many_files_are_one_look(meshfit, tmp_path):
    for at in range(6):
        (tmp_path / f"look-{at}.json").write_bytes(listed(workload(f"cart-{at}")))
    page = meshfit("look", *(f"look-{at}.json" for at in range(6))).out
    assert "Read from 6 files: 6 Deployment." in page
    assert "Workloads of apps     6 in 1 namespace" in page


def test_all_of_it(meshfit, tmp_path):
    (tmp_path / "all.json").write_bytes(EVERYTHING)
    short, whole = meshfit("look", "all.json").out, meshfit("look", "all.json", "--all").out
    assert short.count("→ ") == 7
    assert whole.count("→ ") == len(meshfit("look", "all.json", "--json").json["findings"]) > 40
    assert "Sources" in whole
    assert "https://istio.io/latest/docs/ambient/usage/networkpolicy/" in whole
    assert "and 1 more" not in whole


def test_a_mode(meshfit, tmp_path):
    (tmp_path / "all.json").write_bytes(EVERYTHING)
    document = meshfit("look", "all.json", "--mode", "istio_ambient", "--json").json
    assert document["modes"] == ["istio_ambient_l4", "istio_ambient_waypoint"]
    ids = {each["id"] for each in document["findings"]}
    assert "netpol_15008" in ids
    assert not {"uid_1337", "approtocol_linkerd"} & ids
    assert "Istio ambient, a proxy on every node" in meshfit(
        "look", "all.json", "--mode", "istio_ambient_l4"
    ).out.replace("\n", " ")


def test_a_summary_has_no_names_unless_somebody_says_so(meshfit, dump, tmp_path):
    meshfit("look", dump, "--summary", "s.json")
    text = (tmp_path / "s.json").read_text("utf-8")
    short = LookSummary.model_validate_json(text)
    assert (short.form, short.version, str(short.seen)) == ("meshfit-look", 1, "2026-11-20")
    assert short.counts["app_namespaces"] == 1
    assert not [name for name in ("cart", "cache", "shop", "look.json") if name in text]
    meshfit("look", dump, "--summary", "s.json", "--names")
    named = LookSummary.model_validate_json((tmp_path / "s.json").read_text("utf-8"))
    assert named.findings[0].names == ("Deployment/shop/cart",)
    assert named.findings[0].objects == 1


def test_an_answers_file_is_one_for_assess(meshfit, dump, tmp_path):
    meshfit("look", dump, "--answers", "a.yaml")
    answers = yaml.safe_load((tmp_path / "a.yaml").read_text("utf-8"))["answers"]
    offered = {name: value for name, value in answers.items() if value is not None}
    assert {name: one["value"] for name, one in offered.items()} == {
        "services": 1,
        "windows_nodes": "no",
        "existing_mesh": "istio_sidecar",
    }
    assert {one["evidence"] for one in offered.values()} == {"counted"}
    assert {"zero_trust", "teams", "languages", "l7_scope"} <= answers.keys()
    advice = meshfit("assess", "a.yaml", "--json").json
    assert advice["outcome"] == "undecided"


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.stem)
def test_an_answers_file_holds_what_is_offered_beside_the_checklist(meshfit, path, tmp_path):
    looked = meshfit("look", path, "--summary", "s.json", "--answers", "a.yaml")
    assert looked.code == 0
    summary = LookSummary.model_validate_json((tmp_path / "s.json").read_bytes())
    answers = yaml.safe_load((tmp_path / "a.yaml").read_text("utf-8"))["answers"]
    known = {name: Answer.model_validate(one) for name, one in answers.items() if one is not None}
    assert known == {name: one.answer for name, one in counted(summary).items()}
    assert not known.keys() & {"languages", "teams"}
    assert meshfit("assess", "a.yaml").code == 0


def answered(meshfit, tmp_path, data):
    """What an answers file begun from a dump has filled in: question → value."""
    meshfit("look", "-", "--answers", "a.yaml", given=data)
    answers = yaml.safe_load((tmp_path / "a.yaml").read_text("utf-8"))["answers"]
    return {name: one["value"] for name, one in answers.items() if one is not None}


def test_all_that_is_counted_is_filled_in(meshfit, tmp_path):
    assert answered(meshfit, tmp_path, handed.DUMP) == {
        "services": 20,
        "platform": ["eks"],
        "windows_nodes": "no",
        "cni": "calico",
        "privileges": "node_agents",
        "existing_mesh": "istio_sidecar",
    }


def test_nothing_of_a_cut_dump_is_filled_in(meshfit, tmp_path):
    assert answered(meshfit, tmp_path, handed.DUMP[:-300]) == {}
    file = (tmp_path / "a.yaml").read_text("utf-8")
    assert "The dump ends in the middle, so nothing of it is filled in" in file
    assert "Seen in a dump that ends in the middle: 20 in what was read" in file
    assert "at most" not in file


def guarded(name, level="baseline"):
    """A namespace that enforces a Pod Security level, and a workload that stands in it."""
    labels = {"pod-security.kubernetes.io/enforce": level}
    return thing("Namespace", name, labels=labels), workload("cart", name)


def test_privileges_are_counted_where_every_namespace_of_apps_refuses_them(meshfit, tmp_path):
    both = (*guarded("shop"), *guarded("bank", "restricted"))
    empty = thing("Namespace", "empty")
    assert answered(meshfit, tmp_path, listed(*both, empty))["privileges"] == "node_agents"
    note = yaml.safe_load((tmp_path / "a.yaml").read_text("utf-8"))["answers"]["privileges"]["note"]
    assert "each of the 2 namespaces of apps that was looked at enforces" in note
    assert "whether agents on the node may have it is not in a dump" in note
    for more in ((workload("cart", "lab"),), guarded("lab", "privileged")):
        assert "privileges" not in answered(meshfit, tmp_path, listed(*both, *more))
    alone = (*guarded("shop"), workload("coredns", "kube-system"))
    assert "privileges" in answered(meshfit, tmp_path, listed(*alone))
    assert "privileges" not in answered(meshfit, tmp_path, listed(*alone[:2]))


@pytest.mark.parametrize("proxy", ["consul-dataplane", "kuma-sidecar", "envoy", "envoy-sidecar"])
def test_a_mesh_that_is_not_counted_is_not_called_none(meshfit, tmp_path, proxy):
    own = listed(pod("cart-1", spec=pod_spec(container(), container(proxy))))
    assert "existing_mesh" not in answered(meshfit, tmp_path, own)
    printed = meshfit("look", "-", given=own).out
    assert "None by Istio or Linkerd of 1 running pods of apps." in printed
    assert "Not counted, seen by the names of containers:" in printed


def test_cilium_may_be_a_mesh_that_no_pod_shows(meshfit, tmp_path):
    plain = (node(), pod("cart-1"))
    assert answered(meshfit, tmp_path, listed(*plain))["existing_mesh"] == "none"
    agent = workload("cilium", "kube-system", "DaemonSet")
    assert "existing_mesh" not in answered(meshfit, tmp_path, listed(*plain, agent))


def test_a_cut_dump_is_said(meshfit, tmp_path):
    (tmp_path / "cut.json").write_bytes(DUMP[:-300])
    document = meshfit("look", "cut.json")
    assert document.code == 0
    assert "It ends in the middle." in document.out
    assert "cut.json ends in the middle, after" in document.out
    assert "Counted, in the part that was read" in document.out
    assert "By the policies that were read, anybody may call" in document.out
    assert "meshfit estimate" not in document.out


WRONG = {
    "no file": (["nowhere.json"], b"", "nowhere.json cannot be read (No such file or directory)"),
    "a folder": (["."], b"", "cannot be read (Is a directory)"),
    "YAML": (["-"], b"apiVersion: v1\nkind: List\n", "standard input is YAML: ask kubectl for"),
    "nothing": (["-"], b"", "standard input is empty"),
    "an empty list": (["-"], b'{"kind": "List", "items": []}', "There are no objects in it"),
    "a mode": (
        ["-", "--mode", "osm"],
        DUMP,
        "--mode osm: nothing to look for is known. There is cilium",
    ),
    "names alone": (["-", "--names"], DUMP, "--names is about the summary"),
    "standard input twice": (["-", "-"], DUMP, "can be read once"),
    "itself": (["look.json", "--summary", "look.json"], b"", "look.json is the dump itself"),
    "nowhere to write": (["-", "--summary", "no/s.json"], DUMP, "no/s.json cannot be written"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_one_sentence(what, meshfit, dump):
    args, given, words = WRONG[what]
    ran = meshfit("look", *args, given=given)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.error


@pytest.mark.parametrize(
    "ending", [b"", DUMP[:-200], DUMP + b"}}", DUMP.replace(b'"cart"', b"cart")]
)
def test_no_canary_is_ever_shown(ending, meshfit, tmp_path):
    data = ending or EVERYTHING
    assert data.decode().count(CANARY) > 20
    outputs = []
    for args in (["--all"], ["--json"], ["--summary", "s.json", "--names", "--answers", "a.yaml"]):
        ran = meshfit("look", "-", *args, given=data)
        outputs += [ran.out, ran.error]
    written = [each.read_text("utf-8") for each in tmp_path.iterdir()]
    assert CANARY not in "".join((*outputs, *written))


def test_not_even_a_traceback_shows_one(tmp_path):
    (tmp_path / "damaged.json").write_bytes(DUMP[:-300] + f'}}}}] {CANARY} "x'.encode())
    (tmp_path / "cut.json").write_bytes(EVERYTHING[:-300])
    for name in ("damaged.json", "cut.json"):
        ran = subprocess.run(
            [sys.executable, "-m", "bot", "look", str(tmp_path / name)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "MESHFIT_LOG_LEVEL": "DEBUG"},
        )
        assert ran.stdout + ran.stderr
        assert CANARY not in ran.stdout + ran.stderr


def test_names_cannot_steer_the_terminal(meshfit):
    odd = workload("cart\x1b[2J", spec=pod_spec(hostNetwork=True))
    ran = meshfit("look", "-", "--all", given=listed(odd))
    assert "\x1b[2J" not in ran.out
    assert json.loads(meshfit("look", "-", "--json", given=listed(odd)).out)
