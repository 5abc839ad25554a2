"""The Whoosh engine. Whoosh ranks by words and names the best candidates; the shelf (indexer/shelf.py) knows which
cases match at all, and `indexer/ranking.py` orders the candidates by their text.

One Whoosh document a case: the words of its title, and those of everything else. In which step a hit stands is known
from the text (docs/decisions.md has the reason and the figures). Documents carry the number of the shelf's entry; what
the shelf does not know, or knows as gone, is left out. So a commit of Whoosh that was not followed by the note (see
indexer/generations.py) does no harm.

Whoosh's matchers share one file position, so one search at a time talks to Whoosh; all else runs side by side.
"""

from __future__ import annotations

import threading
import time
import warnings
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from heapq import nlargest
from itertools import islice
from pathlib import Path

with warnings.catch_warnings():  # of Whoosh 2.7.4, whose source has invalid escape sequences
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import fields, formats, query, versionstring
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import EmptyIndexError, FileIndex, LockError
    from whoosh.reading import IndexReader, TermNotFound
    from whoosh.writing import SegmentWriter

from indexer.entry import Entry, entry
from indexer.generations import DAMAGED, MISSING, Change, Generations, Note
from indexer.index import Document
from indexer.ordering import (
    Scored,
    enough,
    importance,
    newest_first,
    order,
    ranks_by_words,
    sort_key,
    step_hits,
    wanted,
)
from indexer.ranking import Weights, pairs_of
from indexer.segment import signature, words_of
from indexer.shelf import Bits, Pairs, Shelf, View, bits_of, counted, numbers_of
from indexer.suggesting import suggestion, vocabulary
from library.errors import SearchUnavailable
from library.query import DIMENSIONS, Query
from library.search import Results
from library.terms import Condition, Form, Term
from library.vocabulary import Name, Vocabulary
from library.words import cut

CANDIDATES = 200
"""So many of the matching cases are ordered by their text; the others follow, newest first."""

MOST_POSTINGS_REMEMBERED = 500
"""Words whose postings are kept in memory once read; of a word in 10,000 cases 80 kB."""

STEP_COUNTS_UP_TO = 500
"""With more results than this the counts by step are left out: they cost a look into every result."""


BATCH = 100  # entries that are written to the log in one go


class _Counted(fields.FieldType):  # type: ignore[misc]
    """A field whose value is a Counter of words: no analyzer, no positions, weight is the count."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None, scorable=True)

    def index(self, value: Counter[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word, times in value.items():
            yield word.encode(), times, float(times), b""

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, value: bytes) -> str:
        return value.decode()


def _schema() -> fields.Schema:
    return fields.Schema(
        id=fields.ID(),
        number=fields.NUMERIC(int, sortable=True, signed=False, shift_step=0),
        words=_Counted(),
    )


class WhooshIndex:
    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder, signature(f"whoosh {versionstring()}"))
        self._refreshing = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._open: _Open | None = None

    def fingerprints(self) -> Mapping[str, str]:
        try:
            opened = self._refreshed()
        except SearchUnavailable:
            return {}
        entries = opened.shelf.entries
        return {id: entries[number].fingerprint for id, number in opened.shelf.view.numbers.items()}

    def search(self, query: Query) -> Results:
        began = time.perf_counter()
        opened = self._refreshed()
        results = _Search(opened, opened.shelf.view, query).results()
        return replace(results, took_ms=(time.perf_counter() - began) * 1000)

    def complete(self, typed: str, count: int = 8) -> tuple[Name, ...]:
        return self._refreshed().vocabulary().complete(typed, count)

    def update(self, put: Iterable[Document], drop: Iterable[str]) -> None:
        with self._generations.writing():
            before = self._generations.note()
            if before is None:
                self._build(put, None)
                return
            entries = [entry(document) for document in put]
            changes = [*(Change(drop=id) for id in drop), *(Change(e) for e in entries)]
            note = self._generations.append(before, changes)
            _update_words(self._generations.path(note) / "words", before, entries)
            self._generations.publish(note)

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
        pairs = Pairs()
        with _writing(path / "words", new=True) as writer:
            for some in batched(map(entry, documents), BATCH):
                for number, made in enumerate(some, start=note.entries):
                    _add(writer, number, made)
                    pairs.add(number, made.text)
                note = self._generations.append(note, [Change(made) for made in some])
        (path / "pairs").write_bytes(pairs.data)
        return replace(note, paired=note.entries, gone=(), before=0)

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

    def __init__(self, note: Note, shelf: Shelf, words: _Words) -> None:
        self.note = note
        self.shelf = shelf
        self.words = words
        self._vocabulary: tuple[View, Vocabulary] | None = None

    def vocabulary(self) -> Vocabulary:
        """The names of the cases there are now."""
        view = self.shelf.view
        if self._vocabulary is None or self._vocabulary[0] is not view:
            entries = (self.shelf.entries[number] for number in view.numbers.values())
            known = vocabulary(entries, lambda word: self.shelf.occurs(word, view))
            self._vocabulary = view, known
        return self._vocabulary[1]

    @classmethod
    def read(cls, generations: Generations, note: Note) -> _Open:
        path = generations.path(note)
        try:
            shelf = Shelf((path / "pairs").read_bytes(), note.paired)
            words = _Words(path / "words")
        except (OSError, EmptyIndexError) as error:
            raise SearchUnavailable(reason=DAMAGED) from error
        _apply(generations.read(note), shelf)
        return cls(note, shelf, words)

    def catch_up(self, generations: Generations, note: Note) -> None:
        _apply(generations.read(note, start=self.note.length), self.shelf)
        self.words.refresh()
        self.note = note


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


class _Search:
    """One query on one view of the cases."""

    def __init__(self, opened: _Open, view: View, asked: Query) -> None:
        self.opened = opened
        self.words = opened.words
        self.shelf = opened.shelf
        self.view = view
        self.query = asked

    def results(self) -> Results:
        found, partial = self.found(self.query)
        narrowed = self.narrowed(found, self.query.filters)
        page = self.page(narrowed)
        return Results(
            case_ids=tuple(e.id for _, e in page),
            total=narrowed.bit_count(),
            scores=tuple(score for score, _ in page),
            step_hits=tuple(step_hits(e, self.query) for _, e in page),
            facets={name: self.facet(name, found, narrowed) for name in DIMENSIONS},
            partial=partial,
            suggestion=self.suggestion() if partial or not found else None,
        )

    def suggestion(self) -> str | None:
        def has_all(other: Query) -> bool:
            found, partial = self.found(other)
            return bool(found) and not partial

        def occurs(word: str) -> bool:
            return self.shelf.occurs(word, self.view)

        return suggestion(self.query, self.opened.vocabulary(), occurs, has_all)

    def found(self, asked: Query) -> tuple[Bits, bool]:
        """The cases that the typed text names, and whether they lack some of its terms."""
        if asked.reading.nothing:
            return 0, False
        bits = self.meeting(asked)
        for term in asked.terms:
            if term.excluded:
                bits &= ~self.having(term, asked.steps)
        sets = [self.having(term, asked.steps) for term in wanted(asked)]
        if not asked.reading.most:
            whole = bits
            for those in sets:
                whole &= those
            if whole or not sets:
                return whole, False
        counts = [importance(those.bit_count(), self.view.count) for those in sets]
        levels = counted([those & bits for those, n in zip(sets, counts, strict=True) for _ in range(n)])
        least, partial = enough(len(levels), sum(counts), asked)
        return (levels[least - 1] if levels else 0), partial

    def meeting(self, asked: Query) -> Bits:
        """The cases that meet the typed conditions."""
        bits = self.view.live
        for condition in asked.conditions:
            bits &= self.shelf.matching_condition(condition, self.view)
        for bounds in asked.ranges:
            bits &= self.shelf.in_range(bounds, self.view)
        return bits

    def having(self, term: Term, steps: tuple[str, ...]) -> Bits:
        """The cases with the term as a whole word; where no case has that, inside longer words and numbers."""
        return self.shelf.having(term, self.view, steps, self.is_loose(term))

    def is_loose(self, term: Term) -> bool:
        return not term.excluded and not self.shelf.having(term, self.view, (), loose=False)

    def narrowed(self, bits: Bits, filters: Mapping[str, tuple[str, ...]]) -> Bits:
        for name, chosen in filters.items():
            bits &= self.shelf.matching_condition(Condition(name, chosen), self.view)
        return bits

    def facet(self, name: str, found: Bits, narrowed: Bits) -> dict[str, int]:
        """Counts by value of one dimension among the cases that all the other dimensions leave."""
        if name == "step":
            return self.steps()
        others = {n: chosen for n, chosen in self.query.filters.items() if n != name}
        left = self.narrowed(found, others) if name in self.query.filters else narrowed
        counts = {value: (left & those).bit_count() for value, those in self.view.facets[name].items()}
        return {value: count for value, count in counts.items() if count}

    def steps(self) -> dict[str, int]:
        """How many cases a search inside each of the steps would find; nothing where that takes too long, or for
        a question, of which a case may lack words."""
        asked = self.query.but(step=())
        if not asked.terms:
            bits = self.narrowed(self.found(asked)[0], asked.filters)
            steps = self.view.facets["step"].items()
            return {step: n for step, those in steps if (n := (bits & those).bit_count())}
        bits = self.narrowed(self.meeting(asked), asked.filters)
        for term in wanted(asked):
            bits &= self.having(term, ())
        if asked.reading.most or bits.bit_count() > STEP_COUNTS_UP_TO:
            return {}
        terms = [(term, self.is_loose(term)) for term in asked.terms]
        counts: Counter[str] = Counter()
        for number in numbers_of(bits):
            one = self.shelf.entries[number]
            inside = set(one.facets["step"])
            for term, loose in terms:
                found = one.steps_with(term, loose)
                inside = inside - found if term.excluded else inside & found
            counts.update(inside)
        return dict(counts)

    def page(self, bits: Bits) -> list[Scored]:
        """The cases of the page that was asked for, each with its score."""
        first, last = (self.query.page - 1) * self.query.size, self.query.page * self.query.size
        if not ranks_by_words(self.query):
            those = self.shelf.first(bits, sort_key(self.query), last)
            return [(0.0, one) for one in those[first:]]
        weights = self.weights()
        best = self.candidates(bits, weights) if bits.bit_count() > CANDIDATES else bits
        ranked = order([self.shelf.entries[n] for n in numbers_of(best)], self.query, weights)
        if last > len(ranked):
            others = self.shelf.first(bits & ~best, newest_first, last - len(ranked))
            ranked += [(0.0, one) for one in others]
        return ranked[first:last]

    def candidates(self, bits: Bits, weights: Weights) -> Bits:
        """Of many matching cases those that may rank high: Whoosh's best, and the newest with a word in the title."""
        best = self.words.best(self.query, weights, bits, CANDIDATES)
        if best.bit_count() < CANDIDATES:
            texts = [form.text for term in wanted(self.query) for form in term.forms]
            titled = self.shelf.where(bits & ~best, lambda one: any(text in one.title for text in texts))
            best |= bits_of(self.view.numbers[one.id] for one in self.shelf.first(titled, newest_first, CANDIDATES))
        return best

    def weights(self) -> Weights:
        asked = self.query
        found_in = {
            form.text: self.shelf.having_word(form.text, self.view).bit_count()
            for term in asked.terms
            for form in term.forms
        }
        for pair in pairs_of(asked):
            if pair not in found_in:
                found_in[pair] = self.shelf.about(pair, self.view)
        return Weights(self.view.count, self.view.average_length, found_in)


class _Words:
    """Whoosh's part of a generation: which cases have a word, and how often."""

    def __init__(self, path: Path) -> None:
        self._index = FileIndex(FileStorage(str(path)), schema=_schema())
        self._reader: IndexReader = self._index.reader()
        self._one_at_a_time = threading.Lock()
        self._learn_numbers()

    def __del__(self) -> None:
        """When the last search in this generation is over: Whoosh leaves closing its files to us."""
        if reader := getattr(self, "_reader", None):
            reader.close()

    def refresh(self) -> None:
        with self._one_at_a_time:
            old = self._reader  # Whoosh cannot go on from a reader of nothing
            self._reader = self._index.reader(reuse=old if old.doc_count_all() else None)
            self._learn_numbers()

    def best(self, asked: Query, weights: Weights, among: Bits, count: int) -> Bits:
        """Of some cases those that rank highest by words: BM25 without regard to length, as reports are of a kind."""
        scores: dict[int, float] = {}
        for term in wanted(asked):
            for form in term.forms:
                self._add_scores(form, weights, scores)
        among_bytes = among.to_bytes(among.bit_length() // 8 + 1, "little")
        room = len(among_bytes) * 8
        found = ((score, n) for n, score in scores.items() if n < room and among_bytes[n >> 3] >> (n & 7) & 1)
        return bits_of([n for _, n in nlargest(count, found)])

    def _add_scores(self, form: Form, weights: Weights, scores: dict[int, float]) -> None:
        words = cut(form.text)
        for word in words:
            numbers, times = self._postings(word)
            rarity = weights.rarity_of(len(numbers)) * form.weight / len(words)
            for number, often in zip(numbers, times, strict=True):
                scores[number] = scores.get(number, 0.0) + rarity * often / (often + 1.0)

    def _postings(self, word: str) -> tuple[array[int], array[float]]:
        with self._one_at_a_time:
            found = self._read.get(word)
            if found is None:
                found = self._read[word] = self._read_postings(word)
                if len(self._read) > MOST_POSTINGS_REMEMBERED:
                    del self._read[next(iter(self._read))]
            return found

    def _read_postings(self, word: str) -> tuple[array[int], array[float]]:
        numbers, times = array("I"), array("f")
        try:
            matcher = self._reader.postings("words", word)
        except TermNotFound:
            return numbers, times
        while matcher.is_active():
            numbers.append(self._numbers[matcher.id()])
            times.append(matcher.weight())
            matcher.next()
        return numbers, times

    def _learn_numbers(self) -> None:
        """The number of the entry of each of Whoosh's documents; what was read of other documents is forgotten."""
        count = self._reader.doc_count_all()
        column = self._reader.column_reader("number") if count else ()
        self._numbers = array("I", (column[document] for document in range(count)))
        self._read: dict[str, tuple[array[int], array[float]]] = {}

    def case_numbers(self) -> set[int]:
        with self._one_at_a_time:
            return {self._numbers[document] for document in self._reader.all_doc_ids()}


class _Postings:
    """Collects postings by word, in the place of Whoosh's pool, which sorts them all through temporary files.

    Measured on 300 reports (1.6 million postings): see docs/search.md.
    """

    def __init__(self) -> None:
        self._of: dict[tuple[str, bytes], tuple[array[int], array[float]]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        field, word, document, weight, _ = posting
        found = self._of.get((field, word))
        if found is None:
            found = self._of[field, word] = array("I"), array("f")
        found[0].append(document)
        found[1].append(weight)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """Once, by field, word and document; documents were added in their order."""
        for field, word in sorted(self._of):
            documents, weights = self._of.pop((field, word))
            for document, weight in zip(documents, weights, strict=True):
                yield field, word, document, weight, b""

    def cleanup(self) -> None:
        self._of.clear()

    def lengths(self) -> _Lengths:
        lengths: dict[str, dict[int, int]] = {}
        for (field, _), (documents, weights) in self._of.items():
            of = lengths.setdefault(field, {})
            for document, weight in zip(documents, weights, strict=True):
                of[document] = of.get(document, 0) + int(weight)
        return _Lengths(lengths)


class _Lengths:
    """Words in each field of each document, from memory; Whoosh would read each back from disk for each posting."""

    def __init__(self, lengths: dict[str, dict[int, int]]) -> None:
        self._lengths = lengths

    def doc_field_length(self, document: int, field: str, default: int = 0) -> int:
        return self._lengths[field].get(document, default)

    def doc_field_length_reader(self, field: str) -> Callable[[int], int]:
        return self._lengths[field].__getitem__

    def close(self) -> None:
        """Whoosh closes what it read lengths from."""


@contextmanager
def _writing(path: Path, new: bool = False) -> Iterator[SegmentWriter]:
    """Commits at the end; lets go of Whoosh's lock whatever happens, also when the disk is full."""
    try:
        if new:
            path.mkdir(mode=0o700)
            index = FileIndex.create(FileStorage(str(path)), _schema(), "MAIN")
        else:
            index = FileIndex(FileStorage(str(path)), schema=_schema())
        writer: SegmentWriter = index.writer(timeout=0.0, codec=W3Codec(compression=0))
    except (EmptyIndexError, LockError) as error:
        raise SearchUnavailable(reason=DAMAGED) from error
    writer.compound = False  # a compound segment is copied into memory whole when opened
    writer.pool = _Postings()
    writer.per_document_reader = writer.pool.lengths
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.cancel()
        raise


def _update_words(path: Path, before: Note, put: Sequence[Entry]) -> None:
    """Add entries to what counted before.

    What the change before this one replaced is removed only now, when nobody needs it any more: a writer may die
    before its own change counts. Numbers beyond those that count are of such a writer.
    """
    with _writing(path) as writer:
        writer.delete_by_query(query.NumericRange("number", before.entries, None))
        if before.gone and before.before:
            ids = query.Or([query.Term("id", case_id) for case_id in before.gone])
            replaced = query.NumericRange("number", 0, before.before - 1)
            writer.delete_by_query(query.And([ids, replaced]))
        for number, made in enumerate(put, start=before.entries):
            _add(writer, number, made)


def _add(writer: SegmentWriter, number: int, made: Entry) -> None:
    writer.add_document(id=made.id, number=number, words=words_of(made))


def batched(items: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch
