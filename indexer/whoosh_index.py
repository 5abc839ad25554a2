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
from itertools import islice
from pathlib import Path

with warnings.catch_warnings():  # of Whoosh 2.7.4, whose source has invalid escape sequences
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import fields, formats, query, scoring, versionstring
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import EmptyIndexError, FileIndex, LockError
    from whoosh.searching import Searcher
    from whoosh.writing import SegmentWriter

from indexer.entry import Entry, entry
from indexer.generations import DAMAGED, MISSING, Change, Generations, Note
from indexer.index import Document
from indexer.ordering import least_terms, newest_first, order, step_hits, wanted
from indexer.ranking import Weights, pairs_of
from indexer.segment import report_words, signature, title_words
from indexer.shelf import Bits, Pairs, Shelf, View, counted, numbers_of
from library.errors import SearchUnavailable
from library.query import DIMENSIONS, Query
from library.search import Results
from library.terms import Condition, Term
from library.words import cut

CANDIDATES = 300
"""So many of the matching cases are ordered by their text; the others follow, newest first."""

TITLE_BOOST = 2.0  # for the choice of candidates only

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
        title=_Counted(),
        report=_Counted(),
    )


class _Ranking(scoring.BM25F):  # type: ignore[misc]
    """BM25F with the usual idf; Whoosh's own (1 + log) gives common words too much weight."""

    def idf(self, searcher: Searcher, fieldname: str, text: str) -> float:
        parent = searcher.get_parent()
        found_in = parent.doc_frequency(fieldname, text)
        weights = Weights(max(parent.doc_count_all(), found_in), 0.0, {text: found_in})
        return weights.rarity(text)


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
        self.words = opened.words
        self.shelf = opened.shelf
        self.view = view
        self.query = asked

    def results(self) -> Results:
        found, partial = self.found(self.query)
        narrowed = self.narrowed(found, self.query.filters)
        asked = self.query
        first, last = (asked.page - 1) * asked.size, asked.page * asked.size
        page = self.ranked(narrowed)[first:last]
        return Results(
            case_ids=tuple(e.id for _, e in page),
            total=narrowed.bit_count(),
            scores=tuple(score for score, _ in page),
            step_hits=tuple(step_hits(e, asked) for _, e in page),
            facets={name: self.facet(name, found, narrowed) for name in DIMENSIONS},
            partial=partial,
        )

    def found(self, asked: Query) -> tuple[Bits, bool]:
        """The cases that the typed text names, and whether they lack some of its terms."""
        if asked.reading.nothing:
            return 0, False
        bits = self.meeting(asked)
        for term in asked.terms:
            if term.excluded:
                bits &= ~self.having(term, asked.steps)
        sets = [self.having(term, asked.steps) & bits for term in wanted(asked)]
        if not sets:
            return bits, False
        if not asked.reading.most:
            whole = bits
            for those in sets:
                whole &= those
            if whole:
                return whole, False
        levels = counted(sets)
        least, partial = least_terms([len(levels)], asked)
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
        anywhere = self.shelf.having(term, self.view, (), loose=False)
        loose = not anywhere and not term.excluded
        if anywhere and not steps:
            return anywhere
        return self.shelf.having(term, self.view, steps, loose)

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
        counts: Counter[str] = Counter()
        for number in numbers_of(bits):
            counts.update(self.steps_of(self.shelf.entries[number], asked))
        return dict(counts)

    def steps_of(self, one: Entry, asked: Query) -> set[str]:
        """The steps of a case in which it has all of the terms."""
        steps = set(one.facets["step"])
        for term in asked.terms:
            loose = not term.excluded and not self.shelf.having(term, self.view, (), loose=False)
            found = one.steps_with(term, loose)
            steps = steps - found if term.excluded else steps & found
        return steps

    def ranked(self, bits: Bits) -> list[tuple[float, Entry]]:
        entries = self.shelf.entries
        if self.query.sort != "relevance" or not wanted(self.query):
            return order([entries[n] for n in numbers_of(bits)], self.query, self.weights())
        best = self.candidates(bits) if bits.bit_count() > CANDIDATES else bits
        ordered = order([entries[n] for n in numbers_of(best)], self.query, self.weights())
        if rest := bits & ~best:
            others = sorted((entries[n] for n in numbers_of(rest)), key=newest_first)
            ordered += [(0.0, e) for e in others]
        return ordered

    def candidates(self, bits: Bits) -> Bits:
        """Of many matching cases those that may rank high: words in the title, and Whoosh's best."""
        best = 0
        for number in self.words.best(self.query, CANDIDATES):
            best |= 1 << number
        terms = wanted(self.query)
        titled = self.shelf.where(bits & ~best, lambda e: any(f.text in e.title for term in terms for f in term.forms))
        return (best | titled) & bits

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
    """Whoosh's part of a generation."""

    def __init__(self, path: Path) -> None:
        self._index = FileIndex(FileStorage(str(path)), schema=_schema())
        self._searcher = self._opened()
        self._one_at_a_time = threading.Lock()

    def __del__(self) -> None:
        """When the last search in this generation is over: Whoosh leaves closing its files to us."""
        if searcher := getattr(self, "_searcher", None):
            searcher.close()

    def _opened(self) -> Searcher:
        return self._index.searcher(weighting=_Ranking(B=0.5, K1=1.0))

    def refresh(self) -> None:
        with self._one_at_a_time:
            if self._searcher.doc_count_all() == 0:  # Whoosh cannot refresh a reader of nothing
                self._searcher.close()
                self._searcher = self._opened()
            else:
                self._searcher = self._searcher.refresh()

    def best(self, asked: Query, count: int) -> list[int]:
        """Numbers of the entries that rank highest by words; perhaps some that the shelf does not count."""
        looked_for = _by_words(asked)
        if looked_for is None:
            return []
        with self._one_at_a_time:
            hits = self._searcher.search(looked_for, limit=count, scored=True)
            column = self._searcher.reader().column_reader("number")
            return list(dict.fromkeys(int(column[docnum]) for _, docnum in hits.top_n))

    def case_numbers(self) -> set[int]:
        with self._one_at_a_time:
            reader = self._searcher.reader()
            column = reader.column_reader("number")
            return {int(column[docnum]) for docnum in reader.all_doc_ids()}


def _by_words(asked: Query) -> query.Query | None:
    known = [form for term in wanted(asked) if (form := _any_form(term)) is not None]
    return query.Or(known) if known else None


def _any_form(term: Term) -> query.Query | None:
    """One of the forms, each as all the words it is cut into."""
    forms = [
        query.And([query.Term(name, word, boost=boost * form.weight) for word in words])
        for form in term.forms
        if (words := cut(form.text))
        for name, boost in (("report", 1.0), ("title", TITLE_BOOST))
    ]
    return query.Or(forms) if forms else None


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
    writer.add_document(id=made.id, number=number, title=title_words(made), report=report_words(made))


def batched(items: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch
