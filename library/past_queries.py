"""Questions that found something, offered to others while they type. What is kept of a question is its text, the
number of days on which it was asked and the last of them: no addresses, no users, no times of day.

docs/decisions.md says why each of the rules is as it is.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
from datetime import date, timedelta
from pathlib import Path

from library.completing import Names
from library.query import Query
from library.search import Results
from library.text import fold
from library.vocabulary import Name

log = logging.getLogger(__name__)

DAYS = 3
"""A question is offered once it was asked on so many days."""

MOST = 2_000
"""Questions that are kept, and up to `MORE`. Then those asked on the fewest days go, the longest unasked first."""

MORE = MOST // 20
"""So many more may come before some go: looking for the rarest takes as long as a page's results."""

FORGOTTEN_AFTER = timedelta(days=365)

_LENGTHS = range(2, 41)  # characters
_PRIVATE = re.compile(r"\d{5}|@|https?:", re.IGNORECASE)  # telephone and identity numbers, addresses
_TABLE = "CREATE TABLE IF NOT EXISTS asked (folded TEXT PRIMARY KEY, text TEXT, days INTEGER, last TEXT)"
_COUNT = """
    INSERT INTO asked VALUES (?, ?, 1, ?)
    ON CONFLICT (folded) DO UPDATE SET days = days + 1, last = excluded.last WHERE last < excluded.last
"""
_FORGET_OLD = "DELETE FROM asked WHERE last < ?"
_FORGET_RARE = """
    DELETE FROM asked
    WHERE rowid IN (SELECT rowid FROM asked ORDER BY days DESC, last DESC, rowid DESC LIMIT -1 OFFSET ?)
"""


def may_be_kept(query: Query, results: Results) -> bool:
    """Whether a question is plain words, asked of the whole library, all of which one case has."""
    reading = query.reading
    whole_library = query == Query(q=query.q)
    plain = not (reading.conditions or reading.ranges or any(term.field or term.excluded for term in reading.terms))
    found = bool(reading.terms) and results.total > 0 and not results.partial
    return whole_library and plain and found and len(query.q) in _LENGTHS and not _PRIVATE.search(query.q)


class PastQueries:
    """`file` holds them. Where there is none, nothing is kept and nothing offered."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._known: tuple[int, list[Name], Names] | None = None  # version of the file, what it offers

    def keep(self, query: Query, results: Results, today: date) -> None:
        """Count a question, once a day. A full or unwritable disk costs nobody their results."""
        if self._file is None or not may_be_kept(query, results):
            return
        try:
            with self._lock, self._opened(self._file) as db:
                if db.execute(_COUNT, (fold(query.q), query.q, today.isoformat())).rowcount > 0:
                    db.execute(_FORGET_OLD, ((today - FORGOTTEN_AFTER).isoformat(),))
                    if db.execute("SELECT count(*) FROM asked").fetchone()[0] > MOST + MORE:
                        db.execute(_FORGET_RARE, (MOST,))
                    self._known = None
        except (sqlite3.Error, OSError) as error:
            log.warning("past queries are not kept: %s", error)

    def complete(self, typed: str, count: int) -> tuple[Name, ...]:
        """Questions asked on several days that begin as typed or have it in them, the most frequent first."""
        if self._file is None or not self._file.exists():
            return ()
        try:
            with self._lock:
                known, names = self._offered(self._opened(self._file))
        except (sqlite3.Error, OSError) as error:
            log.warning("past queries cannot be read: %s", error)
            return ()
        return tuple(known[number] for _, number in names.find(typed, count, lambda n: known[n].text != typed))

    def _offered(self, db: sqlite3.Connection) -> tuple[list[Name], Names]:
        version = db.execute("PRAGMA data_version").fetchone()[0]  # changes when another process writes
        if self._known is None or self._known[0] != version:
            rows = db.execute("SELECT text FROM asked WHERE days >= ? ORDER BY days DESC, last DESC", (DAYS,))
            known = [Name(text, "query") for (text,) in rows]
            self._known = version, known, Names([name.text for name in known])
        return self._known[1:]

    def _opened(self, file: Path) -> sqlite3.Connection:
        if self._connection is None:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            opened = sqlite3.connect(file, timeout=1, check_same_thread=False)
            file.chmod(0o600)
            opened.execute("PRAGMA journal_mode = WAL")
            opened.execute("PRAGMA synchronous = OFF")  # losing the last counts does no harm
            opened.execute(_TABLE)
            self._connection = opened
        return self._connection
