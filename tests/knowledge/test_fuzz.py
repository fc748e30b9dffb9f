"""Whatever stands in a pack's files, the loader answers with a pack or with lines, no trace."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import Faults
from bot.knowledge import load
from bot.knowledge.marks import plain
from bot.knowledge.reading import read
from tests.knowledge.conftest import SMALL

pytestmark = pytest.mark.exhaustive

FILES = {
    str(file.relative_to(SMALL)): plain(read(file.read_text("utf-8"), file.name).tree)
    for file in sorted(SMALL.rglob("*.yaml"))
}
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["named", "services", "owner", "field", "meshfit", "{services}", "before"]),
)
keys = st.one_of(st.text(max_size=8), st.sampled_from(["any", "not", "id", "when", "before", "<<"]))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


def paths(tree, here=()):
    """The way to every value inside a document."""
    yield here
    inside = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for key, value in inside:
        yield from paths(value, (*here, key))


SPOTS = [(file, path) for file, tree in FILES.items() for path in paths(tree)]


def with_value(tree, path, value):
    """The document with one value replaced."""
    if not path:
        return value
    copy = tree.copy()
    copy[path[0]] = with_value(tree[path[0]], path[1:], value)
    return copy


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "pack"
    shutil.copytree(SMALL, path)
    return path


def answers_with_lines(folder):
    lines = ["sound"]
    try:
        load(folder)
    except Faults as error:
        lines = error.lines
    assert lines
    assert all(line.isprintable() and len(line) < 1000 for line in lines)


def put(folder: Path, file, data):
    """Run the loader with one file changed."""
    whole = (SMALL / file).read_bytes()
    try:
        (folder / file).write_bytes(data)
        answers_with_lines(folder)
    finally:
        (folder / file).write_bytes(whole)


@QUICK
@given(st.sampled_from(SPOTS), values)
def test_any_value_in_any_place(folder, spot, value):
    file, path = spot
    changed = with_value(FILES[file], path, value)
    put(folder, file, json.dumps(changed, ensure_ascii=False).encode("utf-8", "replace"))


@QUICK
@given(st.sampled_from(SPOTS), keys, values)
def test_any_key_in_any_place(folder, spot, key, value):
    file, path = spot
    tree = FILES[file]
    for step in path:
        tree = tree[step]
    if isinstance(tree, dict):
        value = tree | {key: value}
    changed = with_value(FILES[file], path, value)
    put(folder, file, json.dumps(changed, ensure_ascii=False).encode("utf-8", "replace"))


@QUICK
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=40), st.floats(0, 1))
def test_any_bytes_in_the_middle_of_a_file(folder, file, noise, where):
    whole = (SMALL / file).read_bytes()
    cut = int(len(whole) * where)
    put(folder, file, whole[:cut] + noise + whole[cut:])


@settings(QUICK, max_examples=40)
@given(values)
def test_any_layer(tmp_path, value):
    header = {"name": "company", "version": "1", "schema": 1, "extends": "meshfit"}
    layer = header | value if isinstance(value, dict) else header | {"questions": value}
    (tmp_path / "pack.yaml").write_text(json.dumps(layer), "utf-8")
    answers_with_lines(tmp_path)
