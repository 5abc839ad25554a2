"""Sketches of all cases, to find the few that a report may be a copy of without reading them all.

A cache in the data folder: one SQLite file that may be deleted at any time. Cases are looked at again when the time or
size of their file changes; what is found is always confirmed on the cases themselves.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from collections import Counter, defaultdict
from pathlib import Path

from indexer.same_result import title_key
from indexer.wordings import Wording
from library.corpus import Corpus
from library.errors import CaseNotFound, InvalidCase

_FORMAT = 1  # raise when sketches or title keys are made in another way
_TABLES = """
    CREATE TABLE IF NOT EXISTS cases (
        number INTEGER PRIMARY KEY, id TEXT UNIQUE, changed INTEGER, size INTEGER, title TEXT, has_text INTEGER);
    CREATE INDEX IF NOT EXISTS titles ON cases (title);
    CREATE TABLE IF NOT EXISTS hashes (hash INTEGER, number INTEGER, PRIMARY KEY (hash, number)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS by_case ON hashes (number);
"""
_COMMON = 0.2  # a shingle that more than this share of the cases has tells nothing (质量管理)


class Sketches:
    """`file` None keeps all in memory."""

    def __init__(self, corpus: Corpus, file: Path | None) -> None:
        self._corpus = corpus
        self._file = file
        self._open: sqlite3.Connection | None = None
        self._lock = threading.RLock()  # the site asks from several threads

    def follow(self) -> None:
        """Learn the cases that are new or changed, forget those that are gone."""
        there = self._corpus.stamps()
        with self._lock:
            rows = self._db().execute("SELECT id, changed, size FROM cases")
            known = {case_id: (changed, size) for case_id, changed, size in rows}
            with self._db() as db:
                for case_id in known.keys() - there.keys():
                    _forget(db, case_id)
            for case_id, stamp in there.items():
                if known.get(case_id) != stamp:
                    self._learn(case_id, stamp)

    def like(self, wording: Wording, most: int) -> list[str]:
        """Ids of the cases that share most rare shingles with this wording, the likeliest first."""
        with self._lock:
            db = self._db()
            total = db.execute("SELECT COUNT(*) FROM cases WHERE has_text").fetchone()[0]
            weights: Counter[int] = Counter()
            for numbers in self._holders(wording).values():
                if len(numbers) <= max(20, _COMMON * total):
                    weights.update(dict.fromkeys(numbers, math.log1p(total / len(numbers))))
            best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
            return [db.execute("SELECT id FROM cases WHERE number = ?", (number,)).fetchone()[0] for number, _ in best]

    def titled(self, title: str) -> list[str]:
        """Ids of the cases of this title, however it is written; also those without full text."""
        with self._lock:
            rows = self._db().execute("SELECT id FROM cases WHERE title = ? ORDER BY id", (title_key(title),))
            return [row[0] for row in rows]

    def _holders(self, wording: Wording) -> dict[int, list[int]]:
        """Hash -> the cases that have it, for every hash of the wording."""
        holders: defaultdict[int, list[int]] = defaultdict(list)
        for some in _batches(sorted(wording.sketch)):
            marks = ",".join("?" * len(some))
            for hash_, number in self._db().execute(f"SELECT hash, number FROM hashes WHERE hash IN ({marks})", some):  # noqa: S608
                holders[hash_].append(number)
        return holders

    def _learn(self, case_id: str, stamp: tuple[int, int]) -> None:
        try:
            case = self._corpus.get(case_id)
            title, wording = title_key(case.title), Wording.of(case)
        except (CaseNotFound, InvalidCase):
            title, wording = "", Wording([])  # `check` tells of it
        row = (case_id, *stamp, title, bool(wording.sketch))
        with self._db() as db:
            db.execute("BEGIN IMMEDIATE")  # another process may learn the same case just now
            _forget(db, case_id)
            insert = "INSERT INTO cases (id, changed, size, title, has_text) VALUES (?, ?, ?, ?, ?)"
            number = db.execute(insert, row).lastrowid
            db.executemany("INSERT OR IGNORE INTO hashes VALUES (?, ?)", [(hash_, number) for hash_ in wording.sketch])

    def _db(self) -> sqlite3.Connection:
        if self._open is None:
            try:
                self._open = self._connect()
            except sqlite3.DatabaseError:
                if not self._file:
                    raise
                self._file.unlink(missing_ok=True)  # damaged; a cache is made again
                self._open = self._connect()
        return self._open

    def _connect(self) -> sqlite3.Connection:
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        db = sqlite3.connect(self._file or ":memory:", timeout=30, check_same_thread=False)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")  # a cache: losing it costs a little time only
        if db.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            db.executescript("DROP TABLE IF EXISTS cases; DROP TABLE IF EXISTS hashes;")
            db.execute(f"PRAGMA user_version = {_FORMAT}")
        db.executescript(_TABLES)
        return db


def _forget(db: sqlite3.Connection, case_id: str) -> None:
    db.execute("DELETE FROM hashes WHERE number IN (SELECT number FROM cases WHERE id = ?)", (case_id,))
    db.execute("DELETE FROM cases WHERE id = ?", (case_id,))


def _batches(hashes: list[int], size: int = 500) -> list[list[int]]:
    return [hashes[at : at + size] for at in range(0, len(hashes), size)]
