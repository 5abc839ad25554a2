"""The engine of the site: Whoosh ranks by words and names the best candidates, the shelf (indexer/shelf.py) knows which
cases match at all, and `indexer/ranking.py` orders the candidates by their text.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from indexer.alike import LOOKED_AT, likenesses
from indexer.entry import Entry, entry
from indexer.generations import DAMAGED, MISSING, Change, Generations, Note
from indexer.index import Document
from indexer.pairs import BLOCK, Pairs, add_block
from indexer.searching import Search
from indexer.segment import signature
from indexer.shelf import Shelf, View, array_of, bits_of
from indexer.suggesting import vocabulary
from indexer.whoosh_words import WhooshWords
from indexer.whoosh_writing import VERSION, update, writing
from library.errors import SearchUnavailable
from library.query import Query
from library.search import Likeness, Results
from library.vocabulary import Name, Vocabulary

REST = 20
"""Making the vocabulary anew takes a processor from the readers; so many times that long it is left as it is. While
reports are added without a pause, their names are offered some ten seconds later, at 10,000 cases."""

MOST_UNLISTED = 250
"""With so many entries added one by one, their pairs are listed too, which takes two thirds of a second."""

T = TypeVar("T")

BATCH = 100  # entries that are written to the log in one go


class WhooshIndex:
    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder, signature(VERSION))
        self._refreshing = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._open: _Open | None = None

    def fingerprints(self) -> Mapping[str, str]:
        """Read from the log alone, without the texts: a command that changes little need not open all of it."""
        try:
            note = self._generations.note()
            if note is None or not _is_whole(self._generations.path(note)):
                return {}
            return self._generations.fingerprints(note)
        except SearchUnavailable:
            return {}

    def search(self, query: Query) -> Results:
        began = time.perf_counter()
        opened = self._refreshed()
        results = Search(opened.shelf, opened.words, opened.vocabulary_if_ready, query).results()
        return replace(results, took_ms=(time.perf_counter() - began) * 1000)

    def state(self) -> str:
        return str(self._generations.stamp())

    def found_in(self, words: Collection[str]) -> Mapping[str, int]:
        known = self._refreshed().words
        return {word: known.count(word) for word in words}

    def like(
        self, words: Mapping[str, float], count: int, steps: Sequence[str] = (), also: Collection[str] = ()
    ) -> list[Likeness]:
        opened = self._refreshed()
        shelf, view = opened.shelf, opened.shelf.view
        scores = opened.words.said(words, shelf.lengths(view))
        numbers = array_of(view.live & bits_of(np.flatnonzero(scores)))
        best = numbers[np.argsort(-scores[numbers], kind="stable")[:LOOKED_AT]]
        chosen = dict.fromkeys([*map(int, best), *(view.numbers[id] for id in also if id in view.numbers)])
        return likenesses([(float(scores[n]), shelf.entries[n]) for n in chosen], words, count, steps, also)

    def complete(self, typed: str, count: int = 8) -> tuple[Name, ...]:
        return self._refreshed().vocabulary().complete(typed, count)

    def get_ready(self) -> None:
        self._refreshed().vocabulary().get_ready()
        _keep()

    def update(self, put: Iterable[Document], drop: Iterable[str]) -> None:
        with self._generations.writing():
            before = self._generations.note()
            if before is None:
                self._build(put, None)
                return
            entries = [entry(document) for document in put]
            changes = [*(Change(drop=id) for id in drop), *(Change(e) for e in entries)]
            note = self._generations.append(before, changes)
            update(self._generations.path(note) / "words", before, entries)
            self._generations.publish(note)
            self._list_pairs(note)

    def _list_pairs(self, note: Note) -> None:
        """List the pairs of the entries that were added one by one, so that the next start need not. What was added
        counts already: a full disk or a damaged list is for the next start to see."""
        folder = self._generations.path(note) / "pairs"
        with suppress(OSError):
            listed = Pairs.read(folder).covered
            if note.entries - listed >= MOST_UNLISTED:
                for texts in batched(self._generations.texts(note, listed), BLOCK):
                    add_block(folder, listed, texts)
                    listed += len(texts)

    def rebuild(self, documents: Iterable[Document]) -> None:
        with self._generations.writing():
            try:
                before = self._generations.note()
            except SearchUnavailable:  # of another format, or damaged: the reason to rebuild
                before = None
            self._build(documents, before)

    def check(self) -> None:
        opened = self._refreshed()
        words = opened.words.case_numbers()
        if missing := [id for id, n in opened.shelf.view.numbers.items() if n not in words]:
            raise SearchUnavailable(reason=f"{DAMAGED}：{missing[0]}")

    def _build(self, documents: Iterable[Document], before: Note | None) -> None:
        note = self._generations.begin()
        try:
            note = self._written(note, documents)
            _Open.read(self._generations, note)  # a look before anyone relies on it
        except BaseException:
            self._generations.discard(note)
            raise
        self._generations.publish(note)
        self._generations.discard_old(note, before)

    def _written(self, note: Note, documents: Iterable[Document]) -> Note:
        path = self._generations.path(note)
        (path / "pairs").mkdir(mode=0o700)
        unlisted: list[str] = []
        with writing(path / "words", new=True) as writer:
            for some in batched(map(entry, documents), BATCH):
                for number, made in enumerate(some, start=note.entries):
                    writer.add(number, made)
                    unlisted.append(made.text)
                note = self._generations.append(note, [Change(made) for made in some])
                if len(unlisted) >= BLOCK:
                    add_block(path / "pairs", note.entries - len(unlisted), unlisted)
                    unlisted = []
            if unlisted:
                add_block(path / "pairs", note.entries - len(unlisted), unlisted)
        return replace(note, gone=(), before=0)

    def _refreshed(self) -> _Open:
        """What counts now. A search that runs meanwhile keeps what it began with."""
        stamp = self._generations.stamp()
        opened = self._open
        if opened is not None and stamp == self._stamp:
            return opened
        with self._refreshing:
            if self._open is None or stamp != self._stamp:
                self._open = self._follow(self._open)
                self._stamp = stamp
            return self._open

    def _follow(self, opened: _Open | None) -> _Open:
        note = self._generations.note()
        if note is None:
            raise SearchUnavailable(reason=MISSING)
        if opened and opened.note.generation == note.generation and note.length >= opened.note.length:
            opened.catch_up(self._generations, note)
            return opened
        return _Open.read(self._generations, note)


class _Open:
    """One generation, open for searching: the shelf in memory and the words on disk."""

    def __init__(self, note: Note, shelf: Shelf, words: WhooshWords) -> None:
        self.note = note
        self.shelf = shelf
        self.words = words
        self._vocabulary: tuple[View, Vocabulary] | None = None
        self._rests_until = 0.0
        self._renewing = threading.Lock()

    def vocabulary(self) -> Vocabulary:
        """The names of the cases. Just after a change those that were there before it, so that nobody waits: making it
        anew takes half a second at 10,000 cases."""
        known = self._vocabulary
        if known is None:
            with self._renewing:
                return self._vocabulary[1] if self._vocabulary else self._renewed()
        changed = known[0] is not self.shelf.view and time.monotonic() >= self._rests_until
        if changed and self._renewing.acquire(blocking=False):
            threading.Thread(target=self._renew, daemon=True).start()
        return known[1]

    def vocabulary_if_ready(self) -> Vocabulary | None:
        """The same; nothing while it is being made for the first time, as another spelling is not worth a second."""
        if self._vocabulary is None and self._renewing.locked():
            return None
        known = self.vocabulary()
        return None if known.is_getting_ready else known

    def _renew(self) -> None:
        try:
            began = time.thread_time()
            self._renewed()
            self._rests_until = time.monotonic() + REST * (time.thread_time() - began)
        finally:
            self._renewing.release()

    def _renewed(self) -> Vocabulary:
        shelf, view = self.shelf, self.shelf.view  # not `self`: two that hold each other are not freed at once
        entries = (shelf.entries[number] for number in view.numbers.values())
        known = vocabulary(entries, self.words.all, lambda word: shelf.occurs(word, view))
        if self._vocabulary:
            known.get_ready()
            _keep()
        self._vocabulary = view, known
        return known

    @classmethod
    def read(cls, generations: Generations, note: Note) -> _Open:
        path = generations.path(note)
        try:
            words = WhooshWords(path / "words")
            shelf = Shelf(Pairs.read(path / "pairs"), words.having)
        except OSError as error:
            raise SearchUnavailable(reason=DAMAGED) from error
        with _nothing_collected():
            _apply(generations.read(note), shelf)
            gc.freeze()  # see `_keep`; a look for garbage among all this would take as long as reading it
        return cls(note, shelf, words)

    def catch_up(self, generations: Generations, note: Note) -> None:
        self.words.refresh()  # before the shelf, which asks it about the entries that it has
        _apply(generations.read(note, start=self.note.length), self.shelf)
        self.note = note


def _keep() -> None:
    """What was made just now stays for long. It need not be looked through for garbage again and again, which takes a
    tenth of a second each time at 10,000 cases."""
    gc.collect(1)  # what is garbage already would stay too
    gc.freeze()


def _is_whole(path: Path) -> bool:
    """Whether the parts of a generation beside its log are there."""
    try:
        WhooshWords(path / "words")
        Pairs.read(path / "pairs")
    except (OSError, SearchUnavailable):
        return False
    return True


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """A million small objects are about to be made and kept: looking for garbage among them takes as long again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _apply(changes: Iterable[Change], shelf: Shelf) -> None:
    """Put and drop in the log's order, in as few steps as that allows."""
    put: list[Entry] = []
    drop: list[str] = []
    for change in changes:
        if change.put is None:
            if put:
                shelf.change(put, drop)
                put, drop = [], []
            drop.append(change.drop)
        else:
            put.append(change.put)
    shelf.change(put, drop)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch
