"""tantivy through tantivy-py: words in columns for facets, stored text for its own snippets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.peers.site import FACETS, SHOWN, SNIPPET, Asked, Found, Hit, spaced, text_of, values_of
from library.case import Case

HEAP = 256_000_000  # bytes of its writer


class Tantivy:
    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("shown", stored=True, tokenizer_name="raw")
        builder.add_text_field("title")
        builder.add_text_field("text", stored=True)
        for name in ("category", "type", "unit", "specialty"):
            builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw")
        builder.add_integer_field("year", stored=True, indexed=True, fast=True)
        folder.mkdir(parents=True, exist_ok=True)
        self.index = tantivy.Index(builder.build(), str(folder))
        self.writer: tantivy.IndexWriter | None = None

    def add(self, cases: Iterable[Case]) -> None:
        self.writer = self.writer or self.index.writer(HEAP, 1)
        for case in cases:
            told = {"title": spaced(case.title), "text": spaced(text_of(case)), "year": case.year}
            self.writer.add_document(tantivy.Document(shown=case.title, **told, **values_of(case)))
        self.writer.commit()

    def search(self, asked: Asked) -> Found:
        searcher = self.index.searcher()
        wanted = self.index.parse_query(asked.in_words(), ["title", "text"], {"title": 2.0})
        query = self._narrowed(wanted, asked)
        found: Any = searcher.search(query, SHOWN, order_by_field="year" if asked.newest else None)
        snippets = tantivy.SnippetGenerator.create(searcher, wanted, self.index.schema, "text")
        snippets.set_max_num_chars(SNIPPET * 2)  # bytes count here, and spaces are taken out again
        hits = []
        for _, address in found.hits:
            one = searcher.doc(address)
            snippet = snippets.snippet_from_doc(one).to_html().replace(" ", "")
            hits.append(Hit(one["shown"][0], one["unit"][0], one["year"][0], snippet))
        counts = searcher.aggregate(query, {name: {"terms": {"field": name, "size": 100}} for name in FACETS})
        facets = {name: {one["key"]: one["doc_count"] for one in counts[name]["buckets"]} for name in FACETS}
        return Found(found.count, hits, facets)

    def _narrowed(self, wanted: tantivy.Query, asked: Asked) -> tantivy.Query:
        schema, must = self.index.schema, [wanted]
        if asked.category:
            must.append(tantivy.Query.term_query(schema, "category", asked.category))
        if asked.years:
            must.append(tantivy.Query.range_query(schema, "year", tantivy.FieldType.Integer, *asked.years))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in must])
