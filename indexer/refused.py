"""Files that could not be taken in are kept aside with the reason, so that nothing is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from library.corpus import Original


@dataclass(frozen=True)
class RefusedFile:
    name: str
    sha256: str
    reason: str
    when: str  # ISO 8601, UTC
    size: int  # bytes


class RefusedFiles:
    """A folder with two files for each: the bytes, and `<sha256>.json` that says what and why."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, original: Original, reason: str) -> RefusedFile:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        when = datetime.now(UTC).isoformat(timespec="seconds")
        entry = RefusedFile(original.name, original.sha256, reason, when, len(original.data))
        (self.folder / f"{entry.sha256}.bin").write_bytes(original.data)
        text = json.dumps(asdict(entry), ensure_ascii=False, indent=1)
        draft = self.folder / f"{entry.sha256}.{os.getpid()}"
        draft.write_text(text, encoding="utf-8")
        draft.replace(self.folder / f"{entry.sha256}.json")  # whole or not at all, also when killed
        return entry

    def __iter__(self) -> Iterator[RefusedFile]:
        """Oldest first."""
        entries = [RefusedFile(**json.loads(file.read_text(encoding="utf-8"))) for file in self.folder.glob("*.json")]
        yield from sorted(entries, key=lambda entry: entry.when)

    def content(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.bin"

    def forget(self, sha256: str) -> None:
        """A file that went in after all is no longer refused."""
        for end in (".json", ".bin"):
            (self.folder / f"{sha256}{end}").unlink(missing_ok=True)
