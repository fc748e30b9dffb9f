"""What the playground remembers from one start to the next, in one file beside the database."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError

from playground.world import Channel, File, Message, World

SAVE_SECONDS = 1.0


@dataclass
class Remembered:
    """Conversations and files; modals and Home are drawn anew."""

    # Bytes that are not text travel as base64.
    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    serial: int = 1
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[str, list[Message]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)


_JSON = TypeAdapter(Remembered)


class Memory:
    """Loads a world's past and saves its present whenever something changed."""

    def __init__(self, path: Path, world: World, lock: threading.RLock) -> None:
        self._path = path
        self._world = world
        self._lock = lock
        self._saved = -1
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="memory", daemon=True)

    def load(self) -> bool:
        """Take up where the last run ended; False when there is nothing that can be read."""
        try:
            kept = _JSON.validate_json(self._path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return False
        self._world.channels.update(kept.channels)
        self._world.messages, self._world.files = kept.messages, kept.files
        self._world.renumber(kept.serial)
        return True

    def save(self) -> None:
        """Write everything down, all of it or nothing."""
        with self._lock:
            world, self._saved = self._world, self._world.version
            serial = int(world.new_id(""), 16)
            text = _JSON.dump_json(Remembered(serial, world.channels, world.messages, world.files))
        draft = self._path.with_name(f"{self._path.name}.new")
        draft.write_bytes(text)
        os.replace(draft, self._path)

    def begin(self) -> None:
        """Save once a second from now on, when there is something new."""
        self._thread.start()

    def end(self) -> None:
        """Save for the last time."""
        self._ended.set()
        self._thread.join()
        self.save()

    def _run(self) -> None:
        while not self._ended.wait(SAVE_SECONDS):
            if self._world.version != self._saved:
                self.save()
