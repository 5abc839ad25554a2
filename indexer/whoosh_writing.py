"""Writing the words of the cases with Whoosh.

Whoosh's own way of writing takes each posting through a dozen calls of Python, sorts all of them through temporary
files, and reads field lengths back from disk that nobody here asks for. So words are counted by `_Postings`, in memory
and in order, and written a word at a time, in the format that Whoosh reads. docs/decisions.md has the profile.
"""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

with warnings.catch_warnings():  # of Whoosh 2.7.4, whose source has invalid escape sequences
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import fields, formats, query, versionstring
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PostingsWriter
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import EmptyIndexError, FileIndex, LockError
    from whoosh.reading import IndexReader, TermNotFound
    from whoosh.writing import SegmentWriter

from indexer.entry import Entry
from indexer.generations import DAMAGED, Note
from indexer.segment import strays_of, words_of
from library.errors import SearchUnavailable

VERSION = f"whoosh {versionstring()}"

WORDS = "words"
STRAYS = "strays"
"""Names and the like, of characters that the dictionary leaves single: apart, since they are no words to offer."""


class _Counted(fields.FieldType):  # type: ignore[misc]
    """Words with how often they occur: no analyzer, no positions. `WordsWriter.add` writes them."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, value: bytes) -> str:
        return value.decode()


def schema() -> fields.Schema:
    return fields.Schema(
        id=fields.ID(),
        number=fields.NUMERIC(int, sortable=True, signed=False, shift_step=0),
        **{WORDS: _Counted(), STRAYS: _Counted()},
    )


Posting = tuple[str, bytes, int, float, bytes]  # field, word, document, weight, value
_Found = tuple["array[int]", "array[float]"]


class _Postings:
    """Collects postings by field and word, in the place of Whoosh's pool."""

    def __init__(self) -> None:
        self._of: dict[str, dict[bytes, _Found]] = {}  # of ids and numbers
        self._counted: dict[str, dict[str, _Found]] = {WORDS: {}, STRAYS: {}}

    def add(self, posting: Posting) -> None:
        """One posting, as Whoosh hands them over: of ids and numbers, and when it merges segments."""
        field, word, document, weight, _ = posting
        if field in self._counted:
            self.add_words(field, document, {word.decode(): weight})
            return
        documents, weights = self._of.setdefault(field, {}).setdefault(word, (array("I"), array("f")))
        documents.append(document)
        weights.append(weight)

    def add_words(self, field: str, document: int, counts: Mapping[str, float]) -> None:
        words = self._counted[field]
        for word, count in counts.items():
            found = words.get(word)
            if found is None:
                found = words[word] = array("I"), array("f")
            found[0].append(document)
            found[1].append(count)

    def iter_postings(self) -> _Postings:
        """Whoosh takes this to `_FieldWriter.add_postings`."""
        return self

    def by_field(self) -> Iterator[tuple[str, Iterator[tuple[bytes, array[int], array[float]]]]]:
        """Once, by field and word; documents were added in their order. The names of our fields come last."""
        for field, of in sorted(self._of.items()):
            yield field, ((word, *of[word]) for word in sorted(of))
        for field in sorted(self._counted):
            words = self._counted[field]
            yield field, ((word.encode(), *words.pop(word)) for word in sorted(words))

    def cleanup(self) -> None:
        self._of.clear()
        for words in self._counted.values():
            words.clear()


class _Codec(W3Codec):  # type: ignore[misc]
    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> W3FieldWriter:
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> W3PostingsWriter:
        return _PostingsWriter(dbfile, self._blocklimit, byteids, compression=0)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_postings(self, schema: fields.Schema, lengths: None, items: _Postings) -> None:
        for field, words in items.by_field():
            self.start_field(field, schema[field])
            for word, documents, weights in words:
                self.start_term(word)
                self._postwriter.add_all(documents, weights)
                self.finish_term()
            self.finish_field()


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Writes all postings of a word as one block."""

    def add_all(self, documents: array[int], weights: array[float]) -> None:
        self._ids = documents
        self._weights = weights
        self._maxweight = max(weights)

    def _mini_ids(self) -> _Packed:
        steps = np.diff(np.asarray(self._ids), prepend=np.uint32(0))
        kind = "H" if steps.max() < 1 << 16 else "I"
        return _Packed(kind, steps.astype(kind).tobytes())

    def _mini_weights(self) -> float | _Packed | None:
        first = self._weights[0]
        if self._weights.count(first) < len(self._weights):
            return _Packed("f", self._weights.tobytes())
        return None if first == 1.0 else first


class _Packed(array):  # type: ignore[type-arg]
    """Pickled as it lies in memory. In the old protocol that Whoosh uses an array becomes a list, whose numbers are
    read one by one."""

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        return _unpacked, (self.typecode, self.tobytes().decode("latin-1"))


def _unpacked(kind: str, memory: str) -> array[Any]:
    return array(kind, memory.encode("latin-1"))


class WordsWriter(SegmentWriter):  # type: ignore[misc]
    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, timeout=0.0, codec=_Codec())
        self.compound = False  # a compound segment is copied into memory whole when opened
        self.pool = _Postings()

    def add(self, number: int, made: Entry) -> None:
        document = self.docnum
        self.add_document(id=made.id, number=number)
        self.pool.add_words(WORDS, document, words_of(made))
        self.pool.add_words(STRAYS, document, strays_of(made))


@contextmanager
def writing(path: Path, new: bool = False) -> Iterator[WordsWriter]:
    """Commits at the end; lets go of Whoosh's lock whatever happens, also when the disk is full."""
    try:
        if new:
            path.mkdir(mode=0o700)
            index = FileIndex.create(FileStorage(str(path)), schema(), "MAIN")
        else:
            index = FileIndex(FileStorage(str(path)), schema=schema())
        writer = WordsWriter(index)
    except (EmptyIndexError, LockError) as error:
        raise SearchUnavailable(reason=DAMAGED) from error
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
        with writer.searcher() as searcher:
            replaced = [*_replaced(searcher.reader(), before)]
        for document in replaced:
            writer.delete_document(document)
        for number, made in enumerate(put, start=before.entries):
            writer.add(number, made)


def _replaced(reader: IndexReader, note: Note) -> Iterator[int]:
    """The documents that no longer count since this note. Looked up by id: asked for a range of numbers, Whoosh looks
    up each number of it, which takes a second for 10,000."""
    numbers = reader.column_reader("number") if reader.doc_count_all() else ()
    for case_id in note.gone:
        with suppress(TermNotFound):
            documents = reader.postings("id", case_id).all_ids()
            yield from (document for document in documents if numbers[document] < note.before)
