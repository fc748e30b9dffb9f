"""What comes of a dump: every form that kubectl prints, the whitelist and nothing else."""

from __future__ import annotations

import codecs
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cluster.model import Misshapen, OwnerReference
from bot.errors import BadInput
from tests.cluster.dumps import (
    CANARY,
    container,
    dump_from,
    dump_of,
    listed,
    pod,
    pod_spec,
    service,
    thing,
    workload,
)

NODE = thing(
    "Node",
    "node-1",
    {"podCIDR": CANARY, "providerID": CANARY},
    labels={"topology.kubernetes.io/zone": "a", f"who-{CANARY}": CANARY},
    status={
        "nodeInfo": {"kubeletVersion": "v1.33.4", "operatingSystem": "linux", "bootID": CANARY},
        "addresses": [{"address": CANARY}],
    },
)
SECRET = thing("Secret", f"key-{CANARY}", namespace="shop") | {"data": {"key": CANARY}}
SETTINGS = thing("ConfigMap", f"of-{CANARY}", namespace="shop") | {"data": {"key": CANARY}}
CUSTOM = thing(
    "VirtualService",
    "cart",
    {"hosts": [CANARY], "http": [{"route": [{"destination": {"host": CANARY}, "weight": 10}]}]},
    api="networking.istio.io/v1",
    namespace="shop",
    annotations={"note": CANARY},
)
UNKNOWN = thing("Database", "ledger", {"password": CANARY}, api="db.example/v1", namespace="shop")


def test_a_list_of_mixed_kinds_is_read() -> None:
    dump = dump_of(thing("Namespace", "shop"), NODE, pod("cart"), service("cart"), workload("cart"))
    assert [each.key for each in dump.items] == [
        "Namespace/shop",
        "Node/node-1",
        "Pod/shop/cart",
        "Service/shop/cart",
        "Deployment/shop/cart",
    ]
    assert dump.kinds == {
        "Namespace": 1,
        "Node": 1,
        "Pod": 1,
        "Service": 1,
        "Deployment": 1,
    }
    (deployment,) = dump.objects("Deployment")
    assert (deployment.group, deployment.pod_labels) == ("apps", {"app": "cart"})


def test_nothing_but_the_whitelist_is_kept() -> None:
    everything = listed(
        NODE,
        SECRET,
        SETTINGS,
        CUSTOM,
        UNKNOWN,
        pod("cart", spec=pod_spec(container(livenessProbe={"exec": {"command": [CANARY]}}))),
        workload("cart"),
        service("cart", externalName=f"{CANARY}.example", externalIPs=[CANARY]),
        thing("Event", CANARY, namespace="shop") | {"message": CANARY},
    )
    dump = dump_from(everything)
    assert everything.decode().count(CANARY) > 40
    assert CANARY not in repr(dump)
    assert dump.kinds["Secret"] == dump.kinds["ConfigMap"] == dump.kinds["Event"] == 1
    (kept,) = dump.objects("Pod")
    assert kept.pod_spec["containers"] == [
        {"name": "app", "image": "shop:1", "livenessProbe": {"exec": True}}
    ]
    (unknown,) = dump.objects("Database")
    assert (unknown.key, unknown.spec, unknown.labels) == ("Database/shop/ledger", {}, {})
    (custom,) = dump.objects("VirtualService")
    assert custom.spec == {"http": [{"route": [{"weight": 10}]}]}


IMAGES = {
    "redis": "redis",
    "redis:7-alpine": "redis:7-alpine",
    "registry.example:5000/team/cart:1.2@sha256:abc": "cart:1.2",
    "registry.example/cart@sha256:abc": "cart",
    "cart:1 sha256:abc": "",
    "cart:1:2": "",
    "": "",
}


@pytest.mark.parametrize("image", IMAGES)
def test_of_an_image_its_name_and_tag_are_kept(image: str) -> None:
    spec = {"containers": [{"name": "a", "image": image}]}
    (kept,) = dump_of(pod("p", spec=spec)).objects("Pod")
    assert kept.spec["containers"][0]["image"] == IMAGES[image]


def test_what_a_rule_asks_of_a_request_is_not_kept() -> None:
    rule = {
        "when": [
            {"key": f"request.headers[x-{CANARY}]", "values": [CANARY]},
            {"key": "source.namespace", "values": ["shop"]},
        ]
    }
    policy = thing(
        "AuthorizationPolicy",
        "p",
        {"rules": [rule]},
        api="security.istio.io/v1",
        namespace="shop",
    )
    (kept,) = dump_of(policy).objects("AuthorizationPolicy", group="security.istio.io")
    assert kept.spec["rules"][0]["when"] == [
        {"key": "request.headers"},
        {"key": "source.namespace", "values": ["shop"]},
    ]
    assert list(dump_of(policy).objects("AuthorizationPolicy", group="policy.linkerd.io")) == []


FORMS = {
    "one list": listed(pod("a"), pod("b")),
    "compact": json.dumps({"kind": "List", "items": [pod("a"), pod("b")]}).encode(),
    "single objects after one another": b"\n".join(json.dumps(pod(each)).encode() for each in "ab"),
    "lists after one another": listed(pod("a")) + b"\n" + listed(pod("b")),
    "an array": json.dumps([pod("a"), pod("b")]).encode(),
    "a list of one kind without it in the items": json.dumps(
        {
            "kind": "PodList",
            "apiVersion": "v1",
            "items": [
                {
                    key: value
                    for key, value in pod(each).items()
                    if key not in {"kind", "apiVersion"}
                }
                for each in "ab"
            ],
        }
    ).encode(),
    "lists in an array": json.dumps(
        [{"kind": "List", "items": [pod(each)]} for each in "ab"]
    ).encode(),
    "lists in a list": json.dumps(
        {
            "kind": "List",
            "items": [
                {"kind": "PodList", "items": [pod("a")]},
                {"kind": "List", "items": [{"kind": "List", "items": [pod("b")]}]},
            ],
        }
    ).encode(),
    "with a byte order mark": codecs.BOM_UTF8 + listed(pod("a"), pod("b")),
    "as PowerShell writes it": listed(pod("a"), pod("b")).decode().encode("utf-16"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read(form: str) -> None:
    dump = dump_from(FORMS[form])
    assert [each.key for each in dump.items] == ["Pod/shop/a", "Pod/shop/b"]
    (source,) = dump.sources
    assert (source.items, source.cut) == (2, False)
    assert source.digest == hashlib.sha256(FORMS[form]).hexdigest()


@pytest.mark.parametrize(
    "empty", [{"kind": "List", "items": []}, {"kind": "PodList", "items": None}]
)
def test_a_list_of_nothing_is_a_list(empty: dict[str, object]) -> None:
    assert dump_from(json.dumps(empty).encode()).items == ()


def test_several_files_are_one_dump_and_an_object_given_twice_counts_once() -> None:
    dump = dump_from(listed(pod("a"), pod("b")), listed(pod("b"), pod("c")))
    assert [each.name for each in dump.items] == ["a", "b", "c"]
    assert (dump.twice, dump.kinds, len(dump.sources)) == (1, {"Pod": 3}, 2)


def test_the_servers_version_is_read() -> None:
    version = {"clientVersion": {"gitVersion": "v1"}, "serverVersion": {"gitVersion": "v1.33.4"}}
    dump = dump_from(json.dumps(version).encode(), listed(pod("a")))
    assert (dump.server, len(dump.items)) == ("v1.33.4", 1)


def test_a_page_of_a_list_is_cut_until_its_last_page_is_there() -> None:
    def page(name: str, goes_on: str) -> bytes:
        meta = {"continue": goes_on}
        return json.dumps({"kind": "PodList", "metadata": meta, "items": [pod(name)]}).encode()

    assert dump_from(page("a", "abc") + listed(service("cart"))).sources[0].cut
    assert not dump_from(page("a", "abc") + page("b", "")).sources[0].cut


@pytest.mark.parametrize("missing", [1, 20, 400, 2000])
def test_a_cut_file_is_read_as_far_as_it_goes(missing: int) -> None:
    whole = listed(*(pod(f"pod-{at}") for at in range(20)))
    dump = dump_from(whole[:-missing])
    assert dump.sources[0].cut
    assert 17 <= len(dump.items) <= 20


REFUSED = {
    "nothing": (b"  \n", "is empty: kubectl prints nothing when one of the kinds is not there"),
    "YAML": (b"apiVersion: v1\nkind: List\n", "is YAML: ask kubectl for it with -o json"),
    "YAML with a mark": (b"---\napiVersion: v1\n", "is YAML"),
    "a table": (b"NAME   READY\ncart   1/1\n", "is kubectl's table"),
    "an error": (b'Error from server (Forbidden): User "CANARY"', "with a message of kubectl's"),
    "a warning": (b"Warning: v1 is deprecated\n" + listed(pod("a")), "ask again without 2>&1"),
    "text": (b"hello", "is no JSON"),
    "gzip": (b"\x1f\x8b\x08\0", "give - and pipe `gunzip -c FILE` into it"),
    "another JSON": (b'{"name": "x"}', "is no Kubernetes object"),
    "a bare value": (b"[1, 2] 3", "is no JSON"),
    "damage": (listed(pod("a"), pod("b"))[:-200] + b"}}}]" * 9, "is damaged after 1 objects"),
    "depth": (b'{"kind": "Pod", "spec": ' + b"[" * 5000, "nested deeper than 200 levels"),
    "one giant": (b'{"kind": "Pod", "x": "' + b"x" * (33 * 2**20), "an object of more than 32 MB"),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_dump_is_refused_in_a_sentence(what: str) -> None:
    data, words = REFUSED[what]
    with pytest.raises(BadInput) as refused:
        dump_from(data)
    if what != "a bare value":
        assert refused.value.sentence.startswith("look-1.json")
        assert words in refused.value.sentence


def test_an_object_of_another_shape_is_left_out_and_named() -> None:
    odd = pod("odd", spec={"containers": "many", "hostNetwork": CANARY})
    dump = dump_of(pod("a"), odd, {"kind": "Pod", "metadata": None})
    assert [each.name for each in dump.items] == ["a"]
    assert dump.misshapen == (
        Misshapen("Pod/shop/odd", "spec.hostNetwork"),
        Misshapen("Pod/default", "metadata.name"),
    )


def test_fields_of_a_policy_that_are_not_known_are_told() -> None:
    policy = thing(
        "NetworkPolicy",
        "p",
        {"podSelector": {}, "ingress": [{"from": [{"fromTheFuture": CANARY}]}]},
        api="networking.k8s.io/v1",
        namespace="shop",
    )
    (kept,) = dump_of(policy).objects("NetworkPolicy")
    assert kept.unread == ("spec.ingress.from",)
    assert kept.spec == {"podSelector": {}, "ingress": [{"from": [{}]}]}


def test_empty_and_missing_stay_apart_and_null_is_missing() -> None:
    spec = {"podSelector": {}, "ingress": [], "egress": None, "policyTypes": ["Ingress"]}
    policy = thing("NetworkPolicy", "p", spec, api="networking.k8s.io/v1")
    (kept,) = dump_of(policy).objects("NetworkPolicy")
    assert kept.spec == {"podSelector": {}, "ingress": [], "policyTypes": ["Ingress"]}
    assert kept.namespace == "default"


def test_owners_and_namespaces_are_known() -> None:
    owned = pod("a", ownerReferences=[{"kind": "ReplicaSet", "name": "a-1", "controller": True}])
    dump = dump_of(owned, thing("Namespace", "shop", labels={"team": "x"}))
    (kept,) = dump.objects("Pod")
    assert kept.owner == OwnerReference("ReplicaSet", "a-1", True)
    assert dump.labels_of("shop") == {"kubernetes.io/metadata.name": "shop", "team": "x"}
    assert dump.labels_of("other") == {"kubernetes.io/metadata.name": "other"}


HUNDRED_MB = """
import json, pathlib, re
from bot.cluster.reading import Input, read
from bot.cluster.looking import cluster_of, look
from bot.knowledge import load
from tests.cluster.dumps import container, pod, pod_spec, service, workload
spec = pod_spec(container(), container("side"), nodeName="n")
same = workload("NAME", template={"labels": {"app": "cart"}}), service("NAME", {"port": 80})
same[1]["spec"]["selector"] = {"app": "cart"}
text = ",".join(json.dumps(each, indent=4) for each in (pod("NAME", spec=spec), *same))
class Long:
    at, left = 0, b'{"apiVersion": "v1", "items": ['
    def read(self, size):
        while len(self.left) < size and self.at * len(text) < 100 * 2**20:
            self.left += text.replace("NAME", f"pod-{self.at}").encode() + b","
            self.at += 1
            if self.at * len(text) >= 100 * 2**20:
                self.left = self.left[:-1] + b'], "kind": "List"}'
        given, self.left = self.left[:size], self.left[size:]
        return given
dump = read([Input("-", Long())])
assert len(dump.items) > 30_000 and not dump.sources[0].cut
pack = load()
assert look(pack, cluster_of(pack, dump)).counts.workloads_behind_a_service > 10_000
status = pathlib.Path("/proc/self/status").read_text()
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) // 1024)
"""


@pytest.mark.exhaustive
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to read the peak from")
def test_100_mb_are_read_in_less_than_200_mb_of_memory() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", HUNDRED_MB], check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) < 200
