"""The index folder: generations made aside and swapped in, and the log of entries that each of them holds.

`CURRENT` names the generation that counts, how much of its log and how many entries; replacing that one small file is
the only step by which anything becomes visible. What a writer that died left behind lies beyond it and is cut off by
the next writer. A generation's folder holds `entries.log`, `pairs` (those of its first entries) and whatever
else its engine keeps. The folder is private (0700): it may hold pickles, and those must never come from others.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout

from indexer.entry import TEXT_FIELDS, Entry, Stretch
from library.errors import SearchUnavailable
from library.query import DIMENSIONS

PATIENCE = 30.0
"""Seconds that a writer waits for another one."""

BUSY = "另一个进程正在更新索引"
MISSING = "还没有索引，请运行 python -m indexer sync"
STALE = "索引的格式或词典已更新，请运行 python -m indexer sync"
DAMAGED = "索引文件已损坏，请运行 python -m indexer rebuild"

_RECORD = struct.Struct("<II")  # bytes of the head, bytes of the text
_CODEC = "utf-16-le"  # quick to read: memory is filled with it at start
_NO_PICKLE = (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError)  # what damaged ones raise

_Head = tuple[Any, ...]  # of a case that was dropped, its id alone; see `_packed`


@dataclass(frozen=True)
class Note:
    """What `CURRENT` says."""

    generation: str
    signature: str
    length: int = 0  # bytes of the log that count
    entries: int = 0  # how many cases were ever put into this generation
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
        with self._log(note, start) as log:
            unpacked = _Unpacking()
            for head, size in _heads(log, note.length):
                yield unpacked.change(head, log.read(size))

    def texts(self, note: Note, first: int) -> Iterator[str]:
        """Of the entries from a number on; passes over those before."""
        with self._log(note) as log:
            number = 0
            for head, size in _heads(log, note.length):
                is_put = bool(head[1:])
                if is_put and number >= first:
                    yield log.read(size).decode(_CODEC, "surrogatepass")
                else:
                    log.seek(size, os.SEEK_CUR)
                number += is_put

    def fingerprints(self, note: Note) -> dict[str, str]:
        """Case id -> fingerprint of what was put last and not dropped; passes over the texts."""
        found: dict[str, str] = {}
        with self._log(note) as log:
            for head, size in _heads(log, note.length):
                log.seek(size, os.SEEK_CUR)
                if head[1:]:
                    found[head[0]] = head[1]
                else:
                    found.pop(head[0], None)
        return found

    @contextmanager
    def _log(self, note: Note, start: int = 0) -> Iterator[BinaryIO]:
        try:
            with (self.path(note) / "entries.log").open("rb") as log:
                if os.fstat(log.fileno()).st_size < note.length:
                    raise ValueError("the log is shorter than the note says")
                log.seek(start)
                yield log
        except (OSError, ValueError, KeyError, TypeError, struct.error, *_NO_PICKLE) as error:
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
    head: _Head = (change.drop,)
    if entry is not None:
        head = (
            entry.id,
            entry.fingerprint,
            tuple(entry.fields[name] for name in TEXT_FIELDS),
            tuple(tuple(stretch) for stretch in entry.stretches),
            tuple(tuple(entry.facets[name]) for name in DIMENSIONS),
            dict(entry.numbers),
            dict(entry.shown),
        )
        text = entry.text.encode(_CODEC, "surrogatepass")
    packed = pickle.dumps(head, pickle.HIGHEST_PROTOCOL)
    return _RECORD.pack(len(packed), len(text)) + packed + text


def _heads(log: BinaryIO, end: int) -> Iterator[tuple[_Head, int]]:
    """What stands before each text, and the bytes of the text; whoever asks reads the text or passes over it."""
    at = log.tell()
    while at < end:
        head_size, text_size = _RECORD.unpack(log.read(_RECORD.size))
        head = pickle.loads(log.read(head_size))  # noqa: S301  of our own private folder
        yield head, text_size
        at += _RECORD.size + head_size + text_size
        if at > end or log.tell() != at:
            raise ValueError("the log ends within a record")


class _Unpacking:
    """Makes entries of records; what thousands of them have in common is kept once."""

    def __init__(self) -> None:
        self._one: Callable[[Any, Any], Any] = {}.setdefault

    def change(self, head: _Head, text: bytes) -> Change:
        if not head[1:]:
            return Change(drop=head[0])
        one = self._one
        id, fingerprint, fields, stretches, facets, numbers, shown = head
        return Change(
            Entry(
                id,
                fingerprint,
                dict(zip(TEXT_FIELDS, fields, strict=True)),
                text.decode(_CODEC, "surrogatepass"),
                tuple([Stretch(one(steps, steps), start, end) for steps, start, end in stretches]),
                {name: one(values, values) for name, values in zip(DIMENSIONS, facets, strict=True)},
                numbers,
                shown,
            )
        )
