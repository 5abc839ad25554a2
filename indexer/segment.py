"""The words of an entry, counted, as an engine by words indexes them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from indexer.entry import Entry
from library.words import cut_for_index, domain_words

FORMAT = "3"
"""Raise this when the schema, the folding or the layout of the index folder changes."""


@cache
def signature(engine: str) -> str:
    """Changes with everything that decides what an index holds; an index with another one is made anew."""
    packages = (f"{name} {version(name)}" for name in ("rjieba", "opencc"))
    parts = [FORMAT, engine, *packages, *domain_words()]
    return sha256("\n".join(parts).encode()).hexdigest()


TITLE = 4
"""One word of the title counts as so many in the report, when candidates are chosen."""


def words_of(entry: Entry) -> Counter[str]:
    """All words of the case, counted."""
    words = Counter(cut_for_index(entry.text))
    for word in cut_for_index(entry.title):
        words[word] += TITLE - 1
    return words
