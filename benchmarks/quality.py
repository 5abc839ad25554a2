"""How good the first ten results are, beside other engines, on questions that people have answered.

    python -m benchmarks.quality FOLDER

FOLDER holds openly licensed Chinese texts that are not kept here; what is missing is left out:

* `cmrc2018_dev.json`, `cmrc2018_trial.json`, `DRCD_dev.json`, `DRCD_test.json` (CC BY-SA 4.0 and 3.0): questions that
  people wrote, each with the paragraph that answers it; half of them in Traditional characters. 11,238 over 3,104.
* the unpacked Debian package libreoffice-help-zh-cn (MPL-2.0): pages with a subject index made by their authors.
  `index`: an entry of the index, its answers are the pages that name it; `titles`: a page's title, taken away from
  the page that answers it.

Judged by MRR@10, Recall@10 and nDCG@10.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from lxml import html

from indexer.index import Document, open_index
from library.case import Case, Section
from library.query import Query
from library.text import HAN, fold
from library.words import cut_for_index

DEPTH = 10


@dataclass(frozen=True)
class Page:
    id: str
    title: str
    text: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """A question with the ids of the pages that answer it."""

    question: str
    answers: frozenset[str]


def pages(folder: Path) -> Iterator[Page]:
    """The help pages that have some Chinese text."""
    for number, path in enumerate(sorted(folder.rglob("help/zh-CN/text/**/*.html"))):
        tree = html.fromstring(path.read_bytes())
        main = tree.xpath('//div[@id="DisplayArea"]')
        if not main:
            continue
        titles = main[0].xpath(".//h1") or main[0].xpath(".//h2")
        title = " ".join(titles[0].text_content().split()) if titles else ""
        for heading in titles[:1]:
            heading.drop_tree()
        entries = [m.get("content") for m in main[0].xpath('.//meta[@itemprop="keywords"]')]
        blocks = [" ".join(p.text_content().split()) for p in main[0].xpath(".//p|.//h2|.//h3")]
        text = "\n\n".join(block for block in blocks if block)
        if len(re.findall(f"[{HAN}]", text)) > 100:
            yield Page(f"2024-{number:04}", title, text, tuple(entries))


def by_entry(all_pages: Sequence[Page]) -> list[Judged]:
    """Entries of two or more Han characters that name at most five pages."""
    named: dict[str, set[str]] = {}
    for page in all_pages:
        for entry in page.entries:
            question = entry.replace(";", " ").replace(",", " ").strip()
            named.setdefault(question, set()).add(page.id)
    return [
        Judged(question, frozenset(ids))
        for question, ids in sorted(named.items())
        if len(ids) <= 5 and len(re.findall(f"[{HAN}]", question)) >= 2
    ]


def by_title(all_pages: Sequence[Page]) -> list[Judged]:
    """Titles of four or more Han characters that only one page has."""
    titles: dict[str, list[str]] = {}
    for page in all_pages:
        titles.setdefault(page.title, []).append(page.id)
    return [
        Judged(title, frozenset(ids))
        for title, ids in sorted(titles.items())
        if len(ids) == 1 and len(re.findall(f"[{HAN}]", title)) >= 4
    ]


def questions(folder: Path) -> tuple[list[Page], list[Judged]]:
    """Paragraphs and the questions that they answer, from CMRC 2018 and DRCD."""
    found: list[Page] = []
    asked: list[Judged] = []
    for path in sorted([*folder.glob("cmrc2018_*.json"), *folder.glob("DRCD_*.json")]):
        for context, some in _paragraphs(json.loads(path.read_text(encoding="utf-8"))):
            page = Page(f"2024-{len(found):04}", "", context, ())
            found.append(page)
            asked += [Judged(question, frozenset([page.id])) for question in some]
    return found, asked


def _paragraphs(data: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(data, list):  # CMRC's own layout
        for row in data:
            yield row["context_text"], [asked["query_text"] for asked in row["qas"]]
    else:  # that of SQuAD
        for row in (row for article in data["data"] for row in article["paragraphs"]):
            yield row["context"], [asked["question"] for asked in row["qas"]]


class Engine(Protocol):
    name: str

    def build(self, found: Sequence[Page], folder: Path) -> None: ...
    def search(self, question: str) -> Sequence[str]: ...


class Product:
    name = "this library"

    def build(self, found: Sequence[Page], folder: Path) -> None:
        self.index = open_index("whoosh:", folder)
        self.index.rebuild(Document(as_case(page), page.id) for page in found)

    def search(self, question: str) -> Sequence[str]:
        found = self.index.search(Query(q=question, size=DEPTH))
        return [*found.case_ids, *(found.nearly.case_ids if found.nearly else ())]


def as_case(page: Page) -> Case:
    return Case(page.id, page.title, sections=(Section("results", "", page.text),))


class Whoosh:
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
        found = self.searcher.search(parser.parse(question), limit=DEPTH)
        return [hit["id"] for hit in found]


class Fts5:
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
            "SELECT id FROM page WHERE page MATCH ? ORDER BY bm25(page, 0, 2, 1) LIMIT ?", (asked, DEPTH)
        )
        return [row[0] for row in rows]


class Tantivy:
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
        hits = searcher.search(tantivy.Query.boolean_query(parts), DEPTH).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]


class Xapian:
    """Its own cutting of Chinese into characters and pairs, its own query parser."""

    name = "Xapian"

    def build(self, found: Sequence[Page], folder: Path) -> None:
        import xapian

        self.db = xapian.WritableDatabase(str(folder / "xapian"), xapian.DB_CREATE_OR_OPEN)
        generator = xapian.TermGenerator()
        generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
        for page in found:
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(page.title, 2)
            generator.increase_termpos()
            generator.index_text(page.text)
            document.set_data(page.id)
            self.db.add_document(document)
        self.db.commit()

    def search(self, question: str) -> Sequence[str]:
        import xapian

        parser = xapian.QueryParser()
        parser.set_default_op(xapian.Query.OP_OR)
        enquire = xapian.Enquire(self.db)
        asked = " ".join(re.findall(r"\w+", question))  # signs are an error to its parser
        enquire.set_query(parser.parse_query(asked, xapian.QueryParser.FLAG_CJK_NGRAM))
        return [match.document.get_data().decode() for match in enquire.get_mset(0, DEPTH)]


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
    try:
        from jieba.analyse import ChineseAnalyzer

        yield Whoosh("Whoosh, jieba's ChineseAnalyzer", ChineseAnalyzer())
    except ImportError:
        pass
    yield Fts5("SQLite FTS5, trigram", "trigram", pairs=False)
    yield Fts5("SQLite FTS5, pairs", "unicode61", pairs=True)
    try:
        import tantivy  # noqa: F401

        yield Tantivy("tantivy, words", words)
        yield Tantivy("tantivy, pairs", bigrams)
    except ImportError:
        print("tantivy is not installed")
    try:
        import xapian  # noqa: F401

        yield Xapian()
    except ImportError:
        print("Xapian is not installed")


def measured(engine: Engine, asked: Sequence[Judged]) -> dict[str, float]:
    mrr = recall = ndcg = 0.0
    began = time.process_time()
    for judged in asked:
        found = list(engine.search(judged.question))[:DEPTH]
        places = [place for place, id in enumerate(found) if id in judged.answers]
        mrr += 1 / (places[0] + 1) if places else 0.0
        recall += len(places) / len(judged.answers)
        best = sum(1 / math.log2(place + 2) for place in range(min(DEPTH, len(judged.answers))))
        ndcg += sum(1 / math.log2(place + 2) for place in places) / best
    count = len(asked)
    took = (time.process_time() - began) / count * 1000
    return {"MRR@10": mrr / count, "Recall@10": recall / count, "nDCG@10": ndcg / count, "ms": took}


def main(folder: Path) -> None:
    all_pages = list(pages(folder))
    untitled = [Page(p.id, "", p.text, p.entries) for p in all_pages]
    sets: Mapping[str, tuple[Sequence[Page], list[Judged]]] = {
        "questions": questions(folder),
        "index": (all_pages, by_entry(all_pages)),
        "titles": (untitled, by_title(all_pages)),
    }
    for name, (found, asked) in sets.items():
        if not asked:
            continue
        print(f"\n## {name}: {len(asked)} questions, {len(found)} texts\n")
        print("| engine | MRR@10 | Recall@10 | nDCG@10 | ms a question |")
        print("|---|---|---|---|---|")
        for engine in engines():
            with tempfile.TemporaryDirectory() as place:
                engine.build(found, Path(place))
                row = measured(engine, asked)
            figures = " | ".join(f"{row[key]:.4f}" for key in ("MRR@10", "Recall@10", "nDCG@10"))
            print(f"| {engine.name} | {figures} | {row['ms']:.1f} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
