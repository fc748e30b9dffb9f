"""Whatever is handed to the reader: objects or one sentence, and never a canary."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cluster.looking import cluster_of, look
from bot.errors import BadInput
from tests.cluster.dumps import CANARY, container, dump_from, listed, pod, pod_spec, service, thing
from tests.cluster.situations import CASES
from tests.shipped import SHIPPED as PACK

pytestmark = pytest.mark.exhaustive

Step = str | int

WHOLE = listed(
    thing("Namespace", "shop"),
    pod("cart", spec=pod_spec(container(ports=[{"containerPort": 80}]))),
    service("cart", {"port": 80, "targetPort": "http"}),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(
    ["Pod", "Service", "Deployment", "NetworkPolicy", "Node", "Server", "X", "List"]
)
FIELDS = st.sampled_from(
    [
        *("spec", "status", "metadata", "labels", "containers", "ports", "name", "template"),
        *("podSelector", "ingress", "from", "items", "namespace", "kind"),
    ]
)
ODD = st.recursive(JSON, lambda inner: st.dictionaries(FIELDS, inner, max_size=5), max_leaves=20)


def outcome(data: bytes) -> str:
    """What comes of some bytes, as text."""
    try:
        return repr(dump_from(data))
    except BadInput as error:
        return error.sentence


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=3))
def test_a_damaged_dump_gives_objects_or_a_sentence(at: int, odd: bytes) -> None:
    assert CANARY not in outcome(WHOLE[:at] + odd + WHOLE[at + len(odd) :])


@given(st.integers(0, len(WHOLE)))
def test_a_dump_cut_anywhere_tells_no_canary(at: int) -> None:
    assert CANARY not in outcome(WHOLE[:at])


@given(KINDS, ODD, ODD, ODD)
def test_objects_of_any_shape_are_kept_or_named(
    kind: str, metadata: object, spec: object, status: object
) -> None:
    data = {"kind": kind, "apiVersion": "v1", "metadata": metadata, "spec": spec, "status": status}
    with suppress(ValueError):
        assert outcome(json.dumps(data, allow_nan=False).encode())


THINGS = [each for case in CASES.values() for each in case.things]


def paths(value: object, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Every place in an object."""
    inner = value.items() if isinstance(value, dict) else ()
    for step, each in enumerate(value) if isinstance(value, list) else inner:
        yield (*path, step)
        yield from paths(each, (*path, step))


@given(st.data())
def test_a_look_at_objects_bent_anywhere_is_a_look(data: st.DataObject) -> None:
    things = copy.deepcopy(data.draw(st.lists(st.sampled_from(THINGS), min_size=1, max_size=4)))
    for each in things:
        *way, last = data.draw(st.sampled_from(sorted(paths(each), key=str)))
        at: Any = each
        for step in way:
            at = at[step]
        at[last] = data.draw(JSON)
    with suppress(ValueError, BadInput):
        text = json.dumps({"kind": "List", "items": things}, allow_nan=False)
        assert look(PACK, cluster_of(PACK, dump_from(text.encode()))).counts


@given(st.binary(max_size=200))
def test_any_bytes_give_objects_or_a_sentence(data: bytes) -> None:
    assert outcome(data)
