"""The words of the cases in Whoosh, read: which cases have a word, how often, and which rank best by that.

One Whoosh document a case (docs/decisions.md has the reason and the figures). Documents carry the number of the shelf's
entry; what the shelf does not know, or knows as gone, is left out. So a commit of Whoosh that was not followed by the
note (see indexer/generations.py) does no harm.

Whoosh's matchers share one file position, so one search at a time talks to Whoosh; all else runs side by side.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.reading import IndexReader, TermNotFound

from indexer.alike import said
from indexer.generations import DAMAGED
from indexer.ordering import wanted
from indexer.ranking import Weights
from indexer.shelf import Bits, Numbers, array_of, bits_of
from indexer.whoosh_writing import STRAYS, WORDS, schema
from library.errors import SearchUnavailable
from library.query import Query
from library.terms import Form
from library.words import cut

MOST_POSTINGS_REMEMBERED = 500
"""Words whose postings are kept in memory once read; of a word in 10,000 cases 80 kB."""


class WhooshWords:
    """Whoosh's part of a generation: which cases have a word, and how often."""

    def __init__(self, path: Path) -> None:
        try:
            self._index = FileIndex(FileStorage(str(path)), schema=schema())
            self._reader: IndexReader = self._index.reader()
        except (OSError, EmptyIndexError) as error:
            raise SearchUnavailable(reason=DAMAGED) from error
        self._one_at_a_time = threading.Lock()
        self._all: tuple[object, frozenset[str]] | None = None
        self._segments: list[_Segment] = []
        self._read: dict[str, _Found] = {}
        self._follow()

    def __del__(self) -> None:
        """When the last search in this generation is over: Whoosh leaves closing its files to us."""
        if reader := getattr(self, "_reader", None):
            reader.close()

    def all(self) -> frozenset[str]:
        """All words, also those of cases that are gone. Each segment of the index is read once: it never changes."""
        with self._one_at_a_time:
            if self._all is None or self._all[0] is not self._segments:
                self._all = self._segments, frozenset().union(*(segment.words() for segment in self._segments))
            return self._all[1]

    def refresh(self) -> None:
        with self._one_at_a_time:
            old = self._reader
            self._reader = self._index.reader()  # with `reuse` Whoosh goes on reading segments that were merged away
            self._follow()
            old.close()

    def count(self, word: str) -> int:
        """How many cases have the word; one that was just replaced may count twice. Reads no postings."""
        with self._one_at_a_time:
            if not self._segments:
                return 0
            return int(self._reader.doc_frequency(WORDS, word) or self._reader.doc_frequency(STRAYS, word))

    def having(self, word: str) -> Bits:
        """The cases of whose text Whoosh knows that it has the word; maybe not all that have it."""
        return self._postings(word).cases

    def times(self, word: str, among: Numbers) -> Numbers:
        """How often each of some cases has the word, as `indexer.ranking` counts; 0 where Whoosh does not know."""
        found = self._postings(word)
        times = np.zeros(max(found.numbers.max(initial=0), among.max(initial=0)) + 1)
        times[found.numbers] = found.times
        counted: Numbers = times[among]
        return counted

    def said(self, words: Mapping[str, float], lengths: Numbers) -> Numbers:
        """How well each case says some words, by the weight of each; `lengths` of all cases, 1 for the usual one."""
        scores = np.zeros(len(lengths))
        for word, weight in words.items():
            found = self._postings(word)
            known = found.numbers < len(lengths)
            numbers, times = found.numbers[known], found.times[known]
            scores[numbers] += weight * said(times, lengths[numbers])
        return scores

    def best(self, asked: Query, weights: Weights, among: Bits, count: int) -> Bits:
        """Of some cases those that rank highest by words: BM25 without regard to length, as reports are of a kind."""
        scores = np.zeros(max(among.bit_length(), *(int(s.numbers.max(initial=0)) + 1 for s in self._segments), 1))
        for term in wanted(asked):
            for form in term.forms:
                self._add_scores(form, weights, scores)
        numbers = array_of(among)
        numbers = numbers[scores[numbers] > 0]
        return bits_of(numbers[np.argsort(-scores[numbers], kind="stable")[:count]])

    def _add_scores(self, form: Form, weights: Weights, scores: Numbers) -> None:
        words = [form.text] if self._postings(form.text).cases else cut(form.text)
        for word in words:
            found = self._postings(word)
            weight = weights.rarity_of(len(found.numbers)) * form.weight / len(words)
            scores[found.numbers] += weight * found.times / (found.times + 1)

    def _postings(self, word: str) -> _Found:
        with self._one_at_a_time:
            found = self._read.get(word)
            if found is None:
                found = self._read[word] = self._read_postings(word)
                if len(self._read) > MOST_POSTINGS_REMEMBERED:
                    del self._read[next(iter(self._read))]
            return found

    def _read_postings(self, word: str) -> _Found:
        parts = [part for segment in self._segments for part in segment.postings(word)]
        if not parts:
            return _Found(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32), 0)
        numbers = np.concatenate([numbers for numbers, _ in parts])
        times = np.concatenate([times for _, times in parts])
        bits = bits_of(numbers)
        if bits.bit_count() < len(numbers):  # cut as a word here, left in single characters there
            numbers, places = np.unique(numbers, return_inverse=True)
            times = np.bincount(places, times)
        return _Found(numbers, times.astype(np.float32), bits)

    def _follow(self) -> None:
        """Look at the segments that there are now; what was read of those that stay, is kept."""
        known = {segment.id: segment for segment in self._segments}
        leaves = self._reader.leaf_readers() if self._reader.doc_count_all() else ()
        self._segments = [_Segment(reader, known.get(reader.segment().segment_id())) for reader, _ in leaves]
        self._read = {}

    def case_numbers(self) -> set[int]:
        with self._one_at_a_time:
            return {int(number) for segment in self._segments for number in segment.numbers[segment.left]}


class _Found(NamedTuple):
    """The cases with a word, and how often it counts in each."""

    numbers: Numbers
    times: Numbers
    cases: Bits


class _Segment:
    """A part of the index, written once; of what is in it, only that documents are gone may change."""

    def __init__(self, reader: IndexReader, known: _Segment | None) -> None:
        self.id: str = reader.segment().segment_id()
        self._reader = reader
        self._words: frozenset[str] | None = known._words if known else None
        self._read: dict[str, list[tuple[Numbers, Numbers]]] = known._read if known else {}
        self.numbers: Numbers = known.numbers if known else _numbers_of(reader)
        self.left: Numbers = ~np.isin(np.arange(len(self.numbers)), list(reader.deleted_docs_set))

    def words(self) -> frozenset[str]:
        if self._words is None:
            self._words = frozenset(word.decode() for word in self._reader.lexicon(WORDS))
        return self._words

    def postings(self, word: str) -> Iterator[tuple[Numbers, Numbers]]:
        """The numbers of the cases that have the word, and how often."""
        found = self._read.get(word)
        if found is None:
            found = self._read[word] = [*_blocks(self._reader, WORDS, word), *_blocks(self._reader, STRAYS, word)]
            if len(self._read) > MOST_POSTINGS_REMEMBERED:
                del self._read[next(iter(self._read))]
        for documents, times in found:
            left = self.left[documents]
            yield self.numbers[documents[left]], times[left]


def _numbers_of(reader: IndexReader) -> Numbers:
    """The number of the entry of each of Whoosh's documents."""
    column: Any = reader.column_reader("number")
    return np.array([column[document] for document in range(reader.doc_count_all())], dtype=np.int32)


def _blocks(reader: IndexReader, field: str, word: str) -> Iterator[tuple[Numbers, Numbers]]:
    """The documents that have a word, and how often, a block at a time; one at a time takes ten times as long."""
    try:
        matcher = reader.postings(field, word)
    except TermNotFound:
        return
    matcher = getattr(matcher, "child", matcher)  # without what leaves out deleted documents: the caller does
    while matcher.is_active():
        matcher._read_data()
        steps, times, _ = matcher._data
        documents = np.cumsum(np.asarray(steps), dtype=np.uint32)
        counted = np.full(len(documents), 1.0 if times is None else times, dtype=np.float32)
        yield documents, counted
        matcher._next_block()
