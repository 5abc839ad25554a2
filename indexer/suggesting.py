"""What an engine offers besides results: completions while typing, and another spelling where nothing is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from indexer.entry import Entry
from indexer.ordering import wanted
from library.query import Query
from library.text import fold_mapped
from library.vocabulary import KINDS, Kind, Name, Vocabulary

TRIED = 12
"""Spellings of one word that are tried."""


def vocabulary(entries: Iterable[Entry], occurs: Callable[[str], bool]) -> Vocabulary:
    counts = Counter(pair for entry in entries for pair in _names(entry))
    return Vocabulary((Name(text, kind, cases) for (text, kind), cases in counts.items()), occurs)


def _names(entry: Entry) -> Iterator[tuple[str, Kind]]:
    by_kind: dict[Kind, tuple[str, ...]] = {
        "title": (entry.shown["title"],),
        "group": (entry.shown["group"],),
        "unit": entry.facets["unit"],
        "tool": entry.facets["tool"],
    }
    return ((text, kind) for kind in KINDS for text in by_kind.get(kind, ()) if text)


def suggestion(
    query: Query, known: Vocabulary, occurs: Callable[[str], bool], has_all: Callable[[Query], bool]
) -> str | None:
    """The typed text with its unknown words spelt otherwise, if that finds cases with all of its words."""
    if "spelling" in query.off:
        return None
    typed = query.q
    changed = False
    for term in wanted(query):
        if term.field or any(occurs(form.text) for form in term.forms):
            continue
        folded = fold_mapped(typed)
        start = folded.text.find(term.text)
        spelling = next(filter(occurs, islice(known.spellings(term.text), TRIED)), None)
        if start < 0 or spelling is None:
            return None
        begin, end = folded.original(start, start + len(term.text))
        typed = typed[:begin] + spelling + typed[end:]
        changed = True
    return typed if changed and has_all(query.but(q=typed)) else None
