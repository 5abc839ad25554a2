"""SQLite FTS5: words by its default tokenizer, values in a table beside it, its own ranking and snippets."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers.site import FACETS, SHOWN, Asked, Found, Hit, spaced, text_of, values_of
from library.case import Case

TABLES = """
    PRAGMA journal_mode = WAL;
    CREATE VIRTUAL TABLE IF NOT EXISTS page USING fts5(title, text);
    CREATE TABLE IF NOT EXISTS report (id INTEGER PRIMARY KEY, shown, unit, year, category, type, specialty);
    CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, unit, year, category, type, specialty);
"""
FROM = "FROM page JOIN report ON report.id = page.rowid WHERE page MATCH :words"
SNIPPET = "snippet(page, 1, '<mark>', '</mark>', '…', 32)"


class Fts5:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "fts5.sqlite"
        self.local = threading.local()

    def _db(self) -> sqlite3.Connection:
        """One connection a thread."""
        if not hasattr(self.local, "db"):
            self.local.db = sqlite3.connect(self.file, timeout=30)
            self.local.db.executescript(TABLES)
        db: sqlite3.Connection = self.local.db
        return db

    def add(self, cases: Iterable[Case]) -> None:
        with self._db() as db:
            for case in cases:
                kept = db.execute(
                    "INSERT INTO report (shown, unit, year, category, type, specialty) "
                    "VALUES (:shown, :unit, :year, :category, :type, :specialty)",
                    {"shown": case.title, "year": case.year, **values_of(case)},
                )
                text = spaced(case.title), spaced(text_of(case))
                db.execute("INSERT INTO page (rowid, title, text) VALUES (?, ?, ?)", (kept.lastrowid, *text))

    def search(self, asked: Asked) -> Found:
        db = self._db()
        values = {"words": asked.in_words(), "category": asked.category, "count": SHOWN}
        where = " AND category = :category" if asked.category else ""
        if asked.years:
            values["low"], values["high"] = asked.years
            where += " AND year BETWEEN :low AND :high"
        db.execute("DELETE FROM found")
        db.execute(f"INSERT INTO found SELECT report.id, unit, year, category, type, specialty {FROM}{where}", values)
        facets = {name: dict(db.execute(f"SELECT {name}, count(*) FROM found GROUP BY {name}")) for name in FACETS}
        if asked.newest:
            where += " AND page.rowid IN (SELECT id FROM found ORDER BY year DESC, id LIMIT :count)"
        rows = db.execute(
            f"SELECT shown, unit, year, {SNIPPET} {FROM}{where} AND rank MATCH 'bm25(2.0, 1.0)' "
            "ORDER BY rank LIMIT :count",
            values,
        ).fetchall()
        if asked.newest:
            rows.sort(key=lambda row: -row[2])
        hits = [Hit(shown, unit, year, snippet.replace(" ", "")) for shown, unit, year, snippet in rows]
        db.commit()
        return Found(sum(facets["year"].values()), hits, facets)
