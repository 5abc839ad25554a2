"""This library and others as they are usually set up for Chinese, all asked the same questions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.quality.engine import FETCHED, Engine
from benchmarks.quality.judged import Page
from benchmarks.quality.with_xapian import Xapian, with_xapian
from indexer.index import Document, open_index
from library.case import Case
from library.corpus import Corpus
from library.query import Query
from library.similar import find, of_text
from library.text import HAN, fold
from library.words import cut_for_index


class Product(Engine):
    name = "this library"

    def build(self, found: Sequence[Page], folder: Path) -> None:
        self.index = open_index("whoosh:", folder)
        self.cases = Cases({page.id: page.as_case() for page in found})
        self.index.rebuild(Document(page.as_case(), page.id) for page in found)

    def search(self, question: str) -> Sequence[str]:
        """In the order of the results page: cases with all the words, after few of them others with most."""
        found = self.index.search(Query(q=question, size=FETCHED))
        return [*found.case_ids, *(found.nearly.case_ids if found.nearly else ())]

    def like(self, text: str, of: str) -> Sequence[str]:
        """As the page of similar cases finds them: on the whole, then in one respect."""
        found = find(replace(of_text(text), without=(of,)), self.cases, self.index)
        alike = [case.case.id for case in found.whole]
        return [*dict.fromkeys([*alike, *(case.case.id for group in found.groups for case in group.cases)])]


class Cases(Corpus):
    """Cases that are in no folder."""

    def __init__(self, cases: Mapping[str, Case]) -> None:
        self.cases = cases

    def get_many(self, case_ids: Iterable[str]) -> list[Case]:
        return [self.cases[id] for id in case_ids]


class Whoosh(Engine):
    """As usually set up: the standard analyzer, or jieba's where it is made for Chinese; the usual parser."""

    def __init__(self, name: str, analyzer: Any) -> None:
        self.name = name
        self.analyzer = analyzer

    def build(self, found: Sequence[Page], folder: Path) -> None:
        from whoosh import fields, index

        text = fields.TEXT(analyzer=self.analyzer)
        title = fields.TEXT(analyzer=self.analyzer, field_boost=2.0)
        schema = fields.Schema(id=fields.ID(stored=True), title=title, text=text)
        self.index = index.create_in(folder, schema)
        writer = self.index.writer(limitmb=256)
        for page in found:
            writer.add_document(id=page.id, title=page.title, text=page.text)
        writer.commit()
        self.searcher = self.index.searcher()

    def search(self, question: str) -> Sequence[str]:
        from whoosh.qparser import MultifieldParser, OrGroup

        parser = MultifieldParser(["title", "text"], self.index.schema, group=OrGroup)
        found = self.searcher.search(parser.parse(question), limit=FETCHED)
        return [hit["id"] for hit in found]


class Fts5(Engine):
    """SQLite's own BM25, over trigrams or over pairs of characters that were cut before."""

    def __init__(self, name: str, tokenizer: str, pairs: bool) -> None:
        self.name = name
        self.tokenizer = tokenizer
        self.cut = bigrams if pairs else str.split

    def build(self, found: Sequence[Page], folder: Path) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute(f"CREATE VIRTUAL TABLE page USING fts5(id UNINDEXED, title, text, tokenize='{self.tokenizer}')")
        rows = [(p.id, *(self.prepared(t) for t in (p.title, p.text))) for p in found]
        self.db.executemany("INSERT INTO page VALUES (?, ?, ?)", rows)

    def prepared(self, text: str) -> str:
        return " ".join(bigrams(text)) if self.cut is bigrams else text

    def search(self, question: str) -> Sequence[str]:
        words = [word.replace('"', "") for word in self.cut(question)]
        asked = " OR ".join(f'"{word}"' for word in words if word)
        if not asked:
            return []
        rows = self.db.execute(
            "SELECT id FROM page WHERE page MATCH ? ORDER BY bm25(page, 0, 2, 1) LIMIT ?", (asked, FETCHED)
        )
        return [row[0] for row in rows]


class Tantivy(Engine):
    """Words cut by rjieba's search mode, or pairs of characters; BM25 over title and text."""

    def __init__(self, name: str, cutting: Any) -> None:
        self.name = name
        self.cutting = cutting

    def build(self, found: Sequence[Page], folder: Path) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in ("title", "text"):
            builder.add_text_field(name, tokenizer_name="whitespace")
        self.index = tantivy.Index(builder.build())
        writer = self.index.writer(50_000_000, 1)
        for page in found:
            title, text = (" ".join(self.cutting(part)) for part in (page.title, page.text))
            writer.add_document(tantivy.Document(id=page.id, title=title, text=text))
        writer.commit()
        self.index.reload()

    def search(self, question: str) -> Sequence[str]:
        import tantivy

        words = list(self.cutting(question))
        parts = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.term_query(self.index.schema, f, w), boost))
            for w in words
            for f, boost in (("title", 2.0), ("text", 1.0))
        ]
        searcher = self.index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(parts), FETCHED).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Han characters; Latin words and numbers whole."""
    found: list[str] = []
    for run in re.findall(rf"[{HAN}]+|[a-z0-9.]+", fold(text)):
        pairs = [run[i : i + 2] for i in range(len(run) - 1)]
        found += [run] if run[0].isascii() or len(run) == 1 else pairs
    return found


def words(text: str) -> Iterable[str]:
    return cut_for_index(fold(text))


def engines() -> Iterator[Engine]:
    """Those that are installed here."""
    from whoosh.analysis import StandardAnalyzer

    yield Product()
    yield Whoosh("Whoosh, standard analyzer", StandardAnalyzer())
    if find_spec("jieba"):
        import jieba
        from jieba.analyse import ChineseAnalyzer

        jieba.setLogLevel("WARNING")
        yield Whoosh("Whoosh, jieba's ChineseAnalyzer", ChineseAnalyzer())
    yield Fts5("SQLite FTS5, trigram", "trigram", pairs=False)
    yield Fts5("SQLite FTS5, pairs", "unicode61", pairs=True)
    if find_spec("tantivy"):
        yield Tantivy("tantivy, words", words)
        yield Tantivy("tantivy, pairs", bigrams)
    if python := with_xapian():
        yield Xapian(python)
