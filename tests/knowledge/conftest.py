"""A small whole pack to break, one edit at a time."""

import shutil
from pathlib import Path

import pytest

from bot.errors import Faults
from bot.knowledge import load

SMALL = Path(__file__).parent / "small"


class Folder:
    """A copy of the small pack, called `pack` in the current folder."""

    def __init__(self, path):
        self.path = path

    def edit(self, file, old, new):
        """Replace what stands in a file exactly once."""
        written = (self.path / file).read_text("utf-8")
        assert written.count(old) == 1, f"{old!r} stands {written.count(old)} times in {file}"
        return self.write(file, written.replace(old, new))

    def write(self, file, text):
        """Give a file new content, as text or as bytes."""
        data = text if isinstance(text, bytes) else text.encode()
        (self.path / file).parent.mkdir(parents=True, exist_ok=True)
        (self.path / file).write_bytes(data)
        return self

    def faults(self):
        """What the loader says about it, line by line; none if it loads."""
        try:
            load(self.path)
        except Faults as error:
            return list(error.lines)
        return []


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, tmp_path / "pack")
    return Folder(Path("pack"))


@pytest.fixture
def layer(tmp_path, monkeypatch):
    """An empty pack that extends the shipped one."""
    monkeypatch.chdir(tmp_path)
    header = 'name: company\nversion: "7"\nschema: 1\nextends: meshfit\n'
    return Folder(Path("company")).write("pack.yaml", header)
