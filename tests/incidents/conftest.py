"""The command in an empty folder, as the other commands are tested."""

from tests.terminal.conftest import meshfit

__all__ = ["meshfit"]
