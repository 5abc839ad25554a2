"""The words of an entry, counted, as an engine by words indexes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from indexer.entry import Entry
from indexer.ranking import HEAD, TITLE
from library import matching
from library.words import counted_for_index, domain_words, strays

FORMAT = "11"
"""Raise this when the schema, the folding, what numbers mean or the layout of the index folder changes."""


@cache
def signature(engine: str) -> str:
    """Changes with everything that decides what an index holds; an index with another one is made anew."""
    packages = (f"{name} {version(name)}" for name in ("rjieba", "opencc"))
    parts = [FORMAT, engine, *packages, *domain_words()]
    return sha256("\n".join(parts).encode()).hexdigest()


def words_of(entry: Entry) -> Counter[str]:
    """All words of the case, counted as `indexer.ranking` counts them: more in the title and the facts. Each of them is
    found in its text as a search would find it.

    Of Latin words and numbers all that stand alone are among them (30 of c30 too), and no part of one (3 of 3.5).
    """
    text = entry.text
    words = _weighted(entry, counted_for_index)
    latin = [word for word in words if word[0].isascii() or word[-1].isascii()]
    runs = _weighted(entry, lambda part: Counter(matching.RUNS.findall(part)))
    for word in latin:
        if word not in runs and not matching.stands_alone(text, word):
            del words[word]
    words.update({run: times - words[run] for run, times in runs.items()})  # a run is one wherever it was cut
    return words


def strays_of(entry: Entry) -> Counter[str]:
    """The words that no dictionary has, see `library.words.strays`, counted in the same way."""
    return _weighted(entry, strays)


def _weighted(entry: Entry, counted: Callable[[str], Counter[str]]) -> Counter[str]:
    counts = counted(entry.text)
    for part, more in ((entry.text[: entry.head], HEAD - 1), (entry.title, TITLE - HEAD)):
        for word, times in counted(part).items():
            if word in counts:
                counts[word] += int(times * more)
    return counts
