"""The words of an entry, counted, as an engine by words indexes them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from indexer.entry import Entry
from library import matching
from library.words import counted_for_index, cut_for_index, domain_words

FORMAT = "5"
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
    """All words of the case, counted; each of them is found in its text as a search would find it.

    Of Latin words and numbers all that stand alone are among them (30 of c30 too), and no part of one (3 of 3.5).
    """
    text = entry.text
    words = counted_for_index(text)
    latin = [word for word in words if word[0].isascii() or word[-1].isascii()]
    runs = set(matching.RUNS.findall(text))
    for word in latin:
        if word not in runs and not matching.stands_alone(text, word):
            del words[word]
    for word in cut_for_index(entry.title):
        if word in words:
            words[word] += TITLE - 1
    for run in runs:
        words[run] = words.get(run, 1)
    return words
