"""The words of the cases in Whoosh, read: which cases have a word, how often, and which rank best by that.

One Whoosh document a case (docs/decisions.md has the reason and the figures). Documents carry the number of the shelf's
entry; what the shelf does not know, or knows as gone, is left out. So a commit of Whoosh that was not followed by the
note (see indexer/generations.py) does no harm.

Whoosh's matchers share one file position, so one search at a time talks to Whoosh; all else runs side by side.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.reading import IndexReader, TermNotFound

from indexer.generations import DAMAGED
from indexer.ordering import wanted
from indexer.ranking import Weights
from indexer.shelf import Bits, Numbers, array_of, bits_of
from indexer.whoosh_writing import FIELD, schema
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
        self._all_of: dict[str, frozenset[str]] = {}
        self._all: frozenset[str] = frozenset()
        self._learn_numbers()

    def __del__(self) -> None:
        """When the last search in this generation is over: Whoosh leaves closing its files to us."""
        if reader := getattr(self, "_reader", None):
            reader.close()

    def all(self) -> frozenset[str]:
        """All words, also those of cases that are gone. Each segment of the index is read once: it never changes."""
        with self._one_at_a_time:
            leaves = self._reader.leaf_readers() if self._reader.doc_count_all() else ()
            segments = {reader.segment().segment_id(): reader for reader, _ in leaves}
            if self._all_of.keys() != segments.keys():
                self._all_of = {
                    id: self._all_of.get(id) or frozenset(word.decode() for word in reader.lexicon(FIELD))
                    for id, reader in segments.items()
                }
                self._all = frozenset().union(*self._all_of.values())
            return self._all

    def refresh(self) -> None:
        with self._one_at_a_time:
            old = self._reader
            self._reader = self._index.reader()  # with `reuse` Whoosh goes on reading segments that were merged away
            old.close()
            self._learn_numbers()

    def count(self, word: str) -> int:
        """How many cases have the word; one that was just replaced may count twice. Reads no postings."""
        with self._one_at_a_time:
            return int(self._reader.doc_frequency(FIELD, word)) if len(self._numbers) else 0

    def having(self, word: str) -> Bits:
        """The cases of whose text Whoosh knows that it has the word; maybe not all that have it."""
        return self._postings(word).cases

    def best(self, asked: Query, weights: Weights, among: Bits, count: int) -> Bits:
        """Of some cases those that rank highest by words: BM25 without regard to length, as reports are of a kind."""
        scores = np.zeros(max(among.bit_length(), int(self._numbers.max(initial=0)) + 1))
        for term in wanted(asked):
            for form in term.forms:
                self._add_scores(form, weights, scores)
        numbers = array_of(among)
        numbers = numbers[scores[numbers] > 0]
        return bits_of(numbers[np.argsort(-scores[numbers], kind="stable")[:count]])

    def _add_scores(self, form: Form, weights: Weights, scores: Numbers) -> None:
        words = cut(form.text)
        for word in words:
            found = self._postings(word)
            scores[found.numbers] += weights.rarity_of(len(found.numbers)) * form.weight / len(words) * found.saturated

    def _postings(self, word: str) -> _Found:
        with self._one_at_a_time:
            found = self._read.get(word)
            if found is None:
                found = self._read[word] = self._read_postings(word)
                if len(self._read) > MOST_POSTINGS_REMEMBERED:
                    del self._read[next(iter(self._read))]
            return found

    def _read_postings(self, word: str) -> _Found:
        numbers: list[Numbers] = []
        often: list[Numbers] = []
        for reader, offset in self._reader.leaf_readers() if len(self._numbers) else ():
            gone = list(reader.deleted_docs_set)
            for documents, times in _blocks(reader, word):
                left = ~np.isin(documents, gone)
                numbers.append(self._numbers[offset + documents[left]])
                often.append(times[left])
        if not numbers:
            return _Found(np.zeros(0, dtype=int), np.zeros(0), 0)
        found, count = np.concatenate(numbers), np.concatenate(often)
        return _Found(found, (count / (count + 1.0)).astype(np.float32), bits_of(found))

    def _learn_numbers(self) -> None:
        """The number of the entry of each of Whoosh's documents; what was read of other documents is forgotten."""
        count = self._reader.doc_count_all()
        column = self._reader.column_reader("number") if count else ()
        self._numbers = np.array([column[document] for document in range(count)], dtype=np.int32)
        self._read: dict[str, _Found] = {}

    def case_numbers(self) -> set[int]:
        with self._one_at_a_time:
            return {self._numbers[document] for document in self._reader.all_doc_ids()}


class _Found(NamedTuple):
    """The cases with a word, in the order in which they were written, and how much it counts in each."""

    numbers: Numbers
    saturated: Numbers
    cases: Bits


def _blocks(reader: IndexReader, word: str) -> Iterator[tuple[Numbers, Numbers]]:
    """The documents that have a word, and how often, a block at a time; one at a time takes ten times as long."""
    try:
        matcher = reader.postings(FIELD, word)
    except TermNotFound:
        return
    matcher = getattr(matcher, "child", matcher)  # without what leaves out deleted documents: the caller does
    while matcher.is_active():
        matcher._read_data()
        steps, times, _ = matcher._data
        documents = np.cumsum(steps)
        yield documents, np.full(len(documents), 1.0) if times is None else np.broadcast_to(times, len(documents))
        matcher._next_block()
