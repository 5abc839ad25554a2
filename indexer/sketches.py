"""Sketches of all cases, to find the few that a report may be a copy of without reading them all.

A cache in the data folder: one SQLite file that may be deleted at any time. Cases are looked at again when the time or
size of their file changes; what is found is always confirmed on the cases themselves.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.same_result import title_key
from indexer.wordings import Wording
from library.case import Case
from library.corpus import Corpus, Stamp
from library.errors import CaseNotFound, InvalidCase

_FORMAT = 2  # raise when sketches or title keys are made in another way
_TABLES = """
    CREATE TABLE IF NOT EXISTS cases (
        number INTEGER PRIMARY KEY, id TEXT UNIQUE, changed INTEGER, size INTEGER, title TEXT, sketch BLOB);
    CREATE INDEX IF NOT EXISTS titles ON cases (title);
"""
_COMMON = 0.2  # a shingle that more than this share of the cases has tells nothing (质量管理)
Numbers = npt.NDArray[Any]
_HASH = np.dtype("<u4")

Progress = Callable[[int, int], None]
"""Is told of how many cases of how many a sketch is made."""


class Sketches:
    """`file` None keeps all in memory. `progress` is told while many sketches are made."""

    def __init__(self, corpus: Corpus, file: Path | None, progress: Progress | None = None) -> None:
        self._corpus = corpus
        self._file = file
        self._progress = progress
        self._open: sqlite3.Connection | None = None
        self._lock = threading.RLock()  # the site asks from several threads

    def follow(self) -> None:
        """Learn the cases that are new or changed, forget those that are gone."""
        there = self._corpus.stamps()
        with self._lock:
            rows = self._db().execute("SELECT id, changed, size FROM cases")
            known = {case_id: (changed, size) for case_id, changed, size in rows}
            for case_id in known.keys() - there.keys():
                self._run("DELETE FROM cases WHERE id = ?", (case_id,))
            new = [case_id for case_id, stamp in there.items() if known.get(case_id) != stamp]
            for done, case_id in enumerate(new):
                if self._progress and done % 100 == 0 and len(new) > 100:
                    self._progress(done, len(new))
                self.learn(case_id, there[case_id], self._read(case_id))

    def learn(self, case_id: str, stamp: Stamp, case: Case | None) -> None:
        """Keep the sketch of a case that was read after its file had this stamp; None if it could not be read."""
        if self._knows(case_id, stamp):
            return
        title, sketch = "", b""
        if case is not None:
            title = title_key(case.title)
            sketch = np.array(sorted(Wording.of(case).sketch), dtype=_HASH).tobytes()
        with self._lock:
            values = "(id, changed, size, title, sketch) VALUES (?, ?, ?, ?, ?)"
            self._run(f"REPLACE INTO cases {values}", (case_id, *stamp, title, sketch))

    def like(self, wording: Wording, most: int) -> list[str]:
        """Ids of the cases that share most rare shingles with this wording, the likeliest first."""
        asked = np.array(sorted(wording.sketch), dtype=_HASH)
        with self._lock:
            rows = self._db().execute("SELECT id, sketch FROM cases WHERE sketch != x'' ORDER BY number").fetchall()
        if not rows or not len(asked):
            return []
        hashes = np.frombuffer(b"".join(sketch for _, sketch in rows), dtype=_HASH)
        owners = np.repeat(np.arange(len(rows)), [len(sketch) // _HASH.itemsize for _, sketch in rows])
        places, which = _common(hashes, asked)
        held = np.bincount(which, minlength=len(asked))  # by how many cases
        weights = np.log1p(len(rows) / np.maximum(held, 1)) * (held <= max(20, _COMMON * len(rows)))
        sums = np.bincount(owners[places], weights[which], minlength=len(rows))
        best = np.argsort(-sums, kind="stable")[:most]
        return [rows[number][0] for number in best if sums[number] > 0]

    def titled(self, title: str) -> list[str]:
        """Ids of the cases of this title, however it is written; also those without full text."""
        with self._lock:
            rows = self._db().execute("SELECT id FROM cases WHERE title = ? ORDER BY id", (title_key(title),))
            return [row[0] for row in rows]

    def _knows(self, case_id: str, stamp: Stamp) -> bool:
        with self._lock:
            row = self._db().execute("SELECT changed, size FROM cases WHERE id = ?", (case_id,)).fetchone()
        return bool(row == stamp)

    def _read(self, case_id: str) -> Case | None:
        try:
            return self._corpus.get(case_id)
        except (CaseNotFound, InvalidCase):
            return None  # `check` tells of it

    def _run(self, statement: str, values: tuple[object, ...]) -> None:
        with self._db() as db:
            db.execute(statement, values)

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


def _common(hashes: Numbers, asked: Numbers) -> tuple[Numbers, Numbers]:
    """Where hashes stand that are asked for, and which of those (sorted) each of them is."""
    marked = np.zeros(1 << 16, dtype=bool)  # by their lower half: leaves one in a hundred to be looked up
    marked[asked & 0xFFFF] = True
    places = np.flatnonzero(marked[hashes & 0xFFFF])
    which = np.searchsorted(asked, hashes[places]).clip(max=len(asked) - 1)
    same = asked[which] == hashes[places]
    return places[same], which[same]
