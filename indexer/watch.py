"""A watched folder: what people drop there is offered once it is whole.

A plain scan every few seconds, since notifications of changes do not exist on network drives. A file is whole when its
size and time have not changed between two scans and it can be opened; one that is written to again later is offered
again. What was offered is remembered across restarts; a file that was in work when the process died is offered again,
and the library itself recognises files that it has. A folder that is away for a while is no reason to forget.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from indexer.ingest import IGNORED

SCAN_EVERY = 2.0  # seconds

TOGETHER = 40
"""Files of one folder that are offered anew when one more arrives in it, so that a form finds the report that came
before it. A larger folder is an archive of many submissions."""

Stamp = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


class Watcher:
    def __init__(self, folder: Path, memory: Path, every: float = SCAN_EVERY) -> None:
        self.folder = folder
        self.memory = memory
        self.every = every
        self._done: dict[str, Stamp] = self._remembered()
        self._seen: dict[str, Stamp] = {}

    def offers(self) -> Iterator[list[Path]]:
        """The whole new files, each with the others of its folder. Call `done` for each after it is taken in."""
        groups: dict[str, list[Path]] = {}
        for file in self.scan():
            parts = file.relative_to(self.folder).parts
            groups.setdefault(parts[0], []).append(file)
        for first, new in groups.items():
            earlier = [file for file in map(Path, self._seen_in(first)) if file not in new]
            yield sorted([*new, *earlier]) if len(earlier) <= TOGETHER else new

    def scan(self) -> list[Path]:
        """The files that are new, and unchanged since the last scan."""
        now = {str(file): stamp for file in _files(self.folder) if (stamp := _stamp(file))}
        whole = [
            Path(name) for name, stamp in now.items() if self._seen.get(name) == stamp and self._done.get(name) != stamp
        ]
        self._seen = now
        return whole

    def is_done(self, file: Path) -> bool:
        """Whether it was offered before in the state in which it is now."""
        stamp = self._seen.get(str(file))
        return stamp is not None and self._done.get(str(file)) == stamp

    def done(self, file: Path) -> None:
        """Remember that this file was offered, in the state in which it was seen whole."""
        if self.is_done(file):
            return
        self._done[str(file)] = self._seen[str(file)]
        self.memory.parent.mkdir(parents=True, exist_ok=True)
        draft = self.memory.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(self._done, ensure_ascii=False, indent=0), encoding="utf-8")
        draft.replace(self.memory)

    def _seen_in(self, first: str) -> list[str]:
        """Files of a folder right in the watched one that were offered before."""
        inside = str(self.folder / first) + os.sep
        return [name for name in self._seen if name.startswith(inside) and self.is_done(Path(name))]

    def _remembered(self) -> dict[str, Stamp]:
        try:
            text = self.memory.read_text(encoding="utf-8")
            return {name: (size, changed) for name, (size, changed) in json.loads(text).items()}
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return {}  # offered again, recognised by the library


def _files(folder: Path) -> Iterator[Path]:
    """All files in it, in a stable order; folders that vanish meanwhile or may not be read are passed over."""
    for base, folders, files in os.walk(folder):  # passes over what it cannot list, and follows no links
        folders[:] = sorted(name for name in folders if not name.startswith(IGNORED))
        for name in sorted(files):
            file = Path(base, name)
            if not name.startswith(IGNORED) and not file.is_symlink():
                yield file


def _stamp(file: Path) -> Stamp | None:
    try:
        found = file.stat()
        with file.open("rb"):  # on Windows a file that is being copied cannot be opened
            return found.st_size, found.st_mtime_ns
    except OSError:
        return None  # gone, or not ours to read yet
