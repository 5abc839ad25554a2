"""The index folder: generations made aside and swapped in, and the log of entries that each of them holds.

`CURRENT` names the generation that counts, how much of its log and how many entries; replacing that one small file is
the only step by which anything becomes visible. What a writer that died left behind lies beyond it and is cut off by
the next writer. A generation's folder holds `entries.log`, `pairs` (the bitmap of its first entries) and whatever
else its engine keeps. The folder is private (0700): it may hold pickles, and those must never come from others.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.entry import Entry, Stretch
from library.errors import SearchUnavailable

PATIENCE = 30.0
"""Seconds that a writer waits for another one."""

BUSY = "另一个进程正在更新索引"
MISSING = "还没有索引，请运行 python -m indexer sync"
STALE = "索引的格式或词典已更新，请运行 python -m indexer sync"
DAMAGED = "索引文件已损坏，请运行 python -m indexer rebuild"

_RECORD = struct.Struct("<II")  # bytes of the head, bytes of the text
_CODEC = "utf-16-le"  # quick to read: memory is filled with it at start


@dataclass(frozen=True)
class Note:
    """What `CURRENT` says."""

    generation: str
    signature: str
    length: int = 0  # bytes of the log that count
    entries: int = 0  # how many cases were ever put into this generation
    paired: int = 0  # how many of them, from the first, are in `pairs`
    gone: tuple[str, ...] = ()  # ids of which the entries before number `before` no longer count
    before: int = 0


@dataclass(frozen=True)
class Change:
    """One record of the log: an entry that was put, or the id of a case that was dropped."""

    put: Entry | None = None
    drop: str = ""


class Generations:
    def __init__(self, folder: Path, signature: str) -> None:
        self.folder = folder
        self.signature = signature

    def note(self) -> Note | None:
        """What counts now; None if nothing was ever indexed. Raises when it cannot be used."""
        note = self._read_note()
        if note is not None and note.signature != self.signature:
            raise SearchUnavailable(reason=STALE)
        return note

    def stamp(self) -> tuple[int, int] | None:
        """Changes whenever the note does; cheap enough to look at before every search."""
        try:
            status = (self.folder / "CURRENT").stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_ino

    def path(self, note: Note) -> Path:
        return self.folder / note.generation

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time, whichever process it is in; a dead one holds nothing."""
        self._make_private()
        lock = FileLock(self.folder / "lock", timeout=PATIENCE)
        try:
            lock.acquire()
        except Timeout as error:
            raise SearchUnavailable(reason=BUSY) from error
        try:
            yield
        finally:
            lock.release()

    def begin(self) -> Note:
        """A new, empty generation, seen by nobody yet."""
        note = Note(f"{self.signature[:8]}-{time.time_ns()}", self.signature)
        self.path(note).mkdir(mode=0o700)
        (self.path(note) / "entries.log").touch()
        return note

    def publish(self, note: Note) -> None:
        aside = self.folder / "CURRENT.new"
        with aside.open("w", encoding="utf-8") as file:
            json.dump(asdict(note), file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.folder / "CURRENT")

    def discard(self, note: Note) -> None:
        shutil.rmtree(self.path(note), ignore_errors=True)

    def discard_old(self, *kept: Note | None) -> None:
        """Remove all generations but these; one that a reader still has open may stay (Windows)."""
        names = {note.generation for note in kept if note}
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in names:
                shutil.rmtree(path, ignore_errors=True)

    def append(self, note: Note, changes: Iterable[Change]) -> Note:
        """Write to the end of the log, to stay; returns the note under which it counts."""
        put = 0
        gone = []
        with (self.path(note) / "entries.log").open("ab") as log:
            log.truncate(note.length)  # what a writer left that died
            for change in changes:
                log.write(_packed(change))
                put += change.put is not None
                gone.append(change.put.id if change.put else change.drop)
            log.flush()
            os.fsync(log.fileno())
            length = log.tell()
        return replace(note, length=length, entries=note.entries + put, gone=tuple(gone), before=note.entries)

    def read(self, note: Note, start: int = 0) -> Iterator[Change]:
        """The log's records from a byte on."""
        try:
            with (self.path(note) / "entries.log").open("rb") as log:
                log.seek(start)
                data = log.read(note.length - start)
            yield from _unpacked(data)
        except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
            raise SearchUnavailable(reason=DAMAGED) from error

    def _read_note(self) -> Note | None:
        try:
            note = json.loads((self.folder / "CURRENT").read_text(encoding="utf-8"))
            return Note(**{**note, "gone": tuple(note.get("gone", ()))})
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, AttributeError) as error:
            raise SearchUnavailable(reason=DAMAGED) from error

    def _make_private(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)


def _packed(change: Change) -> bytes:
    entry, text = change.put, b""
    head: dict[str, object] = {"drop": change.drop}
    if entry is not None:
        head = {
            "id": entry.id,
            "fingerprint": entry.fingerprint,
            "fields": entry.fields,
            "stretches": entry.stretches,
            "facets": entry.facets,
            "numbers": entry.numbers,
            "shown": entry.shown,
        }
        text = entry.text.encode(_CODEC, "surrogatepass")
    packed = json.dumps(head, ensure_ascii=False).encode()
    return _RECORD.pack(len(packed), len(text)) + packed + text


def _unpacked(data: bytes) -> Iterator[Change]:
    at = 0
    while at < len(data):
        head_size, text_size = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        head = json.loads(data[at : at + head_size])
        at += head_size
        text = data[at : at + text_size].decode(_CODEC, "surrogatepass")
        at += text_size
        if at > len(data):
            raise ValueError("the log ends within a record")
        yield Change(drop=head["drop"]) if "drop" in head else Change(_entry(head, text))


def _entry(head: dict[str, object], text: str) -> Entry:
    stretches = tuple(Stretch(tuple(steps), start, end) for steps, start, end in head["stretches"])  # type: ignore[attr-defined]
    return Entry(**{**head, "stretches": stretches, "text": text})  # type: ignore[arg-type]
