"""The search engine that states the meaning: every case is looked at, nothing is clever. For tests and small uses."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from indexer.alike import likenesses, said
from indexer.entry import Entry, entry
from indexer.index import Document
from indexer.ordering import FEW, enough, importance, lists_nearly, order, ranks_by_words, shown, sort_key, wanted
from indexer.ranking import Weights, pairs_of, times
from indexer.suggesting import suggestion, vocabulary
from library import values
from library.query import DIMENSIONS, Query
from library.search import Likeness, Results
from library.vocabulary import Name, Vocabulary
from library.words import cut_for_index


class MemoryIndex:
    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._changes = 0

    def fingerprints(self) -> Mapping[str, str]:
        return {e.id: e.fingerprint for e in self._entries.values()}

    def update(self, put: Iterable[Document], drop: Iterable[str]) -> None:
        changed = dict(self._entries)
        for case_id in drop:
            changed.pop(case_id, None)
        changed |= {document.id: entry(document) for document in put}
        self._entries = changed
        self._changes += 1

    def rebuild(self, documents: Iterable[Document]) -> None:
        self._entries = {document.id: entry(document) for document in documents}
        self._changes += 1

    def check(self) -> None:
        """There is nothing to be wrong with."""

    def search(self, query: Query) -> Results:
        began = time.perf_counter()
        entries = list(self._entries.values())
        found, partial = _found(entries, query)
        narrowed = [e for e in found if _narrowed(e, query.filters)]
        if ranks_by_words(query):
            ranked = order(narrowed, query, _weights(entries, query))
        else:
            ranked = [(0.0, e) for e in sorted(narrowed, key=sort_key(query))]
        page = ranked[(query.page - 1) * query.size : query.page * query.size]
        return replace(
            shown(page, query),
            total=len(ranked),
            facets={name: _facet(entries, found, query, name) for name in DIMENSIONS},
            partial=partial,
            nearly=_nearly(entries, narrowed, query) if lists_nearly(query, len(narrowed), partial) else None,
            suggestion=self._suggestion(query) if partial or not found else None,
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def state(self) -> str:
        return str(self._changes)

    def found_in(self, words: Collection[str]) -> Mapping[str, int]:
        entries = self._entries.values()
        return {word: sum(e.has_word(word, None, ()) for e in entries) for word in words}

    def like(
        self, words: Mapping[str, float], count: int, steps: Sequence[str] = (), also: Collection[str] = ()
    ) -> list[Likeness]:
        entries = list(self._entries.values())
        average = sum(len(e.text) for e in entries) / len(entries) if entries else 1.0
        scored = []
        for e in entries:
            length = len(e.text) / average
            if score := sum(weight * said(times(e, word), length) for word, weight in words.items()):
                scored.append((score, e))
        return likenesses(scored, words, count, steps, also)

    def complete(self, typed: str, count: int = 8) -> tuple[Name, ...]:
        return self._vocabulary().complete(typed, count)

    def get_ready(self) -> None:
        self._vocabulary().get_ready()

    def _vocabulary(self) -> Vocabulary:
        entries = self._entries.values()
        return vocabulary(entries, lambda: _all_words(tuple(e.text for e in entries)), self._occurs)

    def _occurs(self, word: str) -> bool:
        return any(e.has_word(word, None, ()) for e in self._entries.values())

    def _suggestion(self, query: Query) -> str | None:
        entries = list(self._entries.values())

        def has_all(other: Query) -> bool:
            found, partial = _found(entries, other)
            return bool(found) and not partial

        return suggestion(query, self._vocabulary(), has_all)


@lru_cache(maxsize=4)
def _all_words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in cut_for_index(text))


def _found(entries: Sequence[Entry], query: Query) -> tuple[list[Entry], bool]:
    """The cases that the typed text names, in any of the URL's dimensions but the steps; and whether they lack terms.

    Where nobody has all the terms, those count that have most of them. Where few have all, more with most of them are
    listed beside (`_nearly`).
    """
    if query.reading.nothing:
        return [], False
    allowed, held, everything = _held(entries, query)
    if not any(not term.required for term in wanted(query)):
        return allowed, False
    least, partial = enough(max(held.values(), default=0), everything, query)
    return [e for e in allowed if held[e.id] >= least], partial


def _held(entries: Sequence[Entry], query: Query) -> tuple[list[Entry], dict[str, int], int]:
    """The cases with all that must be and nothing that must not be; how much of the other terms each has, by its id,
    and how much these are together."""
    inside = query.steps
    terms = [term for term in wanted(query) if not term.required]
    loose = {t for t in wanted(query) if not any(e.has(t) for e in entries)}
    allowed = [
        e
        for e in entries
        if _conditions_hold(e, query)
        and not any(e.has(t, inside) for t in query.terms if t.excluded)
        and all(e.has(t, inside, t in loose) for t in query.terms if t.required)
    ]
    counts = [importance(sum(e.has(t, inside, t in loose) for e in entries), len(entries)) for t in terms]
    held = {e.id: sum(n for t, n in zip(terms, counts, strict=True) if e.has(t, inside, t in loose)) for e in allowed}
    return allowed, held, sum(counts)


def _nearly(entries: Sequence[Entry], whole: Sequence[Entry], query: Query) -> Results:
    """So many of the cases with most of the terms as fill up a list of few that have all."""
    allowed, held, everything = _held(entries, query)
    left = [e for e in allowed if all(e is not one for one in whole) and _narrowed(e, query.filters)]
    least, _ = enough(max((held[e.id] for e in left), default=0), everything, query)
    ranked = order([e for e in left if held[e.id] >= least], query, _weights(entries, query))
    return shown(ranked[: FEW - len(whole)], query)


def _conditions_hold(e: Entry, query: Query) -> bool:
    return all(_holds(e, c.dimension, c.values) for c in query.conditions) and all(
        r.holds(e.numbers.get(r.number)) for r in query.ranges
    )


def _narrowed(e: Entry, filters: Mapping[str, tuple[str, ...]]) -> bool:
    return all(_holds(e, name, chosen) for name, chosen in filters.items())


def _holds(e: Entry, dimension: str, chosen: Sequence[str]) -> bool:
    within = [value for value in chosen if not value.startswith("-")]
    without = [value[1:] for value in chosen if value.startswith("-")]
    has = e.facets[dimension]
    if any(_is(dimension, own, value) for own in has for value in without):
        return False
    return not within or any(_is(dimension, own, value) for own in has for value in within)


def _is(dimension: str, own: str, value: str) -> bool:
    if dimension != "year":
        return own == value
    low, high = values.year_bounds(value)
    return low <= int(own) <= high


def _facet(entries: Sequence[Entry], found: Sequence[Entry], query: Query, name: str) -> dict[str, int]:
    """Counts by value of one dimension among the cases that all the other dimensions leave."""
    others = {n: chosen for n, chosen in query.filters.items() if n != name}
    if name == "step":
        return _steps(entries, query.but(step=()))
    counts = Counter(v for e in found if _narrowed(e, others) for v in e.facets[name])
    return dict(counts)


def _steps(entries: Sequence[Entry], query: Query) -> dict[str, int]:
    """How many cases a search inside each of the steps would find; nothing for a question."""
    if not query.terms:
        found, _ = _found(entries, query)
        return dict(Counter(v for e in found if _narrowed(e, query.filters) for v in e.facets["step"]))
    if query.reading.most:
        return {}
    counts = {}
    for step in {step for e in entries for step in e.facets["step"]}:
        inside = query.but(step=(step,))
        found, partial = _found(entries, inside)
        if not partial and (n := sum(_narrowed(e, inside.filters) for e in found)):
            counts[step] = n
    return counts


def _weights(entries: Sequence[Entry], query: Query) -> Weights:
    words = {form.text for term in query.terms for form in term.forms}
    found_in = {pair: sum(pair in e.text for e in entries) for pair in pairs_of(query)}
    found_in |= {word: sum(e.has_word(word, None, ()) for e in entries) for word in words}
    return Weights(
        cases=len(entries),
        average_length=sum(len(e.text) for e in entries) / len(entries) if entries else 0.0,
        found_in=found_in,
    )
