"""The words of an entry, counted, as an engine by words indexes them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from indexer.entry import Entry
from library import matching
from library.words import counted_for_index, cut_for_index, domain_words

FORMAT = "4"
"""Raise this when the schema, the folding or the layout of the index folder changes."""


@cache
def signature(engine: str) -> str:
    """Changes with everything that decides what an index holds; an index with another one is made anew."""
    packages = (f"{name} {version(name)}" for name in ("rjieba", "opencc"))
    parts = [FORMAT, engine, *packages, *domain_words()]
    return sha256("\n".join(parts).encode()).hexdigest()


TITLE = 4
"""One word of the title counts as so many in the report, when candidates are chosen."""


_RUN = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*")
"""A Latin word or a number, from edge to edge: most that are cut out of a text are one of these."""


def words_of(entry: Entry) -> Counter[str]:
    """All words of the case, counted; each of them is found in its text as a search would find it.

    A number cut out of a longer one (3 of 3.5) is left out, as no search for it finds that case.
    """
    text = entry.text
    words = counted_for_index(text)
    latin = [word for word in words if word[0].isascii() or word[-1].isascii()]
    runs = set(_RUN.findall(text))
    for word in latin:
        if word not in runs and not matching.stands_alone(text, word):
            del words[word]
    for word in cut_for_index(entry.title):
        if word in words:
            words[word] += TITLE - 1
    return words
