"""Folders and files that are missing, misplaced, in another encoding, too many or too large."""

import gc
import os

import pytest


def test_a_folder_that_is_not_there(small):
    small.path = small.path.parent / "nowhere"
    assert small.faults() == ["nowhere: cannot be listed: No such file or directory"]


def test_a_file_where_a_folder_should_be(small):
    small.path = small.path / "pack.yaml"
    assert small.faults() == ["pack/pack.yaml: cannot be listed: Not a directory"]


def test_a_folder_without_any_yaml(small):
    small.path = small.path / "nothing"
    small.path.mkdir()
    assert small.faults() == ["pack/nothing: holds 0 .yaml files, 1 to 500 are read"]


@pytest.mark.parametrize(
    ("file", "content", "line"),
    [
        ("a.yaml", b"caf\xe9: 1", "pack/a.yaml:1: is not UTF-8 text: save it as UTF-8"),
        ("a.yaml", b"a: 1\nb: \xff", "pack/a.yaml:2: is not UTF-8 text: save it as UTF-8"),
        ("a.yaml", "a: 1".encode("utf-16"), "pack/a.yaml:1: is not UTF-8 text: save it as UTF-8"),
        ("a.yaml", b"", "pack/a.yaml:1: is empty"),
        ("a.yaml", b"- 1", "pack/a.yaml:1: is not a mapping of sections"),
        ("a.yaml", b"a", "pack/a.yaml:1: is not a mapping of sections"),
        ("a.yaml", b"null", "pack/a.yaml:1: is not a mapping of sections"),
        ("a.yaml", b"x" * 4_000_001, "pack/a.yaml:1: is too large: at most 1,000,000 characters"),
        ("a.yml", b"a: 1", "pack/a.yml:1: is not read: call it a.yaml"),
        (
            "entry/a.yaml",
            b"a: 1",
            "pack/entry/a.yaml:1: is not read: a pack has the folders entries, examples, findings, "
            "did you mean 'entries'?",
        ),
        (
            "entries/more/a.yaml",
            b"a: 1",
            "pack/entries/more/a.yaml:1: is not read: a pack has the folders "
            "entries, examples, findings",
        ),
    ],
)
def test_a_file_that_cannot_be_used(small, file, content, line):
    assert small.write(file, content).faults() == [line]


def test_a_byte_order_mark_is_no_fault(small):
    small.write("pack.yaml", b"\xef\xbb\xbf" + (small.path / "pack.yaml").read_bytes())
    assert small.faults() == []


def test_links_are_followed_and_rings_end(small):
    os.rename("pack/pack.yaml", "header")
    os.symlink("../header", "pack/pack.yaml")
    os.symlink(".", "pack/.again")
    assert small.faults() == []
    os.symlink("loop.yaml", "pack/loop.yaml")
    assert small.faults() == ["pack/loop.yaml:1: is not a file, or a link that leads nowhere"]


def test_a_ring_of_folders_ends(small):
    os.symlink("..", "pack/entries/up")
    assert all("is not read" in line for line in small.faults())


def test_a_pipe_is_not_waited_for(small):
    os.mkfifo("pack/pipe.yaml")
    assert small.faults() == ["pack/pipe.yaml:1: is not a file, or a link that leads nowhere"]


def test_hidden_files_are_not_read(small):
    assert small.write(".draft.yaml", "not: [finished").faults() == []


def test_too_many_files(small):
    for n in range(501):
        small.write(f"entries/{n}.yaml", "entries: {}")
    assert small.faults() == ["pack: holds 510 .yaml files, 1 to 500 are read"]


@pytest.fixture
def often():
    """Garbage is looked for at every fiftieth object; what is looked for is noted."""
    looked, before = [], gc.get_threshold()

    def note(phase, _told):
        looked.append(phase)

    gc.callbacks.append(note)
    gc.set_threshold(50)
    yield looked
    gc.set_threshold(*before)
    gc.callbacks.remove(note)
    gc.enable()


@pytest.mark.parametrize("was_on", [True, False])
@pytest.mark.parametrize("sound", [True, False])
def test_no_garbage_is_looked_for_while_a_pack_is_read_and_then_as_before(
    small, often, was_on, sound
):
    if not sound:
        small.write("a.yaml", "a: 1")
    (gc.enable if was_on else gc.disable)()
    often.clear()
    assert (small.faults() == []) is sound
    assert len(often) < 20
    assert gc.isenabled() is was_on
