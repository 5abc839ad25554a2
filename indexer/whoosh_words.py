"""The words of the cases in Whoosh: the only module that knows Whoosh.

One Whoosh document a case: the words of its title, and those of everything else (docs/decisions.md has the reason and
the figures). Documents carry the number of the shelf's entry; what the shelf does not know, or knows as gone, is left
out. So a commit of Whoosh that was not followed by the note (see indexer/generations.py) does no harm.

Whoosh's matchers share one file position, so one search at a time talks to Whoosh; all else runs side by side.
"""

from __future__ import annotations

import threading
import warnings
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from heapq import nlargest
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

from indexer.entry import Entry
from indexer.generations import DAMAGED, Note
from indexer.ordering import wanted
from indexer.ranking import Weights
from indexer.segment import words_of
from indexer.shelf import Bits, bits_of
from library.errors import SearchUnavailable
from library.query import Query
from library.terms import Form
from library.words import cut

VERSION = f"whoosh {versionstring()}"

MOST_POSTINGS_REMEMBERED = 500
"""Words whose postings are kept in memory once read; of a word in 10,000 cases 80 kB."""


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


class WhooshWords:
    """Whoosh's part of a generation: which cases have a word, and how often."""

    def __init__(self, path: Path) -> None:
        try:
            self._index = FileIndex(FileStorage(str(path)), schema=_schema())
            self._reader: IndexReader = self._index.reader()
        except (OSError, EmptyIndexError) as error:
            raise SearchUnavailable(reason=DAMAGED) from error
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
def writing(path: Path, new: bool = False) -> Iterator[SegmentWriter]:
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


def update(path: Path, before: Note, put: Sequence[Entry]) -> None:
    """Add entries to what counted before.

    What the change before this one replaced is removed only now, when nobody needs it any more: a writer may die
    before its own change counts. Numbers beyond those that count are of such a writer.
    """
    with writing(path) as writer:
        writer.delete_by_query(query.NumericRange("number", before.entries, None))
        if before.gone and before.before:
            ids = query.Or([query.Term("id", case_id) for case_id in before.gone])
            replaced = query.NumericRange("number", 0, before.before - 1)
            writer.delete_by_query(query.And([ids, replaced]))
        for number, made in enumerate(put, start=before.entries):
            add(writer, number, made)


def add(writer: SegmentWriter, number: int, made: Entry) -> None:
    writer.add_document(id=made.id, number=number, words=words_of(made))
