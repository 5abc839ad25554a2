"""Parsed cases kept beside the corpus, so that a case is read from YAML once and not at every page.

Only a cache: keyed by the hash of the case file's bytes, so it cannot be stale, and safe to delete.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from library.case import Case

_PACKED = msgspec.msgpack.Encoder()
_UNPACKED = msgspec.msgpack.Decoder(Case)
_SCHEMA = hashlib.sha256(json.dumps(msgspec.json.schema(Case), sort_keys=True).encode()).hexdigest()[:16]
RULES = 2  # raise when the meaning of case files changes though their fields do not

MOST_RECENT = 300
"""Cases kept in memory as well: those that many ask for are on many pages. 300 of 7,500 characters take 9 MB."""

_TABLES = """
    CREATE TABLE IF NOT EXISTS parsed (id TEXT PRIMARY KEY, sha256 TEXT, body BLOB);
    CREATE TABLE IF NOT EXISTS sources (sha256 TEXT PRIMARY KEY, id TEXT);
    CREATE TABLE IF NOT EXISTS followed (id TEXT PRIMARY KEY);
    CREATE INDEX IF NOT EXISTS sources_id ON sources (id);
"""


class ParsedCases:
    """`file` None keeps all in memory."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._local = threading.local()
        self._shared = None if file else self._open(":memory:")
        self._lock = threading.Lock()
        self._recent: dict[tuple[str, str], Case] = {}  # by id and hash

    def get(self, case_id: str, content: bytes, parse: Callable[[], Case]) -> Case:
        """The case of these bytes: from the cache, else by `parse`, whose errors pass through."""
        sha256 = hashlib.sha256(content).hexdigest()
        case = self._recent.get((case_id, sha256))
        if case is None:
            case = self._read(case_id, sha256, parse)
            with self._lock:
                self._recent[case_id, sha256] = case
                while len(self._recent) > MOST_RECENT:
                    del self._recent[next(iter(self._recent))]
        return case

    def _read(self, case_id: str, sha256: str, parse: Callable[[], Case]) -> Case:
        db = self._db()
        row = db.execute("SELECT sha256, body FROM parsed WHERE id = ?", (case_id,)).fetchone()
        if row and row[0] == sha256:
            try:
                return _UNPACKED.decode(row[1])
            except (msgspec.MsgspecError, UnicodeDecodeError):
                pass  # damaged; parse again
        case = parse()
        self._run("REPLACE INTO parsed VALUES (?, ?, ?)", (case_id, sha256, _PACKED.encode(case)))
        return case

    def follow_sources(self, ids: Iterable[str], sources_of: Callable[[str], list[str]]) -> None:
        """Learn the originals of cases that are new here, forget those of cases that are gone."""
        present = set(ids)
        known = {row[0] for row in self._db().execute("SELECT id FROM followed")}
        for case_id in known - present:
            self.forget_sources(case_id)
        for case_id in sorted(present - known):
            for sha256 in sources_of(case_id):
                self._run("REPLACE INTO sources VALUES (?, ?)", (sha256, case_id))
            self._run("REPLACE INTO followed VALUES (?)", (case_id,))

    def forget_sources(self, case_id: str) -> None:
        self._run("DELETE FROM sources WHERE id = ?", (case_id,))
        self._run("DELETE FROM followed WHERE id = ?", (case_id,))

    def case_of(self, sha256: str) -> str | None:
        row = self._db().execute("SELECT id FROM sources WHERE sha256 = ?", (sha256,)).fetchone()
        return row[0] if row else None

    def _run(self, statement: str, values: tuple[object, ...]) -> None:
        with self._lock, self._db() as db:
            db.execute(statement, values)

    def _db(self) -> sqlite3.Connection:
        if self._shared is not None:
            return self._shared
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            assert self._file is not None
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            db = self._local.db = self._open(str(self._file))
        return db

    def _open(self, where: str) -> sqlite3.Connection:
        db = sqlite3.connect(where, timeout=30, check_same_thread=False, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")  # a cache: losing it costs a little time only
        signature = int(_SCHEMA[:7], 16) ^ RULES
        if db.execute("PRAGMA user_version").fetchone()[0] != signature:
            db.execute("DROP TABLE IF EXISTS parsed")
            db.execute(f"PRAGMA user_version = {signature}")
        db.executescript(_TABLES)
        return db
