"""A watched folder: what people drop there is offered once it is whole.

A plain scan every few seconds, since notifications of changes do not exist on network drives. A file is whole when its
size and time have not changed between two scans and it can be opened; one that is written to again later is offered
again. What was offered is remembered across restarts; a file that was in work when the process died is offered again,
and the library itself recognises files that it has.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.ingest import files_in

SCAN_EVERY = 2.0  # seconds

Stamp = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


class Watcher:
    def __init__(self, folder: Path, memory: Path, every: float = SCAN_EVERY) -> None:
        self.folder = folder
        self.memory = memory
        self.every = every
        self._done: dict[str, Stamp] = self._remembered()
        self._seen: dict[str, Stamp] = {}

    def whole_files(self) -> Iterator[Path]:
        """Files as they become whole, without end. Call `done` for each after it is taken in."""
        while True:
            yield from self.scan()
            time.sleep(self.every)

    def scan(self) -> list[Path]:
        """The files that are new, and unchanged since the last scan."""
        now = {}
        for file in files_in(self.folder) if self.folder.is_dir() else ():
            if (stamp := _stamp(file)) and self._done.get(str(file)) != stamp:
                now[str(file)] = stamp
        whole = [Path(name) for name, stamp in now.items() if self._seen.get(name) == stamp]
        self._seen = now
        return whole

    def done(self, file: Path) -> None:
        """Remember that this file was offered, in the state in which it was seen whole."""
        self._done[str(file)] = self._seen[str(file)]
        self.memory.parent.mkdir(parents=True, exist_ok=True)
        draft = self.memory.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(self._done, ensure_ascii=False, indent=0), encoding="utf-8")
        draft.replace(self.memory)

    def _remembered(self) -> dict[str, Stamp]:
        try:
            text = self.memory.read_text(encoding="utf-8")
            return {name: (size, changed) for name, (size, changed) in json.loads(text).items()}
        except (FileNotFoundError, ValueError):
            return {}  # offered again, recognised by the library


def _stamp(file: Path) -> Stamp | None:
    try:
        found = file.stat()
        with file.open("rb"):  # on Windows a file that is being copied cannot be opened
            return found.st_size, found.st_mtime_ns
    except OSError:
        return None  # gone, or not ours to read yet
