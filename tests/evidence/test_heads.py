"""A raw dump is known by its first kilobytes, however it is written; nothing else is."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import RawDump
from bot.evidence.heads import HEAD, refuse_dump
from tests.cluster.dumps import listed, pod, service, workload
from tests.gathered import SAMPLES
from tests.incidents import exports

LISTED = listed(workload("cart"), service("cart"), pod("cart-1"))
SORTED = json.dumps(json.loads(LISTED), indent=4, sort_keys=True).encode()
ONE = json.dumps(workload("cart")).encode()
YAML = b"""apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: cart}
kind: List
"""


def zipped(content: bytes, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    with zipfile.ZipFile(written := io.BytesIO(), "w", packed) as archive:
        archive.writestr("look.json", content)
    return written.getvalue()


DUMPS = {
    "a list": LISTED,
    "sorted by jq": SORTED,
    "one object": ONE,
    "one a line": ONE + b"\n" + ONE,
    "an array": b"[" + ONE + b"]",
    "the API's own list": b'{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}',
    "secrets first": b'{"items":[{"data":{"key":"x"},"kind":"Secret","apiVersion":"v1"}]}',
    "what is applied": b'{"metadata":{"managedFields":[]}}',
    "YAML": YAML,
    "YAML of one": b"# from prod\n---\nkind: Secret\napiVersion: v1\ndata: {a: b}\n",
    "YAML of a list of objects": b"- apiVersion: v1\n  kind: Secret\n",
    "behind a warning": b"Warning: v1 ComponentStatus is deprecated\n" + LISTED,
    "behind a prompt": b"$ kubectl get secrets -o yaml\n" + YAML,
    "with blanks and a mark": b"\xef\xbb\xbf\n\n  " + LISTED,
    "by PowerShell": "\ufeff".encode("utf-16-le") + LISTED.decode().encode("utf-16-le"),
    "the other way round": "\ufeff".encode("utf-16-be") + YAML.decode().encode("utf-16-be"),
    "packed": gzip.compress(LISTED),
    "in an archive": zipped(LISTED),
    "in an archive as it is": zipped(YAML, zipfile.ZIP_STORED),
}
OTHERS = {
    "nothing": b"",
    "a damaged archive": b"PK\x03\x04" + bytes(4),
    "a damaged gzip": b"\x1f\x8b" + bytes(40),
    "prose that quotes one": b"Runbook\n\napiVersion: v1\nkind: Pod\n",
    "a CSV that quotes one": b'id,title,notes\n1,broken,"apiVersion: v1\nkind: Pod"\n',
    "an issue that quotes one": json.dumps({"body": '{"apiVersion": "v1"}'}).encode(),
    "a CSV with JSON in it": b'id,what\n1,"{""apiVersion"": ""v1""}"\n',
    "kubectl version": b'{"serverVersion": {"gitVersion": "v1.33.1"}}',
    "incident.io": exports.incident_io(),
    "a spreadsheet": exports.spreadsheet(),
}


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_is_refused(name: str) -> None:
    with pytest.raises(RawDump) as refused:
        refuse_dump(DUMPS[name][:HEAD])
    assert str(refused.value) == str(RawDump())
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("name", OTHERS)
def test_what_else_people_upload_is_not(name: str) -> None:
    refuse_dump(OTHERS[name][:HEAD])


def test_no_result_of_a_load_test_is_taken_for_one() -> None:
    files = [each for each in SAMPLES.rglob("*") if each.is_file()]
    assert len(files) > 20
    for each in files:
        refuse_dump(each.read_bytes()[:HEAD])


@settings(deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_whatever_comes_is_either_refused_or_not(head: bytes) -> None:
    for begun in (b"", b"\x1f\x8b", b"PK\x03\x04", b'{"apiVersion"', b"apiVersion:", b"\xff\xfe"):
        with suppress(RawDump):
            refuse_dump(begun + head)
