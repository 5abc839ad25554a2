"""The words of an entry, counted, as an engine by words indexes them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from indexer.entry import Entry
from library.words import cut_for_index, domain_words

FORMAT = "1"
"""Raise this when the schema, the folding or the layout of the index folder changes."""


@cache
def signature(engine: str) -> str:
    """Changes with everything that decides what an index holds; an index with another one is made anew."""
    packages = (f"{name} {version(name)}" for name in ("rjieba", "opencc"))
    parts = [FORMAT, engine, *packages, *domain_words()]
    return sha256("\n".join(parts).encode()).hexdigest()


def title_words(entry: Entry) -> Counter[str]:
    return Counter(cut_for_index(entry.title))


def report_words(entry: Entry) -> Counter[str]:
    """The words of the facts and of all sections."""
    return Counter(cut_for_index(entry.text))
