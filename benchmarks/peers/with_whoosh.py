"""Whoosh as its own and jieba's pages say: ChineseAnalyzer, stored text, `groupedby` facets, its highlighter.

One searcher, kept open and used by one reader at a time, is kinder than what they show: to open one for each question.
Phrases of several words find nothing: jieba's analyzer gives places of characters where Whoosh expects those of words.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from jieba.analyse import ChineseAnalyzer  # type: ignore[import-untyped]
    from whoosh import fields, index, query
    from whoosh.qparser import MultifieldParser

from benchmarks.peers.site import FACETS, SHOWN, Asked, Found, Hit, text_of, values_of
from library.case import Case

MEMORY = 256  # MB of its writer; its default of 128 is slower


class Whoosh:
    def __init__(self, folder: Path) -> None:
        text = {"stored": True, "analyzer": ChineseAnalyzer()}
        schema = fields.Schema(
            title=fields.TEXT(field_boost=2.0, **text),
            text=fields.TEXT(**text),
            year=fields.NUMERIC(stored=True, sortable=True),
            **{name: fields.ID(stored=True, sortable=True) for name in ("category", "type", "unit", "specialty")},
        )
        folder.mkdir(parents=True, exist_ok=True)
        self.index = index.open_dir(folder) if index.exists_in(folder) else index.create_in(folder, schema)
        self.parser = MultifieldParser(["title", "text"], self.index.schema)
        self.searcher = self.index.searcher()
        self.one_at_a_time = threading.Lock()

    def _newest(self) -> Any:
        """A searcher that sees all that was added."""
        if not self.searcher.up_to_date():
            self.searcher.close()
            self.searcher = self.index.searcher()
        return self.searcher

    def add(self, cases: Iterable[Case]) -> None:
        writer = self.index.writer(limitmb=MEMORY)
        for case in cases:
            writer.add_document(title=case.title, text=text_of(case), year=case.year, **values_of(case))
        writer.commit()

    def search(self, asked: Asked) -> Found:
        parts = [f'"{part}"' for part in asked.parts] if asked.phrase else asked.parts
        wanted = self.parser.parse((" OR " if asked.either else " ").join(parts))
        order = {"sortedby": "year", "reverse": True} if asked.newest else {}
        with self.one_at_a_time:
            found = self._newest().search(
                wanted, limit=SHOWN, filter=self._narrowed(asked), groupedby=list(FACETS), **order
            )
            hits = [Hit(hit["title"], hit["unit"], hit["year"], hit.highlights("text")) for hit in found[:SHOWN]]
            facets = {name: {value: len(those) for value, those in found.groups(name).items()} for name in FACETS}
            return Found(len(found), hits, facets)

    def _narrowed(self, asked: Asked) -> query.Query | None:
        must = [query.Term("category", asked.category)] if asked.category else []
        if asked.years:
            must.append(query.NumericRange("year", *asked.years))
        return query.And(must) if must else None
